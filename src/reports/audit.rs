//! What an auditor would ask about, as tables and as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::document::{write_field, write_folders, write_list};
use super::history::{CommitJson, addresses, by, came_with};
use super::sheet::{Cell, Column, Sheet, Tone, counted};
use crate::audit::{Irregularity, IrregularityName};
use crate::calendar::Day;
use crate::history::Revision;
use crate::text::Text;

/// The most commits of one irregularity that a table names.
const NAMED: usize = 4;

/// The irregularities of one folder, ready to be printed.
pub struct AuditReport<'r> {
    /// What the folder is called, in a run over several.
    pub name: &'r Text,
    /// The full id of the last commit that was looked at.
    pub rev: &'r str,
    /// What that is, in words: `commit 1a2b3c4d5e6f of 21 February 2026`.
    pub up_to: &'r str,
    /// The day from which on commits are told of; none is all.
    pub since: Option<Day>,
    /// So many days later something may be recorded.
    pub late_days: u32,
    /// The commits.
    pub revisions: &'r [Revision],
    /// For each of them the one of the main line with which it came.
    pub brought_in: Vec<usize>,
    /// The irregularities, in the order of names and then of commits.
    pub found: Vec<Irregularity>,
}

impl AuditReport<'_> {
    fn is_cut_off(&self) -> bool {
        self.revisions.iter().any(|revision| revision.is_cut_off)
    }

    fn commits<'a>(&'a self, one: &'a Irregularity) -> impl DoubleEndedIterator<Item = &'a Revision> {
        one.revisions.iter().filter_map(|at| self.revisions.get(*at))
    }

    /// The commit of the main line with which a commit came, where that is another.
    fn brought_in(&self, at: usize) -> Option<&Revision> {
        self.brought_in.get(at).filter(|by| **by != at).and_then(|by| self.revisions.get(*by))
    }
}

const COLUMNS: [Column; 5] = [
    Column::fixed("Day", "day"),
    Column::fixed("Commit", "commit"),
    Column::flexible("By", "by", 12),
    Column::flexible("Record", "record", 16),
    Column::below_alone("What", "what"),
];

/// A sheet for each kind of irregularity, with what it is.
pub fn audit(report: &AuditReport<'_>, title: &str) -> Vec<Sheet> {
    let since = report.since.map(|day| format!("; told is what was committed from {day} on")).unwrap_or_default();
    let mut lead = vec![format!(
        "Looked at {} up to the {}{since}.",
        counted(report.revisions.len(), "commit", "commits"),
        report.up_to
    )];
    if report.is_cut_off() {
        lead.push(
            "The clone is shallow: of its first commits nobody knows here what they added. \"git fetch --unshallow\" \
             fetches the rest."
                .to_owned(),
        );
    }
    let late = counted(report.late_days as usize, "day", "days");
    lead.push(format!("Late is what was recorded more than {late} after it happened."));
    lead.push(if report.found.is_empty() {
        "Nothing irregular was found.".to_owned()
    } else {
        let found = counted(report.found.len(), "thing", "things");
        let none = match report.found.len() {
            1 => "It is no fault by itself, but a question to somebody.",
            _ => "None is a fault by itself: each is a question to somebody.",
        };
        format!("{found} to ask about. {none}")
    });
    let mut sheets = vec![Sheet::part(title, lead)];
    for name in IrregularityName::ALL {
        let mut sheet = Sheet::new(name.word()).with_columns(COLUMNS);
        sheet.lead.push(name.meaning().to_owned());
        let found: Vec<_> = report.found.iter().filter(|one| one.name == name).collect();
        for of_commit in found.chunk_by(|one, other| one.revisions.last() == other.revisions.last()) {
            match of_commit {
                [first, .., last] if of_commit.len() > NAMED => {
                    let mut cells = cells(report, first);
                    let records = of_commit.len();
                    cells[3] = Cell::text(format!("{records} records"));
                    cells[4] = Cell::Lines(
                        [first, last]
                            .map(|one| match &one.file {
                                Some(file) => format!("{file}: {}", one.message),
                                None => one.message.clone(),
                            })
                            .into_iter()
                            .chain(["these are the first and the last of them; --format csv has all".to_owned()])
                            .collect(),
                    );
                    sheet.toned_row(Tone::Waiting, cells);
                }
                _ => of_commit.iter().for_each(|one| sheet.toned_row(Tone::Waiting, cells(report, one))),
            }
        }
        if !sheet.rows.is_empty() {
            sheets.push(sheet);
        }
    }
    let told = report.found.iter().filter_map(|one| report.commits(one).next_back());
    sheets.extend(addresses(told).map(|addresses| Sheet::part("", vec![addresses])));
    sheets
}

/// All of it as one table for a spreadsheet.
pub fn audit_data<'r>(reports: impl IntoIterator<Item = &'r AuditReport<'r>>, several: bool) -> Sheet {
    let name = Column::fixed("Irregularity", "irregularity");
    let folder = several.then_some(Column::fixed("Folder", "folder"));
    let mut sheet = Sheet::new("Irregularities").with_columns(folder.into_iter().chain([name]).chain(COLUMNS));
    for report in reports {
        for one in &report.found {
            let folder = several.then(|| Cell::text(report.name));
            let cells = folder.into_iter().chain([Cell::text(one.name.word())]).chain(cells(report, one));
            sheet.row(cells);
        }
    }
    sheet
}

fn cells(report: &AuditReport<'_>, one: &Irregularity) -> [Cell; 5] {
    let last = report.commits(one).next_back();
    let mut what = vec![one.message.clone(), commits(report, one)];
    what.extend(one.revisions.last().and_then(|at| report.brought_in(*at)).map(came_with));
    if !one.students.is_empty() && one.students.len() <= NAMED {
        let students: Vec<_> = one.students.iter().map(ToString::to_string).collect();
        what.push(format!("about {}", students.join(", ")));
    }
    [
        Cell::day(last.and_then(Revision::day)),
        Cell::maybe(last.map(Revision::short)),
        Cell::maybe(last.map(by)),
        Cell::maybe(one.file.as_ref()),
        Cell::Lines(what),
    ]
}

/// The commits of an irregularity by what they say of themselves.
fn commits(report: &AuditReport<'_>, one: &Irregularity) -> String {
    let in_full = |commit: &Revision| {
        let day = commit.day().map(|day| format!(" of {day}")).unwrap_or_default();
        format!("{}{day}, \"{}\"", commit.short(), commit.subject)
    };
    let mut commits: Vec<String> = report.commits(one).rev().take(NAMED).map(in_full).collect();
    if let ([_], Some(only)) = (commits.as_slice(), report.commits(one).next()) {
        return format!("commit message: \"{}\"", only.subject);
    }
    if one.revisions.len() > NAMED {
        commits.push(format!("and {} more", one.revisions.len() - NAMED));
    }
    format!("commits: {}", commits.join("; "))
}

/// Writes the document over one folder, or over several.
pub fn write_audit_json(reports: &[AuditReport<'_>], several: bool, out: &mut dyn Write) -> io::Result<()> {
    let write = |report: &AuditReport<'_>, out: &mut dyn Write| {
        write_field("rev", report.rev, out)?;
        write_field("complete", &!report.is_cut_off(), out)?;
        write_field("since", &report.since, out)?;
        write_field("late_days", &report.late_days, out)?;
        write_list("irregularities", report.found.iter().map(|one| IrregularityJson::of(report, one)), out)
    };
    write_folders(reports, several, &|report| report.name, &write, out)
}

#[derive(Serialize)]
struct IrregularityJson<'a> {
    name: &'static str,
    meaning: &'static str,
    message: &'a str,
    file: Option<&'a str>,
    students: Vec<&'a str>,
    commits: Vec<CommitJson<'a>>,
}

impl<'a> IrregularityJson<'a> {
    fn of(report: &'a AuditReport<'_>, one: &'a Irregularity) -> Self {
        let commit = |at: usize| Some(CommitJson::of(report.revisions.get(at)?, report.brought_in(at)));
        Self {
            name: one.name.word(),
            meaning: one.name.meaning(),
            message: &one.message,
            file: one.file.as_ref().map(Text::raw),
            students: one.students.iter().map(Text::raw).collect(),
            commits: one.revisions.iter().filter_map(|at| commit(*at)).collect(),
        }
    }
}

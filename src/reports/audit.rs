//! What an auditor would ask about.

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::Report;
use super::as_data::lazily;
use super::history::{CommitJson, addresses, by, came_with};
use super::sheet::{Cell, Column, Sheet, Tone, counted};
use crate::audit::{Effect, EffectOn, Irregularity, IrregularityName, RecordedDecision};
use crate::calendar::Day;
use crate::diff::FieldChange;
use crate::history::Revision;
use crate::records::{Body, Decision, Matter, Outcome};
use crate::text::{Text, few};

/// The most commits of one irregularity that a table names.
const NAMED: usize = 4;

/// The irregularities of one folder, ready to be printed.
pub struct AuditReport<'r> {
    /// What the folder is called, in a run over several.
    pub folder: Option<&'r Text>,
    /// The full id of the last commit that was looked at.
    pub rev: &'r str,
    /// What that is, in words: `commit 1a2b3c4d5e6f of 21 February 2026`.
    pub up_to: &'r str,
    /// What the time zone is called in which the days of commits are given.
    pub time_zone: &'r str,
    /// The day from which on commits are told of; none is all.
    pub since: Option<Day>,
    /// So many days later something may be recorded.
    pub late_days: u32,
    /// Whether that holds for every log, whatever its own habit is.
    pub is_fixed: bool,
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

/// An irregularity, or several of one commit that are told together.
struct Row<'r> {
    report: &'r AuditReport<'r>,
    name: IrregularityName,
    /// The last of the commits.
    revision: Option<&'r Revision>,
    record: Option<String>,
    what: Vec<String>,
}

fn columns<'r>() -> Vec<Column<Row<'r>>> {
    vec![
        Column::data("irregularity", |row| row.name.word().into()),
        Column::fixed("Day", "day", |row| row.revision.and_then(Revision::day).into()),
        Column::fixed("Commit", "commit", |row| Cell::maybe(row.revision.map(Revision::short))),
        Column::flexible("By", "by", 12, |row| row.revision.map(by).into()),
        Column::flexible("Record", "record", 16, |row| Cell::maybe(row.record.as_ref())),
        Column::below_alone("What", "what", |row| Cell::Lines(row.what.clone())),
    ]
}

impl Report for AuditReport<'_> {
    fn folder(&self) -> Option<&Text> {
        self.folder
    }

    /// A sheet for each kind of irregularity, with what it is.
    fn sheets(&self) -> Vec<Sheet> {
        let since = self.since.map(|day| format!("; told is what was committed from {day} on")).unwrap_or_default();
        let mut lead = vec![format!(
            "Looked at {} up to the {}{since}.",
            counted(self.revisions.len(), "commit", "commits"),
            self.up_to
        )];
        if self.is_cut_off() {
            lead.push(
                "The clone is shallow: of its first commits nobody knows here what they added. \"git fetch --unshallow\" \
                 fetches the rest."
                    .to_owned(),
            );
        }
        lead.push(format!("Days of commits are those of the time zone {}.", self.time_zone));
        let late = counted(self.late_days as usize, "day", "days");
        let habit = if self.is_fixed { "" } else { ", and later than is usual in its log" };
        lead.push(format!("Late is what was recorded more than {late} after it happened{habit}."));
        lead.push(if self.found.is_empty() {
            "Nothing irregular was found.".to_owned()
        } else {
            let found = counted(self.found.len(), "thing", "things");
            let none = match self.found.len() {
                1 => "It is no fault by itself.",
                _ => "None is a fault by itself.",
            };
            format!("{found} to ask about. {none}")
        });
        let title = self.folder.map_or_else(|| "Audit".to_owned(), |name| format!("Audit of case folder {name}"));
        let mut sheets = vec![Sheet::part(title, lead)];
        for name in IrregularityName::ALL {
            let found: Vec<_> = self.found.iter().filter(|one| one.name == name).collect();
            let rows =
                found.chunk_by(|one, other| one.revisions.last() == other.revisions.last()).flat_map(|of_commit| {
                    match of_commit {
                        [first, .., last] if of_commit.len() > NAMED => {
                            vec![Row::together(self, first, last, of_commit.len())]
                        }
                        _ => of_commit.iter().map(|one| Row::of(self, one)).collect(),
                    }
                });
            let mut sheet = Sheet::new(name.word()).with_toned_rows(&columns(), rows, |_| Tone::Waiting);
            sheet.lead.push(name.meaning().to_owned());
            if !sheet.rows.is_empty() {
                sheets.push(sheet);
            }
        }
        let told = self.found.iter().filter_map(|one| self.commits(one).next_back());
        sheets.extend(addresses(told).map(|addresses| Sheet::part("", vec![addresses])));
        sheets
    }

    fn data(&self) -> Sheet {
        let mut columns = columns();
        if self.folder.is_some() {
            columns.insert(0, Column::data("folder", |row: &Row<'_>| row.report.folder.into()));
        }
        Sheet::data(&columns, self.found.iter().map(|one| Row::of(self, one)))
    }
}

impl<'r> Row<'r> {
    fn of(report: &'r AuditReport<'r>, one: &'r Irregularity) -> Self {
        let mut what = vec![one.message.clone()];
        let is_said = |effect: &&Effect| !one.message.contains(&effect.what.in_words());
        what.extend(together(one.effects.iter().filter(is_said).map(effect_in_words), "so "));
        let rest = one.decisions.iter().filter(|_| one.name != IrregularityName::DecisionUnready);
        what.extend(together(rest.map(RecordedDecision::in_words), "what rests on it: "));
        what.push(commits(report, one));
        what.extend(one.revisions.last().and_then(|at| report.brought_in(*at)).map(came_with));
        if !one.students.is_empty() && one.students.len() <= NAMED {
            let students: Vec<_> = one.students.iter().map(ToString::to_string).collect();
            what.push(format!("about {}", students.join(", ")));
        }
        let record = one.file.as_ref().map(ToString::to_string);
        Self { report, name: one.name, revision: report.commits(one).next_back(), record, what }
    }

    /// So many of one commit, by the first and the last of them.
    fn together(report: &'r AuditReport<'r>, first: &'r Irregularity, last: &'r Irregularity, count: usize) -> Self {
        let told = |one: &Irregularity| match &one.file {
            Some(file) => format!("{file}: {}", one.message),
            None => one.message.clone(),
        };
        let rest = "these are the first and the last of them; --format csv has all".to_owned();
        let record = Some(format!("{count} records"));
        Self { record, what: vec![told(first), told(last), rest], ..Self::of(report, first) }
    }
}

/// Several things on one line, not too many of them; none where there are none.
fn together(things: impl Iterator<Item = String>, lead: &str) -> Option<String> {
    let things: Vec<String> = things.collect();
    (!things.is_empty()).then(|| format!("{lead}{}", few(things, NAMED, "; ")))
}

fn effect_in_words(effect: &Effect) -> String {
    format!("{}: {}", effect.student, effect.what.in_words())
}

/// The commits of an irregularity by what they say of themselves.
fn commits(report: &AuditReport<'_>, one: &Irregularity) -> String {
    let in_full = |commit: &Revision| {
        let day = commit.day().map(|day| format!(" of {day}")).unwrap_or_default();
        format!("{}{day}, \"{}\"", commit.short(), commit.subject)
    };
    match report.commits(one).collect::<Vec<_>>().as_slice() {
        [only] => format!("commit message: \"{}\"", only.subject),
        all => format!("commits: {}", few(all.iter().rev().map(|commit| in_full(commit)), NAMED, "; ")),
    }
}

impl Serialize for AuditReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'r, I> {
            rev: &'r str,
            time_zone: &'r str,
            complete: bool,
            since: Option<Day>,
            late_days: u32,
            irregularities: I,
        }
        let AuditReport { rev, time_zone, since, late_days, .. } = *self;
        let irregularities = lazily(|| self.found.iter().map(|one| IrregularityJson::of(self, one)));
        Fields { rev, time_zone, complete: !self.is_cut_off(), since, late_days, irregularities }.serialize(serializer)
    }
}

#[derive(Serialize)]
struct IrregularityJson<'a> {
    name: IrregularityName,
    meaning: &'static str,
    message: &'a str,
    file: Option<&'a Text>,
    students: &'a BTreeSet<Text>,
    changes: Vec<ChangeJson<'a>>,
    statuses: Vec<EffectJson<'a>>,
    decisions: Vec<DecisionJson<'a>>,
    commits: Vec<CommitJson<'a>>,
}

#[derive(Serialize)]
pub(super) struct ChangeJson<'a> {
    what: &'static str,
    #[serde(rename = "where")]
    at: &'a str,
    from: Option<&'a Value>,
    to: Option<&'a Value>,
}

impl<'a> ChangeJson<'a> {
    pub(super) fn of(change: &'a FieldChange) -> Self {
        let FieldChange { what, at, from, to } = change;
        Self { what: what.word(), at, from: from.as_ref(), to: to.as_ref() }
    }
}

/// What became otherwise: a status, a part that waits for a ruling, or a count.
#[derive(Serialize)]
pub(super) struct EffectJson<'a> {
    student: &'a str,
    code: Option<&'static str>,
    what: &'static str,
    from: Value,
    to: Value,
}

impl<'a> EffectJson<'a> {
    pub(super) fn of(effect: &'a Effect) -> Self {
        let student = effect.student.raw();
        let waits = |date: Day, does: bool| if does { Value::from(date.iso()) } else { Value::Null };
        match effect.what {
            EffectOn::Status { code, from, to } => {
                let (from, to) = (from.word().into(), to.word().into());
                Self { student, code: Some(code.word()), what: "status", from, to }
            }
            EffectOn::Part { code, date, is_new } => {
                let (from, to) = (waits(date, !is_new), waits(date, is_new));
                Self { student, code: Some(code.word()), what: "query", from, to }
            }
            EffectOn::Sessions { from, to } => {
                Self { student, code: None, what: "sessions", from: from.into(), to: to.into() }
            }
            EffectOn::Meetings { from, to } => {
                Self { student, code: None, what: "meetings", from: from.into(), to: to.into() }
            }
        }
    }
}

#[derive(Serialize)]
pub(super) struct DecisionJson<'a> {
    student: &'a str,
    body: Body,
    about: Matter,
    date: Day,
    outcome: Outcome,
}

impl<'a> DecisionJson<'a> {
    pub(super) fn of(student: &'a Text, decision: &Decision) -> Self {
        let Decision { body, about, date, outcome, .. } = *decision;
        Self { student: student.raw(), body, about, date, outcome }
    }
}

impl<'a> IrregularityJson<'a> {
    fn of(report: &'a AuditReport<'_>, one: &'a Irregularity) -> Self {
        let commit = |at: usize| Some(CommitJson::of(report.revisions.get(at)?, report.brought_in(at)));
        Self {
            name: one.name,
            meaning: one.name.meaning(),
            message: &one.message,
            file: one.file.as_ref(),
            students: &one.students,
            changes: one.changes.iter().map(ChangeJson::of).collect(),
            statuses: one.effects.iter().map(EffectJson::of).collect(),
            decisions: one.decisions.iter().map(|made| DecisionJson::of(&made.student, &made.decision)).collect(),
            commits: one.revisions.iter().filter_map(|at| commit(*at)).collect(),
        }
    }
}

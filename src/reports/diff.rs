//! What differs between two states of a folder, as tables.

use std::collections::HashMap;

use super::check::Located;
use super::sheet::{Cell, Column, Sheet, Tone, counted};
use crate::calendar::Day;
use crate::case::id_of;
use crate::diff::{Change, RecordChange, RequirementChange, StudentChange, in_words};
use crate::judgement::{Item, SessionFigures, Verdict};
use crate::records::RecordKind;
use crate::requirements::Status;
use crate::text::{Source, Text};

/// The most differences within one record that are told in a table.
const TOLD: usize = 12;

/// What differs in one folder, ready to be written.
pub struct DiffReport<'r> {
    /// What the folder is called, in a run over several.
    pub name: &'r Text,
    /// The older state.
    pub older: DiffSide<'r>,
    /// The newer state.
    pub newer: DiffSide<'r>,
    /// For whom the judgement differs.
    pub students: &'r [StudentChange<'r>],
    /// What has become of the records.
    pub records: &'r [RecordChange<'r>],
    /// The problems that the newer state has and the older has not, in order of file, line and column.
    pub new: Vec<Located<'r>>,
    /// The problems that are gone, likewise.
    pub gone: Vec<Located<'r>>,
}

/// One of two states.
#[derive(Clone, Copy)]
pub struct DiffSide<'r> {
    /// The full id of the commit; none for the work tree.
    pub rev: Option<&'r str>,
    /// What it is, in words: `the commit 1a2b3c4d5e6f of 21 February 2026`, `the work tree`.
    pub words: &'r str,
    /// The day as of which it is judged.
    pub as_of: Day,
    /// Its sources.
    pub sources: &'r [Source],
}

impl DiffReport<'_> {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.students.is_empty() && self.records.is_empty() && self.new.is_empty() && self.gone.is_empty()
    }
}

/// What differs, as tables: students, records, problems. `prefix` stands before ids in a run over several folders.
pub fn diff(report: &DiffReport<'_>, prefix: &str) -> Vec<Sheet> {
    let (older, newer) = (report.older, report.newer);
    let compared = if older.as_of == newer.as_of {
        format!("Compared are {} and {}, both judged as of {}.", older.words, newer.words, newer.as_of)
    } else {
        format!(
            "Compared are {}, judged as of {}, and {}, judged as of {}.",
            older.words, older.as_of, newer.words, newer.as_of
        )
    };
    let mut lead = Sheet::new("");
    lead.lead.push(compared);
    if report.is_empty() {
        lead.lead.push("Nothing differs.".to_owned());
        return vec![lead];
    }
    let mut sheets = vec![lead, students(report, prefix), records(report.records), problems(report)];
    sheets.retain(|sheet| !sheet.lead.is_empty());
    sheets
}

/// The same, short enough for a comment: rows beyond `most` characters of a table are counted, and not shown.
pub fn shortened(mut sheets: Vec<Sheet>, most: usize) -> Vec<Sheet> {
    for sheet in &mut sheets {
        let mut length = 0;
        let fit = sheet.rows.iter().take_while(|row| {
            length += row.cells.iter().map(length_of).sum::<usize>();
            length <= most
        });
        let fit = fit.count();
        let more = sheet.rows.len() - fit;
        if more > 0 {
            sheet.rows.truncate(fit);
            let more = counted(more, "further row is", "further rows are");
            sheet.notes.push(format!("{more} left out here; \"gwp diff --format json\" has all."));
        }
    }
    sheets
}

fn length_of(cell: &Cell) -> usize {
    match cell {
        Cell::Text(words) => words.len(),
        Cell::Lines(lines) => lines.iter().map(|line| line.len() + 4).sum(),
        Cell::Empty | Cell::Day(_) | Cell::Number(_) => 20,
    }
}

fn students(report: &DiffReport<'_>, prefix: &str) -> Sheet {
    let count = report.students.len();
    let lead = match count {
        0 => "No student is judged otherwise.".to_owned(),
        _ => format!("{} judged otherwise.", counted(count, "student is", "students are")),
    };
    let mut sheet = Sheet::new("Students").with_columns([
        Column::flexible("Student", "student", 16),
        Column::fixed("Before", "before"),
        Column::fixed("Now", "now"),
        Column::fixed("Sessions", "sessions"),
        Column::below_alone("Requirements", "requirements"),
        Column::below_alone("Overdue", "overdue"),
    ]);
    sheet.lead.push(lead);
    let renamed: Vec<(Text, &Text)> = report.records.iter().filter_map(renamed).collect();
    let former: HashMap<&Text, &Text> = renamed.iter().map(|(was, is)| (*is, was)).collect();
    let now: HashMap<&Text, &Text> = renamed.iter().map(|(was, is)| (was, *is)).collect();
    for student in report.students {
        sheet.toned_row(
            tone(student.verdict.1),
            [
                Cell::text(match student.name {
                    Some(name) => format!("{name} ({prefix}{})", student.id),
                    None => format!("{prefix}{}", student.id),
                }),
                verdict(student.verdict.0, former.get(student.id).map(|id| format!("as {id}"))),
                verdict(student.verdict.1, now.get(student.id).map(|id| format!("now {id}"))),
                sessions(student),
                lines(student.requirements.iter().filter_map(|change| requirement(change, &student.records))),
                lines(overdue(student)),
            ],
        );
    }
    sheet
}

/// A student's ids before and after, where the record was given another.
fn renamed<'r>(record: &'r RecordChange<'_>) -> Option<(Text, &'r Text)> {
    let was = id_of(record.was?.raw());
    let is = record.id.as_ref().filter(|is| record.kind == Some(RecordKind::Student) && **is != was)?;
    Some((was, is))
}

/// A verdict, or why there is none: the student has another id there, or is not there.
fn verdict(verdict: Option<Verdict>, other_id: Option<String>) -> Cell {
    let none = || other_id.unwrap_or_else(|| "not there".to_owned());
    Cell::text(verdict.map_or_else(none, |verdict| verdict.word().to_owned()))
}

fn tone(verdict: Option<Verdict>) -> Tone {
    match verdict {
        Some(Verdict::Ready | Verdict::Recommended | Verdict::Awarded) => Tone::Good,
        Some(Verdict::Query) => Tone::Waiting,
        Some(Verdict::Action | Verdict::NotEligible | Verdict::Declined | Verdict::Unknown) => Tone::Bad,
        _ => Tone::Plain,
    }
}

fn lines(lines: impl IntoIterator<Item = String>) -> Cell {
    let lines: Vec<String> = lines.into_iter().collect();
    if lines.is_empty() { Cell::Empty } else { Cell::Lines(lines) }
}

fn sessions(student: &StudentChange<'_>) -> Cell {
    let (before, after) = (&student.sessions.0, &student.sessions.1);
    let of = |figures: &SessionFigures| format!("{} of {}", figures.counted, figures.required);
    match (before, after) {
        (Some(before), Some(after)) if of(before) == of(after) => Cell::text(of(after)),
        (Some(before), Some(after)) => Cell::text(format!("{} → {}", before.counted, of(after))),
        (None, Some(figures)) | (Some(figures), None) => Cell::text(of(figures)),
        (None, None) => Cell::Empty,
    }
}

/// A requirement with a status on both sides: where one side has none, all differ, and the verdict says why. Where no
/// changed record is evidence of it, such as a variation, all that changed in the case are named.
fn requirement(change: &RequirementChange<'_>, of_case: &[&Text]) -> Option<String> {
    let (from, to): (Status, Status) = (change.from?, change.to?);
    let files = if change.because.is_empty() { of_case } else { &change.because };
    let files: Vec<_> = files.iter().map(ToString::to_string).collect();
    let because = if files.is_empty() { String::new() } else { format!(", because of {}", files.join(", ")) };
    Some(format!("{} {}: {} → {}{because}", change.code, change.code.name(), from.word(), to.word()))
}

fn overdue<'s>(student: &'s StudentChange<'_>) -> impl Iterator<Item = String> + 's {
    let told = |what: &str, item: &Item<'_>| {
        let obligation = &item.obligation;
        let from = obligation.from.map(|from| format!(", from {}", from.name)).unwrap_or_default();
        format!("{what}: {}, due on {}{from}", obligation.kind.what(), obligation.due)
    };
    let new = student.new_overdue.iter().map(move |item| told("overdue now", item));
    new.chain(student.gone_overdue.iter().map(move |item| told("no longer overdue", item)))
}

fn records(records: &[RecordChange<'_>]) -> Sheet {
    let count = records.len();
    let lead = match count {
        0 => "No record differs.".to_owned(),
        _ => format!("{}.", counted(count, "record differs", "records differ")),
    };
    let mut sheet = Sheet::new("Records").with_columns([
        Column::flexible("File", "file", 24),
        Column::fixed("Change", "change"),
        Column::below_alone("What", "what"),
    ]);
    sheet.lead.push(lead);
    for record in records {
        let mut what: Vec<String> = record.was.map(|was| format!("was {was}")).into_iter().collect();
        what.extend(record.details.iter().take(TOLD).map(in_words));
        let more = record.details.len().saturating_sub(TOLD);
        if more > 0 {
            what.push(format!("and {more} more"));
        }
        let change = match record.change {
            Change::Reformatted => "only reformatted",
            other => other.word(),
        };
        sheet.row([Cell::text(record.file), Cell::text(change), lines(what)]);
    }
    sheet
}

fn problems(report: &DiffReport<'_>) -> Sheet {
    let mut sheet = Sheet::new("Problems").with_columns([
        Column::fixed("", "is"),
        Column::fixed("Level", "level"),
        Column::flexible("Where", "where", 24),
        Column::below_alone("What", "what"),
    ]);
    sheet.lead.push(match (report.new.len(), report.gone.len()) {
        (0, 0) => "No problem is new, and none is gone.".to_owned(),
        (new, gone) => {
            format!(
                "{}, and {} gone.",
                counted(new, "problem is new", "problems are new"),
                match gone {
                    0 => "none is".to_owned(),
                    1 => "1 is".to_owned(),
                    _ => format!("{gone} are"),
                }
            )
        }
    });
    let mut rows = |word: &str, located: &[Located<'_>], sources: &[Source]| {
        for one in located {
            let problem = one.problem;
            let file = sources.get(problem.file.0 as usize).map(|source| &source.path).map(Text::to_string);
            sheet.row([
                Cell::text(word),
                Cell::text(problem.level.word()),
                Cell::text(format!("{}:{}:{}", file.unwrap_or_default(), one.line, one.column)),
                Cell::text(&problem.message),
            ]);
        }
    };
    rows("new", &report.new, report.newer.sources);
    rows("gone", &report.gone, report.older.sources);
    sheet
}

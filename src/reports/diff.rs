//! What differs between two states of a folder.

use std::collections::HashMap;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::as_data::lazily;
use super::check::ProblemJson;
use super::due::OverdueJson;
use super::problem_list::Located;
use super::sheet::{Cell, Column, Sheet, Tone, counted};
use super::{Id, Report};
use crate::calendar::Day;
use crate::case::id_of;
use crate::diff::{Change, RecordChange, RequirementChange, StudentChange, in_words};
use crate::edition::{Code, Scheme};
use crate::judgement::{Item, SessionFigures, Verdict};
use crate::records::RecordKind;
use crate::requirements::Status;
use crate::text::{Source, Text};

/// The most differences within one record that are told in a table.
const TOLD: usize = 12;

/// What differs in one folder, ready to be written.
pub struct DiffReport<'r> {
    /// What the folder is called, in a run over several.
    pub folder: Option<&'r Text>,
    /// The older state.
    pub older: DiffSide<'r>,
    /// The newer state.
    pub newer: DiffSide<'r>,
    /// For whom the judgement differs.
    pub students: &'r [StudentChange<'r>],
    /// What has become of the records.
    pub records: &'r [RecordChange<'r>],
    /// What has become of the papers that records name, in order of path.
    pub papers: &'r [(Text, Change)],
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
    /// The edition that every course is judged by; none where each is judged by its own.
    pub scheme: Option<Scheme>,
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
        let records = self.records.is_empty() && self.papers.is_empty();
        self.students.is_empty() && records && self.new.is_empty() && self.gone.is_empty()
    }
}

impl Report for DiffReport<'_> {
    fn folder(&self) -> Option<&Text> {
        self.folder
    }

    /// Students, records, problems.
    fn sheets(&self) -> Vec<Sheet> {
        let (older, newer) = (self.older, self.newer);
        let compared = if let (Some(one), Some(other)) = (older.scheme, newer.scheme) {
            let (one, other) = (one.word(), other.word());
            format!("Everybody is judged by the edition {one}, and by the edition {other}, as of {}.", older.as_of)
        } else if older.as_of == newer.as_of {
            format!("Compared are {} and {}, both judged as of {}.", older.words, newer.words, newer.as_of)
        } else {
            format!(
                "Compared are {}, judged as of {}, and {}, judged as of {}.",
                older.words, older.as_of, newer.words, newer.as_of
            )
        };
        let mut lead = Sheet::new("");
        lead.lead.push(compared);
        let part = self.folder.map(|name| Sheet::part(format!("Case folder {name}"), Vec::new()));
        let mut sheets: Vec<_> = part.into_iter().collect();
        if self.is_empty() {
            lead.lead.push("Nothing differs.".to_owned());
            sheets.push(lead);
        } else if older.scheme.is_some() {
            sheets.extend([lead, self.students_sheet()]);
        } else {
            sheets.extend([lead, self.students_sheet(), records(self.records)]);
            sheets.extend((!self.papers.is_empty()).then(|| papers(self.papers)));
            sheets.push(self.problems_sheet());
        }
        sheets
    }

    fn data(&self) -> Sheet {
        self.students_sheet()
    }
}

/// Sheets short enough for a comment: rows beyond `most` characters of a table are counted, and not shown.
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
        Cell::Days(days) => days.len() * 20,
        Cell::Empty | Cell::Day(_) | Cell::Number(_) => 20,
    }
}

/// A student whose judgement differs, as a table tells it.
struct StudentRow<'r> {
    student: &'r StudentChange<'r>,
    folder: Option<&'r Text>,
    /// The id that the record had before, and the one that it has now, where it was given another.
    other_ids: (Option<&'r Text>, Option<&'r Text>),
}

fn student_columns<'r>() -> Vec<Column<StudentRow<'r>>> {
    vec![
        Column::flexible("Student", "student", 16, |row: &StudentRow<'r>| {
            let id = Id::new(row.folder, row.student.id);
            match row.student.name {
                Some(name) => format!("{name} ({id})").into(),
                None => Cell::text(id),
            }
        }),
        Column::fixed("Before", "before", |row| {
            verdict(row.student.verdict.0, row.other_ids.0.map(|id| format!("as {id}")))
        }),
        Column::fixed("Now", "now", |row| {
            verdict(row.student.verdict.1, row.other_ids.1.map(|id| format!("now {id}")))
        }),
        Column::fixed("Sessions", "sessions", |row| sessions(row.student)),
        Column::below_alone("Requirements", "requirements", |row| {
            Cell::lines(row.student.requirements.iter().filter_map(|one| requirement(one, &row.student.records)))
        }),
        Column::below_alone("Overdue", "overdue", |row| Cell::lines(overdue(row.student))),
    ]
}

impl DiffReport<'_> {
    fn students_sheet(&self) -> Sheet {
        let mut sheet = students(self.students, self.records, self.folder);
        "Students".clone_into(&mut sheet.title);
        sheet.lead.push(match self.students.len() {
            0 => "No student is judged differently.".to_owned(),
            count => format!("{} judged differently.", counted(count, "student is", "students are")),
        });
        sheet
    }

    fn problems_sheet(&self) -> Sheet {
        let columns = [
            Column::fixed("", "is", |(word, ..): &(&str, &Located<'_>, &[Source])| (*word).into()),
            Column::fixed("Level", "level", |(_, one, _)| one.problem.level.word().into()),
            Column::flexible("Where", "where", 24, |(_, one, sources)| {
                let file = sources.get(one.problem.file.0 as usize).map(|source| source.path.to_string());
                format!("{}:{}:{}", file.unwrap_or_default(), one.line, one.column).into()
            }),
            Column::below_alone("What", "what", |(_, one, _)| one.problem.message.as_str().into()),
        ];
        let new = self.new.iter().map(|one| ("new", one, self.newer.sources));
        let gone = self.gone.iter().map(|one| ("gone", one, self.older.sources));
        let mut sheet = Sheet::new("Problems").with_rows(&columns, new.chain(gone));
        sheet.lead.push(match (self.new.len(), self.gone.len()) {
            (0, 0) => "No problem is new, and none is gone.".to_owned(),
            (new, gone) => {
                let gone = match gone {
                    0 => "none is".to_owned(),
                    1 => "1 is".to_owned(),
                    _ => format!("{gone} are"),
                };
                format!("{}, and {gone} gone.", counted(new, "problem is new", "problems are new"))
            }
        });
        sheet
    }
}

#[cfg(feature = "cli")]
impl<'r> DiffReport<'r> {
    /// The table of students whose judgement differs, for a paper.
    pub(crate) fn of_students(
        changed: impl IntoIterator<Item = &'r StudentChange<'r>>,
        records: &'r [RecordChange<'r>],
    ) -> Sheet {
        students(changed, records, None)
    }
}

/// The table of students whose judgement differs.
fn students<'r>(
    changed: impl IntoIterator<Item = &'r StudentChange<'r>>,
    records: &'r [RecordChange<'r>],
    folder: Option<&'r Text>,
) -> Sheet {
    let renamed: Vec<(Text, &Text)> = records.iter().filter_map(renamed).collect();
    let former: HashMap<&Text, &Text> = renamed.iter().map(|(was, is)| (*is, was)).collect();
    let now: HashMap<&Text, &Text> = renamed.iter().map(|(was, is)| (was, *is)).collect();
    let rows = changed.into_iter().map(|student| StudentRow {
        student,
        folder,
        other_ids: (former.get(student.id).copied(), now.get(student.id).copied()),
    });
    Sheet::new("").with_toned_rows(&student_columns(), rows, |row| tone(row.student.verdict.1))
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
        let due = obligation.due.map(|due| format!(", due on {due}")).unwrap_or_default();
        format!("{what}: {}{due}{from}", obligation.kind.what())
    };
    let new = student.new_overdue.iter().map(move |item| told("overdue now", item));
    new.chain(student.gone_overdue.iter().map(move |item| told("no longer overdue", item)))
}

fn records(records: &[RecordChange<'_>]) -> Sheet {
    let columns = [
        Column::flexible("File", "file", 24, |record: &RecordChange<'_>| record.file.into()),
        Column::fixed("Change", "change", |record| match record.change {
            Change::Reformatted => "only reformatted".into(),
            other => other.word().into(),
        }),
        Column::below_alone("What", "what", |record| {
            let was = record.was.map(|was| format!("was {was}"));
            let more = record.details.len().saturating_sub(TOLD);
            let more = (more > 0).then(|| format!("and {more} more"));
            Cell::lines(was.into_iter().chain(record.details.iter().take(TOLD).map(in_words)).chain(more))
        }),
    ];
    let mut sheet = Sheet::new("Records").with_rows(&columns, records);
    sheet.lead.push(match records.len() {
        0 => "No record differs.".to_owned(),
        count => format!("{}.", counted(count, "record differs", "records differ")),
    });
    sheet
}

fn papers(papers: &[(Text, Change)]) -> Sheet {
    let columns = [
        Column::flexible("Paper", "file", 24, |(file, _): &(Text, Change)| file.into()),
        Column::fixed("Change", "change", |(_, change)| change.word().into()),
    ];
    Sheet::new("Scanned papers").with_rows(&columns, papers)
}

impl Serialize for DiffReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'r, C, R> {
            from: SideJson<'r>,
            to: SideJson<'r>,
            students: C,
            records: R,
            papers: Vec<PaperJson<'r>>,
            problems: NewAndGone<ProblemJson<'r>>,
        }
        let (older, newer) = (self.older, self.newer);
        Fields {
            from: SideJson { rev: older.rev, as_of: older.as_of, scheme: older.scheme },
            to: SideJson { rev: newer.rev, as_of: newer.as_of, scheme: newer.scheme },
            students: lazily(|| self.students.iter().map(|one| StudentJson::of(one, older.as_of, newer.as_of))),
            records: lazily(|| self.records.iter().map(RecordJson::of)),
            papers: self.papers.iter().map(|(file, change)| PaperJson { file, change: change.word() }).collect(),
            problems: NewAndGone {
                new: self.new.iter().map(|located| ProblemJson::of(located, newer.sources)).collect(),
                gone: self.gone.iter().map(|located| ProblemJson::of(located, older.sources)).collect(),
            },
        }
        .serialize(serializer)
    }
}

#[derive(Serialize)]
struct SideJson<'a> {
    rev: Option<&'a str>,
    as_of: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheme: Option<Scheme>,
}

#[derive(Serialize)]
struct FromTo<T> {
    from: T,
    to: T,
}

#[derive(Serialize)]
struct StudentJson<'a> {
    id: &'a Text,
    verdict: FromTo<Option<Verdict>>,
    requirements: Vec<RequirementJson<'a>>,
    sessions: FromTo<Option<&'a SessionFigures<'a>>>,
    overdue: NewAndGone<OverdueJson<'a>>,
}

#[derive(Serialize)]
struct NewAndGone<T> {
    new: Vec<T>,
    gone: Vec<T>,
}

#[derive(Serialize)]
struct RequirementJson<'a> {
    code: Code,
    from: Option<Status>,
    to: Option<Status>,
    because: &'a [&'a Text],
}

impl<'a> StudentJson<'a> {
    fn of(student: &'a StudentChange<'_>, before: Day, after: Day) -> Self {
        Self {
            id: student.id,
            verdict: FromTo { from: student.verdict.0, to: student.verdict.1 },
            requirements: student.requirements.iter().map(RequirementJson::of).collect(),
            sessions: FromTo { from: student.sessions.0.as_ref(), to: student.sessions.1.as_ref() },
            overdue: NewAndGone {
                new: student.new_overdue.iter().map(|item| OverdueJson::of(item, after)).collect(),
                gone: student.gone_overdue.iter().map(|item| OverdueJson::of(item, before)).collect(),
            },
        }
    }
}

impl<'a> RequirementJson<'a> {
    fn of(requirement: &'a RequirementChange<'_>) -> Self {
        Self { code: requirement.code, from: requirement.from, to: requirement.to, because: &requirement.because }
    }
}

#[derive(Serialize)]
struct PaperJson<'a> {
    file: &'a Text,
    change: &'static str,
}

#[derive(Serialize)]
struct RecordJson<'a> {
    file: &'a Text,
    kind: Option<RecordKind>,
    id: Option<&'a Text>,
    change: &'static str,
    changes: Vec<DetailJson<'a>>,
}

#[derive(Serialize)]
struct DetailJson<'a> {
    what: &'static str,
    #[serde(rename = "where")]
    at: &'a str,
    from: Value,
    to: Value,
}

impl<'a> RecordJson<'a> {
    fn of(record: &'a RecordChange<'_>) -> Self {
        let moved = record.was.map(|was| DetailJson {
            what: "file",
            at: "",
            from: was.raw().into(),
            to: record.file.raw().into(),
        });
        let within = record.details.iter().map(|detail| DetailJson {
            what: detail.what.word(),
            at: &detail.at,
            from: detail.from.clone().unwrap_or_default(),
            to: detail.to.clone().unwrap_or_default(),
        });
        Self {
            file: record.file,
            kind: record.kind,
            id: record.id.as_ref(),
            change: record.change.word(),
            changes: moved.into_iter().chain(within).collect(),
        }
    }
}

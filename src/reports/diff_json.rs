//! What differs between two states of a folder, as one JSON document.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::check::ProblemJson;
use super::diff::DiffReport;
use super::document::{write_field, write_folders, write_list};
use super::due_json::OverdueJson;
use crate::calendar::Day;
use crate::diff::{RecordChange, RequirementChange, StudentChange};
use crate::edition::Code;
use crate::judgement::{SessionFigures, Verdict};
use crate::records::RecordKind;
use crate::requirements::Status;
use crate::text::Text;

/// Writes the document over one folder, or over several.
pub fn write_diff_json(reports: &[DiffReport<'_>], several: bool, out: &mut dyn Write) -> io::Result<()> {
    write_folders(reports, several, &|report| report.name, &DiffReport::write, out)
}

impl DiffReport<'_> {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        for (name, side) in [("from", self.older), ("to", self.newer)] {
            write_field(name, &SideJson { rev: side.rev, as_of: side.as_of }, out)?;
        }
        let students = self.students.iter().map(|one| StudentJson::of(one, self.older.as_of, self.newer.as_of));
        write_list("students", students, out)?;
        write_list("records", self.records.iter().map(RecordJson::of), out)?;
        let new = self.new.iter().map(|located| ProblemJson::of(located, self.newer.sources)).collect();
        let gone = self.gone.iter().map(|located| ProblemJson::of(located, self.older.sources)).collect();
        write_field("problems", &NewAndGone { new, gone }, out)
    }
}

#[derive(Serialize)]
struct SideJson<'a> {
    rev: Option<&'a str>,
    as_of: Day,
}

#[derive(Serialize)]
struct FromTo<T> {
    from: T,
    to: T,
}

#[derive(Serialize)]
struct StudentJson<'a> {
    id: &'a str,
    verdict: FromTo<Option<&'static str>>,
    requirements: Vec<RequirementJson<'a>>,
    sessions: FromTo<Option<&'a SessionFigures>>,
    overdue: NewAndGone<OverdueJson<'a>>,
}

#[derive(Serialize)]
struct NewAndGone<T> {
    new: Vec<T>,
    gone: Vec<T>,
}

#[derive(Serialize)]
struct RequirementJson<'a> {
    code: &'static str,
    from: Option<&'static str>,
    to: Option<&'static str>,
    because: Vec<&'a str>,
}

impl<'a> StudentJson<'a> {
    fn of(student: &'a StudentChange<'_>, before: Day, after: Day) -> Self {
        Self {
            id: student.id.raw(),
            verdict: FromTo { from: student.verdict.0.map(Verdict::word), to: student.verdict.1.map(Verdict::word) },
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
        Self {
            code: Code::word(requirement.code),
            from: requirement.from.map(Status::word),
            to: requirement.to.map(Status::word),
            because: requirement.because.iter().map(|file| file.raw()).collect(),
        }
    }
}

#[derive(Serialize)]
struct RecordJson<'a> {
    file: &'a str,
    kind: Option<&'static str>,
    id: Option<&'a str>,
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
            file: record.file.raw(),
            kind: record.kind.map(RecordKind::word),
            id: record.id.as_ref().map(Text::raw),
            change: record.change.word(),
            changes: moved.into_iter().chain(within).collect(),
        }
    }
}

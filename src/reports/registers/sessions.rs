//! Every entry of every session log, with what becomes of it for each student.

use std::collections::HashMap;

use serde::Serialize;

use super::Register;
use crate::calendar::Day;
use crate::case::Case;
use crate::facts::Facts;
use crate::judgement::{Judgement, StudentResult};
use crate::records::{Meeting, Session, SessionLog};
use crate::reports::Id;
use crate::reports::sheet::{Cell, Column, Tone};
use crate::text::{FileId, Text};

/// For each file and position in it whether an entry counts, or why not.
type Verdicts = HashMap<(FileId, usize), Result<(), &'static str>>;

/// A student.
struct Student<'a> {
    id: &'a Text,
    name: Option<&'a Text>,
    /// None where the student could not be judged.
    verdicts: Option<Verdicts>,
}

/// The entries of all logs, collected student by student.
pub struct Sessions<'a> {
    case: &'a Case,
    as_of: Day,
    folder: Option<&'a Text>,
    students: Vec<Student<'a>>,
    only_theirs: bool,
}

/// An entry of a log, and what becomes of it for a student.
#[derive(Serialize)]
struct Row<'l> {
    log: Id<'l>,
    kind: &'static str,
    #[serde(flatten)]
    line: &'l Line<'l>,
    student: Option<Id<'l>>,
    name: Option<&'l Text>,
    counts: Option<bool>,
    why_not: Option<&'static str>,
}

/// An entry of either kind of log.
#[derive(Serialize)]
struct Line<'a> {
    date: Day,
    minutes: Option<u16>,
    present: Option<u32>,
    mode: Option<&'static str>,
    joint: Option<bool>,
    absent: &'a [Text],
    cancelled: Option<&'a Text>,
    notes: Option<&'a Text>,
}

fn columns<'l>() -> Vec<Column<Row<'l>>> {
    vec![
        Column::data("log", |row| Cell::text(row.log)),
        Column::data("kind", |row| row.kind.into()),
        Column::data("date", |row| row.line.date.into()),
        Column::data("minutes", |row| row.line.minutes.map(i64::from).into()),
        Column::data("present", |row| row.line.present.map(i64::from).into()),
        Column::data("mode", |row| row.line.mode.into()),
        Column::data("joint", |row| row.line.joint.into()),
        Column::data("absent", |row| Cell::listed(row.line.absent)),
        Column::data("cancelled", |row| row.line.cancelled.into()),
        Column::data("notes", |row| row.line.notes.into()),
        Column::data("student", |row| Cell::maybe(row.student)),
        Column::data("name", |row| row.name.into()),
        Column::data("counts", |row| row.counts.into()),
        Column::data("why_not", |row| row.why_not.into()),
    ]
}

impl<'a> Sessions<'a> {
    /// No student yet. With `only_theirs` only entries that concern one of those who are added are in it. `folder` is the
    /// folder's name, where ids are shown with it.
    pub fn new(case: &'a Case, as_of: Day, folder: Option<&'a Text>, only_theirs: bool) -> Self {
        Self { case, as_of, folder, students: Vec::new(), only_theirs }
    }

    /// Adds a student.
    pub fn add(&mut self, result: &StudentResult<'a>, judgement: Option<&Judgement<'_>>) {
        let verdicts = judgement.map(|judgement| verdicts(&judgement.facts));
        self.students.push(Student { id: result.id, name: result.name, verdicts });
    }

    /// The register: for each entry a row for each student whom the log names, in order of log, entry and student; one
    /// without a student where it names none.
    pub fn register(self) -> Register {
        let mut lines = Vec::new();
        for entry in &self.case.records.logs {
            let Some(log) = entry.record.as_deref() else { continue };
            let (kind, named, of_log) = match log {
                SessionLog::Group(log) => {
                    ("group", &log.conductors, log.sessions.iter().map(Line::of_session).collect::<Vec<_>>())
                }
                SessionLog::Supervision(log) => {
                    let line = |meeting| Line::of_meeting(meeting, log.mode.word());
                    ("supervision", &log.supervisees, log.sessions.iter().map(line).collect())
                }
            };
            let students: Vec<_> = self.students.iter().filter(|student| named.contains(student.id)).collect();
            if !students.is_empty() || !self.only_theirs {
                lines.push((entry, kind, of_log, students));
            }
        }
        let mut rows = Vec::new();
        for (entry, kind, of_log, students) in &lines {
            for (index, line) in of_log.iter().enumerate() {
                let row = |student: Option<&Student<'a>>| {
                    let counts = student.and_then(|student| self.counts(student, (entry.file, index), line));
                    Row {
                        log: Id::new(self.folder, &entry.id),
                        kind,
                        line,
                        student: student.map(|student| Id::new(self.folder, student.id)),
                        name: student.and_then(|student| student.name),
                        counts: counts.map(|counts| counts.is_ok()),
                        why_not: counts.and_then(Result::err),
                    }
                };
                match students.as_slice() {
                    [] => rows.push(row(None)),
                    students => rows.extend(students.iter().map(|student| row(Some(student)))),
                }
            }
        }
        Register::new("sessions", ("Sessions", "row", "rows"), &columns(), &rows, |_| Tone::Plain)
    }

    /// Whether an entry counts, or why not; none where the student could not be judged.
    fn counts(&self, student: &Student<'_>, at: (FileId, usize), line: &Line<'_>) -> Option<Result<(), &'static str>> {
        let verdicts = student.verdicts.as_ref()?;
        if line.date > self.as_of {
            return Some(Err("to-come"));
        }
        Some(match verdicts.get(&at) {
            Some(verdict) => *verdict,
            None if line.cancelled.is_some() => Err("cancelled"),
            None if line.absent.contains(student.id) => Err("absent"),
            None => Err("no-arrangement"),
        })
    }
}

/// What becomes of the entries that the facts know. A session that counts in a group which is not the one that is
/// judged is none of the series.
fn verdicts(facts: &Facts<'_>) -> Verdicts {
    let series: Vec<_> = facts.series.iter().map(|entry| (entry.group, entry.index)).collect();
    let sessions = facts.sessions.all().into_iter().map(|entry| {
        let verdict = match entry.uncounted {
            Some(why) => Err(why.word()),
            None if series.contains(&(entry.group, entry.index)) => Ok(()),
            None => Err("other-group"),
        };
        ((entry.place(facts.case).file, entry.index), verdict)
    });
    let meetings = facts.meetings.iter().map(|entry| {
        let verdict = entry.uncounted.map_or(Ok(()), |why| Err(why.word()));
        ((entry.place(facts.case).file, entry.index), verdict)
    });
    sessions.chain(meetings).collect()
}

impl<'a> Line<'a> {
    fn of_session(session: &'a Session) -> Self {
        Self {
            date: session.date,
            minutes: session.minutes,
            present: session.present,
            mode: None,
            joint: None,
            absent: &session.absent,
            cancelled: session.cancelled.as_ref(),
            notes: session.notes.as_ref(),
        }
    }

    fn of_meeting(meeting: &'a Meeting, usual: &'static str) -> Self {
        Self {
            date: meeting.date,
            minutes: meeting.minutes,
            present: None,
            mode: Some(meeting.mode.map_or(usual, crate::records::Mode::word)),
            joint: Some(meeting.joint),
            absent: &meeting.absent,
            cancelled: meeting.cancelled.as_ref(),
            notes: meeting.notes.as_ref(),
        }
    }
}

//! Every entry of every session log, with what becomes of it for each student.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{Register, raw};
use crate::calendar::Day;
use crate::case::Case;
use crate::facts::Facts;
use crate::judgement::{Judgement, StudentResult};
use crate::records::{Meeting, Session, SessionLog};
use crate::reports::sheet::{Cell, Column, Sheet, counted};
use crate::text::{FileId, Text};

/// For each file and position in it whether an entry counts, or why not.
type Verdicts = HashMap<(FileId, usize), Result<(), &'static str>>;

/// A student.
struct Student {
    id: Text,
    shown: String,
    name: Option<Text>,
    /// None where the student could not be judged.
    verdicts: Option<Verdicts>,
}

/// The entries of all logs, collected student by student.
pub struct Sessions<'a> {
    case: &'a Case,
    as_of: Day,
    students: Vec<Student>,
    only_theirs: bool,
}

/// An entry of either kind of log.
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

impl<'a> Sessions<'a> {
    /// No student yet. With `only_theirs` only entries that concern one of those who are added are in it.
    pub fn new(case: &'a Case, as_of: Day, only_theirs: bool) -> Self {
        Self { case, as_of, students: Vec::new(), only_theirs }
    }

    /// Adds a student. `shown` is the id as it is shown.
    pub fn add(&mut self, shown: String, result: &StudentResult<'_>, judgement: Option<&Judgement<'_>>) {
        let verdicts = judgement.map(|judgement| verdicts(&judgement.facts));
        self.students.push(Student { id: result.id.clone(), shown, name: result.name.cloned(), verdicts });
    }

    /// The register: for each entry a row for each student whom the log names, in order of log, entry and student; one
    /// without a student where it names none. `shown` gives the id of a log as it is shown.
    pub fn register(self, shown: &dyn Fn(&Text) -> String) -> Register {
        let columns = [
            "log",
            "kind",
            "date",
            "minutes",
            "present",
            "mode",
            "joint",
            "absent",
            "cancelled",
            "notes",
            "student",
            "name",
            "counts",
            "why_not",
        ];
        let mut sheet = Sheet::part("Sessions", Vec::new()).with_columns(columns.map(|key| Column::fixed(key, key)));
        let mut rows = Vec::new();
        for entry in &self.case.records.logs {
            let Some(log) = entry.record.as_deref() else { continue };
            let (kind, named, lines) = match log {
                SessionLog::Group(log) => {
                    ("group", &log.conductors, log.sessions.iter().map(Line::of_session).collect::<Vec<_>>())
                }
                SessionLog::Supervision(log) => {
                    let line = |meeting| Line::of_meeting(meeting, log.mode.word());
                    ("supervision", &log.supervisees, log.sessions.iter().map(line).collect())
                }
            };
            let students: Vec<_> = self.students.iter().filter(|student| named.contains(&student.id)).collect();
            for (index, line) in lines.iter().enumerate() {
                let mut row = |student: Option<&Student>| {
                    let counts = student.and_then(|student| self.counts(student, (entry.file, index), line));
                    sheet.row(line.cells(shown(&entry.id), kind, student, counts));
                    rows.push(line.json(&entry.id, kind, student, counts));
                };
                match students.as_slice() {
                    [] if self.only_theirs => {}
                    [] => row(None),
                    students => students.iter().for_each(|student| row(Some(student))),
                }
            }
        }
        sheet.notes.push(format!("{}.", counted(rows.len(), "row", "rows")));
        Register::new("sessions", sheet, rows)
    }

    /// Whether an entry counts, or why not; none where the student could not be judged.
    fn counts(&self, student: &Student, at: (FileId, usize), line: &Line<'_>) -> Option<Result<(), &'static str>> {
        let verdicts = student.verdicts.as_ref()?;
        if line.date > self.as_of {
            return Some(Err("to-come"));
        }
        Some(match verdicts.get(&at) {
            Some(verdict) => *verdict,
            None if line.cancelled.is_some() => Err("cancelled"),
            None if line.absent.contains(&student.id) => Err("absent"),
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

    fn cells(
        &self,
        log: String,
        kind: &str,
        student: Option<&Student>,
        counts: Option<Result<(), &'static str>>,
    ) -> [Cell; 14] {
        let absent: Vec<_> = self.absent.iter().map(ToString::to_string).collect();
        [
            Cell::Text(log),
            Cell::text(kind),
            Cell::Day(self.date),
            Cell::number(self.minutes.map(i64::from)),
            Cell::number(self.present.map(i64::from)),
            Cell::maybe(self.mode),
            self.joint.map_or(Cell::Empty, Cell::yes_or_no),
            if absent.is_empty() { Cell::Empty } else { Cell::Text(absent.join(", ")) },
            Cell::maybe(self.cancelled),
            Cell::maybe(self.notes),
            Cell::maybe(student.map(|student| &student.shown)),
            Cell::maybe(student.and_then(|student| student.name.as_ref())),
            counts.map_or(Cell::Empty, |counts| Cell::yes_or_no(counts.is_ok())),
            Cell::maybe(counts.and_then(Result::err)),
        ]
    }

    fn json(
        &self,
        log: &Text,
        kind: &str,
        student: Option<&Student>,
        counts: Option<Result<(), &'static str>>,
    ) -> Value {
        json!({
            "log": log.raw(),
            "kind": kind,
            "date": self.date,
            "minutes": self.minutes,
            "present": self.present,
            "mode": self.mode,
            "joint": self.joint,
            "absent": self.absent.iter().map(Text::raw).collect::<Vec<_>>(),
            "cancelled": raw(self.cancelled),
            "notes": raw(self.notes),
            "student": student.map(|student| student.id.raw()),
            "name": raw(student.and_then(|student| student.name.as_ref())),
            "counts": counts.map(|counts| counts.is_ok()),
            "why_not": counts.and_then(Result::err),
        })
    }
}

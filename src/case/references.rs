//! Ids that records name: whether they lead somewhere, and whether what they lead to agrees.

use std::collections::HashMap;

use super::{Entry, Index, Records};
use crate::problems::{Problem, ProblemName};
use crate::records::{Form, LogKind, SessionLog, Student};
use crate::text::{FileId, Path, Spot, Text, did_you_mean};

/// How many different unknown ids are compared with the ids there are. A folder with more has lost a register, and
/// the nearest name would not help.
const MOST_SUGGESTIONS: usize = 100;

/// Everything that is wrong with references, in order of record.
pub(super) fn problems(records: &Records, index: &Index) -> Vec<Problem> {
    let mut check = Check { records, index, suggestions: HashMap::new(), found: Vec::new() };
    for entry in &records.students {
        if let Some(record) = entry.record.as_deref() {
            check.student(entry, record);
        }
    }
    for entry in &records.logs {
        if let Some(record) = entry.record.as_deref() {
            check.log(entry.file, record);
        }
    }
    check.found
}

/// The records that an id is looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Register {
    Courses,
    Students,
    Supervisors,
    /// Session logs, of which those of groups are meant.
    Groups,
}

impl Register {
    fn singular(self) -> &'static str {
        match self {
            Self::Courses => "course",
            Self::Students => "student",
            Self::Supervisors => "supervisor",
            Self::Groups => "session log",
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Courses => "courses/",
            Self::Students => "students/",
            Self::Supervisors => "supervisors/",
            Self::Groups => "sessions/",
        }
    }
}

struct Check<'a> {
    records: &'a Records,
    index: &'a Index,
    /// What may be meant by each unknown id.
    suggestions: HashMap<(Register, &'a Text), Option<String>>,
    found: Vec<Problem>,
}

impl<'a> Check<'a> {
    fn student(&mut self, entry: &'a Entry<Student>, record: &'a Student) {
        let file = entry.file;
        self.refer(Register::Courses, &record.course, file, Path::of("course"));
        for (position, arrangement) in record.arrangement.iter().enumerate() {
            let at = Path::of("arrangement").index(position);
            if let Some(log) = self.refer(Register::Groups, &arrangement.group, file, at.key("group")) {
                self.group(entry, &self.records.logs[log], at.key("group"));
            }
            self.refer(Register::Supervisors, &arrangement.supervisor, file, at.key("supervisor"));
        }
        for (position, wrg) in record.wrg.iter().enumerate() {
            let at = Path::of("wrg").index(position).key("supervisor");
            self.refer(Register::Supervisors, &wrg.supervisor, file, at);
        }
        for (position, report) in record.report.iter().enumerate() {
            let Some(by) = &report.by else { continue };
            let mut in_workplace = record.arrangement.iter().map(|arrangement| &arrangement.supervisor);
            let mut in_wrg = record.wrg.iter().map(|wrg| &wrg.supervisor);
            let (supervises, role) = match report.form {
                Form::Gwp2 => {
                    (in_workplace.any(|id| id == by), "workplace supervisor in no arrangement of the student")
                }
                Form::Wrg2 => (in_wrg.any(|id| id == by), "WRG supervisor in no entry of the student"),
                Form::Gwp3 => continue,
            };
            let at = Path::of("report").index(position).key("by");
            if self.refer(Register::Supervisors, by, file, at).is_some() && !supervises {
                self.found.push(
                    Problem::new(
                        ProblemName::NotTheSupervisor,
                        file,
                        Spot::Value(at),
                        format!("{} is {role}", quoted(by)),
                    )
                    .with_help("correct who wrote the report, or enter the arrangement or WRG that is missing"),
                );
            }
        }
    }

    fn group(&mut self, student: &Entry<Student>, log: &'a Entry<SessionLog>, at: Path) {
        let id = quoted(&log.id);
        let problem = match log.record.as_deref() {
            Some(SessionLog::Supervision(_)) => Problem::new(
                ProblemName::WrongKind,
                student.file,
                Spot::Value(at),
                format!("{id} is the log of a supervision, and an arrangement needs that of a group"),
            )
            .with_help("name a log whose `kind` is \"group\""),
            Some(SessionLog::Group(group)) if !group.conductors.contains(&student.id) => Problem::new(
                ProblemName::NotAConductor,
                student.file,
                Spot::Value(at),
                format!("the log of the group {id} does not name {} as a conductor", quoted(&student.id)),
            )
            .with_help(format!(
                "gwp record {} conductor {} adds the student to the log; or correct the group",
                log.id, student.id
            )),
            _ => return,
        };
        self.found.push(problem);
    }

    fn log(&mut self, file: FileId, record: &'a SessionLog) {
        if let Some(log) = record.supervision() {
            self.refer(Register::Supervisors, &log.supervisor, file, Path::of("supervisor"));
        }
        for (position, id) in record.people().iter().enumerate() {
            self.refer(Register::Students, id, file, Path::of(record.kind().people_key()).index(position));
        }
        for (entry, said) in record.entries().enumerate() {
            for (position, id) in said.absent().iter().enumerate() {
                self.of_log(record, id, file, Path::of("sessions").index(entry).key("absent").index(position));
            }
        }
        for (position, period) in record.supervisee_periods().iter().enumerate() {
            self.of_log(record, &period.who, file, Path::of("supervisee_periods").index(position).key("who"));
        }
    }

    /// Somebody who is named within a log, and has to be one of those whom it is about.
    fn of_log(&mut self, log: &SessionLog, id: &'a Text, file: FileId, at: Path) {
        let is_known = self.refer(Register::Students, id, file, at).is_some();
        if is_known && !log.people().contains(id) {
            let key = log.kind().people_key();
            let message = format!("this log does not name {} among its `{key}`", quoted(id));
            let help = format!("correct the id, or add it to the `{key}`");
            let problem = Problem::new(ProblemName::NotAConductor, file, Spot::Value(at), message);
            self.found.push(problem.with_help(help));
        }
    }

    /// The position of an id in its register; where it has none, that is a problem.
    fn refer(&mut self, register: Register, id: &'a Text, file: FileId, at: Path) -> Option<usize> {
        let position = match register {
            Register::Courses => self.index.course(id),
            Register::Students => self.index.student(id),
            Register::Supervisors => self.index.supervisor(id),
            Register::Groups => self.index.log(id),
        };
        if position.is_none() {
            let help = self.suggestion(register, id);
            let help = help
                .unwrap_or_else(|| format!("an id is the name of a file in {}, without its ending", register.folder()));
            let message = format!("no {} has the id {}", register.singular(), quoted(id));
            self.found
                .push(Problem::new(ProblemName::UnknownReference, file, Spot::Value(at), message).with_help(help));
        }
        position
    }

    fn suggestion(&mut self, register: Register, id: &'a Text) -> Option<String> {
        if let Some(known) = self.suggestions.get(&(register, id)) {
            return known.clone();
        }
        if self.suggestions.len() >= MOST_SUGGESTIONS {
            return None;
        }
        let records = self.records;
        let near = match register {
            Register::Courses => did_you_mean(id.raw(), ids(&records.courses)),
            Register::Students => did_you_mean(id.raw(), ids(&records.students)),
            Register::Supervisors => did_you_mean(id.raw(), ids(&records.supervisors)),
            Register::Groups => {
                let is_group =
                    |log: &&Entry<SessionLog>| log.record.as_deref().is_none_or(|log| log.kind() == LogKind::Group);
                did_you_mean(id.raw(), records.logs.iter().filter(is_group).map(|log| log.id.raw()))
            }
        };
        self.suggestions.insert((register, id), near.clone());
        near
    }
}

fn ids<T>(entries: &[Entry<T>]) -> impl Iterator<Item = &str> + Clone {
    entries.iter().map(|entry| entry.id.raw())
}

/// More characters than an id has that somebody means.
const LONGEST: usize = 80;

/// An id in quotation marks, cut where it is too long to be one.
fn quoted(id: &Text) -> String {
    match id.raw().char_indices().nth(LONGEST) {
        Some((end, _)) => format!("\"{}…\"", crate::text::visible(&id.raw()[..end])),
        None => format!("\"{id}\""),
    }
}

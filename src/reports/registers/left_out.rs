//! Who and what is missing in a register: a record with an error is in none, and nobody is to take a part for the whole.

use serde::Serialize;

use super::RegisterKind;
use crate::case::Entry;
use crate::folder::JudgedFolder;
use crate::judgement::Roster;
use crate::records::{LogKind, SessionLog};
use crate::reports::caveats::unjudged;
use crate::text::{FileId, Text, few};

/// The most files that a sentence names; what is beyond them is counted.
const NAMED: usize = 10;

/// What is missing in a register: the files of records with an error, and the ids of students who could not be judged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    records: Vec<Text>,
    students: Vec<Text>,
}

impl LeftOut {
    /// Whether nothing is.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// What is missing in a register of a folder, and the same as sentences; none where it is whole. A filter changes nothing in
/// it: what a record with an error is about is not known.
pub fn left_out(kind: RegisterKind, judged: &JudgedFolder<'_>, roster: &Roster<'_>) -> (LeftOut, Vec<String>) {
    let records = &judged.folder.case.records;
    let broken = match kind {
        RegisterKind::Supervisors => [broken(&records.supervisors), broken(&records.students)].concat(),
        RegisterKind::Groups => broken_logs(&records.logs, |kind| kind == LogKind::Group),
        RegisterKind::Courses => broken(&records.courses),
        RegisterKind::Students | RegisterKind::Awards => Vec::new(),
        RegisterKind::Meetings => broken(&records.meetings),
        RegisterKind::Sessions => broken_logs(&records.logs, |_| true),
    };
    let path = |file: &FileId| judged.folder.sources[file.0 as usize].path.clone();
    // In the register of students somebody who could not be judged has a row.
    let lacks_students = matches!(kind, RegisterKind::Sessions | RegisterKind::Awards);
    let unjudged_ids = roster.unjudged().filter(|_| lacks_students).map(|result| result.id.clone());
    let left_out = LeftOut { records: broken.iter().map(path).collect(), students: unjudged_ids.collect() };
    let mut sentences = Vec::new();
    let command_line = &judged.command_line;
    if !broken.is_empty() {
        let files = few(&left_out.records, NAMED, ", ");
        let records = if broken.len() == 1 { "a record" } else { "records" };
        sentences.push(format!(
            "Left out, as {records} with an error: {files}. \"{}\" says what is wrong.",
            command_line.again(["check", "--only", "problems"])
        ));
    }
    let what_it_means = match kind {
        RegisterKind::Students => Some("could not be judged"),
        RegisterKind::Sessions => Some("could not be judged, so it is not said which sessions count"),
        RegisterKind::Awards => Some("could not be judged and cannot be in this list"),
        _ => None,
    };
    sentences.extend(what_it_means.and_then(|what| unjudged(roster, what, command_line)));
    (left_out, sentences)
}

fn broken<T>(entries: &[Entry<T>]) -> Vec<FileId> {
    entries.iter().filter(|entry| entry.used().is_none()).map(|entry| entry.file).collect()
}

/// The logs with an error of a kind, and those that do not say which they are.
fn broken_logs(entries: &[Entry<SessionLog>], is_meant: impl Fn(LogKind) -> bool) -> Vec<FileId> {
    let broken = entries.iter().filter(|entry| entry.used().is_none());
    let is_meant = |entry: &&Entry<SessionLog>| entry.record.as_deref().is_none_or(|log| is_meant(log.kind()));
    broken.filter(is_meant).map(|entry| entry.file).collect()
}

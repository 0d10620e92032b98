//! Whose case cannot be judged because part of its evidence cannot be used.

use std::collections::HashSet;

use super::{Entry, Index, Records};
use crate::records::{SessionLog, Student};
use crate::text::{Source, Text};

/// For each student, whether the student's own record, a record that it refers to or a session log that may be about
/// the student has an error.
///
/// A broken log may be about everybody whose id, or whose workplace supervisor's id, stands in its text; one without
/// a text, or a folder of logs that cannot be listed, may be about everybody.
pub(super) fn students(records: &Records, index: &Index, sources: &[Source]) -> Vec<bool> {
    if sources.iter().any(|source| source.content.is_err() && is_among_logs(source)) {
        return vec![true; records.students.len()];
    }
    let broken: Vec<&Entry<SessionLog>> = records.logs.iter().filter(|log| !log.sound).collect();
    let named: HashSet<&str> = broken
        .iter()
        .filter_map(|log| sources.get(log.file.0 as usize)?.content.as_deref().ok())
        .flat_map(|text| words(text))
        .collect();
    let unsound = Unsound {
        courses: ids_of_unsound(&records.courses),
        supervisors: ids_of_unsound(&records.supervisors),
        logs: ids_of_unsound(&records.logs),
    };
    records
        .students
        .iter()
        .map(|entry| {
            let Some(record) = entry.record.as_deref().filter(|_| entry.sound) else { return true };
            unsound.touches(record, index)
                || named.contains(entry.id.raw())
                || record.arrangement.iter().any(|arrangement| named.contains(arrangement.supervisor.raw()))
        })
        .collect()
}

fn is_among_logs(source: &Source) -> bool {
    let path = source.path.raw();
    path == "sessions" || path.starts_with("sessions/")
}

/// The ids of records with an error. Where one of two records of an id is without, it is here all the same: which of
/// them is meant, nobody knows.
struct Unsound<'a> {
    courses: HashSet<&'a Text>,
    supervisors: HashSet<&'a Text>,
    logs: HashSet<&'a Text>,
}

impl Unsound<'_> {
    fn touches(&self, student: &Student, index: &Index) -> bool {
        let no_supervisor = |id| index.supervisor(id).is_none() || self.supervisors.contains(id);
        index.course(&student.course).is_none()
            || self.courses.contains(&student.course)
            || student.wrg.iter().any(|wrg| no_supervisor(&wrg.supervisor))
            || student.arrangement.iter().any(|arrangement| {
                no_supervisor(&arrangement.supervisor)
                    || index.log(&arrangement.group).is_none()
                    || self.logs.contains(&arrangement.group)
            })
    }
}

fn ids_of_unsound<T>(entries: &[Entry<T>]) -> HashSet<&Text> {
    entries.iter().filter(|entry| !entry.sound).map(|entry| &entry.id).collect()
}

/// The stretches of letters, digits and hyphens in a text: every id that stands in it as a whole is one of them.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty())
}

//! Whose case cannot be judged because part of its evidence cannot be used.

use std::collections::HashMap;

use super::{Entry, Index, Records};
use crate::records::Student;
use crate::text::{FileId, Source, Text};

/// For each student, the files with an error for which nothing can be judged: the student's own, those of records that it
/// refers to, and session logs that may be about the student. None where all can be used.
///
/// A broken log may be about everybody whose id, or whose workplace supervisor's id, stands in its text; one without
/// a text, or a folder of logs that cannot be listed, may be about everybody.
pub(super) fn students(records: &Records, index: &Index, sources: &[Source]) -> Vec<Vec<FileId>> {
    let is_unreadable = |source: &Source| source.content.is_err() && is_among_logs(source);
    let unreadable = (0..).zip(sources).filter(|(_, source)| is_unreadable(source));
    let unreadable: Vec<FileId> = unreadable.map(|(number, _)| FileId(number)).collect();
    let mut named: HashMap<&str, Vec<FileId>> = HashMap::new();
    for log in records.logs.iter().filter(|log| !log.sound) {
        let text = sources.get(log.file.0 as usize).and_then(|source| source.content.as_deref().ok());
        for word in text.into_iter().flat_map(|text| words(text)) {
            named.entry(word).or_default().push(log.file);
        }
    }
    let unsound = Unsound {
        courses: of_unsound(&records.courses),
        supervisors: of_unsound(&records.supervisors),
        logs: of_unsound(&records.logs),
    };
    let of_student = |entry: &Entry<Student>| {
        let mut files = unreadable.clone();
        match entry.record.as_deref() {
            Some(record) if entry.sound => {
                files.extend(unsound.touching(entry.file, record, index));
                let supervisors = record.arrangement.iter().map(|arrangement| &arrangement.supervisor);
                let ids = [&entry.id].into_iter().chain(supervisors);
                files.extend(ids.filter_map(|id| named.get(id.raw())).flatten());
            }
            _ => files.push(entry.file),
        }
        files.sort_unstable();
        files.dedup();
        files
    };
    records.students.iter().map(of_student).collect()
}

fn is_among_logs(source: &Source) -> bool {
    let path = source.path.raw();
    path == "sessions" || path.starts_with("sessions/")
}

/// The records with an error, by id. Where one of two records of an id is without, it is here all the same: which of
/// them is meant, nobody knows.
struct Unsound<'a> {
    courses: HashMap<&'a Text, FileId>,
    supervisors: HashMap<&'a Text, FileId>,
    logs: HashMap<&'a Text, FileId>,
}

impl Unsound<'_> {
    /// The files with an error that a student's record refers to; its own, where it refers to no record.
    fn touching(&self, own: FileId, student: &Student, index: &Index) -> Vec<FileId> {
        let mut files = Vec::new();
        let mut refer = |is_there: bool, broken: Option<&FileId>| {
            files.extend((!is_there).then_some(own));
            files.extend(broken);
        };
        refer(index.course(&student.course).is_some(), self.courses.get(&student.course));
        let of_arrangements = student.arrangement.iter().map(|arrangement| &arrangement.supervisor);
        for id in student.wrg.iter().map(|wrg| &wrg.supervisor).chain(of_arrangements) {
            refer(index.supervisor(id).is_some(), self.supervisors.get(id));
        }
        for arrangement in &student.arrangement {
            refer(index.log(&arrangement.group).is_some(), self.logs.get(&arrangement.group));
        }
        files
    }
}

fn of_unsound<T>(entries: &[Entry<T>]) -> HashMap<&Text, FileId> {
    entries.iter().filter(|entry| !entry.sound).map(|entry| (&entry.id, entry.file)).collect()
}

/// The stretches of letters, digits and hyphens in a text: every id that stands in it as a whole is one of them.
pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty())
}

//! What the records of a folder are called.

use std::collections::HashMap;

use super::{Entry, Records};
use crate::records::{Record, RecordKind, SessionLog};
use crate::text::{Nameable, Text, all_of};

impl Records {
    /// What all records of a kind are called, in their order.
    pub fn nameable(&self, kind: RecordKind) -> Vec<Nameable> {
        match kind {
            RecordKind::Course => self.courses.iter().map(|entry| nameable(entry, |course| &course.name)).collect(),
            RecordKind::Student => self.students.iter().map(|entry| nameable(entry, |student| &student.name)).collect(),
            RecordKind::Supervisor => self.supervisors.iter().map(|entry| nameable(entry, |one| &one.name)).collect(),
            RecordKind::Session => {
                let (students, supervisors) = (self.names(RecordKind::Student), self.names(RecordKind::Supervisor));
                self.logs.iter().map(|entry| log(entry, &students, &supervisors)).collect()
            }
            RecordKind::Meeting => self.meetings.iter().map(by_id).collect(),
            RecordKind::Gwp => Vec::new(),
        }
    }

    /// The names of the records of a kind, by id.
    fn names(&self, kind: RecordKind) -> HashMap<String, String> {
        let all = self.nameable(kind).into_iter();
        all.filter_map(|one| Some((one.ids.into_iter().next()?, one.name?))).collect()
    }
}

fn by_id<T>(entry: &Entry<T>) -> Nameable {
    Nameable { ids: vec![entry.id.raw().to_owned()], ..Nameable::default() }
}

/// What a record with a name is called.
pub(crate) fn nameable<T: Record>(entry: &Entry<T>, name: impl Fn(&T) -> &Text) -> Nameable {
    let name = entry.record.as_deref().map(|record| name(record).raw().to_owned());
    Nameable { name, ..by_id(entry) }
}

/// A group is called by its title and known by its conductors; a supervision is called by who is supervised with whom, and
/// known by each of them.
fn log(
    entry: &Entry<SessionLog>,
    students: &HashMap<String, String>,
    supervisors: &HashMap<String, String>,
) -> Nameable {
    let name_of = |names: &HashMap<String, String>, id: &Text| {
        names.get(id.raw()).cloned().unwrap_or_else(|| id.raw().to_owned())
    };
    let Some(record) = entry.record.as_deref() else { return by_id(entry) };
    let mut also: Vec<String> = record.people().iter().map(|id| name_of(students, id)).collect();
    let name = match record {
        SessionLog::Group(group) => group.title.raw().to_owned(),
        SessionLog::Supervision(supervision) => {
            let supervisor = name_of(supervisors, &supervision.supervisor);
            let name = format!("Supervision of {} with {supervisor}", all_of(&also));
            also.push(supervisor);
            name
        }
    };
    Nameable { name: Some(name), also, ..by_id(entry) }
}

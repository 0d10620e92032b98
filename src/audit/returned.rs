//! Records that a commit took away and a later one put back, the same or otherwise, perhaps under another id.

use std::collections::BTreeMap;

use super::Past;
use crate::case::identity;
use crate::diff::Change;
use crate::history::{ReadableTexts, Revision, WrittenRecord, written_meanwhile};
use crate::records::RecordKind;
use crate::text::{Source, Text};

/// Where records came back: by the commit and the path, the commit that had taken the record away, and its path then.
#[derive(Debug, Default)]
pub(super) struct Returned(BTreeMap<(usize, Text), (usize, Text)>);

/// A record that is gone, as it last was.
struct Gone {
    at: usize,
    source: Source,
}

fn is_at(was: &Text, is: &Text) -> bool {
    was == is
}

fn is_of_id(was: &Text, is: &Text) -> bool {
    identity(was.raw()) == identity(is.raw())
}

impl Returned {
    /// Has what a commit put back be told as what was altered meanwhile: nothing of it is new, and nothing is lost.
    pub(super) fn join(revisions: &[Revision], read: &ReadableTexts<'_>, written: &mut [Vec<WrittenRecord>]) -> Self {
        let mut gone: Vec<Gone> = Vec::new();
        let mut returned = Self::default();
        for (at, (revision, records)) in revisions.iter().zip(written).enumerate() {
            let is_record = |record: &&mut WrittenRecord, change| record.kind.is_some() && record.change == change;
            // What lies where it lay is that, and what has its id: only the rest is known by what it says.
            for is_it in [is_at, is_of_id, |_: &Text, _: &Text| true] {
                for record in records.iter_mut().filter(|record| is_record(record, Change::Added)) {
                    let file = record.file.clone();
                    let fitting = gone.iter().enumerate().rev().filter(|(_, one)| is_it(&one.source.path, &file));
                    let mut fitting = fitting.peekable();
                    let Some(newer) = fitting.peek().and_then(|_| text(revision, record, read)) else { continue };
                    let back =
                        fitting.find_map(|(position, one)| Some((position, written_meanwhile(&one.source, &newer)?)));
                    let Some((position, meanwhile)) = back else { continue };
                    let Gone { at: away, source } = gone.remove(position);
                    returned.0.insert((at, file), (away, source.path));
                    *record = meanwhile;
                }
            }
            for record in records.iter_mut().filter(|record| is_record(record, Change::Removed)) {
                gone.extend(last_text(revision, record, read).map(|source| Gone { at, source }));
            }
        }
        returned
    }

    /// The commit that took away the record that a commit put back.
    pub(super) fn taken_away(&self, at: usize, file: &Text) -> Option<usize> {
        self.0.get(&(at, file.clone())).map(|(away, _)| *away)
    }

    /// Whether the record of a student is away after a commit, to be put back by a later one.
    pub(super) fn is_away(&self, at: usize, student: &Text) -> bool {
        let own = Some((RecordKind::Student, student.clone()));
        self.0.iter().any(|((back, _), (away, was))| (*away..*back).contains(&at) && identity(was.raw()) == own)
    }

    /// The commit that put back what a commit took away, and the path to which it came.
    fn put_back(&self, at: usize, file: &Text) -> Option<(usize, &Text)> {
        let mut all = self.0.iter();
        all.find(|(_, (away, was))| *away == at && was == file).map(|((back, path), _)| (*back, path))
    }
}

impl Past<'_> {
    /// Whether a commit took a record away that a later one put back.
    pub(super) fn comes_back(&self, at: usize, record: &WrittenRecord) -> bool {
        record.change == Change::Removed && self.returned.put_back(at, &record.file).is_some()
    }

    /// Whether what a commit took away came back as it was, and nobody decided about these students meanwhile.
    pub(super) fn came_back_whole(&self, at: usize, record: &WrittenRecord) -> bool {
        let back = self.returned.put_back(at, &record.file).filter(|_| record.change == Change::Removed);
        let Some((back, path)) = back else { return false };
        let students = self.students_of(&record.file);
        let is_meanwhile = |revision: usize| (at..back).contains(&revision);
        let decided = || self.decisions.iter().any(|one| is_meanwhile(one.revision) && students.contains(&one.student));
        let mut records = self.written[back].iter().filter(|other| other.file == *path);
        records.all(|other| other.entries.iter().all(|written| written.detail.from.is_none())) && !decided()
    }
}

/// The text of a record that a commit took away.
pub(super) fn last_text(revision: &Revision, record: &WrittenRecord, read: &ReadableTexts<'_>) -> Option<Source> {
    let change = revision.changes.iter().find(|change| change.path == record.file)?;
    read.source(&record.file, change.older.iter().flatten().next()?)
}

/// The text of a record that a commit wrote.
pub(super) fn text(revision: &Revision, record: &WrittenRecord, read: &ReadableTexts<'_>) -> Option<Source> {
    let change = revision.changes.iter().find(|change| change.path == record.file)?;
    read.source(&record.file, change.newer.as_ref()?)
}

//! Records that were copied under another id before the old file went: a record that got another id in two steps.

use std::collections::BTreeMap;

use super::renamed::NewIds;
use super::returned::text;
use super::states::States;
use super::twins::became;
use crate::case::{id_of, identity, kind_of};
use crate::diff::{Change, value_of};
use crate::history::{ReadableTexts, Revision, WrittenRecord, written_meanwhile};
use crate::records::RecordKind;
use crate::text::{Source, Text};

/// The kinds of records that others name, or that are known by what they say. A student's record is known by its id.
const COPIED: [RecordKind; 3] = [RecordKind::Session, RecordKind::Supervisor, RecordKind::Meeting];

/// The keys of those whom a log is about.
const PEOPLE: [&str; 2] = ["conductors", "supervisees"];

/// A record that was copied.
struct Copied {
    /// The commit with the copy, and the one with which the old file went.
    at: usize,
    gone: usize,
    old: Text,
    copy: Text,
}

/// Where the old files of copies went: by the commit and the path of the copy, the commit that made it.
#[derive(Debug, Default)]
pub(super) struct Copies(BTreeMap<(usize, Text), usize>);

impl Copies {
    /// Has a copy be told as nothing new, and the going of the old file as what differs between the two. Gives the ids
    /// that records got by that, by commit.
    pub(super) fn join(
        revisions: &[Revision],
        read: &ReadableTexts<'_>,
        written: &mut [Vec<WrittenRecord>],
    ) -> (Self, NewIds) {
        let (mut copies, mut ids) = (Self::default(), NewIds::default());
        let mut states = States::default();
        for one in copied(revisions, read, written) {
            let state = states.at(revisions, one.gone);
            let Some(gone) = written[one.gone].iter_mut().find(|record| record.file == one.old) else { continue };
            let Some(became) = became(&revisions[one.gone], gone, &one.copy, &state, read) else { continue };
            *gone = became;
            if let Some(copy) = written[one.at].iter_mut().find(|record| record.file == one.copy) {
                (copy.change, copy.entries) = (Change::Reformatted, Vec::new());
            }
            ids.entry(one.at).or_default().push((id_of(one.old.raw()), id_of(one.copy.raw())));
            copies.0.insert((one.gone, one.copy), one.at);
        }
        (copies, ids)
    }

    /// The commit that copied the record of which a commit took the old file away.
    pub(super) fn made(&self, at: usize, file: &Text) -> Option<usize> {
        self.0.get(&(at, file.clone())).copied()
    }
}

/// Whether two logs are about the same people, as far as they are logs: groups of one course met on the same days.
fn are_of_same(older: &Source, newer: &Source) -> bool {
    let people = |log: &Source| {
        let value = value_of(log)?;
        Some(PEOPLE.map(|key| value.get(key).cloned()))
    };
    kind_of(older.path.raw()) != Some(RecordKind::Session) || people(older) == people(newer)
}

/// The records that were copied and then went, in the order of their going.
fn copied<'w>(revisions: &[Revision], read: &ReadableTexts<'_>, written: &'w [Vec<WrittenRecord>]) -> Vec<Copied> {
    let of_kind = |record: &&WrittenRecord| record.kind.is_some_and(|kind| COPIED.contains(&kind));
    let mut goes: BTreeMap<&Text, Vec<usize>> = BTreeMap::new();
    for (at, records) in written.iter().enumerate() {
        let gone = records.iter().filter(of_kind).filter(|record| record.change == Change::Removed);
        gone.for_each(|record| goes.entry(&record.file).or_default().push(at));
    }
    // What is put back later was away, and has no other in its place.
    let is_new = |record: &&WrittenRecord| record.change == Change::Added;
    let of_commit = |(at, records): (usize, &'w Vec<WrittenRecord>)| {
        records.iter().filter(is_new).map(move |record| (&record.file, at))
    };
    let last_added: BTreeMap<&Text, usize> = written.iter().enumerate().flat_map(of_commit).collect();
    let comes_back = |file: &Text, gone: usize| last_added.get(file).is_some_and(|last| *last > gone);
    let mut found: Vec<Copied> = Vec::new();
    let mut states = States::default();
    for (at, (revision, records)) in revisions.iter().zip(written).enumerate() {
        for record in records.iter().filter(of_kind).filter(is_new) {
            let Some((kind, id)) = identity(record.file.raw()) else { continue };
            let is_other = |old: &Text| identity(old.raw()).is_some_and(|(of, other)| of == kind && other != id);
            let goes_later = |(old, gone): (&&'w Text, &Vec<usize>)| {
                let gone = *gone.iter().find(|gone| **gone > at)?;
                (is_other(old) && !comes_back(old, gone)).then_some((*old, gone))
            };
            let later: Vec<(&Text, usize)> = goes.iter().filter_map(goes_later).collect();
            let Some(newer) = text(revision, record, read).filter(|_| !later.is_empty()) else { continue };
            let state = states.at(revisions, at);
            let is_copy = |(old, _): &(&Text, usize)| {
                let is_taken = found.iter().any(|one| one.old == **old);
                let older = state.get(*old).filter(|_| !is_taken).and_then(|id| read.source(old, id));
                older.is_some_and(|older| are_of_same(&older, &newer) && written_meanwhile(&older, &newer).is_some())
            };
            if let Some((old, gone)) = later.into_iter().find(is_copy) {
                found.push(Copied { at, gone, old: old.clone(), copy: record.file.clone() });
            }
        }
    }
    found.sort_by_key(|one| one.gone);
    found
}

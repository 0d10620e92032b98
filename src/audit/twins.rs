//! Records of which two files have one id for a time: a copy beside the record, or a record that is written anew before
//! the old file goes.

use std::collections::BTreeSet;

use super::returned::last_text;
use super::states::{State, States};
use crate::case::identity;
use crate::diff::Change;
use crate::history::{ReadableTexts, Revision, WrittenRecord, written_meanwhile};
use crate::text::Text;

/// Has the second of two files of an id be told as a copy: nothing in it is new, and nothing is lost when it goes. When
/// the first goes and the second stays, that is told as what differs between the two.
pub(super) fn join(revisions: &[Revision], read: &ReadableTexts<'_>, written: &mut [Vec<WrittenRecord>]) {
    let mut states = States::default();
    let mut copies: BTreeSet<Text> = BTreeSet::new();
    for (at, (revision, records)) in revisions.iter().zip(written).enumerate() {
        let comes_or_goes = |record: &WrittenRecord| matches!(record.change, Change::Added | Change::Removed);
        if !records.iter().any(comes_or_goes) {
            continue;
        }
        let state = states.at(revisions, at);
        let new: BTreeSet<Text> =
            records.iter().filter(|record| record.change == Change::Added).map(|record| record.file.clone()).collect();
        for record in records.iter_mut().filter(|record| comes_or_goes(record)) {
            let other = other_of_id(&record.file, &state);
            if record.change == Change::Removed && copies.remove(&record.file) {
                record.entries.clear();
            } else if let Some(other) = other.filter(|other| !new.contains(*other)) {
                if record.change == Change::Added {
                    copies.insert(record.file.clone());
                    (record.change, record.entries) = (Change::Reformatted, Vec::new());
                } else if let Some(became) = became(revision, record, other, &state, read) {
                    copies.remove(other);
                    *record = became;
                }
            }
        }
    }
}

fn other_of_id<'s>(file: &Text, state: &'s State) -> Option<&'s Text> {
    let own = identity(file.raw())?;
    state.keys().find(|path| *path != file && identity(path.raw()).as_ref() == Some(&own))
}

/// What differs between a record that is gone and one that stays in its place.
pub(super) fn became(
    revision: &Revision,
    gone: &WrittenRecord,
    other: &Text,
    state: &State,
    read: &ReadableTexts<'_>,
) -> Option<WrittenRecord> {
    let was = last_text(revision, gone, read)?;
    written_meanwhile(&was, &read.source(other, state.get(other)?)?)
}

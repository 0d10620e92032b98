//! Permissions that were recorded after what they permit.

use super::favour::{effects_in_words, in_favour};
use super::judged::{Judge, Supposed};
use super::undone::without;
use super::{Irregularity, IrregularityName, Past};
use crate::diff::{Change, ChangeKind, FieldChange, in_words};

/// The entries that permit something: in the folder's own record, and in a student's.
const PERMISSIONS: [&str; 3] = ["variation", "accommodation", "extension"];

/// Finds the variations, accommodations and extensions without which something that is past by the day of the commit
/// would wait for a ruling, be missing, or not count.
pub(super) fn find(past: &Past<'_>, judge: &mut Judge<'_>, found: &mut Vec<Irregularity>) {
    for (at, _, record) in past.records().filter(|(.., record)| record.change != Change::Added) {
        let is_permission = |detail: &&FieldChange| {
            detail.from.is_none() && PERMISSIONS.iter().any(|word| detail.what == ChangeKind::Entry(word))
        };
        let details = record.entries.iter().map(|written| &written.detail);
        for detail in details.filter(is_permission) {
            let supposed = without(&judge.record(at, &record.file), std::slice::from_ref(detail));
            let supposed = Supposed { path: record.file.clone(), record: supposed };
            let effects = in_favour(judge.effects(at, &past.students_of(&record.file), &[supposed]));
            if effects.is_empty() {
                continue;
            }
            let message = format!("{}; so {}", in_words(detail), effects_in_words(&effects));
            let one = past.of_record(IrregularityName::PermittedAfterwards, at, record, message);
            found.push(Irregularity { effects, ..one.with_changes([detail]) });
        }
    }
}

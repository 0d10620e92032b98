//! Permissions that were recorded after what they permit.

use std::collections::BTreeSet;

use super::judged::{EffectOn, Judge, Supposed, effects_in_words, in_favour};
use super::undone::{is_extension, without};
use super::waiting::{ToJudge, Waiting};
use super::{Irregularity, IrregularityName, Past};
use crate::diff::{Change, ChangeKind, FieldChange, in_words};
use crate::requirements::Status;

/// The entries that permit something, beside the extension: in the folder's own record, and in a student's.
const PERMISSIONS: [&str; 2] = ["variation", "accommodation"];

/// Finds the variations, accommodations and extensions without which something that is past by the day of the commit
/// would wait for a ruling, be missing, or not count.
pub(super) fn find(past: &Past<'_>, judge: &mut Judge<'_>, found: &mut Vec<Irregularity>) {
    let mut waiting = Waiting::of(past, IrregularityName::PermittedAfterwards);
    for at in past.known() {
        let mut permits: Vec<ToJudge<'_>> = Vec::new();
        let mut unjudged = BTreeSet::new();
        for record in past.written[at].iter().filter(|record| record.change != Change::Added) {
            let details = record.entries.iter().map(|written| &written.detail);
            let permissions: Vec<&FieldChange> = details.filter(|detail| is_permission(detail)).collect();
            if permissions.is_empty() {
                continue;
            }
            let mut students = past.students_of(&record.file);
            students.retain(|student| !waiting.is_for(student));
            for detail in &permissions {
                let supposed = without(&judge.record(at, &record.file), std::slice::from_ref(*detail));
                let supposed = Supposed { path: record.file.clone(), record: supposed };
                let judged = judge.effects(at, &students, &[supposed]);
                unjudged.extend(judged.unjudged);
                let mut effects = in_favour(judged.effects);
                if is_extension(detail) {
                    // Up to the limit itself there is time to extend it.
                    effects.retain(|effect| matches!(effect.what, EffectOn::Status { from: Status::Failed, .. }));
                }
                if effects.is_empty() {
                    continue;
                }
                let message = format!("{}; so {}", in_words(detail), effects_in_words(&effects));
                let one = past.of_record(IrregularityName::PermittedAfterwards, at, record, message);
                found.push(Irregularity { effects, ..one.with_changes([*detail]) });
            }
            let entries = permissions.into_iter().filter(|detail| !is_extension(detail));
            permits.push((record, entries.cloned().collect()));
        }
        waiting.go_on(at, &permits, &unjudged, judge, found);
    }
    waiting.tell(judge, found);
}

fn is_permission(detail: &FieldChange) -> bool {
    let is_entry = || PERMISSIONS.iter().any(|word| detail.what == ChangeKind::Entry(word));
    detail.from.is_none() && (is_entry() || is_extension(detail))
}

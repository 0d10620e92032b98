//! Decisions of which only the day was put right.

use super::entry::undated;
use crate::diff::{ChangeKind, FieldChange};
use crate::history::{Written, WrittenRecord};

/// Of a decision that a commit struck out and put in again, the same but for its date, makes the one alteration that it
/// is: nothing was taken back.
pub(super) fn join(records: &mut [WrittenRecord]) {
    for record in records {
        let is_decision = |written: &Written| written.detail.what == ChangeKind::Entry("decision");
        while let Some((out, new, detail)) = redated(&record.entries, is_decision) {
            record.entries[new] = Written::of(detail);
            record.entries.remove(out);
        }
    }
}

/// The positions of a decision that is gone and of the same with another date, and what became of it.
fn redated(entries: &[Written], is_decision: impl Fn(&Written) -> bool) -> Option<(usize, usize, FieldChange)> {
    let decisions = || entries.iter().enumerate().filter(|(_, written)| is_decision(written));
    decisions().filter(|(_, written)| written.detail.to.is_none()).find_map(|(out, gone)| {
        let was = gone.detail.from.as_ref()?;
        let is_it = |(_, written): &(usize, &Written)| {
            let is = written.detail.to.as_ref().filter(|_| written.detail.from.is_none());
            is.is_some_and(|is| undated(is).is_some() && undated(is) == undated(was))
        };
        let (new, found) = decisions().find(is_it)?;
        Some((out, new, FieldChange { from: Some(was.clone()), ..found.detail.clone() }))
    })
}

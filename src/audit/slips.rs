//! What its author took back on the day on which they wrote it: nothing is left of it, and no rule sees it. What an author
//! mended, so that something else stands there since, is seen, and asked about in `favour` by its own rule.

use std::ops::Range;

use crate::calendar::Day;
use crate::diff::{Change, ChangeKind, FieldChange};
use crate::history::{Revision, WrittenRecord};
use crate::text::Text;

/// Takes out what somebody wrote in a record and took back on the same day, if nobody else wrote in the record meanwhile.
/// `is_decided` says whether somebody decided on a record in one of some commits: then what stood there counts.
pub(super) fn take_out(
    revisions: &[Revision],
    days: &[Option<Day>],
    written: &mut [Vec<WrittenRecord>],
    is_decided: &dyn Fn(&Text, Range<usize>) -> bool,
) {
    let stays = |record: &&WrittenRecord| matches!(record.change, Change::Changed | Change::Renamed);
    for at in 0..written.len() {
        let mut taken: Vec<(usize, Text, FieldChange)> = Vec::new();
        for record in written[at].iter().filter(stays) {
            let mut path = record.was.as_ref().unwrap_or(&record.file);
            let mut left: Vec<&FieldChange> = record.entries.iter().map(|written| &written.detail).collect();
            let is_of_day = |earlier: &usize| days[at].is_some() && days[*earlier] == days[at];
            for earlier in (0..at).rev().take_while(is_of_day) {
                let Some(other) = written[earlier].iter().find(|other| other.file == *path) else { continue };
                let email = |at: usize| &revisions[at].author.email;
                if !stays(&other) || email(earlier) != email(at) || is_decided(&record.file, earlier..at) {
                    break;
                }
                for detail in other.entries.iter().map(|written| &written.detail) {
                    if let Some(position) = left.iter().position(|back| takes_back(back, detail)) {
                        taken.push((at, record.file.clone(), left.remove(position).clone()));
                        taken.push((earlier, other.file.clone(), detail.clone()));
                    }
                }
                path = other.was.as_ref().unwrap_or(&other.file);
            }
        }
        for (at, file, detail) in taken {
            let record = written[at].iter_mut().find(|record| record.file == file);
            let Some(record) = record else { continue };
            if let Some(position) = record.entries.iter().position(|written| written.detail == detail) {
                record.entries.remove(position);
            }
        }
    }
}

/// Whether a difference makes another one undone.
fn takes_back(back: &FieldChange, detail: &FieldChange) -> bool {
    let is_same_place = match back.what {
        ChangeKind::Entry(_) => true,
        ChangeKind::Key => back.at == detail.at,
        ChangeKind::Order | ChangeKind::Text => false,
    };
    is_same_place && back.what == detail.what && back.from == detail.to && back.to == detail.from
}

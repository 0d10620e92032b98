//! The dates in the records against the days of the commits.

use std::collections::BTreeSet;

use super::{Irregularity, IrregularityName, Past, counted, listed};
use crate::calendar::Day;
use crate::diff::What;
use crate::history::{Tense, Written};
use crate::records::RecordKind;

/// Finds what was recorded late or ahead, and what was taken out of session logs.
pub(super) fn find(past: &Past<'_>, late_days: i64, found: &mut Vec<Irregularity>) {
    for (at, revision, record) in past.records() {
        let recorded = revision.day();
        // In whichever time zone it is later: nobody is asked about what may only be the clock.
        let latest = recorded.max(revision.committer.own_day);
        let late: Vec<(i64, &Written)> = record
            .entries
            .iter()
            .filter_map(|written| Some((written.late(recorded).filter(|days| *days > late_days)?, written)))
            .collect();
        if let Some((longest, _)) = late.iter().max_by_key(|(days, _)| *days) {
            let days = late.iter().filter_map(|(_, written)| written.happened).collect();
            let entries = counted(late.len(), words(&late));
            let message = match late.as_slice() {
                [_] => format!("{entries} of {} recorded {longest} days later", listed(&days)),
                _ => format!("{entries} recorded up to {longest} days later: {}", listed(&days)),
            };
            found.push(past.of_record(IrregularityName::RecordedLate, at, record, message));
        }
        let is_ahead = |written: &&Written| {
            written.tense == Tense::Happened
                && written.happened.is_some_and(|day| latest.is_some_and(|latest| day > latest))
        };
        let ahead: Vec<(i64, &Written)> = record.entries.iter().filter(is_ahead).map(|written| (0, written)).collect();
        if !ahead.is_empty() {
            let days = ahead.iter().filter_map(|(_, written)| written.happened).collect();
            let message = format!("{} recorded before the day: {}", counted(ahead.len(), words(&ahead)), listed(&days));
            found.push(past.of_record(IrregularityName::DatedAhead, at, record, message));
        }
        if record.kind == Some(RecordKind::Session) {
            let sessions = || record.entries.iter().filter(|written| written.detail.what == What::Entry("session"));
            let lost: BTreeSet<Day> =
                sessions().filter(|one| one.detail.to.is_none()).filter_map(|one| one.happened).collect();
            let out = sessions().filter(|one| one.detail.to.is_none()).count();
            let put_in: BTreeSet<Day> =
                sessions().filter(|one| one.detail.from.is_none()).filter_map(|one| one.happened).collect();
            if out > 0 {
                let mut message = format!("{} taken out: {}", counted(out, "session"), listed(&lost));
                if !put_in.is_empty() {
                    message = format!("{message}; put in: {}", listed(&put_in));
                }
                found.push(past.of_record(IrregularityName::EntriesLost, at, record, message));
            }
        }
    }
}

/// The word for the entries where all are of one kind.
fn words(entries: &[(i64, &Written)]) -> &'static str {
    let word = |written: &Written| match written.detail.what {
        What::Entry("wrg") | What::Key | What::Order | What::Text => "date",
        What::Entry(word) => word,
    };
    match entries {
        [(_, first), rest @ ..] if rest.iter().all(|(_, other)| word(other) == word(first)) => word(first),
        _ => "date",
    }
}

//! The dates in the records against the days of the commits.

use std::collections::BTreeSet;

use super::{Irregularity, IrregularityName, Past, listed};
use crate::calendar::Day;
use crate::diff::What;
use crate::history::{Revision, Written, WrittenRecord};
use crate::text::counted;

/// Finds what was recorded late or ahead.
pub(super) fn find(past: &Past<'_>, late_days: i64, found: &mut Vec<Irregularity>) {
    for (at, revision, record) in past.records() {
        let mut tell = |name: IrregularityName, message: Option<String>| {
            found.extend(message.map(|message| past.of_record(name, at, record, message)));
        };
        tell(IrregularityName::RecordedLate, late(revision, record, late_days));
        tell(IrregularityName::DatedAhead, ahead(revision, record));
    }
}

fn late(revision: &Revision, record: &WrittenRecord, late_days: i64) -> Option<String> {
    let lateness = |written: &Written| written.late(revision.day()).filter(|days| *days > late_days);
    let late: Vec<&Written> = record.entries.iter().filter(|written| lateness(written).is_some()).collect();
    let longest = late.iter().filter_map(|written| lateness(written)).max()?;
    let days = listed(&days(late.iter().copied()));
    Some(match late.as_slice() {
        [one] => format!("{}, recorded {longest} days after {days}", crate::diff::in_words(&one.detail)),
        _ => format!("{} recorded up to {longest} days later: {days}", in_words(&late)),
    })
}

fn ahead(revision: &Revision, record: &WrittenRecord) -> Option<String> {
    // In whichever time zone it is later: nobody is asked about what may only be the clock.
    let latest = revision.day().max(revision.committer.own_day)?;
    let is_ahead = |written: &&Written| written.latest.is_some_and(|day| day > latest);
    let ahead: Vec<&Written> = record.entries.iter().filter(is_ahead).collect();
    let (entries, days) = (in_words(&ahead), ahead.iter().filter_map(|written| written.latest).collect());
    (!ahead.is_empty()).then(|| format!("{entries} recorded before the day: {}", listed(&days)))
}

pub(super) fn days<'w>(entries: impl Iterator<Item = &'w Written>) -> BTreeSet<Day> {
    entries.filter_map(|written| written.happened).collect()
}

/// `3 sessions`, where all are of one kind.
fn in_words(entries: &[&Written]) -> String {
    let word = |written: &Written| match written.detail.what {
        What::Entry("wrg") | What::Key | What::Order | What::Text => "date",
        What::Entry(word) => word,
    };
    let mut words: Vec<&str> = entries.iter().map(|written| word(written)).collect();
    words.dedup();
    let word = if let [word] = words.as_slice() { word } else { "date" };
    counted(entries.len(), word, &format!("{word}s"))
}

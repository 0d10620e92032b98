//! The dates in the records against the days of the commits, and what was taken out.

use std::collections::BTreeSet;

use serde_json::Value;

use super::evidence::is_looked_at;
use super::{Irregularity, IrregularityName, Past, TOLD, listed};
use crate::calendar::Day;
use crate::diff::{Change, Detail, What};
use crate::history::{Revision, Written, WrittenRecord};
use crate::records::RecordKind;
use crate::text::counted;

/// Finds what was recorded late or ahead, and what was taken out of session logs and of students' records.
pub(super) fn find(past: &Past<'_>, late_days: i64, found: &mut Vec<Irregularity>) {
    for (at, revision, record) in past.records() {
        let mut tell = |name: IrregularityName, message: Option<String>| {
            found.extend(message.map(|message| past.of_record(name, at, record, message)));
        };
        tell(IrregularityName::RecordedLate, late(revision, record, late_days));
        tell(IrregularityName::DatedAhead, ahead(revision, record));
        tell(IrregularityName::EntriesLost, lost(record));
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

fn lost(record: &WrittenRecord) -> Option<String> {
    match (record.kind, record.change) {
        (Some(RecordKind::Student), Change::Removed) => {
            let entries = counted(record.entries.len(), "entry", "entries");
            Some(format!("the record of the student is gone, with {entries}"))
        }
        (Some(RecordKind::Student), _) => lost_of_student(record),
        _ => lost_of_log(record),
    }
}

/// The entries of a student's record that tell what somebody else said.
const SAID: [&str; 3] = ["decision", "report", "ruling"];

fn lost_of_student(record: &WrittenRecord) -> Option<String> {
    let said = record.entries.iter().map(|written| &written.detail);
    let said = said.filter(|detail| SAID.iter().any(|word| detail.what == What::Entry(word)));
    let (out, mut put_in): (Vec<&Detail>, Vec<&Detail>) =
        said.filter(|detail| detail.from.is_none() || detail.to.is_none()).partition(|detail| detail.to.is_none());
    let mut lost: Vec<String> = Vec::new();
    for detail in out {
        match put_in.iter().position(|new| comes_again(detail, new)) {
            Some(again) => drop(put_in.remove(again)),
            None => lost.push(crate::diff::in_words(detail)),
        }
    }
    let more = lost.len().saturating_sub(TOLD);
    lost.truncate(TOLD);
    lost.extend((more > 0).then(|| format!("and {more} more")));
    (!lost.is_empty()).then(|| lost.join("; "))
}

/// Whether an entry that was struck out is there again, and something in it was put right: it says the same but for one
/// thing, or it is a report for the same deadline or of the same day.
fn comes_again(was: &Detail, is: &Detail) -> bool {
    let (Some(from), Some(to)) = (&was.from, &is.to) else { return false };
    let has_same = |key: &str| from.get(key).is_some() && from.get(key) == to.get(key);
    let keys = |entry: &Value| entry.as_object().into_iter().flat_map(|table| table.keys().cloned()).collect();
    let (of_from, of_to): (BTreeSet<String>, BTreeSet<String>) = (keys(from), keys(to));
    let differing = of_from.union(&of_to).filter(|key| is_looked_at(key) && from.get(key) != to.get(key)).count();
    let is_same_report = was.what == What::Entry("report") && has_same("form");
    was.what == is.what && (differing <= 1 || is_same_report && (has_same("due") || has_same("received")))
}

fn lost_of_log(record: &WrittenRecord) -> Option<String> {
    let is_session = |written: &&Written| written.detail.what == What::Entry("session");
    let sessions = || record.entries.iter().filter(|_| record.kind == Some(RecordKind::Session)).filter(is_session);
    let out: Vec<&Written> = sessions().filter(|one| one.detail.to.is_none()).collect();
    let put_in = days(sessions().filter(|one| one.detail.from.is_none()));
    let (entries, days) = (counted(out.len(), "session", "sessions"), days(out.iter().copied()));
    let mut message = format!("{entries} taken out");
    if !days.is_empty() {
        message = format!("{message}: {}", listed(&days));
    }
    if !put_in.is_empty() {
        message = format!("{message}; put in: {}", listed(&put_in));
    }
    (!out.is_empty()).then_some(message)
}

fn days<'w>(entries: impl Iterator<Item = &'w Written>) -> BTreeSet<Day> {
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

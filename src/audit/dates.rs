//! The dates in the records against the days of the commits.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::habits::Habits;
use super::undone::altered_sessions;
use super::{Irregularity, IrregularityName, Past, listed};
use crate::calendar::Day;
use crate::diff::{ChangeKind, FieldChange};
use crate::history::{Revision, Tense, Written, WrittenRecord};
use crate::records::RecordKind;
use crate::text::{Text, counted};

/// Finds what was recorded late or ahead.
pub(super) fn find(past: &Past<'_>, habits: &Habits, found: &mut Vec<Irregularity>) {
    for (at, revision, record) in past.records() {
        let mut tell = |name: IrregularityName, told: Option<(String, Vec<&FieldChange>)>| {
            found
                .extend(told.map(|(message, changes)| past.of_record(name, at, record, message).with_changes(changes)));
        };
        tell(IrregularityName::RecordedLate, late(past.day(at), record, habits.limit(record)));
        tell(IrregularityName::DatedAhead, ahead(revision, record));
    }
    unconfirmed(past, found);
}

fn late(made: Option<Day>, record: &WrittenRecord, late_days: i64) -> Option<(String, Vec<&FieldChange>)> {
    let lateness = |written: &Written| written.late(made).filter(|days| *days > late_days);
    // Of what was altered in a log it is asked what became otherwise by it.
    let altered = altered_sessions(record);
    let is_new = |written: &&Written| !altered.contains(&&written.detail);
    let late: Vec<&Written> =
        record.entries.iter().filter(is_new).filter(|written| lateness(written).is_some()).collect();
    let longest = late.iter().filter_map(|written| lateness(written)).max()?;
    let days = listed(&days(late.iter().copied()));
    let message = match late.as_slice() {
        [one] => format!("{}, recorded {longest} days after {days}", crate::diff::in_words(&one.detail)),
        _ => format!("{} recorded up to {longest} days later: {days}", in_words(&late)),
    };
    Some((message, late.iter().map(|written| &written.detail).collect()))
}

fn ahead<'r>(revision: &Revision, record: &'r WrittenRecord) -> Option<(String, Vec<&'r FieldChange>)> {
    let is_ahead = |written: &&Written| is_ahead(written, revision) && !can_be_planned(&written.detail);
    let ahead: Vec<&Written> = record.entries.iter().filter(is_ahead).collect();
    let (entries, days) = (in_words(&ahead), ahead.iter().filter_map(|written| written.latest).collect());
    let message = format!("{entries} recorded before the day: {}", listed(&days));
    (!ahead.is_empty()).then(|| (message, ahead.iter().map(|written| &written.detail).collect()))
}

fn is_ahead(written: &Written, revision: &Revision) -> bool {
    written.latest.is_some_and(|day| is_to_come(day, revision))
}

/// Whether a day was still to come when a commit was made: in whichever time zone it is later, since nobody is asked
/// about what may only be the clock.
pub(super) fn is_to_come(day: Day, revision: &Revision) -> bool {
    revision.day().max(revision.committer.own_day).is_some_and(|latest| day > latest)
}

/// Whether a session says no more than what can be planned: who was there nobody knows before.
fn can_be_planned(detail: &FieldChange) -> bool {
    detail.what == ChangeKind::Entry("session") && detail.to.as_ref().is_some_and(|to| to.get("present").is_none())
}

/// A session as it was planned.
struct Plan<'p> {
    session: &'p Value,
    day: Day,
    /// The record and the commit in which it was planned.
    file: &'p Text,
    at: usize,
}

/// Finds the sessions that were planned, and of which nobody has said since their day that they were held, or at any time
/// that they were not. Where the day has come by the last of the commits, it is then that there is something to ask.
fn unconfirmed(past: &Past<'_>, found: &mut Vec<Irregularity>) {
    let last = past.revisions.iter().filter_map(Revision::day).max();
    // By where the log lies: what is planned in it goes with it.
    let mut plans: BTreeMap<&Text, Vec<Plan<'_>>> = BTreeMap::new();
    for (at, revision, record) in past.records().filter(|(.., record)| record.kind == Some(RecordKind::Session)) {
        let mut of_log = record.was.as_ref().and_then(|was| plans.remove(was)).unwrap_or_default();
        of_log.extend(plans.remove(&record.file).unwrap_or_default());
        for written in record.entries.iter().filter(|written| written.detail.what == ChangeKind::Entry("session")) {
            let was = written.detail.from.as_ref().and_then(|from| {
                let was = of_log.iter().position(|plan| plan.session == from)?;
                Some(of_log.remove(was))
            });
            let Some(session) = &written.detail.to else { continue };
            let day = written.latest.filter(|_| is_ahead(written, revision) && can_be_planned(&written.detail));
            match (day, was) {
                (Some(day), _) => of_log.push(Plan { session, day, file: &record.file, at }),
                // Whoever only notes something says nothing of whether it was held.
                (None, Some(was)) if written.tense == Tense::Meant => of_log.push(Plan { session, ..was }),
                _ => {}
            }
        }
        plans.insert(&record.file, of_log);
    }
    let mut days: BTreeMap<(usize, &Text), BTreeSet<Day>> = BTreeMap::new();
    let mut left: BTreeMap<(usize, &Text), usize> = BTreeMap::new();
    for plan in plans.values().flatten() {
        days.entry((plan.at, plan.file)).or_default().insert(plan.day);
        *left.entry((plan.at, plan.file)).or_default() += 1;
    }
    for ((at, file), days) in days {
        let sessions = counted(left[&(at, file)], "session", "sessions");
        let message = format!("{sessions} recorded before the day, and not confirmed since: {}", listed(&days));
        found.push(Irregularity {
            file: Some(file.clone()),
            students: past.students_of(file),
            arose: days.into_iter().rfind(|day| last.is_some_and(|last| *day <= last)),
            ..Irregularity::new(IrregularityName::DatedAhead, message, vec![at])
        });
    }
}

pub(super) fn days<'w>(entries: impl Iterator<Item = &'w Written>) -> BTreeSet<Day> {
    entries.filter_map(|written| written.happened).collect()
}

/// `3 sessions`, where all are of one kind.
fn in_words(entries: &[&Written]) -> String {
    let word = |written: &Written| match written.detail.what {
        ChangeKind::Entry("wrg") | ChangeKind::Key | ChangeKind::Order | ChangeKind::Text => "date",
        ChangeKind::Entry(word) => word,
    };
    let mut words: Vec<&str> = entries.iter().map(|written| word(written)).collect();
    words.dedup();
    let word = if let [word] = words.as_slice() { word } else { "date" };
    counted(entries.len(), word, &format!("{word}s"))
}

//! Rulings and decisions of a committee on days on which it did not meet.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Irregularity, IrregularityName, Past};
use crate::calendar::Day;
use crate::case::kind_of;
use crate::diff::{ChangeKind, FieldChange, in_words, value_of};
use crate::records::RecordKind;

const LCC: &str = "LCC";

/// The bodies that decide at meetings, beside the LCC, whose meetings are listed.
const BY_MINUTES: [&str; 2] = ["SPC", "panel"];

/// So many days after it a meeting can be put into the list.
const LISTED_LATER: i64 = 31;

/// From so many days with minutes on, and where most of its days have them, a body is one that keeps minutes.
const MINUTED: usize = 3;

/// Finds rulings and decisions dated on a day without a meeting of the body.
pub(super) fn find(past: &Past<'_>, found: &mut Vec<Irregularity>) {
    let meetings = Meetings::of(past);
    let mut said: Vec<(usize, &crate::history::WrittenRecord, &FieldChange, &str, Day)> = Vec::new();
    for (at, _, record) in past.records().filter(|(.., record)| record.kind == Some(RecordKind::Student)) {
        for detail in record.entries.iter().map(|written| &written.detail) {
            let (ChangeKind::Entry("decision" | "ruling"), Some(to)) = (detail.what, &detail.to) else { continue };
            let told = |entry: &Value| Some((word(entry, "body")?.to_owned(), Day::parse(word(entry, "date")?)?));
            if detail.from.as_ref().and_then(told) == told(to) {
                continue;
            }
            if let (Some(body), Some(day)) = (word(to, "body"), word(to, "date").and_then(Day::parse)) {
                said.push((at, record, detail, body, day));
            }
        }
    }
    let mut days: BTreeMap<&str, BTreeSet<Day>> = BTreeMap::new();
    for (.., body, day) in &said {
        days.entry(body).or_default().insert(*day);
    }
    for (at, record, detail, body, day) in said {
        if !meetings.are_known(body, &days[body]) || meetings.met(body, day, at) {
            continue;
        }
        let message = format!("no meeting of the {body} on {day} is recorded: {}", in_words(detail));
        found.push(past.of_record(IrregularityName::NoMeeting, at, record, message).with_changes([detail]));
    }
}

fn word<'v>(entry: &'v Value, key: &str) -> Option<&'v str> {
    entry.get(key).and_then(Value::as_str)
}

/// When committees met, by all that was ever listed.
#[derive(Default)]
struct Meetings {
    /// The days of the LCC in the lists of the folder and its courses, with what first lists each.
    listed: BTreeMap<Day, Listing>,
    /// The days of which there are minutes, with the commit and the day on which they first came.
    minuted: BTreeMap<(String, Day), (usize, Option<Day>)>,
}

/// What first lists a meeting.
struct Listing {
    /// The commit, and the day on which it was made.
    revision: usize,
    made: Option<Day>,
    /// Whether the whole record with the list is new in it.
    is_new: bool,
}

impl Meetings {
    fn of(past: &Past<'_>) -> Self {
        let mut meetings = Self::default();
        for (at, revision) in past.revisions.iter().enumerate() {
            for change in revision.changes.iter().chain(revision.from_each.iter().flatten()) {
                let kind = kind_of(change.path.raw());
                if !matches!(kind, Some(RecordKind::Gwp | RecordKind::Course | RecordKind::Meeting)) {
                    continue;
                }
                let source = change.newer.as_ref().and_then(|id| past.read.source(&change.path, id));
                let Some(record) = source.as_ref().and_then(value_of) else { continue };
                if kind == Some(RecordKind::Meeting) {
                    let day = word(&record, "date").and_then(Day::parse);
                    if let Some(of) = word(&record, "body").map(ToOwned::to_owned).zip(day) {
                        meetings.minuted.entry(of).or_insert_with(|| (at, revision.day()));
                    }
                }
                let list = record.get("lcc_meetings").and_then(Value::as_array).into_iter().flatten();
                for day in list.filter_map(|day| Day::parse(day.as_str()?)) {
                    let is_new = change.older.iter().all(Option::is_none);
                    let listing = || Listing { revision: at, made: revision.day(), is_new };
                    meetings.listed.entry(day).or_insert_with(listing);
                }
            }
        }
        meetings
    }

    /// Whether it can be known on which days a body met; `days` are those on which it decided.
    fn are_known(&self, body: &str, days: &BTreeSet<Day>) -> bool {
        let minuted = days.iter().filter(|day| self.is_minuted(body, **day)).count();
        match body {
            LCC => !self.listed.is_empty(),
            body if BY_MINUTES.contains(&body) => minuted >= MINUTED && minuted * 3 >= days.len() * 2,
            _ => false,
        }
    }

    fn is_minuted(&self, body: &str, day: Day) -> bool {
        self.minuted.contains_key(&(body.to_owned(), day))
    }

    /// Whether a body met on a day: there are minutes that came soon after it or no later than the decision, or the day
    /// was listed soon after it at the latest, or came with its whole list no later than the decision.
    fn met(&self, body: &str, day: Day, at: usize) -> bool {
        let is_soon = |made: Option<Day>| made.is_some_and(|made| day.days_to(made) <= LISTED_LATER);
        let listed = self.listed.get(&day).filter(|_| body == LCC);
        let is_in_time = |listing: &Listing| listing.is_new && listing.revision <= at || is_soon(listing.made);
        let minuted = self.minuted.get(&(body.to_owned(), day));
        minuted.is_some_and(|(came, made)| *came <= at || is_soon(*made)) || listed.is_some_and(is_in_time)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the days of a test are written in it")]
mod tests {
    use super::*;

    fn day(of_march: u32) -> Day {
        Day::new(2026, 3, of_march).unwrap()
    }

    fn minuted(body: &str, days: &[u32]) -> Meetings {
        let minuted =
            days.iter().map(|of_march| ((body.to_owned(), day(*of_march)), (0, Some(day(*of_march))))).collect();
        Meetings { minuted, ..Meetings::default() }
    }

    #[test]
    fn a_body_keeps_minutes_where_most_of_its_days_have_them() {
        let of = |with_minutes: &[u32], body: &str, days: &[u32]| {
            minuted("SPC", with_minutes).are_known(body, &days.iter().copied().map(day).collect())
        };
        assert!(of(&[1, 2, 3], "SPC", &[1, 2, 3]));
        assert!(!of(&[1, 2], "SPC", &[1, 2]));
        // Two in three are most.
        assert!(of(&[1, 2, 3, 4], "SPC", &[1, 2, 3, 4, 5, 6]));
        assert!(!of(&[1, 2, 3], "SPC", &[1, 2, 3, 4, 5]));
        assert!(!of(&[1, 2, 3], "panel", &[1, 2, 3]));
        assert!(!of(&[1, 2, 3], LCC, &[1, 2, 3]));
        let other = minuted("NTM", &[1, 2, 3]);
        assert!(!other.are_known("NTM", &BTreeSet::from([day(1), day(2), day(3)])));
        assert!(minuted("panel", &[1, 2, 3]).are_known("panel", &BTreeSet::from([day(1), day(2), day(3)])));
    }

    #[test]
    fn a_meeting_is_listed_before_with_its_list_or_soon_after() {
        let met = |body: &str, of_march: u32, at: usize, listing: Listing| {
            let meetings = Meetings { listed: BTreeMap::from([(day(1), listing)]), ..Meetings::default() };
            assert!(meetings.are_known(LCC, &BTreeSet::new()));
            meetings.met(body, day(of_march), at)
        };
        let listing = |revision: usize, days_later: i64, is_new: bool| Listing {
            revision,
            made: Some(day(1).plus_days(days_later)),
            is_new,
        };
        for (listing, is_met) in [
            (listing(4, 32, false), false),
            (listing(4, 31, false), true),
            (listing(4, 100, true), true),
            (listing(5, 100, false), false),
            (listing(5, 100, true), true),
            (listing(6, 100, true), false),
            (listing(6, 31, false), true),
            (listing(6, 32, false), false),
        ] {
            let told = format!("{} {} {:?}", listing.revision, listing.is_new, listing.made);
            assert_eq!(met(LCC, 1, 5, listing), is_met, "{told}");
        }
        assert!(!met(LCC, 2, 5, listing(4, 0, true)) && !met("SPC", 1, 5, listing(4, 0, true)));
        assert!(minuted("SPC", &[1]).met("SPC", day(1), 0) && !minuted("SPC", &[1]).met("SPC", day(2), 0));
        // Minutes that come after the decision come soon after the day.
        for (came, days_later, is_met) in [(5, 32, true), (6, 31, true), (6, 32, false)] {
            let of = ("SPC".to_owned(), day(1));
            let minuted = BTreeMap::from([(of, (came, Some(day(1).plus_days(days_later))))]);
            let meetings = Meetings { minuted, ..Meetings::default() };
            assert_eq!(meetings.met("SPC", day(1), 5), is_met, "{came} {days_later}");
        }
    }
}

//! Minutes that did not stay as they were agreed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::judged::Judge;
use super::{Irregularity, IrregularityName, Past, TOLD, broken};
use crate::calendar::Day;
use crate::diff::{Change, ChangeKind, FieldChange, in_words, value_of, whole};
use crate::history::{FileChange, Revision, WrittenRecord};
use crate::records::RecordKind;
use crate::text::{Text, few};

/// The key that says when minutes were agreed.
const AGREED: &str = "agreed";

/// The keys that say which meeting it was, and of what was spoken about there.
const BODY: &str = "body";
const DATE: &str = "date";
const ITEMS: &str = "items";

/// The key of remarks beside what the minutes say.
const NOTES: &str = "notes";

/// Finds minutes that are gone, and those that were altered or added to after they had been agreed, or where nobody says
/// when, altered long after the meeting. Before they are agreed minutes are a draft.
pub(super) fn find(past: &Past<'_>, judge: &mut Judge<'_>, late_days: i64, found: &mut Vec<Irregularity>) {
    let decided = decided(past);
    let of_meetings = past.records().filter(|(.., record)| record.kind == Some(RecordKind::Meeting));
    for (at, _, record) in of_meetings.filter(|(at, _, record)| !past.comes_back(*at, record)) {
        let of_day = of_day(past, at, record);
        let details = || of_day.iter();
        let is_written = |detail: &&FieldChange| match detail.what {
            ChangeKind::Entry(_) | ChangeKind::Key => detail.at != NOTES,
            // What cannot be read is told when it can be, unless that never happens.
            _ => detail.is_unread() && !broken::is_over(past, at, record),
        };
        let mut altered: Vec<&FieldChange> = details().filter(is_written).collect();
        let message = match record.change {
            Change::Removed if record.entries.is_empty() => continue,
            Change::Removed => "the minutes are gone".to_owned(),
            Change::Added | Change::Reformatted => continue,
            Change::Renamed | Change::Changed => {
                let minutes = judge.record(at, &record.file);
                let Some(since) = since(&minutes, &altered, details(), past.day(at), late_days) else { continue };
                if !since.is_agreed {
                    altered.retain(|detail| detail.from.is_some());
                }
                if altered.is_empty() {
                    continue;
                }
                let what = few(altered.iter().map(|detail| in_words(detail)), TOLD, "; ");
                format!("altered {}: {what}", since.words)
            }
        };
        let mut students = BTreeSet::new();
        details().flat_map(|detail| detail.from.iter().chain(&detail.to)).for_each(|value| about(value, &mut students));
        // On the day of a meeting, and on its body, rest all who were decided about there.
        if record.change == Change::Removed || details().any(|detail| matches!(detail.at.as_str(), BODY | DATE)) {
            let minutes = judge.record(at, &record.file);
            minutes.get(ITEMS).into_iter().for_each(|items| about(items, &mut students));
            let both = |key: &'static str| {
                let changed = details().filter(move |detail| detail.at == key);
                let changed: Vec<&Value> = changed.flat_map(|detail| detail.from.iter().chain(&detail.to)).collect();
                changed.into_iter().chain(minutes.get(key)).filter_map(Value::as_str).collect::<BTreeSet<_>>()
            };
            for (body, day) in
                both(BODY).into_iter().flat_map(|body| both(DATE).into_iter().map(move |day| (body, day)))
            {
                students.extend(decided.get(&(body, day)).into_iter().flatten().cloned());
            }
        }
        students.retain(|id| past.concerns.students().contains(id));
        let one = past.of_record(IrregularityName::MinutesAltered, at, record, message);
        found.push(Irregularity { students, ..one.with_changes(altered) });
    }
}

/// Whom each body ever decided or ruled about, by the body and the day.
fn decided<'p>(past: &'p Past<'_>) -> BTreeMap<(&'p str, &'p str), BTreeSet<Text>> {
    let mut decided: BTreeMap<(&str, &str), BTreeSet<Text>> = BTreeMap::new();
    for (_, _, record) in past.records().filter(|(.., record)| record.kind == Some(RecordKind::Student)) {
        let details = record.entries.iter().map(|written| &written.detail);
        let said = details.filter(|detail| matches!(detail.what, ChangeKind::Entry("decision" | "ruling")));
        for entry in said.filter_map(|detail| detail.to.as_ref()) {
            let word = |key: &str| entry.get(key).and_then(Value::as_str);
            let (Some(body), Some(day), Some(student)) = (word(BODY), word(DATE), &record.id) else { continue };
            decided.entry((body, day)).or_default().insert(student.clone());
        }
    }
    decided
}

/// Since when minutes were not to be altered.
struct Since {
    words: String,
    /// Whether they had been agreed: then nothing can be added to them either.
    is_agreed: bool,
}

/// Since when the minutes were not to be altered; none where they were a draft.
fn since<'c>(
    minutes: &Value,
    altered: &[&FieldChange],
    mut details: impl Iterator<Item = &'c FieldChange>,
    made: Option<Day>,
    late_days: i64,
) -> Option<Since> {
    let was_agreed = altered.iter().find(|detail| detail.at == AGREED).map(|detail| &detail.from);
    // What they were agreed with is what they say from then on.
    if details.any(|detail| detail.at == AGREED && detail.from.is_none()) {
        return None;
    }
    let is_agreed = minutes.get(AGREED);
    let day = |value: &Value| value.as_str().and_then(Day::parse);
    // By a day that is still to come nothing has been agreed.
    let agreed = was_agreed.and_then(Option::as_ref).or(is_agreed).and_then(day);
    if let Some(agreed) = agreed.filter(|agreed| made.is_none_or(|made| *agreed <= made)) {
        return Some(Since { words: format!("after they had been agreed on {agreed}"), is_agreed: true });
    }
    let held = minutes.get("date").and_then(day)?;
    let days = held.days_to(made?);
    (days > late_days).then(|| Since { words: format!("{days} days after the meeting"), is_agreed: false })
}

/// What a commit altered in minutes. Where its author wrote in them earlier on that day, it is held against what they
/// said before that: whoever mends what they wrote on that day alters nothing, and whoever wrote anything in them on that
/// day may not alter what was there before.
fn of_day(past: &Past<'_>, at: usize, record: &WrittenRecord) -> Vec<FieldChange> {
    let own = || record.entries.iter().map(|written| written.detail.clone()).collect();
    let (mut first, mut path) = (at, record.was.as_ref().unwrap_or(&record.file));
    for earlier in (0..at).rev() {
        let Some(touched) = past.written[earlier].iter().find(|other| other.file == *path) else { continue };
        let same = |of: fn(&Revision) -> &Text| of(&past.revisions[earlier]) == of(&past.revisions[at]);
        if past.day(earlier) != past.day(at) || !same(|revision| &revision.author.email) {
            break;
        }
        (first, path) = (earlier, touched.was.as_ref().unwrap_or(&touched.file));
    }
    if first == at || record.change == Change::Removed {
        return own();
    }
    let text = |at: usize, path: &Text, id: fn(&FileChange) -> Option<&String>| {
        let change = past.revisions[at].changes.iter().find(|change| change.path == *path)?;
        past.read.source(path, id(change)?)
    };
    let older: fn(&FileChange) -> Option<&String> = |change| change.older.iter().flatten().next();
    let (start, is) = (text(first, path, older), text(at, &record.file, |change| change.newer.as_ref()));
    if start.as_ref().is_some_and(|start| value_of(start).is_none()) || is.is_none() {
        return own();
    }
    let was = text(at, record.was.as_ref().unwrap_or(&record.file), older);
    let known = was.map(|was| whole(start.as_ref(), Some(&was))).unwrap_or_default();
    let mut all = whole(start.as_ref(), is.as_ref());
    let is_agreed_now = |detail: &FieldChange| detail.at == AGREED && detail.from.is_none();
    // What was added on that day is told once, however often its author put it right.
    let is_told = |detail: &FieldChange| {
        let is_it = |other: &FieldChange| {
            let is_added = detail.from.is_none() && other.from.is_none() && detail.what == other.what;
            detail == other || is_added && detail.at == other.at && detail.told_by() == other.told_by()
        };
        known.iter().any(is_it)
    };
    all.retain(|detail| !is_told(detail) || is_agreed_now(detail));
    all.extend(record.entries.iter().map(|written| &written.detail).filter(|detail| detail.is_unread()).cloned());
    all
}

/// The ids that the items are about.
fn about(value: &Value, ids: &mut BTreeSet<Text>) {
    match value {
        Value::Object(table) => {
            ids.extend(table.get("about").and_then(Value::as_str).map(Text::new));
        }
        Value::Array(list) => list.iter().for_each(|one| about(one, ids)),
        _ => {}
    }
}

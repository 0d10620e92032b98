//! Rulings, decisions and accommodations of which something else is said than before: by another body, or after they had
//! been taken out.

use std::collections::HashMap;

use serde_json::Value;

use super::evidence::follows;
use super::undone::{judged, told_by};
use super::{Irregularity, IrregularityName, Past};
use crate::calendar::Day;
use crate::diff::{Change, ChangeKind, FieldChange, in_words};
use crate::history::{Revision, WrittenRecord};
use crate::records::RecordKind;
use crate::text::Text;

/// The keys that say who decided, or agreed.
const BY: [&str; 2] = ["body", "agreed_by"];

/// The keys of what was decided, or agreed, and by which body.
const MATTER: [&str; 4] = ["requirement", "about", "parameter", "body"];

/// A ruling, a decision or an accommodation that is said otherwise.
#[derive(Debug)]
pub(super) struct Restated {
    at: usize,
    file: Text,
    /// The commit that had taken it out, where it was away.
    out: Option<usize>,
    change: FieldChange,
}

/// What a commit took out of a student's record.
#[derive(Debug)]
struct Out {
    at: usize,
    what: ChangeKind,
    said: Value,
    /// Whether its author had written it on that day: then it says nothing of any other.
    is_slip: bool,
}

/// Finds what is said otherwise, before anything is taken out of what the commits wrote: what its author took back on the
/// day on which they wrote it is held against what comes in its place on a later one.
pub(super) fn of(revisions: &[Revision], days: &[Option<Day>], written: &[Vec<WrittenRecord>]) -> Vec<Restated> {
    let mut restated = Vec::new();
    let mut away: HashMap<Text, Vec<Out>> = HashMap::new();
    for (at, records) in written.iter().enumerate().filter(|(at, _)| !revisions[*at].is_cut_off) {
        // A record that is gone as a whole is told as that, and held against what comes back in its place.
        let is_there = |record: &&WrittenRecord| record.change != Change::Removed;
        let of_students = records.iter().filter(|record| record.kind == Some(RecordKind::Student));
        for record in of_students.filter(is_there) {
            let of_same_day =
                |other: usize| days[other] == days[at] && revisions[other].author.email == revisions[at].author.email;
            // Whoever wrote it on this day only mends it.
            let is_of_day = |said: &Value| {
                let earlier = (0..at).rev().take_while(|other| days[*other] == days[at]);
                earlier.filter(|other| of_same_day(*other)).any(|other| {
                    let same = written[other].iter().filter(|one| one.file == record.file);
                    let mut details = same.flat_map(|one| &one.entries).map(|written| &written.detail);
                    details.any(|detail| detail.from.is_none() && detail.to.as_ref() == Some(said))
                })
            };
            let mut out = record.was.as_ref().and_then(|was| away.remove(was)).unwrap_or_default();
            out.extend(away.remove(&record.file).unwrap_or_default());
            let details = record.entries.iter().map(|written| &written.detail);
            let details: Vec<&FieldChange> = details.filter(|detail| is_of_body(detail)).collect();
            let mut new: Vec<&FieldChange> = details.iter().copied().filter(|detail| detail.from.is_none()).collect();
            let mut tell = |out: Option<usize>, said: &Value, new: &FieldChange| {
                let change = FieldChange { from: Some(said.clone()), ..new.clone() };
                restated.push(Restated { at, file: record.file.clone(), out, change });
            };
            for detail in details.iter().copied().filter(|detail| detail.from.is_some()) {
                let Some(said) = &detail.from else { continue };
                let again = if detail.to.is_some() {
                    Some(detail)
                } else {
                    let again = new.iter().position(|new| is_same_but_for_body(said, new));
                    again.map(|position| new.remove(position))
                };
                match again {
                    Some(again) if is_by_another(said, again) && !is_of_day(said) => tell(None, said, again),
                    Some(_) => {}
                    None => {
                        out.push(Out { at, what: detail.what, said: said.clone(), is_slip: is_of_day(said) });
                    }
                }
            }
            for new in new {
                let Some(position) = out.iter().rposition(|one| one.at < at && comes_again(one, new)) else { continue };
                let one = out.remove(position);
                let is_mended = one.is_slip && of_same_day(one.at);
                if new.to.as_ref().map(judged) != Some(judged(&one.said)) && !is_mended {
                    tell(Some(one.at), &one.said, new);
                }
            }
            away.insert(record.file.clone(), out);
        }
    }
    restated
}

/// Tells them.
pub(super) fn find(past: &Past<'_>, found: &mut Vec<Irregularity>) {
    for Restated { at, file, out, change } in &past.restated {
        let Some(record) = past.written[*at].iter().find(|record| record.file == *file) else { continue };
        // What was taken out on another branch says nothing of this one.
        if out.is_some_and(|out| !follows(past, *at, out)) {
            continue;
        }
        let what = in_words(change);
        let message = match out.and_then(|out| past.revisions[out].day()) {
            Some(day) => format!("taken out on {day}, and now said otherwise: {what}"),
            None => what,
        };
        let mut one = past.of_record(IrregularityName::DecisionRestated, *at, record, message).with_changes([change]);
        one.revisions.splice(..0, out.filter(|out| !one.revisions.contains(out)));
        found.push(one);
    }
}

fn is_of_body(detail: &FieldChange) -> bool {
    matches!(detail.what, ChangeKind::Entry("accommodation" | "decision" | "ruling"))
}

fn is_by_another(said: &Value, now: &FieldChange) -> bool {
    BY.iter().any(|key| said.get(key) != now.to.as_ref().and_then(|now| now.get(key)))
}

/// Whether an entry is one that is gone, as another body's.
fn is_same_but_for_body(said: &Value, new: &FieldChange) -> bool {
    let without = |entry: &Value| {
        let mut entry = judged(entry);
        if let Value::Object(table) = &mut entry {
            table.retain(|key, _| !BY.contains(&key.as_str()));
        }
        entry
    };
    new.to.as_ref().is_some_and(|now| without(now) == without(said))
}

/// Whether a new entry stands for one that was taken out: it is of the same matter and day, or of the same matter where
/// that one was no slip. What committees rule of other days is another matter.
fn comes_again(out: &Out, new: &FieldChange) -> bool {
    let Some(now) = new.to.as_ref().filter(|_| new.what == out.what) else { return false };
    let is_same = |key: &str| out.said.get(key) == now.get(key);
    told_by(out.what, &out.said) == told_by(out.what, now)
        || !out.is_slip && MATTER.into_iter().all(is_same) && is_of_same_days(&out.said, now)
}

/// Whether two rulings have a day in common of which they are. One that names none is of all.
fn is_of_same_days(one: &Value, other: &Value) -> bool {
    let days = |ruling: &Value| ruling.get("of").and_then(Value::as_array).cloned().unwrap_or_default();
    let (one, other) = (days(one), days(other));
    one.is_empty() || other.is_empty() || one.iter().any(|day| other.contains(day))
}

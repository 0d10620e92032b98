//! A record as it would be without some of what a commit wrote in it.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::entry::{day_of, is_plan, undated};
use crate::diff::{ChangeKind, FieldChange};
use crate::history::WrittenRecord;
use crate::records::is_judged;
use crate::text::Text;

/// So many days apart an entry that is gone and one that is new are one whose day was changed.
const MOVED_BY: i64 = 6;

/// Where nothing says when a student joined, it was when the course began.
const JOINED: &str = "joined";

/// A difference with what would stand there if it had only added something and altered nothing. What is new is no
/// alteration, nor is a plan that was carried out, nor what no requirement looks at.
#[derive(Clone, Debug)]
pub(super) struct Alteration<'d> {
    /// What stood there, and what stands there now. Of an entry whose day was changed both are there.
    pub(super) change: FieldChange,
    /// The differences that it consists of.
    parts: Vec<&'d FieldChange>,
}

impl<'d> Alteration<'d> {
    fn of(detail: &'d FieldChange) -> Self {
        Self { change: detail.clone(), parts: vec![detail] }
    }
}

/// What would stand there if a commit had only added something and altered nothing; nothing where it is new.
pub(super) fn unaltered(change: &FieldChange) -> Option<Value> {
    match (change.what, &change.from, &change.to) {
        // Whatever is said of a session besides says what it was.
        (ChangeKind::Entry("session" | "ruling") | ChangeKind::Order, from, _) => from.clone(),
        (_, Some(from), Some(to)) => Some(with_what_is_new(from, to)),
        (_, from, _) => from.clone(),
    }
}

/// Whether a difference alters something that a requirement looks at.
pub(super) fn alters(change: &FieldChange) -> bool {
    unaltered(change).as_ref().map(judged) != change.to.as_ref().map(judged)
}

/// The alterations among the differences of one record.
pub(super) fn alterations<'d>(details: &[&'d FieldChange]) -> Vec<Alteration<'d>> {
    let is_altered = |detail: &&'d FieldChange| match (detail.what, &detail.from, &detail.to) {
        (ChangeKind::Text, ..) => detail.readability() == Some([true, false]) || detail.is_unread(),
        (ChangeKind::Entry("session"), Some(from), _) if is_plan(from) => false,
        (ChangeKind::Order, Some(_), _) => true,
        (_, Some(_), Some(_)) => is_of_judged(detail) && alters(detail),
        _ => false,
    };
    let mut found: Vec<Alteration<'d>> = details.iter().copied().filter(is_altered).map(Alteration::of).collect();
    let is_gone = |detail: &&&'d FieldChange| detail.from.is_some() && detail.to.is_none();
    let mut new: Vec<&'d FieldChange> =
        details.iter().copied().filter(|detail| detail.from.is_none() && detail.to.is_some()).collect();
    for gone in details.iter().copied().filter(|detail| is_gone(&detail) && is_of_judged(detail)) {
        if gone.from.as_ref().is_none_or(is_plan) {
            continue;
        }
        let mut one = Alteration::of(gone);
        if let Some(position) = moved_to(gone, &new) {
            let other = new.remove(position);
            one.change = FieldChange { from: gone.from.clone(), ..other.clone() };
            one.parts.push(other);
        }
        found.push(one);
    }
    // What was false where nothing stood is not new where it is true, nor is a day where another held.
    found.extend(new.into_iter().filter(|detail| is_new_and_alters(detail)).map(Alteration::of));
    found
}

/// Whether a key is new, and something held already where it was absent.
pub(super) fn is_new_and_alters(detail: &FieldChange) -> bool {
    let is_new = detail.what == ChangeKind::Key && detail.from.is_none() && is_of_judged(detail);
    is_new && (detail.to == Some(Value::Bool(true)) || detail.at == JOINED)
}

/// What records said of something before they said something else of it, or nothing: what is taken back in one commit and
/// said otherwise in a later one is altered all the same.
#[derive(Debug, Default)]
pub(super) struct TakenBack {
    said: HashMap<(Text, ChangeKind, String), Value>,
}

impl TakenBack {
    /// The alterations of a record that are so only because of what an earlier commit took back: a plan that was carried
    /// out though something else had stood there before, and a new entry where another like it stood. `known` are the
    /// other alterations.
    pub(super) fn alterations<'d>(
        &self,
        file: &Text,
        details: &[&'d FieldChange],
        known: &[Alteration<'_>],
    ) -> Vec<Alteration<'d>> {
        let is_known =
            |detail: &FieldChange| known.iter().any(|one| one.parts.iter().any(|part| std::ptr::eq(*part, detail)));
        let said_before = |detail: &FieldChange| {
            let to = detail.to.as_ref().filter(|to| !is_plan(to))?;
            let said = self.said.get(&(file.clone(), detail.what, told_by(detail.what, to)?))?;
            let change = FieldChange { from: Some(said.clone()), ..detail.clone() };
            alters(&change).then_some(change)
        };
        let altered = details
            .iter()
            .filter(|detail| !is_known(detail))
            .filter_map(|detail| Some(Alteration { change: said_before(detail)?, parts: vec![*detail] }));
        altered.collect()
    }

    /// Keeps what a commit took back in a record.
    pub(super) fn keep(&mut self, file: &Text, details: &[&FieldChange]) {
        for detail in details.iter().filter(|detail| is_of_judged(detail)) {
            let Some(from) = detail.from.as_ref().filter(|from| !is_plan(from)) else { continue };
            let Some(was) = told_by(detail.what, from) else { continue };
            let is_it = |to: &Value| !is_plan(to) && told_by(detail.what, to).as_ref() == Some(&was);
            if !detail.to.as_ref().is_some_and(is_it) {
                self.said.entry((file.clone(), detail.what, was)).or_insert_with(|| from.clone());
            }
        }
    }
}

/// What tells an entry apart from others like it; nothing of what is none.
pub(super) fn told_by(what: ChangeKind, entry: &Value) -> Option<String> {
    let detail = FieldChange { what, at: String::new(), from: Some(entry.clone()), to: None };
    let told = detail.told_by();
    (matches!(what, ChangeKind::Entry(_)) && !told.is_empty())
        .then(|| told.into_iter().cloned().collect::<Value>().to_string())
}

/// The differences in a log that are alterations of its sessions; those whose day was changed among them.
pub(super) fn altered_sessions(record: &WrittenRecord) -> Vec<&FieldChange> {
    let of_one = |detail: &&FieldChange| detail.from.as_ref().is_some_and(|from| detail.to.is_some() && !is_plan(from));
    sessions_of(record).into_iter().filter(of_one).chain(redated_sessions(record)).collect()
}

/// The differences in a log by which the day of a session was changed, and nothing else that it says.
pub(super) fn redated_sessions(record: &WrittenRecord) -> Vec<&FieldChange> {
    let moved = alterations(&sessions_of(record)).into_iter().filter(|one| match one.parts.as_slice() {
        [gone, new] => gone.from.as_ref().and_then(undated) == new.to.as_ref().and_then(undated),
        _ => false,
    });
    moved.flat_map(|one| one.parts).collect()
}

fn sessions_of(record: &WrittenRecord) -> Vec<&FieldChange> {
    let is_session = |detail: &&FieldChange| detail.what == ChangeKind::Entry("session");
    record.entries.iter().map(|written| &written.detail).filter(is_session).collect()
}

/// A record without alterations: with what stood there before, and all that was only added.
pub(super) fn without_alterations<'c>(newer: &Value, changes: impl IntoIterator<Item = &'c FieldChange>) -> Value {
    let mut record = newer.clone();
    let (order, others): (Vec<_>, Vec<_>) = changes.into_iter().partition(|change| change.what == ChangeKind::Order);
    // The entries stand in an order as long as they say what they say now.
    for change in order.into_iter().chain(others) {
        put(&mut record, change, unaltered(change));
    }
    record
}

/// A record without these differences, as it was before them.
pub(super) fn without(newer: &Value, details: &[FieldChange]) -> Value {
    let mut record = newer.clone();
    for detail in details {
        put(&mut record, detail, detail.from.clone());
    }
    record
}

/// Puts something in place of what a difference left, found by what it says.
fn put(record: &mut Value, detail: &FieldChange, value: Option<Value>) {
    match detail.what {
        ChangeKind::Entry(_) => {
            let key = detail.at.split('[').next().unwrap_or_default();
            let Some(table) = record.as_object_mut() else { return };
            let Some(list) = table.entry(key).or_insert_with(|| Value::Array(Vec::new())).as_array_mut() else {
                return;
            };
            let position = detail.to.as_ref().and_then(|to| list.iter().position(|entry| entry == to));
            match (position, value) {
                (Some(position), Some(value)) => list[position] = value,
                (Some(position), None) => drop(list.remove(position)),
                // What is there again need not be put there.
                (None, Some(value)) if detail.to.is_none() || !list.contains(&value) => list.push(value),
                (None, _) => {}
            }
        }
        ChangeKind::Key => {
            let mut keys: Vec<&str> = detail.at.split('.').collect();
            let Some(last) = keys.pop() else { return };
            let mut table = record;
            for key in keys {
                let Value::Object(held) = table else { return };
                table = held.entry(key).or_insert_with(|| Value::Object(Map::new()));
            }
            let Value::Object(table) = table else { return };
            match value {
                Some(value) => drop(table.insert(last.to_owned(), value)),
                None => drop(table.remove(last)),
            }
        }
        ChangeKind::Order => {
            let list = record.get_mut(&detail.at).and_then(Value::as_array_mut);
            if let (Some(list), Some(Value::Array(order))) = (list, value) {
                put_in_order(list, &order);
            }
        }
        ChangeKind::Text => {}
    }
}

/// Puts the entries that are in another list in its order; the others stay where they are.
fn put_in_order(list: &mut [Value], order: &[Value]) {
    let mut is_taken = vec![false; order.len()];
    let mut places = Vec::new();
    let mut known = Vec::new();
    for (place, entry) in list.iter().enumerate() {
        let found = order.iter().enumerate().position(|(at, one)| !is_taken[at] && one == entry);
        if let Some(at) = found {
            is_taken[at] = true;
            places.push(place);
            known.push((at, entry.clone()));
        }
    }
    known.sort_by_key(|(at, _)| *at);
    for (place, (_, entry)) in places.into_iter().zip(known) {
        list[place] = entry;
    }
}

/// What is there now, without what of it was altered: what was only added stays, and what was taken out is there again.
fn with_what_is_new(from: &Value, to: &Value) -> Value {
    match (from, to) {
        (Value::Object(from), Value::Object(to)) => {
            let mut kept = from.clone();
            for (key, is) in to {
                match from.get(key) {
                    Some(was) => drop(kept.insert(key.clone(), with_what_is_new(was, is))),
                    // Where it is absent it is false: to say that it is true alters that.
                    None if *is == Value::Bool(true) => {}
                    None => drop(kept.insert(key.clone(), is.clone())),
                }
            }
            Value::Object(kept)
        }
        (Value::Array(from), Value::Array(to)) if from.len() == to.len() && from.iter().all(Value::is_object) => {
            from.iter().zip(to).map(|(from, to)| with_what_is_new(from, to)).collect()
        }
        (Value::Array(from), Value::Array(to)) => {
            let new = to.iter().filter(|one| !from.contains(one));
            from.iter().chain(new).cloned().collect()
        }
        (from, _) => from.clone(),
    }
}

/// Which of the new entries is the one that is gone, with another day or another name: one of the same days, or the
/// only one that says the same but for its day.
fn moved_to(gone: &FieldChange, new: &[&FieldChange]) -> Option<usize> {
    let alike = |other: &FieldChange| matches!(gone.what, ChangeKind::Entry(_)) && other.what == gone.what;
    let days = |other: &FieldChange| Some(day_of(gone.from.as_ref()?)?.days_to(day_of(other.to.as_ref()?)?).abs());
    let candidates = || new.iter().enumerate().filter(|(_, other)| alike(other));
    if gone.what != ChangeKind::Entry("session") {
        return candidates().next().map(|(position, _)| position);
    }
    let near = candidates().filter_map(|(position, other)| Some((days(other)?, position)));
    let near = near.filter(|(days, _)| *days <= MOVED_BY).min();
    let same = || {
        let was = gone.from.as_ref().and_then(undated);
        let mut same = candidates().filter(|(_, other)| was.is_some() && was == other.to.as_ref().and_then(undated));
        let first = same.next()?.0;
        same.next().is_none().then_some(first)
    };
    near.map(|(_, position)| position).or_else(same)
}

/// Whether any requirement looks at it.
pub(super) fn is_of_judged(detail: &FieldChange) -> bool {
    let last = detail.at.rsplit('.').next().unwrap_or_default();
    matches!(detail.what, ChangeKind::Entry(_) | ChangeKind::Key) && is_judged(detail.first_key()) && is_judged(last)
}

/// Whether it says something of the extension of the two-year limit.
pub(super) fn is_extension(detail: &FieldChange) -> bool {
    detail.what == ChangeKind::Key && detail.first_key() == "extension" && is_of_judged(detail)
}

/// A value without what nobody judges.
pub(super) fn judged(value: &Value) -> Value {
    match value {
        Value::Object(table) => {
            let held = table.iter().filter(|(key, _)| is_judged(key));
            Value::Object(held.map(|(key, value)| (key.clone(), judged(value))).collect())
        }
        Value::Array(list) => list.iter().map(judged).collect(),
        other => other.clone(),
    }
}

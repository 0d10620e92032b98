//! Another state of a record, put into its text piece by piece.

use serde_json::Value as Json;

use super::three_way::Pairs;
use crate::amend::{Edit, Edited, Event, amend, json_of};
use crate::records::shape::{Field, Shape};
use crate::records::{CommitteeMeeting, Course, Gwp, Record, RecordKind, SessionLog, Student, Supervisor, read};
use crate::text::{Notation, Parsed, Path};

/// More pieces than any two versions differ in.
const MOST: usize = 2_000;

/// The text, saying what it is to say. None where it is not certain how.
pub(super) fn rewritten(kind: RecordKind, notation: Notation, text: &str, target: &Json) -> Option<String> {
    let mut text = text.to_owned();
    for _ in 0..MOST {
        let parsed = Parsed::of(notation, &text);
        let (shape, now) = (Shape::of_record(kind, &parsed.root), json_of(&parsed.root));
        let edits = differing(Path::root(), shape, &now, target);
        if edits.is_empty() {
            return Some(text).filter(|_| says_the_same(&now, target, shape));
        }
        let amended = edits.into_iter().find_map(|(at, to)| {
            let event = Event::Edit(Edit { kind, at, to, what: String::new() });
            let amended = amend(notation, &text, &event).ok().map(|amended| amended.text);
            // A piece without which the rest makes no record goes in with the rest.
            amended.filter(|amended| is_sound(kind, notation, amended))
        });
        text = amended.filter(|amended| *amended != text)?;
    }
    None
}

/// Whether two values say the same: a list with nothing in it says nothing, and what is meant anyhow need not be said.
pub(super) fn says_the_same(one: &Json, other: &Json, shape: &Shape) -> bool {
    match (one, other) {
        (Json::Object(one), Json::Object(other)) => {
            let keys = one.keys().chain(other.keys().filter(|key| !one.contains_key(*key)));
            keys.into_iter().all(|key| match shape.table().and_then(|table| table.field(key)) {
                Some(field) => at_key_the_same(one.get(key), other.get(key), field),
                None => one.get(key) == other.get(key),
            })
        }
        (Json::Array(one), Json::Array(other)) => {
            let element = shape.held();
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| says_the_same(one, other, element))
        }
        _ => one == other,
    }
}

fn at_key_the_same(one: Option<&Json>, other: Option<&Json>, field: &Field) -> bool {
    let says_nothing =
        |value: &&Json| value.as_array().is_some_and(Vec::is_empty) || field.default.as_ref() == Some(*value);
    match (one.filter(|one| !says_nothing(one)), other.filter(|other| !says_nothing(other))) {
        (Some(one), Some(other)) => says_the_same(one, other, &field.shape),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// What can be done next so that a value says what it is to say, the smallest piece first; nothing where it does.
fn differing(at: Path, shape: &'static Shape, now: &Json, target: &Json) -> Vec<(Path, Edited)> {
    match (now, target, shape) {
        (Json::Object(now), Json::Object(target), Shape::Table(table)) => {
            let differs = |field: &&'static Field| !at_key_the_same(now.get(&field.key), target.get(&field.key), field);
            let Some(field) = table.fields.iter().find(differs) else { return Vec::new() };
            let at = at.key(&field.key);
            match (now.get(&field.key), target.get(&field.key)) {
                (Some(now), Some(target)) => {
                    let mut edits = differing(at, &field.shape, now, target);
                    edits.push((at, Edited::Instead(target.clone())));
                    edits
                }
                (None, Some(target)) => {
                    // The first entry brings the list with it, in the layout of such lists.
                    let first = target.as_array().and_then(|list| list.first()).filter(|first| first.is_object());
                    let first = first.map(|first| (at.index(0), Edited::Further(first.clone())));
                    first.into_iter().chain([(at, Edited::Said(target.clone()))]).collect()
                }
                _ => vec![(at, Edited::Gone)],
            }
        }
        (Json::Array(now), Json::Array(target), Shape::List { element, .. }) => in_list(at, element, now, target),
        _ => Vec::new(),
    }
}

fn in_list(at: Path, element: &'static Shape, now: &[Json], target: &[Json]) -> Vec<(Path, Edited)> {
    let pairs = Pairs::of(element, now, target);
    if let Some(gone) = (0..now.len()).rev().find(|position| pairs.second(*position).is_none()) {
        return vec![(at.index(gone), Edited::Gone)];
    }
    // Those that stay have another order: only the whole list can be written anew.
    let order: Vec<_> = (0..now.len()).filter_map(|position| pairs.second(position)).collect();
    if !order.is_sorted() {
        return Vec::new();
    }
    for (position, target) in order.iter().enumerate().map(|(position, there)| (position, &target[*there])) {
        if !says_the_same(&now[position], target, element) {
            let mut edits = differing(at.index(position), element, &now[position], target);
            edits.push((at.index(position), Edited::Instead(target.clone())));
            return edits;
        }
    }
    let new = (0..target.len()).find(|position| pairs.first(*position).is_none());
    new.map(|new| (at.index(new), Edited::Further(target[new].clone()))).into_iter().collect()
}

/// Whether a text is a record of a kind, without an error in it.
pub(super) fn is_sound(kind: RecordKind, notation: Notation, text: &str) -> bool {
    fn of<T: Record>(notation: Notation, text: &str) -> bool {
        let reading = read::<T>(notation, text);
        reading.record.is_some() && reading.problems.is_empty()
    }
    match kind {
        RecordKind::Gwp => of::<Gwp>(notation, text),
        RecordKind::Course => of::<Course>(notation, text),
        RecordKind::Student => of::<Student>(notation, text),
        RecordKind::Supervisor => of::<Supervisor>(notation, text),
        RecordKind::Session => of::<SessionLog>(notation, text),
        RecordKind::Meeting => of::<CommitteeMeeting>(notation, text),
    }
}

//! Which records were added, removed, renamed or changed, and what in them.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::value::{FieldChange, details, value_of};
use super::{Alike, rename_detection};
use crate::case::{id_of, kind_of};
use crate::records::RecordKind;
use crate::text::{FileId, Notation, Source, Text};

/// What has become of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It lies elsewhere, or in another notation; it may say something else as well.
    Renamed,
    /// It says something else.
    Changed,
    /// It is written otherwise and says the same.
    Reformatted,
}

impl Change {
    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Changed => "changed",
            Self::Reformatted => "reformatted",
        }
    }
}

/// What has become of one file.
#[derive(Clone, Debug)]
pub struct RecordChange<'a> {
    /// Its path: in the newer state where it is there.
    pub file: &'a Text,
    /// The path that it had, where that was another.
    pub was: Option<&'a Text>,
    /// The kind of record; none for a file in no folder of records.
    pub kind: Option<RecordKind>,
    /// The id; none for a file in no folder of records.
    pub id: Option<Text>,
    /// What has become of it.
    pub change: Change,
    /// What differs in it, where it is there in both states.
    pub details: Vec<FieldChange>,
    /// The file in the older state.
    pub older: Option<FileId>,
    /// The file in the newer state.
    pub newer: Option<FileId>,
}

impl RecordChange<'_> {
    /// Whether what is said may be another: it is not merely written otherwise.
    pub fn is_of_meaning(&self) -> bool {
        self.change != Change::Reformatted
    }
}

/// What has become of every file, in order of path; nothing of those that are the same.
pub fn record_changes<'a>(older: &'a [Source], newer: &'a [Source], alike: &Alike) -> Vec<RecordChange<'a>> {
    let mut is_taken = vec![false; newer.len()];
    let mut changes = Vec::new();
    let mut removed = Vec::new();
    for (position, other) in alike.at_path.iter().enumerate() {
        match other {
            Some(other) => {
                is_taken[*other] = true;
                if !alike.is_same[position] {
                    changes.push(both(older, newer, position, *other));
                }
            }
            None => removed.push(position),
        }
    }
    let mut added: Vec<usize> = (0..newer.len()).filter(|position| !is_taken[*position]).collect();
    removed.retain(|position| !older[*position].is_nearly_record());
    added.retain(|position| !newer[*position].is_nearly_record());
    let by_id = |sources: &[Source], position: usize| {
        let path = sources[position].path.raw();
        Some((kind_of(path)?, id_of(path).raw().to_owned()))
    };
    let by_content = |sources: &[Source], position: usize| {
        let source = &sources[position];
        let text = source.content.as_deref().ok().filter(|text| !text.is_empty())?;
        Some((kind_of(source.path.raw()), text.to_owned()))
    };
    let moved = moves(&mut removed, &mut added, |at| by_id(older, at), |at| by_id(newer, at));
    let renamed = moves(&mut removed, &mut added, |at| by_content(older, at), |at| by_content(newer, at));
    let like = rename_detection::pairs(older, newer, &mut removed, &mut added);
    let pairs = moved.into_iter().chain(renamed).chain(like);
    changes.extend(pairs.map(|(position, other)| both(older, newer, position, other)));
    changes.extend(removed.into_iter().map(|position| one(older, position, Change::Removed)));
    changes.extend(added.into_iter().map(|position| one(newer, position, Change::Added)));
    changes.sort_by(|one, other| (one.file, one.was).cmp(&(other.file, other.was)));
    changes
}

/// The removed and the added that have one name between them, each once; they are neither any more.
fn moves<K: Eq + std::hash::Hash>(
    removed: &mut Vec<usize>,
    added: &mut Vec<usize>,
    name_of_removed: impl Fn(usize) -> Option<K>,
    name_of_added: impl Fn(usize) -> Option<K>,
) -> Vec<(usize, usize)> {
    if removed.is_empty() || added.is_empty() {
        return Vec::new();
    }
    let mut waiting: HashMap<K, Vec<usize>> = HashMap::new();
    for position in added.iter().rev() {
        if let Some(name) = name_of_added(*position) {
            waiting.entry(name).or_default().push(*position);
        }
    }
    let mut moves = Vec::new();
    removed.retain(|position| {
        let found = name_of_removed(*position).and_then(|name| waiting.get_mut(&name)?.pop());
        moves.extend(found.map(|other| (*position, other)));
        found.is_none()
    });
    let taken: HashSet<usize> = moves.iter().map(|(_, other)| *other).collect();
    added.retain(|position| !taken.contains(position));
    moves
}

fn file_id(position: usize) -> FileId {
    FileId(u32::try_from(position).unwrap_or(u32::MAX))
}

fn described(source: &Source) -> (Option<RecordKind>, Option<Text>) {
    let path = source.path.raw();
    let kind = kind_of(path);
    (kind, kind.map(|_| id_of(path)))
}

fn one(sources: &[Source], position: usize, change: Change) -> RecordChange<'_> {
    let source = &sources[position];
    let (kind, id) = described(source);
    let at = Some(file_id(position));
    let (older, newer) = if change == Change::Added { (None, at) } else { (at, None) };
    RecordChange { file: &source.path, was: None, kind, id, change, details: Vec::new(), older, newer }
}

fn both<'a>(older: &'a [Source], newer: &'a [Source], position: usize, other: usize) -> RecordChange<'a> {
    let (before, after) = (&older[position], &newer[other]);
    let (kind, id) = described(after);
    let details = compared(before, after);
    let was = Some(&before.path).filter(|path| **path != after.path);
    let change = match &details {
        _ if was.is_some() => Change::Renamed,
        details if details.is_empty() => Change::Reformatted,
        _ => Change::Changed,
    };
    let (older, newer) = (Some(file_id(position)), Some(file_id(other)));
    RecordChange { file: &after.path, was, kind, id, change, details, older, newer }
}

/// What a record says that was not there before, or that is gone: the difference from a record that says nothing.
pub fn whole(older: Option<&Source>, newer: Option<&Source>) -> Vec<FieldChange> {
    let said = |source: Option<&Source>| source.map_or_else(|| Some(Value::Object(Map::new())), value_of);
    match (said(older), said(newer)) {
        (Some(older), Some(newer)) => details(&older, &newer),
        _ => Vec::new(),
    }
}

/// What differs in a record. Where either state cannot be read that is what is said, and nothing of values.
fn compared(before: &Source, after: &Source) -> Vec<FieldChange> {
    if before.content == after.content && Notation::of(before.path.raw()) == Notation::of(after.path.raw()) {
        return Vec::new();
    }
    match (value_of(before), value_of(after)) {
        (Some(before), Some(after)) => details(&before, &after),
        (before, after) => vec![FieldChange::of_readability(before.is_some(), after.is_some())],
    }
}

//! What was written down in a commit: the entries that it added to records, altered and took out.

use std::collections::HashMap;

use super::FileChange;
use super::dated::{Tense, known_by, new_dates};
use crate::calendar::Day;
use crate::case::{id_of, kind_of};
use crate::diff::{Alike, Change, Detail, RecordChange, What, record_changes, whole};
use crate::records::RecordKind;
use crate::text::{FileId, Source, Text, Unreadable};

/// The texts of the past, by id.
pub type Texts = HashMap<String, Result<String, Unreadable>>;

/// What was done to one record in a commit.
#[derive(Clone, Debug)]
pub struct WrittenRecord {
    /// Its path: in the commit where it is there.
    pub file: Text,
    /// The path that it had, where that was another.
    pub was: Option<Text>,
    /// The kind of record; none for a file in no folder of records.
    pub kind: Option<RecordKind>,
    /// The id; none for a file in no folder of records.
    pub id: Option<Text>,
    /// What has become of it.
    pub change: Change,
    /// What was written in it, or struck out.
    pub entries: Vec<Written>,
}

/// Something that was written down, altered or struck out.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// What it is.
    pub detail: Detail,
    /// The day on which it happened, as far as it tells one: the latest that could not be known before, else the first.
    pub happened: Option<Day>,
    /// What the day tells.
    pub tense: Tense,
}

impl Written {
    fn of(detail: Detail) -> Self {
        let dates = new_dates(&detail);
        let latest = |tense: Tense| dates.iter().filter(|dated| dated.tense == tense).map(|dated| dated.day).max();
        let (happened, tense) = match (latest(Tense::Happened), latest(Tense::Arranged)) {
            (Some(day), _) => (Some(day), Tense::Happened),
            (None, Some(day)) => (Some(day), Tense::Arranged),
            (None, None) => (known_by(&detail), Tense::Meant),
        };
        Self { detail, happened, tense }
    }

    /// How many days after it happened it was written down; negative where it was before. None where it tells of
    /// nothing that happened.
    pub fn late(&self, recorded: Option<Day>) -> Option<i64> {
        (self.tense != Tense::Meant).then(|| Some(self.happened?.days_to(recorded?)))?
    }
}

/// Tells what was written, commit by commit in the order of the list.
#[derive(Debug)]
pub struct Reader<'t> {
    texts: &'t Texts,
    /// For each record that cannot be read for now the last text that could: what was struck out meanwhile is told when
    /// it can be read again.
    readable: HashMap<Text, String>,
}

impl<'t> Reader<'t> {
    /// Nothing is read yet.
    pub fn new(texts: &'t Texts) -> Self {
        Self { texts, readable: HashMap::new() }
    }

    /// What a commit wrote in records, in order of path. Of a commit that brings several together only what is in none
    /// of them.
    pub fn read(&mut self, changes: &[FileChange]) -> Vec<WrittenRecord> {
        let followed = changes.iter().map(|change| change.older.len()).max().unwrap_or_default();
        if followed <= 1 {
            return self.of_one(changes);
        }
        changes.iter().filter_map(|change| of_several(change, self.texts)).collect()
    }

    fn of_one(&mut self, changes: &[FileChange]) -> Vec<WrittenRecord> {
        let side = |id: fn(&FileChange) -> Option<&String>| {
            changes.iter().filter_map(|change| source(&change.path, id(change)?, self.texts)).collect::<Vec<_>>()
        };
        let older = side(older_id);
        let newer = side(|change| change.newer.as_ref());
        let alike = Alike::of(&older, &newer);
        let at = |file: Option<FileId>, sources: &[Source]| sources.get(file?.0 as usize).cloned();
        let mut records = Vec::new();
        for record in record_changes(&older, &newer, &alike) {
            let mut entries = match record.change {
                Change::Added => whole(None, at(record.newer, &newer).as_ref()),
                Change::Removed => whole(at(record.older, &older).as_ref(), None),
                _ => record.details.clone(),
            };
            if let [Detail { what: What::Text, to, .. }] = entries.as_slice() {
                let path = record.was.unwrap_or(record.file);
                if to.as_ref().and_then(serde_json::Value::as_str) == Some("readable") {
                    let before = self.readable.remove(path).and_then(|id| source(path, &id, self.texts));
                    entries.extend(whole(before.as_ref(), at(record.newer, &newer).as_ref()));
                } else if let Some(id) = changes.iter().find(|change| change.path == *path).and_then(older_id) {
                    self.readable.entry(record.file.clone()).or_insert_with(|| id.clone());
                }
            }
            records.push(WrittenRecord::of(&record, entries));
        }
        records
    }
}

fn older_id(change: &FileChange) -> Option<&String> {
    change.older.first()?.as_ref()
}

impl WrittenRecord {
    fn of(record: &RecordChange<'_>, entries: Vec<Detail>) -> Self {
        Self {
            file: record.file.clone(),
            was: record.was.cloned(),
            kind: record.kind,
            id: record.id.clone(),
            change: record.change,
            entries: entries.into_iter().map(Written::of).collect(),
        }
    }
}

/// What is in none of the commits that were brought together; nothing where each difference from one of them comes
/// from another.
fn of_several(change: &FileChange, texts: &Texts) -> Option<WrittenRecord> {
    let newer = change.newer.as_ref().and_then(|id| source(&change.path, id, texts));
    let mut from_each = change.older.iter().map(|id| {
        let older = id.as_ref().and_then(|id| source(&change.path, id, texts));
        whole(older.as_ref(), newer.as_ref())
    });
    let mut entries = from_each.next()?;
    for other in from_each {
        entries.retain(|detail| other.iter().any(|known| is_alike(detail, known)));
    }
    let kind = kind_of(change.path.raw());
    let is_there = |id: &Option<String>| id.is_some();
    let change_word = match (change.older.iter().any(is_there), is_there(&change.newer)) {
        (false, _) => Change::Added,
        (true, false) => Change::Removed,
        (true, true) => Change::Changed,
    };
    (!entries.is_empty()).then(|| WrittenRecord {
        file: change.path.clone(),
        was: None,
        kind,
        id: kind.map(|_| id_of(change.path.raw())),
        change: change_word,
        entries: entries.into_iter().map(Written::of).collect(),
    })
}

/// Whether two differences from two commits are the same: what is there now, or what was struck out.
fn is_alike(one: &Detail, other: &Detail) -> bool {
    let is_same_end = if one.to.is_some() { one.to == other.to } else { one.from == other.from };
    let is_same_place = matches!(one.what, What::Entry(_)) || one.at == other.at;
    one.what == other.what && one.to.is_some() == other.to.is_some() && is_same_end && is_same_place
}

fn source(path: &Text, id: &str, texts: &Texts) -> Option<Source> {
    let content = texts.get(id)?.clone();
    Some(Source { path: path.clone(), content })
}

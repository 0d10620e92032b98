//! What was written down in a commit: the entries that it added to records, altered and took out.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::dated::{known_by, new_dates};
use super::{FileChange, Revision};
use crate::calendar::Day;
use crate::case::{id_of, kind_of};
use crate::diff::{Alike, Change, ChangeKind, FieldChange, RecordChange, record_changes, value_of, whole};
use crate::records::{RecordKind, Tense};
use crate::text::{Content, FileId, Source, Text};

/// The texts of the past, by id.
pub type Texts = HashMap<String, Content>;

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
    pub detail: FieldChange,
    /// The day on which it happened, as far as it tells one: of several new ones the earliest on which something
    /// happened, began or ended; where nothing did, the day that it is known by.
    pub happened: Option<Day>,
    /// What that day tells.
    pub tense: Tense,
    /// The latest of the new days that could not be known before.
    pub latest: Option<Day>,
}

impl Written {
    pub(crate) fn of(detail: FieldChange) -> Self {
        let dates = new_dates(&detail);
        let latest = dates.iter().filter(|dated| dated.tense == Tense::Happened).map(|dated| dated.day).max();
        let earliest = dates.iter().filter(|dated| dated.tense != Tense::Meant).min_by_key(|dated| dated.day);
        let (happened, tense) = match earliest {
            Some(first) => (Some(first.day), first.tense),
            None => (known_by(&detail), Tense::Meant),
        };
        Self { detail, happened, tense, latest }
    }

    /// How many days after it happened it was written down; negative where it was before. None where it tells of
    /// nothing that happened.
    pub fn late(&self, recorded: Option<Day>) -> Option<i64> {
        (self.tense != Tense::Meant).then(|| Some(self.happened?.days_to(recorded?)))?
    }
}

/// What is to be read of one commit.
#[derive(Clone, Copy, Debug)]
pub struct Step<'s> {
    /// The commits that it follows, as positions among those that were read before.
    pub parents: &'s [usize],
    /// What is otherwise than in each of them.
    pub changes: &'s [FileChange],
    /// Where it follows several: for each of them what is otherwise than there.
    pub from_each: &'s [Vec<FileChange>],
}

impl<'s> Step<'s> {
    /// All that a commit did.
    pub fn of(revision: &'s Revision) -> Self {
        Self { parents: &revision.parents, changes: &revision.changes, from_each: &revision.from_each }
    }
}

/// Tells what was written, commit by commit in the order of the list.
#[derive(Debug)]
pub struct Reader<'t> {
    texts: &'t Texts,
    read: Vec<Read>,
}

/// What is remembered of a commit that was read.
#[derive(Debug, Default)]
struct Read {
    parents: Vec<usize>,
    unreadable: Unreadables,
    done: Vec<Done>,
}

/// For each record that cannot be read for now the last text that could, and where it stood: what was struck out
/// meanwhile is told when it can be read again, or when it is gone.
type Unreadables = BTreeMap<Text, (Text, String)>;

/// Something that was put into a record, altered or struck out.
#[derive(Debug)]
struct Done {
    /// The kind and id of the record, and those that it had.
    of: [Option<(RecordKind, Text)>; 2],
    what: ChangeKind,
    at: Option<String>,
    from: Option<Value>,
    to: Option<Value>,
}

impl<'t> Reader<'t> {
    /// Nothing is read yet.
    pub fn new(texts: &'t Texts) -> Self {
        Self { texts, read: Vec::new() }
    }

    /// What a commit wrote in records, in order of path. Of a commit that brings several together only what came with
    /// none of them: what is in none, and what one has otherwise though none of the others altered it.
    pub fn read(&mut self, step: Step<'_>) -> Vec<WrittenRecord> {
        let (records, unreadable) = if step.parents.len() <= 1 {
            let mut unreadable = step.parents.first().map(|parent| self.unreadable(*parent)).unwrap_or_default();
            (self.of_one(step.changes, &mut unreadable), unreadable)
        } else {
            self.of_several(step)
        };
        let done = records.iter().flat_map(WrittenRecord::done).collect();
        self.read.push(Read { parents: step.parents.to_vec(), unreadable, done });
        records
    }

    fn unreadable(&self, position: usize) -> Unreadables {
        self.read.get(position).map(|read| read.unreadable.clone()).unwrap_or_default()
    }

    fn of_one(&self, changes: &[FileChange], unreadable: &mut Unreadables) -> Vec<WrittenRecord> {
        let side = |id: fn(&FileChange) -> Option<&String>| {
            changes.iter().filter_map(|change| source(&change.path, id(change)?, self.texts)).collect::<Vec<_>>()
        };
        let older = side(older_id);
        let newer = side(|change| change.newer.as_ref());
        let alike = Alike::of(&older, &newer);
        let at = |file: Option<FileId>, sources: &[Source]| sources.get(file?.0 as usize).cloned();
        let mut records = Vec::new();
        let mut now = unreadable.clone();
        for record in record_changes(&older, &newer, &alike) {
            let path = record.was.unwrap_or(record.file);
            let (was, is) = (at(record.older, &older), at(record.newer, &newer));
            // The last text that could be read, where the one before cannot.
            let last = unreadable.get(path).filter(|_| was.as_ref().is_some_and(|was| value_of(was).is_none()));
            let mut entries = match record.change {
                Change::Added => whole(None, is.as_ref()),
                Change::Removed => whole(self.last(last).or(was).as_ref(), None),
                _ => record.details.clone(),
            };
            now.remove(path);
            if let [FieldChange { what: ChangeKind::Text, from, to, .. }] = entries.as_slice() {
                let is_now = |state: &Option<Value>| state.as_ref().and_then(Value::as_str) == Some("readable");
                if is_now(to) {
                    entries.extend(whole(self.last(last).as_ref(), is.as_ref()));
                } else {
                    let id = || changes.iter().find(|change| change.path == *path).and_then(older_id);
                    let sound = || is_now(from).then(|| Some((path.clone(), id()?.clone())))?;
                    now.extend(last.cloned().or_else(sound).map(|last| (record.file.clone(), last)));
                }
            } else if record.newer.is_some() && entries.is_empty() {
                now.extend(last.map(|last| (record.file.clone(), last.clone())));
            }
            records.push(WrittenRecord::of(&record, entries));
        }
        *unreadable = now;
        records
    }

    fn last(&self, last: Option<&(Text, String)>) -> Option<Source> {
        last.and_then(|(path, id)| source(path, id, self.texts))
    }

    fn of_several(&self, step: Step<'_>) -> (Vec<WrittenRecord>, Unreadables) {
        let before: Vec<Unreadables> = step.parents.iter().map(|parent| self.unreadable(*parent)).collect();
        let mut now = Unreadables::new();
        for (path, last) in before.iter().flatten() {
            now.entry(path.clone()).or_insert_with(|| last.clone());
        }
        let mut records: Vec<WrittenRecord> = Vec::new();
        for change in step.changes {
            let newer = change.newer.as_ref().and_then(|id| source(&change.path, id, self.texts));
            let older: Vec<Option<(Text, String)>> = change
                .older
                .iter()
                .enumerate()
                .map(|(position, id)| {
                    let id = id.as_ref()?;
                    let last = before.get(position).and_then(|unreadable| unreadable.get(&change.path));
                    let is_sound = || source(&change.path, id, self.texts).is_some_and(|was| value_of(&was).is_some());
                    Some(last.filter(|_| !is_sound()).cloned().unwrap_or_else(|| (change.path.clone(), id.clone())))
                })
                .collect();
            now.remove(&change.path);
            if newer.as_ref().is_some_and(|newer| value_of(newer).is_none()) {
                now.extend(older.iter().flatten().next().map(|last| (change.path.clone(), last.clone())));
            }
            let older: Vec<Option<Source>> = older.iter().map(|last| self.last(last.as_ref())).collect();
            records.extend(of_several(change, &older, newer.as_ref()));
        }
        for (position, changes) in step.from_each.iter().enumerate() {
            let from = self.of_one(changes, &mut before.get(position).cloned().unwrap_or_default());
            self.add_own(step.parents, position, from, &mut records);
        }
        records.sort_by(|one, other| one.file.cmp(&other.file));
        (records, now)
    }

    /// Adds what is otherwise than in one of the commits that are brought together, and was not made so in any of those
    /// that came with the others: the bringing together did it.
    fn add_own(&self, parents: &[usize], from: usize, told: Vec<WrittenRecord>, records: &mut Vec<WrittenRecord>) {
        if told.iter().all(|record| record.done().next().is_none()) {
            return;
        }
        let mut own = vec![false; self.read.len()];
        self.mark(&parents[from..=from], &mut own);
        let mut others = own.clone();
        self.mark(parents, &mut others);
        let came: HashSet<Deed<'_>> = (0..self.read.len())
            .filter(|position| others[*position] && !own[*position])
            .flat_map(|position| &self.read[position].done)
            .flat_map(Done::deeds)
            .collect();
        for record in told {
            let is_own = |written: &Written| record.done_by(&written.detail).is_some_and(|one| !one.came_with(&came));
            let own: Vec<Written> = record.entries.iter().filter(|written| is_own(written)).cloned().collect();
            if own.is_empty() {
                continue;
            }
            if let Some(known) = records.iter_mut().find(|known| known.file == record.file) {
                let is_new = |one: &Written| !known.entries.iter().any(|other| is_alike(&one.detail, &other.detail));
                let new: Vec<Written> = own.into_iter().filter(is_new).collect();
                known.entries.extend(new);
            } else {
                let change = if record.change == Change::Renamed { Change::Changed } else { record.change };
                records.push(WrittenRecord { was: None, change, entries: own, ..record });
            }
        }
    }

    /// Marks commits and all that they follow.
    fn mark(&self, from: &[usize], marked: &mut [bool]) {
        let mut waiting = from.to_vec();
        while let Some(position) = waiting.pop() {
            if let (Some(false), Some(read)) = (marked.get(position), self.read.get(position)) {
                marked[position] = true;
                waiting.extend(&read.parents);
            }
        }
    }
}

/// What was done to a record, by one of its names and by what was there before, or is there now.
type Deed<'d> = (&'d (RecordKind, Text), ChangeKind, Option<&'d str>, End<'d>);

#[derive(PartialEq, Eq, Hash)]
enum End<'d> {
    From(&'d Value),
    To(&'d Value),
}

impl Done {
    fn deeds(&self) -> impl Iterator<Item = Deed<'_>> {
        let ends = || self.from.iter().map(End::From).chain(self.to.iter().map(End::To));
        self.of.iter().flatten().flat_map(move |of| ends().map(move |end| (of, self.what, self.at.as_deref(), end)))
    }

    /// Whether one of the commits that came did this, or the last step or the first of it.
    fn came_with(&self, came: &HashSet<Deed<'_>>) -> bool {
        let end = || self.from.as_ref().map(End::From).or(self.to.as_ref().map(End::To));
        let is_there = |of| end().is_some_and(|end| came.contains(&(of, self.what, self.at.as_deref(), end)));
        self.of.iter().flatten().any(is_there)
    }
}

fn older_id(change: &FileChange) -> Option<&String> {
    change.older.first()?.as_ref()
}

impl WrittenRecord {
    fn of(record: &RecordChange<'_>, entries: Vec<FieldChange>) -> Self {
        Self {
            file: record.file.clone(),
            was: record.was.cloned(),
            kind: record.kind,
            id: record.id.clone(),
            change: record.change,
            entries: entries.into_iter().map(Written::of).collect(),
        }
    }

    fn done(&self) -> impl Iterator<Item = Done> {
        self.entries.iter().filter_map(|written| self.done_by(&written.detail))
    }

    fn done_by(&self, detail: &FieldChange) -> Option<Done> {
        let name = |path: &Text| Some((kind_of(path.raw())?, id_of(path.raw())));
        let at = match detail.what {
            ChangeKind::Entry(_) => None,
            ChangeKind::Key => Some(detail.at.clone()),
            ChangeKind::Order | ChangeKind::Text => return None,
        };
        let of = [name(&self.file), self.was.as_ref().and_then(name)];
        Some(Done { of, what: detail.what, at, from: detail.from.clone(), to: detail.to.clone() })
    }
}

/// What is in none of the commits that were brought together; nothing where each difference from one of them comes
/// from another.
fn of_several(change: &FileChange, older: &[Option<Source>], newer: Option<&Source>) -> Option<WrittenRecord> {
    let mut from_each = older.iter().map(|older| whole(older.as_ref(), newer));
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
fn is_alike(one: &FieldChange, other: &FieldChange) -> bool {
    let is_same_end = if one.to.is_some() { one.to == other.to } else { one.from == other.from };
    let is_same_place = matches!(one.what, ChangeKind::Entry(_)) || one.at == other.at;
    one.what == other.what && one.to.is_some() == other.to.is_some() && is_same_end && is_same_place
}

/// What was written in a record while it was away: taken out by one commit, and put back by a later one, perhaps under
/// another id. None where the two are not one record, or one of them cannot be read.
pub fn written_meanwhile(older: &Source, newer: &Source) -> Option<WrittenRecord> {
    value_of(older).and_then(|_| value_of(newer))?;
    let (older, newer) = (std::slice::from_ref(older), std::slice::from_ref(newer));
    let alike = Alike::of(older, newer);
    if alike.same().iter().any(Option::is_some) {
        let file = newer.first()?.path.clone();
        let (kind, id) = (kind_of(file.raw()), Some(id_of(file.raw())));
        return Some(WrittenRecord { file, was: None, kind, id, change: Change::Reformatted, entries: Vec::new() });
    }
    let mut changes = record_changes(older, newer, &alike);
    let record = changes.pop().filter(|record| changes.is_empty() && record.older.is_some())?;
    let entries = record.details.clone();
    Some(WrittenRecord::of(&record, entries))
}

fn source(path: &Text, id: &str, texts: &Texts) -> Option<Source> {
    let content = texts.get(id)?.clone();
    Some(Source { path: path.clone(), content })
}

//! What was written down in a commit: the entries that it added to records, altered and took out.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::dated::{known_by, new_dates};
use super::{FileChange, Revision};
use crate::calendar::Day;
use crate::case::{identity, kind_of};
use crate::diff::{
    Alike, AsRead, Change, ChangeKind, FieldChange, RecordChange, as_far_as_read, record_changes, unread_text,
    value_of, whole,
};
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
    texts: ReadableTexts<'t>,
    read: Vec<Read>,
}

/// The texts of the past, each as far as it can be read.
#[derive(Debug)]
pub struct ReadableTexts<'t> {
    /// What of the records could be read that cannot be read whole: by the id of the text, and the path.
    in_part: HashMap<String, HashMap<Text, Source>>,
    texts: &'t Texts,
}

impl ReadableTexts<'_> {
    /// A record by its path and the id of its text, as far as it can be read. None where the text is not at hand.
    pub fn source(&self, path: &Text, id: &str) -> Option<Source> {
        let in_part = self.in_part.get(id).and_then(|by_path| by_path.get(path));
        in_part.cloned().or_else(|| self.whole(path, id))
    }

    /// A record by its path and the id of its text, as it was written.
    fn whole(&self, path: &Text, id: &str) -> Option<Source> {
        let content = self.texts.get(id)?.clone();
        Some(Source { path: path.clone(), content })
    }
}

/// What is remembered of a commit that was read.
#[derive(Debug, Default)]
struct Read {
    parents: Vec<usize>,
    unreadable: Unreadables,
    done: Vec<Done>,
}

/// For each record that cannot be read for now, what of it can be: what is written in it meanwhile is told by that, and
/// the rest when it can be read again, or when it is gone.
type Unreadables = BTreeMap<Text, Source>;

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
        Self { texts: ReadableTexts { in_part: HashMap::new(), texts }, read: Vec::new() }
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

    /// The texts, as far as the commits that were read have shown what of them can be read.
    pub fn into_texts(self) -> ReadableTexts<'t> {
        self.texts
    }

    fn unreadable(&self, position: usize) -> Unreadables {
        self.read.get(position).map(|read| read.unreadable.clone()).unwrap_or_default()
    }

    fn of_one(&mut self, changes: &[FileChange], unreadable: &mut Unreadables) -> Vec<WrittenRecord> {
        let side = |id: fn(&FileChange) -> Option<&String>| {
            changes.iter().filter_map(|change| self.texts.whole(&change.path, id(change)?)).collect::<Vec<_>>()
        };
        let (raw, mut newer) = (side(older_id), side(newer_id));
        let readable = |was: &Source| unreadable.get(&was.path).cloned().unwrap_or_else(|| was.clone());
        let older: Vec<Source> = raw.iter().map(readable).collect();
        let mut moved = self.read_moved(changes, &older, &mut newer);
        let alike = Alike::of(&older, &newer);
        let at = |file: Option<FileId>, sources: &[Source]| sources.get(file?.0 as usize).cloned();
        let mut now = unreadable.clone();
        for change in changes {
            now.remove(&change.path);
        }
        let mut records = Vec::new();
        for record in record_changes(&older, &newer, &alike) {
            let (was, is) = (at(record.older, &older), at(record.newer, &newer));
            let mut entries = match record.change {
                Change::Added => whole(None, is.as_ref()),
                Change::Removed => whole(was.as_ref(), None),
                _ => record.details.clone(),
            };
            let mut change = record.change;
            if let (None, Some(is), true) = (&was, &is, entries.is_empty()) {
                entries.extend(value_of(is).is_none().then(|| unread_text(None, is)));
            }
            if let (Some(was), Some(is)) = (&was, &is) {
                let is_mended = unreadable.contains_key(&was.path);
                let [was_sound, is_sound] = match entries.as_slice() {
                    [only] => only.readability().unwrap_or([true; 2]),
                    _ => [true; 2],
                };
                let mut left = moved.remove(&is.path);
                if !was_sound || !is_sound {
                    entries = Vec::new();
                }
                if is_sound && !was_sound {
                    // Nobody knows what it said before.
                    entries = whole(None, Some(is));
                } else if was_sound && !is_sound {
                    let before = raw.iter().find(|raw| raw.path == was.path);
                    let read = self.read_in_part(was, before, is, changes);
                    entries = whole(Some(was), Some(&read.source));
                    left = Some(read);
                }
                let states = [was_sound && !is_mended, is_sound && left.is_none()];
                if let Some(read) = left {
                    entries.extend(read.unread);
                    now.insert(is.path.clone(), read.source);
                }
                if !was_sound && !is_sound {
                    entries.push(unread_text(Some(was), is));
                }
                if states != [true; 2] {
                    entries.insert(0, FieldChange::of_readability(states[0], states[1]));
                    change = if change == Change::Renamed { change } else { Change::Changed };
                }
            }
            records.push(WrittenRecord { change, ..WrittenRecord::of(&record, entries) });
        }
        records.extend(mended_alone(changes, unreadable, &records));
        records.sort_by(|one, other| one.file.cmp(&other.file));
        *unreadable = now;
        records
    }

    /// Reads a record with an error by the last text that could be read, and keeps what can be.
    fn read_in_part(&mut self, last: &Source, before: Option<&Source>, now: &Source, changes: &[FileChange]) -> AsRead {
        let read =
            as_far_as_read(last, before.and_then(|before| before.content.as_deref().ok()).map(|text| &**text), now);
        let change = changes.iter().find(|change| change.path == now.path);
        if let Some(id) = change.and_then(newer_id) {
            let of_text = self.texts.in_part.entry(id.clone()).or_default();
            of_text.insert(now.path.clone(), read.source.clone());
        }
        read
    }

    /// Reads the records that lie elsewhere and got an error with that: each by the one of its kind that is gone and has
    /// more than half of its lines.
    fn read_moved(&mut self, changes: &[FileChange], older: &[Source], newer: &mut [Source]) -> HashMap<Text, AsRead> {
        let is_at = |sources: &[Source], path: &Text| sources.iter().any(|source| source.path == *path);
        let gone: Vec<&Source> = older.iter().filter(|was| !is_at(newer, &was.path)).collect();
        let mut read = HashMap::new();
        if gone.is_empty() {
            return read;
        }
        for is in newer.iter_mut().filter(|is| !is_at(older, &is.path)) {
            let Some(text) = is.content.clone().ok().filter(|_| value_of(is).is_none()) else { continue };
            let kind = kind_of(is.path.raw());
            let shares = |was: &&&Source| {
                let lines: Vec<&str> = was.content.as_deref().map_or_else(|_| Vec::new(), |was| was.lines().collect());
                kind_of(was.path.raw()) == kind
                    && text.lines().filter(|line| lines.contains(line)).count() * 2 > lines.len()
            };
            if let Some(was) = gone.iter().find(shares).filter(|_| kind.is_some()) {
                let in_part = self.read_in_part(was, None, is, changes);
                *is = in_part.source.clone();
                read.insert(is.path.clone(), in_part);
            }
        }
        read
    }

    fn of_several(&mut self, step: Step<'_>) -> (Vec<WrittenRecord>, Unreadables) {
        let before: Vec<Unreadables> = step.parents.iter().map(|parent| self.unreadable(*parent)).collect();
        let mut now = Unreadables::new();
        for (path, last) in before.iter().flatten() {
            now.entry(path.clone()).or_insert_with(|| last.clone());
        }
        let mut records: Vec<WrittenRecord> = Vec::new();
        for change in step.changes {
            let mut newer = change.newer.as_ref().and_then(|id| self.texts.whole(&change.path, id));
            let readable = |position: usize| before.get(position)?.get(&change.path).cloned();
            let older: Vec<Option<Source>> = change
                .older
                .iter()
                .enumerate()
                .map(|(at, id)| readable(at).or_else(|| self.texts.whole(&change.path, id.as_ref()?)))
                .collect();
            now.remove(&change.path);
            if let Some(broken) = newer.as_ref().filter(|newer| value_of(newer).is_none())
                && let Some(last) = older.iter().flatten().find(|was| value_of(was).is_some())
            {
                let read = self.read_in_part(last, None, broken, step.changes).source;
                now.insert(change.path.clone(), read.clone());
                newer = Some(read);
            }
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

/// The records in which an error was mended and nothing else: they say what could be read of them before.
fn mended_alone(changes: &[FileChange], unreadable: &Unreadables, records: &[WrittenRecord]) -> Vec<WrittenRecord> {
    let is_told = |path: &Text| records.iter().any(|one| one.file == *path || one.was.as_ref() == Some(path));
    let both = changes.iter().filter(|change| older_id(change).is_some() && change.newer.is_some());
    let mended = both.filter(|change| unreadable.contains_key(&change.path) && !is_told(&change.path));
    let readable_again = || vec![FieldChange::of_readability(false, true)];
    mended.map(|change| WrittenRecord::at(&change.path, Change::Changed, readable_again())).collect()
}

fn older_id(change: &FileChange) -> Option<&String> {
    change.older.first()?.as_ref()
}

fn newer_id(change: &FileChange) -> Option<&String> {
    change.newer.as_ref()
}

impl WrittenRecord {
    /// What was done to the record at a path, where it lay before as well.
    fn at(path: &Text, change: Change, entries: Vec<FieldChange>) -> Self {
        let (kind, id) = identity(path.raw()).unzip();
        let entries = entries.into_iter().map(Written::of).collect();
        Self { file: path.clone(), was: None, kind, id, change, entries }
    }

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
        let at = match detail.what {
            ChangeKind::Entry(_) => None,
            ChangeKind::Key => Some(detail.at.clone()),
            ChangeKind::Order | ChangeKind::Text => return None,
        };
        let of = [Some(&self.file), self.was.as_ref()].map(|path| identity(path?.raw()));
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
    let is_there = |id: &Option<String>| id.is_some();
    let became = match (change.older.iter().any(is_there), is_there(&change.newer)) {
        (false, _) => Change::Added,
        (true, false) => Change::Removed,
        (true, true) => Change::Changed,
    };
    (!entries.is_empty()).then(|| WrittenRecord::at(&change.path, became, entries))
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
        return Some(WrittenRecord::at(&newer.first()?.path, Change::Reformatted, Vec::new()));
    }
    let mut changes = record_changes(older, newer, &alike);
    let record = changes.pop().filter(|record| changes.is_empty() && record.older.is_some())?;
    let entries = record.details.clone();
    Some(WrittenRecord::of(&record, entries))
}

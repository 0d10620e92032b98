//! What was written while a student could not be judged: it waits until the student can be.
//!
//! A record with an error leaves students without a judgement. Whatever is altered meanwhile alters nothing for anybody,
//! and when the error is mended, the mending seems to do it all. So it is kept, and judged in the first later commit in
//! which the student can be: with it, and without.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::evidence::follows;
use super::judged::{Effect, Judge, Supposed, effects_in_words, in_favour};
use super::undone::{alters, without_alterations};
use super::{Irregularity, IrregularityName, Past, TOLD};
use crate::case::{id_of, kind_of};
use crate::diff::{Change, ChangeKind, FieldChange, in_words};
use crate::history::WrittenRecord;
use crate::records::{RecordKind, is_judged};
use crate::text::{Text, few};

/// What a commit wrote in a record that is to be judged.
pub(super) type ToJudge<'r> = (&'r WrittenRecord, Vec<FieldChange>);

/// Something that was written and could not be judged.
#[derive(Clone, Debug)]
struct Unjudged {
    /// The record, where it lies now.
    file: Text,
    /// What stood there before, and what stands there now.
    change: FieldChange,
    /// The commits that wrote it.
    revisions: Vec<usize>,
}

/// What waits, by the student who could not be judged.
pub(super) struct Waiting<'p> {
    past: &'p Past<'p>,
    name: IrregularityName,
    waits: BTreeMap<Text, Vec<Unjudged>>,
    /// For each id of a student the first and the last commit that wrote a record of that id.
    there: HashMap<Text, (usize, usize)>,
}

impl<'p> Waiting<'p> {
    /// Nothing waits yet. What turns out to be in somebody's favour is told by a name.
    pub(super) fn of(past: &'p Past<'p>, name: IrregularityName) -> Self {
        let mut there: HashMap<Text, (usize, usize)> = HashMap::new();
        for (at, revision) in past.revisions.iter().enumerate() {
            let written = revision.changes.iter().filter(|change| change.newer.is_some());
            for change in written.filter(|change| kind_of(change.path.raw()) == Some(RecordKind::Student)) {
                there.entry(id_of(change.path.raw())).or_insert((at, at)).1 = at;
            }
        }
        Self { past, name, waits: BTreeMap::new(), there }
    }

    /// Whether something waits for a student.
    pub(super) fn is_for(&self, student: &Text) -> bool {
        self.waits.contains_key(student)
    }

    /// Takes what a commit wrote to what waits, and judges that for those who can be judged now.
    pub(super) fn go_on(
        &mut self,
        at: usize,
        to_judge: &[ToJudge<'_>],
        unjudged: &BTreeSet<Text>,
        judge: &mut Judge<'_>,
        found: &mut Vec<Irregularity>,
    ) {
        self.rename(at);
        for student in unjudged {
            if judge.is_there(at, student) || self.was_there_and_comes_back(at, student) {
                self.waits.entry(student.clone()).or_default();
            }
        }
        for (student, waits) in &mut self.waits {
            follow(self.past, at, to_judge, student, waits);
        }
        self.waits.retain(|_, waits| !waits.is_empty());
        let told = self.judge(at, judge);
        for (waits, effects) in told {
            let students: BTreeSet<&Text> = effects.iter().map(|effect| &effect.student).collect();
            let meanwhile = meanwhile(self.past, &waits, &students, judge);
            let message = format!("{}, {meanwhile}; so {}", what(&waits), effects_in_words(&effects));
            let mut one = self.irregularity(self.name, &waits, message);
            one.revisions.extend(Some(at).filter(|at| one.revisions.last() != Some(at)));
            found.push(Irregularity { effects, ..one });
        }
    }

    /// Tells what nobody can judge as the last commit left the folder.
    pub(super) fn tell(mut self, judge: &mut Judge<'_>, found: &mut Vec<Irregularity>) {
        let Some(last) = self.past.revisions.len().checked_sub(1) else { return };
        let mut told: Told<BTreeSet<Text>> = Vec::new();
        for (student, waits) in std::mem::take(&mut self.waits) {
            if judge.is_there(last, &student) {
                for ones in by_file(waits.into_iter().filter(|one| one.is_known_to(self.past, last))) {
                    told_of(&mut told, ones).insert(student.clone());
                }
            }
        }
        for (waits, students) in told {
            let meanwhile = meanwhile(self.past, &waits, &students.iter().collect(), judge);
            let message = format!("{}, {meanwhile}", what(&waits));
            found.push(self.irregularity(IrregularityName::AlteredUnjudged, &waits, message));
        }
    }

    /// Whether a student whose record is not there had one, and will have one again, perhaps by another id.
    fn was_there_and_comes_back(&self, at: usize, student: &Text) -> bool {
        let is_between = |(first, last): &(usize, usize)| (*first..*last).contains(&at);
        self.there.get(student).is_some_and(is_between) || self.past.returned.is_away(at, student)
    }

    /// Has what waits for a student whose record gets another id wait for that.
    fn rename(&mut self, at: usize) {
        let students = self.past.written[at].iter().filter(|record| record.kind == Some(RecordKind::Student));
        for (was, is) in students.filter_map(|record| Some((id_of(record.was.as_ref()?.raw()), record.id.clone()?))) {
            if was != is
                && let Some(waits) = self.waits.remove(&was)
            {
                self.waits.entry(is).or_default().splice(..0, waits);
            }
        }
    }

    /// What was in favour of those who can be judged as a commit left the folder; it waits no more.
    fn judge(&mut self, at: usize, judge: &mut Judge<'_>) -> Told<Vec<Effect>> {
        let mut told: Told<Vec<Effect>> = Vec::new();
        for student in self.waits.keys().cloned().collect::<Vec<_>>() {
            if !touches(self.past, at, &judge.files_of(&student)) || !judge.can_judge(at, &student) {
                continue;
            }
            let waits = self.waits.remove(&student).unwrap_or_default();
            // What was done on another branch is judged when it comes.
            let (now, later): (Vec<_>, Vec<_>) = waits.into_iter().partition(|one| one.is_known_to(self.past, at));
            if !later.is_empty() {
                self.waits.insert(student.clone(), later);
            }
            let mut in_favour_by = |waits: &[Unjudged]| {
                let (kept, effects) = judged(at, &student, waits, judge)?;
                let effects = in_favour(effects);
                (!effects.is_empty()).then_some((kept, effects))
            };
            let Some((all, together)) = in_favour_by(&now) else { continue };
            let by_file = by_file(all);
            let mut of_student: Vec<_> = by_file.iter().filter_map(|ones| in_favour_by(ones)).collect();
            // What only several records do together is told of each of them.
            if of_student.is_empty() {
                of_student = by_file.into_iter().map(|ones| (ones, together.clone())).collect();
            }
            for (ones, effects) in of_student {
                told_of(&mut told, ones).extend(effects);
            }
        }
        told
    }

    fn irregularity(&self, name: IrregularityName, waits: &[Unjudged], message: String) -> Irregularity {
        let revisions: BTreeSet<usize> = waits.iter().flat_map(|one| one.revisions.iter().copied()).collect();
        let file = waits.first().map(|one| one.file.clone());
        let students = file.as_ref().map(|file| self.past.students_of(file)).unwrap_or_default();
        let one = Irregularity::new(name, message, revisions.into_iter().collect());
        Irregularity { file, students, ..one.with_changes(waits.iter().map(|one| &one.change)) }
    }
}

/// What is told of what waited, each once.
type Told<T> = Vec<(Vec<Unjudged>, T)>;

/// What is told of the same, for whomever else it waited.
fn told_of<T: Default>(told: &mut Told<T>, waits: Vec<Unjudged>) -> &mut T {
    let is_same = |(one, other): (&Unjudged, &Unjudged)| one.file == other.file && one.change == other.change;
    let is_it = |known: &[Unjudged]| known.len() == waits.len() && known.iter().zip(&waits).all(is_same);
    let position = told.iter().position(|(known, _)| is_it(known)).unwrap_or(told.len());
    if position == told.len() {
        told.push((waits, T::default()));
    }
    &mut told[position].1
}

fn by_file(waits: impl IntoIterator<Item = Unjudged>) -> Vec<Vec<Unjudged>> {
    let mut files: BTreeMap<Text, Vec<Unjudged>> = BTreeMap::new();
    for one in waits {
        files.entry(one.file.clone()).or_default().push(one);
    }
    files.into_values().collect()
}

fn touches(past: &Past<'_>, at: usize, files: &BTreeSet<Text>) -> bool {
    let revision = &past.revisions[at];
    let changes = revision.changes.iter().chain(revision.from_each.iter().flatten());
    changes.into_iter().any(|change| files.contains(&change.path))
}

/// Follows what waits for a student through what a commit wrote, and adds to it.
fn follow(past: &Past<'_>, at: usize, to_judge: &[ToJudge<'_>], student: &Text, waits: &mut Vec<Unjudged>) {
    for record in past.written[at].iter().filter(|record| !past.comes_back(at, record)) {
        let own = to_judge.iter().find(|(of, _)| std::ptr::eq(*of, record));
        let mut own: Vec<&FieldChange> = own.into_iter().flat_map(|(_, changes)| changes).collect();
        let is_in = |one: &Unjudged| one.file == record.file || Some(&one.file) == record.was.as_ref();
        if record.change == Change::Removed && record.entries.is_empty() {
            // A copy beside the record, which stays.
            waits.retain(|one| !is_in(one));
        }
        if record.entries.iter().any(|one| one.detail.readability().is_some_and(|[_, is_readable]| is_readable)) {
            // What could not be read is told by what it says.
            waits.retain(|one| !is_in(one) || !one.change.is_unread());
        }
        for one in waits.iter_mut().filter(|one| is_in(one) && one.is_known_to(past, at)) {
            one.follow(at, record, &mut own);
        }
        if past.students_of(&record.file).contains(student) {
            let file = &record.file;
            let writers = past.writers(at, file);
            let new = |change: &FieldChange| {
                let revisions = if change.what == ChangeKind::Text { vec![at] } else { writers.clone() };
                Unjudged { file: file.clone(), change: change.clone(), revisions }
            };
            waits.extend(own.into_iter().map(new));
        }
    }
    waits.retain(|one| one.change.from != one.change.to);
}

impl Unjudged {
    /// Whether a commit follows those that wrote it.
    fn is_known_to(&self, past: &Past<'_>, at: usize) -> bool {
        self.revisions.iter().all(|made| follows(past, at, *made))
    }

    /// Follows what stands there through what a commit wrote in the record, and takes out of what is to be judged what
    /// is told by this.
    fn follow(&mut self, at: usize, record: &WrittenRecord, to_judge: &mut Vec<&FieldChange>) {
        self.file = record.file.clone();
        let FieldChange { what, at: key, from, to } = &self.change;
        let goes_on = |other: &FieldChange| match to {
            _ if other.what != *what => false,
            _ if *what == ChangeKind::Key => other.at == *key,
            Some(to) => other.from.as_ref() == Some(to),
            // It was struck out, and is put in again, as it was or otherwise.
            None => other.to.is_some() && (other.from == *from || other.to == *from),
        };
        let to = if let Some(position) = to_judge.iter().position(|other| goes_on(other)) {
            self.revisions.push(at);
            to_judge.remove(position)
        } else if let Some(written) = record.entries.iter().find(|written| goes_on(&written.detail)) {
            &written.detail
        } else {
            return;
        };
        (self.change.at, self.change.to) = (to.at.clone(), to.to.clone());
    }

    /// The same, with what the entry said at a key before put in place of what it says there now, and nothing else.
    fn with_key(&self, key: &str, earlier: &Map<String, Value>, now: &Value) -> Self {
        let mut table = now.as_object().cloned().unwrap_or_default();
        match earlier.get(key) {
            Some(value) => drop(table.insert(key.to_owned(), value.clone())),
            None => drop(table.remove(key)),
        }
        Self { change: FieldChange { from: Some(Value::Object(table)), ..self.change.clone() }, ..self.clone() }
    }
}

/// What is otherwise for a student by what waited, with those parts of it that can be judged; none where there are none.
/// What mended an error cannot be: there is nothing before it that could be judged. Of an entry that was mended the
/// other keys can.
fn judged(
    at: usize,
    student: &Text,
    waits: &[Unjudged],
    judge: &mut Judge<'_>,
) -> Option<(Vec<Unjudged>, Vec<Effect>)> {
    let students = BTreeSet::from([student.clone()]);
    let mut effects_of = |waits: &[Unjudged]| {
        let supposed: Vec<Supposed> = by_file(waits.iter().cloned())
            .into_iter()
            .map(|ones| {
                let path = ones[0].file.clone();
                let changes = ones.iter().rev().map(|one| &one.change);
                Supposed { record: without_alterations(&judge.record(at, &path), changes), path }
            })
            .collect();
        let judged = judge.effects(at, &students, &supposed);
        judged.unjudged.is_empty().then_some(judged.effects)
    };
    // Who can be judged, for them no record has an error any more.
    let is_said = |one: &&Unjudged| one.change.what != ChangeKind::Text && alters(&one.change);
    let all: Vec<Unjudged> = waits.iter().filter(is_said).cloned().collect();
    if let Some(effects) = effects_of(&all) {
        return Some((all, effects));
    }
    let (mut kept, mut effects): (Vec<Unjudged>, Vec<Effect>) = (Vec::new(), Vec::new());
    let mut can_keep = |kept: &mut Vec<Unjudged>, one: Unjudged| {
        kept.push(one);
        let judged = effects_of(kept);
        if judged.is_none() {
            kept.pop();
        }
        judged.map(|found| effects = found).is_some()
    };
    for one in all.iter().rev().filter(|one| !is_respelt(one, &all)) {
        if can_keep(&mut kept, one.clone()) {
            continue;
        }
        let (Some(Value::Object(from)), Some(to @ Value::Object(_))) = (&one.change.from, &one.change.to) else {
            continue;
        };
        let mut now = to.clone();
        for key in keys_otherwise(from, to) {
            let part = one.with_key(key, from, &now);
            let before = kept.iter().position(|other| other.file == one.file && other.change.to == one.change.to);
            let before = before.map(|position| kept.remove(position));
            if can_keep(&mut kept, part.clone()) {
                now = part.change.from.unwrap_or_default();
            } else {
                kept.extend(before);
            }
        }
    }
    (!kept.is_empty()).then_some((kept, effects))
}

/// Whether it is a key that is new in place of one that is gone, with the same value: its name was put right.
fn is_respelt(one: &Unjudged, all: &[Unjudged]) -> bool {
    let is_old = |other: &Unjudged| {
        other.file == one.file
            && other.change.what == one.change.what
            && other.change.to.is_none()
            && other.change.from == one.change.to
    };
    one.change.from.is_none() && all.iter().any(is_old)
}

/// The keys at which an entry says something else than before; none whose name was put right.
fn keys_otherwise<'e>(from: &'e Map<String, Value>, to: &'e Value) -> Vec<&'e String> {
    let Value::Object(to) = to else { return Vec::new() };
    let gone = || from.iter().filter(|(key, _)| !to.contains_key(*key));
    let new = || to.iter().filter(|(key, _)| !from.contains_key(*key));
    let is_old = |(_, value): &(&String, &Value)| new().any(|(_, other)| other == *value);
    let is_new = |(_, value): &(&String, &Value)| gone().any(|(_, other)| other == *value);
    let altered = from.iter().filter(|(key, value)| to.get(*key).is_some_and(|is| is != *value));
    let otherwise = altered.chain(gone().filter(|one| !is_old(one))).chain(new().filter(|one| !is_new(one)));
    otherwise.map(|(key, _)| key).filter(|key| is_judged(key)).collect()
}

fn what(waits: &[Unjudged]) -> String {
    few(waits.iter().map(|one| in_words(&one.change)), TOLD, "; ")
}

/// `while ann could not be judged, from the commit 1a2b3c4d5e6f of 3 March 2026 on`.
fn meanwhile(past: &Past<'_>, waits: &[Unjudged], students: &BTreeSet<&Text>, judge: &mut Judge<'_>) -> String {
    let who = few(students, TOLD, ", ");
    let first = waits.iter().flat_map(|one| &one.revisions).min().copied();
    let since = first.and_then(|first| students.iter().filter_map(|student| since(past, first, student, judge)).min());
    let since = since.map(|at| &past.revisions[at]);
    let since = since.map(|revision| {
        let day = revision.day().map(|day| format!(" of {day}")).unwrap_or_default();
        format!(", from the commit {}{day} on", revision.short())
    });
    format!("while {who} could not be judged{}", since.unwrap_or_default())
}

/// The first of the commits up to one after which a student, by whatever id, could not be judged.
fn since(past: &Past<'_>, first: usize, student: &Text, judge: &mut Judge<'_>) -> Option<usize> {
    let parent = |at: usize| past.revisions[at].parents.first().copied();
    let (files, ids) = (judge.files_of(student), past.concerns.ids_of(student));
    let mut could_judge = |at: usize| ids.iter().any(|id| judge.can_judge(at, id));
    let mut since = None;
    let mut next = if could_judge(first) { parent(first) } else { Some(first) };
    while let Some(at) = next {
        if touches(past, at, &files) {
            since = Some(at);
            if parent(at).is_some_and(&mut could_judge) {
                break;
            }
        }
        next = parent(at);
    }
    since
}

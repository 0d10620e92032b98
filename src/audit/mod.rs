//! Irregularities in a folder's past: what an auditor would ask about.
//!
//! Everything here looks at what was written in which commit, and is pure. What a commit altered is judged: how students
//! stood after it, and how they would have stood without. Whether a decision was ready is put to [`unready`] with the
//! folder as it stood in the commit.

mod attested;
mod broken;
mod bursts;
mod commits;
mod contradicting;
mod copies;
mod dates;
mod days;
mod decisions;
mod documents;
mod entry;
mod evidence;
mod favour;
mod habits;
mod identity;
mod judged;
mod lost;
mod meetings;
mod minutes;
mod name;
mod own_favour;
mod participants;
mod people;
mod permitted;
mod redated;
mod renamed;
mod reports;
mod restated;
mod returned;
mod rules;
mod slips;
mod states;
mod steps;
mod strangers;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the texts of a test are written in it")]
mod tests;
mod twins;
mod undone;
mod waiting;

pub use decisions::{RecordedDecision, left_open, sentence, unready};
pub use judged::{Effect, EffectOn, Standing};
pub use name::IrregularityName;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use crate::calendar::Day;
use crate::diff::FieldChange;
use crate::history::{Concerns, ReadableTexts, Reader, Revision, Step, Texts, WrittenRecord};
use crate::records::Audit;
use crate::text::{Text, few};
use copies::Copies;
use habits::Habits;
use judged::{Judge, Supposed};
use restated::Restated;
use returned::Returned;

/// So many days later something may be recorded, where the folder does not say otherwise.
pub const LATE_DAYS: u32 = 28;

/// From how many days on something was recorded late.
#[derive(Clone, Copy, Debug)]
pub struct Lateness {
    /// So many days later something may be recorded.
    pub days: u32,
    /// Whether that holds for every log, whatever its own habit is.
    pub is_fixed: bool,
}

/// Something to ask about.
#[derive(Clone, Debug)]
pub struct Irregularity {
    /// What kind it is.
    pub name: IrregularityName,
    /// The record that it is about; none where it is about commits.
    pub file: Option<Text>,
    /// The students whose cases have rested on the record, in order.
    pub students: BTreeSet<Text>,
    /// What there is to ask about, as a sentence without its full stop.
    pub message: String,
    /// The commits, as positions among the revisions, the one in which it happened last.
    pub revisions: Vec<usize>,
    /// The day on which it came to be something to ask about, where that was after the commits.
    pub arose: Option<Day>,
    /// What was written: what stood there, and what stands there now.
    pub changes: Vec<FieldChange>,
    /// What became otherwise by that, as of the day of the commit.
    pub effects: Vec<Effect>,
    /// The decisions in a student's favour that rest on it, in the order in which they were recorded.
    pub decisions: Vec<RecordedDecision>,
}

impl Irregularity {
    /// One that is about commits, with nothing beside it yet.
    pub fn new(name: IrregularityName, message: String, revisions: Vec<usize>) -> Self {
        Self {
            name,
            file: None,
            students: BTreeSet::new(),
            message,
            revisions,
            arose: None,
            changes: Vec::new(),
            effects: Vec::new(),
            decisions: Vec::new(),
        }
    }

    /// The same, with what was written.
    fn with_changes<'c>(mut self, changes: impl IntoIterator<Item = &'c FieldChange>) -> Self {
        self.changes.extend(changes.into_iter().cloned());
        self
    }
}

/// A folder's past, with what was written in every commit.
#[derive(Debug)]
pub struct Past<'p> {
    revisions: &'p [Revision],
    /// The days on which the commits can have been made.
    days: Vec<Option<Day>>,
    texts: &'p Texts,
    concerns: &'p Concerns,
    written: Vec<Vec<WrittenRecord>>,
    students: BTreeMap<Text, BTreeSet<Text>>,
    decisions: Vec<RecordedDecision>,
    restated: Vec<Restated>,
    returned: Returned,
    copies: Copies,
    read: ReadableTexts<'p>,
    /// The sessions of the logs from which a commit took some out, as it left them.
    sessions_left: BTreeMap<(usize, Text), Vec<Value>>,
}

impl<'p> Past<'p> {
    /// Reads what was written in every commit.
    pub fn new(revisions: &'p [Revision], texts: &'p Texts, concerns: &'p Concerns) -> Self {
        let mut reader = Reader::new(texts);
        let mut written: Vec<_> = revisions.iter().map(|revision| reader.read(Step::of(revision))).collect();
        let read = reader.into_texts();
        let (copies, new_ids) = Copies::join(revisions, &read, &mut written);
        renamed::take_out(&mut written, &new_ids);
        for records in &mut written {
            redated::join(records);
        }
        twins::join(revisions, &read, &mut written);
        let returned = Returned::join(revisions, &read, &mut written);
        let students = concerns.students_by_file();
        let days = days::of_commits(revisions);
        let decided = decisions::recorded(&written);
        let restated = restated::of(revisions, &days, &written);
        slips::take_out(revisions, &days, &mut written, &|file, commits| {
            let of_file = students.get(file);
            let is_of_file = |one: &RecordedDecision| of_file.is_some_and(|students| students.contains(&one.student));
            decided.iter().any(|one| commits.contains(&one.revision) && is_of_file(one))
        });
        let decisions = decisions::recorded(&written);
        let mut sessions_left = BTreeMap::new();
        for (at, (revision, records)) in revisions.iter().zip(&written).enumerate() {
            let left = |record: &WrittenRecord| {
                Some(((at, record.file.clone()), lost::sessions_left(record, revision, &read)?))
            };
            sessions_left.extend(records.iter().filter_map(left));
        }
        Self {
            revisions,
            days,
            texts,
            concerns,
            written,
            students,
            decisions,
            restated,
            returned,
            copies,
            read,
            sessions_left,
        }
    }

    /// The decisions in a student's favour, in the order in which they were recorded. Each is to be asked about with
    /// [`unready`].
    pub fn decisions(&self) -> &[RecordedDecision] {
        &self.decisions
    }

    /// Every irregularity, in the order of names and then of commits.
    pub fn irregularities(&self, rules: &Audit, late: Lateness) -> Vec<Irregularity> {
        let late_days = i64::from(late.days);
        let habits = Habits::of(self, late);
        let mut judge = Judge::new(self);
        let mut found = Vec::new();
        favour::find(self, &mut judge, &habits, &mut found);
        permitted::find(self, &mut judge, &mut found);
        participants::find(self, &mut judge, &habits, &mut found);
        own_favour::find(self, rules, &mut found);
        strangers::find(self, rules, &mut found);
        meetings::find(self, &mut found);
        bursts::find(self, &habits, &mut found);
        evidence::find(self, &mut found);
        documents::find(self, &mut found);
        minutes::find(self, &mut judge, late_days, &mut found);
        reports::find(self, &mut found);
        identity::find(self, &mut found);
        contradicting::find(self, &mut judge, &mut found);
        restated::find(self, &mut found);
        dates::find(self, &habits, &mut found);
        lost::find(self, &mut found);
        attested::find(self, &mut found);
        commits::find(self, rules, late_days, &mut found);
        people::find(self, rules, &mut found);
        rules::find(self, late_days, &mut found);
        sort(&mut found);
        for one in &mut found {
            self.complete(one, &mut judge);
        }
        found
    }

    /// Says what rests on what was written, and what became otherwise by it.
    fn complete(&self, one: &mut Irregularity, judge: &mut Judge<'_>) {
        let (Some(file), Some(at)) = (&one.file, one.revisions.last()) else { return };
        if one.changes.is_empty() {
            return;
        }
        if one.effects.is_empty() {
            let record = undone::without(&judge.record(*at, file), &one.changes);
            let supposed = Supposed { path: file.clone(), record };
            one.effects = judge.effects(*at, &one.students, &[supposed]).effects;
        }
        one.decisions = evidence::resting_on(self, file, &one.students, &one.changes);
    }

    /// A decision that was not ready, as an irregularity.
    pub fn not_ready(&self, decision: &RecordedDecision, message: String) -> Irregularity {
        Irregularity {
            students: BTreeSet::from([decision.student.clone()]),
            file: Some(decision.file.clone()),
            decisions: vec![decision.clone()],
            ..Irregularity::new(IrregularityName::DecisionUnready, message, vec![decision.revision])
        }
    }

    /// For each commit the path that a record had in it, where it lies at a path now.
    pub fn paths_of(&self, file: &Text) -> Vec<Text> {
        let mut path = file;
        let mut paths: Vec<Text> = Vec::with_capacity(self.written.len());
        for records in self.written.iter().rev() {
            paths.push(path.clone());
            let record = records.iter().find(|record| record.file == *path);
            path = record.and_then(|record| record.was.as_ref()).unwrap_or(path);
        }
        paths.reverse();
        paths
    }

    /// The commits that can have written what a commit made readable in a record, with that commit.
    pub fn writers(&self, at: usize, file: &Text) -> Vec<usize> {
        let record = self.written.get(at).into_iter().flatten().find(|record| record.file == *file);
        let meanwhile = record.map(|record| broken::while_broken(self, at, record)).unwrap_or_default();
        if meanwhile.is_empty() { vec![at] } else { meanwhile }
    }

    /// A text of a record by its id, as far as it can be read.
    pub fn text(&self, file: &Text, id: &str) -> Option<Arc<String>> {
        self.read.source(file, id)?.content.ok()
    }

    /// The commits of which it is known what they added.
    fn known(&self) -> impl Iterator<Item = usize> + use<'p> {
        let revisions = self.revisions;
        (0..revisions.len()).filter(move |at| !revisions[*at].is_cut_off)
    }

    /// The commits of which it is known what they added, with what they wrote.
    fn records(&self) -> impl Iterator<Item = (usize, &Revision, &WrittenRecord)> {
        let known = self.revisions.iter().zip(&self.written).enumerate();
        known
            .filter(|(_, (revision, _))| !revision.is_cut_off)
            .flat_map(|(at, (revision, records))| records.iter().map(move |record| (at, revision, record)))
    }

    /// The day on which a commit was made, whatever it says.
    fn day(&self, at: usize) -> Option<Day> {
        self.days.get(at).copied().flatten()
    }

    fn students_of(&self, file: &Text) -> BTreeSet<Text> {
        self.students.get(file).cloned().unwrap_or_default()
    }

    fn of_record(&self, name: IrregularityName, at: usize, record: &WrittenRecord, message: String) -> Irregularity {
        let file = Some(record.file.clone());
        let students = self.students_of(&record.file);
        let meanwhile = broken::while_broken(self, at, record);
        if !meanwhile.is_empty() {
            let message = format!("{}: {message}", broken::in_one_of(self, &meanwhile));
            return Irregularity { file, students, ..Irregularity::new(name, message, meanwhile) };
        }
        if let Some(copied) = self.copies.made(at, &record.file) {
            let message = format!("the record was copied, and the old one is gone: {message}");
            return Irregularity { file, students, ..Irregularity::new(name, message, vec![copied, at]) };
        }
        match self.returned.taken_away(at, &record.file) {
            Some(away) => {
                let message = format!("the record was taken away, and put back otherwise: {message}");
                Irregularity { file, students, ..Irregularity::new(name, message, vec![away, at]) }
            }
            None => Irregularity { file, students, ..Irregularity::new(name, message, vec![at]) },
        }
    }
}

/// Puts irregularities in the order of names and then of commits.
pub fn sort(found: &mut [Irregularity]) {
    found.sort_by(|one, other| {
        let key = |it: &Irregularity| (it.name, it.revisions.last().copied());
        key(one).cmp(&key(other)).then_with(|| one.file.cmp(&other.file))
    });
}

/// So many alterations of one record, or days, are told.
const TOLD: usize = 4;

/// Days in words; of more than are told, the first and the last, so that none of them is left out unseen.
fn listed(days: &BTreeSet<Day>) -> String {
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if days.len() > TOLD => format!("{} days from {first} to {last}", days.len()),
        _ => few(days, TOLD, ", "),
    }
}

//! Irregularities in a folder's past: what an auditor would ask about.
//!
//! Everything here looks at what was written in which commit, and is pure. The one question that needs a judgement,
//! whether a decision was ready, is put to [`unready`] with the folder as it stood in the commit.

mod commits;
mod dates;
mod decisions;
mod evidence;
mod lost;
mod name;
mod people;
mod redated;
mod renamed;
mod reports;
mod rules;

pub use decisions::{RecordedDecision, unready};
pub use name::IrregularityName;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::calendar::Day;
use crate::history::{Concerns, Reader, Revision, Step, Texts, WrittenRecord};
use crate::records::Audit;
use crate::text::{Text, few};

/// So many days later something may be recorded, where the folder does not say otherwise.
pub const LATE_DAYS: u32 = 28;

/// Something to ask about.
#[derive(Clone, Debug, PartialEq, Eq)]
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
}

/// A folder's past, with what was written in every commit.
#[derive(Debug)]
pub struct Past<'p> {
    revisions: &'p [Revision],
    concerns: &'p Concerns,
    written: Vec<Vec<WrittenRecord>>,
    students: BTreeMap<Text, BTreeSet<Text>>,
    decisions: Vec<RecordedDecision>,
    /// The sessions of the logs from which a commit took some out, as it left them.
    sessions_left: BTreeMap<(usize, Text), Vec<Value>>,
}

impl<'p> Past<'p> {
    /// Reads what was written in every commit.
    pub fn new(revisions: &'p [Revision], texts: &'p Texts, concerns: &'p Concerns) -> Self {
        let mut reader = Reader::new(texts);
        let read = |revision| {
            let mut records = reader.read(Step::of(revision));
            renamed::take_out(&mut records);
            redated::join(&mut records);
            records
        };
        let written: Vec<_> = revisions.iter().map(read).collect();
        let decisions = decisions::recorded(&written);
        let mut sessions_left = BTreeMap::new();
        for (at, (revision, records)) in revisions.iter().zip(&written).enumerate() {
            let left = |record: &WrittenRecord| {
                Some(((at, record.file.clone()), lost::sessions_left(record, revision, texts)?))
            };
            sessions_left.extend(records.iter().filter_map(left));
        }
        Self { revisions, concerns, written, students: concerns.students_by_file(), decisions, sessions_left }
    }

    /// The decisions in a student's favour, in the order in which they were recorded. Each is to be asked about with
    /// [`unready`].
    pub fn decisions(&self) -> &[RecordedDecision] {
        &self.decisions
    }

    /// Every irregularity that can be seen without a judgement, in the order of names and then of commits. `late_days`
    /// is how many days later something may be recorded.
    pub fn irregularities(&self, rules: &Audit, late_days: u32) -> Vec<Irregularity> {
        let mut found = Vec::new();
        evidence::find(self, &mut found);
        reports::find(self, &mut found);
        dates::find(self, i64::from(late_days), &mut found);
        lost::find(self, &mut found);
        commits::find(self, rules, i64::from(late_days), &mut found);
        people::find(self, rules, &mut found);
        rules::find(self, i64::from(late_days), &mut found);
        sort(&mut found);
        found
    }

    /// A decision that was not ready, as an irregularity.
    pub fn not_ready(&self, decision: &RecordedDecision, message: String) -> Irregularity {
        Irregularity {
            name: IrregularityName::DecisionUnready,
            students: BTreeSet::from([decision.student.clone()]),
            message,
            file: Some(decision.file.clone()),
            revisions: vec![decision.revision],
            arose: None,
        }
    }

    /// The commits of which it is known what they added, with what they wrote.
    fn records(&self) -> impl Iterator<Item = (usize, &Revision, &WrittenRecord)> {
        let known = self.revisions.iter().zip(&self.written).enumerate();
        known
            .filter(|(_, (revision, _))| !revision.is_cut_off)
            .flat_map(|(at, (revision, records))| records.iter().map(move |record| (at, revision, record)))
    }

    fn students_of(&self, file: &Text) -> BTreeSet<Text> {
        self.students.get(file).cloned().unwrap_or_default()
    }

    fn of_record(&self, name: IrregularityName, at: usize, record: &WrittenRecord, message: String) -> Irregularity {
        Irregularity {
            name,
            file: Some(record.file.clone()),
            students: self.students_of(&record.file),
            message,
            revisions: vec![at],
            arose: None,
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

/// Days in words, not too many of them.
fn listed(days: &BTreeSet<Day>) -> String {
    few(days, TOLD, ", ")
}

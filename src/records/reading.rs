//! From a text to a record, with all that is wrong in it.

use serde::Deserialize;

use super::consistency::{of_gwp, of_student, reversed_periods};
use super::faults::{faults, impossible_dates};
use super::shape::{Faulty, Shape, fill, prune};
use super::student::MOST_ARRANGEMENTS;
use super::supervisor::MOST_REGISTRATIONS;
use super::{
    CommitteeMeeting, Course, Found, GroupLog, Gwp, Record, RecordKind, SessionLog, Student, SupervisionLog, Supervisor,
};
use crate::problems::ProblemName;
use crate::text::{Node, Notation, Parsed, Readable, Reader, Spans, Spot, Text};

/// What came of a text.
#[derive(Clone, Debug)]
pub struct Reading<T> {
    /// The record. Where something is wrong it is what is right of it: without what is at fault, and with
    /// lists that end before it; none where that is no record.
    pub record: Option<T>,
    /// Everything that is wrong, in the order of the text.
    pub problems: Vec<Found>,
    /// The texts `name` and `course` at the top of a text that gave no record.
    pub glimpse: (Option<Text>, Option<Text>),
}

impl Record for Gwp {
    const KIND: RecordKind = RecordKind::Gwp;

    fn of_tree<'de>(tree: impl Readable<'de>) -> Option<Self> {
        Self::deserialize(Reader(tree)).ok()
    }

    fn contradictions(&self) -> Vec<Found> {
        of_gwp(self)
    }
}

impl Record for Course {
    const KIND: RecordKind = RecordKind::Course;

    fn of_tree<'de>(tree: impl Readable<'de>) -> Option<Self> {
        Self::deserialize(Reader(tree)).ok()
    }

    fn is_within_bounds(&self) -> bool {
        !self.terms.is_empty()
    }

    fn contradictions(&self) -> Vec<Found> {
        reversed_periods(self)
    }
}

impl Record for Student {
    const KIND: RecordKind = RecordKind::Student;

    fn of_tree<'de>(tree: impl Readable<'de>) -> Option<Self> {
        Self::deserialize(Reader(tree)).ok()
    }

    fn is_within_bounds(&self) -> bool {
        self.arrangement.len().max(self.wrg.len()) <= MOST_ARRANGEMENTS
            && self.ruling.iter().all(|ruling| ruling.of.as_ref().is_none_or(|of| !of.is_empty()))
            && self.arrangement.iter().all(|one| {
                let responsibility = one.clinical_responsibility.as_ref();
                responsibility.is_none_or(|said| said.holder.is_some() != said.not_needed.is_some())
            })
    }

    fn contradictions(&self) -> Vec<Found> {
        of_student(self)
    }
}

impl Record for Supervisor {
    const KIND: RecordKind = RecordKind::Supervisor;

    fn is_within_bounds(&self) -> bool {
        self.registrations.len() <= MOST_REGISTRATIONS
    }

    fn of_tree<'de>(tree: impl Readable<'de>) -> Option<Self> {
        Self::deserialize(Reader(tree)).ok()
    }

    fn contradictions(&self) -> Vec<Found> {
        reversed_periods(self)
    }
}

impl Record for SessionLog {
    const KIND: RecordKind = RecordKind::Session;

    fn of_tree<'de>(tree: impl Readable<'de>) -> Option<Self> {
        if tree.text_at("kind") == Some("supervision") {
            SupervisionLog::deserialize(Reader(tree)).ok().map(Self::Supervision)
        } else {
            GroupLog::deserialize(Reader(tree)).ok().map(Self::Group)
        }
    }

    fn shape(&self) -> &'static Shape {
        Shape::of_kind(Self::KIND, self.kind())
    }

    fn is_within_bounds(&self) -> bool {
        let periods = self.supervisee_periods();
        periods.iter().all(|period| period.from.is_some() || period.until.is_some())
            && self.entries().all(|entry| {
                let is_contrary = entry.is_planned() && entry.cancelled().is_some();
                !is_contrary
                    && match entry.minutes() {
                        Some(minutes) => (1..=1440).contains(&minutes),
                        None => entry.cancelled().is_some(),
                    }
            })
    }

    fn contradictions(&self) -> Vec<Found> {
        reversed_periods(self)
    }
}

impl Record for CommitteeMeeting {
    const KIND: RecordKind = RecordKind::Meeting;

    fn of_tree<'de>(tree: impl Readable<'de>) -> Option<Self> {
        Self::deserialize(Reader(tree)).ok()
    }

    fn contradictions(&self) -> Vec<Found> {
        Vec::new()
    }
}

/// Reads a text as a record. The text is walked for faults only where the type does not take it as it is.
pub fn read<T: Record>(notation: Notation, text: &str) -> Reading<T> {
    if let Some(record) = read_plainly::<T>(notation, text) {
        let problems = record.contradictions();
        return Reading { record: Some(record), problems, glimpse: (None, None) };
    }
    let parsed = Parsed::of(notation, text);
    if parsed.is_sound()
        && Shape::of_record(T::KIND, &parsed.root).has_room_for(&parsed.root)
        && let Some(record) = T::of_tree(&parsed.root).filter(T::is_within_bounds)
    {
        let problems = record.contradictions();
        return Reading { record: Some(record), problems, glimpse: (None, None) };
    }
    read_what_is_right(notation, text, parsed)
}

/// The record of a text in TOML that is written plainly, as most are. None says nothing about the text. Without it a
/// check of 10,000 students takes a quarter longer.
pub(super) fn read_plainly<T: Record>(notation: Notation, text: &str) -> Option<T> {
    if notation != Notation::Toml {
        return None;
    }
    T::of_tree(Spans::of(text)?.root()).filter(T::is_within_bounds)
}

/// Reads a text with something wrong in it: finds all of that, and the record without it.
fn read_what_is_right<T: Record>(notation: Notation, text: &str, parsed: Parsed<'_>) -> Reading<T> {
    let Parsed { root, faults: of_notation, whole, impossible_dates: dates } = parsed;
    let of_record = if whole { faults(T::KIND, notation, text, &root) } else { impossible_dates(text, &dates) };
    let of_notation = of_notation.into_iter().map(|fault| Found::of(ProblemName::Syntax, fault));
    let mut problems: Vec<Found> =
        of_notation.chain(of_record.into_iter().map(|fault| Found::of(ProblemName::Schema, fault))).collect();

    let shape = Shape::of_record(T::KIND, &root);
    let mut loose = root.clone();
    prune(&mut loose, shape, Faulty::LeftOut);
    fill(&mut loose, shape);
    if let Some(record) = T::of_tree(&loose) {
        // Positions in the lists have moved, so each place is looked up in the tree that the record is of.
        problems.extend(record.contradictions().into_iter().map(|found| match &found.spot {
            Spot::Value(path) => {
                let span = loose.follow(path).map_or(0..0, |(_, value)| value.span.clone());
                Found { spot: Spot::Bytes(span), ..found }
            }
            _ => found,
        }));
    }
    let text_of = |key| root.get(key).and_then(Node::text).map(Text::new);
    let glimpse = (text_of("name"), text_of("course"));
    let mut steady = root;
    let record = if prune(&mut steady, shape, Faulty::EndsList) { T::of_tree(&steady) } else { None };
    problems.sort_by_key(|found| match &found.spot {
        Spot::Bytes(span) => span.start,
        _ => 0,
    });
    Reading { record, problems, glimpse }
}

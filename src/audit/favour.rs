//! Alterations after which something is met, or counts, that was not so before.

use std::collections::BTreeSet;
use std::ops::Range;

use super::evidence::resting_on;
use super::habits::Habits;
use super::judged::{Effect, Judge, Supposed, effects_in_words};
use super::returned::last_text;
use super::steps::Steps;
use super::undone::{Alteration, TakenBack, alterations, without_alterations};
use super::waiting::{ToJudge, Waiting};
use super::{Irregularity, IrregularityName, Past, TOLD};
use crate::diff::{Change, ChangeKind, FieldChange, in_words, value_of};
use crate::history::WrittenRecord;
use crate::records::RecordKind;
use crate::text::{Text, few};

/// Finds the alterations by which a query, an action or a failure went away without a ruling, or something came to
/// count. What was only added is left as it is, so that a ruling in the same commit has done what it does.
pub(super) fn find(past: &Past<'_>, judge: &mut Judge<'_>, habits: &Habits, found: &mut Vec<Irregularity>) {
    let (mut taken_back, mut steps) = (TakenBack::default(), Steps::default());
    let mut waiting = Waiting::of(past, IrregularityName::AlteredInFavour);
    for at in past.known() {
        let altered: Vec<Altered<'_>> = past.written[at]
            .iter()
            .filter(|record| record.kind.is_some() && record.change != Change::Added)
            .filter(|record| !past.came_back_whole(at, record))
            .filter_map(|record| Altered::of(past, at, habits, (record, &mut taken_back, &mut steps)))
            .collect();
        let before = found.len();
        let unjudged = tell(past, at, &altered, &waiting, judge, found);
        // What is no better than at first can be better than just before.
        let is_told =
            |one: &Altered<'_>| found[before..].iter().any(|told| told.file.as_ref() == Some(&one.record.file));
        let untold = altered.iter().filter(|one| !one.earlier.is_empty() && !is_told(one));
        let last_steps: Vec<Altered<'_>> = untold.map(Altered::last_step).collect();
        tell(past, at, &last_steps, &waiting, judge, found);
        for one in &found[before..] {
            one.file.iter().for_each(|file| steps.told(file, &one.changes));
        }
        let to_judge: Vec<ToJudge<'_>> = altered
            .iter()
            .map(|one| (one.record, one.alterations.iter().map(|one| one.change.clone()).collect()))
            .collect();
        waiting.go_on(at, &to_judge, &unjudged, judge, found);
    }
    waiting.tell(judge, found);
}

/// Tells what a commit altered in favour of students for whom nothing waits, and gives those who cannot be judged.
fn tell(
    past: &Past<'_>,
    at: usize,
    altered: &[Altered<'_>],
    waiting: &Waiting<'_>,
    judge: &mut Judge<'_>,
    found: &mut Vec<Irregularity>,
) -> BTreeSet<Text> {
    let students = |one: &Altered<'_>| {
        let mut students = past.students_of(&one.record.file);
        students.retain(|student| !waiting.is_for(student));
        students
    };
    let all: BTreeSet<Text> = altered.iter().flat_map(students).collect();
    if all.is_empty() {
        return all;
    }
    let supposed: Vec<Supposed> = altered.iter().map(|one| one.supposed(past, at, judge)).collect();
    let judged = judge.effects(at, &all, &supposed);
    // The order of entries says nothing by itself: whatever is met by it alone is in favour.
    let by_order = altered.iter().any(Altered::is_of_order);
    let favourable = |effects: Vec<Effect>| {
        let is_it = |one: &Effect| one.what.is_favourable() || by_order && one.what.is_met_now();
        effects.into_iter().filter(is_it).collect::<Vec<_>>()
    };
    let together = favourable(judged.effects);
    if together.is_empty() {
        return judged.unjudged;
    }
    let mut is_told = false;
    for one in altered {
        let effects = if altered.len() == 1 {
            together.clone()
        } else {
            let supposed = one.supposed(past, at, judge);
            favourable(judge.effects(at, &students(one), &[supposed]).effects)
        };
        if !effects.is_empty() {
            found.push(one.irregularity(past, at, effects));
            is_told = true;
        }
    }
    // What only several records do together is told of each of them.
    if !is_told {
        found.extend(altered.iter().map(|one| one.irregularity(past, at, together.clone())));
    }
    judged.unjudged
}

/// What a commit altered in a record.
struct Altered<'r> {
    record: &'r WrittenRecord,
    alterations: Vec<Alteration<'r>>,
    /// The alterations, each from what stood there first, and the commits that had altered it before.
    changes: Vec<FieldChange>,
    earlier: BTreeSet<usize>,
}

impl<'r> Altered<'r> {
    fn of(
        past: &Past<'_>,
        at: usize,
        habits: &Habits,
        (record, taken_back, steps): (&'r WrittenRecord, &mut TakenBack, &mut Steps),
    ) -> Option<Self> {
        let details: Vec<&FieldChange> = record.entries.iter().map(|written| &written.detail).collect();
        let mut alterations = alterations(&details);
        let by_way_of_another = taken_back.alterations(&record.file, &details, &alterations);
        alterations.extend(by_way_of_another);
        taken_back.keep(&record.file, &details);
        alterations.retain(|one| !is_slip(past, at, habits, record, &one.change));
        let joined = alterations.iter().map(|one| steps.joined(at, &record.file, one.change.clone()));
        let (changes, earlier): (Vec<_>, Vec<_>) = joined.unzip();
        let earlier = earlier.into_iter().flatten().collect();
        (!alterations.is_empty()).then_some(Self { record, alterations, changes, earlier })
    }

    /// What this commit altered, from what stood there just before.
    fn last_step(&self) -> Self {
        let changes = self.alterations.iter().map(|one| one.change.clone()).collect();
        Self { record: self.record, alterations: self.alterations.clone(), changes, earlier: BTreeSet::new() }
    }

    fn is_of_order(&self) -> bool {
        self.changes.iter().any(|change| change.what == ChangeKind::Order)
    }

    fn supposed(&self, past: &Past<'_>, at: usize, judge: &mut Judge<'_>) -> Supposed {
        // What is gone is there as a whole, with what nobody judges.
        let gone =
            (self.record.change == Change::Removed).then(|| last_text(&past.revisions[at], self.record, &past.read));
        let gone = gone.flatten().as_ref().and_then(value_of);
        let record = gone.unwrap_or_else(|| without_alterations(&judge.record(at, &self.record.file), &self.changes));
        Supposed { path: self.record.file.clone(), record }
    }

    fn irregularity(&self, past: &Past<'_>, at: usize, effects: Vec<Effect>) -> Irregularity {
        let what = few(self.changes.iter().map(in_words), TOLD, "; ");
        let message = format!("{what}; so {}", effects_in_words(&effects));
        let mut one = past.of_record(IrregularityName::AlteredInFavour, at, self.record, message);
        one.revisions.splice(..0, self.earlier.iter().copied());
        Irregularity { effects, ..one.with_changes(&self.changes) }
    }
}

/// Whether somebody mends what they themselves had just written: on the same day, or in a log as soon as it is usually
/// written up. What stood there for so short a time only was a slip, where nobody decided about it meanwhile.
fn is_slip(past: &Past<'_>, at: usize, habits: &Habits, record: &WrittenRecord, change: &FieldChange) -> bool {
    let revision = &past.revisions[at];
    let was = record.was.as_ref().unwrap_or(&record.file);
    let days = if record.kind == Some(RecordKind::Session) { habits.mends(was) } else { 0 };
    let between = |other: usize| Some(past.day(other)?.days_to(past.day(at)?));
    let earlier = past.revisions[..at].iter().enumerate().rev();
    let near = earlier.take_while(|(other, _)| between(*other).is_some_and(|between| between <= days));
    let by_same = near.filter(|(position, other)| {
        between(*position) >= Some(0) && !other.is_cut_off && other.author.email == revision.author.email
    });
    let wrote_it = |position: usize| {
        let records = past.written[position].iter().filter(|other| other.file == *was);
        records.flat_map(|other| &other.entries).any(|written| {
            let detail = &written.detail;
            detail.from.is_none() && detail.what == change.what && detail.to.is_some() && detail.to == change.from
        })
    };
    let written = by_same.map(|(position, _)| position).find(|position| wrote_it(*position));
    written.is_some_and(|position| !is_decided_on(past, record, change, position..at))
}

/// Whether somebody decided on what was altered while it stood there: in one of the commits, or on a day of theirs.
fn is_decided_on(past: &Past<'_>, record: &WrittenRecord, change: &FieldChange, stood: Range<usize>) -> bool {
    let students = past.students_of(&record.file);
    let resting = resting_on(past, &record.file, &students, std::slice::from_ref(change));
    let (first, last) = (past.day(stood.start), past.day(stood.end));
    resting.iter().any(|one| {
        let date = Some(one.decision.date);
        stood.contains(&one.revision) || first != last && first <= date && date <= last
    })
}

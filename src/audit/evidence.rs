//! What was altered or struck out after a decision rested on it.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use serde_json::Value;

use super::decisions::{favourable_decision, sentence};
use super::undone::{is_new_and_alters, is_of_judged};
use super::{Irregularity, IrregularityName, Past, RecordedDecision, TOLD};
use crate::calendar::Day;
use crate::case::kind_of;
use crate::diff::{Change, ChangeKind, FieldChange, in_words};
use crate::history::{Written, WrittenRecord};
use crate::records::{Decision, Matter, RecordKind, is_judged as is_judged_key};
use crate::text::{Text, few};

/// Finds evidence that was altered or struck out after a decision, or after its day and before it was recorded.
pub(super) fn find(past: &Past<'_>, found: &mut Vec<Irregularity>) {
    let known = known_to(past);
    let mut decisions: HashMap<&Text, Vec<usize>> = HashMap::new();
    for (position, decision) in past.decisions().iter().enumerate() {
        decisions.entry(&decision.student).or_default().push(position);
    }
    // What was put back as it was is there, and nobody decided without it.
    for (at, revision, record) in past.records().filter(|(at, _, record)| !past.came_back_whole(*at, record)) {
        let ids: BTreeSet<Text> =
            past.students_of(&record.file).iter().flat_map(|student| past.concerns.ids_of(student)).collect();
        // The decisions about those whom the record is about that did not know of it: those recorded before, which come
        // last, and those that had been made when it was done.
        let about: Vec<usize> = ids.iter().filter_map(|id| decisions.get(id)).flatten().copied().collect();
        let (aware, unaware): (Vec<usize>, Vec<usize>) =
            about.into_iter().partition(|position| known[at].has(*position));
        let aware = aware.iter().filter_map(|position| past.decisions().get(*position));
        let was_made = |one: &&RecordedDecision| revision.day().is_some_and(|day| day > one.decision.date);
        let unaware = unaware.iter().filter_map(|position| past.decisions().get(*position));
        let decisions: Vec<&RecordedDecision> = aware.filter(was_made).chain(unaware).collect();
        for name in [IrregularityName::EvidenceAltered, IrregularityName::EvidenceRemoved] {
            let is_struck_out = name == IrregularityName::EvidenceRemoved;
            let entries = record.entries.iter().filter(|written| written.detail.to.is_none() == is_struck_out);
            let relied: Vec<(&Written, &RecordedDecision)> =
                entries.filter_map(|written| Some((written, relied_on(written, at, record, &decisions)?))).collect();
            let Some((_, decision)) = relied.iter().max_by_key(|(_, one)| one.decision.date) else { continue };
            let what = few(relied.iter().map(|(written, _)| in_words(&written.detail)), TOLD, "; ");
            let is_itself = |(written, _): &(&Written, &RecordedDecision)| is_of(&written.detail, decision);
            let when = if decision.revision != at && relied.iter().all(is_itself) {
                "and the decision itself was altered"
            } else if decision.revision == at {
                "in the commit that recorded it"
            } else if follows(past, at, decision.revision) {
                "after that"
            } else if follows(past, decision.revision, at) {
                "after that day and before it was recorded"
            } else {
                "on another branch, which did not know of it"
            };
            // Where the record is about several, whose decision it was.
            let of = (past.students_of(&record.file).len() > 1).then_some(&decision.student);
            let message = format!("{}; {when}: {}", sentence(&decision.decision, of), what);
            let mut one =
                past.of_record(name, at, record, message).with_changes(relied.iter().map(|(one, _)| &one.detail));
            if decision.revision != at {
                one.revisions.insert(0, decision.revision);
            }
            found.push(one);
        }
    }
}

/// The decisions that rest on what differs in a record: those about the students, made on or after the day by which it
/// is known, of which it is part.
pub(super) fn resting_on(
    past: &Past<'_>,
    file: &Text,
    students: &BTreeSet<Text>,
    changes: &[FieldChange],
) -> Vec<RecordedDecision> {
    let ids: BTreeSet<Text> = students.iter().flat_map(|student| past.concerns.ids_of(student)).collect();
    let kind = kind_of(file.raw());
    let rests = |decision: &RecordedDecision, change: &FieldChange| {
        let is_itself = change.what == ChangeKind::Entry("decision")
            && change.to.as_ref().and_then(favourable_decision).is_some_and(|made| made.date == decision.decision.date);
        !is_itself
            && (decision.decision.about == Matter::Award || is_about_arrangements(change, kind))
            && is_of_judged(change)
            && dated(change).is_none_or(|day| day <= decision.decision.date)
    };
    let about = past.decisions().iter().filter(|decision| ids.contains(&decision.student));
    about.filter(|decision| changes.iter().any(|change| rests(decision, change))).cloned().collect()
}

/// A set of decisions, as bits by position.
#[derive(Clone, Debug, Default)]
struct Decisions(Rc<Vec<u64>>);

impl Decisions {
    fn has(&self, position: usize) -> bool {
        self.0.get(position / 64).is_some_and(|bits| bits >> (position % 64) & 1 == 1)
    }

    /// All of both; where the other has nothing new, the same list.
    fn with(self, other: &Self) -> Self {
        let is_new = |(at, bits): (usize, &u64)| bits & !self.0.get(at).copied().unwrap_or_default() != 0;
        if !other.0.iter().enumerate().any(is_new) {
            return self;
        }
        let mut all = (*self.0).clone();
        all.resize(all.len().max(other.0.len()), 0);
        all.iter_mut().zip(other.0.iter()).for_each(|(bits, more)| *bits |= more);
        Self(Rc::new(all))
    }

    fn add(&mut self, position: usize) {
        let bits = Rc::make_mut(&mut self.0);
        bits.resize(bits.len().max(position / 64 + 1), 0);
        bits[position / 64] |= 1 << (position % 64);
    }
}

/// For each commit the decisions that were recorded in it or in a commit that follows it: those who decided could know
/// what it did. What was done beside a decision, on a branch, came to it afterwards.
fn known_to(past: &Past<'_>) -> Vec<Decisions> {
    let mut known: Vec<Decisions> = vec![Decisions::default(); past.revisions.len()];
    for (position, decision) in past.decisions().iter().enumerate() {
        known[decision.revision].add(position);
    }
    for (at, revision) in past.revisions.iter().enumerate().rev() {
        for parent in &revision.parents {
            known[*parent] = std::mem::take(&mut known[*parent]).with(&known[at]);
        }
    }
    known
}

/// Whether a commit follows another, over however many others.
pub(super) fn follows(past: &Past<'_>, at: usize, other: usize) -> bool {
    let mut is_seen = vec![false; past.revisions.len()];
    let mut waiting = vec![at];
    while let Some(at) = waiting.pop() {
        if at == other {
            return true;
        }
        // What a commit follows is before it in the list.
        if at > other && !std::mem::replace(&mut is_seen[at], true) {
            waiting.extend(&past.revisions[at].parents);
        }
    }
    false
}

/// The latest decision that rested on what was altered or struck out.
fn relied_on<'d>(
    written: &Written,
    at: usize,
    record: &WrittenRecord,
    decisions: &[&'d RecordedDecision],
) -> Option<&'d RecordedDecision> {
    let detail = &written.detail;
    let is_new = record.change != Change::Added && is_new_and_alters(detail);
    record.kind.filter(|_| is_new || detail.from.is_some() && is_of_judged(detail))?;
    let dated = dated(detail);
    let rests = |decision: &&&RecordedDecision| {
        let day = decision.decision.date;
        // What is only added beside the decision was written down with it; and it does not rest on itself.
        let adds = decision.revision != at;
        (decision.decision.about == Matter::Award || is_about_arrangements(detail, record.kind))
            && dated.is_none_or(|dated| dated <= day)
            && (adds || detail.what != ChangeKind::Entry("decision"))
            && match (&detail.from, &detail.to) {
                (Some(from), Some(to)) => differs(from, &without_new_end(detail, from, to, day), day, adds),
                (Some(from), None) => !is_said_again(detail, from, record, day),
                (None, _) => adds,
            }
    };
    // No decision rests on itself: it is named only where it alone was altered.
    decisions.iter().filter(rests).max_by_key(|one| (!is_of(detail, one), one.decision.date)).copied()
}

/// Whether a difference is in a decision itself.
fn is_of(detail: &FieldChange, decision: &RecordedDecision) -> bool {
    let was = detail.from.as_ref().filter(|_| detail.what == ChangeKind::Entry("decision"));
    let said = |one: &Decision| (one.body, one.about, one.date, one.outcome);
    was.and_then(favourable_decision).is_some_and(|was| said(&was) == said(&decision.decision))
}

/// What an arrangement or an entry of the WRG says, without an end that is new and had not passed on a day: on that day
/// it ran as before. An end before it could hide that supervision was over.
fn without_new_end<'v>(detail: &FieldChange, from: &Value, to: &'v Value, day: Day) -> Cow<'v, Value> {
    let can_end = matches!(detail.what, ChangeKind::Entry("arrangement" | "wrg")) && from.get("until").is_none();
    let until = to.get("until").and_then(Value::as_str).and_then(Day::parse);
    match to {
        Value::Object(table) if can_end && until.is_some_and(|until| until >= day) => {
            let mut table = table.clone();
            table.remove("until");
            Cow::Owned(Value::Object(table))
        }
        to => Cow::Borrowed(to),
    }
}

/// Whether it is looked at where arrangements are decided about.
pub(super) fn is_about_arrangements(detail: &FieldChange, kind: Option<RecordKind>) -> bool {
    match kind {
        Some(RecordKind::Student) => {
            matches!(detail.what, ChangeKind::Entry("arrangement" | "decision")) || detail.at.starts_with("form1")
        }
        Some(RecordKind::Supervisor) => true,
        _ => false,
    }
}

/// The day by which what was there is known, or where nothing was, what is there now. An arrangement is decided about
/// before it begins.
pub(super) fn dated(detail: &FieldChange) -> Option<Day> {
    let was = FieldChange { to: detail.to.clone().filter(|_| detail.from.is_none()), ..detail.clone() };
    let held = detail.from.as_ref().or(detail.to.as_ref());
    let day = |key: &str| held?.get(key)?.as_str().and_then(Day::parse);
    let earlier = (detail.what == ChangeKind::Entry("arrangement")).then(|| [day("proposed"), day("confirmed")]);
    crate::history::known_by(&was).into_iter().chain(earlier.into_iter().flatten().flatten()).min()
}

/// Whether an entry that was struck out is there again, by another name.
fn is_said_again(detail: &FieldChange, from: &Value, record: &WrittenRecord, day: Day) -> bool {
    let new = record.entries.iter().map(|written| &written.detail).filter(|other| other.from.is_none());
    let mut alike = new.filter(|other| matches!(other.what, ChangeKind::Entry(_)) && other.what == detail.what);
    alike.any(|other| other.to.as_ref().is_some_and(|to| !differs(from, to, day, true)))
}

/// Whether an alteration is one of what was known on a day: what is added for a later day leaves it as it was, and
/// without `adds` so does all that is added.
fn differs(from: &Value, to: &Value, day: Day, adds: bool) -> bool {
    let is_later = |value: &Value| value.as_str().and_then(Day::parse).is_some_and(|date| date > day);
    let is_added = |value: &Value| adds && !is_later(value);
    match (from, to) {
        (Value::Object(from), Value::Object(to)) => {
            let keys: BTreeSet<&String> = from.keys().chain(to.keys()).filter(|key| is_judged_key(key)).collect();
            keys.into_iter().any(|key| match (from.get(key), to.get(key)) {
                (Some(from), Some(to)) => differs(from, to, day, adds),
                (None, Some(to)) => is_added(to),
                (Some(_), None) => true,
                (None, None) => false,
            })
        }
        (Value::Array(from), Value::Array(to)) => {
            from.iter().any(|one| !to.contains(one)) || to.iter().any(|one| !from.contains(one) && is_added(one))
        }
        // From one later day to another.
        (from, to) => from != to && !(is_later(from) && is_later(to)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the texts of a test are written in it")]
mod tests {
    use super::*;
    use crate::audit::tests::value;

    fn day(of_february: u32) -> Day {
        Day::new(2026, 2, of_february).unwrap()
    }

    fn change(word: &'static str, from: Option<&str>, to: Option<&str>) -> FieldChange {
        FieldChange {
            what: ChangeKind::Entry(word),
            at: format!("{word}[0]"),
            from: from.map(value),
            to: to.map(value),
        }
    }

    #[test]
    fn a_set_of_decisions_holds_what_was_added() {
        let of = |set: &Decisions| (0..200).filter(|position| set.has(*position)).collect::<Vec<_>>();
        let with = |positions: &[usize]| {
            let mut set = Decisions::default();
            for position in positions {
                set.add(*position);
            }
            set
        };
        let (one, other) = (with(&[0, 63, 64, 130]), with(&[1, 64]));
        assert_eq!((of(&one), of(&other)), (vec![0, 63, 64, 130], vec![1, 64]));
        assert_eq!(of(&other.clone().with(&one)), [0, 1, 63, 64, 130]);
        assert_eq!(of(&one.clone().with(&other)), [0, 1, 63, 64, 130]);
        assert_eq!(of(&other), [1, 64]);
        // Where nothing is new it is the same list.
        assert!(Rc::ptr_eq(&one.clone().with(&with(&[0, 64])).0, &one.0));
    }

    #[test]
    fn what_was_known_on_a_day_differs() {
        for (from, to, if_added, if_not) in [
            ("a = 1", "a = 1", false, false),
            ("a = 1", "a = 2", true, true),
            ("a = 1", "", true, true),
            ("notes = 'a'", "notes = 'b'", false, false),
            // What is new is of that day or before it, and not for a later day.
            ("", "until = 2026-02-10", true, false),
            ("", "until = 2026-02-11", false, false),
            ("until = 2026-02-11", "until = 2026-02-12", false, false),
            ("until = 2026-02-10", "until = 2026-02-12", true, true),
            ("until = 2026-02-12", "until = 2026-02-10", true, true),
            ("a = { b = [1] }", "a = { b = [1, 2] }", true, false),
            ("a = { b = [1, 2] }", "a = { b = [1] }", true, true),
            ("a = [2026-01-01]", "a = [2026-02-11, 2026-01-01]", false, false),
        ] {
            let made = [true, false].map(|adds| differs(&value(from), &value(to), day(10), adds));
            assert_eq!(made, [if_added, if_not], "{from} | {to}");
        }
    }

    #[test]
    fn an_end_that_had_not_passed_changes_nothing_of_that_day() {
        let (runs, ends) = ("from = 2025-10-06", |day: u32| format!("from = 2025-10-06\nuntil = 2026-02-{day:02}"));
        for (word, from, until, is_left_out) in [
            ("arrangement", runs.to_owned(), 9, false),
            ("arrangement", runs.to_owned(), 10, true),
            ("wrg", runs.to_owned(), 11, true),
            ("report", runs.to_owned(), 11, false),
            ("arrangement", ends(1), 11, false),
        ] {
            let to = ends(until);
            let change = change(word, Some(&from), Some(&to));
            let left = without_new_end(&change, change.from.as_ref().unwrap(), change.to.as_ref().unwrap(), day(10));
            assert_eq!(left.get("until").is_none(), is_left_out, "{word} {from} {to}");
            assert_eq!(left.get("from"), Some(&"2025-10-06".into()));
        }
    }

    #[test]
    fn an_arrangement_is_known_before_it_begins() {
        let begins = "from = 2026-02-10\n";
        for (word, more, known) in [
            ("arrangement", "", 10),
            ("arrangement", "proposed = 2026-02-05\nconfirmed = 2026-02-07", 5),
            ("arrangement", "proposed = 2026-02-08\nconfirmed = 2026-02-07", 7),
            ("arrangement", "proposed = 2026-02-12", 10),
            ("wrg", "proposed = 2026-02-05", 10),
        ] {
            let text = format!("{begins}{more}");
            // By what was there, or where nothing was, by what is.
            for change in [change(word, Some(&text), None), change(word, None, Some(&text))] {
                assert_eq!(dated(&change), Some(day(known)), "{word} {more}");
            }
            assert_eq!(dated(&change(word, Some(&text), Some("from = 2026-01-01"))), Some(day(known)), "{word} {more}");
        }
    }

    #[test]
    fn what_is_looked_at_where_arrangements_are_decided_about() {
        let of = |at: &str, what| FieldChange { what, at: at.to_owned(), from: None, to: None };
        let student = Some(RecordKind::Student);
        for (change, kind, is) in [
            (of("arrangement[0]", ChangeKind::Entry("arrangement")), student, true),
            (of("decision[0]", ChangeKind::Entry("decision")), student, true),
            (of("form1.submitted", ChangeKind::Key), student, true),
            (of("report[0]", ChangeKind::Entry("report")), student, false),
            (of("assessed", ChangeKind::Key), Some(RecordKind::Supervisor), true),
            (of("form1.submitted", ChangeKind::Key), Some(RecordKind::Session), false),
            (of("arrangement[0]", ChangeKind::Entry("arrangement")), None, false),
        ] {
            assert_eq!(is_about_arrangements(&change, kind), is, "{change:?}");
        }
    }
}

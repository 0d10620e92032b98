//! What was altered or struck out after a decision rested on it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use serde_json::Value;

use super::decisions::sentence;
use super::{Irregularity, IrregularityName, Past, RecordedDecision, TOLD};
use crate::calendar::Day;
use crate::diff::{Detail, What, in_words};
use crate::history::{Revision, Written, WrittenRecord};
use crate::records::{Matter, RecordKind};
use crate::text::Text;

/// Keys that no requirement looks at.
const NOT_JUDGED: [&str; 10] =
    ["approach", "audit", "document", "email", "levels", "membership", "minute", "name", "notes", "title"];

/// Finds evidence that was altered or struck out after a decision, ratings that were raised and receipts that were
/// moved.
pub(super) fn find(past: &Past<'_>, found: &mut Vec<Irregularity>) {
    let known = known_to(past);
    let mut reports = Reports::default();
    let mut decisions: HashMap<&Text, Vec<usize>> = HashMap::new();
    for (position, decision) in past.decisions().iter().enumerate() {
        decisions.entry(&decision.student).or_default().push(position);
    }
    for (at, revision, record) in past.records() {
        // The decisions about those whom the record is about that did not know of it.
        let ids: BTreeSet<Text> =
            past.students_of(&record.file).iter().flat_map(|student| past.concerns.ids_of(student)).collect();
        let unaware: Vec<&RecordedDecision> = ids
            .iter()
            .filter_map(|id| decisions.get(id))
            .flatten()
            .filter(|position| !known[at].has(**position))
            .filter_map(|position| past.decisions().get(*position))
            .collect();
        for name in [IrregularityName::EvidenceAltered, IrregularityName::EvidenceRemoved] {
            let is_struck_out = name == IrregularityName::EvidenceRemoved;
            let entries = record.entries.iter().filter(|written| written.detail.to.is_none() == is_struck_out);
            let relied: Vec<(&Written, &RecordedDecision)> =
                entries.filter_map(|written| Some((written, relied_on(written, record, &unaware)?))).collect();
            let Some((_, decision)) = relied.iter().max_by_key(|(_, one)| one.decision.date) else { continue };
            let mut what: Vec<String> =
                relied.iter().take(TOLD).map(|(written, _)| in_words(&written.detail)).collect();
            if relied.len() > TOLD {
                what.push(format!("and {} more", relied.len() - TOLD));
            }
            let after = if follows(past, at, decision.revision) {
                "after that"
            } else {
                "on another branch, which did not know of it"
            };
            let message = format!("{}; {after}: {}", sentence(&decision.decision), what.join("; "));
            let mut one = past.of_record(name, at, record, message);
            one.revisions.insert(0, decision.revision);
            found.push(one);
        }
        reports.look_at(past, at, revision, record, found);
    }
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
fn follows(past: &Past<'_>, at: usize, other: usize) -> bool {
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
    record: &WrittenRecord,
    decisions: &[&'d RecordedDecision],
) -> Option<&'d RecordedDecision> {
    let detail = &written.detail;
    detail.from.as_ref().filter(|_| is_judged(detail, record))?;
    let dated = dated(detail);
    let rests = |decision: &&&RecordedDecision| {
        (decision.decision.about == Matter::Award || is_about_arrangements(detail, record))
            && dated.is_none_or(|day| day <= decision.decision.date)
            && (detail.to.is_none() || is_altered_for(detail, decision.decision.date))
    };
    decisions.iter().filter(rests).max_by_key(|one| one.decision.date).copied()
}

/// Whether a requirement looks at it at all.
fn is_judged(detail: &Detail, record: &WrittenRecord) -> bool {
    let first = detail.at.split(['.', '[']).next().unwrap_or_default();
    let last = detail.at.rsplit('.').next().unwrap_or_default();
    matches!(detail.what, What::Entry(_) | What::Key)
        && record.kind.is_some()
        && !NOT_JUDGED.contains(&first)
        && !NOT_JUDGED.contains(&last)
}

/// Whether it is looked at where arrangements are decided about.
fn is_about_arrangements(detail: &Detail, record: &WrittenRecord) -> bool {
    match record.kind {
        Some(RecordKind::Student) => {
            matches!(detail.what, What::Entry("arrangement" | "decision")) || detail.at.starts_with("form1")
        }
        Some(RecordKind::Supervisor) => true,
        _ => false,
    }
}

/// The day by which what was there is known. An arrangement is decided about before it begins.
fn dated(detail: &Detail) -> Option<Day> {
    let was = Detail { to: None, ..detail.clone() };
    let day = |key: &str| detail.from.as_ref()?.get(key)?.as_str().and_then(Day::parse);
    let earlier = (detail.what == What::Entry("arrangement")).then(|| [day("proposed"), day("confirmed")]);
    crate::history::known_by(&was).into_iter().chain(earlier.into_iter().flatten().flatten()).min()
}

/// Whether an alteration is one of what was known on a day: what is added for a later day leaves it as it was.
fn is_altered_for(detail: &Detail, day: Day) -> bool {
    let (Some(from), Some(to)) = (&detail.from, &detail.to) else { return true };
    differs(from, to, day)
}

fn differs(from: &Value, to: &Value, day: Day) -> bool {
    let is_later = |value: &Value| value.as_str().and_then(Day::parse).is_some_and(|date| date > day);
    match (from, to) {
        (Value::Object(from), Value::Object(to)) => {
            let is_looked_at = |key: &&String| !NOT_JUDGED.contains(&key.as_str()) && *key != "reason";
            let keys: BTreeSet<&String> = from.keys().chain(to.keys()).filter(is_looked_at).collect();
            keys.into_iter().any(|key| match (from.get(key), to.get(key)) {
                (Some(from), Some(to)) => differs(from, to, day),
                (None, Some(to)) => !is_later(to),
                (Some(_), None) => true,
                (None, None) => false,
            })
        }
        (Value::Array(from), Value::Array(to)) => {
            from.iter().any(|one| !to.contains(one)) || to.iter().any(|one| !from.contains(one) && !is_later(one))
        }
        // From one later day to another.
        (from, to) => from != to && !(is_later(from) && is_later(to)),
    }
}

/// What a rating counts for, from the least.
const RATINGS: [&str; 4] = ["not-observed", "not-competent", "developing", "competent"];

/// What was ever said of the reports, by the student's id: one that is struck out and comes again, or a key of it that
/// does, is not new.
#[derive(Default)]
struct Reports {
    by_student: HashMap<Text, Vec<Report>>,
}

/// What was last said of a report.
#[derive(Clone)]
struct Report {
    form: String,
    by: Option<String>,
    due: Option<Day>,
    received: Option<Day>,
    ratings: BTreeMap<String, usize>,
    /// Whether it stands there now.
    is_there: bool,
    /// The commit that said so last.
    revision: usize,
}

impl Reports {
    fn look_at(
        &mut self,
        past: &Past<'_>,
        at: usize,
        revision: &Revision,
        record: &WrittenRecord,
        found: &mut Vec<Irregularity>,
    ) {
        let Some(id) = record.id.as_ref().filter(|_| record.kind == Some(RecordKind::Student)) else { return };
        let ids = past.concerns.ids_of(id);
        for detail in record.entries.iter().map(|written| &written.detail) {
            if detail.what != What::Entry("report") {
                continue;
            }
            let read = |entry: &Option<Value>| entry.as_ref().map(|entry| Report::of(entry, at));
            let (from, to) = (read(&detail.from), read(&detail.to));
            let known = self.take(&ids, from.as_ref(), to.as_ref());
            let before = match (from, known) {
                (Some(from), Some(known)) => Some(from.with(&known)),
                (from, known) => from.or(known),
            };
            let Some(is) = &to else {
                let struck = before.map(|report| Report { is_there: false, revision: at, ..report });
                self.by_student.entry(id.clone()).or_default().extend(struck);
                continue;
            };
            let mut tell = |name: IrregularityName, message: Option<String>, before: &Report| {
                let Some(message) = message else { return };
                let mut one = past.of_record(name, at, record, message);
                if !before.is_there {
                    one.revisions.insert(0, before.revision);
                }
                found.push(one);
            };
            if let Some(before) = &before {
                tell(IrregularityName::RatingRaised, before.raised(is, revision), before);
                tell(IrregularityName::ReceiptMoved, before.moved(is), before);
            }
            let now = before.map_or_else(|| is.clone(), |before| is.clone().with(&before));
            self.by_student.entry(id.clone()).or_default().push(now);
        }
    }

    /// What is known of a report that is altered, or of one that was struck out and comes again.
    fn take(&mut self, ids: &BTreeSet<Text>, from: Option<&Report>, to: Option<&Report>) -> Option<Report> {
        let wanted = from.or(to)?;
        let is_wanted = |known: &Report| match (from, to) {
            (Some(_), _) => known.is_there && known.due == wanted.due && known.by == wanted.by,
            // Struck out just now, or of the same deadline, or of the same day.
            (None, Some(to)) => {
                !known.is_there
                    && (known.revision == to.revision || known.due == to.due || known.received == to.received)
            }
            (None, None) => false,
        };
        ids.iter().find_map(|id| {
            let known = self.by_student.get_mut(id)?;
            let position = known.iter().rposition(|known| known.form == wanted.form && is_wanted(known))?;
            Some(known.remove(position))
        })
    }
}

impl Report {
    fn of(entry: &Value, revision: usize) -> Self {
        let word = |key: &str| entry.get(key).and_then(Value::as_str);
        let day = |key: &str| word(key).and_then(Day::parse);
        let rated = entry.get("competencies").and_then(Value::as_object).into_iter().flatten();
        let rank = |(name, word): (&String, &Value)| {
            Some((name.clone(), RATINGS.iter().position(|rating| Some(*rating) == word.as_str())?))
        };
        Self {
            form: word("form").unwrap_or_default().to_owned(),
            by: word("by").map(ToOwned::to_owned),
            due: day("due"),
            received: day("received"),
            ratings: rated.filter_map(rank).collect(),
            is_there: true,
            revision,
        }
    }

    /// With what was said before of that of which it says nothing.
    fn with(mut self, before: &Self) -> Self {
        self.received = self.received.or(before.received);
        for (name, rank) in &before.ratings {
            self.ratings.entry(name.clone()).or_insert(*rank);
        }
        self
    }

    /// A rating that was raised after the deadline of its report, or, where that answers none, after it was received.
    fn raised(&self, is: &Self, revision: &Revision) -> Option<String> {
        let earliest = |one: Option<Day>, other: Option<Day>| one.into_iter().chain(other).min();
        let deadline = earliest(self.due, is.due).or_else(|| earliest(self.received, is.received))?;
        let recorded = revision.day().filter(|recorded| *recorded > deadline)?;
        let raised: Vec<String> = is
            .ratings
            .iter()
            .filter_map(|(name, is)| {
                let was = self.ratings.get(name).filter(|was| *was < is)?;
                let name = crate::text::visible(name);
                Some(format!("{name} from {} to {}", RATINGS[*was], RATINGS[*is]))
            })
            .collect();
        (!raised.is_empty()).then(|| format!("the report for {deadline}, changed on {recorded}: {}", raised.join(", ")))
    }

    /// A receipt that was after its deadline, and is no more.
    fn moved(&self, is: &Self) -> Option<String> {
        let due = is.due?;
        let was_due = self.due.unwrap_or(due);
        let (received, now) = (self.received?, is.received?);
        if received <= was_due || now > due {
            return None;
        }
        Some(match (was_due == due, received == now) {
            (true, _) => {
                format!("the report for {due} was received on {received}, and is now said to have been on {now}")
            }
            (false, true) => format!("the report received on {received} was for {was_due}, and is now for {due}"),
            (false, false) => format!(
                "the report for {was_due} was received on {received}, and is now one for {due} that was received on \
                 {now}"
            ),
        })
    }
}

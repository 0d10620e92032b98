//! Entries that came in a burst shortly before a decision that rests on them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::decisions::sentence;
use super::entry::is_held;
use super::habits::{Habits, is_new};
use super::{Irregularity, IrregularityName, Past, listed};
use crate::calendar::Day;
use crate::diff::{ChangeKind, FieldChange};
use crate::history::{Revision, WrittenRecord};
use crate::records::{Matter, RecordKind};
use crate::text::{Text, counted};

/// So many days before a decision its evidence comes shortly before it.
const SHORTLY: i64 = 7;

/// So many entries that were left for longer than usual are a burst.
const BURST: usize = 4;

/// A decision or a ruling for which entries of logs are the evidence.
struct Reason {
    student: Text,
    day: Day,
    /// The commit that recorded it.
    revision: usize,
    /// What it is, as a clause.
    words: String,
}

/// The commits in which sessions were entered, and the log.
type Burst = (Vec<usize>, Text);

/// Finds where several sessions that had been left for longer than is usual for their log were entered in the week
/// before a decision about the award or a ruling on sessions or supervision, or between its day and its being recorded.
pub(super) fn find(past: &Past<'_>, habits: &Habits, found: &mut Vec<Irregularity>) {
    let reasons = reasons(past);
    let mut bursts: BTreeMap<Burst, (Vec<FieldChange>, &Reason)> = BTreeMap::new();
    for reason in &reasons {
        for (file, (commits, changes)) in entered(past, habits, reason) {
            if changes.len() < BURST {
                continue;
            }
            let changes = changes.into_iter().cloned().collect();
            bursts.entry((commits, file)).or_insert((changes, reason));
        }
    }
    for ((commits, file), (changes, reason)) in bursts {
        let days = changes.iter().filter_map(crate::history::known_by).collect();
        let entries = counted(changes.len(), "session", "sessions");
        let is_after = |at: &usize| past.revisions[*at].day().is_some_and(|day| day > reason.day);
        let message = if commits.iter().all(is_after) {
            let when = if commits.iter().all(|at| *at == reason.revision) {
                "in the commit that recorded it"
            } else {
                "before it was recorded"
            };
            format!("{entries} entered after the day of a decision, {when}: {}: {}", reason.words, listed(&days))
        } else {
            format!("{entries} entered shortly before {}: {}", reason.words, listed(&days))
        };
        let first = (!commits.contains(&reason.revision)).then_some(reason.revision);
        let students = past.students_of(&file);
        let revisions = first.into_iter().chain(commits).collect();
        let one = Irregularity::new(IrregularityName::EnteredBeforeDecision, message, revisions);
        found.push(Irregularity { file: Some(file), students, changes, ..one });
    }
}

fn reasons(past: &Past<'_>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for one in past.decisions().iter().filter(|one| one.decision.about == Matter::Award) {
        let words = sentence(&one.decision, Some(&one.student));
        let (student, day, revision) = (one.student.clone(), one.decision.date, one.revision);
        reasons.push(Reason { student, day, revision, words });
    }
    for (revision, _, record) in past.records().filter(|(.., record)| record.kind == Some(RecordKind::Student)) {
        let Some(student) = &record.id else { continue };
        let rulings = record.entries.iter().filter(|written| written.detail.what == ChangeKind::Entry("ruling"));
        for ruling in rulings.filter_map(|written| written.detail.to.as_ref()) {
            let word = |key: &str| ruling.get(key).and_then(Value::as_str);
            let (Some(code), Some(day)) = (word("requirement"), word("date").and_then(Day::parse)) else { continue };
            if word("outcome") == Some("accepted") && code.starts_with(['G', 'S']) {
                let words = format!("the ruling of {day} on {} for {student}", crate::text::visible(code));
                reasons.push(Reason { student: student.clone(), day, revision, words });
            }
        }
    }
    reasons
}

type Entered<'p> = BTreeMap<Text, (Vec<usize>, Vec<&'p FieldChange>)>;

/// What was entered in the logs of a student shortly before something was decided, and had been left for long.
fn entered<'p>(past: &'p Past<'_>, habits: &Habits, reason: &Reason) -> Entered<'p> {
    let ids = past.concerns.ids_of(&reason.student);
    let is_shortly_before = |at: usize, revision: &Revision| {
        let before = revision.day().map(|day| day.days_to(reason.day));
        at <= reason.revision && !revision.parents.is_empty() && before.is_some_and(|days| days <= SHORTLY)
    };
    let mut entered: Entered<'p> = BTreeMap::new();
    for (at, revision, record) in past.records() {
        let is_own = record.kind == Some(RecordKind::Session)
            && past.concerns.students_of_log(&record.file).iter().any(|id| ids.contains(id));
        if !is_own || !is_shortly_before(at, revision) {
            continue;
        }
        let waited = waited(revision, record, habits.waits(&record.file), reason.day);
        if !waited.is_empty() {
            let (commits, all) = entered.entry(record.file.clone()).or_default();
            commits.push(at);
            all.extend(waited);
        }
    }
    entered
}

/// The sessions held that a commit added, and that had been left for more than so many days.
fn waited<'r>(revision: &Revision, record: &'r WrittenRecord, days: i64, decided: Day) -> Vec<&'r FieldChange> {
    let is_of_held =
        |detail: &FieldChange| detail.what == ChangeKind::Entry("session") && detail.to.as_ref().is_some_and(is_held);
    let entries = record.entries.iter().filter(|written| is_new(written) && is_of_held(&written.detail));
    let left = entries.filter(|written| {
        written.happened.is_some_and(|day| day <= decided)
            && written.late(revision.day()).is_some_and(|late| late > days)
    });
    left.map(|written| &written.detail).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the days of a test are written in it")]
mod tests {
    use super::*;
    use crate::audit::tests::{log, made_on, written};

    #[test]
    fn what_was_held_and_left_for_long_has_waited() {
        let day = |of_march| Day::new(2026, 3, of_march).unwrap();
        let waited = |older: &[&str], newer: &[&str]| {
            let record = written(RecordKind::Session, &log(older), &log(newer));
            waited(&made_on(day(20)), &record, 7, day(14)).len()
        };
        for (session, has_waited) in [
            ("date = 2026-03-12, minutes = 90", true),
            ("date = 2026-03-13, minutes = 90", false),
            ("date = 2026-03-10, cancelled = 'ill'", false),
            ("date = 2026-03-10, minutes = 90, planned = true", false),
        ] {
            assert_eq!(waited(&[], &[session]) == 1, has_waited, "{session}");
            assert_eq!(waited(&[session], &[session]), 0);
        }
        // What was altered was there already, and what came after the decision is no evidence of it.
        assert_eq!(waited(&["date = 2026-03-10, minutes = 60"], &["date = 2026-03-10, minutes = 90"]), 0);
        let record = written(RecordKind::Session, "", &log(&["date = 2026-03-10, minutes = 90"]));
        for (decided, count) in [(9, 0), (10, 1)] {
            assert_eq!(super::waited(&made_on(day(20)), &record, 7, day(decided)).len(), count, "{decided}");
        }
        let report = "report = [{ form = 'GWP2', received = 2026-03-01 }]";
        let record = written(RecordKind::Student, "", report);
        assert_eq!(super::waited(&made_on(day(20)), &record, 7, day(14)).len(), 0);
    }
}

//! What was taken out of session logs and of students' records.

use std::collections::BTreeSet;

use serde_json::Value;

use super::dates::{days, is_to_come};
use super::entry::day_of;
use super::undone::redated_sessions;
use super::{Irregularity, IrregularityName, Past, TOLD, listed};
use crate::diff::{Change, ChangeKind, FieldChange, in_words, value_of};
use crate::history::{ReadableTexts, Revision, Written, WrittenRecord};
use crate::records::{RecordKind, is_judged};
use crate::text::{counted, few};

/// Finds what was taken out.
pub(super) fn find(past: &Past<'_>, found: &mut Vec<Irregularity>) {
    for (at, revision, record) in past.records().filter(|(at, _, record)| !past.came_back_whole(*at, record)) {
        let gone = || record.entries.iter().map(|written| &written.detail).filter(|detail| detail.from.is_some());
        let lost = lost(past, at, revision, record);
        found.extend(
            lost.map(|message| past.of_record(IrregularityName::EntriesLost, at, record, message).with_changes(gone())),
        );
    }
}

fn lost(past: &Past<'_>, at: usize, revision: &Revision, record: &WrittenRecord) -> Option<String> {
    match (record.kind, record.change) {
        (Some(RecordKind::Student), Change::Removed) => {
            let entries = counted(record.entries.len(), "entry", "entries");
            Some(format!("the record of the student is gone, with {entries}"))
        }
        (Some(RecordKind::Student), _) => lost_of_student(record),
        _ => lost_of_log(past, at, revision, record),
    }
}

/// The entries of a student's record that tell what others said.
const SAID: [&str; 3] = ["decision", "report", "ruling"];

/// With this the rating of another report counts.
const UNRATED: &str = "not-observed";

fn lost_of_student(record: &WrittenRecord) -> Option<String> {
    let said = record.entries.iter().map(|written| &written.detail);
    let said = || said.clone().filter(|detail| SAID.iter().any(|word| detail.what == ChangeKind::Entry(word)));
    let mut put_in: Vec<&FieldChange> = said().filter(|detail| detail.from.is_none()).collect();
    let mut lost: Vec<String> = said().filter(|detail| is_cut(detail)).map(in_words).collect();
    for detail in said().filter(|detail| detail.to.is_none()) {
        match put_in.iter().position(|new| comes_again(detail, new)) {
            Some(again) => drop(put_in.remove(again)),
            None => lost.push(in_words(detail)),
        }
    }
    (!lost.is_empty()).then(|| few(lost, TOLD, "; "))
}

/// Whether an entry that was struck out is there again, and something in it was put right: it says the same but for one
/// thing, or it is a report for the same deadline or of the same day. Nothing in it is gone.
fn comes_again(was: &FieldChange, is: &FieldChange) -> bool {
    let (Some(from), Some(to)) = (&was.from, &is.to) else { return false };
    let has_same = |key: &str| from.get(key).is_some() && from.get(key) == to.get(key);
    let keys = |entry: &Value| entry.as_object().into_iter().flat_map(|table| table.keys().cloned()).collect();
    let (of_from, of_to): (BTreeSet<String>, BTreeSet<String>) = (keys(from), keys(to));
    let differing = of_from.union(&of_to).filter(|key| is_judged(key) && from.get(key) != to.get(key)).count();
    let is_same_report = was.what == ChangeKind::Entry("report") && has_same("form");
    let is_it = differing <= 1 || is_same_report && (has_same("due") || has_same("received"));
    was.what == is.what && is_it && !says_less(from, to)
}

fn is_cut(detail: &FieldChange) -> bool {
    detail.from.iter().zip(&detail.to).any(|(from, to)| says_less(from, to))
}

/// Whether something that was said is said no more: a key is gone, or a date of a ruling, something else was decided, a
/// concern is another, or a competency was not observed after all.
fn says_less(from: &Value, to: &Value) -> bool {
    match (from, to) {
        (Value::Object(from), Value::Object(to)) => from.iter().filter(|(key, _)| is_judged(key)).any(|(key, was)| {
            let replaces = matches!(key.as_str(), "outcome" | "concerns");
            // A key whose name was mistyped.
            let is_respelt = || {
                let mut new = to.iter().filter(|(key, _)| is_judged(key) && !from.contains_key(*key));
                new.any(|(_, is)| is == was)
            };
            to.get(key).map_or_else(|| !is_respelt(), |is| replaces && was != is || says_less(was, is))
        }),
        (Value::Array(from), Value::Array(to)) => from.iter().any(|one| !to.contains(one)),
        (from, to) => from != to && to == UNRATED,
    }
}

fn lost_of_log(past: &Past<'_>, at: usize, revision: &Revision, record: &WrittenRecord) -> Option<String> {
    let is_session = |written: &&Written| written.detail.what == ChangeKind::Entry("session");
    let sessions = || record.entries.iter().filter(|_| record.kind == Some(RecordKind::Session)).filter(is_session);
    let held_against = past.sessions_left.get(&(at, record.file.clone())).map_or(&[][..], Vec::as_slice);
    // One whose day was put right is there still; what became otherwise by that is asked about for itself.
    let moved = redated_sessions(record);
    let is_lost = |one: &&Written| {
        let is_gone = |was: &Value| !was_to_come(was, revision) && !stays(was, held_against, record);
        !moved.contains(&&one.detail) && one.detail.from.as_ref().is_some_and(is_gone)
    };
    let out: Vec<&Written> = sessions().filter(|one| one.detail.to.is_none()).filter(is_lost).collect();
    let put_in = days(sessions().filter(|one| one.detail.from.is_none() && !moved.contains(&&one.detail)));
    let (entries, days) = (counted(out.len(), "session", "sessions"), days(out.iter().copied()));
    let mut message = format!("{entries} taken out");
    if !days.is_empty() {
        message = format!("{message}: {}", listed(&days));
    }
    if !put_in.is_empty() {
        message = format!("{message}; put in: {}", listed(&put_in));
    }
    (!out.is_empty()).then_some(message)
}

/// Whether a session was only planned when a commit was made: nobody can have been there.
fn was_to_come(session: &Value, revision: &Revision) -> bool {
    session.get("present").is_none() && day_of(session).is_some_and(|day| is_to_come(day, revision))
}

/// Whether one of the sessions that are left is of the same day and says as much, and nothing was written of that day
/// in the same commit: two lines had told of one meeting. One that was called off says nothing that another of the day
/// would not; beside one that is called off, one that was held is gone.
fn stays(was: &Value, left: &[Value], record: &WrittenRecord) -> bool {
    let day = day_of(was);
    let is_of_day = |session: &&Value| day.is_some() && day_of(session) == day;
    let is_off = |session: &Value| session.get("cancelled").is_some();
    let is_written = record.entries.iter().filter_map(|written| written.detail.to.as_ref()).any(|to| is_of_day(&to));
    let says_as_much = |one: &Value| is_off(was) || !is_off(one) && !says_less(was, one);
    !is_written && left.iter().filter(is_of_day).any(says_as_much)
}

/// The sessions of a log as a commit left it, where it took some out; none where it cannot be read.
pub(super) fn sessions_left(
    record: &WrittenRecord,
    revision: &Revision,
    read: &ReadableTexts<'_>,
) -> Option<Vec<Value>> {
    let is_out = |written: &Written| written.detail.what == ChangeKind::Entry("session") && written.detail.to.is_none();
    if record.kind != Some(RecordKind::Session) || !record.entries.iter().any(is_out) {
        return None;
    }
    let changes = revision.changes.iter().chain(revision.from_each.iter().flatten());
    let id = changes.filter(|change| change.path == record.file).find_map(|change| change.newer.as_ref())?;
    let left = value_of(&read.source(&record.file, id)?)?.get("sessions")?.as_array()?.clone();
    // In a list that is none of sessions nothing stands any more.
    left.iter().all(Value::is_object).then_some(left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::tests::{log, value, written};

    #[test]
    fn what_others_said_is_lost_unless_it_comes_again() {
        let report = "report = [{ form = 'GWP2', due = 2026-01-31, received = 2026-01-29, by = 'k', concerns = 'late', \
                      competencies = { context = 'developing', conflict = 'competent' } }]";
        let decision =
            "decision = [{ body = 'LCC', about = 'award', date = 2026-02-01, outcome = 'deferred', minute = '4' }]";
        let ruling = "ruling = [{ requirement = 'G4', body = 'LCC', date = 2026-02-01, of = [2025-10-07, 2025-10-14], outcome = 'accepted' }]";
        for (older, changes, is_lost) in [
            (report, &[(report, "")][..], true),
            (decision, &[(decision, "")], true),
            (ruling, &[(ruling, "")], true),
            // One thing in it was put right, or it is a report for the same deadline or of the same day.
            (report, &[("'k'", "'l'")], false),
            (report, &[("'k'", "'l'"), ("2026-01-29", "2026-01-30")], false),
            (report, &[("'k'", "'l'"), ("2026-01-31", "2026-06-13")], false),
            (report, &[("'k'", "'l'"), ("2026-01-31", "2026-06-13"), ("2026-01-29", "2026-06-10")], true),
            (report, &[("'GWP2'", "'WRG2'"), ("'k'", "'l'")], true),
            (decision, &[("2026-02-01", "2026-02-02")], false),
            (decision, &[("2026-02-01", "2026-02-02"), ("'award'", "'arrangements'")], true),
            // Something in it is gone.
            (report, &[("'k'", "'l'"), (", concerns = 'late'", "")], true),
            (report, &[(", concerns = 'late'", "")], true),
            (report, &[("'late'", "'often late'")], true),
            (report, &[("'developing'", "'competent'")], false),
            (report, &[("'developing'", "'not-observed'")], true),
            (report, &[("context = 'developing', ", "")], true),
            (report, &[("by = 'k', ", "by = 'k', notes = 'n', ")], false),
            (report, &[("received = ", "recieved = ")], false),
            (report, &[("concerns = ", "notes = ")], true),
            (decision, &[("'deferred'", "'recommended'")], true),
            (ruling, &[("2025-10-07, 2025-10-14", "2025-10-07")], true),
            ("name = 'A'\nwithdrawn = 2026-01-01", &[("withdrawn", "# withdrawn")], false),
        ] {
            let newer = changes.iter().fold(older.to_owned(), |text, (was, is)| text.replace(was, is));
            let lost = lost_of_student(&written(RecordKind::Student, older, &newer));
            assert_eq!(lost.is_some(), is_lost, "{newer}\n{lost:?}");
        }
        // One that comes again stands for one alone.
        let two = "report = [{ form = 'GWP2', received = 2026-01-29, by = 'k' }, { form = 'GWP2', received = 2026-01-29, by = 'l' }]";
        let one = "report = [{ form = 'GWP2', received = 2026-01-29, by = 'm' }]";
        let lost = lost_of_student(&written(RecordKind::Student, two, one));
        assert_eq!(lost.as_deref(), Some("report (GWP2, l) removed: received 29 January 2026"));
    }

    #[test]
    fn of_two_lines_on_a_day_one_may_go() {
        let (held, off) = ("date = 2025-10-07, minutes = 90, present = 7", "date = 2025-10-07, cancelled = 'ill'");
        let (older, nothing) = (log(&[held]), log(&[]));
        let out = written(RecordKind::Session, &older, &nothing);
        for (was, left, is_there) in [
            (held, &[held][..], true),
            (held, &["date = 2025-10-07, minutes = 90, present = 7, notes = 'n'"], true),
            (held, &["date = 2025-10-07, minutes = 90"], false),
            (held, &["date = 2025-10-14, minutes = 90, present = 7"], false),
            (held, &[off], false),
            (held, &[off, held], true),
            (off, &[held], true),
            (off, &[off], true),
            (off, &[], false),
        ] {
            let left: Vec<_> = left.iter().map(|one| value(&one.replace(", ", "\n"))).collect();
            assert_eq!(stays(&value(&was.replace(", ", "\n")), &left, &out), is_there, "{was} {left:?}");
        }
        // What was written of that day in the same commit is another matter.
        let (of_day, of_another) = (log(&[off]), log(&["date = 2025-10-08, cancelled = 'ill'"]));
        let was = value(&held.replace(", ", "\n"));
        for (newer, is_there) in [(of_day, false), (of_another, true)] {
            let record = written(RecordKind::Session, &older, &newer);
            assert_eq!(stays(&was, std::slice::from_ref(&was), &record), is_there, "{newer}");
        }
    }
}

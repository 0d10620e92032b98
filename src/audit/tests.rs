//! What an alteration is, and what a record would be without it.

use super::undone::{
    TakenBack, alterations, altered_sessions, is_of_judged, redated_sessions, without, without_alterations,
};
use super::*;
use crate::diff::{Change, ChangeKind, value_of, whole, written_value};
use crate::history::{Signature, Written};
use crate::records::RecordKind;
use crate::text::{Notation, Source};

fn source(path: &str, text: &str) -> Source {
    Source { path: Text::new(path), content: Ok(text.to_owned().into()) }
}

/// What a commit wrote in a record that was there before and is there still.
pub(super) fn written(kind: RecordKind, older: &str, newer: &str) -> WrittenRecord {
    let path = format!("{}/a.toml", if kind == RecordKind::Session { "sessions" } else { "students" });
    let details = whole(Some(&source(&path, older)), Some(&source(&path, newer)));
    WrittenRecord {
        file: Text::new(&*path),
        was: None,
        kind: Some(kind),
        id: Some(Text::new("a")),
        change: Change::Changed,
        entries: details.into_iter().map(Written::of).collect(),
    }
}

/// A commit of a day that did nothing.
pub(super) fn made_on(day: Day) -> Revision {
    let who = Signature { day: Some(day), own_day: Some(day), ..Signature::default() };
    Revision {
        id: String::new(),
        parents: vec![0],
        is_cut_off: false,
        author: who.clone(),
        committer: who,
        is_signed: false,
        subject: Text::default(),
        changes: Vec::new(),
        papers: Vec::new(),
        from_each: Vec::new(),
    }
}

/// A log, or a list of it, with these sessions.
pub(super) fn log(sessions: &[&str]) -> String {
    let sessions: Vec<_> = sessions.iter().map(|session| format!("{{ {session} }}")).collect();
    format!("sessions = [{}]\n", sessions.join(", "))
}

pub(super) fn value(text: &str) -> Value {
    value_of(&source("sessions/a.toml", text)).unwrap()
}

/// The same with its lists in an order of their own.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(table) => table.into_iter().map(|(key, value)| (key, sorted(value))).collect(),
        Value::Array(list) => {
            let mut list: Vec<_> = list.into_iter().map(sorted).collect();
            list.sort_by_key(ToString::to_string);
            list.into()
        }
        other => other,
    }
}

fn details(record: &WrittenRecord) -> Vec<&FieldChange> {
    record.entries.iter().map(|written| &written.detail).collect()
}

#[track_caller]
fn assert_without_alterations(kind: RecordKind, older: &str, newer: &str, left: &str) {
    let record = written(kind, older, newer);
    let made = without_alterations(&value(newer), alterations(&details(&record)).iter().map(|one| &one.change));
    assert_eq!(sorted(made), sorted(value(left)), "\n{older}\n{newer}");
    let changes: Vec<_> = details(&record).into_iter().cloned().collect();
    assert_eq!(sorted(without(&value(newer), &changes)), sorted(value(older)), "\n{older}\n{newer}");
}

#[test]
fn a_log_without_what_was_altered_in_it() {
    let other = "date = 2025-10-28, minutes = 90";
    for (older, newer, left) in [
        // What is said of a session besides is an alteration of it too, but for notes.
        (
            "date = 2025-10-07, minutes = 90",
            "date = 2025-10-07, minutes = 45",
            &["date = 2025-10-07, minutes = 90"][..],
        ),
        (
            "date = 2025-10-07, minutes = 90",
            "date = 2025-10-07, minutes = 90, present = 7",
            &["date = 2025-10-07, minutes = 90"],
        ),
        (
            "date = 2025-10-07, minutes = 90",
            "date = 2025-10-07, minutes = 90, notes = 'n'",
            &["date = 2025-10-07, minutes = 90, notes = 'n'"],
        ),
        // A plan is carried out.
        (
            "date = 2025-10-07, minutes = 90, planned = true",
            "date = 2025-10-07, minutes = 60",
            &["date = 2025-10-07, minutes = 60"],
        ),
        (
            "date = 2025-10-07, minutes = 90, planned = true",
            "date = 2025-10-08, minutes = 60",
            &["date = 2025-10-08, minutes = 60"],
        ),
        // One whose day was changed stands where it stood: within a week, or where it alone says the same.
        ("date = 2025-10-07, minutes = 90", "date = 2025-10-13, minutes = 45", &["date = 2025-10-07, minutes = 90"]),
        ("date = 2025-10-13, minutes = 90", "date = 2025-10-07, minutes = 45", &["date = 2025-10-13, minutes = 90"]),
        (
            "date = 2025-10-07, minutes = 90",
            "date = 2025-10-14, minutes = 45",
            &["date = 2025-10-07, minutes = 90", "date = 2025-10-14, minutes = 45"],
        ),
        ("date = 2025-10-07, minutes = 90", "date = 2025-11-14, minutes = 90", &["date = 2025-10-07, minutes = 90"]),
    ] {
        let left = [left, &[other]].concat();
        assert_without_alterations(RecordKind::Session, &log(&[older, other]), &log(&[newer, other]), &log(&left));
    }
    let (gone, new) = ("date = 2025-10-07, minutes = 90", "date = 2025-10-21, minutes = 90");
    for (older, newer, left) in [
        (&[gone][..], &[new, other][..], &[gone, new, other][..]),
        // Of two that are near, the nearer is the one that was moved.
        (
            &[gone],
            &["date = 2025-10-10, minutes = 90", "date = 2025-10-08, minutes = 45"],
            &[gone, "date = 2025-10-10, minutes = 90"],
        ),
        (&[gone, other], &[other], &[gone, other]),
        (&[other], &[new, other], &[new, other]),
        (&["date = 2025-10-07, planned = true", other], &[other], &[other]),
    ] {
        assert_without_alterations(RecordKind::Session, &log(older), &log(newer), &log(left));
    }
    for (newer, left) in [("keeps_terms = true", ""), ("keeps_terms = false", "keeps_terms = false")] {
        assert_without_alterations(RecordKind::Session, "", newer, left);
    }
}

#[test]
fn a_student_without_what_was_altered_in_the_record() {
    for (older, newer, left) in [
        // What is only added stays, unless it says that something is true.
        (
            "form1 = { submitted = 2025-10-20 }",
            "form1 = { submitted = 2025-10-21, document = 'f.pdf' }",
            "form1 = { submitted = 2025-10-20, document = 'f.pdf' }",
        ),
        (
            "report = [{ form = 'GWP2', received = 2026-01-20, concerns = 'late' }]",
            "report = [{ form = 'GWP2', received = 2026-01-20, not_started = true, competencies = { context = 'developing' } }]",
            "report = [{ form = 'GWP2', received = 2026-01-20, concerns = 'late', competencies = { context = 'developing' } }]",
        ),
        (
            "wrg = [{ supervisor = 'i', from = 2025-09-27, presentations = [2025-11-14, 2026-02-06] }]",
            "wrg = [{ supervisor = 'i', from = 2025-09-27, presentations = [2026-02-06, 2026-03-06] }]",
            "wrg = [{ supervisor = 'i', from = 2025-09-27, presentations = [2025-11-14, 2026-02-06, 2026-03-06] }]",
        ),
        (
            "decision = [{ body = 'LCC', about = 'award', date = 2026-02-01, outcome = 'deferred', conditions = [{ what = 'a' }] }]",
            "decision = [{ body = 'LCC', about = 'award', date = 2026-02-01, outcome = 'recommended', conditions = [{ what = 'b', met = 2026-03-01 }] }]",
            "decision = [{ body = 'LCC', about = 'award', date = 2026-02-01, outcome = 'deferred', conditions = [{ what = 'a', met = 2026-03-01 }] }]",
        ),
        // Whatever is said of a ruling besides says which it was.
        (
            "ruling = [{ requirement = 'G4', body = 'LCC', date = 2026-02-01, outcome = 'refused' }]",
            "ruling = [{ requirement = 'G4', body = 'LCC', date = 2026-02-01, outcome = 'accepted', of = [2025-10-07] }]",
            "ruling = [{ requirement = 'G4', body = 'LCC', date = 2026-02-01, outcome = 'refused' }]",
        ),
        // Another arrangement stands in place of the one that is gone.
        (
            "arrangement = [{ group = 'a', supervisor = 'k', from = 2025-10-06 }]",
            "arrangement = [{ group = 'b', supervisor = 'l', from = 2025-10-06 }]",
            "arrangement = [{ group = 'a', supervisor = 'k', from = 2025-10-06 }]",
        ),
        ("name = 'A'\nwithdrawn = 2026-01-31", "name = 'A'", "name = 'A'\nwithdrawn = 2026-01-31"),
        ("name = 'A'\nemail = 'a@b.c'", "name = 'A'", "name = 'A'"),
        ("name = 'A'", "name = 'A'\nwithdrawn = 2026-01-31", "name = 'A'\nwithdrawn = 2026-01-31"),
    ] {
        assert_without_alterations(RecordKind::Student, older, newer, left);
    }
}

#[test]
fn a_session_of_which_only_the_day_was_changed() {
    let (first, other) = ("date = 2025-10-07, minutes = 90", "date = 2025-10-28, minutes = 90");
    for (newer, redated, altered) in [
        (first, 0, 0),
        ("date = 2025-10-08, minutes = 90", 2, 2),
        ("date = 2025-10-08, minutes = 60", 0, 0),
        ("date = 2025-10-07, minutes = 60", 0, 1),
        ("date = 2025-10-07, minutes = 90, present = 7", 0, 1),
    ] {
        let record = written(RecordKind::Session, &log(&[first, other]), &log(&[newer, other]));
        assert_eq!((redated_sessions(&record).len(), altered_sessions(&record).len()), (redated, altered), "{newer}");
    }
    let planned = written(
        RecordKind::Session,
        &log(&["date = 2025-10-07, minutes = 90, planned = true"]),
        &log(&["date = 2025-10-07, minutes = 90"]),
    );
    assert_eq!(altered_sessions(&planned).len(), 0);
}

#[test]
fn what_is_taken_back_and_said_otherwise_later_is_altered() {
    let other = "date = 2025-10-28, minutes = 90";
    let with = |session: &str| log(&[session, other]);
    let held = "date = 2025-10-07, minutes = 45";
    let plan = "date = 2025-10-07, minutes = 90, planned = true";
    // Each list of logs is what the file says from commit to commit; what the last of them alters by way of the others.
    for (logs, is_altered) in [
        (vec![with(held), log(&[other]), with("date = 2025-10-07, minutes = 90")], true),
        (vec![with(held), log(&[other]), with(held)], false),
        (vec![with(held), log(&[other]), with("date = 2025-10-07, minutes = 45, notes = 'n'")], false),
        (vec![with(held), log(&[other]), with("date = 2025-10-06, minutes = 90")], false),
        (vec![with(held), log(&[other]), with(plan)], false),
        (vec![with(held), with(plan), with("date = 2025-10-07, minutes = 90")], true),
        (vec![with(plan), log(&[other]), with("date = 2025-10-07, minutes = 90")], false),
        // What was said first is what was taken back.
        (vec![with(held), log(&[other]), with("date = 2025-10-07, minutes = 90"), log(&[other]), with(held)], false),
        // It is known already.
        (vec![with("date = 2025-10-07, minutes = 90"), with(held)], false),
    ] {
        let mut taken_back = TakenBack::default();
        let mut found = 0;
        for pair in logs.windows(2) {
            let record = written(RecordKind::Session, &pair[0], &pair[1]);
            let details = details(&record);
            found = taken_back.alterations(&record.file, &details, &alterations(&details)).len();
            assert_eq!(taken_back.alterations(&Text::new("sessions/b.toml"), &details, &[]).len(), 0);
            taken_back.keep(&record.file, &details);
        }
        assert_eq!(found, usize::from(is_altered), "{logs:?}");
    }
}

#[test]
fn what_no_requirement_looks_at_is_no_alteration() {
    let change = |what, at: &str| FieldChange { what, at: at.to_owned(), from: None, to: None };
    for (what, at, is) in [
        (ChangeKind::Key, "withdrawn", true),
        (ChangeKind::Key, "email", false),
        (ChangeKind::Key, "form1.submitted", true),
        (ChangeKind::Key, "form1.notes", false),
        (ChangeKind::Entry("report"), "report[0]", true),
        (ChangeKind::Order, "report", false),
        (ChangeKind::Text, "", false),
    ] {
        assert_eq!(is_of_judged(&change(what, at)), is, "{at}");
    }
}

#[test]
fn a_record_written_as_toml_says_the_same() {
    let text =
        "name = \"A \\\"B\\\" \\u007f\\n\"\nkey.'odd key' = [1, [true, false], { a = { b = 'c', d = 2 }, e = [] }]\n";
    let mut record = value(text);
    let written = written_value(&record, Notation::Toml);
    assert_eq!(value(&written), record, "{written}");
    record["nothing"] = Value::Null;
    record["key"]["nothing"] = Value::Null;
    assert_eq!(written_value(&record, Notation::Toml), written);
}

//! What `gwp audit` says of what was written in a record while it had an error: as far as it can be read it is asked about
//! at once, and of whoever wrote it.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use tempfile::TempDir;

use crate::auditing::found;
use crate::auditing_unjudged::{ALEX, LOG, LONG, ROBIN, SHORT, STUDENT, begun};
use crate::chronicle::{Diary, RUTH, run};
use crate::repository::{said, started};

/// What the folders begin with is of an earlier day.
const SINCE: &str = "--since 2026-03-02";

const MINUTES: &str = "meetings/lcc-2026-02-21.toml";
const AGREED: &str = "body = \"LCC\"\ndate = 2026-02-21\npresent = [\"Ruth Calder\"]\nagreed = 2026-03-01\n\n[[items]]\nnumber = \
                      4\nabout = \"robin-ashby\"\nnote = \"queried\"\n";
const RULING: &str = "\n[[ruling]]\nrequirement = \"G4\"\nbody = \"LCC\"\ndate = 2026-02-21\noutcome = \"accepted\"\nof = [2026-01-13]\n";

type Step = fn(&Diary<'_>);

/// A folder with agreed minutes, after a step of Alex.
fn with_minutes(step: Step) -> Vec<String> {
    let folder = begun();
    let diary = Diary { top: folder.path() };
    diary.write(MINUTES, AGREED);
    diary.commit(RUTH, "2026-03-02", "minutes");
    step(&diary);
    diary.commit(ALEX, "2026-04-01", "minutes");
    found(folder.path(), "minutes-altered", "")
}

#[test]
fn minutes_with_an_error_are_read_as_far_as_they_can_be() {
    let broken = |it: &Diary<'_>| it.replace(MINUTES, "present = ", "present == ");
    assert!(with_minutes(broken).is_empty());
    for (step, wanted) in [
        (
            (|it: &Diary<'_>| {
                it.replace(MINUTES, "present = ", "present == ");
                it.replace(MINUTES, "queried", "approved");
            }) as Step,
            "item (4, robin-ashby): note from queried to approved",
        ),
        (
            |it| it.replace(MINUTES, "note = \"queried\"", "note == \"approved\""),
            "line 9 cannot be read: it was note = \"queried\", and is note == \"approved\"",
        ),
        (|it| it.write(MINUTES, "the minutes = lost"), "the text cannot be read"),
    ] {
        let told = with_minutes(step);
        let agreed = "altered after they had been agreed on 1 March 2026: ";
        assert!(told.len() == 1 && told[0].contains(agreed) && told[0].contains(wanted), "{wanted}: {told:?}");
    }
    // Where they are mended, what a line says is told once, with all who can have written it.
    for (note, wanted) in [("approved", 1), ("queried", 0)] {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        diary.write(MINUTES, AGREED);
        diary.commit(RUTH, "2026-03-02", "minutes");
        diary.replace(MINUTES, "note = \"queried\"", "note == \"approved\"");
        diary.commit(ALEX, "2026-04-01", "minutes");
        diary.replace(MINUTES, "note == \"approved\"", &format!("note = \"{note}\""));
        diary.commit(RUTH, "2026-04-02", "mended");
        let told = found(folder.path(), "minutes-altered", "");
        assert_eq!(told.len(), wanted, "{note}: {told:?}");
        assert!(told.iter().all(|one| one.ends_with("[2026-04-01 2026-04-02]")), "{told:?}");
    }
}

#[test]
fn what_a_student_writes_for_themselves_in_a_record_that_is_never_mended_is_asked_about() {
    let refused = RULING.replace("accepted", "refused");
    for (what, step, wanted) in [
        (
            "beside the error",
            (|it: &Diary<'_>| {
                it.replace(STUDENT, "name = ", "name == ");
                it.add(STUDENT, RULING);
            }) as Step,
            Some("ruling (G4, 21 February 2026) added: body LCC"),
        ),
        (
            "with the error",
            |it| it.add(STUDENT, &RULING.replace("outcome = ", "outcome == ")),
            Some("and not to be read since: line 92 cannot be read: outcome == \"accepted\""),
        ),
        (
            "in place of what stood there",
            |it| it.replace(STUDENT, "outcome = \"refused\"", "outcome == \"accepted\""),
            Some("it was outcome = \"refused\", and is outcome == \"accepted\""),
        ),
        ("nothing but an error", |it| it.replace(STUDENT, "name = ", "name == "), None),
    ] {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        if what.starts_with("in place") {
            diary.add(STUDENT, &refused);
            diary.commit(RUTH, "2026-03-10", "ruled");
        }
        step(&diary);
        diary.commit(ROBIN, "2026-03-14", "mine");
        diary.add(STUDENT, "# seen\n");
        diary.commit(RUTH, "2026-03-16", "seen");
        let told = found(folder.path(), "own-favour", "");
        assert_eq!(told.len(), usize::from(wanted.is_some()), "{what}: {told:?}");
        let is_told = |one: &String| one.contains("robin.ashby@example.org") && one.ends_with("[2026-03-14]");
        assert!(wanted.is_none_or(|wanted| told.iter().all(|one| is_told(one) && one.contains(wanted))), "{told:?}");
    }
}

/// Mends the log under a name.
fn mend_under(name: &str, diary: &Diary<'_>) {
    let text = fs::read_to_string(diary.top.join(LOG)).unwrap();
    fs::remove_file(diary.top.join(LOG)).unwrap();
    diary.write(&format!("sessions/{name}.toml"), &text.replace(" == ", " = "));
    diary.replace(STUDENT, "tuesday-group", name);
    diary.commit(ALEX, "2026-04-20", "mended");
}

/// Breaks the log, has Robin alter it, and has Alex mend it under a name; gives what is asked about.
fn mended(name: &str, alter: Step) -> TempDir {
    let folder = begun();
    let diary = Diary { top: folder.path() };
    diary.replace(LOG, "kind = ", "kind == ");
    diary.commit(RUTH, "2026-03-10", "a slip");
    alter(&diary);
    diary.commit(ROBIN, "2026-03-14", "the session");
    mend_under(name, &diary);
    folder
}

#[test]
fn who_altered_a_record_with_an_error_is_named_whoever_mended_it() {
    let by = |folder: &TempDir| {
        let document = run(folder.path(), "audit --format json").json();
        let all = document["irregularities"].as_array().unwrap().iter();
        let favour: Vec<_> = all.filter(|one| one["name"] == "altered-in-favour").cloned().collect();
        assert_eq!(favour.len(), 1, "{favour:?}");
        let commits = favour[0]["commits"].as_array().unwrap().iter();
        let emails: Vec<_> = commits.map(|one| one["author"]["email"].as_str().unwrap().to_owned()).collect();
        (favour[0]["message"].as_str().unwrap().to_owned(), emails.join(" "))
    };
    for name in ["tuesday-group", "tuesdays"] {
        for step in [(|it: &Diary<'_>| it.replace(LOG, SHORT, LONG)) as Step, |it| {
            it.replace(LOG, SHORT, &LONG.replace("minutes = 60", "minutes == 60"));
        }] {
            let folder = mended(name, step);
            let (message, emails) = by(&folder);
            assert!(message.starts_with("session (13 January 2026): minutes from 50 to 60, while"), "{message}");
            assert!(!message.contains("readable") && !message.contains("cannot be read"), "{message}");
            assert_eq!(emails, "robin.ashby@example.org alex@example.org", "{name} {message}");
            for other in ["entries-lost", "evidence-removed", "altered-unjudged", "recorded-late"] {
                assert!(found(folder.path(), other, SINCE).is_empty(), "{name} {other}");
            }
        }
        // What says the same is nothing to ask about, by whatever name.
        let folder = mended(name, |it| it.add(LOG, "# seen\n"));
        for other in ["altered-in-favour", "entries-lost", "evidence-removed", "altered-unjudged", "recorded-late"] {
            assert!(found(folder.path(), other, SINCE).is_empty(), "{name} {other}");
        }
    }
}

#[test]
fn an_attestation_is_broken_by_whoever_altered_the_entry() {
    for (name, is_broken) in [("tuesday-group", true), ("tuesdays", true), ("tuesdays", false)] {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        said(started(folder.path()).args(["config", "user.name", "x"]));
        let attested = run(folder.path(), "attest tuesday-group --by kit-lowe --through 2026-02-01");
        assert_eq!(attested.status, 0, "{}", attested.err);
        diary.commit(RUTH, "2026-03-02", "confirmed");
        if is_broken {
            diary.replace(LOG, "kind = ", "kind == ");
            diary.commit(RUTH, "2026-03-10", "a slip");
        }
        diary.replace(LOG, SHORT, LONG);
        diary.commit(ROBIN, "2026-03-14", "the session");
        mend_under(name, &diary);
        let told = found(folder.path(), "attestation-broken", "");
        assert!(told.len() == 1 && told[0].ends_with("[2026-03-14]"), "{name} {is_broken}: {told:?}");
        assert!(told[0].contains("50 minutes") && told[0].contains("it says now"), "{told:?}");
    }
}

#[test]
fn a_record_may_get_another_name_and_an_error_at_once() {
    let folder = begun();
    let diary = Diary { top: folder.path() };
    let text = fs::read_to_string(folder.path().join(LOG)).unwrap();
    fs::remove_file(folder.path().join(LOG)).unwrap();
    diary.write("sessions/tuesdays.toml", &text.replace("kind = ", "kind == ").replace(SHORT, LONG));
    diary.replace(STUDENT, "tuesday-group", "tuesdays");
    diary.commit(ALEX, "2026-03-14", "another name");
    diary.replace("sessions/tuesdays.toml", "kind == ", "kind = ");
    diary.commit(RUTH, "2026-04-20", "mended");
    let told = found(folder.path(), "altered-in-favour", "");
    assert!(told.len() == 1 && told[0].contains("minutes from 50 to 60"), "{told:?}");
    assert!(told[0].ends_with("[2026-03-14 2026-04-20]"), "{told:?}");
    assert!(found(folder.path(), "entries-lost", "").is_empty());
}

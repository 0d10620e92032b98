//! What `gwp audit` and `gwp history` say of scanned papers and minutes that did not stay as they were.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use tempfile::TempDir;

use crate::auditing::found;
use crate::chronicle::{Diary, RUTH, run};
use crate::repository::{said, started};

const ALEX: (&str, &str) = ("Alex Farr", "alex@example.org");
const STUDENT: &str = "students/robin-ashby.toml";
const PAPER: &str = "evidence/gwp2.txt";
const NAMED: &str = "document = \"evidence/gwp2.txt\"\n";
const MINUTES: &str = "meetings/lcc-2026-02-21.toml";

/// A folder with a paper that a report names, and minutes that are a draft.
fn begun() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    said(started(folder.path()).args(["init", "--quiet", "--initial-branch=main"]));
    let diary = Diary { top: folder.path() };
    diary.write_all(&crate::cases::base_files());
    diary.write(PAPER, "signed\n");
    diary.write("evidence/other.txt", "of another year\n");
    diary.replace(STUDENT, "received = 2026-01-29\n", &format!("received = 2026-01-29\n{NAMED}"));
    diary.write(
        MINUTES,
        "body = \"LCC\"\ndate = 2026-02-21\npresent = [\"Ruth Calder\"]\n\n[[items]]\nnumber = 4\nabout = \
         \"robin-ashby\"\nnote = \"queried\"\n",
    );
    diary.commit(RUTH, "2026-03-01", "begin");
    folder
}

type Step = fn(&Diary<'_>);

fn remove(diary: &Diary<'_>, path: &str) {
    fs::remove_file(diary.top.join(path)).unwrap();
}

fn moved(diary: &Diary<'_>, from: &str, to: &str) {
    fs::create_dir_all(diary.top.join(to).parent().unwrap()).unwrap();
    fs::rename(diary.top.join(from), diary.top.join(to)).unwrap();
}

#[test]
fn a_paper_that_did_not_stay_is_asked_about() {
    let cases: [(&str, Step, Option<&str>); 8] = [
        (
            "replaced",
            |it| it.write(PAPER, "signed otherwise\n"),
            Some("which the record names, was replaced by another"),
        ),
        ("deleted", |it| remove(it, PAPER), Some("which the record names, was deleted")),
        (
            "named no more",
            |it| it.replace(STUDENT, NAMED, ""),
            Some("the record names no paper in place of evidence/gwp2.txt"),
        ),
        (
            "named no more, and deleted",
            |it| {
                it.replace(STUDENT, NAMED, "");
                remove(it, PAPER);
            },
            Some("was deleted"),
        ),
        (
            "another is named",
            |it| it.replace(STUDENT, "evidence/gwp2.txt", "evidence/other.txt"),
            Some("the record names evidence/other.txt in place of evidence/gwp2.txt"),
        ),
        (
            "moved",
            |it| {
                moved(it, PAPER, "evidence/2026/robin.txt");
                it.replace(STUDENT, "evidence/gwp2.txt", "evidence/2026/robin.txt");
            },
            None,
        ),
        (
            "gone with the record",
            |it| {
                remove(it, PAPER);
                remove(it, STUDENT);
            },
            None,
        ),
        ("nobody's paper", |it| it.write("evidence/other.txt", "of that year\n"), None),
    ];
    for (what, step, wanted) in cases {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        step(&diary);
        diary.commit(ALEX, "2026-03-14", "papers");
        let told = found(folder.path(), "paper-replaced", "");
        assert_eq!(told.len(), usize::from(wanted.is_some()), "{what}: {told:?}");
        let is_told = told.iter().all(|one| one.starts_with(STUDENT) && one.contains(wanted.unwrap()));
        assert!(is_told && told.iter().all(|one| one.ends_with("[2026-03-01 2026-03-14]")), "{what}: {told:?}");
    }
    // Whoever scanned it scans it again on that day, and whoever has not named it yet.
    for (who, day, is_asked) in [(RUTH, "2026-03-01", false), (RUTH, "2026-03-02", true), (ALEX, "2026-03-01", true)] {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        diary.write(PAPER, "signed, and straight\n");
        diary.commit(who, day, "again");
        assert_eq!(found(folder.path(), "paper-replaced", "").len(), usize::from(is_asked), "{who:?} {day}");
    }
}

#[test]
fn minutes_that_did_not_stay_are_asked_about() {
    let correct: Step = |it| it.replace(MINUTES, "note = \"queried\"", "note = \"approved\"");
    let agree: Step = |it| it.replace(MINUTES, "present = ", "agreed = 2026-07-04\npresent = ");
    for (what, step, day, wanted) in [
        ("a draft", correct, "2026-03-21", None),
        ("late", correct, "2026-03-22", Some("altered 29 days after the meeting: ")),
        ("agreed", agree, "2026-07-05", None),
        (
            "agreed with a correction",
            |it: &Diary<'_>| {
                it.replace(MINUTES, "present = ", "agreed = 2026-07-04\npresent = ");
                it.replace(MINUTES, "note = \"queried\"", "note = \"approved\"");
            },
            "2026-07-05",
            None,
        ),
        ("more is said", |it| it.add(MINUTES, "\n[[items]]\nnumber = 5\nnote = \"n\"\n"), "2026-07-05", None),
        ("gone", |it| remove(it, MINUTES), "2026-03-02", Some("the minutes are gone")),
        ("moved", |it| moved(it, MINUTES, "meetings/2026/lcc-2026-02-21.toml"), "2026-07-05", None),
    ] {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        step(&diary);
        diary.commit(ALEX, day, "minutes");
        let told = found(folder.path(), "minutes-altered", "");
        assert_eq!(told.len(), usize::from(wanted.is_some()), "{what}: {told:?}");
        assert!(told.iter().all(|one| one.contains(wanted.unwrap())), "{what}: {told:?}");
        assert_eq!(found(folder.path(), "minutes-altered", "--student robin-ashby").len(), told.len(), "{what}");
    }
    let folder = begun();
    let diary = Diary { top: folder.path() };
    agree(&diary);
    diary.commit(RUTH, "2026-07-05", "agreed");
    correct(&diary);
    diary.commit(ALEX, "2026-07-06", "tidy");
    let told = found(folder.path(), "minutes-altered", "");
    let wanted = "altered after they had been agreed on 4 July 2026: ";
    assert!(told.len() == 1 && told[0].contains(wanted) && told[0].contains("from queried to approved"), "{told:?}");
}

#[test]
fn a_history_has_the_papers_and_the_minutes() {
    let folder = begun();
    let diary = Diary { top: folder.path() };
    diary.write(PAPER, "signed otherwise\n");
    diary.commit(ALEX, "2026-03-14", "papers");
    remove(&diary, PAPER);
    remove(&diary, MINUTES);
    diary.commit(ALEX, "2026-03-15", "gone");
    let document = run(folder.path(), "history robin-ashby --format json").json();
    let entries = document["entries"].as_array().unwrap().iter();
    let told: Vec<_> = entries
        .filter(|entry| [PAPER, MINUTES].contains(&entry["file"].as_str().unwrap()))
        .map(|entry| ["recorded", "file", "change"].map(|key| entry[key].as_str().unwrap().to_owned()).join(" "))
        .collect();
    for wanted in [
        "2026-03-01 evidence/gwp2.txt added",
        "2026-03-14 evidence/gwp2.txt changed",
        "2026-03-15 evidence/gwp2.txt removed",
        "2026-03-01 meetings/lcc-2026-02-21.toml added",
        "2026-03-15 meetings/lcc-2026-02-21.toml removed",
    ] {
        assert!(told.iter().any(|one| one == wanted), "{wanted}: {told:?}");
    }
    let shown = run(folder.path(), "history robin-ashby").out;
    assert!(shown.contains("evidence/gwp2.txt: changed") && shown.contains("evidence/gwp2.txt: removed"), "{shown}");
    assert!(!shown.contains("evidence/other.txt"), "{shown}");
}

#[test]
fn a_comparison_has_the_papers() {
    let folder = begun();
    let diary = Diary { top: folder.path() };
    let papers = |words: &str| run(folder.path(), &format!("diff {words} --format json")).json()["papers"].clone();
    assert_eq!(papers("HEAD"), serde_json::json!([]));
    diary.write(PAPER, "signed otherwise\n");
    let changed = serde_json::json!([{"file": PAPER, "change": "changed"}]);
    assert_eq!(papers("HEAD"), changed);
    assert_eq!(run(folder.path(), "diff HEAD --exit-code").status, 1);
    diary.commit(ALEX, "2026-03-14", "papers");
    assert_eq!(papers("HEAD~1 HEAD"), changed);
    assert_eq!(papers("HEAD~1 HEAD --student robin-ashby"), changed);
    remove(&diary, PAPER);
    diary.write("evidence/other.txt", "of nobody\n");
    assert_eq!(papers("HEAD"), serde_json::json!([{"file": PAPER, "change": "removed"}]));
    let shown = run(folder.path(), "diff HEAD").out;
    assert!(shown.contains("Scanned papers") && shown.contains("evidence/gwp2.txt  removed"), "{shown}");
}

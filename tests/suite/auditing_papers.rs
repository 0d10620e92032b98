//! What `gwp audit` and `gwp history` say of scanned papers and minutes that did not stay as they were.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use tempfile::TempDir;

use crate::auditing::found;
use crate::chronicle::{Diary, RUTH, run};
use crate::repository::{said, started};
use crate::scratch;

const ALEX: (&str, &str) = ("Alex Farr", "alex@example.org");
const STUDENT: &str = "students/robin-ashby.toml";
const PAPER: &str = "evidence/gwp2.txt";
const NAMED: &str = "document = \"evidence/gwp2.txt\"\n";
const MINUTES: &str = "meetings/lcc-2026-02-21.toml";

/// A folder with a paper that a report names, and minutes that are a draft.
fn begun() -> TempDir {
    let folder = scratch::folder();
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
    let cases: [(&str, Step, Option<&str>); 10] = [
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
            "another in its place",
            |it| {
                remove(it, PAPER);
                it.write("evidence/2026/robin.txt", "signed otherwise\n");
                it.replace(STUDENT, "evidence/gwp2.txt", "evidence/2026/robin.txt");
            },
            Some("which the record names, was replaced by evidence/2026/robin.txt, which is another file"),
        ),
        (
            "the same lies elsewhere already",
            |it| {
                remove(it, PAPER);
                it.replace(STUDENT, "evidence/gwp2.txt", "evidence/copy.txt");
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
        if what.ends_with("already") {
            diary.write("evidence/copy.txt", "signed\n");
            diary.commit(RUTH, "2026-03-10", "a copy");
        }
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
    // To agreed minutes nothing is added either, but for a remark.
    for (more, is_asked) in [("\n[[items]]\nnumber = 5\nnote = \"approved\"\n", true), ("notes = \"n\"\n", false)] {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        agree(&diary);
        diary.commit(RUTH, "2026-07-05", "agreed");
        if is_asked {
            diary.add(MINUTES, more);
        } else {
            diary.replace(MINUTES, "body = ", &format!("{more}body = "));
        }
        diary.commit(ALEX, "2026-07-06", "more");
        let told = found(folder.path(), "minutes-altered", "");
        assert_eq!(told.len(), usize::from(is_asked), "{more}: {told:?}");
        assert!(told.iter().all(|one| one.contains(&format!("{wanted}item (5) added: note approved"))), "{told:?}");
    }
    // By a day that is still to come nothing has been agreed.
    for (day, told_as) in [("2026-03-20", None), ("2026-05-10", Some("altered 78 days after the meeting: "))] {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        agree(&diary);
        diary.commit(RUTH, "2026-03-02", "agreed");
        correct(&diary);
        diary.commit(ALEX, day, "tidy");
        let told = found(folder.path(), "minutes-altered", "");
        assert_eq!(told.len(), usize::from(told_as.is_some()), "{day}: {told:?}");
        assert!(told.iter().all(|one| one.contains(told_as.unwrap())), "{told:?}");
        assert!(found(folder.path(), "dated-ahead", "").iter().any(|one| one.contains("4 July 2026")), "{day}");
    }
}

/// Each time what its author does in the morning, what later on that day, and what is asked about at last.
#[test]
fn what_stood_in_agreed_minutes_before_a_day_is_no_slip_of_that_day() {
    let strike: Step = |it| {
        let text = fs::read_to_string(it.top.join(MINUTES)).unwrap();
        it.write(MINUTES, text.split("\n[[items]]\nnumber = 4").next().unwrap());
    };
    let cases: [(&str, Step, Step, Option<&str>); 6] = [
        ("a remark", |it| it.add(MINUTES, "# seen\n"), strike, Some("queried")),
        (
            "set out otherwise",
            |it| it.replace(MINUTES, "present = [", "present = [ "),
            |it| it.replace(MINUTES, "note = \"queried\"", "note = \"approved\""),
            Some("from queried to approved"),
        ),
        (
            "broken",
            |it| it.replace(MINUTES, "present = ", "present == "),
            |it| {
                it.replace(MINUTES, "present == ", "present = ");
                it.replace(MINUTES, "note = \"queried\"", "note = \"approved\"");
            },
            Some("from queried to approved"),
        ),
        (
            "a word, and then what it says",
            |it| it.replace(MINUTES, "note = \"queried\"", "note = \"queried.\""),
            |it| it.replace(MINUTES, "note = \"queried.\"", "note = \"approved\""),
            Some("from queried to approved"),
        ),
        (
            "an item of that day",
            |it| it.add(MINUTES, "\n[[items]]\nnumber = 5\nnote = \"refusd\"\n"),
            |it| it.replace(MINUTES, "refusd", "refused"),
            None,
        ),
        (
            "put back",
            |it| it.replace(MINUTES, "note = \"queried\"", "note = \"approved\""),
            |it| it.replace(MINUTES, "note = \"approved\"", "note = \"queried\""),
            None,
        ),
    ];
    for (what, morning, later, wanted) in cases {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        diary.replace(MINUTES, "present = ", "agreed = 2026-07-04\npresent = ");
        diary.commit(RUTH, "2026-07-05", "agreed");
        morning(&diary);
        diary.commit(ALEX, "2026-07-06", "in the morning");
        let before = found(folder.path(), "minutes-altered", "").len();
        later(&diary);
        diary.commit(ALEX, "2026-07-06", "later");
        let told = found(folder.path(), "minutes-altered", "");
        let of_morning = if what == "put back" { 0 } else { before };
        assert_eq!(told.len(), of_morning + usize::from(wanted.is_some()), "{what}: {told:?}");
        assert!(wanted.is_none_or(|wanted| told.iter().any(|one| one.contains(wanted))), "{what}: {told:?}");
    }
}

#[test]
fn a_paper_of_an_earlier_day_is_no_slip_of_that_day() {
    let moved_first: Step = |it| {
        moved(it, PAPER, "evidence/moved.txt");
        it.replace(STUDENT, "evidence/gwp2.txt", "evidence/moved.txt");
    };
    let copied_first: Step = |it| {
        it.write("evidence/moved.txt", "signed\n");
        it.replace(STUDENT, "evidence/gwp2.txt", "evidence/moved.txt");
    };
    let back: Step = |it| it.write(PAPER, "signed\n");
    let cases: [(&str, Step, Step, bool); 6] = [
        ("moved", moved_first, |it| it.write("evidence/moved.txt", "other\n"), true),
        ("copied", copied_first, |it| it.write("evidence/moved.txt", "other\n"), true),
        ("deleted, and back", |it| remove(it, PAPER), back, false),
        ("deleted, and another there", |it| remove(it, PAPER), |it| it.write(PAPER, "other\n"), true),
        ("replaced, and again", |it| it.write(PAPER, "other\n"), |it| it.write(PAPER, "straight\n"), true),
        (
            "a new one, scanned again",
            |it| {
                it.write("evidence/new.txt", "new\n");
                it.add(
                    STUDENT,
                    "\n[[report]]\nform = \"GWP2\"\nreceived = 2026-07-05\ndocument = \"evidence/new.txt\"\n",
                );
            },
            |it| it.write("evidence/new.txt", "new, and straight\n"),
            false,
        ),
    ];
    for (what, morning, later, is_asked) in cases {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        morning(&diary);
        diary.commit(ALEX, "2026-07-06", "in the morning");
        later(&diary);
        diary.commit(ALEX, "2026-07-06", "later");
        let told = found(folder.path(), "paper-replaced", "");
        assert_eq!(told.len(), usize::from(is_asked), "{what}: {told:?}");
    }
    // On another day, or by somebody else, what was deleted was away.
    for (who, day) in [(ALEX, "2026-07-07"), (RUTH, "2026-07-06")] {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        remove(&diary, PAPER);
        diary.commit(ALEX, "2026-07-06", "in the morning");
        back(&diary);
        diary.commit(who, day, "back");
        let told = found(folder.path(), "paper-replaced", "");
        assert!(told.len() == 1 && told[0].contains("was deleted, and came back as evidence/gwp2.txt on "), "{told:?}");
    }
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

/// A name of two ways to write it, which look the same: as people type it, and as some disks keep it.
#[test]
fn a_paper_is_the_same_however_its_name_is_written() {
    let (typed, kept) = ("evidence/Zo\u{eb}.txt", "evidence/Zoe\u{308}.txt");
    for (named, lies) in [(typed, kept), (kept, typed), (typed, typed)] {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        moved(&diary, PAPER, lies);
        diary.replace(STUDENT, "evidence/gwp2.txt", named);
        diary.commit(RUTH, "2026-03-02", "another name");
        assert!(found(folder.path(), "paper-replaced", "").is_empty());
        // A disk that keeps names otherwise has the same file gone and another one there.
        let other = if lies == typed { kept } else { typed };
        moved(&diary, lies, other);
        diary.commit(RUTH, "2026-03-03", "another disk");
        assert!(found(folder.path(), "paper-replaced", "").is_empty());
        diary.write(other, "signed otherwise\n");
        diary.commit(ALEX, "2026-03-14", "papers");
        assert_eq!(found(folder.path(), "paper-replaced", "").len(), 1, "{named} {lies}");
        let history = run(folder.path(), "history robin-ashby --format json").json();
        let told = |day: &str| {
            let entries = history["entries"].as_array().unwrap().iter();
            entries.filter(|entry| entry["recorded"] == day).filter_map(|entry| entry["change"].as_str()).collect()
        };
        let of_days: [Vec<&str>; 2] = ["2026-03-03", "2026-03-14"].map(told);
        assert_eq!(of_days, [vec![], vec!["changed"]], "{named} {lies}");
    }
}

#[test]
fn a_paper_that_a_committee_saw_is_the_same_however_its_name_is_written() {
    let (typed, kept) = ("evidence/Zo\u{eb}.txt", "evidence/Zoe\u{308}.txt");
    for (seen, now) in [(typed, kept), (kept, typed)] {
        for (bytes, wanted) in [(None, 0), (Some("signed otherwise\n"), 1)] {
            let folder = begun();
            let diary = Diary { top: folder.path() };
            moved(&diary, PAPER, seen);
            diary.replace(STUDENT, "evidence/gwp2.txt", typed);
            diary.add(
                STUDENT,
                "\n[[decision]]\nbody = \"LCC\"\nabout = \"award\"\ndate = 2026-03-02\noutcome = \"recommended\"\n",
            );
            diary.commit(RUTH, "2026-03-02", "decided");
            moved(&diary, seen, now);
            diary.commit(RUTH, "2026-03-03", "another disk");
            diary.add("gwp.toml", "# seen\n");
            if let Some(bytes) = bytes {
                diary.write(now, bytes);
            }
            diary.commit(ALEX, "2026-03-14", "papers");
            let ran = run(folder.path(), "audit --decision robin-ashby 2026-03-02 --format json");
            assert_eq!(ran.status, wanted, "{now}: {}{}", ran.out, ran.err);
            let told = ["altered", "removed"].map(|list| ran.json()[list].as_array().unwrap().len());
            assert_eq!(told, [usize::from(wanted == 1), 0], "{now}: {}", ran.out);
        }
    }
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

#[test]
fn a_comparison_of_one_student_has_the_minutes_about_them_and_no_others() {
    let folder = begun();
    let diary = Diary { top: folder.path() };
    diary.add(MINUTES, "\n[[items]]\nnumber = 5\nabout = \"alex-moran\"\nnote = \"private\"\n");
    diary.commit(RUTH, "2026-03-02", "another item");
    let minutes = |words: &str| {
        let document = run(folder.path(), &format!("diff {words} --student robin-ashby --format json")).json();
        let all = document["records"].as_array().unwrap().iter().filter(|one| one["file"] == MINUTES).cloned();
        all.collect::<Vec<_>>()
    };
    diary.replace(MINUTES, "note = \"private\"", "note = \"withheld\"");
    assert!(minutes("HEAD").is_empty());
    diary.replace(MINUTES, "note = \"queried\"", "note = \"approved\"");
    let told = minutes("HEAD");
    assert_eq!((told.len(), told[0]["changes"].as_array().unwrap().len()), (1, 1), "{told:?}");
    assert!(told[0].to_string().contains("approved") && !told[0].to_string().contains("withheld"), "{told:?}");
    remove(&diary, MINUTES);
    assert_eq!(minutes("HEAD").len(), 1);
    diary.write(MINUTES, "body = \"LCC\"\ndate = 2026-02-21\n");
    diary.commit(RUTH, "2026-03-03", "empty");
    remove(&diary, MINUTES);
    assert!(minutes("HEAD").is_empty());
}

#[test]
fn an_audit_of_a_decision_has_the_papers_that_the_committee_saw() {
    let cases: [(&str, Step, [usize; 2]); 5] = [
        ("replaced", |it| it.write(PAPER, "signed otherwise\n"), [1, 0]),
        ("deleted", |it| remove(it, PAPER), [0, 1]),
        ("elsewhere", |it| moved(it, PAPER, "evidence/moved.txt"), [0, 0]),
        ("nobody's", |it| it.write("evidence/other.txt", "of that year\n"), [0, 0]),
        ("nothing", |_| {}, [0, 0]),
    ];
    for (what, step, wanted) in cases {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        diary.add(
            STUDENT,
            "\n[[decision]]\nbody = \"LCC\"\nabout = \"award\"\ndate = 2026-03-02\noutcome = \"recommended\"\n",
        );
        diary.commit(RUTH, "2026-03-02", "decided");
        step(&diary);
        diary.add("gwp.toml", "# seen\n");
        diary.commit(ALEX, "2026-03-14", "papers");
        let ran = run(folder.path(), "audit --decision robin-ashby 2026-03-02 --format json");
        assert_eq!(ran.status, i32::from(wanted != [0, 0]), "{what}: {}{}", ran.out, ran.err);
        let document = ran.json();
        let papers = |list: &str| {
            let all = document[list].as_array().unwrap().iter();
            all.filter(|one| one["file"].as_str().unwrap().starts_with("evidence/")).count()
        };
        assert_eq!(["altered", "removed"].map(papers), wanted, "{what}: {}", ran.out);
    }
}

//! `gwp audit` where something lies elsewhere: papers that went and others that came, minutes of another day, a course of
//! another student, and a folder as a whole.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use tempfile::TempDir;

use crate::auditing::found;
use crate::auditing_decisions::recommended;
use crate::auditing_unjudged::{ALEX, LOG, STUDENT, begun};
use crate::chronicle::{Diary, RUTH, run};

const PAPER: &str = "evidence/gwp2.txt";

type Step = fn(&Diary<'_>);

fn moved(diary: &Diary<'_>, from: &str, to: &str) {
    fs::create_dir_all(diary.top.join(to).parent().unwrap()).unwrap();
    fs::rename(diary.top.join(from), diary.top.join(to)).unwrap();
}

#[test]
fn another_file_in_the_place_of_a_paper_is_asked_about_whenever_it_comes() {
    let other: Step = |it| it.write(PAPER, "signed otherwise\n");
    let away: Step = |it| moved(it, PAPER, "evidence/old.txt");
    let deleted: Step = |it| fs::remove_file(it.top.join(PAPER)).unwrap();
    let renamed: Step = |it| it.replace(STUDENT, PAPER, "evidence/old.txt");
    let named: Step =
        |it| it.replace(STUDENT, "received = 2026-06-10", "received = 2026-06-10\ndocument = \"evidence/gwp2.txt\"");
    let back: Step = |it| moved(it, "evidence/old.txt", PAPER);
    let there_now = "the paper evidence/gwp2.txt, which the record names, was gone, and another file lies there now";
    let cases: [(&[Step], &[Step], Option<&str>); 6] = [
        (&[away], &[other], Some(there_now)),
        (&[deleted], &[other], Some(there_now)),
        (&[away], &[back], None),
        // The record went with it, and the place is that of another paper.
        (&[away, renamed], &[other], None),
        (&[away, renamed], &[other, named], None),
        // A paper that nobody names is nobody's concern.
        (&[deleted], &[|it| it.write("evidence/new.txt", "signed\n")], None),
    ];
    for (at, (first, second, wanted)) in cases.into_iter().enumerate() {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        diary.write(PAPER, "signed\n");
        diary.replace(STUDENT, "received = 2026-01-29", "received = 2026-01-29\ndocument = \"evidence/gwp2.txt\"");
        diary.commit(RUTH, "2026-03-02", "a paper");
        for (steps, day) in [(first, "2026-03-10"), (second, "2026-03-17")] {
            for step in steps {
                step(&diary);
            }
            diary.commit(RUTH, day, "papers");
        }
        let told = found(folder.path(), "paper-replaced", "--since 2026-03-17");
        let wanted: Vec<_> = wanted.iter().map(|one| format!("{STUDENT} {one} [2026-03-02 2026-03-17]")).collect();
        assert_eq!(told, wanted, "{at}");
    }
}

#[test]
fn minutes_of_another_day_name_those_who_were_decided_about() {
    let minutes = "meetings/lcc.toml";
    let agreed = "body = \"LCC\"\ndate = 2026-02-21\npresent = [\"Ruth Calder\"]\nagreed = 2026-03-01\n";
    let item = "items = [{ number = 4, about = \"sam-tully\", note = \"queried\" }]\n";
    let ruling = "\n[[ruling]]\nrequirement = \"G4\"\nbody = \"LCC\"\ndate = 2026-02-21\noutcome = \"accepted\"\n";
    let cases: [(Step, &[&str]); 5] = [
        (|it| it.replace("meetings/lcc.toml", "date = 2026-02-21", "date = 2026-02-14"), &["robin-ashby", "sam-tully"]),
        (|it| it.replace("meetings/lcc.toml", "body = \"LCC\"", "body = \"SPC\""), &["robin-ashby", "sam-tully"]),
        (|it| fs::remove_file(it.top.join("meetings/lcc.toml")).unwrap(), &["robin-ashby", "sam-tully"]),
        (|it| it.replace("meetings/lcc.toml", "queried", "approved"), &["sam-tully"]),
        (|it| it.replace("meetings/lcc.toml", "[\"Ruth Calder\"]", "[\"Ruth Calder\", \"Alex Farr\"]"), &[]),
    ];
    for (at, (step, wanted)) in cases.into_iter().enumerate() {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        diary.write("students/sam-tully.toml", "name = \"Sam Tully\"\ncourse = \"york-2025\"\n");
        diary.write(minutes, &format!("{agreed}{item}"));
        diary.add(STUDENT, ruling);
        diary.commit(RUTH, "2026-03-02", "minutes");
        step(&diary);
        diary.commit(ALEX, "2026-04-10", "minutes");
        let document = run(folder.path(), "audit --format json --since 2026-04-10").json();
        let all = document["irregularities"].as_array().unwrap().iter();
        let altered: Vec<_> = all.filter(|one| one["name"] == "minutes-altered").collect();
        assert_eq!(altered.len(), 1, "{at}: {document:#}");
        let students: Vec<_> =
            altered[0]["students"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
        assert_eq!(students, wanted, "{at}");
    }
}

#[test]
fn a_student_who_is_put_on_another_course_is_judged_by_the_one_that_went_as_well() {
    let (york, leeds) = ("courses/york-2025.toml", "courses/leeds-2025.toml");
    for (is_other, goes) in [(true, false), (true, true), (false, false), (false, true)] {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        let text = fs::read_to_string(folder.path().join(york)).unwrap();
        let earlier = text.replace("2026-", "2023-").replace("2025-", "2022-");
        diary.write(york, &earlier);
        diary.commit(RUTH, "2026-03-02", "a course that is over");
        let rest = if is_other { &text } else { &earlier };
        diary.write(leeds, &format!("name = \"Leeds\"\n{}", rest.split_once('\n').unwrap().1.replace("Quill", "Vane")));
        diary.commit(RUTH, "2026-03-03", "another course");
        diary.replace(STUDENT, "york-2025", "leeds-2025");
        if goes {
            fs::remove_file(folder.path().join(york)).unwrap();
        }
        diary.commit(RUTH, "2026-03-10", "moved");
        let told = found(folder.path(), "altered-in-favour", "--since 2026-03-10");
        let of_limit = told.iter().filter(|one| one.contains("T1 two-year-limit was failed, and became open"));
        assert_eq!((of_limit.count() > 0, told.is_empty()), (is_other, !is_other), "{goes}: {told:?}");
        assert!(found(folder.path(), "altered-unjudged", "").is_empty());
    }
}

/// All that is found, by name.
fn all(folder: &TempDir, words: &str) -> Vec<String> {
    let document = run(folder.path(), &format!("audit --format json {words}")).json();
    let all = document["irregularities"].as_array().unwrap().iter();
    all.map(|one| format!("{}: {} {}", one["name"], one["file"], one["message"])).collect()
}

#[test]
fn a_folder_that_is_moved_as_a_whole_has_its_past() {
    let into = |diary: &Diary<'_>| {
        fs::create_dir(diary.top.join("york")).unwrap();
        for one in ["gwp.toml", "courses", "sessions", "students", "supervisors"] {
            fs::rename(diary.top.join(one), diary.top.join("york").join(one)).unwrap();
        }
    };
    let moved = recommended();
    let diary = Diary { top: moved.path() };
    let before = all(&moved, "");
    into(&diary);
    diary.commit(RUTH, "2026-07-21", "each course in a folder of its own");
    assert_eq!(all(&moved, ""), before);
    assert!(all(&moved, "--since 2026-07-21").is_empty());
    // Back at the top it was there before, and below it meanwhile.
    for one in ["gwp.toml", "courses", "sessions", "students", "supervisors"] {
        fs::rename(moved.path().join("york").join(one), moved.path().join(one)).unwrap();
    }
    diary.commit(RUTH, "2026-07-28", "one course alone");
    assert_eq!(all(&moved, ""), before);
    assert!(all(&moved, "--since 2026-07-21").is_empty());
    // What is altered on the way, and after it, is held against what was there.
    for is_on_the_way in [true, false] {
        let altered = recommended();
        let diary = Diary { top: altered.path() };
        into(&diary);
        if !is_on_the_way {
            diary.commit(RUTH, "2026-07-21", "moved");
        }
        diary.replace(&format!("york/{LOG}"), "2026-01-06, minutes = 90", "2026-01-06, minutes = 60");
        diary.commit(ALEX, "2026-07-22", "tidy");
        let told = found(altered.path(), "evidence-altered", "");
        assert_eq!(told.len(), 1, "{is_on_the_way}: {told:?}");
        assert!(told[0].contains("session (6 January 2026): minutes from 90 to 60"), "{told:?}");
    }
}

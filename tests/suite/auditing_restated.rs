//! `gwp audit`: rulings and decisions that are said otherwise than before, what is taken out in one commit and put in
//! otherwise in a later one, and who wrote it.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use tempfile::TempDir;

use crate::auditing::found;
use crate::auditing_unjudged::{ALEX, LOG, ROBIN, STUDENT, begun};
use crate::chronicle::{Diary, RUTH};
use crate::repository::{said, started};

type Step<'s> = (&'s str, &'s dyn Fn(&Diary<'_>), (&'static str, &'static str), &'s str);

const REFUSED: &str = "\n[[ruling]]\nrequirement = \"G4\"\nbody = \"LCC\"\ndate = 2026-02-21\noutcome = \"refused\"\n";
const OF_ONE_DAY: &str =
    "\n[[ruling]]\nrequirement = \"G4\"\nbody = \"LCC\"\noutcome = \"refused\"\ndate = 2026-02-21\nof = [2026-01-13]\n";
const DEFERRED: &str = "\n[[decision]]\nbody = \"LCC\"\nabout = \"award\"\ndate = 2026-02-21\noutcome = \"deferred\"\n";

fn after(steps: &[Step<'_>]) -> TempDir {
    let folder = begun();
    let diary = Diary { top: folder.path() };
    for (what, step, who, day) in steps {
        step(&diary);
        diary.commit(*who, day, what);
    }
    folder
}

fn restated(steps: &[Step<'_>]) -> Vec<String> {
    found(after(steps).path(), "decision-restated", "")
}

#[test]
fn a_ruling_is_by_the_body_that_made_it() {
    let rule: Step<'_> = ("ruled", &|it| it.add(STUDENT, REFUSED), RUTH, "2026-03-02");
    let of_body = |it: &Diary<'_>| it.replace(STUDENT, "body = \"LCC\"\ndate", "body = \"NTM\"\ndate");
    let told = restated(&[rule, ("of another body", &of_body, ALEX, "2026-04-01")]);
    let wanted = format!("{STUDENT} ruling (G4, 21 February 2026): body from LCC to NTM [2026-04-01]");
    assert_eq!(told, [wanted]);
    // Its author mends it on the same day, and somebody else on that day does not.
    assert!(restated(&[rule, ("mended", &of_body, RUTH, "2026-03-02")]).is_empty());
    assert_eq!(restated(&[rule, ("of another body", &of_body, ALEX, "2026-03-02")]).len(), 1);
    assert_eq!(restated(&[rule, ("of another body", &of_body, RUTH, "2026-03-03")]).len(), 1);
    // A note beside it alters nothing.
    let noted = |it: &Diary<'_>| it.replace(STUDENT, "outcome = \"refused\"", "outcome = \"refused\"\nnotes = \"n\"");
    assert!(restated(&[rule, ("noted", &noted, ALEX, "2026-04-01")]).is_empty());
    // A decision is told apart by its body, and is the same decision all the same.
    let decide: Step<'_> = ("decided", &|it| it.add(STUDENT, DEFERRED), RUTH, "2026-03-02");
    let by_spc = |it: &Diary<'_>| it.replace(STUDENT, DEFERRED, &DEFERRED.replace("LCC", "SPC"));
    let told = restated(&[decide, ("of another body", &by_spc, ALEX, "2026-04-01")]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("body from LCC to SPC"), "{told:?}");
}

#[test]
fn an_accommodation_is_by_the_body_that_agreed_it() {
    let agreed = "\n[[accommodation]]\nparameter = \"supervision_minutes\"\nvalue = 45\nfrom = 2026-03-09\nuntil = \
                  2026-03-31\nagreed_by = \"LCC\"\nagreed = 2026-02-21\n";
    let add = |it: &Diary<'_>| it.add(STUDENT, agreed);
    for (from, to, wanted) in [
        ("\"LCC\"\nagreed", "\"NTM\"\nagreed", Some("agreed_by from LCC to NTM")),
        ("until = 2026-03-31", "until = 2026-03-30", None),
    ] {
        let alter = |it: &Diary<'_>| it.replace(STUDENT, from, to);
        let told = restated(&[("agreed", &add, RUTH, "2026-03-02"), ("altered", &alter, ALEX, "2026-04-01")]);
        assert_eq!(told.len(), usize::from(wanted.is_some()), "{to}: {told:?}");
        assert!(wanted.iter().all(|wanted| told[0].contains(wanted)), "{told:?}");
    }
}

#[test]
fn what_was_taken_out_on_another_branch_says_nothing_of_this_one() {
    let again = REFUSED.replace("02-21", "03-14").replace("refused", "accepted");
    let strike = |it: &Diary<'_>| it.replace(STUDENT, REFUSED, "");
    let rule = |it: &Diary<'_>| it.replace(STUDENT, "\n[[insurance]]", &format!("{again}\n[[insurance]]"));
    let deeds: [Deed<'_>; 2] = [&strike, &rule];
    // Git tells the branches one after the other: each of them once before the other.
    for [aside, on_main] in [deeds, [deeds[1], deeds[0]]] {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        let git = |words: &[&str]| said(started(folder.path()).args(words));
        diary.add(STUDENT, REFUSED);
        diary.commit(RUTH, "2026-03-02", "ruled");
        git(&["checkout", "--quiet", "-b", "side"]);
        aside(&diary);
        diary.commit(ALEX, "2026-03-10", "aside");
        git(&["checkout", "--quiet", "main"]);
        on_main(&diary);
        diary.commit(RUTH, "2026-03-17", "on main");
        let mut merge = started(folder.path());
        merge.envs([("GIT_COMMITTER_DATE", "2026-03-20T12:00:00Z"), ("GIT_AUTHOR_DATE", "2026-03-20T12:00:00Z")]);
        said(merge.args(["merge", "--quiet", "--no-edit", "side"]));
        let told = found(folder.path(), "decision-restated", "");
        assert!(told.is_empty(), "{told:?}");
    }
}

#[test]
fn what_comes_again_is_held_against_what_was_taken_out() {
    let again = |entry: &'static str, from: &'static str, to: &'static str| {
        move |it: &Diary<'_>| it.add(STUDENT, &entry.replace(from, to))
    };
    let add = |entry: &'static str| move |it: &Diary<'_>| it.add(STUDENT, entry);
    let out = |entry: &'static str| move |it: &Diary<'_>| it.replace(STUDENT, entry, "");
    let steps = [
        // The entry, on which day it goes, on which day another comes, with what in place of what, and what is told.
        (REFUSED, "2026-03-10", "2026-03-17", ("refused", "accepted"), Some("outcome from refused to accepted")),
        (
            DEFERRED,
            "2026-03-10",
            "2026-03-17",
            ("deferred", "recommended"),
            Some("outcome from deferred to recommended"),
        ),
        (
            DEFERRED,
            "2026-03-10",
            "2026-03-17",
            ("02-21", "01-17"),
            Some("date from 21 February 2026 to 17 January 2026"),
        ),
        // What is put back as it was, or is of another matter, is nothing to ask.
        (REFUSED, "2026-03-10", "2026-03-17", ("refused", "refused"), None),
        (REFUSED, "2026-03-10", "2026-03-17", ("G4", "G6"), None),
        (
            OF_ONE_DAY,
            "2026-03-10",
            "2026-03-17",
            ("02-21\nof = [2026-01-13]", "03-14\nof = [2026-01-13, 2026-01-20]"),
            Some("date from 21 February 2026 to 14 March 2026"),
        ),
        (OF_ONE_DAY, "2026-03-10", "2026-03-17", ("02-21\nof = [2026-01-13]", "03-14\nof = [2026-01-20]"), None),
        // Taken back on the day on which it was written it was a slip: of the same matter and day nothing else comes later.
        (REFUSED, "2026-03-02", "2026-03-17", ("refused", "accepted"), Some("outcome from refused to accepted")),
        (REFUSED, "2026-03-02", "2026-03-17", ("02-21", "01-17"), None),
        (REFUSED, "2026-03-02", "2026-03-02", ("refused", "accepted"), None),
    ];
    for (entry, goes, comes, (from, to), wanted) in steps {
        let (added, gone, new) = (add(entry), out(entry), again(entry, from, to));
        let told = restated(&[
            ("said", &added, RUTH, "2026-03-02"),
            ("reverted", &gone, RUTH, goes),
            ("said anew", &new, RUTH, comes),
        ]);
        assert_eq!(told.len(), usize::from(wanted.is_some()), "{entry} {goes} {comes} {to}: {told:?}");
        for (told, wanted) in told.iter().zip(wanted) {
            assert!(told.contains("and now said otherwise: ") && told.contains(wanted), "{told}");
            assert!(told.ends_with(&format!("[{goes} {comes}]")), "{told}");
        }
    }
    // A record that is away for a day takes nothing back, and another meeting can decide again.
    let path = |it: &Diary<'_>| it.top.join(STUDENT);
    let kept = std::fs::read_to_string(begun().path().join(STUDENT)).unwrap();
    let away = |it: &Diary<'_>| std::fs::remove_file(path(it)).unwrap();
    let back = |it: &Diary<'_>| it.write(STUDENT, &kept);
    let anew = again(DEFERRED, "about = \"award\"\ndate = 2026-02-21", "about = \"arrangements\"\ndate = 2026-02-21");
    let steps: [Step<'_>; 3] = [
        ("away", &away, ALEX, "2026-03-03"),
        ("back", &back, ALEX, "2026-03-04"),
        ("decided again", &anew, RUTH, "2026-03-10"),
    ];
    assert!(restated(&steps).is_empty());
    // A second ruling beside the first takes nothing back.
    let both = [
        ("ruled", &add(REFUSED) as _, RUTH, "2026-03-02"),
        (
            "ruled anew",
            &again(REFUSED, "02-21\noutcome = \"refused\"", "03-14\noutcome = \"accepted\"") as _,
            RUTH,
            "2026-03-17",
        ),
    ];
    assert!(restated(&both).is_empty());
}

#[test]
fn what_is_altered_step_by_step_is_altered_from_what_stood_there_first() {
    let minutes = |from: u32, to: u32| {
        move |it: &Diary<'_>| {
            it.replace(LOG, &format!("2026-01-13, minutes = {from}"), &format!("2026-01-13, minutes = {to}"));
        }
    };
    let steps = [minutes(50, 55), minutes(55, 58), minutes(58, 60), minutes(60, 61)];
    let days = ["2026-03-10", "2026-03-17", "2026-03-24", "2026-03-31"];
    let steps: Vec<Step<'_>> = steps.iter().zip(days).map(|(step, day)| ("a little", step as _, ALEX, day)).collect();
    let favour = |steps: &[Step<'_>]| found(after(steps).path(), "altered-in-favour", "");
    assert!(favour(&steps[..2]).is_empty());
    for steps in [&steps[..3], &steps] {
        let told = favour(steps);
        assert_eq!(told.len(), 1, "what was told of is begun anew: {told:?}");
        assert!(told[0].contains("session (13 January 2026): minutes from 50 to 60; so "), "{told:?}");
        assert!(told[0].ends_with("[2026-03-10 2026-03-17 2026-03-24]"), "{told:?}");
    }
    // Whoever puts back what stood there first has altered what stood there meanwhile.
    let longer = |from: u32, to: u32| {
        move |it: &Diary<'_>| {
            it.replace(LOG, &format!("2026-01-20, minutes = {from}"), &format!("2026-01-20, minutes = {to}"));
        }
    };
    let (less, back) = (longer(90, 50), longer(50, 90));
    let told = favour(&[("less", &less, ALEX, "2026-03-10"), ("back", &back, ALEX, "2026-03-17")]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("session (20 January 2026): minutes from 50 to 90; so "), "{told:?}");
    // What was put right against somebody and is then altered again is held against what was put right.
    let (long, short, enough) = (minutes(50, 90), minutes(90, 45), minutes(45, 75));
    let steps: [Step<'_>; 3] = [
        ("long", &long, ALEX, "2026-03-10"),
        ("put right", &short, RUTH, "2026-03-17"),
        ("enough", &enough, ALEX, "2026-03-24"),
    ];
    let told = favour(&steps);
    assert!(told.last().is_some_and(|told| told.contains("minutes from 45 to 75; so ")), "{told:?}");
}

type Deed<'d> = &'d dyn Fn(&Diary<'_>);
type Case<'d> = (&'d str, Deed<'d>, Deed<'d>, (&'static str, &'static str), Deed<'d>, bool);

const LISTED: &str = "\n[audit]\nconvenors = [\"ruth@example.org\"]\n";

#[test]
fn who_writes_what_a_committee_decided_is_known() {
    let stranger = ("Mal Lory", "mal@elsewhere.example");
    let rule = |it: &Diary<'_>| it.add(STUDENT, REFUSED);
    let decide = |it: &Diary<'_>| it.add(STUDENT, DEFERRED);
    let strike = |it: &Diary<'_>| {
        it.replace(
            STUDENT,
            "[[decision]]\nbody = \"SPC\"\nabout = \"arrangements\"\ndate = 2026-01-17\noutcome = \"ratified\"\n",
            "",
        );
    };
    let session = |it: &Diary<'_>| it.replace(LOG, "present = 7 },\n]", "present = 6 },\n]");
    let list = |it: &Diary<'_>| it.add("gwp.toml", LISTED);
    let list_students = |it: &Diary<'_>| it.add("gwp.toml", "\n[audit]\nstudents = [\"ruth@example.org\"]\n");
    let later = |it: &Diary<'_>| {
        it.replace("gwp.toml", "\"ruth@example.org\"]", "\"ruth@example.org\", \"mal@elsewhere.example\"]");
    };
    let nothing = |_: &Diary<'_>| {};
    let fellow = |it: &Diary<'_>| {
        list(it);
        let own = std::fs::read_to_string(it.top.join(STUDENT)).unwrap();
        let own = own.replace("Robin Ashby", "Mal Lory").replace("robin.ashby@example.org", stranger.1);
        assert!(own.contains(stranger.1));
        it.write("students/mal-lory.toml", &own);
    };
    let convenor = ("Hester Quill", "convenor.york@example.org");
    let steps: [Case<'_>; 12] = [
        ("a ruling", &list, &rule, stranger, &nothing, true),
        ("a decision", &list, &decide, stranger, &nothing, true),
        ("a decision struck out", &list, &strike, stranger, &nothing, true),
        ("a session", &list, &session, stranger, &nothing, false),
        ("where nobody is listed", &nothing, &rule, stranger, &nothing, false),
        ("where students alone are listed", &list_students, &rule, stranger, &nothing, false),
        ("from an address that is listed", &list, &rule, RUTH, &nothing, false),
        ("from one that is listed later", &list, &rule, stranger, &later, false),
        ("from that of the course", &list, &rule, convenor, &nothing, false),
        ("from that of a supervisor", &list, &rule, ("Kit Lowe", "Kit.Lowe@example.org"), &nothing, false),
        ("from that of a fellow student", &fellow, &rule, stranger, &nothing, true),
        // This is asked about by another name.
        ("from that of the student", &list, &rule, ROBIN, &nothing, false),
    ];
    for (what, first, deed, who, last, is_asked) in steps {
        let folder = after(&[
            (
                "lists",
                &|it| {
                    first(it);
                    it.add(STUDENT, "# read\n");
                },
                RUTH,
                "2026-03-02",
            ),
            (what, &|it| deed(it), who, "2026-03-10"),
            (
                "lists",
                &|it| {
                    last(it);
                    it.add(STUDENT, "# read again\n");
                },
                RUTH,
                "2026-03-17",
            ),
        ]);
        let told = found(folder.path(), "writer-unlisted", "");
        assert_eq!(told.len(), usize::from(is_asked), "{what}: {told:?}");
        if is_asked {
            assert!(told[0].contains("written from mal@elsewhere.example, which is on no list: "), "{told:?}");
        }
    }
    // What was written before there was a list nobody could have listed, nor what came with the first.
    let with_it = |it: &Diary<'_>| {
        list(it);
        rule(it);
    };
    assert!(found(after(&[("both", &with_it, stranger, "2026-03-02")]).path(), "writer-unlisted", "").is_empty());
    let folder = after(&[("a ruling", &rule, stranger, "2026-03-02"), ("lists", &list, RUTH, "2026-03-10")]);
    assert!(found(folder.path(), "writer-unlisted", "").is_empty());
}

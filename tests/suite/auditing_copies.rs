//! What `gwp audit` says of records that got another id, in one step or in several, and of what somebody mistyped and put
//! right on the same day.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use crate::auditing::found;
use crate::auditing_unjudged::{ALEX, LOG, LONG, SHORT, STUDENT, SUPERVISION, begun};
use crate::chronicle::{Diary, RUTH};

/// What the folders begin with is of an earlier day.
const SINCE: &str = "--since 2026-03-02";

const KIT: &str = "supervisors/kit-lowe.toml";

/// What an honest change of a name leaves nothing of.
const NOTHING: [&str; 8] = [
    "altered-in-favour",
    "altered-unjudged",
    "writer-changed",
    "evidence-altered",
    "evidence-removed",
    "entries-lost",
    "recorded-late",
    "minutes-altered",
];

type Step = fn(&Diary<'_>);

/// A record that is copied under another id: where it lies, its new place, who names it, and what is altered in the copy.
struct Copying {
    old: &'static str,
    new: &'static str,
    ids: (&'static str, &'static str),
    named_in: &'static [&'static str],
    was: &'static str,
    is: &'static str,
    wanted: &'static str,
}

const COPIES: [Copying; 3] = [
    Copying {
        old: LOG,
        new: "sessions/tuesdays.toml",
        ids: ("tuesday-group", "tuesdays"),
        named_in: &[STUDENT],
        was: SHORT,
        is: LONG,
        wanted: "minutes from 50 to 60",
    },
    Copying {
        old: SUPERVISION,
        new: "sessions/kit-and-robin.toml",
        ids: ("supervision-ashby", "kit-and-robin"),
        named_in: &[],
        was: "2026-01-08, minutes = 30",
        is: "2026-01-08, minutes = 60",
        wanted: "minutes from 30 to 60",
    },
    Copying {
        old: KIT,
        new: "supervisors/kit-l.toml",
        ids: ("\"kit-lowe\"", "\"kit-l\""),
        named_in: &[STUDENT, SUPERVISION],
        was: "expires = 2026-01-30",
        is: "expires = 2026-09-30",
        wanted: "expires from 30 January 2026 to 30 September 2026",
    },
];

#[test]
fn a_copy_that_takes_the_place_of_a_record_is_held_against_it() {
    for one in COPIES {
        // The copy, the names and the going of the old file, in these commits of three.
        for (named, gone) in [(1, 2), (0, 1), (1, 1), (2, 1), (0, 0)] {
            for is_altered in [true, false] {
                let folder = begun();
                let diary = Diary { top: folder.path() };
                if one.old == SUPERVISION {
                    diary.replace(SUPERVISION, "2026-01-08, minutes = 60", one.was);
                } else if one.old == KIT {
                    diary.replace(KIT, "expires = 2026-09-30", one.was);
                }
                diary.commit_anyway(RUTH, "2026-03-02", "as it was");
                let text = fs::read_to_string(folder.path().join(one.old)).unwrap();
                let text = if is_altered { text.replace(one.was, one.is) } else { text };
                for (step, day) in ["2026-03-10", "2026-03-12", "2026-03-14"].into_iter().enumerate() {
                    if step == 0 {
                        diary.write(one.new, &text);
                    }
                    if step == named {
                        for path in one.named_in {
                            let text = fs::read_to_string(folder.path().join(path)).unwrap();
                            diary.write(path, &text.replace(one.ids.0, one.ids.1));
                        }
                    }
                    if step == gone {
                        fs::remove_file(folder.path().join(one.old)).unwrap();
                    }
                    diary.commit_anyway(ALEX, day, "another name");
                }
                let what = format!("{} {named} {gone} {is_altered}", one.new);
                let told = found(folder.path(), "altered-in-favour", "");
                if is_altered {
                    let is_told = |told: &String| told.starts_with(one.new) && told.contains(one.wanted);
                    assert!(told.len() == 1 && is_told(&told[0]), "{what}: {told:?}");
                } else {
                    for name in NOTHING {
                        let told = found(folder.path(), name, SINCE);
                        assert!(told.is_empty(), "{what} {name}: {told:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn an_error_in_a_file_that_went_is_no_matter() {
    let folder = begun();
    let diary = Diary { top: folder.path() };
    let text = fs::read_to_string(folder.path().join(LOG)).unwrap();
    diary.write("sessions/tuesdays.toml", &text.replace(SHORT, LONG));
    diary.replace(STUDENT, "tuesday-group", "tuesdays");
    diary.commit(ALEX, "2026-03-10", "a copy");
    diary.replace(LOG, "kind = ", "kind == ");
    diary.commit(ALEX, "2026-03-12", "a slip");
    fs::remove_file(folder.path().join(LOG)).unwrap();
    diary.commit(ALEX, "2026-03-14", "the old one goes");
    let told = found(folder.path(), "altered-in-favour", "");
    assert!(
        told.len() == 1 && told[0].contains(" session (13 January 2026): minutes from 50 to 60, while"),
        "{told:?}"
    );
    assert!(!told[0].contains("readable"), "{told:?}");
}

const MINUTES: &str = "meetings/lcc-2026-02-21.toml";

#[test]
fn agreed_minutes_are_held_against_those_that_take_their_place() {
    let agreed = "body = \"LCC\"\ndate = 2026-02-21\nagreed = 2026-03-01\n\n[[items]]\nnumber = 4\nabout = \"robin-ashby\"\n\
                  note = \"queried\"\n";
    for note in ["approved", "queried"] {
        for is_copied in [true, false] {
            let folder = begun();
            let diary = Diary { top: folder.path() };
            diary.write(MINUTES, agreed);
            diary.commit(RUTH, "2026-03-02", "minutes");
            diary.write("meetings/lcc-spring.toml", &agreed.replace("queried", note));
            if is_copied {
                diary.commit(ALEX, "2026-04-10", "a copy");
            }
            fs::remove_file(folder.path().join(MINUTES)).unwrap();
            diary.commit(ALEX, "2026-04-12", "another name");
            let told = found(folder.path(), "minutes-altered", "");
            assert_eq!(told.len(), usize::from(note == "approved"), "{note} {is_copied}: {told:?}");
            let wanted =
                "after they had been agreed on 1 March 2026: item (4, robin-ashby): note from queried to approved";
            assert!(told.iter().all(|one| one.contains(wanted)), "{told:?}");
            assert!(found(folder.path(), "recorded-late", SINCE).is_empty(), "{note} {is_copied}");
        }
    }
}

#[test]
fn what_is_mistyped_and_put_right_on_the_same_day_by_its_author_is_nothing_to_ask() {
    let cases: [(&str, &str, &str, &str); 4] = [
        ("another supervisor", STUDENT, "group\"\nsupervisor = \"kit-lowe\"", "group\"\nsupervisor = \"ines-farrow\""),
        ("nobody's id", STUDENT, "group\"\nsupervisor = \"kit-lowe\"", "group\"\nsupervisor = \"kit-low\""),
        ("the supervisor of a log", SUPERVISION, "supervisor = \"kit-lowe\"", "supervisor = \"ines-farrow\""),
        ("a registration", KIT, "expires = 2026-09-30", "expires = 2025-09-30"),
    ];
    for (what, path, was, is) in cases {
        for (who, day, is_slip) in
            [(RUTH, "2026-03-10", true), (ALEX, "2026-03-10", false), (RUTH, "2026-03-11", false)]
        {
            let folder = begun();
            let diary = Diary { top: folder.path() };
            diary.replace(path, was, is);
            diary.commit(RUTH, "2026-03-10", "typed");
            diary.replace(path, is, was);
            diary.commit(who, day, "put right");
            let told: Vec<_> = NOTHING.iter().flat_map(|name| found(folder.path(), name, SINCE)).collect();
            assert_eq!(told.is_empty(), is_slip, "{what} {who:?} {day}: {told:?}");
        }
    }
    // Where somebody decided meanwhile, what stood there counted.
    let folder = begun();
    let diary = Diary { top: folder.path() };
    diary.replace(KIT, "expires = 2026-09-30", "expires = 2026-01-30");
    diary.commit(RUTH, "2026-07-05", "typed");
    diary.add(
        STUDENT,
        "\n[[decision]]\nbody = \"LCC\"\nabout = \"award\"\ndate = 2026-07-04\noutcome = \"recommended\"\n",
    );
    diary.commit(RUTH, "2026-07-05", "decided");
    diary.replace(KIT, "expires = 2026-01-30", "expires = 2026-09-30");
    diary.commit(RUTH, "2026-07-05", "put right");
    let told = found(folder.path(), "evidence-altered", "");
    assert!(told.iter().any(|one| one.contains("expires from 30 January 2026 to 30 September 2026")), "{told:?}");
}

#[test]
fn what_names_a_record_by_its_new_id_in_a_later_commit_says_the_same() {
    let folder = begun();
    let diary = Diary { top: folder.path() };
    fs::rename(folder.path().join(LOG), folder.path().join("sessions/tuesdays.toml")).unwrap();
    diary.commit(RUTH, "2026-03-10", "another name");
    let repoint: Step = |it| it.replace(STUDENT, "tuesday-group", "tuesdays");
    repoint(&diary);
    diary.commit(RUTH, "2026-03-12", "named by it");
    for name in NOTHING {
        let told = found(folder.path(), name, SINCE);
        assert!(told.is_empty(), "{name}: {told:?}");
    }
    // Once the id is that of another group, it says something else.
    diary.write(
        "sessions/tuesday-group.toml",
        &fs::read_to_string(folder.path().join("sessions/tuesdays.toml")).unwrap(),
    );
    diary.commit(RUTH, "2026-03-14", "another group");
    diary.replace(STUDENT, "\"tuesdays\"", "\"tuesday-group\"");
    diary.commit(RUTH, "2026-03-16", "back");
    assert_eq!(found(folder.path(), "evidence-removed", "").len(), 1);
}

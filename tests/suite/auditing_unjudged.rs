//! What `gwp audit` says of what was altered while a student could not be judged.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use tempfile::TempDir;

use crate::auditing::found;
use crate::chronicle::{Diary, RUTH};
use crate::repository::{said, started};
use crate::scratch;

pub const ALEX: (&str, &str) = ("Alex Farr", "alex@example.org");
pub const LOG: &str = "sessions/tuesday-group.toml";
pub const STUDENT: &str = "students/robin-ashby.toml";
pub const SUPERVISION: &str = "sessions/supervision-ashby.toml";
const COURSE: &str = "courses/york-2025.toml";
pub const SHORT: &str = "{ date = 2026-01-13, minutes = 50, present = 7 }";
pub const LONG: &str = "{ date = 2026-01-13, minutes = 60, present = 7 }";

/// A folder with a session that was too short, which waits for a ruling.
pub fn begun() -> TempDir {
    let folder = scratch::folder();
    said(started(folder.path()).args(["init", "--quiet", "--initial-branch=main"]));
    let diary = Diary { top: folder.path() };
    diary.write_all(&crate::cases::base_files());
    diary.replace(LOG, "{ date = 2026-01-13, minutes = 90, present = 7 }", SHORT);
    diary.commit(RUTH, "2026-03-01", "begin");
    folder
}

fn favour(folder: &TempDir) -> Vec<String> {
    found(folder.path(), "altered-in-favour", "")
}

fn unjudged(folder: &TempDir) -> Vec<String> {
    found(folder.path(), "altered-unjudged", "")
}

type Step = fn(&Diary<'_>);

/// Ways to leave a student without a judgement, and out of them again.
const BREAKS: [(&str, Step, Step); 12] = [
    ("a notation", |it| it.add(STUDENT, "[broken\n"), |it| it.replace(STUDENT, "[broken\n", "")),
    (
        "a notation in the log",
        |it| it.add(LOG, "]\n"),
        |it| {
            let text = fs::read_to_string(it.top.join(LOG)).unwrap();
            it.write(LOG, text.strip_suffix("]\n").unwrap());
        },
    ),
    (
        "the kind of the log",
        |it| it.replace(LOG, "kind = \"group\"", "kind = \"grup\""),
        |it| it.replace(LOG, "kind = \"grup\"", "kind = \"group\""),
    ),
    (
        "a key that nobody knows",
        |it| it.replace(STUDENT, "name = ", "nam = \"\"\nname = "),
        |it| it.replace(STUDENT, "nam = \"\"\n", ""),
    ),
    (
        "a key of another name",
        |it| it.replace(LOG, "frequency = ", "freqency = "),
        |it| it.replace(LOG, "freqency = ", "frequency = "),
    ),
    ("notes that are none", |it| it.add(LOG, "notes = 5\n"), |it| it.replace(LOG, "notes = 5\n", "")),
    (
        "a second file",
        |it| it.write("students/copies/robin-ashby.yaml", "name: Robin Ashby\ncourse: york-2025\n"),
        |it| fs::remove_file(it.top.join("students/copies/robin-ashby.yaml")).unwrap(),
    ),
    (
        "the course",
        |it| it.replace(COURSE, "starts = 2025-09-27", "starts = 2025-09-31"),
        |it| it.replace(COURSE, "starts = 2025-09-31", "starts = 2025-09-27"),
    ),
    (
        "the course's id",
        |it| it.replace(STUDENT, "course = \"york-2025\"", "course = \"york-2052\""),
        |it| it.replace(STUDENT, "course = \"york-2052\"", "course = \"york-2025\""),
    ),
    (
        "the supervisor",
        |it| it.add("supervisors/kit-lowe.toml", "emial = \"k@example.org\"\n"),
        |it| it.replace("supervisors/kit-lowe.toml", "emial = \"k@example.org\"\n", ""),
    ),
    (
        "a supervision log",
        |it| it.replace(SUPERVISION, "mode = ", "mod = "),
        |it| it.replace(SUPERVISION, "mod = ", "mode = "),
    ),
    ("the folder's own record", |it| it.add("gwp.toml", "\nodd = 1\n"), |it| it.replace("gwp.toml", "\nodd = 1\n", "")),
];

fn alter(diary: &Diary<'_>) {
    diary.replace(LOG, SHORT, LONG);
}

#[test]
fn what_was_altered_while_a_student_could_not_be_judged_is_asked_about() {
    for (what, break_it, mend) in BREAKS {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        break_it(&diary);
        diary.commit(RUTH, "2026-03-10", "a slip");
        diary.add("gwp.toml", "# nothing\n");
        diary.commit(RUTH, "2026-03-12", "something else");
        alter(&diary);
        diary.commit(RUTH, "2026-03-14", "the session");
        assert!(!unjudged(&folder).is_empty(), "{what}");
        assert!(favour(&folder).is_empty(), "{what}");
        diary.add("gwp.toml", "# nothing\n");
        diary.commit(RUTH, "2026-03-16", "something else");
        mend(&diary);
        diary.commit(ALEX, "2026-04-20", "mended");
        let told = favour(&folder);
        assert!(
            told.len() == 1 && told[0].contains("minutes from 50 to 60") && told[0].contains("G4"),
            "{what}: {told:?}"
        );
        assert!(unjudged(&folder).is_empty(), "{what}");
    }
}

#[test]
fn an_error_that_is_mended_is_nothing_to_ask_about() {
    for (what, break_it, mend) in BREAKS {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        break_it(&diary);
        diary.commit(RUTH, "2026-03-10", "a slip");
        diary.replace(LOG, "sessions = [\n", "sessions = [\n  { date = 2026-03-13, minutes = 90, present = 7 },\n");
        diary.commit(RUTH, "2026-03-14", "a session");
        mend(&diary);
        diary.commit(ALEX, "2026-04-20", "mended");
        assert!(favour(&folder).is_empty() && unjudged(&folder).is_empty(), "{what}: {:?}", favour(&folder));
    }
}

#[test]
fn an_error_and_an_alteration_may_come_and_go_in_one_commit() {
    for (what, break_it, mend) in BREAKS {
        for (with_break, with_mend) in [(true, false), (false, true)] {
            let folder = begun();
            let diary = Diary { top: folder.path() };
            break_it(&diary);
            if with_break {
                alter(&diary);
            }
            diary.commit(RUTH, "2026-03-10", "a slip");
            mend(&diary);
            if with_mend {
                alter(&diary);
            }
            diary.commit(ALEX, "2026-04-20", "mended");
            let told = favour(&folder);
            assert!(told.len() == 1 && told[0].contains("minutes from 50 to 60"), "{what} {with_break}: {told:?}");
        }
    }
}

#[test]
fn what_is_asked_names_who_could_not_be_judged_and_since_when() {
    let folder = begun();
    let diary = Diary { top: folder.path() };
    diary.replace(LOG, "kind = \"group\"", "kind = \"grup\"");
    diary.commit(RUTH, "2026-03-10", "a slip");
    // In two steps, and with a note that says nothing.
    diary.replace(LOG, SHORT, "{ date = 2026-01-13, minutes = 55, present = 7 }");
    diary.commit(ALEX, "2026-03-14", "the session");
    diary.replace(LOG, "minutes = 55, present = 7", "minutes = 55, present = 7, notes = \"in the hall\"");
    diary.commit(RUTH, "2026-03-20", "where");
    diary.replace(LOG, "minutes = 55", "minutes = 60");
    diary.commit(ALEX, "2026-03-25", "the session again");
    let slip = said(started(folder.path()).args(["rev-parse", "--short=12", "HEAD~3"]));
    let meanwhile = format!("while robin-ashby could not be judged, from the commit {slip} of 10 March 2026 on");
    let session = "session (13 January 2026): minutes from 50 to 60; notes added: in the hall";
    assert_eq!(
        unjudged(&folder),
        [format!("{LOG} kind from group to grup; {session}, {meanwhile} [2026-03-10 2026-03-14 2026-03-25]")]
    );
    diary.replace(LOG, "kind = \"grup\"", "kind = \"group\"");
    diary.commit(RUTH, "2026-04-20", "mended");
    let query = "so robin-ashby: G4 session-length was query, and became met; robin-ashby: ";
    let told = favour(&folder);
    assert!(told[0].starts_with(&format!("{LOG} {session}, {meanwhile}; {query}")), "{told:?}");
    assert!(told[0].ends_with("[2026-03-14 2026-03-25 2026-04-20]") && told.len() == 1, "{told:?}");
}

#[test]
fn what_was_never_sound_is_judged_by_what_it_said() {
    // Each time what the log says from its first day on, and what of it is altered before it can be read.
    let was_short = |more: &str| format!("{{ date = 2026-01-13, minutes = 50, {more} }}");
    let sound = "{ date = 2026-01-13, minutes = 90, present = 7 }";
    for (was, is, is_asked) in [
        (SHORT, LONG, true),
        (&was_short("presnt = 7"), LONG, true),
        (&was_short("present = 7, odd = 1"), LONG, true),
        ("{ date = 2026-01-13, minutes = 90, present = 0, odd = 1 }", sound, true),
        ("{ date = 2026-01-13, mintes = 90, present = 7 }", sound, false),
        ("{ date = 2026-01-13, minutes = \"90\", present = 7 }", sound, false),
        ("{ date = 2026-01-32, minutes = 90, present = 7 }", sound, false),
        ("{ date = 2026-01-13, canceled = \"ill\" }", "{ date = 2026-01-13, cancelled = \"ill\" }", false),
    ] {
        let folder = scratch::folder();
        said(started(folder.path()).args(["init", "--quiet", "--initial-branch=main"]));
        let diary = Diary { top: folder.path() };
        diary.write_all(&crate::cases::base_files());
        diary.replace(LOG, "{ date = 2026-01-13, minutes = 90, present = 7 }", was);
        diary.replace(LOG, "kind = \"group\"", "kind = \"grup\"");
        diary.commit(RUTH, "2026-03-01", "begin");
        diary.replace(LOG, was, is);
        diary.commit(RUTH, "2026-03-14", "the session");
        diary.replace(LOG, "kind = \"grup\"", "kind = \"group\"");
        diary.commit(ALEX, "2026-04-20", "mended");
        let told = favour(&folder);
        assert_eq!(told.len(), usize::from(is_asked), "{was} {is}: {told:?}");
        assert!(unjudged(&folder).is_empty());
    }
}

#[test]
fn a_permission_waits_as_well() {
    let permission = "\n[[accommodation]]\nparameter = \"session_minutes_min\"\nvalue = 45\nfrom = 2026-01-01\nuntil = \
                      2026-02-01\nagreed_by = \"LCC\"\nagreed = 2026-02-21\n";
    for (written, mended) in
        [(permission.to_owned(), ""), (permission.replace("parameter =", "parametr ="), "parametr =")]
    {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        diary.replace(COURSE, "starts = 2025-09-27", "starts = 2025-09-31");
        diary.commit(RUTH, "2026-03-10", "a slip");
        diary.add(STUDENT, &written);
        diary.commit(RUTH, "2026-03-14", "agreed");
        diary.replace(COURSE, "starts = 2025-09-31", "starts = 2025-09-27");
        diary.commit(ALEX, "2026-04-20", "mended");
        if !mended.is_empty() {
            diary.replace(STUDENT, mended, "parameter =");
            diary.commit(ALEX, "2026-04-21", "mended");
        }
        let told = found(folder.path(), "permitted-afterwards", "");
        assert!(told.len() == 1 && told[0].contains("while robin-ashby could not be judged"), "{mended}: {told:?}");
    }
}

#[test]
fn a_student_who_is_away_meanwhile_is_judged_when_back() {
    let away = "papers/robin.txt";
    let moved = |folder: &TempDir, from: &str, to: &str| {
        fs::create_dir_all(folder.path().join("papers")).unwrap();
        fs::rename(folder.path().join(from), folder.path().join(to)).unwrap();
    };
    for back in [STUDENT, "students/robin-a.toml"] {
        let folder = begun();
        let diary = Diary { top: folder.path() };
        moved(&folder, STUDENT, away);
        diary.commit(RUTH, "2026-03-10", "away");
        alter(&diary);
        diary.commit(RUTH, "2026-03-14", "the session");
        moved(&folder, away, back);
        let id = if back == STUDENT { "robin-ashby" } else { "robin-a" };
        for path in [LOG, SUPERVISION] {
            diary.replace(path, "[\"robin-ashby\"]", &format!("[\"{id}\"]"));
        }
        diary.commit(ALEX, "2026-04-20", "back");
        let told = favour(&folder);
        assert!(told.len() == 1 && told[0].contains("minutes from 50 to 60"), "{back}: {told:?}");
    }
    // Who gets another id meanwhile could be judged by the former one.
    let folder = begun();
    let diary = Diary { top: folder.path() };
    diary.replace(STUDENT, "name = ", "nam = \"\"\nname = ");
    diary.commit(RUTH, "2026-03-10", "a slip");
    alter(&diary);
    diary.commit(RUTH, "2026-03-14", "the session");
    moved(&folder, STUDENT, "students/robin-a.toml");
    for path in [LOG, SUPERVISION] {
        diary.replace(path, "[\"robin-ashby\"]", "[\"robin-a\"]");
    }
    diary.commit(RUTH, "2026-03-16", "another id");
    diary.replace("students/robin-a.toml", "nam = \"\"\n", "");
    diary.commit(ALEX, "2026-04-20", "mended");
    let told = favour(&folder);
    assert!(told.len() == 1 && told[0].contains("robin-a could not be judged"), "{told:?}");
    assert!(told[0].contains(" of 10 March 2026 on"), "{told:?}");
}

/// The log in YAML.
fn yaml(folder: &TempDir) -> String {
    let text = fs::read_to_string(folder.path().join(LOG)).unwrap();
    let lines = text.lines().map(|line| line.split_once(" #").map_or(line, |(line, _)| line));
    let lines =
        lines.map(|line| if line.starts_with(' ') { line.replace(" = ", ": ") } else { line.replacen(" = ", ": ", 1) });
    lines.fold(String::new(), |yaml, line| yaml + &line + "\n").replace(" = ", ": ")
}

type Way = fn(&TempDir, &dyn Fn(&TempDir, &str, &str));

const IN_YAML: &str = "sessions/tuesday-group.yaml";

#[test]
fn a_record_may_be_written_anew_in_another_notation_or_by_another_name() {
    let rename = |folder: &TempDir, from: &str, to: &str| {
        fs::rename(folder.path().join(from), folder.path().join(to)).unwrap();
    };
    let ways: [(&str, Way); 5] = [
        ("beside itself", |folder, _| {
            let diary = Diary { top: folder.path() };
            diary.write(IN_YAML, &yaml(folder).replace("2026-01-13, minutes: 50", "2026-01-13, minutes: 60"));
            diary.commit(RUTH, "2026-03-10", "in YAML");
            fs::remove_file(folder.path().join(LOG)).unwrap();
            diary.commit(RUTH, "2026-03-14", "the old one goes");
        }),
        ("beside itself, and altered then", |folder, _| {
            let diary = Diary { top: folder.path() };
            diary.write(IN_YAML, &yaml(folder));
            diary.commit(RUTH, "2026-03-10", "in YAML");
            diary.replace(IN_YAML, "2026-01-13, minutes: 50", "2026-01-13, minutes: 60");
            diary.commit(RUTH, "2026-03-12", "the session");
            fs::remove_file(folder.path().join(LOG)).unwrap();
            diary.commit(RUTH, "2026-03-14", "the old one goes");
        }),
        ("at once", |folder, _| {
            let diary = Diary { top: folder.path() };
            diary.write(IN_YAML, &yaml(folder).replace("2026-01-13, minutes: 50", "2026-01-13, minutes: 60"));
            fs::remove_file(folder.path().join(LOG)).unwrap();
            diary.commit(RUTH, "2026-03-14", "in YAML");
        }),
        ("with an anchor", |folder, _| {
            let diary = Diary { top: folder.path() };
            diary.write(IN_YAML, &yaml(folder).replace("aim: ", "aim: &aim "));
            fs::remove_file(folder.path().join(LOG)).unwrap();
            diary.commit(RUTH, "2026-03-10", "in YAML");
            diary.replace(IN_YAML, "2026-01-13, minutes: 50", "2026-01-13, minutes: 60");
            diary.commit(RUTH, "2026-03-12", "the session");
            diary.replace(IN_YAML, "&aim ", "");
            diary.commit(ALEX, "2026-03-14", "mended");
        }),
        ("in capitals", |folder, rename| {
            let diary = Diary { top: folder.path() };
            alter(&diary);
            rename(folder, LOG, "sessions/Tuesday-Group.toml");
            diary.commit(RUTH, "2026-03-10", "the name");
            rename(folder, "sessions/Tuesday-Group.toml", LOG);
            diary.commit(ALEX, "2026-03-14", "mended");
        }),
    ];
    for (what, way) in ways {
        let folder = begun();
        way(&folder, &rename);
        let told = favour(&folder);
        assert!(told.len() == 1 && told[0].contains("minutes from 50 to 60"), "{what}: {told:?}");
        for name in ["entries-lost", "evidence-removed", "altered-unjudged"] {
            assert!(found(folder.path(), name, "").is_empty(), "{what} {name}");
        }
    }
    // As it was, it is nothing to ask about.
    let folder = begun();
    let diary = Diary { top: folder.path() };
    diary.write(IN_YAML, &yaml(&folder));
    diary.commit(RUTH, "2026-03-10", "in YAML");
    fs::remove_file(folder.path().join(LOG)).unwrap();
    diary.commit(RUTH, "2026-03-14", "the old one goes");
    for name in ["altered-in-favour", "entries-lost", "evidence-removed", "altered-unjudged"] {
        assert!(found(folder.path(), name, "").is_empty(), "{name}");
    }
}

#[test]
fn what_was_done_on_a_branch_is_judged_when_it_comes() {
    let folder = begun();
    let diary = Diary { top: folder.path() };
    said(started(folder.path()).args(["checkout", "--quiet", "-b", "side"]));
    diary.replace(LOG, "kind = \"group\"", "kind = \"grup\"");
    alter(&diary);
    diary.commit(RUTH, "2026-03-10", "a slip");
    diary.replace(LOG, "kind = \"grup\"", "kind = \"group\"");
    diary.commit(RUTH, "2026-03-12", "mended");
    said(started(folder.path()).args(["checkout", "--quiet", "main"]));
    diary.add("gwp.toml", "# nothing\n");
    diary.commit(RUTH, "2026-03-11", "something else");
    let mut merge = started(folder.path());
    merge.envs([("GIT_COMMITTER_DATE", "2026-03-20T12:00:00Z"), ("GIT_AUTHOR_DATE", "2026-03-20T12:00:00Z")]);
    said(merge.args(["merge", "--quiet", "--no-edit", "side"]));
    let told = favour(&folder);
    assert!(told.len() == 1 && told[0].ends_with("[2026-03-10 2026-03-12]"), "{told:?}");
}

pub const ROBIN: (&str, &str) = ("Robin Ashby", "robin.ashby@example.org");

/// Who breaks a record, who writes in it meanwhile, and who mends it; a student who writes their own ruling is asked about
/// whichever of them they are.
#[test]
fn whoever_wrote_in_a_record_while_it_had_an_error_can_have_written_what_it_says() {
    let ruling = "\n[[ruling]]\nrequirement = \"G4\"\nbody = \"LCC\"\ndate = 2026-02-21\noutcome = \"accepted\"\n\
                  applies_to = [2026-01-13]\n";
    // What can be read is known to be of whoever wrote it; of what cannot be it is one of those who wrote such lines.
    let unread = ruling.replace("outcome = ", "outcome == ");
    for (ruling, is_read) in [(ruling.to_owned(), true), (unread, false)] {
        for (broke, wrote, mended, is_asked) in [
            (RUTH, Some(ROBIN), RUTH, true),
            (ROBIN, None, RUTH, true),
            (RUTH, Some(RUTH), ROBIN, !is_read),
            (RUTH, Some(ALEX), RUTH, false),
            (RUTH, None, RUTH, false),
        ] {
            let ruling = ruling.as_str();
            let folder = begun();
            let diary = Diary { top: folder.path() };
            diary.replace(STUDENT, "name = ", "name == ");
            if wrote.is_none() {
                diary.add(STUDENT, ruling);
            }
            diary.commit(broke, "2026-03-10", "a slip");
            if let Some(wrote) = wrote {
                diary.add(STUDENT, ruling);
                diary.commit(wrote, "2026-03-11", "a ruling");
            }
            diary.replace(STUDENT, "name == ", "name = ");
            if !is_read {
                diary.replace(STUDENT, "outcome == ", "outcome = ");
            }
            diary.commit(mended, "2026-03-12", "mended");
            let told = found(folder.path(), "own-favour", "");
            assert_eq!(told.len(), usize::from(is_asked), "{broke:?} {wrote:?} {mended:?} {is_read}: {told:?}");
            let day = if wrote.is_some() { "2026-03-11" } else { "2026-03-10" };
            for one in told {
                let (wanted, days) = if is_read {
                    (["written from robin.ashby@example.org: ", "ruling (G4, 21 February 2026) added"], day.to_owned())
                } else {
                    let by = ": robin.ashby@example.org wrote one of these commits: ";
                    (["while the record had an error, in one of: ", by], format!("{day} 2026-03-12"))
                };
                assert!(wanted.iter().all(|words| one.contains(words)) && one.ends_with(&format!("[{days}]")), "{one}");
            }
        }
    }
}

//! What a decision rested on, and what became of it afterwards.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use tempfile::TempDir;

use crate::auditing::found;
use crate::chronicle::{Diary, RUTH, run, story};
use crate::repository::{said, started};
use crate::scratch;

#[test]
fn what_comes_after_the_day_of_a_decision_is_nothing_it_rested_on() {
    let folder = story();
    let diary = Diary { top: folder.path() };
    diary.replace("students/nia-brook.toml", "from = 2025-10-10\n", "from = 2025-10-10\nuntil = 2026-06-30\n");
    diary.commit(RUTH, "2026-03-03", "it ends");
    assert_eq!(found(folder.path(), "evidence-altered", "").len(), 1);
    diary.replace("students/nia-brook.toml", "until = 2026-06-30\n", "until = 2025-11-01\n");
    diary.commit(RUTH, "2026-03-04", "it ended");
    assert_eq!(found(folder.path(), "evidence-altered", "").len(), 2);
    diary.replace("students/nia-brook.toml", "outcome = \"approved\"", "outcome = \"approved\"\nminute = \"item 4\"");
    diary.commit(RUTH, "2026-03-05", "minute");
    assert_eq!(found(folder.path(), "evidence-altered", "").len(), 2);
    diary.replace("students/nia-brook.toml", "date = 2025-11-29", "date = 2025-12-06");
    diary.commit(RUTH, "2026-03-06", "another day");
    assert!(found(folder.path(), "evidence-removed", "").is_empty());
    let wanted = "students/nia-brook.toml the arrangements were approved by the LCC on 29 November 2025; and the decision \
                  itself was altered: decision (LCC, arrangements, 6 December 2025): date from 29 November 2025 to 6 \
                  December 2025 [2025-11-30 2026-03-06]";
    assert!(found(folder.path(), "evidence-altered", "--since 2026-03-06").contains(&wanted.to_owned()));
    // The day that it has now is judged as well.
    assert_eq!(found(folder.path(), "dated-ahead", "").len(), 0);
    diary.replace("students/nia-brook.toml", "date = 2025-12-06", "date = 2026-03-09");
    diary.commit(RUTH, "2026-03-07", "a day to come");
    assert_eq!(found(folder.path(), "dated-ahead", "").len(), 1);
    // With something else in it than its date, it is not the same decision.
    diary.replace("students/nia-brook.toml", "date = 2026-03-09", "date = 2025-12-07");
    diary.replace("students/nia-brook.toml", "outcome = \"approved\"", "outcome = \"deferred\"");
    diary.commit(RUTH, "2026-03-08", "another outcome");
    assert_eq!(found(folder.path(), "evidence-removed", "--since 2026-03-08").len(), 1);
    assert_eq!(found(folder.path(), "entries-lost", "--since 2026-03-08").len(), 1);
}

/// The limit of Nia's is 11 July 2028.
#[test]
fn an_extension_that_is_recorded_after_the_limit_is_asked_about() {
    for (day, is_asked) in [("2028-07-11", false), ("2028-07-12", true)] {
        let folder = story();
        let diary = Diary { top: folder.path() };
        let extension = "\n[extension]\nuntil = 2028-12-31\nagreed_by = \"NTM\"\nagreed = 2028-05-04\n";
        diary.add("students/nia-brook.toml", extension);
        diary.commit(RUTH, day, "more time");
        let told = found(folder.path(), "permitted-afterwards", "");
        assert_eq!(told.len(), usize::from(is_asked), "{day}: {told:?}");
        assert!(told.iter().all(|one| one.contains(" was failed, and became ")), "{told:?}");
    }
}

#[test]
fn an_end_that_comes_no_sooner_than_the_decision_alters_nothing() {
    for (until, is_found) in [("2026-06-30", false), ("2025-11-29", false), ("2025-11-28", true)] {
        let folder = story();
        let diary = Diary { top: folder.path() };
        let (from, ends) = ("from = 2025-10-10\n", format!("from = 2025-10-10\nuntil = {until}\n"));
        diary.replace("students/nia-brook.toml", from, &ends);
        diary.commit(RUTH, "2026-03-03", "it ends");
        let altered = found(folder.path(), "evidence-altered", "--since 2026-03-03");
        assert_eq!(altered.len(), usize::from(is_found), "{until}: {altered:?}");
        // One that is moved, to before that day, is altered.
        diary.replace("students/nia-brook.toml", &ends, "from = 2025-10-10\nuntil = 2025-11-27\n");
        diary.commit(RUTH, "2026-03-04", "sooner");
        assert_eq!(found(folder.path(), "evidence-altered", "--since 2026-03-04").len(), 1, "{until}");
    }
}

/// The base folder with all that it needs for the award, which the LCC recommends on 18 July 2026.
pub fn recommended() -> TempDir {
    let folder = scratch::folder();
    said(started(folder.path()).args(["init", "--quiet", "--initial-branch=main"]));
    let diary = Diary { top: folder.path() };
    for (path, text) in crate::cases::base_files() {
        diary.write(&path, &text);
    }
    diary.commit(RUTH, "2026-07-13", "all of it");
    diary.add(
        "students/robin-ashby.toml",
        "\n[[decision]]\nbody = \"LCC\"\nabout = \"award\"\ndate = 2026-07-18\noutcome = \"recommended\"\n",
    );
    diary.commit(RUTH, "2026-07-19", "LCC of 18 July");
    folder
}

#[test]
fn what_an_award_rests_on_is_to_stay_as_it_is() {
    let group = "sessions/tuesday-group.toml";
    let session = "{ date = 2026-01-06, minutes = 90, present = 7 }";
    let cases = [
        (group, session, "{ date = 2026-01-06, minutes = 60, present = 7 }", Some("evidence-altered")),
        (
            group,
            session,
            "{ date = 2026-01-06, minutes = 90, present = 7, absent = [\"robin-ashby\"] }",
            Some("evidence-altered"),
        ),
        (group, session, "{ date = 2026-01-06, cancelled = \"snow\" }", Some("evidence-altered")),
        (group, session, "{ date = 2026-01-06, minutes = 90, present = 7, notes = \"Epiphany\" }", None),
        (group, "  { date = 2026-01-06, minutes = 90, present = 7 },\n", "", Some("evidence-removed")),
        (group, session, "{ date = 2026-01-07, minutes = 90, present = 7 }", Some("evidence-removed")),
        (group, "setting = \"health\"", "setting = \"justice\"", Some("evidence-altered")),
        // Where nothing stands it keeps no terms.
        (group, "aim = ", "keeps_terms = true\naim = ", Some("evidence-altered")),
        (group, "aim = ", "keeps_terms = false\naim = ", None),
        (group, "title = \"Tuesday group, ", "title = \"Group, ", None),
        (group, "\n]\n", "\n]\n# a remark\n", None),
        (
            "supervisors/kit-lowe.toml",
            "group_supervision_experience = \"",
            "group_supervision_experience = \"Some. ",
            Some("evidence-altered"),
        ),
        ("students/robin-ashby.toml", "kind = \"own\"", "kind = \"employer\"", Some("evidence-removed")),
        ("students/robin-ashby.toml", "until = 2026-09-30", "until = 2027-09-30", None),
        ("students/robin-ashby.toml", "until = 2026-09-30", "until = 2026-06-30", Some("evidence-altered")),
        ("students/robin-ashby.toml", "completed = 2026-07-11", "completed = 2026-07-10", Some("evidence-altered")),
        ("students/robin-ashby.toml", "email = \"robin.ashby@", "email = \"robin@", None),
        ("courses/york-2025.toml", "convenor = \"", "convenor = \"Dr ", None),
        ("courses/york-2025.toml", "name = \"Autumn\"", "name = \"Michaelmas\"", None),
        (group, "reason = \"Christmas\"", "reason = \"Christmas and New Year\"", None),
        (
            group,
            "from = 2025-12-20, until = 2026-01-04, reason",
            "from = 2025-12-21, until = 2026-01-04, reason",
            Some("evidence-removed"),
        ),
    ];
    for (path, from, to, wanted) in cases {
        let folder = recommended();
        Diary { top: folder.path() }.replace(path, from, to);
        Diary { top: folder.path() }.commit(RUTH, "2026-07-20", "later");
        for name in ["evidence-altered", "evidence-removed"] {
            let found = found(folder.path(), name, "");
            assert_eq!(!found.is_empty(), wanted == Some(name), "{path}: {from} to {to}: {name}: {found:?}");
            if let [one] = found.as_slice() {
                assert!(one.contains("the award was recommended by the LCC on 18 July 2026; after that: "), "{one}");
                assert!(one.ends_with("[2026-07-19 2026-07-20]"), "{one}");
            }
        }
    }
}

#[test]
fn what_is_altered_between_the_day_of_a_decision_and_its_being_recorded() {
    type Deed = fn(&Diary<'_>);
    const GROUP: &str = "sessions/tuesday-group.toml";
    let award = "\n[[decision]]\nbody = \"LCC\"\nabout = \"award\"\ndate = 2026-07-18\noutcome = \"recommended\"\n";
    let altered: Deed = |it| it.replace(GROUP, "date = 2026-01-06, minutes = 90", "date = 2026-01-06, minutes = 60");
    let struck_out: Deed = |it| it.replace(GROUP, "  { date = 2026-01-06, minutes = 90, present = 7 },\n", "");
    let added: Deed =
        |it| it.replace(GROUP, "sessions = [\n", "sessions = [\n  { date = 2026-07-14, minutes = 90 },\n");
    let more_said: Deed =
        |it| it.replace("students/robin-ashby.toml", "from = 2025-09-27\n", "from = 2025-09-27\nuntil = 2026-07-10\n");
    let audited_since = |since: &str, deed: Deed, done: &str, recorded: &str| {
        let folder = recommended();
        said(started(folder.path()).args(["reset", "--quiet", "--hard", "HEAD~1"]));
        let diary = Diary { top: folder.path() };
        deed(&diary);
        if done != recorded {
            diary.commit(RUTH, done, "done");
        }
        diary.add("students/robin-ashby.toml", award);
        diary.commit(RUTH, recorded, "LCC of 18 July");
        let names = ["evidence-altered", "evidence-removed"];
        let since = format!("--since {since}");
        names.into_iter().flat_map(|name| found(folder.path(), name, &since)).collect::<Vec<_>>()
    };
    let audited = |deed, done, recorded| audited_since("2026-01-01", deed, done, recorded);
    let wanted = "sessions/tuesday-group.toml the award was recommended by the LCC on 18 July 2026; after that day and \
                  before it was recorded: session (6 January 2026): minutes from 90 to 60 [2026-07-24 2026-07-20]";
    assert_eq!(audited(altered, "2026-07-20", "2026-07-24"), [wanted]);
    // It comes to be asked about when the decision is recorded.
    assert_eq!(audited_since("2026-07-24", altered, "2026-07-20", "2026-07-24"), [wanted]);
    assert!(audited_since("2026-07-25", altered, "2026-07-20", "2026-07-24").is_empty());
    assert_eq!(audited(struck_out, "2026-07-20", "2026-07-24").len(), 1);
    assert_eq!(audited(more_said, "2026-07-20", "2026-07-24").len(), 1);
    // On the day itself it may have been said in the meeting.
    assert!(audited(altered, "2026-07-18", "2026-07-24").is_empty());
    // What is new is late, or it is not.
    assert!(audited(added, "2026-07-20", "2026-07-24").is_empty());
    // Beside the decision much is written down that is new, and it is the day after a meeting.
    let wanted = "sessions/tuesday-group.toml the award was recommended by the LCC on 18 July 2026; in the commit that \
                  recorded it: session (6 January 2026): minutes from 90 to 60 [2026-07-24]";
    assert_eq!(audited(altered, "2026-07-24", "2026-07-24"), [wanted]);
    assert_eq!(audited(struck_out, "2026-07-24", "2026-07-24").len(), 1);
    for deed in [added, more_said] {
        assert!(audited(deed, "2026-07-24", "2026-07-24").is_empty());
    }
    for deed in [altered, struck_out, more_said] {
        assert!(audited(deed, "2026-07-18", "2026-07-18").is_empty());
    }
}

#[test]
fn where_a_record_is_about_several_the_decision_says_whose_it_was() {
    for (is_about_several, wanted) in [(false, "the award was recommended"), (true, "the award of robin-ashby was")] {
        let folder = recommended();
        let diary = Diary { top: folder.path() };
        if is_about_several {
            let record = fs::read_to_string(folder.path().join("students/robin-ashby.toml")).unwrap();
            let record = record.split("\n[[decision]]").next().unwrap().to_owned();
            diary.write("students/sam-rowe.toml", &record);
            diary.commit(RUTH, "2026-07-19", "another of the group");
        }
        let (was, is) = ("date = 2026-01-06, minutes = 90", "date = 2026-01-06, minutes = 60");
        diary.replace("sessions/tuesday-group.toml", was, is);
        diary.commit(RUTH, "2026-07-20", "shorter");
        let altered = found(folder.path(), "evidence-altered", "");
        assert!(altered.len() == 1 && altered[0].contains(wanted), "{altered:?}");
    }
}

#[test]
fn a_decision_that_becomes_another_does_not_rest_on_itself() {
    let folder = recommended();
    said(started(folder.path()).args(["reset", "--quiet", "--hard", "HEAD~1"]));
    let diary = Diary { top: folder.path() };
    diary.add(
        "students/robin-ashby.toml",
        "\n[[decision]]\nbody = \"LCC\"\nabout = \"award\"\ndate = 2026-07-18\noutcome = \"deferred\"\n",
    );
    diary.commit(RUTH, "2026-07-20", "deferred");
    diary.replace("students/robin-ashby.toml", "\"deferred\"", "\"recommended\"");
    diary.commit(RUTH, "2026-07-24", "and yet");
    assert!(found(folder.path(), "evidence-altered", "").is_empty());
    let wanted = "students/robin-ashby.toml decision (LCC, award, 18 July 2026): outcome from deferred to recommended \
                  [2026-07-24]";
    assert_eq!(found(folder.path(), "entries-lost", ""), [wanted]);
}

#[test]
fn what_comes_to_a_decision_from_a_branch_comes_after_it() {
    let folder = recommended();
    said(started(folder.path()).args(["switch", "--quiet", "--create", "side", "HEAD~1"]));
    let diary = Diary { top: folder.path() };
    diary.replace("sessions/tuesday-group.toml", "date = 2026-01-06, minutes = 90", "date = 2026-01-06, minutes = 75");
    diary.commit(RUTH, "2026-07-25", "where nobody knows of the decision");
    said(started(folder.path()).args(["switch", "--quiet", "main"]));
    said(started(folder.path()).args(["merge", "--quiet", "--no-edit", "side"]));
    let found_on_main = found(folder.path(), "evidence-altered", "");
    assert!(found_on_main.len() == 1 && found_on_main[0].ends_with("[2026-07-19 2026-07-25]"), "{found_on_main:?}");
    let merge = said(started(folder.path()).args(["rev-parse", "HEAD"]));
    let document = run(folder.path(), "audit --format json").json();
    let mut all = document["irregularities"].as_array().unwrap().iter();
    let altered = all.find(|one| one["name"] == "evidence-altered").unwrap();
    assert_eq!(altered["commits"][1]["brought_in"], merge.as_str());
    let page = run(folder.path(), "audit").out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains(&format!("on a branch that came into the main line with {}", &merge[..12])), "{page}");
    // Where the decision is not known nothing rested on it.
    assert!(found(folder.path(), "evidence-altered", "--rev side").is_empty());
    // And before it anything may change.
    said(started(folder.path()).args(["switch", "--quiet", "side"]));
    diary.add(
        "students/robin-ashby.toml",
        "\n[[decision]]\nbody = \"LCC\"\nabout = \"award\"\ndate = 2026-07-25\noutcome = \"recommended\"\n",
    );
    diary.commit(RUTH, "2026-07-26", "LCC of 25 July");
    assert!(found(folder.path(), "evidence-altered", "").is_empty());
}

#[test]
fn a_decision_is_judged_by_the_folder_of_its_commit() {
    let folder = recommended();
    assert!(found(folder.path(), "decision-unready", "").is_empty());
    said(started(folder.path()).args(["reset", "--quiet", "--hard", "HEAD~1"]));
    let diary = Diary { top: folder.path() };
    diary.replace("students/robin-ashby.toml", "[diploma]\ncompleted = 2026-07-11\n", "");
    diary.add(
        "students/robin-ashby.toml",
        "\n[[decision]]\nbody = \"LCC\"\nabout = \"award\"\ndate = 2026-07-18\noutcome = \"recommended\"\n",
    );
    diary.commit(RUTH, "2026-07-19", "LCC of 18 July, and no Diploma");
    diary.add("students/robin-ashby.toml", "\n[diploma]\ncompleted = 2026-07-11\n");
    diary.commit(RUTH, "2026-07-20", "the Diploma, too late");
    let wanted = "students/robin-ashby.toml the award was recommended by the LCC on 18 July 2026, and as the folder stood \
                  this was not met on that day: D1 diploma (open) [2026-07-19]";
    assert_eq!(found(folder.path(), "decision-unready", ""), [wanted]);
}

#[test]
fn what_is_entered_after_the_day_of_a_ruling_is_not_said_to_come_before_it() {
    let ruling = "\n[[ruling]]\nrequirement = \"G5\"\nbody = \"LCC\"\ndate = 2026-07-18\noutcome = \"accepted\"\n";
    let sessions: String =
        (2..6).map(|day| format!("  {{ date = 2026-01-{:02}, minutes = 60 }},\n", day * 5)).collect();
    let wanted = |when: &str| format!("4 sessions entered {when}the ruling of 18 July 2026 on G5 for robin-ashby: ");
    for (entered, ruled, when) in [
        ("2026-07-17", "2026-07-28", "shortly before "),
        ("2026-07-27", "2026-07-28", "after the day of a decision, before it was recorded: "),
        ("2026-07-28", "2026-07-28", "after the day of a decision, in the commit that recorded it: "),
    ] {
        let folder = recommended();
        let diary = Diary { top: folder.path() };
        diary.replace("sessions/tuesday-group.toml", "sessions = [\n", &format!("sessions = [\n{sessions}"));
        if entered != ruled {
            diary.commit(RUTH, entered, "sessions");
        }
        diary.add("students/robin-ashby.toml", ruling);
        diary.commit(RUTH, ruled, "ruling");
        let told = found(folder.path(), "entered-before-decision", "--since 2026-07-14");
        assert!(told.iter().any(|one| one.contains(&wanted(when))), "{when}: {told:?}");
    }
}

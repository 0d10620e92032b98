//! Whom and what a command is about is asked for, where nobody said it.

use gwp::calendar::Day;
use gwp::recording::{RecordingMode, RecordingSession};
use gwp::records::RecordKind;
use gwp::records::shape::Table;

use crate::asking::{answered, at_a_terminal};
use crate::desk::Desk;

#[test]
fn whoever_is_not_named_is_asked_for() {
    let desk = Desk::london();
    let answers = ["nobody such", "marcus", "spc", "arrangements", "approved", "ratified", "9 Feb 2026", "yes"];
    let text = answered(&desk, "decide --as-of 2026-02-10", &answers);
    for shown in [
        "Which student (the name, a part of it, or the id): nobody such\nThis cannot be used: no student has the id",
        "Who decided (LCC, SPC, NTM, NDT, panel): spc\nAbout what (arrangements, award): arrangements\n",
        "What was decided (ratified, queried, declined): approved\nThis cannot be used: it can be ratified, queried",
        "On which day [today]: 9 Feb 2026\nThat is unusual:\n- the SPC decided on 9 February 2026",
    ] {
        assert!(text.contains(shown), "{shown} in\n{text}");
    }
    let show = "\nTo see where Marcus Idowu stands: gwp show marcus-idowu --as-of 2026-02-10\n";
    assert!(text.ends_with(show), "{text}");
    let answers = ["lewis", "g4", "accepted", "9 Feb 2026", "7 May, 14 May 2025", "yes"];
    let text = answered(&desk, "rule --as-of 2026-02-10", &answers);
    let open = "Open on G4:\n  7 May 2025: the session of 7 May 2025 was shorter than 60 minutes: 45\n  14 May 2025: ";
    assert!(text.contains(open) && text.contains("\nOn which day did the LCC rule [today]: "), "{text}");
    assert!(text.contains("on G4 (7 May 2025, 14 May 2025): accepted"), "{text}");
    let text = answered(&desk, "receive", &["yusuf", "GWP1", "9 Feb 2026"]);
    assert!(text.contains("Which form arrived (form1, GWP2, WRG2, GWP3): GWP1\nIt came on [today]: "), "{text}");
    let text = answered(&desk, "log --as-of 2026-02-10", &["moving-on", "9 Feb 2026", "", "", "", "yes"]);
    assert!(text.contains("Which log (the name, a part of it, or the id): "), "{text}");
    for (line, asks, says) in [
        ("show --as-of 2026-02-10", "Which student", "Needed next"),
        ("paper student --as-of 2026-02-10 --out m.html", "Which student", "Written: m.html"),
        ("paper supervisor --as-of 2026-02-10 --out h.html", "Which supervisor", "Written: h.html"),
    ] {
        let text = answered(&desk, line, &[if asks.ends_with("student") { "marcus" } else { "leonie" }]);
        assert!(text.contains(asks) && text.contains(says), "{text}");
    }
}

#[test]
fn without_a_terminal_it_is_said_what_to_write() {
    let desk = Desk::london();
    let student =
        "which student is needed; say it behind the command, by id or name; \"gwp list students\" shows them all";
    let lcc = "who decided, about what, and what is needed, such as gwp decide marcus-idowu LCC arrangements approved";
    for (line, why) in [
        ("receive", student),
        ("decide", student),
        ("rule", student),
        ("arrange", student),
        ("show", student),
        ("paper student --out m.html", student),
        (
            "log",
            "which log is needed; say it behind the command, by id or name; \"gwp list groups\" shows those of groups",
        ),
        ("decide marcus", lcc),
        ("decide marcus LCC", lcc),
        ("rule marcus", "on what it was ruled, and how, is needed, such as gwp rule marcus-idowu G4 accepted"),
        (
            "receive marcus",
            "which form arrived is needed (form1, GWP2, WRG2 or GWP3), such as gwp receive marcus-idowu GWP2",
        ),
    ] {
        let ran = desk.run(line);
        assert_eq!((ran.status, ran.err), (2, format!("gwp: {why}\n")), "{line}");
    }
}

#[test]
fn an_application_that_is_there_is_not_moved_to_today() {
    let desk = Desk::london();
    let before = desk.files();
    let ran = desk.run("receive marcus-idowu form1 --as-of 2026-02-10");
    let said = "gwp: this is recorded already, and nothing is written: GWP Form 1 submitted on 10 October 2025. If that \
                day is wrong: gwp correct marcus-idowu submitted --to DATE\n";
    assert_eq!((ran.status, ran.err.as_str()), (2, said));
    // Who is asked which form it is hears that before the day.
    let (status, text) = at_a_terminal(&desk, "receive marcus", &["form1\n"]);
    assert!(status == 2 && text.contains("this is recorded already") && !text.contains("which day"), "{text}");
    // Whoever says another day is shown both, and a day that is said again is there already.
    let ran = desk.run("receive marcus-idowu form1 --on 2025-10-11");
    assert!(ran.err.ends_with("gwp correct marcus-idowu submitted --to 2025-10-11\n"), "{}", ran.err);
    assert_eq!(desk.run("receive marcus-idowu form1 --on 2025-10-10").status, 0);
    assert_eq!(desk.files(), before);
    let ran = desk.run("correct marcus-idowu submitted --to 2025-10-11 --as-of 2026-02-10");
    assert_eq!(ran.status, 0, "{}", ran.err);
}

#[test]
fn two_of_one_name_are_told_apart_in_the_list() {
    let desk = Desk::london();
    assert_eq!(desk.run("new student ewan-kirkbride-2 --name Ewan-Kirkbride --course london-2025").status, 0);
    let record = desk.read("students/ewan-kirkbride-2.toml").replace("Ewan-Kirkbride", "Ewan Kirkbride");
    std::fs::write(desk.path("students/ewan-kirkbride-2.toml"), record).expect("it can be written");
    for command in ["show", "arrange"] {
        let (_, text) = at_a_terminal(&desk, command, &["?\n", "quit\n"]);
        let both = "Ewan Kirkbride (ewan-kirkbride); Ewan Kirkbride (ewan-kirkbride-2)";
        assert!(text.replace('\n', "").contains(both), "{text}");
    }
}

#[test]
fn what_is_corrected_is_shown_and_named_as_it_stands() {
    let desk = Desk::london();
    let correct = "correct managing-stress session --as-of 2026-02-10";
    for named in ["9 Feb 2026", "9 February", "2026-02-09", "09/02/2026"] {
        let (_, text) = at_a_terminal(&desk, correct, &[&format!("{named}\n"), "minutes\n", "quit\n"]);
        assert!(text.contains("session: date 9 February 2026, minutes 90"), "{named}: {text}");
        assert!(text.contains("the record says 90: quit\n"), "{named}: {text}");
    }
    let (_, text) = at_a_terminal(&desk, correct, &["2026\n", "minutes\n", "999\n", "quit\n"]);
    assert!(text.contains("This cannot be used: a number from 1 to "), "{text}");
    assert!(
        text.contains("This cannot be used: several of these have it; write more of one, or its number."),
        "{text}"
    );
    // A day that is not there is none of those that are, whatever else stands in a line.
    for absent in ["8 February", "6 February 2026", "9 February 2025"] {
        let (_, text) = at_a_terminal(&desk, correct, &[&format!("{absent}\n"), "quit\n"]);
        assert!(text.contains("This cannot be used: a number from 1 to "), "{absent}: {text}");
    }
    // One value that stands alone, and one of several.
    let (_, text) = at_a_terminal(&desk, "correct ewan-kirkbride email", &["quit\n"]);
    assert!(text.contains("the record says ewan.kirkbride@example.org"), "{text}");
    let (_, text) = at_a_terminal(&desk, "correct carers-thursday conductor", &["tariq\n", "quit\n"]);
    assert!(text.contains("the record says Tariq Haddad"), "{text}");
}

#[test]
fn a_day_is_read_by_the_course_of_whoever_it_is_said() {
    let desk = Desk::london();
    let today = Day::parse("2026-12-01").expect("a day");
    let session = RecordingSession::open(&desk.path(""), RecordingMode::DryRun, today).expect("a folder");
    let leave = Table::of_kind(RecordKind::Student).below("leave").field("from").expect("a first day");
    let fits = |who: &str| session.must_fit(who, leave, "2 December", None);
    // Tomorrow is a day of a course that runs, and of none that has ended.
    assert_eq!(fits("ewan-kirkbride"), Ok(()));
    let two = "it could be 2 December 2023 or 2 December 2024; write it in full, such as 31 January 2026";
    assert_eq!(fits("stefan-brandt"), Err(two.to_owned()));
}

#[test]
fn a_deadline_without_its_year_is_the_one_that_is_owed() {
    let desk = Desk::london();
    let line = "receive marcus-idowu GWP2 --on 2026-02-10 --as-of 2026-02-10 --ratings CCDCCD-CC --dry-run";
    let ran = desk.run(&format!("{line} --due '30 January'"));
    assert!(ran.status == 0 && ran.out.contains("GWP Form 2 for 30 January 2026"), "{}{}", ran.out, ran.err);
}

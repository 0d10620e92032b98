//! What somebody types who knows none of the options, and what comes of it.

use crate::asking::{Terminal, answered, at_a_terminal};
use crate::desk::Desk;
use crate::importing;

#[test]
fn the_words_of_a_day_without_quotation_marks() {
    let desk = Desk::london();
    for (line, command) in [
        ("meeting 12 December 2026", "gwp meeting '12 December 2026'"),
        ("log managing-stress 6 Oct --present 5", "gwp log managing-stress '6 Oct' --present 5"),
        ("log managing-stress 6 Oct, 13 Oct and 20 Oct", "gwp log managing-stress '6 Oct, 13 Oct and 20 Oct'"),
        (
            "decide marcus LCC arrangements approved --on 12 Dec",
            "gwp decide marcus LCC arrangements approved --on '12 Dec'",
        ),
    ] {
        let ran = desk.run(line);
        let said = format!("gwp: a day of several words needs quotation marks: {command}\n");
        assert_eq!((ran.status, ran.err), (2, said), "{line}");
    }
    // What is wrong for another reason is told as that.
    let ran = desk.run("log managing-stress '6 Oct' --presence 5");
    assert!(ran.status == 2 && !ran.err.contains("quotation marks"), "{}", ran.err);
}

#[test]
fn days_with_and_between_them() {
    let desk = Desk::london();
    let ran = desk.run("log managing-stress '16 Feb 2026, 23 Feb 2026 and 2 Mar 2026' --as-of 2026-03-03 --dry-run");
    assert!(ran.out.contains("3 sessions from 16 February 2026 to 2 March 2026"), "{}{}", ran.out, ran.err);
}

#[test]
fn a_deadline_without_a_year_is_the_one_that_there_is() {
    let desk = Desk::london();
    let ran = desk.run("form gwp2 marcus --due '30 January' --as-of 2026-02-10");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("Reference: gwp2 marcus-idowu 2026-01-30"), "{}", ran.out);
}

#[test]
fn the_day_of_a_meeting_is_asked_for_and_the_next_one_is_that_of_check() {
    let desk = Desk::london();
    let asked = |line: &str| {
        let mut terminal = Terminal::of(&desk.path(""), line.split(' '));
        let question = terminal.question();
        terminal.answer("quit\n");
        terminal.end();
        question.unwrap_or_default()
    };
    assert_eq!(asked("meeting --body SPC"), "The day of the meeting, such as 12 December: ");
    let before_all = "meeting --as-of 2022-10-01 --form a.txt";
    assert_eq!(asked(before_all), "The day of the meeting, such as 12 December [26 November 2022]: ");
    answered(&desk, before_all, &[""]);
    assert!(desk.read("a.txt").contains("26 November 2022"));
    let ran = desk.run("meeting next-lcc --as-of 2026-02-10 --form next.txt");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(desk.read("next.txt").contains("28 February 2026"));
    assert!(desk.run("check --meeting next-lcc --as-of 2026-02-10").out.contains("28 February 2026"));
    // On the day itself it is that one, and the day after the one that follows.
    for (as_of, day) in [("2026-02-28", "28 February 2026"), ("2026-03-01", "11 July 2026")] {
        let ran = desk.run(&format!("meeting next-lcc --as-of {as_of} --form {as_of}.txt"));
        assert_eq!(ran.status, 0, "{}", ran.err);
        assert!(desk.read(&format!("{as_of}.txt")).contains(day), "{as_of}");
    }
}

#[test]
fn several_students_are_named_with_commas_between_them() {
    let desk = Desk::london();
    answered(&desk, "record managing-stress conductor --as-of 2026-02-10", &["priya, yusuf"]);
    let text = desk.read("sessions/managing-stress.toml");
    assert!(text.contains("conductors = [\"marcus-idowu\", \"priya-nandakumar\", \"yusuf-demirel\"]"), "{text}");
}

#[test]
fn who_is_no_conductor_yet_keeps_what_was_answered() {
    let desk = Desk::london();
    let line = "arrange tariq managing-stress hardcastle --from 2026-03-01 --beside --as-of 2026-02-10";
    // What is offered right after is no question before, and whoever wants nothing more has recorded the arrangement.
    for key in ["\n", "no\n", "quit\n", "\u{4}"] {
        let desk = Desk::london();
        let (status, text) = at_a_terminal(&desk, line, &[key]);
        assert!(status == 0 && !text.contains("[not-a-conductor]"), "{key:?}: {text}");
        assert!(text.contains("Tariq Haddad does not conduct Managing stress") && !text.contains("nothing is written"));
        assert!(desk.read("students/2025/tariq-haddad.toml").contains("group = \"managing-stress\"\n"));
    }
    // A script is warned.
    let ran = desk.run(line);
    let warned = "gwp record managing-stress conductor tariq-haddad adds the student to the log";
    assert!(ran.status == 0 && ran.err.contains("[not-a-conductor]") && ran.err.contains(warned), "{}", ran.err);
}

#[test]
fn the_length_of_the_first_session_is_asked_for() {
    let desk = importing::desk("none.csv", b"");
    let line = "log open-group 2025-10-06 2025-10-13 --as-of 2026-06-01";
    assert!(desk.run(line).err.contains("say it with --minutes"));
    let text = answered(&desk, line, &["90"]);
    assert!(text.contains("How many minutes: 90\n"), "{text}");
    assert_eq!(importing::entries(&desk), ["date = 2025-10-06, minutes = 90", "date = 2025-10-13, minutes = 90"]);
    // The next ones are as long.
    answered(&desk, "log open-group 2025-10-20 --as-of 2026-06-01", &[]);
    assert_eq!(importing::entries(&desk).len(), 3);
}

#[test]
fn a_day_to_come_is_refused_without_an_option() {
    let desk = Desk::london();
    let keys = ["lcc\n", "arrangements\n", "approved\n", "1 Jan 2090\n", "quit\n"];
    let (_, text) = at_a_terminal(&desk, "decide marcus", &keys);
    assert!(
        text.contains("This cannot be used: 1 January 2090 is still to come, and what is recorded has happened; write a day up to today."),
        "{text}"
    );
    assert!(!text.contains("--on"), "{text}");
}

#[test]
fn an_old_value_is_shown_and_can_be_replaced() {
    let desk = Desk::london();
    let before = desk.files();
    let line = "record marcus email --as-of 2026-02-10";
    for (keys, why) in [
        (&["\n"][..], "it stays as it is, and nothing is written"),
        (&["m@example.org\n", "no\n"], "nothing is written"),
    ] {
        let (status, text) = at_a_terminal(&desk, line, keys);
        assert!(text.contains(" [marcus.idowu@example.org]: ") && text.contains(why), "{text}");
        assert_eq!((status, desk.files()), (2, before.clone()));
    }
    let text = answered(&desk, line, &["m@example.org", "yes"]);
    let asks = "The record says marcus.idowu@example.org. Put m@example.org in its place (yes, no): yes\n";
    assert!(text.contains(asks), "{text}");
    assert!(desk.read("students/2025/marcus-idowu.toml").contains("email = \"m@example.org\"\n"));
    // What is typed with the command is never put in the place of something else.
    let (status, text) = at_a_terminal(&desk, "record marcus email n@example.org", &[]);
    assert!(status == 2 && text.contains("the record says otherwise"), "{text}");
}

#[test]
fn who_was_not_there_is_in_the_answer() {
    let desk = Desk::london();
    let line = "log managing-stress 2026-02-16 --present 5 --as-of 2026-02-17";
    let ran = desk.run(&format!("{line} --absent marcus"));
    assert!(
        ran.out.contains("session of 16 February 2026, 90 minutes, 5 present, without marcus-idowu."),
        "{}",
        ran.out
    );
    let again = desk.run(&format!("{line} --absent marcus"));
    assert!(again.out.contains("5 present, without marcus-idowu"), "{}{}", again.out, again.err);
}

#[test]
fn two_letters_can_be_the_name_of_somebody() {
    let desk = Desk::london();
    let student = desk.read("students/2025/marcus-idowu.toml").replace("Marcus Idowu", "Jo Pike");
    std::fs::write(desk.path("students/2025/jo-pike.toml"), student).expect("it can be written");
    for command in ["decide", "correct"] {
        let (_, text) = at_a_terminal(&desk, command, &["jo\n", "quit\n"]);
        assert!(!text.contains("letters of the name") && text.contains("Jo Pike"), "{text}");
    }
    let (_, text) = at_a_terminal(&desk, "decide", &["j\n", "quit\n"]);
    assert!(text.contains("write two letters of the name, or more."), "{text}");
}

//! What is more often a slip than meant is asked about before it is written.

use crate::asking::{answered, at_a_terminal};
use crate::desk::Desk;

/// Whoever says no finds the folder as it was; whoever says yes has it written; a script is warned.
#[track_caller]
fn is_asked(desk: &Desk, line: &str, why: &str) {
    let before = desk.files();
    let (status, text) = at_a_terminal(desk, line, &["\n"]);
    assert!(text.contains(&format!("That is unusual:\n- {why}.\n")), "{text}");
    assert!(text.contains("Record it all the same (yes, no) [no]: \ngwp: nothing is written\n"), "{text}");
    assert_eq!((status, desk.files()), (2, before.clone()));
    let ran = desk.run(&format!("{line} --dry-run"));
    assert!(ran.status == 0 && ran.err.contains(&format!("gwp: warning: {why}\n")), "{}", ran.err);
    let text = answered(desk, line, &["yes"]);
    assert!(!text.contains("warning"), "{text}");
    assert_ne!(desk.files(), before);
}

#[test]
fn a_report_by_somebody_who_supervised_at_another_time() {
    let desk = Desk::london();
    let receive =
        "receive marcus-idowu GWP2 --on 2026-02-10 --due none --by hardcastle --ratings CCDCCD-CC --as-of 2026-02-10";
    assert!(!desk.run(&format!("{receive} --dry-run")).err.contains("did not supervise"));
    let ended = desk.run("correct marcus-idowu arrangement --until 2025-10-31 --as-of 2026-02-10");
    assert_eq!(ended.status, 0, "{}", ended.err);
    is_asked(
        &desk,
        &receive.replace("2026-02-10", "2026-02-09"),
        "GWP Form 2 of 9 February 2026 is by Leonie Hardcastle, who did not supervise Marcus Idowu then, and nobody did",
    );
}

#[test]
fn what_check_would_warn_of_is_asked_about_too() {
    let desk = Desk::london();
    let line =
        "receive marcus-idowu GWP2 --on 2026-02-10 --due none --by castellan --ratings CCDCCD-CC --as-of 2026-02-10";
    let before = desk.files();
    let (status, text) = at_a_terminal(&desk, line, &["no\n"]);
    assert!(status == 2 && text.contains("[not-the-supervisor]") && text.contains("Record it all the same"), "{text}");
    assert_eq!(desk.files(), before);
}

#[test]
fn a_ratification_of_nothing_and_a_decision_taken_twice() {
    let desk = Desk::london();
    is_asked(
        &desk,
        "decide yusuf-demirel NTM arrangements ratified --on 2025-10-06 --as-of 2026-02-10",
        "the NTM ratified the arrangements of Yusuf Demirel on 6 October 2025, and no approval of them is recorded by then",
    );
    is_asked(
        &desk,
        "decide marcus-idowu LCC arrangements approved --on 2026-02-07 --as-of 2026-02-10",
        "the LCC decided on 7 February 2026 about the arrangements of Marcus Idowu what it had decided on 6 December 2025: \
         approved",
    );
}

#[test]
fn days_and_numbers_that_slipped() {
    let desk = Desk::london();
    is_asked(
        &desk,
        "record marcus-idowu insurance --kind own --from 2026-01-01 --until 2026-01-03 --as-of 2026-02-10",
        "the insurance of Marcus Idowu is valid for 3 days only, from 1 January 2026 to 3 January 2026",
    );
    is_asked(
        &desk,
        "log moving-on 2026-02-09 --present 70 --minutes 60 --other-weekday --as-of 2026-02-10",
        "in the session of moving-on on 9 February 2026, 70 people came",
    );
    is_asked(
        &desk,
        "record london-2025 lcc-meeting 2031-02-21 --as-of 2026-02-10",
        "the LCC meeting of 21 February 2031 lies outside London Diploma in Group Work, 2025–26, which runs from 4 October \
         2025 to 18 July 2026",
    );
}

#[test]
fn a_session_long_before_the_course() {
    let desk = Desk::london();
    let line = |day: &str| format!("log managing-stress {day} --other-weekday --as-of 2026-02-10");
    for (day, is_unusual) in [("2025-06-03", true), ("2025-06-04", false), ("2025-10-03", false)] {
        let ran = desk.run(&format!("{} --dry-run", line(day)));
        assert_eq!((ran.status, ran.err.contains("long before")), (0, is_unusual), "{day}: {}", ran.err);
    }
    is_asked(
        &desk,
        &line("2025-01-07"),
        "the session of managing-stress on 7 January 2025 was long before London Diploma in Group Work, 2025–26, which begins \
         on 4 October 2025",
    );
}

#[test]
fn a_new_record_is_looked_at_too() {
    let desk = Desk::of("examples/national/leeds");
    let before = desk.files();
    let answers = ["Kit Lowe\n", "\n", "\n", "UKCP\n", "\n", "2 Oct 2025\n", "1 Oct 2025\n", "\n", "\n", "\n", "no\n"];
    let (status, text) = at_a_terminal(&desk, "new supervisor", &answers);
    let asks = "That is unusual:\n- the UKCP registration of Kit Lowe was checked on 2 October 2025, and had expired on 1 \
                October 2025.\nRecord it all the same (yes, no) [no]: no\ngwp: nothing is written\n";
    assert!(status == 2 && text.ends_with(asks), "{text}");
    assert_eq!(desk.files(), before);
}

#[test]
fn a_value_that_is_put_in_the_place_of_another_is_looked_at_too() {
    let desk = Desk::london();
    let line = "record ewan-kirkbride withdrawn --as-of 2026-02-10";
    assert_eq!(desk.run(&format!("{line} --on 2026-02-09")).status, 0);
    let before = desk.files();
    let (status, text) = at_a_terminal(&desk, line, &["9 Feb 2010\n", "yes\n", "no\n"]);
    assert!(text.contains("Put 9 Feb 2010 in its place (yes, no): yes\nThat is unusual:\n"), "{text}");
    assert!(status == 2 && text.contains("9 February 2010 is far from the course"), "{text}");
    assert_eq!(desk.files(), before);
    let text = answered(&desk, line, &["9 Feb 2010", "yes", "yes"]);
    assert!(text.contains("withdrawn 9 February 2010 instead of 9 February 2026"), "{text}");
}

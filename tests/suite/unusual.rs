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

#[test]
fn a_day_of_the_lcc_that_no_list_has() {
    let desk = Desk::london();
    for line in [
        "decide ewan-kirkbride LCC arrangements queried --on 2026-02-09 --as-of 2026-02-10",
        "rule lewis-strachan G4 accepted --of 2025-05-07 --on 2026-02-09 --as-of 2026-02-10",
    ] {
        let name = if line.starts_with("decide") { "Ewan Kirkbride" } else { "Lewis Strachan" };
        is_asked(
            &desk,
            line,
            &format!("no list of LCC meetings has 9 February 2026, on which the LCC decided about {name}"),
        );
    }
    // A day on the list of any course is one, and so is one of which the meeting is recorded; the SPC has no list.
    for line in [
        "decide priya-nandakumar LCC arrangements queried --on 2025-12-06 --as-of 2026-02-10 --dry-run",
        "decide priya-nandakumar SPC arrangements ratified --on 2025-12-16 --as-of 2026-02-10 --dry-run",
    ] {
        let ran = desk.run(line);
        assert!(!ran.err.contains("no list of LCC meetings"), "{line}: {}", ran.err);
    }
}

#[test]
fn an_import_is_looked_at_before_it_is_written() {
    let desk = Desk::london();
    let table = "Date,Length,Present\n9 Feb 2026,900,6\n";
    std::fs::write(desk.path("more.csv"), table).expect("it can be written");
    let line = "import more.csv --into ward-staff-reflective --other-weekday --as-of 2026-02-10";
    let before = desk.files();
    let unusual = "the session of ward-staff-reflective on 9 February 2026 lasted 900 minutes";
    let (status, text) = at_a_terminal(&desk, &format!("{line} --write"), &["no\n"]);
    assert!(status == 2 && text.contains(&format!("That is unusual:\n- {unusual}.\n")), "{text}");
    assert_eq!(desk.files(), before);
    let text = answered(&desk, line, &[]);
    assert!(text.contains(&format!("gwp: warning: {unusual}\n")) && desk.files() == before, "{text}");
    let text = answered(&desk, &format!("{line} --write"), &["yes"]);
    assert!(!text.contains("warning") && text.contains("Recorded "), "{text}");
    assert!(
        desk.read("sessions/ward-staff-reflective.toml").contains("{ date = 2026-02-09, minutes = 900, present = 6 }")
    );
}

#[test]
fn the_course_of_a_new_folder_is_looked_at_too() {
    let desk = Desk::empty();
    let line = "init there --course bath-2025 --name Bath --convenor Hallam --term Autumn=2025-09-27..2025-12-13 \
                --lcc-meetings 2027-01-31";
    let (status, text) = at_a_terminal(&desk, line, &["no\n"]);
    assert!(text.contains("That is unusual:\n- the LCC meeting of 31 January 2027 lies outside Bath"), "{text}");
    assert!(status == 2 && !desk.path("there").exists(), "{text}");
    let text = answered(&desk, line, &["yes"]);
    assert!(desk.path("there/courses/bath-2025.toml").exists(), "{text}");
    let ran = desk.run(&line.replace("there", "here"));
    assert!(ran.status == 0 && ran.err.contains("lies outside Bath"), "{}", ran.err);
}

#[test]
fn whoever_begins_an_arrangement_can_be_put_into_the_logs() {
    let desk = Desk::london();
    let line = "arrange ewan-kirkbride carers-thursday carys-bevan --from 2026-01-26 --beside --as-of 2026-02-10";
    let (status, text) = at_a_terminal(&desk, line, &["yes\n", "yes\n"]);
    assert!(status == 0 && text.contains("Ewan Kirkbride does not conduct "), "{text}");
    let asks = "Ewan Kirkbride is in no log of a supervision with this supervisor. Add Ewan Kirkbride to \"";
    assert!(text.contains(asks) && text.contains("\" from 26 January 2026 on; "), "{text}");
    assert!(text.contains(" from 26 January 2026 on then count"), "{text}");
    assert!(desk.read("sessions/carers-thursday.toml").contains(", \"ewan-kirkbride\"]"), "{text}");
    let log = desk.read("sessions/supervision-carers.yaml");
    assert!(log.contains("ewan-kirkbride]") && log.contains("who: ewan-kirkbride, from: 2026-01-26"), "{log}");
    // Whoever is in both is asked nothing.
    let again = "arrange ewan-kirkbride carers-thursday carys-bevan --confirmed 2026-02-03 --as-of 2026-02-10";
    assert!(!answered(&desk, again, &[]).contains("does not conduct"));
    // A supervision of one student alone is no place for another, whether that is written or shows.
    for format in ["format = \"individual\"\n", ""] {
        let path = "sessions/supervision-carvalho.toml";
        let log = desk.read(path);
        std::fs::write(desk.path(path), log.replace("format = \"individual\"\n", format)).expect("it can be written");
        let line = "arrange ewan-kirkbride speaking-up ines-carvalho --from 2026-02-02 --beside --as-of 2026-02-10";
        let text = answered(&desk, line, &["no"]);
        assert!(!text.contains("in no log of a supervision"), "{text}");
        assert_eq!(desk.run("undo --yes").status, 0);
    }
}

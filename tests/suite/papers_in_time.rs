//! What papers say of time: breaks of every group, far deadlines in few words, figures that agree.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use crate::desk::Desk;
use crate::read_papers::{has, markdown};

const DAY: &str = "--as-of 2026-02-10";

#[test]
fn breaks_of_a_group_that_has_ended_are_there_too() {
    let desk = Desk::london();
    let shown = markdown(&desk, "show amina-warsame");
    has(&shown, "21 break of \"Parenting programme, north side\" until 5 January 2025");
    has(&shown, "12 break of \"Parenting programme, south side\" until 27 April 2025");
    let letter = markdown(&desk, "paper student amina-warsame");
    has(&letter, "Breaks of \"Parenting programme, north side\": 21 December 2024 to 5 January 2025.");
    has(
        &letter,
        "Breaks of \"Parenting programme, south side\": 12 April 2025 to 27 April 2025, 21 July 2025 to 5 September 2025.",
    );
    let page = desk.run(&format!("paper student amina-warsame {DAY}")).out;
    let drawn =
        "<title>break of &quot;Parenting programme, north side&quot; from 21 December 2024 to 5 January 2025</title>";
    has(&page, drawn);
    assert_eq!(page.matches("<rect class=\"break\"").count(), 3);
    // A break that begins on the last day of the arrangement is one of it; a day later it is nobody's.
    let path = "sessions/parents-north.toml";
    let log = desk.read(path);
    for (begins, is_there) in [("2025-02-09", true), ("2025-02-10", false)] {
        let with = log.replacen("breaks = [", &format!("breaks = [{{ from = {begins}, until = 2025-02-20 }}, "), 1);
        assert_ne!(with, log);
        fs::write(desk.path(path), with).unwrap();
        let told = markdown(&desk, "show amina-warsame")
            .contains("break of \"Parenting programme, north side\" until 20 February");
        assert_eq!(told, is_there, "{begins}");
    }
    // With one group it needs no name, and leave is no break of it.
    let letter = markdown(&desk, "paper student fiona-macaskill");
    has(&letter, "Breaks: 20 December 2025 to 4 January 2026. Leave: 1 May 2025 to 30 September 2025.");
}

#[test]
fn deadlines_that_are_years_away_are_counted() {
    let desk = Desk::london();
    let paper = markdown(&desk, "paper lcc");
    has(
        &paper,
        "| 5 reports on GWP Form 2 are to come: the next is due on 12 June 2026, the last on 13 June 2028 |  | 12 June 2026 | GWP Form 2 for 12 June 2026, and 4 more for later deadlines |",
    );
    assert!(!paper.contains("31 January 2027"), "{paper}");
    // Of three the next is named, of two both, and one is one.
    let path = "students/2024/fiona-macaskill.toml";
    let wanted = [
        "| 3 reports on GWP Form 2 are to come: the next is due on 13 June 2026, the last on 13 June 2027 |",
        "GWP Form 2 is due on 31 January 2027 and 13 June 2027 |",
        "GWP Form 2 is due on 13 June 2027 |",
    ];
    for (wanted, answered) in wanted.iter().zip(["2026-06-13", "2027-01-31", ""]) {
        has(&markdown(&desk, "show fiona-macaskill"), wanted);
        let report =
            format!("\n[[report]]\nform = \"GWP2\"\ndue = {answered}\nreceived = 2026-02-04\nby = \"carys-bevan\"\n");
        if !answered.is_empty() {
            fs::write(desk.path(path), desk.read(path) + &report).unwrap();
        }
    }
    has(&markdown(&desk, "show marcus-idowu"), "WRG Form 2 is due on 12 June 2026 |");
}

#[test]
fn a_final_report_is_called_so_and_a_third_form_answers_no_deadline() {
    let desk = Desk::london();
    has(&markdown(&desk, "show judith-abell"), "| GWP Form 2 |  | 17 November 2025 | arrived as the final report |");
    has(
        &markdown(&desk, "show judith-abell"),
        "| GWP Form 3 |  | 24 January 2025 | arrived | Bernard Tolhurst, line manager |",
    );
    // On the day before the sessions were complete it would be no final report.
    let path = "students/2024/judith-abell.toml";
    let early = desk.read(path).replace("received = 2025-11-17", "received = 2025-10-22");
    fs::write(desk.path(path), early).unwrap();
    has(&markdown(&desk, "show judith-abell"), "| GWP Form 2 |  | 22 October 2025 | answers no deadline |");
}

#[test]
fn the_wall_has_every_meeting_that_the_page_has() {
    let desk = Desk::london();
    // Her last meeting was after the last session of the whole course.
    has(
        &markdown(&desk, "paper wall"),
        "- Fiona Macaskill: 16 sessions count; supervision: 16 supervision meetings count.",
    );
    has(&markdown(&desk, "paper student fiona-macaskill"), "Supervision: 16 supervision meetings count.");
    // The courses come in their order, whoever comes first in them.
    let wall = markdown(&desk, "paper wall");
    let at = |course: &str| wall.find(&format!("### London Diploma in Group Work, {course}\n\n")).unwrap();
    assert!(at("2022–23") < at("2024–25") && at("2024–25") < at("2025–26"));
}

#[test]
fn a_course_has_its_name_and_no_id_on_paper() {
    let desk = Desk::london();
    for what in ["lcc --meeting next-lcc", "course", "spc", "student marcus-idowu", "supervisor annika-solberg"] {
        let paper = markdown(&desk, &format!("paper {what}"));
        for id in ["london-2022", "london-2024", "london-2025"] {
            assert!(!paper.replace(&format!("courses/{id}.toml"), "").contains(id), "{what}: {id}\n{paper}");
        }
    }
    has(&markdown(&desk, "show marcus-idowu"), "Course: London Diploma in Group Work, 2025–26, from 4 October 2025");
}

#[test]
fn what_was_held_before_the_arrangement_is_told_without_a_command_on_paper() {
    let desk = Desk::london();
    let path = "students/2025/priya-nandakumar.toml";
    let later = desk.read(path).replacen("from = 2025-10-14", "from = 2025-10-22", 1);
    fs::write(desk.path(path), later).unwrap();
    let held = "2 sessions were held before 22 October 2025, when the arrangement begins, and cannot count.";
    let paper = markdown(&desk, "paper lcc");
    has(&paper, held);
    assert!(!paper.contains("gwp correct") && !paper.contains("gwp -C"), "{paper}");
    let shown = markdown(&desk, "show priya-nandakumar");
    has(&shown, held);
    has(
        &shown,
        "If the arrangement began earlier: gwp correct priya-nandakumar arrangement elmfield-mbt 2025-10-22 --from DATE",
    );
}

#[test]
fn the_day_of_the_last_session_says_what_it_does_not_allow_for() {
    let desk = Desk::london();
    let head = |desk: &Desk, day: &str| {
        let shown = desk.run(&format!("show siobhan-keane --as-of {day}")).out;
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    // A session is cancelled that is still to come; on its day it is one that was.
    let lost = "(not yet allowing for 26 February 2026, cancelled or without the student)";
    for (day, is_said) in [("2026-02-25", true), ("2026-02-26", false)] {
        assert_eq!(head(&desk, day).contains(lost), is_said, "{day}: {}", head(&desk, day));
    }
    // On a day of a break none was expected.
    let path = "sessions/carers-thursday.toml";
    let log = desk.read(path);
    fs::write(desk.path(path), log.replacen("breaks = [", "breaks = [{ from = 2026-02-23, until = 2026-02-27 }, ", 1))
        .unwrap();
    assert!(!head(&desk, "2026-02-25").contains("not yet allowing"), "{}", head(&desk, "2026-02-25"));
}

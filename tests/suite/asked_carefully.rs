//! An answer that slips out at a terminal does no harm: Enter, a digit, a letter too many.

use crate::asking::{Terminal, answered, at_a_terminal};
use crate::desk::Desk;
use crate::meeting_held::typed;

const EWAN: &str = "students/2025/ewan-kirkbride.yaml";

#[test]
fn nobody_is_withdrawn_by_the_enter_key() {
    let desk = Desk::london();
    let (status, text) = at_a_terminal(&desk, "record ewan-kirkbride withdrawn", &["\n", "10 February 2026\n"]);
    assert_eq!(status, 0, "{text}");
    assert!(text.contains("This cannot be used: it is needed.\n"), "{text}");
    assert!(desk.read(EWAN).contains("withdrawn: 2026-02-10\n"), "{text}");
    // It was there by mistake.
    let text = answered(&desk, "correct ewan-kirkbride withdrawn", &["remove", "yes"]);
    assert!(text.contains("; remove takes it out: remove\n") && text.contains("Take out: "), "{text}");
    assert!(!desk.read(EWAN).contains("withdrawn"), "{text}");
}

#[test]
fn the_whole_of_an_entry_can_be_taken_out_where_somebody_asks_what_is_wrong() {
    let desk = Desk::london();
    let report = "record ewan-kirkbride insurance --from 2025-10-01 --until 2026-09-30 --kind own";
    assert_eq!(desk.run(report).status, 0);
    let before = desk.read(EWAN);
    let text = answered(&desk, "correct ewan-kirkbride insurance 2025-10-01", &["remove", "yes"]);
    assert!(text.contains("remove: take the whole of it out\n"), "{text}");
    assert!(desk.read(EWAN).len() < before.len(), "{text}");
}

#[test]
fn a_digit_is_the_number_of_a_line_and_no_part_of_a_name() {
    let desk = Desk::london();
    let mut terminal = Terminal::of(&desk.path(""), ["log", "--dry-run"]);
    for (answer, next) in [
        ("2024", "Which log (the name, a part of it, or the id): "),
        ("on", "Which log (the name, a part of it, or the id): "),
        ("elmfield", "Which is meant (its number, or more of the name): "),
        ("9", "Which is meant (its number, or more of the name): "),
        ("1", "The day, such as 12 January or last Tuesday; or several, separated by commas [today, "),
    ] {
        assert!(terminal.question().is_some());
        terminal.answer(&format!("{answer}\n"));
        let question = terminal.question().unwrap_or_default();
        assert!(question.starts_with(next), "{answer}: {question}");
    }
    terminal.answer("2026-02-10\n");
    for _ in 0..3 {
        assert!(terminal.question().is_some());
        terminal.answer("\n");
    }
    let (status, text) = terminal.end();
    assert_eq!(status, 0, "{text}");
    assert!(text.contains("This cannot be used: write three letters of the name, or more.\n"), "{text}");
    let listed = "  1  Tuesday MBT-informed group, Elmfield (elmfield-mbt)\n";
    let chosen = "\nTuesday MBT-informed group, Elmfield (elmfield-mbt):\nThe day, ";
    assert!(text.contains(listed) && text.contains(chosen), "{text}");
}

#[test]
fn enter_keeps_what_is_answered_already() {
    let desk = Desk::london();
    let lines = ["=", "", "", "a", "", "b", "", "a", "q", "", "a 1", "s", "b", "", "l"];
    let (_, text, _) = typed(&desk, "meeting 2026-02-28", &lines);
    assert!(!text.contains("it is needed"), "{text}");
    assert!(text.contains("So far: approved.\n") && text.contains("[as it is]: \n"), "{text}");
    // To leave dates open erases nothing of the others.
    assert!(text.contains("So far: accepted for 7 May 2025; 1 left open.\n"), "{text}");
}

#[test]
fn an_s_for_the_minutes_passes_them_over() {
    let desk = Desk::london();
    let lines =
        ["=", "", "", "q", "", "s", "s", "s", "s", "s", "s", "s", "s", "s", "The kitchen was closed", "m", "s", "yes"];
    let (status, text, _) = typed(&desk, "meeting 2026-02-28", &lines);
    assert_eq!(status, 0, "{text}");
    assert!(desk.read("meetings/lcc-2026-02-28.toml").contains("notes = \"The kitchen was closed\"\n"), "{text}");
}

#[test]
fn an_arrangement_that_nobody_recorded_cannot_be_approved() {
    let desk = Desk::london();
    let record = desk.read(EWAN);
    let (before, rest) = record.split_once("arrangement:\n").expect("it has an arrangement");
    let (_, after) = rest.split_once("wrg:\n").expect("and what comes behind it");
    std::fs::write(desk.path(EWAN), format!("{before}wrg:\n{after}")).expect("it can be written");
    let (_, text, _) = typed(&desk, "meeting 2026-02-28", &["=", "", "", "s", "s", "a", "l"]);
    let text = text.replace("\n  ", " ");
    assert!(
        text.contains("it cannot be approved before an arrangement is recorded, with \"gwp arrange ewan-kirkbride\""),
        "{text}"
    );
    assert!(text.contains("q query, d decline (s skip"), "{text}");
    assert!(text.contains("This cannot be used: it can be q (query), d (decline) or s (skip)"), "{text}");
}

#[test]
fn who_answers_nothing_is_told_so() {
    let desk = Desk::london();
    let before = desk.files();
    let (status, text) = at_a_terminal(&desk, "record bethan-maddox diploma", &["\n"]);
    assert_eq!(status, 2, "{text}");
    assert!(text.ends_with("gwp: nothing was answered; nothing is written\n"), "{text}");
    assert_eq!(desk.files(), before);
}

#[test]
fn what_a_command_of_its_own_records_is_sent_to_that_command() {
    let desk = Desk::london();
    for (line, said) in [
        ("record ewan-kirkbride condition --what more", "record that first: gwp decide ewan-kirkbride\n"),
        ("correct ewan-kirkbride ruling --remove --yes", "record it with gwp rule ewan-kirkbride\n"),
        ("record ewan-kirkbride email 31/11/26", "an e-mail address has an @"),
        ("record ewan-kirkbride email 'a b@example.org'", "and no space"),
    ] {
        let ran = desk.run(line);
        assert!(ran.status == 2 && ran.err.contains(said), "{line}\n{}{}", ran.out, ran.err);
    }
}

#[test]
fn the_names_that_pages_print_are_taken() {
    let desk = Desk::london();
    let explained = |word: &str| desk.run(&format!("explain '{word}'")).out;
    assert_eq!(explained("session length"), explained("G4"));
    assert_eq!(explained("Regular supervision"), explained("S5"));
    let rule = "rule lewis-strachan 'session length' accepted --on 2026-02-10 --of 2025-05-07 --dry-run";
    let ran = desk.run(rule);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let receive = "receive marcus-idowu GWP2 --on 2026-02-10 --due none --all C --dry-run";
    let ran = desk.run(&format!("{receive} --except 'professional relationships=N'"));
    assert_eq!(ran.status, 0, "{}", ran.err);
}

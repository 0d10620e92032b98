//! What a committee wants to know where it queries something, and who was at the meeting.

use std::fs;

use crate::asking::{answered, at_a_terminal};
use crate::desk::Desk;
use crate::meeting_held::typed;
use crate::meeting_paper::{FORM, fill};

/// The items of this course: Bethan Maddox's arrangements come first.
const MEETING: &str = "meeting 2026-02-28 --course london-2025";

/// A question that a committee has.
const WHO: &str = "Who covers August?";

/// Where a query says what it asks: the record, the student's page, the minutes.
fn must_ask(desk: &Desk) {
    let record = desk.read("students/2025/bethan-maddox.toml");
    assert!(
        record.contains("outcome = \"queried\"\n") && record.contains(&format!("notes = \"Asked: {WHO}\"\n")),
        "{record}"
    );
    let page = desk.run("show bethan-maddox --as-of 2026-02-28").out;
    assert!(page.contains(&format!("Note: Asked: {WHO}")), "{page}");
    let minutes = desk.run("meeting 2026-02-28 --minutes").out;
    assert!(minutes.contains("Queried") && minutes.contains(WHO), "{minutes}");
    assert!(letter(desk).contains(WHO), "a student is told what to answer");
}

/// The letter to the student, without its marks.
fn letter(desk: &Desk) -> String {
    let ran = desk.run("paper student bethan-maddox --as-of 2026-02-28 --out letter.html");
    assert_eq!(ran.status, 0, "{}", ran.err);
    let letter = desk.read("letter.html");
    fs::remove_file(desk.path("letter.html")).expect("it is there");
    letter
}

#[test]
fn what_a_query_asks_stands_with_it() {
    let desk = Desk::london();
    let before = desk.files();
    let lines = ["", "", "", "q", WHO, "l"];
    let (status, text, _) = typed(&desk, MEETING, &lines);
    assert!(status == 0 && text.contains("What the LCC wants to know [not said]: "), "{text}");
    // What was left is taken up with it, and what is answered otherwise asks nothing.
    let back = ["", "b", "d", "b", "q", WHO];
    let (status, text, _) = typed(&desk, MEETING, &[&back[..], &["s"; 5], &["", "yes"]].concat());
    assert_eq!(status, 0, "{text}");
    assert!(text.contains(&format!("So far: queried, \"{WHO}\".\n")) && text.contains("So far: declined.\n"), "{text}");
    assert!(text.contains(&format!("1. Bethan Maddox: the arrangements: queried, \"{WHO}\".\n")), "{text}");
    must_ask(&desk);
    assert!(desk.run("undo --yes").status == 0 && desk.files() == before);
    // On paper.
    assert_eq!(desk.run("meeting 2026-02-28 --form form.txt").status, 0);
    let form = desk.read("form.txt").replacen("decline): [ ]", "decline): [queried]", 1);
    let asked = form.replacen("If queried, what is asked:\n", &format!("If queried, what is asked:\n{WHO}\n"), 1);
    fs::write(desk.path("form.txt"), &asked).expect("it can be written");
    let ran = desk.run("meeting --from form.txt");
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    must_ask(&desk);
    assert_eq!(desk.run("undo --yes").status, 0);
    fs::write(desk.path("form.txt"), asked.replacen("[queried]", "[approved]", 1)).expect("it can be written");
    let ran = desk.run("meeting --from form.txt");
    let why = format!("\"{WHO}\": only what is queried is asked about");
    assert!(ran.status == 2 && ran.out.contains(&why), "{}{}", ran.out, ran.err);
    fs::remove_file(desk.path("form.txt")).expect("it is there");
    // And where it is decided by itself.
    let ran = desk.run("decide bethan-maddox LCC arrangements queried --on 2026-02-28 --asks WHO");
    assert!(ran.status == 0 && desk.run("undo --yes").status == 0, "{}", ran.err);
    let text = answered(&desk, "decide bethan-maddox", &["LCC", "arrangements", "queried", "28 Feb 2026", WHO]);
    assert!(text.contains("What the LCC wants to know [not said]: "), "{text}");
    must_ask(&desk);
    let ran = desk.run("decide bethan-maddox LCC award deferred --asks why");
    assert!(ran.status == 2 && ran.err.contains("leave --asks out"), "{}", ran.err);
}

#[test]
fn another_question_than_the_recorded_one_is_said_to_be_another() {
    let desk = Desk::london();
    assert_eq!(desk.run(FORM).status, 0);
    let queried = fill(&desk.read("form.txt"), "bethan-maddox/arrangements", "Decision", "queried");
    let ran = |asked: &str| {
        let text = fill(&queried, "bethan-maddox/arrangements", "If queried", asked);
        fs::write(desk.path("filled.txt"), text).expect("it can be written");
        desk.run("meeting --from filled.txt")
    };
    assert_eq!(ran(WHO).status, 0);
    for same in [WHO, ""] {
        let ran = ran(same);
        assert!(ran.status == 0 && ran.out.contains("recorded already"), "{same}: {}{}", ran.out, ran.err);
    }
    let ran = ran("Who covers July?");
    let said = format!("\"queried, \"Who covers July?\"\": the record of that day says queried, \"{WHO}\"\n");
    assert!(ran.status == 2 && ran.out.contains(&said), "{}{}", ran.out, ran.err);
}

#[test]
fn nobody_is_present_and_sends_apologies() {
    let asks = "Joe Pike is both present and in the apologies. Was Joe Pike there (yes, no): ";
    for (was_there, present, apologies) in [
        ("yes", "Present: Ruth Adeyemi and joe pike.\n", ""),
        ("no", "Present: Ruth Adeyemi.\n", "Apologies: Joe Pike.\n"),
    ] {
        let desk = Desk::london();
        let (_, text, _) = typed(&desk, MEETING, &["Ruth Adeyemi, joe pike", "Joe Pike", "", was_there, "l"]);
        assert!(text.contains(asks), "{text}");
        let (_, text, _) = typed(&desk, MEETING, &["", "l"]);
        assert!(text.contains(&format!("{present}{apologies}Go on")), "{text}");
    }
    let desk = Desk::london();
    assert_eq!(desk.run("meeting 2026-02-28 --form form.txt").status, 0);
    let mut text = desk.read("form.txt");
    for field in ["Present", "Apologies"] {
        let hint = format!("{field} (names, with commas between them):");
        text = text.replacen(&hint, &format!("{hint} Joe Pike"), 1);
    }
    fs::write(desk.path("form.txt"), text).expect("it can be written");
    let ran = desk.run("meeting --from form.txt");
    let said = "\"Joe Pike\": it is among those who were present too\n";
    assert!(ran.status == 2 && ran.out.contains(said), "{}{}", ran.out, ran.err);
}

#[test]
fn what_a_committee_notes_for_itself_is_in_no_letter() {
    let desk = Desk::london();
    for (outcome, notes, is_told) in [
        ("queried", "Asked: Who covers August?", true),
        ("queried", "Who covers August?", false),
        ("queried", "Asked in the corridor: Who covers August?", false),
        ("declined", "Asked: Who covers August?", false),
    ] {
        let path = "students/2025/bethan-maddox.toml";
        let record = desk.read(path);
        let decision = "[[decision]]\nbody = \"LCC\"\nabout = \"arrangements\"\ndate = 2026-02-28\n";
        let decision = format!("\n{decision}outcome = \"{outcome}\"\nnotes = \"{notes}\"\n");
        fs::write(desk.path(path), format!("{record}{decision}")).expect("it can be written");
        assert_eq!(letter(&desk).contains(WHO), is_told, "{outcome}: {notes}");
        fs::write(desk.path(path), record).expect("it can be written");
    }
}

#[test]
fn at_a_terminal_a_form_is_written_only_where_somebody_says_so() {
    let desk = Desk::london();
    assert_eq!(desk.run(FORM).status, 0);
    let text = fill(&desk.read("form.txt"), "bethan-maddox/arrangements", "Decision", "approve");
    fs::write(desk.path("form.txt"), text).expect("it can be written");
    let before = desk.files();
    let (status, text) = at_a_terminal(&desk, "meeting --from form.txt", &["no\n"]);
    let asked = "1. Bethan Maddox: the arrangements: approved.\n";
    assert!(status == 2 && text.contains(asked) && text.contains("Record this (yes, no): no\n"), "{text}");
    assert_eq!(desk.files(), before);
    for (line, keys) in [("meeting --from form.txt --dry-run", &[][..]), ("meeting --from form.txt --yes", &[])] {
        let (status, text) = at_a_terminal(&desk, line, keys);
        assert!(status == 0 && !text.contains("Record this"), "{text}");
    }
    assert!(desk.run("undo --yes").status == 0 && desk.files() == before);
    let (status, text) = at_a_terminal(&desk, "meeting --from form.txt", &["yes\n"]);
    assert!(status == 0 && text.contains("Recorded LCC 28 February 2026"), "{text}");
}

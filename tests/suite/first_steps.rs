//! What a convenor stumbles over on the first evenings: the command asks, or says what to type.

use crate::desk::Desk;

const DAY: &str = "--as-of 2026-02-10";

#[test]
fn a_name_in_the_place_of_a_folder_is_understood() {
    let desk = Desk::london();
    for (line, said) in [
        ("due marcus", "\"marcus\" is no folder here; if you mean Marcus Idowu, say --student marcus-idowu"),
        (
            "check hardcastle",
            "\"hardcastle\" is no folder here; if you mean Leonie Hardcastle, say --from leonie-hardcastle",
        ),
        (
            "paper course london-2025",
            "\"london-2025\" is no folder here; if you mean London Diploma in Group Work, 2025–26, say --course london-2025",
        ),
        ("due nobody-at-all", "there is no file or folder"),
    ] {
        let ran = desk.run(line);
        assert!(ran.status == 2 && ran.err.contains(said), "{line}: {}", ran.err);
    }
    assert_eq!(desk.run(&format!("due --student marcus-idowu {DAY}")).status, 0, "what is offered can be typed");
}

#[test]
fn what_a_log_says_otherwise_is_answered_with_a_command() {
    let desk = Desk::london();
    let ran = desk.run(&format!("log managing-stress 2026-02-09 --present 6 {DAY}"));
    let command = "gwp correct managing-stress session 2026-02-09 --present 6";
    assert!(ran.status == 2 && ran.err.contains(&format!("if the record is wrong: {command}\n")), "{}", ran.err);
    let ran = desk.run(&format!("{} {DAY}", command.trim_start_matches("gwp ")));
    assert_eq!(ran.status, 0, "{}", ran.err);
    let log = desk.read("sessions/managing-stress.toml");
    let entry = log.lines().find(|line| line.contains("date = 2026-02-09")).expect("it is there");
    assert!(entry.replace("  ", " ").contains("present = 6 }"), "{entry}");
}

#[test]
fn a_correction_to_another_weekday_is_told() {
    let desk = Desk::london();
    let told = "10 February 2026 is a Tuesday, and all 14 sessions of managing-stress are on a Monday";
    for (day, is_told) in [("2026-02-10", true), ("2026-02-16", false)] {
        let ran = desk.run(&format!("correct managing-stress 2026-02-09 --date {day} --as-of 2026-02-17 --dry-run"));
        assert_eq!((ran.status, ran.out.contains(told)), (0, is_told), "{day}: {}{}", ran.out, ran.err);
    }
}

#[test]
fn only_what_a_correction_can_change_is_told_to_rest_on_it() {
    let desk = Desk::london();
    assert_eq!(desk.run("rule lewis-strachan G4 accepted --of 2025-05-07 --on 2025-07-05").status, 0);
    let relied = |line: &str| {
        let ran = desk.run(&format!("correct lewis-strachan {line} --dry-run {DAY}"));
        assert_eq!(ran.status, 0, "{line}: {}", ran.err);
        ran.out.lines().find(|line| line.contains("while the record said otherwise")).unwrap_or_default().to_owned()
    };
    // An insurance that ends early is nothing to a ruling on session length, nor to one on supervision.
    let of_insurance = relied("insurance --until 2025-05-01");
    assert!(!of_insurance.contains("on G4") && !of_insurance.contains("on S5"), "{of_insurance}");
    let log = |line: &str| desk.run(&format!("correct moving-on {line} --dry-run {DAY}")).out;
    let of_length = log("2025-05-07 --minutes 60");
    assert!(of_length.contains("on G4 (accepted)") && !of_length.contains("on S5"), "{of_length}");
    assert!(!log("2025-05-07 --present 3").contains("while the record said otherwise"));
}

#[test]
fn a_text_was_received_on_the_day_beside_its_signature() {
    let desk = Desk::london();
    let form = desk.run("form gwp2 marcus-idowu --as-of 2026-01-28").out;
    let signed = |day: &str| {
        let (before, after) = form.rsplit_once("\nDate:").expect("a line for the day");
        let text = format!("{before}\nDate: {day}{after}").replace("Context:                    [ ]", "Context: [C]");
        let (before, after) = text.rsplit_once("\nName:").expect("a line for the name");
        let text = format!("{before}\nName: Leonie Hardcastle{after}");
        std::fs::write(desk.path("answer.txt"), text).expect("it can be written");
        desk.run("receive --from answer.txt --yes --dry-run --as-of 2026-02-10").out
    };
    assert!(signed("27 January 2026").contains("received on 27 January 2026:"), "{}", signed("27 January 2026"));
    // What is no day, and what is to come, is none on which it was signed.
    for other in ["", "last week sometime", "27 January 2031"] {
        assert!(!signed(other).contains("received on 27 January"), "{other}: {}", signed(other));
    }
}

#[cfg(unix)]
mod at_a_terminal {
    use super::DAY;
    use crate::asking::{Terminal, answered};
    use crate::desk::Desk;

    #[test]
    fn a_log_asks_for_the_rest() {
        let desk = Desk::london();
        let log = format!("log managing-stress {DAY}");
        let text = answered(&desk, &log, &["8 Feb 2026", "", "1h15", "7", "yes"]);
        for asked in [
            "The day, such as 12 January or last Tuesday; or several, separated by commas [today, ",
            "What became of it (held, cancelled, planned) [held]: ",
            "How many minutes [90]: ",
            "How many members of the group came [not counted]: ",
            "8 February 2026 is a Sunday",
        ] {
            assert!(text.contains(asked), "{asked} is not in\n{text}");
        }
        assert!(
            desk.read("sessions/managing-stress.toml").contains("{ date = 2026-02-08, minutes = 75, present =  7 }")
        );
        answered(&desk, &log, &["1 Feb 2026", "cancel", "no heating"]);
        assert!(
            desk.read("sessions/managing-stress.toml").contains("{ date = 2026-02-01, cancelled = \"no heating\" }")
        );
        // Of a supervision nobody is counted.
        let text = answered(&desk, &format!("log supervision-carvalho {DAY}"), &["7 Jan 2026", "held", "60", "yes"]);
        assert!(!text.contains("members of the group"), "{text}");
    }

    #[test]
    fn a_report_asks_which_deadline_it_answers() {
        let desk = Desk::london();
        let words = ["receive", "bethan-maddox", "WRG Form 2", "--on", "2025-11-01", "--as-of", "2026-02-10"];
        let mut terminal = Terminal::of(&desk.path(""), words);
        let question = terminal.question().expect("it asks");
        assert!(question.ends_with("Which deadline does it answer (a day, or none): "), "{question}");
        terminal.answer("none\n");
        let (status, text) = terminal.end();
        assert_eq!(status, 0, "{text}");
        assert!(desk.read("students/2025/bethan-maddox.toml").contains("received = 2025-11-01"), "{text}");
    }

    #[test]
    fn terms_can_have_a_dash() {
        let desk = Desk::empty();
        let terms = "Spring: 12 January 2026 \u{2013} 27 March 2026, Summer: 18 April 2026 - 26 June 2026, Autumn: 26 Sep \
                     2026 to 4 Dec 2026";
        answered(&desk, "init bath", &["", "Bath 2026", "", "Ros Hallam", "", terms, "", ""]);
        let course = desk.read("bath/courses/bath-2026.toml");
        for term in ["starts = 2026-01-12, ends = 2026-03-27", "starts = 2026-04-18, ends = 2026-06-26"] {
            assert!(course.contains(term), "{course}");
        }
    }
}

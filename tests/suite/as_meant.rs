//! What somebody at a terminal types is taken as they mean it.

use crate::asking::answered;
use crate::desk::Desk;

const MARCUS: &str = "students/2025/marcus-idowu.toml";

#[test]
fn cover_for_a_year_is_said_without_years() {
    let desk = Desk::london();
    let answers = ["own", "1 Sept 2025", "31 Aug 2025", "31 Aug", ""];
    let text = answered(&desk, "record yusuf insurance --as-of 2026-02-10", &answers);
    let before = "This cannot be used: 31 August 2025 is before 1 September 2025, on which it begins.\n";
    assert!(text.contains(before) && text.contains("until 31 August 2026"), "{text}");
    let ran = desk.run("record marcus insurance --kind own --from '1 Sept 2025' --until '31 Aug' --as-of 2026-02-10");
    assert!(ran.status == 0 && ran.out.contains("until 31 August 2026"), "{}{}", ran.out, ran.err);
    // More of what is there goes by what is there.
    assert_eq!(desk.run("record marcus insurance 'employer' --until '3 Oct' --as-of 2026-02-10").status, 0);
    assert!(desk.read(MARCUS).contains("from = 2025-10-04\nuntil = 2026-10-03\n"), "{}", desk.read(MARCUS));
    // Of a new student, and of a script.
    let answers = ["Jo Pike", "", "", "", "1 Sept 2025", "31 Aug", "own", ""];
    let text = answered(&desk, "new student --as-of 2026-02-10", &answers);
    assert!(desk.read("students/jo-pike.toml").contains("until = 2026-08-31"), "{text}");
    let new = "new student 'Kim Pike' --insurance own --insurance-from '1 Sept 2025' --insurance-until '31 Aug'";
    assert_eq!(desk.run(&format!("{new} --as-of 2026-02-10")).status, 0);
    assert!(desk.read("students/kim-pike.toml").contains("until = 2026-08-31"));
}

#[test]
fn a_registration_that_would_have_expired_needs_the_year() {
    let desk = Desk::london();
    let record = "record leonie registration --body UKCP --from 2020-01-02 --expires";
    let ran = desk.run(&format!("{record} '1 Jan'"));
    let past = "it could be 1 January 2021, which is past, or 1 January 2";
    assert!(ran.status == 2 && ran.err.contains(past), "{}{}", ran.out, ran.err);
    let ran = desk.run(&format!("{record} '1 Jan 2021'"));
    assert!(ran.status == 0, "{}{}", ran.out, ran.err);
}

#[test]
fn a_question_mark_goes_into_no_record() {
    let desk = Desk::london();
    let answers = ["Kit Lowe", "", "", "?", "", "", "?", "By and by", ""];
    let text = answered(&desk, "new supervisor", &answers);
    let help = "The register [none yet]: ?\nWhat you type is written down as it stands. Enter alone takes what stands in \
                square brackets. \"quit\" leaves the questions.\nThe register [none yet]: ";
    assert!(text.contains(help), "{text}");
    let record = desk.read("supervisors/kit-lowe.toml");
    assert!(record.contains("\"By and by\"") && !record.contains('?'), "{record}");
    let answers = ["1 March 2026", "28 March 2026", "?", "A journey"];
    answered(&desk, "record yusuf leave", &answers);
    assert!(desk.read("students/2025/yusuf-demirel.toml").contains("reason = \"A journey\""));
}

#[test]
fn of_a_form_that_came_the_day_and_the_concerns_are_asked() {
    let desk = Desk::london();
    let text = answered(&desk, "receive yusuf form1 --as-of 2026-02-10", &["9 Feb 2026"]);
    assert!(text.starts_with("It came on [today]: ") && text.contains("submitted on 9 February 2026"), "{text}");
    let receive = "receive marcus GWP2 --due none --as-of 2026-02-10";
    let text = answered(&desk, receive, &["9 Feb 2026", "CCDCCD-CC", "?", "Often late"]);
    assert!(text.contains("Concerns for the committee [none]: Often late\n"), "{text}");
    assert!(
        text.contains("received on 9 February 2026") && text.contains("raises a concern: \"Often late\""),
        "{text}"
    );
    // Enter says that there are none, and so does the word.
    let text = answered(&desk, &receive.replace("GWP2", "WRG2"), &["8 Feb 2026", "none"]);
    assert!(!text.contains("raises a concern"), "{text}");
    // What is recorded already, or said in one line, is asked nothing.
    let text = answered(&desk, &format!("{receive} --on 2026-02-09"), &[]);
    assert!(text.contains("recorded already"), "{text}");
    answered(&desk, &format!("{receive} --on 2026-02-07 --ratings CCDCCD-CC"), &[]);
    assert_eq!(desk.read(MARCUS).matches("concerns = ").count(), 1);
}

//! What a command was not told it asks for, whoever is asked can leave, and an address has to be one.

use crate::asking::{Terminal, answered, at_a_terminal};
use crate::desk::Desk;
use crate::every_command::commands;

/// Git calls it, with three files.
const FOR_GIT: &str = "merge";

#[test]
fn no_command_refuses_somebody_who_says_nothing() {
    let desk = Desk::london().in_git();
    for command in commands().iter().filter(|command| *command != FOR_GIT) {
        let mut terminal = Terminal::of(&desk.path(""), [command.as_str()]);
        while terminal.question().is_some() {
            terminal.answer("quit\n");
        }
        let (_, text) = terminal.end();
        assert!(!text.contains("arguments were not provided"), "{command}: {text}");
    }
    assert_eq!(desk.git("status --porcelain"), "");
}

#[test]
fn who_and_what_is_asked_for() {
    let desk = Desk::london();
    let text = answered(&desk, "correct --as-of 2026-02-10", &["?", "mar", "email", "m@example.org"]);
    assert!(
        text.starts_with("Which student, supervisor, log, course or meeting (the name, a part of it, or the id): ?\n")
    );
    assert!(text.contains("What is to be corrected of Marcus Idowu?\n"), "{text}");
    assert!(desk.read("students/2025/marcus-idowu.toml").contains("email = \"m@example.org\"\n"), "{text}");
    let answers = ["yusuf", "leave", "1 Mar 2026", "28 Mar 2026", ""];
    let text = answered(&desk, "record --as-of 2026-02-10", &answers);
    assert!(text.contains("What is there to record of Yusuf "), "{text}");
    let text = answered(&desk, "form --as-of 2026-02-10", &["gwp1", "marcus"]);
    assert!(text.contains("Which form (form1, gwp2, wrg2, gwp3, sessions): gwp1\n"), "{text}");
    assert!(text.contains("Reference: "), "{text}");
    let text = answered(&desk, "form gwp2 marcus --as-of 2026-12-01", &["1 May 2026", "30 January 2026"]);
    assert!(
        text.contains("For which deadline is the form: 1 May 2026\nThis cannot be used: this GWP Form 2 is not owed")
    );
    assert!(text.contains("Reference: gwp2 marcus-idowu 2026-01-30"), "{text}");
    let text = answered(&desk, "form --as-of 2026-02-10", &["sessions", "moving-on"]);
    assert!(text.contains("Which log (the name, a part of it, or the id): moving-on\n"), "{text}");
    let text = answered(&desk, "rename", &["marcus", "Marcus", "marcus-lee"]);
    assert!(text.contains("This cannot be used: an id is lower-case letters"), "{text}");
    assert!(desk.path("students/2025/marcus-lee.toml").is_file());
    let desk = Desk::of("examples/national/leeds");
    let text = answered(&desk, "list", &["folk", "Awards"]);
    assert!(text.contains("What to list (students, supervisors, groups, courses, awards, meetings): "), "{text}");
    let text = answered(&desk, "export --out due.csv", &["owed", "due"]);
    assert!(
        text.contains("it can be students, supervisors, groups, courses, awards, meetings, sessions, due."),
        "{text}"
    );
    let text = answered(&desk, "person", &["A", "Alex Moran"]);
    assert!(text.contains("Which person (the name, or the id): Alex Moran\n"), "{text}");
    let text = answered(&desk.in_git(), "history", &["?", "moran"]);
    assert!(text.contains("(the name, a part of it, or the id): ?\nIt can be Alex Moran"), "{text}");
}

#[test]
fn a_kind_of_record_is_asked_for() {
    let desk = Desk::london();
    let answers = ["pupil", "supervisor", "Kit Lowe", "kit", "kit@example.org", "", "", "", "", ""];
    let text = answered(&desk, "new", &answers);
    assert!(text.starts_with("What is new (course, student, supervisor, group, supervision): pupil\n"), "{text}");
    assert!(text.contains("The email address [none]: kit\nThis cannot be used: an e-mail address has an @"), "{text}");
    assert!(desk.read("supervisors/kit-lowe.toml").contains("email = \"kit@example.org\"\n"));
}

#[test]
fn a_spreadsheet_and_its_place_are_asked_for() {
    let desk = Desk::london();
    std::fs::write(desk.path("sheet.csv"), "Date,Minutes,Present\n2026-02-09,60,6\n").expect("it can be written");
    let before = desk.files();
    let text =
        answered(&desk, "import --as-of 2026-02-10 --other-weekday", &["none.csv", "sheet.csv", "?", "moving-on"]);
    assert!(
        text.contains("Which spreadsheet (its file, such as sessions.csv): none.csv\nThis cannot be used: "),
        "{text}"
    );
    assert!(
        text.contains("Where do its rows go (students, supervisors, or a log by its name): ?\nIt can be "),
        "{text}"
    );
    assert!(text.ends_with("To write it: gwp import sheet.csv --into moving-on --write\n"), "{text}");
    assert_eq!(desk.files(), before);
    std::fs::write(desk.path("sheet.csv"), "Date,Length,Present\n2026-02-09,2,6\n").expect("it can be written");
    let (_, text) = at_a_terminal(&desk, "import --as-of 2026-02-10", &["sheet.csv\n", "moving-on\n"]);
    let again = "To answer all of it in one file: gwp import sheet.csv --into moving-on --answers questions.txt\n";
    assert!(text.ends_with(again), "{text}");
}

#[test]
fn without_a_terminal_the_next_command_is_said() {
    let desk = Desk::london();
    let record = "which record is needed; say it behind the command, by id or name; \"gwp list students\", \"gwp list \
                  supervisors\" and \"gwp list groups\" show them";
    let import = "such as gwp import sessions.csv --into open-studio";
    for (line, why) in [
        ("correct", record),
        ("record", record),
        ("rename", record),
        (
            "rename marcus-idowu",
            "the new id (lower-case letters, digits and hyphens) is needed, such as gwp rename marcus-idowu mina-holt",
        ),
        ("form", "which form (form1, gwp2, wrg2, gwp3, sessions) is needed, such as gwp form gwp2 mina-holt"),
        (
            "form gwp2",
            "which student is needed; say it behind the command, by id or name; \"gwp list students\" shows them all",
        ),
        (
            "list",
            "what to list (students, supervisors, groups, courses, awards, meetings) is needed, such as gwp list students",
        ),
        (
            "export",
            "what to write (students, supervisors, groups, courses, awards, meetings, sessions, due) is needed, such as gwp export sessions --out sessions.xlsx",
        ),
        (
            "new",
            "what is new (course, student, supervisor, group, supervision) is needed, such as gwp new student \"Mina Holt\"",
        ),
        ("verify", "which receipt (its file) is needed, such as gwp verify receipt.json"),
        ("person", "which person (the name, or the id) is needed, such as gwp person \"Ruth Calder\""),
        ("import", &format!("which spreadsheet (its file, such as sessions.csv) is needed, {import}")),
        ("import x.csv", &format!("where the rows go is needed, a log, students or supervisors, {import}")),
    ] {
        let ran = desk.run(line);
        assert_eq!((ran.status, ran.err), (2, format!("gwp: {why}\n")), "{line}");
    }
}

#[test]
fn whoever_is_asked_can_leave() {
    let desk = Desk::london();
    let before = desk.files();
    let left = "gwp: the questions were broken off, and nothing is written\n";
    for (line, keys) in [
        ("decide marcus", &["quit\n"][..]),
        ("decide marcus", &["lcc\n", "q\n"]),
        ("receive marcus", &["\u{4}"]),
        ("record marcus insurance", &["own\n", "Quit\n"]),
        ("new student", &["quit\n"]),
        ("new student", &["Mina Holt\n", "q\n"]),
        ("arrange marcus", &["?\n", "exit\n"]),
        ("log moving-on", &["q\n"]),
    ] {
        let (status, text) = at_a_terminal(&desk, line, keys);
        assert!(status == 2 && text.ends_with(left), "{line} {keys:?}: {text}");
    }
    let (status, text) = at_a_terminal(&desk, "decide marcus", &["lcc\n", "\u{3}"]);
    assert!(status == 130 && text.ends_with(left), "{status} {text}");
    let (status, text) = at_a_terminal(&desk, "decide marcus", &["?\n", "lcc\n", "quit\n"]);
    let help = "(LCC, SPC, NTM, NDT, panel): ?\nIt can be LCC, SPC, NTM, NDT, panel. \"quit\" leaves the questions.\n";
    assert!(status == 2 && text.contains(help), "{text}");
    assert_eq!(desk.files(), before);
}

#[test]
fn whoever_leaves_a_meeting_is_told_that_it_goes_on() {
    let desk = Desk::london();
    let before = desk.files();
    let meeting = "meeting 2026-02-27 --course london-2024";
    for (keys, goes_on) in [
        (&["Ruth Adeyemi\n", "quit\n"][..], false),
        (&["Ruth Adeyemi\n", "\n", "\n", "quit\n"], true),
        (&["\n", "quit\n"], true),
    ] {
        let (status, text) = at_a_terminal(&desk, meeting, keys);
        let said = if goes_on {
            "nothing is written. The same command goes on with what was said.\n"
        } else {
            "nothing is written\n"
        };
        assert!(status == 2 && text.ends_with(&format!("gwp: the questions were broken off, and {said}")), "{text}");
    }
    let (status, text) = at_a_terminal(&desk, meeting, &["\n", "\u{3}"]);
    assert!(status == 130 && text.ends_with("goes on with what was said.\n"), "{status} {text}");
    assert_eq!(desk.files(), before);
}

#[test]
fn an_address_has_an_at() {
    let desk = Desk::empty();
    let no_address = "an e-mail address has an @ with something before and behind it, and no space";
    let ran = desk.run("init --course bath-2025 --name Bath --convenor Hallam --email hallam");
    assert!(ran.status == 2 && ran.err.contains(no_address), "{}", ran.err);
    let keys = ["Bath 2025\n", "\n", "Hallam\n", "hallam\n", "h@example.org\n", "\n", "\n", "\n"];
    let (status, text) = at_a_terminal(&desk, "init bath", &[&["yes\n"], &keys[..]].concat());
    assert!(status == 0 && text.contains(no_address), "{text}");
    assert!(desk.read("bath/courses/bath-2025.toml").contains("email = \"h@example.org\"\n"));
    let desk = Desk::london();
    for line in [
        "new student --name 'Mina Holt' --email mina",
        "new course --name Bath --convenor Hallam --email hallam",
        "arrange marcus-idowu --line-manager 'Tom Reid' --line-manager-email tom",
        "record marcus-idowu email marcus",
        "record gwp.toml convenors ruth",
    ] {
        let ran = desk.run(line);
        assert!(ran.status == 2 && ran.err.contains(no_address), "{line}: {}", ran.err);
    }
}

#[test]
fn a_paper_is_written_into_the_file_that_is_answered() {
    let desk = Desk::london();
    let text = answered(&desk, "paper student marcus --as-of 2026-02-10", &["marcus.html", "no"]);
    assert!(
        text.starts_with("The file to write [student.html]: marcus.html\nOpen marcus.html (yes, no) [yes]: no\n"),
        "{text}"
    );
    assert!(text.ends_with("\nWritten: marcus.html. Only you can read it.\n"), "{text}");
    let text = answered(&desk, "paper wall --as-of 2026-02-10 --format xlsx", &["", "quit"]);
    assert!(text.ends_with("[yes]: quit\nWritten: wall.xlsx. Only you can read it.\n"), "{text}");
    let before = desk.files();
    let (status, text) = at_a_terminal(&desk, "paper student marcus --as-of 2026-02-10", &["quit\n"]);
    assert!(status == 2 && text.ends_with("nothing is written\n"), "{text}");
    assert_eq!(desk.files(), before);
}

#[test]
fn days_are_said_at_once_with_commas_between_them() {
    let desk = Desk::london();
    let record = |line: &str| {
        let ran = desk.run(line);
        assert_eq!(ran.status, 0, "{line}: {}", ran.err);
        ran.out
    };
    let said = record(
        "log managing-stress '4 Feb 2026=5, 5 Feb 2026=6' --other-weekday --minutes 60 --dry-run --as-of 2026-02-10",
    );
    assert!(said.contains("2 sessions from 4 February 2026 to 5 February 2026"), "{said}");
    let said =
        record("log managing-stress 2026-02-04,2026-02-05 --other-weekday --minutes 60 --dry-run --as-of 2026-02-10");
    assert!(said.contains("2 sessions from 4 February 2026 to 5 February 2026"), "{said}");
    let said =
        record("log managing-stress 'February 5, 2026' --other-weekday --minutes 60 --dry-run --as-of 2026-02-10");
    assert!(said.contains("session of 5 February 2026"), "{said}");
    let ran = desk.run("log managing-stress '9 Feb, soon'");
    assert!(ran.status == 2 && ran.err.contains("it is no day"), "{}", ran.err);
    let answers = ["5 Feb 2026, 4 Feb 2026", "", "60", "5", "6"];
    let text = answered(&desk, "log managing-stress --other-weekday --dry-run --as-of 2026-02-10", &answers);
    assert!(text.contains("What became of them (held, cancelled, planned) [held]: "), "{text}");
    assert!(text.contains("How many members of the group came on 4 February 2026 [not counted]: 6\n"), "{text}");
}

#[test]
fn a_condition_falls_due_after_its_decision() {
    let desk = Desk::london();
    let decide = "decide marcus-idowu LCC arrangements approved --on 2026-02-07";
    let said = |condition: &str| desk.run(&format!("{decide} --condition '{condition}' --dry-run --as-of 2026-02-10"));
    for (by, due) in
        [("31 March", "2026-03-31"), ("31 January", "2027-01-31"), ("7 Feb", "2026-02-07"), ("6/2", "2027-02-06")]
    {
        let ran = said(&format!("a second supervisor by {by}"));
        assert!(ran.out.contains(&format!("due = {due}")), "{by}: {}{}", ran.out, ran.err);
    }
    assert!(said("a second supervisor").err.contains("such as a second supervisor by 31 January"));
}

#[test]
fn the_nine_ratings_are_corrected_in_one_word() {
    let desk = Desk::london();
    let path = "students/2025/marcus-idowu.toml";
    let receive = "receive marcus-idowu GWP2 --on 2026-02-09 --due none --as-of 2026-02-10";
    assert_eq!(desk.run(&format!("{receive} --ratings CCDCCD-CC")).status, 0);
    let correct = "correct marcus-idowu report GWP2 --as-of 2026-02-10";
    let ran = desk.run(&format!("{correct} --ratings CCCCCD-CN"));
    assert!(ran.out.contains("process-and-dynamics competent instead of developing"), "{}{}", ran.out, ran.err);
    let record = desk.read(path);
    assert!(record.contains("professional-relationships = \"not-competent\"\n"), "{record}");
    let ran = desk.run(&format!("{correct} --ratings CCC"));
    assert!(ran.status == 2 && ran.err.contains("nine ratings are needed, and these are 3"), "{}", ran.err);
    // At a terminal they are among what can be wrong.
    let text = answered(&desk, correct, &["ratings", "CC", "CCDCCD-CC"]);
    assert!(text.contains("ratings: CCCCCD-CN\n") && text.contains("This cannot be used: nine ratings"), "{text}");
    assert_ne!(desk.read(path), record);
    // A report that came without them.
    let other = receive.replace("02-09", "02-08");
    assert_eq!(desk.run(&other).status, 0);
    assert_eq!(
        desk.run("correct marcus-idowu report GWP2 2026-02-08 --ratings NNNNNNNNN --as-of 2026-02-10").status,
        0
    );
    assert_eq!(desk.read(path).matches("not-competent").count(), 9);
}

#[test]
fn questions_have_names_and_no_ids() {
    let desk = Desk::london();
    let before = desk.files();
    let asked = |line: &str, keys: &[&str]| {
        let (status, text) = at_a_terminal(&desk, line, keys);
        assert_eq!(status, 2, "{text}");
        text
    };
    let text = asked("record marcus wrg", &["?\n", "carys\n", "quit\n"]);
    assert!(text.starts_with("The WRG supervisor (Annika Solberg, "), "{text}");
    let text = asked("record marcus insurance", &["own\n", "1 Oct 2025\n", "quit\n"]);
    assert!(text.contains("The last day covered [open-ended]: "), "{text}");
    let text = asked("correct managing-stress conductors", &["quit\n"]);
    assert!(
        text.starts_with("The students who conduct it, separated by commas (Amina Warsame, Bethan Maddox, "),
        "{text}"
    );
    assert!(text.contains("; the record says Marcus Idowu: quit\n"), "{text}");
    let text = asked("new student", &["Mina Holt\n", "quit\n"]);
    let courses = "The course (London Diploma in Group Work, 2022–23; London Diploma in Group Work, 2024–25; London Diploma in \
                   Group Work, 2025–26) [London Diploma in Group Work, 2025–26]: quit\n";
    assert!(text.contains(courses), "{text}");
    assert_eq!(desk.files(), before);
}

#[test]
fn a_slip_in_a_name_or_a_command_is_answered_with_what_is_near() {
    let desk = Desk::london();
    for (line, why) in [
        ("show mracus", "no student has the id \"mracus\"; did you mean \"marcus-idowu\"?"),
        (
            "show",
            "which student is needed; say it behind the command, by id or name; \"gwp list students\" shows them all",
        ),
        ("shwo marcus", "there is no command \"shwo\"; did you mean \"gwp show\"?"),
        ("marcus", "there is no command \"marcus\"; \"gwp show marcus-idowu\" shows that student"),
        ("mracus", "there is no command \"mracus\"; \"gwp show marcus-idowu\" shows a student who is called nearly so"),
        ("zzz", "there is no command \"zzz\"; \"gwp --help\" lists the commands"),
    ] {
        let ran = desk.run(line);
        assert_eq!((ran.status, ran.err), (2, format!("gwp: {why}\n")), "{line}");
    }
}

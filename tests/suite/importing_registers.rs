//! Registers, workbooks of several sheets, and what a person answers about what is not clear.

use std::fs;

use rust_xlsxwriter::Workbook;

use crate::desk::Desk;
use crate::importing::{desk, entries, flat, must};

const IMPORT: &str = "import register.csv --into open-group --as-of 2026-06-01";

#[test]
fn a_register_of_members_becomes_attendance_by_week() {
    let register = "Name,Week 1 07/10/2025,14/10/2025,21 Oct 2025,28/10/2025,4 Nov 2025\nAnnabel Doe,1,1,✓,Half term,1\n\
                    Bertram Roe,1,0,apols,,1\nCelia Moe,p,1,1,,late\nRobin Ashby,1,1,a,,1\nTotal,3,2,2,,3\nLength,90,90,75,,90\n";
    let desk = desk("register.csv", register.as_bytes());
    let ran = desk.run(&format!("{IMPORT} --write"));
    must(&ran, 0);
    assert_eq!(
        entries(&desk),
        [
            "date = 2025-10-07, minutes = 90, present = 3",
            "date = 2025-10-14, minutes = 90, present = 2",
            "date = 2025-10-21, minutes = 75, present = 2, absent = [\"robin-ashby\"]",
            "date = 2025-10-28, cancelled = \"Half term\"",
            "date = 2025-11-04, minutes = 90, present = 3",
        ]
    );
    assert!(
        flat(&ran).contains("It is a register of 3 rows of members. They are counted, and no name is kept."),
        "{}",
        ran.out
    );
    for name in ["Annabel", "Bertram", "Celia"] {
        assert!(
            !ran.out.contains(name)
                && !desk.files().values().any(|bytes| {
                    let text = String::from_utf8_lossy(bytes);
                    text.contains(name) && !text.starts_with("Name,")
                })
        );
    }
    // The same once more is nothing new.
    must(&desk.run(&format!("{IMPORT} --write")), 0);
    assert_eq!(entries(&desk).len(), 5);
    // A total that the marks do not make is named, and so is a mark that nobody knows; all of it at once.
    fs::write(
        desk.path("register.csv"),
        register.replace("Total,3", "Total,4").replace("Bertram Roe,1,0", "Bertram Roe,1,?").replace("75", "long"),
    )
    .expect("it can be written");
    let ran = desk.run(&format!("{IMPORT} --write"));
    must(&ran, 1);
    for line in [
        "B6 unclear this says 4, and the marks of the members make 3",
        "C3 unclear \"?\" does not say whether somebody came, or whether there was a session",
        "D7 unclear \"long\" is no length that can be read",
    ] {
        assert!(flat(&ran).contains(line), "{line}\n{}", ran.out);
    }
}

#[test]
fn a_register_of_groups_has_a_row_for_the_log() {
    let register =
        "Group,06/10/2025,13/10/2025,20/10/2025,27/10/2025\nClosed group,5,5,4,6\nOpen,7,6,cancelled - snow,hol\n";
    let desk = desk("register.csv", register.as_bytes());
    let ran = desk.run(&format!("{IMPORT} --minutes 75 --write"));
    must(&ran, 0);
    assert_eq!(
        entries(&desk),
        [
            "date = 2025-10-06, minutes = 75, present = 7",
            "date = 2025-10-13, minutes = 75, present = 6",
            "date = 2025-10-20, cancelled = \"snow\"",
            "date = 2025-10-27, cancelled = \"hol\"",
        ]
    );
    assert!(flat(&ran).contains("Rows of other groups are left out: 1."), "{}", ran.out);
    // Where no row is called as the log is, none is taken for it.
    fs::write(desk.path("register.csv"), register.replace("Open", "Other")).expect("it can be written");
    let ran = desk.run(&format!("{IMPORT} --minutes 75"));
    must(&ran, 1);
    assert!(flat(&ran).contains("no row, or more than one, is called as the log is"), "{}", ran.out);
}

#[test]
fn nothing_in_a_register_is_passed_over_in_silence() {
    // A row called Date, weeks of which the day is not clear, a conductor by name and by what they do, sums.
    let register = "Attendance 2025,,,,,\n,Week 1,Week 2,Week 3,,%\nDate,7/10,14/10,21/10,the 28th,\nAnnabel,1,1,0,1,75\nBertram,1,0,1,1,75\n\
                    Conductor: Robin Ashby,1,0,1,1,\nPresent,2,1,1,2,\n";
    let desk = desk("register.csv", register.as_bytes());
    let ran = desk.run(&format!("{IMPORT} --minutes 90"));
    must(&ran, 1);
    for line in [
        "B3 new session of 7 October 2025, 90 minutes, 2 present",
        "C3 new session of 14 October 2025, 90 minutes, 1 present, without robin-ashby",
        "E3 unclear \"the 28th\" is no day that can be read",
    ] {
        assert!(flat(&ran).contains(line), "{line}\n{}", ran.out);
    }
    fs::write(desk.path("register.csv"), register.replace("the 28th", "28/10").replace(": Robin Ashby", ""))
        .expect("it can be written");
    must(&desk.run(&format!("{IMPORT} --minutes 90 --write")), 0);
    assert!(entries(&desk)[1].ends_with("absent = [\"robin-ashby\"]"));
    // A log that is written from left to right.
    let log = "Date,4 Nov 2025,11 Nov 2025\nLength,90,75\nNumber present,7,6\nNotes,,late\n";
    fs::write(desk.path("register.csv"), log).expect("it can be written");
    must(&desk.run(&format!("{IMPORT} --write")), 0);
    assert_eq!(entries(&desk)[5], "date = 2025-11-11, minutes = 75, present = 6, notes = \"late\"");
}

#[test]
fn members_across_the_top_are_counted_if_somebody_says_so() {
    let table = "Date,Mins,Annabel,Bertram,Celia\n7 Oct 2025,90,1,1,0\n14 Oct 2025,90,1,0,0\n21 Oct 2025,90,,hol,\n28 Oct 2025,90,1,1,p\n";
    let desk = desk("register.csv", table.as_bytes());
    let ran = desk.run(&format!("{IMPORT} --answers questions.txt"));
    must(&ran, 2);
    assert!(ran.err.contains("column C with marks, as of a member"), "{}", ran.err);
    assert!(ran.err.contains("--map B=member counts the marks in B"), "{}", ran.err);
    answered(&desk, "questions.txt", &[("C1", "member"), ("D1", "member"), ("E1", "member")]);
    let ran = desk.run(&format!("{IMPORT} --answers questions.txt --write"));
    must(&ran, 0);
    let said = format!("{}{}{}", ran.out, ran.err, desk.read("questions.txt"));
    assert!(!["Annabel", "Bertram", "Celia"].iter().any(|name| said.contains(name)), "{said}");
    assert_eq!(
        entries(&desk),
        [
            "date = 2025-10-07, minutes = 90, present = 2",
            "date = 2025-10-14, minutes = 90, present = 1",
            "date = 2025-10-21, cancelled = \"hol\"",
            "date = 2025-10-28, minutes = 90, present = 3",
        ]
    );
}

/// Writes an answer behind each question of a file, by its cell.
fn answered(desk: &Desk, name: &str, answers: &[(&str, &str)]) {
    let text = desk.read(name);
    let blocks = text.split("\n[[question]]\n").map(|block| {
        let answer = answers.iter().find(|(cell, _)| block.contains(&format!("cell = \"{cell}\"")));
        answer.map_or(block.to_owned(), |(_, answer)| block.replace("answer = \"\"", &format!("answer = \"{answer}\"")))
    });
    fs::write(desk.path(name), blocks.collect::<Vec<_>>().join("\n[[question]]\n")).expect("it can be written");
}

#[test]
fn a_messy_sheet_takes_one_round() {
    let table = "Date,Length,Present,Room,Comments\n7 Oct 2025,90,7,2,\n14 Oct 2025,2,7,2,\n21 Oct 2025,90,x,2,\n28 Oct 2025,90,,2,Bank holiday\n\
                 4 Nov 2025,90,6,2,Robin ill\n5th of sometime,90,6,2,\n18 Nov 2025,,,2,nobody knows\n25 Nov 2025,90,\"Ann, Bob\",2,\n";
    let desk = desk("autumn.csv", table.as_bytes());
    let import = "import autumn.csv --into open-group --as-of 2026-06-01 --answers questions.txt";
    let ran = desk.run(import);
    must(&ran, 2);
    assert!(ran.err.contains("\"Room\" (D)"), "{}", ran.err);
    let questions = desk.read("questions.txt");
    assert!(!questions.contains("Ann"), "{questions}");
    for (cell, says) in [("D1", "Room"), ("B3", "2"), ("C4", "x"), ("A7", "5th of sometime")] {
        assert!(
            questions.contains(&format!("cell = \"{cell}\"\n")) && questions.contains(&format!("says = \"{says}\"\n")),
            "{questions}"
        );
    }
    answered(
        &desk,
        "questions.txt",
        &[
            ("D1", "leave out"),
            ("B3", "2 h"),
            ("C4", "5"),
            ("E5", "cancelled: Bank holiday"),
            ("E6", "absent: Robin Ashby"),
            ("A7", "11 Nov 2025"),
            ("E8", "held, 60 min"),
            ("C9", "2"),
        ],
    );
    let ran = desk.run(&format!("{import} --write"));
    must(&ran, 0);
    assert_eq!(
        entries(&desk),
        [
            "date = 2025-10-07, minutes = 90, present = 7",
            "date = 2025-10-14, minutes = 120, present = 7",
            "date = 2025-10-21, minutes = 90, present = 5",
            "date = 2025-10-28, cancelled = \"Bank holiday\", notes = \"Bank holiday\"",
            "date = 2025-11-04, minutes = 90, present = 6, absent = [\"robin-ashby\"], notes = \"Robin ill\"",
            "date = 2025-11-11, minutes = 90, present = 6",
            "date = 2025-11-18, minutes = 60, notes = \"nobody knows\"",
            "date = 2025-11-25, minutes = 90, present = 2",
        ]
    );
    // The same once more needs no answer again.
    must(&desk.run(&format!("{import} --write")), 0);
    assert_eq!(entries(&desk).len(), 8);
}

#[test]
fn an_answer_is_bound_to_what_it_was_given_about() {
    let table = "Date,Length,Present\n7 Oct 2025,90,x\n14 Oct 2025,90,6\n";
    let desk = desk("autumn.csv", table.as_bytes());
    let import = "import autumn.csv --into open-group --as-of 2026-06-01 --answers questions.txt";
    must(&desk.run(import), 1);
    answered(&desk, "questions.txt", &[("C2", "5")]);
    must(&desk.run(import), 0);
    // Another row has come to stand in its place.
    fs::write(desk.path("autumn.csv"), table.replace("7 Oct", "8 Oct")).expect("it can be written");
    let ran = desk.run(import);
    must(&ran, 1);
    assert!(
        flat(&ran).contains("The answer about C2 is not used, as its row has changed; it is asked again."),
        "{}",
        ran.out
    );
    assert!(desk.read("questions.txt").contains("answer = \"\""));
    // Words that are no answer do not take a question away.
    let holiday = "Date,Length,Comments\n7 Oct 2025,90,Bank holiday\n";
    fs::write(desk.path("holiday.csv"), holiday).expect("it can be written");
    let import = "import holiday.csv --into open-group --as-of 2026-06-01 --answers holiday.txt";
    must(&desk.run(import), 1);
    answered(&desk, "holiday.txt", &[("C2", "n/a")]);
    let ran = desk.run(import);
    must(&ran, 1);
    assert!(
        flat(&ran).contains("The answer about C2 is none of the choices and is not used; it is asked again."),
        "{}",
        ran.out
    );
    let import = "import autumn.csv --into open-group --as-of 2026-06-01 --answers questions.txt";
    // No other file is written over, and a line that is no answer is named.
    let ran = desk.run(&import.replace("questions.txt", "autumn.csv"));
    must(&ran, 2);
    assert!(ran.err.contains("has no questions of an import"), "{}", ran.err);
    fs::write(desk.path("questions.txt"), desk.read("questions.txt") + "C2: 5\n").expect("it can be written");
    let ran = desk.run(import);
    must(&ran, 2);
    assert!(ran.err.contains("is not understood") && ran.err.lines().count() == 1, "{}", ran.err);
}

#[test]
fn what_the_log_says_otherwise_of_a_row_that_is_not_clear_is_asked_in_the_same_round() {
    let table = "Date,Length,Present\n7 Oct 2025,90,7\n14 Oct 2025,90,6\n";
    let desk = desk("autumn.csv", table.as_bytes());
    let import = "import autumn.csv --into open-group --as-of 2026-06-01 --answers questions.txt";
    must(&desk.run(&format!("{import} --write")), 0);
    // Nobody can read how many came, and the length is another one.
    fs::write(desk.path("autumn.csv"), table.replace("14 Oct 2025,90,6", "14 Oct 2025,75,x"))
        .expect("it can be written");
    let ran = desk.run(import);
    must(&ran, 1);
    assert!(
        flat(&ran).contains("A3 unclear the log says 90 minutes") && flat(&ran).contains("C3 unclear "),
        "{}",
        ran.out
    );
    let questions = desk.read("questions.txt");
    assert_eq!(questions.matches("\n[[question]]\n").count(), 2, "{questions}");
    answered(&desk, "questions.txt", &[("A3", "take what the sheet says"), ("C3", "5")]);
    must(&desk.run(&format!("{import} --write")), 0);
    assert_eq!(entries(&desk)[1], "date = 2025-10-14, minutes = 75, present = 5");
}

#[test]
fn a_day_that_has_gone_from_the_sheet_is_asked_about() {
    let table = "Date,Length,Present\n28 Oct 2025,90,7\n4 Nov 2025,90,6\n11 Nov 2025,90,7\n";
    let desk = desk("autumn.csv", table.as_bytes());
    let import = "import autumn.csv --into open-group --as-of 2026-06-01 --answers questions.txt";
    must(&desk.run(&format!("{import} --write")), 0);
    fs::write(desk.path("autumn.csv"), table.replace("4 Nov", "5 Nov")).expect("it can be written");
    let before = desk.read("sessions/open-group.toml");
    let ran = desk.run(&format!("{import} --write"));
    must(&ran, 1);
    assert!(flat(&ran).contains("A3 unclear 4 November 2025 is no longer in the sheet"), "{}", ran.out);
    assert_eq!(desk.read("sessions/open-group.toml"), before);
    answered(&desk, "questions.txt", &[("A3", "held")]);
    must(&desk.run(&format!("{import} --write")), 0);
    assert_eq!(entries(&desk).len(), 4);
    // One that is there and not clear has not gone, and none is said to have gone while a day cannot be read.
    for unclear in ["4 Nov 2025,2,6", "4 Novembber,90,6"] {
        let rest = table.replace("28 Oct 2025,90,7\n", "28 Oct 2025,90,7\n5 Nov 2025,90,6\n");
        fs::write(desk.path("autumn.csv"), rest.replace("4 Nov 2025,90,6", unclear)).expect("it can be written");
        let ran = desk.run("import autumn.csv --into open-group --as-of 2026-06-01");
        must(&ran, 1);
        assert!(!flat(&ran).contains("no longer in the sheet"), "{unclear}: {}", ran.out);
    }
    // One that has gone with nothing new beside it is said.
    fs::write(desk.path("autumn.csv"), table.replace("4 Nov 2025,90,6\n", "")).expect("it can be written");
    let ran = desk.run("import autumn.csv --into open-group --as-of 2026-06-01");
    must(&ran, 0);
    assert!(
        flat(&ran).contains("4 November 2025 is no longer in the sheet. 5 November 2025 is no longer in the sheet."),
        "{}",
        ran.out
    );
}

#[test]
fn sheets_are_named_and_all_are_taken_if_asked() {
    let mut book = Workbook::new();
    for (name, rows) in [
        ("Overview", &[["Term", "Sessions", "Room"], ["Autumn", "2", "4"]]),
        ("Autumn", &[["Date", "Mins", "Present"], ["7 Oct 2025", "90", "7"]]),
        ("Spring", &[["Date", "Mins", "Present"], ["13 Jan 2026", "90", "6"]]),
    ] {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, *cell).expect("there is room");
            }
        }
    }
    let desk = desk("book.xlsx", &book.save_to_buffer().expect("it can be saved"));
    let import = "import book.xlsx --into open-group --as-of 2026-06-01";
    let ran = desk.run(import);
    must(&ran, 2);
    let why = "this is the sheet \"Overview\", and there are others: \"Autumn\", \"Spring\"; name one with --sheet, or take them all \
               with --all-sheets";
    assert!(ran.err.contains(why) && ran.err.lines().count() == 1, "{}", ran.err);
    let ran = desk.run(&format!("{import} --all-sheets --write"));
    must(&ran, 0);
    for line in [
        "Sheets without headings are left out: \"Overview\".",
        "Autumn!A2 new session of 7 October 2025",
        "Spring!A2 new",
    ] {
        assert!(flat(&ran).contains(line), "{line}\n{}", ran.out);
    }
    assert_eq!(entries(&desk).len(), 2);
    must(&desk.run(&format!("{import} --all-sheets --sheet Autumn")), 2);
    must(&desk.run(&format!("{import} --sheet Autumn")), 0);
}

#[test]
fn the_course_says_which_part_of_a_date_comes_first() {
    let desk = desk("autumn.csv", b"Date,Length,Present\n05/10/2025,90,7\n12/10/2025,90,6\n");
    let ran = desk.run("import autumn.csv --into open-group --as-of 2026-06-01 --write");
    must(&ran, 0);
    let said = "Dates in \"Date\" (A) are read day first: else A2 would be 10 May 2025, outside of the course (27 September 2025 to 11 July 2028).";
    assert!(flat(&ran).contains(said), "{}", ran.out);
    assert!(entries(&desk)[0].starts_with("date = 2025-10-05"));
}

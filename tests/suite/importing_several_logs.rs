//! A workbook of a course, with a sheet for each group: all of it goes in in one round.

use std::fs;

use rust_xlsxwriter::{Note, Workbook, Worksheet};

use crate::desk::Desk;
use crate::importing::{flat, must};

fn sheet<'b>(book: &'b mut Workbook, name: &str, rows: &[&[&str]]) -> &'b mut Worksheet {
    let sheet = book.add_worksheet().set_name(name).expect("a name");
    for (number, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(*cells) {
            match cell.parse::<f64>() {
                Ok(value) => sheet.write_number(number, column, value),
                Err(_) => sheet.write_string(number, column, *cell),
            }
            .expect("there is room");
        }
    }
    sheet
}

/// Six sheets as six people keep them, and one that is no table.
fn course() -> Vec<u8> {
    let mut book = Workbook::new();
    sheet(&mut book, "Overview", &[&["The groups of 2025-26"], &["Ask Ros where something is missing"]]);
    sheet(
        &mut book,
        "Monday",
        &[
            &["Monday group"],
            &["Date", "Length", "Present", "Comments"],
            &["06/10/2025", "1\u{bd} hours", "5 (2 apols)", ""],
            &["13/10/2025", "90", "x", ""],
            &["Half term"],
            &["3rd Nov", "90", "6", "room 2"],
        ],
    );
    sheet(
        &mut book,
        "Open studio",
        &[
            &["Held", "Start", "End", "Attended"],
            &["7 Oct 2025", "19:00", "20:30", "7"],
            &["14 Oct 2025", "7pm", "8.30pm", "5/8"],
        ],
    );
    sheet(
        &mut book,
        "Harbour",
        &[&["Member", "8 Oct", "15 Oct", "22 Oct"], &["A", "x", "x", ""], &["B", "x", "a", "x"], &["C", "a", "x", "x"]],
    );
    let notes = sheet(
        &mut book,
        "Bank",
        &[
            &["Date", "Length", "Number"],
            &["9 Oct 2025", "90", "7"],
            &["16 Oct 2025", "90", "7"],
            &["23 Oct 2025", "2", "6"],
        ],
    );
    notes.insert_note(2, 1, &Note::new("cancelled - snow").set_author("Ruth")).expect("there is room");
    sheet(
        &mut book,
        "Garden",
        &[&["Date", "Length", "Present"], &["10 Oct 2025", "75", "6"], &["17 Oct 2025", "75", "7"]],
    );
    sheet(
        &mut book,
        "Carers",
        &[&["Date", "Length", "Present"], &["11 Oct 2025", "60", "4"], &["18 Oct 2025", "60", "5"]],
    );
    book.save_to_buffer().expect("it can be saved")
}

fn desk() -> Desk {
    let desk = Desk::of("tests/cases/base");
    for title in ["Monday", "Open studio", "Harbour", "Riverside", "Garden", "Carers"] {
        let group = format!("new group --title '{title}' --setting health --aim therapeutic --conductor robin-ashby");
        must(&desk.run(&group), 0);
    }
    must(&desk.run("log garden 2025-10-10 --minutes 90 --present 6 --as-of 2026-06-01"), 0);
    must(&desk.run("log carers 2025-10-11 --minutes 60 --present 9 --as-of 2026-06-01"), 0);
    fs::write(desk.path("course.xlsx"), course()).expect("it can be written");
    desk
}

/// Answers each question of a file, by its sheet and what is asked; how many there were.
fn answered(desk: &Desk, answers: &[(&str, &str, &str)]) -> usize {
    let text = desk.read("questions.txt");
    let mut blocks: Vec<String> = text.split("\n[[question]]\n").map(str::to_owned).collect();
    for block in blocks.iter_mut().skip(1) {
        let fits = |(sheet, asked, _): &&(&str, &str, &str)| {
            block.contains(&format!("sheet = \"{sheet}\"")) && block.contains(asked)
        };
        let (.., answer) = answers.iter().find(fits).unwrap_or_else(|| panic!("no answer to\n{block}"));
        *block = block.replace("answer = \"\"", &format!("answer = \"{answer}\""));
    }
    fs::write(desk.path("questions.txt"), blocks.join("\n[[question]]\n")).expect("it can be written");
    blocks.len() - 1
}

const IMPORT: &str = "import course.xlsx --all-sheets --minutes 90 --answers questions.txt --as-of 2026-06-01";

#[test]
fn six_messy_sheets_go_into_six_logs_in_one_round() {
    let desk = desk();
    let before = desk.files();
    let ran = desk.run(&format!("{IMPORT} --write"));
    must(&ran, 1);
    for said in [
        "The sheet \"Monday\" goes into Monday (monday).",
        "The sheet \"Overview\" has no row with headings, and is left out.",
        "The sheet \"Bank\": into which log does this sheet go? no log is called \"Bank\".",
        "Nothing is written: either every sheet goes in, or none.",
    ] {
        assert!(flat(&ran).contains(said), "{said}\nin\n{}", ran.out);
    }
    let count = answered(
        &desk,
        &[
            ("Monday", "cell = \"C4\"", "6"),
            ("Open studio", "5/8", "5"),
            ("Bank", "into which log", "riverside"),
            ("Bank", "snow", "cancelled: snow"),
            ("Bank", "cell = \"B4\"", "120 min"),
            ("Garden", "keep (what the record says); take (what the sheet says)", "take"),
            ("Carers", "keep (what the record says); take (what the sheet says)", "keep"),
        ],
    );
    assert_eq!(count, 7, "{}", desk.read("questions.txt"));
    // The same command once more writes all of it.
    let ran = desk.run(&format!("{IMPORT} --write"));
    must(&ran, 0);
    let said = flat(&ran);
    for wanted in [
        "Recorded entries of 6 logs, in 6 records.",
        "put right session of 10 October 2025, 75 minutes, 6 present: the log says 90 minutes",
        "there session of 11 October 2025, 60 minutes, 4 present: kept as it is recorded, as answered; the log says 9 present",
    ] {
        assert!(said.contains(wanted), "{wanted}\nin\n{}", ran.out);
    }
    let entries = |log: &str| {
        let text = desk.read(&format!("sessions/{log}.toml"));
        let lines = text.lines().filter_map(|line| line.strip_prefix("  { date = ")?.strip_suffix(" },"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(
        entries("monday"),
        [
            "2025-10-06, minutes = 90, present = 5",
            "2025-10-13, minutes = 90, present = 6",
            "2025-11-03, minutes = 90, present = 6, notes = \"room 2\"",
        ]
    );
    assert_eq!(
        entries("open-studio"),
        ["2025-10-07, minutes = 90, present = 7", "2025-10-14, minutes = 90, present = 5"]
    );
    assert_eq!(entries("harbour").len(), 3);
    let riverside = [
        "2025-10-09, minutes = 90, present = 7",
        "2025-10-16, cancelled = \"snow\"",
        "2025-10-23, minutes = 120, present = 6",
    ];
    assert_eq!(entries("riverside"), riverside);
    assert_eq!(entries("garden"), ["2025-10-10, minutes = 75, present = 6", "2025-10-17, minutes = 75, present = 7"]);
    assert_eq!(entries("carers"), ["2025-10-11, minutes = 60, present = 9", "2025-10-18, minutes = 60, present = 5"]);
    // Twice is once, and all of it is taken back at once.
    let after = desk.files();
    must(&desk.run(&format!("{IMPORT} --write")), 0);
    assert_eq!(desk.files(), after);
    must(&desk.run("undo --yes"), 0);
    fs::remove_file(desk.path("questions.txt")).expect("it is there");
    assert_eq!(desk.files(), before);
}

#[test]
fn one_sheet_that_is_unclear_keeps_all_out() {
    let desk = desk();
    let before = desk.files();
    let ran = desk.run("import course.xlsx --all-sheets --write --as-of 2026-06-01");
    must(&ran, 1);
    assert!(flat(&ran).contains("run the same command with --answers questions.txt."), "{}", ran.out);
    assert_eq!(desk.files(), before);
    for (command, why) in [
        ("import course.xlsx", "--into"),
        ("import course.xlsx --all-sheets --course york-2025", "--course is for students; leave it out"),
        ("import gwp.toml --all-sheets", "is no workbook and has no sheets"),
    ] {
        let ran = desk.run(command);
        assert!(ran.status == 2 && ran.err.contains(why), "{command}: {}", ran.err);
    }
}

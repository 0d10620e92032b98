//! The same log as several programs save it: each row is imported right, or named with its cell.

use crate::importing::{desk_with, entries, must};

/// What each of the programs was given, a line each; the last is in some of the files only.
const LOG: [&str; 8] = [
    "date = 2025-10-06, minutes = 90, present = 7",
    "date = 2025-10-13, minutes = 90, present = 6, notes = \"Zoë was late\"",
    "date = 2025-10-20, minutes = 90, present = 6",
    "date = 2025-10-27, minutes = 90, present = 7",
    "date = 2025-11-03, cancelled = \"conductor ill\"",
    "date = 2025-11-10, minutes = 90, present = 8",
    "date = 2025-11-17, cancelled = \"no reason recorded\"",
    "date = 2025-11-24, minutes = 75, present = 5, notes = \"one\\nlonger\"",
];

/// The log with other notes, in so many rows.
fn log(rows: usize, notes: &[(usize, &str)]) -> Vec<String> {
    let with_notes = |(row, line): (usize, &&str)| match notes.iter().find(|(of, _)| *of == row) {
        Some((_, notes)) => {
            let (line, _) = line.split_once(", notes = ").unwrap_or((line, ""));
            format!("{line}, notes = \"{notes}\"")
        }
        None => (*line).to_owned(),
    };
    LOG[..rows].iter().enumerate().map(with_notes).collect()
}

#[test]
fn every_row_is_imported_right() {
    let late = "Zoë was late – by “ten minutes”";
    let in_words = log(8, &[(1, late)]);
    let plain = log(7, &[]);
    let a_workbook = |sheet: &str| format!("a workbook, the sheet \"{sheet}\"");
    for (name, read_as, wanted) in [
        ("libreoffice.xlsx", a_workbook("Autumn log"), &in_words),
        ("libreoffice-1252.csv", "Windows-1252, separated by semicolons".to_owned(), &in_words),
        ("libreoffice-utf8.csv", "UTF-8, separated by commas".to_owned(), &in_words),
        ("libreoffice-utf16.csv", "UTF-16, separated by tabs".to_owned(), &in_words),
        ("xlsxwriter.xlsx", a_workbook("Log"), &log(7, &[(5, "with two observers")])),
        ("xlsxwriter-1904.xlsx", a_workbook("Log"), &log(7, &[(5, "with two observers")])),
        ("exceljs.xlsx", a_workbook("Log"), &log(7, &[(4, "see the mail")])),
        ("sheetjs.xlsx", a_workbook("Log"), &plain),
        ("sheetjs-dates.xlsx", a_workbook("Log"), &plain),
        ("sheetjs.csv", "UTF-8, separated by semicolons".to_owned(), &plain),
        ("sheetjs.txt", "UTF-16, separated by tabs".to_owned(), &plain),
    ] {
        let desk = desk_with(name);
        let ran = desk.run(&format!("import {name} --into open-group --write"));
        must(&ran, 0);
        assert!(ran.out.contains(&format!("Read as {read_as}; the headings are in row 3.")), "{name}: {}", ran.out);
        assert_eq!(&entries(&desk), wanted, "{name}");
        let once = desk.files();
        must(&desk.run(&format!("import {name} --into open-group --write")), 0);
        assert_eq!(desk.files(), once, "{name}");
    }
}

#[test]
fn a_row_that_is_not_clear_is_named() {
    let no_result = "a formula without its result";
    let am = "\"01:30:00 AM\" is no length";
    for (name, cells) in [
        ("openpyxl-formulas.xlsx", &[("A7", no_result), ("B7", no_result), ("C7", no_result)][..]),
        // What a library writes for a result that it does not know is 0, and no number of people.
        ("xlsxwriter-formulas.xlsx", &[("A7", no_result), ("B7", no_result), ("C7", no_result)]),
        ("openpyxl-merged.xlsx", &[("A3", "there is no date")]),
        ("exceljs-summer.xlsx", &[("A2", "a time between 23:00 and midnight stands beside the day")]),
        ("libreoffice-us.csv", &[("A4", "it could be 10 June 2025 or 6 October 2025"), ("B4", am), ("B7", am)]),
    ] {
        let desk = desk_with(name);
        let before = desk.files();
        let ran = desk.run(&format!("import {name} --into open-group --write"));
        must(&ran, 1);
        let said = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        for (cell, why) in cells {
            assert!(said.contains(&format!("{cell} unclear {why}")), "{name}: {cell} {why}\n{said}");
        }
        assert!(said.contains("Nothing is written: either every row goes in, or none."), "{said}");
        assert_eq!(desk.files(), before, "{name}");
    }
}

#[test]
fn what_is_no_table_is_said_to_be_none() {
    for (name, why) in [
        ("sheetjs.xls", "is a workbook of Excel before 2007, or has a password"),
        ("sheetjs-xml.xls", "is no workbook that can be read"),
    ] {
        let desk = desk_with(name);
        let ran = desk.run(&format!("import {name} --into open-group --write"));
        must(&ran, 2);
        let help = "open it in a spreadsheet program and save it as .xlsx or as CSV";
        assert_eq!(ran.err, format!("gwp: {name} {why}; {help}\n"));
    }
}

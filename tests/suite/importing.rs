//! Tables that other programs saved become entries and records: each row right or named, twice as once, or not at all.

use std::fmt::Write as _;
use std::fs;

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use crate::desk::Desk;
use crate::file;
use crate::program::Ran;

const LOG: &str = "sessions/open-group.toml";

/// A sound folder with an empty log in it, and beside it a table.
pub fn desk(name: &str, bytes: &[u8]) -> Desk {
    let desk = Desk::of("tests/cases/base");
    let group = "new group open-group --title Open --setting health --aim therapeutic --conductor robin-ashby";
    assert_eq!(desk.run(group).status, 0);
    fs::write(desk.path(name), bytes).expect("it can be written");
    desk
}

/// The same with a table that is kept with the tests.
pub fn desk_with(name: &str) -> Desk {
    desk(name, &fs::read(file("tests/suite/tables").join(name)).expect("it is there"))
}

/// The entries of the log, a line each.
pub fn entries(desk: &Desk) -> Vec<String> {
    let text = desk.read(LOG);
    text.lines().filter_map(|line| line.strip_prefix("  { ")?.strip_suffix(" },")).map(str::to_owned).collect()
}

#[track_caller]
pub fn must(ran: &Ran, status: i32) {
    assert_eq!(ran.status, status, "{}{}", ran.out, ran.err);
}

#[test]
fn tables_of_other_programs_are_imported_right() {
    let tables: [(&str, &str, &[&str]); 5] = [
        (
            "excel-uk.csv",
            "Windows-1252, separated by commas",
            &[
                "date = 2025-10-07, minutes = 90, present = 7",
                "date = 2025-10-14, minutes = 90, present = 6, notes = \"Zoë – late, by “ten minutes”\"",
                "date = 2025-10-21, cancelled = \"conductor ill\"",
                "date = 2025-11-04, minutes = 90, present = 8",
            ],
        ),
        (
            "excel-utf8.csv",
            "UTF-8, separated by commas; the headings are in row 4",
            &[
                "date = 2025-10-07, minutes = 90, present = 7",
                "date = 2025-10-14, minutes = 90, present = 6",
                "date = 2025-10-21, cancelled = \"no reason recorded\"",
            ],
        ),
        (
            "libreoffice.csv",
            "UTF-8, separated by semicolons",
            &[
                "date = 2025-10-07, minutes = 90, present = 7, notes = \"first line\\nsecond; line\"",
                "date = 2025-10-14, minutes = 90, present = 6",
                "date = 2025-10-28, minutes = 50, present = 6, notes = \"short\"",
            ],
        ),
        (
            "google-sheets.csv",
            "UTF-8, separated by commas",
            &["date = 2025-10-07, minutes = 90, present = 7", "date = 2025-10-14, minutes = 90, present = 6"],
        ),
        (
            "openpyxl.xlsx",
            "a workbook, the sheet \"Log\"; the headings are in row 3",
            &[
                "date = 2025-10-07, minutes = 90, present = 7",
                "date = 2025-10-14, minutes = 90, present = 6",
                "date = 2025-10-21, minutes = 90, present = 6",
                "date = 2025-10-28, cancelled = \"conductor ill\"",
                "date = 2025-11-04, minutes = 90, present = 8",
            ],
        ),
    ];
    for (name, read_as, wanted) in tables {
        let desk = desk_with(name);
        let map = if name == "google-sheets.csv" { "--map Timestamp=" } else { "" };
        let line = format!("import {name} --into open-group --as-of 2025-12-01 {map}");
        let before = desk.files();
        let ran = desk.run(&line);
        must(&ran, 0);
        assert!(ran.out.contains(&format!("Read as {read_as}")), "{}", ran.out);
        assert!(ran.out.ends_with(
            "This is a dry run: nothing is written.\nNo student has an arrangement with this group yet, so its sessions \
             count for nobody; \"gwp arrange STUDENT open-group SUPERVISOR --from DATE\" records one.\nWith --write it \
             is written.\n"
        ));
        assert_eq!(desk.files(), before, "{name}");
        must(&desk.run(&format!("{line} --write")), 0);
        assert_eq!(entries(&desk), wanted, "{name}");
        // Twice is once.
        let once = desk.files();
        let again = desk.run(&format!("{line} --write"));
        must(&again, 0);
        assert!(
            again.out.contains(&format!("{} rows: {} recorded already.", wanted.len(), wanted.len())),
            "{}",
            again.out
        );
        assert_eq!(desk.files(), once, "{name}");
    }
}

#[test]
fn a_row_that_is_not_clear_keeps_all_out() {
    let table = "Date,Length,Present\n07/10/2025,90,7\n08/10/2025,2,6\n21/10/2025,90,\"Ann, Bob\"\n22/10/2025,1h30,7\n";
    let desk = desk("autumn.csv", table.as_bytes());
    let before = desk.files();
    let ran = desk.run("import autumn.csv --into open-group --write");
    must(&ran, 1);
    assert!(ran.err.is_empty());
    for line in [
        "A2    new      session of 7 October 2025, 90 minutes, 7 present",
        "B3    unclear  \"2\" could be minutes or hours; write 2 min or 2 h",
        "C4    unclear  this is no number; what is recorded is how many came, never who",
        "A5    new      session of 22 October 2025, 90 minutes, 7 present",
        "Dates in \"Date\" (A) are read day first: A4 can only be read so.",
        "4 rows: 2 new, 2 not clear.",
        "Nothing is written: either every row goes in, or none.",
    ] {
        assert!(ran.out.lines().any(|said| said == line), "{line}\n{}", ran.out);
    }
    assert!(!ran.out.contains("Ann"));
    assert_eq!(desk.files(), before);
}

#[test]
fn a_doubtful_date_is_asked_for() {
    let desk = desk("spring.csv", b"Date,Mins\n03/04/2025,90\n04/04/2025,90\n");
    let ran = desk.run("import spring.csv --into open-group");
    must(&ran, 1);
    assert!(ran.out.contains("A2    unclear  it could be 3 April 2025 or 4 March 2025"), "{}", ran.out);
    assert!(ran.out.contains("--dates day-first"), "{}", ran.out);
    must(&desk.run("import spring.csv --into open-group --dates day-first --write"), 0);
    assert_eq!(entries(&desk), ["date = 2025-04-03, minutes = 90", "date = 2025-04-04, minutes = 90"]);
    let other = desk.run("import spring.csv --into open-group --dates month-first");
    must(&other, 0);
    assert!(other.out.contains("A2    new    session of 4 March 2025, 90 minutes"), "{}", other.out);
}

#[test]
fn one_date_the_other_way_is_asked_about_alone() {
    let table = "Date,Mins\n12/31/25,90\n13/10/25,90\n03/11/25,90\n27.10.2025,90\n";
    let desk = desk("autumn.csv", table.as_bytes());
    let ran = desk.run("import autumn.csv --into open-group --as-of 2026-06-01");
    must(&ran, 1);
    let said = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("A2 unclear it can only be 31 December 2025, which is not day first"), "{}", ran.out);
    assert!(said.contains("4 rows: 3 new, 1 not clear.") && said.contains("session of 3 November 2025"), "{}", ran.out);
}

#[test]
fn a_day_that_stands_twice_is_told_with_all_else() {
    let desk = desk("autumn.csv", b"Date,Length\n7 Oct 2025,90\n7 Oct 2025,2\n14 Oct 2025,2\n14 Oct 2025,90\n");
    let ran = desk.run("import autumn.csv --into open-group --as-of 2026-06-01");
    must(&ran, 1);
    for (cell, day, row) in [("A3", 7, 2), ("A5", 14, 4)] {
        let said = format!("{cell} unclear {day} October 2025 is in row {row} too");
        assert!(ran.out.split_whitespace().collect::<Vec<_>>().join(" ").contains(&said), "{said}\n{}", ran.out);
    }
    assert!(ran.out.contains("B3 ") && ran.out.contains("B4 "), "{}", ran.out);
}

#[test]
fn what_differs_is_named_and_what_was_planned_is_fulfilled() {
    let table = "Date,Length,Present,Cancelled\n7 Oct 2025,90,7,\n14 Oct 2025,,,snow\n21 Oct 2025,90,6,\n";
    let desk = desk("autumn.csv", table.as_bytes());
    must(&desk.run("log open-group 2025-10-07 2025-10-14 --minutes 90 --planned"), 0);
    must(&desk.run("import autumn.csv --into open-group --write"), 0);
    let wanted = [
        "date = 2025-10-07, minutes = 90, present = 7",
        "date = 2025-10-14, cancelled = \"snow\"",
        "date = 2025-10-21, minutes = 90, present = 6",
    ];
    assert_eq!(entries(&desk), wanted);
    fs::write(desk.path("autumn.csv"), table.replace("90,6", "75,5")).expect("it can be written");
    let before = desk.files();
    let ran = desk.run("import autumn.csv --into open-group --write");
    must(&ran, 1);
    let said = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("A4 differs session of 21 October 2025, 75 minutes, 5 present: the log says 90 minutes; the log says 6 present"), "{said}");
    assert!(said.contains("2 recorded already, 1 otherwise in the record"), "{said}");
    assert_eq!(desk.files(), before);
}

#[test]
fn columns_that_nobody_has_explained_are_an_error() {
    let desk = desk("autumn.csv", b"Date,Mins,Room,\n7 Oct 2025,90,2,late\n");
    let ran = desk.run("import autumn.csv --into open-group");
    must(&ran, 2);
    assert_eq!(
        ran.err,
        "gwp: autumn.csv: these columns are not understood: \"Room\" (C), column D without a heading; say with --map \
         COLUMN=FIELD what one holds, or with --map COLUMN= that it is to be passed over\n"
    );
    must(&desk.run("import autumn.csv --into open-group --map Room= --map D=notes --write"), 0);
    assert_eq!(entries(&desk), ["date = 2025-10-07, minutes = 90, notes = \"late\""]);
    for (options, why) in [
        ("--map Rooms=", "no column is called \"Rooms\""),
        (
            "--map Room=colour",
            "\"colour\" is nothing that is read into open-group; a column can hold date, length, minutes",
        ),
        ("--map Room=email", "\"email\" is nothing that is read into open-group"),
        ("--map Room", "a column and what it holds are needed"),
        ("--map Room=date --map D=", "two columns are read as date"),
        ("--sheet Log", "is no workbook and has no sheets"),
        ("--commit", "--write"),
    ] {
        let ran = desk.run(&format!("import autumn.csv --into open-group {options}"));
        must(&ran, 2);
        assert!(ran.err.contains(why) && ran.err.lines().count() == 1, "{options}: {}", ran.err);
    }
    must(&desk.run("import nothing.csv --into open-group"), 2);
    must(&desk.run("import sessions --into open-group"), 2);
    must(&desk.run("import autumn.csv --into monday-grup"), 2);
}

#[test]
fn meetings_of_a_supervision() {
    let desk = desk_with("supervision.tsv");
    let log = "new supervision new-log --supervisor kit-lowe --supervisee robin-ashby --mode face-to-face";
    must(&desk.run(log), 0);
    must(&desk.run("import supervision.tsv --into new-log --write"), 0);
    let text = desk.read("sessions/new-log.toml");
    let (_, lines) = text.split_once("sessions = [\n").expect("entries");
    assert_eq!(
        lines,
        "  { date = 2025-10-09, minutes = 60 },\n  { date = 2025-10-23, minutes = 60, mode = \"telephone\" },\n  { date = \
         2025-11-06, minutes = 60, mode = \"video\", absent = [\"robin-ashby\"] },\n]\n"
    );
    let again = desk.run("import supervision.tsv --into new-log --write");
    must(&again, 0);
    assert!(again.out.contains("3 rows: 3 recorded already."), "{}", again.out);
}

/// What a run says, on one line.
pub fn flat(ran: &Ran) -> String {
    ran.out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_sheet_of_another_weekday_is_asked_about() {
    let thursdays = "Thursday group,,\nDate,Mins,Present\n9 Oct 2025,90,7\n16 Oct 2025,90,6\n23 Oct 2025,90,6\n";
    let desk = desk("thursday.csv", thursdays.as_bytes());
    must(&desk.run("log open-group 2025-10-06 --every 1w --until 2025-11-10 --minutes 90"), 0);
    let before = desk.files();
    for write in ["", "--write"] {
        let ran = desk.run(&format!("import thursday.csv --into open-group {write}"));
        must(&ran, 1);
        let said = flat(&ran);
        for line in [
            "What stands in row 1, above the headings, is left out: \"Thursday group\".",
            "All 3 new sessions are on a Thursday, and the 6 of the log are on a Monday.",
            "With them there are two sessions or more in 3 weeks, and the group is weekly.",
            "Nothing is written: see whether this is the right sheet, and open-group the right log. If it is, say so \
             with --other-weekday.",
        ] {
            assert!(said.contains(line), "{line}\n{said}");
        }
        assert_eq!(desk.files(), before);
    }
    must(&desk.run("import thursday.csv --into open-group --other-weekday"), 0);
    must(&desk.run("import thursday.csv --into open-group --other-weekday --write"), 0);
    assert_eq!(entries(&desk).len(), 9);
    // One that was moved needs no word.
    let moved = "Date,Mins\n17 Nov 2025,90\n26 Nov 2025,90\n1 Dec 2025,90\n";
    let desk = self::desk("moved.csv", moved.as_bytes());
    must(&desk.run("log open-group 2025-10-06 --every 1w --until 2025-11-10 --minutes 90"), 0);
    let ran = desk.run("import moved.csv --into open-group --write");
    must(&ran, 0);
    assert!(flat(&ran).contains("1 of the 3 new sessions is on a Wednesday, and the 6 of the log are on a Monday."));
    assert_eq!(entries(&desk).len(), 9);
    must(&desk.run("import moved.csv --into students --other-weekday"), 2);
}

#[test]
fn a_sheet_of_another_group_does_not_go_into_an_empty_log() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Wednesday Group").expect("a name");
    for (row, cells) in
        [["Date", "Mins", "Present"], ["8 Oct 2025", "90", "7"], ["15 Oct 2025", "90", "6"]].iter().enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            let (row, column) = (u32::try_from(row).expect("small"), u16::try_from(column).expect("small"));
            sheet.write_string(row, column, *cell).expect("there is room");
        }
    }
    let desk = desk("groups.xlsx", &book.save_to_buffer().expect("it can be saved"));
    let new = "--setting health --aim therapeutic --conductor robin-ashby";
    must(&desk.run(&format!("new group thursday-group --title 'A group' {new}")), 0);
    let import = "import groups.xlsx --into thursday-group --write";
    let ran = desk.run(import);
    must(&ran, 1);
    let said = "All 2 new sessions are on a Wednesday, and the log is named after Thursday.";
    assert!(flat(&ran).contains(said), "{}", ran.out);
    assert!(flat(&ran).contains("If it is, say so with --other-weekday."), "{}", ran.out);
    // Once there is a log of that name, it is probably meant.
    must(&desk.run(&format!("new group wednesday-group --title Wednesday {new}")), 0);
    let ran = desk.run(import);
    must(&ran, 1);
    let said = "The sheet is called \"Wednesday Group\", and wednesday-group is another log.";
    assert!(flat(&ran).contains(said), "{}", ran.out);
    assert!(flat(&ran).contains("If it is, say so with --other-weekday and --other-name."), "{}", ran.out);
    must(&desk.run(&format!("{import} --other-weekday")), 1);
    must(&desk.run("import groups.xlsx --into wednesday-group"), 0);
    fs::write(desk.path("Wednesday group.csv"), "Date,Mins,Present\n8 Oct 2025,90,7\n").expect("it can be written");
    let ran = desk.run("import 'Wednesday group.csv' --into open-group");
    must(&ran, 1);
    let said = "The file is called \"Wednesday group\", and wednesday-group is another log.";
    assert!(flat(&ran).contains(said), "{}", ran.out);
    must(&desk.run(&format!("{import} --other-weekday --other-name")), 0);
    // The same once more changes nothing, and is nothing to ask about.
    must(&desk.run(import), 0);
}

#[test]
fn a_commit_names_what_was_imported() {
    let people = "Name,Course\nAmy Lee,york-2025\nBen Oak,york-2025\nCara Fox,york-2025\nDan Ash,york-2025\n";
    let desk = desk("people.csv", people.as_bytes()).in_git();
    must(&desk.run("import people.csv --into students --write --commit"), 0);
    assert_eq!(desk.git("log -1 --format=%s"), "amy-lee, ben-oak, cara-fox and 1 more: new\n");
    fs::write(desk.path("people.csv"), people.to_owned() + "Eve Elm,york-2025\nFay Fir,york-2025\n")
        .expect("it can be");
    must(&desk.run("import people.csv --into students --write --commit"), 0);
    assert_eq!(desk.git("log -1 --format=%s"), "eve-elm and fay-fir: new\n");
}

#[test]
fn a_number_is_asked_for_in_words() {
    let desk = desk("autumn.csv", b"Date\n7 Oct 2025\n");
    for (line, needed) in [
        ("log open-group 2025-10-07 --minutes soon", "a number of minutes such as 90 is needed, from 1 to 1440"),
        ("log open-group 2025-10-07 --minutes 0", "a number of minutes such as 90 is needed, from 1 to 1440"),
        ("log open-group 2025-10-07 --present seven", "a number of people such as 7 is needed"),
        (
            "import autumn.csv --into open-group --minutes 1441",
            "a number of minutes such as 90 is needed, from 1 to 1440",
        ),
        ("audit --late-after soon", "a number of days such as 28 is needed"),
    ] {
        let ran = desk.run(line);
        must(&ran, 2);
        assert!(ran.err.contains(&format!(">': {needed}; see ")), "{}", ran.err);
    }
}

#[test]
fn a_total_is_no_row() {
    let desk =
        desk("autumn.csv", b"Date,Mins,Present\n7 Oct 2025,90,7\n14 Oct 2025,90,6\nTotal,180,13\nAverage:,90,6.5\n");
    let ran = desk.run("import autumn.csv --into open-group --write");
    must(&ran, 0);
    for line in [
        "Row 4 is left out, as it is a total and no entry: A4 says \"Total\".",
        "Row 5 is left out, as it is a total and no entry: A5 says \"Average:\".",
    ] {
        assert!(ran.out.lines().any(|said| said == line), "{}", ran.out);
    }
    assert_eq!(entries(&desk).len(), 2);
    fs::write(desk.path("people.csv"), "Name,Email\nMina Holt,\nTotal: 5,\n").expect("it can be written");
    let ran = desk.run("import people.csv --into students --write");
    must(&ran, 0);
    let line = "Row 3 is left out, as it is a total and no entry: A3 says \"Total: 5\".";
    assert!(ran.out.lines().any(|said| said == line), "{}", ran.out);
    let line =
        "New students whose row names no course are entered in york-2025, which starts last; --course says another.";
    assert!(flat(&ran).contains(line), "{}", ran.out);
    assert!(desk.read("students/mina-holt.toml").contains("course = \"york-2025\""));
    // One in the middle is nobody, and somebody called so is somebody.
    fs::write(desk.path("people.csv"), "Name,Email\nTotal 5,\nCount Basie,\n").expect("it can be written");
    let ran = desk.run("import people.csv --into students");
    must(&ran, 1);
    assert!(ran.out.contains("A2    unclear  this looks like a total"), "{}", ran.out);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn imported_twice_is_imported_once(
        rows in prop::collection::btree_map(0_i64..300, (1_u32..=1440, prop::option::of(0_u32..20), prop::option::of("[a-z;,\"é ]{0,12}")), 1..8),
    ) {
        let start = gwp::calendar::Day::new(2025, 9, 29).expect("a day");
        let mut table = "Date,Mins,Present,Cancelled,Notes\n".to_owned();
        for (days, (minutes, present, notes)) in &rows {
            let present = present.map(|present| present.to_string()).unwrap_or_default();
            let notes = notes.clone().unwrap_or_default().replace('"', "\"\"");
            writeln!(table, "{},{minutes} min,{present},no,\"{notes}\"", start.plus_days(*days)).expect("there is room");
        }
        let desk = desk("table.csv", table.as_bytes());
        let ran = desk.run("import table.csv --into open-group --write");
        prop_assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
        prop_assert_eq!(entries(&desk).len(), rows.len());
        let once = desk.files();
        let again = desk.run("import table.csv --into open-group --write");
        prop_assert_eq!(again.status, 0, "{}{}", again.out, again.err);
        prop_assert_eq!(desk.files(), once);
    }
}

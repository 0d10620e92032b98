//! What is in a folder, for a spreadsheet.

use std::fs;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use serde_json::json;

use crate::desk::Desk;
use crate::importing::must;

const WHAT: [&str; 8] = ["students", "supervisors", "groups", "courses", "awards", "meetings", "sessions", "due"];

/// The cells of the first sheet of a workbook.
fn cells(bytes: &[u8]) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let range = workbook.worksheet_range_at(0).expect("a sheet").expect("with cells");
    range.rows().map(<[Data]>::to_vec).collect()
}

/// A cell as CSV has it.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    }
}

#[test]
fn a_workbook_has_the_cells_of_the_csv_and_types() {
    let desk = Desk::of("examples/london");
    for what in WHAT {
        // One student cannot be judged, and is missing where it matters.
        let csv = desk.run(&format!("export {what} --as-of 2026-02-10"));
        let status = csv.status;
        assert_eq!(status, i32::from(!csv.err.is_empty()), "{}", csv.err);
        let ran = desk.run(&format!("export {what} --as-of 2026-02-10 --out table.xlsx"));
        assert_eq!(ran.status, status, "{}", ran.err);
        let bytes = fs::read(desk.path("table.xlsx")).expect("it is written");
        let rows: Vec<Vec<String>> = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(csv.out.as_bytes())
            .records()
            .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
            .collect();
        let cells = cells(&bytes);
        assert!(rows.len() > 1, "{what}");
        assert_eq!(cells.iter().map(|row| row.iter().map(shown).collect()).collect::<Vec<Vec<_>>>(), rows, "{what}");
        assert_eq!(ran.out, format!("Written: table.xlsx, {} rows.\n", rows.len() - 1));
        // The same rows give the same bytes.
        assert_eq!(desk.run(&format!("export {what} --as-of 2026-02-10 --out again.xlsx")).status, status);
        assert_eq!(fs::read(desk.path("again.xlsx")).expect("it is written"), bytes, "{what}");
        let json = desk.run(&format!("export {what} --as-of 2026-02-10 --format json")).json();
        let list = if what == "due" { "items" } else { what };
        // A supervisor has a row for each registration.
        let rows_of = |one: &serde_json::Value| one["registrations"].as_array().map_or(1, |all| all.len().max(1));
        let expected: usize = json[list].as_array().expect("a list").iter().map(rows_of).sum();
        assert_eq!(expected, rows.len() - 1, "{what}");
    }
    let sessions = desk.run("export sessions --as-of 2026-02-10 --out sessions.xlsx");
    assert_eq!(sessions.status, 1);
    let cells = cells(&fs::read(desk.path("sessions.xlsx")).expect("it is written"));
    assert!(matches!(cells[1][2], Data::DateTime(_)) && matches!(cells[1][3], Data::Float(_)), "{:?}", cells[1]);
}

#[test]
fn sessions_say_whether_they_count() {
    let desk = Desk::of("examples/london");
    let all = desk.run("export sessions --as-of 2026-02-10").rows();
    let check = desk.run("check --as-of 2026-02-10 --format json").json();
    let mut judged = 0;
    for student in check["students"].as_array().expect("a list") {
        let (id, Some(counted)) = (&student["id"], student["sessions"]["counted"].as_u64()) else { continue };
        let theirs = || all.iter().filter(|row| Some(row.cell("student")) == id.as_str());
        let of =
            |kind: &'static str| theirs().filter(move |row| row.cell("kind") == kind && row.cell("counts") == "yes");
        assert_eq!(of("group").count() as u64, counted, "{id}");
        assert_eq!(Some(of("supervision").count() as u64), student["supervision"]["meetings"].as_u64(), "{id}");
        for missed in student["sessions"]["not_counted"].as_array().expect("a list") {
            let is_it = |row: &&crate::program::Row| {
                Some(row.cell("date")) == missed["date"].as_str()
                    && Some(row.cell("why_not")) == missed["reason"].as_str()
            };
            assert!(theirs().any(|row| is_it(&row)), "{id}: {missed}");
        }
        judged += 1;
    }
    assert!(judged > 10);
    let one = desk.run("export sessions --as-of 2026-02-10 --student marcus-idowu").rows();
    assert!(!one.is_empty() && one.iter().all(|row| row.cell("student") == "marcus-idowu"));
}

#[test]
fn a_plan_is_told_apart_from_what_was_held() {
    let desk = Desk::of("tests/cases/base");
    for (path, held, planned) in [
        (
            "sessions/tuesday-group.toml",
            "{ date = 2026-06-16, minutes = 90, present = 7 }",
            "{ date = 2026-06-16, minutes = 90, planned = true }",
        ),
        (
            "sessions/supervision-ashby.toml",
            "{ date = 2026-06-04, minutes = 60 }",
            "{ date = 2026-06-04, minutes = 60, planned = true }",
        ),
    ] {
        let text = desk.read(path);
        assert!(text.contains(held), "{text}");
        fs::write(desk.path(path), text.replace(held, planned)).expect("it can be written");
    }
    let of = |as_of: &str, log: &str, date: &str| {
        let rows = desk.run(&format!("export sessions --as-of {as_of}")).rows();
        let row = rows.iter().find(|row| row.cell("log") == log && row.cell("date") == date).expect("a row");
        ["planned", "counts", "why_not"].map(|heading| row.cell(heading).to_owned())
    };
    // Its day has come, and nobody has said that it was held.
    assert_eq!(of("2026-06-16", "tuesday-group", "2026-06-16"), ["yes", "no", "planned"]);
    assert_eq!(of("2026-06-16", "supervision-ashby", "2026-06-04"), ["yes", "no", "planned"]);
    assert_eq!(of("2026-06-15", "tuesday-group", "2026-06-16"), ["yes", "no", "to-come"]);
    assert_eq!(of("2026-05-01", "tuesday-group", "2026-04-28"), ["no", "yes", ""]);
    must(&desk.run("log tuesday-group --held 2026-06-16=7"), 0);
    must(&desk.run("log supervision-ashby --held"), 0);
    // The thirtieth came before the last.
    assert_eq!(of("2026-06-16", "tuesday-group", "2026-06-16"), ["no", "yes", ""]);
    assert_eq!(of("2026-06-16", "supervision-ashby", "2026-06-04"), ["no", "yes", ""]);
}

#[test]
fn no_text_becomes_a_formula() {
    let desk = Desk::of("tests/cases/base");
    for (id, name) in [("one", "=1+1"), ("two", "@SUM(A1)"), ("three", "+44"), ("four", "-1")] {
        assert_eq!(desk.run(&format!("new student {id} '--name={name}'")).status, 0);
    }
    assert_eq!(desk.run("export students --out table.xlsx").status, 0);
    let bytes = fs::read(desk.path("table.xlsx")).expect("it is written");
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.as_slice())).expect("a workbook");
    assert!(workbook.worksheet_formula("Students").expect("a sheet").is_empty());
    assert!(cells(&bytes).iter().flatten().any(|cell| *cell == Data::String("=1+1".to_owned())));
    assert!(desk.run("export students").out.contains(",'=1+1,"));
}

#[test]
fn a_workbook_is_never_shown() {
    let desk = Desk::of("tests/cases/base");
    let ran = desk.run("export students --format xlsx");
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert_eq!(ran.err, "gwp: a workbook cannot be shown here; name a file with --out\n");
    assert_eq!(desk.run("export students --out nowhere/table.csv").status, 2);
    assert_eq!(desk.run("export students --out table.json").status, 0);
    assert!(desk.read("table.json").starts_with("{\"version\""));
    assert_eq!(desk.run("export nothing").status, 2);
}

#[test]
fn nothing_is_written_under_an_ending_that_means_something_else() {
    let desk = Desk::of("examples/london");
    for ending in ["ics", "xls", "ods", "html", "txt"] {
        let ran = desk.run(&format!("export awards --as-of 2026-02-10 --out table.{ending}"));
        let said =
            format!("nothing is written as .{ending}; let the file end with .csv, .xlsx or .json, or say --format");
        assert!(ran.status == 2 && ran.err.contains(&said), "{}", ran.err);
        assert!(!desk.path(&format!("table.{ending}")).exists());
    }
    // Whoever says it gets it, and a name without an ending means nothing else.
    for words in ["table.txt --format csv", "table", "TABLE.CSV"] {
        let ran = desk.run(&format!("export courses --as-of 2026-02-10 --out {words}"));
        assert_eq!(ran.status, 0, "{words}: {}", ran.err);
        let name = words.split(' ').next().expect("a name");
        assert!(desk.read(name).starts_with("\u{feff}course,"), "{}", desk.read(name));
    }
}

#[test]
fn several_folders_go_into_one_table() {
    let program = crate::program::Program::at_the_top();
    let ran = program.run("export sessions examples/national --as-of 2026-02-10");
    assert!(ran.rows().iter().any(|row| row.cell("log").contains('/')), "{}", ran.err);
    let json = program.run("export sessions examples/national --as-of 2026-02-10 --format json").json();
    assert!(json["folders"].as_array().is_some_and(|folders| folders.len() > 1));
}

#[test]
fn a_record_with_an_error_is_in_no_register_and_no_export() {
    let log = "kind = \"group\"\ntitle = \"Open\"\norganisation = \"O\"\nsetting = \"health\"\naim = \"therapeutic\"\n\
               frequency = \"weekly\"\nconductors = [\"robin-ashby\"]\nsessions = [\n  { date = 2025-10-07, minutes = 90 },\n";
    let meetings = "kind: supervision\nsupervisor: kit-lowe\nsupervisees: [robin-ashby]\nmode: telephone\nsessions:\n  - { \
                    date: 2025-10-07, minutes: 60 }\n";
    let slips: [(&str, Vec<u8>); 4] = [
        ("slip.toml", format!("{log}  {{ date = 2025-10-14, minutes = 90, notes = left early }},\n]\n").into_bytes()),
        ("slip.toml", format!("{log}  {{ date = 2025-10-14, minutes = 90\n").into_bytes()),
        (
            "slip.yaml",
            format!("{meetings}  - {{ date: 2025-10-14, minutes: 60, notes: left early: ill }}\n").into_bytes(),
        ),
        ("slip.toml", [log.as_bytes(), b"  { date = 2025-10-14, minutes = 90, notes = \"\xff\" },\n]\n"].concat()),
    ];
    for (name, bytes) in slips {
        let desk = Desk::of("tests/cases/base");
        fs::write(desk.path(&format!("sessions/{name}")), bytes).expect("it can be written");
        let file = format!("sessions/{name}");
        for command in ["export sessions", "export sessions --format json", "list groups --format csv", "list groups"] {
            let ran = desk.run(command);
            if command.starts_with("list groups") && name.ends_with("yaml") {
                must(&ran, 0);
                continue;
            }
            must(&ran, 1);
            assert!(
                !ran.out.contains("slip,") && !ran.out.contains("\"slip\"") && ran.out.contains("tuesday-group"),
                "{}",
                ran.out
            );
            let said = format!("{} {}", ran.out, ran.err).split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(
                said.contains(&format!("with an error: {file}. \"gwp check --only problems\" says")),
                "{command}: {said}"
            );
        }
        let ran = desk.run("export due");
        must(&ran, 1);
        let who = "gwp: 1 student could not be judged and cannot be in this list: Robin Ashby.";
        assert!(ran.err.starts_with(who), "{}", ran.err);
        // Those who are in a register with a blank are named too.
        let ran = desk.run("export sessions --out table.xlsx");
        must(&ran, 1);
        assert!(ran.err.contains("so it is not said which sessions count: Robin Ashby"), "{}", ran.err);
    }
    let desk = Desk::of("tests/cases/base");
    for (record, what) in [("courses/york-2025.toml", "courses"), ("supervisors/kit-lowe.toml", "supervisors")] {
        let text = desk.read(record);
        fs::write(desk.path(record), format!("{text}colour = \"red\"\n")).expect("it can be written");
        let ran = desk.run(&format!("list {what} --format json"));
        must(&ran, 1);
        assert!(
            ran.err.contains(record) && !ran.out.contains("Kit Lowe") && !ran.out.contains("York Diploma"),
            "{}",
            ran.out
        );
        assert_eq!(ran.json()["left_out"], json!({ "records": [record], "students": [] }));
        if what == "courses" {
            let sessions = desk.run("export sessions --format json").json();
            assert_eq!(sessions["left_out"], json!({ "records": [], "students": ["robin-ashby"] }));
        }
        fs::write(desk.path(record), text).expect("it can be written");
        let whole = desk.run(&format!("list {what} --format json")).json();
        assert_eq!(whole.get("left_out"), None);
    }
}

#[test]
fn every_command_that_prints_tables_writes_them_into_a_file_too() {
    let desk = Desk::of("examples/london");
    for (words, endings) in [
        ("check --as-of 2026-02-10 --fail-on never", &["txt", "json", "csv", "md"][..]),
        ("due --as-of 2026-02-10", &["txt", "json", "csv", "md"]),
        ("list supervisors --as-of 2026-02-10 --student marcus-idowu", &["json", "csv"]),
        ("forecast --as-of 2026-02-10", &["csv"]),
        ("explain A2", &["json", "csv"]),
        ("show marcus-idowu --as-of 2026-02-10", &["txt", "md"]),
    ] {
        for ending in endings {
            let format = match *ending {
                "txt" => "table",
                "md" => "markdown",
                other => other,
            };
            let shown = desk.run(&format!("{words} --format {format}"));
            let ran = desk.run(&format!("{words} --out table.{ending}"));
            assert_eq!(
                (ran.status, &*ran.out, &ran.err),
                (shown.status, &*format!("Written: table.{ending}.\n"), &shown.err)
            );
            let text = fs::read_to_string(desk.path(&format!("table.{ending}"))).expect("text in UTF-8");
            // A spreadsheet is told that it is UTF-8; other programs need no mark.
            let mark = if *ending == "csv" { "\u{feff}" } else { "" };
            assert_eq!(text, format!("{mark}{}", shown.out), "{words} {ending}");
            assert!(!shown.out.starts_with('\u{feff}') && !shown.out.is_empty());
        }
        let refused = desk.run(&format!("{words} --out table.xls"));
        assert_eq!((refused.status, desk.path("table.xls").exists()), (2, false), "{words}");
        assert!(refused.err.contains("nothing is written as .xls"), "{}", refused.err);
    }
    for command in ["audit", "check", "diff", "due", "explain", "forecast", "history", "list", "show", "verify"] {
        let help = desk.run(&format!("{command} --help")).out;
        assert!(help.contains("--out <FILE>"), "{command}");
    }
    let bytes = fs::read(desk.path("table.csv")).expect("it is there");
    assert_eq!(bytes[..3], *b"\xef\xbb\xbf");
    assert_eq!(desk.run("export courses --as-of 2026-02-10 --out table.csv").status, 0);
    assert_eq!(fs::read(desk.path("table.csv")).expect("it is there")[..3], *b"\xef\xbb\xbf");
}

#[test]
fn numbers_stand_in_columns_of_their_own_and_a_registration_in_a_row() {
    let desk = Desk::of("examples/london");
    let rows = desk.run("list students --as-of 2026-02-10 --format csv").rows();
    let row = rows.iter().find(|row| row.cell("student") == "amina-warsame").expect("a row");
    assert_eq!([row.cell("sessions_counted"), row.cell("sessions_required")], ["33", "30"]);
    let rows = desk.run("list supervisors --as-of 2026-02-10 --format csv").rows();
    let of = |id: &str| {
        let cells = ["registration_body", "registration_number", "registration_checked", "registration_expires"];
        let rows = rows.iter().filter(move |row| row.cell("supervisor") == id);
        rows.map(move |row| cells.map(|key| row.cell(key).to_owned())).collect::<Vec<_>>()
    };
    assert_eq!(
        of("carys-bevan"),
        [["BACP", "B-118203", "2024-11-12", "2025-10-31"], ["BACP", "B-118203", "2025-10-14", "2026-10-31"],]
    );
    assert_eq!(of("annika-solberg"), [["", "", "", ""]]);
}

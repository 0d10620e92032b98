//! Workbooks as people and other programs leave them: what is beside a number, and what is odd in the rest of the file.

use std::io::{Cursor, Read as _, Write as _};

use rust_xlsxwriter::{Format, Note, Workbook, Worksheet};

use crate::importing::{desk, entries, flat, must};

/// The first sheet of a new workbook, filled in by a function.
fn book(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().expect("it can be saved")
}

fn row(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in cells.iter().enumerate() {
        let column = u16::try_from(column).expect("small");
        match cell.parse::<f64>() {
            Ok(number) => sheet.write_number(row, column, number),
            Err(_) => sheet.write_string(row, column, *cell),
        }
        .expect("there is room");
    }
}

/// A workbook with the bytes of its parts changed; a part without any is taken out.
fn repacked(bytes: &[u8], change: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..from.len() {
        let mut part = from.by_index(number).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("bytes");
        let changed = change(&name, bytes);
        if !changed.is_empty() {
            to.start_file(&name, zip::write::SimpleFileOptions::default()).expect("it fits");
            to.write_all(&changed).expect("it fits");
        }
    }
    to.finish().expect("a zip").into_inner()
}

const IMPORT: &str = "import book.xlsx --into open-group --as-of 2026-06-01";

#[test]
fn numbers_are_read_as_they_are_shown() {
    let bytes = book(|sheet| {
        row(sheet, 0, &["Date", "Length", "Present"]);
        for (at, (day, length)) in
            [("7 Oct 2025", 74.999_999_999_999_89), ("14 Oct 2025", 60.000_000_000_000_01), ("21 Oct 2025", 89.6)]
                .iter()
                .enumerate()
        {
            let at = u32::try_from(at).expect("small") + 1;
            row(sheet, at, &[day, "", "7"]);
            sheet.write_number(at, 1, *length).expect("there is room");
        }
        sheet.write_number_with_format(3, 1, 89.6, &Format::new().set_num_format("0")).expect("there is room");
    });
    let sheet = desk("book.xlsx", &bytes);
    must(&sheet.run(&format!("{IMPORT} --write")), 0);
    let wanted = [75, 60, 90].map(|minutes| format!("minutes = {minutes}, present = 7"));
    for (entry, wanted) in entries(&sheet).iter().zip(wanted) {
        assert!(entry.ends_with(&wanted), "{entry}");
    }
    // A sum that comes out a little below 15 is 15: minutes or hours, nobody knows.
    let bytes = book(|sheet| {
        row(sheet, 0, &["Date", "Length"]);
        row(sheet, 1, &["7 Oct 2025"]);
        sheet.write_number(1, 1, 14.999_999_999_999_98).expect("there is room");
        row(sheet, 2, &["14 Oct 2025"]);
        sheet.write_number_with_format(2, 1, 90, &Format::new().set_num_format("0\" min\"")).expect("there is room");
        let digits = Format::new().set_num_format("000000");
        sheet
            .write_number_with_format(3, 0, 41_025, &digits)
            .and_then(|sheet| sheet.write_number(3, 1, 90))
            .expect("there is room");
    });
    let ran = desk("book.xlsx", &bytes).run(IMPORT);
    must(&ran, 1);
    for line in [
        "B2 unclear \"15\" could be minutes or hours",
        "A3 new session of 14 October 2025, 90 minutes",
        "A4 unclear \"041025\" does not show where the day, the month and the year begin",
    ] {
        let said = flat(&ran).replace("B2 unclear 15", "B2 unclear \"15\"");
        assert!(said.contains(line), "{line}\n{said}");
    }
    let bytes = book(|sheet| {
        row(sheet, 0, &["Name", "Registered with", "Registration number"]);
        row(sheet, 1, &["Ada Vale", "BACP"]);
        let padded = Format::new().set_num_format("00000000");
        sheet.write_number_with_format(1, 2, 1234, &padded).expect("there is room");
    });
    let people = desk("book.xlsx", &bytes);
    must(&people.run("import book.xlsx --into supervisors --write"), 0);
    assert!(people.read("supervisors/ada-vale.toml").contains("number = \"00001234\""));
}

/// Three sessions, the second and third of which somebody has marked.
fn marked() -> Vec<u8> {
    book(|sheet| {
        row(sheet, 0, &["Date", "Mins", "Present"]);
        row(sheet, 1, &["7 Oct 2025", "90", "7"]);
        row(sheet, 2, &["14 Oct 2025", "90", "7"]);
        sheet.insert_note(2, 1, &Note::new("cancelled - snow").set_author("Ruth")).expect("there is room");
        let struck = Format::new().set_font_strikethrough();
        sheet.write_string_with_format(3, 0, "21 Oct 2025", &struck).expect("there is room");
        sheet.write_number_with_format(3, 1, 90, &struck).expect("there is room");
        sheet.write_number_with_format(3, 2, 7, &struck).expect("there is room");
    })
}

#[test]
fn comments_and_struck_cells_are_named_and_not_held() {
    let desk = desk("book.xlsx", &marked());
    let before = desk.files();
    let ran = desk.run(&format!("{IMPORT} --write"));
    must(&ran, 1);
    for line in [
        "A2 new session of 7 October 2025",
        "B3 unclear a comment on this cell says \"cancelled - snow\"",
        "A4 unclear this cell is struck through",
    ] {
        assert!(flat(&ran).contains(line), "{line}\n{}", ran.out);
    }
    assert_eq!(desk.files(), before);
}

/// A workbook of two sheets, the second with a session.
fn two_sheets() -> Vec<u8> {
    let mut book = Workbook::new();
    row(book.add_worksheet().set_name("Overview").expect("a name"), 0, &["Groups of the course", "3"]);
    let log = book.add_worksheet().set_name("Log").expect("a name");
    row(log, 0, &["Date", "Mins", "Present"]);
    row(log, 1, &["7 Oct 2025", "90", "7"]);
    row(log, 2, &["14 Oct 2025", "90", "6"]);
    book.save_to_buffer().expect("it can be saved")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("text")
}

#[test]
fn what_is_odd_elsewhere_in_a_workbook_does_not_matter() {
    let utf16 = |text: &str| -> Vec<u8> {
        let text = format!("\u{feff}{}", text.replace("UTF-8", "UTF-16"));
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    };
    let is_log = |name: &str| name == "xl/worksheets/sheet2.xml";
    let book = two_sheets();
    let odd = [
        // A relation that leads nowhere, a sheet of macros, parts in UTF-16, rows in another order.
        repacked(&book, |name, bytes| if name == "xl/worksheets/sheet1.xml" { Vec::new() } else { bytes }),
        repacked(&book, |name, bytes| match name {
            "xl/_rels/workbook.xml.rels" => {
                text(bytes).replacen("relationships/worksheet", "relationships/xlMacrosheet", 1).into()
            }
            _ => bytes,
        }),
        repacked(&book, |name, bytes| if name.rsplit('.').next() == Some("xml") { utf16(&text(bytes)) } else { bytes }),
        repacked(&book, |name, bytes| {
            if !is_log(name) {
                return bytes;
            }
            let sheet = text(bytes);
            let (start, rest) = sheet.split_once("<row ").expect("rows");
            let (rows, end) = rest.split_once("</sheetData>").expect("an end");
            let mut rows: Vec<_> = rows.split("<row ").collect();
            rows.reverse();
            format!("{start}<row {}</sheetData>{end}", rows.join("<row ")).into()
        }),
        repacked(
            &book,
            |name, bytes| if name == "xl/worksheets/sheet1.xml" { b"<worksheet><sheet".to_vec() } else { bytes },
        ),
    ];
    for bytes in odd {
        let desk = desk("book.xlsx", &bytes);
        must(&desk.run(&format!("{IMPORT} --sheet log --write")), 0);
        assert_eq!(entries(&desk).len(), 2);
    }
    // What is asked for and cannot be read is named.
    for (bytes, why) in [
        (
            repacked(&book, |name, bytes| if is_log(name) { b"<worksheet><row".to_vec() } else { bytes }),
            "its part xl/worksheets/sheet2.xml is damaged",
        ),
        (
            repacked(&book, |name, bytes| if is_log(name) { Vec::new() } else { bytes }),
            "names a sheet \"Log\" whose cells are not in the file",
        ),
    ] {
        let ran = desk("book.xlsx", &bytes).run(&format!("{IMPORT} --sheet Log"));
        must(&ran, 2);
        assert!(ran.err.contains(why) && ran.err.lines().count() == 1, "{}", ran.err);
    }
}

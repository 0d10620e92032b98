//! Tables that would harm whoever imports them: too large, damaged, untrue about themselves, or written to be shown.

use std::fs;
use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use crate::file;
use crate::importing::{desk, entries, must};

/// A workbook with the text of its parts changed.
fn repacked(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..from.len() {
        let mut part = from.by_index(number).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).expect("text");
        to.start_file(&name, zip::write::SimpleFileOptions::default()).expect("it fits");
        to.write_all(change(&name, text).as_bytes()).expect("it fits");
    }
    to.finish().expect("a zip").into_inner()
}

#[test]
fn hostile_files_come_to_an_end() {
    let packed = |parts: &[(&str, &[u8], usize)]| {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes, times) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("it fits");
            for _ in 0..*times {
                zip.write_all(bytes).expect("it fits");
            }
        }
        zip.finish().expect("a zip").into_inner()
    };
    let bomb = packed(&[("xl/sharedStrings.xml", &vec![b' '; 1 << 20], 64)]);
    let mut far = Workbook::new();
    far.add_worksheet().write(0, 0, "Date").and_then(|page| page.write(1_048_575, 16_383, "x")).expect("it fits");
    let far = far.save_to_buffer().expect("a workbook");
    let quotes = [b"Date,Notes\n".as_slice(), b"7 Oct 2025,\"never closed\n".repeat(50).as_slice()].concat();
    let rows = [b"Date\n".as_slice(), b"7 Oct 2025\n".repeat(3000).as_slice()].concat();
    for (name, bytes, why) in [
        ("bomb.xlsx", bomb.as_slice(), "is larger, unpacked, than a table of records is"),
        ("far.xlsx", far.as_slice(), "has more than 200 columns"),
        ("cut.xlsx", &far[..far.len() / 2], "is no workbook that can be read"),
        ("other.zip", &packed(&[("a.txt", b"x", 1)]), "is no workbook that can be read"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "before 2007"),
        ("quotes.csv", &quotes, "quotation mark"),
        ("rows.csv", &rows, "has more than 2000 rows"),
        ("nothing.csv", b"", "no row with headings"),
        ("bytes.csv", b"Date\0", "is neither text nor a workbook"),
        ("large.csv", &vec![b'x'; 8 * 1024 * 1024 + 1], "is larger than 8 MiB"),
    ] {
        let desk = desk(name, bytes);
        let ran = desk.run(&format!("import {name} --into open-group --write"));
        must(&ran, 2);
        assert!(ran.err.contains(why) && ran.err.lines().count() == 1, "{name}: {}", ran.err);
    }
}

#[test]
fn what_a_sheet_says_of_its_own_size_does_not_matter() {
    let bytes = fs::read(file("tests/suite/tables/sheetjs.xlsx")).expect("it is there");
    for size in ["E11:A1", "A1", "A1:XFD1048576"] {
        let lying = repacked(&bytes, |_, text| text.replace("ref=\"A1:E11\"", &format!("ref=\"{size}\"")));
        let desk = desk("lying.xlsx", &lying);
        must(&desk.run("import lying.xlsx --into open-group --write"), 0);
        assert_eq!(entries(&desk).len(), 7, "{size}");
    }
}

#[test]
fn text_of_a_table_is_shown_escaped() {
    let desk =
        desk("autumn.csv", "Date,Mins,Notes,\u{1b}[31mRoom\n7 Oct 2025,90,\u{1b}[2J,1\nx\u{202e}y,90,,1\n".as_bytes());
    let ran = desk.run("import autumn.csv --into open-group --map D=");
    must(&ran, 1);
    let shown = ran.out + &ran.err;
    assert!(!shown.contains(['\u{1b}', '\u{202e}']) && shown.contains("\\u{1b}[31mRoom"), "{shown}");
}

proptest! {
    #[test]
    fn a_damaged_workbook_comes_to_an_end(part in 0_usize..20, changes in prop::collection::vec((any::<u16>(), any::<u8>()), 1..6)) {
        let bytes = fs::read(file("tests/suite/tables/openpyxl.xlsx")).expect("it is there");
        let number = std::cell::Cell::new(0);
        let damaged = repacked(&bytes, |_, text| {
            let is_it = number.replace(number.get() + 1) == part % 9;
            let mut bytes = text.into_bytes();
            for (at, byte) in changes.iter().filter(|_| is_it) {
                let at = usize::from(*at) % bytes.len();
                bytes[at] = *byte & 0x7f;
            }
            String::from_utf8(bytes).expect("all of it is ASCII")
        });
        if let Ok(grids) = gwp::spreadsheet::read(&damaged, gwp::spreadsheet::Sheets::First, gwp::spreadsheet::Target::Group) {
            let _ = gwp::spreadsheet::Columns::find(&grids[0], gwp::spreadsheet::Target::Group, &[]);
        }
    }
}

//! What people and spreadsheets are given of a small folder, one of whose names is out to deceive.

#![allow(clippy::unwrap_used, reason = "what a test is written with is there")]

use unicode_width::UnicodeWidthStr;

use super::{Layout, write_csv, write_markdown, write_text};
use crate::Folder;
use crate::calendar::Day;
use crate::edition::Code;
use crate::folder::Selection;

use crate::reports::{
    Agenda, Audience, CasePage, Column, Eligibility, Explanation, Listed, RegisterKind, Report, Sheet, Summary,
    due_data, or_narrow, overdue,
};
use crate::text::{Locator, Source, Text, is_deceptive};

const AS_OF: &str = "2026-02-10";

/// Files in order of path.
const FILES: [(&str, &str); 9] = [
    (
        "courses/derby-2025.toml",
        r#"
name = "Derby Diploma"
convenor = "Ruth Lomas"
email = "convenor@example.org"
starts = 2025-09-27
ends = 2026-07-11
lcc_meetings = [2025-11-29, 2026-02-21]
terms = [{ name = "Autumn", starts = 2025-09-27, ends = 2025-12-13 }]
"#,
    ),
    ("gwp.toml", ""),
    (
        "sessions/supervision.toml",
        r#"
kind = "supervision"
supervisor = "maud-ellery"
supervisees = ["wren-sayer"]
mode = "face-to-face"
sessions = [
  { date = 2026-01-12, minutes = 60 },
  { date = 2026-01-26, minutes = 45 },
  { date = 2026-02-02, minutes = 60 },
]
"#,
    ),
    (
        "sessions/tuesday.toml",
        r#"
kind = "group"
title = "Tuesday group"
organisation = "Mill Lane surgery"
setting = "health"
aim = "therapeutic"
frequency = "weekly"
conductors = ["wren-sayer"]
sessions = [
  { date = 2026-01-13, minutes = 90, present = 7 },
  { date = 2026-01-20, minutes = 90, present = 0 },
  { date = 2026-01-27, minutes = 90, present = 6 },
  { date = 2026-02-03, minutes = 90, present = 6 },
]
"#,
    ),
    ("students/ash-cole.toml", "name = \"=HYPERLINK(\\\"x\\\")\\u001b[31m\\u202e|<b>*\"\ncourse = \"derby-2025\"\n"),
    ("students/lost-one.toml", "name = \"Lost One\"\ncourse = \"nowhere\"\n"),
    (
        "students/wren-sayer.toml",
        r#"
name = "Wren Sayer"
course = "derby-2025"
form1 = { submitted = 2025-11-20 }
[[arrangement]]
group = "tuesday"
supervisor = "maud-ellery"
from = 2026-01-05
confirmed = 2025-11-21
medical_cover = "not-needed"
clinical_responsibility = { holder = "Dr Ives", agreed = 2025-11-01 }
[[insurance]]
from = 2025-10-01
[[wrg]]
supervisor = "noel-harker"
from = 2025-09-27
presentations = [2025-12-05]
[[decision]]
body = "LCC"
about = "arrangements"
date = 2025-11-29
outcome = "approved"
[[report]]
form = "WRG2"
due = 2026-01-31
received = 2026-01-30
by = "noel-harker"
"#,
    ),
    (
        "supervisors/maud-ellery.toml",
        r#"
name = "Maud Ellery"
email = "maud.ellery@example.org"
group_analyst = true
registrations = [{ body = "UKCP", number = "123", checked = 2025-10-01, expires = 2026-10-01 }]
"#,
    ),
    ("supervisors/noel-harker.toml", "name = \"Noel Harker\"\n"),
];

const REGISTERS: [RegisterKind; 5] = [
    RegisterKind::Students,
    RegisterKind::Supervisors,
    RegisterKind::Groups,
    RegisterKind::Courses,
    RegisterKind::Awards,
];

/// Everything that is printed of the folder: the tables of a check, each on its own, and the pages.
struct Printed {
    check: Vec<Sheet>,
    all: Vec<Vec<Sheet>>,
}

fn printed() -> Printed {
    let sources: Vec<_> = FILES
        .iter()
        .map(|(path, text)| Source { path: Text::new(*path), content: Ok((*text).to_owned().into()) })
        .collect();
    let folder = Folder::of_sources(Text::new("derby"), sources, &|_| true);
    let as_of = Day::parse(AS_OF).unwrap();
    let judged = folder.judge(as_of).unwrap();
    let mut eligibility = Eligibility::new(&judged);
    let mut agenda = Agenda::new(&judged, None);
    let mut all = Vec::new();
    let mut locator = Locator::new(&folder.sources);
    let mut locate =
        |place: crate::text::SourcePath| (FILES[place.file.0 as usize].0.to_owned(), locator.place(place).0);
    let everybody = Selection::default();
    let roster = judged.roster(&everybody, &mut |result, judgement| {
        all.push(CasePage::of(&judged, result, judgement, Audience::AtTerminal, &mut locate).sheets());
        eligibility.add(None, result, judgement);
        if let Some(judgement) = judgement {
            agenda.add(None, result, judgement);
        }
    });
    for kind in REGISTERS {
        let listed = Listed::of(kind, &judged, &everybody);
        all.extend([listed.sheets(), vec![listed.data()]]);
    }
    let explanation = Explanation { scheme: crate::edition::Scheme::default(), variations: &[], on: as_of };
    all.extend(Code::all().map(|code| explanation.sheets(code)));
    all.extend([explanation.list(), vec![explanation.data(None)]]);
    all.extend([vec![eligibility.data()], vec![agenda.data()], vec![due_data(&roster.overdue(), roster.as_of, None)]]);
    let mut check = eligibility.sheets();
    check.extend(agenda.sheets());
    check.push(overdue(&roster));
    check.push(Summary::of(&judged).sheet());
    all.push(check.clone());
    Printed { check, all }
}

fn layout(width: usize) -> Layout {
    Layout { width, colour: false }
}

fn text(sheets: &[Sheet], layout: Layout) -> String {
    let mut out = Vec::new();
    write_text(sheets, layout, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn csv(sheets: &[Sheet]) -> String {
    let mut out = Vec::new();
    write_csv(sheets, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn markdown(sheets: &[Sheet]) -> String {
    let mut out = Vec::new();
    write_markdown(sheets, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_tables_of_a_check() {
    compare("check", &printed().check);
}

#[test]
fn the_page_of_a_student() {
    compare("page", &printed().all[2]);
}

/// Compares text at 80 columns with what is kept beside the other snapshots.
fn compare(name: &str, sheets: &[Sheet]) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../tests/suite/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("render-{name}"), text(sheets, layout(80))));
}

#[test]
fn no_line_is_wider_than_the_layout() {
    for width in [24, 40, 60, 79, 80, 100, 120, 200] {
        for sheets in printed().all {
            for line in text(&sheets, layout(width)).lines() {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }
}

#[test]
fn a_heading_is_whole_where_there_is_room_for_all() {
    let columns = [
        or_narrow(Column::fixed("Supervision", "supervision", |()| "6 late".into()), "Superv."),
        Column::fixed("Name", "name", |()| "Wren Sayer".into()),
    ];
    let sheet = [Sheet::new("").with_rows(&columns, [()])];
    let heading = |width| text(&sheet, layout(width)).lines().next().unwrap_or_default().to_owned();
    assert_eq!([heading(22), heading(21)], ["Supervision Name", "Superv.  Name"]);
    assert!(markdown(&sheet).contains("Supervision"));
}

#[test]
fn nothing_acts_on_the_terminal() {
    for sheets in printed().all {
        for printed in [text(&sheets, layout(80)), csv(&sheets), markdown(&sheets)] {
            assert!(
                !printed.chars().any(|character| !"\n\u{200c}\u{200d}".contains(character) && is_deceptive(character)),
                "{printed}"
            );
        }
    }
}

#[test]
fn colour_changes_nothing_but_colour() {
    let with = text(&printed().check, Layout { colour: true, ..layout(80) });
    let without = anstream::adapter::strip_str(&with).to_string();
    assert_ne!(with, without);
    assert_eq!(without, text(&printed().check, layout(80)));
}

#[test]
fn no_name_runs_as_a_formula() {
    for sheets in printed().all {
        let printed = csv(&sheets);
        let mut reader = csv::ReaderBuilder::new().from_reader(printed.as_bytes());
        for record in reader.records() {
            for field in &record.unwrap() {
                let is_number = field.parse::<i64>().is_ok();
                assert!(is_number || !field.starts_with(['=', '+', '-', '@']), "{field}");
            }
        }
    }
    let eligibility = printed().all.iter().map(|sheets| csv(sheets)).find(|csv| csv.contains("steps_more"));
    assert!(eligibility.unwrap().contains("\"'=HYPERLINK(\"\"x\"\")\\u{1b}[31m\\u{202e}|<b>*\""));
}

#[test]
fn a_row_of_markdown_is_one_line_without_syntax_of_its_own() {
    let printed = markdown(&printed().check);
    assert!(printed.contains("| \\=HYPERLINK(\"x\")\\\\u{1b}\\[31m\\\\u{202e}\\|&lt;b&gt;\\* |"), "{printed}");
}

#[test]
fn each_entry_of_a_list_has_a_mark_and_hangs_under_its_own_words() {
    let list = vec!["None yet: open.".to_owned(), "*One* that is there: met.".to_owned()];
    let sheets = [Sheet { lead: vec!["It is judged.".to_owned()], list, ..Sheet::new("") }];
    assert_eq!(text(&sheets, layout(14)), "It is judged.\n- None yet:\n  open.\n- *One* that\n  is there:\n  met.\n");
    let mut out = Vec::new();
    crate::render::write_markdown(&sheets, &mut out).unwrap();
    let markdown = String::from_utf8(out).unwrap();
    assert_eq!(markdown, "It is judged.\n\n- None yet: open.\n- \\*One\\* that is there: met.\n\n");
}

#[test]
fn a_title_of_two_lines_is_underlined_once() {
    let layout = Layout { width: 12, colour: false };
    let mut out = Vec::new();
    write_text(&[Sheet::part("For the meeting", Vec::new())], layout, &mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), "For the\nmeeting\n=======\n");
}

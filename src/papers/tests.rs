//! What a page is made of, where no record can show it.

#![allow(clippy::unwrap_used, reason = "what a test is written with is there")]

use super::paper::{Block, Paper, Section, Tag};
use super::{OwnParts, html, paper};
use crate::reports::{Cell, Column, Sheet, Tone};

fn page(title: &str, blocks: Vec<Block>) -> String {
    let section = Section { title: "One".to_owned(), blocks, ..Section::default() };
    let paper = Paper { title: title.to_owned(), about: Vec::new(), sections: vec![section], foot: Vec::new() };
    html(&paper, &OwnParts::default()).unwrap()
}

#[test]
fn the_running_head_stays_within_its_quotation_marks() {
    let page = page("Anna \"A\" </style> } \\", Vec::new());
    let (_, head) = page.split_once("@top-left { content: \"").unwrap();
    let (head, _) = head.split_once("\"; }").unwrap();
    assert_eq!(head, "Anna \\22 A\\22  \\3c \\2f style\\3e  \\7d  \\5c ");
    assert_eq!(page.matches("</style>").count(), 1);
}

#[test]
fn the_shares_of_the_verdicts_fill_the_bar() {
    let verdict = |word, count| (paper::Tag { word, tone: Tone::Plain }, "what it means", count);
    let page = page("P", vec![Block::Verdicts(vec![verdict("a", 1), verdict("b", 2), verdict("c", 4)])]);
    let widths: Vec<usize> = page
        .split("<rect class=\"plain\"")
        .skip(1)
        .map(|rest| rest.split("width=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap())
        .collect();
    assert_eq!((widths.as_slice(), widths.iter().sum::<usize>()), (&[142, 286, 572][..], 1000));
}

#[test]
fn what_stands_below_a_row_stands_below_it_and_evidence_beside() {
    let columns = [
        Column::fixed("Name", "name", |row: &(&str, &str)| row.0.into()),
        Column::below("Why", "why", |row| row.1.into()),
        Column::below("Evidence", "evidence", |_| Cell::text("a.toml:3")),
    ];
    let sheet = Sheet::new("T").with_toned_rows(&columns, [("x", "late"), ("y", "")], |_| Tone::Bad);
    let page = page("P", vec![Block::ToDecide(sheet)]);
    assert_eq!(page.matches("<tr class=\"below\">").count(), 1, "an empty cell needs no line");
    assert!(page.contains("<dt>Why</dt><dd><span class=\"entry\">late</span></dd>"));
    assert!(page.contains(
        "<td class=\"evidence\"><span class=\"entry\">a.toml:3</span></td><td class=\"minute\" rowspan=\"2\">"
    ));
    assert!(page.contains("<td colspan=\"2\">"), "the room for the decision goes on beside it");
    assert_eq!(page.matches("<span class=\"mark\" aria-hidden=\"true\">▲</span>").count(), 2);
}

#[test]
fn as_text_a_paper_is_its_tables() {
    let columns = [Column::fixed("Name", "name", |row: &&str| (*row).into())];
    let sheet = Sheet::part("Inner", Vec::new()).with_rows(&columns, ["x"]);
    let section = Section {
        title: "One".to_owned(),
        tag: Some(Tag { word: "ready", tone: Tone::Good }),
        blocks: vec![
            Block::Table(sheet),
            Block::Progress { counted: 3, required: 30, words: "3 of 30 sessions".to_owned(), is_said: false },
            Block::Verdicts(Vec::new()),
        ],
        begins_page: true,
        folded: None,
    };
    let foot = vec!["The end.".to_owned()];
    let paper = Paper { title: "P".to_owned(), about: vec![("Course", "C".to_owned())], sections: vec![section], foot };
    let told: Vec<_> = paper.sheets().into_iter().map(|sheet| (sheet.title, sheet.opens_part, sheet.lead)).collect();
    let sentences = |words: &str| vec![words.to_owned()];
    assert_eq!(
        told,
        [
            ("P".to_owned(), true, sentences("Course: C.")),
            ("One".to_owned(), true, Vec::new()),
            ("Inner".to_owned(), false, Vec::new()),
            (String::new(), false, sentences("3 of 30 sessions.")),
            ("About this paper".to_owned(), true, sentences("The end.")),
        ]
    );
}

#[test]
fn a_name_written_from_right_to_left_stands_by_itself() {
    for (said, stands) in [
        ("דוד לוי: 3 of 30 sessions", "\u{2068}דוד לוי\u{2069}: 3 of 30 sessions"),
        ("4. ליאת בן-דוד", "4. \u{2068}ליאת בן-דוד\u{2069}"),
        ("נועם, مريم and Ann", "\u{2068}נועם\u{2069}, \u{2068}مريم\u{2069} and Ann"),
        ("Zoë Ó Briain: 3 of 30", "Zoë Ó Briain: 3 of 30"),
    ] {
        let page = page("P", vec![Block::Table(Sheet { lead: vec![said.to_owned()], ..Sheet::new("") })]);
        assert!(page.contains(&format!("<p>{stands}</p>")), "{said}");
    }
}

//! Letters to students: nothing in them is about anybody else, whatever is written in the records and however it is written.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use crate::desk::Desk;
use crate::read_papers::{has, markdown};

/// What stands in each text that others wrote for each other.
const SECRET: &str = "Perpetua";

/// Reasons as people write them: with a colon, in brackets, with quotation marks, with a bracket before it, as a single word.
const REASONS: [&str; 6] = [
    "Perpetua: her mother is in hospital",
    "(Perpetua, again)",
    "ill (Perpetua)",
    "Perpetua said \\\"no\\\"; the rest came",
    "see 5 February 2026 (Perpetua)",
    "Perpetua",
];

/// The days on which the letters are read: in the first term, at two meetings, when most is decided.
const DAYS: [&str; 4] = ["2025-12-06", "2026-02-10", "2026-05-30", "2026-10-01"];

/// Changes every text under a key to what `instead` makes of its number.
fn with_texts(desk: &Desk, keys: &[&str], instead: impl Fn(usize) -> String) -> usize {
    let mut number = 0;
    for (path, bytes) in desk.files() {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let lines = text.lines().map(|line| {
            let Some((at, key)) = keys.iter().find_map(|key| Some((line.find(&format!("{key} = \""))?, key))) else {
                return line.to_owned();
            };
            let (before, rest) = line.split_at(at + key.len() + 4);
            let (_, after) = rest.split_once('"').unwrap();
            number += 1;
            format!("{before}{}\"{after}", instead(number - 1))
        });
        let changed: Vec<_> = lines.collect();
        fs::write(desk.path(&path), changed.join("\n") + "\n").unwrap();
    }
    number
}

fn students(desk: &Desk) -> Vec<(String, String)> {
    let listed = desk.run("list students --format json --as-of 2026-02-10").json();
    let all = listed["students"].as_array().unwrap().iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    all.map(|one| (text(&one["id"]), text(&one["name"]))).collect()
}

#[test]
fn no_letter_tells_what_others_wrote_for_each_other() {
    let desk = Desk::london();
    let keys = ["cancelled", "reason", "concerns", "notes", "note"];
    let count = with_texts(&desk, &keys, |number| REASONS[number % REASONS.len()].to_owned());
    assert!(count > 30, "only {count}");
    // Some reason is of a gap in supervision, about which the letter has a sentence of its own.
    let shown = desk.run("show marcus-idowu --as-of 2026-02-10").out;
    has(&shown.split_whitespace().collect::<Vec<_>>().join(" "), "supervision cancelled on 22 January 2026 (");
    for (id, _) in students(&desk) {
        for (day, format) in DAYS.into_iter().flat_map(|day| ["markdown", "html"].map(|format| (day, format))) {
            let told = desk.run(&format!("paper student {id} --as-of {day} --format {format}")).out;
            assert!(!told.contains(SECRET), "{id}, {day}: {told}");
        }
    }
}

#[test]
fn no_letter_names_another_student() {
    let desk = Desk::london();
    // A conducting pair, of whom one misses supervision, and one session too.
    let students = students(&desk);
    for (id, own) in &students {
        for day in DAYS {
            let told = desk.run(&format!("paper student {id} --as-of {day} --format markdown")).out;
            let other = students.iter().find(|(_, name)| name != own && told.contains(name));
            assert_eq!(other, None, "{id}, {day}: {told}");
        }
    }
}

#[test]
fn a_reason_takes_nothing_out_of_other_words() {
    let desk = Desk::london();
    // The reason is what a group's name ends with, and what the program itself puts into brackets.
    with_texts(&desk, &["cancelled"], |_| "staff".to_owned());
    let path = "sessions/carers-thursday.toml";
    let log = desk.read(path);
    let title = log.lines().find(|line| line.starts_with("title =")).unwrap();
    fs::write(desk.path(path), log.replacen(title, "title = \"Jungian (staff)\"", 1)).unwrap();
    let told = markdown(&desk, "paper student tariq-haddad");
    has(&told, "In \"Jungian (staff)\" 8 sessions count");
    has(&told, "| Jungian (staff) | Carys Bevan | 9 October 2025 |");
}

#[test]
fn what_others_wrote_changes_no_word_of_a_letter() {
    let desk = Desk::london();
    // One whose supervision was cancelled in a gap, one about whom a report raises a concern, one whose sessions were.
    let of = ["marcus-idowu", "tariq-haddad", "lewis-strachan"].map(|id| format!("paper student {id}"));
    let before = of.each_ref().map(|words| markdown(&desk, words));
    has(&before[0], "supervision cancelled on 22 January 2026 and 5 February 2026");
    has(&before[1], "| the LCC | it considers what the report of 29 January 2026 raises |");
    with_texts(&desk, &["cancelled", "concerns"], |number| REASONS[number % REASONS.len()].to_owned());
    assert_eq!(of.each_ref().map(|words| markdown(&desk, words)), before);
}

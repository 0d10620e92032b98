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
    // Of a conducting pair one misses supervision, and one session too.
    without(&desk, SUPERVISION, "siobhan-keane", &["2026-01-12", "2026-01-26", "2026-02-09"]);
    without(&desk, GROUP, "siobhan-keane", &["2026-01-15"]);
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

/// The logs of two students who conduct a group together.
const SUPERVISION: &str = "sessions/supervision-carers.yaml";
const GROUP: &str = "sessions/carers-thursday.toml";

/// Writes into a log that somebody was away on some days.
fn without(desk: &Desk, log: &str, who: &str, days: &[&str]) {
    let away = if log == SUPERVISION { format!(", absent: [{who}] }}") } else { format!(", absent = [\"{who}\"] }}") };
    let mut count = 0;
    let text = desk.read(log);
    let lines = text.lines().map(|line| {
        if !days.iter().any(|day| line.contains(day)) {
            return format!("{line}\n");
        }
        count += 1;
        format!("{}\n", line.replacen(" }", &away, 1))
    });
    let changed: String = lines.collect();
    assert_eq!(count, days.len());
    fs::write(desk.path(log), changed).unwrap();
}

/// The lines that one letter has and another has not.
fn only_in<'l>(one: &'l str, other: &str) -> Vec<&'l str> {
    one.lines().filter(|line| !other.lines().any(|there| there == *line)).collect()
}

#[test]
fn a_letter_is_the_same_whether_or_not_the_partner_was_away() {
    let letters = |desk: &Desk| {
        let days = DAYS.into_iter().flat_map(|day| ["markdown", "html"].map(|format| (day, format)));
        let told = days.map(|(day, format)| {
            let ran = desk.run(&format!("paper student tariq-haddad --as-of {day} --format {format}"));
            assert_eq!(ran.status, 0, "{}", ran.err);
            ran.out
        });
        told.collect::<Vec<_>>()
    };
    let before = letters(&Desk::london());
    // Between the meetings of 12 January and 9 February nothing falls due, and a session of one conductor is one.
    let desk = Desk::london();
    without(&desk, SUPERVISION, "siobhan-keane", &["2026-01-26"]);
    without(&desk, GROUP, "siobhan-keane", &["2026-01-15"]);
    for (before, after) in before.iter().zip(letters(&desk)) {
        assert_eq!((only_in(before, &after), only_in(&after, before)), (vec![], vec![]));
    }
}

#[test]
fn a_letter_tells_that_joint_supervision_is_due_and_not_since_when() {
    let (with, away) = (Desk::london(), Desk::london());
    let letter = |desk: &Desk, day: &str| {
        let ran = desk.run(&format!("paper student tariq-haddad --as-of {day} --format markdown"));
        assert_eq!(ran.status, 0, "{}", ran.err);
        ran.out
    };
    // They meet again on 16 February, which nobody knows of the days before.
    for desk in [&with, &away] {
        let log = desk.read(SUPERVISION).trim_end().to_owned();
        fs::write(desk.path(SUPERVISION), log + "\n  - { date: 2026-02-16, minutes: 75 }\n").unwrap();
    }
    without(&away, SUPERVISION, "siobhan-keane", &["2026-01-12", "2026-01-26", "2026-02-09"]);
    has(
        &away.run("show tariq-haddad --as-of 2026-02-10 --format markdown").out,
        "no joint supervision since 8 December 2025",
    );
    // Nothing else is otherwise: neither a day, nor a word about a meeting.
    let no_longer = ["A committee has a question to decide. The table below says which."];
    let due = [
        "Something is missing that can still be put right. The table below says what, and from whom.",
        "### What is missing now",
        "| you and Carys Bevan | joint supervision is due: please meet together with your co-conductor |  |",
    ];
    let (before, told) = (letter(&with, "2026-02-10"), letter(&away, "2026-02-10"));
    assert_eq!((only_in(&before, &told), only_in(&told, &before)), (no_longer.to_vec(), due.to_vec()));
    // On the last day on which it is no lapse nothing is said yet.
    for (day, is_due) in [("2026-02-07", false), ("2026-02-08", true)] {
        assert_eq!(letter(&away, day).contains("joint supervision"), is_due, "{day}: {}", letter(&away, day));
    }
    // Once they have met, the committee considers it.
    let (before, told) = (letter(&with, "2026-02-18"), letter(&away, "2026-02-18"));
    let considered =
        "| the LCC | it considers how often there was joint supervision | at its meeting of 28 February 2026 |";
    assert_eq!((only_in(&before, &told), only_in(&told, &before)), (vec![], vec![considered]));
    // What it is ruled on is nothing that the student can mend, and a ruling names no day of a meeting.
    let ran = away.run("rule tariq-haddad S7 refused --of 2026-02-16 --on 2026-02-18 --body LCC --as-of 2026-02-18");
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    let told = letter(&away, "2026-02-18");
    has(&told, "| Ifeoma Castle, convenor | the committee did not accept how often there was joint supervision |  |");
    has(&told, "| 18 February 2026 | LCC | joint supervision | refused |  |");
    for day in ["16 February 2026", "since 8 December", "from 8 December"] {
        let others = told.lines().filter(|line| !line.contains("Those that count are from"));
        assert!(others.clone().all(|line| !line.contains(day)), "{day}: {told}");
    }
    has(&away.run("show tariq-haddad --as-of 2026-02-18 --format markdown").out, "| 16 February 2026 |");
}

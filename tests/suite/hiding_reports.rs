//! What somebody would hide of a report: each deed has its name in it.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]
#![allow(clippy::too_many_lines, reason = "a list of deeds")]

use crate::hiding::{STUDENT, assert_found, awarded, commit, merge_as, remove, replace, text};
use crate::past::{gwp, list, word};

const JANUARY: &str = "form = \"GWP2\"\ndue = 2026-01-31\nreceived = 2026-02-15\nby = \"kit-lowe\"\n";

/// The report of January with its table of competencies.
fn january(text: &str) -> String {
    let begin = text.find(JANUARY).unwrap() - "[[report]]\n".len();
    let end = begin + text[begin + 2..].find("[[report]]").unwrap() + 2;
    text[begin..end].to_owned()
}

#[test]
fn a_rating_that_was_raised_is_found() {
    fn raised(text: &str) -> String {
        let was = january(text);
        text.replacen(&was, &was.replace("conflict = \"developing\"", "conflict = \"competent\""), 1)
    }
    assert_found(
        "rating-raised",
        &[
            ("plainly", |it| {
                it.write(STUDENT, raised(&text(it, STUDENT)));
                commit(it, 1);
            }),
            ("by way of none", |it| {
                let whole = text(it, STUDENT);
                it.write(STUDENT, whole.replacen("conflict = \"developing\"\n", "", 1));
                commit(it, 1);
                it.write(STUDENT, raised(&whole));
                commit(it, 2);
            }),
            ("by way of no competencies", |it| {
                let whole = text(it, STUDENT);
                let was = january(&whole);
                let without = was.split_once("[report.competencies]").unwrap().0.to_owned();
                it.write(STUDENT, whole.replacen(&was, &without, 1));
                commit(it, 1);
                it.write(STUDENT, raised(&whole));
                commit(it, 2);
            }),
            ("by way of no report", |it| {
                let whole = text(it, STUDENT);
                it.write(STUDENT, whole.replacen(&january(&whole), "", 1));
                commit(it, 1);
                it.write(STUDENT, raised(&whole));
                commit(it, 2);
            }),
            ("by way of no student", |it| {
                let whole = text(it, STUDENT);
                remove(it, STUDENT);
                commit(it, 1);
                it.write(STUDENT, raised(&whole));
                commit(it, 2);
            }),
            ("with another supervisor", |it| {
                it.write(STUDENT, raised(&text(it, STUDENT)).replacen("by = \"kit-lowe\"\n", "", 1));
                commit(it, 1);
            }),
            ("with another deadline", |it| {
                it.write(STUDENT, raised(&text(it, STUDENT)).replacen("due = 2026-01-31", "due = 2026-09-30", 1));
                commit(it, 1);
            }),
            ("with no deadline, and a later receipt", |it| {
                let text = raised(&text(it, STUDENT));
                it.write(STUDENT, text.replacen("due = 2026-01-31\nreceived = 2026-02-15", "received = 2026-08-30", 1));
                commit(it, 1);
            }),
            ("while it could not be read", |it| {
                it.write(STUDENT, text(it, STUDENT) + "[broken");
                commit(it, 1);
                it.write(STUDENT, raised(&text(it, STUDENT)).replace("[broken", ""));
                commit(it, 2);
            }),
            ("by a merge", |it| {
                it.git(&["checkout", "--quiet", "-b", "side", "begun"]);
                it.write("york/notes.txt", "x");
                commit(it, 1);
                it.git(&["checkout", "--quiet", "main"]);
                merge_as(it, "side", &[(STUDENT, raised(&text(it, STUDENT)))]);
            }),
            ("of one who was given another id", |it| {
                let whole = text(it, STUDENT);
                it.write(STUDENT, whole.replacen(&january(&whole), "", 1));
                commit(it, 1);
                it.write("york/students/robin.toml", text(it, STUDENT));
                remove(it, STUDENT);
                commit(it, 2);
                it.write("york/students/robin.toml", raised(&whole));
                commit(it, 3);
            }),
        ],
    );
}

const MOVED: &str = "form = \"GWP2\"\ndue = 2026-01-31\nreceived = 2026-01-30\nby = \"kit-lowe\"\n";

/// The report of June with its table of competencies.
fn june(text: &str) -> String {
    let begin = text.find("form = \"GWP2\"\ndue = 2026-06-13").unwrap() - "[[report]]\n".len();
    let end = begin + text[begin + 2..].find("[[report]]").unwrap() + 2;
    text[begin..end].to_owned()
}

/// As somebody else wrote them.
fn by_another(text: &str) -> String {
    text.replace("by = \"kit-lowe\"", "by = \"ines-farrow\"")
}

#[test]
fn a_receipt_that_was_moved_is_found() {
    assert_found(
        "receipt-moved",
        &[
            ("plainly", |it| {
                replace(it, STUDENT, JANUARY, MOVED);
                commit(it, 1);
            }),
            ("by way of none", |it| {
                replace(it, STUDENT, "received = 2026-02-15\n", "");
                commit(it, 1);
                replace(it, STUDENT, "due = 2026-01-31\n", "due = 2026-01-31\nreceived = 2026-01-30\n");
                commit(it, 2);
            }),
            ("by way of no report", |it| {
                let whole = text(it, STUDENT);
                it.write(STUDENT, whole.replacen(&january(&whole), "", 1));
                commit(it, 1);
                it.write(STUDENT, whole.replacen(JANUARY, MOVED, 1));
                commit(it, 2);
            }),
            ("with another supervisor", |it| {
                replace(it, STUDENT, JANUARY, &MOVED.replace("by = \"kit-lowe\"\n", ""));
                commit(it, 1);
            }),
            ("with other supervisors of all", |it| {
                it.write(STUDENT, by_another(&text(it, STUDENT).replacen(JANUARY, MOVED, 1)));
                commit(it, 1);
            }),
            ("with another supervisor, while another report was out", |it| {
                let (whole, other) = (text(it, STUDENT), june(&text(it, STUDENT)));
                it.write(STUDENT, by_another(&whole.replacen(JANUARY, MOVED, 1).replacen(&other, "", 1)));
                commit(it, 1);
                it.write(
                    STUDENT,
                    by_another(&whole.replacen(JANUARY, MOVED, 1)).replacen(&by_another(&other), &other, 1),
                );
                commit(it, 2);
            }),
            ("with another supervisor, deadline and receipt, while another report was out", |it| {
                let (whole, other) = (text(it, STUDENT), june(&text(it, STUDENT)));
                let moved = MOVED.replace("2026-01-31", "2026-02-28");
                it.write(STUDENT, by_another(&whole.replacen(JANUARY, &moved, 1).replacen(&other, "", 1)));
                commit(it, 1);
                it.write(
                    STUDENT,
                    by_another(&whole.replacen(JANUARY, &moved, 1)).replacen(&by_another(&other), &other, 1),
                );
                commit(it, 2);
            }),
            ("the deadline instead", |it| {
                replace(it, STUDENT, JANUARY, &JANUARY.replace("due = 2026-01-31", "due = 2026-02-28"));
                commit(it, 1);
            }),
            ("both", |it| {
                let both = JANUARY.replace("2026-01-31", "2026-02-28").replace("2026-02-15", "2026-02-20");
                replace(it, STUDENT, JANUARY, &both);
                commit(it, 1);
            }),
            ("by way of no report, with another deadline", |it| {
                let whole = text(it, STUDENT);
                it.write(STUDENT, whole.replacen(&january(&whole), "", 1));
                commit(it, 1);
                it.write(STUDENT, whole.replacen("due = 2026-01-31", "due = 2026-02-28", 1));
                commit(it, 2);
            }),
            ("on a branch", |it| {
                it.git(&["checkout", "--quiet", "-b", "side", "begun"]);
                replace(it, STUDENT, JANUARY, MOVED);
                commit(it, 1);
                it.git(&["checkout", "--quiet", "main"]);
                it.git_at("2026-08-20T12:00:00Z", &["merge", "--quiet", "--no-ff", "side"]);
            }),
            ("by a merge", |it| {
                it.git(&["checkout", "--quiet", "-b", "side", "begun"]);
                it.write("york/notes.txt", "x");
                commit(it, 1);
                it.git(&["checkout", "--quiet", "main"]);
                merge_as(it, "side", &[(STUDENT, text(it, STUDENT).replacen(JANUARY, MOVED, 1))]);
            }),
        ],
    );
}

#[test]
fn a_report_that_is_written_anew_is_held_against_itself() {
    let repository = awarded();
    repository.write(STUDENT, by_another(&text(&repository, STUDENT).replacen(JANUARY, MOVED, 1)));
    let id = commit(&repository, 1);
    let document = gwp(&repository, "audit -C york --format json").json();
    let moved: Vec<_> = list(&document["irregularities"]).iter().filter(|one| one["name"] == "receipt-moved").collect();
    let [moved] = moved.as_slice() else { panic!("{moved:?}") };
    let wanted = "the report for 31 January 2026 was received on 15 February 2026, and is now said to have been on 30 \
                  January 2026";
    assert_eq!(moved["message"], wanted);
    let commits: Vec<_> = list(&moved["commits"]).iter().map(|commit| word(&commit["id"])).collect();
    assert_eq!(commits, [id.as_str()]);
}

//! What somebody would hide of what others said, in reports, decisions and rulings: each deed has its name in it.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]
#![allow(clippy::too_many_lines, reason = "a list of deeds")]

use crate::hiding::{STUDENT, assert_found, awarded, commit, found_since, merge_as, remove, replace, text};
use crate::past::{gwp, list, word};
use crate::repository::Repository;

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

const QUERIED: &str = "\n[[decision]]\nbody = \"SPC\"\nabout = \"award\"\ndate = 2026-07-18\noutcome = \"deferred\"\n";
const REFUSED: &str =
    "\n[[ruling]]\nrequirement = \"G4\"\nbody = \"LCC\"\ndate = 2026-07-15\nof = [2026-01-13]\noutcome = \"refused\"\n";
const REPORT: &str = "[[report]]\nform = \"WRG2\"\ndue = 2026-01-31\nreceived = 2026-01-28\nby = \"ines-farrow\"\n";

/// Writes down what does not please.
fn said(repository: &Repository) -> String {
    repository.write(STUDENT, text(repository, STUDENT) + QUERIED + REFUSED);
    repository.commit("2026-07-19T12:00:00Z");
    text(repository, STUDENT)
}

#[test]
fn what_somebody_said_and_was_struck_out_is_found() {
    assert_found(
        "entries-lost",
        &[
            ("a report", |it| {
                replace(it, STUDENT, REPORT, "");
                commit(it, 1);
            }),
            ("a decision", |it| {
                it.write(STUDENT, said(it).replacen(QUERIED, "", 1));
                commit(it, 1);
            }),
            ("a decision, and another is put in", |it| {
                let other = QUERIED.replace("deferred", "recommended").replace("07-18", "07-25");
                it.write(STUDENT, said(it).replacen(QUERIED, &other, 1));
                commit(it, 1);
            }),
            ("a ruling", |it| {
                it.write(STUDENT, said(it).replacen(REFUSED, "", 1));
                commit(it, 1);
            }),
            ("a ruling, and another is put in", |it| {
                let other = REFUSED.replace("refused", "accepted").replace("G4", "G5");
                it.write(STUDENT, said(it).replacen(REFUSED, &other, 1));
                commit(it, 1);
            }),
            ("what was ruled", |it| {
                it.write(STUDENT, said(it).replacen(REFUSED, &REFUSED.replace("refused", "accepted"), 1));
                commit(it, 1);
            }),
            ("what was ruled about", |it| {
                it.write(STUDENT, said(it).replacen(REFUSED, &REFUSED.replace("2026-01-13", "2026-01-20"), 1));
                commit(it, 1);
            }),
            ("what was decided", |it| {
                it.write(STUDENT, said(it).replacen(QUERIED, &QUERIED.replace("deferred", "recommended"), 1));
                commit(it, 1);
            }),
            ("the deadline of a report", |it| {
                replace(it, STUDENT, REPORT, &REPORT.replace("due = 2026-01-31\n", ""));
                commit(it, 1);
            }),
            ("a concern", |it| {
                let concern = REPORT.to_owned() + "concerns = \"He comes late.\"\n";
                replace(it, STUDENT, REPORT, &concern);
                it.commit("2026-07-19T12:00:00Z");
                replace(it, STUDENT, &concern, &REPORT.replace("ines-farrow", "kit-lowe"));
                commit(it, 1);
            }),
            ("a rating", |it| {
                replace(it, STUDENT, "conflict = \"developing\"\n", "");
                commit(it, 1);
            }),
            ("a rating, as not observed", |it| {
                replace(it, STUDENT, "conflict = \"developing\"\n", "conflict = \"not-observed\"\n");
                commit(it, 1);
            }),
            ("all, while it could not be read", |it| {
                it.write(STUDENT, said(it) + "[broken");
                commit(it, 1);
                it.write(STUDENT, text(it, STUDENT).replace(QUERIED, "").replace(REFUSED, "").replace("[broken", ""));
                commit(it, 2);
            }),
        ],
    );
    let wanted = [
        (REPORT, "report (WRG2, 31 January 2026, ines-farrow) removed: received 28 January 2026"),
        (QUERIED, "decision (SPC, award, 18 July 2026) removed: outcome deferred"),
    ];
    for (entry, wanted) in wanted {
        let repository = awarded();
        repository.write(STUDENT, said(&repository).replacen(entry, "", 1));
        commit(&repository, 1);
        let document = gwp(&repository, "audit -C york --format json --since 2026-08-01").json();
        let mut lost = list(&document["irregularities"]).iter().filter(|one| one["name"] == "entries-lost");
        assert_eq!(lost.next().map(|one| word(&one["message"])), Some(wanted));
    }
}

#[test]
fn what_comes_again_put_right_is_not_lost() {
    for (entry, right) in [
        (REPORT.to_owned(), REPORT.replace("ines-farrow", "kit-lowe")),
        (REPORT.to_owned(), REPORT.replace("ines-farrow", "kit-lowe").replace("01-28", "01-29")),
        (QUERIED.to_owned(), QUERIED.replace("07-18", "07-17")),
        (QUERIED.to_owned(), QUERIED.replace("SPC", "LCC") + "minute = \"4\"\n"),
        (REFUSED.to_owned(), REFUSED.replace("G4", "G5")),
        (REFUSED.to_owned(), REFUSED.to_owned() + "document = \"scans/lcc.pdf\"\n"),
    ] {
        let repository = awarded();
        repository.write(STUDENT, said(&repository).replacen(&entry, &right, 1));
        commit(&repository, 1);
        assert!(!found_since(&repository, "").contains("entries-lost"), "{entry} {right}");
    }
}

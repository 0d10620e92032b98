//! What somebody would hide from an audit: each deed has its name in it.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]
#![allow(clippy::too_many_lines, reason = "a list of deeds")]

use std::collections::BTreeSet;
use std::fs;

use gwp::calendar::Day;
use gwp::edition::Parameters;
use gwp::facts::AwardDecisions;
use gwp::judgement::Judgement;
use gwp::records::Matter;
use gwp::text::Notation;
use serde_json::json;

use crate::cases::{Files, base_files, linked};
use crate::past::{gwp, list, value_of, word};
use crate::repository::Repository;

const LOG: &str = "york/sessions/tuesday-group.toml";
const STUDENT: &str = "york/students/robin-ashby.toml";
const SESSION: &str = "  { date = 2026-01-13, minutes = 90, present = 7 },\n";
const AWARD: &str = "\n[[decision]]\nbody = \"LCC\"\nabout = \"award\"\ndate = 2026-07-15\noutcome = \"recommended\"\n";

/// A folder with a report that came late, in whose last commit but one a session is recorded, and in whose last one an
/// award is recommended.
fn awarded() -> Repository {
    let (repository, mut files) = (Repository::new(), base_files());
    let student = files.get_mut("students/robin-ashby.toml").unwrap();
    *student = student.replacen("received = 2026-01-29", "received = 2026-02-15", 1);
    repository.hold("york", &files);
    replace(&repository, LOG, SESSION, "");
    repository.commit("2026-07-16T12:00:00Z");
    repository.git(&["branch", "begun"]);
    repository.hold("york", &files);
    repository.commit("2026-07-17T12:00:00Z");
    let student = files["students/robin-ashby.toml"].clone();
    repository.write(STUDENT, student + AWARD);
    repository.commit("2026-07-18T12:00:00Z");
    repository.git(&["branch", "decided"]);
    repository
}

fn text(repository: &Repository, path: &str) -> String {
    fs::read_to_string(repository.top().join(path)).unwrap()
}

fn replace(repository: &Repository, path: &str, from: &str, to: &str) {
    let text = text(repository, path);
    assert!(text.contains(from), "{path} has no {from}");
    repository.write(path, text.replacen(from, to, 1));
}

/// Commits on a day of August 2026.
fn commit(repository: &Repository, day: u32) -> String {
    repository.commit(&format!("2026-08-{day:02}T12:00:00Z"))
}

fn remove(repository: &Repository, path: &str) {
    fs::remove_file(repository.top().join(path)).unwrap();
}

/// Merges a branch with what stands in the work tree.
fn merge_as(repository: &Repository, branch: &str, paths: &[(&str, String)]) {
    repository.git_at("2026-08-20T12:00:00Z", &["merge", "--quiet", "--no-commit", "--strategy=ours", branch]);
    for (path, text) in paths {
        repository.write(path, text);
    }
    commit(repository, 20);
}

/// The names of what an audit finds in the commits since the decision.
fn found_since(repository: &Repository, more: &str) -> BTreeSet<String> {
    let known: BTreeSet<String> = repository.git(&["rev-list", "decided"]).lines().map(ToOwned::to_owned).collect();
    let ran = gwp(repository, &format!("audit -C york --format json {more}"));
    let document = ran.json();
    assert_eq!(ran.status, i32::from(!list(&document["irregularities"]).is_empty()));
    let recent = list(&document["irregularities"])
        .iter()
        .filter(|one| list(&one["commits"]).last().is_some_and(|commit| !known.contains(word(&commit["id"]))));
    recent.map(|one| word(&one["name"]).to_owned()).collect()
}

type Deed = (&'static str, fn(&Repository));

/// Asserts that an audit names each of these deeds.
fn assert_found(name: &str, deeds: &[Deed]) {
    let missed = deeds.iter().filter_map(|(what, deed)| {
        let repository = awarded();
        deed(&repository);
        let found = found_since(&repository, "");
        (!found.contains(name)).then(|| format!("{what}: {found:?}\n"))
    });
    let missed: String = missed.collect();
    assert!(missed.is_empty(), "{name}\n{missed}");
}

#[test]
fn a_session_that_was_taken_out_is_found() {
    let without = |repository: &Repository| text(repository, LOG).replacen(SESSION, "", 1);
    assert!(without(&awarded()).len() < text(&awarded(), LOG).len());
    assert_found(
        "entries-lost",
        &[
            ("plainly", |it| {
                replace(it, LOG, SESSION, "");
                commit(it, 1);
            }),
            ("while the log could not be read", |it| {
                it.write(LOG, text(it, LOG) + "[broken");
                commit(it, 1);
                it.write(LOG, text(it, LOG).replacen(SESSION, "", 1).replace("[broken", ""));
                commit(it, 2);
            }),
            ("while it was no text", |it| {
                let whole = text(it, LOG);
                it.write(LOG, [0xff, 0xfe]);
                commit(it, 1);
                it.write(LOG, vec![b'#'; 9 * 1024 * 1024]);
                commit(it, 2);
                it.write(LOG, whole.replacen(SESSION, "", 1));
                commit(it, 3);
            }),
            ("while there was a conflict", |it| {
                it.write(LOG, format!("<<<<<<< x\n{0}=======\n{0}>>>>>>> y\n", text(it, LOG)));
                commit(it, 1);
                replace(it, LOG, "<<<<<<< x\n", "");
                let first = text(it, LOG).split_once("=======").unwrap().0.replacen(SESSION, "", 1);
                it.write(LOG, first);
                commit(it, 2);
            }),
            ("on a branch, while it could not be read, and merged so", |it| {
                it.git(&["checkout", "--quiet", "-b", "side"]);
                it.write(LOG, text(it, LOG) + "[broken");
                commit(it, 1);
                it.git(&["checkout", "--quiet", "main"]);
                it.git_at("2026-08-20T12:00:00Z", &["merge", "--quiet", "--no-ff", "side"]);
                it.write(LOG, text(it, LOG).replacen(SESSION, "", 1).replace("[broken", ""));
                commit(it, 21);
            }),
            ("while it could not be read, and was moved", |it| {
                it.write(LOG, text(it, LOG) + "[broken");
                commit(it, 1);
                it.write("york/sessions/moved/tuesday-group.toml", text(it, LOG));
                remove(it, LOG);
                commit(it, 2);
                let path = "york/sessions/moved/tuesday-group.toml";
                it.write(path, text(it, path).replacen(SESSION, "", 1).replace("[broken", ""));
                commit(it, 3);
            }),
            ("while it could not be read, and was gone", |it| {
                let whole = text(it, LOG);
                it.write(LOG, whole.clone() + "[broken");
                commit(it, 1);
                remove(it, LOG);
                commit(it, 2);
                it.write(LOG, whole.replacen(SESSION, "", 1));
                commit(it, 3);
            }),
            ("while it was gone", |it| {
                let whole = text(it, LOG);
                remove(it, LOG);
                commit(it, 1);
                it.write(LOG, whole.replacen(SESSION, "", 1));
                commit(it, 2);
            }),
            ("in another notation", |it| {
                let value = value_of(&text(it, LOG).replacen(SESSION, "", 1)).unwrap();
                remove(it, LOG);
                it.write("york/sessions/tuesday-group.yaml", value.to_string());
                commit(it, 1);
            }),
            ("in another notation, while it could not be read", |it| {
                let value = value_of(&text(it, LOG).replacen(SESSION, "", 1)).unwrap();
                it.write(LOG, text(it, LOG) + "[broken");
                commit(it, 1);
                remove(it, LOG);
                it.write("york/sessions/tuesday-group.yaml", "{");
                commit(it, 2);
                it.write("york/sessions/tuesday-group.yaml", value.to_string());
                commit(it, 3);
            }),
            ("while the list was none", |it| {
                replace(it, LOG, "sessions = [\n", "sessions = [\n  \"x\",\n");
                commit(it, 1);
                it.write(LOG, text(it, LOG).replacen("  \"x\",\n", "", 1).replacen(SESSION, "", 1));
                commit(it, 2);
            }),
            ("by another id", |it| {
                it.write("york/sessions/tuesday.toml", text(it, LOG).replacen(SESSION, "", 1));
                remove(it, LOG);
                replace(it, STUDENT, "group = \"tuesday-group\"", "group = \"tuesday\"");
                commit(it, 1);
            }),
            ("after it was given another id", |it| {
                it.write("york/sessions/tuesday.toml", text(it, LOG));
                remove(it, LOG);
                replace(it, STUDENT, "group = \"tuesday-group\"", "group = \"tuesday\"");
                commit(it, 1);
                replace(it, "york/sessions/tuesday.toml", SESSION, "");
                commit(it, 2);
            }),
            ("and put in a day later", |it| {
                replace(it, LOG, "date = 2026-01-13", "date = 2026-01-14");
                commit(it, 1);
            }),
            ("of two on one day", |it| {
                replace(it, LOG, SESSION, &format!("{SESSION}{SESSION}"));
                commit(it, 1);
                it.write(LOG, text(it, LOG).replacen(&format!("{SESSION}{SESSION}"), "", 1));
                commit(it, 2);
            }),
            ("by a merge with what was there before it", |it| {
                it.git(&["checkout", "--quiet", "-b", "side", "begun"]);
                it.write("york/notes.txt", "x");
                commit(it, 1);
                let old = text(it, LOG);
                it.git(&["checkout", "--quiet", "main"]);
                merge_as(it, "side", &[(LOG, old)]);
            }),
            ("by a merge that is something else as well", |it| {
                it.git(&["checkout", "--quiet", "-b", "side", "begun"]);
                replace(it, LOG, "approach = \"MBT\"", "approach = \"DBT\"");
                commit(it, 1);
                let old = text(it, LOG);
                it.git(&["checkout", "--quiet", "main"]);
                merge_as(it, "side", &[(LOG, old.replacen("DBT", "CBT", 1))]);
            }),
            ("by a merge with a branch that has nothing to do with it", |it| {
                it.git(&["checkout", "--quiet", "--orphan", "side"]);
                let old = text(it, LOG).replacen(SESSION, "", 1);
                it.write(LOG, &old);
                commit(it, 1);
                it.git(&["checkout", "--quiet", "main"]);
                it.git(&["merge", "--quiet", "--no-commit", "--strategy=ours", "--allow-unrelated-histories", "side"]);
                it.write(LOG, &old);
                commit(it, 2);
            }),
            ("by a merge with a branch on which it could not be read", |it| {
                it.git(&["checkout", "--quiet", "-b", "side"]);
                it.write(LOG, text(it, LOG) + "[broken");
                commit(it, 1);
                it.git(&["checkout", "--quiet", "main"]);
                let old = text(it, LOG).replacen(SESSION, "", 1);
                merge_as(it, "side", &[(LOG, old)]);
            }),
        ],
    );
}

#[test]
fn evidence_that_was_altered_after_a_decision_is_found() {
    assert_found(
        "evidence-altered",
        &[
            ("plainly", |it| {
                replace(it, LOG, "date = 2026-01-13, minutes = 90", "date = 2026-01-13, minutes = 60");
                commit(it, 1);
            }),
            ("on a branch from before it", |it| {
                it.git(&["checkout", "--quiet", "-b", "side", "decided~1"]);
                replace(it, LOG, "date = 2026-01-13, minutes = 90", "date = 2026-01-13, minutes = 60");
                it.commit("2026-07-17T13:00:00Z");
                it.git(&["checkout", "--quiet", "main"]);
                it.git_at("2026-08-20T12:00:00Z", &["merge", "--quiet", "--no-ff", "side"]);
            }),
            ("on a branch from before it that took the decision in", |it| {
                it.git(&["checkout", "--quiet", "-b", "side", "decided~1"]);
                replace(it, LOG, "date = 2026-01-13, minutes = 90", "date = 2026-01-13, minutes = 60");
                it.commit("2026-07-17T13:00:00Z");
                it.git_at("2026-08-20T12:00:00Z", &["merge", "--quiet", "--no-ff", "main"]);
                it.git(&["branch", "--force", "main", "side"]);
                it.git(&["checkout", "--quiet", "main"]);
            }),
            ("by a merge that takes what was there before", |it| {
                it.git(&["checkout", "--quiet", "-b", "side", "decided~1"]);
                it.git(&["commit", "--quiet", "--allow-empty", "--message", "x"]);
                let old =
                    text(it, LOG).replacen("date = 2026-01-20, minutes = 90", "date = 2026-01-20, minutes = 61", 1);
                it.git(&["checkout", "--quiet", "main"]);
                merge_as(it, "side", &[(LOG, old)]);
            }),
        ],
    );
    assert_found(
        "evidence-removed",
        &[
            ("the decision's own day", |it| {
                replace(it, STUDENT, "date = 2026-07-15", "date = 2026-07-14");
                commit(it, 1);
            }),
            ("the decision's own day, while it could not be read", |it| {
                it.write(STUDENT, text(it, STUDENT) + "[broken");
                commit(it, 1);
                it.write(
                    STUDENT,
                    text(it, STUDENT).replace("[broken", "").replace("date = 2026-07-15", "date = 2026-07-14"),
                );
                commit(it, 2);
            }),
            ("the decision's own day, with another id", |it| {
                it.write(
                    "york/students/robin.toml",
                    text(it, STUDENT).replace("date = 2026-07-15", "date = 2026-07-14"),
                );
                remove(it, STUDENT);
                replace(it, LOG, "robin-ashby", "robin");
                replace(it, "york/sessions/supervision-ashby.toml", "robin-ashby", "robin");
                commit(it, 1);
            }),
            ("the insurance, of one who was given another id", |it| {
                it.write("york/students/robin.toml", text(it, STUDENT));
                remove(it, STUDENT);
                replace(it, LOG, "robin-ashby", "robin");
                replace(it, "york/sessions/supervision-ashby.toml", "robin-ashby", "robin");
                commit(it, 1);
                let insurance = "[[insurance]]\nkind = \"own\"\nfrom = 2025-10-01\nuntil = 2026-09-30\n";
                replace(it, "york/students/robin.toml", insurance, "");
                commit(it, 2);
            }),
        ],
    );
}

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

#[test]
fn a_receipt_that_was_moved_is_found() {
    const MOVED: &str = "form = \"GWP2\"\ndue = 2026-01-31\nreceived = 2026-01-30\nby = \"kit-lowe\"\n";
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
fn what_is_recorded_late_is_found() {
    assert_found(
        "recorded-late",
        &[
            ("plainly", |it| {
                replace(it, LOG, "sessions = [\n", "sessions = [\n  { date = 2026-01-14, minutes = 90 },\n");
                commit(it, 1);
            }),
            ("where it had been called off", |it| {
                replace(it, LOG, SESSION, "  { date = 2026-01-13, cancelled = \"ill\" },\n");
                commit(it, 1);
                replace(it, LOG, "  { date = 2026-01-13, cancelled = \"ill\" },\n", SESSION);
                commit(it, 2);
            }),
            ("where the list was none", |it| {
                let whole = text(it, LOG);
                it.write(LOG, whole.split_once("sessions = [").unwrap().0.to_owned() + "sessions = \"\"\n");
                commit(it, 1);
                it.write(
                    LOG,
                    whole.replacen("sessions = [\n", "sessions = [\n  { date = 2026-01-14, minutes = 90 },\n", 1),
                );
                commit(it, 2);
            }),
            ("by a merge", |it| {
                it.git(&["checkout", "--quiet", "-b", "side", "begun"]);
                it.write("york/notes.txt", "x");
                commit(it, 1);
                it.git(&["checkout", "--quiet", "main"]);
                let more = "sessions = [\n  { date = 2026-01-14, minutes = 90 },\n";
                merge_as(it, "side", &[(LOG, text(it, LOG).replacen("sessions = [\n", more, 1))]);
            }),
        ],
    );
}

#[test]
fn a_commit_that_says_it_was_made_earlier_is_not_left_out() {
    let repository = awarded();
    replace(&repository, LOG, SESSION, "");
    repository.commit("2026-03-01T12:00:00Z");
    let found = found_since(&repository, "--since 2026-07-18");
    assert!(found.contains("entries-lost") && found.contains("commit-backdated"), "{found:?}");
}

// Whatever counts is asked about.

/// A value as TOML, everything on one line.
fn inline(value: &toml::Value) -> String {
    match value {
        toml::Value::Table(table) => {
            let keys = table.iter().map(|(key, value)| format!("{} = {}", json!(key), inline(value)));
            format!("{{ {} }}", keys.collect::<Vec<_>>().join(", "))
        }
        toml::Value::Array(list) => format!("[{}]", list.iter().map(inline).collect::<Vec<_>>().join(", ")),
        toml::Value::Datetime(date) => date.to_string(),
        toml::Value::String(words) => json!(words).to_string(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Boolean(yes) => yes.to_string(),
        toml::Value::Float(_) => unreachable!("no record has a fraction"),
    }
}

fn written(record: &toml::Value) -> String {
    let keys = record.as_table().unwrap().iter();
    keys.map(|(key, value)| format!("{} = {}\n", json!(key), inline(value))).collect()
}

/// A text with one thing taken out or altered, for each thing in it.
fn alterations(text: &str) -> Vec<(String, String)> {
    fn at(value: &toml::Value, way: &str, out: &mut Vec<(String, toml::Value)>) {
        match value {
            toml::Value::Table(table) => {
                for (key, below) in table {
                    let with = |new: Option<toml::Value>| {
                        let mut table = table.clone();
                        match new {
                            Some(new) => drop(table.insert(key.clone(), new)),
                            None => drop(table.remove(key)),
                        }
                        toml::Value::Table(table)
                    };
                    out.push((format!("without {way}.{key}"), with(None)));
                    let mut found = Vec::new();
                    at(below, &format!("{way}.{key}"), &mut found);
                    out.extend(found.into_iter().map(|(what, new)| (what, with(Some(new)))));
                }
            }
            toml::Value::Array(list) => {
                for (position, below) in list.iter().enumerate() {
                    let mut less = list.clone();
                    less.remove(position);
                    out.push((format!("without {way}[{position}]"), toml::Value::Array(less)));
                    let mut found = Vec::new();
                    at(below, &format!("{way}[{position}]"), &mut found);
                    out.extend(found.into_iter().map(|(what, new)| {
                        let mut list = list.clone();
                        list[position] = new;
                        (what, toml::Value::Array(list))
                    }));
                }
            }
            toml::Value::Datetime(date) => {
                let day = Day::parse(&date.to_string()).unwrap();
                for days in [-40, -1, 1, 400] {
                    out.push((
                        format!("{way}, {days} days on"),
                        day.plus_days(days).iso().parse::<toml::value::Datetime>().unwrap().into(),
                    ));
                }
            }
            toml::Value::Integer(number) => {
                out.push((format!("{way}, less"), (number / 2).into()));
                out.push((format!("{way}, more"), (number * 2 + 1).into()));
            }
            toml::Value::Boolean(yes) => out.push((format!("{way}, otherwise"), (!yes).into())),
            toml::Value::String(words) => {
                let others = [
                    "competent",
                    "not-observed",
                    "clinical",
                    "case-management",
                    "voluntary",
                    "other",
                    "monthly",
                    "arranged",
                ];
                out.push((format!("{way}, blank"), "".into()));
                out.extend(
                    others
                        .iter()
                        .filter(|other| *other != words)
                        .map(|other| (format!("{way}, {other}"), (*other).into())),
                );
            }
            toml::Value::Float(_) => {}
        }
    }
    let mut out = Vec::new();
    at(&toml::Value::Table(toml::from_str(text).unwrap()), "", &mut out);
    out.into_iter().map(|(what, value)| (what, written(&value))).collect()
}

#[test]
fn what_counts_is_asked_about() {
    use gwp::audit::{IrregularityName, Past};
    use gwp::history::{Concerns, FileChange, Revision, Signature, Texts};
    use gwp::text::{Source, Text};

    let signature = |at: Day| Signature { day: Some(at), own_day: Some(at), ..Signature::default() };
    let revision = |parents: Vec<usize>, day: &str, changes: Vec<FileChange>| {
        let by = signature(Day::parse(day).unwrap());
        let (author, committer) = (by.clone(), by);
        Revision {
            id: day.to_owned(),
            parents,
            is_cut_off: false,
            author,
            committer,
            is_signed: false,
            subject: Text::default(),
            changes,
            from_each: Vec::new(),
        }
    };
    let files = crate::cases::files_of(&crate::file("examples/london"));
    let source = |path: &str, text: &str| Source { path: Text::new(path), content: Ok(text.to_owned()) };
    let (mut concerns, mut texts, mut first) = (Concerns::default(), Texts::new(), Vec::new());
    for path in files.keys() {
        concerns.add_path(&Text::new(path.as_str()));
    }
    for (path, text) in &files {
        concerns.add(&source(path, text));
        texts.insert(path.clone(), Ok(text.clone()));
        first.push(FileChange { path: Text::new(path.as_str()), older: vec![None], newer: Some(path.clone()) });
    }
    let begun = revision(vec![], "2026-02-10", first);
    let decisions = Past::new(std::slice::from_ref(&begun), &texts, &concerns).decisions().to_vec();
    // What a decision rests on, as the folder stands.
    let stands = |files: &Files, decision: &gwp::audit::RecordedDecision| {
        let case = linked(files);
        let position = case.records.students.iter().position(|entry| entry.id == decision.student)?;
        let student = case.student(position)?;
        let parameters = Parameters::in_force(student.scheme, student.variations, decision.decision.date);
        let judgement = Judgement::new(&student, &parameters, decision.decision.date, AwardDecisions::LeftOut);
        let about = |code: &str| decision.decision.about == Matter::Award || matches!(code, "A1" | "A2");
        let statuses = judgement.findings.iter().filter(|one| about(one.code.word()));
        Some(statuses.map(|one| format!("{} {}", one.code.word(), one.status.word())).collect::<Vec<_>>())
    };
    // All of them take minutes: each of many, unless all are asked for.
    let step = if std::env::var_os("GWP_EVERY_ALTERATION").is_some() { 1 } else { 71 };
    let mut missed = Vec::new();
    let mut counted = 0;
    for decision in &decisions {
        let Some(was) = stands(&files, decision) else { continue };
        let case_files: BTreeSet<String> =
            concerns.files_judged_with(&decision.student).iter().map(|path| path.raw().to_owned()).collect();
        for path in case_files.iter().filter(|path| Notation::of(path) == Some(Notation::Toml)) {
            let Some(text) = files.get(path) else { continue };
            for (what, altered) in alterations(text).into_iter().skip(path.len() % step).step_by(step) {
                let mut now = files.clone();
                now.insert(path.clone(), altered.clone());
                now.retain(|path, _| case_files.contains(path));
                let Some(is) = stands(&now, decision).filter(|is| *is != was) else { continue };
                counted += 1;
                let change = FileChange {
                    path: Text::new(path.as_str()),
                    older: vec![Some(path.clone())],
                    newer: Some("new".into()),
                };
                let mut texts = texts.clone();
                texts.insert("new".to_owned(), Ok(altered.clone()));
                let mut concerns = concerns.clone();
                concerns.add(&source(path, &altered));
                let revisions = [begun.clone(), revision(vec![0], "2026-02-11", vec![change])];
                let past = Past::new(&revisions, &texts, &concerns);
                let found = past.irregularities(&gwp::records::Audit::default(), 28);
                let is_asked = found.iter().any(|one| {
                    one.revisions.last() == Some(&1)
                        && matches!(one.name, IrregularityName::EvidenceAltered | IrregularityName::EvidenceRemoved)
                        && one.students.contains(&decision.student)
                });
                if !is_asked {
                    let differs: Vec<_> = is.iter().zip(&was).filter(|(is, was)| is != was).collect();
                    missed.push(format!(
                        "{} {}: {path} {what}: {differs:?}",
                        decision.student,
                        decision.decision.date.iso()
                    ));
                }
            }
        }
    }
    assert!(counted > 5);
    assert!(missed.is_empty(), "{} of {counted} missed:\n{}", missed.len(), missed.join("\n"));
}

/// Commits without a change, on a day of July 2026 at an hour.
fn nothing(repository: &Repository, at: &str) {
    repository.git_at(at, &["commit", "--quiet", "--allow-empty", "--message", "nothing"]);
}

#[test]
fn a_day_that_was_chosen_is_found() {
    assert_found(
        "commit-backdated",
        &[
            ("plainly", |it| {
                replace(it, LOG, SESSION, "");
                it.commit("2026-07-01T12:00:00Z");
            }),
            ("behind a commit of nothing", |it| {
                nothing(it, "2026-07-01T12:00:00Z");
                replace(it, LOG, SESSION, "");
                it.commit("2026-07-01T12:00:00Z");
            }),
            ("in small steps", |it| {
                for (day, hour) in [(17, 13), (16, 14), (15, 15), (14, 16), (13, 17)] {
                    nothing(it, &format!("2026-07-{day}T{hour}:00:00Z"));
                }
                replace(it, LOG, SESSION, "");
                it.commit("2026-07-12T18:00:00Z");
            }),
            ("on a branch", |it| {
                it.git(&["checkout", "--quiet", "-b", "side"]);
                replace(it, LOG, SESSION, "");
                it.commit("2026-07-01T12:00:00Z");
                it.git(&["checkout", "--quiet", "main"]);
                it.git_at("2026-08-20T12:00:00Z", &["merge", "--quiet", "--no-ff", "side"]);
            }),
        ],
    );
    // Of one wrong clock only the next is asked about.
    let repository = awarded();
    nothing(&repository, "2027-01-01T12:00:00Z");
    for day in 1..4 {
        replace(&repository, LOG, "title = \"", "title = \"A ");
        commit(&repository, day);
    }
    let audited = gwp(&repository, "audit -C york --format json").json();
    let names = list(&audited["irregularities"]).iter().filter(|one| one["name"] == "commit-backdated");
    assert_eq!(names.count(), 1);
    // No zone is years ahead.
    let repository = awarded();
    replace(&repository, LOG, "sessions = [\n", "sessions = [\n  { date = 2026-09-14, minutes = 90 },\n");
    repository.git(&["add", "--all"]);
    let (tree, head) = (repository.git(&["write-tree"]), repository.git(&["rev-parse", "HEAD"]));
    let who = "R <r@example.org> 1785585600 +9999999";
    let text = format!("tree {tree}\nparent {head}\nauthor {who}\ncommitter {who}\n\nx\n");
    let id = repository.store("commit", text.as_bytes());
    fs::write(repository.top().join(".git/refs/heads/main"), format!("{id}\n")).unwrap();
    assert!(found_since(&repository, "").contains("dated-ahead"));
}

#[test]
fn a_student_who_names_another_as_the_author_is_found() {
    for (author, committer, is_found) in [
        ("robin.ashby@example.org", "robin.ashby@example.org", true),
        ("Robin.Ashby@example.org ", "hester@example.org", true),
        ("hester@example.org", "robin.ashby@example.org", true),
        ("hester@example.org", "hester@example.org", false),
        ("somebody@example.org", "somebody@example.org", false),
    ] {
        let repository = Repository::new();
        repository.hold("york", &base_files());
        repository.write("york/gwp.toml", "[audit]\nconvenors = [\"hester@example.org\"]\n");
        repository.git(&["add", "--all"]);
        let mut command = crate::repository::started(&repository.top());
        command.env("GIT_AUTHOR_EMAIL", author).env("GIT_COMMITTER_EMAIL", committer);
        crate::repository::said(command.args(["commit", "--quiet", "--message", "x"]));
        let audited = gwp(&repository, "audit -C york --format json").json();
        let mut found = list(&audited["irregularities"]).iter().filter(|one| one["name"] == "only-the-student");
        let of_student = found.find(|one| one["file"] == "students/robin-ashby.toml");
        assert_eq!(of_student.is_some(), is_found, "{author} {committer}");
        assert!(of_student.is_none_or(|one| !word(&one["message"]).contains("hester")), "{of_student:?}");
    }
}

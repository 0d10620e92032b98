//! `gwp diff` over random histories: it is the difference of two judgements, and tells the records that differ.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::cases::Files;
use crate::diff::{diff, list};
use crate::program::Program;
use crate::properties::{any_day, iso};
use crate::repository::{Repository, history};

/// The students of a document of `check`, by id.
fn students(document: &Value) -> BTreeMap<&str, &Value> {
    list(&document["students"]).iter().map(|student| (student["id"].as_str().unwrap(), student)).collect()
}

/// The statuses and the files of the evidence of a student, by code.
fn requirements(student: Option<&Value>) -> BTreeMap<&str, (&str, BTreeSet<&str>)> {
    let all = student.map_or(&[][..], |student| list(&student["requirements"])).iter();
    all.map(|one| {
        let files = list(&one["evidence"]).iter().map(|place| place["file"].as_str().unwrap()).collect();
        (one["code"].as_str().unwrap(), (one["status"].as_str().unwrap(), files))
    })
    .collect()
}

fn without_days(item: &mut Value) {
    item.as_object_mut().unwrap().remove("days");
}

/// The overdue items of a student, without how long they have been so.
fn overdue(document: &Value, id: &str) -> Vec<Value> {
    let mut items: Vec<Value> =
        list(&document["overdue"]).iter().filter(|item| item["student"] == id).cloned().collect();
    items.iter_mut().for_each(without_days);
    items
}

/// What the one has beyond the other, each as often as it has it more.
fn beyond(one: &[Value], other: &[Value]) -> Vec<Value> {
    let mut other = other.to_vec();
    let is_new = |value: &&Value| match other.iter().position(|known| known == *value) {
        Some(position) => {
            other.swap_remove(position);
            false
        }
        None => true,
    };
    one.iter().filter(is_new).cloned().collect()
}

/// The problems without where they stand, which is no difference, as a place or in words: "lines 3 and 5".
fn problems(document: &Value) -> Vec<Value> {
    let placeless = |problem: &Value| {
        let mut problem = problem.clone();
        let keys = problem.as_object_mut().unwrap();
        keys.retain(|key, _| key != "line" && key != "column");
        for key in ["message", "help"] {
            if let Some(words) = keys.get(key).and_then(Value::as_str) {
                keys[key] = json!(without_line_numbers(words));
            }
        }
        problem
    };
    list(&document["problems"]).iter().map(placeless).collect()
}

fn without_line_numbers(words: &str) -> String {
    let number = |words: &str| words.chars().take_while(char::is_ascii_digit).count();
    let (mut kept, mut rest) = (String::new(), words);
    while let Some(start) = ["line ", "lines "].iter().filter_map(|word| Some(rest.find(word)? + word.len())).min() {
        kept.push_str(&rest[..start]);
        rest = &rest[start..];
        rest = &rest[number(rest)..];
        if let Some(second) = rest.strip_prefix(" and ").filter(|second| number(second) > 0) {
            rest = &second[number(second)..];
        }
    }
    kept + rest
}

/// Asserts that a document of `diff` is the difference of two documents of `check`.
fn assert_is_difference(said: &Value, before: &Value, after: &Value) {
    let changed: BTreeSet<&str> = list(&said["records"])
        .iter()
        .filter(|record| record["change"] != "reformatted")
        .flat_map(|record| {
            let moved = list(&record["changes"]).iter().find(|change| change["what"] == "file");
            [record["file"].as_str(), moved.and_then(|moved| moved["from"].as_str())]
        })
        .flatten()
        .collect();
    let now: BTreeMap<&str, &str> = list(&said["records"])
        .iter()
        .flat_map(|record| list(&record["changes"]).iter().map(move |change| (record, change)))
        .filter(|(_, change)| change["what"] == "file")
        .map(|(record, change)| (change["from"].as_str().unwrap(), record["file"].as_str().unwrap()))
        .collect();
    let (was, is) = (students(before), students(after));
    let ids: BTreeSet<&str> = was.keys().chain(is.keys()).copied().collect();
    let mut wanted = Vec::new();
    for id in ids {
        let (was, is) = (was.get(id).copied(), is.get(id).copied());
        let (from, to) = (requirements(was), requirements(is));
        let codes: Vec<&str> = if to.is_empty() { list_of_codes(was) } else { list_of_codes(is) };
        let differing = codes.into_iter().filter_map(|code| {
            let (from, to) = (from.get(code), to.get(code));
            let status =
                |found: Option<&(&str, BTreeSet<&str>)>| found.map_or(Value::Null, |(status, _)| json!(status));
            let older = from.into_iter().flat_map(|(_, files)| files).filter(|file| changed.contains(**file));
            let older = older.map(|file| now.get(file).copied().unwrap_or(file));
            let newer = to.into_iter().flat_map(|(_, files)| files).filter(|file| changed.contains(**file)).copied();
            let because: BTreeSet<&str> = older.chain(newer).collect();
            (status(from) != status(to))
                .then(|| json!({"code": code, "from": status(from), "to": status(to), "because": because}))
        });
        let differing: Vec<Value> = differing.collect();
        let of = |student: Option<&Value>, key: &str| student.map_or(Value::Null, |student| student[key].clone());
        let (overdue_before, overdue_after) = (overdue(before, id), overdue(after, id));
        let one = json!({
            "id": id,
            "verdict": {"from": of(was, "verdict"), "to": of(is, "verdict")},
            "requirements": differing,
            "sessions": {"from": of(was, "sessions"), "to": of(is, "sessions")},
            "overdue": {"new": beyond(&overdue_after, &overdue_before), "gone": beyond(&overdue_before, &overdue_after)},
        });
        let is_telling = one["verdict"]["from"] != one["verdict"]["to"]
            || one["sessions"]["from"] != one["sessions"]["to"]
            || !list(&one["requirements"]).is_empty()
            || overdue_before != overdue_after;
        if is_telling {
            wanted.push(one);
        }
    }
    let mut told = said["students"].clone();
    for student in told.as_array_mut().unwrap() {
        for side in ["new", "gone"] {
            let items = student["overdue"][side].as_array_mut().unwrap();
            items.iter_mut().for_each(without_days);
        }
    }
    assert_eq!(told, Value::Array(wanted));
    let sorted = |mut problems: Vec<Value>| {
        problems.sort_by_key(Value::to_string);
        problems
    };
    let (one, other) = (problems(before), problems(after));
    let told = |side: &str| sorted(problems(&json!({"problems": said["problems"][side]})));
    assert_eq!(told("new"), sorted(beyond(&other, &one)));
    assert_eq!(told("gone"), sorted(beyond(&one, &other)));
}

fn list_of_codes(student: Option<&Value>) -> Vec<&str> {
    let all = student.map_or(&[][..], |student| list(&student["requirements"]));
    all.iter().map(|one| one["code"].as_str().unwrap()).collect()
}

/// Asserts that the records that are told are those whose texts differ.
fn assert_records(said: &Value, before: &Files, after: &Files) {
    let mut differing: BTreeSet<&str> = before
        .keys()
        .chain(after.keys())
        .filter(|path| before.get(*path) != after.get(*path))
        .map(String::as_str)
        .collect();
    for record in list(&said["records"]) {
        let path = record["file"].as_str().unwrap();
        let moved = list(&record["changes"]).iter().find(|change| change["what"] == "file");
        let was = moved.map_or(path, |moved| moved["from"].as_str().unwrap());
        let there = (before.contains_key(was), after.contains_key(path));
        let wanted = match there {
            (true, false) => "removed",
            (false, _) => "added",
            (true, true) if was != path => "renamed",
            (true, true) if list(&record["changes"]).is_empty() => "reformatted",
            (true, true) => "changed",
        };
        assert_eq!(record["change"], wanted, "{record}");
        assert!(differing.remove(path), "{record}");
        assert!(was == path || differing.remove(was), "{record}");
    }
    assert!(differing.is_empty(), "{differing:?}");
}

fn assert_differences_of_judgements(states: &[Files], as_of: i64) {
    let repository = Repository::new();
    let (mut commits, mut checked) = (Vec::new(), Vec::new());
    let day = iso(as_of);
    let dates: Vec<String> = (0..).zip(states).map(|(number, _)| iso(as_of.min(300) + 40 * number)).collect();
    for (files, date) in states.iter().zip(&dates) {
        repository.hold("york", files);
        commits.push(repository.commit(&format!("{date}T12:00:00Z")));
        let words = format!("check -C york --as-of {day} --format json");
        checked.push(Program::within(&repository.top()).run(&words).json());
    }
    let last = states.len() - 1;
    for before in 0..states.len() {
        for after in [before.saturating_sub(1), last] {
            let words = format!("{} {} --as-of {day} --format json", commits[before], commits[after]);
            let told = diff(&repository, &words).json();
            assert_is_difference(&told, &checked[before], &checked[after]);
            assert_records(&told, &states[before], &states[after]);
        }
        // Each as of its own day.
        let words = format!("{} {} --each-at-its-date --format json", commits[before], commits[last]);
        let program = Program::within(&repository.top()).env("TZ", "UTC");
        let told = program.run(&format!("diff -C york {words}")).json();
        let own = [(before, "from"), (last, "to")].map(|(state, side)| {
            assert_eq!(told[side]["as_of"], dates[state]);
            let words = format!("check -C york --rev {} --as-of {} --format json", commits[state], dates[state]);
            program.run(&words).json()
        });
        assert_is_difference(&told, &own[0], &own[1]);
        // The work tree is the last state.
        let told = diff(&repository, &format!("{} --as-of {day} --format json", commits[before])).json();
        assert_is_difference(&told, &checked[before], &checked[last]);
        assert_records(&told, &states[before], &states[last]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_is_the_difference_of_two_judgements(states in history(2..5), as_of in any_day()) {
        assert_differences_of_judgements(&states, as_of);
    }

    // The same, so that half of the cases run beside the others.
    #[test]
    fn it_is_the_difference_of_two_other_judgements(states in history(2..5), as_of in any_day()) {
        assert_differences_of_judgements(&states, as_of);
    }
}

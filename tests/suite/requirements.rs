//! The requirements as a specification: `tests/cases/` in front of the judgement.
//!
//! `tests/cases/base/` is a small case folder in which one student fulfils everything; `base.toml` says what holds in
//! it on which day. Every other file of `tests/cases/` holds cases: how a folder differs from the base, and what
//! differs in the judgement on which day. Whatever a case does not name is to be as in the base on that day: every
//! requirement judges every case, so each case guards all of them against false alarms.

#![allow(clippy::unwrap_used, reason = "a fixture that cannot be read is a failing test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use gwp::edition::Code;
use gwp::problems::Level;
use gwp::requirements::Status;
use serde::Deserialize;

use crate::cases::{Said, all_cases, base_files, cases, day, linked, said};

/// What the base case says of a day: the codes by status, and the verdict.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Base {
    on: BTreeMap<String, toml::Table>,
}

/// An expectation as it is written, in the form of [`Said`]. Of a requirement the due date may be left out: then it
/// is that of the base.
fn expected(key: &str, value: &toml::Value, base: &Said) -> String {
    let text = |value: &toml::Value| match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Datetime(date) => date.to_string(),
        other => panic!("{key}: a word, a number or a date stands here, not {other:?}"),
    };
    let written = match value {
        toml::Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(", "),
        other => text(other),
    };
    if Code::from_word(key).is_none() {
        return written;
    }
    if let Some(without) = written.strip_suffix(" due none") {
        return without.to_owned();
    }
    match base.get(key).and_then(|line| line.split_once(" due ")) {
        Some((_, due)) if !written.contains(" due ") => format!("{written} due {due}"),
        _ => written,
    }
}

#[test]
fn the_base_case_is_as_written() {
    let read: Base = toml::from_str(&fs::read_to_string(cases().join("base.toml")).unwrap()).unwrap();
    let case = linked(&base_files());
    assert!(case.records.problems.is_empty(), "{:?}", case.records.problems);
    let mut wrong = String::new();
    for (iso, table) in &read.on {
        let found = said(&case, day(iso));
        let mut named = BTreeSet::new();
        for (key, value) in table {
            let Some(status) = Status::ALL.into_iter().find(|status| status.word() == key) else {
                let due = found.get(key.as_str()).map(|line| line.split_once(" due ").map_or(line.as_str(), |it| it.1));
                let wanted = expected(key, value, &Said::new());
                if due != Some(wanted.as_str()) {
                    writeln!(wrong, "{iso}: {key} should be {wanted}, is {due:?}").unwrap();
                }
                continue;
            };
            for code in value.as_str().unwrap().split_whitespace() {
                assert!(named.insert(code.to_owned()), "{iso} names {code} once");
                let line = &found[code];
                if line.split(' ').next() != Some(status.word()) || line.contains(" of ") {
                    writeln!(wrong, "{iso}: {code} should be {key}, is {line}").unwrap();
                }
            }
        }
        assert_eq!(named.len(), Code::all().count(), "{iso} names every requirement");
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_case_is_judged_as_written() {
    let base = linked(&base_files());
    let mut base_on: BTreeMap<String, Said> = BTreeMap::new();
    let mut wrong = String::new();
    for (title, deviation, files) in all_cases() {
        let case = linked(&files);
        for problem in case.records.problems.iter().filter(|problem| problem.level == Level::Error) {
            writeln!(wrong, "{title}: {problem:?}").unwrap();
        }
        for (iso, table) in &deviation.on {
            let usual = base_on.entry(iso.clone()).or_insert_with(|| said(&base, day(iso)));
            let found = said(&case, day(iso));
            let mut wanted = usual.clone();
            for (key, value) in table {
                assert!(usual.contains_key(key), "{title}: nothing is said about {key}");
                let line = expected(key, value, usual);
                if usual[key] == line {
                    writeln!(wrong, "{title}, {iso}: {key} is named and as in the base: {line}").unwrap();
                }
                wanted.insert(key.clone(), line);
            }
            for (key, wanted) in &wanted {
                let found = found.get(key).map_or("not there", String::as_str);
                if found != wanted {
                    writeln!(wrong, "{title}, {iso}: {key} should be {wanted:?}, is {found:?}").unwrap();
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

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
use gwp::facts::{MeetingEntry, UncountedMeeting};
use gwp::problems::Level;
use gwp::requirements::Status;
use serde::Deserialize;

use crate::cases::{Said, all_cases, base_files, cases, day, judged, linked, said};

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

/// That the limit has passed is said by the sessions that are missing, and only then.
#[test]
fn a_limit_that_has_passed_is_told_once() {
    let mut passed = 0;
    for (title, deviation, files) in
        all_cases().into_iter().filter(|(title, ..)| title.starts_with("g5-after-the-limit"))
    {
        let case = linked(&files);
        for iso in deviation.on.keys() {
            let limit = judged(&case, day(iso), |judgement| {
                let limit = judgement.findings.iter().find(|finding| finding.code == Code::T1).unwrap();
                (limit.status == Status::Failed, limit.said_by)
            });
            let (has_passed, said_by) = limit.unwrap();
            assert_eq!(said_by, has_passed.then_some(Code::G5), "{title}, {iso}");
            passed += usize::from(has_passed);
        }
    }
    assert!(passed > 0);
}

/// Of each entry of the supervision logs up to a day, the first reason that fits.
#[test]
fn a_supervision_meeting_that_does_not_count_says_why() {
    let mut files = base_files();
    let ashby = r#"
kind = "supervision"
supervisor = "kit-lowe"
supervisees = ["robin-ashby"]
mode = "face-to-face"
supervisee_periods = [{ who = "robin-ashby", from = 2025-10-10 }]
sessions = [
  { date = 2025-10-08, minutes = 60, absent = ["robin-ashby"] },
  { date = 2025-10-09, minutes = 60 },
  { date = 2025-10-23, minutes = 60, planned = true, absent = ["robin-ashby"] },
  { date = 2025-11-06, minutes = 60, absent = ["robin-ashby"] },
  { date = 2025-11-06, cancelled = "supervisor ill" },
  { date = 2025-11-06, minutes = 60, planned = true },
  { date = 2025-11-20, minutes = 60, absent = ["robin-ashby"] },
  { date = 2025-12-04, minutes = 30, mode = "video" },
  { date = 2025-12-18, minutes = 30 },
  { date = 2026-01-08, minutes = 60 },
  { date = 2026-01-16, minutes = 60, planned = true },
]
"#;
    let of_another = |kind: &str, day: &str| {
        format!(
            "kind = \"supervision\"\ntype = \"{kind}\"\nsupervisor = \"ines-farrow\"\n\
             supervisees = [\"robin-ashby\"]\nmode = \"telephone\"\nsessions = [{{ date = {day}, minutes = 60 }}]\n"
        )
    };
    files.insert("sessions/supervision-ashby.toml".into(), ashby.into());
    files.insert("sessions/cases-of-farrow.toml".into(), of_another("case-management", "2025-10-30"));
    files.insert("sessions/supervision-farrow.toml".into(), of_another("clinical", "2025-10-31"));
    let refusal = "\n[[ruling]]\nrequirement = \"S6\"\nbody = \"LCC\"\ndate = 2026-01-10\noutcome = \"refused\"\n";
    files.get_mut("students/robin-ashby.toml").unwrap().push_str(refusal);
    let why = judged(&linked(&files), day("2026-01-15"), |judgement| {
        let meetings = judgement.facts.meetings.iter();
        let word = |entry: &MeetingEntry| entry.uncounted.map_or("counts", UncountedMeeting::word);
        meetings.map(|entry| format!("{} {}", entry.date.iso(), word(entry))).collect::<Vec<_>>()
    });
    let expected = [
        "2025-10-08 absent",
        "2025-10-09 not-a-supervisee",
        "2025-10-23 planned",
        "2025-10-30 case-management",
        "2025-10-31 not-the-supervisor",
        "2025-11-06 contradicted",
        "2025-11-06 cancelled",
        "2025-11-06 planned",
        "2025-11-20 absent",
        "2025-12-04 mode",
        "2025-12-18 too-short",
        "2026-01-08 counts",
    ];
    assert_eq!(why.unwrap(), expected);
}

//! Whatever a decision of the London example rests on: each single alteration of it is asked about in an audit.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]
#![allow(clippy::too_many_lines, reason = "one sweep from beginning to end")]

use std::collections::BTreeSet;

use gwp::audit::{IrregularityName, Past};
use gwp::calendar::Day;
use gwp::edition::Parameters;
use gwp::facts::AwardDecisions;
use gwp::history::{Concerns, FileChange, Revision, Signature, Texts};
use gwp::judgement::Judgement;
use gwp::records::Matter;
use gwp::text::{Notation, Source, Text};
use serde_json::json;

use crate::cases::{Files, linked};

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
    let source = |path: &str, text: &str| Source { path: Text::new(path), content: Ok(text.to_owned().into()) };
    let (mut concerns, mut texts, mut first) = (Concerns::default(), Texts::new(), Vec::new());
    for path in files.keys() {
        concerns.add_path(&Text::new(path.as_str()));
    }
    for (path, text) in &files {
        concerns.add(&source(path, text));
        texts.insert(path.clone(), Ok(text.clone().into()));
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
                texts.insert("new".to_owned(), Ok(altered.clone().into()));
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

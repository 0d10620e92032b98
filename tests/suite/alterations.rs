//! Whatever a decision of the London example rests on: each single alteration of it is asked about in an audit.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::collections::BTreeSet;

use gwp::audit::{IrregularityName, Past, RecordedDecision};
use gwp::calendar::Day;
use gwp::case::{Case, Entry, Glimpse, Records};
use gwp::facts::AwardDecisions;
use gwp::history::{Concerns, FileChange, Revision, Signature, Texts};
use gwp::judgement::Judgement;
use gwp::problems::{Level, Problem};
use gwp::records::Matter;
use gwp::text::{FileId, Notation, Source, Text};
use serde_json::json;

use crate::cases::{Files, linked, sources};

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

/// Of the ways to alter one of many neighbours a third, and of the next one another third.
fn thinned<T>(ways: Vec<T>, position: usize, neighbours: usize) -> impl Iterator<Item = T> {
    let (first, step) = if neighbours > 5 { (position % 3, 3) } else { (0, 1) };
    ways.into_iter().skip(first).step_by(step)
}

/// A record with one thing taken out or altered, for each thing in it; each entry of a long list in some ways.
fn alterations(text: &str) -> impl Iterator<Item = (String, toml::Value)> {
    fn at(value: &toml::Value, way: &str, out: &mut Vec<(String, toml::Value)>) {
        match value {
            toml::Value::Table(table) => {
                for (position, (key, below)) in table.iter().enumerate() {
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
                    // As many ratings stand side by side; what is deeper has neighbours of its own.
                    let is_deeper = matches!(below, toml::Value::Table(_) | toml::Value::Array(_));
                    let found = thinned(found, position, if is_deeper { 1 } else { table.len() });
                    out.extend(found.map(|(what, new)| (what, with(Some(new)))));
                }
            }
            toml::Value::Array(list) => {
                for (position, below) in list.iter().enumerate() {
                    let mut less = list.clone();
                    less.remove(position);
                    out.push((format!("without {way}[{position}]"), toml::Value::Array(less)));
                    let mut found = Vec::new();
                    at(below, &format!("{way}[{position}]"), &mut found);
                    out.extend(thinned(found, position, list.len()).map(|(what, new)| {
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
    out.into_iter()
}

/// The London example, recorded in one commit.
struct Example {
    files: Files,
    concerns: Concerns,
    decisions: Vec<RecordedDecision>,
}

fn source(path: &str, text: &str) -> Source {
    Source { path: Text::new(path), content: Ok(text.to_owned().into()) }
}

/// A commit of a day.
fn revision(parents: Vec<usize>, day: &str, changes: Vec<FileChange>) -> Revision {
    let day = Day::parse(day).unwrap();
    let by = Signature { day: Some(day), own_day: Some(day), ..Signature::default() };
    Revision {
        id: day.iso(),
        parents,
        is_cut_off: false,
        author: by.clone(),
        committer: by,
        is_signed: false,
        subject: Text::default(),
        changes,
        papers: Vec::new(),
        from_each: Vec::new(),
    }
}

/// The first commit, of some of the files, each known by its path.
fn begun<'f>(paths: impl IntoIterator<Item = &'f str>) -> Revision {
    let added = |path: &str| FileChange { path: Text::new(path), older: vec![None], newer: Some(path.to_owned()) };
    revision(vec![], "2026-02-10", paths.into_iter().map(added).collect())
}

impl Example {
    fn new() -> Self {
        let files = crate::cases::files_of(&crate::file("examples/london"));
        let (mut concerns, mut texts) = (Concerns::default(), Texts::new());
        for path in files.keys() {
            concerns.add_path(&Text::new(path.as_str()));
        }
        for (path, text) in &files {
            concerns.add(&source(path, text));
            texts.insert(path.clone(), Ok(text.clone().into()));
        }
        let begun = [begun(files.keys().map(String::as_str))];
        let decisions = Past::new(&begun, &texts, &concerns).decisions().to_vec();
        Self { files, concerns, decisions }
    }

    /// Whether an audit asks about an alteration of a file on which the case of a student rests.
    fn is_asked(&self, student: &Text, path: &str, altered: &str) -> bool {
        // The decisions stand in the student's own record.
        let own = format!("/{}.", student.raw());
        let is_own = |path: &&String| path.starts_with("students/") && path.contains(&own);
        let own = self.files.keys().filter(is_own).map(String::as_str);
        let paths: BTreeSet<&str> = own.chain([path]).collect();
        let mut texts: Texts =
            paths.iter().map(|path| ((*path).to_owned(), Ok(self.files[*path].clone().into()))).collect();
        texts.insert("altered".to_owned(), Ok(altered.to_owned().into()));
        let change =
            FileChange { path: Text::new(path), older: vec![Some(path.to_owned())], newer: Some("altered".into()) };
        let revisions = [begun(paths), revision(vec![0], "2026-02-11", vec![change])];
        let mut concerns = self.concerns.clone();
        concerns.add(&source(path, altered));
        let past = Past::new(&revisions, &texts, &concerns);
        past.irregularities(&gwp::records::Audit::default(), gwp::audit::Lateness { days: 28, is_fixed: false })
            .iter()
            .any(|one| {
                one.revisions.last() == Some(&1)
                    && matches!(one.name, IrregularityName::EvidenceAltered | IrregularityName::EvidenceRemoved)
                    && one.students.contains(student)
            })
    }
}

/// On what a decision rests, as a folder stands: the statuses of the requirements that it is about.
fn grounds(case: &Case, decision: &RecordedDecision) -> Option<Vec<String>> {
    let position = case.records.students.iter().position(|entry| entry.id == decision.student)?;
    let student = case.student(position)?;
    let judgement = Judgement::new(&student, decision.decision.date, AwardDecisions::LeftOut);
    let about = |code: &str| decision.decision.about == Matter::Award || matches!(code, "A1" | "A2");
    let statuses = judgement.findings.iter().filter(|one| about(one.code.word()));
    Some(statuses.map(|one| format!("{} {}", one.code.word(), one.status.word())).collect())
}

/// The records of a student's case, as they were before anything was altered.
struct Before<'e> {
    student: &'e Text,
    sources: Vec<Source>,
    records: Records,
    /// The decisions about the student, and on what each rests.
    decisions: Vec<(&'e RecordedDecision, Vec<String>)>,
}

impl<'e> Before<'e> {
    fn new(example: &'e Example, whole: &Case, student: &'e Text) -> Self {
        let rests_on = example.concerns.files_judged_with(student);
        let mut files = example.files.clone();
        files.retain(|path, _| rests_on.iter().any(|one| one.raw() == path));
        let sources = sources(&files);
        let decisions = example.decisions.iter().filter(|decision| decision.student == *student);
        Self {
            student,
            records: gwp::case::read(&sources),
            sources,
            decisions: decisions.filter_map(|one| Some((one, grounds(whole, one)?))).collect(),
        }
    }

    /// The case with one file altered: only that is read again.
    fn with(&self, altered: &Source, read: &Records) -> Option<Case> {
        fn put<T: Clone>(file: FileId, of: &[Entry<T>], into: &mut [Entry<T>]) {
            if let Some((new, old)) = of.first().zip(into.iter_mut().find(|entry| entry.file == file)) {
                *old = Entry { file, ..new.clone() };
            }
        }
        let position = self.sources.iter().position(|source| source.path == altered.path)?;
        let file = FileId(u32::try_from(position).unwrap());
        let mut sources = self.sources.clone();
        sources[position] = altered.clone();
        let mut records = self.records.clone();
        if records.gwp_file == Some(file) {
            records.gwp.clone_from(&read.gwp);
        }
        put(file, &read.courses, &mut records.courses);
        put(file, &read.students, &mut records.students);
        put(file, &read.supervisors, &mut records.supervisors);
        put(file, &read.logs, &mut records.logs);
        records.problems.extend(read.problems.iter().map(|problem| Problem { file, ..problem.clone() }));
        records.glimpses.extend(read.glimpses.iter().map(|glimpse| Glimpse { file, ..glimpse.clone() }));
        Some(Case::link(records, &sources, &|_| true))
    }
}

/// Makes one of so many equal shares of all alterations: each after which a decision would have rested on something else
/// is to be asked about.
fn sweep(share: usize, shares: usize) {
    let example = Example::new();
    let whole = linked(&example.files);
    let students: BTreeSet<&Text> = example.decisions.iter().map(|decision| &decision.student).collect();
    let before: Vec<_> = students.into_iter().map(|student| Before::new(&example, &whole, student)).collect();
    let (mut missed, mut tried, mut counted) = (Vec::new(), 0, 0);
    for (path, text) in &example.files {
        if Notation::of(path) != Some(Notation::Toml) {
            continue;
        }
        for (what, altered) in alterations(text).skip(share).step_by(shares) {
            let altered = written(&altered);
            let new = source(path, &altered);
            let read = gwp::case::read(std::slice::from_ref(&new));
            // Whoever depends on a record with an error cannot be judged: there is nothing to compare.
            if read.problems.iter().any(|problem| problem.level == Level::Error) {
                continue;
            }
            for before in &before {
                let Some(case) = before.with(&new, &read) else { continue };
                tried += 1;
                let mut is_asked = None;
                for (decision, was) in &before.decisions {
                    let Some(is) = grounds(&case, decision).filter(|is| is != was) else { continue };
                    counted += 1;
                    if !*is_asked.get_or_insert_with(|| example.is_asked(before.student, path, &altered)) {
                        let differs: Vec<_> = is.iter().zip(was).filter(|(is, was)| is != was).collect();
                        let day = decision.decision.date.iso();
                        missed.push(format!("{} {day}: {path} {what}: {differs:?}", before.student));
                    }
                }
            }
        }
    }
    assert!(counted > 60 && tried > 1_000, "{counted} of {tried}");
    assert!(missed.is_empty(), "{} of {counted} missed:\n{}", missed.len(), missed.join("\n"));
}

/// As many tests as there are shares, which several processors take up.
macro_rules! in_shares {
    ($($name:ident is $share:literal of $shares:literal;)*) => {
        mod what_counts_is_asked_about {
            $(#[test] fn $name() { super::sweep($share, $shares); })*
        }
    };
}

in_shares! {
    first is 0 of 8;
    second is 1 of 8;
    third is 2 of 8;
    fourth is 3 of 8;
    fifth is 4 of 8;
    sixth is 5 of 8;
    seventh is 6 of 8;
    eighth is 7 of 8;
}

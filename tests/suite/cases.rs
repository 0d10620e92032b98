//! The cases of `tests/cases/`, read, and what the judgement says of them. `tests/cases/README.md` says how they are
//! written.

#![allow(clippy::unwrap_used, reason = "a fixture that cannot be read is a failing test")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use gwp::calendar::Day;
use gwp::case::Case;
use gwp::facts::AwardDecisions;
use gwp::judgement::{Judgement, Verdict};
use gwp::text::{Source, Text};
use serde::Deserialize;

/// The files of a case folder: path and text.
pub type Files = BTreeMap<String, String>;

/// How a folder differs from the base, and what follows from it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    /// What is different, as a sentence.
    pub what: String,
    /// Words replaced, by file: what stands there once, and what stands there instead.
    #[serde(default)]
    replace: BTreeMap<String, Vec<(String, String)>>,
    /// Text added at the end of a file.
    #[serde(default)]
    append: BTreeMap<String, String>,
    /// Files that are new, or another text altogether.
    #[serde(default)]
    files: Files,
    /// What differs from the base, by day.
    pub on: BTreeMap<String, toml::Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    /// The files that all cases of the file share.
    #[serde(default)]
    files: Files,
    case: Vec<Deviation>,
}

/// Everything that is said of the student on one day, each as a line: of a requirement its status, the dates of its
/// queries and its due date; of the sessions and the rest what the README names.
pub type Said = BTreeMap<String, String>;

pub fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

pub fn base_files() -> Files {
    files_of(&cases().join("base"))
}

/// Every file of a folder.
pub fn files_of(root: &Path) -> Files {
    fn collect(folder: &Path, root: &Path, files: &mut Files) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, root, files);
            } else {
                let below = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(below, fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut files = Files::new();
    collect(root, root, &mut files);
    files
}

pub fn sources(files: &Files) -> Vec<Source> {
    let source =
        |(path, text): (&String, &String)| Source { path: Text::new(path.as_str()), content: Ok(text.clone().into()) };
    files.iter().map(source).collect()
}

pub fn linked(files: &Files) -> Case {
    let sources = sources(files);
    Case::link(gwp::case::read(&sources), &sources, &|_| true)
}

/// What comes of the judgement of Robin Ashby on a day; none where nothing can be judged.
pub fn judged<T>(case: &Case, day: Day, look: impl FnOnce(&Judgement<'_>) -> T) -> Option<T> {
    let position = case.records.students.iter().position(|entry| entry.id.raw() == "robin-ashby").unwrap();
    let student = case.student(position)?;
    Some(look(&Judgement::new(&student, day, AwardDecisions::Counted)))
}

/// What is said of Robin Ashby on a day.
pub fn said(case: &Case, day: Day) -> Said {
    let unknown = || Said::from([("verdict".to_owned(), Verdict::Unknown.word().to_owned())]);
    judged(case, day, said_of).unwrap_or_else(unknown)
}

fn said_of(judgement: &Judgement<'_>) -> Said {
    let mut said = Said::new();
    let date = |day: Option<Day>| day.map_or_else(|| "none".to_owned(), Day::iso);
    for finding in &judgement.findings {
        let mut line = finding.status.word().to_owned();
        for (position, query) in finding.queries.iter().enumerate() {
            let before = if position == 0 { " of " } else { ", " };
            write!(line, "{before}{}", query.date.iso()).unwrap();
        }
        if let Some(due) = finding.due {
            write!(line, " due {}", due.iso()).unwrap();
        }
        said.insert(finding.code.word().into(), line);
    }
    let facts = &judgement.facts;
    said.insert("verdict".into(), judgement.verdict.word().into());
    said.insert("counted".into(), facts.series.len().to_string());
    said.insert("complete".into(), date(facts.complete_on()));
    said.insert("projected".into(), date(facts.projected()));
    said.insert("limit".into(), facts.limit.iso());
    let uncounted = facts.sessions.all().iter().copied().filter_map(|entry| {
        let reason = entry.uncounted?;
        Some(format!("{} {}", entry.date.iso(), reason.word()))
    });
    said.insert("uncounted".into(), uncounted.collect::<Vec<_>>().join(", "));
    let meetings = facts.meetings.iter().filter(|entry| entry.counts()).count();
    said.insert("meetings".into(), meetings.to_string());
    let overdue = judgement.overdue().into_iter().map(|item| {
        let from = item.from.map_or("nobody", |person| person.id.unwrap_or(person.name).raw());
        format!("{} {} from {from}", item.due.map(Day::iso).unwrap_or_default(), item.kind.word())
    });
    said.insert("overdue".into(), overdue.collect::<Vec<_>>().join(", "));
    said
}

pub fn day(iso: &str) -> Day {
    Day::parse(iso).unwrap_or_else(|| panic!("{iso} is no day"))
}

/// Every case of every file, with its folder.
pub fn all_cases() -> Vec<(String, Deviation, Files)> {
    cases_in(&cases())
}

/// Every situation that committees meet with, with its folder.
pub fn situations() -> Vec<(String, Deviation, Files)> {
    cases_in(&cases().join("situations"))
}

/// Every case of every file in a folder, with its folder.
pub fn cases_in(folder: &Path) -> Vec<(String, Deviation, Files)> {
    let base = base_files();
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml") && !path.ends_with("base.toml"));
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let read: Cases = toml::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for case in read.case {
            let title = format!("{name}: {}", case.what);
            let mut files = base.clone();
            files.extend(read.files.clone());
            files.extend(case.files.clone());
            for (path, pairs) in &case.replace {
                let text = files.get_mut(path).unwrap_or_else(|| panic!("{title}: no file {path}"));
                for (old, new) in pairs {
                    assert_eq!(text.matches(old.as_str()).count(), 1, "{title}: {path} has this once: {old}");
                    *text = text.replace(old, new);
                }
            }
            for (path, more) in &case.append {
                let text = files.entry(path.clone()).or_default();
                text.push('\n');
                text.push_str(more);
            }
            all.push((title, case, files));
        }
    }
    all
}

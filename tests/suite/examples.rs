//! The examples are read without a problem, but for those of which each shows one.

#![allow(clippy::unwrap_used, reason = "an example that cannot be read is a failing test")]

use std::collections::BTreeSet;
use std::fs;

use gwp::case::{self, Entry, Records};
use gwp::files::{CaseFolder, find};
use gwp::problems::ProblemName;

use crate::file;
use crate::program::Program;

fn records(folder: &str) -> Records {
    let roots = find(&[file(folder)]).expect("the example is a case folder");
    let root = roots.into_iter().next().expect("there is one");
    case::read(&CaseFolder::open(root).expect("it can be read").sources)
}

fn all_whole<T>(entries: &[Entry<T>]) -> bool {
    entries.iter().all(|entry| entry.sound && entry.record.is_some())
}

#[test]
fn london_is_read_whole() {
    let records = records("examples/london");
    assert_eq!(records.problems, []);
    assert!(records.gwp.is_some());
    assert!(all_whole(&records.courses) && all_whole(&records.students));
    assert!(all_whole(&records.supervisors) && all_whole(&records.logs));
    assert!(!records.logs.is_empty() && records.students.iter().map(|entry| &entry.id).is_sorted());
}

/// Of a kind of problem `stray-file` the folder `stray-file`, and where it has several faces `stray-file-...`.
#[test]
fn each_kind_of_problem_is_shown_by_a_broken_folder() {
    let folders = fs::read_dir(file("examples/broken")).unwrap().map(|entry| entry.unwrap());
    let folders = folders.filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name().into_string().unwrap());
    let mut shown = Vec::new();
    for folder in folders {
        let command = format!("check examples/broken/{folder} --as-of 2025-11-10 --only problems --format json");
        let problems = Program::at_the_top().run(&command).json()["problems"].clone();
        let names: BTreeSet<_> =
            problems.as_array().unwrap().iter().map(|problem| problem["name"].as_str().unwrap()).collect();
        assert_eq!(names.len(), 1, "{folder} shows one kind of problem and nothing beside it, not {problems}");
        let name = names.into_iter().next().unwrap().to_owned();
        let is_called_after_it =
            folder.strip_prefix(&name).is_some_and(|more| more.is_empty() || more.starts_with('-'));
        assert!(is_called_after_it, "{folder} shows {name}");
        shown.push(name);
    }
    for name in ProblemName::ALL {
        let word = name.word();
        let is_shown = shown.iter().any(|shown| shown == word);
        assert!(is_shown, "no folder shows `{word}`: add examples/broken/{word}, and its row to the README beside it");
    }
}

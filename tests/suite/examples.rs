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

/// A row of the table in `examples/broken/README.md`.
struct Row {
    name: String,
    level: String,
    folder: String,
    file: String,
}

fn rows() -> Vec<Row> {
    let text = fs::read_to_string(file("examples/broken/README.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| `")).map(|line| {
        let cells: Vec<_> = line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let (folder, file) = cells[2].split_once('/').expect("a file lies in a folder");
        Row { name: cells[0].into(), level: cells[1].into(), folder: folder.into(), file: file.into() }
    });
    rows.collect()
}

#[test]
fn each_broken_folder_shows_what_its_readme_says() {
    for Row { name, level, folder, file } in rows() {
        let command = format!("check examples/broken/{folder} --as-of 2025-11-10 --format json");
        let json = Program::at_the_top().run(&command).json();
        let problems = json["problems"].as_array().unwrap();
        for problem in problems {
            assert_eq!(
                (problem["name"].as_str(), problem["level"].as_str()),
                (Some(&*name), Some(&*level)),
                "{folder}"
            );
        }
        let in_file = problems.iter().filter(|problem| problem["file"].as_str() == Some(&*file)).count();
        // Of two records with one id it is said of both.
        let beside = usize::from(name == "duplicate-id");
        assert_eq!((in_file, problems.len()), (1, 1 + beside), "{folder}: {problems:?}");
        let is_called_after_it =
            folder.strip_prefix(&name).is_some_and(|more| more.is_empty() || more.starts_with('-'));
        assert!(is_called_after_it, "{folder} shows {name}");
    }
}

#[test]
fn each_broken_folder_has_its_row_and_each_kind_of_problem_its_folder() {
    let rows = rows();
    let folders = fs::read_dir(file("examples/broken")).unwrap().map(|entry| entry.unwrap());
    let folders = folders.filter(|entry| entry.path().is_dir()).map(|entry| entry.file_name().into_string().unwrap());
    let named: Vec<_> = rows.iter().map(|row| row.folder.clone()).collect();
    let once: BTreeSet<_> = named.iter().cloned().collect();
    assert_eq!(folders.collect::<BTreeSet<_>>(), once, "examples/broken/README.md has a row for each folder");
    assert_eq!(named.len(), once.len(), "a folder shows one thing");
    for name in ProblemName::ALL {
        let word = name.word();
        let is_shown = rows.iter().any(|row| row.name == word);
        assert!(is_shown, "no folder shows `{word}`: add examples/broken/{word}, and its row to the README beside it");
    }
}

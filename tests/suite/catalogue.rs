//! Every way in which a text can be wrong, each with the exact message: the files in `catalogue/`.
//!
//! An entry is a line `== path` with the text below it, then a line `=>` with what is said of it: line, column, name of
//! the problem and message, and below that the help. `GWP_BLESS=1 cargo test catalogue` writes what is said anew.
//!
//! In `folder.txt` an entry is a folder, and shows what is wrong between its records: a line `#### what`, its files, and
//! what is said of all of them. The files of the first entry are there in every other, unless it has one of their name.

use std::collections::BTreeMap;
use std::fmt::Write;

use gwp::calendar::Day;
use gwp::case;
use gwp::text::{Locator, Text};
use gwp::{Folder, problems::Problem};

use crate::{assert_committed, file, source};

#[test]
fn what_is_said_of_every_fault() {
    for name in ["toml", "yaml", "schema", "record", "name"] {
        let path = format!("tests/suite/catalogue/{name}.txt");
        let committed = std::fs::read_to_string(file(&path)).expect("the catalogue is there").replace("\r\n", "\n");
        let mut made = String::new();
        for entry in committed.split("== ").skip(1) {
            let (path, rest) = entry.split_once('\n').expect("a path stands on a line of its own");
            let (text, _) = rest.split_once("=>\n").expect("what is said stands below `=>`");
            let _ = write!(made, "== {path}\n{text}=>\n{}\n", said(path, text));
        }
        assert_committed(&path, &made);
    }
}

/// The text of an entry may show what is not easily seen: `␉` a tab, `␍` a carriage return, `␀` a zero, `␛` an escape.
fn said(path: &str, text: &str) -> String {
    let text = text.replace('␉', "\t").replace('␍', "\r").replace('␀', "\0").replace('␛', "\u{1b}");
    let sources = [source(path, &text)];
    let records = case::read(&sources);
    let mut locator = Locator::new(&sources);
    records.problems.iter().map(|problem| line_of(problem, &mut locator)).collect()
}

fn line_of(problem: &Problem, locator: &mut Locator<'_>) -> String {
    let (line, column) = problem.place(locator);
    let help = problem.help.as_deref().unwrap_or_default();
    format!("{line}:{column} {}: {}\n    {help}\n", problem.name.word(), problem.message)
}

#[test]
fn what_is_said_between_the_records_of_a_folder() {
    let path = "tests/suite/catalogue/folder.txt";
    let committed = std::fs::read_to_string(file(path)).expect("the catalogue is there").replace("\r\n", "\n");
    let mut base = BTreeMap::new();
    let mut made = String::new();
    for entry in committed.split("#### ").skip(1) {
        let (what, rest) = entry.split_once('\n').expect("what it is stands on a line of its own");
        let (written, _) = rest.split_once("=>\n").expect("what is said stands below `=>`");
        let own = written.split("== ").skip(1).map(|file| file.split_once('\n').expect("a path"));
        let own: BTreeMap<_, _> = own.collect();
        if base.is_empty() {
            base.clone_from(&own);
        }
        let mut files = base.clone();
        files.extend(own);
        let sources: Vec<_> = files.into_iter().map(|(path, text)| source(path, text)).collect();
        let folder = Folder::of_sources(Text::new("derby"), sources, &|path| path == "evidence/there.pdf");
        let judged = folder.judge(Day::parse("2026-02-10").expect("a day")).expect("it can be judged");
        let mut locator = Locator::new(&folder.sources);
        let said = judged.problems(&mut locator).into_iter().map(|problem| {
            let path = &folder.sources[problem.file.0 as usize].path;
            format!("{path}:{}", line_of(&problem, &mut locator))
        });
        let _ = write!(made, "#### {what}\n{written}=>\n{}\n", said.collect::<String>());
    }
    assert_committed(path, &made);
}

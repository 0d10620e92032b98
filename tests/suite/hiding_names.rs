//! `--pseudonymise` and `--without-notes`: no string of any person of a folder is in what is made of it, and what is judged
//! is the same.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::Path;

use gwp::Folder;
use gwp::calendar::Day;
use gwp::folder::Selection;
use gwp::papers::{ForMeeting, OwnParts, Scope, html, of_folder, of_student, pages};
use gwp::privacy::Discretion;
use gwp::render::{write_markdown, xlsx_book};
use gwp::text::{Locator, SourcePath, Text};
use proptest::prelude::*;

use crate::cases::{Files, base_files};
use crate::chronicle::Diary;
use crate::program::Program;
use crate::properties::{any_day, folder, iso};
use crate::scratch;
use crate::source;

/// The keys at which a text stands that is about somebody, or that somebody typed.
const TYPED: [&str; 29] = [
    "name",
    "email",
    "title",
    "organisation",
    "approach",
    "convenor",
    "notes",
    "note",
    "concerns",
    "reason",
    "cancelled",
    "holder",
    "not_needed",
    "evidence",
    "what",
    "minute",
    "conductors",
    "supervisees",
    "absent",
    "supervisor",
    "group",
    "course",
    "by",
    "present",
    "apologies",
    "declared",
    "about",
    "number",
    "group_supervision_experience",
];

/// Every text of a folder that is about somebody, the names of files among them, in small letters.
fn personal(files: &Files) -> BTreeSet<String> {
    fn within(key: &str, value: &toml::Value, found: &mut BTreeSet<String>) {
        match value {
            toml::Value::String(text) if TYPED.contains(&key) => drop(found.insert(text.trim().to_lowercase())),
            toml::Value::Array(list) => list.iter().for_each(|one| within(key, one, found)),
            toml::Value::Table(table) => table.iter().for_each(|(key, one)| within(key, one, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    for (path, text) in files {
        if let Some((stem, _)) = path.rsplit('/').next().unwrap().rsplit_once('.').filter(|_| path.contains('/')) {
            found.insert(stem.to_lowercase());
        }
        if let Ok(table) = text.parse::<toml::Table>() {
            table.iter().for_each(|(key, one)| within(key, one, &mut found));
        }
    }
    // A word of the program's own, or a number, is nobody's.
    found.retain(|text| text.len() > 3 && !["ukcp", "bacp", "late", "arrangements", "award"].contains(&text.as_str()));
    found
}

/// The ids of random folders.
const IDS: [&str; 5] = ["north", "south", "ash", "birch", "cedar"];

/// A random folder in which names and ids are words that the program never says.
fn with_odd_names(files: &Files) -> Files {
    let odd = |text: &str| {
        let mut made = String::new();
        let mut word = String::new();
        for letter in text.chars().chain(['\n']) {
            if letter.is_alphanumeric() || letter == '-' || letter == '_' {
                word.push(letter);
                continue;
            }
            if IDS.contains(&word.as_str()) {
                made.push_str("zq");
            }
            made.push_str(&word);
            made.push(letter);
            word.clear();
        }
        made.trim_end_matches('\n').to_owned() + "\n"
    };
    let odd = |text: &str| odd(&text.replace("A group", "Zqtitle").replace("a group of staff", "zqstaff"));
    files.iter().map(|(path, text)| (odd(path).trim_end().to_owned(), odd(text))).collect()
}

fn opened(files: &Files) -> Folder {
    let sources = files.iter().map(|(path, text)| source(path, text)).collect();
    Folder::of_sources(Text::new("zqfolder"), sources, &|_| false)
}

fn key(byte: u8) -> Discretion {
    Discretion { key: Some([byte; 32]) }
}

/// Everything that is made of a folder: the pages, the tables of the papers and the parts of a workbook.
fn made(folder: &Folder, day: Day) -> BTreeMap<String, String> {
    let judged = folder.judge(day).unwrap();
    let mut locator = Locator::new(&folder.sources);
    let mut locate = |place: SourcePath| (folder.file_name(place.file), locator.place(place).0);
    let all = Selection::default();
    let mut papers = vec![of_folder(Scope::Committee, &judged, &all, ForMeeting::default(), &mut locate)];
    judged.roster(&all, &mut |result, judgement| {
        papers.push(of_student(&judged, &all, result, judgement, &mut locate));
    });
    let mut found = BTreeMap::new();
    for (number, paper) in papers.iter().enumerate() {
        found.insert(format!("{number}.html"), html(paper, &OwnParts::default()).unwrap());
        let mut markdown = Vec::new();
        write_markdown(&paper.sheets(), &mut markdown).unwrap();
        found.insert(format!("{number}.md"), String::from_utf8(markdown).unwrap());
    }
    let book = xlsx_book(&papers[0].sheets(), day).unwrap();
    found.extend(parts(book).into_iter().map(|(name, text)| (format!("book/{name}"), text)));
    found.extend(
        pages(&judged, &|_, _| Ok(OwnParts::default()), &mut locate)
            .unwrap()
            .into_iter()
            .map(|page| (page.file.clone(), page.text)),
    );
    found
}

/// The parts of a workbook.
fn parts(book: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        })
        .collect()
}

fn assert_names_nobody(files: &Files, made: &BTreeMap<String, String>) {
    let personal = personal(files);
    for (name, text) in made {
        let text = format!("{name}\n{text}").to_lowercase();
        for word in &personal {
            let around =
                text.find(word.as_str()).map(|at| text[..at + word.len()].chars().rev().take(90).collect::<String>());
            let around = around.map(|around| around.chars().rev().collect::<String>());
            assert_eq!(around, None, "{name} has {word}");
        }
    }
}

/// The verdicts and statuses of a folder's students, in no order.
fn judged(folder: &Folder, day: Day) -> Vec<String> {
    let judged = folder.judge(day).unwrap();
    let mut all = Vec::new();
    judged.roster(&Selection::default(), &mut |result, judgement| {
        let statuses = judgement.map(|one| one.findings.iter().map(|finding| finding.status).collect::<Vec<_>>());
        all.push(format!("{:?} {statuses:?}", result.verdict));
    });
    all.sort_unstable();
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn nobody_is_named_and_everybody_is_judged_alike(files in folder(), day in any_day()) {
        let files = with_odd_names(&files);
        let (folder, day) = (opened(&files), Day::parse(&iso(day)).unwrap());
        let hidden = key(7).folder(&folder);
        assert_names_nobody(&files, &made(&hidden, day));
        prop_assert_eq!(judged(&hidden, day), judged(&folder, day));
        // The same again, and other labels by another key.
        let again = key(7).folder(&folder);
        let paths = |folder: &Folder| folder.sources.iter().map(|source| source.path.clone()).collect::<Vec<_>>();
        prop_assert_eq!(paths(&hidden), paths(&again));
        prop_assert!(paths(&hidden) != paths(&key(8).folder(&folder)));
        // Without notes everything but notes is there, on the lines on which it was.
        let plain = Discretion { key: None }.folder(&folder);
        prop_assert_eq!(judged(&plain, day), judged(&folder, day));
        for (one, other) in plain.sources.iter().zip(&folder.sources) {
            let lines = |text: &gwp::text::Source| text.content.as_ref().map(|text| text.lines().count()).ok();
            prop_assert_eq!(lines(one), lines(other));
        }
    }
}

#[test]
fn labels_stay_when_somebody_comes_in() {
    let mut files = base_files();
    let first = key(7).folder(&opened(&files));
    files.insert(
        "students/aaron-abel.toml".to_owned(),
        files["students/robin-ashby.toml"].replace("Robin Ashby", "Aaron Abel"),
    );
    let second = key(7).folder(&opened(&files));
    let paths = |folder: &Folder| folder.sources.iter().map(|source| source.path.clone()).collect::<BTreeSet<_>>();
    assert!(paths(&second).is_superset(&paths(&first)));
    assert_eq!(paths(&second).len(), paths(&first).len() + 1);
}

#[test]
fn whatever_a_text_is_written_like_it_is_left_out() {
    let mut files = base_files();
    let student = &files["students/robin-ashby.toml"];
    let name = "name = \"\"\"\nRobin \\\n  Zqashby\"\"\" # zqremark of Robin\n";
    let rest = student.split_once('\n').unwrap().1;
    files.insert(
        "students/robin-ashby.toml".to_owned(),
        format!("{name}notes = '''\nzqone\nzqtwo # zqthree\n'''\n{rest}"),
    );
    files.insert(
        "supervisors/zqvale.yaml".to_owned(),
        "name: Zqvale\n# zqremark\nnotes: |\n  zqone\n\n  zqtwo\nother_evidence:\n  what: >-\n    zqfour\n    zqfive\n"
            .to_owned(),
    );
    // One that cannot be used: nothing of it is shown, and whom it names is unknown as before.
    files.insert(
        "sessions/zqbroken.toml".to_owned(),
        "kind = \"group\"\nconductors = [\"robin-ashby\"]\nzqkey = 'Zqsix'\n".to_owned(),
    );
    let (folder, day) = (opened(&files), Day::new(2026, 2, 10).unwrap());
    let hidden = key(7).folder(&folder);
    assert_eq!(judged(&hidden, day), judged(&folder, day));
    assert!(judged(&hidden, day).iter().any(|one| one.starts_with("Unknown")));
    for source in &hidden.sources {
        let said = format!("{} {:?}", source.path, source.content).to_lowercase();
        assert!(!said.contains("zq") && !said.contains("robin"), "{said}");
    }
    let plain = Discretion { key: None }.folder(&folder);
    let of = |folder: &Folder, path: &str| {
        let source = folder.sources.iter().find(|source| source.path.raw() == path).unwrap();
        source.content.as_ref().unwrap().to_string()
    };
    let student = of(&plain, "students/robin-ashby.toml");
    assert!(student.contains("Zqashby") && !student.contains("zqone"), "{student}");
    assert_eq!(student.lines().count(), files["students/robin-ashby.toml"].lines().count());
    assert!(!of(&plain, "supervisors/zqvale.yaml").contains("zqone"));
}

#[test]
fn the_program_makes_such_papers_tables_and_pages() {
    let folder = scratch::folder();
    let mut files = Files::new();
    let mut waiting = vec![crate::file("examples/london")];
    while let Some(at) = waiting.pop() {
        for entry in fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                waiting.push(entry);
            } else if let Ok(text) = fs::read_to_string(&entry) {
                let path = entry.strip_prefix(crate::file("examples/london")).unwrap();
                files.insert(path.to_str().unwrap().to_owned(), text);
            }
        }
    }
    Diary { top: &folder.path().join("top") }.write_all(&files);
    files.remove("README.md");
    let program = Program::within(&folder.path().join("top"));
    let mut found = BTreeMap::new();
    for what in [
        "paper lcc --meeting 2026-02-21",
        "paper spc",
        "paper wall --format markdown",
        "paper student marcus",
        "paper supervisor carys",
        "show marcus",
        "export sessions",
        "export supervisors --format json",
    ] {
        let ran = program.run(&format!("{what} --pseudonymise --as-of 2026-02-10"));
        assert!(ran.status < 2, "{what}: {}", ran.err);
        assert!(ran.out.len() > 200, "{what}");
        found.insert(what.split(' ').take(2).collect::<Vec<_>>().join("-").replace("marcus", "-"), ran.out);
    }
    let out = folder.path().join("pages");
    let ran = program.run(&format!("paper all --pseudonymise --as-of 2026-02-10 --out {}", out.display()));
    assert_eq!(ran.status, 0, "{}", ran.err);
    read_all(&out, &out, &mut found);
    assert_names_nobody(&files, &found);
    // The letter is that of the student who was named, and says what the labels are.
    let letter = &found["paper-student"];
    assert!(letter.contains("Labels stand in place of names") && letter.contains("Student "), "{letter}");
    let again = program.run("paper student marcus --pseudonymise --as-of 2026-02-10").out;
    assert_eq!(&again, letter);
    let without = program.run("paper student marcus --without-notes --as-of 2026-02-10").out;
    assert!(without.contains("Marcus Idowu") && without.contains("Notes, concerns and reasons are left out"));
}

fn read_all(top: &Path, at: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            read_all(top, &entry, found);
        } else {
            let name = entry.strip_prefix(top).unwrap().to_str().unwrap().to_owned();
            found.insert(name, fs::read_to_string(&entry).unwrap());
        }
    }
}

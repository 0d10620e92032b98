//! The pages for people say what is so.
//!
//! A page is walked as a reader walks it. A block of TOML or YAML is a record, and the line above it says what becomes
//! of it; a block marked `console` holds commands, which are run where the records lie, and what they say. `[...]`
//! stands for lines left out. What the page should say is made anew and compared; with `GWP_BLESS` it is written.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use gwp::audit::IrregularityName;
use gwp::edition::{Edition, ParameterName, Value};
use gwp::problems::ProblemName;
use gwp::records::Scheme;
use gwp::requirements::CATALOGUE;
use serde_json::Value as Json;
use tempfile::TempDir;

use crate::markdown::{Block, Piece, anchors, links, pieces, with_part};
use crate::program::{Program, Ran};
use crate::validation::{Validator, value_of};
use crate::{assert_committed, file};

const ELISION: &str = "[...]";

/// Pages of the repository in which commands are shown.
const PAGES: [&str; 6] = [
    "README.md",
    "examples/README.md",
    "examples/london/README.md",
    "examples/national/README.md",
    "examples/edition-2022-23/README.md",
    "examples/broken/README.md",
];

#[test]
fn readme_says_what_is_so() {
    let mut page = walked("README.md", &Desk::new());
    let parts = [
        ("parameters", parameters()),
        ("problems", problems()),
        ("requirements", requirements()),
        ("irregularities", irregularities()),
        ("readings", readings()),
    ];
    for (name, made) in parts {
        page = with_part(&page, name, &made);
    }
    assert_committed("README.md", &page);
}

#[test]
fn readmes_of_the_examples_say_what_is_so() {
    let desk = Desk::new();
    for page in &PAGES[1..] {
        assert_committed(page, &walked(page, &desk));
    }
}

#[test]
fn links_lead_somewhere() {
    for page in PAGES.into_iter().chain(["schemas/README.md", "tests/cases/README.md"]) {
        let text = fs::read_to_string(file(page)).expect("the page is there");
        for link in links(&text).into_iter().filter(|link| !link.starts_with("https://")) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { file(page) } else { file(page).with_file_name("").join(path) };
            assert!(target.exists(), "{page}: {link} leads nowhere");
            if !anchor.is_empty() {
                let text = fs::read_to_string(&target).expect("a page with headings");
                assert!(anchors(&text).contains(anchor), "{page}: no heading is {link}");
            }
        }
    }
}

#[test]
fn every_dependency_is_named_with_its_reason() {
    let text = fs::read_to_string(file("Cargo.toml")).expect("it is there");
    let manifest: toml::Table = text.parse().expect("it is TOML");
    let page = fs::read_to_string(file("README.md")).expect("it is there");
    let (_, dependencies) = page.split_once("## Dependencies\n").expect("the page has the part");
    let (dependencies, _) = dependencies.split_once("\n## ").expect("it ends");
    for part in ["dependencies", "dev-dependencies"] {
        for name in manifest[part].as_table().expect("a table").keys() {
            assert!(dependencies.contains(&format!("`{name}`")), "{name} is not named among the dependencies");
        }
    }
}

#[test]
fn every_command_is_listed() {
    let page = fs::read_to_string(file("README.md")).expect("it is there");
    let (_, part) = page.split_once("| command | what it does |\n").expect("the page has the table");
    let (table, _) = part.split_once("\n\n").expect("it ends");
    let help = Program::within(&file("")).run("--help").out;
    let (_, commands) = help.split_once("Commands:\n").expect("it lists the commands");
    let names: Vec<&str> = commands
        .lines()
        .map_while(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|it| !matches!(*it, "" | "help"))
        .collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        assert!(table.contains(&format!("`gwp {name} ")) || table.contains(&format!("`gwp {name}`")), "{name}");
    }
}

#[test]
fn every_status_and_verdict_is_explained_in_order() {
    let page = fs::read_to_string(file("README.md")).expect("it is there");
    let (_, part) = page.split_once("## Verdicts and statuses\n").expect("the page has the part");
    let explained: Vec<&str> =
        part.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).take(6 + 11).collect();
    let statuses = ["met", "open", "query", "action", "failed", "n/a"];
    let verdicts = gwp::judgement::Verdict::ALL.map(gwp::judgement::Verdict::word);
    assert_eq!(explained, statuses.into_iter().chain(verdicts).collect::<Vec<_>>());
}

fn parameters() -> String {
    let edition = Edition::of(Scheme::default());
    let line = |name: ParameterName| {
        let entry = edition.entry(name);
        let value = match &entry.value {
            Value::Number(number) => number.to_string(),
            Value::Words(words) => words.join(", "),
        };
        format!("| `{}` | {value} | {} | {} |\n", name.word(), entry.unit, entry.heading)
    };
    let lines = ParameterName::ALL.into_iter().map(line);
    format!("| parameter | value | unit | heading |\n|---|---|---|---|\n{}", lines.collect::<String>())
}

fn problems() -> String {
    let line = |name: ProblemName| {
        let (word, level, meaning) = (name.word(), name.default_level().word(), name.meaning());
        format!("| `{word}` | {level} | {meaning} |\n")
    };
    let lines = ProblemName::ALL.into_iter().map(line);
    format!("| problem | level | what it is |\n|---|---|---|\n{}", lines.collect::<String>())
}

fn irregularities() -> String {
    let line = |name: IrregularityName| format!("| `{}` | {} |\n", name.word(), name.meaning());
    let lines = IrregularityName::ALL.into_iter().map(line);
    format!("| irregularity | what it is |\n|---|---|\n{}", lines.collect::<String>())
}

fn requirements() -> String {
    let line = |requirement: &&gwp::requirements::Requirement| {
        let (code, heading, asks) = (requirement.code, requirement.heading, requirement.asks);
        format!("| {code} | `{}` | {heading} | {asks} |\n", code.name())
    };
    format!(
        "| code | name | heading | what it asks |\n|---|---|---|---|\n{}",
        CATALOGUE.iter().map(line).collect::<String>()
    )
}

/// The readings, each once, with the requirements that it is about.
fn readings() -> String {
    let mut readings: Vec<(&str, Vec<&str>)> = Vec::new();
    for requirement in CATALOGUE {
        for reading in requirement.readings {
            match readings.iter_mut().find(|(known, _)| known == reading) {
                Some((_, codes)) => codes.push(requirement.code.word()),
                None => readings.push((reading, vec![requirement.code.word()])),
            }
        }
    }
    let lines = readings.iter().map(|(reading, codes)| format!("| {} | {reading} |\n", in_short(codes)));
    format!("| code | reading |\n|---|---|\n{}", lines.collect::<String>())
}

/// `C1–C9` for a run of codes.
fn in_short(codes: &[&str]) -> String {
    let number = |code: &str| code[1..].parse::<usize>().ok();
    let follows = |pair: &[&str]| pair[0][..1] == pair[1][..1] && number(pair[0]).map(|one| one + 1) == number(pair[1]);
    match codes {
        [first, _, .., last] if codes.windows(2).all(follows) => format!("{first}–{last}"),
        codes => codes.join(", "),
    }
}

/// Where a reader tries things out: a folder with the examples and schemas, in which records and outputs come to lie.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("there is room"));
        for folder in ["examples", "schemas"] {
            copy(&file(folder), &desk.path(folder));
        }
        crate::chronicle::keep(&desk.path("wells"));
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        let text = fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        text.replace("\r\n", "\n")
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().expect("a file lies in a folder")).expect("it can be made");
        fs::write(self.path(path), text).expect("it can be written");
    }

    /// Runs a line of a console.
    fn run(&self, line: &str, last: i32) -> Ran {
        if line == "echo $?" {
            return Ran { status: 0, out: format!("{last}\n"), err: String::new() };
        }
        let (line, into) = line.split_once(" > ").map_or((line, None), |(line, into)| (line, Some(into)));
        let words = line.strip_prefix("gwp ").or_else(|| line.strip_prefix("cargo run --release -- "));
        let words = words.unwrap_or_else(|| panic!("\"{line}\" cannot be run here"));
        let mut ran = Program::within(self.0.path()).run(words);
        if let Some(into) = into {
            self.write(into, &std::mem::take(&mut ran.out));
        }
        ran
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("a folder can be listed").map(|entry| entry.expect("an entry")) {
        let kind = entry.file_type().expect("it has a type");
        if kind.is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else if kind.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("a file can be copied");
        }
    }
}

/// The page as it should be: each output as it is now.
fn walked(page: &str, desk: &Desk) -> String {
    let text = fs::read_to_string(file(page)).expect("the page is there").replace("\r\n", "\n");
    let mut made = String::new();
    for piece in pieces(&text) {
        match piece {
            Piece::Line(line) => made.push_str(line),
            Piece::Block(block) => match block.language {
                "console" => made.push_str(&console(&block, desk)),
                "toml" | "yaml" => {
                    record(&block, desk);
                    made.push_str(block.text);
                }
                "json" => {
                    assert_said(&block);
                    made.push_str(block.text);
                }
                _ => {
                    assert!(!block.text.contains("$ "), "{page}: a console is marked as one: {}", block.text);
                    made.push_str(block.text);
                }
            },
        }
    }
    assert_sound(desk);
    made
}

/// A block of commands and what they say, made anew.
fn console(block: &Block<'_>, desk: &Desk) -> String {
    let (mut made, mut last) = (String::new(), 0);
    let text = format!("\n{}", block.text);
    let mut commands = text.split("\n$ ").peekable();
    assert_eq!(commands.next(), Some(""), "a console begins with a command: {text}");
    while let Some(shown) = commands.next() {
        let (command, shown) = shown.split_once('\n').unwrap_or((shown, ""));
        // The line's end before the next command was taken by the split.
        let shown = if shown.is_empty() || shown.ends_with('\n') { shown.to_owned() } else { format!("{shown}\n") };
        let ran = desk.run(command, last);
        let status_follows = commands.peek().is_some_and(|next| next.starts_with("echo $?"));
        assert!(ran.status < 2 || status_follows, "{command} ended with {}: {}", ran.status, ran.err);
        last = ran.status;
        let said: String =
            format!("{}{}", ran.out, ran.err).lines().map(|line| format!("{}\n", line.trim_end())).collect();
        let is_whole = !shown.lines().any(|line| line == ELISION);
        assert!(is_whole || is_shortened(&said, &shown), "{command} does not say\n{shown}\nIt says\n{said}");
        let shown = if is_whole { said } else { shown };
        let _ = write!(made, "$ {command}\n{shown}");
    }
    made
}

/// Whether `shown` is `said` with lines left out where it says so.
fn is_shortened(said: &str, shown: &str) -> bool {
    let parts: Vec<Vec<&str>> =
        shown.lines().collect::<Vec<_>>().split(|line| *line == ELISION).map(<[&str]>::to_vec).collect();
    let mut rest: Vec<&str> = said.lines().collect();
    let last = parts.len() - 1;
    for (position, part) in parts.iter().enumerate() {
        let found = match position {
            _ if part.is_empty() => Some(0),
            0 => rest.starts_with(part).then_some(0),
            at if at == last => rest.ends_with(part).then(|| rest.len() - part.len()),
            _ => rest.windows(part.len()).position(|lines| lines == part.as_slice()),
        };
        let Some(found) = found else { return false };
        rest.drain(..found + part.len());
    }
    true
}

/// Does with a record what the line above it says.
fn record(block: &Block<'_>, desk: &Desk) {
    let text = block.text;
    let paths: Vec<&str> = block.caption.split('`').skip(1).step_by(2).collect();
    let words: Vec<&str> = block.caption.split('`').step_by(2).map(str::trim).collect();
    match (words.as_slice(), paths.as_slice()) {
        (["", ""], [path]) => desk.write(path, text),
        (["At the end of", ""], [path]) => desk.write(path, &format!("{}\n{text}", desk.read(path))),
        (["The beginning of", ""], [path]) => {
            assert!(desk.read(path).starts_with(text), "{path} does not begin with\n{text}");
        }
        (["", "in place of", ""], [path, other]) => {
            let (one, other) = (value_of(Path::new(path), text), value_of(Path::new(other), &desk.read(other)));
            assert_eq!(one, other, "{path}");
        }
        _ => panic!("\"{}\" does not say what becomes of this record:\n{text}", block.caption),
    }
}

/// Asserts that a block of JSON is part of what `check` says of the example.
fn assert_said(block: &Block<'_>) {
    fn holds(whole: &Json, part: &Json) -> bool {
        let within = match whole {
            Json::Object(table) => table.values().any(|value| holds(value, part)),
            Json::Array(list) => list.iter().any(|value| holds(value, part)),
            _ => false,
        };
        within || whole == part
    }
    let shown: Json = serde_json::from_str(block.text).expect("it is JSON");
    let said = Program::at_the_top().run("check examples/london --as-of 2026-02-10 --format json").json();
    assert!(holds(&said, &shown), "this is no part of the document:\n{}", block.text);
}

/// Asserts that the case folders that a page has its reader write have no problem, and fit the schemas.
fn assert_sound(desk: &Desk) {
    let entries = fs::read_dir(desk.0.path()).expect("it can be listed").map(|entry| entry.expect("an entry"));
    for folder in entries.filter(|entry| entry.path().join("gwp.toml").is_file()) {
        let name = folder.file_name().into_string().expect("a name in UTF-8");
        let words = format!("check {name} --as-of 2025-11-12 --fail-on errors,warnings,unknown");
        let ran = Program::within(desk.0.path()).run(&words);
        assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
        Validator::new().assert_folder_fits(&folder.path());
    }
}

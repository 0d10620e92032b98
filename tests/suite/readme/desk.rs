//! A page walked as a reader walks it.

use std::cell::RefCell;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value as Json;
use tempfile::TempDir;

use crate::asking::Terminal;
use crate::desk::copy;
use crate::file;
use crate::markdown::{Block, Piece, pieces};
use crate::program::{Program, Ran};
use crate::scratch;
use crate::validation::{Validator, value_of};

const ELISION: &str = "[...]";

/// Where a reader tries things out: a folder with the examples and schemas, in which records and outputs come to lie.
pub struct Desk {
    folder: TempDir,
    /// The folder in which commands are typed, from the top of the desk.
    here: RefCell<String>,
    /// The story of Wells, kept in git, once somebody asks for it.
    wells: OnceLock<()>,
}

impl Desk {
    pub fn new() -> Self {
        let folder = scratch::folder();
        let desk = Self { folder, here: RefCell::default(), wells: OnceLock::new() };
        for folder in ["examples", "schemas"] {
            copy(&file(folder), &desk.path(folder));
        }
        desk
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        let text = fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        text.replace("\r\n", "\n")
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().expect("a file lies in a folder")).expect("it can be made");
        fs::write(self.path(path), text).expect("it can be written");
    }

    fn here(&self) -> PathBuf {
        self.path(&self.here.borrow())
    }

    /// Runs a line of a console.
    fn run(&self, line: &str, last: i32) -> Ran {
        let quiet = |status, out: String| Ran { status, out, err: String::new() };
        if line == "echo $?" {
            return quiet(0, format!("{last}\n"));
        }
        if let Some(folder) = line.strip_prefix("cd ") {
            folder.clone_into(&mut self.here.borrow_mut());
            assert!(self.here().is_dir(), "there is no folder {folder}");
            return quiet(0, String::new());
        }
        let (line, into) = line.split_once(" > ").map_or((line, None), |(line, into)| (line, Some(into)));
        let words = line.strip_prefix("gwp ").or_else(|| line.strip_prefix("cargo run --release -- "));
        let words = words.unwrap_or_else(|| panic!("\"{line}\" cannot be run here"));
        if words.contains(" wells") {
            self.wells.get_or_init(|| crate::chronicle::keep(&self.path("wells")));
        }
        let mut ran = Program::within(&self.here()).run_with(&arguments(words));
        if let Some(into) = into {
            fs::write(self.here().join(into), std::mem::take(&mut ran.out)).expect("it can be written");
        }
        ran
    }
}

/// The arguments of a command, of which those in quotation marks can have spaces.
fn arguments(words: &str) -> Vec<&str> {
    let mut arguments = Vec::new();
    for (at, part) in words.split('"').enumerate() {
        if at % 2 == 1 { arguments.push(part) } else { arguments.extend(part.split_whitespace()) }
    }
    arguments
}

/// The page as it should be: each output as it is now.
pub fn walked(page: &str, desk: &Desk) -> String {
    let text = fs::read_to_string(file(page)).expect("the page is there").replace("\r\n", "\n");
    let mut made = String::new();
    desk.here.borrow_mut().clear();
    for piece in pieces(&text) {
        match piece {
            Piece::Line(line) => made.push_str(line),
            Piece::Block(block) => match block.language {
                "console" => made.push_str(&console(&block, desk)),
                "terminal" => made.push_str(&dialogue(&block, desk)),
                "toml" | "yaml" | "csv" => {
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

/// A block of a command that asks, its questions and what is answered to each, made anew.
fn dialogue(block: &Block<'_>, desk: &Desk) -> String {
    let (command, shown) = block.text.split_once('\n').expect("a command and what it asks");
    let words = command.strip_prefix("$ gwp ").expect("a dialogue begins with a command");
    let mut terminal = Terminal::of(&desk.here(), arguments(words));
    for line in shown.lines() {
        let Some(question) = terminal.question() else { break };
        // Where the question is another by now, the answer stands where the page has it.
        let after_a_colon = || line.rsplit_once(':').map_or("", |(_, answer)| answer);
        let answer = line.strip_prefix(question.trim_end()).unwrap_or_else(after_a_colon);
        terminal.answer(&format!("{}\n", answer.trim()));
    }
    let (status, said) = terminal.end();
    assert_eq!(status, 0, "{said}");
    let lines = said.lines().map(|line| format!("{}\n", line.trim_end()));
    format!("{command}\n{}", lines.collect::<String>())
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
        (["Part of", ""], [path]) => assert!(desk.read(path).contains(text), "{path} does not say\n{text}"),
        (["", "says"], [path]) => assert_eq!(desk.read(path), text, "{path}"),
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
    let entries = fs::read_dir(desk.folder.path()).expect("it can be listed").map(|entry| entry.expect("an entry"));
    for folder in entries.filter(|entry| entry.path().join("gwp.toml").is_file()) {
        let name = folder.file_name().into_string().expect("a name in UTF-8");
        let words = format!("check {name} --as-of 2025-11-12 --fail-on errors,warnings,unknown");
        let ran = Program::within(desk.folder.path()).run(&words);
        assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
        Validator::new().assert_folder_fits(&folder.path());
    }
}

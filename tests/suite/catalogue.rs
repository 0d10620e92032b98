//! Every way in which a text can be wrong, each with the exact message: the files in `catalogue/`.
//!
//! An entry is a line `== path` with the text below it, then a line `=>` with what is said of it: line, column, name of
//! the problem and message, and below that the help. `GWP_BLESS=1 cargo test catalogue` writes what is said anew.

use std::fmt::Write;

use gwp::case;
use gwp::text::Locator;

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
    let mut said = String::new();
    for problem in &records.problems {
        let (line, column) = problem.place(&mut locator);
        let name = problem.name.word();
        let _ = writeln!(said, "{line}:{column} {name}: {}", problem.message);
        let _ = writeln!(said, "    {}", problem.help.as_deref().unwrap_or_default());
    }
    said
}

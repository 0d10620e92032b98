//! How long the sentences are that people read: a busy reader understands each the first time.

use serde_json::Value;

use super::{commands, pages, text_of};
use crate::markdown::{Piece, pieces};
use crate::program::Program;

/// More words than these make a sentence long.
const LONG: usize = 25;

/// No sentence has more words than these.
const LONGEST: usize = 35;

/// Of a hundred sentences so many may be long.
const LONG_OF_A_HUNDRED: usize = 5;

#[test]
fn sentences_of_the_manual_are_short() {
    for page in pages() {
        assert_short(&page, &of_page(&text_of(&page)));
    }
}

#[test]
fn sentences_of_the_help_are_short() {
    let help = commands().into_iter().flat_map(|command| of_help(&format!("{command} --help")));
    let of_new = ["course", "student", "supervisor", "group", "supervision"];
    let help = help.chain(of_new.iter().flat_map(|record| of_help(&format!("new {record} --help"))));
    let help: Vec<_> = help.chain(of_help("--help")).collect();
    assert_short("--help", &help);
}

#[test]
fn sentences_of_the_explanations_are_short() {
    let explained = Program::at_the_top().run("explain --format json").json();
    let mut texts = Vec::new();
    strings(&explained["requirements"], &mut texts);
    let sentences: Vec<_> = texts.iter().flat_map(|text| sentences(text)).collect();
    assert_short("explain", &sentences);
}

fn assert_short(what: &str, sentences: &[String]) {
    let words = |sentence: &String| sentence.split_whitespace().count();
    let long: Vec<_> = sentences.iter().filter(|sentence| words(sentence) > LONG).collect();
    let too_long: Vec<_> = long.iter().filter(|sentence| words(sentence) > LONGEST).collect();
    // A page of few sentences may have one that is long.
    let most = (sentences.len() * LONG_OF_A_HUNDRED / 100).max(1);
    assert!(long.len() <= most, "{what}: {} of {} sentences are long: {long:#?}", long.len(), sentences.len());
    assert!(too_long.is_empty(), "{what}: {} sentences are too long: {too_long:#?}", too_long.len());
}

/// The sentences of a page, without its headings, tables and blocks.
fn of_page(page: &str) -> Vec<String> {
    let (mut made, mut paragraph) = (Vec::new(), String::new());
    for piece in pieces(page) {
        let line = match piece {
            Piece::Line(line) => line.trim_end(),
            Piece::Block(_) => "",
        };
        let is_text = !line.is_empty() && !line.starts_with(['#', '|', '<']) && !line.starts_with("```");
        let entry = line.trim_start().split_once(' ').filter(|(mark, _)| *mark == "-" || is_number(mark));
        if !is_text || entry.is_some() {
            made.extend(sentences(&std::mem::take(&mut paragraph)));
        }
        if is_text {
            paragraph.push_str(entry.map_or(line, |(_, words)| words).trim());
            paragraph.push(' ');
        }
    }
    made.extend(sentences(&paragraph));
    made
}

fn is_number(mark: &str) -> bool {
    mark.strip_suffix('.').is_some_and(|digits| digits.parse::<u8>().is_ok())
}

/// The sentences of a help, in which each text is on one line where there is room, after two spaces or more.
fn of_help(words: &str) -> Vec<String> {
    let help = Program::at_the_top().env("COLUMNS", "10000").run(words).out;
    // What can be typed is no sentence.
    let lines = help.lines().filter(|line| !line.contains(" [--"));
    lines.flat_map(|line| sentences(line.rsplit("  ").next().unwrap_or_default())).collect()
}

/// Every text of a document.
fn strings<'v>(value: &'v Value, into: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => into.push(text),
        Value::Array(list) => list.iter().for_each(|value| strings(value, into)),
        Value::Object(table) => table.values().for_each(|value| strings(value, into)),
        _ => {}
    }
}

/// The sentences of a text. One ends with a mark and a space, before a capital letter, a quotation mark or a bracket.
fn sentences(text: &str) -> Vec<String> {
    let (mut made, mut rest, mut from) = (Vec::new(), text.trim(), 0);
    while let Some(at) = rest[from..].find(['.', '!', '?', ':', ';']).map(|at| from + at + 1) {
        from = at;
        let next = rest[at..].trim_start();
        let begins = |first: char| first.is_uppercase() || "\"'([`*“‘".contains(first);
        if rest[at..].starts_with(' ') && next.starts_with(begins) {
            made.push(rest[..at].to_owned());
            (rest, from) = (next, 0);
        }
    }
    if !rest.is_empty() {
        made.push(rest.to_owned());
    }
    made
}

#[test]
fn sentences_are_told_apart() {
    assert_eq!(
        sentences("It is 3.5 long. Is it? \"Yes\"; no: Well."),
        ["It is 3.5 long.", "Is it?", "\"Yes\"; no:", "Well."]
    );
    let page = "# A. B\n\nOne\ntwo. `Three`.\n- four\n  five\n\n| a | b |\n\n```sh\nsix\n```\n";
    assert_eq!(of_page(page), ["One two.", "`Three`.", "four five"]);
}

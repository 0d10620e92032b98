//! How tests read papers of the London example: as Markdown, on one day.

use crate::desk::Desk;

/// What a command that makes a paper gives as of 10 February 2026, in Markdown.
pub fn markdown(desk: &Desk, words: &str) -> String {
    let ran = desk.run(&format!("{words} --as-of 2026-02-10 --format markdown"));
    assert_eq!(ran.status, 0, "{words}: {}", ran.err);
    ran.out
}

/// A part of a paper, from its heading to the next that is as high.
pub fn part<'p>(paper: &'p str, heading: &str) -> &'p str {
    let (_, after) = paper.split_once(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no {heading}: {paper}"));
    let mark = heading.split(' ').next().unwrap_or_default();
    after.split(&format!("\n{mark} ")).next().unwrap_or_default()
}

/// Asserts that a text has these words.
#[track_caller]
pub fn has(text: &str, words: &str) {
    assert!(text.contains(words), "no {words}\n{text}");
}

//! What is different between two texts of a file, line by line.

use std::fmt::Write as _;

use crate::text::{common_lines, visible};

/// Lines shown before and after those that differ.
const AROUND: usize = 2;

/// A line of either text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line<'t> {
    Kept(&'t str),
    Gone(&'t str),
    New(&'t str),
}

/// The lines that differ, in the form that `diff -u` gives them, without its heading; nothing where none does. All is
/// shown visibly. A byte order mark and the kind of line breaks are not looked at.
pub fn changes(old: &str, new: &str) -> String {
    let lines = compared(&lines_of(old), &lines_of(new));
    let mut out = String::new();
    let shown: Vec<bool> = (0..lines.len())
        .map(|at| {
            let near = at.saturating_sub(AROUND)..(at + AROUND + 1).min(lines.len());
            lines[near].iter().any(|line| !matches!(line, Line::Kept(_)))
        })
        .collect();
    let (mut before, mut after) = (1, 1);
    let mut at = 0;
    while at < lines.len() {
        if shown[at] {
            let part = &lines[at..at + shown[at..].iter().take_while(|shown| **shown).count()];
            let gone = part.iter().filter(|line| !matches!(line, Line::New(_))).count();
            let there = part.iter().filter(|line| !matches!(line, Line::Gone(_))).count();
            // Writing to a String cannot fail.
            let _ = writeln!(out, "@@ -{before},{gone} +{after},{there} @@");
            for line in part {
                let (mark, text) = match line {
                    Line::Kept(text) => (' ', text),
                    Line::Gone(text) => ('-', text),
                    Line::New(text) => ('+', text),
                };
                let shown = format!("{mark}{}", visible(text));
                let _ = writeln!(out, "{}", shown.trim_end());
            }
            (before, after, at) = (before + gone, after + there, at + part.len());
        } else {
            (before, after, at) = (before + 1, after + 1, at + 1);
        }
    }
    out
}

fn lines_of(text: &str) -> Vec<&str> {
    text.strip_prefix('\u{feff}').unwrap_or(text).lines().collect()
}

/// Both texts as one, with the most lines in common that there can be.
fn compared<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<Line<'t>> {
    let ahead = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let (old_rest, new_rest) = (&old[ahead..], &new[ahead..]);
    let behind = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(one, other)| one == other).count();
    let (gone, there) = (&old_rest[..old_rest.len() - behind], &new_rest[..new_rest.len() - behind]);
    let mut lines: Vec<_> = old[..ahead].iter().copied().map(Line::Kept).collect();
    between(gone, there, &mut lines);
    lines.extend(old_rest[old_rest.len() - behind..].iter().copied().map(Line::Kept));
    lines
}

/// The lines between those that both texts begin and end with.
fn between<'t>(old: &[&'t str], new: &[&'t str], lines: &mut Vec<Line<'t>>) {
    // Of too many lines what differs is shown as a whole, the old ones and then the new.
    let common = common_lines(old, new).unwrap_or_else(|| vec![None; old.len()]);
    let mut told = 0;
    for (line, met) in old.iter().zip(common) {
        let Some(met) = met else {
            lines.push(Line::Gone(line));
            continue;
        };
        lines.extend(new[told..met].iter().copied().map(Line::New));
        lines.push(Line::Kept(line));
        told = met + 1;
    }
    lines.extend(new[told..].iter().copied().map(Line::New));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_shown_with_what_is_around_it() {
        assert_eq!(changes("a\nb\n", "a\nb\n"), "");
        assert_eq!(changes("", "a\n"), "@@ -1,0 +1,1 @@\n+a\n");
        let old = (1..=20).map(|number| number.to_string()).collect::<Vec<_>>().join("\n") + "\n";
        let new = old.replace("5\n6\n", "5\nnew\n6\n").replace("17\n", "seventeen\n");
        assert_eq!(
            changes(&old, &new),
            "@@ -4,4 +4,5 @@\n 4\n 5\n+new\n 6\n 7\n@@ -15,5 +16,5 @@\n 15\n 16\n-17\n+seventeen\n 18\n 19\n"
        );
    }

    #[test]
    fn line_breaks_are_not_looked_at_and_nothing_acts() {
        assert_eq!(changes("\u{feff}a\r\nb\r\n", "a\nb\n"), "");
        assert_eq!(changes("", "\u{1b}[31m\n\n"), "@@ -1,0 +1,2 @@\n+\\u{1b}[31m\n+\n");
    }
}

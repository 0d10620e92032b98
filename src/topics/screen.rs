//! A page laid out for a terminal: headings stand out, words are broken into lines, tables stand in columns.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::Topic;
use super::blocks::{Block, blocks};
use crate::render::{Layout, write_text};
use crate::reports::{Cell, Head, Row, Sheet, Stands, Tone};

/// Longer lines are hard to read.
const WIDEST: usize = 92;

/// The least width of a column of a table.
const NARROWEST: usize = 8;

impl Topic {
    /// Writes the page for a terminal.
    pub fn write(&self, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
        let layout = Layout { width: layout.width.min(WIDEST), ..layout };
        let blocks = blocks(self.text);
        for (at, block) in blocks.iter().enumerate() {
            let follows_an_item = at > 0 && matches!(blocks[at - 1], Block::Item(..));
            if at > 0 && !(follows_an_item && matches!(block, Block::Item(..))) {
                writeln!(out)?;
            }
            write_block(block, layout, out)?;
        }
        Ok(())
    }
}

fn write_block(block: &Block, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    match block {
        Block::Heading(depth, words) => {
            let words = plain(words);
            writeln!(out, "{}", styled(&words, Style::new().bold(), layout))?;
            match depth {
                1 => writeln!(out, "{}", "=".repeat(words.width())),
                2 => writeln!(out, "{}", "-".repeat(words.width())),
                _ => Ok(()),
            }
        }
        Block::Paragraph(text) => write_words("", text, layout, out),
        Block::Item(mark, text) => write_words(&format!("{mark} "), text, layout, out),
        Block::Code(lines) => lines.iter().try_for_each(|line| {
            let style = if line.starts_with("$ ") { Style::new().bold() } else { Style::new() };
            writeln!(out, "    {}", styled(line, style, layout))
        }),
        Block::Table(headings, rows) => {
            // What the columns are is only known from the page.
            let head = |heading: &&'static str| Head {
                heading,
                narrow: heading,
                key: "",
                stands: Stands::Flexible(NARROWEST),
            };
            let cells = |row: &Vec<&str>| row.iter().map(|cell| Cell::Text(plain(cell))).collect();
            let sheet = Sheet {
                columns: headings.iter().map(head).collect(),
                rows: rows.iter().map(|row| Row { cells: cells(row), tone: Tone::Plain }).collect(),
                ..Sheet::default()
            };
            write_text(&[sheet], layout, out)
        }
    }
}

/// Writes words in lines, of which those after the first stand below the words of the first.
fn write_words(mark: &str, text: &str, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    let (indent, mut used) = (mark.width(), mark.width());
    write!(out, "{mark}")?;
    for (at, word) in words(text).iter().enumerate() {
        let width: usize = word.iter().map(|(part, _)| part.width()).sum();
        if at > 0 && used + 1 + width > layout.width {
            write!(out, "\n{:indent$}", "")?;
            used = indent;
        } else if at > 0 {
            write!(out, " ")?;
            used += 1;
        }
        used += width;
        for (part, style) in word {
            write!(out, "{}", styled(part, *style, layout))?;
        }
    }
    writeln!(out)
}

/// A part of a word, and how it is shown.
type Part = (String, Style);

/// The words of a text, each in its parts: a comma after a command is part of its word, and no part of the command.
fn words(text: &str) -> Vec<Vec<Part>> {
    let mut words: Vec<Vec<Part>> = vec![Vec::new()];
    for (span, style) in spans(text) {
        for (at, part) in span.split(' ').enumerate() {
            if at > 0 {
                words.push(Vec::new());
            }
            if let Some(word) = words.last_mut().filter(|_| !part.is_empty()) {
                word.push((part.to_owned(), style));
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The text in spans of one style, without the marks. A link to another page names the command that shows it.
fn spans(text: &str) -> Vec<Part> {
    let mut spans = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['`', '*', '[']) {
        spans.push((rest[..at].to_owned(), Style::new()));
        rest = &rest[at..];
        let (span, style, after) = span(rest).unwrap_or_else(|| (rest[..1].to_owned(), Style::new(), &rest[1..]));
        spans.push((span, style));
        rest = after;
    }
    spans.push((rest.to_owned(), Style::new()));
    spans
}

/// The span that a text begins with, and what follows it; none where its mark is never closed.
fn span(text: &str) -> Option<(String, Style, &str)> {
    let between = |mark: &str| text.strip_prefix(mark).and_then(|rest| rest.split_once(mark));
    if let Some((code, after)) = between("`") {
        return Some((code.to_owned(), AnsiColor::Cyan.on_default(), after));
    }
    if let Some((strong, after)) = between("**") {
        return Some((plain(strong), Style::new().bold(), after));
    }
    if let Some((words, after)) = between("*") {
        return Some((plain(words), Style::new().italic(), after));
    }
    let (words, after) = text.strip_prefix('[')?.split_once("](")?;
    let (target, after) = after.split_once(')')?;
    let words = plain(words);
    let page = target.split('#').next().and_then(|path| path.strip_suffix(".md")).and_then(Topic::named);
    let shown = match page {
        Some(page) if words == page.name => format!("gwp help {words}"),
        Some(page) => format!("{words} (gwp help {})", page.name),
        None if target.starts_with("https://") => format!("{words} ({target})"),
        None => words,
    };
    Some((shown, Style::new(), after))
}

/// The text without marks.
fn plain(text: &str) -> String {
    spans(text).into_iter().map(|(span, _)| span).collect()
}

fn styled(words: &str, style: Style, layout: Layout) -> String {
    if layout.colour && style != Style::new() { format!("{style}{words}{style:#}") } else { words.to_owned() }
}

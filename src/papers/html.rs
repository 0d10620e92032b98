//! A paper as one page of HTML: style, script and pictures are in it, and nothing is fetched.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Value};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::among::{Among, Link};
use super::committee::shape;
use super::own::OwnParts;
use super::paper::{Block, Paper, Section, Tag};
use super::picture::Picture;
use super::ratings::Ratings;
use crate::reminders::TemplateError;
use crate::reports::{Cell, Head, Row, Sheet, Stands, Tone, short};
use crate::text::isolated;

const STYLE: &str = include_str!("templates/paper.css");
const SCRIPT: &str = include_str!("templates/paper.js");
const PAGE: &str = include_str!("templates/paper.html");

/// A table as the template takes it.
#[derive(Serialize)]
struct Table {
    title: String,
    lead: Vec<String>,
    list: Vec<String>,
    columns: Vec<Heading>,
    rows: Vec<Line>,
    notes: Vec<String>,
    /// Whether each row has room for what is decided.
    is_to_decide: bool,
}

#[derive(Serialize)]
struct Heading {
    words: &'static str,
    key: &'static str,
    is_number: bool,
}

#[derive(Serialize)]
struct Line {
    tone: Option<&'static str>,
    shape: Option<&'static str>,
    cells: Vec<Field>,
    below: Vec<(&'static str, Field)>,
}

/// A cell: its lines, and what it is sorted by.
#[derive(Serialize)]
struct Field {
    lines: Vec<Link>,
    sorts_as: Option<String>,
    is_number: bool,
}

/// A tag as the template takes it.
#[derive(Serialize)]
struct TagWords {
    word: &'static str,
    tone: &'static str,
    shape: &'static str,
}

/// A share of the bar of verdicts.
#[derive(Serialize)]
struct Share {
    tag: TagWords,
    meaning: &'static str,
    count: usize,
    /// Where it begins and how wide it is, of a thousand.
    x: usize,
    width: usize,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Part<'p> {
    Table { table: Table, is_folded: bool },
    Verdicts { shares: Vec<Share> },
    Progress { words: &'p str, done: usize, required: usize, is_said: bool },
    Picture { picture: &'p Picture },
    Ratings { ratings: &'p Ratings },
}

#[derive(Serialize)]
struct Chapter<'p> {
    id: String,
    title: &'p str,
    begins_page: bool,
    tag: Option<TagWords>,
    parts: Vec<Part<'p>>,
    /// The number of the first part that is folded away, counted from 1; none where nothing is.
    folds: Option<usize>,
    summary: &'static str,
}

/// What the template of the page takes.
#[derive(Serialize)]
struct Page<'p> {
    title: &'p str,
    about: &'p [(&'static str, String)],
    foot: &'p [String],
    among: &'p Among<'p>,
    letterhead: Option<&'p str>,
    heading: Option<&'p str>,
    closing: Option<&'p str>,
    /// Whether anything in the page is the committee's own, such as a picture.
    has_own: bool,
    chapters: Vec<Chapter<'p>>,
    /// Whether a list of the chapters stands before them: a letter needs none.
    has_contents: bool,
    style_digest: String,
    script_digest: String,
    style: String,
    script: &'static str,
}

/// The page of a paper that lies by itself, with what the committee puts into it. The error can only be one of the
/// template that is built in.
pub fn html(paper: &Paper, own: &OwnParts) -> Result<String, TemplateError> {
    html_among(paper, own, &Among::default())
}

/// The page of a paper that lies among others.
pub(super) fn html_among(paper: &Paper, own: &OwnParts, among: &Among<'_>) -> Result<String, TemplateError> {
    rendered(paper, own, among).map_err(|error| TemplateError::of_engine("the built-in paper.html", &error, &[]))
}

fn rendered(paper: &Paper, own: &OwnParts, among: &Among<'_>) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_filter("isolated", |words: &str| isolated(words).into_owned());
    environment.add_template("paper.html", PAGE)?;
    let style = format!("{STYLE}{}{}", running_head(paper), own.style.as_deref().unwrap_or_default());
    let page = Page {
        title: &paper.title,
        about: &paper.about,
        foot: &paper.foot,
        among,
        letterhead: own.letterhead.as_deref(),
        heading: own.heading.as_deref(),
        closing: own.closing.as_deref(),
        has_own: own.is_any(),
        has_contents: paper.sections.len() > 4 && paper.sections.iter().any(|section| section.begins_page),
        chapters: (1..).zip(&paper.sections).map(|(number, section)| chapter(number, section, among)).collect(),
        style_digest: digest(&style),
        script_digest: digest(SCRIPT),
        style,
        script: SCRIPT,
    };
    let page = environment.get_template("paper.html")?.render(Value::from(Serde(page)))?;
    // The engine takes the last line's end away.
    Ok(page + "\n")
}

/// What a policy of the page names a style or a script by.
pub(super) fn digest(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}

/// The title above every page in print, and the day that the paper is about, so that a loose page is known. In a style, a
/// letter that could be syntax stands as its number.
fn running_head(paper: &Paper) -> String {
    let letter = |letter: char| {
        if letter.is_alphanumeric() || letter == ' ' {
            letter.to_string()
        } else {
            format!("\\{:x} ", u32::from(letter))
        }
    };
    let day = paper.about.last().map(|(label, words)| format!(" · {label}: {words}")).unwrap_or_default();
    let head: String = paper.title.chars().chain(day.chars()).map(letter).collect();
    format!("\n@page {{ @top-left {{ content: \"{head}\"; }} }}\n")
}

fn chapter<'p>(number: usize, section: &'p Section, among: &Among<'_>) -> Chapter<'p> {
    Chapter {
        id: format!("section-{number}"),
        title: &section.title,
        begins_page: section.begins_page,
        tag: section.tag.map(tag),
        parts: section.blocks.iter().map(|block| part(block, among)).collect(),
        folds: section.folded.map(|folded| folded.after + 1).filter(|first| *first <= section.blocks.len()),
        summary: section.folded.map_or("", |folded| folded.summary),
    }
}

fn part<'p>(block: &'p Block, among: &Among<'_>) -> Part<'p> {
    match block {
        Block::Table(sheet) => Part::Table { table: table(sheet, among, false), is_folded: false },
        Block::ToDecide(sheet) => Part::Table { table: table(sheet, among, true), is_folded: false },
        Block::InWords(sheet) => Part::Table { table: table(sheet, among, false), is_folded: true },
        Block::Verdicts(verdicts) => Part::Verdicts { shares: shares(verdicts) },
        Block::Progress { counted, required, words, is_said } => {
            Part::Progress { words, done: (*counted).min(*required), required: *required, is_said: *is_said }
        }
        Block::Picture(picture) => Part::Picture { picture },
        Block::Ratings(ratings) => Part::Ratings { ratings },
    }
}

fn shares(verdicts: &[(Tag, &'static str, usize)]) -> Vec<Share> {
    const WHOLE: usize = 1000;
    let all: usize = verdicts.iter().map(|(.., count)| count).sum();
    let mut before = 0;
    let share = |(verdict, meaning, count): &(Tag, &'static str, usize)| {
        let (x, end) = (before * WHOLE / all.max(1), (before + count) * WHOLE / all.max(1));
        before += count;
        Share { tag: tag(*verdict), meaning, count: *count, x, width: end - x }
    };
    verdicts.iter().map(share).collect()
}

fn tag(tag: Tag) -> TagWords {
    TagWords { word: tag.word, tone: tone(tag.tone), shape: shape(tag.tone) }
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "plain",
        Tone::Good => "good",
        Tone::Waiting => "waiting",
        Tone::Bad => "bad",
    }
}

fn table(sheet: &Sheet, among: &Among<'_>, is_to_decide: bool) -> Table {
    let beside = sheet.columns.iter().filter(|column| is_beside(column));
    Table {
        title: sheet.title.clone(),
        lead: sheet.lead.clone(),
        list: sheet.list.clone(),
        columns: beside
            .map(|column| Heading { words: column.heading, key: column.key, is_number: column.stands == Stands::Right })
            .collect(),
        rows: sheet.rows.iter().map(|row| line(sheet, row, among)).collect(),
        notes: sheet.notes.clone(),
        is_to_decide,
    }
}

/// Whether the cells of a column stand in the row: a page has room for one more than a terminal, and every requirement has
/// evidence.
fn is_beside(column: &Head) -> bool {
    !column.stands.is_below() || column.key == "evidence"
}

fn line(sheet: &Sheet, row: &Row, among: &Among<'_>) -> Line {
    let (mut cells, mut below) = (Vec::new(), Vec::new());
    for (column, cell) in sheet.columns.iter().zip(&row.cells) {
        if is_beside(column) {
            cells.push(field(cell, among));
        } else if !cell.is_empty() {
            below.push((column.heading, field(cell, among)));
        }
    }
    let is_toned = row.tone != Tone::Plain;
    Line { tone: is_toned.then(|| tone(row.tone)), shape: is_toned.then(|| shape(row.tone)), cells, below }
}

fn field(cell: &Cell, among: &Among<'_>) -> Field {
    let (lines, sorts_as) = match cell {
        Cell::Empty => (Vec::new(), None),
        Cell::Text(words) => (vec![words.clone()], None),
        Cell::Lines(lines) => (lines.clone(), None),
        Cell::Day(day) => (vec![short(*day)], Some(day.iso())),
        Cell::Days(days) => (days.iter().map(|day| short(*day)).collect(), days.first().map(|day| day.iso())),
        Cell::Number(number) => (vec![number.to_string()], Some(number.to_string())),
    };
    let lines = lines.into_iter().map(|words| among.linked(words)).collect();
    Field { lines, sorts_as, is_number: matches!(cell, Cell::Number(_)) }
}

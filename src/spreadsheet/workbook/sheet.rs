//! The cells of one sheet, and what stands beside them: comments, and what is struck through.

use std::collections::BTreeMap;

use super::super::NotATable;
use super::super::grid::{Address, MOST_COLUMNS, MOST_ROWS, Mark, Row, Value};
use super::parts::Parts;
use super::styles::Styles;
use super::xml::{Element, Node, unescaped};
use crate::text::visible;

/// A text that cells share.
#[derive(Clone, Default)]
pub struct Shared {
    text: String,
    is_struck: bool,
}

/// What a workbook says for all of its sheets.
pub struct Common<'p> {
    pub parts: &'p Parts,
    pub styles: Styles,
    pub shared: Vec<Shared>,
    /// Whether the formulas were worked out: a library that only writes them has a spreadsheet program do that when it
    /// opens the file.
    pub is_worked_out: bool,
}

/// The rows of a sheet that hold something, and what stands beside its cells.
#[derive(Default)]
pub struct Cells {
    pub rows: BTreeMap<usize, BTreeMap<usize, Value>>,
    pub marks: BTreeMap<Address, Vec<Mark>>,
}

/// Text that may be made of several pieces, some of them struck through.
#[derive(Default)]
struct Pieces {
    made: Shared,
    is_piece_struck: bool,
    within: Vec<String>,
}

impl Pieces {
    fn start(&mut self, element: &Element<'_>) {
        let name = element.name();
        match name.as_str() {
            "r" => self.is_piece_struck = false,
            "strike" => self.is_piece_struck = element.is_on(),
            _ => {}
        }
        self.within.push(name);
    }

    fn end(&mut self) {
        if self.within.pop().as_deref() == Some("r") {
            self.is_piece_struck = false;
        }
    }

    /// What says how something is pronounced is no part of the text.
    fn text(&mut self, text: &str) {
        if self.within.last().is_some_and(|name| name == "t") && !self.within.iter().any(|name| name == "rPh") {
            self.made.is_struck |= self.is_piece_struck && !text.trim().is_empty();
            self.made.text.push_str(text);
        }
    }
}

/// Reads the texts that cells share.
pub fn shared(parts: &Parts, name: &str) -> Result<Vec<Shared>, NotATable> {
    let (mut all, mut pieces) = (Vec::new(), None::<Pieces>);
    parts.read(name, |node| {
        match (node, &mut pieces) {
            (Node::Start(element), None) if element.name() == "si" => pieces = Some(Pieces::default()),
            (Node::Start(element), Some(pieces)) => pieces.start(&element),
            (Node::End(name), Some(_)) if name == "si" => all.extend(pieces.take().map(|pieces| pieces.made)),
            (Node::End(_), Some(pieces)) => pieces.end(),
            (Node::Text(text), Some(pieces)) => pieces.text(&text),
            _ => {}
        }
        Ok(())
    })?;
    Ok(all)
}

/// A cell while it is read.
#[derive(Default)]
struct Cell {
    at: Option<Address>,
    kind: String,
    style: usize,
    is_formula: bool,
    is_in_value: bool,
    value: Option<String>,
    pieces: Pieces,
}

impl Cells {
    /// Reads the cells of a sheet. They may stand in any order: each says where it is.
    pub fn read(common: &Common<'_>, name: &str) -> Result<Self, NotATable> {
        let (mut cells, mut row, mut column) = (Self::default(), 0, 0);
        let (mut cell, mut too_large) = (None::<Cell>, None);
        common.parts.read(name, |node| {
            match (node, &mut cell) {
                (Node::Start(element), None) if element.name() == "row" => {
                    row = element.attribute("r").and_then(|number| number.parse().ok()).unwrap_or(row + 1);
                    column = 0;
                }
                (Node::Start(element), None) if element.name() == "c" => {
                    let said = element.attribute("r").and_then(|at| Address::parse(&at));
                    let at = said.unwrap_or(Address { row, column });
                    column = at.column + 1;
                    let style = element.attribute("s").and_then(|style| style.parse().ok()).unwrap_or_default();
                    let kind = element.attribute("t").unwrap_or_default();
                    cell = Some(Cell { at: Some(at), kind, style, ..Cell::default() });
                }
                (Node::Start(element), Some(cell)) => match element.name().as_str() {
                    "f" => cell.is_formula = true,
                    "v" => (cell.is_in_value, cell.value) = (true, Some(String::new())),
                    _ => cell.pieces.start(&element),
                },
                (Node::End(name), Some(_)) if name == "c" => {
                    if let Some(cell) = cell.take() {
                        too_large = too_large.take().or(cells.add(&cell, common).err());
                    }
                }
                (Node::End(name), Some(cell)) => match name.as_str() {
                    "f" => {}
                    "v" => cell.is_in_value = false,
                    _ => cell.pieces.end(),
                },
                (Node::Text(text), Some(cell)) => match &mut cell.value {
                    Some(value) if cell.is_in_value => value.push_str(&text),
                    _ => cell.pieces.text(&text),
                },
                _ => {}
            }
            Ok(())
        })?;
        too_large.map_or(Ok(cells), Err)
    }

    fn add(&mut self, cell: &Cell, common: &Common<'_>) -> Result<(), NotATable> {
        let (Some(at), (value, is_struck)) = (cell.at, cell.value(common)) else { return Ok(()) };
        if value.is_empty() {
            return Ok(());
        }
        if at.column >= MOST_COLUMNS {
            return Err(NotATable::TooManyColumns);
        }
        self.rows.entry(at.row).or_default().insert(at.column, value);
        if is_struck {
            self.marks.entry(at).or_default().push(Mark::StruckThrough);
        }
        if self.rows.len() > MOST_ROWS { Err(NotATable::TooManyRows) } else { Ok(()) }
    }

    /// The rows, in order.
    pub fn into_rows(self) -> (Vec<Row>, BTreeMap<Address, Vec<Mark>>) {
        let row = |(number, cells): (usize, BTreeMap<usize, Value>)| {
            let width = cells.keys().next_back().map_or(0, |last| last + 1);
            let mut row = Row { number, cells: vec![Value::Empty; width] };
            for (column, value) in cells {
                row.cells[column] = value;
            }
            row
        };
        (self.rows.into_iter().map(row).collect(), self.marks)
    }
}

impl Cell {
    /// What it holds, and whether that is struck through.
    fn value(&self, common: &Common<'_>) -> (Value, bool) {
        let style = common.styles.get(self.style);
        let said = self.value.as_deref().unwrap_or_default();
        let mut is_struck = style.is_struck;
        let value = match self.kind.as_str() {
            "s" => {
                let shared = said.trim().parse::<usize>().ok().and_then(|number| common.shared.get(number));
                is_struck |= shared.is_some_and(|shared| shared.is_struck);
                shared.map_or_else(no_text, |shared| Value::text(&unescaped(&shared.text)))
            }
            "inlineStr" => {
                is_struck |= self.pieces.made.is_struck;
                Value::text(&unescaped(&self.pieces.made.text))
            }
            // A formula whose result is no characters is empty; one whose result was never kept is not.
            "str" if self.value.is_some() => Value::text(&unescaped(said)),
            "d" => Value::text(said),
            "b" => Value::Is(matches!(said.trim(), "1" | "true")),
            "e" => Value::Broken(format!("an error of the spreadsheet, {}", visible(said))),
            _ if said.trim().is_empty() && self.is_formula => no_result(),
            _ if said.trim().is_empty() => Value::Empty,
            _ => match said.trim().parse::<f64>().ok().filter(|number| number.is_finite()) {
                Some(number) if self.is_formula && !common.is_worked_out && number == 0.0 => no_result(),
                Some(number) => style.format.shown(number),
                None => Value::Broken(format!("a number that cannot be read, {}", Value::text(said))),
            },
        };
        (value, is_struck)
    }
}

fn no_result() -> Value {
    Value::Broken("a formula without its result; open the file in a spreadsheet program and save it".into())
}

fn no_text() -> Value {
    Value::Broken("a text that is missing in the file; open it in a spreadsheet program and save it".into())
}

/// The comments of a sheet, those of today's programs before those that stand there for older ones.
pub fn comments(parts: &Parts, sheet: &str) -> Result<BTreeMap<Address, String>, NotATable> {
    let mut comments = BTreeMap::new();
    let relations = parts.relations(sheet);
    for kind in ["threadedComment", "comments"] {
        let mut of_kind: BTreeMap<Address, String> = BTreeMap::new();
        for part in relations.iter().filter(|relation| relation.kind == kind) {
            for (at, text) in comments_in(parts, &part.to)? {
                let said = of_kind.entry(at).or_default();
                let between = if said.is_empty() { "" } else { " / " };
                *said = format!("{said}{between}{text}");
            }
        }
        for (at, text) in of_kind {
            comments.entry(at).or_insert(text);
        }
    }
    Ok(comments)
}

fn comments_in(parts: &Parts, name: &str) -> Result<Vec<(Address, String)>, NotATable> {
    let (mut found, mut authors) = (Vec::new(), Vec::new());
    let mut comment: Option<(Address, String, Option<usize>)> = None;
    let mut within: Vec<String> = Vec::new();
    parts.read(name, |node| {
        match node {
            Node::Start(element) => {
                let name = element.name();
                if name == "comment" || name == "threadedComment" {
                    let author = element.attribute("authorId").and_then(|number| number.parse().ok());
                    comment = element
                        .attribute("ref")
                        .and_then(|at| Address::parse(&at))
                        .map(|at| (at, String::new(), author));
                } else if name == "author" {
                    authors.push(String::new());
                }
                within.push(name);
            }
            Node::End(name) => {
                within.pop();
                if name == "comment" || name == "threadedComment" {
                    found.extend(comment.take());
                }
            }
            Node::Text(text) => match (within.last().map(String::as_str), &mut comment) {
                (Some("t" | "text"), Some((_, said, _))) => said.push_str(&text),
                (Some("author"), _) => authors.last_mut().into_iter().for_each(|author| author.push_str(&text)),
                _ => {}
            },
        }
        Ok(())
    })?;
    // A program writes the author's name above what was said.
    let said = |(at, text, author): (Address, String, Option<usize>)| {
        let text = unescaped(&text);
        let by = author.and_then(|author| authors.get(author)).filter(|author| !author.is_empty());
        let bare = by.and_then(|author| text.trim_start().strip_prefix(author.as_str())?.strip_prefix(':'));
        (at, bare.unwrap_or(&text).split_whitespace().collect::<Vec<_>>().join(" "))
    };
    Ok(found.into_iter().map(said).filter(|(_, text)| !text.is_empty()).collect())
}

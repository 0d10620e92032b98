//! Which column holds what.

use std::fmt;

use super::Fault;
use super::answers::is_total;
use super::by_content::{by_content, is_day};
use super::date::Order;
use super::field::{Field, order_in};
use super::grid::{Address, Grid, Row, Value, letters};
use super::marks::holds_marks;
use super::target::Target;
use crate::text::visible;

/// Two headings side by side are no accident.
const ENOUGH: usize = 2;

/// How many rows can stand above the headings.
const MOST_ABOVE: usize = 20;

/// The columns of a table, below a row of headings.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// The number of the row in which the headings stand.
    pub headings: usize,
    /// The numbers of the rows above it, which are left out.
    pub above: Vec<usize>,
    /// The columns that hold anything.
    pub columns: Vec<Column>,
    target: Target,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its position, counted from 0.
    pub index: usize,
    /// Its heading as it is written; empty where it has none.
    pub heading: String,
    /// What becomes of it.
    pub holds: Holds,
    /// Whether it holds the marks of a register, so that its heading may be somebody's name.
    pub may_be_member: bool,
    /// Which part of a date comes first, where the heading says it.
    pub(super) order: Option<Order>,
}

/// What becomes of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// It is read; whether somebody said as what.
    Field(Field, bool),
    /// It is passed over, as somebody said.
    PassedOver,
    /// Nobody has said what it holds.
    Unknown,
}

/// Why the columns of a table cannot be read. Shown, it is one sentence that is safe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoColumns {
    /// No row looks like headings.
    NoHeadings(Target),
    /// Columns that nobody has said anything about.
    Unknown(Vec<String>),
    /// Two columns say the same thing.
    Twice(Field, [String; 2]),
    /// A column that was named is not there.
    NoSuchColumn(String),
}

impl fmt::Display for NoColumns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHeadings(target) => {
                let needed = if target.is_key(Field::DATE) { "Date" } else { "Name" };
                let field = needed.to_lowercase();
                write!(
                    f,
                    "no row with headings is among the first: one of them has to be {needed}, or to be said with --map \
                     COLUMN={field}"
                )
            }
            Self::Unknown(columns) => {
                let what = if columns.len() == 1 { "this column is" } else { "these columns are" };
                write!(
                    f,
                    "{what} not understood: {}; say with --map COLUMN=FIELD what one holds, or with --map COLUMN= that \
                     it is to be passed over{}",
                    columns.join(", "),
                    if columns.iter().any(|column| column.ends_with("as of a member")) {
                        "; --map B=member counts the marks in B"
                    } else {
                        ""
                    }
                )
            }
            Self::Twice(field, [one, other]) => write!(
                f,
                "two columns are read as {}: {one} and {other}; pass one over with --map COLUMN=",
                field.word()
            ),
            Self::NoSuchColumn(asked) => {
                write!(
                    f,
                    "no column is called \"{asked}\"; --map takes a heading as it is written, or a column's letter"
                )
            }
        }
    }
}

impl std::error::Error for NoColumns {}

/// What somebody says that columns hold: each by its heading or its letter; nothing where it is to be passed over.
pub type Map = [(String, Option<Field>)];

impl Columns {
    /// Finds the row of headings, and what they say. Columns that are not understood are in it as such.
    pub fn find(grid: &Grid, target: Target, map: &Map) -> Result<Self, NoColumns> {
        // Letters alone make no row of headings: the first row of a table without headings would be taken for one.
        let score = |row: &Row| {
            let understood = (0..row.cells.len()).filter_map(|index| match understood(map, grid, row, index, target) {
                (Holds::Field(field, _), by_letter) => Some((field, by_letter)),
                _ => None,
            });
            let fields: Vec<(Field, bool)> = understood.collect();
            let has_key = fields.iter().any(|(field, _)| target.is_key(*field));
            if has_key { fields.iter().filter(|(_, by_letter)| !by_letter).count() } else { 0 }
        };
        // The first that says enough, though another table below it may say more: else the one that says anything.
        let scores: Vec<usize> = grid.rows.iter().take(MOST_ABOVE + 1).map(score).collect();
        let first = |least: usize| scores.iter().position(|score| *score >= least);
        let Some(position) = first(ENOUGH).or_else(|| first(1)) else {
            return Err(NoColumns::NoHeadings(target));
        };
        let (row, below) = (&grid.rows[position], &grid.rows[position + 1..]);
        let width = grid.rows[position..].iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let column = |index: usize| {
            let heading = heading(row.cell(index));
            let is_there = !heading.is_empty() || below.iter().any(|row| !row.cell(index).is_empty());
            let (holds, _) = understood(map, grid, row, index, target);
            let order = order_in(&heading);
            let is_open = matches!(holds, Holds::Unknown | Holds::Field(Field::MEMBER, _)) && target == Target::Group;
            let may_be_member = is_open && !heading.is_empty() && holds_marks(below.iter().map(|row| row.cell(index)));
            is_there.then_some(Column { index, heading, holds, may_be_member, order })
        };
        let columns: Vec<_> = (0..width).filter_map(column).collect();
        for (asked, _) in map {
            let is_it = |column: &Column| names(asked, row, column.index).is_some();
            if !columns.iter().any(is_it) {
                return Err(NoColumns::NoSuchColumn(visible(asked)));
            }
        }
        let above = grid.rows[..position].iter().map(|row| row.number).collect();
        Ok(Self { headings: row.number, above, columns, target })
    }

    /// The headings that nobody has explained, as faults.
    pub fn unknown(&self) -> impl Iterator<Item = Fault> {
        let unknown = self.columns.iter().filter(|column| column.holds == Holds::Unknown);
        let at = |column: &Column| Address { row: self.headings, column: column.index };
        unknown.map(move |column| Fault { at: at(column), what: "nobody has said what this column holds".to_owned() })
    }

    /// Whether each column is understood, and none twice.
    pub fn must_be_clear(&self) -> Result<(), NoColumns> {
        let unknown: Vec<_> = self.columns.iter().filter(|column| column.holds == Holds::Unknown).collect();
        if !unknown.is_empty() {
            return Err(NoColumns::Unknown(unknown.into_iter().map(Column::name).collect()));
        }
        for (position, column) in self.columns.iter().enumerate() {
            let Holds::Field(field, _) = column.holds else { continue };
            if field == Field::WEEK || field == Field::MEMBER {
                continue;
            }
            let twin = self.columns[..position]
                .iter()
                .find(|other| matches!(other.holds, Holds::Field(one, _) if one.kind() == field.kind()));
            if let Some(twin) = twin {
                return Err(NoColumns::Twice(field.kind(), [twin.name(), column.name()]));
            }
        }
        self.must_be_one_name()
    }

    /// Whether a person's name stands in one column and in parts of it too.
    fn must_be_one_name(&self) -> Result<(), NoColumns> {
        let of = |field: Field| self.of(field).map(Column::name);
        match (of(Field::NAME), of(Field::FIRST_NAME).or_else(|| of(Field::LAST_NAME))) {
            (Some(whole), Some(part)) => Err(NoColumns::Twice(Field::NAME, [whole, part])),
            _ => Ok(()),
        }
    }

    /// What the table is read into.
    pub fn target(&self) -> Target {
        self.target
    }

    /// The column that holds something.
    pub(super) fn of(&self, field: Field) -> Option<&Column> {
        self.columns.iter().find(|column| matches!(column.holds, Holds::Field(held, _) if held.kind() == field))
    }

    /// Whether the heading of a column, by its position, may be the name of a member.
    pub(super) fn may_be_member(&self, index: usize) -> bool {
        self.columns.iter().any(|column| column.index == index && column.may_be_member)
    }

    /// Whether days stand in the row of headings: then it is a register, though something in it is called as a column is.
    pub fn has_days_across(&self) -> bool {
        let is_week = |column: &&Column| column.holds == Holds::Unknown && is_day(&Value::text(&column.heading));
        self.columns.iter().filter(is_week).count() >= ENOUGH
    }

    /// What a column is read as, by its position.
    pub(super) fn holds(&self, index: usize) -> Option<Field> {
        let column = self.columns.iter().find(|column| column.index == index)?;
        if let Holds::Field(field, _) = column.holds { Some(field) } else { None }
    }

    /// The columns that hold something of which there can be several.
    pub(super) fn all_of(&self, field: Field) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(move |column| matches!(column.holds, Holds::Field(held, _) if held == field))
    }

    /// The rows below the headings that hold anything in a column which is read, but for totals at the end of the
    /// table; and that these are left out, in sentences that are safe to show.
    pub(super) fn below<'g>(&self, grid: &'g Grid) -> (Vec<&'g Row>, Vec<String>) {
        let is_read = |column: &Column| matches!(column.holds, Holds::Field(..));
        let holds = |row: &&Row| self.columns.iter().filter(|it| is_read(it)).any(|it| !row.cell(it.index).is_empty());
        let below = grid.rows.iter().filter(|row| row.number > self.headings).filter(holds);
        let is_answered = |row: &&Row| grid.left_out.iter().any(|cell| cell.row == row.number);
        let (answered, mut rows): (Vec<_>, Vec<_>) = below.partition(is_answered);
        let mut totals = Vec::new();
        while let Some((column, first)) = rows.last().and_then(|row| self.total(row)) {
            let Some(row) = rows.pop() else { break };
            let at = Address { row: row.number, column };
            totals.push(format!("Row {} is left out, as it is a total and no entry: {at} says {first}.", row.number));
        }
        totals.reverse();
        totals.extend(answered.iter().map(|row| format!("Row {} is left out, as answered.", row.number)));
        (rows, totals)
    }

    /// The first cell of a row, where that calls the row a total, and nothing in it is a day or anything else but
    /// numbers.
    fn total<'r>(&self, row: &'r Row) -> Option<(usize, &'r Value)> {
        let mut cells = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let first = cells.next().filter(|(_, cell)| matches!(cell, Value::Text(text) if is_total(text)))?;
        let day = self.of(Field::DATE).map(|column| column.index);
        let is_figure = |(index, cell): (usize, &Value)| match cell {
            Value::Number(_) | Value::Days(_) => Some(index) != day,
            Value::Text(text) => is_total(text) || text.chars().all(|c| c.is_ascii_digit() || ".,:%/ ".contains(c)),
            _ => false,
        };
        cells.all(is_figure).then_some(first)
    }
}

impl Column {
    /// As it is named in a sentence: `"Room" (D)`. Safe to show; a heading that may be the name of a member is not shown.
    pub fn name(&self) -> String {
        let letter = letters(self.index);
        if self.may_be_member {
            return format!("column {letter} with marks, as of a member");
        }
        if self.heading.is_empty() {
            return format!("column {letter} without a heading");
        }
        format!("\"{}\" ({letter})", visible(&self.heading))
    }
}

fn heading(cell: &Value) -> String {
    match cell {
        Value::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Empty => String::new(),
        other => other.to_string(),
    }
}

/// What becomes of a column: what somebody says of it, or else its heading in a row; and whether it was named by its
/// letter.
fn understood(map: &Map, grid: &Grid, row: &Row, index: usize, target: Target) -> (Holds, bool) {
    if grid.left_out.contains(&Address { row: row.number, column: index }) {
        return (Holds::PassedOver, false);
    }
    let said = map.iter().find_map(|(asked, field)| Some((field, names(asked, row, index)?)));
    if let Some((field, by_letter)) = said {
        return (field.map_or(Holds::PassedOver, |field| Holds::Field(field, true)), by_letter);
    }
    let heading = heading(row.cell(index));
    let below = grid.rows.iter().filter(|other| other.number > row.number).map(|other| other.cell(index));
    let known = by_content(&heading, Field::of_heading(&heading, target), target, below);
    (known.map_or(Holds::Unknown, |field| Holds::Field(field, false)), false)
}

/// Whether a column is meant: by its heading in a row, in whatever letters, or, where no heading is that, by its own
/// letter; inside, whether by the letter.
fn names(asked: &str, row: &Row, index: usize) -> Option<bool> {
    let asked = asked.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let is_it = |cell: &Value| !asked.is_empty() && heading(cell).to_lowercase() == asked;
    if row.cells.iter().any(is_it) {
        return is_it(row.cell(index)).then_some(false);
    }
    (asked == letters(index).to_lowercase()).then_some(true)
}

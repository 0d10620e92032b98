//! A table before it is printed: what it is called, its columns and rows, and what stands above and below.
//!
//! Every table of the program is a [`Sheet`], which [`crate::render`] writes for the terminal, for a spreadsheet and as
//! Markdown. Whatever is put into one is safe to show: text of records has gone through `Display`. A format's own
//! syntax is escaped by its rendering.

/// Every table counts something.
pub(super) use crate::text::counted;

use std::fmt::Display;

use crate::calendar::Day;

/// A table with a title, or only lines under a title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What it is called.
    pub title: String,
    /// Whether it opens a part of the output, under which others stand.
    pub opens_part: bool,
    /// Sentences above the table.
    pub lead: Vec<String>,
    /// The columns; without any there is no table.
    pub columns: Vec<Column>,
    /// The rows, each with a cell for every column.
    pub rows: Vec<Row>,
    /// Sentences below the table.
    pub notes: Vec<String>,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// The heading for people.
    pub heading: &'static str,
    /// The heading in data: stable, in `snake_case`.
    pub key: &'static str,
    /// Where its cells stand on a terminal.
    pub stands: Stands,
}

/// Where the cells of a column stand on a terminal. In every other format each has its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// In a column as wide as its widest cell.
    Fixed,
    /// In such a column, its numbers to the right.
    Right,
    /// In a column whose cells are broken into lines where the table is too wide, down to this width.
    Flexible(usize),
    /// Below its row, indented, on one line with its neighbours.
    Below,
    /// Below its row, indented, on a line of its own.
    BelowAlone,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// A cell for every column.
    pub cells: Vec<Cell>,
    /// How the first cell is coloured where there is colour.
    pub tone: Tone,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing to say.
    Empty,
    /// Words, safe to show.
    Text(String),
    /// A day.
    Day(Day),
    /// A number.
    Number(i64),
    /// Several things, safe to show.
    Lines(Vec<String>),
}

/// How a row speaks. Colour repeats what a word says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to point out.
    #[default]
    Plain,
    /// In good order.
    Good,
    /// Somebody has to judge.
    Waiting,
    /// Somebody has to act.
    Bad,
}

impl Sheet {
    /// Lines under a title, to which columns and rows can be added.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// The title of a part, with sentences below it.
    pub fn part(title: impl Into<String>, lead: Vec<String>) -> Self {
        Self { title: title.into(), opens_part: true, lead, ..Self::default() }
    }

    /// The same sheet with these columns.
    #[must_use]
    pub fn with_columns(mut self, columns: impl IntoIterator<Item = Column>) -> Self {
        self.columns = columns.into_iter().collect();
        self
    }

    /// Adds a row in which nothing is pointed out.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.toned_row(Tone::Plain, cells);
    }

    /// Adds a row.
    pub fn toned_row(&mut self, tone: Tone, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(Row { cells: cells.into_iter().collect(), tone });
    }
}

impl Column {
    /// A column as wide as its widest cell.
    pub const fn fixed(heading: &'static str, key: &'static str) -> Self {
        Self { heading, key, stands: Stands::Fixed }
    }

    /// A column of numbers.
    pub const fn right(heading: &'static str, key: &'static str) -> Self {
        Self { heading, key, stands: Stands::Right }
    }

    /// A column that is broken into lines, down to a width.
    pub const fn flexible(heading: &'static str, key: &'static str, least: usize) -> Self {
        Self { heading, key, stands: Stands::Flexible(least) }
    }

    /// A column whose cells stand below their row, each on a line of its own.
    pub const fn below_alone(heading: &'static str, key: &'static str) -> Self {
        Self { heading, key, stands: Stands::BelowAlone }
    }

    /// A column whose cells stand below their row.
    pub const fn below(heading: &'static str, key: &'static str) -> Self {
        Self { heading, key, stands: Stands::Below }
    }
}

#[cfg(feature = "cli")]
impl Stands {
    /// Whether cells stand below their row.
    pub(crate) fn is_below(self) -> bool {
        matches!(self, Self::Below | Self::BelowAlone)
    }
}

impl Cell {
    /// Words.
    pub fn text(words: impl Display) -> Self {
        Self::Text(words.to_string())
    }

    /// Words that may be absent.
    pub fn maybe(words: Option<impl Display>) -> Self {
        words.map_or(Self::Empty, Self::text)
    }

    /// A day that may be absent.
    pub fn day(day: Option<Day>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// A number that may be absent.
    pub fn number(number: Option<i64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }

    /// A count.
    pub fn count(count: usize) -> Self {
        Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// Yes or no.
    pub fn yes_or_no(yes: bool) -> Self {
        Self::Text(if yes { "yes" } else { "no" }.to_owned())
    }

    #[cfg(feature = "cli")]
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(words) => words.is_empty(),
            Self::Lines(lines) => lines.is_empty(),
            Self::Day(_) | Self::Number(_) => false,
        }
    }
}

/// `29 Jun 2026`: a day where there is little room.
pub(crate) fn short(day: Day) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = MONTHS.into_iter().zip(1..).find(|(_, number)| *number == day.month()).map_or("", |(name, _)| name);
    format!("{} {month} {}", day.day_of_month(), day.year())
}

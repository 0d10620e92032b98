//! A table before it is printed: what it is called, its columns and rows, and what stands above and below.
//!
//! A report has rows of some type and one list of [columns](Column): each has its key, its heading and how its cell
//! comes from a row. The tables for people, for spreadsheets and in Markdown are all made from that list, and the JSON
//! is the row itself. So a column is one entry of the list, and no cell can slip under another heading.
//!
//! Whatever is put into a cell is safe to show: text of records has gone through `Display`. A format's own syntax is
//! escaped by its rendering, in [`crate::render`].

/// Every table counts something.
pub(super) use crate::text::counted;

use std::borrow::Borrow;
use std::fmt::Display;

use crate::calendar::Day;
use crate::text::Text;

/// A table with a title, or only lines under a title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What it is called.
    pub title: String,
    /// Whether it opens a part of the output, under which others stand.
    pub opens_part: bool,
    /// Sentences above the table.
    pub lead: Vec<String>,
    /// Entries of a list below them.
    pub list: Vec<String>,
    /// The heads of the columns; without any there is no table.
    pub columns: Vec<Head>,
    /// The rows, each with a cell for every column.
    pub rows: Vec<Row>,
    /// Sentences below the table.
    pub notes: Vec<String>,
}

/// What is said of a column itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The heading for people.
    pub heading: &'static str,
    /// The heading in fewer letters, for a terminal that has no room for the whole.
    pub narrow: &'static str,
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

/// A column of a report whose rows are `R`.
#[derive(Debug)]
pub struct Column<R> {
    head: Head,
    is_for: For,
    get: Get<R>,
}

/// How a cell comes from a row.
#[derive(Debug)]
enum Get<R> {
    OfRow(fn(&R) -> Cell),
    /// The row is asked for what it says at the column's key.
    ByKey(fn(&R, &'static str) -> Cell),
}

impl<R> Clone for Get<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Get<R> {}

impl<R> Clone for Column<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Column<R> {}

/// Who is given a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    Everybody,
    People,
    Data,
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
    /// Several days.
    Days(Vec<Day>),
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
    /// The committee has something to judge.
    Waiting,
    /// Something is missing, late or lapsed.
    Bad,
}

impl Sheet {
    /// Lines under a title, to which a table can be added.
    pub fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// The title of a part, with sentences below it.
    pub fn part(title: impl Into<String>, lead: Vec<String>) -> Self {
        Self { title: title.into(), opens_part: true, lead, ..Self::default() }
    }

    /// Rows as a table for a spreadsheet.
    pub fn data<R>(columns: &[Column<R>], rows: impl IntoIterator<Item: Borrow<R>>) -> Self {
        let mut sheet = Self::default();
        sheet.fill(columns, For::People, rows, |_| Tone::Plain);
        sheet
    }

    /// This sheet with a table for people, in which no row is pointed out.
    #[must_use]
    pub fn with_rows<R>(self, columns: &[Column<R>], rows: impl IntoIterator<Item: Borrow<R>>) -> Self {
        self.with_toned_rows(columns, rows, |_| Tone::Plain)
    }

    /// This sheet with a table for people; `tone` says how each row speaks.
    #[must_use]
    pub fn with_toned_rows<R>(
        mut self,
        columns: &[Column<R>],
        rows: impl IntoIterator<Item: Borrow<R>>,
        tone: impl Fn(&R) -> Tone,
    ) -> Self {
        self.fill(columns, For::Data, rows, tone);
        self
    }

    /// This sheet without the columns that have these keys.
    #[must_use]
    pub fn without(mut self, keys: &[&str]) -> Self {
        let is_kept: Vec<bool> = self.columns.iter().map(|column| !keys.contains(&column.key)).collect();
        self.columns.retain(|column| !keys.contains(&column.key));
        for row in &mut self.rows {
            let mut kept = is_kept.iter();
            row.cells.retain(|_| kept.next().copied().unwrap_or(true));
        }
        self
    }

    /// Begins every row with a cell, under a heading: rows of several tables are told apart by it.
    pub fn begin_rows(&mut self, heading: &'static str, key: &'static str, cells: impl Iterator<Item = Cell>) {
        let stands = Stands::Flexible(8);
        self.columns.insert(0, Head { heading, narrow: heading, key, stands });
        for (row, cell) in self.rows.iter_mut().zip(cells) {
            row.cells.insert(0, cell);
        }
    }

    /// Makes the table, without the columns that are for others only.
    fn fill<R>(
        &mut self,
        columns: &[Column<R>],
        others: For,
        rows: impl IntoIterator<Item: Borrow<R>>,
        tone: impl Fn(&R) -> Tone,
    ) {
        let columns: Vec<_> = columns.iter().filter(|column| column.is_for != others).collect();
        self.columns = columns.iter().map(|column| column.head).collect();
        self.rows.extend(rows.into_iter().map(|row| {
            let row = row.borrow();
            Row { cells: columns.iter().map(|column| column.cell(row)).collect(), tone: tone(row) }
        }));
    }
}

impl<R> Column<R> {
    /// A column as wide as its widest cell.
    pub const fn fixed(heading: &'static str, key: &'static str, get: fn(&R) -> Cell) -> Self {
        Self::new(heading, key, Stands::Fixed, get)
    }

    /// A column of numbers.
    pub const fn right(heading: &'static str, key: &'static str, get: fn(&R) -> Cell) -> Self {
        Self::new(heading, key, Stands::Right, get)
    }

    /// A column that is broken into lines, down to a width.
    pub const fn flexible(heading: &'static str, key: &'static str, least: usize, get: fn(&R) -> Cell) -> Self {
        Self::new(heading, key, Stands::Flexible(least), get)
    }

    /// A column whose cells stand below their row.
    pub const fn below(heading: &'static str, key: &'static str, get: fn(&R) -> Cell) -> Self {
        Self::new(heading, key, Stands::Below, get)
    }

    /// A column whose cells stand below their row, each on a line of its own.
    pub const fn below_alone(heading: &'static str, key: &'static str, get: fn(&R) -> Cell) -> Self {
        Self::new(heading, key, Stands::BelowAlone, get)
    }

    /// A column that only data has.
    pub const fn data(key: &'static str, get: fn(&R) -> Cell) -> Self {
        Self { is_for: For::Data, ..Self::new(key, key, Stands::Fixed, get) }
    }

    /// Such a column whose rows say by themselves what stands at a key.
    pub const fn data_by_key(key: &'static str, get: fn(&R, &'static str) -> Cell) -> Self {
        let head = Head { heading: key, narrow: key, key, stands: Stands::Fixed };
        Self { head, is_for: For::Data, get: Get::ByKey(get) }
    }

    /// Whether only data has it.
    pub(super) fn is_data(&self) -> bool {
        self.is_for == For::Data
    }

    /// This column under another heading.
    #[must_use]
    pub fn headed(mut self, heading: &'static str) -> Self {
        (self.head.heading, self.head.narrow) = (heading, heading);
        self
    }

    /// Its key.
    pub const fn key(&self) -> &'static str {
        self.head.key
    }

    const fn new(heading: &'static str, key: &'static str, stands: Stands, get: fn(&R) -> Cell) -> Self {
        Self { head: Head { heading, narrow: heading, key, stands }, is_for: For::Everybody, get: Get::OfRow(get) }
    }

    fn cell(&self, row: &R) -> Cell {
        match self.get {
            Get::OfRow(get) => get(row),
            Get::ByKey(get) => get(row, self.head.key),
        }
    }
}

/// A column with a heading in fewer letters, for a terminal that has no room for the whole.
pub const fn or_narrow<R>(mut column: Column<R>, narrow: &'static str) -> Column<R> {
    column.head.narrow = narrow;
    column
}

/// A column that only people see: in data its parts have columns of their own.
pub const fn for_people<R>(column: Column<R>) -> Column<R> {
    Column { is_for: For::People, ..column }
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

    /// Words with commas between them.
    pub fn listed(words: impl IntoIterator<Item: Display>) -> Self {
        let words: Vec<_> = words.into_iter().map(|word| word.to_string()).collect();
        if words.is_empty() { Self::Empty } else { Self::Text(words.join(", ")) }
    }

    /// Several things; nothing where there are none.
    pub fn lines(lines: impl IntoIterator<Item = String>) -> Self {
        let lines: Vec<_> = lines.into_iter().collect();
        if lines.is_empty() { Self::Empty } else { Self::Lines(lines) }
    }

    #[cfg(feature = "cli")]
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(words) => words.is_empty(),
            Self::Days(days) => days.is_empty(),
            Self::Lines(lines) => lines.is_empty(),
            Self::Day(_) | Self::Number(_) => false,
        }
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl From<Day> for Cell {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Self {
        Self::text(if yes { "yes" } else { "no" })
    }
}

impl From<String> for Cell {
    fn from(words: String) -> Self {
        Self::Text(words)
    }
}

impl From<&str> for Cell {
    fn from(words: &str) -> Self {
        Self::text(words)
    }
}

impl From<&Text> for Cell {
    fn from(text: &Text) -> Self {
        Self::text(text)
    }
}

/// `29 Jun 2026`: a day where there is little room.
pub(crate) fn short(day: Day) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = MONTHS.into_iter().zip(1..).find(|(_, number)| *number == day.month()).map_or("", |(name, _)| name);
    format!("{} {month} {}", day.day_of_month(), day.year())
}

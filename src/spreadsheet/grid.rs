//! The cells of a table, before anything is made of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::held::RowAnswer;
use crate::calendar::Day;
use crate::text::visible;

/// More rows than a table of one group's or one course's records has.
pub const MOST_ROWS: usize = 2_000;

/// More columns than such a table has.
pub const MOST_COLUMNS: usize = 200;

/// A table as it was read: of every row that holds anything its number and its cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// How it was read, as a phrase: `UTF-8, separated by commas`. Safe to show.
    pub read_as: String,
    /// The name of the sheet, of a workbook.
    pub sheet: Option<String>,
    /// The other sheets of a workbook, which are not read and might have been meant, in quotation marks. Safe to show.
    pub others: Vec<String>,
    /// The rows that hold something, in order.
    pub rows: Vec<Row>,
    /// What stands beside the cells, of a workbook.
    pub marks: BTreeMap<Address, Vec<Mark>>,
    /// What a person answered about a row, by the cell that was asked about.
    pub answered: BTreeMap<Address, RowAnswer>,
    /// Cells whose row, column or week a person said to leave out.
    pub left_out: BTreeSet<Address>,
    /// Where the cells of a table stand that was put together from a register.
    pub origins: BTreeMap<Address, Address>,
    /// Whether days are counted from 1904 instead of 1900.
    pub is_1904: bool,
}

impl Grid {
    /// Where a cell stands in the file.
    pub fn stands_at(&self, at: Address) -> Address {
        self.origins.get(&at).copied().unwrap_or(at)
    }

    /// All that a person answered about a row.
    pub(super) fn answer(&self, row: usize) -> RowAnswer {
        let all = self.answered.range(Address { row, column: 0 }..Address { row: row + 1, column: 0 });
        all.fold(RowAnswer::default(), |answer, (_, other)| answer.and(other))
    }
}

/// What somebody did to a cell beside filling it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A comment on it.
    Comment(String),
    /// It is struck through.
    StruckThrough,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its number, as a spreadsheet program shows it.
    pub number: usize,
    /// Its cells, from column A on; those that are not there are empty.
    pub cells: Vec<Value>,
}

impl Row {
    /// The cell in a column, counted from 0.
    pub fn cell(&self, column: usize) -> &Value {
        self.cells.get(column).unwrap_or(&Value::Empty)
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(Value::is_empty)
    }
}

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing, or white space.
    #[default]
    Empty,
    /// Characters, without white space at the ends.
    Text(String),
    /// A number.
    Number(f64),
    /// A date, a time or a length of time, in days, as spreadsheets count them.
    Days(f64),
    /// Yes or no.
    Is(bool),
    /// Nothing that can be read, and why, as a phrase. Safe to show.
    Broken(String),
}

impl Value {
    /// The value that characters are.
    pub fn text(text: &str) -> Self {
        // A no-break space is white space too; a byte order mark in the middle of joined files is none.
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }
}

/// As it is named in a sentence, safe to show: `"six"`, `90`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("nothing"),
            Self::Text(text) => {
                let mut characters = text.chars();
                let start: String = characters.by_ref().take(60).collect();
                let more = if characters.next().is_some() { "…" } else { "" };
                write!(f, "\"{}{more}\"", visible(&start))
            }
            Self::Number(number) => write!(f, "{number}"),
            Self::Days(days) => match (day_of_serial(*days, false), minutes_of(days.fract())) {
                (Some(day), Some(0)) => write!(f, "the date {day}"),
                _ if *days < 1.0 => match minutes_of(*days) {
                    Some(minutes) => write!(f, "the time {}:{:02}", minutes / 60, minutes % 60),
                    None => f.write_str("a time with seconds"),
                },
                (Some(day), _) => write!(f, "the date {day} with a time"),
                (None, _) => write!(f, "the date number {days}"),
            },
            Self::Is(true) => f.write_str("yes"),
            Self::Is(false) => f.write_str("no"),
            Self::Broken(why) => f.write_str(why),
        }
    }
}

/// Where a cell stands: `B7`. The column is counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// The row, as a spreadsheet program shows it.
    pub row: usize,
    /// The column, counted from 0.
    pub column: usize,
}

impl Address {
    /// The cell that is called so: `B7`, `$B$7`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.replace('$', "");
        let (letters, number) = text.split_at(text.find(|c: char| c.is_ascii_digit())?);
        if letters.is_empty() || letters.len() > 3 {
            return None;
        }
        let column = letters.bytes().try_fold(0_usize, |column, letter| {
            let of_letter = usize::from(letter.to_ascii_uppercase().checked_sub(b'A')?) + 1;
            letter.is_ascii_alphabetic().then_some(column * 26 + of_letter)
        })?;
        Some(Self { row: number.parse().ok()?, column: column - 1 })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", letters(self.column), self.row)
    }
}

/// The letters of a column that is counted from 0: `A`, `Z`, `AA`.
pub fn letters(mut column: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or_default()));
        match column / 26 {
            0 => break,
            more => column = more - 1,
        }
    }
    letters.iter().rev().collect()
}

/// The day that a spreadsheet's number stands for, whatever time of it. Numbers that nobody means as a day are none:
/// those below 1 and those that are no longer in the year 9999.
pub fn day_of_serial(days: f64, is_1904: bool) -> Option<Day> {
    let whole = days.floor();
    if !(0.0..=2_958_465.0).contains(&whole) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, reason = "it is whole and small")]
    let whole = whole as i64;
    let of = |year, month, day| Day::new(year, month, day).map(|start: Day| start.plus_days(whole));
    match whole {
        _ if is_1904 => of(1904, 1, 1),
        // That 1900 had a 29 February is an error that every such program repeats.
        0 | 60 => None,
        1..=59 => of(1899, 12, 31),
        _ => of(1899, 12, 30),
    }
}

/// So many days in whole minutes, where they are whole minutes.
pub fn minutes_of(days: f64) -> Option<u32> {
    let minutes = days * 1440.0;
    let whole = minutes.round();
    // A time is kept as a fraction that is not exact: this is less than a second.
    let is_whole = (minutes - whole).abs() < 0.01 && (0.0..=1e6).contains(&whole);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is whole and within bounds")]
    is_whole.then_some(whole as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let at = |column| Address { row: 7, column }.to_string();
        assert_eq!([at(1), at(25), at(26), at(701), at(702)], ["B7", "Z7", "AA7", "ZZ7", "AAA7"]);
        for column in [0, 1, 25, 26, 701, 702] {
            assert_eq!(Address::parse(&at(column)), Some(Address { row: 7, column }));
        }
        for none in ["", "7", "B", "B7x", "é7", "ABCD7"] {
            assert_eq!(Address::parse(none), None, "{none}");
        }
    }

    #[test]
    fn days_as_spreadsheets_count_them() {
        let day = |days, is_1904| day_of_serial(days, is_1904).map(Day::iso);
        assert_eq!(day(45_937.0, false).as_deref(), Some("2025-10-07"));
        assert_eq!(day(45_937.99, false).as_deref(), Some("2025-10-07"));
        assert_eq!(day(45_937.0 - 1462.0, true).as_deref(), Some("2025-10-07"));
        assert_eq!(day(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(day(59.0, false).as_deref(), Some("1900-02-28"));
        assert_eq!(day(60.0, false), None);
        assert_eq!(day(61.0, false).as_deref(), Some("1900-03-01"));
        assert_eq!(day(0.0, true).as_deref(), Some("1904-01-01"));
        assert_eq!(day(2_958_465.0, false).as_deref(), Some("9999-12-31"));
        for none in [0.0, 0.9, -1.0, 2_958_466.0, f64::NAN, f64::INFINITY] {
            assert_eq!(day(none, false), None, "{none}");
        }
    }

    #[test]
    fn values_as_they_are_named() {
        let minute = 1.0 / 1440.0;
        for (value, shown) in [
            (Value::text(" six\u{a0}\u{feff}"), "\"six\""),
            (Value::text("\u{200b} "), "nothing"),
            (Value::text(&"a".repeat(60)), &*format!("\"{}\"", "a".repeat(60))),
            (Value::text(&"a".repeat(61)), &*format!("\"{}…\"", "a".repeat(60))),
            (Value::Number(1.5), "1.5"),
            (Value::Days(45_937.0), "the date 7 October 2025"),
            (Value::Days(45_937.5), "the date 7 October 2025 with a time"),
            (Value::Days(545.0 * minute), "the time 9:05"),
            (Value::Days(0.5 * minute), "a time with seconds"),
            (Value::Days(60.0), "the date number 60"),
            (Value::Is(true), "yes"),
            (Value::Is(false), "no"),
        ] {
            assert_eq!(value.to_string(), shown);
        }
        // A day and no time is the first that there is.
        assert_eq!(Value::Days(1.0).to_string(), "the date 1 January 1900");
        assert_eq!(Value::Days(1.5).to_string(), "the date 1 January 1900 with a time");
    }

    #[test]
    fn minutes_are_whole() {
        assert_eq!(minutes_of(1.5 / 24.0), Some(90));
        assert_eq!(minutes_of(0.062_5 + 1e-9), Some(90));
        assert_eq!(minutes_of(0.062_5 + 1.0 / 86_400.0), None);
        assert_eq!(minutes_of(f64::NAN), None);
    }
}

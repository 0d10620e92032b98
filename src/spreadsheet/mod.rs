//! Tables that other people keep: the bytes of a CSV file or of a workbook in, entries and records out.
//!
//! Nothing is guessed and nothing passed over in silence. A column that is not understood is an error, a cell that
//! could mean two things is a [`Fault`] with its address, and what is left out is said to be.
//!
//! The bytes become a [`Grid`] of cells ([`read`]), headings say what is in the columns ([`Columns`]), and the rows
//! become [entries of a log](Entries) or [people](People). All of it is pure.

#![allow(clippy::option_option, reason = "a table that says that something was cancelled need not say why")]

mod answers;
mod asked;
mod by_content;
mod by_shape;
mod cancellation_text;
mod columns;
mod compared;
mod date;
mod delimited;
mod entries;
mod field;
mod grid;
mod held;
mod length;
mod length_words;
mod marks;
mod moved;
mod names;
mod people;
mod questions;
mod register;
mod row;
mod row_answer;
mod row_times;
mod row_warnings;
mod said;
mod target;
mod time_of_day;
mod times;
mod vocabulary;
mod weekdays;
mod workbook;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the tables of a test are written in it")]
mod row_tests;
#[cfg(test)]
mod tests;

pub use asked::Asked;
pub use columns::{Column, Columns, Holds, Map, NoColumns};
pub use compared::Compared;
pub use date::{CourseDays, Order};
pub use entries::{Entries, EntryRow};
pub use field::Field;
pub(crate) use grid::MOST_ROWS;
pub use grid::{Address, Grid, Mark, Row, Value, letters};
pub use held::{Held, Prefers, RowAnswer};
pub use moved::NoLonger;
pub use people::{Known, People, Person, PersonRow};
pub use questions::{Answered, Answers, NoAnswers, Question, file as questions_file};
pub use register::{OfLog, of_register};
pub use row_answer::Answer;
pub use said::Said;
pub use target::Target;
pub use weekdays::{LogDays, OtherWeekdays, crowded_weeks};
pub use workbook::Sheets;

use std::fmt;

/// What is wrong with a cell. Shown, it is a sentence's end that is safe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The cell.
    pub at: Address,
    /// What is wrong with it, as a phrase; safe to show.
    pub what: String,
}

/// Why bytes cannot be read as a table. Shown, it is one phrase that follows the file's name; [`NotATable::help`] says
/// what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotATable {
    /// It is neither text nor a workbook.
    NoText,
    /// It is packed like a workbook, and is none.
    NotAWorkbook,
    /// A part of a workbook cannot be read.
    Damaged {
        /// The part; safe to show.
        part: String,
    },
    /// A sheet is named, and its cells are not in the file.
    MissingSheet {
        /// The sheet; safe to show.
        name: String,
    },
    /// It is a file of Excel before 2007, or one with a password.
    OldOrProtected,
    /// It has a password.
    Protected,
    /// Unpacked it is larger than such a workbook is.
    TooLarge,
    /// It has more rows than can be meant.
    TooManyRows,
    /// It has more columns than can be meant.
    TooManyColumns,
    /// What separates its cells cannot be told.
    UnclearSeparator,
    /// A quotation mark is not closed.
    OpenQuotes {
        /// The row in which it stands.
        row: usize,
    },
    /// Text follows a closing quotation mark.
    AfterQuotes {
        /// The row in which it stands.
        row: usize,
    },
    /// There is no sheet of the name that was asked for.
    NoSuchSheet {
        /// Those that there are, in quotation marks and safe to show.
        there: Vec<String>,
    },
    /// A sheet was asked for, and the file is no workbook.
    NoSheets,
}

impl NotATable {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::NoText
            | Self::NotAWorkbook
            | Self::Damaged { .. }
            | Self::MissingSheet { .. }
            | Self::OldOrProtected => "open it in a spreadsheet program and save it as .xlsx or as CSV",
            Self::Protected => "save a copy without the password",
            Self::TooLarge | Self::TooManyRows | Self::TooManyColumns => {
                "look whether it is the right file; if it is, save the part that is meant as a file of its own"
            }
            Self::UnclearSeparator => "save it as .xlsx instead, or with sep=; as its first line",
            Self::OpenQuotes { .. } | Self::AfterQuotes { .. } => "correct the quotation marks, or save it as .xlsx",
            Self::NoSuchSheet { .. } => "name one of these",
            Self::NoSheets => "leave --sheet and --all-sheets out",
        }
    }
}

impl fmt::Display for NotATable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoText => f.write_str("is neither text nor a workbook"),
            Self::NotAWorkbook => f.write_str("is no workbook that can be read"),
            Self::Damaged { part } => write!(f, "is no workbook that can be read: its part {part} is damaged"),
            Self::MissingSheet { name } => write!(f, "names a sheet \"{name}\" whose cells are not in the file"),
            Self::OldOrProtected => f.write_str("is a workbook of Excel before 2007, or has a password"),
            Self::Protected => f.write_str("has a password"),
            Self::TooLarge => f.write_str("is larger, unpacked, than a table of records is"),
            Self::TooManyRows => write!(f, "has more than {MOST_ROWS} rows"),
            Self::TooManyColumns => write!(f, "has more than {} columns", grid::MOST_COLUMNS),
            Self::UnclearSeparator => f.write_str("may be separated by commas, semicolons or tabs"),
            Self::OpenQuotes { row } => write!(f, "has a quotation mark in row {row} that is not closed"),
            Self::AfterQuotes { row } => write!(f, "has text after a closing quotation mark in row {row}"),
            Self::NoSuchSheet { there } => write!(f, "has no such sheet, but {}", there.join(", ")),
            Self::NoSheets => f.write_str("is no workbook and has no sheets"),
        }
    }
}

impl std::error::Error for NotATable {}

/// Reads the bytes of a file as tables: one, or all the sheets of a workbook where these are asked for. What the file is
/// follows from the bytes, not from its name.
pub fn read(bytes: &[u8], sheets: Sheets<'_>, target: Target) -> Result<Vec<Grid>, NotATable> {
    match bytes {
        [b'P', b'K', 3 | 5, ..] => workbook::read(bytes, sheets),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Err(NotATable::OldOrProtected),
        bytes if is_markup(bytes) => Err(NotATable::NotAWorkbook),
        _ if sheets != Sheets::First => Err(NotATable::NoSheets),
        bytes => Ok(vec![delimited::read(bytes, &|heading| Field::of_heading(heading, target).is_some())?]),
    }
}

/// Whether it is a web page or XML: some programs save one under a name that ends in .xls, for a spreadsheet program to
/// open.
fn is_markup(bytes: &[u8]) -> bool {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start().starts_with(b"<")
}

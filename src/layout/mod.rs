//! The one layout of a record in TOML: keys in the order of the format, a session on each line, numbers in columns.
//!
//! Whoever lays out a record anew changes nothing that it says and loses no comment: if the new text does not say just
//! that, the record is left as it is ([`Unusual::NotKept`]). What is laid out already stays byte for byte.

mod comments;
mod guard;
mod order;
mod table;
mod unsupported_layout;
mod value;

#[cfg(test)]
mod tests;

use std::fmt;

use crate::records::RecordKind;
use crate::text::{Notation, Parsed};

use order::Keys;

pub use unsupported_layout::Oddity;

/// Why a record is not laid out anew. Shown, it is a phrase that is safe to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusual {
    /// The text is not TOML.
    Faulty,
    /// The text has something for which the layout has no place.
    OutOfTheWay {
        /// The line of it, counted from 1.
        line: usize,
        /// What it is.
        what: Oddity,
    },
    /// A comment has no place in the layout.
    Comment {
        /// The line of it, counted from 1.
        line: usize,
    },
    /// The text would not say the same.
    NotKept,
}

impl fmt::Display for Unusual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Faulty => f.write_str("it is not TOML; see \"gwp check\""),
            Self::OutOfTheWay { line, what } => what.phrase(*line, f),
            Self::Comment { line } => {
                write!(
                    f,
                    "the comment in line {line} has no place in the layout; put it above the key or entry that it is about"
                )
            }
            Self::NotKept => f.write_str("it could not be kept in full; lay it out in an editor"),
        }
    }
}

impl std::error::Error for Unusual {}

/// The text of a record in TOML in the one layout, byte order mark and line breaks as they were; where they were mixed, as
/// most of them were. What only a newer TOML allows is written as every TOML has it.
pub fn laid_out(kind: RecordKind, text: &str) -> Result<String, Unusual> {
    let made = laid_out_once(kind, text)?;
    // A table that was taken apart can have a place of its own only then.
    if made == text { Ok(made) } else { laid_out_once(kind, &made) }
}

fn laid_out_once(kind: RecordKind, text: &str) -> Result<String, Unusual> {
    let parsed = Parsed::of(Notation::Toml, text);
    if !parsed.is_readable() {
        return Err(Unusual::Faulty);
    }
    let mark = if text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
    let windows = text.matches("\r\n").count();
    let newline = if 2 * windows > text.matches('\n').count() { "\r\n" } else { "\n" };
    let plain = text[mark.len()..].replace("\r\n", "\n");
    let document = plain.parse().map_err(|_| Unusual::Faulty)?;
    let made = table::record(kind, &plain, document, Keys::of(kind, &parsed.root));
    let made = made.map_err(|odd| Unusual::OutOfTheWay { line: odd.line(text, &parsed.root), what: odd.what })?;
    let made = format!("{mark}{}", made.replace('\n', newline));
    if guard::says_the_same(text, &parsed.root, &made) {
        return Ok(made);
    }
    Err(guard::lost_comment(text, &made).map_or(Unusual::NotKept, |line| Unusual::Comment { line }))
}

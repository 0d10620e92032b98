//! The one layout of a record in TOML: keys in the order of the format, a session on each line, numbers in columns.
//!
//! Whoever lays out a record anew changes nothing that it says and loses no comment: if the new text does not say just
//! that, the record is left as it is ([`Unusual::OutOfTheWay`]). What is laid out already stays byte for byte.

mod comments;
mod guard;
mod order;
mod table;
mod value;

#[cfg(test)]
mod tests;

use std::fmt;

use crate::records::RecordKind;
use crate::text::{Notation, Parsed};

use order::Keys;

/// Why a record is not laid out anew. Shown, it is a phrase that is safe to print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusual {
    /// The text is not TOML.
    Faulty,
    /// The text is written in a way that records are not, such as dotted keys, or has a comment in the midst of a value.
    OutOfTheWay,
}

impl fmt::Display for Unusual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Faulty => "it is not TOML; see \"gwp check\"",
            Self::OutOfTheWay => "it is written in a way that is best left to a person",
        })
    }
}

impl std::error::Error for Unusual {}

/// The text of a record in TOML in the one layout, line breaks and byte order mark as they were.
pub fn laid_out(kind: RecordKind, text: &str) -> Result<String, Unusual> {
    let parsed = Parsed::of(Notation::Toml, text);
    if !parsed.is_sound() {
        return Err(Unusual::Faulty);
    }
    let mark = if text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let plain = text[mark.len()..].replace("\r\n", "\n");
    let made = table::record(kind, &plain, &Keys::of(kind, &parsed.root))?;
    let made = format!("{mark}{}", made.replace('\n', newline));
    if guard::says_the_same(text, &parsed.root, &made) { Ok(made) } else { Err(Unusual::OutOfTheWay) }
}

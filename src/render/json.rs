//! JSON, written for other programs.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::text::is_deceptive;

/// The version of the document: it goes up when a field changes its meaning or goes.
pub const VERSION: u32 = 1;

/// The program and its version, as documents name it.
pub const PROGRAM: &str = concat!("gwp ", env!("CARGO_PKG_VERSION"));

/// Writes a value as compact JSON in which every character that could act on a terminal is escaped.
pub fn write_value(value: &(impl Serialize + ?Sized), out: &mut dyn Write) -> io::Result<()> {
    // Into memory first: JSON is written in very small pieces.
    let mut written = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut written, Escaping))?;
    out.write_all(&written)
}

/// Compact JSON; beyond what JSON asks to be escaped, what is deceptive is.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        const DELETE: u8 = 0x7f;
        if fragment.bytes().all(|byte| byte < DELETE) {
            return out.write_all(fragment.as_bytes());
        }
        let mut written = 0;
        for (at, character) in fragment.char_indices().filter(|&(_, character)| is_deceptive(character)) {
            out.write_all(&fragment.as_bytes()[written..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            written = at + character.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[written..])
    }
}

//! JSON, written for other programs.

use std::io::{self, BufWriter, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use crate::PROGRAM;
use crate::text::{Text, is_deceptive};

/// The version of the documents: it goes up when a field changes its meaning or goes.
const VERSION: u32 = 1;

/// What every document has, whatever it tells: then come the fields of its content.
#[derive(Serialize)]
struct Document<'d, C> {
    /// The name of the folder, in a list of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    folder: Option<&'d Text>,
    version: u32,
    program: &'static str,
    #[serde(flatten)]
    content: C,
}

/// The documents of several folders in one.
#[derive(Serialize)]
struct Folders<'d, C> {
    folders: Vec<Document<'d, C>>,
}

impl<'d, C: Serialize> Document<'d, C> {
    fn new(folder: Option<&'d Text>, content: C) -> Self {
        Self { folder, version: VERSION, program: PROGRAM, content }
    }
}

/// Writes one document over one folder, whose fields are those of its content, or over several, each by its name. Every
/// field and every entry of a list stands on a line of its own, so that two documents can be compared line by line.
pub fn write_document<C: Serialize>(contents: Vec<(Option<&Text>, C)>, out: &mut dyn Write) -> io::Result<()> {
    let mut folders: Vec<_> = contents.into_iter().map(|(folder, content)| Document::new(folder, content)).collect();
    match folders.pop_if(|only| only.folder.is_none()) {
        Some(only) => written(&only, 1, out),
        None => written(&Document::new(None, Folders { folders }), 3, out),
    }
}

/// Writes a document whose fields are at a depth of brackets.
fn written(document: &impl Serialize, depth: usize, out: &mut dyn Write) -> io::Result<()> {
    // JSON is written in very small pieces.
    let mut out = BufWriter::new(out);
    document.serialize(&mut Serializer::with_formatter(&mut out, Escaping { depth: 0, of_fields: depth }))?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Compact JSON; beyond what JSON asks to be escaped, what could act on a terminal is.
struct Escaping {
    /// How many brackets are open.
    depth: usize,
    /// At this depth are the fields that stand on lines of their own; one deeper, the entries of their lists.
    of_fields: usize,
}

/// Writes what stands before an entry or a field.
fn separate<W: Write + ?Sized>(first: bool, breaks: bool, out: &mut W) -> io::Result<()> {
    if !first {
        out.write_all(b",")?;
    }
    if breaks { out.write_all(b"\n") } else { Ok(()) }
}

impl Formatter for Escaping {
    fn begin_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        out.write_all(b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        separate(first, self.depth == 2 || self.depth == self.of_fields + 1, out)
    }

    fn begin_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        out.write_all(b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        separate(first, !first && self.depth == self.of_fields, out)
    }

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

//! How sheets leave the program: as text for the terminal, as CSV, as Markdown.

use std::io::{self, Write};

use gwp::render::{write_csv, write_markdown, write_text};
use gwp::reports::Sheet;

use super::check::Format;
use super::surroundings::Surroundings;

/// Writes sheets in a format; those of one kind, where it is CSV. JSON is no matter of sheets and is written by its
/// own printers: asked for here, it is text.
pub fn write(sheets: &[Sheet], format: Format, surroundings: &Surroundings, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Csv => write_csv(sheets, out),
        Format::Markdown => write_markdown(sheets, out),
        Format::Table | Format::Json => write_text(sheets, surroundings.layout(), out),
    }
}

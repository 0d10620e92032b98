//! How reports leave the program: as text for the terminal, as CSV, as Markdown, as JSON.

use std::io::{self, Write};

use gwp::render::{write_csv, write_document, write_markdown, write_text};
use gwp::reports::{Report, Sheet};

use super::context::Context;
use super::format::Format;

/// Prints what is said of each folder, in a format.
pub fn print(reports: &[impl Report], format: Format, context: &mut Context<'_>) -> io::Result<()> {
    match format {
        Format::Json => write_document(reports.iter().map(|report| (report.folder(), report)).collect(), context.out),
        Format::Csv => {
            say_beside(reports)?;
            write_csv(&reports.iter().map(Report::data).collect::<Vec<_>>(), context.out)
        }
        _ => write(&reports.iter().flat_map(Report::sheets).collect::<Vec<_>>(), format, context),
    }
}

/// Says what has to be said beside a table for a spreadsheet.
pub fn say_beside(reports: &[impl Report]) -> io::Result<()> {
    for said in reports.iter().filter_map(Report::beside_data) {
        writeln!(anstream::stderr(), "gwp: {said}")?;
    }
    Ok(())
}

/// Writes sheets in a format; those of one kind, where it is CSV. JSON is no matter of sheets: asked for here, it is
/// text.
pub fn write(sheets: &[Sheet], format: Format, context: &mut Context<'_>) -> io::Result<()> {
    match format {
        Format::Csv => write_csv(sheets, context.out),
        Format::Markdown => write_markdown(sheets, context.out),
        _ => write_text(sheets, context.layout(), context.out),
    }
}

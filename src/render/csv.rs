//! A table for a spreadsheet.

use std::io::{self, Write};

use crate::reports::{Cell, Sheet};

/// Writes tables that have the same columns as one: a line with the columns' keys, then a line for each row. Titles
/// and sentences are left out. Days are written as `2026-01-31`, numbers plainly, several things with `; ` between
/// them. A text that a spreadsheet would run as a formula, because it begins with `=`, `+`, `-`, `@`, a tab or a
/// line break, gets an apostrophe before it, which spreadsheets take as: this is text.
pub fn write_csv(sheets: &[Sheet], out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = sheets.iter().find(|sheet| !sheet.columns.is_empty()) else { return Ok(()) };
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(first.columns.iter().map(|column| column.key)).map_err(into_io)?;
    for row in sheets.iter().filter(|sheet| sheet.columns == first.columns).flat_map(|sheet| &sheet.rows) {
        writer.write_record(row.cells.iter().map(field)).map_err(into_io)?;
    }
    writer.flush()
}

/// The I/O error itself, so that a closed pipe is still known as one.
fn into_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(words) => as_text(words.clone()),
        Cell::Day(day) => day.iso(),
        Cell::Days(days) => days.iter().map(|day| day.iso()).collect::<Vec<_>>().join(", "),
        Cell::Number(number) => number.to_string(),
        Cell::Lines(lines) => as_text(lines.join("; ")),
    }
}

fn as_text(words: String) -> String {
    let is_formula = words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if is_formula { format!("'{words}") } else { words }
}

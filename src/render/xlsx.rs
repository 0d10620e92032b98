//! A workbook for a spreadsheet program.

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use crate::calendar::Day;
use crate::reports::{Cell, Sheet};

/// The widest that a column is made.
const WIDEST: usize = 60;

/// The bytes of a workbook: tables that have the same columns as one sheet called `name`, with a line of the columns'
/// keys, then a line for each row. Days are dates and counts are numbers; every text is a text, whatever it begins
/// with, and never a formula. The same rows give the same bytes; as the day on which it was made it has `as_of`.
pub fn xlsx(name: &str, sheets: &[Sheet], as_of: Day) -> io::Result<Vec<u8>> {
    written(name, sheets, as_of).map_err(|error| io::Error::other(error.to_string()))
}

fn written(name: &str, sheets: &[Sheet], as_of: Day) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&date(as_of)?));
    let (heading, of_day) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    let page = workbook.add_worksheet();
    page.set_name(name)?;
    page.set_freeze_panes(1, 0)?;
    let first = sheets.iter().find(|sheet| !sheet.columns.is_empty());
    let columns = first.map(|sheet| sheet.columns.as_slice()).unwrap_or_default();
    let mut widths: Vec<usize> = columns.iter().map(|column| column.key.len()).collect();
    for (column, at) in columns.iter().zip(0..) {
        page.write_string_with_format(0, at, column.key, &heading)?;
    }
    let rows = sheets.iter().filter(|sheet| sheet.columns == columns).flat_map(|sheet| &sheet.rows);
    let mut last = 0;
    for (row, number) in rows.zip(1..) {
        last = number;
        for ((cell, width), at) in row.cells.iter().zip(&mut widths).zip(0..) {
            let shown = match cell {
                Cell::Empty => continue,
                Cell::Text(words) => words.clone(),
                Cell::Lines(lines) => lines.join("; "),
                Cell::Days(days) => days.iter().map(|day| day.iso()).collect::<Vec<_>>().join(", "),
                Cell::Day(day) => {
                    // Before 1900 a spreadsheet knows no dates.
                    match date(*day) {
                        Ok(date) => page.write_datetime_with_format(number, at, &date, &of_day)?,
                        Err(_) => page.write_string(number, at, day.iso())?,
                    };
                    *width = (*width).max(10);
                    continue;
                }
                Cell::Number(count) => {
                    #[allow(clippy::cast_precision_loss, reason = "a spreadsheet has no other numbers")]
                    page.write_number(number, at, *count as f64)?;
                    continue;
                }
            };
            *width = (*width).max(shown.chars().count()).min(WIDEST);
            page.write_string(number, at, shown)?;
        }
    }
    for (width, at) in widths.iter().zip(0_u16..) {
        page.set_column_width(at, f64::from(u32::try_from(*width + 2).unwrap_or(u32::MAX)))?;
    }
    if let Some(end) = u16::try_from(columns.len()).ok().and_then(|count| count.checked_sub(1)) {
        page.autofilter(0, 0, last, end)?;
    }
    workbook.save_to_buffer()
}

fn date(day: Day) -> Result<ExcelDateTime, XlsxError> {
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or_default(), part(day.month()), part(day.day_of_month()))
}

//! A workbook for a spreadsheet program.

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use crate::calendar::Day;
use crate::reports::{Cell, Row, Sheet};

/// The widest that a column is made.
const WIDEST: usize = 60;

/// The bytes of a workbook: tables that have the same columns as one sheet called `name`, with a line of the columns'
/// keys, then a line for each row. Days are dates and counts are numbers; every text is a text, whatever it begins
/// with, and never a formula. The same rows give the same bytes; as the day on which it was made it has `as_of`.
pub fn xlsx(name: &str, sheets: &[Sheet], as_of: Day) -> io::Result<Vec<u8>> {
    let columns = sheets.iter().map(|sheet| sheet.columns.as_slice()).find(|columns| !columns.is_empty());
    let columns = columns.unwrap_or_default();
    let rows = sheets.iter().filter(|sheet| sheet.columns == columns).flat_map(|sheet| &sheet.rows);
    let headings: Vec<_> = columns.iter().map(|column| column.key).collect();
    book(as_of, |writer| writer.page(name, &headings, rows)).map_err(|error| as_io(&error))
}

/// The bytes of a workbook in which each table is a sheet of its own, with its headings for people.
pub fn xlsx_book(sheets: &[Sheet], as_of: Day) -> io::Result<Vec<u8>> {
    let mut names = Vec::new();
    let tables: Vec<_> = sheets.iter().filter(|sheet| !sheet.rows.is_empty()).collect();
    book(as_of, |writer| {
        for sheet in &tables {
            let name = own_name(&sheet.title, &mut names);
            let headings: Vec<_> = sheet.columns.iter().map(|column| column.heading).collect();
            writer.page(&name, &headings, sheet.rows.iter())?;
        }
        if tables.is_empty() { writer.page("Nothing", &[], [].iter()) } else { Ok(()) }
    })
    .map_err(|error| as_io(&error))
}

fn as_io(error: &XlsxError) -> io::Error {
    io::Error::other(error.to_string())
}

/// The name of a sheet: short, without what a spreadsheet does not take, and different from those before it in whatever
/// letters.
fn own_name(title: &str, before: &mut Vec<String>) -> String {
    /// The most letters that a spreadsheet takes, as it counts them.
    const LONGEST: usize = 31;
    let is_taken =
        |letter: &char| !matches!(letter, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !letter.is_control();
    let cut = |room: usize| {
        let mut length = 0;
        let fits = |letter: &char| {
            length += letter.len_utf16();
            length <= room
        };
        title.chars().filter(is_taken).take_while(fits).collect::<String>().trim().to_owned()
    };
    let numbered = (1..).map(|number| match number {
        1 => cut(LONGEST),
        number => format!("{} ({number})", cut(LONGEST - 6)),
    });
    let is_new = |name: &String| !name.is_empty() && !before.contains(&name.to_lowercase());
    let name = numbered.take(MOST_OF_A_NAME).find(is_new).unwrap_or_else(|| format!("Table {}", before.len() + 1));
    before.push(name.to_lowercase());
    name
}

/// The most sheets of one name that are told apart by a number.
const MOST_OF_A_NAME: usize = 999;

/// A workbook as it is written.
struct Writer {
    workbook: Workbook,
    heading: Format,
    of_day: Format,
}

fn book(as_of: Day, fill: impl FnOnce(&mut Writer) -> Result<(), XlsxError>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&date(as_of)?));
    let (heading, of_day) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    let mut writer = Writer { workbook, heading, of_day };
    fill(&mut writer)?;
    writer.workbook.save_to_buffer()
}

impl Writer {
    /// Adds a sheet: a line of headings that stays in view and can be filtered by, then the rows.
    fn page<'r>(
        &mut self,
        name: &str,
        headings: &[&str],
        rows: impl Iterator<Item = &'r Row>,
    ) -> Result<(), XlsxError> {
        let page = self.workbook.add_worksheet();
        page.set_name(name)?;
        page.set_freeze_panes(1, 0)?;
        let mut widths: Vec<usize> = headings.iter().map(|heading| heading.len()).collect();
        for (heading, at) in headings.iter().zip(0..) {
            page.write_string_with_format(0, at, *heading, &self.heading)?;
        }
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
                            Ok(date) => page.write_datetime_with_format(number, at, &date, &self.of_day)?,
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
        if let Some(end) = u16::try_from(widths.len()).ok().and_then(|count| count.checked_sub(1)) {
            page.autofilter(0, 0, last, end)?;
        }
        Ok(())
    }
}

fn date(day: Day) -> Result<ExcelDateTime, XlsxError> {
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or_default(), part(day.month()), part(day.day_of_month()))
}

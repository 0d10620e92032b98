//! A workbook: XLSX, as Excel, `LibreOffice` and Google Sheets save it.

use std::io::{self, Cursor, Read as _};

use calamine::{CellErrorType, DataRef, Reader as _, SheetType, Xlsx, XlsxError, open_workbook_from_rs};

use super::NotATable;
use super::grid::{Grid, MOST_COLUMNS, MOST_ROWS, Row, Value};
use crate::text::visible;

/// The most that a workbook can be, unpacked. A small file can be packed so that it fills any memory.
const MOST_UNPACKED: u64 = 48 * 1024 * 1024;

/// More parts than a workbook has.
const MOST_PARTS: usize = 2_000;

/// Reads one sheet of a workbook: the one that is asked for by name, else the first that is shown.
pub fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Grid, NotATable> {
    let is_worked_out = look_through(bytes)?;
    let mut workbook: Xlsx<_> =
        open_workbook_from_rs(Cursor::new(bytes)).map_err(|error: XlsxError| not_a_workbook(&error))?;
    let is_1904 = workbook.has_1904_epoch();
    let of_cells = |one: &&calamine::Sheet| one.typ == SheetType::WorkSheet;
    let is_shown = |one: &&calamine::Sheet| one.visible == calamine::SheetVisible::Visible;
    let sheets: Vec<_> = workbook.sheets_metadata().iter().filter(of_cells).cloned().collect();
    let others = |name: &str| -> Vec<String> {
        sheets.iter().filter(|one| one.name != name).map(|one| format!("\"{}\"", visible(&one.name))).collect()
    };
    let name = match sheet {
        Some(asked) => sheets.iter().find(|one| one.name.trim().to_lowercase() == asked.trim().to_lowercase()),
        None => sheets.iter().find(is_shown).or(sheets.first()),
    };
    let Some(name) = name.map(|one| one.name.clone()) else {
        return Err(match sheet {
            Some(_) => NotATable::NoSuchSheet { there: others("") },
            None => NotATable::NotAWorkbook,
        });
    };
    let rows = rows(&mut workbook, &name, is_worked_out)?;
    let others = others(&name);
    let left_out = if others.is_empty() || sheet.is_some() {
        Vec::new()
    } else {
        vec![format!("It has other sheets, which are not read: {}; --sheet names one.", others.join(", "))]
    };
    let read_as = format!("a workbook, the sheet \"{}\"", visible(&name));
    Ok(Grid { read_as, sheet: Some(name), left_out, rows, is_1904 })
}

/// The rows of a sheet that hold something. The cells come one by one, so that one far away does not fill the memory
/// with those in between.
fn rows(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str, is_worked_out: bool) -> Result<Vec<Row>, NotATable> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|error| not_a_workbook(&error))?;
    let mut rows: Vec<Row> = Vec::new();
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| not_a_workbook(&error))? {
        let is_formula = cell.formula.is_some();
        let value = match &cell.value {
            // A formula whose result is no characters is empty; one whose result was never kept is not.
            DataRef::Empty if is_formula => no_result(),
            data if is_formula && !is_worked_out && is_zero(data) => no_result(),
            data => value(data),
        };
        if value.is_empty() {
            continue;
        }
        let (row, column) = (cell.pos.0 as usize + 1, cell.pos.1 as usize);
        if column >= MOST_COLUMNS {
            return Err(NotATable::TooManyColumns);
        }
        if rows.last().is_none_or(|last| last.number != row) {
            if rows.last().is_some_and(|last| last.number > row) {
                return Err(NotATable::NotAWorkbook);
            }
            if rows.len() == MOST_ROWS {
                return Err(NotATable::TooManyRows);
            }
            rows.push(Row { number: row, cells: Vec::new() });
        }
        if let Some(last) = rows.last_mut() {
            if last.cells.len() <= column {
                last.cells.resize(column + 1, Value::Empty);
            }
            last.cells[column] = value;
        }
    }
    Ok(rows)
}

/// What stands for the result of a formula that nobody has worked out, where a program had to write one.
fn is_zero(data: &DataRef<'_>) -> bool {
    match data {
        DataRef::Int(number) => *number == 0,
        DataRef::Float(number) => *number == 0.0,
        DataRef::DateTime(days) => days.as_f64() == 0.0,
        _ => false,
    }
}

fn no_result() -> Value {
    Value::Broken("a formula without its result; open the file in a spreadsheet program and save it".into())
}

fn value(data: &DataRef<'_>) -> Value {
    match data {
        DataRef::Int(number) => number.to_string().parse().map_or(Value::Empty, Value::Number),
        DataRef::Float(number) => Value::Number(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Value::text(text),
        DataRef::SharedString(text) => Value::text(text),
        DataRef::Bool(is) => Value::Is(*is),
        DataRef::DateTime(days) => Value::Days(days.as_f64()),
        DataRef::Error(error) => Value::Broken(format!("an error of the spreadsheet, {}", shown(error))),
        DataRef::Empty => Value::Empty,
    }
}

fn shown(error: &CellErrorType) -> String {
    visible(&error.to_string())
}

/// Unpacks every part into nothing, and says whether it is more than a workbook of records can be. What a part says of
/// its own size is not believed. Tells whether the formulas were worked out: a library that only writes them has a
/// spreadsheet program do that when it opens the file.
fn look_through(bytes: &[u8]) -> Result<bool, NotATable> {
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| NotATable::NotAWorkbook)?;
    if parts.len() > MOST_PARTS {
        return Err(NotATable::TooLarge);
    }
    let (mut left, mut is_worked_out) = (MOST_UNPACKED, true);
    for number in 0..parts.len() {
        let part = parts.by_index(number).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(why) if why.contains("assword") => NotATable::Protected,
            _ => NotATable::NotAWorkbook,
        })?;
        let is_workbook = part.name().is_ok_and(|name| name == "xl/workbook.xml");
        let (mut part, mut text) = (part.take(left + 1), Vec::new());
        let unpacked = if is_workbook {
            part.read_to_end(&mut text).map(|length| length as u64)
        } else {
            io::copy(&mut part, &mut io::sink())
        };
        left = left.checked_sub(unpacked.map_err(|_| NotATable::NotAWorkbook)?).ok_or(NotATable::TooLarge)?;
        let holds = |word: &str| memchr::memmem::find(&text, word.as_bytes()).is_some();
        is_worked_out &= !holds("fullCalcOnLoad=\"1\"") && !holds("fullCalcOnLoad=\"true\"");
    }
    Ok(is_worked_out)
}

fn not_a_workbook(error: &XlsxError) -> NotATable {
    match error {
        XlsxError::Password => NotATable::Protected,
        _ => NotATable::NotAWorkbook,
    }
}

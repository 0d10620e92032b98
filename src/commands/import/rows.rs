//! What is shown of a table before anything is written: its columns, and what becomes of each row.

use std::io::Write;

use gwp::render::write_text;
use gwp::reports::{Cell, Column, Sheet};
use gwp::spreadsheet::{Columns, Fault, Grid, Holds, Row, letters};
use gwp::text::visible;

use crate::commands::surroundings::Surroundings;

/// So many cells above the headings are quoted.
const MOST_QUOTED: usize = 6;

/// What became of the rows.
pub struct Rows {
    sheet: Sheet,
    counts: [usize; 4],
}

/// How a row is marked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It goes in.
    New,
    /// The record says it already.
    There,
    /// The record says otherwise.
    Differs,
    /// Somebody has to look.
    Unclear,
}

/// The columns, and what they are read as.
pub fn understood(name: &str, grid: &Grid, columns: &Columns) -> Sheet {
    let lead = format!("Read as {}; the headings are in row {}.", grid.read_as, columns.headings);
    let mut sheet = Sheet::part(name, vec![lead]).with_columns([
        Column::fixed("Column", "column"),
        Column::flexible("Heading", "heading", 10),
        Column::flexible("Read as", "read_as", 16),
    ]);
    if let [first, .., last] | [first @ last] = columns.above.as_slice() {
        let rows = if first == last { format!("row {first}") } else { format!("rows {first} to {last}") };
        let is_above = |row: &&Row| columns.above.contains(&row.number);
        let cells = grid.rows.iter().filter(is_above).flat_map(|row| &row.cells).filter(|cell| !cell.is_empty());
        let cells: Vec<_> = cells.map(ToString::to_string).collect();
        let more = if cells.len() > MOST_QUOTED { ", …" } else { "" };
        let cells = cells[..cells.len().min(MOST_QUOTED)].join(", ");
        sheet.notes.push(format!("What stands in {rows}, above the headings, is left out: {cells}{more}."));
    }
    sheet.notes.extend(grid.left_out.iter().cloned());
    for column in &columns.columns {
        let read_as = match column.holds {
            Holds::Field(field, _) => format!("{}: {}", field.word(), field.meaning(columns.target())),
            Holds::PassedOver => "passed over, as asked".to_owned(),
            Holds::Unknown => "not understood".to_owned(),
        };
        sheet.row([Cell::Text(letters(column.index)), Cell::Text(visible(&column.heading)), Cell::Text(read_as)]);
    }
    sheet
}

impl Rows {
    /// None yet.
    pub fn new() -> Self {
        let sheet = Sheet::new("Rows").with_columns([
            Column::fixed("Cell", "cell"),
            Column::fixed("State", "state"),
            Column::flexible("What it says", "what", 20),
        ]);
        Self { sheet, counts: [0; 4] }
    }

    /// Adds a row by its first cell.
    pub fn add(&mut self, cell: String, mark: Mark, what: String) {
        let (position, word) = match mark {
            Mark::New => (0, "new"),
            Mark::There => (1, "there"),
            Mark::Differs => (2, "differs"),
            Mark::Unclear => (3, "unclear"),
        };
        self.counts[position] += 1;
        self.sheet.row([Cell::Text(cell), Cell::text(word), Cell::Text(what)]);
    }

    /// Adds a row by what is wrong with it.
    pub fn faults(&mut self, faults: &[Fault]) {
        // A row with several faults is one row.
        for (number, fault) in faults.iter().enumerate() {
            self.add(fault.at.to_string(), Mark::Unclear, fault.what.clone());
            self.counts[3] -= usize::from(number > 0);
        }
    }

    /// Writes the rows, with how many there are; whether all can go in.
    pub fn write(
        mut self,
        remarks: Vec<String>,
        surroundings: &Surroundings,
        out: &mut dyn Write,
    ) -> anyhow::Result<bool> {
        let [new, there, differs, unclear] = self.counts;
        let count = |number: usize, what: &str| (number > 0).then(|| format!("{number} {what}"));
        let counts = [
            count(new, "new"),
            count(there, "recorded already"),
            count(differs, "otherwise in the record"),
            count(unclear, "not clear"),
        ];
        let counts: Vec<_> = counts.into_iter().flatten().collect();
        self.sheet.notes = remarks;
        let total: usize = self.counts.iter().sum();
        let rows = if total == 1 { "1 row".to_owned() } else { format!("{total} rows") };
        self.sheet.notes.push(match counts.as_slice() {
            [] => "There is no row below the headings.".to_owned(),
            counts => format!("{rows}: {}.", counts.join(", ")),
        });
        let is_clear = differs + unclear == 0;
        if !is_clear {
            self.sheet.notes.push("Nothing is written: either every row goes in, or none.".to_owned());
        } else if new == 0 {
            self.sheet.notes.push("There is nothing to write.".to_owned());
        }
        write_text(&[self.sheet], surroundings.layout(), out)?;
        Ok(is_clear)
    }
}

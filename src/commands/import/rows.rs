//! What is shown of a table before anything is written: its columns, and what becomes of each row.

use gwp::render::write_text;
use gwp::reports::{Column, Sheet};
use gwp::spreadsheet::{self, Address, Columns, Fault, Grid, Holds, letters};
use gwp::text::{counted, visible};

use crate::commands::context::Context;

/// So many cells above the headings are quoted.
const MOST_QUOTED: usize = 6;

/// What became of the rows.
pub struct Rows {
    rows: Vec<Row>,
    counts: [usize; 5],
}

/// A row by its first cell.
struct Row {
    cell: String,
    state: &'static str,
    what: String,
}

/// How a row is marked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It goes in.
    New,
    /// The record says it already.
    There,
    /// The record says otherwise, and is put right.
    Corrected,
    /// The record says otherwise.
    Differs,
    /// Somebody has to look.
    Unclear,
}

/// The columns, and what they are read as.
pub fn understood(name: &str, grid: &Grid, columns: &Columns, is_register: bool) -> Sheet {
    if is_register {
        return Sheet::part(name, vec![format!("Read as {}, a register with weeks across the top.", grid.read_as)]);
    }
    let lead = format!("Read as {}; the headings are in row {}.", grid.read_as, columns.headings);
    let read_as = |holds: Holds| match holds {
        Holds::Field(field, _) => format!("{}: {}", field.word(), field.meaning(columns.target())),
        Holds::PassedOver => "passed over, as asked".to_owned(),
        Holds::Unknown => "not understood".to_owned(),
    };
    let shown = [
        Column::fixed("Column", "column", |(at, ..): &(usize, &str, String)| letters(*at).into()),
        Column::flexible("Heading", "heading", 10, |(_, heading, _)| visible(heading).into()),
        Column::flexible("Read as", "read_as", 16, |(.., read_as)| read_as.as_str().into()),
    ];
    let rows = columns.columns.iter().map(|column| {
        let shown = if column.may_be_member { "(not shown)" } else { column.heading.as_str() };
        (column.index, shown, read_as(column.holds))
    });
    let mut sheet = Sheet::part(name, vec![lead]).with_rows(&shown, rows);
    if let [first, .., last] | [first @ last] = columns.above.as_slice() {
        let rows = if first == last { format!("row {first}") } else { format!("rows {first} to {last}") };
        let is_above = |row: &&spreadsheet::Row| columns.above.contains(&row.number);
        let cells = grid.rows.iter().filter(is_above).flat_map(|row| &row.cells).filter(|cell| !cell.is_empty());
        let cells: Vec<_> = cells.map(ToString::to_string).collect();
        let more = if cells.len() > MOST_QUOTED { ", …" } else { "" };
        let cells = cells[..cells.len().min(MOST_QUOTED)].join(", ");
        sheet.notes.push(format!("What stands in {rows}, above the headings, is left out: {cells}{more}."));
    }
    if !grid.others.is_empty() {
        let others = grid.others.join(", ");
        sheet.notes.push(format!(
            "It has other sheets, which are not read: {others}; --sheet names one, --all-sheets takes all."
        ));
    }
    sheet
}

impl Rows {
    /// None yet.
    pub fn new() -> Self {
        Self { rows: Vec::new(), counts: [0; 5] }
    }

    /// Adds a row by its first cell.
    pub fn add(&mut self, cell: String, mark: Mark, what: String) {
        let (position, state) = match mark {
            Mark::New => (0, "new"),
            Mark::There => (1, "there"),
            Mark::Differs => (2, "differs"),
            Mark::Unclear => (3, "unclear"),
            Mark::Corrected => (4, "put right"),
        };
        self.counts[position] += 1;
        self.rows.push(Row { cell, state, what });
    }

    /// Adds a row by what is wrong with it.
    pub fn faults(&mut self, faults: &[Fault], cell: &dyn Fn(&Address) -> String) {
        // A row with several faults is one row.
        for (number, fault) in faults.iter().enumerate() {
            self.add(cell(&fault.at), Mark::Unclear, fault.what.clone());
            self.counts[3] -= usize::from(number > 0);
        }
    }

    /// Writes the rows, with how many there are; whether all can go in.
    pub fn write(self, remarks: Vec<String>, context: &mut Context<'_>) -> anyhow::Result<bool> {
        let [new, there, differs, unclear, corrected] = self.counts;
        let count = |number: usize, what: &str| (number > 0).then(|| format!("{number} {what}"));
        let counts = [
            count(new, "new"),
            count(there, "recorded already"),
            count(corrected, "to be put right in the record"),
            count(differs, "otherwise in the record"),
            count(unclear, "not clear"),
        ];
        let counts: Vec<_> = counts.into_iter().flatten().collect();
        let columns = [
            Column::fixed("Cell", "cell", |row: &Row| row.cell.as_str().into()),
            Column::fixed("State", "state", |row| row.state.into()),
            Column::flexible("What it says", "what", 20, |row| row.what.as_str().into()),
        ];
        let mut sheet = Sheet::new("Rows").with_rows(&columns, self.rows);
        sheet.notes = remarks;
        let total: usize = self.counts.iter().sum();
        let rows = counted(total, "row", "rows");
        sheet.notes.push(match counts.as_slice() {
            [] => "There is no row below the headings.".to_owned(),
            counts => format!("{rows}: {}.", counts.join(", ")),
        });
        let is_clear = differs + unclear == 0;
        if !is_clear {
            sheet.notes.push("Nothing is written: either every row goes in, or none.".to_owned());
        } else if new + corrected == 0 {
            sheet.notes.push("There is nothing to write.".to_owned());
        }
        write_text(&[sheet], context.layout(), context.out)?;
        Ok(is_clear)
    }
}

//! The rows of a table as entries of a session log.

use super::Fault;
use super::answers::is_nothing;
use super::asked::{Asked, at, in_order};
use super::cancellation_text::{after_cancelled, no_session};
use super::columns::{Column, Columns, Holds};
use super::date::{CourseDays, Days, Settled, days_of};
use super::field::Field;
use super::grid::{Address, Grid, Row, Value};
use super::held::Prefers;
use super::length::{Unit, lengths_of};
use super::row::Reader;
use super::said::Said;
use super::vocabulary::VOCABULARY;
use crate::calendar::Day;

/// A table read as entries of a log.
#[derive(Clone, Debug)]
pub struct Entries {
    /// Its rows.
    pub rows: Vec<EntryRow>,
    /// How it was understood, and what is left out, as sentences that are safe to show.
    pub remarks: Vec<String>,
}

/// A row.
#[derive(Clone, Debug)]
pub struct EntryRow {
    /// Its number.
    pub row: usize,
    /// Its day, as far as that can be read, whatever else is not clear.
    pub day: Option<Day>,
    /// What it says, or what is wrong with it.
    pub says: Result<Said, Vec<Fault>>,
    /// What the rest of it says, where something is wrong with it and it is known to be an entry all the same.
    pub partly: Option<Said>,
    /// What of it is left out, as phrases that are safe to show.
    pub left_out: Vec<String>,
    /// Whether a person answered that it was held.
    pub is_answered: bool,
    /// Which a person answered is right, where the record says something else.
    pub prefers: Option<Prefers>,
    /// What speaks against it, or its notes may say and its other cells do not: somebody has to look before it becomes an entry.
    pub doubt: Option<Fault>,
}

impl Entries {
    /// Reads the rows below the headings.
    pub fn read(grid: &Grid, columns: &Columns, asked: Asked<'_>) -> Self {
        let (rows, mut remarks) = columns.below(grid);
        let rows = without_lines_between(rows, columns, &mut remarks);
        let of = |field: Field| columns.of(field);
        let days = match of(Field::DATE) {
            Some(column) => {
                let cells: Vec<_> = rows.iter().map(|row| (at(row, column.index), row.cell(column.index))).collect();
                let days = days_of(&cells, asked.order.or(column.order), asked.course, grid.is_1904);
                let days = days.standing_at(&|at| grid.stands_at(at));
                let name = if grid.origins.is_empty() { column.name() } else { "the weeks".to_owned() };
                remarks.extend(remarks_on(&days, &name, asked.order.is_some(), asked.course));
                days.each
            }
            None => vec![None; rows.len()],
        };
        let (lengths, cancelled_lengths) = match of(Field::LENGTH) {
            Some(column) => lengths(&rows, column, &mut remarks),
            None => (vec![None; rows.len()], vec![None; rows.len()]),
        };
        let is_counted = is_counted(&rows, columns);
        let mut read = Vec::with_capacity(rows.len());
        for (((row, day), length), cancelled) in rows.iter().zip(days).zip(lengths).zip(cancelled_lengths) {
            let mut reader = Reader::new(grid, row, columns, asked, is_counted).cancelled(cancelled);
            let of_day = day.clone().and_then(Result::ok);
            let says = reader.entry(day, length);
            let doubt = says.as_ref().and_then(|said| reader.doubt(said));
            let (is_answered, prefers) = (reader.answer.held.is_some(), reader.answer.prefers);
            let (faults, left_out) = reader.found();
            read.push(EntryRow {
                row: row.number,
                day: of_day,
                partly: says.clone().filter(|_| !faults.is_empty()),
                says: says.filter(|_| faults.is_empty()).ok_or(in_order(faults)),
                left_out,
                is_answered,
                prefers,
                doubt,
            });
        }
        each_day_once(&mut read, of(Field::DATE).map_or(0, |column| column.index));
        let mut entries = Self { rows: read, remarks };
        entries.where_they_stand(grid);
        entries
    }

    /// Cells of a register are named as they stand in it, and not as they were put together.
    fn where_they_stand(&mut self, grid: &Grid) {
        let stands = |at: &mut Address| *at = grid.stands_at(*at);
        for row in &mut self.rows {
            match &mut row.says {
                Ok(said) => stands(&mut said.at),
                Err(faults) => faults.iter_mut().for_each(|fault| stands(&mut fault.at)),
            }
            row.doubt.iter_mut().for_each(|fault| stands(&mut fault.at));
            row.partly.iter_mut().for_each(|said| stands(&mut said.at));
        }
    }

    /// Everything that is wrong.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.rows.iter().filter_map(|row| row.says.as_ref().err()).flatten()
    }
}

/// A log has one entry for a day.
fn each_day_once(rows: &mut [EntryRow], column: usize) {
    let mut seen: Vec<(Day, usize)> = Vec::new();
    for row in rows {
        let Some(date) = row.says.as_ref().ok().map(|said| said.date).or(row.day) else { continue };
        match seen.iter().find(|(day, _)| *day == date) {
            Some((_, first)) => {
                let what = format!("{date} is in row {first} too, and a log has one entry for a day");
                let fault = Fault { at: Address { row: row.row, column }, what };
                // Of a row that is not clear either, all is asked at once.
                let others = row.says.as_ref().err().cloned().unwrap_or_default();
                row.says = Err(in_order([vec![fault], others].concat()));
                row.partly = None;
            }
            None => seen.push((date, row.row)),
        }
    }
}

fn listed(cells: &[Address]) -> String {
    cells.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// How the days of a column were read, as sentences.
pub(super) fn remarks_on(days: &Days, column: &str, is_asked: bool, course: Option<CourseDays>) -> Vec<String> {
    let mut remarks = Vec::new();
    match &days.settled {
        Settled::NotNeeded => {}
        Settled::ByCourse(order, at, other) => {
            let course = course.map(|days| format!(" ({} to {})", days.starts, days.limit)).unwrap_or_default();
            remarks.push(format!(
                "Dates in {column} are read {}: else {at} would be {other}, outside of the course{course}.",
                order.words()
            ));
        }
        Settled::Said(order) if is_asked => {
            remarks.push(format!("Dates in {column} are read {}, as asked.", order.words()));
        }
        Settled::Said(order) => remarks.push(format!("Dates in {column} are read {}, as it says.", order.words())),
        Settled::Shown(order, at) => {
            remarks.push(format!("Dates in {column} are read {}: {at} can only be read so.", order.words()));
        }
        Settled::Both(at, other) => remarks.push(format!(
            "{column} has both orders: {at} can only be read day first, and {other} only month first. A date that can be \
             both is asked about."
        )),
        Settled::Open => remarks.push(format!(
            "Nothing in {column} shows whether the day or the month comes first; say it with --dates day-first or \
             --dates month-first."
        )),
    }
    if !days.with_time.is_empty() {
        remarks.push(format!("The time of day is left out in {}.", listed(&days.with_time)));
    }
    if let ([_, ..], Some(CourseDays { starts, ends, .. })) = (days.yearless.as_slice(), course) {
        let cells = listed(&days.yearless);
        remarks.push(format!("No year is written in {cells}: it is that of the course ({starts} to {ends})."));
    }
    if !days.serials.is_empty() {
        remarks.push(format!("A bare number is read as a spreadsheet's date in {}.", listed(&days.serials)));
    }
    remarks
}

type EachLength = Vec<Option<Result<u16, String>>>;

/// The lengths in a column; where a cell says that it was cancelled instead, that, and why.
fn lengths(rows: &[&Row], column: &Column, remarks: &mut Vec<String>) -> (EachLength, Vec<Option<Option<String>>>) {
    let unit = match column.holds {
        // Somebody who says hours in so many words means hours.
        Holds::Field(Field::HOURS, true) => Unit::DecimalHours,
        Holds::Field(field, _) => field.unit(),
        _ => Unit::Unsaid,
    };
    let instead = |row: &&Row| match row.cell(column.index) {
        Value::Text(text) => after_cancelled(text).or_else(|| no_session(text).map(|why| Ok(Some(why)))),
        _ => None,
    };
    let instead: Vec<_> = rows.iter().map(instead).collect();
    let cells = rows.iter().zip(&instead).map(|(row, instead)| {
        let cell = row.cell(column.index);
        (at(row, column.index), if instead.is_some() || is_nothing(cell) { &Value::Empty } else { cell })
    });
    let lengths = lengths_of(&cells.collect::<Vec<_>>(), unit);
    if lengths.has_parts {
        let why = match listed(&lengths.shown_by) {
            cells if cells.is_empty() => ", as asked".to_owned(),
            cells => format!(": {cells} can only be read so"),
        };
        remarks.push(format!("Decimals in {} are read as parts of an hour, and not as minutes{why}.", column.name()));
    }
    let told = |(length, instead)| match instead {
        Some(Ok(why)) => (None, Some(why)),
        Some(Err(what)) => (Some(Err(what)), None),
        None => (length, None),
    };
    lengths.each.into_iter().zip(instead).map(told).unzip()
}

/// Whether any row says how many came, or whether the supervisee did.
fn is_counted(rows: &[&Row], columns: &Columns) -> bool {
    let is_cancelled = |cell: &Value| matches!(cell, Value::Text(text) if after_cancelled(text).is_some() || no_session(text).is_some());
    let is_said = |cell: &Value| !is_nothing(cell) && !is_cancelled(cell);
    let says = |column: &Column| rows.iter().any(|row| is_said(row.cell(column.index)));
    columns.of(Field::PRESENT).into_iter().chain(columns.all_of(Field::MEMBER)).any(says)
}

/// The rows but for lines such as `Half term` and `Spring term`, which stand between them and are no entry; and that these
/// are left out.
fn without_lines_between<'g>(rows: Vec<&'g Row>, columns: &Columns, remarks: &mut Vec<String>) -> Vec<&'g Row> {
    let says = |row: &&Row| {
        let mut cells = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let (Some((column, Value::Text(text))), None) = (cells.next(), cells.next()) else { return None };
        let is_in_notes = columns.of(Field::NOTES).is_some_and(|notes| notes.index == column);
        let lower = text.to_lowercase();
        let is_between = no_session(text).is_some() || VOCABULARY.between.stand_in(&lower);
        let has_day = lower.contains(|c: char| c.is_ascii_digit());
        (is_between && !has_day && !is_in_notes).then(|| (at(row, column), text.clone()))
    };
    let mut kept = Vec::with_capacity(rows.len());
    for row in rows {
        match says(&row) {
            Some((at, text)) => remarks.push(format!(
                "Row {} is left out, as it stands between the entries: {at} says {}.",
                row.number,
                Value::text(&text)
            )),
            None => kept.push(row),
        }
    }
    kept
}

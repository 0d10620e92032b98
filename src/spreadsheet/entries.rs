//! The rows of a table as entries of a session log.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::answers::{count, is_nothing, is_zero, mode, yes_or_no};
use super::by_shape::by_shape;
use super::cancellation_text::{Held, after_cancelled, cancelled};
use super::columns::{Column, Columns, Holds};
use super::date::{Days, Order, days_of};
use super::field::{Field, asks_whether_held};
use super::grid::{Address, Grid, Row, Value};
use super::length::{Unit, lengths_of};
use super::target::Target;
use super::vocabulary::VOCABULARY;
use super::{Fault, date::Settled};
use crate::amend::Event;
use crate::calendar::Day;
use crate::records::{Meeting, Mode, Session};
use crate::text::{Text, visible};

/// Why a session was cancelled, where the table does not say.
const NO_REASON: &str = "no reason recorded";

/// What is known beside the table.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Which part of a date comes first.
    pub order: Option<Order>,
    /// How long it lasted where a row does not say.
    pub minutes: Option<u16>,
    /// The last day of which it can be said how it was.
    pub today: Day,
    /// The ids of the conductors or supervisees, with their names where they are known.
    pub people: &'a [(Text, Option<Text>)],
    /// The same of the supervisor of a supervision.
    pub supervisor: Option<&'a (Text, Option<Text>)>,
}

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
    /// What it says, or what is wrong with it.
    pub says: Result<Said, Vec<Fault>>,
    /// What of it is left out, as phrases that are safe to show.
    pub left_out: Vec<String>,
    /// What speaks against it, or its notes may say and its other cells do not: somebody has to look before it becomes an entry.
    pub doubt: Option<Fault>,
}

/// What a row says of a session or meeting; none where the table has no such column, or the cell is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The cell with the day.
    pub at: Address,
    /// The day.
    pub date: Day,
    /// How long it lasted.
    pub minutes: Option<u16>,
    /// How many came.
    pub present: Option<u32>,
    /// Whether it was cancelled; inside, why.
    pub cancelled: Option<Option<Text>>,
    /// How it took place.
    pub mode: Option<Mode>,
    /// Whether a pair was supervised together.
    pub joint: Option<bool>,
    /// Who was not there.
    pub absent: Option<Vec<Text>>,
    /// Notes.
    pub notes: Option<Text>,
    /// Whether it is only planned: it is still to come, or the table says so.
    pub planned: bool,
    /// What it says of every other key, as records have it.
    pub others: Vec<(&'static str, Json)>,
    pub(super) is_of_group: bool,
}

impl Said {
    /// The session or meeting. A meeting that took place in the log's `usual` mode does not say so.
    pub fn event(&self, usual: Option<Mode>) -> Event {
        let reason = |why: &Option<Text>| why.clone().unwrap_or_else(|| Text::new(NO_REASON));
        let cancelled = self.cancelled.as_ref().map(reason);
        let absent = self.absent.clone().unwrap_or_default();
        let (date, minutes) = (self.date, self.minutes);
        let mut others = self.others.clone();
        others.extend(self.notes.as_ref().map(|notes| ("notes", Json::from(notes.raw()))));
        if self.is_of_group {
            let present = self.present;
            let planned = self.planned;
            let session = Session { date, minutes, planned, present, absent, cancelled, ..Session::default() };
            Event::Session(with(session, &others))
        } else {
            let (mode, joint) = (self.mode.filter(|mode| Some(*mode) != usual), self.joint.unwrap_or_default());
            let planned = self.planned;
            let meeting = Meeting { date, minutes, planned, mode, joint, absent, cancelled, ..Meeting::default() };
            Event::Meeting(with(meeting, &others))
        }
    }
}

/// An entry that says more. What is said was read as the format has it, so there is nothing that it could not take.
fn with<T: Serialize + DeserializeOwned>(entry: T, more: &[(&'static str, Json)]) -> T {
    let mut said = match serde_json::to_value(&entry) {
        Ok(Json::Object(said)) if !more.is_empty() => said,
        _ => return entry,
    };
    said.extend(more.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
    serde_json::from_value(said.into()).unwrap_or(entry)
}

impl Entries {
    /// Reads the rows below the headings.
    pub fn read(grid: &Grid, columns: &Columns, asked: Asked<'_>) -> Self {
        let (rows, mut remarks) = columns.below(grid);
        let of = |field: Field| columns.of(field);
        let days = match of(Field::DATE) {
            Some(column) => {
                let cells: Vec<_> = rows.iter().map(|row| (at(row, column.index), row.cell(column.index))).collect();
                let days = days_of(&cells, asked.order.or(column.order), grid.is_1904);
                remarks.extend(remarks_on(&days, &column.name(), asked.order.is_some()));
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
            let (faults, left_out) = (Vec::new(), Vec::new());
            let is_said_to_be_held = false;
            let mut reader =
                Reader { row, columns, asked, is_counted, faults, left_out, cancelled, is_said_to_be_held };
            let says = reader.entry(day, length);
            let doubt = says.as_ref().and_then(|said| reader.doubt(said));
            read.push(EntryRow {
                row: row.number,
                says: says.filter(|_| reader.faults.is_empty()).ok_or(in_order(reader.faults)),
                left_out: reader.left_out,
                doubt,
            });
        }
        each_day_once(&mut read, of(Field::DATE).map_or(0, |column| column.index));
        Self { rows: read, remarks }
    }

    /// Everything that is wrong.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.rows.iter().filter_map(|row| row.says.as_ref().err()).flatten()
    }
}

/// Faults of a row as one reads its cells.
pub(super) fn in_order(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort_by_key(|fault| fault.at);
    faults
}

pub(super) fn at(row: &Row, column: usize) -> Address {
    Address { row: row.number, column }
}

/// A log has one entry for a day.
fn each_day_once(rows: &mut [EntryRow], column: usize) {
    let mut seen: Vec<(Day, usize)> = Vec::new();
    for row in rows {
        let Ok(said) = &row.says else { continue };
        let date = said.date;
        match seen.iter().find(|(day, _)| *day == date) {
            Some((_, first)) => {
                let what = format!("{date} is in row {first} too, and a log has one entry for a day");
                row.says = Err(vec![Fault { at: Address { row: row.row, column }, what }]);
            }
            None => seen.push((date, row.row)),
        }
    }
}

fn listed(cells: &[Address]) -> String {
    cells.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// How the days of a column were read, as sentences.
pub(super) fn remarks_on(days: &Days, column: &str, is_asked: bool) -> Vec<String> {
    let mut remarks = Vec::new();
    match &days.settled {
        Settled::NotNeeded => {}
        Settled::Said(order) if is_asked => {
            remarks.push(format!("Dates in {column} are read {}, as asked.", order.words()));
        }
        Settled::Said(order) => remarks.push(format!("Dates in {column} are read {}, as it says.", order.words())),
        Settled::Shown(order, at) => {
            remarks.push(format!("Dates in {column} are read {}: {at} can only be read so.", order.words()));
        }
        Settled::Open => remarks.push(format!(
            "Nothing in {column} shows whether the day or the month comes first; say it with --dates day-first or \
             --dates month-first."
        )),
    }
    if !days.with_time.is_empty() {
        remarks.push(format!("The time of day is left out in {}.", listed(&days.with_time)));
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
        Value::Text(text) => after_cancelled(text),
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
    let is_cancelled = |cell: &Value| matches!(cell, Value::Text(text) if after_cancelled(text).is_some());
    let is_said = |cell: &Value| !is_nothing(cell) && !is_cancelled(cell);
    let says = |column: &Column| rows.iter().any(|row| is_said(row.cell(column.index)));
    columns.of(Field::PRESENT).is_some_and(says)
}

/// One row while it is read.
pub(super) struct Reader<'r> {
    pub(super) row: &'r Row,
    pub(super) columns: &'r Columns,
    pub(super) asked: Asked<'r>,
    /// Whether any row says who came.
    pub(super) is_counted: bool,
    faults: Vec<Fault>,
    left_out: Vec<String>,
    /// Whether a cell for something else says that it was cancelled; inside, why.
    cancelled: Option<Option<String>>,
    /// Whether a cell for it says that it was held.
    pub(super) is_said_to_be_held: bool,
}

impl Reader<'_> {
    pub(super) fn cell(&self, field: Field) -> Option<(Address, &Value)> {
        let column = self.columns.of(field)?;
        Some((at(self.row, column.index), self.row.cell(column.index)))
    }

    pub(super) fn fault(&mut self, field: Field, what: impl Into<String>) {
        let column = self.columns.of(field).or_else(|| self.columns.columns.first()).map_or(0, |column| column.index);
        self.faults.push(Fault { at: at(self.row, column), what: what.into() });
    }

    fn at_date(&self) -> Address {
        at(self.row, self.columns.of(Field::DATE).map_or(0, |column| column.index))
    }

    /// What a column says, by a reader of its cells.
    fn read<T>(&mut self, field: Field, of: impl Fn(&Value) -> Option<Result<T, String>>) -> Option<T> {
        let (_, value) = self.cell(field)?;
        match of(value)? {
            Ok(said) => Some(said),
            Err(what) => {
                self.fault(field, what);
                None
            }
        }
    }

    fn text(&mut self, field: Field) -> Option<String> {
        self.read(field, |value| match value {
            _ if is_nothing(value) => None,
            Value::Text(text) => Some(Ok(text.clone())),
            Value::Broken(why) => Some(Err(why.clone())),
            Value::Number(number) => Some(Ok(number.to_string())),
            _ => Some(Err(format!("{value} is no text"))),
        })
    }

    fn entry(&mut self, day: Option<Result<Day, String>>, length: Option<Result<u16, String>>) -> Option<Said> {
        let is_of_group = self.columns.target() == Target::Group;
        let date = match day {
            Some(Ok(date)) => Some(date),
            Some(Err(what)) => {
                self.fault(Field::DATE, what);
                None
            }
            None => {
                self.fault(Field::DATE, "there is no date in this row");
                None
            }
        };
        let (minutes, no_length) = match length {
            Some(Ok(minutes)) => (Some(minutes), None),
            Some(Err(what)) => (None, Some(what)),
            None => (None, None),
        };
        let present = if is_of_group { self.present(count) } else { None };
        let mut absent = self.absent();
        if !is_of_group && let Some(came) = self.present(attended) {
            absent = self.absent_unless(came, absent);
            self.is_said_to_be_held = true;
        }
        let mode = self.read(Field::MODE, mode);
        let joint = self.read(Field::JOINT, yes_or_no);
        let mut notes = self.text(Field::NOTES);
        let mut others = self.others();
        let is_to_come = date.is_some_and(|date| date > self.asked.today);
        let planned = is_to_come || others.contains(&("planned", Json::Bool(true)));
        others.retain(|(key, _)| *key != "planned");
        let is_held = minutes.is_some() || present.is_some_and(|present| present > 0);
        let cancelled = self.was_cancelled(is_held, &mut notes);
        // What was cancelled can well have lasted no time at all.
        let says_zero = self.cell(Field::LENGTH).is_some_and(|(_, cell)| is_zero(cell));
        if let Some(what) = no_length.filter(|_| cancelled.is_none() || !says_zero) {
            self.fault(Field::LENGTH, what);
        }
        let (has_faults, is_cancelled) = (!self.faults.is_empty(), cancelled.is_some());
        let mut said = Said {
            at: self.at_date(),
            date: date?,
            minutes,
            present,
            cancelled: cancelled.map(|why| why.map(Text::new)),
            mode,
            joint,
            absent,
            notes: notes.map(Text::new),
            planned: planned && !is_cancelled,
            others,
            is_of_group,
        };
        if said.cancelled.is_some() {
            self.only_cancelled(&mut said);
        } else if said.minutes.is_none() && !has_faults {
            said.minutes = self.asked.minutes;
            let is_held = said.present.is_some() || self.is_said_to_be_held;
            if !is_held && self.may_say_that_there_was_none(&said) {
                // What is wrong is said.
            } else if said.minutes.is_none() {
                let what = "the row says neither how long it lasted nor that it was cancelled; where all are as long, \
                            say it with --minutes";
                self.fault(Field::LENGTH, what);
            }
        }
        Some(said)
    }

    /// What the columns say that are called as a key, and have no reader of their own.
    fn others(&mut self) -> Vec<(&'static str, Json)> {
        let target = self.columns.target();
        let keys = target.fields().iter().filter(|field| !field.has_words());
        let said = |field: &Field| {
            let (_, key) = field.place(target)?;
            Some((key.key.as_str(), self.read(*field, |cell| by_shape(cell, &key.shape))?))
        };
        keys.filter_map(said).collect()
    }

    /// Those of the log, by name and id, as the choices for a name that is nobody's.
    fn people(&self) -> String {
        const MOST: usize = 6;
        let named = |(id, name): &(Text, Option<Text>)| match name {
            Some(name) => format!("{name} ({id})"),
            None => id.to_string(),
        };
        let people: Vec<_> = self.asked.people.iter().take(MOST).map(named).collect();
        match people.as_slice() {
            [] => "the log names nobody".to_owned(),
            people => format!("the log names {}", people.join(", ")),
        }
    }

    /// Who came, by a reader of the cell; it can say instead that it was cancelled.
    fn present<T>(&mut self, of: impl Fn(&Value) -> Option<Result<T, String>>) -> Option<T> {
        if let Some((_, Value::Text(text))) = self.cell(Field::PRESENT)
            && let Some(why) = after_cancelled(text)
        {
            match why {
                Ok(why) => self.cancelled = self.cancelled.take().or(Some(why)),
                Err(what) => self.fault(Field::PRESENT, what),
            }
            return None;
        }
        self.read(Field::PRESENT, of)
    }

    /// The ids of those who were not there.
    fn absent(&mut self) -> Option<Vec<Text>> {
        let text = self.text(Field::ABSENT)?;
        let mut ids = Vec::new();
        for name in text.split([',', ';', '\n', '&']).map(str::trim).filter(|name| !name.is_empty()) {
            let lower = name.to_lowercase();
            let is_it = |(id, known): &&(Text, Option<Text>)| {
                id.raw() == lower || known.as_ref().is_some_and(|known| known.raw().to_lowercase() == lower)
            };
            let mut found = self.asked.people.iter().filter(is_it);
            if let (Some((id, _)), None) = (found.next(), found.next()) {
                ids.push(id.clone());
            } else {
                // It may be the name of a patient, and is not repeated.
                let what = format!("somebody here is not of the log, by id or by name; {}", self.people());
                self.fault(Field::ABSENT, what);
            }
        }
        Some(ids)
    }

    /// Who was not there, by a column that says whether the supervisee came.
    fn absent_unless(&mut self, came: bool, absent: Option<Vec<Text>>) -> Option<Vec<Text>> {
        match self.asked.people {
            [(id, _)] if absent.is_none() => Some(if came { Vec::new() } else { vec![id.clone()] }),
            _ if came => absent,
            _ => {
                self.fault(
                    Field::PRESENT,
                    "the log is of several supervisees, and this does not say who was not there",
                );
                absent
            }
        }
    }

    /// Whether it was cancelled, by everything in the row that can say so; inside, why.
    fn was_cancelled(&mut self, is_held: bool, notes: &mut Option<String>) -> Option<Option<String>> {
        let is_of_both = self.columns.of(Field::CANCELLED).is_some_and(|column| asks_whether_held(&column.heading));
        let column = self.read(Field::CANCELLED, |value| match yes_or_no(value) {
            Some(Ok(_)) if is_of_both => Some(Err(format!("{value} could mean held or cancelled; write one of these"))),
            _ => cancelled(value),
        });
        self.is_said_to_be_held |= column == Some(Held::Yes);
        let reason = self.text(Field::REASON);
        let has_column = self.columns.of(Field::CANCELLED).is_some();
        let mut why = match (column, self.cancelled.take()) {
            (Some(Held::Yes), Some(_)) => {
                self.fault(Field::CANCELLED, "this says that it was held, and another cell that it was cancelled");
                return None;
            }
            (Some(Held::Cancelled(why)), elsewhere) => Some(why.or(elsewhere.flatten())),
            (Some(Held::Yes), None) => None,
            (None, Some(why)) => Some(why),
            (None, None) if reason.is_some() && !has_column => Some(None),
            (None, None) => match notes.as_deref().and_then(after_cancelled) {
                Some(_) if is_held => {
                    self.fault(Field::NOTES, "the notes say that it was cancelled, and the row says that it was held");
                    return None;
                }
                Some(Err(what)) => {
                    self.fault(Field::NOTES, what);
                    return None;
                }
                Some(Ok(why)) => {
                    *notes = None;
                    Some(why)
                }
                None => None,
            },
        };
        match (&mut why, reason) {
            (Some(known), Some(reason)) => match known {
                Some(known) if *known != reason => *known = format!("{known}; {reason}"),
                known => *known = Some(reason),
            },
            (None, Some(_)) => {
                self.fault(Field::REASON, "there is a reason for cancelling, and the row says that it was held");
            }
            _ => {}
        }
        why
    }

    /// What is cancelled has no length, and nobody was there.
    fn only_cancelled(&mut self, said: &mut Said) {
        if said.present.is_some_and(|present| present > 0) {
            self.fault(Field::PRESENT, "it was cancelled, and yet somebody was present");
        }
        if said.joint == Some(true) {
            self.fault(Field::JOINT, "it was cancelled, and yet it was joint");
        }
        if let Some(minutes) = said.minutes.take() {
            self.left_out.push(format!("the length of {minutes} minutes is left out, as it was cancelled"));
        }
        if let Some(mode) = said.mode.take() {
            self.left_out.push(format!("the mode, {}, is left out, as it was cancelled", mode.word()));
        }
        if let Some(absent) = said.absent.take().filter(|absent| !absent.is_empty()) {
            let ids: Vec<_> = absent.iter().map(|id| visible(id.raw())).collect();
            self.left_out.push(format!("that {} was not there is left out, as it was cancelled", ids.join(", ")));
        }
        (said.present, said.joint) = (None, None);
    }
}

/// Whether the supervisee came: yes or no, or in words.
fn attended(value: &Value) -> Option<Result<bool, String>> {
    if let Value::Text(text) = value {
        let (words, text) = (&VOCABULARY.cancellation, text.to_lowercase());
        if words.came.has(&text) || words.did_not_come.has(&text) {
            return Some(Ok(words.came.has(&text)));
        }
    }
    yes_or_no(value)
}

//! What is known beside a table, and how its cells are told.

use super::Fault;
use super::date::{CourseDays, Order};
use super::grid::{Address, Row};
use crate::calendar::Day;
use crate::text::Text;

/// What is known beside the table.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Which part of a date comes first.
    pub order: Option<Order>,
    /// The days of the course, where it is known.
    pub course: Option<CourseDays>,
    /// How long it lasted where a row does not say.
    pub minutes: Option<u16>,
    /// The last day of which it can be said how it was.
    pub today: Day,
    /// The ids of the conductors or supervisees, with their names where they are known.
    pub people: &'a [(Text, Option<Text>)],
    /// The same of the supervisor of a supervision.
    pub supervisor: Option<&'a (Text, Option<Text>)>,
}

/// Faults of a row as one reads its cells.
pub(super) fn in_order(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort_by_key(|fault| fault.at);
    faults
}

/// The cell of a row in a column.
pub(super) fn at(row: &Row, column: usize) -> Address {
    Address { row: row.number, column }
}

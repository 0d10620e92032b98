//! The rows of a table as records of students or supervisors.

mod person_reader;

use serde_json::Value as Json;

use super::Fault;
use super::answers::is_nothing;
use super::asked::in_order;
use super::columns::Columns;
use super::date::{Order, days_of};
use super::entries::remarks_on;
use super::field::Field;
use super::grid::{Address, Grid, Row, Value};
use super::names::without_titles;
use super::target::Target;
use person_reader::PersonReader;

use crate::amend::Fresh;
use crate::calendar::Day;
use crate::case::Entry;
use crate::records::shape::Shape;
use crate::records::{Course, Student, Supervisor};
use crate::text::{Text, visible};

/// The records that are there.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The students.
    pub students: &'a [Entry<Student>],
    /// The supervisors.
    pub supervisors: &'a [Entry<Supervisor>],
    /// The courses.
    pub courses: &'a [Entry<Course>],
    /// The id of the course of students whose row names none.
    pub course: Option<&'a str>,
    /// The id of the course of new students where that is not said either.
    pub latest_course: Option<&'a str>,
    /// The registers as they are usually written.
    pub registers: &'a [String],
}

/// A table read as people.
#[derive(Clone, Debug)]
pub struct People {
    /// Its rows.
    pub rows: Vec<PersonRow>,
    /// How it was understood, as sentences that are safe to show.
    pub remarks: Vec<String>,
}

/// A row.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// Its number.
    pub row: usize,
    /// Whom it is about, or what is wrong with it.
    pub says: Result<Person, Vec<Fault>>,
}

/// Somebody with a record, or to have one.
#[derive(Clone, Debug)]
pub struct Person {
    /// The cell with the name, or the first of the row.
    pub at: Address,
    /// The id.
    pub id: String,
    /// What the row says, as a phrase that is safe to show.
    pub what: String,
    /// The record; none where there is one.
    pub fresh: Option<Fresh>,
    /// What the record that is there says otherwise, or does not say, as phrases that are safe to show.
    pub differs: Vec<String>,
    name: String,
}

/// Somebody's name, recorded or in a row above.
struct Named {
    id: String,
    name: String,
    /// The name as it is compared.
    bare: String,
    /// The row.
    row: Option<usize>,
}

impl Named {
    fn new(id: &str, name: &str, row: Option<usize>) -> Self {
        Self { id: id.to_owned(), name: name.to_owned(), bare: without_titles(name), row }
    }

    /// Those who are recorded.
    fn recorded(known: Known<'_>, target: Target) -> Vec<Self> {
        fn of<R>(all: &[Entry<R>], name: impl Fn(&R) -> &Text) -> Vec<Named> {
            let named = |one: &Entry<R>| Some(Named::new(one.id.raw(), name(one.record.as_deref()?).raw(), None));
            all.iter().filter_map(named).collect()
        }
        match target {
            Target::Supervisors => of(known.supervisors, |one| &one.name),
            _ => of(known.students, |one| &one.name),
        }
    }
}

/// What a row says of somebody, field by field.
type Said = Vec<(Field, Json)>;

/// The day in each row of a column, where the row has one.
type Days = (Field, Vec<Option<Result<Day, String>>>);

impl People {
    /// Reads the rows below the headings.
    pub fn read(grid: &Grid, columns: &Columns, order: Option<Order>, known: Known<'_>) -> Self {
        let (rows, mut remarks) = columns.below(grid);
        let mut days = |field: Field| {
            let Some(column) = columns.of(field) else { return vec![None; rows.len()] };
            let at = |row: &Row| Address { row: row.number, column: column.index };
            let nothing = Value::Empty;
            let cell = |row: &'_ Row| if is_nothing(row.cell(column.index)) { None } else { Some(column.index) };
            let cells: Vec<_> =
                rows.iter().map(|row| (at(row), cell(row).map_or(&nothing, |index| row.cell(index)))).collect();
            let days = days_of(&cells, order.or(column.order), None, grid.is_1904);
            remarks.extend(remarks_on(&days, &column.name(), order.is_some(), None));
            days.each
        };
        let of_days = columns.target().fields().iter().filter(|field| {
            let place = field.place(columns.target());
            place.is_some_and(|(_, key)| key.shape == Shape::Date)
        });
        let days: Vec<Days> = of_days.map(|field| (*field, days(*field))).collect();
        let mut named = Named::recorded(known, columns.target());
        let mut read: Vec<PersonRow> = Vec::with_capacity(rows.len());
        let mut takes_latest = false;
        for (position, row) in rows.iter().enumerate() {
            let (faults, differs) = (Vec::new(), Vec::new());
            let mut reader = PersonReader { row, columns, known, named: &named, faults, differs, takes_latest: false };
            let person = reader.person(position, &days);
            let twin = person.as_ref().and_then(|person| {
                read.iter().find(|other| other.says.as_ref().is_ok_and(|other| other.id == person.id))
            });
            if let Some(twin) = twin {
                reader.fault_of_name(format!("row {} is about the same person, or one of the same name", twin.row));
            } else if let Some(person) = person.as_ref().filter(|person| person.fresh.is_some()) {
                reader.must_differ_by_more_than_a_title(&person.name);
            }
            takes_latest |= reader.takes_latest;
            let says = person.filter(|_| reader.faults.is_empty()).ok_or(in_order(reader.faults));
            if let Ok(person) = &says {
                named.push(Named::new(&person.id, &person.name, Some(row.number)));
            }
            read.push(PersonRow { row: row.number, says });
        }
        if let Some(latest) = known.latest_course.filter(|_| takes_latest) {
            let latest = visible(latest);
            remarks.push(format!(
                "New students whose row names no course are entered in {latest}, which starts last; --course says another."
            ));
        }
        Self { rows: read, remarks }
    }

    /// Everything that is wrong.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        self.rows.iter().filter_map(|row| row.says.as_ref().err()).flatten()
    }
}

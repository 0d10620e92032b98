//! The rows of a table as records of students or supervisors.

use super::Fault;
use super::answers::{is_nothing, yes_or_no};
use super::columns::Columns;
use super::date::{Order, days_of};
use super::entries::{in_order, remarks_on};
use super::field::{Field, Target};
use super::grid::{Address, Grid, Row, Value};
use super::names::{fault_of_body, fault_of_name, slug, without_titles};
use crate::amend::Fresh;
use crate::calendar::Day;
use crate::case::Entry;
use crate::records::{Course, Registration, Student, Supervisor};
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

/// What a row says of somebody.
#[derive(Debug, Default)]
struct Said {
    name: String,
    email: Option<String>,
    course: Option<String>,
    joined: Option<Day>,
    group_analyst: Option<bool>,
    body: Option<String>,
    number: Option<String>,
    checked: Option<Day>,
    expires: Option<Day>,
}

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
            let days = days_of(&cells, order.or(column.order), grid.is_1904);
            remarks.extend(remarks_on(&days, &column.name(), order.is_some()));
            days.each
        };
        let (joined, checked, expires) = (days(Field::Joined), days(Field::Checked), days(Field::Expires));
        let mut named = Named::recorded(known, columns.target());
        let mut read: Vec<PersonRow> = Vec::with_capacity(rows.len());
        let mut takes_latest = false;
        for (((row, joined), checked), expires) in rows.iter().zip(joined).zip(checked).zip(expires) {
            let (faults, differs) = (Vec::new(), Vec::new());
            let mut reader = Reader { row, columns, known, named: &named, faults, differs, takes_latest: false };
            let joined = reader.day(Field::Joined, joined);
            let checked = reader.day(Field::Checked, checked);
            let expires = reader.day(Field::Expires, expires);
            let person = reader.person(Said { joined, checked, expires, ..Said::default() });
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

/// One row while it is read.
struct Reader<'r> {
    row: &'r Row,
    columns: &'r Columns,
    known: Known<'r>,
    named: &'r [Named],
    faults: Vec<Fault>,
    /// What a record that is there says otherwise.
    differs: Vec<String>,
    /// Whether nothing but its being the latest says which course it is.
    takes_latest: bool,
}

impl Reader<'_> {
    fn fault(&mut self, field: Field, what: impl Into<String>) {
        let column = self.columns.of(field).or_else(|| self.columns.columns.first()).map_or(0, |column| column.index);
        self.faults.push(Fault { at: Address { row: self.row.number, column }, what: what.into() });
    }

    fn fault_of_name(&mut self, what: impl Into<String>) {
        let at = self.at_name();
        self.faults.push(Fault { at, what: what.into() });
    }

    fn at_name(&self) -> Address {
        let fields = [Field::Name, Field::LastName, Field::FirstName];
        let column = fields.into_iter().find_map(|field| self.columns.of(field)).map_or(0, |column| column.index);
        Address { row: self.row.number, column }
    }

    fn day(&mut self, field: Field, day: Option<Result<Day, String>>) -> Option<Day> {
        match day? {
            Ok(day) => Some(day),
            Err(what) => {
                self.fault(field, what);
                None
            }
        }
    }

    fn text(&mut self, field: Field) -> Option<String> {
        let value = self.row.cell(self.columns.of(field)?.index);
        match value {
            _ if is_nothing(value) => None,
            Value::Text(text) => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")),
            Value::Number(number) => Some(number.to_string()),
            Value::Broken(why) => {
                self.fault(field, why.clone());
                None
            }
            other => {
                self.fault(field, format!("{other} is no text"));
                None
            }
        }
    }

    fn person(&mut self, mut said: Said) -> Option<Person> {
        let names = [Field::Name, Field::FirstName, Field::LastName].map(|field| self.text(field));
        let [whole, first, last] = &names;
        let has_both = self.columns.of(Field::FirstName).is_some() && self.columns.of(Field::LastName).is_some();
        if whole.is_none() && has_both && first.is_some() != last.is_some() {
            self.fault_of_name("this row has only a part of the name");
            return None;
        }
        said.name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
        if said.name.is_empty() {
            self.fault_of_name("there is no name in this row");
            return None;
        }
        if !self.called(&said.name).is_empty() {
            // A name that somebody recorded is one.
        } else if let Some(what) = fault_of_name(&said.name) {
            self.fault_of_name(what);
            return None;
        }
        said.email = self.text(Field::Email);
        if said
            .email
            .as_ref()
            .is_some_and(|email| email.matches('@').count() != 1 || email.contains([' ', ',', ';', ':', '<', '>']))
        {
            self.fault(Field::Email, "this is not one address");
        }
        let id = self.id(&said.name)?;
        match self.columns.target() {
            Target::Supervisors => self.supervisor(id, said),
            _ => self.student(id, said),
        }
    }

    /// The id: as it is given, that of whoever has the name, or one made of the name.
    fn id(&mut self, name: &str) -> Option<String> {
        if let Some(id) = self.text(Field::Id) {
            let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if id.chars().all(is_id) && id.contains(char::is_alphabetic) {
                return Some(id);
            }
            self.fault(
                Field::Id,
                "an id is lower-case letters, with digits and hyphens, such as mina-holt; a column with other numbers can \
                 be passed over",
            );
            return None;
        }
        match self.called(name).as_slice() {
            [] => {
                let id = slug(name);
                if id.is_none() {
                    self.fault_of_name("no id can be made of this name; give one in a column Id");
                }
                id
            }
            [id] => Some(id.clone()),
            _ => {
                self.fault_of_name("several records have this name; say in a column Id which is meant");
                None
            }
        }
    }

    /// The ids of those who are recorded with a name.
    fn called(&self, name: &str) -> Vec<String> {
        let is_called = |other: &&Named| other.row.is_none() && other.name.eq_ignore_ascii_case(name);
        self.named.iter().filter(is_called).map(|other| other.id.clone()).collect()
    }

    /// Somebody new to whom the row gives no id may be somebody who is known with a title, or without.
    fn must_differ_by_more_than_a_title(&mut self, name: &str) {
        let bare = without_titles(name);
        let is_it = |other: &&Named| other.bare == bare && slug(&other.name) != slug(name);
        if self.text(Field::Id).is_none()
            && let Some(other) = self.named.iter().find(is_it)
        {
            let place = match other.row {
                Some(row) => format!("who is in row {row}"),
                None => format!("who is recorded as {}", visible(&other.id)),
            };
            self.fault_of_name(format!(
                "\"{}\" differs only by a title from \"{}\", {place}; write the name in the same way if it is the same \
                 person, and give this one an id in a column Id if it is not",
                visible(name),
                visible(&other.name)
            ));
        }
    }

    fn student(&mut self, id: String, mut said: Said) -> Option<Person> {
        said.course = self.course();
        if let Some(there) = self.known.students.iter().find(|one| one.id.raw() == id) {
            let Some(record) = there.record.as_deref() else {
                self.fault_of_name("the record that is there has an error; see gwp check");
                return None;
            };
            let text = |text: Option<&Text>| text.map(|text| text.raw().to_owned());
            self.same(Field::Name, Some(&said.name), Some(record.name.raw().to_owned()).as_ref());
            self.same(Field::Email, said.email.as_ref(), text(record.email.as_ref()).as_ref());
            self.same(Field::Course, said.course.as_ref(), text(Some(&record.course)).as_ref());
            self.same(Field::Joined, said.joined.as_ref(), record.joined.as_ref());
            return Some(self.recorded_already(id, said.name));
        }
        let has_fault = !self.faults.is_empty();
        let latest = self.known.latest_course.filter(|_| said.course.is_none() && !has_fault);
        self.takes_latest = latest.is_some();
        let Some(course) = said.course.as_deref().or(latest) else {
            if !self
                .faults
                .iter()
                .any(|fault| Some(fault.at.column) == self.columns.of(Field::Course).map(|it| it.index))
            {
                self.fault(Field::Course, "no course is named; say one for all with --course");
            }
            return None;
        };
        let student = Student {
            email: said.email.as_deref().map(Text::new),
            joined: said.joined,
            ..Student::new(Text::new(said.name.as_str()), Text::new(course))
        };
        let joined = said.joined.map(|joined| format!(", joined on {joined}")).unwrap_or_default();
        let email = said.email.as_deref().map(|email| format!(", {}", visible(email))).unwrap_or_default();
        let what = format!("{} ({id}), {}{joined}{email}", visible(&said.name), visible(course));
        let fresh = Some(Fresh::Student(student));
        Some(Person { at: self.at_name(), id, what, fresh, differs: Vec::new(), name: said.name })
    }

    /// The id of the course that the row names, by id or by name, or of the one that is said for all.
    fn course(&mut self) -> Option<String> {
        let Some(named) = self.text(Field::Course) else { return self.known.course.map(str::to_owned) };
        let is_it = |one: &&Entry<Course>| {
            let name = one.record.as_deref().map(|record| record.name.raw());
            one.id.raw() == named.to_lowercase() || name.is_some_and(|name| name.to_lowercase() == named.to_lowercase())
        };
        let found: Vec<_> = self.known.courses.iter().filter(is_it).collect();
        if let [course] = found.as_slice() {
            return Some(course.id.raw().to_owned());
        }
        self.fault(Field::Course, format!("no course has the id or the name \"{}\"", visible(&named)));
        None
    }

    fn supervisor(&mut self, id: String, mut said: Said) -> Option<Person> {
        said.group_analyst =
            self.columns.of(Field::GroupAnalyst).and_then(|column| match yes_or_no(self.row.cell(column.index))? {
                Ok(is) => Some(is),
                Err(what) => {
                    self.fault(Field::GroupAnalyst, what);
                    None
                }
            });
        (said.body, said.number) = (self.text(Field::Body), self.text(Field::Number));
        let usual = |body: String| {
            let usual = self.known.registers.iter().find(|register| register.eq_ignore_ascii_case(&body));
            usual.cloned().unwrap_or(body)
        };
        said.body = said.body.map(usual);
        let has_more = said.number.is_some() || said.checked.is_some() || said.expires.is_some();
        if said.body.is_none() && has_more {
            self.fault(Field::Body, "there is something about a registration, and not with whom");
        }
        if let Some(number) = said.number.as_ref().filter(|number| !number.contains(char::is_numeric)) {
            self.fault(Field::Number, format!("\"{}\" is no number of a registration", visible(number)));
        }
        let there = self.known.supervisors.iter().find(|one| one.id.raw() == id);
        let is_there = |body: &str| {
            let record = there.and_then(|one| one.record.as_deref());
            record
                .is_some_and(|record| record.registrations.iter().any(|one| one.body.raw().eq_ignore_ascii_case(body)))
        };
        if let Some(what) = said.body.as_deref().filter(|body| !is_there(body)).and_then(fault_of_body) {
            self.fault(Field::Body, what);
        }
        let text = |text: Option<&Text>| text.map(|text| text.raw().to_owned());
        if let Some(there) = there {
            let Some(record) = there.record.as_deref() else {
                self.fault_of_name("the record that is there has an error; see gwp check");
                return None;
            };
            self.same(Field::Name, Some(&said.name), Some(record.name.raw().to_owned()).as_ref());
            self.same(Field::Email, said.email.as_ref(), text(record.email.as_ref()).as_ref());
            self.same(Field::GroupAnalyst, said.group_analyst.as_ref(), Some(&record.group_analyst));
            let is_it = |one: &&Registration| {
                said.body.as_deref().is_some_and(|body| one.body.raw().eq_ignore_ascii_case(body))
            };
            let registration = record.registrations.iter().find(is_it);
            self.same(Field::Body, said.body.as_ref().filter(|_| registration.is_none()), None);
            if let Some(one) = registration {
                self.same(Field::Number, said.number.as_ref(), text(one.number.as_ref()).as_ref());
                self.same(Field::Checked, said.checked.as_ref(), one.checked.as_ref());
                self.same(Field::Expires, said.expires.as_ref(), one.expires.as_ref());
            }
            return Some(self.recorded_already(id, said.name));
        }
        let registration = said.body.as_deref().map(|body| Registration {
            from: None,
            body: Text::new(body),
            number: said.number.as_deref().map(Text::new),
            checked: said.checked,
            expires: said.expires,
            notes: None,
        });
        let with = said.body.as_deref().map(|body| format!(", {}", visible(body))).unwrap_or_default();
        let analyst = if said.group_analyst == Some(true) { ", group analyst" } else { "" };
        let email = said.email.as_deref().map(|email| format!(", {}", visible(email))).unwrap_or_default();
        let what = format!("{} ({id}){analyst}{with}{email}", visible(&said.name));
        let supervisor = Supervisor {
            email: said.email.as_deref().map(Text::new),
            group_analyst: said.group_analyst.unwrap_or_default(),
            registrations: registration.into_iter().collect(),
            ..Supervisor::new(Text::new(said.name.as_str()))
        };
        let fresh = Some(Fresh::Supervisor(supervisor));
        Some(Person { at: self.at_name(), id, what, fresh, differs: Vec::new(), name: said.name })
    }

    /// Somebody who has a record.
    fn recorded_already(&mut self, id: String, name: String) -> Person {
        let what = format!("{} ({id})", visible(&name));
        let differs = std::mem::take(&mut self.differs);
        Person { at: self.at_name(), id, what, fresh: None, differs, name }
    }

    /// What a row says of somebody who has a record has to be in it.
    fn same<T: PartialEq + ToString>(&mut self, field: Field, said: Option<&T>, there: Option<&T>) {
        if let Some(row) = said.filter(|_| said != there) {
            let shown = |value: &T| match visible(&value.to_string()).as_str() {
                "true" => "yes".to_owned(),
                "false" => "no".to_owned(),
                other => format!("\"{other}\""),
            };
            let (word, row) = (field.word(), shown(row));
            let what = match there {
                Some(there) => format!("\"{word}\" is {} in the record, and {row} in this row", shown(there)),
                None => format!("\"{word}\" is {row} in this row, and nothing in the record"),
            };
            self.differs.push(what);
        }
    }
}

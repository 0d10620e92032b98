//! One row about a student or a supervisor, as it is read.

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::super::Fault;
use super::super::answers::is_nothing;
use super::super::by_shape::by_shape;
use super::super::columns::Columns;
use super::super::field::Field;
use super::super::grid::{Address, Row, Value};
use super::super::names::{fault_of_body, fault_of_name, without_titles};
use super::super::target::Target;
use super::{Days, Known, Named, Person, Said};
use crate::amend::Fresh;
use crate::calendar::Day;
use crate::case::{Entry, nameable};
use crate::records::shape::Shape;
use crate::text::{Found, composed, find_named, read_address, slug, visible};

/// One row while it is read.
pub(super) struct PersonReader<'r> {
    pub(super) row: &'r Row,
    pub(super) columns: &'r Columns,
    pub(super) known: Known<'r>,
    pub(super) named: &'r [Named],
    pub(super) faults: Vec<Fault>,
    /// What a record that is there says otherwise.
    pub(super) differs: Vec<String>,
    /// Whether nothing but its being the latest says which course it is.
    pub(super) takes_latest: bool,
}

impl PersonReader<'_> {
    fn fault(&mut self, field: Field, what: impl Into<String>) {
        let column = self.columns.of(field).or_else(|| self.columns.columns.first()).map_or(0, |column| column.index);
        self.faults.push(Fault { at: Address { row: self.row.number, column }, what: what.into() });
    }

    pub(super) fn fault_of_name(&mut self, what: impl Into<String>) {
        let at = self.at_name();
        self.faults.push(Fault { at, what: what.into() });
    }

    fn at_name(&self) -> Address {
        let fields = [Field::NAME, Field::LAST_NAME, Field::FIRST_NAME];
        let column = fields.into_iter().find_map(|field| self.columns.of(field)).map_or(0, |column| column.index);
        Address { row: self.row.number, column }
    }

    /// What a cell says, or a fault.
    fn sound<T>(&mut self, field: Field, said: Option<Result<T, String>>) -> Option<T> {
        said?.map_err(|what| self.fault(field, what)).ok()
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

    pub(super) fn person(&mut self, position: usize, days: &[Days]) -> Option<Person> {
        let name = self.name()?;
        let mut said = vec![(Field::NAME, Json::from(name.as_str()))];
        for field in self.columns.target().fields() {
            let value = match *field {
                Field::NAME | Field::FIRST_NAME | Field::LAST_NAME | Field::ID => None,
                Field::COURSE => self.course().map(Json::from),
                field => self.value(field, position, days),
            };
            said.extend(value.map(|value| (*field, value)));
        }
        if text_of(&said, Field::EMAIL).is_some_and(|email| read_address(email).is_err()) {
            self.fault(Field::EMAIL, "this is not one address");
        }
        let id = self.id(&name)?;
        let recorded = self.recorded(&id);
        if self.columns.target() == Target::Supervisors {
            self.registration(&mut said, recorded.as_ref().and_then(Option::as_ref));
        }
        match recorded {
            Some(Some(record)) => {
                for (field, value) in &said {
                    self.same(*field, value, &said, &record);
                }
                let (at, differs) = (self.at_name(), std::mem::take(&mut self.differs));
                Some(Person { at, what: format!("{} ({id})", visible(&name)), id, fresh: None, differs, name })
            }
            Some(None) => {
                self.fault_of_name("the record that is there has an error; see gwp check");
                None
            }
            None => self.fresh(id, name, said),
        }
    }

    fn name(&mut self) -> Option<String> {
        let names = [Field::NAME, Field::FIRST_NAME, Field::LAST_NAME].map(|field| self.text(field));
        let [whole, first, last] = &names;
        let has_both = self.columns.of(Field::FIRST_NAME).is_some() && self.columns.of(Field::LAST_NAME).is_some();
        if whole.is_none() && has_both && first.is_some() != last.is_some() {
            self.fault_of_name("this row has only a part of the name");
            return None;
        }
        let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            self.fault_of_name("there is no name in this row");
            return None;
        }
        // A name that somebody recorded is one.
        if let Some(what) = fault_of_name(&name).filter(|_| self.called(&name).is_empty()) {
            self.fault_of_name(what);
            return None;
        }
        Some(name)
    }

    /// What the row says at a field, read as the format has it.
    fn value(&mut self, field: Field, position: usize, days: &[Days]) -> Option<Json> {
        let (_, key) = field.place(self.columns.target())?;
        match key.shape {
            Shape::Date => {
                let (_, each) = days.iter().find(|(known, _)| *known == field)?;
                self.sound(field, each.get(position)?.clone()).map(|day| day.iso().into())
            }
            Shape::Text => self.text(field).map(Json::from),
            ref shape => {
                let cell = self.row.cell(self.columns.of(field)?.index);
                self.sound(field, by_shape(cell, shape))
            }
        }
    }

    /// The id: as it is given, that of whoever has the name, or one made of the name.
    fn id(&mut self, name: &str) -> Option<String> {
        if let Some(id) = self.text(Field::ID) {
            let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if id.chars().all(is_id) && id.contains(char::is_alphabetic) {
                return Some(id);
            }
            self.fault(
                Field::ID,
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
        let plain = |name: &str| composed(name).to_lowercase();
        let is_called = |other: &&Named| other.row.is_none() && plain(&other.name) == plain(name);
        self.named.iter().filter(is_called).map(|other| other.id.clone()).collect()
    }

    /// Somebody new to whom the row gives no id may be somebody who is known with a title, or without.
    pub(super) fn must_differ_by_more_than_a_title(&mut self, name: &str) {
        let bare = without_titles(name);
        let is_it = |other: &&Named| other.bare == bare && slug(&other.name) != slug(name);
        if self.text(Field::ID).is_none()
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

    /// The record with an id as it stands, if there is one; nothing in it where it has an error.
    fn recorded(&self, id: &str) -> Option<Option<Json>> {
        fn of<R: Serialize>(all: &[Entry<R>], id: &str) -> Option<Option<Json>> {
            let entry = all.iter().find(|one| one.id.raw() == id)?;
            Some(entry.record.as_deref().and_then(|record| serde_json::to_value(record).ok()))
        }
        match self.columns.target() {
            Target::Supervisors => of(self.known.supervisors, id),
            _ => of(self.known.students, id),
        }
    }

    /// A record that is not there yet.
    fn fresh(&mut self, id: String, name: String, mut said: Said) -> Option<Person> {
        let target = self.columns.target();
        if target == Target::Students && text_of(&said, Field::COURSE).is_none() {
            self.takes_latest = self.known.latest_course.is_some() && self.faults.is_empty();
            let Some(latest) = self.known.latest_course.filter(|_| self.takes_latest) else {
                let column = self.columns.of(Field::COURSE).map(|column| column.index);
                if !self.faults.iter().any(|fault| Some(fault.at.column) == column) {
                    self.fault(Field::COURSE, "no course is named; say one for all with --course");
                }
                return None;
            };
            said.insert(1, (Field::COURSE, latest.into()));
        }
        let mut record = Map::new();
        for (field, value) in &said {
            match field.place(target)? {
                (None, key) => {
                    record.insert(key.key.clone(), value.clone());
                }
                (Some(list), key) => {
                    let entries = record.entry(list).or_insert_with(|| Json::Array(vec![Map::new().into()]));
                    entries.get_mut(0)?[&key.key] = value.clone();
                }
            }
        }
        let fresh = match target {
            Target::Supervisors => serde_json::from_value(record.into()).map(Fresh::Supervisor),
            _ => serde_json::from_value(record.into()).map(Fresh::Student),
        };
        // What cannot be a record has a fault: a registration without a body.
        let fresh = Some(fresh.ok()?);
        // The address is the last of what is said.
        said.sort_by_key(|(field, _)| *field == Field::EMAIL);
        let phrases = said.iter().filter_map(|(field, value)| phrase(*field, value, target));
        let what = [format!("{} ({id})", visible(&name))].into_iter().chain(phrases).collect::<Vec<_>>().join(", ");
        Some(Person { at: self.at_name(), id, what, fresh, differs: Vec::new(), name })
    }

    /// The id of the course that the row names, by id or by name, or of the one that is said for all.
    fn course(&mut self) -> Option<String> {
        let Some(named) = self.text(Field::COURSE) else { return self.known.course.map(str::to_owned) };
        let courses = self.known.courses;
        let nameable: Vec<_> = courses.iter().map(|course| nameable(course, |record| &record.name)).collect();
        let fault = match find_named(&named, &nameable) {
            Found::ById(at) | Found::ByName(at) => return courses.get(at).map(|course| course.id.raw().to_owned()),
            Found::Several(_) => format!("several courses can be meant by \"{}\"", visible(&named)),
            Found::Nothing => format!("no course has the id or the name \"{}\"", visible(&named)),
        };
        self.fault(Field::COURSE, fault);
        None
    }

    /// Sees to it that what is said of a registration can be one, and that its body is written as usual.
    fn registration(&mut self, said: &mut Said, recorded: Option<&Json>) {
        let usual = |body: &str| {
            let usual = self.known.registers.iter().find(|register| register.eq_ignore_ascii_case(body));
            usual.map_or_else(|| body.to_owned(), Clone::clone)
        };
        let body = text_of(said, Field::BODY).map(usual);
        for (_, value) in said.iter_mut().filter(|(field, _)| *field == Field::BODY) {
            *value = body.clone().into();
        }
        let is_of_one = |field: Field| matches!(field.place(Target::Supervisors), Some((Some(_), _)));
        if body.is_none() && said.iter().any(|(field, _)| is_of_one(*field)) {
            self.fault(Field::BODY, "there is something about a registration, and not with whom");
        }
        if let Some(number) = text_of(said, Field::NUMBER).filter(|number| !number.contains(char::is_numeric)) {
            self.fault(Field::NUMBER, format!("\"{}\" is no number of a registration", visible(number)));
        }
        let is_there = |body: &str| recorded.is_some_and(|record| registration_of(record, body).is_some());
        if let Some(what) = body.as_deref().filter(|body| !is_there(body)).and_then(fault_of_body) {
            self.fault(Field::BODY, what);
        }
    }

    /// What a row says of somebody who has a record has to be in it.
    fn same(&mut self, field: Field, value: &Json, said: &Said, record: &Json) {
        let Some((list, key)) = field.place(self.columns.target()) else { return };
        let entry = match list {
            None => Some(record),
            Some(_) => text_of(said, Field::BODY).and_then(|body| registration_of(record, body)),
        };
        // Of a registration that is not there only the body is told.
        let is_known = if field == Field::BODY { entry.is_some() } else { entry.is_none() };
        let there = entry.and_then(|entry| entry.get(&key.key)).filter(|there| !there.is_null());
        let is_same = |there: &Json| match (there.as_str(), value.as_str()) {
            (Some(there), Some(said)) => composed(there) == composed(said),
            _ => there == value,
        };
        if is_known || there.is_some_and(is_same) {
            return;
        }
        let (word, row) = (field.word(), quoted(value, &key.shape));
        self.differs.push(match there {
            Some(there) => {
                format!("\"{word}\" is {} in the record, and {row} in this row", quoted(there, &key.shape))
            }
            None => format!("\"{word}\" is {row} in this row, and nothing in the record"),
        });
    }
}

/// The text at a field.
fn text_of(said: &Said, field: Field) -> Option<&str> {
    said.iter().find(|(known, _)| *known == field)?.1.as_str()
}

/// The registration with a body, in whatever letters.
fn registration_of<'r>(record: &'r Json, body: &str) -> Option<&'r Json> {
    let is_it = |one: &&Json| one["body"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(body));
    record["registrations"].as_array()?.iter().find(is_it)
}

/// A value as it is shown to people; safe to show.
fn shown(value: &Json, shape: &Shape) -> String {
    match value {
        Json::Bool(is) => if *is { "yes" } else { "no" }.to_owned(),
        Json::String(text) => match Day::parse(text).filter(|_| *shape == Shape::Date) {
            Some(day) => day.to_string(),
            None => visible(text),
        },
        other => other.to_string(),
    }
}

/// A value between quotation marks.
fn quoted(value: &Json, shape: &Shape) -> String {
    if value.is_boolean() { shown(value, shape) } else { format!("\"{}\"", shown(value, shape)) }
}

/// What is said at a field beside the name, as a phrase; nothing of the particulars of a registration.
fn phrase(field: Field, value: &Json, target: Target) -> Option<String> {
    let (list, key) = field.place(target)?;
    let value = shown(value, &key.shape);
    let word = field.word().replace(['-', '_'], " ");
    match field {
        Field::NAME => None,
        Field::COURSE | Field::EMAIL | Field::BODY => Some(value),
        _ if list.is_some() => None,
        Field::JOINED => Some(format!("joined on {value}")),
        _ if key.shape == Shape::Boolean => (value == "yes").then_some(word),
        _ => Some(format!("{word} {value}")),
    }
}

//! Everybody whom the records name, and by what.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::link::Link;
use crate::case::{Records, id_of, kind_of, words};
use crate::diff::value_of;
use crate::history::{Concerns, Texts};
use crate::records::RecordKind;
use crate::text::{Nameable, Source, Text, slug};

/// Somebody, and all by which a record can name them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The records that are about them: a student's, a supervisor's, or both. Former ids are among them.
    pub records: BTreeSet<(RecordKind, Text)>,
    /// What they are called, in every spelling that is known.
    pub names: BTreeSet<Text>,
    /// Their addresses.
    pub addresses: BTreeSet<Text>,
}

impl Person {
    /// Somebody of whom nothing is known but a name.
    pub fn called(name: &str) -> Self {
        Self { names: BTreeSet::from([Text::new(name.trim())]), ..Self::default() }
    }

    /// What to call them in a heading.
    pub fn title(&self) -> Text {
        let id = || self.records.iter().next().map(|(_, id)| id);
        self.names.iter().next().or_else(id).cloned().unwrap_or_default()
    }

    /// The id that somebody types to name them; none of somebody without a record.
    pub fn id(&self) -> Option<&Text> {
        self.records.iter().next().map(|(_, id)| id)
    }

    /// Takes note of all by which another folder names them.
    pub fn join(&mut self, other: &Self) {
        self.records.extend(other.records.iter().cloned());
        self.names.extend(other.names.iter().cloned());
        self.addresses.extend(other.addresses.iter().cloned());
    }

    fn nameable(&self) -> Nameable {
        let mut names = self.names.iter().map(|name| name.raw().to_owned());
        let ids: BTreeSet<_> = self.records.iter().map(|(_, id)| id.raw().to_owned()).collect();
        let name = names.next();
        let ids = if ids.is_empty() { name.iter().cloned().collect() } else { ids.into_iter().collect() };
        Nameable { ids, name, also: names.collect() }
    }

    /// Whether a record is theirs, by its path.
    pub fn is_own(&self, path: &Text) -> bool {
        kind_of(path.raw()).is_some_and(|kind| self.records.contains(&(kind, id_of(path.raw()))))
    }

    /// By what a text names them: first of all by an id, last by a name, which another can have too.
    pub fn link(&self, text: &str) -> Option<Link> {
        if words(text).any(|word| self.records.iter().any(|(_, id)| id.raw() == word)) {
            return Some(Link::Id);
        }
        let lower = text.to_lowercase();
        let address = |address: &Text| !address.is_blank() && lower.contains(&address.raw().trim().to_lowercase());
        if self.addresses.iter().any(address) {
            return Some(Link::Address);
        }
        let said = slug(text)?;
        let is_said =
            |name: &Text| slug(name.raw()).is_some_and(|name| format!("-{said}-").contains(&format!("-{name}-")));
        self.names.iter().any(is_said).then_some(Link::Name)
    }

    /// By what a value names them, wherever in it; of several ways the surest.
    pub fn link_in(&self, value: &Value) -> Option<Link> {
        match value {
            Value::String(text) => self.link(text),
            Value::Array(values) => values.iter().filter_map(|value| self.link_in(value)).min(),
            Value::Object(table) => table.values().filter_map(|value| self.link_in(value)).min(),
            _ => None,
        }
    }

    /// Whether a log is about them: they conduct its group, or are in its supervision.
    pub fn is_in_log(&self, log: &Value) -> bool {
        let of = |kind: RecordKind, key: &str| {
            let value = log.get(key).unwrap_or(&Value::Null);
            let ids = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice).iter();
            let mut ids = ids.filter_map(Value::as_str).map(|id| (kind, Text::new(id)));
            ids.any(|one| self.records.contains(&one))
        };
        let shared = log.get("co_conductor").and_then(|one| one.get("name")).and_then(Value::as_str);
        of(RecordKind::Student, "conductors")
            || of(RecordKind::Student, "supervisees")
            || of(RecordKind::Supervisor, "supervisor")
            || shared.is_some_and(|name| self.link(name).is_some())
    }

    fn take(&mut self, record: &Value) {
        let text = |key: &str| record.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        self.names.extend(text("name").map(Text::new));
        self.addresses.extend(text("email").map(Text::new));
    }
}

/// Everybody whom the records of a folder name as they are now, with what each can be called.
pub fn known_now(records: &Records, sources: &[Source]) -> Vec<(Nameable, Person)> {
    let mut people = People::default();
    let of_students = records.students.iter().map(|entry| (RecordKind::Student, &entry.id, entry.file));
    let of_supervisors = records.supervisors.iter().map(|entry| (RecordKind::Supervisor, &entry.id, entry.file));
    for (kind, id, file) in of_students.chain(of_supervisors) {
        let value = sources.get(file.0 as usize).and_then(value_of);
        people.with_record(kind, id, value.as_ref());
    }
    for value in sources.iter().filter_map(value_of) {
        people.named_in("", &value);
    }
    people.all()
}

/// Everybody whom the records of a folder have ever named.
pub fn known_ever(
    now: Vec<(Nameable, Person)>,
    texts: &Texts,
    versions: &BTreeSet<(Text, String)>,
    concerns: &Concerns,
) -> Vec<(Nameable, Person)> {
    let mut people = People::default();
    for (_, person) in now {
        people.add(person);
    }
    for (path, id) in versions {
        let Some(content) = texts.get(id) else { continue };
        let Some(value) = value_of(&Source { path: path.clone(), content: content.clone() }) else { continue };
        match kind_of(path.raw()) {
            Some(kind @ (RecordKind::Student | RecordKind::Supervisor)) => {
                people.with_record(kind, &id_of(path.raw()), Some(&value));
            }
            _ => people.named_in("", &value),
        }
    }
    people.join_renamed(concerns);
    people.all()
}

/// People as they are found: those with a record by its id, the others by name.
#[derive(Default)]
struct People {
    by_id: BTreeMap<Text, Person>,
    others: BTreeMap<String, Person>,
}

impl People {
    fn add(&mut self, person: Person) {
        match person.id() {
            Some(id) => drop(self.by_id.insert(id.clone(), person)),
            None => drop(
                person
                    .names
                    .iter()
                    .next()
                    .and_then(|name| slug(name.raw()))
                    .map(|key| self.others.insert(key, person.clone())),
            ),
        }
    }

    fn with_record(&mut self, kind: RecordKind, id: &Text, record: Option<&Value>) {
        let person = self.by_id.entry(id.clone()).or_default();
        person.records.insert((kind, id.clone()));
        if let Some(record) = record {
            person.take(record);
        }
    }

    /// Takes note of those who are named without a record of their own.
    fn named_in(&mut self, key: &str, value: &Value) {
        const LISTS: [&str; 2] = ["present", "apologies"];
        match value {
            Value::Object(table) => {
                if matches!(key, "co_conductor" | "line_manager") {
                    self.other(value, "name");
                }
                if table.contains_key("convenor") {
                    self.other(value, "convenor");
                }
                if key == "report" || key == "attested" {
                    self.other(value, "by");
                }
                table.iter().for_each(|(key, value)| self.named_in(key, value));
            }
            Value::Array(values) if LISTS.contains(&key) => {
                values.iter().filter_map(Value::as_str).for_each(|name| self.others_name(name, None));
            }
            Value::Array(values) => values.iter().for_each(|value| self.named_in(key, value)),
            _ => {}
        }
    }

    fn other(&mut self, table: &Value, key: &str) {
        let text = |key: &str| table.get(key).and_then(Value::as_str);
        if let Some(name) = text(key) {
            self.others_name(name, text("email"));
        }
    }

    fn others_name(&mut self, name: &str, address: Option<&str>) {
        let is_id = self.by_id.contains_key(&Text::new(name));
        let Some(key) = slug(name).filter(|_| !is_id) else { return };
        let person = self.others.entry(key).or_default();
        person.names.insert(Text::new(name.trim()));
        person.addresses.extend(address.filter(|address| !address.trim().is_empty()).map(Text::new));
    }

    /// A student whose record was given another id is one person.
    fn join_renamed(&mut self, concerns: &Concerns) {
        let ids: Vec<Text> = self.by_id.keys().cloned().collect();
        for id in ids.iter().filter(|id| concerns.later_ids(id).is_empty()) {
            for former in concerns.ids_of(id).iter().filter(|former| *former != id) {
                let Some(before) = self.by_id.remove(former) else { continue };
                if let Some(person) = self.by_id.get_mut(id) {
                    person.join(&before);
                }
            }
        }
    }

    /// Those without a record who are called as somebody with one are that person: their addresses are the person's too.
    fn all(mut self) -> Vec<(Nameable, Person)> {
        for (key, other) in std::mem::take(&mut self.others) {
            let is_called_so = |name: &Text| slug(name.raw()).as_ref() == Some(&key);
            let mut same = self.by_id.values_mut().filter(|person| person.names.iter().any(is_called_so));
            match (same.next(), same.next()) {
                (Some(person), None) => person.addresses.extend(other.addresses),
                // Who of several is meant nobody knows here.
                (Some(_), Some(_)) => {}
                _ => drop(self.others.insert(key, other)),
            }
        }
        let people = self.by_id.into_values().chain(self.others.into_values());
        people.map(|person| (person.nameable(), person)).collect()
    }
}

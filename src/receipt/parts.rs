//! What a record says, part by part, each with a digest: so that a change can be told from an addition.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::calendar::Day;
use crate::case::{Entry, Records};
use crate::records::shape::{Field, Shape, Table};
use crate::records::{Holds, LogKind, RecordKind, SessionLog, sha256};
use crate::text::{FileId, Text};

/// The digest of each part of a record, by the name of the part.
pub type Parts = BTreeMap<String, String>;

/// So many hexadecimal digits of the digest of a part are written; the digest of the file has all of them.
const WRITTEN: usize = 16;

/// The parts of every record that can be read whole.
pub(super) fn of_all(records: &Records) -> BTreeMap<FileId, Parts> {
    let mut all = BTreeMap::new();
    if let (Some(gwp), Some(file)) = (&records.gwp, records.gwp_file) {
        all.insert(file, of(gwp, Table::of_kind(RecordKind::Gwp)));
    }
    add(&mut all, &records.courses, RecordKind::Course);
    add(&mut all, &records.students, RecordKind::Student);
    add(&mut all, &records.supervisors, RecordKind::Supervisor);
    add(&mut all, &records.meetings, RecordKind::Meeting);
    for entry in &records.logs {
        if let Some(log) = entry.record.as_deref() {
            all.insert(entry.file, of_log(log));
        }
    }
    all
}

fn add<T: serde::Serialize>(all: &mut BTreeMap<FileId, Parts>, entries: &[Entry<T>], kind: RecordKind) {
    for entry in entries {
        if let Some(record) = entry.record.as_deref() {
            all.insert(entry.file, of(record, Table::of_kind(kind)));
        }
    }
}

/// The day that the name of a part of a log is about.
pub(super) fn day_of(part: &str) -> Option<Day> {
    let words = LogKind::ALL.map(LogKind::entry_word);
    let day = words.iter().find_map(|word| part.strip_prefix(word)?.strip_prefix(' '))?;
    Day::parse(day.split(' ').next()?)
}

/// Another id that a record got.
#[derive(Debug)]
pub(super) struct NewId {
    kind: RecordKind,
    was: String,
    is: String,
    /// Those of a part that holds nothing but the id, before and now.
    digests: [String; 2],
}

impl NewId {
    /// What the record was by its kind and id, and the id that it has now; none where that is the same.
    pub(super) fn of((kind, was): (RecordKind, Text), is: &Text) -> Option<Self> {
        let [was, is] = [was.raw(), is.raw()].map(str::to_owned);
        let digests = [&was, &is].map(|id| digest_of(&id.as_str().into()));
        (was != is).then_some(Self { kind, was, is, digests })
    }
}

/// The parts of a record as they would be by the ids that records have now. Only where its format has an id of that kind
/// is a word taken for one.
pub(super) fn with_new_ids<'p>(parts: &'p Parts, of: Option<RecordKind>, new: &[NewId]) -> Cow<'p, Parts> {
    let Some(kind) = of.filter(|_| !new.is_empty()) else { return Cow::Borrowed(parts) };
    // What a log is of stands in it; by its parts alone either could be.
    let tables = match kind {
        RecordKind::Session => LogKind::ALL.map(Table::of_log).to_vec(),
        _ => vec![Table::of_kind(kind)],
    };
    let one = |(part, digest): (&String, &String)| {
        let known = tables.iter().find_map(|keys| by_new_ids(part, keys, new));
        let Some((name, field)) = known else { return (part.clone(), digest.clone()) };
        let is = new.iter().find(|id| is_held(id, field) && id.digests[0] == *digest).map(|id| &id.digests[1]);
        (name, is.unwrap_or(digest).clone())
    };
    Cow::Owned(parts.iter().map(one).collect())
}

fn is_held(id: &NewId, field: &Field) -> bool {
    field.facts.holds == Some(Holds::Id(id.kind))
}

/// The name of a part by the ids that records have now, and its key; none where the table has no such key.
fn by_new_ids<'t>(part: &str, keys: &'t Table, new: &[NewId]) -> Option<(String, &'t Field)> {
    let (key, rest) = part.split_at(part.find(['.', ' ']).unwrap_or(part.len()));
    let field = keys.field(key)?;
    let inner = |before: &str, rest: &str, keys: &'t Table| {
        let (name, field) = by_new_ids(rest, keys, new)?;
        Some((format!("{key}{before}{name}"), field))
    };
    match (rest.strip_prefix('.'), rest.strip_prefix(' '), field.table()) {
        (Some(rest), _, Some(keys)) => inner(".", rest, keys),
        (_, Some(rest), Some(keys)) => rest.match_indices(": ").find_map(|(end, between)| {
            let told = rest[..end].split(", ").map(|word| {
                let is_one = |id: &&NewId| {
                    let mut told_by = keys.fields.iter().filter(|field| field.facts.identifies);
                    id.was == word && told_by.any(|field| is_held(id, field))
                };
                new.iter().find(is_one).map_or(word, |id| id.is.as_str())
            });
            let before = format!(" {}: ", told.collect::<Vec<_>>().join(", "));
            inner(&before, &rest[end + between.len()..], keys)
        }),
        (_, Some(value), None) => {
            let (word, number) = value.split_at(value.find(" #").unwrap_or(value.len()));
            let id = new.iter().find(|id| id.was == word && is_held(id, field));
            let word = id.map_or(word, |id| id.is.as_str());
            Some((format!("{key} {word}{number}"), field))
        }
        _ => Some((part.to_owned(), field)),
    }
}

fn of(record: &impl serde::Serialize, keys: &'static Table) -> Parts {
    let mut parts = Parts::new();
    let json = serde_json::to_value(record).unwrap_or_default();
    Gathering { parts: &mut parts, skips_sessions: false }.table("", &json, keys);
    parts
}

fn of_log(log: &SessionLog) -> Parts {
    let mut parts = Parts::new();
    let json = serde_json::to_value(log).unwrap_or_default();
    let mut gathering = Gathering { parts: &mut parts, skips_sessions: true };
    gathering.table("", &json, Table::of_log(log.kind()));
    for entry in log.entries() {
        gathering.put(&format!("{} {}", log.kind().entry_word(), entry.date().iso()), log.digest(entry));
    }
    parts
}

struct Gathering<'p> {
    parts: &'p mut Parts,
    skips_sessions: bool,
}

impl Gathering<'_> {
    /// Adds a part; of several with one name each has a number.
    fn put(&mut self, name: &str, digest: String) {
        let numbered = (2..).map(|number| format!("{name} #{number}"));
        let free = std::iter::once(name.to_owned()).chain(numbered).find(|name| !self.parts.contains_key(name));
        self.parts.extend(free.map(|name| (name, digest)));
    }

    fn table(&mut self, before: &str, json: &Json, keys: &Table) {
        for field in &keys.fields {
            let is_left_out = self.skips_sessions && before.is_empty() && field.key == "sessions";
            let Some(value) = json.get(&field.key).filter(|value| says_something(value, field)) else { continue };
            if !is_left_out {
                self.value(&format!("{before}{}", field.key), value, field);
            }
        }
    }

    fn value(&mut self, name: &str, value: &Json, field: &Field) {
        match (value, field.table()) {
            (Json::Object(_), Some(keys)) => self.table(&format!("{name}."), value, keys),
            (Json::Object(table), None) => {
                for (key, value) in table {
                    self.put(&format!("{name} {key}"), digest_of(value));
                }
            }
            (Json::Array(list), Some(keys)) => {
                for (position, entry) in list.iter().enumerate() {
                    let told = told_by(entry, keys).unwrap_or_else(|| (position + 1).to_string());
                    self.table(&format!("{name} {told}: "), entry, keys);
                }
            }
            (Json::Array(list), None) if matches!(field.shape, Shape::List { .. }) => {
                for value in list {
                    self.put(&format!("{name} {}", plain(value)), digest_of(value));
                }
            }
            (value, _) => self.put(name, digest_of(value)),
        }
    }
}

/// Whether a value says something that would not hold without it.
fn says_something(value: &Json, field: &Field) -> bool {
    let is_empty = match value {
        Json::Null => true,
        Json::Array(list) => list.is_empty(),
        Json::Object(table) => table.is_empty(),
        _ => false,
    };
    !is_empty && field.default.as_ref() != Some(value)
}

/// What tells an entry of a list apart, as it is written.
fn told_by(entry: &Json, keys: &Table) -> Option<String> {
    let told = keys.fields.iter().filter(|field| field.facts.identifies);
    let told: Vec<_> =
        told.filter_map(|field| entry.get(&field.key)).filter(|value| !value.is_null()).map(plain).collect();
    (!told.is_empty()).then(|| told.join(", "))
}

fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn digest_of(value: &Json) -> String {
    let mut digest = sha256(value.to_string().replace("\\r\\n", "\\n").as_bytes());
    digest.truncate(WRITTEN);
    digest
}

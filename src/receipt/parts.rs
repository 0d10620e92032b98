//! What a record says, part by part, each with a digest: so that a change can be told from an addition.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::calendar::Day;
use crate::case::{Entry, Records};
use crate::records::shape::{Field, Shape, Table};
use crate::records::{LogKind, RecordKind, SessionLog, sha256};
use crate::text::FileId;

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

/// The digest of a part that is nothing but a text, such as an id.
pub(super) fn digest_of_text(text: &str) -> String {
    digest_of(&text.into())
}

fn digest_of(value: &Json) -> String {
    let mut digest = sha256(value.to_string().replace("\\r\\n", "\\n").as_bytes());
    digest.truncate(WRITTEN);
    digest
}

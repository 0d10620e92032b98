//! The JSON Schemas of the records: made from the types, documentation included.

use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use super::{CommitteeMeeting, Course, GroupLog, Gwp, RecordKind, Student, SupervisionLog, Supervisor};

/// The most entries that a list of a record has, sessions apart: far more than anybody needs, and few enough that
/// each entry of one list can be held against each of another.
const MOST_ENTRIES: u32 = 1_000;

// What is read plainly is not held against the schema.
const _: () = assert!(crate::text::MOST_ELEMENTS as u32 <= MOST_ENTRIES);

/// The JSON Schema (draft 2020-12) of a kind of record, for TOML and YAML alike.
///
/// What may be absent is not required, and nothing may be null. Dates are strings there: that is how a schema sees
/// the dates of TOML.
pub fn schema(kind: RecordKind) -> Value {
    let mut schema = annotated(kind);
    strip(&mut schema);
    schema
}

/// Takes out what the program itself goes by at a key.
fn strip(schema: &mut Value) {
    match schema {
        Value::Object(table) => {
            table.retain(|word, _| !word.starts_with("x-"));
            table.values_mut().for_each(strip);
        }
        Value::Array(list) => list.iter_mut().for_each(strip),
        _ => {}
    }
}

/// The schema with what the program itself goes by at each key; see [`super::key`].
pub(super) fn annotated(kind: RecordKind) -> Value {
    match kind {
        RecordKind::Gwp => of::<Gwp>("Case folder"),
        RecordKind::Course => of::<Course>("Course"),
        RecordKind::Student => of::<Student>("Student"),
        RecordKind::Supervisor => of::<Supervisor>("Supervisor"),
        RecordKind::Session => session(),
        RecordKind::Meeting => of::<CommitteeMeeting>("Meeting of a committee"),
    }
}

/// The JSON Schema of a kind of record, as the text of a file.
pub fn schema_text(kind: RecordKind) -> String {
    format!("{:#}\n", schema(kind))
}

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Two logs in one: which of them it is says the `kind`. An editor that completes keys takes the one that fits.
fn session() -> Value {
    let [mut group, mut supervision] = [of::<GroupLog>("Log of a group"), of::<SupervisionLog>("Log of a supervision")];
    for log in [&mut group, &mut supervision] {
        if let Some(log) = log.as_object_mut() {
            log.shift_remove("$schema");
        }
    }
    json!({
        "$schema": DRAFT,
        "title": "Session log",
        "description": "The log of a group that students conduct, or of a supervision.",
        "oneOf": [group, supervision],
    })
}

fn of<T: JsonSchema>(title: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().with_transform(Plain);
    let generated = settings.into_generator().into_root_schema_for::<T>().to_value();
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), DRAFT.into());
    schema.insert("title".to_owned(), title.into());
    if let Value::Object(generated) = generated {
        let description = generated.get("description").cloned();
        schema.extend(description.map(|description| ("description".to_owned(), description)));
        for (word, value) in generated {
            schema.entry(word).or_insert(value);
        }
    }
    Value::Object(schema)
}

/// Takes out what Rust's types say and records do not: null, empty defaults, and the widths of numbers. Puts in how
/// long a list may be.
#[derive(Clone, Debug)]
struct Plain;

impl Transform for Plain {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        let Some(schema) = schema.as_object_mut() else { return };
        if let Some(Value::Array(types)) = schema.get_mut("type") {
            types.retain(|kind| kind != "null");
            if let [only] = types.as_slice() {
                let only = only.clone();
                schema.insert("type".to_owned(), only);
            }
        }
        if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
            choices.retain(|choice| choice.get("type").is_none_or(|kind| kind != "null"));
            if let [Value::Object(only)] = choices.as_slice() {
                let only = only.clone();
                schema.shift_remove("anyOf");
                for (word, value) in only {
                    schema.entry(word).or_insert(value);
                }
            }
        }
        if schema.get("default").is_some_and(|default| default.is_array() || default.is_object()) {
            schema.shift_remove("default");
        }
        if schema.get("type").is_some_and(|kind| kind == "array") {
            schema.entry("maxItems").or_insert(MOST_ENTRIES.into());
        }
        let sessions = schema.get_mut("properties").and_then(|properties| properties.get_mut("sessions"));
        if let Some(Value::Object(sessions)) = sessions {
            sessions.shift_remove("maxItems");
        }
        let most = match schema.get("format").and_then(Value::as_str) {
            Some("uint16") => u32::from(u16::MAX),
            Some("uint32") => u32::MAX,
            _ => return,
        };
        schema.shift_remove("format");
        schema.entry("maximum").or_insert(most.into());
    }
}

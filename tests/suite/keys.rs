//! The page that lists every key of every record: made from the schemas, committed as `schemas/README.md`.

use std::fmt::Write;

use gwp::records::{RecordKind, schema};
use serde_json::Value;

use crate::assert_committed;

const LEAD: &str = "# Every key of every record

This page is for whoever writes records by hand: every key, whether it is needed, and what it can say. An editor can show
the same while you type; the topic [editors](../src/topics/editors.md) says how. `gwp schema` prints the schemas.
Those of what the commands print as JSON lie in [output](output); `gwp schema --output` lists them.

Every record and every table can also hold `notes`. That is free text that no judgement looks at, and it is left out here.
";

/// More values than these are not listed in a table.
const MOST_VALUES: usize = 20;

#[test]
fn the_page_of_keys_is_that_of_the_schemas() {
    let mut page = LEAD.to_owned();
    for kind in RecordKind::ALL {
        let schema = schema(kind);
        let place = kind.folder().map_or("`gwp.toml`".to_owned(), |folder| format!("`{folder}/`"));
        let link = format!("[{0}.schema.json]({0}.schema.json)", kind.word());
        for (position, table) in tables_in(&schema).enumerate() {
            let title = text(table, "title");
            if position == 0 {
                let _ = write!(page, "\n## {} {place}\n\n{link}\n", plain_title(&schema));
            }
            if title != plain_title(&schema) {
                let _ = write!(page, "\n### {title}\n");
            }
            let _ = write!(page, "\n{}", lines(table));
            for (key, inner) in inner_tables(table) {
                let _ = write!(page, "\n**`{key}`** {}\n\n{}", text(inner, "description"), lines(inner));
            }
        }
    }
    assert_committed("schemas/README.md", &page);
}

fn plain_title(schema: &Value) -> &str {
    text(schema, "title")
}

fn text<'s>(schema: &'s Value, key: &str) -> &'s str {
    schema[key].as_str().unwrap_or_default()
}

/// The one table of a schema, or the two kinds of log.
fn tables_in(schema: &Value) -> impl Iterator<Item = &Value> {
    let several = schema["oneOf"].as_array();
    several.into_iter().flatten().chain(several.is_none().then_some(schema))
}

fn properties(table: &Value) -> impl Iterator<Item = (&String, &Value)> {
    table["properties"].as_object().into_iter().flatten().filter(|(key, _)| *key != "notes")
}

/// The tables within a table, each with the key under which it stands.
fn inner_tables(table: &Value) -> Vec<(String, &Value)> {
    let mut inner = Vec::new();
    for (key, value) in properties(table) {
        let held = if value["items"].is_object() { &value["items"] } else { value };
        if held["properties"].is_object() && key != "levels" {
            inner.push((key.clone(), held));
            inner.extend(inner_tables(held).into_iter().map(|(below, held)| (format!("{key}.{below}"), held)));
        }
    }
    inner
}

fn lines(table: &Value) -> String {
    let needed = |key: &String| table["required"].as_array().is_some_and(|keys| keys.iter().any(|one| one == key));
    let line = |(key, value): (&String, &Value)| {
        let needed = if needed(key) { "yes" } else { "" };
        format!("| `{key}` | {needed} | {} | {} |\n", said(key, value), text(value, "description"))
    };
    format!(
        "| key | needed | value | meaning |\n|---|---|---|---|\n{}",
        properties(table).map(line).collect::<String>()
    )
}

/// What a value can be, in words.
fn said(key: &str, value: &Value) -> String {
    let words = |values: Vec<&Value>| {
        let words = values.into_iter().filter_map(Value::as_str).map(|word| format!("`{word}`"));
        words.collect::<Vec<_>>().join(", ")
    };
    if let Some(values) = value["enum"].as_array() {
        return if values.len() > MOST_VALUES { "code or name".into() } else { words(values.iter().collect()) };
    }
    if let Some(choices) = value["oneOf"].as_array() {
        return words(choices.iter().map(|choice| &choice["const"]).collect());
    }
    if value["anyOf"].is_array() {
        return "number, or list of words".into();
    }
    match (text(value, "type"), text(value, "format")) {
        ("string", "date") => "date".into(),
        ("string", _) => "text".into(),
        ("boolean", _) => "`true`, `false`".into(),
        ("integer", _) => match (value["minimum"].as_u64(), value["maximum"].as_u64()) {
            (Some(least), Some(most)) if most < u64::from(u16::MAX) => format!("number, {least} to {most}"),
            _ => "number".into(),
        },
        ("object", _) if key == "levels" => "problem = `error`, `warning` or `off`".into(),
        ("object", _) => "table, below".into(),
        ("array", _) if value["items"]["properties"].is_object() => "tables, below".into(),
        ("array", _) => format!("list: {}", said(key, &value["items"])),
        (other, _) => panic!("{key}: no words for {other}"),
    }
}

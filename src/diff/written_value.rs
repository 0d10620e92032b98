//! A record that is written anew from what it says.

use std::fmt::Write as _;

use serde_json::Value;

use crate::text::Notation;

/// A record in a notation, with a line for each key. What is nothing cannot be written in TOML, and is left out there.
pub(crate) fn written_value(record: &Value, notation: Notation) -> String {
    let mut out = String::new();
    for (key, value) in entries(record, notation) {
        write_entry(key, value, notation, &mut out);
        out.push('\n');
    }
    out
}

fn entries(table: &Value, notation: Notation) -> impl Iterator<Item = (&String, &Value)> {
    let table = table.as_object().into_iter().flatten();
    table.filter(move |(_, value)| notation == Notation::Yaml || !value.is_null())
}

fn write_entry(key: &str, value: &Value, notation: Notation, out: &mut String) {
    let between = if notation == Notation::Toml { " =" } else { ":" };
    // Writing to a String cannot fail.
    let _ = write!(out, "{}{between} ", Value::from(key));
    write_value(value, notation, out);
}

fn write_value(value: &Value, notation: Notation, out: &mut String) {
    match value {
        Value::Object(_) => {
            out.push('{');
            for (position, (key, value)) in entries(value, notation).enumerate() {
                out.push_str(if position == 0 { " " } else { ", " });
                write_entry(key, value, notation, out);
            }
            out.push_str(" }");
        }
        Value::Array(list) => {
            out.push('[');
            for (position, value) in list.iter().enumerate() {
                out.push_str(if position == 0 { "" } else { ", " });
                write_value(value, notation, out);
            }
            out.push(']');
        }
        // Numbers and truths are written alike, and a text in JSON is one in both but for one character.
        other => out.push_str(&other.to_string().replace('\u{7f}', "\\u007f")),
    }
}

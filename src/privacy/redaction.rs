//! A record with other words in place of those that are left out. Every other byte stays where it is, so that lines stay
//! the same.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use serde_json::Value as Json;

use super::labels::Labels;
use crate::case::{comments, kind_of};
use crate::diff::{value_of, written_value};
use crate::records::shape::{Field, Shape, Table};
use crate::records::{Holds, RecordKind};
use crate::text::{Node, Notation, Parsed, Source, Value};

/// What stands in place of free text.
const LEFT_OUT: &str = "[left out]";

/// The keys whose text is left out where notes are.
const NOTES: [&str; 6] = ["note", "reason", "concerns", "cancelled", "declared", "evidence"];

/// The registers and bodies that are named as they are: they are nobody's name.
const KNOWN: [&str; 8] = ["UKCP", "BACP", "LCC", "SPC", "NTM", "NDT", "panel", "National Training Manager"];

/// What is left out of a record, and what stands in its place.
pub(super) enum Rules<'l> {
    /// Notes and other free text.
    WithoutNotes,
    /// Every text that somebody typed; labels stand for names and ids.
    Labelled {
        /// The labels.
        labels: &'l Labels,
        /// The kind of the record.
        kind: RecordKind,
        /// Its id.
        id: &'l str,
        /// The ids of all records.
        ids: &'l HashSet<(RecordKind, String)>,
    },
}

/// A text of a record, and where it stands.
struct Place<'f> {
    /// The key of the table that it stands in; empty at the top.
    within: &'f str,
    /// The position in the list that it stands in, or its table does.
    position: usize,
    field: &'f Field,
}

/// An edit: the bytes of a text, and what stands there instead.
pub(super) type Edit = (Range<usize>, String);

/// A record with what is left out replaced; none of a text that is no record.
pub(super) fn redacted(source: &Source, rules: &Rules<'_>) -> Option<Source> {
    let (kind, notation) = (kind_of(source.path.raw())?, Notation::of(source.path.raw())?);
    let text = source.content.as_ref().ok()?;
    let parsed = Parsed::of(notation, text);
    let shape = Shape::of_record(kind, &parsed.root);
    let (mut edits, mut root) = (Vec::new(), parsed.root.clone());
    rules.table(shape.table()?, "", 0, &mut root, &mut edits);
    if let Rules::Labelled { .. } = rules {
        edits.extend(comments(notation, text).into_iter().map(|at| (at, String::new())));
    }
    let wanted = plain(&root);
    let with = |text: String| Source { path: source.path.clone(), content: Ok(Arc::new(text)) };
    let edited = with(edited(text, notation, edits));
    if value_of(&edited).is_some_and(|value| value == wanted) {
        return Some(edited);
    }
    // Some way of writing a text has no other in its place: then the whole record is written anew.
    let anew = with(written_value(&wanted, notation));
    value_of(&anew).is_some_and(|value| value == wanted).then_some(anew)
}

impl Rules<'_> {
    fn table(&self, table: &Table, within: &str, position: usize, node: &mut Node<'_>, edits: &mut Vec<Edit>) {
        let Value::Table(entries) = &mut node.value else { return };
        for (key, value) in entries {
            if let Some(field) = table.field(&key.name) {
                self.value(&Place { within, position, field }, &field.shape, value, edits);
            }
        }
    }

    fn value(&self, place: &Place<'_>, shape: &Shape, node: &mut Node<'_>, edits: &mut Vec<Edit>) {
        match (shape, &mut node.value) {
            (Shape::Table(table), _) => self.table(table, &place.field.key, place.position, node, edits),
            (Shape::List { element, .. }, Value::List(elements)) => {
                for (position, one) in elements.iter_mut().enumerate() {
                    self.value(&Place { position, ..*place }, element, one, edits);
                }
            }
            (Shape::Text, Value::Text(text)) => {
                let Some(other) = self.instead(place, text).filter(|_| !text.trim().is_empty()) else { return };
                edits.push((node.span.clone(), other.clone()));
                *text = other.into();
            }
            _ => {}
        }
    }

    /// What stands in place of a text; none where it stays.
    fn instead(&self, place: &Place<'_>, text: &str) -> Option<String> {
        let key = place.field.key.as_str();
        if key == "notes" {
            return Some(String::new());
        }
        let Self::Labelled { labels, kind, id, ids } = self else {
            return NOTES.contains(&key).then(|| LEFT_OUT.to_owned());
        };
        let is_record = |kind: RecordKind| ids.contains(&(kind, text.to_owned()));
        Some(match place.field.facts.holds? {
            // A line manager, or whoever else stands where an id does.
            Holds::Id(RecordKind::Supervisor) if !is_record(RecordKind::Supervisor) => labels.by_name("Person", text),
            Holds::Id(kind) => labels.id(kind, text),
            Holds::Address => String::new(),
            Holds::Document => "left-out".to_owned(),
            Holds::Name => match (place.within, key) {
                ("", "name") => labels.name(*kind, id),
                ("terms", _) => format!("Term {}", place.position + 1),
                ("co_conductor", _) => labels.by_name("Co-conductor", text),
                ("line_manager", _) => labels.by_name("Line manager", text),
                (_, "convenor") => labels.by_name("Convenor", text),
                _ => labels.by_name("Person", text),
            },
            // A time zone is where a machine stands, and must be one.
            Holds::Words if key == "time_zone" => return None,
            Holds::Words if key == "present" => labels.by_name("Person", text),
            Holds::FreeText if key == "title" => labels.name(*kind, id),
            Holds::Words if key == "organisation" => labels.by_name("Organisation", text),
            Holds::Words | Holds::FreeText if KNOWN.iter().any(|known| known.eq_ignore_ascii_case(text)) => {
                return None;
            }
            Holds::FreeText if key == "about" && is_record(RecordKind::Student) => labels.id(RecordKind::Student, text),
            Holds::FreeText if place.within == "conditions" => format!("Condition {}", place.position + 1),
            Holds::Words | Holds::FreeText => LEFT_OUT.to_owned(),
        })
    }
}

/// A text with its edits, each on as many lines as before.
pub(super) fn edited(text: &str, notation: Notation, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(at, _)| at.start);
    let (mut made, mut done) = (String::with_capacity(text.len()), 0);
    for (at, other) in edits {
        let (Some(before), Some(was)) = (text.get(done..at.start), text.get(at.clone())) else { continue };
        made.push_str(before);
        if !was.starts_with('#') {
            made.push_str(&quoted(&other, was.matches('\n').count(), notation));
        }
        done = at.end;
    }
    made.push_str(text.get(done..).unwrap_or_default());
    made
}

/// A text in quotation marks, on so many more lines than one.
fn quoted(text: &str, more_lines: usize, notation: Notation) -> String {
    let word = Json::from(text).to_string();
    if more_lines == 0 {
        return word;
    }
    let inside = word.trim_matches('"');
    match notation {
        Notation::Toml => format!("\"\"\"{inside}{}\"\"\"", "\\\n".repeat(more_lines)),
        Notation::Yaml => format!("\"{inside}{}\"", "\\\n                    ".repeat(more_lines)),
    }
}

/// What a tree says, as it is compared.
fn plain(node: &Node<'_>) -> Json {
    match &node.value {
        Value::Table(entries) => {
            Json::Object(entries.iter().map(|(key, node)| (key.name.to_string(), plain(node))).collect())
        }
        Value::List(nodes) => Json::Array(nodes.iter().map(plain).collect()),
        Value::Text(words) => Json::String(words.to_string()),
        Value::Integer(number) => Json::from(*number),
        Value::Boolean(yes) => Json::Bool(*yes),
        Value::Date(date) => Json::String((*date).to_owned()),
        Value::Float | Value::Null => Json::Null,
    }
}

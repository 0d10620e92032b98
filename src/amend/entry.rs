//! A table that is to stand in a record, before it is written in a notation.

use super::quote::{plain_or_quoted, quoted};
use crate::calendar::Day;

/// The table within a table that is too long to stand in braces.
pub(super) const HEADED: &str = "competencies";

/// The keys of a table and what they say, in the order in which they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry(pub(super) Vec<(&'static str, Field)>);

/// What a key says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// A day.
    Day(Day),
    /// A whole number.
    Number(u32),
    /// `true`.
    Yes,
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Field>),
    /// A table.
    Table(Entry),
}

impl Entry {
    /// `{ date = 2025-10-07, minutes = 90 }`, numbers set to the right in columns of a width.
    pub(super) fn toml_inline(&self, column: &dyn Fn(&str) -> usize) -> String {
        let fields = self.0.iter().map(|(key, field)| match field {
            Field::Number(number) => format!("{key} = {number:>width$}", width = column(key)),
            field => format!("{key} = {}", field.toml()),
        });
        let fields: Vec<_> = fields.collect();
        format!("{{ {} }}", fields.join(", "))
    }

    /// A line for each key; a list of tables has a line for each of them.
    pub(super) fn toml_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (key, field) in &self.0 {
            match field {
                Field::List(list) if list.len() > 1 && matches!(list[0], Field::Table(_)) => {
                    lines.push(format!("{key} = ["));
                    lines.extend(list.iter().map(|one| format!("  {},", one.toml())));
                    lines.push("]".to_owned());
                }
                field => lines.push(format!("{key} = {}", field.toml())),
            }
        }
        lines
    }

    /// The lines below `[[name]]`, the header included; the competencies have a header of their own, after all else.
    pub(super) fn toml_table(&self, name: &str) -> Vec<String> {
        let mut lines = vec![format!("[[{name}]]")];
        let (tables, plain): (Vec<_>, Vec<_>) = self.0.iter().partition(|(key, _)| *key == HEADED);
        lines.extend(plain.iter().map(|(key, field)| format!("{key} = {}", field.toml())));
        for (key, field) in tables {
            let Field::Table(table) = field else { continue };
            lines.push(format!("[{name}.{key}]"));
            lines.extend(table.0.iter().map(|(key, field)| format!("{key} = {}", field.toml())));
        }
        lines
    }

    /// `{ date: 2025-10-07, minutes: 90 }`.
    pub(super) fn yaml_flow(&self) -> String {
        let fields: Vec<_> = self.0.iter().map(|(key, field)| format!("{key}: {}", field.yaml())).collect();
        format!("{{ {} }}", fields.join(", "))
    }

    /// A line for each key, without indentation; the competencies are indented by two below their key.
    pub(super) fn yaml_block(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (key, field) in &self.0 {
            match field {
                Field::Table(table) if *key == HEADED => {
                    lines.push(format!("{key}:"));
                    lines.extend(table.yaml_block().into_iter().map(|line| format!("  {line}")));
                }
                field => lines.push(format!("{key}: {}", field.yaml())),
            }
        }
        lines
    }

    /// Whether a table stands in it.
    pub(super) fn has_table(&self) -> bool {
        self.0.iter().any(|(_, field)| matches!(field, Field::Table(_)))
    }

    /// What a key says.
    pub(super) fn get(&self, key: &str) -> Option<&Field> {
        self.0.iter().find(|(known, _)| *known == key).map(|(_, field)| field)
    }
}

impl Field {
    /// The value as TOML writes it.
    pub(super) fn toml(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::List(list) => format!("[{}]", list.iter().map(Self::toml).collect::<Vec<_>>().join(", ")),
            Self::Table(table) => table.toml_inline(&|_| 0),
            Self::Day(_) | Self::Number(_) | Self::Yes => self.bare(),
        }
    }

    /// The value as YAML writes it, on one line.
    pub(super) fn yaml(&self) -> String {
        match self {
            Self::Text(text) => plain_or_quoted(text),
            Self::List(list) => format!("[{}]", list.iter().map(Self::yaml).collect::<Vec<_>>().join(", ")),
            Self::Table(table) => table.yaml_flow(),
            Self::Day(_) | Self::Number(_) | Self::Yes => self.bare(),
        }
    }

    fn bare(&self) -> String {
        match self {
            Self::Day(day) => day.iso(),
            Self::Number(number) => number.to_string(),
            _ => "true".to_owned(),
        }
    }
}

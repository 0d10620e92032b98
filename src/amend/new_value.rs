//! A table that is to stand in a record, before it is written in a notation.

use serde::Serialize;
use serde_json::Value as Json;

use super::quote::{plain_or_quoted, quoted};
use crate::calendar::Day;
use crate::records::shape::{Field, Shape, Table};
use crate::text::visible;

/// What the keys of a table say, in the order in which they are written: that of the format, and what has a header of its
/// own after all else.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NewTable {
    keys: &'static Table,
    /// Whether it stands below a header of its own within a table, as it is too long for braces.
    pub(super) has_header: bool,
    pub(super) said: Vec<(&'static str, NewValue)>,
}

/// What a key says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum NewValue {
    /// A day.
    Day(Day),
    /// A whole number.
    Number(u32),
    /// `true` or `false`.
    Truth(bool),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<NewValue>),
    /// A table.
    Table(NewTable),
    /// A text for each of some days, a line each.
    ByDay(Vec<(Day, String)>),
}

impl NewTable {
    /// What a record says, or a table in one. What is not needed and says nothing is left out.
    pub(super) fn of(record: &impl Serialize, keys: &'static Table) -> Self {
        Self::of_json(&serde_json::to_value(record).unwrap_or_default(), keys, false)
    }

    /// A table that says one thing.
    pub(super) fn with(key: &'static str, value: NewValue, keys: &'static Table) -> Self {
        Self { keys, has_header: false, said: vec![(key, value)] }
    }

    /// The same table, of which only what stands at some keys is kept.
    pub(super) fn only(mut self, is_kept: impl Fn(&str) -> bool) -> Self {
        self.said.retain(|(key, _)| is_kept(key));
        self
    }

    fn of_json(json: &Json, keys: &'static Table, has_header: bool) -> Self {
        let said = |field: &'static Field| {
            let there = json.get(&field.key)?;
            let value = NewValue::of_json(there, &field.shape, field.facts.has_header)?;
            let is_said = field.required || !value.is_empty() && field.default.as_ref() != Some(there);
            is_said.then_some((field.key.as_str(), value))
        };
        Self { keys, has_header, said: keys.fields.iter().filter_map(said).collect() }.in_order()
    }

    /// Adds what is not said yet.
    pub(super) fn and(mut self, more: impl IntoIterator<Item = (&'static str, NewValue)>) -> Self {
        self.said.extend(more);
        self.in_order()
    }

    fn in_order(mut self) -> Self {
        let keys = self.keys;
        let position = |key: &str| keys.fields.iter().position(|field| field.key == key);
        self.said.sort_by_key(|(key, value)| (value.has_header(), position(key)));
        self
    }

    /// `{ date = 2025-10-07, minutes = 90 }`, numbers set to the right in columns of a width.
    pub(super) fn toml_inline(&self, column: &dyn Fn(&str) -> usize) -> String {
        let fields = self.said.iter().map(|(key, field)| match field {
            NewValue::Number(number) => format!("{key} = {number:>width$}", width = column(key)),
            field => format!("{key} = {}", field.toml()),
        });
        let fields: Vec<_> = fields.collect();
        format!("{{ {} }}", fields.join(", "))
    }

    /// A line for each key; a list of tables has a line for each of them.
    pub(super) fn toml_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (key, field) in &self.said {
            match field {
                NewValue::List(list) if list.len() > 1 && matches!(list[0], NewValue::Table(_)) => {
                    lines.push(format!("{key} = ["));
                    lines.extend(list.iter().map(|one| format!("  {},", one.toml())));
                    lines.push("]".to_owned());
                }
                field => lines.push(format!("{key} = {}", field.toml())),
            }
        }
        lines
    }

    /// The lines below `[[name]]`, the header included, and after all else the tables that have a header of their own.
    pub(super) fn toml_entry(&self, name: &str) -> Vec<String> {
        let mut lines = vec![format!("[[{name}]]")];
        let (tables, plain): (Vec<_>, Vec<_>) = self.said.iter().partition(|(_, value)| value.has_header());
        lines.extend(plain.iter().map(|(key, field)| format!("{key} = {}", field.toml())));
        for (key, field) in tables {
            lines.push(format!("[{name}.{key}]"));
            match field {
                NewValue::Table(table) => {
                    lines.extend(table.said.iter().map(|(key, field)| format!("{key} = {}", field.toml())));
                }
                NewValue::ByDay(texts) => {
                    lines.extend(texts.iter().map(|(day, text)| format!("{} = {}", day.iso(), quoted(text))));
                }
                _ => {}
            }
        }
        lines
    }

    /// `{ date: 2025-10-07, minutes: 90 }`.
    pub(super) fn yaml_flow(&self) -> String {
        let fields: Vec<_> = self.said.iter().map(|(key, field)| format!("{key}: {}", field.yaml())).collect();
        format!("{{ {} }}", fields.join(", "))
    }

    /// A line for each key, without indentation; what has a header of its own in TOML is indented by two below its key.
    pub(super) fn yaml_block(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (key, field) in &self.said {
            match field {
                NewValue::Table(table) if table.has_header => {
                    lines.push(format!("{key}:"));
                    lines.extend(table.yaml_block().into_iter().map(|line| format!("  {line}")));
                }
                NewValue::ByDay(texts) if !texts.is_empty() => {
                    lines.push(format!("{key}:"));
                    lines.extend(texts.iter().map(|(day, text)| format!("  {}: {}", day.iso(), quoted(text))));
                }
                field => lines.push(format!("{key}: {}", field.yaml())),
            }
        }
        lines
    }

    /// Whether a table stands in it.
    pub(super) fn has_table(&self) -> bool {
        self.said.iter().any(|(_, field)| matches!(field, NewValue::Table(_) | NewValue::ByDay(_)))
    }

    /// What a key says.
    pub(super) fn get(&self, key: &str) -> Option<&NewValue> {
        self.said.iter().find(|(known, _)| *known == key).map(|(_, field)| field)
    }
}

impl NewValue {
    /// What a record says at a key; none where that is nothing.
    pub(super) fn of_json(json: &Json, shape: &'static Shape, has_header: bool) -> Option<Self> {
        Some(match (json, shape) {
            (Json::String(text), Shape::Date) => Self::Day(Day::parse(text)?),
            (Json::String(text), _) => Self::Text(text.clone()),
            (Json::Number(number), _) => Self::Number(u32::try_from(number.as_u64()?).ok()?),
            (Json::Array(list), Shape::List { element, .. }) => {
                Self::List(list.iter().filter_map(|one| Self::of_json(one, element, false)).collect())
            }
            (Json::Array(_), Shape::Either(choices)) => {
                let list = choices.iter().find(|choice| matches!(choice, Shape::List { .. }))?;
                Self::of_json(json, list, false)?
            }
            (Json::Object(_), Shape::Table(keys)) => Self::Table(NewTable::of_json(json, keys, has_header)),
            (Json::Object(texts), Shape::TextByDay) => {
                let text = |(day, text): (&String, &Json)| Some((Day::parse(day)?, text.as_str()?.to_owned()));
                Self::ByDay(texts.iter().filter_map(text).collect())
            }
            (Json::Bool(yes), _) => Self::Truth(*yes),
            _ => return None,
        })
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::List(list) => list.is_empty(),
            Self::Table(table) => table.said.is_empty(),
            Self::ByDay(texts) => texts.is_empty(),
            _ => false,
        }
    }

    fn has_header(&self) -> bool {
        match self {
            Self::Table(table) => table.has_header,
            Self::ByDay(_) => true,
            _ => false,
        }
    }

    /// The value as TOML writes it.
    pub(super) fn toml(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::List(list) => format!("[{}]", list.iter().map(Self::toml).collect::<Vec<_>>().join(", ")),
            Self::Table(table) => table.toml_inline(&|_| 0),
            Self::ByDay(texts) => by_day(texts, " ="),
            Self::Day(_) | Self::Number(_) | Self::Truth(_) => self.bare(),
        }
    }

    /// The value as YAML writes it, on one line.
    pub(super) fn yaml(&self) -> String {
        match self {
            Self::Text(text) => plain_or_quoted(text),
            Self::List(list) => format!("[{}]", list.iter().map(Self::yaml).collect::<Vec<_>>().join(", ")),
            Self::Table(table) => table.yaml_flow(),
            Self::ByDay(texts) => by_day(texts, ":"),
            Self::Day(_) | Self::Number(_) | Self::Truth(_) => self.bare(),
        }
    }

    /// The same as plain values; a day is its text.
    pub(super) fn json(&self) -> Json {
        match self {
            Self::Day(day) => day.iso().into(),
            Self::Number(number) => (*number).into(),
            Self::Truth(yes) => (*yes).into(),
            Self::Text(text) => text.as_str().into(),
            Self::List(list) => list.iter().map(Self::json).collect(),
            Self::Table(table) => Json::Object(table.said.iter().map(|(key, it)| ((*key).into(), it.json())).collect()),
            Self::ByDay(texts) => {
                Json::Object(texts.iter().map(|(day, text)| (day.iso(), text.as_str().into())).collect())
            }
        }
    }

    /// What a key says, as part of a sentence; safe to show.
    pub(super) fn phrase(&self, key: &str) -> String {
        match self {
            Self::Truth(true) => key.to_owned(),
            Self::Truth(false) => format!("not {key}"),
            Self::Text(text) => format!("{key} {}", visible(text)),
            Self::Day(day) => format!("{key} {day}"),
            Self::Number(number) => format!("{key} {number}"),
            Self::List(_) | Self::Table(_) | Self::ByDay(_) => format!("{key} {}", visible(&self.yaml())),
        }
    }

    fn bare(&self) -> String {
        match self {
            Self::Day(day) => day.iso(),
            Self::Number(number) => number.to_string(),
            Self::Truth(yes) => yes.to_string(),
            _ => String::new(),
        }
    }
}

/// `{ 2025-10-06 = "9f2c41d0" }`: quoted, for a digest can look like a number.
fn by_day(texts: &[(Day, String)], is: &str) -> String {
    let texts: Vec<_> = texts.iter().map(|(day, text)| format!("{}{is} {}", day.iso(), quoted(text))).collect();
    format!("{{ {} }}", texts.join(", "))
}

/// Whether all that an entry says is said: what somebody has added by hand since takes nothing from it.
pub(super) fn is_within(entry: &NewTable, there: &NewTable) -> bool {
    agrees(entry, there) && lacking(entry, there).is_none()
}

/// Whether nothing that an entry says is said otherwise.
pub(super) fn agrees(new: &NewTable, there: &NewTable) -> bool {
    otherwise(new, there).is_none()
}

/// The first key at which an entry says something else than the one that is there.
pub(super) fn otherwise(new: &NewTable, there: &NewTable) -> Option<&'static str> {
    let is_other = |(key, said): &&(&'static str, NewValue)| match (said, there.get(key)) {
        (NewValue::Table(said), Some(NewValue::Table(other))) => !agrees(said, other),
        (said, other) => other.is_some_and(|other| other != said),
    };
    new.said.iter().find(is_other).map(|(key, _)| *key)
}

/// The first thing that an entry says and the one that is there leaves open, with the key of the table that it is in.
pub(super) fn lacking(new: &NewTable, there: &NewTable) -> Option<(Option<&'static str>, &'static str, NewValue)> {
    new.said.iter().find_map(|(key, said)| match (said, there.get(key)) {
        (_, None) => Some((None, *key, said.clone())),
        (NewValue::Table(said), Some(NewValue::Table(other))) => {
            let (_, inner, said) = lacking(said, other)?;
            Some((Some(*key), inner, said))
        }
        _ => None,
    })
}

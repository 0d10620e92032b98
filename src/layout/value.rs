//! Values as the layout writes them.

use std::collections::HashMap;

use toml_edit::{Array, InlineTable, RawString, Value};

use super::comments::{Between, trailing};
use super::order::Keys;
use super::unsupported_layout::{Odd, Oddity, Within};
use crate::calendar::Day;
use crate::text::newer_escapes;

/// A list that would make a longer line than this has a line for each element.
const LONGEST_LINE: usize = 100;

/// How wide the numbers of each key are, in a list in which they stand below one another.
type Columns = HashMap<String, usize>;

/// A value on its key's line; a list may go on below it.
pub(super) fn value(value: &Value, keys: Keys) -> Result<String, Odd> {
    one(value, keys, &Columns::new())
}

/// The sessions of a log: a line for each in order of date, numbers in columns.
pub(super) fn sessions(value: &Value, keys: Keys) -> Result<String, Odd> {
    match value {
        Value::Array(array) if !array.is_empty() => {
            let keys = keys.element();
            let columns = columns(array);
            let mut elements = Elements::of(array, |element| one(element, keys, &columns))?;
            let dates: Option<Vec<_>> = array.iter().map(date).collect();
            if let Some(dates) = dates {
                elements.sort_by(&dates);
            }
            Ok(elements.on_lines())
        }
        _ => self::value(value, keys),
    }
}

fn one(value: &Value, keys: Keys, columns: &Columns) -> Result<String, Odd> {
    match value {
        Value::String(text) => {
            let day = Day::parse(text.value()).filter(|_| keys.is_date());
            Ok(day.map_or_else(|| of_every_toml(&text.display_repr()), Day::iso))
        }
        Value::Integer(number) => Ok(number.display_repr().into_owned()),
        Value::Float(number) => Ok(number.display_repr().into_owned()),
        Value::Boolean(yes) => Ok(yes.display_repr().into_owned()),
        Value::Datetime(date) => Ok(date.display_repr().into_owned()),
        Value::InlineTable(table) => inline(table, keys, columns),
        Value::Array(array) => list(array, keys.element()),
    }
}

/// A text in quotes with the escapes that every TOML knows.
fn of_every_toml(written: &str) -> String {
    if !written.starts_with('"') {
        return written.to_owned();
    }
    let (mut made, mut from) = (String::new(), 0);
    for (at, escape, plain) in newer_escapes(written) {
        made.push_str(&written[from..at]);
        made.push_str(&plain);
        from = at + escape.len();
    }
    made + &written[from..]
}

fn list(array: &Array, keys: Keys) -> Result<String, Odd> {
    let elements = Elements::of(array, |element| one(element, keys, &Columns::new()))?;
    let short = elements.on_one_line();
    let needs_lines = array.len() > 1 && (array.iter().any(Value::is_inline_table) || short.len() > LONGEST_LINE);
    Ok(if needs_lines || elements.have_comments() { elements.on_lines() } else { short })
}

/// A list in braces, which all stands on one line.
fn list_in_braces(array: &Array, keys: Keys) -> Result<String, Odd> {
    let elements = Elements::of(array, |element| match element {
        Value::Array(inner) => list_in_braces(inner, keys.element()),
        element => one(element, keys, &Columns::new()),
    })?;
    if elements.have_comments() { Err(Odd::new(Oddity::Comment)) } else { Ok(elements.on_one_line()) }
}

/// `{ a = 1, b = 2 }`.
fn inline(table: &InlineTable, keys: Keys, columns: &Columns) -> Result<String, Odd> {
    let mut fields = Vec::new();
    for (name, value) in table {
        let key = table.key(name).ok_or(Odd::new(Oddity::PartOfTable))?;
        if matches!(value, Value::InlineTable(inner) if inner.is_dotted()) {
            return Err(Odd::new(Oddity::PartOfTable)).in_key(name);
        }
        let around = [key.leaf_decor(), value.decor()].map(|decor| [decor.prefix(), decor.suffix()]);
        if around.into_iter().flatten().any(|between| raw(between).contains('#')) {
            return Err(Odd::new(Oddity::Comment)).in_key(name);
        }
        let width = columns.get(name).copied().unwrap_or(0);
        let keys_of = keys.under(name);
        let written = match value {
            Value::Array(array) => list_in_braces(array, keys_of.element()),
            value => one(value, keys_of, &Columns::new()),
        };
        let written = written.in_key(name)?;
        fields.push((keys.position(name), format!("{} = {written:>width$}", bare(key))));
    }
    if raw(Some(table.trailing())).contains('#') {
        return Err(Odd::new(Oddity::Comment));
    }
    fields.sort_by_key(|(position, _)| *position);
    let fields: Vec<_> = fields.into_iter().map(|(_, field)| field).collect();
    Ok(if fields.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", fields.join(", ")) })
}

/// A key without quotes, where it needs none.
pub(super) fn bare(key: &toml_edit::Key) -> String {
    let needs_none = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let name = key.get();
    if !name.is_empty() && name.chars().all(needs_none) { name.to_owned() } else { key.display_repr().into_owned() }
}

pub(super) fn raw(text: Option<&RawString>) -> &str {
    text.and_then(RawString::as_str).unwrap_or_default()
}

fn columns(array: &Array) -> Columns {
    let mut columns = Columns::new();
    for (name, value) in array.iter().filter_map(Value::as_inline_table).flat_map(InlineTable::iter) {
        if let Value::Integer(number) = value {
            let width = columns.entry(name.to_owned()).or_default();
            *width = (*width).max(number.display_repr().len());
        }
    }
    columns
}

fn date(value: &Value) -> Option<String> {
    match value.as_inline_table()?.get("date")? {
        Value::Datetime(date) => Some(date.display_repr().into_owned()),
        Value::String(text) => Some(text.value().clone()),
        _ => None,
    }
}

/// The elements of a list with what stands between them.
struct Elements {
    /// The comment after the bracket.
    opening: String,
    among: Vec<Element>,
    /// The comments before the last bracket.
    closing: Vec<String>,
}

struct Element {
    above: Vec<String>,
    written: String,
    trailing: String,
}

impl Elements {
    fn of(array: &Array, write: impl Fn(&Value) -> Result<String, Odd>) -> Result<Self, Odd> {
        let mut all = Self { opening: String::new(), among: Vec::new(), closing: Vec::new() };
        for (position, value) in array.iter().enumerate() {
            let above = all.begin(raw(value.decor().prefix())).in_element(position)?;
            // Before the comma, or where there is none before the bracket.
            let (line, below) = raw(value.decor().suffix()).split_once('\n').unwrap_or_default();
            all.among.push(Element { above, written: write(value).in_element(position)?, trailing: trailing(line) });
            all.closing = Between::of(below).above();
            if all.among.len() < array.len() && !all.closing.is_empty() {
                return Err(Odd::new(Oddity::Comment)).in_element(position);
            }
        }
        let last = array.trailing().as_str().unwrap_or_default();
        let below = all.begin(last)?;
        all.closing.extend(below);
        Ok(all)
    }

    /// Takes what stands before an element or the last bracket: the rest of the line belongs to what came before.
    fn begin(&mut self, before: &str) -> Result<Vec<String>, Odd> {
        let Some((rest_of_line, below)) = before.split_once('\n') else { return Ok(Vec::new()) };
        let comment = trailing(rest_of_line);
        let place = self.among.last_mut().map_or(&mut self.opening, |last| &mut last.trailing);
        if !comment.is_empty() && !place.is_empty() {
            return Err(Odd::new(Oddity::Comment));
        }
        if !comment.is_empty() {
            *place = comment;
        }
        Ok(Between::of(below).above())
    }

    fn have_comments(&self) -> bool {
        let has = |element: &Element| !element.above.is_empty() || !element.trailing.is_empty();
        !self.opening.is_empty() || !self.closing.is_empty() || self.among.iter().any(has)
    }

    fn sort_by(&mut self, dates: &[String]) {
        let mut pairs: Vec<_> = dates.iter().zip(std::mem::take(&mut self.among)).collect();
        pairs.sort_by_key(|(date, _)| *date);
        self.among = pairs.into_iter().map(|(_, element)| element).collect();
    }

    fn on_one_line(&self) -> String {
        let written: Vec<_> = self.among.iter().map(|element| element.written.as_str()).collect();
        format!("[{}]", written.join(", "))
    }

    fn on_lines(&self) -> String {
        let mut lines = vec![format!("[{}", self.opening)];
        let indented = |line: &String| if line.is_empty() { String::new() } else { format!("  {line}") };
        for (number, element) in self.among.iter().enumerate() {
            // Above the first there is the bracket, and no blank line.
            let above = element.above.iter().skip_while(|line| number == 0 && line.is_empty());
            lines.extend(above.map(indented));
            lines.push(format!("  {},{}", element.written, element.trailing));
        }
        lines.extend(self.closing.iter().map(indented));
        lines.push("]".to_owned());
        lines.join("\n")
    }
}

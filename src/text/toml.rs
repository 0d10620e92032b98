//! From a text in TOML to a tree.

use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

use super::node::{Key, Node, Value};
use super::parsed::{FAULTS_LISTED, Parsed};
use super::toml_depth::is_too_deep;
use super::toml_faults;

/// Reads a text as a tree, with all that is wrong in its notation.
pub fn parse(text: &str) -> Parsed<'_> {
    let empty = Node { span: 0..0, value: Value::Table(Vec::new()) };
    let mut parsed = Parsed { root: empty, faults: Vec::new(), whole: true, impossible_dates: Vec::new() };
    if is_too_deep(text) {
        parsed.faults.push(toml_faults::too_deep(0..0));
        parsed.whole = false;
        return parsed;
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        parsed.take(text, &error);
        if parsed.faults.len() == FAULTS_LISTED {
            break;
        }
    }
    parsed.faults.sort_by_key(|fault| fault.span.start);
    // One slip is often reported twice over: as what is there, and as what is missing there.
    parsed.faults.dedup_by_key(|fault| fault.span.start);
    parsed.root.value = Value::Table(entries(text, table.into_inner()));
    parsed
}

impl Parsed<'_> {
    fn take(&mut self, text: &str, error: &Error) {
        let span = within(text, error.span().unwrap_or_default());
        let written = text.get(span.clone()).unwrap_or_default();
        if toml_faults::is_of_date(error.message()) && looks_like_date(written) {
            self.impossible_dates.push(span);
            return;
        }
        // A key that is there twice is left out the second time: all else is in the tree.
        self.whole &= error.message() == toml_faults::DUPLICATE_KEY;
        self.faults.push(toml_faults::fault(text, span, error.message()));
    }
}

fn within(text: &str, span: Range<usize>) -> Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

fn looks_like_date(written: &str) -> bool {
    written.starts_with(|c: char| c.is_ascii_digit())
        && written.bytes().all(|b| b.is_ascii_digit() || b"-:.+TtZz ".contains(&b))
}

fn entries<'t>(text: &'t str, table: DeTable<'t>) -> Vec<(Key<'t>, Node<'t>)> {
    table
        .into_iter()
        .map(|(key, value)| {
            let span = key.span();
            (Key { name: key.into_inner(), span }, node(text, value.span(), value.into_inner()))
        })
        .collect()
}

fn node<'t>(text: &'t str, span: Range<usize>, value: DeValue<'t>) -> Node<'t> {
    let value = match value {
        DeValue::Table(table) => Value::Table(entries(text, table)),
        DeValue::Array(list) => Value::List(
            list.into_iter()
                .map(|element| {
                    let span = element.span();
                    node(text, span, element.into_inner())
                })
                .collect(),
        ),
        DeValue::String(string) => Value::Text(string),
        DeValue::Integer(number) => {
            let nearest = if number.as_str().starts_with('-') { i64::MIN } else { i64::MAX };
            Value::Integer(i64::from_str_radix(number.as_str(), number.radix()).unwrap_or(nearest))
        }
        DeValue::Float(_) => Value::Float,
        DeValue::Boolean(yes) => Value::Boolean(yes),
        DeValue::Datetime(_) => Value::Date(text.get(span.clone()).unwrap_or_default()),
    };
    Node { span, value }
}

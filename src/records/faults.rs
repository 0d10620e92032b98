//! Everything that is wrong with a tree as a record, found in one walk against its shape.

use std::borrow::Cow;
use std::ops::Range;

use super::RecordKind;
use super::fault_words::{self as words, Home, Keys};
use super::shape::{Shape, Table};
use crate::text::{FAULTS_LISTED, Fault, Key, Node, Notation, Value};

/// Every way in which a tree is not the record that it should be, in the order of the text, at most
/// [`FAULTS_LISTED`]; none exactly where the record's type reads it.
pub(super) fn faults(kind: RecordKind, notation: Notation, text: &str, tree: &Node<'_>) -> Vec<Fault> {
    let shape = Shape::of_record(kind, tree);
    let top = if let Shape::Table(top) = shape { Some(top) } else { None };
    let mut walk = Walk { kind, notation, text, top, faults: Vec::new(), slipped: Vec::new(), missing: Vec::new() };
    walk.value(&Name { key: "", is_element: false }, tree, shape);
    let slipped = walk.slipped;
    walk.faults.extend(walk.missing.into_iter().filter(|(key, _)| !slipped.contains(key)).map(|(_, fault)| fault));
    walk.faults.sort_by_key(|fault| fault.span.start);
    walk.faults
}

struct Walk<'a> {
    kind: RecordKind,
    notation: Notation,
    text: &'a str,
    top: Option<&'a Table>,
    faults: Vec<Fault>,
    /// Keys of the top that stand in a table below it.
    slipped: Vec<String>,
    /// Keys that the top has not: of one that slipped only that is said.
    missing: Vec<(String, Fault)>,
}

/// What a value is called in a message; the record itself has no key.
struct Name<'n> {
    key: &'n str,
    is_element: bool,
}

impl Name<'_> {
    fn is_top(&self) -> bool {
        self.key.is_empty()
    }

    fn shown(&self) -> String {
        match (self.is_top(), self.is_element) {
            (true, _) => "the file".to_owned(),
            (_, true) => format!("an entry of `{}`", self.key),
            _ => format!("`{}`", self.key),
        }
    }
}

impl Walk<'_> {
    fn value(&mut self, name: &Name<'_>, node: &Node<'_>, shape: &Shape) {
        if self.faults.len() >= FAULTS_LISTED {
            return;
        }
        let shape = shape.meant_for(&node.value);
        match (&node.value, shape) {
            (Value::Table(entries), Shape::Table(table)) => self.table(name, node, entries, table),
            (Value::List(elements), Shape::List { element, needs_one, most }) => {
                if *needs_one && elements.is_empty() {
                    self.faults.push(words::empty_list(node.span.clone(), name.key, self.notation));
                }
                for value in elements.iter().take(*most) {
                    self.value(&Name { is_element: true, ..*name }, value, element);
                }
                if let Some(beyond) = elements.get(*most) {
                    self.faults.push(words::long_list(beyond.span.clone(), name.key, *most));
                }
            }
            (value, shape) if shape.fits(value) => {}
            _ => {
                let written = self.text.get(node.span.clone()).unwrap_or_default();
                let fault = words::wrong_value(&name.shown(), name.key, node, shape, written, self.notation);
                self.faults.push(fault);
            }
        }
    }

    fn table(&mut self, name: &Name<'_>, node: &Node<'_>, entries: &[(Key<'_>, Node<'_>)], table: &Table) {
        let has = |key: &str| node.get(key).is_some();
        let free: Vec<&str> = table.fields.iter().map(|field| &*field.key).filter(|key| !has(key)).collect();
        for (key, value) in entries {
            match table.field(&key.name) {
                Some(field) => {
                    self.value(&Name { key: &field.key, is_element: false }, value, &field.shape);
                }
                None => self.unknown(name, key, value, table, entries),
            }
        }
        let span = if name.is_top() { 0..0 } else { node.span.clone() };
        let owner = match (name.is_top(), name.is_element) {
            (true, _) => words::record_title(self.kind, table),
            (_, true) => format!("this entry of `{}`", name.key),
            _ => format!("`{}`", name.key),
        };
        let above = name.is_top() && self.notation == Notation::Toml && has_header(self.text);
        for field in table.fields.iter().filter(|field| field.required && free.contains(&&*field.key)) {
            let fault = words::missing(span.clone(), &owner, field, above, self.notation);
            if name.is_top() {
                self.missing.push((field.key.clone(), fault));
            } else {
                self.faults.push(fault);
            }
        }
        if !table.one_of.is_empty() && !table.one_of.iter().any(|key| has(key)) {
            self.faults.push(words::none_of(span.clone(), &owner, table, self.notation));
        }
        if table.is_contrary(entries) {
            self.faults.push(words::not_both(span, &owner, table));
        }
    }

    fn unknown(
        &mut self,
        name: &Name<'_>,
        key: &Key<'_>,
        value: &Node<'_>,
        table: &Table,
        entries: &[(Key<'_>, Node<'_>)],
    ) {
        if self.faults.len() >= FAULTS_LISTED {
            return;
        }
        let (mut free, mut taken) = (Vec::new(), Vec::new());
        for field in &table.fields {
            match entries.iter().find(|(other, _)| other.name == field.key) {
                Some((other, _)) => taken.push((field.key.as_str(), self.line(other.span.start))),
                None => free.push(field.key.as_str()),
            }
        }
        let home = self.home(name, key, value);
        if matches!(home, Some(Home::Top)) {
            self.slipped.push(key.name.clone().into_owned());
        }
        let owner = if name.is_top() { words::record_title(self.kind, table) } else { format!("`{}`", name.key) };
        let keys = Keys { free: &free, taken: &taken };
        self.faults.push(words::unknown_key(key.span.clone(), &key.name, &owner, home, keys, self.notation));
    }

    fn line(&self, at: usize) -> usize {
        self.text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
    }

    /// Where a key that is unknown here has its place.
    fn home(&self, name: &Name<'_>, key: &Key<'_>, value: &Node<'_>) -> Option<Home> {
        let top = self.top?;
        if !name.is_top() && top.field(&key.name).is_some() {
            let is_plain = !matches!(value.value, Value::Table(_));
            return is_plain.then_some(Home::Top);
        }
        let mut tables = Vec::new();
        for field in &top.fields {
            let (inner, is_list) = match &field.shape {
                Shape::Table(inner) => (inner, false),
                Shape::List { element, .. } => match &**element {
                    Shape::Table(inner) => (inner, true),
                    _ => continue,
                },
                _ => continue,
            };
            if field.key != name.key && inner.field(&key.name).is_some() {
                tables.push((field.key.clone(), is_list));
            }
        }
        (!tables.is_empty()).then_some(Home::Tables(tables))
    }
}

/// Whether a table of TOML begins somewhere with a line of its own.
fn has_header(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with('['))
}

/// Dates of a text that its notation refuses already, said as the record would say it.
pub(super) fn impossible_dates(text: &str, spans: &[Range<usize>]) -> Vec<Fault> {
    spans
        .iter()
        .map(|span| {
            let written = text.get(span.clone()).unwrap_or_default();
            let node = Node { span: span.clone(), value: Value::Text(Cow::Borrowed(written)) };
            words::wrong_value("this date", "", &node, &Shape::Date, written, Notation::Toml)
        })
        .collect()
}

//! One tree of values for both notations, in which every value and every key knows where it stands.

use std::borrow::Cow;
use std::ops::Range;

use super::{Path, Step};

/// A value, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'t> {
    /// The bytes of the text: of a text with its quotes, of a table or list with its brackets. A table that a
    /// header opens stands where the header does, one without brackets where its first key does.
    pub span: Range<usize>,
    /// The value.
    pub value: Value<'t>,
}

/// A key of a table, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key<'t> {
    /// The key itself, without quotes.
    pub name: Cow<'t, str>,
    /// The bytes of the text, quotes included.
    pub span: Range<usize>,
}

/// What a record can hold, in whatever notation. The tree of a text is nested less than 200 deep.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'t> {
    /// A table; no key is there twice. The order means nothing.
    Table(Vec<(Key<'t>, Node<'t>)>),
    /// A list.
    List(Vec<Node<'t>>),
    /// A text.
    Text(Cow<'t, str>),
    /// A whole number; one that does not fit is the nearest that does.
    Integer(i64),
    /// A number with a fraction.
    Float,
    /// `true` or `false`.
    Boolean(bool),
    /// A date of TOML as it is written: it may have a time, and it need not exist.
    Date(&'t str),
    /// YAML's `null`, `~` or nothing at all.
    Null,
}

impl<'t> Node<'t> {
    /// The entries, where it is a table.
    pub fn entries(&self) -> &[(Key<'t>, Node<'t>)] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The elements, where it is a list.
    pub fn elements(&self) -> &[Node<'t>] {
        match &self.value {
            Value::List(elements) => elements,
            _ => &[],
        }
    }

    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The entry of a table with a key.
    pub fn entry(&self, key: &str) -> Option<&(Key<'t>, Node<'t>)> {
        self.entries().iter().find(|(known, _)| known.name == key)
    }

    /// The value that a table has under a key.
    pub fn get(&self, key: &str) -> Option<&Node<'t>> {
        self.entry(key).map(|(_, value)| value)
    }

    /// The value at a path, where there is one.
    pub fn at(&self, path: &Path) -> Option<&Node<'t>> {
        path.steps().try_fold(self, |here, step| match step {
            Step::Key(key) => here.get(key),
            Step::Index(index) => here.elements().get(index as usize),
        })
    }

    /// The value at a path with its key, or else the nearest around it without; none where that is this value.
    pub fn follow(&self, path: &Path) -> Option<(Option<&Key<'t>>, &Node<'t>)> {
        let mut found: Option<(Option<&Key<'t>>, &Node<'t>)> = None;
        for step in path.steps() {
            let here = found.map_or(self, |(_, value)| value);
            let next = match step {
                Step::Key(key) => here.entry(key).map(|(key, value)| (Some(key), value)),
                Step::Index(index) => here.elements().get(index as usize).map(|value| (None, value)),
            };
            if next.is_none() {
                return found.map(|(_, value)| (None, value));
            }
            found = next;
        }
        found
    }
}

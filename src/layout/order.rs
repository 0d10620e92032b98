//! The keys of the format, in the order in which a record has them.

use serde_json::Value;

use crate::records::{RecordKind, schema};
use crate::text::Node;

/// What the format says of a table or a value.
#[derive(Clone, Debug)]
pub(super) struct Keys(Value);

impl Keys {
    /// Of a whole record.
    pub(super) fn of(kind: RecordKind, root: &Node<'_>) -> Self {
        let mut schema = schema(kind);
        let position = usize::from(root.get("kind").and_then(Node::text) == Some("supervision"));
        let one_of_two = schema.get_mut("oneOf").and_then(|both| both.get_mut(position)).map(Value::take);
        Self(one_of_two.unwrap_or(schema))
    }

    /// Of the value of a key; nothing is said of a key that the format does not have.
    pub(super) fn under(&self, key: &str) -> Self {
        Self(self.0.get("properties").and_then(|keys| keys.get(key)).cloned().unwrap_or_default())
    }

    /// Of an element of a list.
    pub(super) fn element(&self) -> Self {
        Self(self.0.get("items").cloned().unwrap_or_default())
    }

    /// The place of a key; unknown ones come last but one. The sessions of a log come last: below so long a list
    /// nobody would see anything.
    pub(super) fn position(&self, key: &str) -> usize {
        if key == "sessions" {
            return usize::MAX;
        }
        let keys = self.0.get("properties").and_then(Value::as_object);
        keys.and_then(|keys| keys.keys().position(|known| known == key)).unwrap_or(usize::MAX - 1)
    }

    /// Whether it is a date.
    pub(super) fn is_date(&self) -> bool {
        self.0.get("format").is_some_and(|format| format == "date")
    }

    /// Whether it is a table with keys of its own.
    pub(super) fn is_table(&self) -> bool {
        self.0.get("properties").is_some()
    }
}

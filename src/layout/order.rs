//! The keys of the format, in the order in which a record has them.

use crate::records::RecordKind;
use crate::records::shape::{Field, Shape, Table};
use crate::text::Node;

/// What the format says of a table or a value; nothing is said of what the format does not have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keys {
    shape: Option<&'static Shape>,
    /// Whether it is a table within a table that has a header of its own.
    pub(super) has_header: bool,
}

impl Keys {
    /// Of a whole record.
    pub(super) fn of(kind: RecordKind, root: &Node<'_>) -> Self {
        Self { shape: Some(Shape::of_record(kind, root)), has_header: true }
    }

    /// Of the value of a key.
    pub(super) fn under(self, key: &str) -> Self {
        let field = self.table().and_then(|table| table.field(key));
        let has_header = field.is_some_and(|field| field.facts.has_header);
        Self { shape: field.map(|field: &'static Field| &field.shape), has_header }
    }

    /// Of an element of a list.
    pub(super) fn element(self) -> Self {
        match self.shape {
            Some(Shape::List { element, .. }) => Self { shape: Some(element), has_header: false },
            _ => Self { shape: None, has_header: false },
        }
    }

    /// The place of a key; unknown ones come last but one. The sessions of a log come last: below so long a list
    /// nobody would see anything.
    pub(super) fn position(self, key: &str) -> usize {
        if key == "sessions" {
            return usize::MAX;
        }
        let position = |table: &Table| table.fields.iter().position(|known| known.key == key);
        self.table().and_then(position).unwrap_or(usize::MAX - 1)
    }

    /// Whether it is a date.
    pub(super) fn is_date(self) -> bool {
        self.shape == Some(&Shape::Date)
    }

    /// Whether it is a table with keys of its own.
    pub(super) fn is_table(self) -> bool {
        self.table().is_some()
    }

    fn table(self) -> Option<&'static Table> {
        self.shape.and_then(Shape::table)
    }
}

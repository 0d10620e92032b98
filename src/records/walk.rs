//! A walk over what every record is checked for, wherever it stands: days, periods, free text, documents.

use crate::calendar::{Day, Period};
use crate::text::{Path, Text};

/// Something in a record that is checked alike in all of them.
#[derive(Clone, Copy, Debug)]
pub enum Leaf<'a> {
    /// A date.
    Day(Day),
    /// A table with a beginning and an end: the path is the table's. Its two days come as [`Leaf::Day`] as well.
    Period(Period),
    /// Words that somebody typed, in which patient data may have slipped.
    FreeText(&'a Text),
    /// A path to a scanned paper.
    Document(&'a Text),
}

/// A record that can be walked over.
pub trait Walk {
    /// Calls `see` for every [`Leaf`] of the record, with the way to it.
    fn walk<'a>(&'a self, see: &mut dyn FnMut(Path, Leaf<'a>));
}

impl<'a> Leaf<'a> {
    pub(super) fn day(path: Path, day: Option<Day>, see: &mut dyn FnMut(Path, Self)) {
        if let Some(day) = day {
            see(path, Leaf::Day(day));
        }
    }

    pub(super) fn period(table: Path, from: Day, until: Option<Day>, see: &mut dyn FnMut(Path, Self)) {
        see(table, Leaf::Period(Period { from, until }));
        Self::day(table.key("from"), Some(from), see);
        Self::day(table.key("until"), until, see);
    }

    pub(super) fn free_text(path: Path, text: Option<&'a Text>, see: &mut dyn FnMut(Path, Self)) {
        if let Some(text) = text {
            see(path, Leaf::FreeText(text));
        }
    }

    pub(super) fn notes(table: Path, notes: Option<&'a Text>, see: &mut dyn FnMut(Path, Self)) {
        Self::free_text(table.key("notes"), notes, see);
    }

    pub(super) fn document(path: Path, document: Option<&'a Text>, see: &mut dyn FnMut(Path, Self)) {
        if let Some(document) = document {
            see(path, Leaf::Document(document));
        }
    }
}

//! A walk over what every record is checked for, wherever it stands: days, periods, free text, documents.
//!
//! It is a [`Serializer`] that writes nothing: the record tells its keys and values, and the schema what they are. A new
//! key is seen without being named here.

use std::fmt;

use serde::ser::{Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

use super::Record;
use super::key::{Holds, KeyFacts};
use super::shape::{BOUNDS, Field, Shape, Table};
use crate::calendar::{Day, Period};
use crate::text::Path;

/// Something in a record that is checked alike in all of them.
#[derive(Clone, Copy, Debug)]
pub enum Leaf<'a> {
    /// A date.
    Day(Day),
    /// A beginning and an end of one table, with the way to the end. Its two days come as [`Leaf::Day`] as well.
    Period(Period),
    /// Words that a person typed, in which patient data may have slipped.
    FreeText(&'a str),
    /// A path to a scanned paper.
    Document(&'a str),
}

/// Calls `see` for every [`Leaf`] of a record, in its order, with the way to it.
pub fn walk(record: &impl Record, see: &mut dyn FnMut(Path, Leaf<'_>)) {
    walk_where(|field| field.has_leaf, record, see);
}

/// Calls `see` for every [`Period`] of a record, in its order, with the way to its end. A log has hundreds of entries
/// and no period in them: only what leads to one is looked at.
pub fn walk_periods(record: &impl Record, see: &mut dyn FnMut(Path, Period)) {
    let mut see = |at, leaf: Leaf<'_>| {
        if let Leaf::Period(period) = leaf {
            see(at, period);
        }
    };
    walk_where(|field| field.has_period, record, &mut see);
}

fn walk_where(enters: fn(&Field) -> bool, record: &impl Record, see: &mut dyn FnMut(Path, Leaf<'_>)) {
    let visitor = Visitor { enters, shape: record.shape(), facts: &KeyFacts::OF_RECORD, at: Path::root(), see };
    // Nothing is written, so nothing can fail.
    let _ = record.serialize(visitor);
}

/// A value that is looked at; of a date it gives the day.
struct Visitor<'w> {
    /// The keys that are looked at.
    enters: fn(&Field) -> bool,
    shape: &'static Shape,
    facts: &'static KeyFacts,
    at: Path,
    see: &'w mut dyn FnMut(Path, Leaf<'_>),
}

/// The elements of a list.
struct Elements<'w> {
    list: Visitor<'w>,
    position: usize,
}

/// The keys of a table.
struct Fields<'w> {
    enters: fn(&Field) -> bool,
    table: &'static Table,
    /// The position of the key that comes next, where none is left out.
    next: usize,
    begins: Option<Day>,
    at: Path,
    see: &'w mut dyn FnMut(Path, Leaf<'_>),
}

/// A table of which nothing is looked at.
struct Skipped;

type Seen = Result<Option<Day>, fmt::Error>;

macro_rules! nothing_to_see {
    ($($method:ident: $value:ty),*) => {
        $(fn $method(self, _: $value) -> Seen {
            Ok(None)
        })*
    };
}

impl<'w> Serializer for Visitor<'w> {
    type Ok = Option<Day>;
    type Error = fmt::Error;
    type SerializeSeq = Elements<'w>;
    type SerializeStruct = Fields<'w>;
    type SerializeMap = Skipped;
    type SerializeTuple = Impossible<Option<Day>, fmt::Error>;
    type SerializeTupleStruct = Impossible<Option<Day>, fmt::Error>;
    type SerializeTupleVariant = Impossible<Option<Day>, fmt::Error>;
    type SerializeStructVariant = Impossible<Option<Day>, fmt::Error>;

    nothing_to_see! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i64: i64, serialize_u8: u8,
        serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32, serialize_f64: f64,
        serialize_char: char, serialize_bytes: &[u8], serialize_unit_struct: &'static str
    }

    /// A day comes as a number, and not as a text.
    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_i32(self, number: i32) -> Seen {
        let day = Day::of_number(number);
        if let Some(day) = day {
            (self.see)(self.at, Leaf::Day(day));
        }
        Ok(day)
    }

    fn serialize_str(self, text: &str) -> Seen {
        match self.facts.holds {
            Some(Holds::FreeText) => (self.see)(self.at, Leaf::FreeText(text)),
            Some(Holds::Document) => (self.see)(self.at, Leaf::Document(text)),
            _ => {}
        }
        Ok(None)
    }

    fn serialize_none(self) -> Seen {
        Ok(None)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Seen {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Seen {
        Ok(None)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Seen {
        Ok(None)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Seen {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Seen {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Elements<'w>, fmt::Error> {
        Ok(Elements { list: self, position: 0 })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'w>, fmt::Error> {
        let Shape::Table(table) = self.shape else { return Err(fmt::Error) };
        Ok(Fields { enters: self.enters, table, next: 0, begins: None, at: self.at, see: self.see })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Skipped, fmt::Error> {
        Ok(Skipped)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, fmt::Error> {
        Err(fmt::Error)
    }
}

impl SerializeSeq for Elements<'_> {
    type Ok = Option<Day>;
    type Error = fmt::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
        let Shape::List { element, .. } = self.list.shape else { return Err(fmt::Error) };
        let at = self.list.at.index(self.position);
        self.position += 1;
        let Visitor { enters, facts, .. } = self.list;
        value.serialize(Visitor { enters, shape: element, facts, at, see: self.list.see })?;
        Ok(())
    }

    fn end(self) -> Seen {
        Ok(None)
    }
}

impl SerializeStruct for Fields<'_> {
    type Ok = Option<Day>;
    type Error = fmt::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), fmt::Error> {
        let rest = self.table.fields.iter().skip(self.next);
        let Some(ahead) = rest.clone().position(|field| field.key == key) else { return Ok(()) };
        let field = &self.table.fields[self.next + ahead];
        self.next += ahead + 1;
        if !(self.enters)(field) {
            return Ok(());
        }
        let (enters, at) = (self.enters, self.at.key(key));
        let day = value.serialize(Visitor { enters, shape: &field.shape, facts: &field.facts, at, see: self.see })?;
        if day.is_none() {
            return Ok(());
        }
        for (begin, end) in BOUNDS {
            if key == begin {
                self.begins = day;
            } else if let (true, Some(from)) = (key == end, self.begins) {
                (self.see)(at, Leaf::Period(Period { from, until: day }));
            }
        }
        Ok(())
    }

    fn end(self) -> Seen {
        Ok(None)
    }
}

impl SerializeMap for Skipped {
    type Ok = Option<Day>;
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), fmt::Error> {
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), fmt::Error> {
        Ok(())
    }

    fn end(self) -> Seen {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{Student, read};
    use crate::text::Notation;

    #[test]
    fn the_walk_over_periods_passes_none_by() {
        let text = "name = 'A B'\ncourse = 'leeds-2025'\njoined = 2025-09-01\n\
            leave = [{ from = 2026-01-01, until = 2026-02-01, reason = 'x' }]\n\
            [[wrg]]\nsupervisor = 's'\nfrom = 2025-10-01\nuntil = 2026-07-01\npresentations = [2026-01-01]\n\
            [[insurance]]\nfrom = 2025-09-01\nuntil = 2026-08-31\n";
        let record = read::<Student>(Notation::Toml, text).record.expect("a record");
        let (mut all, mut found) = (Vec::new(), Vec::new());
        walk(&record, &mut |at, leaf| {
            if let Leaf::Period(period) = leaf {
                all.push((at.to_string(), period));
            }
        });
        walk_periods(&record, &mut |at, period| found.push((at.to_string(), period)));
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(found, all);
    }
}

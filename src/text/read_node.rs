//! A tree as the source of a record: what serde's derived readers need to read one from it.

use serde::de::value::{Error, MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Visitor};

use super::node::{Node, Value};

/// A value in a tree of any make, as a record is read from it.
pub trait Readable<'de>: Copy {
    /// The entries of a table.
    type Entries: Iterator<Item = (&'de str, Self)>;
    /// The elements of a list.
    type Elements: Iterator<Item = Self>;

    /// The entries, where it is a table.
    fn table(self) -> Option<Self::Entries>;
    /// The elements, where it is a list.
    fn list(self) -> Option<Self::Elements>;
    /// What it says, where it is neither.
    fn scalar(self) -> Scalar<'de>;

    /// The text that a table has under a key.
    fn text_at(self, key: &str) -> Option<&'de str> {
        match self.table()?.find(|(known, _)| *known == key)?.1.scalar() {
            Scalar::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A value that is neither a table nor a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar<'de> {
    /// A text.
    Text(&'de str),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
    /// A date of TOML, as it is written.
    Date(&'de str),
    /// What no record holds; or a table or a list.
    Other,
}

impl<'de, 't> Readable<'de> for &'de Node<'t> {
    type Entries = std::iter::Map<std::slice::Iter<'de, (super::Key<'t>, Node<'t>)>, Entry<'de, 't>>;
    type Elements = std::slice::Iter<'de, Node<'t>>;

    fn table(self) -> Option<Self::Entries> {
        let Value::Table(entries) = &self.value else { return None };
        Some(entries.iter().map(|(key, node)| (&*key.name, node)))
    }

    fn list(self) -> Option<Self::Elements> {
        let Value::List(elements) = &self.value else { return None };
        Some(elements.iter())
    }

    fn scalar(self) -> Scalar<'de> {
        match &self.value {
            Value::Text(text) => Scalar::Text(text),
            Value::Integer(number) => Scalar::Integer(*number),
            Value::Boolean(yes) => Scalar::Boolean(*yes),
            Value::Date(written) => Scalar::Date(written),
            Value::Table(_) | Value::List(_) | Value::Float | Value::Null => Scalar::Other,
        }
    }
}

type Entry<'de, 't> = fn(&'de (super::Key<'t>, Node<'t>)) -> (&'de str, &'de Node<'t>);

/// Reads a record from a value. A value is what it is: a number is never taken as text nor a text as a number, a
/// list never as a table, and nothing is absent because it is null.
#[derive(Clone, Copy, Debug)]
pub struct Reader<R>(pub R);

impl<'de, R: Readable<'de>> Deserializer<'de> for Reader<R> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.scalar() {
            Scalar::Text(text) | Scalar::Date(text) => visitor.visit_borrowed_str(text),
            Scalar::Integer(number) => match u64::try_from(number) {
                Ok(number) => visitor.visit_u64(number),
                Err(_) => visitor.visit_i64(number),
            },
            Scalar::Boolean(yes) => visitor.visit_bool(yes),
            Scalar::Other if self.0.list().is_some() => self.deserialize_seq(visitor),
            Scalar::Other => self.deserialize_map(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let entries = self.0.table().ok_or_else(wrong)?;
        visitor.visit_map(MapDeserializer::new(entries.map(|(key, value)| (key, Self(value)))))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let elements = self.0.list().ok_or_else(wrong)?;
        visitor.visit_seq(SeqDeserializer::new(elements.map(Self)))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Scalar::Text(text) = self.0.scalar() else { return Err(wrong()) };
        visitor.visit_borrowed_str(text)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let Scalar::Text(word) = self.0.scalar() else { return Err(wrong()) };
        StrDeserializer::<Error>::new(word).deserialize_enum(name, variants, visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct newtype_struct
        tuple tuple_struct identifier ignored_any
    }
}

/// Nobody is shown this error: what is wrong is found by the shape of the record.
fn wrong() -> Error {
    Error::custom("")
}

impl<'de, R: Readable<'de>> IntoDeserializer<'de, Error> for Reader<R> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

//! The values of a text in TOML that is written plainly, as a record is read from them.

use super::read_node::{Readable, Scalar};
use super::toml_spans::{Kind, Node, Spans};
use crate::calendar::Day;

/// A value of a plain text, to be read.
#[derive(Clone, Copy, Debug)]
pub struct Plain<'s> {
    spans: &'s Spans<'s>,
    node: usize,
}

impl Spans<'_> {
    /// The text as a whole, as a table to read a record from. A value that is not written plainly reads as
    /// [`Scalar::Other`], so that no record comes of it; the tree then has the word.
    pub fn root(&self) -> Plain<'_> {
        Plain { spans: self, node: 0 }
    }
}

impl<'s> Readable<'s> for Plain<'s> {
    type Entries = Entries<'s>;
    type Elements = Elements<'s>;

    fn table(self) -> Option<Entries<'s>> {
        let is_table = !matches!(self.spans.nodes[self.node].kind, Kind::Scalar | Kind::List | Kind::Tables);
        is_table.then(|| Entries(self.children()))
    }

    fn list(self) -> Option<Elements<'s>> {
        let is_list = matches!(self.spans.nodes[self.node].kind, Kind::List | Kind::Tables);
        is_list.then(|| self.children())
    }

    fn scalar(self) -> Scalar<'s> {
        let Node { value, kind, .. } = self.spans.nodes[self.node];
        let written = self.spans.text.get(value.start()..value.end());
        written.filter(|_| kind == Kind::Scalar).map_or(Scalar::Other, plain_scalar)
    }
}

impl<'s> Plain<'s> {
    fn children(self) -> Elements<'s> {
        let Node { first, children, .. } = self.spans.nodes[self.node];
        Elements { spans: self.spans, next: first, left: children.into() }
    }
}

/// The elements of a list, or the values of a table.
#[derive(Clone, Debug)]
pub struct Elements<'s> {
    spans: &'s Spans<'s>,
    next: usize,
    left: usize,
}

impl<'s> Iterator for Elements<'s> {
    type Item = Plain<'s>;

    fn next(&mut self) -> Option<Plain<'s>> {
        let node = Some(self.next).filter(|node| *node != 0)?;
        self.next = self.spans.nodes[node].next;
        self.left = self.left.saturating_sub(1);
        Some(Plain { spans: self.spans, node })
    }

    /// Exact, so that a list of a record takes no more memory than it needs.
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

/// The entries of a table.
#[derive(Clone, Debug)]
pub struct Entries<'s>(Elements<'s>);

impl<'s> Iterator for Entries<'s> {
    type Item = (&'s str, Plain<'s>);

    fn next(&mut self) -> Option<Self::Item> {
        let value = self.0.next()?;
        // No key of a record is other than ASCII, so that one which is not is unknown, whatever it is read as.
        let name = value.spans.nodes[value.node].key.name;
        Some((std::str::from_utf8(name).unwrap_or_default(), value))
    }
}

/// What a value says that is written in the plain way of its kind: a text on one line without escapes, a whole
/// decimal number, a date alone, `true` or `false`.
fn plain_scalar(written: &str) -> Scalar<'_> {
    let is_literal = |byte: u8| !byte.is_ascii_control() && byte != b'\\';
    match written.as_bytes() {
        [b'"', text @ .., b'"'] | [b'\'', text @ .., b'\'']
            if text.iter().all(|byte| is_literal(*byte) && *byte != written.as_bytes()[0]) =>
        {
            Scalar::Text(&written[1..written.len() - 1])
        }
        b"true" => Scalar::Boolean(true),
        b"false" => Scalar::Boolean(false),
        [b'0'] | [b'1'..=b'9', ..] if written.bytes().all(|byte| byte.is_ascii_digit()) => {
            written.parse().map_or(Scalar::Other, Scalar::Integer)
        }
        [b'0'..=b'9', ..] if Day::parse(written).is_some() => Scalar::Date(written),
        _ => Scalar::Other,
    }
}

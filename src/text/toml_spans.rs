//! Where the values of a text in TOML stand, and what they say, without a tree of them.
//!
//! Most records are written plainly. Of such a text the places are indexed straight from the events of the parser:
//! nothing but one list is allocated, and a value is decoded only when a record is read from it. Whatever is not
//! plain is given up on: the tree knows what TOML makes of it.

use std::ops::Range;

use toml_parser::decoder::Encoding;
use toml_parser::parser::{EventReceiver, parse_document};
use toml_parser::{ErrorSink, ParseError, Source, Span};

use super::toml_bounds::{is_too_deep, is_too_much};
use super::{Path, Step};

/// The longest list of a text that is plain, and its deepest value and longest table. Entries are looked for one by
/// one: with more of them the tree is quicker.
pub const MOST_ELEMENTS: u16 = 1_000;
const DEPTH: u8 = 32;
const KEYS: u16 = 64;

/// Where the keys and values of a text stand.
#[derive(Debug)]
pub struct Spans<'t> {
    pub(super) text: &'t str,
    /// The text as a whole first, then each value after what it is in.
    pub(super) nodes: Vec<Node<'t>>,
}

/// A key of a table as it is written, and without its quotes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Key<'t> {
    span: Span,
    pub name: &'t [u8],
}

/// A value. Others are named by their positions among the nodes; none has the whole text in it, so that 0 is none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'t> {
    /// Empty for an element of a list.
    pub key: Key<'t>,
    pub value: Span,
    pub first: usize,
    last: usize,
    pub next: usize,
    pub children: u16,
    depth: u8,
    pub kind: Kind,
}

/// What a value is, and with a table how it came to be: that decides what may still be added to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text, a number, a date.
    Scalar,
    /// A list in brackets.
    List,
    /// A table in braces.
    Inline,
    /// A table that has had its header; also the text as a whole.
    Headed,
    /// A table that the headers of tables in it have named in passing.
    Implied,
    /// A table that dotted keys have named in passing.
    Dotted,
    /// The list of the tables under `[[name]]`.
    Tables,
}

impl<'t> Spans<'t> {
    /// Reads a text; none where it is not plain TOML, which is no fault of the text.
    pub fn of(text: &'t str) -> Option<Self> {
        if is_too_much(text) || is_too_deep(text) || has_odd_characters(text.as_bytes()) {
            return None;
        }
        // As many as values and signs are written in a table of sessions: the list does not grow by steps.
        let mut tokens = Vec::with_capacity(text.len() / 3 + 1);
        tokens.extend(Source::new(text).lex());
        let mut reader = Reader::new(text);
        let mut is_sound = true;
        parse_document(&tokens, &mut reader, &mut |_: ParseError| is_sound = false);
        (is_sound && reader.is_plain).then_some(Self { text, nodes: reader.nodes })
    }

    /// Where the value at a path stands, after where its key does if the path ends in one; or else the nearest
    /// value around it. None where that is the whole text. It answers as [`super::Node::follow`] does.
    pub fn follow(&self, path: &Path) -> Option<(Option<Range<usize>>, Range<usize>)> {
        let (mut here, mut has_key) = (0, false);
        for step in path.steps() {
            let next = match (step, self.nodes[here].kind) {
                (Step::Index(index), Kind::List | Kind::Tables) => children(&self.nodes, here).nth(index as usize),
                (Step::Key(_), Kind::List | Kind::Tables) | (Step::Index(_), _) => None,
                (Step::Key(key), _) => find(&self.nodes, here, key.as_bytes()),
            };
            has_key = next.is_some() && matches!(step, Step::Key(_));
            let Some(next) = next else { break };
            here = next;
        }
        let Node { key: Key { span: key, .. }, value, .. } = self.nodes[here];
        (here != 0).then(|| (has_key.then(|| key.start()..key.end()), value.start()..value.end()))
    }
}

/// Whether there are control characters but tabs and line breaks. Not all of those that TOML forbids are told by
/// the events of its parser.
fn has_odd_characters(text: &[u8]) -> bool {
    let controls = text.iter().filter(|byte| byte.is_ascii_control()).count();
    let breaks = memchr::memchr_iter(b'\n', text).count();
    // Most texts have no other: only then each is looked at.
    let is_plain = |(at, byte): (usize, &u8)| match byte {
        b'\n' | b'\t' => true,
        b'\r' => text.get(at + 1) == Some(&b'\n'),
        byte => !byte.is_ascii_control(),
    };
    controls != breaks && !text.iter().enumerate().all(is_plain)
}

fn children(nodes: &[Node<'_>], of: usize) -> impl Iterator<Item = usize> {
    let some = |node: usize| Some(node).filter(|node| *node != 0);
    std::iter::successors(some(nodes[of].first), move |node| some(nodes[*node].next))
}

/// The value that a table has under a name.
fn find(nodes: &[Node<'_>], table: usize, name: &[u8]) -> Option<usize> {
    children(nodes, table).find(|node| nodes[*node].key.name == name)
}

/// Takes the events of the parser. Once the text has turned out not to be plain, all that it does is meaningless.
struct Reader<'t> {
    text: &'t [u8],
    nodes: Vec<Node<'t>>,
    is_plain: bool,
    /// The table under the last header, and the brackets and braces that are open in it, innermost last. Empty for
    /// the text as a whole.
    open: Vec<usize>,
    /// Where the header began that is being read.
    header: Option<Span>,
    /// The last part of the key that is being read, and the table that the parts before lead to.
    key: Option<Key<'t>>,
    table: usize,
    /// Whether nothing but space and line breaks came since the last comma.
    is_after_comma: bool,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        let whole = Node {
            key: Key::default(),
            value: Span::default(),
            first: 0,
            last: 0,
            next: 0,
            children: 0,
            depth: 0,
            kind: Kind::Headed,
        };
        // About as many as values are written in a table of sessions.
        let mut nodes = Vec::with_capacity(text.len() / 12 + 1);
        nodes.push(whole);
        let text = text.as_bytes();
        Self { text, nodes, is_plain: true, open: Vec::new(), header: None, key: None, table: 0, is_after_comma: false }
    }

    fn give_up(&mut self) -> usize {
        self.is_plain = false;
        0
    }

    fn innermost(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }

    fn kind(&self, node: usize) -> Kind {
        self.nodes[node].kind
    }

    fn add(&mut self, parent: usize, key: Key<'t>, value: Span, kind: Kind) -> usize {
        let added = self.nodes.len();
        let Node { last, children, depth, kind: around, .. } = self.nodes[parent];
        let most = if matches!(around, Kind::List | Kind::Tables) { MOST_ELEMENTS } else { KEYS };
        if !self.is_plain || children == most || depth == DEPTH {
            return self.give_up();
        }
        self.nodes.push(Node { key, value, first: 0, last: 0, next: 0, children: 0, depth: depth + 1, kind });
        match last {
            0 => self.nodes[parent].first = added,
            last => self.nodes[last].next = added,
        }
        self.nodes[parent].last = added;
        self.nodes[parent].children += 1;
        added
    }

    /// The table under a part of a key that another part follows.
    fn pass(&mut self, table: usize, key: Key<'t>) -> usize {
        let in_header = self.header.is_some();
        let Some(found) = find(&self.nodes, table, key.name) else {
            return self.add(table, key, key.span, if in_header { Kind::Implied } else { Kind::Dotted });
        };
        match self.kind(found) {
            Kind::Dotted => found,
            Kind::Headed | Kind::Implied if in_header => found,
            Kind::Tables if in_header => self.nodes[found].last,
            _ => self.give_up(),
        }
    }

    /// The end of a header.
    fn begin(&mut self, end: Span, is_element: bool) {
        let (Some(begin), Some(key)) = (self.header.take(), self.key.take()) else {
            self.give_up();
            return;
        };
        let header = begin.append(end);
        let table = match find(&self.nodes, self.table, key.name).map(|found| (found, self.kind(found))) {
            None if is_element => {
                let list = self.add(self.table, key, header, Kind::Tables);
                self.add(list, Key::default(), header, Kind::Headed)
            }
            None => self.add(self.table, key, header, Kind::Headed),
            Some((list, Kind::Tables)) if is_element => self.add(list, Key::default(), header, Kind::Headed),
            // It stands where it is named last.
            Some((table, Kind::Implied)) if !is_element => {
                let node = &mut self.nodes[table];
                (node.key, node.value, node.kind) = (key, header, Kind::Headed);
                table
            }
            Some(_) => self.give_up(),
        };
        self.open.push(table);
    }

    fn value(&mut self, span: Span, kind: Kind) -> usize {
        self.is_after_comma = false;
        match (self.key.take(), self.innermost()) {
            (Some(key), _) if find(&self.nodes, self.table, key.name).is_none() => {
                self.add(self.table, key, span, kind)
            }
            (None, list) if self.kind(list) == Kind::List => self.add(list, Key::default(), span, kind),
            _ => self.give_up(),
        }
    }

    /// Whether the parser is to go into it.
    fn bracket(&mut self, span: Span, kind: Kind) -> bool {
        let opened = self.value(span, kind);
        self.open.push(opened);
        self.is_plain
    }

    fn unbracket(&mut self, span: Span) {
        let node = self.open.pop().unwrap_or(0);
        let value = &mut self.nodes[node].value;
        *value = value.append(span);
        self.is_after_comma = false;
    }

    /// A table in braces stands on one line in TOML 1.0.
    fn line_ends(&mut self) {
        self.is_plain &= self.kind(self.innermost()) != Kind::Inline;
    }
}

impl EventReceiver for Reader<'_> {
    fn std_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.open.clear();
        self.header = Some(span);
    }

    fn std_table_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.begin(span, false);
    }

    fn array_table_open(&mut self, span: Span, error: &mut dyn ErrorSink) {
        self.std_table_open(span, error);
    }

    fn array_table_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.begin(span, true);
    }

    fn inline_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.bracket(span, Kind::Inline)
    }

    fn inline_table_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        // Nor does a comma stand before its end.
        self.is_plain &= !self.is_after_comma;
        self.unbracket(span);
    }

    fn array_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.bracket(span, Kind::List)
    }

    fn array_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.unbracket(span);
    }

    fn simple_key(&mut self, span: Span, encoding: Option<Encoding>, _: &mut dyn ErrorSink) {
        let written = self.text.get(span.start()..span.end()).unwrap_or_default();
        let is_literal = |byte: &u8| !byte.is_ascii_control() && *byte != b'\\';
        let name = match (encoding, written) {
            (None, name) => name,
            (Some(Encoding::BasicString), [b'"', name @ .., b'"'])
            | (Some(Encoding::LiteralString), [b'\'', name @ .., b'\''])
                if name.iter().all(is_literal) =>
            {
                name
            }
            _ => &[],
        };
        self.is_after_comma = false;
        // A key that is missing is told as an empty one.
        self.is_plain &= !name.is_empty();
        self.table = match self.key {
            Some(before) => self.pass(self.table, before),
            None => self.innermost(),
        };
        self.key = Some(Key { span, name });
    }

    fn scalar(&mut self, span: Span, _: Option<Encoding>, _: &mut dyn ErrorSink) {
        // Nothing at all stands for a value that is missing.
        self.is_plain &= !span.is_empty();
        self.value(span, Kind::Scalar);
    }

    fn value_sep(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.is_after_comma = true;
    }

    fn newline(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.line_ends();
    }

    fn comment(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.line_ends();
    }

    fn error(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.give_up();
    }
}

#[cfg(test)]
mod tests;

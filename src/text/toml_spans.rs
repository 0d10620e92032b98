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
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Node, Notation, Parsed};

    const NAMES: [&str; 6] = ["a", "b", "c", "d e", "f-1", ""];

    /// All paths into a value, and from each value one step that leads nowhere.
    fn paths(node: &Node<'_>, to: Path, found: &mut Vec<Path>) {
        found.extend([to, to.key("nowhere"), to.key(""), to.index(node.elements().len())]);
        if to.steps().count() == 4 {
            return;
        }
        for (key, value) in node.entries() {
            // A key of the examples is kept for as long as the test runs: a path takes no other.
            let known = NAMES.into_iter().find(|known| *known == key.name);
            paths(value, to.key(known.unwrap_or_else(|| key.name.clone().into_owned().leak())), found);
        }
        for (index, value) in node.elements().iter().enumerate() {
            paths(value, to.index(index), found);
        }
    }

    /// Whether the text is plain; if it is, every place in it must be that of the tree.
    fn is_indexed(text: &str) -> bool {
        let Some(spans) = Spans::of(text) else { return false };
        let root = Parsed::of(Notation::Toml, text).root;
        let mut all = Vec::new();
        paths(&root, Path::root(), &mut all);
        for path in all {
            let wanted = root.follow(&path).map(|(key, value)| (key.map(|key| key.span.clone()), value.span.clone()));
            assert_eq!(spans.follow(&path), wanted, "{path} in {text:?}");
        }
        true
    }

    #[test]
    #[allow(clippy::disallowed_methods, reason = "a test may read the disk")]
    fn the_examples_are_indexed() {
        let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/examples"))];
        let mut files = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "toml") {
                    let Ok(text) = std::fs::read_to_string(&path) else { continue };
                    assert!(is_indexed(&text) || path.to_string_lossy().contains("broken"), "{}", path.display());
                    files += 1;
                }
            }
        }
        assert!(files > 10, "{files}");
    }

    #[test]
    fn what_is_plain_is_indexed() {
        for text in [
            "",
            "\u{feff}a = 1\r\n# b\r\nb = [1, [2, {a = 'x'}], # c\r\n]",
            "a.b.c = 1\na.b.d = \"\\u00e9\"\n'a'.e = '''\n'''",
            "a = 2026-01-01 10:00:00\nb = 1.5\nc = \"\"\"x\n\"\"\"",
            "[a]\n[[a.b]]\n[a.b.c]\na = 1\n[[a.b]]\n[a.b.c]\nb = 2",
            "[a.b]\nx = 1\n[ a ] # late\ny = 2\n[a.c]",
            "[a.b.c]\n[a.b]\n[a]",
            "[[a]]\n[[a]]\n[[a.b]]\n[[a.b]]\n[a.b.c]",
            "[a]\nb.c = 1\n[a.b.d]\n[[a.b.e]]",
            "a = {b.c = 1, b.d = {}, 'd e' = [] }",
            "a = {b = [1,\n2, ], c = [{}, # d\n]}",
            // What a value means is not looked at, nor whether it means anything.
            "a = 1 2\nb = 2026-02-30\nc = \"\\x\"",
            "[\"d e\".'f-1']\né = 1",
        ] {
            assert!(is_indexed(text), "{text:?}");
        }
    }

    #[test]
    fn what_is_not_is_left_to_the_tree() {
        let deep = format!("a = {}{}", "[".repeat(40), "]".repeat(40));
        let dotted = format!("{}a = 1", "a.".repeat(100));
        let header = format!("[{}a]", "a.".repeat(40));
        let dots = format!("a = {}1", "1.".repeat(200));
        let wide = (0..100).map(|key| format!("a{key} = 1")).collect::<Vec<_>>().join("\n");
        let long = format!("a = [{}]", "1,".repeat(2_000));
        for text in [
            "a = 1 \r",
            "a = 1 # \u{7f}",
            "a",
            "a = ",
            "a = # b",
            "a = 1\na = 2",
            "= 1",
            "a. = 1",
            ".a = 1",
            "a = {b}",
            "a = {b = }",
            "a = [[1] 2]",
            "a = [",
            "a = {",
            "a = ]",
            "[a",
            "[]",
            "[a.]",
            "[[a]",
            "[a] b",
            "\"\\u0061\" = 1",
            "\"a = 1",
            "\"\"\"a\"\"\" = 1",
            "\"\" = 1",
            "[a]\n[a]",
            "[a]\n[[a]]",
            "[[a]]\n[a]",
            "a = []\n[[a]]",
            "a = {}\n[a.b]",
            "a.b = 1\n[a]",
            "a = 1\na.b = 1",
            "[a.b.c]\n[a]\nb.d = 1",
            "[[a.b]]\n[a]\nb.c = 1",
            "a = {b = {}, b.c = 1}",
            "a = {b.c = 1, b.c.d = 1}",
            "a = {b = 1, b = 2}",
            // TOML 1.1 takes these.
            "a = {b = 1,\n c = 2}",
            "a = {b = 1\n}",
            "a = [{ # b\n}]",
            "a = {b = [1], }",
            &deep,
            &dotted,
            &header,
            &dots,
            &wide,
            &long,
        ] {
            assert!(!is_indexed(text), "{text:?}");
        }
    }

    fn key() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            8 => (0..3_usize).prop_map(|at| NAMES[at].to_owned()),
            2 => (0..NAMES.len()).prop_map(|at| format!("\"{}\"", NAMES[at])),
            1 => (0..NAMES.len()).prop_map(|at| format!("'{}'", NAMES[at])),
        ];
        prop::collection::vec(part, 1..4).prop_map(|parts| parts.join(" . "))
    }

    fn value() -> impl Strategy<Value = String> {
        let scalar = prop_oneof![
            Just("1.5".to_owned()),
            Just("2026-01-01 10:00:00".to_owned()),
            Just("\"é \\\" ]}\"".to_owned()),
            Just("'''\n[a]\n'''".to_owned()),
        ];
        scalar.prop_recursive(3, 12, 3, |value| {
            let entry = (key(), value.clone()).prop_map(|(key, value)| format!("{key} = {value}"));
            prop_oneof![
                prop::collection::vec(value, 0..4).prop_map(|values| format!("[ {} ]", values.join(" , # x]\n"))),
                prop::collection::vec(entry, 0..4).prop_map(|entries| format!("{{{}}}", entries.join(", "))),
            ]
        })
    }

    fn line() -> impl Strategy<Value = String> {
        prop_oneof![
            4 => (key(), value()).prop_map(|(key, value)| format!("{key} = {value} # x")),
            2 => key().prop_map(|key| format!("[{key}]")),
            2 => key().prop_map(|key| format!("  [[ {key} ]]")),
            1 => Just("# [x]".to_owned()),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Lines are kept for as long as they leave the text sound, so that tables meet in every way that TOML allows.
        #[test]
        fn places_are_those_of_the_tree(lines in prop::collection::vec(line(), 0..12), crlf: bool, mark: bool) {
            let end = if crlf { "\r\n" } else { "\n" };
            let mut text = if mark { "\u{feff}".to_owned() } else { String::new() };
            for line in lines {
                let before = text.len();
                text.extend([line.as_str(), end]);
                if !Parsed::of(Notation::Toml, &text).is_sound() {
                    is_indexed(&text);
                    text.truncate(before);
                }
            }
            is_indexed(&text);
        }

        #[test]
        fn no_text_is_too_strange(text in "([\\[\\]{}a.=,\"' \n]|a = |\\[a\\]\n){0,40}") {
            is_indexed(&text);
        }
    }
}

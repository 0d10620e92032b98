//! From a text in YAML to a tree, by the plain part of YAML 1.2 alone.
//!
//! The events of the parser are taken as they come, without recursion, and what a plain scalar means is decided
//! here: `true` and `false` are booleans, digits are whole numbers, all else is text. Anchors, aliases, merge
//! keys, tags, further documents and keys that are no text are faults.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use serde_yaml::granit_parser::{Event, Options, Parser, ScalarStyle, Span};

use super::node::{Key, Node, Value};
use super::parsed::{FAULTS_LISTED, Fault, Parsed};
use super::yaml_faults as faults;

/// Nesting that no record comes near, in brackets and in indentation each.
const DEPTH: usize = 64;

/// More values than a record can have; beyond it nothing is read.
const VALUES: usize = 500_000;

/// Reads a text as a tree, with all that is wrong in its notation; reading stops at the first place that is not
/// YAML at all.
pub fn parse(text: &str) -> Parsed<'_> {
    let mut options = Options::default();
    options.flow_nesting_limit = DEPTH;
    options.block_nesting_limit = DEPTH;
    options.emit_anchor_events = true;
    options.emit_unresolved_aliases = true;
    options.set_emit_comments(false);
    let mut reader = Reader { text, open: Vec::new(), root: None, faults: Vec::new(), whole: true, documents: 0 };
    for (count, event) in Parser::new_from_str_with_options(text, options).enumerate() {
        let goes_on = match event {
            Ok(_) if count > VALUES => reader.stop(faults::too_much(reader.end())),
            Ok((event, span)) => reader.take(event, span),
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(text.len());
                let fault = faults::by_its_line(text, at);
                reader.stop(fault.unwrap_or_else(|| faults::of_parser(reader.character(at), error.kind())))
            }
        };
        if !goes_on || reader.faults.len() >= FAULTS_LISTED {
            break;
        }
    }
    reader.finish()
}

struct Reader<'t> {
    text: &'t str,
    open: Vec<Open<'t>>,
    root: Option<Node<'t>>,
    faults: Vec<Fault>,
    whole: bool,
    documents: usize,
}

/// A table or list of which not all has come yet.
struct Open<'t> {
    span: Range<usize>,
    is_block: bool,
    inside: Inside<'t>,
}

enum Inside<'t> {
    List(Vec<Node<'t>>),
    Table { entries: Vec<(Key<'t>, Node<'t>)>, seen: HashSet<String>, next: Next<'t> },
}

/// So many keys of a table are compared one by one, which is quicker than by their hashes.
const FEW_KEYS: usize = 16;

/// Whether a table has no such key yet. Its keys are put into `seen` only where there are more than a few.
fn is_new(entries: &[(Key<'_>, Node<'_>)], seen: &mut HashSet<String>, name: &str) -> bool {
    if entries.len() < FEW_KEYS {
        return entries.iter().all(|(key, _)| key.name != name);
    }
    if seen.is_empty() {
        seen.extend(entries.iter().map(|(key, _)| key.name.clone().into_owned()));
    }
    seen.insert(name.to_owned())
}

enum Next<'t> {
    Key,
    Value(Key<'t>),
    /// The value of a key that is at fault: it is left out.
    Nothing,
}

impl<'t> Reader<'t> {
    /// Takes an event; false where nothing after it can be read.
    fn take(&mut self, event: Event<'t>, span: Span) -> bool {
        let bytes = span.byte_range().unwrap_or_default();
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return self.stop(faults::second_document(bytes));
                }
            }
            Event::Anchor(..) => self.faults.push(faults::anchor(self.text, bytes)),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.whole = false;
                self.faults.push(faults::alias(self.text, bytes.clone()));
                self.give(Node { span: bytes, value: Value::Null });
            }
            Event::Scalar(value, style, _, tag) => {
                if tag.is_some() {
                    self.tag(&span);
                }
                let value = if style == ScalarStyle::Plain { plain(value, &bytes) } else { Value::Text(value) };
                self.give_scalar(Node { span: bytes, value }, style);
            }
            Event::SequenceStart(_, _, tag) => {
                if tag.is_some() {
                    self.tag(&span);
                }
                self.begin(bytes, Inside::List(Vec::new()));
            }
            Event::MappingStart(_, _, tag) => {
                if tag.is_some() {
                    self.tag(&span);
                }
                let inside = Inside::Table { entries: Vec::new(), seen: HashSet::new(), next: Next::Key };
                self.begin(bytes, inside);
            }
            Event::SequenceEnd | Event::MappingEnd => self.end_of(bytes.end),
            _ => {}
        }
        true
    }

    /// A block begins without a character of its own: it stands where its first dash or key does.
    fn begin(&mut self, bytes: Range<usize>, inside: Inside<'t>) {
        let is_block = bytes.is_empty();
        let mut span = bytes;
        if is_block {
            // A list that is not indented is told to begin after its first dash.
            let before = self.text.get(..span.start).unwrap_or_default().trim_end();
            let dash = before.strip_suffix('-').filter(|_| matches!(inside, Inside::List(_)));
            span = self.character(match dash {
                Some(before) if self.text.get(span.start..).is_some_and(|rest| !rest.starts_with('-')) => before.len(),
                _ => span.start,
            });
        }
        self.open.push(Open { span, is_block, inside });
    }

    fn end_of(&mut self, end: usize) {
        let Some(Open { mut span, is_block, inside }) = self.open.pop() else { return };
        if !is_block {
            span.end = end;
        }
        let value = match inside {
            Inside::List(elements) => Value::List(elements),
            Inside::Table { entries, .. } => {
                if let (true, Some((key, _))) = (is_block, entries.first()) {
                    span = key.span.clone();
                }
                Value::Table(entries)
            }
        };
        self.give(Node { span, value });
    }

    /// A scalar is text as a key only where it is one; `<<` without quotes is a merge.
    fn give_scalar(&mut self, node: Node<'t>, style: ScalarStyle) {
        let is_key = matches!(self.open.last(), Some(Open { inside: Inside::Table { next: Next::Key, .. }, .. }));
        let is_of_table = match self.open.last() {
            Some(Open { inside: Inside::List(_), .. }) => true,
            Some(Open { is_block, .. }) => is_key && !is_block,
            None => false,
        };
        if let (true, ScalarStyle::Plain, Value::Text(_)) = (is_of_table, style, &node.value)
            && let Some(fault) = faults::meant_as_entry(self.text, &node.span)
        {
            self.whole = false;
            self.faults.push(fault);
            self.expect(Next::Nothing);
            return;
        }
        if is_key && style == ScalarStyle::Plain && node.text() == Some("<<") {
            self.whole = false;
            self.faults.push(faults::merge(node.span));
            self.expect(Next::Nothing);
            return;
        }
        self.give(node);
    }

    fn expect(&mut self, expected: Next<'t>) {
        if let Some(Open { inside: Inside::Table { next, .. }, .. }) = self.open.last_mut() {
            *next = expected;
        }
    }

    /// Puts a whole value where it belongs.
    fn give(&mut self, node: Node<'t>) {
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match &mut open.inside {
            Inside::List(elements) => elements.push(node),
            Inside::Table { entries, seen, next } => match std::mem::replace(next, Next::Key) {
                Next::Key => {
                    *next = Next::Nothing;
                    match node.value {
                        Value::Text(name) if is_new(entries, seen, &name) => {
                            *next = Next::Value(Key { name, span: node.span });
                        }
                        Value::Text(_) => self.faults.push(faults::duplicate(self.text, node.span)),
                        _ => {
                            self.whole = false;
                            self.faults.push(faults::no_text_key(node.span));
                        }
                    }
                }
                Next::Value(key) => entries.push((key, node)),
                Next::Nothing => {}
            },
        }
    }

    fn tag(&mut self, span: &Span) {
        self.whole = false;
        let bytes = span.tag_span().and_then(|tag| tag.byte_range()).or_else(|| span.byte_range());
        self.faults.push(faults::tag(self.text, bytes.unwrap_or_default()));
    }

    fn stop(&mut self, fault: Fault) -> bool {
        self.whole = false;
        self.faults.push(fault);
        false
    }

    fn finish(mut self) -> Parsed<'t> {
        while let Some(open) = self.open.last() {
            let end = open.span.end;
            self.end_of(end);
        }
        let nothing = Node { span: 0..0, value: Value::Table(Vec::new()) };
        let root = self.root.filter(|root| root.value != Value::Null || !root.span.is_empty()).unwrap_or(nothing);
        self.faults.sort_by_key(|fault| fault.span.start);
        Parsed { root, faults: self.faults, whole: self.whole, impossible_dates: Vec::new() }
    }

    /// The bytes of the character at a place.
    fn character(&self, at: usize) -> Range<usize> {
        let length = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        at..at + length
    }

    fn end(&self) -> Range<usize> {
        self.text.len()..self.text.len()
    }
}

/// What a scalar without quotes means.
fn plain<'t>(written: Cow<'t, str>, bytes: &Range<usize>) -> Value<'t> {
    match &*written {
        _ if bytes.is_empty() => Value::Null,
        "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" => Value::Boolean(true),
        "false" => Value::Boolean(false),
        number if is_whole_number(number) => {
            let nearest = if number.starts_with('-') { i64::MIN } else { i64::MAX };
            Value::Integer(number.parse().unwrap_or(nearest))
        }
        number if is_fraction(number) => Value::Float,
        _ => Value::Text(written),
    }
}

fn is_whole_number(written: &str) -> bool {
    let digits = written.strip_prefix(['-', '+']).unwrap_or(written);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits with a full stop or an exponent among them, infinity, and what is no number.
fn is_fraction(written: &str) -> bool {
    let number = written.strip_prefix(['-', '+']).unwrap_or(written);
    if matches!(number, ".inf" | ".Inf" | ".INF") || matches!(written, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let (mantissa, exponent) = match number.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (number, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(is_whole_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Path;

    fn assert_value(written: &str, value: &Value<'_>) {
        let text = format!("key: {written}\n");
        let parsed = parse(&text);
        assert_eq!(parsed.faults, [], "{written}");
        assert_eq!(parsed.root.get("key").map(|node| &node.value), Some(value), "{written}");
    }

    #[test]
    fn scalars_are_those_of_the_plain_part() {
        let texts = [
            "no",
            "yes",
            "on",
            "off",
            "True",
            "FALSE",
            "y",
            "1:30",
            "2026-01-31",
            "0x3C",
            "0o17",
            "1_000",
            "12 minutes",
            "1.2.3",
            "e5",
            "+",
            ".",
            "<<",
            "=",
            "nan",
            "Nullable",
            "-x",
        ];
        for text in texts {
            assert_value(text, &Value::Text(text.into()));
        }
        for inside in ["60", "true", "", "~", "null", "2026-01-31"] {
            assert_value(&format!("'{inside}'"), &Value::Text(inside.into()));
            assert_value(&format!("\"{inside}\""), &Value::Text(inside.into()));
        }
        assert_value("|\n  two\n  lines", &Value::Text("two\nlines\n".into()));
        for (written, number) in [("60", 60), ("-1", -1), ("+7", 7), ("007", 7)] {
            assert_value(written, &Value::Integer(number));
        }
        assert_value("99999999999999999999", &Value::Integer(i64::MAX));
        assert_value("-99999999999999999999", &Value::Integer(i64::MIN));
        for fraction in ["1.5", "-.5", "1.", "1e3", "1.5E-3", ".inf", "-.INF", ".nan"] {
            assert_value(fraction, &Value::Float);
        }
        for nothing in ["", "~", "null", "Null", "NULL", "# a comment"] {
            assert_value(nothing, &Value::Null);
        }
        assert_value("true", &Value::Boolean(true));
        assert_value("false", &Value::Boolean(false));
    }

    #[test]
    fn values_and_keys_know_where_they_stand() {
        let text = "\u{feff}# é\nname: \"Zoë\" # x\nwrg:\n- from: 2026-01-31\n  of: [a, { b: c }]\n'notes':\n";
        let root = parse(text).root;
        let at = |path: Path| root.follow(&path).map(|(_, node)| &text[node.span.clone()]);
        let wrg = Path::of("wrg");
        assert_eq!(at(Path::of("name")), Some("\"Zoë\""));
        assert_eq!(at(wrg), Some("-"));
        assert_eq!(at(wrg.index(0)), Some("from"));
        assert_eq!(at(wrg.index(0).key("from")), Some("2026-01-31"));
        assert_eq!(at(wrg.index(0).key("of")), Some("[a, { b: c }]"));
        assert_eq!(at(wrg.index(0).key("of").index(1)), Some("{ b: c }"));
        assert_eq!(at(Path::of("notes")), Some(""));
        assert_eq!(root.entry("notes").map(|(key, _)| &text[key.span.clone()]), Some("'notes'"));
    }

    #[test]
    fn a_text_that_breaks_off_is_read_as_far_as_it_goes() {
        let parsed = parse("name: A\ncourse: c\nwrg: [{ supervisor: s\n");
        assert!(!parsed.whole);
        assert_eq!(parsed.root.get("course").and_then(Node::text), Some("c"));
    }

    #[test]
    fn a_key_is_told_a_second_time_in_a_short_table_and_in_a_long_one() {
        for keys in [1, FEW_KEYS - 1, FEW_KEYS, FEW_KEYS + 1, 100] {
            let text = (0..keys).map(|key| format!("key_{key}: 1\n")).collect::<Vec<_>>().concat();
            assert_eq!(parse(&text).faults, [], "{keys}");
            for repeated in [0, keys - 1] {
                let again = format!("key_{repeated}");
                let whole = format!("{text}{again}: 2\n");
                let faults = parse(&whole).faults;
                assert_eq!(faults.len(), 1, "{whole}");
                assert_eq!(faults[0].span, text.len()..text.len() + again.len(), "{whole}");
            }
        }
    }

    #[test]
    fn what_is_wrong_is_told_on_its_line() {
        let head = "kind: supervision\nmode: telephone\n";
        for (rest, written, message, help) in [
            ("notes: > text\nsessions: []\n", ">", "`>` begins a text that stands in the lines below", "in quotes"),
            (
                "sessions:\n  - { minutes: 60, notes: a\u{c}b }\n",
                "\u{c}",
                "an invisible character stands here: U+000C",
                "take it out",
            ),
            (
                "sessions:\n  - date:2025-10-07\n    minutes: 60\n",
                "date:",
                "`date:` has no blank after its colon",
                "write `date: 2025-10-07`",
            ),
            (
                "sessions:\n  - date: 2025-10-07\n    minutes:60\n    notes: a\n",
                "minutes:",
                "`minutes:` has no blank",
                "write `minutes: 60`",
            ),
            (
                "sessions:\n  - { date:2025-10-07, minutes: 60 }\n",
                "date:",
                "`date:` has no blank",
                "write `date: 2025-10-07`",
            ),
            ("sessions:\n  - date:2025-10-07\n", "date:", "`date:` has no blank", "write `date: 2025-10-07`"),
            (
                "sessions:\n  - date = 2025-10-07\n    minutes = 60\n",
                "date = 2025-10-07",
                "an `=` stands here where YAML has a colon",
                "write `date: 2025-10-07",
            ),
            (
                "sessions:\n  -date: 2025-10-07\n    minutes: 60\n",
                "-",
                "this dash has no blank after it",
                "`- key: value`",
            ),
            (
                "sessions:\n  - { minutes: 60 }\n  { minutes: 60 }\n",
                "{",
                "a dash is missing before this entry",
                "`- { key: value }`",
            ),
            ("sessions:\n  - { minutes: 60, notes: left: ill }\n", ":", "a colon stands within this text", "in quotes"),
            ("notes: a: b\n", ":", "a colon stands here where no value can begin", "put a text with a colon in quotes"),
            ("notes: @home\n", "@", "no value can begin with this character", "put the text in quotes"),
        ] {
            let text = format!("{head}{rest}");
            let parsed = parse(&text);
            let fault = parsed.faults.first().unwrap_or_else(|| panic!("{text}"));
            assert_eq!(&text[fault.span.clone()], written, "{text}: {fault:?}");
            assert!(fault.message.contains(message) && fault.help.contains(help), "{text}: {fault:?}");
        }
        // A text that only looks so is one.
        for sound in ["notes: \"> text\"\n", "notes: see http://example.org\n", "notes: >\n  text\n", "notes: 12:30\n"]
        {
            assert_eq!(parse(sound).faults, [], "{sound}");
        }
    }
}

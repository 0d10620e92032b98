//! From a text in TOML to a tree.

use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

use super::node::{Key, Node, Value};
use super::parsed::{FAULTS_LISTED, Parsed};
use super::toml_bounds::{is_too_deep, is_too_much};
use super::toml_faults;
use super::toml_version::newer_than_1_0;

/// Of a text with more bytes than any record only the first error is told: it could have millions of them.
const LARGE: usize = 1 << 20;

/// Reads a text as a tree, with all that is wrong in its notation.
pub fn parse(text: &str) -> Parsed<'_> {
    let empty = Node { span: 0..0, value: Value::Table(Vec::new()) };
    let mut parsed = Parsed { root: empty, faults: Vec::new(), whole: true, impossible_dates: Vec::new() };
    let out_of_bounds = if is_too_much(text) {
        Some(toml_faults::too_much(0..0))
    } else {
        is_too_deep(text).then(|| toml_faults::too_deep(0..0))
    };
    if let Some(fault) = out_of_bounds {
        parsed.faults.push(fault);
        parsed.whole = false;
        return parsed;
    }
    let (table, errors) = if text.len() > LARGE {
        match DeTable::parse(text) {
            Ok(table) => (table.into_inner(), Vec::new()),
            Err(error) => (DeTable::new(), vec![error]),
        }
    } else {
        let (table, errors) = DeTable::parse_recoverable(text);
        (table.into_inner(), errors)
    };
    parsed.whole = text.len() <= LARGE || errors.is_empty();
    for error in errors {
        parsed.take(text, &error);
        if parsed.faults.len() == FAULTS_LISTED {
            break;
        }
    }
    if text.len() <= LARGE {
        let left = FAULTS_LISTED - parsed.faults.len();
        parsed.faults.extend(newer_than_1_0(text).into_iter().take(left));
    }
    parsed.faults.sort_by_key(|fault| fault.span.start);
    // One slip is often reported twice over, as what is there and as what is missing: the first on a line is told.
    parsed.faults.dedup_by(|later, first| {
        text.get(first.span.start..later.span.start).is_some_and(|between| !between.contains('\n'))
    });
    parsed.root.value = Value::Table(entries(text, table));
    parsed
}

impl Parsed<'_> {
    fn take(&mut self, text: &str, error: &Error) {
        let span = within(text, error.span().unwrap_or_default());
        let written = text.get(span.clone()).unwrap_or_default();
        if toml_faults::is_of_date(error.message()) && looks_like_date(written) {
            if self.impossible_dates.len() < FAULTS_LISTED {
                self.impossible_dates.push(span);
            }
            return;
        }
        // A key that is there twice is left out the second time: all else is in the tree.
        self.whole &= error.message() == toml_faults::DUPLICATE_KEY;
        self.faults.push(toml_faults::fault(text, span, error.message()));
    }
}

fn within(text: &str, span: Range<usize>) -> Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

fn looks_like_date(written: &str) -> bool {
    written.starts_with(|c: char| c.is_ascii_digit())
        && written.bytes().all(|b| b.is_ascii_digit() || b"-:.+TtZz ".contains(&b))
}

fn entries<'t>(text: &'t str, table: DeTable<'t>) -> Vec<(Key<'t>, Node<'t>)> {
    table
        .into_iter()
        .map(|(key, value)| {
            let span = key.span();
            (Key { name: key.into_inner(), span }, node(text, value.span(), value.into_inner()))
        })
        .collect()
}

fn node<'t>(text: &'t str, span: Range<usize>, value: DeValue<'t>) -> Node<'t> {
    let value = match value {
        DeValue::Table(table) => Value::Table(entries(text, table)),
        DeValue::Array(list) => Value::List(
            list.into_iter()
                .map(|element| {
                    let span = element.span();
                    node(text, span, element.into_inner())
                })
                .collect(),
        ),
        DeValue::String(string) => Value::Text(string),
        DeValue::Integer(number) => {
            let nearest = if number.as_str().starts_with('-') { i64::MIN } else { i64::MAX };
            Value::Integer(i64::from_str_radix(number.as_str(), number.radix()).unwrap_or(nearest))
        }
        DeValue::Float(_) => Value::Float,
        DeValue::Boolean(yes) => Value::Boolean(yes),
        DeValue::Datetime(_) => Value::Date(text.get(span.clone()).unwrap_or_default()),
    };
    Node { span, value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Path;

    #[test]
    fn values_and_keys_know_where_they_stand() {
        let text = "\u{feff}name = \"Zoë\" # x\r\n'notes' = '''a\r\nb'''\r\n[form1]\r\nsubmitted = 2026-01-31\r\n\
            [[wrg]]\r\nfrom = 2026-01-31\r\n[[wrg]]\r\nof = [1, { b = 0x1F }]\r\nx.y = 1.5\r\n";
        let parsed = parse(text);
        assert_eq!(parsed.faults, []);
        let root = parsed.root;
        let at = |path: Path| root.follow(&path).map(|(_, node)| &text[node.span.clone()]);
        assert_eq!(at(Path::of("name")), Some("\"Zoë\""));
        assert_eq!(at(Path::of("notes")), Some("'''a\r\nb'''"));
        assert_eq!(root.entry("notes").map(|(key, _)| &text[key.span.clone()]), Some("'notes'"));
        assert_eq!(at(Path::of("form1")), Some("[form1]"));
        assert_eq!(at(Path::of("wrg")), Some("[[wrg]]"));
        let last = Path::of("wrg").index(1);
        assert_eq!(at(last), Some("[[wrg]]"));
        let inner = last.key("of").index(1);
        assert_eq!(at(inner), Some("{ b = 0x1F }"));
        let number = root.follow(&inner).and_then(|(_, table)| table.get("b"));
        assert_eq!(number.map(|node| &node.value), Some(&Value::Integer(31)));
        assert_eq!(at(last.key("x")), Some("x"));
        assert_eq!(at(last.key("x").key("y")), Some("1.5"));
    }

    #[test]
    fn dates_stay_as_they_are_written() {
        let dates =
            ["2026-01-31", "2026-02-30", "2026-01-31T10:00:00Z", "2026-01-31 10:00:00", "10:00:00", "2026-13-01"];
        for date in dates {
            let text = format!("date = {date}\n");
            let parsed = parse(&text);
            assert_eq!(parsed.faults, [], "{date}");
            assert_eq!(parsed.root.get("date").map(|node| &node.value), Some(&Value::Date(date)));
        }
        let large = parse("a = 99999999999999999999\n").root;
        assert_eq!(large.get("a").map(|node| &node.value), Some(&Value::Integer(i64::MAX)));
    }

    #[test]
    fn whatever_else_is_right_is_read() {
        let parsed = parse("name = A\ncourse = \"c\"\ncourse = \"d\"\n[form1\n");
        assert_eq!(parsed.faults.len(), 3);
        assert!(!parsed.whole);
        assert_eq!(parsed.root.get("course").and_then(Node::text), Some("c"));
        assert!(parse("a = 1\na = 2\n").whole, "what is there twice is there");
    }
}

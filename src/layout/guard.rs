//! Whether a text that is laid out anew says what the old one said, with the same comments.

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use crate::text::{Node, Notation, Parsed, Value};

pub(super) fn says_the_same(old: &str, root: &Node<'_>, new: &str) -> bool {
    let again = Parsed::of(Notation::Toml, new);
    again.is_sound() && is_same(root, &again.root) && comments(old) == comments(new)
}

/// The comments of a text, in order of the alphabet.
pub(super) fn comments(text: &str) -> Vec<&str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let tokens = Source::new(text).lex().filter(|token| token.kind() == TokenKind::Comment);
    let mut comments: Vec<_> =
        tokens.filter_map(|token| text.get(token.span().start()..token.span().end())).map(str::trim_end).collect();
    comments.sort_unstable();
    comments
}

/// The line of the first comment of a text, counted from 1, that another has not.
pub(super) fn lost_comment(text: &str, other: &str) -> Option<usize> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut kept = comments(other);
    let tokens = Source::new(body).lex().filter(|token| token.kind() == TokenKind::Comment);
    let lost = tokens.map(|token| token.span().start()..token.span().end()).find(|span| {
        let comment = body.get(span.clone()).unwrap_or_default().trim_end();
        match kept.iter().position(|known| *known == comment) {
            Some(at) => {
                kept.swap_remove(at);
                false
            }
            None => true,
        }
    })?;
    Some(body.bytes().take(lost.start).filter(|byte| *byte == b'\n').count() + 1)
}

/// Whether two values say the same; a date may have lost its quotes, and sessions may have come into their order.
fn is_same(one: &Node<'_>, other: &Node<'_>) -> bool {
    match (&one.value, &other.value) {
        (Value::Table(entries), Value::Table(others)) => {
            entries.len() == others.len()
                && entries.iter().all(|(key, value)| {
                    other.get(&key.name).is_some_and(|there| {
                        if key.name == "sessions" { in_order(value, there) } else { is_same(value, there) }
                    })
                })
        }
        (Value::List(elements), Value::List(others)) => {
            elements.len() == others.len() && elements.iter().zip(others).all(|(one, other)| is_same(one, other))
        }
        (Value::Text(text), Value::Date(date)) => text == date,
        (one, other) => one == other,
    }
}

/// Whether two lists of sessions are the same, those of a day in the same order.
fn in_order(one: &Node<'_>, other: &Node<'_>) -> bool {
    fn sorted<'n, 't>(list: &'n Node<'t>) -> Vec<&'n Node<'t>> {
        let mut elements: Vec<_> = list.elements().iter().collect();
        elements.sort_by_key(|element| match element.get("date").map(|date| &date.value) {
            Some(Value::Date(date)) => (*date).to_owned(),
            Some(Value::Text(text)) => text.to_string(),
            _ => String::new(),
        });
        elements
    }
    let (one, other) = (sorted(one), sorted(other));
    one.len() == other.len() && one.iter().zip(&other).all(|(one, other)| is_same(one, other))
}

//! What is wrong with a text that is not TOML, in plain words.

use std::ops::Range;

use super::parsed::Fault;
use super::untrusted::visible;

pub(super) const DUPLICATE_KEY: &str = "duplicate key";

/// Whether the parser's message is about a date or a time that cannot be.
pub(super) fn is_of_date(message: &str) -> bool {
    ["invalid date", "invalid time", "invalid datetime", "invalid offset"].iter().any(|it| message.starts_with(it))
}

pub(super) fn too_deep(span: Range<usize>) -> Fault {
    Fault::new(span, "the tables and lists are nested too deeply", "no record is more than four levels deep")
}

pub(super) fn too_much(span: Range<usize>) -> Fault {
    Fault::new(span, "the file has more values than a record can have", "write one record to a file")
}

/// The parser's message about some bytes as a fault. What it says that is not known here is passed on.
pub(super) fn fault(text: &str, span: Range<usize>, message: &str) -> Fault {
    let written = visible(text.get(span.clone()).unwrap_or_default());
    let (what, help) = match message.split(", expected").next().unwrap_or_default() {
        DUPLICATE_KEY => {
            let is_header = text.get(..span.start).is_some_and(|before| before.ends_with('['));
            let help = if is_header {
                format!("keep one of the two; where there can be several, each begins with `[[{written}]]`")
            } else {
                "keep one of the two".to_owned()
            };
            return Fault::new(span, format!("`{written}` is here a second time"), help);
        }
        "cannot recurse further; max recursion depth met" | "recursion limit" => return too_deep(span),
        "string values must be quoted" if written.is_empty() => {
            ("a value is missing here", "write it after the `=`, or take the line out")
        }
        "string values must be quoted" => {
            ("this text is not in quotes", "put it in double quotes: `\"…\"`; a date is written 2026-01-31")
        }
        "key with no value" => ("this key has no value", "write `key = value`, or put a `#` before a comment"),
        "missing value" | "missing value for key" => {
            ("a value is missing here", "write it after the `=`, or take the line out")
        }
        "unclosed array" => ("this list is not closed", "write a `]` after its last element"),
        "unclosed inline table" => ("this table is not closed", "write a `}` after its last value"),
        "unclosed table" => ("this header is not closed", "write a `]` at its end"),
        "unclosed array table" => ("this header is not closed", "write `]]` at its end"),
        "missing comma between array elements" | "missing comma between key-value pairs" => {
            ("a comma is missing here", "put a comma between this and what stands before it")
        }
        "extra comma in array" | "extra comma in inline table" => {
            ("there is a comma too many", "leave one comma between two values")
        }
        "missing assignment between key-value pairs" => {
            ("an `=` is missing here", "write `key = value`; in TOML a colon does not do")
        }
        "extra `=`" | "extra assignment between key-value pairs" | "unexpected `=` in array" => {
            ("there is an `=` too many", "write each key with one value: `key = value`")
        }
        "invalid basic string" | "invalid literal string" | "invalid multi-line basic string" => (
            "this text in quotes does not end, or has a character that must not stand in it",
            "\
             close it with the quote that it began with, on the same line; before a `\"` or a `\\` in it put a `\\`",
        ),
        "invalid unquoted key" if text.get(span.start..).is_some_and(|rest| rest.starts_with(':')) => {
            ("a colon stands where TOML has an `=`", "write `key = value`, or rename the file to end in `.yaml`")
        }
        "missing escaped value" | "too few unicode value digits" => (
            "after a `\\` in double quotes stands something that it cannot stand before",
            "write `\\\\` for the character itself, or use single quotes",
        ),
        "invalid inline table element" | "invalid key-value pair" | "missing key for inline table element" => (
            "this is no `key = value` of a table",
            "write `{ key = value, key = value }`, with a comma between two and a `}` after the last",
        ),
        "invalid unquoted key" | "unquoted keys cannot be empty" => {
            ("this is no key", "a key has letters, digits, `-` and `_` only")
        }
        "unexpected leading zero" => {
            ("a number cannot begin with 0", "leave the 0 out, or put it in quotes where it is a text")
        }
        "unexpected key or value" | "unexpected content" => {
            ("this does not belong here", "put each `key = value` on a line of its own")
        }
        _ => {
            return Fault::new(
                span,
                format!("this is not TOML: {}", visible(message)),
                "compare it with the examples of the record format",
            );
        }
    };
    Fault::new(span, what, help)
}

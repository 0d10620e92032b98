//! Headers of tables in a text in TOML, and where what stands below one ends.

use super::splice::{extent, line_end, line_start};
use crate::text::{Node, Value};

/// Whether the elements of a list have headers, and no brackets around them.
pub(super) fn is_of_headers(list: &Node<'_>) -> bool {
    list.elements().first().is_some_and(|first| first.span.start == list.span.start)
}

/// Where the headers of the text begin, in order.
fn headers(text: &str, node: &Node<'_>, found: &mut Vec<usize>) {
    match &node.value {
        Value::Table(entries) => {
            if text.get(node.span.start..).is_some_and(|rest| rest.starts_with('[')) {
                found.push(node.span.start);
            }
            for (_, value) in entries {
                headers(text, value, found);
            }
        }
        Value::List(elements) => {
            for element in elements {
                headers(text, element, found);
            }
        }
        _ => {}
    }
}

pub(super) fn headers_of(text: &str, node: &Node<'_>) -> Vec<usize> {
    let mut found = Vec::new();
    headers(text, node, &mut found);
    found.sort_unstable();
    found
}

/// The byte after the last line of a table and of the tables in it that have headers, before the blank lines and the
/// comments that belong to what comes next.
pub(super) fn end_of_block(text: &str, root: &Node<'_>, block: &Node<'_>) -> usize {
    let last = headers_of(text, block).last().copied().unwrap_or(block.span.start);
    let next = headers_of(text, root).into_iter().find(|header| *header > last).unwrap_or(text.len());
    let said = extent(block).end.min(next);
    before_next(text, said, next)
}

pub(super) fn end_of_plain_keys(text: &str, root: &Node<'_>) -> usize {
    let next = headers_of(text, root).into_iter().find(|header| *header > 0).unwrap_or(text.len());
    let values = root.entries().iter().map(|(_, value)| extent(value)).filter(|span| span.start < next);
    let said = values.map(|span| span.end.min(next)).max().unwrap_or(0);
    before_next(text, said, next)
}

/// After what is said, and the comments below it, but before the comments right above `next` and the blank lines
/// before them.
fn before_next(text: &str, said: usize, next: usize) -> usize {
    let end = line_end(text, said).min(next);
    let end = if next < text.len() { with_comments_above(text, next, end).max(end) } else { next.max(end) };
    let mut at = end;
    let floor = line_end(text, said).min(next);
    while at > floor {
        let start = line_start(text, at - 1);
        if start < floor || !text[start..at].trim().is_empty() {
            break;
        }
        at = start;
    }
    at
}

/// Where the comment lines right above a header begin, not before `floor`.
pub(super) fn with_comments_above(text: &str, header: usize, floor: usize) -> usize {
    let mut at = line_start(text, header);
    while at > floor {
        let start = line_start(text, at - 1);
        if start < floor || !text[start..at].trim_start().starts_with('#') {
            break;
        }
        at = start;
    }
    at
}

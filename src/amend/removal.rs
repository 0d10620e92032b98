//! What is taken out of a text: a key, or an element of a list. Comments go with it that stand in it or behind it on its
//! line; those above it stay.

use std::ops::Range;

use super::headers::{headers_of, is_of_headers};
use super::indents::{after_colon, dash, end_of, is_blank_or_comment, is_in_braces, is_in_brackets};
use super::splice::{Splice, extent, line_end, line_start};
use crate::text::{Key, Node, Path, Step, Value};

/// The pieces that take out a key or an element of a text in TOML.
pub(super) fn toml(text: &str, root: &Node<'_>, at: &Path) -> Option<Vec<Splice>> {
    let (within, last) = at.split_last()?;
    let around = root.at(&within)?;
    let gone = match last {
        Step::Index(position) if is_of_headers(around) => {
            return Some(blocks(text, root, &[around.elements().get(position as usize)?]));
        }
        Step::Index(position) => element(text, around, position as usize)?,
        Step::Key(key) => {
            let (key, value) = around.entry(key)?;
            if let Value::List(elements) = &value.value
                && is_of_headers(value)
            {
                return Some(blocks(text, root, &elements.iter().collect::<Vec<_>>()));
            }
            if matches!(value.value, Value::Table(_)) && text[value.span.start..].starts_with('[') {
                return Some(blocks(text, root, &[value]));
            }
            if text.get(around.span.clone())?.starts_with('{') {
                pair(text, around, key)?
            } else {
                line_of_key(text, key, extent(value).end)?
            }
        }
    };
    Some(vec![Splice::instead(gone, String::new())])
}

/// The pieces that take out a key or an element of a text in YAML.
pub(super) fn yaml(text: &str, root: &Node<'_>, at: &Path) -> Option<Vec<Splice>> {
    let (within, last) = at.split_last()?;
    let around = root.at(&within)?;
    match last {
        Step::Index(position) if is_in_brackets(text, around) => {
            Some(vec![Splice::instead(element(text, around, position as usize)?, String::new())])
        }
        Step::Index(position) => {
            let elements = around.elements();
            let there = elements.get(position as usize)?;
            let (begin, indent) = dash(text, there)?;
            let end = end_of(text, there, elements.get(position as usize + 1), indent.len());
            if elements.len() > 1 {
                return Some(vec![Splice::instead(begin..end, String::new())]);
            }
            // The last one leaves an empty list behind.
            let (holder, key) = within.split_last()?;
            let Step::Key(key) = key else { return None };
            let (key, _) = root.at(&holder)?.entry(key)?;
            let colon = after_colon(text, key.span.end)?;
            let is_below = is_blank_or_comment(&text[colon..line_end(text, colon)]);
            let gone = Splice::instead(begin..end, String::new());
            is_below.then(|| vec![Splice::before(colon, " []".to_owned()), gone])
        }
        Step::Key(key) => {
            let (key, value) = around.entry(key)?;
            if is_in_braces(text, around) {
                return Some(vec![Splice::instead(pair(text, around, key)?, String::new())]);
            }
            // Without a key it would be no table any more.
            let left = if around.entries().len() == 1 { "{}" } else { "" };
            let gone = block_key(text, around, key, value)?;
            Some(vec![Splice::instead(gone, left.to_owned())])
        }
    }
}

/// A key of a table in YAML that stands on lines of its own. The next one moves up where it stands behind a dash.
fn block_key(text: &str, table: &Node<'_>, key: &Key<'_>, value: &Node<'_>) -> Option<Range<usize>> {
    let begin = line_start(text, key.span.start);
    let before = &text[begin..key.span.start];
    if table.entries().len() == 1 {
        return Some(key.span.start..extent(value).end);
    }
    let next = table.entries().iter().map(|(next, _)| next.span.start).filter(|next| *next > key.span.start).min();
    if !before.trim().is_empty() {
        let next = next.filter(|_| before.chars().all(|c| c == ' ' || c == '-'))?;
        let between = text.get(extent(value).end..next)?;
        let end = if between.trim().is_empty() { next } else { extent(value).end };
        return Some(key.span.start..end);
    }
    // A list can stand as far to the left as its key.
    let floor = line_end(text, extent(value).end.max(key.span.end).saturating_sub(1));
    let below = end_of(text, &Node { span: key.span.clone(), value: Value::Null }, None, before.len());
    let end = below.max(floor);
    Some(begin..next.map_or(end, |next| end.min(line_start(text, next))))
}

/// A line `key = value`, with whatever else stands on it that says nothing.
fn line_of_key(text: &str, key: &Key<'_>, end: usize) -> Option<Range<usize>> {
    let begin = line_start(text, key.span.start);
    let before = text[begin..key.span.start].trim();
    let below = line_end(text, end);
    ((before.is_empty() || before.ends_with('.')) && is_blank_or_comment(&text[end..below])).then_some(begin..below)
}

/// A key in braces, with the comma beside it.
fn pair(text: &str, table: &Node<'_>, key: &Key<'_>) -> Option<Range<usize>> {
    let mut pairs: Vec<_> =
        table.entries().iter().map(|(key, value)| key.span.start..extent(value).end.max(key.span.end)).collect();
    pairs.sort_by_key(|pair| pair.start);
    let position = pairs.iter().position(|pair| pair.start == key.span.start)?;
    of_several(text, &pairs, position, table.span.end.checked_sub(1)?)
}

/// An element between brackets, with the comma beside it; its whole line, where it has one of its own.
fn element(text: &str, list: &Node<'_>, position: usize) -> Option<Range<usize>> {
    let elements: Vec<_> = list.elements().iter().map(|element| element.span.clone()).collect();
    let own = elements.get(position)?;
    let close = list.span.end.checked_sub(1)?;
    let begin = line_start(text, own.start);
    let below = line_end(text, own.end);
    let rest = text[own.end..below].trim_start();
    let is_alone = is_blank_or_comment(rest.strip_prefix(',').unwrap_or(rest)) && below <= close;
    if is_alone && text[begin..own.start].trim().is_empty() {
        return Some(begin..below);
    }
    of_several(text, &elements, position, close)
}

/// One of several that stand between brackets or braces, with the comma that is not needed any more.
fn of_several(text: &str, all: &[Range<usize>], position: usize, close: usize) -> Option<Range<usize>> {
    let own = all.get(position)?.clone();
    let gone = match (all.get(position + 1), position.checked_sub(1).and_then(|before| all.get(before))) {
        (Some(next), _) => own.start..next.start,
        (None, Some(before)) => before.end..own.end,
        (None, None) => {
            let rest = text.get(own.end..close)?;
            own.start..if rest.trim().trim_start_matches(',').trim().is_empty() { close } else { own.end }
        }
    };
    // A comment between two of them is about either.
    let beside = [gone.start..own.start.max(gone.start), own.end.min(gone.end)..gone.end];
    beside.iter().all(|beside| !text[beside.clone()].contains('#')).then_some(gone)
}

/// Tables with headers of their own, each with the tables in it and one of the blank lines around it.
fn blocks(text: &str, root: &Node<'_>, blocks: &[&Node<'_>]) -> Vec<Splice> {
    let headers = headers_of(text, root);
    let block = |block: &&Node<'_>| {
        let begin = line_start(text, block.span.start);
        let own = headers_of(text, block);
        let next = headers.iter().find(|header| **header > *own.last().unwrap_or(&begin)).copied();
        let next = next.map_or(text.len(), |next| line_start(text, next));
        let end = line_end(text, extent(block).end).min(next);
        let rest = &text[end..];
        let blank = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let one = rest.find('\n').map_or(0, |newline| newline + 1).min(blank);
        let is_after_blank = text[..begin].trim_end_matches('\r').ends_with("\n\n")
            || text[..begin].ends_with("\r\n\r\n")
            || text[..begin].trim_matches('\u{feff}').is_empty();
        let is_last = rest.is_empty() && is_after_blank && begin > '\u{feff}'.len_utf8();
        let begin = if is_last { begin - if text[..begin].ends_with("\r\n") { 2 } else { 1 } } else { begin };
        Splice::instead(begin..end + if is_after_blank { one } else { 0 }, String::new())
    };
    blocks.iter().map(block).collect()
}

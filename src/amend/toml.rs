//! Where a change goes in a text in TOML.

use super::entry::HEADED;
use super::splice::{Splice, extent, line_end, line_start, lines_at, newline};
use super::{Change, Entry, Field, Within, keys_before};
use crate::text::{Node, Value};

/// The tables of a student's record in the order of the format: one that is not there yet goes after those before it.
const TABLES: [&str; 10] =
    ["form1", "diploma", "arrangement", "wrg", "insurance", "report", "ruling", "leave", "extension", "decision"];

/// The lines of a change, for somebody who types them.
pub(super) fn lines(root: &Node<'_>, change: &Change) -> Vec<String> {
    match change {
        Change::Into { list, entry, .. } if root.get(list).is_some_and(|node| !is_of_headers(node)) => {
            vec![format!("{},", entry.toml_inline(&|_| 0))]
        }
        Change::Into { list, entry, .. } => entry.toml_table(list),
        Change::Instead { entry, .. } => vec![format!("{},", entry.toml_inline(&|_| 0))],
        Change::Set { within, key, value: Field::Table(table) } if has_header(root, *within, key) => {
            headed(&header(*within, key), table)
        }
        Change::Set { key, value, .. } => vec![format!("{key} = {}", value.toml())],
    }
}

/// The pieces that make a change, where the layout of the text leaves no doubt.
pub(super) fn splices(text: &str, root: &Node<'_>, change: &Change) -> Option<Vec<Splice>> {
    match change {
        Change::Into { list, position, entry } => match root.get(list) {
            Some(node) if is_of_headers(node) => Some(vec![table(text, root, node.elements(), *position, list, entry)]),
            Some(node) => in_brackets(text, node, *position, &entry.toml_inline(&|key| column(text, node, key))),
            None => Some(vec![first_table(text, root, list, entry.toml_table(list))]),
        },
        Change::Instead { list, position, entry } => {
            let list = root.get(list)?;
            let there = list.elements().get(*position)?.span.clone();
            let entry = entry.toml_inline(&|key| column(text, list, key));
            text[there.clone()].starts_with('{').then(|| vec![Splice::instead(there, entry)])
        }
        Change::Set { within, key, value: Field::Table(table) } if has_header(root, *within, key) => {
            let lines = headed(&header(*within, key), table);
            let Some(within) = within else { return Some(vec![first_table(text, root, key, lines)]) };
            let block = within.of(root)?;
            let is_headed = text[block.span.start..].starts_with('[');
            is_headed.then(|| vec![lines_at(text, end_of_block(text, root, block), &lines)])
        }
        Change::Set { within: None, key, value } => set(text, root, key, value),
        Change::Set { within: Some(within), key, value } => set(text, within.of(root)?, key, value),
    }
}

/// Whether a table that is set has a header of its own: GWP Form 1, and the competencies of a report that has one.
fn has_header(root: &Node<'_>, within: Option<Within>, key: &str) -> bool {
    match within {
        None => key == "form1" && root.get(key).is_none(),
        Some(Within(list, _, _)) => key == HEADED && root.get(list).is_some_and(is_of_headers),
    }
}

fn header(within: Option<Within>, key: &str) -> String {
    within.map_or_else(|| key.to_owned(), |Within(list, _, _)| format!("{list}.{key}"))
}

/// The lines of a table below a header.
fn headed(header: &str, table: &Entry) -> Vec<String> {
    let lines = table.0.iter().map(|(key, field)| format!("{key} = {}", field.toml()));
    std::iter::once(format!("[{header}]")).chain(lines).collect()
}

/// Whether the elements of a list have headers, and no brackets around them.
fn is_of_headers(list: &Node<'_>) -> bool {
    list.elements().first().is_some_and(|first| first.span.start == list.span.start)
}

/// A line `key = value` after the keys that it follows in the format, or else right below the header; in braces, after
/// their values. Where the key is there, another value in its place.
fn set(text: &str, table: &Node<'_>, key: &str, value: &Field) -> Option<Vec<Splice>> {
    let is_plain = |node: &Node<'_>| !text[node.span.start..].starts_with('[') || matches!(node.value, Value::List(_));
    if let Some(there) = table.get(key) {
        return is_plain(there).then(|| vec![Splice::instead(there.span.clone(), value.toml())]);
    }
    let Some((after, there)) = keys_before(key).find_map(|key| table.entry(key).filter(|(_, there)| is_plain(there)))
    else {
        // The first key below a header.
        let header = table.span.start;
        let is_headed = text.get(header..)?.starts_with('[') && line_start(text, header) == header;
        let line = format!("{key} = {}", value.toml());
        return is_headed.then(|| vec![lines_at(text, line_end(text, header), &[line])]);
    };
    let said = format!("{key} = {}", value.toml());
    if text.get(table.span.clone()).is_some_and(|table| table.starts_with('{')) {
        return Some(vec![Splice::before(there.span.end, format!(", {said}"))]);
    }
    let indent = &text[line_start(text, after.span.start)..after.span.start];
    let line = format!("{indent}{said}");
    indent.trim().is_empty().then(|| vec![lines_at(text, line_end(text, there.span.end), &[line])])
}

/// A table with a header of its own among those of its kind.
fn table(text: &str, root: &Node<'_>, kin: &[Node<'_>], position: usize, name: &str, entry: &Entry) -> Splice {
    let mut lines = entry.toml_table(name);
    if let Some(before) = position.checked_sub(1).and_then(|before| kin.get(before)) {
        lines.insert(0, String::new());
        return lines_at(text, end_of_block(text, root, before), &lines);
    }
    lines.push(String::new());
    let first = kin.first().map_or(text.len(), |first| first.span.start);
    lines_at(text, with_comments_above(text, first, 0), &lines)
}

/// The first table of its kind: after the last of the nearest kind before it in the format that has a header, or else
/// after the plain keys.
fn first_table(text: &str, root: &Node<'_>, name: &str, table: Vec<String>) -> Splice {
    let own = TABLES.iter().position(|table| *table == name).unwrap_or(0);
    let block = TABLES[..own].iter().rev().find_map(|table| {
        let node = root.get(table)?;
        let last = if let Value::List(elements) = &node.value { elements.last()? } else { node };
        text[last.span.start..].starts_with('[').then_some(last)
    });
    let at = match block {
        Some(block) => end_of_block(text, root, block),
        None => end_of_plain_keys(text, root),
    };
    let mut lines = vec![String::new()];
    lines.extend(table);
    lines_at(text, at, &lines)
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

fn headers_of(text: &str, node: &Node<'_>) -> Vec<usize> {
    let mut found = Vec::new();
    headers(text, node, &mut found);
    found.sort_unstable();
    found
}

/// The byte after the last line of a table and of the tables in it that have headers, before the blank lines and the
/// comments that belong to what comes next.
fn end_of_block(text: &str, root: &Node<'_>, block: &Node<'_>) -> usize {
    let last = headers_of(text, block).last().copied().unwrap_or(block.span.start);
    let next = headers_of(text, root).into_iter().find(|header| *header > last).unwrap_or(text.len());
    let said = extent(block).end.min(next);
    before_next(text, said, next)
}

fn end_of_plain_keys(text: &str, root: &Node<'_>) -> usize {
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
fn with_comments_above(text: &str, header: usize, floor: usize) -> usize {
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

/// How many characters the numbers of a key take in a list in which some are set to the right, below one another.
fn column(text: &str, list: &Node<'_>, key: &str) -> usize {
    let mut is_aligned = false;
    let taken = list.elements().iter().filter_map(|element| {
        let (key, value) = element.entry(key)?;
        let gap = text[key.span.end..value.span.start].trim_start().strip_prefix('=')?.len();
        is_aligned |= gap > 1;
        Some(value.span.len() + gap.saturating_sub(1))
    });
    let widest = taken.max().unwrap_or(0);
    if is_aligned { widest } else { 0 }
}

/// An element of a list in brackets: on a line of its own where those beside it are.
fn in_brackets(text: &str, list: &Node<'_>, position: usize, entry: &str) -> Option<Vec<Splice>> {
    let elements = list.elements();
    let (open, close) = (list.span.start, list.span.end.checked_sub(1)?);
    let is_apart = |from: usize, to: usize| text[from..to].contains('\n');
    let next = elements.get(position).map(|next| next.span.start);
    let Some(before) = position.checked_sub(1).and_then(|before| elements.get(before)) else {
        return match next {
            Some(first) if is_apart(open, first) => {
                let indent = indent_of(text, first)?;
                Some(vec![lines_at(text, line_end(text, open), &[format!("{indent}{entry},")])])
            }
            Some(first) => Some(vec![Splice::before(first, format!("{entry}, "))]),
            None if is_apart(open, close) => {
                let at = line_start(text, close);
                let own = text[at..close].trim().is_empty();
                own.then(|| vec![lines_at(text, at, &[format!("{}  {entry},", &text[at..close])])])
            }
            None => {
                let newline = newline(text, open);
                Some(vec![Splice::before(open + 1, format!("{newline}  {entry},{newline}"))])
            }
        };
    };
    let said = before.span.end;
    let comma = comma_after(text, said, next.unwrap_or(close));
    if !is_apart(said, next.unwrap_or(close)) {
        return Some(match (next, comma) {
            (Some(next), _) => vec![Splice::before(next, format!("{entry}, "))],
            (None, Some(comma)) => vec![Splice::before(comma + 1, format!(" {entry},"))],
            (None, None) => vec![Splice::before(said, format!(", {entry}"))],
        });
    }
    let indent = indent_of(text, before.span.start).or_else(|| indent_of(text, next?)).unwrap_or("  ");
    let below = line_end(text, said);
    match comma {
        Some(comma) if comma < below => Some(vec![lines_at(text, below, &[format!("{indent}{entry},")])]),
        Some(_) => None,
        None => {
            let comma = Splice::before(said, ",".to_owned());
            Some(vec![comma, lines_at(text, below, &[format!("{indent}{entry}")])])
        }
    }
}

/// The white space before a value that is the first on its line.
fn indent_of(text: &str, at: usize) -> Option<&str> {
    Some(&text[line_start(text, at)..at]).filter(|before| before.trim().is_empty())
}

/// The comma between two bytes between which there are only white space and comments besides.
fn comma_after(text: &str, from: usize, to: usize) -> Option<usize> {
    let mut in_comment = false;
    text[from..to].char_indices().find_map(|(at, character)| {
        match character {
            '#' => in_comment = true,
            '\n' => in_comment = false,
            _ => {}
        }
        (character == ',' && !in_comment).then_some(from + at)
    })
}

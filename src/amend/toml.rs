//! Where a change goes in a text in TOML.

use super::brackets::{comments, in_brackets, in_place_of, only};
use super::splice::{Splice, extent, line_end, line_start, lines_at, lines_instead};
use super::{Change, NewTable, NewValue, Within, keys_before};
use crate::records::RecordKind;
use crate::records::shape::Table;
use crate::text::{Node, Value};

/// The lines of a change, for somebody who types them.
pub(super) fn lines(root: &Node<'_>, change: &Change) -> Vec<String> {
    match change {
        Change::Into { list, entry, .. } | Change::Instead { list, entry, .. } => match root.get(list) {
            Some(node) if !is_of_headers(node) => vec![format!("{},", entry.toml_inline(&|_| 0))],
            _ => entry.toml_table(list),
        },
        Change::Set { within, key, value: NewValue::Table(table) } if has_header(root, *within, key, table) => {
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
            let kin = root.get(list)?;
            let there = kin.elements().get(*position)?;
            if is_of_headers(kin) {
                let there = there.span.start..line_end(text, extent(there).end);
                let mut lines: Vec<_> = comments(&text[there.clone()]).map(str::to_owned).collect();
                lines.extend(entry.toml_table(list));
                return Some(vec![lines_instead(text, there, &lines)]);
            }
            let is_inline = text[there.span.start..].starts_with('{');
            let entry = entry.toml_inline(&|key| column(text, kin, key));
            is_inline.then(|| vec![in_place_of(text, there.span.clone(), &entry)])
        }
        Change::Set { within, key, value: NewValue::Table(table) } if has_header(root, *within, key, table) => {
            let lines = headed(&header(*within, key), table);
            let Some(within) = within else { return Some(vec![first_table(text, root, key, lines)]) };
            let block = within.of(root)?;
            let is_headed = text[block.span.start..].starts_with('[');
            is_headed.then(|| vec![lines_at(text, end_of_block(text, root, block), &lines)])
        }
        Change::Set { within, key, value } => {
            let table = within.map_or(Some(root), |within| within.of(root))?;
            set(text, table, Within::keys(*within), key, value)
        }
    }
}

/// Whether a table that is set has a header of its own: a new one of the record itself, or one that is too long for braces
/// in a table that has one.
fn has_header(root: &Node<'_>, within: Option<Within>, key: &str, table: &NewTable) -> bool {
    match within {
        None => root.get(key).is_none(),
        Some(Within(list, _, _)) => table.has_header && root.get(list).is_some_and(is_of_headers),
    }
}

fn header(within: Option<Within>, key: &str) -> String {
    within.map_or_else(|| key.to_owned(), |Within(list, _, _)| format!("{list}.{key}"))
}

/// The lines of a table below a header.
fn headed(header: &str, table: &NewTable) -> Vec<String> {
    let lines = table.said.iter().map(|(key, field)| format!("{key} = {}", field.toml()));
    std::iter::once(format!("[{header}]")).chain(lines).collect()
}

/// Whether the elements of a list have headers, and no brackets around them.
fn is_of_headers(list: &Node<'_>) -> bool {
    list.elements().first().is_some_and(|first| first.span.start == list.span.start)
}

/// A line `key = value` after the keys that it follows in the format, or else right below the header; in braces, after
/// their values; of a table without either, with the same keys before it. Where the key is there, another value in its
/// place.
fn set(text: &str, table: &Node<'_>, keys: &'static Table, key: &str, value: &NewValue) -> Option<Vec<Splice>> {
    let is_plain = |node: &Node<'_>| !text[node.span.start..].starts_with('[') || matches!(node.value, Value::List(_));
    if let Some(there) = table.get(key) {
        return is_plain(there).then(|| vec![Splice::instead(there.span.clone(), value.toml())]);
    }
    let said = format!("{key} = {}", value.toml());
    let begin = table.span.start;
    let is_headed = text.get(begin..)?.starts_with('[') && line_start(text, begin) == begin;
    let is_inline = text.get(table.span.clone()).is_some_and(|table| table.starts_with('{'));
    let plain = || table.entries().iter().filter(|(_, there)| is_plain(there));
    let after = keys_before(keys, key).find_map(|field| plain().find(|(before, _)| before.name == field.key));
    // Without a header there is no place but after what is said.
    let after = after.or_else(|| plain().filter(|_| !is_headed).max_by_key(|(key, _)| key.span.start));
    let Some((after, there)) = after else {
        if is_inline {
            return Some(vec![only(text, table, &said)]);
        }
        return is_headed.then(|| vec![lines_at(text, line_end(text, begin), &[said])]);
    };
    let end = extent(there).end;
    if is_inline {
        return Some(vec![Splice::before(end, format!(", {said}"))]);
    }
    let before = &text[line_start(text, after.span.start)..after.span.start];
    let own = before.rsplit(['{', ',']).next()?;
    if own.len() < before.len() {
        return Some(vec![Splice::before(end, format!(", {}{said}", own.trim_start()))]);
    }
    let is_alone = own.trim().is_empty() || own.trim_end().ends_with('.');
    is_alone.then(|| vec![lines_at(text, line_end(text, end), &[format!("{own}{said}")])])
}

/// A table with a header of its own among those of its kind.
fn table(text: &str, root: &Node<'_>, kin: &[Node<'_>], position: usize, name: &str, entry: &NewTable) -> Splice {
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
    let mut before = keys_before(Table::of_kind(RecordKind::Student), name).filter(|field| field.table().is_some());
    let block = before.find_map(|field| {
        let node = root.get(&field.key)?;
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

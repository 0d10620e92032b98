//! Where a change goes in a text in TOML.

use super::brackets::{comments, in_brackets, in_place_of, only};
use super::headers::{end_of_block, end_of_plain_keys, headers_of, is_of_headers, with_comments_above};
use super::removal;
use super::splice::{Splice, extent, line_end, line_start, lines_at, lines_instead};
use super::{Change, Ground, NewTable, NewValue, keys_at, keys_before};
use crate::records::shape::Field;
use crate::text::{Node, Path, Step, Value};

/// The lines of a change, for somebody who types them.
pub(super) fn lines(ground: Ground<'_>, change: &Change) -> Vec<String> {
    match change {
        Change::Into { list, entry, .. } | Change::Instead { list, entry, .. } => match (ground.root.at(list), entry) {
            (Some(node), NewValue::Table(entry)) if is_of_headers(node) => entry.toml_entry(&dotted(list)),
            (None, NewValue::Table(entry)) => entry.toml_entry(&dotted(list)),
            (_, entry) => vec![format!("{},", entry.toml())],
        },
        Change::Set { within, key, value: NewValue::Table(table) } if has_header(ground, within, key, table) => {
            headed(&dotted(&within.key(key)), table)
        }
        Change::Set { key, value, .. } => vec![format!("{key} = {}", value.toml())],
        Change::Gone { .. } => Vec::new(),
    }
}

/// The pieces that make a change, where the layout of the text leaves no doubt.
pub(super) fn splices(ground: Ground<'_>, change: &Change) -> Option<Vec<Splice>> {
    let Ground { text, root, keys, .. } = ground;
    match change {
        Change::Into { list, position, entry } => match (root.at(list), entry) {
            (Some(node), NewValue::Table(entry)) if is_of_headers(node) => {
                Some(vec![table(text, root, node.elements(), *position, &dotted(list), entry)])
            }
            (Some(node), entry) => in_brackets(text, node, *position, &inline(text, node, entry)),
            (None, NewValue::Table(entry)) => {
                let name = dotted(list);
                Some(vec![first_table(ground, &name, entry.toml_entry(&name))])
            }
            (None, _) => None,
        },
        Change::Instead { list, position, entry } => {
            let kin = root.at(list)?;
            let there = kin.elements().get(*position)?;
            match entry {
                NewValue::Table(entry) if is_of_headers(kin) => {
                    let there = there.span.start..line_end(text, extent(there).end);
                    let mut lines: Vec<_> = comments(&text[there.clone()]).map(str::to_owned).collect();
                    lines.extend(entry.toml_entry(&dotted(list)));
                    Some(vec![lines_instead(text, there, &lines)])
                }
                NewValue::Table(_) => {
                    let is_inline = text[there.span.start..].starts_with('{');
                    is_inline.then(|| vec![in_place_of(text, there.span.clone(), &inline(text, kin, entry))])
                }
                entry => Some(vec![Splice::instead(there.span.clone(), entry.toml())]),
            }
        }
        Change::Set { within, key, value: NewValue::Table(table) } if has_header(ground, within, key, table) => {
            let name = dotted(&within.key(key));
            let lines = headed(&name, table);
            if *within == Path::root() {
                return Some(vec![first_table(ground, &name, lines)]);
            }
            let block = root.at(within)?;
            let is_headed = text[block.span.start..].starts_with('[');
            is_headed.then(|| vec![lines_at(text, end_of_block(text, root, block), &lines)])
        }
        Change::Set { within, key, value } => {
            let table = root.at(within)?;
            if *within == Path::root() && !table.entries().iter().any(|(_, there)| is_plain(text, there)) {
                return Some(vec![first_key(text, root, &format!("{key} = {}", value.toml()))]);
            }
            set(text, table, keys_before(keys_at(keys, within), key), key, value)
        }
        Change::Gone { at } => removal::toml(text, root, at),
    }
}

/// Whether a table that is set has a header of its own: a new one of the record itself, or one that is too long for braces
/// in a table that has one.
fn has_header(ground: Ground<'_>, within: &Path, key: &str, table: &NewTable) -> bool {
    match within.split_last() {
        None => ground.has_headers && ground.root.get(key).is_none(),
        Some((list, _)) => table.has_header && ground.root.at(&list).is_some_and(is_of_headers),
    }
}

/// The name of a table, as a header says it.
fn dotted(path: &Path) -> String {
    let keys = path.steps().filter_map(|step| if let Step::Key(key) = step { Some(key) } else { None });
    keys.collect::<Vec<_>>().join(".")
}

/// An element between brackets, its numbers set to the right in the columns of those beside it.
fn inline(text: &str, list: &Node<'_>, entry: &NewValue) -> String {
    match entry {
        NewValue::Table(entry) => entry.toml_inline(&|key| column(text, list, key)),
        entry => entry.toml(),
    }
}

/// The first plain key of a record: above its first header and the comments of that, or at its end.
fn first_key(text: &str, root: &Node<'_>, line: &str) -> Splice {
    match headers_of(text, root).first() {
        Some(header) => lines_at(text, with_comments_above(text, *header, 0), &[line.to_owned(), String::new()]),
        None => lines_at(text, text.len(), &[line.to_owned()]),
    }
}

/// The lines of a table below a header.
fn headed(header: &str, table: &NewTable) -> Vec<String> {
    let lines = table.said.iter().map(|(key, field)| format!("{key} = {}", field.toml()));
    std::iter::once(format!("[{header}]")).chain(lines).collect()
}

/// Whether it is no table with a header, and no list of such.
fn is_plain(text: &str, node: &Node<'_>) -> bool {
    match &node.value {
        Value::List(_) => !is_of_headers(node),
        _ => !text[node.span.start..].starts_with('['),
    }
}

/// A line `key = value` after the keys that it follows in the format, or else right below the header; in braces, after
/// their values; of a table without either, with the same keys before it. Where the key is there, another value in its
/// place.
fn set(
    text: &str,
    table: &Node<'_>,
    mut before: impl Iterator<Item = &'static Field>,
    key: &str,
    value: &NewValue,
) -> Option<Vec<Splice>> {
    if let Some(there) = table.get(key) {
        let has_comments =
            matches!(there.value, Value::List(_) | Value::Table(_)) && text[there.span.clone()].contains('#');
        let is_replaced = is_plain(text, there) && !has_comments;
        return is_replaced.then(|| vec![Splice::instead(there.span.clone(), value.toml())]);
    }
    let said = format!("{key} = {}", value.toml());
    let begin = table.span.start;
    let is_headed = text.get(begin..)?.starts_with('[') && line_start(text, begin) == begin;
    let is_inline = text.get(table.span.clone()).is_some_and(|table| table.starts_with('{'));
    let plain = || table.entries().iter().filter(|(_, there)| is_plain(text, there));
    let after = before.find_map(|field| plain().find(|(before, _)| before.name == field.key));
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
    let mut lines = entry.toml_entry(name);
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
fn first_table(ground: Ground<'_>, name: &str, table: Vec<String>) -> Splice {
    let Ground { text, root, keys, .. } = ground;
    let mut before = keys_before(keys, name).filter(|field| field.table().is_some());
    let block = before.find_map(|field| {
        let node = root.get(&field.key)?;
        let last = if let Value::List(elements) = &node.value { elements.last()? } else { node };
        text[last.span.start..].starts_with('[').then_some(last)
    });
    let at = match block {
        Some(block) => end_of_block(text, root, block),
        None => end_of_plain_keys(text, root),
    };
    let is_first = text[..at].trim_matches(['\u{feff}', '\n', '\r', ' ']).is_empty();
    let mut lines = if is_first { Vec::new() } else { vec![String::new()] };
    lines.extend(table);
    lines_at(text, at, &lines)
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

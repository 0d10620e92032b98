//! Where a change goes in a text in YAML: a line among others that are laid out as it is, a place in brackets, or
//! nowhere.

use super::brackets::{comments, in_brackets, in_place_of, only};
use super::indents::{after_colon, dash, end_of, is_blank_or_comment, is_in_braces, is_in_brackets};
use super::removal;
use super::splice::{Splice, extent, line_end, line_start, lines_at, lines_instead};
use super::{Change, Ground, NewValue, keys_at, keys_before};
use crate::records::shape::Field;
use crate::text::{Key, Node, Path, Step, Value};

/// The lines of a change, for somebody who types them.
pub(super) fn lines(ground: Ground<'_>, change: &Change) -> Vec<String> {
    match change {
        Change::Into { list, entry, .. } | Change::Instead { list, entry, .. } => match ground.root.at(list) {
            Some(node) if is_in_brackets(ground.text, node) => vec![format!("{},", entry.yaml())],
            Some(_) => vec![format!("- {}", entry.yaml())],
            None => {
                let key = list.split_last().map_or("", |(_, key)| if let Step::Key(key) = key { key } else { "" });
                vec![format!("{key}:"), format!("  - {}", entry.yaml())]
            }
        },
        Change::Set { key, value, .. } => vec![format!("{key}: {}", value.yaml())],
        Change::Gone { .. } => Vec::new(),
    }
}

/// The pieces that make a change, where the layout of the text leaves no doubt.
pub(super) fn splices(ground: Ground<'_>, change: &Change) -> Option<Vec<Splice>> {
    let Ground { text, root, keys, .. } = ground;
    match change {
        Change::Into { list, position, entry } => into(text, root, list, *position, entry),
        Change::Instead { list, position, entry } => {
            let there = root.at(list)?.elements().get(*position)?;
            if !matches!(entry, NewValue::Table(_)) {
                return is_scalar(there).then(|| vec![Splice::instead(there.span.clone(), entry.yaml())]);
            }
            let Some((begin, indent)) = dash(text, there) else {
                let is_flow = is_in_braces(text, there);
                return is_flow.then(|| vec![in_place_of(text, there.span.clone(), &entry.yaml())]);
            };
            let region = begin..line_end(text, extent(there).end);
            let inside = if is_in_braces(text, there) { there.span.clone() } else { region.clone() };
            let mut lines: Vec<_> = comments(&text[inside]).map(|comment| format!("{indent}{comment}")).collect();
            if is_in_braces(text, there) {
                let entry = Splice::instead(there.span.clone(), entry.yaml());
                return Some(vec![lines_at(text, begin, &lines), entry]);
            }
            lines.extend(element(indent, entry, false));
            Some(vec![lines_instead(text, region, &lines)])
        }
        Change::Set { within, key, value } => {
            let before = keys_before(keys_at(keys, within), key);
            set(text, root.at(within)?, before, key, value)
        }
        Change::Gone { at } => removal::yaml(text, root, at),
    }
}

/// One more element of a list.
fn into(text: &str, root: &Node<'_>, list: &Path, position: usize, entry: &NewValue) -> Option<Vec<Splice>> {
    let (within, Step::Key(name)) = list.split_last()? else { return None };
    let Some((key, node)) = root.at(&within)?.entry(name) else {
        return if within == Path::root() { first(text, root, name, entry) } else { None };
    };
    let elements = node.elements();
    if elements.is_empty() {
        return first_element(text, key, node, entry);
    }
    if is_in_brackets(text, node) {
        return in_brackets(text, node, position, &entry.yaml());
    }
    let dashes = elements.iter().map(|element| dash(text, element)).collect::<Option<Vec<_>>>()?;
    let (_, indent) = *dashes.first()?;
    if dashes.iter().any(|(_, other)| *other != indent) {
        return None;
    }
    let before = position.checked_sub(1).and_then(|before| elements.get(before));
    let at = match before {
        Some(before) => end_of(text, before, elements.get(position), indent.len()),
        None => Some(line_end(text, key.span.end)).filter(|_| ends_with_colon(text, key.span.end))?,
    };
    let is_flow = is_in_braces(text, before.or_else(|| elements.first())?);
    Some(vec![lines_at(text, at, &element(indent, entry, is_flow))])
}

/// Whether it is neither a table nor a list, and is there.
fn is_scalar(node: &Node<'_>) -> bool {
    !matches!(node.value, Value::Table(_) | Value::List(_) | Value::Null)
}

/// A line `key: value` after the keys that it follows in the format, or else before the first, indented as they are; in
/// braces, after their values. Where the key is there, another value in its place.
fn set(
    text: &str,
    table: &Node<'_>,
    mut before: impl Iterator<Item = &'static Field>,
    key: &str,
    value: &NewValue,
) -> Option<Vec<Splice>> {
    let is_plain = |node: &Node<'_>| is_scalar(node) || is_in_braces(text, node) || is_in_brackets(text, node);
    let said = format!("{key}: {}", value.yaml());
    if let Some(there) = table.get(key) {
        let has_comments = !is_scalar(there) && text[there.span.clone()].contains('#');
        return (is_plain(there) && !has_comments).then(|| vec![Splice::instead(there.span.clone(), value.yaml())]);
    }
    let after = before.find_map(|field| table.entry(&field.key).filter(|(_, there)| is_plain(there)));
    if is_in_braces(text, table) {
        let after = after.or_else(|| table.entries().iter().rfind(|(_, there)| is_plain(there)));
        return Some(vec![match after {
            Some((_, there)) => Splice::before(there.span.end, format!(", {said}")),
            None => only(text, table, &said),
        }]);
    }
    let Some((after, there)) = after else {
        let (first, _) = table.entries().first()?;
        let indent = indentation(text, first.span.start)?;
        return Some(vec![lines_at(text, line_start(text, first.span.start), &[format!("{indent}{said}")])]);
    };
    let before = &text[line_start(text, after.span.start)..after.span.start];
    let is_indentation = before.chars().all(|c| c == ' ' || c == '-');
    let line = format!("{}{said}", " ".repeat(before.len()));
    let is_last = is_blank_or_comment(&text[there.span.end..line_end(text, there.span.end)]);
    (is_last && is_indentation).then(|| vec![lines_at(text, line_end(text, there.span.end), &[line])])
}

/// The first element of a list in brackets that is there and empty: on a line of its own, where nothing else stands in
/// the brackets or around them.
fn first_element(text: &str, key: &Key<'_>, list: &Node<'_>, entry: &NewValue) -> Option<Vec<Splice>> {
    let colon = after_colon(text, key.span.end)?;
    let (before, inside) = (text.get(colon..list.span.start)?, text.get(list.span.clone())?);
    if !inside.trim_matches(['[', ']']).trim().is_empty() {
        return in_brackets(text, list, 0, &entry.yaml());
    }
    let below = line_end(text, list.span.end);
    let is_alone = before.trim().is_empty() && is_blank_or_comment(&text[list.span.end..below]);
    let Some(margin) = indentation(text, key.span.start).filter(|_| is_alone) else {
        return Some(vec![Splice::instead(list.span.clone(), format!("[{}]", entry.yaml()))]);
    };
    let element = element(&format!("{margin}  "), entry, !has_table(entry));
    Some(vec![Splice::instead(colon..list.span.end, String::new()), lines_at(text, below, &element)])
}

/// The first of its kind: a key at the end of the text, or of the braces around all of it.
fn first(text: &str, root: &Node<'_>, list: &str, entry: &NewValue) -> Option<Vec<Splice>> {
    let (key, _) = root.entries().first()?;
    if is_in_braces(text, root) {
        let end = root.entries().iter().map(|(_, value)| extent(value).end).max()?;
        return Some(vec![Splice::before(end, format!(", {list}: [{}]", entry.yaml()))]);
    }
    let margin = indentation(text, key.span.start)?;
    let mut lines = vec![format!("{margin}{list}:")];
    lines.extend(element(&format!("{margin}  "), entry, !has_table(entry)));
    Some(vec![lines_at(text, text.len(), &lines)])
}

/// The spaces before what is the first on its line.
pub(super) fn indentation(text: &str, at: usize) -> Option<&str> {
    Some(&text[line_start(text, at)..at]).filter(|before| before.chars().all(|c| c == ' '))
}

/// The lines of an element, on one line where those beside it are.
fn element(indent: &str, entry: &NewValue, is_flow: bool) -> Vec<String> {
    let NewValue::Table(entry) = entry else { return vec![format!("{indent}- {}", entry.yaml())] };
    if is_flow {
        return vec![format!("{indent}- {}", entry.yaml_flow())];
    }
    let lines = entry.yaml_block().into_iter().enumerate();
    lines.map(|(number, line)| format!("{indent}{} {line}", if number == 0 { "-" } else { " " })).collect()
}

fn has_table(entry: &NewValue) -> bool {
    matches!(entry, NewValue::Table(table) if table.has_table())
}

fn ends_with_colon(text: &str, key_end: usize) -> bool {
    after_colon(text, key_end).is_some_and(|colon| is_blank_or_comment(&text[colon..line_end(text, colon)]))
}

//! Where a change goes in a text in YAML: a line among others that are laid out as it is, a place in brackets, or
//! nowhere.

use super::brackets::{comments, in_brackets, in_place_of, only};
use super::splice::{Splice, extent, line_end, line_start, lines_at, lines_instead};
use super::{Change, NewTable, NewValue, Within, keys_before};
use crate::records::shape::Table;
use crate::text::{Key, Node, Value};

/// The lines of a change, for somebody who types them.
pub(super) fn lines(text: &str, root: &Node<'_>, change: &Change) -> Vec<String> {
    match change {
        Change::Into { list, entry, .. } | Change::Instead { list, entry, .. } => match root.get(list) {
            Some(node) if is_in_brackets(text, node) => vec![format!("{},", entry.yaml_flow())],
            Some(_) => vec![format!("- {}", entry.yaml_flow())],
            None => vec![format!("{list}:"), format!("  - {}", entry.yaml_flow())],
        },
        Change::Set { key, value, .. } => vec![format!("{key}: {}", value.yaml())],
    }
}

/// The pieces that make a change, where the layout of the text leaves no doubt.
pub(super) fn splices(text: &str, root: &Node<'_>, change: &Change) -> Option<Vec<Splice>> {
    match change {
        Change::Into { list, position, entry } => {
            let Some((key, node)) = root.entry(list) else { return first(text, root, list, entry) };
            let elements = node.elements();
            if elements.is_empty() {
                return first_element(text, key, node, entry);
            }
            if is_in_brackets(text, node) {
                return in_brackets(text, node, *position, &entry.yaml_flow());
            }
            let dashes = elements.iter().map(|element| dash(text, element)).collect::<Option<Vec<_>>>()?;
            let (_, indent) = *dashes.first()?;
            if dashes.iter().any(|(_, other)| *other != indent) {
                return None;
            }
            let before = position.checked_sub(1).and_then(|before| elements.get(before));
            let at = match before {
                Some(before) => end_of(text, before, elements.get(*position), indent.len()),
                None => Some(line_end(text, key.span.end)).filter(|_| ends_with_colon(text, key.span.end))?,
            };
            let is_flow = is_in_braces(text, before.or_else(|| elements.first())?);
            Some(vec![lines_at(text, at, &element(indent, entry, is_flow))])
        }
        Change::Instead { list, position, entry } => {
            let there = root.get(list)?.elements().get(*position)?;
            let Some((begin, indent)) = dash(text, there) else {
                let is_flow = is_in_braces(text, there);
                return is_flow.then(|| vec![in_place_of(text, there.span.clone(), &entry.yaml_flow())]);
            };
            let region = begin..line_end(text, extent(there).end);
            let inside = if is_in_braces(text, there) { there.span.clone() } else { region.clone() };
            let mut lines: Vec<_> = comments(&text[inside]).map(|comment| format!("{indent}{comment}")).collect();
            if is_in_braces(text, there) {
                let entry = Splice::instead(there.span.clone(), entry.yaml_flow());
                return Some(vec![lines_at(text, begin, &lines), entry]);
            }
            lines.extend(element(indent, entry, false));
            Some(vec![lines_instead(text, region, &lines)])
        }
        Change::Set { within, key, value } => {
            let table = within.map_or(Some(root), |within| within.of(root))?;
            set(text, table, Within::keys(*within), key, value)
        }
    }
}

/// A line `key: value` after the keys that it follows in the format, or else before the first, indented as they are; in
/// braces, after their values. Where the key is there, another value in its place.
fn set(text: &str, table: &Node<'_>, keys: &'static Table, key: &str, value: &NewValue) -> Option<Vec<Splice>> {
    let is_scalar = |node: &Node<'_>| !matches!(node.value, Value::Table(_) | Value::List(_) | Value::Null);
    let is_plain = |node: &Node<'_>| is_scalar(node) || is_in_braces(text, node) || is_in_brackets(text, node);
    let said = format!("{key}: {}", value.yaml());
    if let Some(there) = table.get(key) {
        return is_plain(there).then(|| vec![Splice::instead(there.span.clone(), value.yaml())]);
    }
    let after = keys_before(keys, key).find_map(|field| table.entry(&field.key).filter(|(_, there)| is_plain(there)));
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
fn first_element(text: &str, key: &Key<'_>, list: &Node<'_>, entry: &NewTable) -> Option<Vec<Splice>> {
    let colon = after_colon(text, key.span.end)?;
    let (before, inside) = (text.get(colon..list.span.start)?, text.get(list.span.clone())?);
    if !inside.trim_matches(['[', ']']).trim().is_empty() {
        return in_brackets(text, list, 0, &entry.yaml_flow());
    }
    let below = line_end(text, list.span.end);
    let is_alone = before.trim().is_empty() && is_blank_or_comment(&text[list.span.end..below]);
    let Some(margin) = indentation(text, key.span.start).filter(|_| is_alone) else {
        return Some(vec![Splice::instead(list.span.clone(), format!("[{}]", entry.yaml_flow()))]);
    };
    let element = element(&format!("{margin}  "), entry, !entry.has_table());
    Some(vec![Splice::instead(colon..list.span.end, String::new()), lines_at(text, below, &element)])
}

/// The first of its kind: a key at the end of the text, or of the braces around all of it.
fn first(text: &str, root: &Node<'_>, list: &str, entry: &NewTable) -> Option<Vec<Splice>> {
    let (key, _) = root.entries().first()?;
    if is_in_braces(text, root) {
        let end = root.entries().iter().map(|(_, value)| extent(value).end).max()?;
        return Some(vec![Splice::before(end, format!(", {list}: [{}]", entry.yaml_flow()))]);
    }
    let margin = indentation(text, key.span.start)?;
    let mut lines = vec![format!("{margin}{list}:")];
    lines.extend(element(&format!("{margin}  "), entry, !entry.has_table()));
    Some(vec![lines_at(text, text.len(), &lines)])
}

/// The spaces before what is the first on its line.
fn indentation(text: &str, at: usize) -> Option<&str> {
    Some(&text[line_start(text, at)..at]).filter(|before| before.chars().all(|c| c == ' '))
}

/// The lines of an element, on one line where those beside it are.
fn element(indent: &str, entry: &NewTable, is_flow: bool) -> Vec<String> {
    if is_flow {
        return vec![format!("{indent}- {}", entry.yaml_flow())];
    }
    let lines = entry.yaml_block().into_iter().enumerate();
    lines.map(|(number, line)| format!("{indent}{} {line}", if number == 0 { "-" } else { " " })).collect()
}

/// Where the line of an element's dash begins, and what stands before the dash.
fn dash<'t>(text: &'t str, element: &Node<'_>) -> Option<(usize, &'t str)> {
    let before = text[..element.span.start].trim_end_matches([' ', '\r', '\n']).strip_suffix('-')?;
    let begin = line_start(text, before.len());
    let indent = &before[begin..];
    indent.chars().all(|c| c == ' ').then_some((begin, indent))
}

fn is_in_braces(text: &str, node: &Node<'_>) -> bool {
    matches!(node.value, Value::Table(_)) && text[node.span.start..].starts_with('{')
}

fn is_in_brackets(text: &str, node: &Node<'_>) -> bool {
    matches!(node.value, Value::List(_)) && text[node.span.start..].starts_with('[')
}

fn is_blank_or_comment(rest: &str) -> bool {
    rest.trim_start().is_empty() || rest.trim_start().starts_with('#')
}

/// The byte after the colon of a key on whose line that is.
fn after_colon(text: &str, key_end: usize) -> Option<usize> {
    let rest = &text[key_end..line_end(text, key_end)];
    let colon = rest.find(':').filter(|colon| rest[..*colon].trim().is_empty())?;
    Some(key_end + colon + 1)
}

fn ends_with_colon(text: &str, key_end: usize) -> bool {
    after_colon(text, key_end).is_some_and(|colon| is_blank_or_comment(&text[colon..line_end(text, colon)]))
}

/// The byte after the last line of an element: the last that is indented more than its dash.
fn end_of(text: &str, element: &Node<'_>, next: Option<&Node<'_>>, dash: usize) -> usize {
    let mut end = line_end(text, element.span.start);
    let limit = next.map_or(text.len(), |next| line_start(text, next.span.start));
    let mut at = end;
    while at < limit {
        let below = line_end(text, at);
        let line = &text[at..below];
        let indent = line.len() - line.trim_start_matches(' ').len();
        if !line.trim().is_empty() {
            if indent <= dash {
                break;
            }
            end = below;
        }
        at = below;
    }
    end
}

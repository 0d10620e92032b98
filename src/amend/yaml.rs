//! Where a change goes in a text in YAML: a line among others that are laid out as it is, or nowhere.

use super::splice::{Splice, line_end, line_start, lines_at};
use super::{Change, Entry, Field, keys_before};
use crate::text::{Node, Value};

/// The lines of a change, for somebody who types them.
pub(super) fn lines(change: &Change) -> Vec<String> {
    match change {
        Change::Into { entry, .. } | Change::Instead { entry, .. } => vec![format!("- {}", entry.yaml_flow())],
        Change::Set { key, value, .. } => vec![format!("{key}: {}", value.yaml())],
    }
}

/// The pieces that make a change, where the layout of the text leaves no doubt.
pub(super) fn splices(text: &str, root: &Node<'_>, change: &Change) -> Option<Vec<Splice>> {
    match change {
        Change::Into { list, position, entry } => {
            let Some((key, node)) = root.entry(list) else { return first(text, root, list, entry) };
            let dashes = node.elements().iter().map(|element| dash(text, element)).collect::<Option<Vec<_>>>()?;
            let indent = *dashes.first()?;
            if dashes.iter().any(|other| *other != indent) {
                return None;
            }
            let beside =
                position.checked_sub(1).map_or_else(|| node.elements().first(), |it| node.elements().get(it))?;
            let at = match position.checked_sub(1).and_then(|before| node.elements().get(before)) {
                Some(before) => end_of(text, before, node.elements().get(*position), indent.len()),
                None => Some(line_end(text, key.span.end)).filter(|_| ends_with_colon(text, key.span.end))?,
            };
            Some(vec![lines_at(text, at, &element(indent, entry, is_flow(text, beside)))])
        }
        Change::Instead { list, position, entry } => {
            let there = root.get(list)?.elements().get(*position)?;
            is_flow(text, there).then(|| vec![Splice::instead(there.span.clone(), entry.yaml_flow())])
        }
        Change::Set { within: None, key, value } => set(text, root, key, value),
        Change::Set { within: Some(within), key, value } => set(text, within.of(root)?, key, value),
    }
}

/// A line `key: value` after the keys that it follows in the format, indented as they are; in braces, after their
/// values. Where the key is there, another value in its place.
fn set(text: &str, table: &Node<'_>, key: &str, value: &Field) -> Option<Vec<Splice>> {
    let is_scalar = |node: &Node<'_>| !matches!(node.value, Value::Table(_) | Value::List(_) | Value::Null);
    if let Some(there) = table.get(key) {
        return (is_scalar(there) || is_flow(text, there))
            .then(|| vec![Splice::instead(there.span.clone(), value.yaml())]);
    }
    let (after, there) = keys_before(key).find_map(|key| table.entry(key).filter(|(_, there)| is_scalar(there)))?;
    if is_flow(text, table) {
        return Some(vec![Splice::before(there.span.end, format!(", {key}: {}", value.yaml()))]);
    }
    let rest = text[there.span.end..line_end(text, there.span.end)].trim_start();
    let is_last = rest.is_empty() || rest.starts_with('#');
    let before = &text[line_start(text, after.span.start)..after.span.start];
    let is_indentation = before.chars().all(|c| c == ' ' || c == '-');
    let line = format!("{}{key}: {}", " ".repeat(before.len()), value.yaml());
    (is_last && is_indentation).then(|| vec![lines_at(text, line_end(text, there.span.end), &[line])])
}

/// The first of its kind: a key at the end of the text.
fn first(text: &str, root: &Node<'_>, list: &str, entry: &Entry) -> Option<Vec<Splice>> {
    let (key, _) = root.entries().first()?;
    let at_the_edge = line_start(text, key.span.start) == key.span.start;
    let mut lines = vec![format!("{list}:")];
    lines.extend(element("  ", entry, !entry.has_table()));
    at_the_edge.then(|| vec![lines_at(text, text.len(), &lines)])
}

/// The lines of an element, on one line where those beside it are.
fn element(indent: &str, entry: &Entry, is_flow: bool) -> Vec<String> {
    if is_flow {
        return vec![format!("{indent}- {}", entry.yaml_flow())];
    }
    let lines = entry.yaml_block().into_iter().enumerate();
    lines.map(|(number, line)| format!("{indent}{} {line}", if number == 0 { "-" } else { " " })).collect()
}

/// What stands before the dash of an element whose first key stands on the same line as the dash.
fn dash<'t>(text: &'t str, element: &Node<'_>) -> Option<&'t str> {
    let before = &text[line_start(text, element.span.start)..element.span.start];
    let indent = before.trim_end_matches(' ').strip_suffix('-')?;
    indent.chars().all(|c| c == ' ').then_some(indent)
}

fn is_flow(text: &str, element: &Node<'_>) -> bool {
    text[element.span.start..].starts_with('{')
}

fn ends_with_colon(text: &str, key_end: usize) -> bool {
    let rest = text[key_end..line_end(text, key_end)].trim_start();
    rest.strip_prefix(':').is_some_and(|rest| rest.trim_start().is_empty() || rest.trim_start().starts_with('#'))
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

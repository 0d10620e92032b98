//! How tables and lists stand in a text in YAML: in braces and brackets, or by indentation.

use super::splice::{line_end, line_start};
use crate::text::{Node, Value};

/// Where the line of an element's dash begins, and what stands before the dash.
pub(super) fn dash<'t>(text: &'t str, element: &Node<'_>) -> Option<(usize, &'t str)> {
    let before = text[..element.span.start].trim_end_matches([' ', '\r', '\n']).strip_suffix('-')?;
    let begin = line_start(text, before.len());
    let indent = &before[begin..];
    indent.chars().all(|c| c == ' ').then_some((begin, indent))
}

pub(super) fn is_in_braces(text: &str, node: &Node<'_>) -> bool {
    matches!(node.value, Value::Table(_)) && text[node.span.start..].starts_with('{')
}

pub(super) fn is_in_brackets(text: &str, node: &Node<'_>) -> bool {
    matches!(node.value, Value::List(_)) && text[node.span.start..].starts_with('[')
}

pub(super) fn is_blank_or_comment(rest: &str) -> bool {
    rest.trim_start().is_empty() || rest.trim_start().starts_with('#')
}

/// The byte after the colon of a key on whose line that is.
pub(super) fn after_colon(text: &str, key_end: usize) -> Option<usize> {
    let rest = &text[key_end..line_end(text, key_end)];
    let colon = rest.find(':').filter(|colon| rest[..*colon].trim().is_empty())?;
    Some(key_end + colon + 1)
}

/// The byte after the last line of an element: the last that is indented more than its dash.
pub(super) fn end_of(text: &str, element: &Node<'_>, next: Option<&Node<'_>>, dash: usize) -> usize {
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

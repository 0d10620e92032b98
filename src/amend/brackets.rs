//! Lists and tables in brackets, as TOML and YAML both have them.

use std::ops::Range;

use super::splice::{Splice, line_end, line_start, lines_at, newline};
use crate::text::Node;

/// An element of a list in brackets: on a line of its own where those beside it are.
pub(super) fn in_brackets(text: &str, list: &Node<'_>, position: usize, entry: &str) -> Option<Vec<Splice>> {
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
    let Some(comma) = comma else {
        let comma = Splice::before(said, ",".to_owned());
        return Some(vec![comma, lines_at(text, line_end(text, said), &[format!("{indent}{entry}")])]);
    };
    let below = line_end(text, comma);
    Some(vec![match next {
        Some(next) if next < below => Splice::before(next, format!("{entry}, ")),
        None if close < below => Splice::before(comma + 1, format!(" {entry},")),
        _ => lines_at(text, below, &[format!("{indent}{entry},")]),
    }])
}

/// A value in braces in the place of one that stands there; the comments in that one go above it.
pub(super) fn in_place_of(text: &str, there: Range<usize>, entry: &str) -> Splice {
    let own = indent_of(text, there.start);
    let apart = format!("{}{}", newline(text, there.start), own.unwrap_or("  "));
    let comments: String = comments(&text[there.clone()]).flat_map(|comment| [comment, &apart]).collect();
    // A comment in the midst of a line needs a gap before it.
    let gap = if own.is_none() && !comments.is_empty() { " " } else { "" };
    Splice::instead(there, format!("{gap}{comments}{entry}"))
}

/// The first thing that is said in braces; a comment in them stays.
pub(super) fn only(text: &str, table: &Node<'_>, said: &str) -> Splice {
    let inside = text[table.span.clone()].trim_start_matches('{').trim_end_matches('}');
    if inside.trim().is_empty() {
        Splice::instead(table.span.clone(), format!("{{ {said} }}"))
    } else {
        Splice::before(table.span.start + 1, format!(" {said}"))
    }
}

/// The comments in a table whose values are numbers, dates and words.
pub(super) fn comments(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter_map(|line| line.find('#').map(|at| line[at..].trim_end()))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amend::splice::apply;

    #[test]
    fn a_value_takes_the_place_of_one_wherever_that_stands() {
        for (text, there, wanted) in [
            ("a = [{ b = 1 }]\n", "{ b = 1 }", "a = [{ c }]\n"),
            ("a = [\n  { b = 1 },\n]\n", "{ b = 1 }", "a = [\n  { c },\n]\n"),
            ("a = [\n  { # why\n    b = 1 },\n]\n", "{ # why\n    b = 1 }", "a = [\n  # why\n  { c },\n]\n"),
            ("a = [{ # why\n  b = 1 }]\n", "{ # why\n  b = 1 }", "a = [ # why\n  { c }]\n"),
        ] {
            let from = text.find(there).unwrap_or_default();
            let made = apply(text, &[in_place_of(text, from..from + there.len(), "{ c }")]);
            assert_eq!(made.text, wanted);
        }
    }
}

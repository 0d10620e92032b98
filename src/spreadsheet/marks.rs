//! The marks of a register: whether somebody came.

use super::cancellation_text::{after_cancelled, no_session};
use super::grid::Value;
use super::vocabulary::VOCABULARY;

/// What a cell says of whether somebody came.
#[derive(Clone, Debug, PartialEq)]
pub enum Came {
    /// Somebody came.
    Yes,
    /// Somebody did not.
    No,
    /// Nothing.
    Blank,
    /// There was nothing that week; why.
    Nothing(String),
    /// Something else; what, as a phrase that is safe to show.
    Unclear(String),
}

/// Why there was nothing in a week, where a cell says so.
pub fn nothing(text: &str) -> Option<String> {
    match after_cancelled(text) {
        Some(Ok(why)) => Some(why.unwrap_or_else(|| "no reason recorded".to_owned())),
        Some(Err(_)) => None,
        None => no_session(text),
    }
}

fn cell_text(cell: &Value) -> String {
    if let Value::Text(text) = cell { text.clone() } else { String::new() }
}

/// What a mark says. A mark that is not known is shown; it is no name, for these stand in the first column.
pub fn came(cell: &Value, cross: Option<bool>) -> Came {
    let words = &VOCABULARY.register;
    let text = match cell {
        Value::Empty => return Came::Blank,
        Value::Is(is) => return if *is { Came::Yes } else { Came::No },
        Value::Number(1.0) => return Came::Yes,
        Value::Number(0.0) => return Came::No,
        Value::Broken(what) => return Came::Unclear(what.clone()),
        Value::Text(text) => text.to_lowercase(),
        Value::Number(_) | Value::Days(_) => {
            return Came::Unclear(format!("{cell} does not say whether somebody came"));
        }
    };
    let mark = text.trim().trim_end_matches('.');
    match mark {
        "x" => match cross {
            Some(true) => Came::Yes,
            Some(false) => Came::No,
            None => Came::Unclear(
                "an x can mean that somebody came, or that somebody did not; write 1 and 0 instead, or ✓ beside it"
                    .to_owned(),
            ),
        },
        mark if words.came.has(mark) => Came::Yes,
        mark if words.away.has(mark) => Came::No,
        _ => match nothing(&cell_text(cell)) {
            Some(why) => Came::Nothing(why),
            None => Came::Unclear(format!(
                "{} does not say whether somebody came, or whether there was a session",
                shown(cell)
            )),
        },
    }
}

/// A mark as it is named; what is longer may be somebody's name, and is not repeated.
fn shown(cell: &Value) -> String {
    match cell {
        Value::Text(text) if text.chars().count() > 3 => "this".to_owned(),
        cell => cell.to_string(),
    }
}

/// Whether a column holds marks and nothing else; one alone shows nothing.
pub fn holds_marks<'v>(cells: impl Iterator<Item = &'v Value>) -> bool {
    let filled: Vec<_> = cells.filter(|cell| !cell.is_empty()).collect();
    filled.len() > 1 && filled.iter().all(|cell| !matches!(came(cell, Some(true)), Came::Unclear(_)))
}

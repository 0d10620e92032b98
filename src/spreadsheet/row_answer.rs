//! What a person answered about a row of a table.

use super::grid::{Address, Value};
use super::held::{Held, Prefers, RowAnswer};
use super::length::{Unit, lengths_of};

/// What an answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The row is passed over.
    LeaveOut,
    /// What became of the session.
    Row(RowAnswer),
    /// What the cell is to say instead.
    Content(String),
}

impl Answer {
    /// Reads an answer; none where it is empty.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let lower = text.to_lowercase();
        let lower = lower.trim_end_matches('.');
        let after = |words: &[&str]| {
            let word = words.iter().find(|word| lower.starts_with(**word))?;
            let rest = text.get(word.len()..)?;
            let is_whole = rest.is_empty() || !rest.starts_with(char::is_alphanumeric);
            is_whole.then(|| rest.trim_matches(|c: char| c.is_whitespace() || ":;,.-–—()".contains(c)).to_owned())
        };
        if text.is_empty() {
            return None;
        }
        if ["leave out", "left out", "leave it out", "skip"].contains(&lower) {
            return Some(Self::LeaveOut);
        }
        let prefers = match lower {
            "keep" | "keep the record" | "keep what the record says" => Some(Prefers::Record),
            "take" | "take the sheet" | "take what the sheet says" => Some(Prefers::Table),
            _ => None,
        };
        if prefers.is_some() {
            return Some(Self::Row(RowAnswer { prefers, ..RowAnswer::default() }));
        }
        if let Some(why) = after(&["cancelled", "canceled", "not held"]) {
            let held = Some(Held::Cancelled((!why.is_empty()).then_some(why)));
            return Some(Self::Row(RowAnswer { held, ..RowAnswer::default() }));
        }
        if let Some(rest) = after(&["held"]) {
            let minutes = minutes(&rest);
            return (rest.is_empty() || minutes.is_some())
                .then_some(Self::Row(RowAnswer { held: Some(Held::Yes), minutes, ..RowAnswer::default() }))
                .or(Some(Self::Content(text.to_owned())));
        }
        if ["nobody absent", "everybody was there", "all there"].contains(&lower) {
            return Some(Self::Row(RowAnswer { absent: Some(String::new()), ..RowAnswer::default() }));
        }
        if let Some(names) = after(&["absent"]).filter(|names| !names.is_empty()) {
            return Some(Self::Row(RowAnswer { absent: Some(names), ..RowAnswer::default() }));
        }
        Some(Self::Content(text.to_owned()))
    }
}

/// A length with its unit, or one that can only be minutes.
fn minutes(text: &str) -> Option<u16> {
    let value = Value::text(text);
    lengths_of(&[(Address { row: 1, column: 0 }, &value)], Unit::Unsaid).each.pop()??.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_in_plain_words() {
        let held = |held: Held, minutes| Answer::Row(RowAnswer { held: Some(held), minutes, ..RowAnswer::default() });
        let why = |why: &str| Held::Cancelled(Some(why.to_owned()));
        for (text, answer) in [
            ("Held.", held(Held::Yes, None)),
            ("held, 75 min", held(Held::Yes, Some(75))),
            ("cancelled", held(Held::Cancelled(None), None)),
            ("Cancelled: snow", held(why("snow"), None)),
            ("cancelled - Half term", held(why("Half term"), None)),
            ("leave out", Answer::LeaveOut),
            ("7", Answer::Content("7".to_owned())),
            ("held in room 2", Answer::Content("held in room 2".to_owned())),
            (
                "absent: Robin Ashby",
                Answer::Row(RowAnswer { absent: Some("Robin Ashby".to_owned()), ..RowAnswer::default() }),
            ),
            (
                "Keep what the record says.",
                Answer::Row(RowAnswer { prefers: Some(Prefers::Record), ..RowAnswer::default() }),
            ),
            ("take", Answer::Row(RowAnswer { prefers: Some(Prefers::Table), ..RowAnswer::default() })),
            ("take the bus", Answer::Content("take the bus".to_owned())),
            ("nobody absent", Answer::Row(RowAnswer { absent: Some(String::new()), ..RowAnswer::default() })),
        ] {
            assert_eq!(Answer::read(text), Some(answer), "{text}");
        }
        assert_eq!(Answer::read("  "), None);
    }
}

//! The record of what letters said: what it holds, and what of it was said before.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::letters::Letter;
use super::reminder::{Reminder, Stage, Telling};
use crate::calendar::Day;
use crate::text::Text;

/// The version of the lines: it goes up when a key changes its meaning or goes.
const VERSION: u32 = 1;

/// What one letter said, to whom and when: a line of the record that lies beside the letters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidLetter {
    version: u32,
    /// The day of judgement, which is the date of the letter.
    pub as_of: Day,
    /// The file of the letter, beside the record.
    pub file: String,
    /// To whom it went.
    pub to: SaidTo,
    /// What it asked for.
    pub items: Vec<SaidItem>,
}

/// To whom a letter went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidTo {
    /// The name as it was recorded.
    pub name: String,
    /// The address as it was recorded.
    pub email: String,
}

/// One thing that a letter asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidItem {
    /// The name of the case folder.
    pub folder: String,
    /// The name of the item in its folder, which stays the same when the date moves.
    pub key: String,
    /// What it is, as a phrase.
    pub what: String,
    /// The student, as the letter named them.
    pub student: String,
    /// The day by which it was due.
    pub due: Day,
    /// How urgent it was then.
    pub stage: Stage,
}

impl SaidLetter {
    /// What a letter says. `folders` are the names of the case folders, in the order of [`Reminder::folder`].
    pub fn of(letter: &Letter<'_>, file: &str, as_of: Day, folders: &[&Text]) -> Self {
        let item = |reminder: &Reminder<'_>| SaidItem {
            folder: folders.get(reminder.folder).map(|name| name.raw().to_owned()).unwrap_or_default(),
            key: reminder.item.key(),
            what: reminder.item.obligation.kind.what().to_owned(),
            student: reminder.item.student_shown().map(|name| name.raw().to_owned()).unwrap_or_default(),
            due: reminder.due(),
            stage: reminder.stage(),
        };
        Self {
            version: VERSION,
            as_of,
            file: file.to_owned(),
            to: SaidTo { name: letter.to.name.raw().to_owned(), email: letter.to.address.as_str().to_owned() },
            items: letter.reminders.iter().map(item).collect(),
        }
    }

    /// Reads a line; none where it is not one, or of a version that is not known.
    pub fn parse(line: &str) -> Option<Self> {
        serde_json::from_str::<Self>(line).ok().filter(|said| said.version == VERSION)
    }

    /// The line, without its end.
    pub fn to_line(&self) -> String {
        // Nothing in it can fail to be written: its keys are names, and its values texts and days.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether it went to somebody of this name or address, in whatever letters.
    pub fn is_to(&self, typed: &str) -> bool {
        let is = |known: &str| known.to_lowercase() == typed.trim().to_lowercase();
        is(&self.to.name) || is(&self.to.email)
    }
}

/// The lines of a record, with the numbers of those that cannot be read. A line that is empty says nothing. Of the letters
/// of one file and day the last line counts: the one before was replaced.
pub fn read_record(text: &str) -> (Vec<SaidLetter>, Vec<usize>) {
    let (mut said, mut unread) = (BTreeMap::new(), Vec::new());
    for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        match SaidLetter::parse(line) {
            Some(letter) => {
                said.insert((letter.as_of, letter.file.clone()), letter);
            }
            None => unread.push(number),
        }
    }
    (said.into_values().collect(), unread)
}

/// Everything that earlier letters said, by case folder.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    said: BTreeSet<(String, Telling)>,
}

impl Memory {
    /// What these letters said.
    pub fn of<'l>(letters: impl IntoIterator<Item = &'l SaidLetter>) -> Self {
        let of_letter = |letter: &'l SaidLetter| {
            let telling = |item: &SaidItem| Telling {
                key: item.key.clone(),
                due: item.due,
                stage: item.stage,
                name: letter.to.name.clone(),
                address: letter.to.email.to_ascii_lowercase(),
            };
            letter.items.iter().map(move |item| (item.folder.clone(), telling(item)))
        };
        Self { said: letters.into_iter().flat_map(of_letter).collect() }
    }

    /// Whether one of them said this to the person who owes it now: the same thing, due on the same day, and as urgent.
    /// Nobody told anything to whoever has no address.
    pub fn has_said(&self, reminder: &Reminder<'_>, folder: &Text) -> bool {
        Telling::of(reminder).is_some_and(|telling| self.said.contains(&(folder.raw().to_owned(), telling)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the line of a test can be read")]
mod tests {
    use super::*;

    const LINE: &str = r#"{"version":1,"as_of":"2026-02-10","file":"x.eml","to":{"name":"Sam","email":"s@example.org"},"items":[{"folder":"exeter","key":"ann/gwp2","what":"GWP Form 2","student":"Ann","due":"2026-01-31","stage":"overdue"}]}"#;

    #[test]
    fn a_line_is_read_as_it_was_written_and_a_broken_one_is_named() {
        let said = SaidLetter::parse(LINE).unwrap();
        assert_eq!(said.to_line(), LINE);
        let replaced = LINE.replace("\"Ann\"", "\"Bea\"");
        let text = format!(
            "{LINE}\n\n{}\n{replaced}\nnothing\n{}",
            &LINE[..40],
            LINE.replace("\"version\":1", "\"version\":2")
        );
        let (letters, unread) = read_record(&text);
        assert_eq!((letters.len(), unread), (1, vec![3, 5, 6]));
        assert_eq!(letters[0].items[0].student, "Bea");
        assert!(said.is_to("SAM") && said.is_to(" S@example.org") && !said.is_to("Sa"));
    }
}

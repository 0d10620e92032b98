//! What is owed by somebody who cannot be written to, so that nothing is passed over in silence.

use super::due::{what, when};
use super::sheet::{Cell, Column, Sheet, Tone, counted};
use super::words::person;
use crate::reminders::{Stage, Unsent};
use crate::text::Text;

const DUE: Column = Column::fixed("Due", "due");
const WHEN: Column = Column::fixed("When", "when");
const WHAT: Column = Column::flexible("What", "what", 14);
const STUDENT: Column = Column::flexible("Student", "student", 10);
const FROM: Column = Column::flexible("From whom", "from", 12);
const WHY: Column = Column::below_alone("Why", "why");
const CONTACT: Column = Column::below("Recorded as the address", "contact");

/// Everything that no letter tells anybody, person by person; nothing where there is nothing.
pub fn unsent(unsent: &[Unsent<'_>]) -> Option<Sheet> {
    let count: usize = unsent.iter().map(|unsent| unsent.reminders.len()).sum();
    if count == 0 {
        return None;
    }
    let part = Sheet::part("Without an address", Vec::new());
    let mut sheet = part.with_columns([DUE, WHEN, WHAT, STUDENT, FROM, WHY, CONTACT]);
    for Unsent { person: somebody, reminders } in unsent {
        for reminder in reminders {
            let obligation = &reminder.item.obligation;
            let tone = if reminder.stage() == Stage::Overdue { Tone::Bad } else { Tone::Plain };
            let why = if obligation.why.is_empty() { Cell::Empty } else { Cell::text(&obligation.why) };
            sheet.toned_row(
                tone,
                [
                    Cell::Day(obligation.due),
                    Cell::Text(when(obligation.due, reminder.as_of)),
                    Cell::Text(what(obligation)),
                    Cell::maybe(reminder.item.student_shown().map(Text::to_string)),
                    Cell::text(somebody.as_ref().map_or_else(|| "nobody yet".to_owned(), person)),
                    why,
                    Cell::maybe(somebody.and_then(|somebody| somebody.email)),
                ],
            );
        }
    }
    sheet.notes.push(format!(
        "{} in no letter: record an address, or who is to see to it.",
        counted(count, "item is", "items are")
    ));
    Some(sheet)
}

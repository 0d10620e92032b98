//! What is owed by somebody who cannot be written to, so that nothing is passed over in silence.

use super::due::{DUE, FROM, STUDENT, WHAT, WHEN, WHY, cell};
use super::sheet::{Column, Sheet, Tone, counted};
use crate::reminders::{Stage, Unsent};

/// Everything that no letter tells anybody, person by person; nothing where there is nothing.
pub fn unsent(unsent: &[Unsent<'_>]) -> Option<Sheet> {
    let columns = [DUE, WHEN, WHAT, STUDENT, FROM, WHY, Column::below("Recorded as the address", "contact")];
    let mut sheet = Sheet::part("Without an address", Vec::new()).with_columns(columns);
    for reminder in unsent.iter().flat_map(|unsent| &unsent.reminders) {
        let tone = if reminder.stage() == Stage::Overdue { Tone::Bad } else { Tone::Plain };
        sheet.toned_row(tone, columns.map(|column| cell(column, &reminder.item, reminder.as_of)));
    }
    let count = sheet.rows.len();
    sheet.notes.push(format!(
        "{} in no letter: record an address, or who is to see to it.",
        counted(count, "item is", "items are")
    ));
    (count > 0).then_some(sheet)
}

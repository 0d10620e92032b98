//! What is owed by somebody who cannot be written to, so that nothing is passed over in silence.

use super::due::{DUE, FROM, STUDENT, WHAT, WHEN, WHY, cell};
use super::sheet::{Cell, Column, Sheet, Tone, counted};
use crate::reminders::{Stage, Unsent};
use crate::text::Text;

const FOLDER: Column = Column::flexible("Folder", "folder", 8);

/// Everything that no letter tells anybody, person by person; nothing where there is nothing. `folders` are the names
/// of the case folders where there are several: people of one name in two of them are two.
pub fn unsent(unsent: &[Unsent<'_>], folders: Option<&[&Text]>) -> Option<Sheet> {
    let columns = [DUE, WHEN, WHAT, STUDENT, FROM, WHY, Column::below("Recorded as the address", "contact")];
    let mut sheet =
        Sheet::part("Without an address", Vec::new()).with_columns(folders.map(|_| FOLDER).into_iter().chain(columns));
    for reminder in unsent.iter().flat_map(|unsent| &unsent.reminders) {
        let tone = if reminder.stage() == Stage::Overdue { Tone::Bad } else { Tone::Plain };
        let folder = folders.map(|folders| Cell::maybe(folders.get(reminder.folder)));
        let cells = columns.map(|column| cell(column, &reminder.item, reminder.as_of));
        sheet.toned_row(tone, folder.into_iter().chain(cells));
    }
    let count = sheet.rows.len();
    sheet.notes.push(format!(
        "{} in no letter: record an address, or who is to see to it.",
        counted(count, "item is", "items are")
    ));
    (count > 0).then_some(sheet)
}

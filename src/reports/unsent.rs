//! What is owed by somebody who cannot be written to, so that nothing is passed over in silence.

use super::due::{DueRow, columns_without};
use super::sheet::{Column, Sheet, counted};
use crate::reminders::Unsent;
use crate::text::Text;

/// Everything that no letter tells anybody, person by person; nothing where there is nothing. `folders` are the names
/// of the case folders where there are several: people of one name in two of them are two.
pub fn unsent(unsent: &[Unsent<'_>], folders: Option<&[&Text]>) -> Option<Sheet> {
    let columns = columns_without(&["days", "code", "as", "clause"]).into_iter();
    let mut columns: Vec<_> = columns
        .map(|column| if column.key() == "contact" { column.headed("Recorded as the address") } else { column })
        .collect();
    if folders.is_some() {
        columns.insert(0, Column::flexible("Folder", "folder", 8, DueRow::folder));
    }
    let rows = unsent.iter().flat_map(|unsent| &unsent.reminders).map(|reminder| {
        let folder = folders.and_then(|folders| folders.get(reminder.folder).copied());
        DueRow::of(&reminder.item, reminder.as_of, folder)
    });
    let mut sheet = Sheet::part("Without an address", Vec::new()).with_toned_rows(&columns, rows, DueRow::tone);
    let count = sheet.rows.len();
    sheet.notes.push(format!(
        "{} in no letter: record an address, or who is to see to it.",
        counted(count, "item is", "items are")
    ));
    (count > 0).then_some(sheet)
}

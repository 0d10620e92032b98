//! What is owed by somebody who cannot be written to, so that nothing is passed over in silence.

use std::collections::BTreeSet;

use super::due::{DueRow, columns_without};
use super::sheet::{Column, Sheet, counted};
use crate::reminders::{Unsent, WhyUnsent};
use crate::text::{Text, all_of};

/// Everything that no letter tells anybody, person by person; nothing where there is nothing. First what has no address to
/// go to, then what has no sender. `folders` are the names of the case folders where there are several: people of one name
/// in two of them are two.
pub fn unsent(unsent: &[Unsent<'_>], folders: Option<&[&Text]>) -> Vec<Sheet> {
    let is_without_sender = |unsent: &&Unsent<'_>| unsent.why == WhyUnsent::NoSender;
    let (without_sender, without_address): (Vec<_>, Vec<_>) = unsent.iter().partition(is_without_sender);
    let to_see_to = "record an address with \"gwp record WHO email ADDRESS\", or who is to see to it";
    let mut sheets: Vec<_> = part("Without an address", to_see_to, &without_address, folders).into_iter().collect();
    let who = all_of(convenors(&without_sender));
    let to_send = format!("give an email to {who}, or say with --fallback-sender \"NAME <ADDRESS>\" who sends instead");
    sheets.extend(part("Without a sender", &to_send, &without_sender, folders));
    sheets
}

/// The convenors who would send and cannot: `Ros Hallam, convenor of York`.
fn convenors(unsent: &[&Unsent<'_>]) -> BTreeSet<String> {
    let senders = unsent.iter().filter_map(|unsent| unsent.reminders.first());
    senders.map(|first| format!("{}, convenor of {}", first.convenor.name, first.course)).collect()
}

fn part(title: &str, advice: &str, unsent: &[&Unsent<'_>], folders: Option<&[&Text]>) -> Option<Sheet> {
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
    let mut sheet = Sheet::part(title, Vec::new()).with_toned_rows(&columns, rows, DueRow::tone);
    let count = sheet.rows.len();
    sheet.notes.push(format!("{} in no letter: {advice}.", counted(count, "item is", "items are")));
    (count > 0).then_some(sheet)
}

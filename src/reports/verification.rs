//! Whether a receipt holds, as a table and as JSON.

use std::io::{self, Write};

use super::document::{write_field, write_list};
use super::sheet::{Cell, Column, Sheet, Tone, counted};
use crate::receipt::{Difference, FolderReceipt, Receipt};
use crate::render::{PROGRAM, VERSION};
use crate::text::{short_id, visible};

/// A receipt, and the folders judged again.
#[derive(Clone, Copy)]
pub struct VerifyReport<'r> {
    /// The receipt's file, safe to show.
    pub name: &'r str,
    /// The receipt.
    pub receipt: &'r Receipt,
    /// The same made again.
    pub now: &'r Receipt,
    /// What differs.
    pub found: &'r [Difference],
}

/// What the receipt is of, and what differs.
pub fn verification(report: &VerifyReport<'_>) -> Vec<Sheet> {
    let VerifyReport { receipt, now, found, .. } = report;
    let mut sheet = Sheet::part(format!("Receipt {}", report.name), Vec::new());
    for folder in &receipt.folders {
        sheet.lead.push(made_of(folder, receipt.folders.len() > 1));
    }
    for folder in &now.folders {
        sheet.lead.push(format!("It is compared with {}.", place(folder)));
    }
    if receipt.program != now.program {
        sheet.lead.push(format!("It was made by {}, and is compared by {}.", visible(&receipt.program), now.program));
    }
    if found.is_empty() {
        sheet.lead.push("Everything is as the receipt says.".to_owned());
        return vec![sheet];
    }
    sheet.lead.push(format!("{} from what the receipt says.", counted(found.len(), "thing differs", "things differ")));
    let several = receipt.folders.len() > 1 || now.folders.len() > 1;
    let folder = several.then_some(Column::fixed("Folder", "folder"));
    let mut sheet = sheet.with_columns(folder.into_iter().chain([
        Column::flexible("Student", "student", 12),
        Column::fixed("What", "what"),
        Column::flexible("Receipt", "receipt", 16),
        Column::flexible("Now", "now", 16),
    ]));
    for one in *found {
        let words = |words: &Option<String>| Cell::maybe(words.as_deref().map(visible));
        let gone = |words: &Option<String>| match words {
            Some(words) if words.is_empty() => Cell::text("none"),
            Some(words) => Cell::text(visible(words)),
            None => Cell::text("not there"),
        };
        let folder = several.then(|| words(&one.folder));
        let cells = [words(&one.student), Cell::text(visible(&one.what)), gone(&one.receipt), gone(&one.now)];
        sheet.toned_row(Tone::Bad, folder.into_iter().chain(cells));
    }
    vec![sheet]
}

/// What a receipt was made of.
fn made_of(folder: &FolderReceipt, several: bool) -> String {
    let name = if several { format!(" of {}", visible(&folder.folder)) } else { String::new() };
    let students = counted(folder.students.len(), "student", "students");
    format!("It is{name} as of {}, with {students}, from {}.", folder.as_of, place(folder))
}

/// `the commit 1a2b3c4d5e6f`.
fn place(folder: &FolderReceipt) -> String {
    let short = |commit: &str| visible(short_id(commit));
    match (&folder.commit, folder.clean) {
        (Some(commit), Some(true)) => format!("the records of the commit {}", short(commit)),
        (Some(commit), _) => {
            format!("records with changes that were not committed, after the commit {}", short(commit))
        }
        (None, _) => "records of which no commit is known".to_owned(),
    }
}

/// Writes the document.
pub fn write_verify_json(report: &VerifyReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"version\":{VERSION},\"program\":\"{PROGRAM}\"")?;
    write_field("holds", &report.found.is_empty(), out)?;
    write_field("made_by", &report.receipt.program, out)?;
    let commits = |receipt: &Receipt| {
        let of = |folder: &FolderReceipt| serde_json::json!({"folder": folder.folder, "commit": folder.commit, "clean": folder.clean, "as_of": folder.as_of});
        receipt.folders.iter().map(of).collect::<Vec<_>>()
    };
    write_field("receipt", &commits(report.receipt), out)?;
    write_field("now", &commits(report.now), out)?;
    write_list("differences", report.found, out)?;
    out.write_all(b"}\n")
}

//! Whether a receipt holds.

use serde::{Serialize, Serializer};

use super::Report;
use super::sheet::{Cell, Column, Sheet, Tone, counted};
use crate::calendar::Day;
use crate::receipt::{Difference, FolderReceipt, Receipt};
use crate::text::{short_id, visible};

/// A receipt, and the folders judged again.
#[derive(Clone, Copy)]
pub struct VerifyReport<'r> {
    /// The receipt's file, safe to show.
    pub name: &'r str,
    /// The receipt.
    pub receipt: &'r Receipt,
    /// The receipt that the folders give now.
    pub now: &'r Receipt,
    /// What differs.
    pub found: &'r [Difference],
}

fn columns() -> Vec<Column<Difference>> {
    fn there(words: Option<&String>) -> Cell {
        match words.map(String::as_str) {
            Some("") => Cell::text("none"),
            Some(words) => visible(words).into(),
            None => Cell::text("not there"),
        }
    }
    vec![
        Column::fixed("Folder", "folder", |one: &Difference| one.folder.as_deref().map(visible).into()),
        Column::flexible("Student", "student", 12, |one| one.student.as_deref().map(visible).into()),
        Column::fixed("What", "what", |one| visible(&one.what).into()),
        Column::flexible("Receipt", "receipt", 16, |one| there(one.receipt.as_ref())),
        Column::flexible("Now", "now", 16, |one| there(one.now.as_ref())),
    ]
}

impl VerifyReport<'_> {
    fn columns(&self) -> Vec<Column<Difference>> {
        let several = self.receipt.folders.len() > 1 || self.now.folders.len() > 1;
        columns().into_iter().filter(|column| several || column.key() != "folder").collect()
    }
}

impl Report for VerifyReport<'_> {
    /// What the receipt is of, and what differs.
    fn sheets(&self) -> Vec<Sheet> {
        let Self { receipt, now, found, .. } = self;
        let mut sheet = Sheet::part(format!("Receipt {}", self.name), Vec::new());
        for folder in &receipt.folders {
            sheet.lead.push(made_of(folder, receipt.folders.len() > 1));
        }
        for folder in &now.folders {
            sheet.lead.push(format!("It is compared with {}.", place(folder)));
        }
        if receipt.program != now.program {
            let (made, compared) = (visible(&receipt.program), &now.program);
            sheet.lead.push(format!("It was made by {made}, and is compared by {compared}."));
        }
        if found.is_empty() {
            sheet.lead.push("Everything is as the receipt says.".to_owned());
            return vec![sheet];
        }
        let count = counted(found.len(), "thing differs", "things differ");
        sheet.lead.push(format!("{count} from what the receipt says."));
        vec![sheet.with_toned_rows(&self.columns(), *found, |_| Tone::Bad)]
    }

    fn data(&self) -> Sheet {
        Sheet::data(&self.columns(), self.found)
    }
}

impl Serialize for VerifyReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'r> {
            holds: bool,
            made_by: &'r str,
            receipt: Vec<Made<'r>>,
            now: Vec<Made<'r>>,
            differences: &'r [Difference],
        }
        #[derive(Serialize)]
        struct Made<'r> {
            folder: &'r str,
            commit: Option<&'r str>,
            clean: Option<bool>,
            as_of: Day,
        }
        fn made(receipt: &Receipt) -> Vec<Made<'_>> {
            let folders = receipt.folders.iter();
            folders
                .map(|one| Made {
                    folder: &one.folder,
                    commit: one.commit.as_deref(),
                    clean: one.clean,
                    as_of: one.as_of,
                })
                .collect()
        }
        Fields {
            holds: self.found.is_empty(),
            made_by: &self.receipt.program,
            receipt: made(self.receipt),
            now: made(self.now),
            differences: self.found,
        }
        .serialize(serializer)
    }
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

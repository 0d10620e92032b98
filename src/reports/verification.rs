//! Whether a receipt holds.

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};

use super::Report;
use super::sheet::{Cell, Column, Sheet, Tone, counted};
use crate::calendar::Day;
use crate::receipt::{CommitStanding, Difference, FolderReceipt, Receipt, RecordChange, Since};
use crate::text::{all_of, capitalised, few, short_id, visible};

/// A receipt, and the folders judged again.
#[derive(Clone, Copy)]
pub struct VerifyReport<'r> {
    /// The receipt's file, safe to show.
    pub name: &'r str,
    /// How the commits of the receipt stand to the history.
    pub standings: &'r [CommitStanding],
    /// What became of the records since.
    pub changes: &'r [RecordChange],
    /// What is judged otherwise, or by something else.
    pub found: &'r [Difference],
    /// The receipt.
    pub receipt: &'r Receipt,
    /// The receipt that the folders give now.
    pub now: &'r Receipt,
}

fn there(words: Option<&String>) -> Cell {
    match words.map(String::as_str) {
        Some("") => Cell::text("none"),
        Some(words) => visible(words).into(),
        None => Cell::text("not there"),
    }
}

fn columns() -> Vec<Column<Difference>> {
    vec![
        Column::fixed("Folder", "folder", |one: &Difference| one.folder.as_deref().map(visible).into()),
        Column::flexible("Student", "student", 12, |one| one.student.as_deref().map(visible).into()),
        Column::fixed("What", "what", |one| visible(&one.what).into()),
        Column::flexible("Receipt", "receipt", 16, |one| there(one.receipt.as_ref())),
        Column::flexible("Now", "now", 16, |one| there(one.now.as_ref())),
    ]
}

/// What became of one record in one way, for a table.
type OfRecord<'r> = &'r [&'r RecordChange];

fn record_columns<'r>() -> Vec<Column<OfRecord<'r>>> {
    fn students(of: OfRecord<'_>) -> Vec<String> {
        let all: BTreeSet<&String> = of.iter().flat_map(|one| &one.students).collect();
        all.into_iter().map(|id| visible(id)).collect()
    }
    vec![
        Column::fixed("Folder", "folder", |of: &OfRecord<'r>| {
            of.first().and_then(|one| one.folder.as_deref()).map(visible).into()
        }),
        Column::flexible("Record", "file", 20, |of| of.first().map(|one| visible(&one.file)).into()),
        Column::flexible("What", "part", 24, |of| {
            let parts: Vec<_> = of.iter().filter_map(|one| one.part.as_deref()).map(visible).collect();
            let is_document = of.iter().any(|one| one.is_document);
            let renamed_to = of.iter().find_map(|one| one.renamed_to.as_deref());
            if let Some(renamed_to) = renamed_to {
                format!("it is {} now", visible(renamed_to)).into()
            } else if is_document {
                Cell::text("the document")
            } else if parts.is_empty() {
                Cell::text("the whole record")
            } else {
                few(parts, NAMED, "; ").into()
            }
        }),
        Column::flexible("Behind the verdict of", "students", 16, |of| few(students(of), NAMED, ", ").into()),
    ]
}

/// So many parts of a record, and so many students, a table names.
const NAMED: usize = 8;

impl VerifyReport<'_> {
    /// Whether the receipt holds: its commit is not lost, nothing was altered or removed, and all is judged as it says. What
    /// was added takes nothing from it.
    pub fn holds(&self) -> bool {
        self.found.is_empty()
            && !self.changes.iter().any(|change| change.since.breaks())
            && !self.standings.iter().any(CommitStanding::breaks)
    }

    fn is_of_several(&self) -> bool {
        self.receipt.folders.len() > 1 || self.now.folders.len() > 1
    }

    fn kept<T>(&self, columns: Vec<Column<T>>) -> Vec<Column<T>> {
        let several = self.is_of_several();
        columns.into_iter().filter(|column| several || column.key() != "folder").collect()
    }

    fn of(&self, since: Since) -> Vec<&RecordChange> {
        self.changes.iter().filter(|change| change.since == since).collect()
    }

    /// The sentences at the beginning.
    fn lead(&self) -> Vec<String> {
        let Self { receipt, now, .. } = self;
        let mut lead: Vec<String> = self.standings.iter().map(CommitStanding::sentence).collect();
        lead.extend(receipt.folders.iter().map(|folder| made_of(folder, receipt.folders.len() > 1)));
        lead.extend(now.folders.iter().map(|folder| format!("It is compared with {}.", place(folder))));
        if receipt.program != now.program {
            let (made, compared) = (visible(&receipt.program), &now.program);
            lead.push(format!("It was made by {made}, and is compared by {compared}."));
        }
        if receipt.folders.iter().any(|folder| !folder.records.has_each() && folder.records.files > 0) {
            lead.push(
                "It has no digests of single records, so that nobody can tell what was added from what was altered."
                    .to_owned(),
            );
        }
        lead.extend(self.of(Since::Renamed).into_iter().filter_map(|one| {
            let (was, is) = (visible(&one.file), visible(one.renamed_to.as_deref()?));
            let same = if self.is_otherwise(one) { "" } else { ", and says the same" };
            Some(format!("{was} is now {is}{same}."))
        }));
        lead.extend(receipt.folders.iter().filter_map(unbound_in_words));
        lead.push(self.verdict());
        lead
    }

    /// Whether something besides its name is otherwise in a record that was renamed.
    fn is_otherwise(&self, renamed: &RecordChange) -> bool {
        let is_of = |one: &&RecordChange| (&one.folder, &one.file) == (&renamed.folder, &renamed.file);
        self.changes.iter().filter(is_of).count() > 1
    }

    /// Whether it holds, and how much became of the records.
    fn verdict(&self) -> String {
        if self.holds() && self.changes.is_empty() {
            return "Everything is as the receipt says.".to_owned();
        }
        let count = |since: Since| (self.of(since).len(), since.word());
        let mut counts: Vec<(usize, &str)> = Since::ALL.into_iter().map(count).collect();
        counts.push((self.found.len(), "judged otherwise"));
        let told: Vec<_> = counts.into_iter().filter(|(count, _)| *count > 0).collect();
        let told: Vec<_> = told.into_iter().map(|(count, word)| format!("{count} {word}")).collect();
        let since = if told.is_empty() { String::new() } else { format!(" Since then: {}.", all_of(told)) };
        if self.holds() { format!("The receipt holds.{since}") } else { format!("The receipt does not hold.{since}") }
    }
}

impl Report for VerifyReport<'_> {
    /// Whether the commit is there, what the receipt is of, what became of the records, and what is judged otherwise.
    fn sheets(&self) -> Vec<Sheet> {
        let mut sheets = vec![Sheet::part(format!("Receipt {}", self.name), self.lead())];
        for since in Since::ALL {
            let changes = self.of(since);
            let by_record: Vec<OfRecord<'_>> =
                changes.chunk_by(|one, other| (&one.folder, &one.file) == (&other.folder, &other.file)).collect();
            let tone = if since.breaks() { Tone::Bad } else { Tone::Plain };
            if !by_record.is_empty() {
                let heading = capitalised(&format!("{} since", since.word()));
                sheets.push(Sheet::new(heading).with_toned_rows(&self.kept(record_columns()), by_record, |_| tone));
            }
        }
        if !self.found.is_empty() {
            let rows = Sheet::new("Judged otherwise");
            sheets.push(rows.with_toned_rows(&self.kept(columns()), self.found, |_| Tone::Bad));
        }
        sheets
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
            history: &'r [CommitStanding],
            altered: Vec<&'r RecordChange>,
            removed: Vec<&'r RecordChange>,
            added: Vec<&'r RecordChange>,
            reformatted: Vec<&'r RecordChange>,
            renamed: Vec<&'r RecordChange>,
            unbound: Vec<&'r str>,
            differences: &'r [Difference],
        }
        Fields {
            holds: self.holds(),
            made_by: &self.receipt.program,
            receipt: made(self.receipt),
            now: made(self.now),
            history: self.standings,
            altered: self.of(Since::Altered),
            removed: self.of(Since::Removed),
            added: self.of(Since::Added),
            reformatted: self.of(Since::Reformatted),
            renamed: self.of(Since::Renamed),
            unbound: self.receipt.folders.iter().flat_map(FolderReceipt::unbound).collect(),
            differences: self.found,
        }
        .serialize(serializer)
    }
}

#[derive(Serialize)]
struct Made<'r> {
    folder: &'r str,
    commit: Option<&'r str>,
    clean: Option<bool>,
    as_of: Day,
}

fn made(receipt: &Receipt) -> Vec<Made<'_>> {
    fn of(one: &FolderReceipt) -> Made<'_> {
        let FolderReceipt { folder, commit, clean, as_of, .. } = one;
        Made { folder, commit: commit.as_deref(), clean: *clean, as_of: *as_of }
    }
    receipt.folders.iter().map(of).collect()
}

/// Which documents a receipt does not bind, in sentences; none where it binds all that its records name.
pub fn unbound_in_words(folder: &FolderReceipt) -> Option<String> {
    if folder.documents.is_none() {
        let words = "It binds no scanned papers: the program that made it could not do so yet.";
        return (folder.records.files > 0).then(|| words.to_owned());
    }
    let unbound: Vec<String> = folder.unbound().map(visible).collect();
    let (papers, them) = if unbound.len() == 1 { ("A paper", "it") } else { ("Papers", "them") };
    let words = || {
        let named = few(&unbound, NAMED, ", ");
        format!(
            "{papers} that records name could not be read in the folder, so the receipt cannot bind {them}: {named}."
        )
    };
    (!unbound.is_empty()).then(words)
}

/// What a receipt was made of.
fn made_of(folder: &FolderReceipt, several: bool) -> String {
    let name = if several { format!(" of {}", visible(&folder.folder)) } else { String::new() };
    let students = if folder.only.is_empty() {
        format!("with {}", counted(folder.students.len(), "student", "students"))
    } else {
        format!("of {} alone", all_of(folder.only.iter().map(|id| visible(id))))
    };
    format!("It is{name} as of {}, {students}, from {}.", folder.as_of, place(folder))
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

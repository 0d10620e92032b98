//! What git knows of a folder's past: who wrote down what, and when.

use crate::calendar::Day;
use crate::diff::Change;
use crate::text::{Text, short_id};

/// A commit, with what it did to the records of one case folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The full id.
    pub id: String,
    /// The commits that it follows, as positions in the list that it stands in; each of them is before it. One that is
    /// not in the repository is left out.
    pub parents: Vec<usize>,
    /// Whether it follows a commit that is not in the repository: what it seems to add may be older.
    pub is_cut_off: bool,
    /// Who wrote the change, and when.
    pub author: Signature,
    /// Who made the commit, and when.
    pub committer: Signature,
    /// Whether it carries a signature; whose, and whether it is sound, is not asked.
    pub is_signed: bool,
    /// The first line of its message.
    pub subject: Text,
    /// What it did to records: those that differ from what they were in every commit that it follows. In order of
    /// path.
    pub changes: Vec<FileChange>,
    /// What it did to other files, such as scanned papers, in order of path; those that differ from what they were in every
    /// commit that it follows.
    pub papers: Vec<FileChange>,
    /// Where it follows several: for each of them what is otherwise than there, in order of path; nothing where it
    /// follows one.
    pub from_each: Vec<Vec<FileChange>>,
}

/// A person and a moment, as a commit names them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// The name.
    pub name: Text,
    /// The e-mail address.
    pub email: Text,
    /// The day in the time zone of the machine; none where no calendar has it.
    pub day: Option<Day>,
    /// The day in the time zone that the commit names, likewise.
    pub own_day: Option<Day>,
    /// The moment, in seconds since the beginning of 1970.
    pub at: i64,
}

/// What a commit did to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// The path below the case folder.
    pub path: Text,
    /// The ids of the texts that it had, one for each commit that is followed; none where it was not there, or was no
    /// file.
    pub older: Vec<Option<String>>,
    /// The id of its text; none where it is gone, or is no file.
    pub newer: Option<String>,
}

impl FileChange {
    /// What has become of the file.
    pub fn became(&self) -> Change {
        match &self.newer {
            None => Change::Removed,
            Some(_) if self.older.iter().all(Option::is_none) => Change::Added,
            Some(_) => Change::Changed,
        }
    }
}

impl Revision {
    /// The beginning of its id, for people.
    pub fn short(&self) -> &str {
        short_id(&self.id)
    }

    /// The day on which it was committed, in the time zone of the machine.
    pub fn day(&self) -> Option<Day> {
        self.committer.day
    }
}

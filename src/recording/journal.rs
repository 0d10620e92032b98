//! What a user's commands wrote in a case folder, so that the last of it can be taken back.

use std::collections::HashMap;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::RecordingError;
use super::file_write::FileWrite;
use crate::text::Text;
use crate::writing::{StateFolder, StatePart, WriteError, says};

/// The part of the user's state folder in which it lies.
const PURPOSE: &str = "undo";

/// What a user's commands wrote in one case folder, in order. Nobody else can read it; see [`StateFolder`].
#[derive(Clone, Debug)]
pub struct Journal {
    part: StatePart,
    now: SystemTime,
}

/// What one command wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// What the command did, as a commit of it says.
    pub what: Text,
    /// When, in seconds since the beginning of 1970.
    pub at: i64,
    /// Whether it is in git.
    pub commit: CommitState,
    /// The ids of the students whom it is about.
    pub(super) students: Vec<Text>,
    /// The errors that the folder had before; safe to show.
    pub(super) errors: Vec<String>,
    /// The files, in the order in which they were written.
    pub(super) files: Vec<JournalFile>,
    /// The folders that were made for them.
    pub(super) folders: Vec<Text>,
}

/// Whether what a command wrote is in git.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CommitState {
    /// Nobody asked the command for a commit.
    NotAsked,
    /// It was to be committed, and is not.
    Missing,
    /// The command committed it.
    Committed,
}

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct JournalFile {
    /// Where it lies below the case folder.
    pub path: Text,
    /// What it said; none where nothing was there.
    pub before: Option<String>,
    /// What it says; none where it is gone.
    pub after: Option<String>,
    /// The file whose text and permissions it took over.
    pub copy_of: Option<Text>,
}

/// How an entry stands beside the files as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// All files that it wrote say what it wrote, or again what they said before; at least one says what it wrote.
    Written,
    /// All say what they said before.
    NotWritten,
    /// This one has changed since.
    Changed(Text),
}

/// What files say once later entries are taken back, by path.
pub(super) type Overlay = HashMap<Text, Option<String>>;

impl Journal {
    /// The journal of a case folder, whose path is free of links.
    pub fn of(state: &StateFolder, case_folder: &Path, now: SystemTime) -> Self {
        Self { part: state.part(PURPOSE, case_folder), now }
    }

    /// Adds an entry, as of now, and returns its name.
    pub(super) fn add(&self, entry: &mut JournalEntry) -> Result<String, WriteError> {
        let since = self.now.duration_since(UNIX_EPOCH).unwrap_or_default();
        entry.at = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
        let last = self.part.names(self.now).iter().filter_map(|name| name.parse::<u64>().ok()).max();
        let name = format!("{:012}", last.map_or(1, |last| last.saturating_add(1)));
        self.put(&name, entry)?;
        Ok(name)
    }

    /// Writes an entry anew.
    pub(super) fn put(&self, name: &str, entry: &JournalEntry) -> Result<(), WriteError> {
        // An entry is texts and numbers: it can always be written down.
        let bytes = serde_json::to_vec(entry).unwrap_or_default();
        self.part.keep(name, &bytes, self.now)
    }

    /// Removes an entry.
    pub(super) fn forget(&self, name: &str) -> Result<(), WriteError> {
        self.part.forget(name)
    }

    /// The entries with their names, the last first.
    pub(super) fn entries(&self) -> Result<Vec<(String, JournalEntry)>, RecordingError> {
        let mut entries = Vec::new();
        for name in self.part.names(self.now).into_iter().rev() {
            let Some(bytes) = self.part.read(&name, self.now)? else { continue };
            let entry = serde_json::from_slice(&bytes).map_err(|_| {
                let what = "the note of what a command wrote here cannot be read, so nothing can be taken back";
                RecordingError::unclear(what, "put the record right with gwp correct")
            })?;
            entries.push((name, entry));
        }
        Ok(entries)
    }
}

impl JournalEntry {
    /// What is about to be written.
    pub(super) fn new(what: &str, writes: &[FileWrite], commit: CommitState) -> Self {
        let files = writes.iter().map(|write| {
            let FileWrite { path, before, after, copy_of } = write.clone();
            JournalFile { path, before, after, copy_of }
        });
        let (students, errors, folders) = Default::default();
        Self { what: Text::new(what), at: 0, commit, students, errors, files: files.collect(), folders }
    }

    /// What was written, in a line and as it is: of a meeting without its items.
    pub fn headline(&self) -> &str {
        self.what.raw().lines().next().unwrap_or_default()
    }

    /// The paths of its files.
    pub(super) fn paths(&self) -> Vec<&str> {
        self.files.iter().map(|file| file.path.raw()).collect()
    }

    /// How it stands, where later entries were taken back as `overlay` says.
    pub(super) fn standing(&self, case_folder: &Path, overlay: &Overlay) -> Standing {
        let says = |path: &Text, text: Option<&str>| match overlay.get(path) {
            Some(there) => there.as_deref() == text,
            None => says(&case_folder.join(path.raw()), text),
        };
        let mut standing = Standing::NotWritten;
        for file in &self.files {
            if says(&file.path, file.after.as_deref()) {
                standing = Standing::Written;
            } else if !says(&file.path, file.before.as_deref()) {
                return Standing::Changed(file.path.clone());
            }
        }
        standing
    }

    /// What has to be written so that its files say again what they said before; what does so already is left out.
    pub(super) fn writes_back(&self, case_folder: &Path) -> Vec<FileWrite> {
        let is_written = |file: &&JournalFile| says(&case_folder.join(file.path.raw()), file.after.as_deref());
        let written: Vec<_> = self.files.iter().filter(is_written).collect();
        let back = written.iter().rev().map(|file| {
            // A file that went because of another name has that one's permissions.
            let is_copy = |one: &&&JournalFile| one.copy_of.as_ref() == Some(&file.path);
            let copy_of = written.iter().find(is_copy).filter(|_| file.after.is_none()).map(|copy| copy.path.clone());
            let JournalFile { path, before, after, .. } = (*file).clone();
            FileWrite { path, before: after, after: before, copy_of }
        });
        back.collect()
    }
}

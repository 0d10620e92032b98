//! Taking back what the last command wrote.

use std::path::Path;
use std::time::SystemTime;

use super::file_write::FileWrite;
use super::journal::{CommitState, JournalEntry, Overlay, Standing};
use super::report::{Deed, Draft, FileDifference, Prepared, RecordingReport};
use super::{Journal, RecordingError, RecordingSession};
use crate::files::{self, MARK};
use crate::text::{Text, visible};
use crate::writing::{DAYS_KEPT, StateFolder, WriteError};

/// What the last command wrote, ready to be taken back.
pub struct TakingBack {
    /// What was written.
    pub entry: JournalEntry,
    name: String,
    writes: Vec<FileWrite>,
    message: String,
    report: RecordingReport,
}

/// What an earlier command wrote, as a list of such things says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// What was written.
    pub entry: JournalEntry,
    /// The file that has changed since, so that it cannot be taken back.
    pub changed: Option<Text>,
}

impl TakingBack {
    /// What taking it back makes different, and for whom.
    pub fn report(&self) -> &RecordingReport {
        &self.report
    }

    /// Whether taking it back becomes a commit, as writing it did.
    pub fn is_committed(&self) -> bool {
        self.entry.commit == CommitState::Committed
    }

    /// Whether another one is the same: nothing was written meanwhile.
    pub fn is_same(&self, other: &Self) -> bool {
        (&self.name, &self.entry, &self.writes) == (&other.name, &other.entry, &other.writes)
    }
}

impl RecordingSession {
    /// What this user's commands wrote here, the last first.
    pub fn earlier(&self) -> Result<Vec<Earlier>, RecordingError> {
        let (mut overlay, mut earlier) = (Overlay::new(), Vec::new());
        for (_, entry) in self.entries()? {
            let changed = match entry.standing(self.target.root(), &overlay) {
                Standing::Written => None,
                Standing::NotWritten => continue,
                Standing::Changed(path) => Some(path),
            };
            overlay.extend(entry.files.iter().map(|file| (file.path.clone(), file.before.clone())));
            earlier.push(Earlier { entry, changed });
        }
        Ok(earlier)
    }

    /// Prepares to take back what the last command wrote. The error says that there is nothing, that a file has changed
    /// since, or that something rests on it.
    pub fn take_back(&self) -> Result<TakingBack, RecordingError> {
        for (name, entry) in self.entries()? {
            match entry.standing(self.target.root(), &Overlay::new()) {
                Standing::Changed(path) => return Err(changed(&entry, &path)),
                // A command that was ended before it wrote, or one whose taking back is still to be committed.
                Standing::NotWritten if !self.is_to_be_committed(&entry) => {}
                _ => return self.taking_back(name, entry),
            }
        }
        let what = format!("nothing that you wrote here with gwp in the last {DAYS_KEPT} days can be taken back");
        Err(RecordingError::unclear(what, "correct the record with another command, or see \"gwp history\""))
    }

    /// Takes it back, and commits that where the command had committed what it wrote, or where that is asked for.
    pub fn write_back(&mut self, back: TakingBack) -> Result<RecordingReport, RecordingError> {
        if back.is_committed() {
            self.target.commit_too()?;
        }
        self.target.take_back((&back.name, &back.entry), &back.writes, &back.message)?;
        Ok(back.report)
    }

    fn entries(&self) -> Result<Vec<(String, JournalEntry)>, RecordingError> {
        self.target.journal().map_or_else(|| Ok(Vec::new()), Journal::entries)
    }

    fn is_to_be_committed(&self, entry: &JournalEntry) -> bool {
        let paths = entry.files.iter().map(|file| &file.path);
        entry.commit == CommitState::Committed && !paths.clone().all(|path| self.target.is_as_in_git(path))
    }

    fn taking_back(&self, name: String, entry: JournalEntry) -> Result<TakingBack, RecordingError> {
        let writes = entry.writes_back(self.target.root());
        // What a whole meeting decided goes over many lines.
        let subject = entry.headline();
        let (what, message) = (visible(subject), format!("taken back: {subject}"));
        let is_beginning = entry.files.iter().any(|file| file.path.raw() == MARK && file.before.is_none());
        let report = if is_beginning {
            self.nothing_else_is_there(&entry)?;
            let differences = if self.target.is_dry_run() { FileDifference::of_all(&writes) } else { Vec::new() };
            let is_dry_run = self.target.is_dry_run();
            RecordingReport { deed: Deed::TakenBack, is_dry_run, differences, ..Prepared::nothing(what).report }
        } else {
            let students = entry.students.clone();
            let draft =
                Draft { deed: Deed::TakenBack, what, message: message.clone(), students, writes: writes.clone() };
            self.prepare_accepting(draft, &entry.errors, |known| known)?.report
        };
        Ok(TakingBack { entry, name, writes, message, report })
    }

    /// An error where a folder that was made has records by now that were not made with it.
    fn nothing_else_is_there(&self, entry: &JournalEntry) -> Result<(), RecordingError> {
        let is_its_own = |path: &Text| entry.files.iter().any(|file| file.path == *path);
        match self.before.sources.iter().find(|source| !is_its_own(&source.path)) {
            None => Ok(()),
            Some(source) => {
                let what = format!("the folder has other records by now, such as {}", source.path);
                Err(RecordingError::unclear(what, "take those back first, or remove them"))
            }
        }
    }
}

/// A later change stands on what an entry wrote.
fn changed(entry: &JournalEntry, path: &Text) -> RecordingError {
    let what = format!("{path} has changed since gwp wrote \"{}\"; nothing is taken back", visible(entry.headline()));
    RecordingError::unclear(what, "put the record right with gwp correct")
}

/// Notes files, and folders, that were made where nothing was, so that they can be taken back: by their paths below the
/// case folder.
pub fn note_new(
    state: &StateFolder,
    case_folder: &Path,
    now: SystemTime,
    what: &str,
    files: &[(String, String)],
    folders: &[String],
) -> Result<(), WriteError> {
    // Where the folder has gone meanwhile, there is nothing to take back.
    let Ok(Some(root)) = files::around(case_folder) else { return Ok(()) };
    let writes: Vec<_> =
        files.iter().map(|(path, text)| FileWrite::create(Text::new(path.as_str()), text.clone())).collect();
    let mut entry = JournalEntry::new(what, &writes, CommitState::NotAsked);
    entry.folders = folders.iter().map(|folder| Text::new(folder.as_str())).collect();
    Journal::of(state, &root.path, now).add(&mut entry).map(|_| ())
}

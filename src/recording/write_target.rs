//! The files that are written: all of them, or none.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::RecordingError;
use super::file_write::FileWrite;
use super::journal::{CommitState, Journal, JournalEntry, Standing};
use crate::files::{self, CaseFolder};
use crate::folder::{Folder, FolderError};
use crate::git::WorkTree;
use crate::text::{Source, Text};
use crate::writing::{FolderLock, PATIENCE, StateFolder, WriteError, says};

/// What becomes of what is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordingMode {
    /// Nothing is written: somebody looks at what would be.
    DryRun,
    /// It is written.
    Write,
    /// It is written, and committed to git with nothing else.
    Commit,
}

impl RecordingMode {
    /// The mode of a command's options.
    pub fn of(is_dry_run: bool, is_committed: bool) -> Self {
        match (is_dry_run, is_committed) {
            (true, _) => Self::DryRun,
            (false, true) => Self::Commit,
            (false, false) => Self::Write,
        }
    }
}

/// A case folder in which files are to be written, locked where they are.
#[derive(Debug)]
pub struct WriteTarget {
    folder: CaseFolder,
    /// None in a dry run.
    lock: Option<FolderLock>,
    /// None where nothing is committed.
    work_tree: Option<WorkTree>,
    /// None where nobody wants to take anything back.
    journal: Option<Journal>,
}

impl WriteTarget {
    /// Locks, where something is to be written, and reads the case folder in which a path lies.
    pub fn open(path: &Path, mode: RecordingMode) -> Result<(Self, Vec<Source>), RecordingError> {
        let mut roots = files::find(&[path.to_owned()])?.into_iter();
        let (Some(root), None) = (roots.next(), roots.next()) else {
            return Err(FolderError::Several { given: files::shown(path) }.into());
        };
        let is_written = mode != RecordingMode::DryRun;
        let lock = is_written.then(|| FolderLock::take(&root.path, PATIENCE)).transpose()?;
        let mut folder = CaseFolder::open(root)?;
        let is_committed = mode == RecordingMode::Commit;
        let work_tree = is_committed.then(|| WorkTree::around(&folder.root.path)).transpose()?;
        let sources = std::mem::take(&mut folder.sources);
        Ok((Self { folder, lock, work_tree, journal: None }, sources))
    }

    /// Has what is written noted in the user's own state folder, so that it can be taken back. Where something is to be
    /// committed, what an earlier command wrote and was to commit is committed first; of which it says what it was.
    pub fn keep_journal(&mut self, state: &StateFolder, now: SystemTime) -> Result<Vec<String>, RecordingError> {
        let journal = Journal::of(state, self.root(), now);
        let caught_up = match &self.work_tree {
            Some(tree) => self.catch_up(&journal, tree)?,
            None => Vec::new(),
        };
        self.journal = Some(journal);
        Ok(caught_up)
    }

    /// Commits what commands wrote that were interrupted, or found git busy, before they could; what has changed since is
    /// left to the user.
    fn catch_up(&self, journal: &Journal, tree: &WorkTree) -> Result<Vec<String>, RecordingError> {
        // Where the journal cannot be read, there is nothing that could be committed.
        let mut entries = journal.entries().unwrap_or_default();
        entries.retain(|(_, entry)| entry.commit == CommitState::Missing);
        let mut caught_up = Vec::new();
        for (name, mut entry) in entries.into_iter().rev() {
            let is_whole = entry.files.iter().all(|file| says(&self.at(&file.path), file.after.as_deref()));
            if is_whole && !entry.paths().iter().all(|path| tree.must_be_committed(path).is_ok()) {
                tree.commit(&entry.paths(), entry.what.raw())?;
                caught_up.push(entry.what.to_string());
            }
            if is_whole {
                entry.commit = CommitState::Committed;
                // Where it cannot be noted, it is found to be committed the next time.
                let _ = journal.put(&name, &entry);
            }
        }
        Ok(caught_up)
    }

    /// What was noted of earlier commands; none where nothing is.
    pub(super) fn journal(&self) -> Option<&Journal> {
        self.journal.as_ref()
    }

    /// Where the case folder is, free of links.
    pub(super) fn root(&self) -> &Path {
        &self.folder.root.path
    }

    fn at(&self, path: &Text) -> PathBuf {
        self.root().join(path.raw())
    }

    /// Whether nothing is to be written.
    pub fn is_dry_run(&self) -> bool {
        self.lock.is_none()
    }

    /// Whether a path leads to a file in the case folder.
    pub fn holds(&self, path: &str) -> bool {
        self.folder.holds(path)
    }

    /// The folder as it is, or would be, with these sources.
    pub(super) fn link(&self, sources: Vec<Source>) -> Folder {
        Folder::with_sources(&self.folder, sources)
    }

    pub(super) fn must_be_kept_in_git(&self) -> Result<(), RecordingError> {
        WorkTree::around(&self.folder.root.path)?;
        Ok(())
    }

    /// From now on commits what it writes.
    pub(super) fn commit_too(&mut self) -> Result<(), RecordingError> {
        self.work_tree = Some(WorkTree::around(self.root())?);
        Ok(())
    }

    /// Whether a file is as it was last committed; so it is too where nothing is committed at all.
    pub(super) fn is_as_in_git(&self, path: &Text) -> bool {
        WorkTree::around(self.root()).map_or(true, |tree| tree.must_be_committed(path.raw()).is_ok())
    }

    /// Whether a file is as it was last committed, or nobody asks for a commit.
    pub(super) fn is_committed(&self, path: &Text) -> bool {
        self.work_tree.as_ref().is_none_or(|tree| tree.must_be_committed(path.raw()).is_ok())
    }

    /// Writes all of these files in order, or none, and commits them where that was asked for; nothing in a dry run. A file
    /// with changes that are not committed is an error then: the commit would hold more than was meant. Returned is what
    /// is worth a look.
    pub fn write(&self, writes: &[FileWrite], message: &str) -> Result<Option<String>, RecordingError> {
        self.write_entry(writes, self.entry_of(writes, message))
    }

    /// What is noted of these writes.
    pub(super) fn entry_of(&self, writes: &[FileWrite], message: &str) -> JournalEntry {
        let commit = if self.work_tree.is_some() { CommitState::Missing } else { CommitState::NotAsked };
        JournalEntry::new(message, writes, commit)
    }

    /// The same, with what is to be noted of it.
    pub(super) fn write_entry(
        &self,
        writes: &[FileWrite],
        mut entry: JournalEntry,
    ) -> Result<Option<String>, RecordingError> {
        let Some(lock) = self.lock.as_ref().filter(|_| !writes.is_empty()) else { return Ok(None) };
        self.must_be_committed(writes)?;
        // It is noted before anything is written: what a killed command wrote can be taken back too.
        let noted = self.journal.as_ref().map(|journal| (journal, journal.add(&mut entry)));
        if let Err(error) = self.all_or_nothing(lock, writes) {
            if let Some((journal, Ok(name))) = &noted
                && entry.standing(self.root(), &HashMap::new()) == Standing::NotWritten
            {
                // An entry that stands for nothing is passed over.
                let _ = journal.forget(name);
            }
            return Err(error);
        }
        self.commit(&entry)?;
        entry.commit = match entry.commit {
            CommitState::Missing => CommitState::Committed,
            other => other,
        };
        Ok(match noted {
            Some((_, Err(error))) => Some(format!("\"gwp undo\" cannot take this back: {error}")),
            Some((journal, Ok(name))) if entry.commit == CommitState::Committed => {
                // Where it cannot be noted, it is found to be committed the next time.
                let _ = journal.put(&name, &entry);
                None
            }
            _ => None,
        })
    }

    /// An error where something is to be committed and a file that is there has changes that are not.
    fn must_be_committed(&self, writes: &[FileWrite]) -> Result<(), RecordingError> {
        let Some(tree) = &self.work_tree else { return Ok(()) };
        let there = writes.iter().filter(|write| write.before.is_some());
        there.map(|write| write.path.raw()).try_for_each(|path| tree.must_be_committed(path))?;
        Ok(())
    }

    /// Commits the files of an entry, where that was asked for.
    fn commit(&self, entry: &JournalEntry) -> Result<(), RecordingError> {
        let Some(tree) = &self.work_tree else { return Ok(()) };
        tree.commit(&entry.paths(), entry.what.raw()).map_err(|error| {
            let path = if let [file] = entry.files.as_slice() { Some(file.path.clone()) } else { None };
            RecordingError::NotCommitted { path, error }
        })
    }

    /// Takes back what an entry wrote, and forgets it: all files, or none. They are committed as `message` says where that
    /// was asked for.
    pub(super) fn take_back(
        &self,
        (name, entry): (&str, &JournalEntry),
        writes: &[FileWrite],
        message: &str,
    ) -> Result<(), RecordingError> {
        let (Some(lock), Some(journal)) = (&self.lock, &self.journal) else { return Ok(()) };
        self.must_be_committed(writes)?;
        self.all_or_nothing(lock, writes)?;
        for folder in entry.folders.iter().rev() {
            lock.remove_empty_folder(&self.at(folder));
        }
        // What is in git as it was before needs no commit.
        if self
            .work_tree
            .as_ref()
            .is_some_and(|tree| !entry.paths().iter().all(|path| tree.must_be_committed(path).is_ok()))
        {
            self.commit(&JournalEntry { what: Text::new(message), ..entry.clone() })?;
        }
        journal.forget(name).map_err(RecordingError::from)
    }

    /// Writes all of these files. Where one cannot be written, those before it are taken back, the last first. A copy stays
    /// where a record stays that names it.
    fn all_or_nothing(&self, lock: &FolderLock, writes: &[FileWrite]) -> Result<(), RecordingError> {
        for (count, write) in writes.iter().enumerate() {
            let Err(error) = self.put(lock, write) else { continue };
            let mut stay = Vec::new();
            for FileWrite { path, before, after, copy_of } in writes[..count].iter().rev() {
                let is_named = copy_of.is_some() && !stay.is_empty();
                let (before, after) = (after.clone(), before.clone());
                let back = FileWrite { path: path.clone(), before, after, copy_of: None };
                if is_named || self.put(lock, &back).is_err() {
                    stay.push(path.clone());
                }
            }
            return Err(RecordingError::NotWritten { error, is_taken_back: count > 0, stay });
        }
        Ok(())
    }

    fn put(&self, lock: &FolderLock, write: &FileWrite) -> Result<(), WriteError> {
        let at = |path: &Text| self.at(path);
        let FileWrite { path, before, after, copy_of } = write;
        match (before, after, copy_of) {
            (None, Some(text), Some(from)) => lock.copy(&at(from), text, &at(path)),
            (None, Some(text), None) => lock.create(&at(path), text),
            (Some(was), Some(text), _) => lock.replace(&at(path), was, text),
            (Some(was), None, _) => lock.remove(&at(path), was),
            (None, None, _) => Ok(()),
        }
    }
}

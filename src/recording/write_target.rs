//! The files that are written: all of them, or none.

use std::path::Path;
use std::time::Duration;

use super::RecordingError;
use crate::files::{self, CaseFolder};
use crate::folder::{Folder, FolderError};
use crate::git::WorkTree;
use crate::text::{Source, Text};
use crate::writing::{FolderLock, WriteError};

/// How long to wait for another command that is writing.
const PATIENCE: Duration = Duration::from_secs(20);

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
}

/// What becomes of one file. Paths are below the case folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileWrite {
    /// Where it lies, or is to lie.
    pub path: Text,
    /// What it says; none where nothing is there yet.
    pub before: Option<String>,
    /// What it is to say; none where it is to be gone.
    pub after: Option<String>,
    /// The file whose text and permissions it takes over.
    pub copy_of: Option<Text>,
}

impl FileWrite {
    /// A text where nothing is yet.
    pub fn create(path: Text, text: String) -> Self {
        Self { path, before: None, after: Some(text), copy_of: None }
    }

    /// Another text for a file.
    pub fn replace(path: Text, was: String, text: String) -> Self {
        Self { path, before: Some(was), after: Some(text), copy_of: None }
    }

    /// Another name for a file, as the first and the last of what is written: what names it is written in between, so that
    /// it is there at every moment.
    pub fn rename(from: Text, to: Text, text: String) -> (Self, Self) {
        let copy = Self { path: to, before: None, after: Some(text.clone()), copy_of: Some(from.clone()) };
        (copy, Self { path: from, before: Some(text), after: None, copy_of: None })
    }
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
        Ok((Self { folder, lock, work_tree }, sources))
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

    /// Whether a file is as it was last committed, or nobody asks for a commit.
    pub(super) fn is_committed(&self, path: &Text) -> bool {
        self.work_tree.as_ref().is_none_or(|tree| tree.must_be_committed(path.raw()).is_ok())
    }

    /// Writes all of these files in order, or none, and commits them where that was asked for; nothing in a dry run. A file
    /// with changes that are not committed is an error then: the commit would hold more than was meant.
    pub fn write(&self, writes: &[FileWrite], message: &str) -> Result<(), RecordingError> {
        let Some(lock) = self.lock.as_ref().filter(|_| !writes.is_empty()) else { return Ok(()) };
        if let Some(tree) = &self.work_tree {
            let there = writes.iter().filter(|write| write.before.is_some());
            there.map(|write| write.path.raw()).try_for_each(|path| tree.must_be_committed(path))?;
        }
        self.all_or_nothing(lock, writes)?;
        let Some(tree) = &self.work_tree else { return Ok(()) };
        let paths: Vec<_> = writes.iter().map(|write| write.path.raw()).collect();
        tree.commit(&paths, message).map_err(|error| {
            let path = if let [write] = writes { Some(write.path.clone()) } else { None };
            RecordingError::NotCommitted { path, error }
        })
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
        let at = |path: &Text| self.folder.root.path.join(path.raw());
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

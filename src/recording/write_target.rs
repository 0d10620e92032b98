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

/// A case folder in which files are to be written, locked where they are.
#[derive(Debug)]
pub struct WriteTarget {
    folder: CaseFolder,
    /// None in a dry run.
    lock: Option<FolderLock>,
    /// None where nothing is committed.
    work_tree: Option<WorkTree>,
}

/// A file that is written. Paths are below the case folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileWrite {
    /// A file where nothing is yet.
    Create {
        /// Where it is to lie.
        path: Text,
        /// What it is to say.
        text: String,
    },
    /// Another text for a file.
    Replace {
        /// Where it lies.
        path: Text,
        /// What it says.
        was: String,
        /// What it is to say.
        text: String,
    },
    /// Another name for a file.
    Move {
        /// Where it lies.
        from: Text,
        /// Where it is to lie.
        to: Text,
        /// What it says, and goes on to say.
        text: String,
    },
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

    /// Writes all of these files, or none, and commits them where that was asked for; nothing in a dry run. A file with
    /// changes that are not committed is an error then: the commit would hold more than was meant.
    pub fn write(&self, writes: &[FileWrite], message: &str) -> Result<(), RecordingError> {
        let Some(lock) = self.lock.as_ref().filter(|_| !writes.is_empty()) else { return Ok(()) };
        if let Some(tree) = &self.work_tree {
            let there = writes.iter().filter_map(FileWrite::there);
            there.map(Text::raw).try_for_each(|path| tree.must_be_committed(path))?;
        }
        self.all_or_nothing(lock, &steps(writes))?;
        let Some(tree) = &self.work_tree else { return Ok(()) };
        let paths: Vec<_> = writes.iter().flat_map(FileWrite::paths).collect();
        let raw: Vec<_> = paths.iter().map(|path| path.raw()).collect();
        tree.commit(&raw, message).map_err(|error| {
            let path = if let [path] = paths.as_slice() { Some((*path).clone()) } else { None };
            RecordingError::NotCommitted { path, error }
        })
    }

    /// Takes every step. Where one cannot be taken, those before it are taken back, the last first. A copy stays where a
    /// record stays that names it.
    fn all_or_nothing(&self, lock: &FolderLock, steps: &[Step<'_>]) -> Result<(), RecordingError> {
        let folder = &self.folder.root.path;
        for (count, step) in steps.iter().enumerate() {
            let Err(error) = step.take(lock, folder) else { continue };
            let mut stay = Vec::new();
            for step in steps[..count].iter().rev() {
                let is_kept = matches!(step, Step::Copy { .. }) && !stay.is_empty();
                if is_kept || step.take_back(lock, folder).is_err() {
                    stay.push(step.path().clone());
                }
            }
            return Err(RecordingError::NotWritten { error, is_taken_back: count > 0, stay });
        }
        Ok(())
    }
}

impl FileWrite {
    /// The file that is there before.
    fn there(&self) -> Option<&Text> {
        match self {
            Self::Create { .. } => None,
            Self::Replace { path, .. } => Some(path),
            Self::Move { from, .. } => Some(from),
        }
    }

    /// Every path at which something is different afterwards.
    fn paths(&self) -> impl Iterator<Item = &Text> {
        let (path, other) = match self {
            Self::Create { path, .. } | Self::Replace { path, .. } => (path, None),
            Self::Move { from, to, .. } => (from, Some(to)),
        };
        std::iter::once(path).chain(other)
    }
}

/// One step of writing.
enum Step<'w> {
    Copy { from: &'w Text, to: &'w Text, text: &'w str },
    Create { path: &'w Text, text: &'w str },
    Replace { path: &'w Text, was: &'w str, text: &'w str },
    Remove { path: &'w Text, text: &'w str },
}

/// The steps in an order in which at every moment each record is there that another names: a moved file lies in both
/// places until all others are written.
fn steps(writes: &[FileWrite]) -> Vec<Step<'_>> {
    let moves = writes.iter().filter_map(|write| match write {
        FileWrite::Move { from, to, text } => Some((from, to, text)),
        _ => None,
    });
    let others = writes.iter().filter_map(|write| match write {
        FileWrite::Create { path, text } => Some(Step::Create { path, text }),
        FileWrite::Replace { path, was, text } => Some(Step::Replace { path, was, text }),
        FileWrite::Move { .. } => None,
    });
    let copies = moves.clone().map(|(from, to, text)| Step::Copy { from, to, text });
    copies.chain(others).chain(moves.map(|(path, _, text)| Step::Remove { path, text })).collect()
}

impl Step<'_> {
    fn take(&self, lock: &FolderLock, folder: &Path) -> Result<(), WriteError> {
        let at = |path: &Text| folder.join(path.raw());
        match self {
            Self::Copy { from, to, text } => lock.copy(&at(from), text, &at(to)),
            Self::Create { path, text } => lock.create(&at(path), text),
            Self::Replace { path, was, text } => lock.replace(&at(path), was, text),
            Self::Remove { path, text } => lock.remove(&at(path), text),
        }
    }

    fn take_back(&self, lock: &FolderLock, folder: &Path) -> Result<(), WriteError> {
        let at = |path: &Text| folder.join(path.raw());
        match self {
            Self::Copy { to: path, text, .. } | Self::Create { path, text } => lock.remove(&at(path), text),
            Self::Replace { path, was, text } => lock.replace(&at(path), text, was),
            Self::Remove { path, text } => lock.create(&at(path), text),
        }
    }

    /// The file that it writes.
    fn path(&self) -> &Text {
        match self {
            Self::Copy { to: path, .. }
            | Self::Create { path, .. }
            | Self::Replace { path, .. }
            | Self::Remove { path, .. } => path,
        }
    }
}

//! Why something cannot be written.

use std::fmt;
use std::io;
use std::path::Path;

use crate::text::{Text, visible};

/// Why a file or folder cannot be written. Shown, it is one sentence that is safe to print; [`WriteError::help`] says
/// what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteError {
    /// The system does not let it be written.
    Refused {
        /// The file or folder.
        path: Text,
        /// What the system says.
        reason: String,
    },
    /// The file is marked as one that is not to be changed.
    ReadOnly {
        /// The file.
        path: Text,
    },
    /// A file is there that no run of the command wrote.
    Foreign {
        /// The file.
        path: Text,
    },
    /// The file would lie in a folder that is a link.
    Linked {
        /// The file.
        path: Text,
        /// The link.
        folder: Text,
    },
    /// The file no longer says what it said when it was read.
    Changed {
        /// The file.
        path: Text,
    },
    /// Another command has been writing in the case folder all the time.
    Busy {
        /// The case folder.
        folder: Text,
    },
    /// The file system cannot lock a file, so that two commands could write at the same time.
    NoLocks {
        /// The case folder.
        folder: Text,
    },
}

impl WriteError {
    pub(super) fn new(path: &Path, error: &io::Error) -> Self {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "its folder is not there".to_owned(),
            io::ErrorKind::PermissionDenied => "writing there is not permitted".to_owned(),
            io::ErrorKind::ReadOnlyFilesystem => "the disk can only be read".to_owned(),
            io::ErrorKind::StorageFull => "the disk is full".to_owned(),
            io::ErrorKind::QuotaExceeded => "there is no more room for you on the disk".to_owned(),
            io::ErrorKind::FileTooLarge => "a file cannot be so large there".to_owned(),
            io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
                "something of that name is there already".to_owned()
            }
            io::ErrorKind::IsADirectory => "there is a folder of that name".to_owned(),
            io::ErrorKind::InvalidFilename => "its path is too long".to_owned(),
            // The number says nothing to the reader: "Input/output error (os error 5)".
            _ => visible(error.to_string().split(" (os error").next().unwrap_or_default()),
        };
        Self::Refused { path: shown(path), reason }
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Refused { .. } => "check that you may write there and that the disk has room, or name another folder",
            Self::ReadOnly { .. } => "if it is to be changed, make it one that can be written",
            Self::Foreign { .. } => "name an empty folder, or one that the command made",
            Self::Linked { .. } => "links in a case folder are not followed; put a folder in its place",
            Self::Changed { .. } => "run the command again",
            Self::Busy { .. } => "wait until that has ended, and run the command again",
            Self::NoLocks { .. } => {
                "copy the folder to a disk of this computer, run the command there, and bring the records back with git"
            }
        }
    }
}

pub(super) fn shown(path: &Path) -> Text {
    Text::new(path.to_string_lossy().into_owned())
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { path, reason } => write!(f, "{path} cannot be written: {reason}"),
            Self::ReadOnly { path } => write!(f, "{path} is marked as read-only, and is left as it is"),
            Self::Foreign { path } => write!(f, "{path} is there already, and this command did not write it"),
            Self::Linked { path, folder } => write!(f, "{path} cannot be written: {folder} is a link"),
            Self::Changed { path } => write!(f, "somebody else has just changed {path}, and nothing is written"),
            Self::Busy { folder } => write!(f, "another command is writing in {folder}"),
            Self::NoLocks { folder } => {
                write!(
                    f,
                    "the disk with {folder} cannot lock files, so two commands could write at once; nothing is written"
                )
            }
        }
    }
}

impl std::error::Error for WriteError {}

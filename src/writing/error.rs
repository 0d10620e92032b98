//! Why something cannot be written.

use std::fmt;
use std::io;
use std::path::Path;

use crate::text::{Text, visible};

/// Why a file or folder cannot be written. Shown, it is one sentence that is safe to print; [`WriteError::help`] says
/// what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError {
    /// The file or folder.
    path: Text,
    /// What the system says.
    reason: String,
}

impl WriteError {
    pub(super) fn new(path: &Path, error: &io::Error) -> Self {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "its folder is not there".to_owned(),
            io::ErrorKind::PermissionDenied => "writing there is not permitted".to_owned(),
            io::ErrorKind::ReadOnlyFilesystem => "the disk can only be read".to_owned(),
            io::ErrorKind::StorageFull => "the disk is full".to_owned(),
            io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
                "something of that name is there already".to_owned()
            }
            io::ErrorKind::IsADirectory => "there is a folder of that name".to_owned(),
            io::ErrorKind::InvalidFilename => "its path is too long".to_owned(),
            // The number says nothing to the reader: "Input/output error (os error 5)".
            _ => visible(error.to_string().split(" (os error").next().unwrap_or_default()),
        };
        Self { path: Text::new(path.to_string_lossy().into_owned()), reason }
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        "name a folder in which you are allowed to write, on a disk with room for it"
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot be written: {}", self.path, self.reason)
    }
}

impl std::error::Error for WriteError {}

//! Why no case folder can be read.

use std::fmt;
use std::io;

use super::MARK;
use crate::text::Text;

/// Why the folder that was asked for cannot be read as a case folder. Shown, it is one sentence that is safe to
/// print; [`FilesError::help`] says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilesError {
    /// Nothing is at the path.
    NotThere {
        /// The path as it was given.
        given: Text,
    },
    /// What is at the path is neither a folder nor a file.
    NotAFolder {
        /// The path as it was given.
        given: Text,
    },
    /// Neither the folder nor one above or below it is a case folder.
    NoCaseFolder {
        /// The path as it was given.
        given: Text,
    },
    /// What is at the path is a folder, and a file was asked for.
    Folder {
        /// The path as it was given.
        given: Text,
    },
    /// What is at the path is no plain file, and a table was asked for.
    NotATable {
        /// The path as it was given.
        given: Text,
    },
    /// The file is larger than any table of records.
    TooLarge {
        /// The path as it was given.
        given: Text,
    },
    /// The system does not let it be read.
    Refused {
        /// The folder or file.
        path: Text,
        /// What the system says.
        reason: String,
    },
}

impl FilesError {
    pub(crate) fn refused(path: Text, error: &io::Error) -> Self {
        Self::Refused { path, reason: reason(error) }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::NotThere { .. } => "check how the path is written, and which folder you are in".to_owned(),
            Self::NotAFolder { .. } => "name a case folder, or a file in one".to_owned(),
            Self::NoCaseFolder { .. } => {
                format!("a case folder holds a file {MARK}, which may be empty; go to that folder or name it")
            }
            Self::Folder { .. } => "name a file in it".to_owned(),
            Self::NotATable { .. } => "name a CSV file or a workbook (.xlsx)".to_owned(),
            Self::TooLarge { .. } => "save the part that is meant as a file of its own".to_owned(),
            Self::Refused { .. } => "check that you are allowed to read it".to_owned(),
        }
    }
}

impl fmt::Display for FilesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotThere { given } => write!(f, "there is no file or folder {given}"),
            Self::NotAFolder { given } => write!(f, "{given} is neither a folder nor a plain file"),
            Self::NoCaseFolder { given } => write!(f, "there is no {MARK} in {given} or in a folder above or below it"),
            Self::Folder { given } => write!(f, "{given} is a folder, and a file is needed here"),
            Self::NotATable { given } => write!(f, "{given} is not a plain file"),
            Self::TooLarge { given } => {
                write!(f, "{given} is larger than {} MiB", super::MOST_BYTES / 1024 / 1024)
            }
            Self::Refused { path, reason } => write!(f, "{path} cannot be read: {reason}"),
        }
    }
}

impl std::error::Error for FilesError {}

/// What the system says, in the program's words where they are known.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it is no longer there".to_owned(),
        io::ErrorKind::PermissionDenied => "reading it is not permitted".to_owned(),
        io::ErrorKind::InvalidFilename => "its path is too long".to_owned(),
        _ => {
            let mut said = crate::text::visible(&error.to_string());
            // The number says nothing to the reader: "Input/output error (os error 5)".
            if let Some(at) = said.find(" (os error") {
                said.truncate(at);
            }
            let mut characters = said.chars();
            characters.next().map_or(said.clone(), |first| first.to_lowercase().chain(characters).collect())
        }
    }
}

//! Why something is not recorded.

use std::fmt;

use crate::amend::{Refusal, Typed};
use crate::folder::FolderError;
use crate::git::GitError;
use crate::text::Text;
use crate::writing::WriteError;

/// Why something is not recorded. Shown, it is one sentence that is safe to print; [`RecordingError::help`] says what to
/// do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordingError {
    /// The case folder gives no answer, or has no such record.
    Folder(FolderError),
    /// The record is left as it is.
    Refused {
        /// The path below the case folder.
        path: Text,
        /// Why.
        refusal: Refusal,
        /// What is to be typed in its place, where that is why.
        typed: Vec<Typed>,
    },
    /// What is said does not fit the records, or could mean two things.
    Unclear {
        /// What does not fit; safe to show.
        what: String,
        /// What to say instead.
        advice: String,
    },
    /// The folder would have an error that it does not have now.
    Introduces {
        /// The first error, with where it stands.
        error: String,
        /// What to do about that.
        help: Option<String>,
        /// How many more there are.
        others: usize,
    },
    /// A file cannot be written.
    NotWritten {
        /// Why.
        error: WriteError,
        /// Whether others had been written by then, and say again what they said.
        is_taken_back: bool,
        /// Those that could not be given back what they said.
        stay: Vec<Text>,
    },
    /// git is not as it has to be for a commit.
    Git(GitError),
    /// Everything is written, and git did not commit it.
    NotCommitted {
        /// The file, where it is a single one.
        path: Option<Text>,
        /// Why.
        error: GitError,
    },
}

impl RecordingError {
    /// The record has an error, or cannot be read.
    pub(super) fn faulty(path: &Text) -> Self {
        Self::Refused { path: path.clone(), refusal: Refusal::Faulty, typed: Vec::new() }
    }

    /// What is said does not fit the records, or could mean two things: why, and what to say instead.
    pub(super) fn unclear(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self::Unclear { what: what.into(), advice: advice.into() }
    }

    /// The error with what to do about it, as one phrase.
    pub fn with_help(&self) -> String {
        self.help().map_or_else(|| self.to_string(), |help| format!("{self}; {help}"))
    }

    /// What to do about it; none where the error says that itself.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Folder(FolderError::Several { .. }) => "name the one to write in with -C".to_owned(),
            Self::Folder(error) => error.help(),
            Self::Unclear { advice, .. } => advice.clone(),
            Self::Refused { refusal, .. } => refusal.help(),
            Self::Introduces { help, .. } => return help.clone(),
            Self::NotWritten { error, is_taken_back, stay } => {
                let help = error.help();
                match stay.as_slice() {
                    [] if *is_taken_back => format!("{help}; what was written by then is taken back"),
                    [] => help.to_owned(),
                    stay => {
                        let stay: Vec<_> = stay.iter().map(ToString::to_string).collect();
                        format!("{help}; written by then, and not to be taken back: {}", stay.join(", "))
                    }
                }
            }
            Self::Git(error) | Self::NotCommitted { error, .. } => error.help().to_owned(),
        })
    }
}

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(error) => error.fmt(f),
            Self::Refused { path, refusal, .. } => write!(f, "{path}: {refusal}"),
            Self::Unclear { what, .. } => f.write_str(what),
            Self::Introduces { error, others, .. } => {
                let more = if *others > 0 { format!(" (and {others} more)") } else { String::new() };
                write!(f, "nothing is written, for it would bring in an error{more}: {error}")
            }
            Self::NotWritten { error, .. } => error.fmt(f),
            Self::Git(error) => error.fmt(f),
            Self::NotCommitted { path: Some(path), error } => {
                write!(f, "{path} is written, and is not committed: {error}")
            }
            Self::NotCommitted { path: None, error } => {
                write!(f, "the records are written, and are not committed: {error}")
            }
        }
    }
}

impl std::error::Error for RecordingError {}

impl<E: Into<FolderError>> From<E> for RecordingError {
    fn from(error: E) -> Self {
        Self::Folder(error.into())
    }
}

impl From<GitError> for RecordingError {
    fn from(error: GitError) -> Self {
        Self::Git(error)
    }
}

impl From<WriteError> for RecordingError {
    fn from(error: WriteError) -> Self {
        Self::NotWritten { error, is_taken_back: false, stay: Vec::new() }
    }
}

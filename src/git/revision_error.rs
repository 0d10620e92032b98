//! Why a revision cannot be read.

use std::fmt;
use std::io;

use crate::calendar::Day;
use crate::text::{Text, short_id, visible};

/// Why a folder cannot be read as it stood in a commit. Shown, it is one sentence that is safe to print;
/// [`RevisionError::help`] says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RevisionError {
    /// There is no program called git.
    NotInstalled,
    /// The folder is not kept in git.
    NoRepository {
        /// The folder.
        folder: Text,
    },
    /// The repository belongs to somebody else, and git does not touch it.
    NotTrusted {
        /// The folder.
        folder: Text,
    },
    /// No commit has the name.
    NoCommit {
        /// The name as it was given.
        asked: Text,
        /// Whether the clone holds only part of the history.
        is_shallow: bool,
    },
    /// Several objects begin with what was given.
    Ambiguous {
        /// The name as it was given.
        asked: Text,
    },
    /// No commit is from the day or earlier.
    NothingBy {
        /// The day.
        day: Day,
        /// Whether the clone holds only part of the history.
        is_shallow: bool,
    },
    /// The commit holds nothing at the path.
    NotInCommit {
        /// The path as it was given.
        given: Text,
        /// The commit, in short.
        commit: String,
    },
    /// In the commit neither the folder nor one above or below it is a case folder.
    NoCaseFolder {
        /// The path as it was given.
        given: Text,
        /// The commit, in short.
        commit: String,
    },
    /// Part of what the commit consists of is not in the repository, or is damaged.
    Incomplete {
        /// The commit, in short.
        commit: String,
        /// What git says, safe to show.
        said: String,
    },
    /// The commit holds more than can be read.
    TooMuch {
        /// The commit, in short.
        commit: String,
    },
    /// git did not answer within a minute.
    Silent,
    /// git refused.
    Refused {
        /// The first line of what it says, safe to show.
        said: String,
    },
}

impl RevisionError {
    /// Why git could not be started.
    pub(super) fn not_started(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotInstalled,
            _ => Self::Refused { said: visible(&error.to_string()) },
        }
    }

    /// The error where git was to show what a commit, given by its id, consists of: a refusal means that it cannot.
    pub(super) fn in_commit(self, id: &str) -> Self {
        match self {
            Self::Refused { said } => Self::Incomplete { commit: short_id(id).to_owned(), said },
            error => error,
        }
    }

    /// What to do about it.
    pub fn help(&self) -> String {
        let deepen = "fetch the rest with \"git fetch --unshallow\", and run the command again";
        let help = match self {
            Self::NotInstalled => "install git: earlier states of a folder are read with it",
            Self::NoRepository { .. } => "name a folder that is, or begin with \"git init\" in it",
            Self::NotTrusted { folder } => {
                return format!(
                    "find out whose it is, and where you trust them run \"git config --global --add safe.directory\" \
                     with {folder} or the folder above it that is the repository"
                );
            }
            Self::NoCommit { is_shallow: true, .. } | Self::NothingBy { is_shallow: true, .. } => deepen,
            Self::NoCommit { .. } => {
                "\"git log\" and \"git branch --all\" show the commits there are; another folder is named with -C"
            }
            Self::Ambiguous { .. } => "write more of the id; \"git log\" shows it whole",
            Self::NothingBy { .. } => "\"git log\" shows when the first commit was made",
            Self::NotInCommit { .. } => "check how the path is written, and when it was first committed",
            Self::NoCaseFolder { .. } => "a case folder holds a file gwp.toml; name a later commit, or another folder",
            Self::Incomplete { .. } => {
                "a clone that leaves part out is completed by \"git fetch\"; \"git fsck\" finds what is damaged"
            }
            Self::TooMuch { .. } => "check what was committed: so much is no folder of records",
            Self::Silent => {
                "see whether \"git status\" answers in the folder; something in the repository may be no plain file"
            }
            Self::Refused { .. } => "see what \"git status\" says in the folder",
        };
        help.to_owned()
    }
}

impl fmt::Display for RevisionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = |is_shallow: &bool| {
            if *is_shallow { "the clone is shallow and holds only the last part of the history, in which " } else { "" }
        };
        match self {
            Self::NotInstalled => f.write_str("there is no program git on this machine"),
            Self::NoRepository { folder } => write!(f, "{folder} is not kept in git"),
            Self::NotTrusted { folder } => {
                write!(f, "git does not open the repository of {folder}, because it belongs to another user")
            }
            Self::NoCommit { asked, is_shallow } => {
                write!(f, "{}no commit is called \"{asked}\"", part(is_shallow))
            }
            Self::Ambiguous { asked } => write!(f, "more than one id begins with \"{asked}\""),
            Self::NothingBy { day, is_shallow } => {
                write!(f, "{}nothing was committed by {day}", part(is_shallow))
            }
            Self::NotInCommit { given, commit } => {
                write!(f, "in the commit {commit} there is no file or folder {given}")
            }
            Self::NoCaseFolder { given, commit } => {
                write!(f, "in the commit {commit} there is no gwp.toml in {given} or in a folder above or below it")
            }
            Self::Incomplete { commit, said } => {
                write!(f, "part of the commit {commit} is not here or is damaged: {said}")
            }
            Self::TooMuch { commit } => write!(f, "the commit {commit} holds more than can be read"),
            Self::Silent => f.write_str("git does not answer"),
            Self::Refused { said } => write!(f, "git refuses: {said}"),
        }
    }
}

impl std::error::Error for RevisionError {}

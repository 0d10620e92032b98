//! Why a folder gives no answer.

use std::fmt;

use super::named::{Named, several};
use crate::calendar::Day;
#[cfg(feature = "disk")]
use crate::files::FilesError;
#[cfg(feature = "disk")]
use crate::git::{RepositoryError, RevisionError};
use crate::text::{Text, WRITE_IN_FULL, all_of, visible};

/// Why a folder gives no answer. Shown, it is one sentence that is safe to print; [`FolderError::help`] says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FolderError {
    /// No case folder can be read.
    #[cfg(feature = "disk")]
    Files(FilesError),
    /// No case folder can be read as it stood in a commit.
    #[cfg(feature = "disk")]
    Revision(RevisionError),
    /// Two states were to be compared, and the second, the work tree, is not there.
    NoWorkTree,
    /// A case folder lies in a work tree, and is not kept in its repository.
    NotKept {
        /// What the folder is called.
        folder: Text,
    },
    /// One case folder was meant, and there are several.
    Several {
        /// The path as it was given.
        given: Text,
    },
    /// `gwp.toml` has an error.
    NotJudged {
        /// What the folder is called.
        folder: Text,
    },
    /// The next LCC meeting was asked for, and there is none.
    NoMeetingToCome {
        /// What the folder is called.
        folder: Text,
    },
    /// A meeting was asked about that was before the day of judgement.
    MeetingIsOver {
        /// The day of the meeting.
        meeting: Day,
        /// The day of judgement.
        as_of: Day,
    },
    /// Nothing has the id that was asked for.
    NoSuchId {
        /// What should have it: `student`, `course`.
        kind: &'static str,
        /// The id.
        id: String,
        /// An id that it may stand for, as a question; or how to see them all.
        advice: String,
    },
    /// Nothing was decided about a student on the day that was asked about.
    NoDecision {
        /// The student's id.
        student: Text,
        /// The day.
        day: Day,
        /// The days on which something was decided.
        days: Vec<Day>,
    },
    /// A day was said that could be two, or is none.
    UnclearDay {
        /// Why; safe to show.
        fault: String,
    },
    /// Several have the name that was asked for, or this part of theirs.
    NamesSeveral {
        /// What was named: `student`.
        kind: &'static str,
        /// What was typed.
        typed: String,
        /// Those that can be meant.
        fits: Vec<Named>,
    },
    /// Nobody who can owe something is called so.
    NoSuchPerson {
        /// The role, name or id.
        name: String,
        /// A name that it may stand for, as a question; or the roles.
        advice: String,
    },
}

impl FolderError {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            #[cfg(feature = "disk")]
            Self::Files(error) => error.help(),
            #[cfg(feature = "disk")]
            Self::Revision(error) => error.help(),
            Self::NoWorkTree => "name two commits".to_owned(),
            Self::NotKept { .. } => "name another folder with -C".to_owned(),
            Self::Several { .. } => "name one of them".to_owned(),
            Self::NotJudged { .. } => "see \"gwp check\"".to_owned(),
            Self::NoMeetingToCome { .. } => "record it with \"gwp record COURSE lcc-meeting DATE\"".to_owned(),
            Self::MeetingIsOver { .. } => "name a meeting that is still to come; --as-of gives another day".to_owned(),
            Self::NoDecision { student, days, .. } if days.is_empty() => {
                format!("nothing was ever decided about {student}; \"gwp show {student}\" shows the decisions")
            }
            Self::NoDecision { days, .. } => format!("decisions were made on {}", all_of(days)),
            Self::UnclearDay { .. } => WRITE_IN_FULL.to_owned(),
            Self::NamesSeveral { .. } => "say which by the id, or by more of the name".to_owned(),
            Self::NoSuchId { advice, .. } | Self::NoSuchPerson { advice, .. } => advice.clone(),
        }
    }
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            #[cfg(feature = "disk")]
            Self::Files(error) => error.fmt(f),
            #[cfg(feature = "disk")]
            Self::Revision(error) => error.fmt(f),
            Self::NoWorkTree => f.write_str("there is no work tree here to compare with"),
            Self::NotKept { folder } => write!(f, "the case folder {folder} is not kept in the repository"),
            Self::Several { given } => write!(f, "there are several case folders in {given}"),
            Self::NotJudged { folder } => {
                write!(f, "the gwp.toml of {folder} has an error, so nothing can be judged")
            }
            Self::NoMeetingToCome { folder } => write!(f, "no LCC meeting from today on is recorded in {folder}"),
            Self::MeetingIsOver { meeting, as_of } => {
                write!(f, "the meeting of {meeting} was before {as_of}, the day as of which the folder is judged")
            }
            Self::NoDecision { student, day, .. } => {
                write!(f, "no decision about {student} of {day} was ever recorded")
            }
            Self::UnclearDay { fault } => write!(f, "the day is not clear: {fault}"),
            Self::NamesSeveral { kind, typed, fits } => {
                write!(f, "\"{}\" fits {}", visible(typed), several(kind, fits))
            }
            Self::NoSuchId { kind, id, .. } => write!(f, "no {kind} has the id \"{}\"", visible(id)),
            Self::NoSuchPerson { name, .. } => write!(f, "no role and no person is called \"{}\"", visible(name)),
        }
    }
}

impl std::error::Error for FolderError {}

#[cfg(feature = "disk")]
impl From<FilesError> for FolderError {
    fn from(error: FilesError) -> Self {
        Self::Files(error)
    }
}

#[cfg(feature = "disk")]
impl From<RevisionError> for FolderError {
    fn from(error: RevisionError) -> Self {
        Self::Revision(error)
    }
}

#[cfg(feature = "disk")]
impl From<RepositoryError> for FolderError {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::Files(error) => Self::Files(error),
            RepositoryError::Revision(error) => Self::Revision(error),
        }
    }
}

//! The kinds of record, and the folder that each lies in.

use serde::{Deserialize, Serialize};

/// A kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordKind {
    /// The case folder's own record, `gwp.toml`.
    Gwp,
    /// A run of the course.
    Course,
    /// A student.
    Student,
    /// A supervisor, of a workplace or of a Work Reflection Group.
    Supervisor,
    /// A session log, of a group or of a supervision.
    Session,
    /// The minutes of a committee's meeting.
    Meeting,
}

impl RecordKind {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Gwp, Self::Course, Self::Student, Self::Supervisor, Self::Session, Self::Meeting];

    /// Its word: the name of its schema.
    pub fn word(self) -> &'static str {
        match self {
            Self::Gwp => "gwp",
            Self::Course => "course",
            Self::Student => "student",
            Self::Supervisor => "supervisor",
            Self::Session => "session",
            Self::Meeting => "meeting",
        }
    }

    /// The folder at the root of a case folder in which its records lie; `gwp.toml` lies at the root itself.
    pub fn folder(self) -> Option<&'static str> {
        match self {
            Self::Gwp => None,
            Self::Course => Some("courses"),
            Self::Student => Some("students"),
            Self::Supervisor => Some("supervisors"),
            Self::Session => Some("sessions"),
            Self::Meeting => Some("meetings"),
        }
    }

    /// The kind of record that a folder holds.
    pub fn in_folder(folder: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.folder() == Some(folder))
    }
}

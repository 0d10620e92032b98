//! What a table is read into.

use serde::Deserialize;

/// What a table is read into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// The log of a group.
    Group,
    /// The log of a supervision.
    Supervision,
    /// The records of students.
    Students,
    /// The records of supervisors.
    Supervisors,
}

//! Why an event is not put into a record.

use std::fmt;

/// Why the text of a record was left as it is. Shown, it is one sentence that is safe to print; [`Refusal::help`]
/// says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The record has a fault, or is of another kind than the event is about.
    Faulty,
    /// A session was to be put into the log of a supervision, or a meeting into that of a group.
    OtherKind,
    /// The record says exactly this.
    AlreadyThere {
        /// What it says, as a phrase.
        what: String,
        /// On which line.
        line: usize,
    },
    /// The record says something else at the place of it.
    Otherwise {
        /// What it says, as a phrase.
        what: String,
        /// On which line.
        line: usize,
    },
    /// The way the text is laid out leaves it uncertain where the event would go. This is to be typed.
    ByHand {
        /// The lines.
        lines: Vec<String>,
        /// The line after which they go; 0 for the beginning.
        after: usize,
    },
}

impl Refusal {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::Faulty => "see \"gwp check --only problems\" and correct the record first".to_owned(),
            Self::OtherKind => "name the log that it belongs to; \"gwp list groups\" shows those of groups".to_owned(),
            Self::AlreadyThere { .. } => "nothing needs to be written".to_owned(),
            Self::Otherwise { line, .. } => format!("if that is wrong, correct line {line} in an editor"),
            Self::ByHand { after: 0, .. } => "type the lines above at the beginning of it in an editor".to_owned(),
            Self::ByHand { after, .. } => {
                format!("type the lines above in an editor, after line {after}, indented as those beside them")
            }
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Faulty => f.write_str("the record has an error, and is left as it is"),
            Self::OtherKind => f.write_str("the log is of another kind"),
            Self::AlreadyThere { what, line } => write!(f, "this is recorded already, on line {line}: {what}"),
            Self::Otherwise { what, line } => write!(f, "line {line} of the record says otherwise: {what}"),
            Self::ByHand { .. } => {
                f.write_str("the record is laid out in a way in which it is not certain where this goes")
            }
        }
    }
}

impl std::error::Error for Refusal {}

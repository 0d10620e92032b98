//! Why an event is not put into a record.

use std::fmt;
use std::ops::RangeInclusive;

use super::{Change, Ground, splice};
use crate::calendar::Day;
use crate::text::{Path, Step, visible};

/// Why the text of a record was left as it is. Shown, it is one sentence that is safe to print; [`Refusal::help`]
/// says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The record has a fault, or is of another kind than the event is about.
    Faulty,
    /// A session was to be put into the log of a supervision, or a meeting into that of a group.
    OtherKind,
    /// The record has no such place, or nothing stands there.
    NoPlace,
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
        /// What is said now, as a phrase, where `what` does not name it.
        said: Option<String>,
        /// What to type in its place, where that is known.
        typed: Option<Box<Typed>>,
    },
    /// The record says two things of one day, and one of them has to go first.
    Contradicted {
        /// The day.
        date: Day,
        /// The lines of both entries.
        lines: [usize; 2],
    },
    /// The way the text is laid out leaves it uncertain where the event would go. This is to be typed.
    ByHand(Typed),
}

/// What is to be typed into a record, in an editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The lines.
    pub lines: Vec<String>,
    /// Where they belong.
    pub place: InsertionPoint,
}

/// Where something belongs in a record. Shown, it is a phrase that is safe to print; lines are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InsertionPoint {
    /// Among the elements of a list.
    List {
        /// The key of the list.
        name: &'static str,
        /// The line of that key.
        line: usize,
    },
    /// In the place of these lines.
    Instead(RangeInclusive<usize>),
    /// Nowhere: these lines hold what is to be taken out.
    Gone(RangeInclusive<usize>),
    /// Among the keys of a table.
    Table {
        /// The line on which the table begins.
        line: usize,
    },
    /// Among the keys of the record itself.
    Record,
}

impl InsertionPoint {
    pub(super) fn of(ground: Ground<'_>, change: &Change) -> Self {
        let Ground { text, root, .. } = ground;
        let line = |at: usize| splice::line_of(text, at);
        let lines = |path: &Path| {
            let there = splice::extent(root.at(path)?);
            Some(line(there.start)..=line(there.end))
        };
        let table = |path: &Path| {
            let table = root.at(path).filter(|_| *path != Path::root());
            table.map_or(Self::Record, |table| Self::Table { line: line(table.span.start) })
        };
        match change {
            Change::Into { list, .. } => match (root.follow(list), list.steps().last()) {
                (Some((Some(key), _)), Some(Step::Key(name))) => Self::List { name, line: line(key.span.start) },
                _ => Self::Record,
            },
            Change::Instead { list, position, .. } => lines(&list.index(*position)).map_or(Self::Record, Self::Instead),
            Change::Set { within, .. } => table(within),
            Change::Gone { at } => lines(at).map_or(Self::Record, Self::Gone),
        }
    }
}

impl fmt::Display for InsertionPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List { name, line } => write!(f, "in the list `{name}` of line {line}"),
            Self::Instead(lines) if lines.start() == lines.end() => write!(f, "in place of line {}", lines.start()),
            Self::Instead(lines) => write!(f, "in place of lines {} to {}", lines.start(), lines.end()),
            Self::Gone(lines) if lines.start() == lines.end() => write!(f, "line {}", lines.start()),
            Self::Gone(lines) => write!(f, "lines {} to {}", lines.start(), lines.end()),
            Self::Table { line } => write!(f, "among the keys of the entry of line {line}"),
            Self::Record => f.write_str("among the keys of the record itself"),
        }
    }
}

impl Refusal {
    /// What to do about it.
    pub fn help(&self) -> String {
        match self {
            Self::Faulty => "see \"gwp check --only problems\" and correct the record first".to_owned(),
            Self::OtherKind => "name the log that it belongs to; \"gwp list groups\" shows those of groups".to_owned(),
            Self::NoPlace => "run the command again, for the record may be another by now".to_owned(),
            Self::AlreadyThere { .. } => "nothing needs to be written".to_owned(),
            Self::Otherwise { line, typed: Some(typed), .. } if typed.lines.len() == 1 => {
                format!(
                    "if the record is wrong, use gwp correct so that line {line} says `{}`",
                    visible(&typed.lines[0])
                )
            }
            Self::Otherwise { line, .. } => format!("if that is wrong, put line {line} right with gwp correct"),
            Self::Contradicted { lines: [one, other], .. } => {
                format!("take out line {one} or line {other} with gwp correct, whichever is wrong")
            }
            Self::ByHand(_) => "type what stands above in an editor, at the place it names, laid out as what stands \
                                beside it; then run the command again, to see that nothing is missing"
                .to_owned(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Faulty => f.write_str("the record has an error, and is left as it is"),
            Self::OtherKind => f.write_str("the log is of another kind"),
            Self::NoPlace => f.write_str("the record has no such place"),
            Self::AlreadyThere { what, line } => write!(f, "this is recorded already, on line {line}: {what}"),
            Self::Otherwise { what, line, said, .. } => {
                write!(f, "line {line} of the record says otherwise: {what}")?;
                said.iter().try_for_each(|said| write!(f, "; what you say now is: {said}"))
            }
            Self::Contradicted { date, lines: [one, other] } => {
                write!(
                    f,
                    "lines {one} and {other} say two things of {date}: that it was cancelled, and that it was not"
                )
            }
            Self::ByHand(_) => {
                f.write_str("the record is laid out in a way in which it is not certain where this goes")
            }
        }
    }
}

impl std::error::Error for Refusal {}

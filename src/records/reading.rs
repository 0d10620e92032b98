//! From a text to a record, with all that is wrong in it.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{Course, GroupLog, Gwp, SessionLog, Student, SupervisionLog, Supervisor};
use crate::problems::{ProblemName, Spot};
use crate::text::{Fault, Node, Notation, Parsed, toml, yaml};

/// What came of a text.
#[derive(Clone, Debug)]
pub struct Reading<T> {
    /// The record. Where something is wrong it is what is right of it: without what is at fault, and with
    /// lists that end before it; none where that is no record.
    pub record: Option<T>,
    /// Everything that is wrong, in the order of the text.
    pub problems: Vec<Found>,
}

/// One thing that is wrong in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its kind.
    pub name: ProblemName,
    /// Where it stands.
    pub spot: Spot,
    /// What is wrong, as a sentence that is safe to show.
    pub message: String,
    /// What to do about it, safe to show.
    pub help: String,
}

impl Found {
    fn of(name: ProblemName, fault: Fault) -> Self {
        Self { name, spot: Spot::Bytes(fault.span), message: fault.message, help: fault.help }
    }
}

/// A type that a whole file is read as.
pub trait Record: Sized {
    /// Reads a text that is right; `None` of one that is not.
    fn of_text(notation: Notation, text: &str) -> Option<Self>;

    /// Reads a tree.
    fn of_tree(tree: &Node<'_>) -> Option<Self>;
}

macro_rules! read_by_serde {
    ($($record:ty),*) => {
        $(impl Record for $record {
            fn of_text(notation: Notation, text: &str) -> Option<Self> {
                of_text(notation, text)
            }

            fn of_tree(tree: &Node<'_>) -> Option<Self> {
                Self::deserialize(tree).ok()
            }
        })*
    };
}

read_by_serde!(Gwp, Course, Student, Supervisor);

impl Record for SessionLog {
    fn of_text(notation: Notation, text: &str) -> Option<Self> {
        match notation {
            Notation::Toml if names_supervision(text) => toml::record(text).map(Self::Supervision),
            Notation::Toml => toml::record(text).map(Self::Group),
            Notation::Yaml => yaml::tree(text).and_then(|tree| Self::of_tree(&tree)),
        }
    }

    fn of_tree(tree: &Node<'_>) -> Option<Self> {
        if tree.get("kind").and_then(Node::text) == Some("supervision") {
            SupervisionLog::deserialize(tree).ok().map(Self::Supervision)
        } else {
            GroupLog::deserialize(tree).ok().map(Self::Group)
        }
    }
}

fn of_text<T: DeserializeOwned>(notation: Notation, text: &str) -> Option<T> {
    match notation {
        Notation::Toml => toml::record(text),
        Notation::Yaml => yaml::tree(text).and_then(|tree| T::deserialize(&tree).ok()),
    }
}

/// Whether a line seems to say that the log is that of a supervision. Where it misleads, the text is read once
/// more by its tree.
fn names_supervision(text: &str) -> bool {
    text.lines()
        .find_map(|line| line.trim_start().strip_prefix("kind")?.trim_start().strip_prefix('='))
        .is_some_and(|value| value.contains("supervision"))
}

/// Reads a text as a record.
pub fn read<T: Record>(notation: Notation, text: &str) -> Reading<T> {
    if let Some(record) = T::of_text(notation, text) {
        return Reading { record: Some(record), problems: Vec::new() };
    }
    let parsed = Parsed::of(notation, text);
    let record = T::of_tree(&parsed.root);
    let mut problems: Vec<Found> =
        parsed.faults.into_iter().map(|fault| Found::of(ProblemName::Syntax, fault)).collect();
    if problems.is_empty() && record.is_none() {
        problems.push(Found {
            name: ProblemName::Schema,
            spot: Spot::File,
            message: "the record is not as it must be".to_owned(),
            help: "see the record format".to_owned(),
        });
    }
    Reading { record, problems }
}

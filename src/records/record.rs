//! What a whole file is read as, and what can be wrong in one.

use serde::Serialize;

use super::shape::Shape;
use super::{LogKind, RecordKind};
use crate::problems::ProblemName;
use crate::text::{Fault, Readable, Spot};

/// A type that a whole file is read as.
pub trait Record: Serialize + Sized {
    /// The kind of record that it is.
    const KIND: RecordKind;

    /// Reads a tree; `None` where a key or a value is not of the type.
    fn of_tree<'de>(tree: impl Readable<'de>) -> Option<Self>;

    /// Its keys, and what stands at each.
    fn shape(&self) -> &'static Shape {
        Shape::of_kind(Self::KIND, LogKind::Group)
    }

    /// Whether its numbers and lists are as the schema wants them, beyond what the type can say.
    fn is_within_bounds(&self) -> bool {
        true
    }

    /// What is wrong with it by itself although every value of it is right, places given as paths.
    fn contradictions(&self) -> Vec<Found>;
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
    pub(super) fn of(name: ProblemName, fault: Fault) -> Self {
        // Before the first byte stands what is missing in the file as a whole.
        let spot = if fault.span == (0..0) { Spot::File } else { Spot::Bytes(fault.span) };
        Self { name, spot, message: fault.message, help: fault.help }
    }
}

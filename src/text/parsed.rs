//! What a text turned out to be, whatever its notation.

use std::ops::Range;

use super::node::Node;

/// Something wrong at some bytes of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The bytes.
    pub span: Range<usize>,
    /// What is wrong, as a sentence that is safe to show.
    pub message: String,
    /// What to write instead, safe to show.
    pub help: String,
    /// Whether it is TOML, but of a version that many programs do not read.
    pub is_of_newer_toml: bool,
}

impl Fault {
    /// A fault with what to write instead.
    pub fn new(span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: help.into(), is_of_newer_toml: false }
    }
}

/// The most faults that are listed of one text: nobody reads more, and a hostile text could have millions.
pub const FAULTS_LISTED: usize = 100;

/// A text as a tree, as far as it could be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed<'t> {
    /// The table that the text is; or what else it is, in YAML. Where the notation is broken, what was read all
    /// the same.
    pub root: Node<'t>,
    /// What is wrong with the notation, in the order of the text, at most [`FAULTS_LISTED`].
    pub faults: Vec<Fault>,
    /// Whether the tree is all that the text says, so that what is missing in it is missing in the text.
    pub whole: bool,
    /// Dates of TOML that do not exist: to TOML an error of notation, to a record a wrong value.
    pub impossible_dates: Vec<Range<usize>>,
}

impl Parsed<'_> {
    /// Whether the notation is right, or would be in a newer TOML.
    pub fn is_readable(&self) -> bool {
        self.faults.iter().all(|fault| fault.is_of_newer_toml) && self.impossible_dates.is_empty()
    }

    /// Whether the notation is right.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty() && self.impossible_dates.is_empty()
    }
}

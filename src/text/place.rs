//! Where something stands in a record, said by keys and positions; it becomes a line and a column only when shown.

use std::fmt;
use std::ops::Range;

/// One step into a record: a key of a table or a position in a list, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A key; always one that the record format knows.
    Key(&'static str),
    /// A position in a list.
    Index(u32),
}

/// The way from a record's top to a value in it, at most five steps long: no record of the format is deeper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Path([Option<Step>; 5]);

impl Path {
    /// The record as a whole.
    pub const fn root() -> Self {
        Self([None; 5])
    }

    /// A top-level key of the record.
    pub fn of(key: &'static str) -> Self {
        Self::root().key(key)
    }

    /// One step further, to a key.
    #[must_use]
    pub fn key(self, key: &'static str) -> Self {
        self.with(Step::Key(key))
    }

    /// One step further, to a position in a list.
    #[must_use]
    pub fn index(self, index: usize) -> Self {
        self.with(Step::Index(u32::try_from(index).unwrap_or(u32::MAX)))
    }

    /// The steps, outermost first.
    pub fn steps(&self) -> impl Iterator<Item = Step> + '_ {
        self.0.iter().map_while(|step| *step)
    }

    /// The way to what this is in, and the last step; none of the record as a whole.
    pub fn split_last(self) -> Option<(Self, Step)> {
        let position = self.0.iter().rposition(Option::is_some)?;
        let mut before = self;
        let last = before.0[position].take()?;
        Some((before, last))
    }

    fn with(mut self, step: Step) -> Self {
        if let Some(free) = self.0.iter_mut().find(|slot| slot.is_none()) {
            *free = Some(step);
        }
        self
    }
}

/// `arrangement[1].clinical_responsibility.agreed`.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.steps().enumerate() {
            match step {
                Step::Key(key) if position == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// The number of a file in its folder: its position in the order of paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// Where a value of the case folder stands: the file, and the path in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath {
    /// The file.
    pub file: FileId,
    /// The value in it.
    pub path: Path,
}

impl SourcePath {
    /// One step further, to a key.
    #[must_use]
    pub fn key(self, key: &'static str) -> Self {
        Self { path: self.path.key(key), ..self }
    }
}

/// Where in a file something stands, as whoever found it knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The file as a whole.
    File,
    /// Bytes of its text.
    Bytes(Range<usize>),
    /// The value at a path.
    Value(Path),
    /// The key that ends a path.
    Key(Path),
    /// A line and a column, counted from 1, of a file that is not text.
    LineColumn(usize, usize),
}

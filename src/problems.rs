//! What can be wrong in what is written, as opposed to what a student did or did not do.

use std::ops::Range;

use crate::text::{FileId, Locator, Spot};

/// Makes [`ProblemName`] from the list of all kinds. The doc comment of each is its meaning, as the program says it.
macro_rules! kinds_of_problem {
    ($(#[doc = $meaning:literal] $name:ident is $level:ident $word:literal,)*) => {
        /// The kinds of problem. The word of each is stable: `gwp.toml` and scripts name them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ProblemName {
            $(#[doc = $meaning] $name,)*
        }

        impl ProblemName {
            /// All of them, errors first.
            pub const ALL: [Self; [$($word),*].len()] = [$(Self::$name),*];

            /// The word of output and of `gwp.toml`.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }

            /// Error or warning, where the folder does not say otherwise.
            pub fn default_level(self) -> Level {
                match self {
                    $(Self::$name => Level::$level,)*
                }
            }

            /// What it is, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Self::$name => $meaning.trim_ascii(),)*
                }
            }
        }
    };
}

// Each has a folder in examples/broken that shows it.
kinds_of_problem! {
    /// The file or folder cannot be read as a text file.
    Unreadable is Error "unreadable",
    /// The text is not TOML, or not the plain part of YAML.
    Syntax is Error "syntax",
    /// A key is missing or unknown, or a value is not of the kind it must be.
    Schema is Error "schema",
    /// A decision has an outcome that its body cannot give, or conditions and approves nothing.
    Outcome is Error "outcome",
    /// The file's name cannot serve as an id.
    BadId is Error "bad-id",
    /// Two records of one kind have the same id.
    DuplicateId is Error "duplicate-id",
    /// An id is named that no record has.
    UnknownReference is Error "unknown-reference",
    /// An arrangement names the log of a supervision as its group.
    WrongKind is Error "wrong-kind",
    /// Something ends before it begins, or an arrangement is withdrawn after it began.
    Period is Error "period",
    /// An external arrangement names no line manager.
    LineManager is Error "line-manager",
    /// A group does not name the student as a conductor, or a log names somebody whom it is not about.
    NotAConductor is Warning "not-a-conductor",
    /// A report is by a supervisor who does not supervise the student.
    NotTheSupervisor is Warning "not-the-supervisor",
    /// A scanned paper is not where the record says.
    MissingDocument is Warning "missing-document",
    /// A log has two entries for one day, or two logs of one supervision have a day in common.
    DuplicateSession is Warning "duplicate-session",
    /// A report answers a date that is no deadline of the course.
    NotADeadline is Warning "not-a-deadline",
    /// A decision was taken before what it rests on was there.
    DecisionOrder is Warning "decision-order",
    /// An entry of a log is no longer as somebody confirmed it, or was confirmed by somebody who cannot.
    Attestation is Warning "attestation",
    /// A date lies far outside the course's time.
    ImplausibleDate is Warning "implausible-date",
    /// A text or a comment looks as if it could identify a patient.
    PatientData is Warning "patient-data",
    /// A TOML or YAML file lies in no folder of records, or a file among the records is nearly one.
    StrayFile is Warning "stray-file",
}

impl ProblemName {
    /// The kind of problem that a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.word() == word)
    }
}

/// How seriously a problem is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Something to look at; no verdict depends on it.
    Warning,
    /// The record is not used, and whoever depends on it is judged `unknown`.
    Error,
}

impl Level {
    /// The word for output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing that is wrong in what is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its kind.
    pub name: ProblemName,
    /// How seriously it is taken: the kind's own level, or what the folder sets for it.
    pub level: Level,
    /// The file.
    pub file: FileId,
    /// Where in the file.
    pub spot: Spot,
    /// What is wrong, as a sentence that is safe to show.
    pub message: String,
    /// What to do about it, safe to show.
    pub help: Option<String>,
}

impl Problem {
    /// A problem of its kind's own level.
    pub fn new(name: ProblemName, file: FileId, spot: Spot, message: impl Into<String>) -> Self {
        Self { name, level: name.default_level(), file, spot, message: message.into(), help: None }
    }

    /// This problem, with what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Line and column, counted from 1; of a file as a whole its beginning.
    pub fn place(&self, locator: &mut Locator<'_>) -> (usize, usize) {
        locator.line_and_column(self.file, &self.spot)
    }

    /// The bytes that it is about; none where that is the file as a whole, or the file is no text.
    pub fn span(&self, locator: &mut Locator<'_>) -> Option<Range<usize>> {
        locator.span(self.file, &self.spot)
    }
}

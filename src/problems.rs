//! What can be wrong in what is written, as opposed to what a student did or did not do.

use std::ops::Range;

use crate::text::{FileId, Locator, Spot};

/// The kinds of problem. The word of each is stable: `gwp.toml` and scripts name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "`ProblemName::meaning` says what each is")]
pub enum ProblemName {
    Unreadable,
    Syntax,
    Schema,
    Outcome,
    BadId,
    DuplicateId,
    UnknownReference,
    WrongKind,
    Period,
    LineManager,
    NotAConductor,
    NotTheSupervisor,
    MissingDocument,
    DuplicateSession,
    NotADeadline,
    DecisionOrder,
    ImplausibleDate,
    PatientData,
    StrayFile,
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

impl ProblemName {
    /// All of them, errors first.
    pub const ALL: [Self; 19] = [
        Self::Unreadable,
        Self::Syntax,
        Self::Schema,
        Self::Outcome,
        Self::BadId,
        Self::DuplicateId,
        Self::UnknownReference,
        Self::WrongKind,
        Self::Period,
        Self::LineManager,
        Self::NotAConductor,
        Self::NotTheSupervisor,
        Self::MissingDocument,
        Self::DuplicateSession,
        Self::NotADeadline,
        Self::DecisionOrder,
        Self::ImplausibleDate,
        Self::PatientData,
        Self::StrayFile,
    ];

    /// The word of output and of `gwp.toml`.
    pub fn word(self) -> &'static str {
        self.entry().0
    }

    /// The kind of problem that a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.word() == word)
    }

    /// Error or warning, where the folder does not say otherwise.
    pub fn default_level(self) -> Level {
        self.entry().1
    }

    /// What it is, in a sentence.
    pub fn meaning(self) -> &'static str {
        self.entry().2
    }

    fn entry(self) -> (&'static str, Level, &'static str) {
        use Level::{Error, Warning};
        match self {
            Self::Unreadable => ("unreadable", Error, "The file or folder cannot be read as a text file."),
            Self::Syntax => ("syntax", Error, "The text is not TOML, or not the plain part of YAML."),
            Self::Schema => ("schema", Error, "A key is missing or unknown, or a value is not of the kind it must be."),
            Self::Outcome => ("outcome", Error, "A decision has an outcome that its body cannot give on that matter."),
            Self::BadId => ("bad-id", Error, "The file's name cannot serve as an id."),
            Self::DuplicateId => ("duplicate-id", Error, "Two records of one kind have the same id."),
            Self::UnknownReference => ("unknown-reference", Error, "An id is named that no record has."),
            Self::WrongKind => ("wrong-kind", Error, "An arrangement names the log of a supervision as its group."),
            Self::Period => ("period", Error, "Something ends before it begins."),
            Self::LineManager => ("line-manager", Error, "An external arrangement names no line manager."),
            Self::NotAConductor => {
                ("not-a-conductor", Warning, "An arrangement's group does not name the student as a conductor.")
            }
            Self::NotTheSupervisor => {
                ("not-the-supervisor", Warning, "A report is by somebody who does not supervise the student.")
            }
            Self::MissingDocument => ("missing-document", Warning, "A scanned paper is not where the record says."),
            Self::DuplicateSession => ("duplicate-session", Warning, "A log has two entries on one day."),
            Self::NotADeadline => {
                ("not-a-deadline", Warning, "A report answers a date that is no deadline of the course.")
            }
            Self::DecisionOrder => {
                ("decision-order", Warning, "A decision was taken before what it rests on was there.")
            }
            Self::ImplausibleDate => ("implausible-date", Warning, "A date lies far outside the course's time."),
            Self::PatientData => ("patient-data", Warning, "A text looks as if it could identify a patient."),
            Self::StrayFile => ("stray-file", Warning, "A TOML or YAML file lies in no folder of records."),
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

    /// The same problem, with what to do about it.
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

//! What is said of a recording.

use super::write_target::FileWrite;
use crate::folder::Folder;
use crate::reports::changes;
use crate::text::Text;

/// What a recording did, or would do in a dry run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordingReport {
    /// What was done.
    pub deed: Deed,
    /// To what, as the end of a sentence without a full stop; safe to show.
    pub what: String,
    /// Whether nothing was written, because only a look was asked for.
    pub is_dry_run: bool,
    /// For a dry run: what would be different in each file.
    pub differences: Vec<FileDifference>,
    /// What is different for each student whom it is about.
    pub effects: Vec<Effect>,
    /// The warnings that are new in the folder; safe to show.
    pub warnings: Vec<String>,
    /// What else is worth a look, a sentence each; safe to show.
    pub remarks: Vec<String>,
}

/// What a recording did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Something that happened went into a record.
    Recorded,
    /// New records were written.
    Written,
    /// A record got another id.
    Renamed,
    /// Nothing: the record says all of it already.
    Nothing,
}

/// What would be different in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDifference {
    /// The path below the case folder.
    pub path: Text,
    /// Where it would lie, where that is elsewhere.
    pub moved_to: Option<Text>,
    /// The lines that differ; safe to show.
    pub lines: String,
}

/// What is different for a student.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The name, or else the id; safe to show.
    pub student: String,
    /// What is different, without a full stop; safe to show.
    pub what: String,
}

/// What is ready to be written, and was found sound.
pub struct Prepared {
    /// The folder as it will be; none where nothing is to be written.
    pub after: Option<Folder>,
    /// What will be said of it.
    pub report: RecordingReport,
    pub(super) writes: Vec<FileWrite>,
    /// What a commit of it says.
    pub(super) message: String,
}

impl Prepared {
    /// Nothing is to be written, for the reason that is said.
    pub(super) fn nothing(said: String) -> Self {
        let report = RecordingReport::of(Deed::Nothing, said);
        Self { after: None, report, writes: Vec::new(), message: String::new() }
    }
}

impl RecordingReport {
    pub(super) fn of(deed: Deed, what: String) -> Self {
        let (differences, effects, warnings, remarks) = Default::default();
        Self { deed, what, is_dry_run: false, differences, effects, warnings, remarks }
    }
}

impl FileDifference {
    /// What a write makes different.
    pub fn of(write: &FileWrite) -> Self {
        let (path, moved_to, lines) = match write {
            FileWrite::Create { path, text } => (path, None, changes("", text)),
            FileWrite::Replace { path, was, text } => (path, None, changes(was, text)),
            FileWrite::Move { from, to, .. } => (from, Some(to.clone()), String::new()),
        };
        Self { path: path.clone(), moved_to, lines }
    }
}

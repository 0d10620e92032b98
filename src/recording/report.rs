//! What is said of a recording.

use super::file_write::FileWrite;
use crate::folder::Folder;
use crate::problems::ProblemName;
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
    /// The warnings that are new in the folder.
    pub warnings: Vec<Warning>,
    /// What is unusual in what is written, and more often a slip than meant; safe to show.
    pub unusual: Vec<String>,
    /// What else is worth a look, after "Note:"; safe to show.
    pub remarks: Vec<String>,
}

/// A warning that is new in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What it is called.
    pub name: ProblemName,
    /// Where it stands and what it says; safe to show.
    pub says: String,
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
    /// What an earlier command wrote was taken back.
    TakenBack,
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
    /// The student's id.
    pub id: Text,
    /// The name, or else the id; safe to show.
    pub student: String,
    /// Where the student stands now, then what is different, a sentence each without a full stop; safe to show.
    pub said: Vec<String>,
}

/// What is to be written.
pub(super) struct Draft {
    pub deed: Deed,
    /// To what, as in the report.
    pub what: String,
    /// What a commit says.
    pub message: String,
    /// The ids of the students whom it is about.
    pub students: Vec<Text>,
    pub writes: Vec<FileWrite>,
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
    /// The ids of the students whom it is about.
    pub(super) students: Vec<Text>,
    /// The errors that the folder has already.
    pub(super) errors_before: Vec<String>,
}

impl Prepared {
    /// Nothing is to be written, for the reason that is said.
    pub(super) fn nothing(said: String) -> Self {
        let (differences, effects, warnings, unusual, remarks) = Default::default();
        let (deed, what, is_dry_run) = (Deed::Nothing, said, false);
        let report = RecordingReport { deed, what, is_dry_run, differences, effects, warnings, unusual, remarks };
        let (writes, message, students, errors_before) = Default::default();
        Self { after: None, report, writes, message, students, errors_before }
    }
}

impl FileDifference {
    /// What writes make different; a file that goes to become another is told with that one.
    pub fn of_all(writes: &[FileWrite]) -> Vec<Self> {
        let becomes = |path: &Text| writes.iter().any(|write| write.copy_of.as_ref() == Some(path));
        let told = writes.iter().filter(|write| write.after.is_some() || !becomes(&write.path));
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let of = told.map(|write| Self {
            path: write.copy_of.clone().unwrap_or_else(|| write.path.clone()),
            moved_to: write.copy_of.is_some().then(|| write.path.clone()),
            lines: if write.copy_of.is_some() {
                String::new()
            } else {
                changes(&text(&write.before), &text(&write.after))
            },
        });
        of.collect()
    }
}

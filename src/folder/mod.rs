//! A case folder: read, linked, and judged as of a day. Every answer stands on this.
//!
//! [`Folder::open`] reads a folder from disk and [`Folder::of_sources`] takes texts from anywhere; [`Folder::judge`] gives
//! a [`JudgedFolder`], which knows the variations in force, the problems and where each student stands.

mod as_of;
#[cfg(feature = "disk")]
mod attested_past;
#[cfg(feature = "disk")]
mod audit;
mod command_line;
#[cfg(feature = "disk")]
mod comparison;
#[cfg(feature = "disk")]
mod decision_audit;
#[cfg(feature = "disk")]
mod decisions_since;
mod edition_comparison;
mod error;
#[cfg(feature = "disk")]
mod history;
mod judged;
#[cfg(feature = "disk")]
mod local_time;
mod meetings;
mod name;
mod named;
mod naming;
#[cfg(feature = "disk")]
mod open;
#[cfg(feature = "disk")]
mod own_name;
#[cfg(feature = "cli")]
mod receipt;
mod responsible;
#[cfg(feature = "disk")]
mod revision_pair;
mod selection;

#[cfg(test)]
mod tests;

pub use as_of::AsOf;
#[cfg(feature = "disk")]
pub use audit::{AuditOptions, FolderAudit};
pub use command_line::CommandLine;
#[cfg(feature = "disk")]
pub use comparison::{Comparison, Differences};
#[cfg(feature = "disk")]
pub use decision_audit::{DecisionAudit, Deed, Seen};
#[cfg(feature = "disk")]
pub use decisions_since::{DecisionsSince, DoneSince, SinceDecision};
pub use edition_comparison::EditionComparison;
pub use error::FolderError;
#[cfg(feature = "disk")]
pub use history::{FolderHistory, students_named, uncommitted};
pub use judged::JudgedFolder;
#[cfg(feature = "disk")]
pub use local_time::{FolderTime, LocalTime};
pub use meetings::{AskedMeeting, Meetings};
pub use name::FolderName;
pub use named::Named;
pub use naming::{Choice, Naming};
#[cfg(feature = "disk")]
pub use open::{AsCommitted, backwards_in_words, in_words, open_all, open_all_as_committed};
#[cfg(feature = "disk")]
pub use own_name::own_names;
#[cfg(feature = "cli")]
pub use receipt::papers_otherwise;
pub use responsible::{EVERYTHING, ResponsibleFilter};
#[cfg(feature = "disk")]
pub use revision_pair::{FolderPair, RevisionPair};
pub use selection::Selection;

use crate::calendar::Day;
use crate::case::{self, Case, Records};
use crate::edition::{ParameterName, Scheme};
#[cfg(feature = "disk")]
use crate::files::Root;
use crate::records::Variation;
use crate::text::{FileId, Source, Text};

/// So many characters of a commit's id are shown in a command.
const SHORT_ID: usize = 12;

/// A case folder that was read and linked.
#[derive(Debug)]
pub struct Folder {
    /// What it is called, and whether that is shown.
    pub name: FolderName,
    /// Its sources, in order of path.
    pub sources: Vec<Source>,
    /// The records, linked.
    pub case: Case,
    /// The commit that it was read from; none where it was read from disk.
    pub commit: Option<FolderCommit>,
    /// What was left out of it.
    pub left_out: LeftOut,
    /// Where it lies on disk; none where its texts were given.
    #[cfg(feature = "disk")]
    pub root: Option<Root>,
}

/// What was left out of a folder before anything was made of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Labels stand in place of names, and free text is left out.
    pub names: bool,
    /// Notes, concerns and reasons are left out.
    pub notes: bool,
}

/// The commit that a folder was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderCommit {
    /// The full id.
    pub id: String,
    /// `commit 1a2b3c4d5e6f of 21 February 2026`.
    pub words: String,
}

impl Folder {
    /// Reads and links texts, in order of path. `holds` says whether a path below the folder is an existing file in it;
    /// it is asked for scanned documents only.
    pub fn of_sources(name: Text, sources: Vec<Source>, holds: &dyn Fn(&str) -> bool) -> Self {
        let records = case::read(&sources);
        Self::of_records(name, records, sources, holds)
    }

    /// Links what was read from `sources`.
    pub fn of_records(name: Text, records: Records, sources: Vec<Source>, holds: &dyn Fn(&str) -> bool) -> Self {
        let case = Case::link(records, &sources, holds);
        Self {
            name: FolderName::of(name, 1),
            sources,
            case,
            commit: None,
            left_out: LeftOut::default(),
            #[cfg(feature = "disk")]
            root: None,
        }
    }

    /// How commands about the folder are shown.
    pub fn command_line(&self) -> CommandLine {
        #[cfg(feature = "disk")]
        let folder = self.root.as_ref().and_then(Root::from_here);
        #[cfg(not(feature = "disk"))]
        let folder = None;
        let rev = self.commit.as_ref().map(|commit| commit.id.chars().take(SHORT_ID).collect());
        CommandLine { folder, rev, as_of: None }
    }

    /// Judges every student as of a day. The error says that `gwp.toml` has an error, so that there is nothing to judge
    /// by.
    pub fn judge(&self, as_of: Day) -> Result<JudgedFolder<'_>, FolderError> {
        self.must_be_judged()?;
        Ok(JudgedFolder::new(self, as_of))
    }

    /// Whether `gwp.toml` is sound, so that there is something to judge by.
    pub fn can_be_judged(&self) -> bool {
        self.case.records.gwp.is_some()
    }

    /// An error where there is nothing to judge by.
    pub fn must_be_judged(&self) -> Result<(), FolderError> {
        let not_judged = || FolderError::NotJudged { folder: self.name.as_text().clone() };
        if self.can_be_judged() { Ok(()) } else { Err(not_judged()) }
    }

    /// The path of a file below the folder, safe to show; empty where there is no such file.
    pub fn file_name(&self, file: FileId) -> String {
        self.sources.get(file.0 as usize).map(|source| source.path.to_string()).unwrap_or_default()
    }

    /// An id as it is shown: with the folder's name in a run over several.
    pub fn shown_id(&self, id: &Text) -> String {
        self.name.shown_id(id)
    }

    /// The edition of the folder: every course that names none is judged by it.
    pub fn scheme(&self) -> Scheme {
        self.case.records.scheme()
    }

    /// The variations in force on a day, in the order of the parameters.
    pub fn variations_in_force(&self, day: Day) -> Vec<&Variation> {
        let names = ParameterName::ALL.into_iter();
        names.filter_map(|name| Variation::in_force(self.case.records.variations(), name, day)).collect()
    }

    /// How many TOML and YAML files were found.
    pub fn files_found(&self) -> usize {
        self.sources.iter().filter(|source| source.is_file()).count()
    }
}

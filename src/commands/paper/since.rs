//! What a folder said at the last meeting, and on the days of decisions, from its commits.

use gwp::Folder;
use gwp::calendar::Day;
use gwp::diff::Alike;
use gwp::folder::{Comparison, DecisionsSince, FolderError, JudgedFolder, Selection};
use gwp::git::RevisionError;
use gwp::papers::{DecisionsKnown, SinceMeeting};
use gwp::records::RecordKind;

use super::super::surroundings::Surroundings;
use super::About;

/// A folder as it was known at the end of the day of the last LCC meeting, or why that is not known.
pub struct LastMeeting {
    known: Result<(Day, Folder, Alike), String>,
}

impl LastMeeting {
    /// Of the courses that are selected: the last meeting before the day of judgement.
    pub fn of(judged: &JudgedFolder<'_>, selection: &Selection, about: &About<'_>) -> Self {
        let JudgedFolder { folder, as_of, .. } = judged;
        let known = match folder.last_lcc_meeting(selection, *as_of) {
            None => Err(format!(
                "No LCC meeting before {as_of} is recorded, so the paper cannot say what has changed since."
            )),
            Some(day) => then(about, day).map(|then| {
                let alike = Alike::of(&then.sources, &folder.sources);
                (day, then, alike)
            }),
        };
        Self { known }
    }

    /// Calls `see` with what has changed since.
    pub fn compared<T>(
        &self,
        judged: &JudgedFolder<'_>,
        selection: &Selection,
        see: impl FnOnce(&SinceMeeting<'_>) -> T,
    ) -> T {
        match &self.known {
            Err(why) => see(&SinceMeeting::NotKnown(why.clone())),
            Ok((day, then, alike)) => {
                let comparison = Comparison::of([then, judged.folder], [*day, judged.as_of], alike);
                let differences = comparison.differences(selection);
                see(&SinceMeeting::Known { comparison: &comparison, differences: &differences })
            }
        }
    }
}

/// The folder at the end of a day; else a sentence that says why it is not known.
fn then(about: &About<'_>, day: Day) -> Result<Folder, String> {
    let not_known = |why: &str| format!("{why}, so the paper cannot say what has changed since the meeting of {day}.");
    match about.folder.as_known_on(day, &Surroundings::local_time()) {
        Ok(then) if then.can_be_judged() => Ok(about.discretion.iter().fold(then, |then, one| one.folder(&then))),
        Ok(_) => Err(not_known(&format!("The gwp.toml of {day} has an error"))),
        Err(error) => Err(not_known(&reason(&error, &format!("was committed by {day}")))),
    }
}

/// What has become of what the decisions up to a day rested on; else a sentence that says why it is not known.
pub fn decisions(as_of: Day, about: &About<'_>) -> DecisionsKnown {
    let not_known = |why: &str| {
        DecisionsKnown::NotKnown(format!("{why}, so the paper cannot say what has changed since its decisions."))
    };
    match DecisionsSince::of(about.folder, as_of, &Surroundings::local_time()) {
        Ok(since) if since.is_nothing_known() => {
            not_known("Nothing of the folder was committed by the day of a decision")
        }
        Ok(since) => DecisionsKnown::Known(since.with_ids(|id| about.shown(RecordKind::Student, id))),
        Err(error) => not_known(&reason(&error, "is committed")),
    }
}

/// Why the past is not known, without a full stop.
fn reason(error: &FolderError, nothing: &str) -> String {
    match error {
        FolderError::Revision(RevisionError::NoRepository { .. } | RevisionError::NotInstalled) => {
            "The folder has no history in git".to_owned()
        }
        FolderError::Revision(
            RevisionError::NothingBy { .. }
            | RevisionError::NoCommit { .. }
            | RevisionError::NotInCommit { .. }
            | RevisionError::NoCaseFolder { .. },
        ) => format!("Nothing of the folder {nothing}"),
        error => format!("The history of the folder cannot be read ({error})"),
    }
}

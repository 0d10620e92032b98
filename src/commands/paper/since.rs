//! What a folder said at the last meeting, from its commits.

use gwp::Folder;
use gwp::calendar::Day;
use gwp::diff::Alike;
use gwp::folder::{Comparison, FolderError, JudgedFolder, Selection};
use gwp::git::RevisionError;
use gwp::papers::SinceMeeting;

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
        let known = match folder.lcc_meetings(selection).into_iter().rfind(|day| day < as_of) {
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
        Err(FolderError::Revision(RevisionError::NoRepository { .. } | RevisionError::NotInstalled)) => {
            Err(not_known("The folder has no history in git"))
        }
        Err(FolderError::Revision(
            RevisionError::NothingBy { .. }
            | RevisionError::NoCommit { .. }
            | RevisionError::NotInCommit { .. }
            | RevisionError::NoCaseFolder { .. },
        )) => Err(not_known(&format!("Nothing of the folder was committed by {day}"))),
        Err(error) => Err(not_known(&format!("The history of the folder cannot be read ({error})"))),
    }
}

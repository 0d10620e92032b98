//! A folder judged by two editions: what a change of rules would mean for whom.

use super::{Folder, FolderError, JudgedFolder, Selection};
use crate::calendar::Day;
use crate::diff::{Side, StudentChange, student_changes};
use crate::edition::Scheme;

/// A folder judged twice as of one day: every course by the first edition, and every course by the second, whichever
/// the course names. What the folder varies holds in both.
pub struct EditionComparison<'f> {
    pub(crate) schemes: [Scheme; 2],
    pub(crate) states: [JudgedFolder<'f>; 2],
}

impl<'f> EditionComparison<'f> {
    /// The folder by both editions. The error says that its own record has an error, so that nobody can be judged.
    pub fn of(folder: &'f Folder, schemes: [Scheme; 2], as_of: Day) -> Result<Self, FolderError> {
        folder.must_be_judged()?;
        Ok(Self { schemes, states: schemes.map(|scheme| JudgedFolder::by(folder, as_of, scheme)) })
    }

    /// For whom of the selected students the judgement differs, in order of id.
    pub fn students(&self, selection: &Selection) -> Vec<StudentChange<'_>> {
        let [one, other] = self.states.each_ref().map(side);
        student_changes(one, other, &[], &|id| selection.names(id, &self.states[0].folder.name))
    }
}

fn side<'s>(state: &'s JudgedFolder<'_>) -> Side<'s> {
    Side { case: &state.folder.case, cases: state.cases(), as_of: state.as_of }
}

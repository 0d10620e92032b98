//! What differs between two states, as a report.

use super::diff::{DiffReport, DiffSide};
use super::problem_list::Located;
use crate::diff::new_and_gone;
use crate::folder::{Comparison, Differences, RevisionPair};
use crate::problems::Problem;
use crate::text::{Locator, Source};

impl<'r> DiffReport<'r> {
    /// What differs between the records of two states, and by that.
    pub fn of(comparison: &'r Comparison<'_>, differences: &'r Differences<'r>, revisions: &'r RevisionPair) -> Self {
        let [older, newer] = comparison.states.each_ref().map(|state| &state.folder.sources);
        let [before, after] = &differences.problems;
        let (new, gone) = new_and_gone((before, older), (after, newer));
        let side = |number: usize| DiffSide {
            rev: revisions.revs()[number],
            scheme: None,
            words: &revisions.words[number],
            as_of: comparison.states[number].as_of,
            sources: &comparison.states[number].folder.sources,
        };
        Self {
            folder: comparison.name().shown(),
            older: side(0),
            newer: side(1),
            students: &differences.students,
            records: &differences.records,
            papers: &[],
            new: located(new, newer),
            gone: located(gone, older),
        }
    }
}

/// Problems with their places, in order of file, line and column.
fn located<'p>(problems: Vec<&'p Problem>, sources: &[Source]) -> Vec<Located<'p>> {
    let mut locator = Locator::new(sources);
    let mut located: Vec<_> = problems.into_iter().map(|problem| Located::of(problem, &mut locator)).collect();
    located.sort_by_key(|one| (one.problem.file, one.line, one.column, one.problem.name));
    located
}

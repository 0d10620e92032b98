//! What differs between two editions, as a report.

use super::diff::{DiffReport, DiffSide};
use crate::diff::StudentChange;
use crate::folder::EditionComparison;

impl<'r> DiffReport<'r> {
    /// For whom the judgement by one edition differs from that by another.
    pub fn of_editions(comparison: &'r EditionComparison<'_>, students: &'r [StudentChange<'r>]) -> Self {
        let folder = comparison.states[0].folder;
        let side = |number: usize| DiffSide {
            rev: None,
            scheme: Some(comparison.schemes[number]),
            words: comparison.schemes[number].word(),
            as_of: comparison.states[number].as_of,
            sources: &folder.sources,
        };
        Self {
            folder: folder.name.shown(),
            older: side(0),
            newer: side(1),
            students,
            records: &[],
            papers: &[],
            new: Vec::new(),
            gone: Vec::new(),
        }
    }
}

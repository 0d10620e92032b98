//! What a judgement says of one student, as far as a list of all holds it.

use super::{Obligation, Verdict};
use crate::case::StudentCase;
use crate::text::{FileId, Text};

/// Where one student stands.
#[derive(Debug)]
pub struct StudentResult<'a> {
    /// The id.
    pub id: &'a Text,
    /// The student's file.
    pub file: FileId,
    /// The name, where it could be read.
    pub name: Option<&'a Text>,
    /// The id of the course, where it could be read.
    pub course: Option<&'a Text>,
    /// The case; none where nothing can be judged.
    pub case: Option<&'a StudentCase<'a>>,
    /// The verdict.
    pub verdict: Verdict,
    /// What is overdue.
    pub overdue: Vec<Obligation<'a>>,
}

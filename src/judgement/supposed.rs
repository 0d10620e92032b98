//! What a judgement would be of a case that says more, or less.

use super::Judgement;
use crate::case::StudentCase;
use crate::facts::AwardDecisions;
use crate::records::Ruling;

impl Judgement<'_> {
    /// Calls `see` with the judgement as it would be on the same day if these rulings were recorded too, after all others.
    pub fn with_rulings<T>(&self, rulings: Vec<Ruling>, see: impl FnOnce(&Judgement<'_>) -> T) -> T {
        let case = self.facts.case;
        let mut record = case.record.clone();
        record.ruling.extend(rulings);
        let case = StudentCase { record: &record, ..case.clone() };
        see(&Judgement::new(&case, self.facts.as_of, AwardDecisions::Counted))
    }

    /// Calls `see` with the judgement of the case as the student may be told of it: with the same verdict and statuses, and
    /// none of the words that are not the student's to read.
    pub fn as_told_to_the_student<T>(&self, see: impl FnOnce(&Judgement<'_>) -> T) -> T {
        self.facts
            .case
            .as_told_to_the_student(|case| see(&Judgement::new(case, self.facts.as_of, AwardDecisions::Counted)))
    }
}

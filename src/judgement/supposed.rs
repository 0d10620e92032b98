//! What a judgement would be if more were recorded.

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
}

//! What a judgement would be if one thing more were recorded.

use super::Judgement;
use crate::case::StudentCase;
use crate::facts::AwardDecisions;
use crate::records::Ruling;

impl Judgement<'_> {
    /// Calls `see` with the judgement as it would be on the same day if this ruling were recorded too, after all others.
    pub fn with_ruling<T>(&self, ruling: Ruling, see: impl FnOnce(&Judgement<'_>) -> T) -> T {
        let case = self.facts.case;
        let mut record = case.record.clone();
        record.ruling.push(ruling);
        let case = StudentCase { record: &record, ..case.clone() };
        see(&Judgement::new(&case, self.facts.as_of, AwardDecisions::Counted))
    }
}

//! What was owed on an earlier day, or will be on a later one, of what is not owed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Item, Judgement, ObligationKind, Which};
use crate::calendar::Day;
use crate::case::StudentCase;
use crate::facts::AwardDecisions;
use crate::text::Text;

/// So many days before its day, or before the day of judgement, something is looked for that may have been owed. Nearly
/// everything is done in the last weeks before its day.
const LOOKED_AT: [i64; 7] = [1, 7, 14, 28, 56, 112, 224];

/// What a student owes on a day.
type Owed<'a> = BTreeSet<(ObligationKind, Which<'a>)>;

/// What each student owes on other days, judged as it is asked for.
#[derive(Debug)]
pub struct OnceOwed<'a> {
    as_of: Day,
    known: BTreeMap<(&'a Text, Day), Owed<'a>>,
}

impl<'a> OnceOwed<'a> {
    /// Nothing looked at yet.
    pub fn before(as_of: Day) -> Self {
        Self { as_of, known: BTreeMap::new() }
    }

    /// Whether something was owed on one of the days on which it is looked for, by the records as they are now.
    pub fn was_owed(&mut self, item: &Item<'a>) -> bool {
        let (Some(student), Some(case), Some(due)) = (item.student, item.case, item.obligation.due) else {
            return false;
        };
        let what = (item.obligation.kind, item.obligation.which);
        let last = due.min(self.as_of);
        LOOKED_AT.into_iter().any(|days| self.owed_on(last.plus_days(-days), student.id, case).contains(&what))
    }

    /// Whether something will be owed on one of the days to come, by the records as they are now.
    pub fn will_be_owed(&mut self, item: &Item<'a>) -> bool {
        let (Some(student), Some(case), Some(due)) = (item.student, item.case, item.obligation.due) else {
            return false;
        };
        let what = (item.obligation.kind, item.obligation.which);
        let days = LOOKED_AT.into_iter().flat_map(|days| [self.as_of.plus_days(days), due.plus_days(-days)]);
        let days: Vec<_> = days.filter(|day| self.as_of < *day && *day <= due).collect();
        days.into_iter().any(|day| self.owed_on(day, student.id, case).contains(&what))
    }

    fn owed_on(&mut self, day: Day, student: &'a Text, case: &'a StudentCase<'a>) -> &Owed<'a> {
        self.known.entry((student, day)).or_insert_with(|| {
            let judgement = Judgement::new(case, day, AwardDecisions::Counted);
            let owed = judgement.obligations().iter().filter(|one| one.owed);
            owed.map(|one| (one.kind, one.which)).collect()
        })
    }
}

//! What becomes different for the students whom a recording is about.

use super::RecordingSession;
use super::report::Effect;
use crate::facts::AwardDecisions;
use crate::folder::Folder;
use crate::judgement::Judgement;
use crate::reports::effect;
use crate::requirements::{Query, Status};
use crate::text::Text;

impl RecordingSession {
    /// For each student what is different from before.
    pub(super) fn effects(&self, after: &Folder, students: &[Text]) -> Vec<Effect> {
        let effect_on = |id: &Text| {
            let entry = after.case.records.students.iter().find(|entry| entry.id == *id)?;
            let student = after.case.name_of(entry).map_or_else(|| id.to_string(), Text::to_string);
            let said =
                self.of_student(&self.before, id, |before| self.of_student(after, id, |after| effect(before, after)));
            Some(Effect { student, said })
        };
        students.iter().filter_map(effect_on).collect()
    }

    /// What `make` makes of the judgement of a student, where there is one.
    fn of_student<T>(&self, folder: &Folder, id: &Text, make: impl FnOnce(Option<&Judgement<'_>>) -> T) -> T {
        let position = folder.case.records.students.iter().position(|entry| entry.id == *id);
        let case = position.and_then(|position| folder.case.student(position));
        let judgement = case.as_ref().map(|case| Judgement::new(case, self.as_of, AwardDecisions::Counted));
        make(judgement.as_ref())
    }

    /// Whether every finding about a student stays as it was; not so where the student cannot be judged.
    pub fn finds_the_same(&self, after: &Folder, id: &Text) -> bool {
        fn said<'f>(judgement: &'f Judgement<'_>) -> impl Iterator<Item = (Status, &'f str, &'f [Query])> {
            judgement.findings.iter().map(|one| (one.status, one.message.as_str(), one.queries.as_slice()))
        }
        self.judgement(id, |before| {
            self.of_student(after, id, |after| {
                before.zip(after).is_some_and(|(before, after)| said(before).eq(said(after)))
            })
        })
    }

    /// What `make` makes of the judgement of a student as the folder is, where there is one.
    pub fn judgement<T>(&self, id: &Text, make: impl FnOnce(Option<&Judgement<'_>>) -> T) -> T {
        self.of_student(&self.before, id, make)
    }
}

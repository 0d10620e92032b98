//! What becomes different for the students whom a recording is about.

use super::RecordingSession;
use super::report::Effect;
use crate::calendar::Day;
use crate::edition::Code;
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
            Some(Effect { id: id.clone(), student, said })
        };
        students.iter().filter_map(effect_on).collect()
    }

    /// What `make` makes of the judgement of a student, where there is one.
    fn of_student<T>(&self, folder: &Folder, id: &Text, make: impl FnOnce(Option<&Judgement<'_>>) -> T) -> T {
        Self::of_student_on(self.as_of, folder, id, make)
    }

    fn of_student_on<T>(as_of: Day, folder: &Folder, id: &Text, make: impl FnOnce(Option<&Judgement<'_>>) -> T) -> T {
        let position = folder.case.records.students.iter().position(|entry| entry.id == *id);
        let case = position.and_then(|position| folder.case.student(position));
        let judgement = case.as_ref().map(|case| Judgement::new(case, as_of, AwardDecisions::Counted));
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

    /// Whether on a day something else is found about a student on one of some requirements, or of all where none is named;
    /// also where the student cannot be judged.
    pub(super) fn finds_otherwise(&self, after: &Folder, id: &Text, day: Day, codes: &[Code]) -> bool {
        let said = |judgement: &Judgement<'_>| -> Vec<_> {
            let asked = judgement.findings.iter().filter(|one| codes.is_empty() || codes.contains(&one.code));
            asked.map(|one| (one.status, one.in_full.clone(), one.message.clone(), one.queries.clone())).collect()
        };
        Self::of_student_on(day, &self.before, id, |before| {
            Self::of_student_on(day, after, id, |after| {
                before.zip(after).is_none_or(|(before, after)| said(before) != said(after))
            })
        })
    }

    /// What `make` makes of the judgement of a student as the folder is, where there is one.
    pub fn judgement<T>(&self, id: &Text, make: impl FnOnce(Option<&Judgement<'_>>) -> T) -> T {
        self.of_student(&self.before, id, make)
    }
}

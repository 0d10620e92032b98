//! Every student of a folder, judged.

use super::{Item, Judgement, StudentResult, Verdict};
use crate::calendar::Day;
use crate::case::{Case, StudentCase};
use crate::facts::AwardDecisions;
use crate::text::Text;

/// Every student of a folder with the verdict, in order of id. Whole judgements are made again for whom they are
/// shown: kept for ten thousand students they would fill the memory.
#[derive(Debug)]
pub struct Roster<'a> {
    /// The day of judgement.
    pub as_of: Day,
    /// The students.
    pub students: Vec<StudentResult<'a>>,
}

impl<'a> Roster<'a> {
    /// Judges those students of whom `wanted` says so by their id, each by the edition of the course, and nobody else.
    /// `cases` are those of [`Case::student`] in order of position. `keep` says of a student with a verdict whether the
    /// roster is to hold it; `see` is given each that it holds with the whole judgement, so that what is printed of all of
    /// them needs no second one.
    pub fn of_some(
        case: &'a Case,
        cases: &'a [Option<StudentCase<'a>>],
        as_of: Day,
        wanted: &dyn Fn(&'a Text) -> bool,
        keep: &dyn Fn(&StudentResult<'a>) -> bool,
        see: &mut dyn FnMut(&StudentResult<'a>, Option<&Judgement<'a>>),
    ) -> Self {
        let mut students: Vec<StudentResult<'a>> = Vec::with_capacity(cases.len());
        let entries = &case.records.students;
        for (position, (entry, student)) in entries.iter().zip(cases).enumerate() {
            if (position > 0 && entries[position - 1].id == entry.id) || !wanted(&entry.id) {
                continue;
            }
            // Two files that share an id are one student, about whom only what both say can be said.
            let twins = || entries[position..].iter().take_while(|twin| twin.id == entry.id);
            let name = agreed(twins().map(|twin| case.name_of(twin)));
            let course = agreed(twins().map(|twin| case.course_of(twin)));
            let judgement = student.as_ref().map(|student| Judgement::new(student, as_of, AwardDecisions::Counted));
            let verdict = judgement.as_ref().map_or(Verdict::Unknown, |judgement| judgement.verdict);
            let overdue = judgement.as_ref().map(Judgement::overdue).unwrap_or_default();
            let case = student.as_ref();
            let result = StudentResult { id: &entry.id, file: entry.file, name, course, case, verdict, overdue };
            if keep(&result) {
                see(&result, judgement.as_ref());
                students.push(result);
            }
        }
        Self { as_of, students }
    }

    /// The students about whom nothing can be said.
    pub fn unjudged(&self) -> impl Iterator<Item = &StudentResult<'a>> {
        self.students.iter().filter(|result| result.verdict == Verdict::Unknown)
    }

    /// The whole judgement of a student, where there is one.
    pub fn judgement(&self, result: &StudentResult<'a>) -> Option<Judgement<'a>> {
        Some(Judgement::new(result.case?, self.as_of, AwardDecisions::Counted))
    }

    /// How many of the students have each verdict, in the order of [`Verdict::ALL`].
    pub fn counts(&self) -> [(Verdict, usize); 11] {
        let count = |verdict| self.students.iter().filter(|result| result.verdict == verdict).count();
        Verdict::ALL.map(|verdict| (verdict, count(verdict)))
    }

    /// What is overdue, in the order of due date, student, kind, group and file.
    pub fn overdue(&self) -> Vec<Item<'a>> {
        let of_one = |result: &StudentResult<'a>| {
            result.overdue.iter().map(|obligation| Item::of(result, obligation.clone())).collect::<Vec<_>>()
        };
        let mut all: Vec<_> = self.students.iter().flat_map(of_one).collect();
        // Each student's come in order already, and the students in order of id.
        all.sort_by_key(|item| item.obligation.place_in_time());
        all
    }
}

/// What all say alike.
fn agreed<'a>(mut said: impl Iterator<Item = Option<&'a Text>>) -> Option<&'a Text> {
    let first = said.next()??;
    said.all(|other| other == Some(first)).then_some(first)
}

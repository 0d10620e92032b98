//! Every student of a folder, judged.

use crate::calendar::Day;
use crate::case::{Case, StudentCase};
use crate::edition::Parameters;
use crate::text::{FileId, Text};

use super::{AwardDecisions, Judgement, Obligation, Verdict};

/// Every student of a folder with the verdict, in order of id. Whole judgements are made again for whom they are
/// shown: kept for ten thousand students they would fill the memory.
#[derive(Debug)]
pub struct Roll<'a> {
    /// The day of judgement.
    pub as_of: Day,
    /// The parameters in force on it.
    pub parameters: &'a Parameters,
    /// The students.
    pub students: Vec<Standing<'a>>,
}

/// Where one student stands.
#[derive(Debug)]
pub struct Standing<'a> {
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

impl<'a> Roll<'a> {
    /// Judges every student. `cases` are those of [`Case::student`] in order of position, `parameters` those in
    /// force on `as_of`.
    pub fn new(case: &'a Case, cases: &'a [Option<StudentCase<'a>>], parameters: &'a Parameters, as_of: Day) -> Self {
        let mut students: Vec<Standing<'a>> = Vec::with_capacity(cases.len());
        for (entry, student) in case.records.students.iter().zip(cases) {
            let record = entry.record.as_ref();
            let glimpse = || case.records.glimpses.iter().find(|glimpse| glimpse.file == entry.file);
            let name = record.map(|record| &record.name).or_else(|| glimpse()?.name.as_ref());
            let course = record.map(|record| &record.course).or_else(|| glimpse()?.course.as_ref());
            let (verdict, overdue) = match student {
                None => (Verdict::Unknown, Vec::new()),
                Some(student) => {
                    let judgement = Judgement::new(student, parameters, as_of, AwardDecisions::Counted);
                    (judgement.verdict, judgement.overdue())
                }
            };
            // Two files that share an id are one student about whom nothing can be said.
            if let Some(twin) = students.last_mut().filter(|twin| twin.id == &entry.id) {
                twin.name = twin.name.filter(|one| Some(*one) == name);
                twin.course = twin.course.filter(|one| Some(*one) == course);
                continue;
            }
            let case = student.as_ref();
            students.push(Standing { id: &entry.id, file: entry.file, name, course, case, verdict, overdue });
        }
        Self { as_of, parameters, students }
    }

    /// The whole judgement of a student, where there is one.
    pub fn judgement(&self, standing: &Standing<'a>) -> Option<Judgement<'a>> {
        Some(Judgement::new(standing.case?, self.parameters, self.as_of, AwardDecisions::Counted))
    }

    /// How many of the students have each verdict, in the order of [`Verdict::ALL`].
    pub fn counts(&self) -> [(Verdict, usize); 11] {
        let count = |verdict| self.students.iter().filter(|standing| standing.verdict == verdict).count();
        Verdict::ALL.map(|verdict| (verdict, count(verdict)))
    }

    /// What is overdue, in the order of due date, student, kind, group and file.
    pub fn overdue(&self) -> Vec<(&Standing<'a>, &Obligation<'a>)> {
        let mut all: Vec<_> = self
            .students
            .iter()
            .flat_map(|standing| standing.overdue.iter().map(move |obligation| (standing, obligation)))
            .collect();
        // Each student's come in order already, and the students in order of id.
        all.sort_by_key(|(_, obligation)| obligation.due);
        all
    }
}

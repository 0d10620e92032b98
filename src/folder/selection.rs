//! Which students an answer is about.

use super::naming::nameable;
use super::{Choice, Folder, FolderError, FolderName, Naming};
use crate::judgement::{StudentResult, Verdict};
use crate::records::RecordKind;
use crate::text::{Text, visible};

/// Which students an answer is about: those who meet every part; a part that is empty is met by everybody.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Students: [`Selection::named`] gives their ids, alone or as they are shown.
    pub students: Vec<String>,
    /// Courses, likewise.
    pub courses: Vec<String>,
    /// Verdicts.
    pub verdicts: Vec<Verdict>,
}

impl Selection {
    /// Only the students with these ids; all where there are none.
    pub fn of_students(ids: &[String]) -> Self {
        Self { students: ids.to_vec(), ..Self::default() }
    }

    /// Whether everybody is selected.
    pub fn is_empty(&self) -> bool {
        self.students.is_empty() && self.courses.is_empty() && self.verdicts.is_empty()
    }

    /// The selection with every record that is named in it by its id. The error says that one is not there, for to print
    /// nothing for a misspelt one would be a wrong answer, or that several can be meant.
    pub fn named(self, folders: &[Folder], choices: &[Choice]) -> Result<Self, FolderError> {
        let ids = |kind: RecordKind, typed: &[String]| {
            if typed.is_empty() {
                return Ok(Vec::new());
            }
            let advice = format!("\"gwp list {}s\" shows them all", kind.word());
            Naming { kind: kind.word(), advice: &advice, choices }.ids(typed, &nameable(folders, kind))
        };
        let students = ids(RecordKind::Student, &self.students)?;
        Ok(Self { courses: ids(RecordKind::Course, &self.courses)?, students, ..self })
    }

    /// Whether a student is selected.
    pub fn keeps(&self, student: &StudentResult<'_>, folder: &FolderName) -> bool {
        self.names(student.id, folder)
            && is_among(&self.courses, student.course, folder)
            && (self.verdicts.is_empty() || self.verdicts.contains(&student.verdict))
    }

    /// Whether a student is among those who were asked for by id.
    pub fn names(&self, id: &Text, folder: &FolderName) -> bool {
        is_among(&self.students, Some(id), folder)
    }

    /// Whether a course is among those that were asked for, and the course of one of the students who were.
    pub fn concerns_course(&self, course: &Text, folder: &Folder) -> bool {
        let Folder { name, case, .. } = folder;
        let of_students = || {
            let students = case.records.students.iter().filter(|entry| self.names(&entry.id, name));
            students.filter_map(|entry| case.course_of(entry)).any(|id| id == course)
        };
        is_among(&self.courses, Some(course), name) && (self.students.is_empty() || of_students())
    }

    /// Who is selected, in words; none where everybody is.
    pub fn words(&self) -> Option<String> {
        let verdicts: Vec<_> = self.verdicts.iter().map(|verdict| verdict.word().to_owned()).collect();
        let named =
            |what: &str, ids: &[String]| (!ids.is_empty()).then(|| format!("{what} {}", visible(&ids.join(", "))));
        let parts =
            [named("the student", &self.students), named("the course", &self.courses), named("the verdict", &verdicts)];
        let words: Vec<_> = parts.into_iter().flatten().collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

/// Whether an id is one of those that were asked for, if any were.
fn is_among(wanted: &[String], id: Option<&Text>, folder: &FolderName) -> bool {
    wanted.is_empty() || id.is_some_and(|id| wanted.iter().any(|typed| folder.is_id(typed, id)))
}

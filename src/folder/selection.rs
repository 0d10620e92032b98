//! Which students an answer is about.

use super::{Folder, FolderError, FolderName};
use crate::judgement::{StudentResult, Verdict};
use crate::text::{Text, did_you_mean, visible};

/// Which students an answer is about: those who meet every part; a part that is empty is met by everybody.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The ids of students, alone or as they are shown.
    pub students: Vec<String>,
    /// The ids of courses, likewise.
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

    /// Whether every id that was asked for is there: to print nothing for a misspelt one would be a wrong answer.
    pub fn must_match(&self, folders: &[Folder]) -> Result<(), FolderError> {
        let (mut students, mut courses) = (Vec::new(), Vec::new());
        for Folder { name, case, .. } in folders {
            students.extend(case.records.students.iter().flat_map(|entry| name.typed(&entry.id)));
            courses.extend(case.records.courses.iter().flat_map(|entry| name.typed(&entry.id)));
        }
        must_be_among(&self.students, &students, "student")?;
        must_be_among(&self.courses, &courses, "course")
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

/// An error where one of the ids is not known.
pub fn must_be_among(wanted: &[String], known: &[String], kind: &'static str) -> Result<(), FolderError> {
    let Some(missing) = wanted.iter().find(|id| !known.contains(id)) else { return Ok(()) };
    let near = did_you_mean(missing, known.iter().map(String::as_str));
    let advice = near.unwrap_or_else(|| format!("\"gwp list {kind}s\" shows them all"));
    Err(FolderError::NoSuchId { kind, id: missing.clone(), advice })
}

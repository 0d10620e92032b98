//! The register of students.

use serde::Serialize;

use super::{Register, record_of};
use crate::case::Case;
use crate::judgement::{Judgement, StudentResult, Verdict};
use crate::reports::Id;
use crate::reports::sheet::{Cell, Column, for_people};
use crate::reports::words::tone;
use crate::text::Text;

/// The register of students, collected one by one.
pub struct Students<'a> {
    case: &'a Case,
    rows: Vec<Row<'a>>,
}

/// A student.
#[derive(Serialize)]
struct Row<'a> {
    id: Id<'a>,
    name: Option<&'a Text>,
    course: Option<&'a Text>,
    verdict: Verdict,
    sessions: Option<Sessions>,
    email: Option<&'a Text>,
}

#[derive(Serialize)]
struct Sessions {
    counted: usize,
    required: usize,
}

fn columns<'a>() -> Vec<Column<Row<'a>>> {
    vec![
        Column::fixed("Verdict", "verdict", |student| student.verdict.word().into()),
        Column::flexible("Id", "student", 12, |student| Cell::text(student.id)),
        Column::flexible("Name", "name", 12, |student| student.name.into()),
        Column::flexible("Course", "course", 8, |student| student.course.into()),
        for_people(Column::fixed("Sessions", "sessions", |student| {
            student.sessions.as_ref().map(|one| format!("{} of {}", one.counted, one.required)).into()
        })),
        Column::data("sessions_counted", |student| student.sessions.as_ref().map(|one| one.counted).into()),
        Column::data("sessions_required", |student| student.sessions.as_ref().map(|one| one.required).into()),
        Column::below("Email", "email", |student| student.email.into()),
    ]
}

impl<'a> Students<'a> {
    /// No student yet.
    pub fn new(case: &'a Case) -> Self {
        Self { case, rows: Vec::new() }
    }

    /// Adds a student. `folder` is the folder's name, where ids are shown with it.
    pub fn add(&mut self, folder: Option<&'a Text>, result: &StudentResult<'a>, judgement: Option<&Judgement<'_>>) {
        self.rows.push(Row {
            id: Id::new(folder, result.id),
            name: result.name,
            course: result.course,
            verdict: result.verdict,
            sessions: judgement.map(|one| Sessions {
                counted: one.facts.series.len(),
                required: one.facts.parameters.sessions_required,
            }),
            email: record_of(&self.case.records.students, result.id).and_then(|record| record.email.as_ref()),
        });
    }

    /// The register.
    pub fn register(self) -> Register {
        let words = ("Students", "student", "students");
        Register::new("students", words, &columns(), &self.rows, |student| tone(student.verdict))
    }
}

//! The register of students.

use serde_json::{Value, json};

use super::{Register, raw, record_of};
use crate::case::Case;
use crate::judgement::{Judgement, StudentResult};
use crate::reports::sheet::{Cell, Column, Sheet, counted};
use crate::reports::words::tone;

/// The register of students, collected one by one.
pub struct Students<'a> {
    case: &'a Case,
    sheet: Sheet,
    rows: Vec<Value>,
}

impl<'a> Students<'a> {
    /// No student yet.
    pub fn new(case: &'a Case) -> Self {
        let sheet = Sheet::part("Students", Vec::new()).with_columns([
            Column::fixed("Verdict", "verdict"),
            Column::flexible("Id", "student", 12),
            Column::flexible("Name", "name", 12),
            Column::flexible("Course", "course", 8),
            Column::fixed("Sessions", "sessions"),
            Column::below("Email", "email"),
        ]);
        Self { case, sheet, rows: Vec::new() }
    }

    /// Adds a student. `id` is the id as it is shown.
    pub fn add(&mut self, id: String, result: &StudentResult<'_>, judgement: Option<&Judgement<'_>>) {
        let email = record_of(&self.case.records.students, result.id).and_then(|record| record.email.as_ref());
        let sessions = judgement.map(|one| (one.facts.series.len(), one.facts.parameters.sessions_required));
        self.sheet.toned_row(
            tone(result.verdict),
            [
                Cell::text(result.verdict.word()),
                Cell::Text(id),
                Cell::maybe(result.name),
                Cell::maybe(result.course),
                Cell::maybe(sessions.map(|(counted, required)| format!("{counted} of {required}"))),
                Cell::maybe(email),
            ],
        );
        self.rows.push(json!({
            "id": result.id.raw(),
            "name": raw(result.name),
            "course": raw(result.course),
            "verdict": result.verdict.word(),
            "sessions": sessions.map(|(counted, required)| json!({ "counted": counted, "required": required })),
            "email": raw(email),
        }));
    }

    /// The register.
    pub fn register(mut self) -> Register {
        self.sheet.notes.push(format!("{}.", counted(self.rows.len(), "student", "students")));
        Register::new("students", self.sheet, self.rows)
    }
}

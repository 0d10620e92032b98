//! The register of courses.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{Drawn, Register};
use crate::calendar::Day;
use crate::reports::Id;
use crate::reports::sheet::{Cell, Column, Tone};
use crate::text::Text;

/// A course.
#[derive(Serialize)]
struct Row<'a> {
    id: Id<'a>,
    name: &'a Text,
    convenor: &'a Text,
    email: Option<&'a Text>,
    starts: Day,
    ends: Day,
    limit: Day,
    lcc_meetings: BTreeSet<Day>,
    deadlines: Vec<Day>,
    students: usize,
}

fn columns<'a>() -> Vec<Column<Row<'a>>> {
    vec![
        Column::flexible("Id", "course", 10, |course| Cell::text(course.id)),
        Column::flexible("Name", "name", 16, |course| course.name.into()),
        Column::fixed("Starts", "starts", |course| course.starts.into()),
        Column::fixed("Ends", "ends", |course| course.ends.into()),
        Column::right("Students", "students", |course| course.students.into()),
        Column::below("Convenor", "convenor", |course| course.convenor.into()),
        Column::below("Email", "email", |course| course.email.into()),
        Column::below("Limit", "limit", |course| course.limit.into()),
        Column::below_alone("LCC meetings", "lcc_meetings", |course| {
            Cell::Days(course.lcc_meetings.iter().copied().collect())
        }),
        Column::below_alone("Report deadlines", "deadlines", |course| Cell::Days(course.deadlines.clone())),
    ]
}

/// The courses in order of id, with the limit, the meetings of the LCC and the report deadlines up to the limit.
pub fn courses(drawn: Drawn<'_, '_>) -> Register {
    let mut courses = Vec::new();
    let folder_meetings = drawn.case.records.gwp.as_ref().map_or(&[][..], |gwp| &gwp.lcc_meetings);
    for entry in &drawn.case.records.courses {
        let students = drawn.results.iter().filter(|result| result.course == Some(&entry.id)).count();
        let Some(course) = entry.used().filter(|_| students > 0 || !drawn.only_theirs) else { continue };
        let parameters = drawn.case.records.parameters_of(course, drawn.as_of);
        let limit = parameters.limit_after(course.ends);
        courses.push(Row {
            id: Id::new(drawn.folder, &entry.id),
            name: &course.name,
            convenor: &course.convenor,
            email: course.email.as_ref(),
            starts: course.starts,
            ends: course.ends,
            limit,
            lcc_meetings: course.lcc_meetings.iter().chain(folder_meetings).copied().collect(),
            deadlines: course.deadlines(&parameters.report_dates, limit),
            students,
        });
    }
    Register::new("courses", ("Courses", "course", "courses"), &columns(), &courses, |_| Tone::Plain)
}

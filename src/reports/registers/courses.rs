//! The register of courses.

use std::collections::BTreeSet;

use serde_json::json;

use super::{Drawn, Register, raw};
use crate::calendar::{Day, course_deadlines};
use crate::reports::sheet::{Cell, Column, Sheet, counted, short};

/// The courses in order of id, with the limit, the meetings of the LCC and the report deadlines up to the limit.
pub fn courses(drawn: Drawn<'_, '_>) -> Register {
    let mut sheet = Sheet::part("Courses", Vec::new()).with_columns([
        Column::flexible("Id", "course", 10),
        Column::flexible("Name", "name", 16),
        Column::fixed("Starts", "starts"),
        Column::fixed("Ends", "ends"),
        Column::right("Students", "students"),
        Column::below("Convenor", "convenor"),
        Column::below("Email", "email"),
        Column::below("Limit", "limit"),
        Column::below_alone("LCC meetings", "lcc_meetings"),
        Column::below_alone("Report deadlines", "deadlines"),
    ]);
    let (mut data, mut rows) = (sheet.clone(), Vec::new());
    let folder_meetings = drawn.case.records.gwp.as_ref().map_or(&[][..], |gwp| &gwp.lcc_meetings);
    for entry in &drawn.case.records.courses {
        let students = drawn.results.iter().filter(|result| result.course == Some(&entry.id)).count();
        let Some(course) = entry.record.as_deref().filter(|_| students > 0 || !drawn.only_theirs) else { continue };
        let limit = drawn.parameters.limit_after(course.ends);
        let deadlines = course_deadlines(course, &drawn.parameters.report_dates, limit);
        let meetings: BTreeSet<Day> = course.lcc_meetings.iter().chain(folder_meetings).copied().collect();
        let meetings: Vec<Day> = meetings.into_iter().collect();
        let cells = |shown: fn(Day) -> String| {
            [
                Cell::Text((drawn.shown)(&entry.id)),
                Cell::text(&course.name),
                Cell::Day(course.starts),
                Cell::Day(course.ends),
                Cell::count(students),
                Cell::text(&course.convenor),
                Cell::maybe(course.email.as_ref()),
                Cell::Day(limit),
                Cell::Text(listed(&meetings, shown)),
                Cell::Text(listed(&deadlines, shown)),
            ]
        };
        sheet.row(cells(short));
        data.row(cells(Day::iso));
        rows.push(json!({
            "id": entry.id.raw(),
            "name": course.name.raw(),
            "convenor": course.convenor.raw(),
            "email": raw(course.email.as_ref()),
            "starts": course.starts,
            "ends": course.ends,
            "limit": limit,
            "lcc_meetings": meetings,
            "deadlines": deadlines,
            "students": students,
        }));
    }
    sheet.notes.push(format!("{}.", counted(rows.len(), "course", "courses")));
    Register { key: "courses", sheet, data, rows }
}

fn listed(days: &[Day], shown: fn(Day) -> String) -> String {
    days.iter().map(|day| shown(*day)).collect::<Vec<_>>().join(", ")
}

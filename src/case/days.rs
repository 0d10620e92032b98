//! Which days can be meant of what is in a folder.

use super::Records;
use crate::calendar::Day;
use crate::records::{Course, RecordKind, SessionLog};
use crate::text::{DayContext, Text};

/// How long before a course something about it happens, such as an application: a reading, half a year.
const DAYS_BEFORE: i64 = 183;

impl Records {
    /// What a day is read by that is said of these courses: they last from half a year before they start to their limit,
    /// with every extension.
    pub fn days_of_courses(&self, is_meant: &dyn Fn(&Text) -> bool, today: Day) -> DayContext {
        let meant = self.courses.iter().filter(|entry| is_meant(&entry.id));
        let spans = meant.filter_map(|entry| {
            let course: &Course = entry.record.as_deref()?;
            let limit = self.parameters_of(course, today).limit_after(course.ends);
            let students = self.students.iter().filter_map(|student| student.record.as_deref());
            let extended = students.filter(|student| student.course == entry.id);
            let extended = extended.filter_map(|student| student.extension.as_ref()).map(|extension| extension.until);
            Some((course.starts.plus_days(-DAYS_BEFORE), extended.chain([limit]).max()?))
        });
        let span = spans.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
        DayContext { today, latest: today, span }
    }

    /// What a day is read by that is said of a record: of a student's course, of the courses of those whom a log is about,
    /// or else of all courses.
    pub fn days_of(&self, kind: RecordKind, id: &Text, today: Day) -> DayContext {
        let students: Vec<&Text> = match kind {
            RecordKind::Student => vec![id],
            RecordKind::Session => {
                let log = self.logs.iter().find(|entry| entry.id == *id).and_then(|entry| entry.record.as_deref());
                log.map(SessionLog::people).unwrap_or_default().iter().collect()
            }
            _ => Vec::new(),
        };
        let of_students = self.students.iter().filter(|entry| students.contains(&&entry.id));
        let mut courses: Vec<&Text> = of_students.filter_map(|entry| Some(&entry.record.as_deref()?.course)).collect();
        if kind == RecordKind::Course {
            courses.push(id);
        }
        self.days_of_courses(&|course| courses.is_empty() || courses.contains(&course), today)
    }
}

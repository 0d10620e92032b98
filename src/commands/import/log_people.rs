//! Whom a log is about, with what is known of them.

use gwp::recording::RecordingSession;
use gwp::records::SessionLog;
use gwp::spreadsheet::CourseDays;
use gwp::text::Text;

/// The ids of a log's conductors or supervisees, with their names where they are known.
pub fn with_names(session: &RecordingSession, log: &SessionLog) -> Vec<(Text, Option<Text>)> {
    let name = |id: &Text| {
        let student = session.before.case.records.students.iter().find(|student| student.id == *id)?;
        Some(student.record.as_deref()?.name.clone())
    };
    log.people().iter().map(|id| (id.clone(), name(id))).collect()
}

/// The days of the courses of a log's conductors or supervisees, from the first to the last, where these are known.
pub fn course_of(session: &RecordingSession, log: &SessionLog) -> Option<CourseDays> {
    let records = &session.before.case.records;
    let student = |id: &Text| records.students.iter().find(|one| one.id == *id)?.used();
    let course = |id: &Text| {
        let student = student(id)?;
        records.courses.iter().find(|one| one.id == student.course)?.used()
    };
    let days = log.people().iter().map(|id| {
        let course = course(id)?;
        let limit = records.parameters_of(course, session.latest).limit_after(course.ends);
        Some(CourseDays { starts: course.starts, ends: course.ends, limit })
    });
    let days: Option<Vec<_>> = days.collect();
    days?.into_iter().reduce(CourseDays::around)
}

/// The names of a log, and of those who conduct its group and are no students.
pub fn people_of(session: &RecordingSession, log: &SessionLog) -> (Vec<String>, Vec<Text>) {
    let logs = &session.before.case.records.logs;
    let id = logs.iter().find(|entry| entry.used().is_some_and(|one| std::ptr::eq(one, log))).map(|entry| &entry.id);
    let title = log.group().map(|log| log.title.raw().to_owned());
    let names = id.map(|id| id.raw().to_owned()).into_iter().chain(title).collect();
    let others = log.group().and_then(|log| log.co_conductor.as_ref()).map(|other| other.name.clone());
    (names, others.into_iter().collect())
}

/// The id of the supervisor of a supervision, with the name where it is known.
pub fn supervisor(session: &RecordingSession, log: &SessionLog) -> Option<(Text, Option<Text>)> {
    let log = log.supervision()?;
    let entry = session.before.case.records.supervisors.iter().find(|entry| entry.id == log.supervisor);
    let name = entry.and_then(|entry| entry.record.as_deref()).map(|record| record.name.clone());
    Some((log.supervisor.clone(), name))
}

//! What is wrong in records once all of them are there.

use std::collections::HashSet;

use super::comments::comments;
use super::patient_data::{Suspicion, suspicions};
use super::read::kind_of;
use super::{Entry, Index, Records, attestation_problems, duplicates, references};
use crate::calendar::Day;
use crate::problems::{Level, Problem, ProblemName};
use crate::records::{Course, Gwp, Leaf, LevelSetting, Record, SessionLog, Student, walk};
use crate::text::{FileId, Notation, Path, Source, Spot, Text};

/// How far before a course's start, and after its limit, a date is still believed, in years.
const YEARS_BEFORE: u32 = 10;
const YEARS_AFTER: u32 = 5;

/// Adds every problem that shows only when the records are held side by side, and marks each record that has an
/// error as unsound. Last, the folder's own levels are set; they change no record's soundness.
pub(super) fn check(records: &mut Records, index: &Index, sources: &[Source], holds: &dyn Fn(&str) -> bool) {
    let mut found = references::problems(records, index);
    Check { holds, found: &mut found, context: Context::of(records, index) }.all(records);
    found.extend(duplicates::problems(records, sources));
    found.extend(attestation_problems::problems(records, index));
    found.extend(sources.iter().enumerate().flat_map(|(number, source)| in_comments(number, source)));
    records.problems.append(&mut found);

    let broken: HashSet<FileId> =
        records.problems.iter().filter(|problem| problem.level == Level::Error).map(|problem| problem.file).collect();
    mark(&mut records.courses, &broken);
    mark(&mut records.students, &broken);
    mark(&mut records.supervisors, &broken);
    mark(&mut records.logs, &broken);
    mark(&mut records.meetings, &broken);

    set_levels(&mut records.problems, records.gwp.as_ref());
}

/// Patient data that seems to stand in the comments of a record.
fn in_comments(number: usize, source: &Source) -> Vec<Problem> {
    let path = source.path.raw();
    let (Ok(text), Some(notation), Some(_)) = (&source.content, Notation::of(path), kind_of(path)) else {
        return Vec::new();
    };
    let file = FileId(u32::try_from(number).unwrap_or(u32::MAX));
    let mut found = Vec::new();
    for comment in comments(notation, text) {
        for suspicion in suspicions(&text[comment.clone()]) {
            found.push(patient_data("comment", suspicion, file, Spot::Bytes(comment.clone())));
        }
    }
    found
}

fn patient_data(what: &str, suspicion: Suspicion, file: FileId, spot: Spot) -> Problem {
    let message = format!("this {what} seems to hold {}, which could identify a patient", suspicion.phrase());
    Problem::new(ProblemName::PatientData, file, spot, message)
        .with_help("take it out: records of the group name no patients")
}

fn mark<T>(entries: &mut [Entry<T>], broken: &HashSet<FileId>) {
    for entry in entries.iter_mut().filter(|entry| broken.contains(&entry.file)) {
        entry.sound = false;
    }
}

/// Gives warnings the level that the folder sets for their kind, and takes out those that it turns off. What is an
/// error of itself stays one.
pub fn set_levels(problems: &mut Vec<Problem>, gwp: Option<&Gwp>) {
    let Some(Gwp { levels, .. }) = gwp else { return };
    problems.retain_mut(|problem| {
        if problem.name.default_level() == Level::Error {
            return true;
        }
        match levels.of(problem.name) {
            Some(LevelSetting::Off) => return false,
            Some(LevelSetting::Error) => problem.level = Level::Error,
            Some(LevelSetting::Warning) => problem.level = Level::Warning,
            None => {}
        }
        true
    });
}

/// From the first day of a course to its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    starts: Day,
    limit: Day,
}

impl Span {
    fn with(self, other: Self) -> Self {
        Self { starts: self.starts.min(other.starts), limit: self.limit.max(other.limit) }
    }

    fn is_far_from(self, day: Day) -> bool {
        day.plus_years(YEARS_BEFORE) < self.starts || self.limit.plus_years(YEARS_AFTER) < day
    }
}

fn union(spans: impl Iterator<Item = Span>) -> Option<Span> {
    spans.reduce(Span::with)
}

/// The times that dates are held against.
struct Context<'a> {
    index: &'a Index,
    courses: Vec<Option<Span>>,
    students: Vec<Option<Span>>,
    folder: Option<Span>,
}

impl<'a> Context<'a> {
    /// Only courses without an error give a time: of another it is not known what is wrong in it.
    fn of(records: &Records, index: &'a Index) -> Self {
        let span = |course: &Course| {
            let limit = records.parameters_of(course, Day::last()).limit_after(course.ends);
            Span { starts: course.starts, limit }
        };
        let courses: Vec<Option<Span>> =
            records.courses.iter().map(|entry| entry.record.as_deref().filter(|_| entry.sound).map(span)).collect();
        let students = records
            .students
            .iter()
            .map(|entry| {
                let record = entry.record.as_deref()?;
                let course = courses[index.course(&record.course)?]?;
                let extended = record.extension.as_ref().map(|extension| extension.until);
                // An extension to a year that nobody means must not make every other date plausible.
                let limit = extended.filter(|&until| !course.is_far_from(until)).unwrap_or(course.limit);
                Some(Span { limit: limit.max(course.limit), ..course })
            })
            .collect();
        let folder = union(courses.iter().copied().flatten());
        Self { index, courses, students, folder }
    }

    fn of_log(&self, log: &SessionLog) -> Option<Span> {
        union(log.people().iter().filter_map(|id| self.students[self.index.student(id)?])).or(self.folder)
    }
}

struct Check<'a> {
    holds: &'a dyn Fn(&str) -> bool,
    found: &'a mut Vec<Problem>,
    context: Context<'a>,
}

impl Check<'_> {
    fn all(&mut self, records: &Records) {
        if let (Some(gwp), Some(file)) = (&records.gwp, records.gwp_file) {
            self.leaves(gwp, file, self.context.folder);
        }
        for (position, entry) in records.courses.iter().enumerate() {
            if let Some(record) = entry.record.as_deref() {
                self.leaves(record, entry.file, self.context.courses[position]);
            }
        }
        for (position, entry) in records.students.iter().enumerate() {
            if let Some(record) = entry.record.as_deref() {
                self.leaves(record, entry.file, self.context.students[position].or(self.context.folder));
                let course = self.context.index.course(&record.course).map(|course| &records.courses[course]);
                if let Some(course) = course.filter(|course| course.sound) {
                    self.deadlines(record, entry.file, course, records);
                }
            }
        }
        for entry in &records.supervisors {
            if let Some(record) = entry.record.as_deref() {
                self.leaves(record, entry.file, self.context.folder);
            }
        }
        for entry in &records.meetings {
            if let Some(record) = entry.record.as_deref() {
                self.leaves(record, entry.file, self.context.folder);
            }
        }
        for entry in &records.logs {
            if let Some(record) = entry.record.as_deref() {
                self.leaves(record, entry.file, self.context.of_log(record));
            }
        }
    }

    fn warn(&mut self, name: ProblemName, file: FileId, at: Path, message: String, help: &str) {
        self.found.push(Problem::new(name, file, Spot::Value(at), message).with_help(help));
    }

    /// What every record is checked for, wherever it stands.
    fn leaves(&mut self, record: &impl Record, file: FileId, span: Option<Span>) {
        walk(record, &mut |at, leaf| match leaf {
            Leaf::Day(day) => {
                if let Some(span) = span.filter(|span| span.is_far_from(day)) {
                    let message = format!(
                        "{day} is far from the course, which began on {} and has its limit on {}",
                        span.starts, span.limit
                    );
                    self.warn(ProblemName::ImplausibleDate, file, at, message, "check the year");
                }
            }
            Leaf::FreeText(text) => {
                let found = suspicions(text).into_iter();
                self.found.extend(found.map(|what| patient_data("text", what, file, Spot::Value(at))));
            }
            Leaf::Document(path) => self.document(file, at, &Text::new(path)),
            Leaf::Period(_) => {}
        });
    }

    fn document(&mut self, file: FileId, at: Path, path: &Text) {
        if (self.holds)(path.raw()) {
            return;
        }
        let leads_out = path.raw().starts_with('/') || path.raw().split('/').any(|part| part == "..");
        let (message, help) = if path.is_blank() {
            ("no document is named here".to_owned(), "name the scanned paper, or leave the key out")
        } else if leads_out {
            let message = format!("{path} leads out of the case folder");
            (message, "put the paper into the case folder, and write its path from there, such as evidence/form-1.pdf")
        } else {
            let message = format!("the case folder has no file {path}");
            (message, "put the paper there, or correct the path, which is written from the case folder on")
        };
        self.warn(ProblemName::MissingDocument, file, at, message, help);
    }

    fn deadlines(&mut self, student: &Student, file: FileId, course: &Entry<Course>, records: &Records) {
        let Some(record) = course.record.as_deref() else { return };
        if student.report.iter().all(|report| report.due.is_none()) {
            return;
        }
        let parameters = records.parameters_of(record, Day::last());
        let limit = parameters.limit_after(record.ends);
        let until = student.extension.as_ref().map_or(limit, |extension| extension.until.max(limit));
        let deadlines = record.deadlines(&parameters.report_dates, until);
        for (position, report) in student.report.iter().enumerate() {
            let Some(due) = report.due else { continue };
            let Err(next) = deadlines.binary_search(&due) else { continue };
            let around = &deadlines[next.saturating_sub(1)..deadlines.len().min(next + 1)];
            let help = match around.iter().min_by_key(|deadline| deadline.days_to(due).abs()) {
                Some(near) => format!("the nearest is {}; a report that answers none has no `due`", near.iso()),
                None => "the course has no deadlines: leave `due` out".to_owned(),
            };
            let at = Path::of("report").index(position).key("due");
            let message = format!("{due} is no deadline of the course {}", course.id);
            self.warn(ProblemName::NotADeadline, file, at, message, &help);
        }
    }
}

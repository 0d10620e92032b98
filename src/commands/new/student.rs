//! What can be said of a new student.

use anyhow::Context;
use clap::Args as ClapArgs;
use gwp::amend::Fresh;
use gwp::calendar::Day;
use gwp::recording::RecordingSession;
use gwp::records::{Course, RecordKind, Student};
use gwp::text::Text;

use super::super::asking::Asking;
use super::super::value_parsers::{day, some_text};
use super::{among_ids, known_id};

// What a student is like. No doc comment: that of the command is its help.
#[derive(Debug, ClapArgs)]
pub struct Said {
    /// The student's name; needed, and asked for at a terminal
    #[arg(long, value_name = "NAME")]
    name: Option<Text>,

    /// The id of the course; else the one that starts last
    #[arg(long, value_name = "ID")]
    course: Option<Text>,

    /// Where reminders go
    #[arg(long, value_name = "EMAIL", value_parser = some_text)]
    email: Option<Text>,

    /// The day of joining, where that is not the course's start
    #[arg(long, value_name = "DATE", value_parser = day)]
    joined: Option<Day>,
}

impl super::Said for Said {
    const KIND: RecordKind = RecordKind::Student;

    fn is_incomplete(&self) -> bool {
        self.name.is_none()
    }

    fn ask(&self, asking: &mut Asking<'_>, _: &str, session: &RecordingSession) -> anyhow::Result<Fresh> {
        let records = &session.before.case.records;
        let starts = |course: &Course| course.starts;
        let last = records.courses.iter().max_by_key(|entry| entry.record.as_deref().map(starts));
        let last = last.map(|entry| entry.id.clone());
        let needed = || last.clone().context("there is no course yet; write one with \"gwp new course\"");
        if asking.is_somebody() {
            needed()?;
        }
        let name = asking.text(self.name.as_ref(), "--name", "The student's name")?;
        let course = if let Some(course) = self.course.clone() {
            course
        } else {
            let last = needed()?;
            let asks = among_ids("The course", &records.courses);
            asking.or_else(None, &asks, (last.clone(), last.raw()), known_id::<Course>(records))?
        };
        let email = asking.optional(self.email.as_ref(), "The email address", "none")?;
        Ok(Fresh::Student(Student { email, joined: self.joined, ..Student::new(name, course) }))
    }
}

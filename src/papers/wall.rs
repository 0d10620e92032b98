//! A course as one picture: students down, time across.

use super::picture::{Drawing, Picture, Shape, Stretch};
use super::scale::Scale;
use crate::calendar::Day;
use crate::judgement::Judgement;
use crate::records::Course;
use crate::text::{Text, counted};

/// A student's lane: the name and the marks.
struct Row {
    name: String,
    sessions: Vec<(Day, Shape, String)>,
    supervision: Vec<(Day, Shape, String)>,
}

/// The wall of a course, student by student.
pub struct Wall<'a> {
    course: &'a Course,
    as_of: Day,
    rows: Vec<Row>,
}

impl<'a> Wall<'a> {
    /// No student yet.
    pub fn new(course: &'a Course, as_of: Day) -> Self {
        Self { course, as_of, rows: Vec::new() }
    }

    /// Adds a student: what counts, and what does not.
    pub fn add(&mut self, name: &Text, judgement: &Judgement<'_>) {
        let facts = &judgement.facts;
        let sessions = facts.sessions.all().iter().map(|entry| {
            let (shape, what) = match entry.uncounted {
                None => (Shape::Counted, "counts"),
                Some(_) if entry.waits_for_a_word() => (Shape::Planned, "is planned"),
                Some(_) => (Shape::Uncounted, "does not count"),
            };
            (entry.date, shape, format!("{name}, session of {}: {what}", entry.date))
        });
        let meetings = facts.meetings.iter().filter(|entry| entry.took_place()).map(|entry| {
            let shape = if entry.counts() { Shape::Meeting } else { Shape::UncountedMeeting };
            (entry.date, shape, format!("{name}, supervision of {}", entry.date))
        });
        self.rows.push(Row { name: name.to_string(), sessions: sessions.collect(), supervision: meetings.collect() });
    }

    /// The picture; none where the course has no student who can be judged.
    pub fn picture(self) -> Option<Picture> {
        let days = || self.rows.iter().flat_map(|row| &row.sessions).map(|(day, ..)| *day);
        let first = days().min().unwrap_or(self.course.starts).min(self.course.starts);
        let last = days().max().unwrap_or(self.course.ends).max(self.course.ends.min(self.as_of));
        if self.rows.is_empty() {
            return None;
        }
        let title = format!("{}: sessions and supervision, week by week", self.course.name);
        let mut drawing = Drawing::new(title, Scale::new(first, last));
        for term in &self.course.terms {
            drawing.band(Stretch::Term, (term.starts, term.ends), format!("{} term", term.name));
        }
        let count = counted(self.rows.len(), "student", "students");
        for row in self.rows {
            drawing.lane(&row.name, row.sessions);
            drawing.lane("", row.supervision);
        }
        drawing.upright(self.as_of, format!("judged {}", self.as_of), true);
        let words = format!(
            "{count}, each with two lanes: sessions above, supervision meetings below. The table beside the picture says \
             where each student stands."
        );
        Some(drawing.described(words))
    }
}

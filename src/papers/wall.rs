//! A course as one picture: students down, time across.

use super::picture::{Drawing, Picture, Stretch};
use super::scale::Scale;
use super::time_line::{Mark, meetings, sessions_of};
use crate::calendar::Day;
use crate::judgement::Judgement;
use crate::records::Course;
use crate::reports::Audience;
use crate::text::{Text, counted};

/// The most students in one picture: with more it would not stand on a page.
const MOST: usize = 18;

/// A student's lanes: the name and the marks.
struct Row {
    name: String,
    sessions: Vec<Mark>,
    supervision: Vec<Mark>,
}

/// The wall of a course, student by student. It hangs where everybody sees it: nothing of it says how anybody is judged.
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

    /// Adds a student: what is recorded of sessions and supervision.
    pub fn add(&mut self, name: &Text, judgement: &Judgement<'_>) {
        let facts = &judgement.facts;
        let named = |(day, shape, what): Mark| (day, shape, format!("{name}, {what}"));
        let sessions =
            facts.arranged_groups().into_iter().flat_map(|group| sessions_of(facts, group, Audience::OnPaper));
        self.rows.push(Row {
            name: name.to_string(),
            sessions: sessions.map(named).collect(),
            supervision: meetings(facts, Audience::OnPaper).into_iter().map(named).collect(),
        });
    }

    /// The pictures, one or more as there are students.
    pub fn pictures(self) -> Vec<Picture> {
        let marks = || self.rows.iter().flat_map(|row| row.sessions.iter().chain(&row.supervision));
        let days = || marks().map(|(day, ..)| *day);
        let first = days().min().unwrap_or(self.course.starts).min(self.course.starts);
        let last = days().max().unwrap_or(self.course.ends).max(self.course.ends.min(self.as_of));
        let (scale, of) = (Scale::new(first, last), self.rows.len().div_ceil(MOST));
        let mut rows = self.rows.into_iter().peekable();
        let mut pictures = Vec::new();
        while rows.peek().is_some() {
            let part = if of > 1 { format!(", part {} of {of}", pictures.len() + 1) } else { String::new() };
            let drawing = Drawing::new(format!("{}{part}", self.course.name), scale, Audience::OnPaper);
            pictures.push(picture(self.course, self.as_of, drawing, rows.by_ref().take(MOST).collect()));
        }
        pictures
    }
}

fn picture(course: &Course, as_of: Day, mut drawing: Drawing, rows: Vec<Row>) -> Picture {
    for term in &course.terms {
        drawing.band(Stretch::Term, (term.starts, term.ends), format!("{} term", term.name));
    }
    let count = counted(rows.len(), "student", "students");
    let mut words = Vec::new();
    for Row { name, sessions, supervision } in rows {
        drawing.lane(&name, sessions);
        let sessions = drawing.tally();
        drawing.lane("", supervision);
        let supervision = drawing.tally();
        let mut told: Vec<_> = Some(sessions.join(", ")).filter(|words| !words.is_empty()).into_iter().collect();
        told.extend((!supervision.is_empty()).then(|| format!("supervision: {}", supervision.join(", "))));
        let told = if told.is_empty() { "nothing is recorded".to_owned() } else { told.join("; ") };
        words.push(format!("{name}: {told}."));
    }
    drawing.upright(as_of, format!("as of {as_of}"), true);
    let description = format!("{count}, each with two lanes: sessions above, supervision meetings below.");
    drawing.titled(description, words)
}

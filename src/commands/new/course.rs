//! What can be said of a new course.

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::amend::{Fresh, next_terms, terms_from};
use gwp::calendar::{Day, course_deadlines};
use gwp::edition::Parameters;
use gwp::recording::RecordingSession;
use gwp::records::{Course, RecordKind, Scheme, Term};
use gwp::text::{Text, visible};

use super::super::asking::{Asking, several};
use super::super::value_parsers::{day, some_text};

// What a course is like; without dates the academic year of its id, or else the next, with three terms of ten weeks.
#[derive(Debug, ClapArgs)]
pub struct CourseSaid {
    /// What the course is called; needed, and asked for at a terminal
    #[arg(long, value_name = "TEXT")]
    name: Option<Text>,

    /// The Course Director or Convenor; needed, and asked for at a terminal
    #[arg(long, value_name = "NAME")]
    convenor: Option<Text>,

    /// Where reminders to the convenor go
    #[arg(long, value_name = "EMAIL", value_parser = some_text)]
    email: Option<Text>,

    /// A term, such as Autumn=2025-09-27..2025-12-13; can be given several times
    #[arg(long, value_name = "NAME=FIRST..LAST", value_parser = term)]
    term: Vec<NamedDays>,

    /// Meetings of the LCC, separated by commas
    #[arg(long, value_name = "DATE", value_delimiter = ',', value_parser = day)]
    lcc_meetings: Vec<Day>,

    /// Deadlines for reports, separated by commas; else those of the edition
    #[arg(long, value_name = "DATE", value_delimiter = ',', value_parser = day)]
    report_deadlines: Vec<Day>,
}

/// A term: its name, the first day and the last.
type NamedDays = (String, Day, Day);

/// Reads `Autumn=2025-09-27..2025-12-13`.
fn term(text: &str) -> Result<NamedDays, String> {
    let parts = text.split_once('=').and_then(|(name, days)| Some((name, days.split_once("..")?)));
    let (name, (first, last)) = parts.ok_or("a term is NAME=FIRST..LAST, such as Autumn=2025-09-27..2025-12-13")?;
    let (first, last) = (day(first)?, day(last)?);
    if last < first { Err(format!("{last} is before {first}")) } else { Ok((name.trim().to_owned(), first, last)) }
}

/// An error where two terms have a day or their name in common.
fn apart(terms: &[NamedDays]) -> Result<(), String> {
    for (number, (name, first, last)) in terms.iter().enumerate() {
        for (other, starts, ends) in &terms[..number] {
            if other.to_lowercase() == name.to_lowercase() {
                return Err(format!("two are called {}; each needs a name of its own", visible(name)));
            }
            if first <= ends && starts <= last {
                let (name, other) = (visible(name), visible(other));
                return Err(format!(
                    "{name}, {first} to {last}, and {other}, {starts} to {ends}, have days in common; check their dates"
                ));
            }
        }
    }
    Ok(())
}

fn listed(days: &[Day]) -> String {
    days.iter().map(|day| day.iso()).collect::<Vec<_>>().join(", ")
}

impl super::Said for CourseSaid {
    const KIND: RecordKind = RecordKind::Course;

    fn is_incomplete(&self) -> bool {
        self.name.is_none() || self.convenor.is_none()
    }

    fn ask(&self, asking: &mut Asking<'_>, id: &str, session: &RecordingSession) -> anyhow::Result<Fresh> {
        self.fresh(asking, id, session.today)
    }
}

impl CourseSaid {
    /// Whether anything is said.
    pub fn is_any(&self) -> bool {
        let texts = [&self.name, &self.convenor, &self.email];
        let lists = [self.term.is_empty(), self.lcc_meetings.is_empty(), self.report_deadlines.is_empty()];
        texts.into_iter().any(Option::is_some) || lists.contains(&false)
    }

    /// The course of an id, as seen from a day.
    pub fn fresh(&self, asking: &mut Asking<'_>, id: &str, today: Day) -> anyhow::Result<Fresh> {
        let name = asking.text(self.name.as_ref(), "--name", "The course's name")?;
        let convenor = asking.text(self.convenor.as_ref(), "--convenor", "The convenor's name")?;
        let email = asking.optional(self.email.as_ref(), "The convenor's email address", "none")?;
        let said = |list: &[Day]| (!list.is_empty()).then(|| list.to_vec());
        let next: Vec<_> = next_terms(terms_from(id, today))
            .into_iter()
            .map(|(name, first, last)| (name.to_owned(), first, last))
            .collect();
        let shown: Vec<_> =
            next.iter().map(|(name, first, last)| format!("{name}={}..{}", first.iso(), last.iso())).collect();
        let terms = (!self.term.is_empty()).then(|| self.term.clone());
        if let Some(Err(fault)) = terms.as_deref().map(apart) {
            bail!("these terms cannot be: {fault}");
        }
        let read = |answer: &str| {
            let terms = several(term)(answer)?;
            apart(&terms).map(|()| terms)
        };
        let terms = asking.or_else(terms, "The terms, separated by commas", (next, &shown.join(", ")), read)?;
        let meetings = said(&self.lcc_meetings);
        let lcc_meetings = asking.or_else(
            meetings,
            "Meetings of the LCC, separated by commas",
            (Vec::new(), "none yet"),
            several(day),
        )?;
        let (starts, ends) = (terms.iter().map(|term| term.1).min(), terms.iter().map(|term| term.2).max());
        let to_term = |(name, starts, ends)| Term { name: Text::new(name), starts, ends, notes: None };
        let mut course = Course {
            name,
            convenor,
            email,
            starts: starts.unwrap_or(today),
            ends: ends.unwrap_or(today),
            lcc_meetings,
            report_deadlines: Vec::new(),
            terms: terms.into_iter().map(to_term).collect(),
            notes: None,
        };
        let edition = Parameters::in_force(Scheme::default(), &[], today).report_dates;
        let shown = match course_deadlines(&course, &edition, course.ends).as_slice() {
            [] => "those of the edition".to_owned(),
            days => format!("those of the edition: {}", listed(days)),
        };
        let deadlines = said(&self.report_deadlines);
        course.report_deadlines = asking.or_else(
            deadlines,
            "Deadlines for reports, separated by commas",
            (Vec::new(), &shown),
            several(day),
        )?;
        Ok(Fresh::Course(course))
    }
}

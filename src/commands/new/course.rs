//! What can be said of a new course.

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::amend::{Fresh, next_terms, terms_from};
use gwp::calendar::Day;
use gwp::edition::{Parameters, Scheme};
use gwp::recording::RecordingSession;
use gwp::records::{Course, Term, Variation};
use gwp::text::Text;

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
    term: Vec<Term>,

    /// Meetings of the LCC, separated by commas
    #[arg(long, value_name = "DATE", value_delimiter = ',', value_parser = day)]
    lcc_meetings: Vec<Day>,

    /// Deadlines for reports, separated by commas; without them, the usual ones
    #[arg(long, value_name = "DATE", value_delimiter = ',', value_parser = day)]
    report_deadlines: Vec<Day>,
}

/// Reads `Autumn=2025-09-27..2025-12-13`.
fn term(text: &str) -> Result<Term, String> {
    let parts = text.split_once('=').and_then(|(name, days)| Some((name, days.split_once("..")?)));
    let (name, (first, last)) = parts.ok_or("a term is NAME=FIRST..LAST, such as Autumn=2025-09-27..2025-12-13")?;
    let (starts, ends) = (day(first)?, day(last)?);
    if ends < starts {
        return Err(format!("{ends} is before {starts}"));
    }
    Ok(Term { name: Text::new(name.trim()), starts, ends, notes: None })
}

/// An error where two terms have a day or their name in common.
fn apart(terms: &[Term]) -> Result<(), String> {
    for (number, term) in terms.iter().enumerate() {
        for other in &terms[..number] {
            if other.name.raw().to_lowercase() == term.name.raw().to_lowercase() {
                return Err(format!("two are called {}; each needs a name of its own", term.name));
            }
            if term.starts <= other.ends && other.starts <= term.ends {
                let days = |term: &Term| format!("{}, {} to {}", term.name, term.starts, term.ends);
                return Err(format!("{}, and {}, have days in common; check their dates", days(term), days(other)));
            }
        }
    }
    Ok(())
}

fn listed(days: &[Day]) -> String {
    days.iter().map(|day| day.iso()).collect::<Vec<_>>().join(", ")
}

impl CourseSaid {
    /// Whether something is not said without which there is no course.
    pub fn is_incomplete(&self) -> bool {
        self.name.is_none() || self.convenor.is_none()
    }

    /// The course, after asking for what is not said.
    pub fn ask(&self, asking: &mut Asking<'_>, id: &str, session: &RecordingSession) -> anyhow::Result<Fresh> {
        let variations = session.before.case.records.variations();
        let parameters = Variation::parameters(variations, Scheme::newest(), session.today);
        let mut fresh = self.fresh(asking, id, session.today, &parameters)?;
        if let Fresh::Course(course) = &mut fresh {
            course.scheme = session.before.scheme().of_new_course();
        }
        Ok(fresh)
    }

    /// Whether anything is said.
    pub fn is_any(&self) -> bool {
        let texts = [&self.name, &self.convenor, &self.email];
        let lists = [self.term.is_empty(), self.lcc_meetings.is_empty(), self.report_deadlines.is_empty()];
        texts.into_iter().any(Option::is_some) || lists.contains(&false)
    }

    /// The course of an id, as seen from a day on which these parameters are in force.
    pub fn fresh(
        &self,
        asking: &mut Asking<'_>,
        id: &str,
        today: Day,
        parameters: &Parameters,
    ) -> anyhow::Result<Fresh> {
        let name = asking.text(self.name.as_ref(), "--name", "The course's name")?;
        let convenor = asking.text(self.convenor.as_ref(), "--convenor", "The convenor's name")?;
        let email = asking.optional(self.email.as_ref(), "The convenor's email address", "none")?;
        let said = |list: &[Day]| (!list.is_empty()).then(|| list.to_vec());
        let next: Vec<_> = next_terms(terms_from(id, today))
            .into_iter()
            .map(|(name, starts, ends)| Term { name: Text::new(name), starts, ends, notes: None })
            .collect();
        let shown: Vec<_> =
            next.iter().map(|term| format!("{}={}..{}", term.name, term.starts.iso(), term.ends.iso())).collect();
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
        let (starts, ends) = (terms.iter().map(|term| term.starts).min(), terms.iter().map(|term| term.ends).max());
        let mut course = Course {
            name,
            convenor,
            email,
            scheme: None,
            starts: starts.unwrap_or(today),
            ends: ends.unwrap_or(today),
            lcc_meetings,
            report_deadlines: Vec::new(),
            terms,
            notes: None,
        };
        let shown = match course.deadlines(&parameters.report_dates, course.ends).as_slice() {
            [] => "the usual ones".to_owned(),
            days => format!("the usual ones: {}", listed(days)),
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

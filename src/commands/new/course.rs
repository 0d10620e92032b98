//! What can be said of a new course.

use anyhow::anyhow;
use clap::Args as ClapArgs;
use gwp::amend::{Fresh, next_terms, terms_from};
use gwp::calendar::Day;
use gwp::edition::{Parameters, Scheme};
use gwp::recording::RecordingSession;
use gwp::records::{Course, Term, Variation};
use gwp::text::{DayContext, SaidDay, Text, WRITE_IN_FULL};

use super::super::asking::{Asking, several};
use super::super::value_parsers::{address, day, from_until};

// What a course is like; without dates three terms of ten weeks of the academic year of its id or name, or else the next.
#[derive(Clone, Debug, ClapArgs)]
pub struct CourseSaid {
    /// What the course is called; needed, and asked for at a terminal
    #[arg(long, value_name = "TEXT")]
    pub name: Option<Text>,

    /// The Course Director or Convenor; needed, and asked for at a terminal
    #[arg(long, value_name = "NAME")]
    convenor: Option<Text>,

    /// Where reminders to the convenor go
    #[arg(long, value_name = "EMAIL", value_parser = address)]
    email: Option<Text>,

    /// A term, such as Autumn=2025-09-27..2025-12-13; can be given several times
    #[arg(long, value_name = "NAME=FIRST..LAST", value_parser = term)]
    term: Vec<SaidTerm>,

    /// Meetings of the LCC, separated by commas
    #[arg(long, value_name = "DATE", value_delimiter = ',', value_parser = day)]
    lcc_meetings: Vec<SaidDay>,

    /// Deadlines for reports, separated by commas; without them, the usual ones
    #[arg(long, value_name = "DATE", value_delimiter = ',', value_parser = day)]
    report_deadlines: Vec<SaidDay>,
}

/// The question what a course is called.
pub const NAME: &str = "The course's name";

/// A term as it was said.
#[derive(Clone, Debug)]
struct SaidTerm {
    name: Text,
    days: (SaidDay, SaidDay),
}

/// Reads `Autumn=2025-09-27..2025-12-13`, or `Autumn: 27 September 2025 to 13 December 2025`.
fn term(text: &str) -> Result<SaidTerm, String> {
    let needed = || {
        "a term is its name, a colon and its days, such as Autumn: 27 September 2025 to 13 December 2025; or \
         Autumn=2025-09-27..2025-12-13"
            .to_owned()
    };
    let (name, days) = text.split_once(['=', ':']).filter(|(name, _)| !name.trim().is_empty()).ok_or_else(needed)?;
    // Between two days can stand a word, or a dash with room around it: a day has hyphens of its own.
    let between = [" to ", " until ", " \u{2013} ", " \u{2014} ", " - ", "\u{2013}", "\u{2014}"];
    let split = between.iter().find_map(|between| days.split_once(between));
    let days = match split {
        Some((first, last)) => (day(first)?, day(last)?),
        None => from_until(days).ok_or_else(needed)??,
    };
    Ok(SaidTerm { name: Text::new(name.trim()), days })
}

impl SaidTerm {
    fn term(&self, days: &DayContext) -> Result<Term, String> {
        let (starts, ends) = (self.days.0.any(days)?, self.days.1.any(days)?);
        if ends < starts {
            return Err(format!("{ends} is before {starts}"));
        }
        Ok(Term { name: self.name.clone(), starts, ends, notes: None })
    }
}

/// The terms that are said; the error says that they cannot be.
fn terms(said: &[SaidTerm], days: &DayContext) -> Result<Vec<Term>, String> {
    let terms = said.iter().map(|term| term.term(days)).collect::<Result<Vec<_>, _>>()?;
    apart(&terms).map(|()| terms)
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

/// So many days around its terms something of a course can lie: a reading, four months.
const AROUND: i64 = 122;

/// The first and the last day of some terms.
fn span(terms: &[Term]) -> Option<(Day, Day)> {
    Some((terms.iter().map(|term| term.starts).min()?, terms.iter().map(|term| term.ends).max()?))
}

fn listed(days: &[Day]) -> String {
    days.iter().map(Day::to_string).collect::<Vec<_>>().join(", ")
}

impl CourseSaid {
    /// Whether something is not said without which there is no course.
    pub fn is_incomplete(&self) -> bool {
        self.name.is_none() || self.convenor.is_none()
    }

    /// The same with its name, after asking for it where it is not said.
    pub fn named(&self, asking: &mut Asking<'_>) -> anyhow::Result<Self> {
        Ok(Self { name: Some(asking.text(self.name.as_ref(), "--name", NAME)?), ..self.clone() })
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
        let name = asking.text(self.name.as_ref(), "--name", NAME)?;
        let convenor = asking.text(self.convenor.as_ref(), "--convenor", "The convenor's name")?;
        let email = asking.address(self.email.as_ref(), "The convenor's email address")?;
        let next: Vec<_> = next_terms(terms_from(id, name.raw(), today))
            .into_iter()
            .map(|(name, starts, ends)| Term { name: Text::new(name), starts, ends, notes: None })
            .collect();
        let shown: Vec<_> =
            next.iter().map(|term| format!("{}: {} to {}", term.name, term.starts, term.ends)).collect();
        let year = span(&next).map(|(first, last)| (first.plus_days(-AROUND), last.plus_days(AROUND)));
        let days = DayContext { span: year, ..DayContext::of_today(today) };
        let said = (!self.term.is_empty()).then(|| terms(&self.term, &days)).transpose();
        let said = said.map_err(|fault| anyhow!("these terms cannot be: {fault}"))?;
        let read = |answer: &str| terms(&several(term)(answer)?, &days);
        let terms = asking.or_else(said, "The terms, separated by commas", (next, &shown.join(", ")), read)?;
        // Without a year, a day lies in the course; a report or a meeting can come after its last term.
        let days = DayContext { span: span(&terms).map(|(first, last)| (first, last.plus_days(AROUND))), ..days };
        let said = |list: &[SaidDay]| {
            let all = list.iter().map(|said| said.any(&days)).collect::<Result<Vec<_>, _>>();
            all.map(|all| (!all.is_empty()).then_some(all)).map_err(|fault| anyhow!("{fault}; {WRITE_IN_FULL}"))
        };
        let read_day = |answer: &str| day(answer)?.any(&days);
        let meetings = said(&self.lcc_meetings)?;
        let lcc_meetings = asking.or_else(
            meetings,
            "Meetings of the LCC, separated by commas",
            (Vec::new(), "none yet"),
            several(read_day),
        )?;
        let (starts, ends) = span(&terms).unwrap_or((today, today));
        let mut course = Course {
            name,
            convenor,
            email,
            scheme: None,
            starts,
            ends,
            lcc_meetings,
            report_deadlines: Vec::new(),
            terms,
            notes: None,
        };
        let shown = match course.deadlines(&parameters.report_dates, course.ends).as_slice() {
            [] => "the usual ones".to_owned(),
            days => format!("the usual ones: {}", listed(days)),
        };
        let deadlines = said(&self.report_deadlines)?;
        course.report_deadlines = asking.or_else(
            deadlines,
            "Deadlines for reports, separated by commas",
            (Vec::new(), &shown),
            several(read_day),
        )?;
        Ok(Fresh::Course(course))
    }
}

//! `gwp receive`: a report on a student arrived.

use std::io::Write;
use std::path::Path;

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::amend::Event;
use gwp::calendar::Day;
use gwp::edition::Code;
use gwp::judgement::ObligationKind;
use gwp::records::{Competencies, Form, Rating, Report, Student};
use gwp::text::{Text, visible};

use super::Ending;
use super::keeping::{Desk, Entered, Keeping, day, one_of, student};
use super::surroundings::Surroundings;

/// Record a report that arrived.
///
/// Without --due it answers the earliest deadline for which the form is still owed, and without --by it comes from
/// whoever owes it, or is the student's supervisor then.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// The id of the student: the name of the student's file without its ending
    #[arg(value_name = "STUDENT")]
    student: String,

    /// The form: GWP2, WRG2 or GWP3
    #[arg(value_name = "FORM", value_parser = form)]
    form: Form,

    /// The deadline that it answers, or none
    #[arg(long, value_name = "DATE", value_parser = Due::parse)]
    due: Option<Due>,

    /// The day on which it arrived; else today
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Day>,

    /// Who wrote it: the id of a supervisor, for GWP3 the line manager's name
    #[arg(long, value_name = "WHO")]
    by: Option<String>,

    /// The rating of a competency, such as conflict=competent or C6=developing; can be given several times
    #[arg(long, value_name = "NAME=RATING", value_parser = rating)]
    rating: Vec<(usize, Rating)>,

    /// Concerns that it raises, for the committee
    #[arg(long, value_name = "TEXT")]
    concerns: Option<String>,

    /// It says that no group has been presented yet
    #[arg(long)]
    not_started: bool,

    #[command(flatten)]
    keeping: Keeping,
}

/// What a report answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    Deadline(Day),
    None,
}

impl Due {
    fn parse(text: &str) -> Result<Self, String> {
        if text == "none" {
            return Ok(Self::None);
        }
        day(text).map(Self::Deadline).map_err(|needed| format!("{needed}, or none"))
    }
}

fn form(word: &str) -> Result<Form, String> {
    one_of(word, &[Form::Gwp2, Form::Wrg2, Form::Gwp3], Form::word)
}

/// The position of a competency among [`Competencies::KEYS`], and its rating.
fn rating(text: &str) -> Result<(usize, Rating), String> {
    const ALL: [Rating; 4] = [Rating::Competent, Rating::Developing, Rating::NotCompetent, Rating::NotObserved];
    let needed = || format!("a rating is NAME=RATING; the names are {}", Competencies::KEYS.join(", "));
    let (name, rating) = text.split_once('=').ok_or_else(needed)?;
    let code = Code::from_word(name).or_else(|| Code::from_word(&name.to_uppercase())).ok_or_else(needed)?;
    let position = Competencies::KEYS.iter().position(|key| *key == code.name()).ok_or_else(needed)?;
    one_of(rating, &ALL, Rating::word).map(|rating| (position, rating))
}

/// A form that somebody owes: for which deadline, and who.
struct Owed {
    due: Day,
    by: Option<Text>,
}

/// Enters the report.
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let desk = Desk::open(&args.keeping, change, surroundings)?;
    let entry = student(&desk, &args.student)?;
    let received = args.on.unwrap_or(surroundings.today);
    let owed = owed(&desk, &entry.id, args.form);
    let due = match args.due {
        Some(Due::Deadline(day)) => Some(day),
        Some(Due::None) => None,
        None if args.form == Form::Gwp3 => None,
        None => args.deadline(owed.as_deref(), received)?,
    };
    let owed = owed.unwrap_or_default();
    let of_due = owed.iter().find(|one| due.is_none_or(|due| one.due == due));
    let owing = of_due.and_then(|one| one.by.clone());
    let running = || entry.record.as_ref().and_then(|record| writer(record, args.form, due.unwrap_or(received)));
    let Some(by) = args.by.as_deref().map(Text::new).or(owing).or_else(running) else {
        bail!("nobody is known who would write this form; say with --by who wrote it");
    };
    let mut competencies = Competencies::default();
    for (position, rating) in &args.rating {
        competencies.rate(*position, *rating);
    }
    let report = Report {
        form: args.form,
        due,
        received,
        by: Some(by),
        not_started: args.not_started,
        concerns: args.concerns.as_deref().map(Text::new),
        competencies,
        document: None,
        notes: None,
    };
    let event = Event::Report(report);
    desk.enter(&Entered::of(entry, event), out)
}

impl Args {
    /// The deadline that is meant where none is said: the earliest for which the form is owed. Where two of them were
    /// past on the day of arrival, either could be meant.
    fn deadline(&self, owed: Option<&[Owed]>, received: Day) -> anyhow::Result<Option<Day>> {
        let form = self.form.title();
        let Some(owed) = owed else {
            bail!(
                "{} cannot be judged, as \"gwp check\" says, so it is not known which {form} is owed; say with --due \
                 which deadline it answers, or --due none",
                visible(&self.student)
            );
        };
        match owed {
            [] => bail!("no {form} is owed; say with --due which deadline it answers, or --due none"),
            [first, second, ..] if second.due < received => {
                bail!("{form} is owed for {} and for {}; say which with --due", first.due, second.due)
            }
            [first, ..] => Ok(Some(first.due)),
        }
    }
}

/// Who would write a form on a day: the only supervisor of the arrangements or WRGs that run on it.
fn writer(student: &Student, form: Form, day: Day) -> Option<Text> {
    let runs = |from: Day, until: Option<Day>| from <= day && until.is_none_or(|until| day <= until);
    let mut writers: Vec<&Text> = match form {
        Form::Gwp2 => {
            let running = student.arrangement.iter().filter(|one| runs(one.from, one.until));
            running.map(|one| &one.supervisor).collect()
        }
        Form::Wrg2 => student.wrg.iter().filter(|one| runs(one.from, one.until)).map(|one| &one.supervisor).collect(),
        Form::Gwp3 => {
            let running = student.arrangement.iter().filter(|one| runs(one.from, one.until));
            running.filter_map(|one| one.line_manager.as_ref()).map(|manager| &manager.name).collect()
        }
    };
    writers.dedup();
    match writers.as_slice() {
        [only] => Some((*only).clone()),
        _ => None,
    }
}

/// The forms of a kind that are owed, the earliest first; none where the student cannot be judged.
fn owed(desk: &Desk, student: &Text, form: Form) -> Option<Vec<Owed>> {
    let kind = match form {
        Form::Gwp2 => ObligationKind::Gwp2,
        Form::Wrg2 => ObligationKind::Wrg2,
        Form::Gwp3 => ObligationKind::Gwp3,
    };
    desk.judgement(student, |judgement| {
        let owed = judgement?.papers_owed().into_iter().filter(|obligation| obligation.kind == kind);
        let owed = owed.map(|obligation| {
            let by = obligation.from.map(|person| person.id.unwrap_or(person.name).clone());
            Owed { due: obligation.due, by }
        });
        Some(owed.collect())
    })
}

//! `gwp receive`: a form about a student arrived.

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::amend::Event;
use gwp::edition::Code;
use gwp::recording::ReceivedReport;
use gwp::records::{Competencies, Form, Rating, Student};
use gwp::text::{SaidDay, Text};

use super::fact::{About, Fact, Happened};
use super::help::examples;
use super::value_parsers::{day, some_text, word};

/// Record a form that arrived: the application, or a report.
///
/// Say with --due which deadline a report answers. If you leave it out and only one fits, the command takes that one:
/// one that had passed when the report arrived, or one at most two months ahead. If you leave out --by, the report
/// comes from whoever owes it, or from the student's supervisor at the time. If a report of this form, day and writer
/// is recorded already, the command adds what it lacks.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp receive alex-moran form1 --on 2025-09-30", "gwp receive alex-moran GWP2 --by mattias-holm"]))]
pub struct Args {
    /// The form: form1, GWP2, WRG2 or GWP3
    #[arg(value_name = "FORM", value_parser = paper)]
    form: Paper,

    /// The deadline that it answers, or none
    #[arg(long, value_name = "DATE", value_parser = due)]
    due: Option<Due>,

    /// The day on which it arrived; else today
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<SaidDay>,

    /// Who wrote it: a supervisor by id or name, for GWP3 the line manager's name
    #[arg(long, value_name = "WHO", value_parser = some_text)]
    by: Option<Text>,

    /// The rating of a competency, such as conflict=competent or C6=developing; can be given several times
    #[arg(long, value_name = "NAME=RATING", value_parser = rating)]
    rating: Vec<(usize, Rating)>,

    /// Concerns that it raises, for the committee
    #[arg(long, value_name = "TEXT", value_parser = some_text)]
    concerns: Option<Text>,

    /// It says that no group has been presented yet
    #[arg(long)]
    not_started: bool,
}

/// A form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Paper {
    /// The application.
    Form1,
    Report(Form),
}

/// The deadline that a report answers; none where it answers none.
#[derive(Clone, Copy, Debug)]
struct Due(Option<SaidDay>);

fn due(text: &str) -> Result<Due, String> {
    if text == "none" {
        return Ok(Due(None));
    }
    day(text).map(|day| Due(Some(day))).map_err(|needed| format!("{needed}, or none"))
}

fn paper(typed: &str) -> Result<Paper, String> {
    if ["form1", "gwp1"].iter().any(|known| typed.eq_ignore_ascii_case(known)) {
        return Ok(Paper::Form1);
    }
    word(typed).map(Paper::Report).map_err(|_| {
        "it can be form1, GWP2, WRG2 or GWP3; that a supervisor confirmed is for \"gwp arrange\" with --confirmed, and \
         other papers are written in the student's file"
            .to_owned()
    })
}

/// The position of a competency among [`Competencies::KEYS`], and its rating.
fn rating(text: &str) -> Result<(usize, Rating), String> {
    let needed = || format!("a rating is NAME=RATING; the names are {}", Competencies::KEYS.join(", "));
    let (name, rating) = text.split_once('=').ok_or_else(needed)?;
    let code = Code::from_word(name).or_else(|| Code::from_word(&name.to_uppercase())).ok_or_else(needed)?;
    let position = Competencies::KEYS.iter().position(|key| *key == code.name()).ok_or_else(needed)?;
    word(rating).map(|rating| (position, rating))
}

impl Fact for Args {
    type Record = Student;

    fn happened(&self, about: &About<'_, Student>) -> anyhow::Result<Happened> {
        let received = about.session.happened(self.on, "--on")?;
        let Paper::Report(form) = self.form else {
            let is_of_report = self.due.is_some() || self.by.is_some() || self.concerns.is_some() || self.not_started;
            if is_of_report || !self.rating.is_empty() {
                bail!(
                    "GWP Form 1 is the student's application; of it the day is recorded, with --on, and nothing else"
                );
            }
            return Ok(Event::Form1(received).into());
        };
        let said = ReceivedReport {
            form,
            received,
            due: self.due.map(|Due(due)| due.map(|said| about.session.day(said)).transpose()).transpose()?,
            by: self.by.clone(),
            not_started: self.not_started,
            concerns: self.concerns.clone(),
            competencies: self.competencies(form)?,
        };
        Ok(Event::Report(about.session.report(&about.entry.id, about.record, said)?).into())
    }
}

impl Args {
    fn competencies(&self, form: Form) -> anyhow::Result<Competencies> {
        if form != Form::Gwp2 && !self.rating.is_empty() {
            bail!("the competencies are rated on GWP Form 2; leave out --rating, or name GWP2 as the form");
        }
        let mut competencies = Competencies::default();
        for (position, rating) in &self.rating {
            let key = Competencies::KEYS.get(*position).copied().unwrap_or_default();
            if let Some(other) = competencies.ratings().get(*position).copied().flatten().filter(|it| it != rating) {
                bail!("{key} is rated both {} and {}; say which of them the form says", other.word(), rating.word());
            }
            competencies.rate(*position, *rating);
        }
        Ok(competencies)
    }
}

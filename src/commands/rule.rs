//! `gwp rule`: a committee judged a query.

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::Folder;
use gwp::amend::Event;
use gwp::calendar::Day;
use gwp::edition::Code;
use gwp::folder::{JudgedFolder, Selection};
use gwp::meeting::{Asked, Asks, Item, Sitting, Table};
use gwp::recording::{RecordingError, SameDay};
use gwp::records::{Body, Ruling, RulingBody, RulingOutcome, Student};
use gwp::text::{SaidDay, Text};

use super::asking::{Asking, on_which_day, several};
use super::fact::{About, Fact, Happened};
use super::help::examples;
use super::value_parsers::{day, some_text, word};

/// Record what a committee ruled on a query.
///
/// A ruling settles the dates that you give with --of; "gwp show" lists them. Without --of it settles all questions of
/// its day and before. Some actions have a date too, such as a report that will never come.
#[derive(Clone, Debug, ClapArgs)]
#[command(after_help = examples(&["gwp rule alex-moran G4 accepted --minute \"LCC 2026/3\""]))]
pub struct Args {
    /// The requirement, by code or name: G4, or session-length
    #[arg(value_name = "REQUIREMENT", value_parser = requirement)]
    requirement: Option<Code>,

    /// What was ruled: accepted or refused
    #[arg(value_name = "OUTCOME", value_parser = word::<RulingOutcome>)]
    outcome: Option<RulingOutcome>,

    /// The day of the ruling; else today
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<SaidDay>,

    /// The dates that it rules on, separated by commas. Without it, everything up to the day of the ruling
    #[arg(long, value_name = "DATE", value_delimiter = ',', value_parser = day)]
    of: Vec<SaidDay>,

    /// Who ruled: LCC, SPC or NTM
    #[arg(long, value_name = "BODY", default_value = "LCC", value_parser = word::<RulingBody>)]
    body: RulingBody,

    /// Where it is minuted
    #[arg(long, value_name = "TEXT", value_parser = some_text)]
    minute: Option<Text>,
}

fn requirement(typed: &str) -> Result<Code, String> {
    match Code::read(typed) {
        Some(code) if code.is_rulable() => Ok(code),
        Some(_) => Err("no ruling settles it, a decision does; see \"gwp decide --help\"".to_owned()),
        None => Err("no requirement is called so; \"gwp explain\" lists them".to_owned()),
    }
}

impl Args {
    fn ruling(&self, about: &About<'_, Student>) -> anyhow::Result<Ruling> {
        let (Some(requirement), Some(outcome)) = (self.requirement, self.outcome) else {
            let rule = about.session.command_line.about(["rule", about.entry.id.raw(), "G4", "accepted"]);
            bail!("on what it was ruled, and how, is needed, such as {rule}");
        };
        let of = self.of.iter().map(|said| asked_about(*said, requirement, about));
        let of: Vec<_> = of.collect::<Result<_, _>>()?;
        Ok(Ruling {
            requirement,
            body: self.body,
            date: about.session.happened(self.on, "--on")?,
            of: (!of.is_empty()).then_some(of),
            outcome,
            minute: self.minute.clone(),
            document: None,
            notes: None,
        })
    }
}

/// The dates of a student on which a question waits for a ruling.
fn open_dates(requirement: Code, about: &About<'_, Student>) -> Vec<Asked> {
    let session = about.session;
    let (sitting, before) = (Sitting { body: Body::Lcc, date: session.today }, &session.before);
    let selection = Selection::of_students(&[about.entry.id.raw().to_owned()]);
    let table = Table::of(sitting, &JudgedFolder::new(before, session.as_of), before, &selection);
    let is_it = |item: &&Item| matches!(item.asks, Asks::Rulings { requirement: of, .. } if of == requirement);
    table.items.iter().filter(is_it).flat_map(Item::open_dates).cloned().collect()
}

/// A date that is ruled on: where no year is said, the only one of that day and month on which a question is open.
fn asked_about(said: SaidDay, requirement: Code, about: &About<'_, Student>) -> Result<Day, RecordingError> {
    let SaidDay::Yearless { month, day, weekday } = said else { return about.session.day(said) };
    let open = open_dates(requirement, about).into_iter().map(|asked| asked.date);
    let is_it = |date: &Day| {
        (date.month(), date.day_of_month()) == (month, day) && weekday.is_none_or(|named| named == date.weekday())
    };
    let open: Vec<_> = open.filter(is_it).collect();
    if let [only] = open.as_slice() { Ok(*only) } else { about.session.day(said) }
}

impl Fact for Args {
    type Record = Student;

    const ASKS: bool = true;

    const CAN_CONTRADICT: bool = true;

    fn ask(&self, about: &About<'_, Student>, asking: &mut Asking<'_>) -> anyhow::Result<Option<Self>> {
        if self.requirement.is_some() && self.outcome.is_some() {
            return Ok(None);
        }
        let show = about.session.command_line.again(["show", about.entry.id.raw()]);
        let asks = format!("On which requirement, such as G4; \"{show}\" lists what is open");
        let code = asking.needed(self.requirement, "", &asks, requirement)?;
        let outcome = asking.needed(self.outcome, "", "What was ruled (accepted, refused)", word)?;
        let open = open_dates(code, about);
        let lines = open.iter().map(|asked| format!("\n  {}: {}", asked.date, asked.message));
        let open = if open.is_empty() {
            format!("No question on {code} is open.")
        } else {
            format!("Open on {code}:{}", lines.collect::<String>())
        };
        let asks = format!("{open}\nOn which day did the {} rule", Body::from(self.body).title());
        let on = on_which_day(self.on, &asks, about.session, asking)?;
        let of = Some(self.of.clone()).filter(|of| !of.is_empty());
        let asks = "On which of the dates did it rule, separated by commas";
        let read = |typed: &str| {
            let said = day(typed)?;
            asked_about(said, code, about).map(|_| said).map_err(|error| error.to_string())
        };
        let of = asking.or_else(of, asks, (Vec::new(), "all up to that day"), several(read))?;
        Ok(Some(Self { requirement: Some(code), outcome: Some(outcome), on, of, ..self.clone() }))
    }

    fn happened(&self, about: &About<'_, Student>) -> anyhow::Result<Happened> {
        Ok(Event::Ruling(self.ruling(about)?).into())
    }

    fn said_that_day(&self, about: &About<'_, Student>) -> anyhow::Result<Vec<SameDay>> {
        let event = Event::Ruling(self.ruling(about)?);
        Ok(about.session.said_that_day(&about.entry.id, about.record, &event))
    }

    /// The committee ruled, and that is recorded; that nobody had asked is said while somebody can still see to it.
    fn remarks(&self, about: &About<'_, Student>, after: Option<&Folder>) -> Vec<String> {
        let Ok(Ruling { date: on, requirement, .. }) = self.ruling(about) else { return Vec::new() };
        let settles_nothing = about.changes_nothing(on, after).then(|| {
            format!(
                "no question on {requirement} is open there, so this ruling changes nothing. \"{}\" lists the dates on \
                 which one is.",
                about.session.command_line.again(["show", about.entry.id.raw()])
            )
        });
        settles_nothing.into_iter().collect()
    }
}

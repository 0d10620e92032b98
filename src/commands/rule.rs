//! `gwp rule`: a committee judged a query.

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::Folder;
use gwp::amend::Event;
use gwp::edition::Code;
use gwp::recording::SameDay;
use gwp::records::{Ruling, RulingBody, RulingOutcome, Student};
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
    let code = Code::from_word(typed).or_else(|| Code::from_word(&typed.to_uppercase()));
    match code {
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
        let of: Vec<_> = self.of.iter().map(|said| about.session.day(*said)).collect::<Result<_, _>>()?;
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
        let on = on_which_day(self.on, "On which day", about.session, asking)?;
        let of = Some(self.of.clone()).filter(|of| !of.is_empty());
        let asks = "On which dates, separated by commas";
        let of = asking.or_else(of, asks, (Vec::new(), "all up to that day"), several(day))?;
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

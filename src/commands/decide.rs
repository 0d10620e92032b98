//! `gwp decide`: a committee or an office decided about a student.

use anyhow::{anyhow, bail};
use clap::Args as ClapArgs;
use gwp::Folder;
use gwp::amend::Event;
use gwp::audit::{left_open, unready};
use gwp::calendar::Day;
use gwp::recording::SameDay;
use gwp::records::{Body, Condition, Decision, Matter, Outcome, Student};
use gwp::text::{SaidDay, Text, visible};

use super::asking::{Asking, on_which_day, with_choices};
use super::fact::{About, Fact, Happened};
use super::help::examples;
use super::value_parsers::{day, one_of, some_text, word};

/// Record what a committee or an office decided.
///
/// If the decision is in the student's favour, the command also lists what was not met on that day. If the NTM, the NDT
/// or the panel decides other than to ratify, it says whether the decision changes anything.
#[derive(Clone, Debug, ClapArgs)]
#[command(after_help = examples(&[
    "gwp decide alex-moran LCC arrangements approved --on 2026-02-21",
    "gwp decide alex-moran LCC arrangements approved --condition \"a second supervisor by 2027-01-31\"",
]))]
pub struct Args {
    /// Who decided: LCC, SPC, NTM, NDT or panel
    #[arg(value_name = "BODY", value_parser = word::<Body>)]
    body: Option<Body>,

    /// What it is about: arrangements or award
    #[arg(value_name = "ABOUT", value_parser = word::<Matter>)]
    about: Option<Matter>,

    /// What was decided, such as approved, queried, ratified, recommended or awarded
    #[arg(value_name = "OUTCOME")]
    outcome: Option<String>,

    /// The day of the decision; else today
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<SaidDay>,

    /// On what the arrangements are approved, and by when, such as "a second supervisor by 31 January"; can be given
    /// several times
    #[arg(long, value_name = "TEXT by DATE", value_parser = condition)]
    condition: Vec<String>,

    /// What a query asks
    #[arg(long, value_name = "TEXT", value_parser = some_text)]
    asks: Option<Text>,

    /// Where it is minuted
    #[arg(long, value_name = "TEXT", value_parser = some_text)]
    minute: Option<Text>,
}

/// Reads a condition; which day it is due depends on that of the decision.
fn condition(typed: &str) -> Result<String, String> {
    Condition::parse(typed, Day::first()).map(|_| typed.to_owned())
}

impl Args {
    fn decision(&self, about: &About<'_, Student>) -> anyhow::Result<Decision> {
        let (Some(body), Some(matter), Some(said)) = (self.body, self.about, &self.outcome) else {
            let decide = ["decide", about.entry.id.raw(), "LCC", "arrangements", "approved"];
            bail!("who decided, about what, and what is needed, such as {}", about.session.command_line.about(decide));
        };
        let allowed = Outcome::allowed(body, matter);
        let Ok(outcome) = one_of(said, allowed, Outcome::word) else {
            let words: Vec<_> = allowed.iter().map(|outcome| outcome.word()).collect();
            let can =
                if words.is_empty() { "decides nothing".to_owned() } else { format!("says {}", words.join(", ")) };
            let said = visible(said);
            bail!("\"{said}\" is nothing to say of the {}: the {} {can}", matter.title(), body.title());
        };
        let date = about.session.happened(self.on, "--on")?;
        let conditions = self.condition.iter().map(|said| Condition::parse(said, date).map_err(|fault| anyhow!(fault)));
        let decision = Decision {
            conditions: conditions.collect::<Result<_, _>>()?,
            body,
            about: matter,
            date,
            outcome,
            minute: self.minute.clone(),
            document: None,
            notes: self.asks.as_ref().map(Decision::note_asking),
        };
        if decision.notes.is_some() && outcome != Outcome::Queried {
            bail!("only a query asks something; leave --asks out");
        }
        if !decision.conditions.is_empty() && !decision.approves_arrangements() {
            bail!("a decision has conditions only where it approves arrangements; leave --condition out");
        }
        Ok(decision)
    }
}

/// The question what a query asks.
pub fn wants_to_know(body: Body) -> String {
    format!("What the {} wants to know", body.title())
}

impl Fact for Args {
    type Record = Student;

    const ASKS: bool = true;

    const CAN_CONTRADICT: bool = true;

    fn ask(&self, about: &About<'_, Student>, asking: &mut Asking<'_>) -> anyhow::Result<Option<Self>> {
        if self.body.is_some() && self.about.is_some() && self.outcome.is_some() {
            return Ok(None);
        }
        let body = asking.needed(self.body, "", "Who decided (LCC, SPC, NTM, NDT, panel)", word)?;
        let matter = asking.needed(self.about, "", "About what (arrangements, award)", word)?;
        let allowed = Outcome::allowed(body, matter);
        let asks = with_choices("What was decided", allowed.iter().map(|outcome| outcome.word()));
        let read = |typed: &str| one_of(typed, allowed, Outcome::word).map(|outcome| outcome.word().to_owned());
        let outcome = asking.needed(self.outcome.clone(), "", &asks, read)?;
        let on = on_which_day(self.on, "On which day", about.session, asking)?;
        let asks = match &self.asks {
            None if outcome == Outcome::Queried.word() => asking.optional(&wants_to_know(body), "not said")?,
            said => said.clone(),
        };
        Ok(Some(Self { body: Some(body), about: Some(matter), outcome: Some(outcome), on, asks, ..self.clone() }))
    }

    fn happened(&self, about: &About<'_, Student>) -> anyhow::Result<Happened> {
        Ok(Event::Decision(self.decision(about)?).into())
    }

    fn said_that_day(&self, about: &About<'_, Student>) -> anyhow::Result<Vec<SameDay>> {
        let event = Event::Decision(self.decision(about)?);
        Ok(about.session.said_that_day(&about.entry.id, about.record, &event))
    }

    /// The committee decided, and that is recorded; what the decision rests on, or that it settles nothing, is said while
    /// somebody can still see to it.
    fn remarks(&self, about: &About<'_, Student>, after: Option<&Folder>) -> Vec<String> {
        let Ok(decision) = self.decision(about) else { return Vec::new() };
        let id = &about.entry.id;
        let show = about.session.command_line.again(["show", id.raw()]);
        // These decide where they are asked, and the record does not show it where this one was not. That the NTM
        // ratifies is the ordinary course, even where it is recorded only.
        let can_be_idle =
            matches!(decision.body, Body::Ntm | Body::Ndt | Body::Panel) && decision.outcome != Outcome::Ratified;
        let idle = (can_be_idle && about.changes_nothing(decision.date, after)).then(|| {
            format!(
                "this decision changes nothing about the {}. \"{show}\" says what is still needed.",
                decision.about.title()
            )
        });
        let before = &about.session.before;
        let unmet = decision.outcome.is_favourable().then(|| unready(Some(&before.case), id, &decision)).flatten();
        let open = left_open(after.map(|after| &after.case), id, &decision);
        let said = unmet.into_iter().chain(open).map(|said| format!("{said}. \"{show}\" says more."));
        idle.into_iter().chain(said).collect()
    }
}

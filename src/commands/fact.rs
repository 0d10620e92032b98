//! Commands that record a fact: something that happened, which goes into one record.
//!
//! Such a command is its arguments and a [`Fact`] of them, which says what happened as events. Opening the folder, finding
//! the record, judging before and after, writing, and telling what changed are the same for all of them.

use clap::{Arg, ArgMatches, Args as ClapArgs, Command, FromArgMatches};
use gwp::Folder;
use gwp::amend::Event;
use gwp::calendar::Day;
use gwp::case::Entry;
use gwp::problems::ProblemName;
use gwp::recording::{Amendment, Identified, Prepared, RecordingSession, Said, SameDay};
use gwp::records::{Record as _, Student};
use gwp::text::Text;

use super::Ending;
use super::asking::{Asking, yes_or_no};
use super::context::Context;
use super::record;
use super::recording::{RecordingOptions, finish, must_be_usual};
use super::same_day::must_be_meant;
use super::surroundings::Surroundings;
use super::whom::{self, called};

/// Something that happened, as the arguments of a command say it.
pub trait Fact: ClapArgs {
    /// The kind of record that it goes into.
    type Record: Identified;

    /// Whether there can be something to ask.
    const ASKS: bool = false;

    /// Whether the record can say otherwise of the same matter and day.
    const CAN_CONTRADICT: bool = false;

    /// What happened, as events of the record.
    fn happened(&self, about: &About<'_, Self::Record>) -> anyhow::Result<Happened>;

    /// The fact after asking somebody at a terminal about it; none where there is nothing to ask. `about` is the record as
    /// somebody who is asked sees it.
    fn ask(&self, _about: &About<'_, Self::Record>, _asking: &mut Asking<'_>) -> anyhow::Result<Option<Self>> {
        Ok(None)
    }

    /// What the record says otherwise of the same matter and day.
    fn said_that_day(&self, _about: &About<'_, Self::Record>) -> anyhow::Result<Vec<SameDay>> {
        Ok(Vec::new())
    }

    /// What else somebody at a terminal can have recorded, once it is.
    fn offers(&self, _about: &About<'_, Self::Record>) -> Vec<Offer> {
        Vec::new()
    }

    /// What else is worth a look, after "Note:"; `after` is the folder with it in.
    fn remarks(&self, _about: &About<'_, Self::Record>, _after: Option<&Folder>) -> Vec<String> {
        Vec::new()
    }
}

/// Something that is recorded besides a fact, where somebody at a terminal agrees.
pub struct Offer {
    /// The question.
    pub asks: String,
    /// What is said then.
    pub said: Said,
    /// The warning that it is there to settle: nobody is asked about that before.
    pub settles: Option<ProblemName>,
}

/// The record that a fact goes into.
pub struct About<'s, T> {
    /// The folder that it lies in.
    pub session: &'s RecordingSession,
    /// The record's id and file.
    pub entry: &'s Entry<T>,
    /// What it says; it is sound.
    pub record: &'s T,
}

impl<T> About<'_, T> {
    fn amendment(&self, Happened { events, what }: Happened) -> Amendment {
        Amendment { file: self.entry.file, id: self.entry.id.clone(), events, what }
    }
}

impl About<'_, Student> {
    /// Whether what was found of the student on the day as of which effects are told is the same with a fact in the
    /// record, which happened on or before it.
    pub fn changes_nothing(&self, on: Day, after: Option<&Folder>) -> bool {
        on <= self.session.as_of && after.is_some_and(|after| self.session.finds_the_same(after, &self.entry.id))
    }
}

/// What happened: events in the order in which they go into the record.
pub struct Happened {
    events: Vec<Event>,
    /// What they are together, in words; safe to show.
    what: String,
}

impl Happened {
    /// Several events, which together are `what` happened.
    pub fn of(events: Vec<Event>, what: String) -> Self {
        Self { events, what }
    }
}

impl From<Event> for Happened {
    fn from(event: Event) -> Self {
        Self { what: event.sentence(), events: vec![event] }
    }
}

/// The command that records a fact: the id of the record, the fact, and how it is recorded.
#[derive(Debug)]
pub struct FactCommand<F> {
    id: Option<Text>,
    /// The fact.
    pub fact: F,
    /// How it is recorded.
    pub options: RecordingOptions,
}

/// What the parser calls the id.
pub const ID: &str = "record";

impl<F: Fact> ClapArgs for FactCommand<F> {
    fn augment_args(command: Command) -> Command {
        let (name, what, _) = called(F::Record::KIND);
        let help = format!("The {what}, by id or name, or by a part of it that no other {what} has");
        let id = Arg::new(ID).value_name(name).help(help);
        RecordingOptions::augment_args(F::augment_args(command.arg(id)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<F: Fact> FromArgMatches for FactCommand<F> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let id = matches.get_one::<String>(ID).map(|id| Text::new(id.as_str()));
        let (fact, options) = (F::from_arg_matches(matches)?, RecordingOptions::from_arg_matches(matches)?);
        Ok(Self { id, fact, options })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl<F: Fact> FactCommand<F> {
    /// Records the fact.
    pub fn run(&self, context: &mut Context<'_>) -> anyhow::Result<Ending> {
        let mut seen = self.options.look_to_ask(context)?;
        let id = match &self.id {
            Some(id) => id.clone(),
            None => whom::record::<F::Record>(seen.as_ref())?,
        };
        if F::CAN_CONTRADICT && seen.is_none() {
            seen = Some(self.options.look(context)?);
        }
        let seen = seen.as_mut().map(|seen| Self::about(&id, seen)).transpose()?;
        // The folder is locked only after asking.
        let answered = match &seen {
            Some(about) if F::ASKS && context.is_somebody_there => {
                let (mut answers, mut questions) = Surroundings::terminal();
                self.fact.ask(about, &mut Asking::of(&mut answers, &mut questions))?
            }
            _ => None,
        };
        let fact = answered.as_ref().unwrap_or(&self.fact);
        if let Some(about) = seen.as_ref().filter(|_| F::CAN_CONTRADICT) {
            must_be_meant(&fact.said_that_day(about)?, context)?;
        }
        let is_offered = context.is_somebody_there && !self.options.dry_run;
        let offers = seen.as_ref().filter(|_| is_offered).map(|about| fact.offers(about)).unwrap_or_default();
        let without_settled = |mut prepared: Prepared| {
            let is_settled = |name| offers.iter().any(|offer| offer.settles == Some(name));
            prepared.report.warnings.retain(|warning| !is_settled(warning.name));
            prepared
        };
        if let Some(about) = &seen {
            must_be_usual(Some(about.session), context, |seen| {
                Ok(without_settled(seen.amend(&about.amendment(fact.happened(about)?))?))
            })?;
        }
        let mut opened = self.options.open(context)?;
        let about = Self::about(&id, &mut opened)?;
        let session = about.session;
        let amendment = about.amendment(fact.happened(&about)?);
        let prepared = session.amend(&amendment).map(|mut prepared| {
            prepared.report.remarks.extend(fact.remarks(&about, prepared.after.as_ref()));
            without_settled(prepared)
        });
        let ended = finish(session, prepared, context)?;
        drop(opened);
        for Offer { asks, said, .. } in offers {
            let (mut answers, mut questions) = Surroundings::terminal();
            // The fact is written: whoever leaves now wants nothing more.
            let agreed = Asking::of(&mut answers, &mut questions).or_else(None, &asks, (false, "no"), yes_or_no);
            if !agreed.unwrap_or(false) {
                break;
            }
            record::once_usual(said, &self.options, context)?;
        }
        Ok(ended)
    }

    fn about<'s>(id: &Text, session: &'s mut RecordingSession) -> anyhow::Result<About<'s, F::Record>> {
        let id = session.find::<F::Record>(id.raw())?.id.clone();
        session.speak_of(F::Record::KIND, &id);
        let session = &*session;
        let entry = session.find::<F::Record>(id.raw())?;
        Ok(About { session, entry, record: session.sound(entry)? })
    }
}

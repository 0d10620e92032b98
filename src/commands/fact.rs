//! Commands that record a fact: something that happened, which goes into one record.
//!
//! Such a command is its arguments and a [`Fact`] of them, which says what happened as events. Opening the folder, finding
//! the record, judging before and after, writing, and telling what changed are the same for all of them.

use std::fmt::Debug;
use std::io::Write;
use std::path::Path;

use clap::Args as ClapArgs;
use gwp::Folder;
use gwp::amend::Event;
use gwp::calendar::Day;
use gwp::case::Entry;
use gwp::recording::{Amendment, Identified, RecordingSession};
use gwp::records::{Record, SessionLog, Student};
use gwp::text::Text;

use super::Ending;
use super::recording::{RecordingOptions, finish};
use super::surroundings::Surroundings;

/// Something that happened, as the arguments of a command say it.
pub trait Fact: ClapArgs {
    /// The kind of record that it goes into.
    type Record: FactRecord;

    /// What happened, as events of the record.
    fn happened(&self, about: &About<'_, Self::Record>) -> anyhow::Result<Happened>;

    /// What else is worth a look, a sentence each; `after` is the folder with it in.
    fn remarks(&self, _about: &About<'_, Self::Record>, _after: Option<&Folder>) -> Vec<String> {
        Vec::new()
    }
}

/// A kind of record that facts go into.
pub trait FactRecord: Record + Identified {
    /// The students whom a fact in it is about.
    fn students(entry: &Entry<Self>, record: &Self) -> Vec<Text>;
}

impl FactRecord for Student {
    fn students(entry: &Entry<Self>, _: &Self) -> Vec<Text> {
        vec![entry.id.clone()]
    }
}

impl FactRecord for SessionLog {
    fn students(_: &Entry<Self>, record: &Self) -> Vec<Text> {
        match record {
            SessionLog::Group(log) => log.conductors.clone(),
            SessionLog::Supervision(log) => log.supervisees.clone(),
        }
    }
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

impl About<'_, Student> {
    /// Whether what was found of the student on the day as of which effects are told is the same with a fact in the
    /// record, which happened on or before it.
    pub fn changes_nothing(&self, on: Option<Day>, after: Option<&Folder>) -> bool {
        on.unwrap_or(self.session.today) <= self.session.as_of
            && after.is_some_and(|after| self.session.finds_the_same(after, &self.entry.id))
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

// A fact about a student. No doc comment here and below: the help of the command is that of the fact.
#[derive(Debug, ClapArgs)]
pub struct OfStudent<F: ClapArgs + Debug> {
    /// The id of the student: the name of the student's file without its ending
    #[arg(value_name = "STUDENT")]
    student: String,

    #[command(flatten)]
    fact: F,

    #[command(flatten)]
    options: RecordingOptions,
}

impl<F: Fact<Record = Student> + Debug> OfStudent<F> {
    /// Records the fact.
    pub fn run(
        &self,
        folder: Option<&Path>,
        surroundings: &Surroundings,
        out: &mut dyn Write,
    ) -> anyhow::Result<Ending> {
        record(&self.student, &self.fact, &self.options.open(folder, surroundings)?, out)
    }
}

// A fact about a group or a supervision, which goes into its log.
#[derive(Debug, ClapArgs)]
pub struct OfLog<F: ClapArgs + Debug> {
    /// The id of the log: the name of its file without the ending
    #[arg(value_name = "LOG")]
    log: String,

    #[command(flatten)]
    fact: F,

    #[command(flatten)]
    options: RecordingOptions,
}

impl<F: Fact<Record = SessionLog> + Debug> OfLog<F> {
    /// Records the fact.
    pub fn run(
        &self,
        folder: Option<&Path>,
        surroundings: &Surroundings,
        out: &mut dyn Write,
    ) -> anyhow::Result<Ending> {
        record(&self.log, &self.fact, &self.options.open(folder, surroundings)?, out)
    }
}

fn record<F: Fact>(id: &str, fact: &F, session: &RecordingSession, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let entry = session.find::<F::Record>(id)?;
    let record = session.sound(entry)?;
    let about = About { session, entry, record };
    let Happened { events, what } = fact.happened(&about)?;
    let students = F::Record::students(entry, record);
    let amendment = Amendment { file: entry.file, id: entry.id.clone(), events, what, students };
    let prepared = session.amend(&amendment).map(|mut prepared| {
        prepared.report.remarks = fact.remarks(&about, prepared.after.as_ref());
        prepared
    });
    finish(session, prepared, out)
}

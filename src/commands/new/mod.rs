//! `gwp new`: a record that is not there yet.

mod course;
mod group;
mod student;
mod supervision;
mod supervisor;

use std::fmt::Debug;

use clap::{Args as ClapArgs, Subcommand};
use gwp::amend::Fresh;
use gwp::case::{Entry, Records};
use gwp::recording::{Identified, RecordingSession, by_id};
use gwp::records::RecordKind;
use gwp::text::{Text, visible};

use super::Ending;
use super::asking::Asking;
use super::context::Context;
use super::help::examples;
use super::recording::{RecordingOptions, finish};
use super::surroundings::Surroundings;
use super::value_parsers::id;

pub use course::CourseSaid;

/// Write a new record: of a course, a student, a supervisor, a group or a supervision.
///
/// At a terminal the command asks for what is missing.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp new student mina-holt", "gwp new supervisor clare-benning"]))]
pub struct Args {
    #[command(subcommand)]
    record: Which,
}

#[derive(Debug, Subcommand)]
enum Which {
    /// A run of the course; without dates the next academic year, with three terms of ten weeks
    Course(New<CourseSaid>),
    /// A student
    Student(New<student::Said>),
    /// A supervisor, of a workplace or of a WRG
    Supervisor(New<supervisor::Said>),
    /// The log of a group, in which no session has been held yet
    Group(New<group::Said>),
    /// The log of a supervision, in which there has been no meeting yet
    Supervision(New<supervision::Said>),
}

/// Writes the record.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    match &args.record {
        Which::Course(new) => new.run(context),
        Which::Student(new) => new.run(context),
        Which::Supervisor(new) => new.run(context),
        Which::Group(new) => new.run(context),
        Which::Supervision(new) => new.run(context),
    }
}

/// What is said of a record that is not there yet.
pub trait Said: ClapArgs {
    /// What kind of record it is.
    const KIND: RecordKind;

    /// Whether something is not said without which there is no such record.
    fn is_incomplete(&self) -> bool;

    /// The record, after asking for what is not said. `session` is the folder as somebody who is asked sees it.
    fn ask(&self, asking: &mut Asking<'_>, id: &str, session: &RecordingSession) -> anyhow::Result<Fresh>;
}

#[derive(Debug, ClapArgs)]
struct New<S: ClapArgs + Debug> {
    /// The id, such as exeter-2025 or mina-holt: the name of the file without its ending
    #[arg(value_name = "ID", value_parser = id)]
    id: String,

    #[command(flatten)]
    said: S,

    #[command(flatten)]
    options: RecordingOptions,
}

impl<S: Said + Debug> New<S> {
    fn run(&self, context: &mut Context<'_>) -> anyhow::Result<Ending> {
        let session;
        let record;
        if self.said.is_incomplete() && context.is_somebody_there {
            // Somebody who is asked may take their time: the folder is locked after that.
            let seen = self.options.look(context)?;
            seen.must_be_new(S::KIND, &self.id)?;
            let (mut answers, mut questions) = Surroundings::terminal();
            record = self.said.ask(&mut Asking::of(&mut answers, &mut questions), &self.id, &seen)?;
            session = self.options.open(context)?;
        } else {
            session = self.options.open(context)?;
            record = self.said.ask(&mut Asking::nobody(), &self.id, &session)?;
        }
        finish(&session, session.add(&[(self.id.clone(), record)]), context)
    }
}

/// More ids than this are not shown with a question.
const MOST_SHOWN: usize = 12;

/// A question with what the answer can be.
fn among<'w>(asks: &str, choices: impl ExactSizeIterator<Item = &'w str>) -> String {
    let more = if choices.len() > MOST_SHOWN { ", and others" } else { "" };
    let choices: Vec<_> = choices.take(MOST_SHOWN).map(visible).collect();
    format!("{asks} ({}{more})", choices.join(", "))
}

/// A question with the words of which one is the answer.
fn among_words<T: Copy>(asks: &str, all: &[T], word: impl Fn(T) -> &'static str) -> String {
    among(asks, all.iter().map(|one| word(*one)))
}

/// A question with the ids of which one is the answer.
fn among_ids<T>(asks: &str, entries: &[Entry<T>]) -> String {
    among(asks, entries.iter().map(|entry| entry.id.raw()))
}

/// Takes an answer that is the id of such a record.
fn known_id<T: Identified>(records: &Records) -> impl Fn(&str) -> Result<Text, String> {
    move |answer| match by_id(T::all(records), answer, T::KIND.word(), "name one that is there") {
        Ok(entry) => Ok(entry.id.clone()),
        Err(error) => Err(format!("{error}; {}", error.help().unwrap_or_default())),
    }
}

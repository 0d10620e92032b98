//! `gwp new`: a record that is not there yet.

mod course;
mod question;

use clap::{ArgMatches, Args as ClapArgs, Command, FromArgMatches, Subcommand};
use gwp::amend::Fresh;
use gwp::recording::RecordingSession;
use gwp::records::shape::Table;
use gwp::records::{LogKind, RecordKind};
use serde_json::{Map, Value as Json};

use super::Ending;
use super::asking::Asking;
use super::context::Context;
use super::help::examples;
use super::recording::{RecordingOptions, finish};
use super::surroundings::Surroundings;
use super::value_parsers::id;
use question::Otherwise::{LastCourse, LeftOut, Needed, Word};
use question::{Item, Question, items};

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

/// A kind of record, and what is asked about a new one. Its other keys are options that nobody is asked for.
struct Kind {
    word: &'static str,
    about: &'static str,
    record: RecordKind,
    keys: fn() -> &'static Table,
    questions: &'static [Question],
    fresh: fn(Json) -> serde_json::Result<Fresh>,
}

static KINDS: [Kind; 4] = [
    Kind {
        word: "student",
        about: "A student",
        record: RecordKind::Student,
        keys: || Table::of_kind(RecordKind::Student),
        questions: &[
            Question::new("name", "The student's name", Needed),
            Question::new("course", "The course", LastCourse),
            Question::new("email", "The email address", LeftOut("none")),
        ],
        fresh: |said| serde_json::from_value(said).map(Fresh::Student),
    },
    Kind {
        word: "supervisor",
        about: "A supervisor, of a workplace or of a WRG",
        record: RecordKind::Supervisor,
        keys: || Table::of_kind(RecordKind::Supervisor),
        questions: &[
            Question::new("name", "The supervisor's name", Needed),
            Question::new("email", "The email address", LeftOut("none")),
            Question::new("group_analyst", "A group analyst", LeftOut("no")),
            Question::new("registrations.body", "The register", LeftOut("none yet")).with_option("registered"),
            Question::new("registrations.number", "The number in the register", LeftOut("not known yet"))
                .with_option("number"),
            Question::unasked("registrations.checked").with_option("checked"),
            Question::unasked("registrations.expires").with_option("expires"),
        ],
        fresh: |said| serde_json::from_value(said).map(Fresh::Supervisor),
    },
    Kind {
        word: "group",
        about: "The log of a group, in which no session has been held yet",
        record: RecordKind::Session,
        keys: || Table::of_log(LogKind::Group),
        questions: &[
            Question::new("title", "What the group is called", Needed),
            Question::new("organisation", "The organisation in which it takes place", LeftOut("left open")),
            Question::new("setting", "The setting", Needed),
            Question::new("aim", "The aim", Needed),
            Question::new("frequency", "How often it meets", Word("weekly")),
            Question::new("conductors", "The students who conduct it, separated by commas", LeftOut("none yet"))
                .with_option("conductor"),
        ],
        fresh: |said| serde_json::from_value(said).map(Fresh::Group),
    },
    Kind {
        word: "supervision",
        about: "The log of a supervision, in which there has been no meeting yet",
        record: RecordKind::Session,
        keys: || Table::of_log(LogKind::Supervision),
        questions: &[
            Question::new("supervisor", "The id of the supervisor", Needed),
            Question::new(
                "supervisees",
                "The id of a student who is supervised, or several separated by commas",
                Needed,
            )
            .with_option("supervisee"),
            Question::new("mode", "How it takes place", Word("face-to-face")),
        ],
        fresh: |said| serde_json::from_value(said).map(Fresh::Supervision),
    },
];

/// The new record that was named, and what was said of it.
#[derive(Debug)]
struct Which {
    id: String,
    said: WhatSaid,
    options: RecordingOptions,
}

#[derive(Debug)]
enum WhatSaid {
    Course(CourseSaid),
    /// The position of the kind, and what was said about each of its items.
    Other(usize, Vec<Option<Json>>),
}

/// What is added to the help of a new course.
const ABOUT_COURSE: &str = "A run of the course; without dates the next academic year, with three terms of ten weeks";

impl Kind {
    fn items(&self) -> Vec<Item> {
        items((self.keys)(), self.questions)
    }
}

/// The id of the new record, as the first argument.
#[derive(Debug, ClapArgs)]
struct Id {
    /// The id, such as exeter-2025 or mina-holt: the name of the file without its ending
    #[arg(value_name = "ID", value_parser = id)]
    id: String,
}

impl Subcommand for Which {
    fn augment_subcommands(command: Command) -> Command {
        let course = CourseSaid::augment_args(Id::augment_args(Command::new("course"))).about(ABOUT_COURSE);
        let others = KINDS.iter().map(|kind| {
            let command = Id::augment_args(Command::new(kind.word).about(kind.about));
            command.args(kind.items().iter().map(Item::arg))
        });
        let all = [course].into_iter().chain(others).map(RecordingOptions::augment_args);
        command.subcommand_required(true).arg_required_else_help(true).subcommands(all)
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        name == "course" || KINDS.iter().any(|kind| kind.word == name)
    }
}

impl FromArgMatches for Which {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let (name, matches) = matches.subcommand().unwrap_or(("", matches));
        let said = match KINDS.iter().position(|kind| kind.word == name) {
            Some(position) => {
                WhatSaid::Other(position, KINDS[position].items().iter().map(|item| item.said(matches)).collect())
            }
            None => WhatSaid::Course(CourseSaid::from_arg_matches(matches)?),
        };
        let (Id { id }, options) = (Id::from_arg_matches(matches)?, RecordingOptions::from_arg_matches(matches)?);
        Ok(Self { id, said, options })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Writes the record.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let Which { id, said, options } = &args.record;
    let session;
    let record;
    if said.is_incomplete() && context.is_somebody_there {
        // Somebody who is asked may take their time: the folder is locked after that.
        let seen = options.look(context)?;
        seen.must_be_new(said.kind(), id)?;
        let (mut answers, mut questions) = Surroundings::terminal();
        record = said.ask(&mut Asking::of(&mut answers, &mut questions), id, &seen)?;
        session = options.open(context)?;
    } else {
        session = options.open(context)?;
        record = said.ask(&mut Asking::nobody(), id, &session)?;
    }
    finish(&session, session.add(&[(id.clone(), record)]), context)
}

impl WhatSaid {
    fn kind(&self) -> RecordKind {
        match self {
            Self::Course(_) => RecordKind::Course,
            Self::Other(position, _) => KINDS[*position].record,
        }
    }

    /// Whether something is not said without which there is no such record.
    fn is_incomplete(&self) -> bool {
        match self {
            Self::Course(said) => said.is_incomplete(),
            Self::Other(position, said) => {
                KINDS[*position].items().iter().zip(said).any(|(item, said)| item.is_needed() && said.is_none())
            }
        }
    }

    /// The record, after asking for what is not said. `session` is the folder as somebody who is asked sees it.
    fn ask(&self, asking: &mut Asking<'_>, id: &str, session: &RecordingSession) -> anyhow::Result<Fresh> {
        let (kind, said) = match self {
            Self::Course(said) => return said.ask(asking, id, session),
            Self::Other(position, said) => (&KINDS[*position], said),
        };
        let (records, items) = (&session.before.case.records, kind.items());
        for item in items.iter().filter(|_| asking.is_somebody()) {
            item.must_have_choice(records)?;
        }
        let mut record = Map::new();
        for (item, said) in items.iter().zip(said) {
            item.ask(&mut record, said.as_ref(), asking, session)?;
        }
        for field in (kind.keys)().fields.iter().filter(|field| field.required) {
            let open = match field.key.as_str() {
                "kind" => kind.word.into(),
                _ if field.is_list() => Json::Array(Vec::new()),
                _ => "".into(),
            };
            record.entry(field.key.as_str()).or_insert(open);
        }
        let mut fresh = (kind.fresh)(record.into())?;
        if let Fresh::Supervisor(supervisor) = &mut fresh {
            for registration in &mut supervisor.registrations {
                registration.body = session.register(&registration.body);
            }
        }
        Ok(fresh)
    }
}

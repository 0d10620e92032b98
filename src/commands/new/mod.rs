//! `gwp new`: a record that is not there yet.

mod course;
mod id;
mod question;

use anyhow::bail;
use clap::{ArgMatches, Args as ClapArgs, Command, FromArgMatches, Subcommand};
use gwp::amend::Fresh;
use gwp::recording::RecordingSession;
use gwp::records::shape::Table;
use gwp::records::{LogKind, RecordKind};
use gwp::text::Text;
use serde_json::{Map, Value as Json};

use super::Ending;
use super::asking::{Asking, with_choices};
use super::context::Context;
use super::help::examples;
use super::recording::{RecordingOptions, finish, must_be_usual};
use super::surroundings::Surroundings;
use super::value_parsers::one_of;
use super::whom::said_or_asked;
use id::{Id, free_id, of_supervision};
use question::Otherwise::{CourseStart, LastCourse, LeftOut, Needed, Word};
use question::{Item, Question, items};

pub use course::CourseSaid;

/// Write a new record: of a course, a student, a supervisor, a group or a supervision.
///
/// At a terminal the command asks for what is missing.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp new student \"Mina Holt\"", "gwp new supervisor \"Clare Benning\""]))]
pub struct Args {
    #[command(subcommand)]
    record: Option<Which>,
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
            Question::new("wrg.supervisor", "The WRG supervisor", LeftOut("not known yet"))
                .with_option("wrg-supervisor"),
            Question::new("wrg.from", "The first day in the WRG", CourseStart).with_option("wrg-from"),
            Question::new(
                "insurance.from",
                "The first day of the indemnity insurance that you have seen",
                LeftOut("none seen yet"),
            )
            .with_option("insurance-from"),
            Question::new("insurance.until", "The last day of that insurance", LeftOut("it goes on"))
                .with_option("insurance-until"),
            Question::new("insurance.kind", "Whose insurance it is", LeftOut("not said")).with_option("insurance"),
            Question::new("form1.submitted", "The day on which GWP Form 1 came", LeftOut("not yet"))
                .with_option("form1"),
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
            Question::new("registrations.checked", "The day on which you looked it up there", LeftOut("not yet"))
                .with_option("checked"),
            Question::new("registrations.expires", "The last day of the registration", LeftOut("it goes on"))
                .with_option("expires"),
            Question::new("cv_received", "The day on which the CV came", LeftOut("not yet")),
            Question::new(
                "group_supervision_experience",
                "Experience of supervising group work",
                LeftOut("not known yet"),
            ),
            Question::new(
                "assessed",
                "The day on which the Course Director judged that experience suitable",
                LeftOut("not yet"),
            ),
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
            Question::new("keeps_terms", "Does it pause between the course's terms", LeftOut("no")),
        ],
        fresh: |said| serde_json::from_value(said).map(Fresh::Group),
    },
    Kind {
        word: "supervision",
        about: "The log of a supervision, in which there has been no meeting yet",
        record: RecordKind::Session,
        keys: || Table::of_log(LogKind::Supervision),
        questions: &[
            Question::new("supervisor", "The supervisor", Needed),
            Question::new("supervisees", "The student who is supervised, or several separated by commas", Needed)
                .with_option("supervisee"),
            Question::new("mode", "How it takes place", Word("face-to-face")),
        ],
        fresh: |said| serde_json::from_value(said).map(Fresh::Supervision),
    },
];

/// The new record that was named, and what was said of it.
#[derive(Debug)]
struct Which {
    id: Id,
    said: WhatSaid,
    options: RecordingOptions,
}

#[derive(Clone, Debug)]
enum WhatSaid {
    Course(CourseSaid),
    /// The position of the kind, and what was said about each of its items.
    Other(usize, Vec<Option<Json>>),
}

/// What is added to the help of a new course.
const ABOUT_COURSE: &str =
    "A run of the course; without dates the academic year that runs or comes next, with three terms of ten weeks";

impl Kind {
    fn items(&self) -> Vec<Item> {
        items((self.keys)(), self.questions)
    }

    /// The position of what such a record is called among its items.
    fn name(&self) -> Option<usize> {
        self.items().iter().position(|item| item.is_key("name") || item.is_key("title"))
    }
}

impl Subcommand for Which {
    fn augment_subcommands(command: Command) -> Command {
        let course = CourseSaid::augment_args(Id::augment_args(Command::new(COURSE))).about(ABOUT_COURSE);
        let others = KINDS.iter().map(|kind| {
            let command = Id::augment_args(Command::new(kind.word).about(kind.about));
            command.args(kind.items().iter().map(Item::arg))
        });
        let all = [course].into_iter().chain(others).map(RecordingOptions::augment_args);
        command.subcommands(all)
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        name == COURSE || KINDS.iter().any(|kind| kind.word == name)
    }
}

/// The word of a course; those of the others stand with them.
const COURSE: &str = "course";

impl Which {
    /// The words of the kinds of record that can be written.
    fn words() -> Vec<&'static str> {
        [COURSE].into_iter().chain(KINDS.iter().map(|kind| kind.word)).collect()
    }

    fn kind(typed: &str) -> Result<&'static str, String> {
        one_of(typed, &Self::words(), |word| word)
    }

    /// A record of a kind of which nothing is said yet.
    fn of_kind(kind: &str) -> Result<Self, clap::Error> {
        let command = Self::augment_subcommands(Command::new("new"));
        Self::from_arg_matches(&command.try_get_matches_from(["new", kind])?)
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
        let (id, options) = (Id::from_arg_matches(matches)?, RecordingOptions::from_arg_matches(matches)?);
        Ok(Self { id, said, options })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Writes the record.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let asked;
    let record = if let Some(record) = &args.record {
        record
    } else {
        let asks = with_choices("What is new", Which::words().into_iter());
        let kind = said_or_asked(None, &asks, "gwp new student \"Mina Holt\"", context, Which::kind)?;
        asked = Which::of_kind(kind)?;
        &asked
    };
    let Which { id, said, options } = record;
    let is_all_said = !said.is_incomplete() && !id.is_name_alone(said);
    let said = id.with_name(said)?;
    let session;
    let new;
    if !is_all_said && context.is_somebody_there {
        // Somebody who is asked may take their time: the folder is locked after that.
        let seen = options.look(context)?;
        let (mut answers, mut questions) = Surroundings::terminal();
        new = said.settled(id, &mut Asking::of(&mut answers, &mut questions), &seen)?;
        must_be_usual(Some(&seen), context, |seen| Ok(seen.add(std::slice::from_ref(&new))?))?;
        session = options.open(context)?;
        session.was_named(&seen);
    } else {
        session = options.open(context)?;
        new = said.settled(id, &mut Asking::nobody(), &session)?;
    }
    finish(&session, session.add(&[new]), context)
}

impl WhatSaid {
    fn kind(&self) -> RecordKind {
        match self {
            Self::Course(_) => RecordKind::Course,
            Self::Other(position, _) => KINDS[*position].record,
        }
    }

    /// Whether anything is said.
    fn is_any(&self) -> bool {
        match self {
            Self::Course(said) => said.is_any(),
            Self::Other(_, said) => said.iter().any(Option::is_some),
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

    /// The id and the record, after asking for what is not said.
    fn settled(
        mut self,
        id: &Id,
        asking: &mut Asking<'_>,
        session: &RecordingSession,
    ) -> anyhow::Result<(String, Fresh)> {
        self.must_have_choices(asking, session)?;
        let kind = self.kind();
        let known = if let Some(id) = id.said()? {
            session.must_be_new(kind, &id)?;
            Some(id)
        } else {
            self.ask_name(asking)?;
            let named = self.name().or(id.name());
            named.map(|name| free_id(&name, kind, asking, session)).transpose()?
        };
        let record = self.ask(asking, known.as_deref().unwrap_or_default(), session)?;
        let id = match (known, &record) {
            (Some(id), _) => id,
            (None, Fresh::Supervision(log)) => free_id(&of_supervision(log), kind, asking, session)?,
            (None, _) => bail!("the record needs an id; say it with --id"),
        };
        Ok((id, record))
    }

    /// What the record is called, where that is said.
    fn name(&self) -> Option<String> {
        match self {
            Self::Course(said) => said.name.as_ref().map(|name| name.raw().to_owned()),
            Self::Other(position, said) => {
                let at = KINDS[*position].name()?;
                Some(said.get(at)?.as_ref()?.as_str()?.to_owned())
            }
        }
    }

    /// Says what it is called; false where such a record has no name.
    fn set_name(&mut self, name: &str) -> bool {
        match self {
            Self::Course(said) => said.name = Some(Text::new(name)),
            Self::Other(position, said) => {
                let Some(place) = KINDS[*position].name().and_then(|at| said.get_mut(at)) else { return false };
                *place = Some(name.into());
            }
        }
        true
    }

    /// Asks what it is called, where the record has a name and none is said.
    fn ask_name(&mut self, asking: &mut Asking<'_>) -> anyhow::Result<()> {
        let (asks, option) = match self {
            Self::Course(_) => (course::NAME, "--name"),
            Self::Other(position, _) => {
                let items = KINDS[*position].items();
                let Some(at) = KINDS[*position].name() else { return Ok(()) };
                (items[at].asks(), if items[at].is_key("name") { "--name" } else { "--title" })
            }
        };
        if self.name().is_none() {
            let name = asking.text(None, option, asks)?;
            self.set_name(name.raw());
        }
        Ok(())
    }

    /// An error where a record that is needed is not there yet, before somebody is asked in vain.
    fn must_have_choices(&self, asking: &Asking<'_>, session: &RecordingSession) -> anyhow::Result<()> {
        let Self::Other(position, _) = self else { return Ok(()) };
        let items = KINDS[*position].items();
        let mut asked = items.iter().filter(|_| asking.is_somebody());
        asked.try_for_each(|item| item.must_have_choice(&session.before.case.records))
    }

    /// The record, after asking for what is not said. `session` is the folder as somebody who is asked sees it.
    fn ask(&self, asking: &mut Asking<'_>, id: &str, session: &RecordingSession) -> anyhow::Result<Fresh> {
        let (kind, said) = match self {
            Self::Course(said) => return said.ask(asking, id, session),
            Self::Other(position, said) => (&KINDS[*position], said),
        };
        let items = kind.items();
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

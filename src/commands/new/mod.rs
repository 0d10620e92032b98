//! `gwp new`: a record that is not there yet.

mod course;

use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use clap::{Args as ClapArgs, Subcommand};
use gwp::amend::Fresh;
use gwp::calendar::Day;
use gwp::case::{Entry, Records};
use gwp::records::{
    Aim, Course, Frequency, GroupKind, GroupLog, Mode, RecordKind, Registration, Setting, Student, SupervisionKind,
    SupervisionLog, SupervisionType, Supervisor,
};
use gwp::text::{Text, visible};

use super::Ending;
use super::keeping::asking::{Asking, several, yes_or_no};
use super::keeping::{Desk, Keeping, day, id, one_of, some_text, the};
use super::surroundings::Surroundings;

pub use course::CourseSaid;

/// Write a new record: of a course, a student, a supervisor, a group or a supervision.
///
/// What is not said and cannot be done without is asked for, where there is somebody at a terminal to ask.
#[derive(Debug, ClapArgs)]
pub struct Args {
    #[command(subcommand)]
    record: Which,
}

#[derive(Debug, Subcommand)]
enum Which {
    Course(OfCourse),
    Student(OfStudent),
    Supervisor(OfSupervisor),
    Group(OfGroup),
    Supervision(OfSupervision),
}

/// A run of the course; without dates the next academic year, with three terms of ten weeks
#[derive(Debug, ClapArgs)]
struct OfCourse {
    /// The id, such as exeter-2025
    #[arg(value_name = "ID", value_parser = id)]
    id: String,

    #[command(flatten)]
    said: CourseSaid,

    #[command(flatten)]
    keeping: Keeping,
}

/// A student
#[derive(Debug, ClapArgs)]
struct OfStudent {
    /// The id, such as mina-holt
    #[arg(value_name = "ID", value_parser = id)]
    id: String,

    /// The student's name; needed, and asked for at a terminal
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// The id of the course; else the one that starts last
    #[arg(long, value_name = "ID")]
    course: Option<String>,

    /// Where reminders go
    #[arg(long, value_name = "EMAIL", value_parser = some_text)]
    email: Option<String>,

    /// The day of joining, where that is not the course's start
    #[arg(long, value_name = "DATE", value_parser = day)]
    joined: Option<Day>,

    #[command(flatten)]
    keeping: Keeping,
}

/// A supervisor, of a workplace or of a WRG
#[derive(Debug, ClapArgs)]
struct OfSupervisor {
    /// The id, such as clare-benning
    #[arg(value_name = "ID", value_parser = id)]
    id: String,

    /// The supervisor's name; needed, and asked for at a terminal
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Where reminders go
    #[arg(long, value_name = "EMAIL", value_parser = some_text)]
    email: Option<String>,

    /// The supervisor is a group analyst
    #[arg(long)]
    group_analyst: bool,

    /// The register that the supervisor is on, such as UKCP or BACP
    #[arg(long, value_name = "REGISTER", value_parser = some_text)]
    registered: Option<String>,

    /// The number in the register
    #[arg(long, value_name = "NUMBER", requires = "registered", value_parser = some_text)]
    number: Option<String>,

    /// The day on which somebody checked the registration
    #[arg(long, value_name = "DATE", requires = "registered", value_parser = day)]
    checked: Option<Day>,

    /// The last day of the registration
    #[arg(long, value_name = "DATE", requires = "registered", value_parser = day)]
    expires: Option<Day>,

    #[command(flatten)]
    keeping: Keeping,
}

/// The log of a group, in which no session has been held yet
#[derive(Debug, ClapArgs)]
struct OfGroup {
    /// The id, such as tuesday-group
    #[arg(value_name = "ID", value_parser = id)]
    id: String,

    /// What the group is called; needed, and asked for at a terminal
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,

    /// The organisation in which it takes place
    #[arg(long, value_name = "TEXT", value_parser = some_text)]
    organisation: Option<String>,

    /// What kind of organisation that is, such as health or voluntary; needed, and asked for at a terminal
    #[arg(long, value_name = "WORD", value_parser = setting)]
    setting: Option<Setting>,

    /// What the group is for: therapeutic, clinical, personal-development or other; needed, and asked for at a terminal
    #[arg(long, value_name = "WORD", value_parser = aim)]
    aim: Option<Aim>,

    /// How often it meets: weekly, fortnightly, monthly or other; else weekly
    #[arg(long, value_name = "WORD", value_parser = frequency)]
    frequency: Option<Frequency>,

    /// The id of a student who conducts it; can be given several times
    #[arg(long, value_name = "ID")]
    conductor: Vec<String>,

    #[command(flatten)]
    keeping: Keeping,
}

/// The log of a supervision, in which there has been no meeting yet
#[derive(Debug, ClapArgs)]
struct OfSupervision {
    /// The id, such as supervision-benning
    #[arg(value_name = "ID", value_parser = id)]
    id: String,

    /// The id of the supervisor; needed, and asked for at a terminal
    #[arg(long, value_name = "ID")]
    supervisor: Option<String>,

    /// The id of a student who is supervised; can be given several times; needed, and asked for at a terminal
    #[arg(long, value_name = "ID")]
    supervisee: Vec<String>,

    /// How it takes place: face-to-face, telephone or video; else face-to-face
    #[arg(long, value_name = "MODE", value_parser = mode)]
    mode: Option<Mode>,

    #[command(flatten)]
    keeping: Keeping,
}

fn frequency(word: &str) -> Result<Frequency, String> {
    one_of(word, &Frequency::ALL, Frequency::word)
}

fn setting(word: &str) -> Result<Setting, String> {
    one_of(word, &Setting::ALL, Setting::word)
}

fn aim(word: &str) -> Result<Aim, String> {
    one_of(word, &Aim::ALL, Aim::word)
}

fn mode(word: &str) -> Result<Mode, String> {
    one_of(word, &Mode::ALL, Mode::word)
}

/// Writes the record.
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let record = &args.record;
    let asks = record.is_incomplete() && surroundings.is_somebody_there;
    let (mut answers, mut questions) = Surroundings::terminal();
    let mut asking = if asks { Asking::of(&mut answers, &mut questions) } else { Asking::nobody() };
    // Somebody who is asked may take their time: the folder is locked after that.
    let seen = asks.then(|| Desk::open(&record.keeping().looking(), change, surroundings)).transpose()?;
    if let Some(seen) = &seen {
        seen.must_be_new(record.kind(), record.id())?;
    }
    let known = seen.as_ref().map(|desk| &desk.opened.case.records);
    let mut fresh = match record {
        Which::Course(args) => args.said.fresh(&mut asking, &args.id, surroundings.today)?,
        Which::Student(args) => args.fresh(&mut asking, known)?,
        Which::Supervisor(args) => args.fresh(&mut asking)?,
        Which::Group(args) => args.fresh(&mut asking, known)?,
        Which::Supervision(args) => args.fresh(&mut asking, known)?,
    };
    let desk = Desk::open(record.keeping(), change, surroundings)?;
    if let Which::Supervisor(OfSupervisor { checked: Some(day), .. }) = record {
        desk.must_have_come(*day, "--checked", surroundings.today)?;
    }
    if let Fresh::Student(student) = &mut fresh
        && student.course.is_blank()
    {
        student.course = Text::new(last_course(&desk.opened.case.records)?);
    }
    desk.add(&[(record.id().to_owned(), fresh)], out)
}

/// The id of the course that starts last.
fn last_course(records: &Records) -> anyhow::Result<&str> {
    let starts = |course: &Course| course.starts;
    let last = records.courses.iter().max_by_key(|entry| entry.record.as_deref().map(starts));
    Ok(last.context("there is no course yet; write one with \"gwp new course\"")?.id.raw())
}

impl Which {
    fn keeping(&self) -> &Keeping {
        match self {
            Self::Course(args) => &args.keeping,
            Self::Student(args) => &args.keeping,
            Self::Supervisor(args) => &args.keeping,
            Self::Group(args) => &args.keeping,
            Self::Supervision(args) => &args.keeping,
        }
    }

    fn id(&self) -> &str {
        match self {
            Self::Course(args) => &args.id,
            Self::Student(args) => &args.id,
            Self::Supervisor(args) => &args.id,
            Self::Group(args) => &args.id,
            Self::Supervision(args) => &args.id,
        }
    }

    fn kind(&self) -> RecordKind {
        match self {
            Self::Course(_) => RecordKind::Course,
            Self::Student(_) => RecordKind::Student,
            Self::Supervisor(_) => RecordKind::Supervisor,
            Self::Group(_) | Self::Supervision(_) => RecordKind::Session,
        }
    }

    /// Whether something is not said without which there is no such record.
    fn is_incomplete(&self) -> bool {
        match self {
            Self::Course(args) => args.said.is_incomplete(),
            Self::Student(args) => args.name.is_none(),
            Self::Supervisor(args) => args.name.is_none(),
            Self::Group(args) => args.title.is_none() || args.setting.is_none() || args.aim.is_none(),
            Self::Supervision(args) => args.supervisor.is_none() || args.supervisee.is_empty(),
        }
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

/// The same for one of a list of words.
fn words<T: Copy>(asks: &str, all: &[T], word: impl Fn(T) -> &'static str) -> String {
    among(asks, all.iter().map(|one| word(*one)))
}

fn ids<T>(entries: &[Entry<T>]) -> impl ExactSizeIterator<Item = &str> + Clone {
    entries.iter().map(|entry| entry.id.raw())
}

/// Takes an answer that is one of these ids.
fn one_of_ids<'e, T>(entries: &'e [Entry<T>], kind: &'e str) -> impl Fn(&str) -> Result<String, String> + 'e {
    move |answer| match the(entries, answer, kind, "name one that is there") {
        Ok(_) => Ok(answer.to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn texts(ids: &[String]) -> Vec<Text> {
    ids.iter().map(|id| Text::new(id.as_str())).collect()
}

impl OfStudent {
    /// The student; without a course where none was said and nobody is asked.
    fn fresh(&self, asking: &mut Asking<'_>, known: Option<&Records>) -> anyhow::Result<Fresh> {
        // Without a course there is nobody to ask about.
        let last = known.map(last_course).transpose()?;
        let name = asking.text(self.name.as_ref(), "--name", "The student's name")?;
        let mut course = self.course.clone();
        if let (Some(known), Some(last)) = (known, last) {
            let (asks, is_known) = (among("The course", ids(&known.courses)), one_of_ids(&known.courses, "course"));
            course = Some(asking.or_else(course, &asks, (last.to_owned(), last), is_known)?);
        }
        let email = asking.optional(self.email.as_ref(), "The email address", "none")?;
        Ok(Fresh::Student(Student {
            email: email.map(Text::new),
            joined: self.joined,
            ..Student::new(Text::new(name), Text::new(course.unwrap_or_default()))
        }))
    }
}

impl OfSupervisor {
    fn fresh(&self, asking: &mut Asking<'_>) -> anyhow::Result<Fresh> {
        let name = asking.text(self.name.as_ref(), "--name", "The supervisor's name")?;
        let email = asking.optional(self.email.as_ref(), "The email address", "none")?;
        let analyst = self.group_analyst.then_some(true);
        let group_analyst = asking.or_else(analyst, "A group analyst (yes, no)", (false, "no"), yes_or_no)?;
        let register = "The register, such as UKCP or BACP";
        let register = asking.optional(self.registered.as_ref(), register, "none yet")?;
        let mut number = self.number.clone();
        if register.is_some() {
            let asks = "The number in the register";
            number = asking.optional(number.as_ref(), asks, "not known yet")?;
        }
        let registration = register.map(|body| Registration {
            body: Text::new(body),
            number: number.map(Text::new),
            checked: self.checked,
            expires: self.expires,
            notes: None,
        });
        Ok(Fresh::Supervisor(Supervisor {
            email: email.map(Text::new),
            group_analyst,
            registrations: registration.into_iter().collect(),
            ..Supervisor::new(Text::new(name))
        }))
    }
}

impl OfGroup {
    fn fresh(&self, asking: &mut Asking<'_>, known: Option<&Records>) -> anyhow::Result<Fresh> {
        let title = asking.text(self.title.as_ref(), "--title", "What the group is called")?;
        let organisation = "The organisation in which it takes place";
        let organisation = asking.optional(self.organisation.as_ref(), organisation, "left open")?;
        let asks = words("The setting", &Setting::ALL, Setting::word);
        let setting = asking.needed(self.setting, "--setting", &asks, setting)?;
        let asks = words("The aim", &Aim::ALL, Aim::word);
        let aim = asking.needed(self.aim, "--aim", &asks, aim)?;
        let asks = words("How often it meets", &Frequency::ALL, Frequency::word);
        let weekly = (Frequency::Weekly, Frequency::Weekly.word());
        let frequency = asking.or_else(self.frequency, &asks, weekly, frequency)?;
        let mut conductors = self.conductor.clone();
        if let Some(students) = known.map(|known| &known.students).filter(|students| !students.is_empty()) {
            let asks = among("The students who conduct it, separated by commas", ids(students));
            let said = (!conductors.is_empty()).then_some(conductors);
            conductors =
                asking.or_else(said, &asks, (Vec::new(), "none yet"), several(one_of_ids(students, "student")))?;
        }
        Ok(Fresh::Group(GroupLog {
            kind: GroupKind::Group,
            title: Text::new(title),
            organisation: Text::new(organisation.unwrap_or_default()),
            setting,
            aim,
            approach: None,
            frequency,
            membership: None,
            keeps_terms: false,
            conductors: texts(&conductors),
            co_conductor: None,
            breaks: Vec::new(),
            sessions: Vec::new(),
            notes: None,
        }))
    }
}

impl OfSupervision {
    fn fresh(&self, asking: &mut Asking<'_>, known: Option<&Records>) -> anyhow::Result<Fresh> {
        let (supervisors, students) = known.map_or((&[][..], &[][..]), |known| (&known.supervisors, &known.students));
        if asking.is_somebody() && supervisors.is_empty() {
            bail!("there is no supervisor yet; write one with \"gwp new supervisor\"");
        }
        if asking.is_somebody() && students.is_empty() {
            bail!("there is no student yet; write one with \"gwp new student\"");
        }
        let asks = "The id of the supervisor";
        let asks = if asking.is_somebody() { among(asks, ids(supervisors)) } else { asks.to_owned() };
        let is_known = one_of_ids(supervisors, "supervisor");
        let supervisor = asking.needed(self.supervisor.clone(), "--supervisor", &asks, is_known)?;
        let asks = if asking.is_somebody() {
            among("The students who are supervised, separated by commas", ids(students))
        } else {
            "The id of a student who is supervised".to_owned()
        };
        let is_known = several(one_of_ids(students, "student"));
        let said = (!self.supervisee.is_empty()).then(|| self.supervisee.clone());
        let supervisees = asking.needed(said, "--supervisee", &asks, is_known)?;
        let asks = words("How it takes place", &Mode::ALL, Mode::word);
        let mode = asking.or_else(self.mode, &asks, (Mode::FaceToFace, Mode::FaceToFace.word()), mode)?;
        Ok(Fresh::Supervision(SupervisionLog {
            kind: SupervisionKind::Supervision,
            supervisor: Text::new(supervisor),
            supervisees: texts(&supervisees),
            supervision_type: SupervisionType::Clinical,
            format: None,
            mode,
            breaks: Vec::new(),
            sessions: Vec::new(),
            notes: None,
        }))
    }
}

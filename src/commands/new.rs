//! `gwp new`: a record that is not there yet.

use std::io::{self, BufRead as _, IsTerminal as _, Write};
use std::path::Path;

use anyhow::{Context, bail};
use clap::{Args as ClapArgs, Subcommand};
use gwp::amend::{Fresh, next_terms};
use gwp::calendar::Day;
use gwp::records::{
    Aim, Course, Frequency, GroupKind, GroupLog, Mode, Registration, Setting, Student, SupervisionKind, SupervisionLog,
    SupervisionType, Supervisor, Term,
};
use gwp::text::Text;

use super::Ending;
use super::keeping::{Desk, Keeping, day, id, one_of};
use super::surroundings::Surroundings;

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

    /// What it is called; needed, and asked for at a terminal
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,

    /// The Course Director or Convenor; needed, and asked for at a terminal
    #[arg(long, value_name = "NAME")]
    convenor: Option<String>,

    /// Where reminders to the convenor go
    #[arg(long, value_name = "EMAIL")]
    email: Option<String>,

    /// A term, such as Autumn=2025-09-27..2025-12-13; can be given several times
    #[arg(long, value_name = "NAME=FIRST..LAST", value_parser = term)]
    term: Vec<(String, Day, Day)>,

    /// Meetings of the LCC, separated by commas
    #[arg(long, value_name = "DATE", value_delimiter = ',', value_parser = day)]
    lcc_meetings: Vec<Day>,

    /// Deadlines for reports, separated by commas; else those of the edition
    #[arg(long, value_name = "DATE", value_delimiter = ',', value_parser = day)]
    report_deadlines: Vec<Day>,

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
    #[arg(long, value_name = "EMAIL")]
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
    #[arg(long, value_name = "EMAIL")]
    email: Option<String>,

    /// The supervisor is a group analyst
    #[arg(long)]
    group_analyst: bool,

    /// The register that the supervisor is on, such as UKCP or BACP
    #[arg(long, value_name = "REGISTER")]
    registered: Option<String>,

    /// The number in the register
    #[arg(long, value_name = "NUMBER", requires = "registered")]
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
    #[arg(long, value_name = "TEXT", default_value = "")]
    organisation: String,

    /// What kind of organisation that is, such as health or voluntary; needed, and asked for at a terminal
    #[arg(long, value_name = "WORD")]
    setting: Option<String>,

    /// What the group is for: therapeutic, clinical, personal-development or other; needed, and asked for at a terminal
    #[arg(long, value_name = "WORD")]
    aim: Option<String>,

    /// How often it meets: weekly, fortnightly, monthly or other
    #[arg(long, value_name = "WORD", default_value = "weekly", value_parser = frequency)]
    frequency: Frequency,

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

    /// The id of the supervisor
    #[arg(long, value_name = "ID", required = true)]
    supervisor: String,

    /// The id of a student who is supervised; can be given several times
    #[arg(long, value_name = "ID", required = true)]
    supervisee: Vec<String>,

    /// How it takes place: face-to-face, telephone or video
    #[arg(long, value_name = "MODE", default_value = "face-to-face", value_parser = mode)]
    mode: Mode,

    #[command(flatten)]
    keeping: Keeping,
}

fn frequency(word: &str) -> Result<Frequency, String> {
    one_of(word, &Frequency::ALL, Frequency::word)
}

fn mode(word: &str) -> Result<Mode, String> {
    one_of(word, &Mode::ALL, Mode::word)
}

/// Reads `Autumn=2025-09-27..2025-12-13`.
fn term(text: &str) -> Result<(String, Day, Day), String> {
    let parts = text.split_once('=').and_then(|(name, days)| Some((name, days.split_once("..")?)));
    let (name, (first, last)) = parts.ok_or("a term is NAME=FIRST..LAST, such as Autumn=2025-09-27..2025-12-13")?;
    Ok((name.to_owned(), day(first)?, day(last)?))
}

/// Writes the record.
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    // Somebody who is asked may take their time: the folder is locked after that.
    let (keeping, id, mut fresh) = match &args.record {
        Which::Course(args) => (&args.keeping, &args.id, args.fresh(surroundings.today)?),
        Which::Student(args) => (&args.keeping, &args.id, args.fresh()?),
        Which::Supervisor(args) => (&args.keeping, &args.id, args.fresh()?),
        Which::Group(args) => (&args.keeping, &args.id, args.fresh()?),
        Which::Supervision(args) => (&args.keeping, &args.id, args.fresh()),
    };
    let desk = Desk::open(keeping, change, surroundings)?;
    if let Fresh::Student(student) = &mut fresh
        && student.course.is_blank()
    {
        let starts = |course: &Course| course.starts;
        let last = desk.opened.case.records.courses.iter().max_by_key(|entry| entry.record.as_ref().map(starts));
        let last = last.context("there is no course yet; write one with \"gwp new course\"")?;
        student.course = last.id.clone();
    }
    desk.add(&[(id.clone(), fresh)], out)
}

/// What an option says, or else what somebody at the terminal answers.
fn required(said: Option<&String>, option: &str, question: &str) -> anyhow::Result<String> {
    if let Some(said) = said {
        return Ok(said.clone());
    }
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        bail!("{} is needed; say it with {option}", question.to_lowercase());
    }
    write!(anstream::stderr(), "{question}: ")?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    let answer = answer.trim().to_owned();
    if answer.is_empty() {
        bail!("{} is needed", question.to_lowercase());
    }
    Ok(answer)
}

/// The same for one of a list of words.
fn required_word<T: Copy>(
    said: Option<&String>,
    option: &str,
    question: &str,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> anyhow::Result<T> {
    let words: Vec<_> = all.iter().map(|one| word(*one)).collect();
    let question = format!("{question} ({})", words.join(", "));
    let answer = required(said, option, &question)?;
    one_of(&answer, all, word).map_err(|can| anyhow::anyhow!("{option}: {can}"))
}

impl OfCourse {
    /// The course that was asked for, as seen from a day.
    fn fresh(&self, today: Day) -> anyhow::Result<Fresh> {
        let name = required(self.name.as_ref(), "--name", "The course's name")?;
        let convenor = required(self.convenor.as_ref(), "--convenor", "The convenor's name")?;
        let mut terms = self.term.clone();
        if terms.is_empty() {
            terms = next_terms(today).into_iter().map(|(name, first, last)| (name.to_owned(), first, last)).collect();
        }
        let (starts, ends) = (terms.iter().map(|term| term.1).min(), terms.iter().map(|term| term.2).max());
        let term = |(name, starts, ends): (String, Day, Day)| Term { name: Text::new(name), starts, ends, notes: None };
        Ok(Fresh::Course(Course {
            name: Text::new(name),
            convenor: Text::new(convenor),
            email: self.email.as_deref().map(Text::new),
            starts: starts.unwrap_or(today),
            ends: ends.unwrap_or(today),
            lcc_meetings: self.lcc_meetings.clone(),
            report_deadlines: self.report_deadlines.clone(),
            terms: terms.into_iter().map(term).collect(),
            notes: None,
        }))
    }
}

impl OfStudent {
    /// The student; without a course where none was said.
    fn fresh(&self) -> anyhow::Result<Fresh> {
        let name = required(self.name.as_ref(), "--name", "The student's name")?;
        let course = self.course.as_deref().unwrap_or_default();
        Ok(Fresh::Student(Student {
            email: self.email.as_deref().map(Text::new),
            joined: self.joined,
            ..Student::new(Text::new(name), Text::new(course))
        }))
    }
}

impl OfSupervisor {
    fn fresh(&self) -> anyhow::Result<Fresh> {
        let name = required(self.name.as_ref(), "--name", "The supervisor's name")?;
        let registration = self.registered.as_deref().map(|body| Registration {
            body: Text::new(body),
            number: self.number.as_deref().map(Text::new),
            checked: self.checked,
            expires: self.expires,
            notes: None,
        });
        Ok(Fresh::Supervisor(Supervisor {
            email: self.email.as_deref().map(Text::new),
            group_analyst: self.group_analyst,
            registrations: registration.into_iter().collect(),
            ..Supervisor::new(Text::new(name))
        }))
    }
}

impl OfGroup {
    fn fresh(&self) -> anyhow::Result<Fresh> {
        let title = required(self.title.as_ref(), "--title", "What the group is called")?;
        let setting = required_word(self.setting.as_ref(), "--setting", "The setting", &Setting::ALL, Setting::word)?;
        let aim = required_word(self.aim.as_ref(), "--aim", "The aim", &Aim::ALL, Aim::word)?;
        Ok(Fresh::Group(GroupLog {
            kind: GroupKind::Group,
            title: Text::new(title),
            organisation: Text::new(self.organisation.as_str()),
            setting,
            aim,
            approach: None,
            frequency: self.frequency,
            membership: None,
            keeps_terms: false,
            conductors: self.conductor.iter().map(|id| Text::new(id.as_str())).collect(),
            co_conductor: None,
            breaks: Vec::new(),
            sessions: Vec::new(),
            notes: None,
        }))
    }
}

impl OfSupervision {
    fn fresh(&self) -> Fresh {
        Fresh::Supervision(SupervisionLog {
            kind: SupervisionKind::Supervision,
            supervisor: Text::new(self.supervisor.as_str()),
            supervisees: self.supervisee.iter().map(|id| Text::new(id.as_str())).collect(),
            supervision_type: SupervisionType::Clinical,
            format: None,
            mode: self.mode,
            breaks: Vec::new(),
            sessions: Vec::new(),
            notes: None,
        })
    }
}

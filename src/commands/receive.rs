//! `gwp receive`: a form about a student arrived.

use anyhow::bail;
use clap::{ArgMatches, Args as ClapArgs, Command, FromArgMatches};
use gwp::Folder;
use gwp::amend::Event;
use gwp::calendar::Day;
use gwp::edition::Code;
use gwp::meeting::unless_none;
use gwp::recording::{ReceivedReport, RecordingError};
use gwp::records::{Competencies, Form, Rating, Report, Student};
use gwp::text::{SaidDay, Text, capitalised};

use super::Ending;
use super::asking::{Asking, on_which_day};
use super::context::Context;
use super::fact::{About, Fact, FactCommand, Happened, ID};
use super::help::examples;
use super::receive_form::AnsweredArgs;
use super::value_parsers::{day, some_text};

/// Record a form that arrived: the application, or a report.
///
/// Say with --due which deadline a report answers. If you leave it out and only one fits, the command takes that one:
/// one that had passed when the report arrived, or one at most two months ahead. If you leave out --by, the report
/// comes from whoever owes it, or from the student's supervisor at the time. If a report of this form, day and writer
/// is recorded already, the command adds what it lacks.
///
/// The nine ratings of GWP Form 2 stand in one word, as the tables show them. At a terminal the command asks for them.
/// If somebody filled in a form of "gwp form", save the message as a file and give it with --from.
#[derive(Clone, Debug, ClapArgs)]
#[command(after_help = examples(&[
    "gwp receive alex-moran form1 --on 2025-09-30",
    "gwp receive alex-moran GWP2 --ratings CCDCCD-CC",
    "gwp receive alex-moran GWP2 --all competent --except context=developing",
    "gwp receive --from answer.eml",
]))]
pub struct Args {
    /// The form: form1, GWP2, WRG2 or GWP3
    #[arg(index = 2, value_name = "FORM", value_parser = paper)]
    form: Option<Paper>,

    /// The deadline that it answers, or none
    #[arg(long, value_name = "DATE", value_parser = due)]
    due: Option<Due>,

    /// The day on which it arrived; else today, or with --from the day of the message
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<SaidDay>,

    /// Who wrote it: a supervisor by id or name, for GWP3 the line manager's name
    #[arg(long, value_name = "WHO", value_parser = some_text)]
    by: Option<Text>,

    /// The nine ratings, C1 to C9: C competent, D developing, N not competent, - not observed
    #[arg(long, value_name = "NINE", value_parser = Competencies::read, allow_hyphen_values = true, conflicts_with_all = ["rating", "all"])]
    ratings: Option<Competencies>,

    /// All nine are rated so
    #[arg(long, value_name = "RATING", value_parser = Rating::read, conflicts_with = "rating", allow_hyphen_values = true)]
    all: Option<Rating>,

    /// But for this one, such as context=developing or C2=D; can be given several times
    #[arg(long, value_name = "NAME=RATING", value_parser = rating, requires = "all")]
    except: Vec<(usize, Rating)>,

    /// The rating of a competency, such as conflict=competent or C6=developing; can be given several times
    #[arg(long, value_name = "NAME=RATING", value_parser = rating)]
    rating: Vec<(usize, Rating)>,

    /// Concerns that it raises, for the committee
    #[arg(long, value_name = "TEXT", value_parser = some_text)]
    concerns: Option<Text>,

    /// It says that no group has been presented yet
    #[arg(long)]
    not_started: bool,
}

/// The command: a form that arrived, or the answers to one in a file.
#[derive(Debug)]
pub struct Receive {
    fact: FactCommand<Args>,
    answered: AnsweredArgs,
}

impl ClapArgs for Receive {
    fn augment_args(command: Command) -> Command {
        let command = AnsweredArgs::augment_args(FactCommand::<Args>::augment_args(command));
        // An argument that is changed would come last.
        command.mut_arg(ID, |id| id.index(1))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Receive {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let (fact, answered) = (FactCommand::from_arg_matches(matches)?, AnsweredArgs::from_arg_matches(matches)?);
        Ok(Self { fact, answered })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Records a form that arrived, or the answers to one.
pub fn run(receive: &Receive, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    match receive.answered.file() {
        Some(file) => receive.answered.run(file, receive.fact.fact.on, &receive.fact.options, context),
        None => receive.fact.run(context),
    }
}

/// A form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Paper {
    /// The application.
    Form1,
    Report(Form),
}

/// The deadline that a report answers; none where it answers none.
#[derive(Clone, Copy, Debug)]
struct Due(Option<SaidDay>);

fn due(text: &str) -> Result<Due, String> {
    if text == "none" {
        return Ok(Due(None));
    }
    day(text).map(|day| Due(Some(day))).map_err(|needed| format!("{needed}, or none"))
}

fn paper(typed: &str) -> Result<Paper, String> {
    if Form::is_application(typed) {
        return Ok(Paper::Form1);
    }
    Form::read(typed).map(Paper::Report).ok_or_else(|| {
        "it can be form1, GWP2, WRG2 or GWP3; that a supervisor confirmed is for \"gwp arrange\" with --confirmed, and \
         \"gwp record STUDENT\" asks about other papers"
            .to_owned()
    })
}

/// The position of a competency among [`Competencies::KEYS`], and its rating.
fn rating(text: &str) -> Result<(usize, Rating), String> {
    let needed = || format!("a rating is NAME=RATING; the names are {}", Competencies::KEYS.join(", "));
    let (name, rating) = text.split_once('=').ok_or_else(needed)?;
    let code = Code::read(name).ok_or_else(needed)?;
    let position = Competencies::KEYS.iter().position(|key| *key == code.name()).ok_or_else(needed)?;
    Rating::read(rating).map(|rating| (position, rating))
}

/// What somebody says who is asked for the ratings.
#[derive(Clone, Debug)]
enum Answer {
    /// All of them at once.
    Nine(Competencies),
    /// There are none yet.
    NoRatings,
    /// They are asked for one by one.
    OneByOne,
}

impl Answer {
    fn read(answer: &str) -> Result<Self, String> {
        if answer.eq_ignore_ascii_case("none") {
            Ok(Self::NoRatings)
        } else {
            Competencies::read(answer).map(Self::Nine)
        }
    }
}

impl Fact for Args {
    type Record = Student;
    const ASKS: bool = true;

    fn happened(&self, about: &About<'_, Student>) -> anyhow::Result<Happened> {
        let received = about.session.happened(self.on, "--on")?;
        let Some(form) = self.form else {
            let receive = about.session.command_line.about(["receive", about.entry.id.raw(), "GWP2"]);
            bail!("which form arrived is needed (form1, GWP2, WRG2 or GWP3), such as {receive}");
        };
        let Paper::Report(form) = form else {
            let is_of_report = self.due.is_some() || self.by.is_some() || self.concerns.is_some() || self.not_started;
            if is_of_report || self.is_rated() {
                bail!(
                    "GWP Form 1 is the student's application; of it the day is recorded, with --on, and nothing else"
                );
            }
            self.must_be_new(received, about)?;
            return Ok(Event::Form1(received).into());
        };
        Ok(Event::Report(self.report(form, received, about)?).into())
    }

    fn ask(&self, about: &About<'_, Student>, asking: &mut Asking<'_>) -> anyhow::Result<Option<Self>> {
        let mut said = self.clone();
        said.ask_form(about, asking)?;
        said.ask_deadline(about, asking)?;
        let is_rated_now = said.ask_ratings(about, asking)?;
        // Whoever says all of it in one line is asked nothing.
        if self.on.is_none() || is_rated_now {
            said.ask_concerns(about, asking)?;
        }
        Ok(Some(said))
    }

    /// Ratings can come later; that there are none is said, for nobody would look for them again.
    fn remarks(&self, about: &About<'_, Student>, _: Option<&Folder>) -> Vec<String> {
        self.unrated(about)
    }
}

impl Args {
    /// Asks for the form, and for the day on which it arrived, where nothing is said of it.
    fn ask_form(&mut self, about: &About<'_, Student>, asking: &mut Asking<'_>) -> anyhow::Result<()> {
        let form = asking.needed(self.form, "", "Which form arrived (form1, GWP2, WRG2, GWP3)", paper)?;
        self.form = Some(form);
        let is_there = form == Paper::Form1 && about.record.form1.is_some();
        if !is_there {
            self.on = on_which_day(self.on, "It came on", about.session, asking)?;
        }
        Ok(())
    }

    /// An error where the application is recorded of another day, and nobody said of which day it is now: that it is there
    /// already is all there is to say.
    fn must_be_new(&self, received: Day, about: &About<'_, Student>) -> anyhow::Result<()> {
        let Some(there) = about.record.form1.as_ref().and_then(|form| form.submitted) else { return Ok(()) };
        if self.on.is_some() || there == received {
            return Ok(());
        }
        let correct = about.session.command_line.about(["correct", about.entry.id.raw(), "submitted", "--to", "DATE"]);
        bail!(
            "this is recorded already, and nothing is written: {}. If that day is wrong: {correct}",
            Event::Form1(there).sentence()
        )
    }

    /// Asks which deadline the report answers, where that could be several or none.
    fn ask_deadline(&mut self, about: &About<'_, Student>, asking: &mut Asking<'_>) -> anyhow::Result<()> {
        let Some(Paper::Report(form)) = self.form.filter(|_| self.due.is_none()) else { return Ok(()) };
        let received = about.session.happened(self.on, "--on")?;
        let Err(error) = self.report(form, received, about) else { return Ok(()) };
        let unclear = error.downcast_ref::<RecordingError>();
        let is_of_due = |error: &RecordingError| error.help().is_some_and(|help| help.contains("--due none"));
        let Some(why) = unclear.filter(|error| is_of_due(error)) else { return Ok(()) };
        let asks = format!("{}. Which deadline does it answer (a day, or none)", capitalised(&why.to_string()));
        self.due = Some(asking.needed(None, "--due", &asks, due)?);
        Ok(())
    }

    /// Asks for the ratings of a GWP Form 2, where none are said; whether it did.
    fn ask_ratings(&mut self, about: &About<'_, Student>, asking: &mut Asking<'_>) -> anyhow::Result<bool> {
        if self.form != Some(Paper::Report(Form::Gwp2)) || self.is_rated() || self.not_started {
            return Ok(false);
        }
        let received = about.session.happened(self.on, "--on")?;
        // A report that is recorded already has its ratings, and what could be meant otherwise is said first.
        if !self.report(Form::Gwp2, received, about)?.competencies.is_unrated() {
            return Ok(false);
        }
        let asks = "The nine ratings, C1 to C9, such as CCDCCD-CC; or none";
        let ratings = match asking.or_else(None, asks, (Answer::OneByOne, "one by one"), Answer::read)? {
            Answer::Nine(ratings) => ratings,
            Answer::NoRatings => Competencies::default(),
            Answer::OneByOne => one_by_one(asking)?,
        };
        self.ratings = Some(ratings);
        Ok(true)
    }

    /// Asks for the concerns that a report raises, where nothing is said of them. Those of a report that is recorded already
    /// are there.
    fn ask_concerns(&mut self, about: &About<'_, Student>, asking: &mut Asking<'_>) -> anyhow::Result<()> {
        let Some(Paper::Report(form)) = self.form.filter(|_| self.concerns.is_none()) else { return Ok(()) };
        let received = about.session.happened(self.on, "--on")?;
        let report = self.report(form, received, about)?;
        let is_it = |one: &Report| {
            (one.form, one.received, one.due, &one.by) == (report.form, report.received, report.due, &report.by)
        };
        if about.record.report.iter().any(is_it) {
            return Ok(());
        }
        let read = |answer: &str| Ok(unless_none(answer));
        self.concerns = asking.or_else(None, "Concerns for the committee", (None, "none"), read)?;
        Ok(())
    }

    fn unrated(&self, about: &About<'_, Student>) -> Vec<String> {
        let Ok(received) = about.session.happened(self.on, "--on") else { return Vec::new() };
        let Some(Paper::Report(Form::Gwp2)) = self.form else { return Vec::new() };
        let is_unrated = |report: &Report| report.competencies.is_unrated() && !report.not_started;
        if !self.report(Form::Gwp2, received, about).is_ok_and(|report| is_unrated(&report)) {
            return Vec::new();
        }
        let words = ["receive", about.entry.id.raw(), "GWP2", "--on", &received.iso(), "--ratings", "CCDCCD-CC"];
        vec![format!("this GWP Form 2 has no ratings. To add them: {}", about.session.command_line.about(words))]
    }
}

/// Asks for the ratings one by one.
fn one_by_one(asking: &mut Asking<'_>) -> anyhow::Result<Competencies> {
    let mut ratings = Competencies::default();
    for (position, key) in Competencies::KEYS.iter().enumerate() {
        let lead = if position == 0 { format!(" ({})", Rating::marks()) } else { String::new() };
        let asks = format!("C{} {}{lead}", position + 1, key.replace('-', " "));
        let answer = asking.or_else(None, &asks, (None, "not rated"), |answer| Rating::read(answer).map(Some))?;
        if let Some(rating) = answer {
            ratings.rate(position, rating);
        }
    }
    Ok(ratings)
}

impl Args {
    /// Whether ratings are said.
    fn is_rated(&self) -> bool {
        self.ratings.is_some() || self.all.is_some() || !self.rating.is_empty()
    }

    /// The report as it goes into the record.
    fn report(&self, form: Form, received: Day, about: &About<'_, Student>) -> anyhow::Result<Report> {
        let deadline = |said| about.session.deadline_of(&about.entry.id, about.record, form, said);
        let said = ReceivedReport {
            form,
            received,
            due: self.due.map(|Due(due)| due.map(deadline).transpose()).transpose()?,
            by: self.by.clone(),
            not_started: self.not_started,
            concerns: self.concerns.clone(),
            competencies: self.competencies(form)?,
        };
        Ok(about.session.report(&about.entry.id, about.record, said)?)
    }

    fn competencies(&self, form: Form) -> anyhow::Result<Competencies> {
        if form != Form::Gwp2 && self.is_rated() {
            bail!("the competencies are rated on GWP Form 2; leave the ratings out, or name GWP2 as the form");
        }
        let mut competencies = self.ratings.clone().unwrap_or_default();
        for (position, key) in Competencies::KEYS.iter().enumerate() {
            let mut except =
                self.except.iter().filter(|(excepted, _)| *excepted == position).map(|(_, rating)| *rating);
            let first = except.next();
            if let (Some(one), Some(other)) = (first, except.find(|other| Some(*other) != first)) {
                bail!("{key} is excepted as {} and as {}; leave one out", one.word(), other.word());
            }
            if let Some(rating) = first.or(self.all) {
                competencies.rate(position, rating);
            }
        }
        for (position, rating) in &self.rating {
            let key = Competencies::KEYS.get(*position).copied().unwrap_or_default();
            if let Some(other) = competencies.ratings().get(*position).copied().flatten().filter(|it| it != rating) {
                bail!("{key} is rated both {} and {}; say which of them the form says", other.word(), rating.word());
            }
            competencies.rate(*position, *rating);
        }
        Ok(competencies)
    }
}

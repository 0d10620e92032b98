//! `gwp meeting`: what a committee decided, item by item.

mod dialogue;
mod filled_in;
mod kept;
mod written;

use std::path::PathBuf;

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::Folder;
use gwp::calendar::Day;
use gwp::folder::{AskedMeeting, JudgedFolder, Selection};
use gwp::meeting::{Item, Paper, Proceedings, Sitting, Table};
use gwp::recording::{RecordingError, RecordingSession};
use gwp::records::{Body, RecordKind};
use gwp::reports::{MinutesFor, MinutesReport};
use gwp::text::{SaidDay, Text, all_of, few};

use super::Ending;
use super::asking::{Asking, yes_or_no};
use super::context::Context;
use super::format::Format;
use super::help::examples;
use super::out::{Lists, WrittenAs as _};
use super::recording::{RecordingOptions, finish, look, must_be_usual, warn};
use super::same_day::must_be_meant;
use super::surroundings::Surroundings;
use super::value_parsers::{among, word};
use kept::Kept;

/// Go through a committee's meeting, and record what it decided.
///
/// At a terminal it goes through the agenda item by item, the same one that "gwp check --meeting" prints. It asks what
/// was decided, shows everything at the end, and writes all of it or nothing. A ruling lists exactly the dates that were
/// on the table. On paper, --form writes a form and --from reads it back.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&[
    "gwp meeting 2026-12-12 --commit",
    "gwp meeting next-lcc --form meeting.txt",
    "gwp meeting --from meeting.txt --commit",
    "gwp meeting 2026-12-12 --minutes --out minutes.md",
    "gwp meeting 2026-12-09 --body SPC",
]))]
pub struct Args {
    /// The day of the meeting, or next-lcc for the next LCC meeting. Without it, the last LCC meeting up to today
    #[arg(value_name = "DATE", value_parser = AskedMeeting::parse)]
    date: Option<AskedMeeting>,

    /// Who met: LCC, SPC, NTM, NDT or panel. Of all but the LCC, the agenda is what waits for them
    #[arg(long, value_name = "BODY", value_parser = word::<Body>)]
    body: Option<Body>,

    /// Only the students of this course, by id or name; can be given several times
    #[arg(long, value_name = "COURSE")]
    course: Vec<String>,

    /// Write the agenda as a form that somebody can fill in and send by mail. The file must not be there yet
    #[arg(long, value_name = "FILE", group = "paper", conflicts_with_all = ["dry_run", "commit"])]
    form: Option<PathBuf>,

    /// Read a form that was filled in, from a text or a saved message (.eml). All of it is written, or nothing, with every line that is not understood
    #[arg(long, value_name = "FILE", group = "paper")]
    from: Option<PathBuf>,

    /// Record what the form says without asking, at a terminal too
    #[arg(long, requires = "from")]
    yes: bool,

    /// Print the minutes, from what is recorded of the meeting
    #[arg(long, groups = ["paper", "printed"], conflicts_with_all = ["dry_run", "commit"])]
    minutes: bool,

    /// Print what goes to the SPC and the NTM: every decision of the meeting, with what it rests on
    #[arg(long, groups = ["paper", "printed"], conflicts_with_all = ["dry_run", "commit"])]
    submission: bool,

    /// How to print the minutes or the submission. Without it, as Markdown
    #[arg(long, value_name = "FORMAT", requires = "printed", value_parser = among(Lists::FORMATS))]
    format: Option<Format>,

    /// Write the minutes or the submission to this file, which only you can read
    #[arg(long, value_name = "FILE", requires = "printed")]
    out: Option<PathBuf>,

    #[command(flatten)]
    recording: RecordingOptions,
}

/// Asks about the meeting or reads what was filled in, and records it; or writes what there is of it.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let seen = args.recording.look(context)?;
    if let Some(path) = &args.from {
        let proceedings = filled_in::read(args, &seen, path, context)?;
        return args.record(&proceedings, context);
    }
    let sitting = args.sitting(&seen, context)?;
    let paper = Paper { sitting, as_of: sitting.date.min(seen.latest) };
    if let Some(path) = &args.form {
        return written::form(paper, &args.table(&seen, paper)?, path, context);
    }
    if args.minutes || args.submission {
        return args.print(&seen, paper, context);
    }
    must_have_been(&seen, sitting)?;
    if !context.is_somebody_there {
        let form = seen.command_line.about(["meeting", &sitting.date.iso(), "--form", "meeting.txt"]);
        bail!(
            "a meeting is gone through at a terminal, and nobody is at one here; \"{form}\" writes a form to fill in"
        );
    }
    let table = args.table(&seen, paper)?;
    if args.recording.commit {
        warn_of_uncommitted(&seen.uncommitted_of(sitting, &table))?;
    }
    let kept = Kept::of(&seen, sitting, context.now.into());
    let again = || kept.read().map(|_| "The same command goes on with what was said.");
    let Some(proceedings) = dialogue::held(&seen, sitting, &table, &kept, context)? else {
        let lines = ["Nothing is written."].into_iter().chain(again());
        writeln!(context.out, "{}", lines.collect::<Vec<_>>().join(" "))?;
        return Ok(Ending::Clean);
    };
    let ended = args.record(&proceedings, context)?;
    if !args.recording.dry_run {
        kept.forget()?;
    }
    Ok(ended)
}

/// Says before the questions that a commit would be refused after them.
fn warn_of_uncommitted(paths: &[Text]) -> anyhow::Result<()> {
    let has = match paths {
        [] => return Ok(()),
        [_] => "has",
        _ => "have",
    };
    warn(&[format!(
        "{} {has} changes that are not committed, and with --commit nothing can be written to them; commit them first, or \
         leave out --commit",
        few(paths, 3, ", ")
    )])
}

/// Asks whether a meeting is to go on the lists of courses.
fn is_to_be_listed(proceedings: &Proceedings, courses: &[String]) -> anyhow::Result<bool> {
    let (mut answers, mut questions) = Surroundings::terminal();
    let date = proceedings.sitting.date;
    let asks = format!("No list of LCC meetings has {date}. List it for {} (yes, no)", all_of(courses));
    Asking::of(&mut answers, &mut questions).or_else(None, &asks, (true, "yes"), yes_or_no)
}

/// An error where a meeting is still to come.
fn must_have_been(session: &RecordingSession, sitting: Sitting) -> anyhow::Result<()> {
    if session.is_to_come(sitting.date) {
        let form = session.command_line.about(["meeting", &sitting.date.iso(), "--form", "meeting.txt"]);
        bail!("the meeting of {} is still to come; \"{form}\" writes its agenda as a form", sitting.date);
    }
    Ok(())
}

impl Args {
    /// Which body met, and when.
    fn sitting(&self, session: &RecordingSession, context: &Context<'_>) -> anyhow::Result<Sitting> {
        let body = self.body.unwrap_or(Body::Lcc);
        let meetings = session.before.lcc_meetings(&self.selection(session)?);
        let next = meetings.iter().find(|day| **day >= session.as_of).copied();
        let last = meetings.iter().rfind(|day| **day <= session.as_of).filter(|_| body == Body::Lcc).copied();
        let date = match (self.date, last) {
            (Some(AskedMeeting::On(said)), _) => self.day(said, session)?,
            (Some(AskedMeeting::NextLcc), _) => match next {
                Some(day) => day,
                None => bail!("no LCC meeting is to come; name the day of the meeting"),
            },
            (None, Some(day)) => day,
            (None, None) if context.is_somebody_there => self.asked_day(next.filter(|_| body == Body::Lcc), session)?,
            (None, None) => bail!("the day of the meeting is needed, such as {}", session.today.iso()),
        };
        Ok(Sitting { body, date })
    }

    /// The day that is said: of a form it can be to come.
    fn day(&self, said: SaidDay, session: &RecordingSession) -> Result<Day, RecordingError> {
        if self.form.is_some() { session.day(said) } else { session.last_day(said) }
    }

    /// The day of the meeting, from somebody at a terminal; Enter takes the `next` one that is listed.
    fn asked_day(&self, next: Option<Day>, session: &RecordingSession) -> anyhow::Result<Day> {
        let (mut answers, mut questions) = Surroundings::terminal();
        let asking = &mut Asking::of(&mut answers, &mut questions);
        let read = |typed: &str| self.day(SaidDay::read(typed)?, session).map_err(|error| error.with_help());
        let asks = "The day of the meeting, such as 12 December";
        match next {
            Some(next) => asking.or_else(None, asks, (next, &next.to_string()), read),
            None => asking.needed(None, "", asks, read),
        }
    }

    fn selection(&self, session: &RecordingSession) -> anyhow::Result<Selection> {
        let selection = Selection { courses: self.course.clone(), ..Selection::default() };
        Ok(selection.named(std::slice::from_ref(&session.before), &session.choices)?)
    }

    /// What lies before the body.
    fn table(&self, session: &RecordingSession, paper: Paper) -> anyhow::Result<Table> {
        let before = session.before.before(paper.sitting);
        self.table_of(session, &before, paper.sitting, paper.as_of)
    }

    fn table_of(
        &self,
        session: &RecordingSession,
        before: &Folder,
        sitting: Sitting,
        as_of: Day,
    ) -> anyhow::Result<Table> {
        Ok(Table::of(sitting, &JudgedFolder::new(before, as_of), &session.before, &self.selection(session)?))
    }

    fn print(&self, session: &RecordingSession, paper: Paper, context: &mut Context<'_>) -> anyhow::Result<Ending> {
        let Paper { sitting, as_of } = paper;
        let minutes_for = if self.minutes { MinutesFor::Committee } else { MinutesFor::Submission };
        let before = session.before.before(sitting);
        let judged = JudgedFolder::new(&before, as_of);
        let (of, selection) = ((sitting.body, sitting.date), self.selection(session)?);
        let report = MinutesReport::of(minutes_for, of, &judged, &session.before, &selection);
        if report.is_empty() {
            let record = session.command_line.about(["meeting", &sitting.date.iso()]);
            bail!("nothing is recorded of the {sitting}; \"{record}\" records what was decided");
        }
        written::report(report, self.format.unwrap_or(Format::Markdown), self.out.as_deref(), context)
    }

    fn record(&self, proceedings: &Proceedings, context: &mut Context<'_>) -> anyhow::Result<Ending> {
        let seen = self.recording.look(context)?;
        must_be_meant(&seen.said_that_day_of(proceedings)?, context)?;
        let lacking: Vec<Text> = seen.courses_to_list(proceedings).into_iter().cloned().collect();
        let is_listed = !lacking.is_empty() && context.is_somebody_there && {
            let names: Vec<_> = lacking.iter().map(|id| seen.name_of(RecordKind::Course, id.raw())).collect();
            is_to_be_listed(proceedings, &names)?
        };
        let listed = if is_listed { lacking.as_slice() } else { &[] };
        must_be_usual(Some(&seen), context, |seen| Ok(seen.record_meeting(proceedings, listed)?))?;
        let session = self.recording.open(context)?;
        let prepared = session.record_meeting(proceedings, listed);
        let prepared = prepared.map(|mut prepared| {
            let sitting = proceedings.sitting;
            let listing = |course: &Text| {
                format!(
                    "no list of LCC meetings has {}. To list it: {}",
                    sitting.date,
                    session.listing(sitting, course)
                )
            };
            prepared.report.remarks.extend(lacking.iter().filter(|_| !is_listed).map(listing));
            prepared
        });
        let ended = finish(&session, prepared, context)?;
        drop(session);
        if !self.recording.dry_run {
            self.tell_what_opened(proceedings, context)?;
        }
        Ok(ended)
    }

    /// Says what can be decided now that could not before: an award, where its last query is answered.
    fn tell_what_opened(&self, proceedings: &Proceedings, context: &mut Context<'_>) -> anyhow::Result<()> {
        let seen = look(None, context)?;
        let sitting = proceedings.sitting;
        let table = self.table(&seen, Paper { sitting, as_of: sitting.date.min(seen.latest) })?;
        let was_there = |item: &Item| proceedings.answered.iter().any(|(there, _)| there.key() == item.key());
        let opened = table.items.iter().filter(|item| !item.is_recorded() && !was_there(item)).map(Item::title);
        let opened: Vec<_> = opened.collect();
        if opened.is_empty() {
            return Ok(());
        }
        let mut words = vec!["meeting".to_owned(), sitting.date.iso()];
        if sitting.body != Body::Lcc {
            words.extend(["--body".to_owned(), sitting.body.title().to_owned()]);
        }
        let again = seen.command_line.about(words.iter().map(String::as_str));
        writeln!(context.out, "Now there is more to decide: {}. \"{again}\" asks about it.", few(&opened, 6, "; "))?;
        Ok(())
    }
}

//! `gwp check`: every record checked, every student judged, and what is needed from whom.

use std::cell::RefCell;
use std::io::Write;
use std::path::PathBuf;

use anyhow::bail;
use clap::{Args as ClapArgs, ValueEnum};
use gwp::folder::{AskedMeeting, FolderError, JudgedFolder, Meetings, Selection};
use gwp::judgement::{Item, Judgement, ObligationKind, Roster, Verdict};
use gwp::problems::{Level, Problem};
use gwp::receipt::{FolderReceipt, Receipt};
use gwp::render::{Diagnostics, Layout, write_text};
use gwp::reports::{Agenda, CheckReport, Eligibility, MergedCheck, Part, Sheet, due_by_meeting, in_order};
use gwp::text::Locator;

use super::context::Context;
use super::folder_args::{AsOfArg, FolderArgs, SelectionArgs};
use super::format::Format;
use super::help::examples;
use super::out::{Lists, OutArgs};
use super::surroundings::Surroundings;
use super::{Ending, receipts, tables};

/// Check every record and judge every student.
///
/// It prints where each student stands and what is needed next, then what is for this meeting. It also prints what is
/// overdue and from whom, and the problems of the records.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp check", "gwp check --meeting next-lcc", "gwp check --meeting 2026-02-28 --only agenda", "gwp check --course leeds-2025 --format markdown"]))]
pub struct Args {
    #[command(flatten)]
    folders: FolderArgs,

    #[command(flatten)]
    as_of: AsOfArg,

    /// Prepare a meeting: its day, or next-lcc for the next LCC meeting of each course. All is judged as of today; the
    /// agenda and the overdue table also list what falls due by the meeting
    #[arg(long, value_name = "DATE", value_parser = AskedMeeting::parse)]
    meeting: Option<AskedMeeting>,

    #[command(flatten)]
    selection: SelectionArgs,

    /// Print only one part
    #[arg(long, value_name = "PART")]
    only: Option<Part>,

    /// One table and one total over all folders, with the folder as a column: eligibility, and what is overdue
    #[arg(long)]
    merged: bool,

    #[command(flatten)]
    out: OutArgs<Lists>,

    /// What makes the exit status 1: any of errors, warnings, unknown, action, overdue, separated by commas; or never
    #[arg(long, value_name = "WHAT", value_delimiter = ',', default_values = ["errors", "warnings", "unknown", "action", "overdue"])]
    fail_on: Vec<FailOn>,

    /// Write a receipt to this file: what was read, what it was judged by, and how every student stood, or those of
    /// --student. "gwp verify" later shows what differs
    #[arg(long, value_name = "FILE", conflicts_with_all = ["course", "verdict"])]
    receipt: Option<PathBuf>,
}

/// What the exit status tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// A record has an error
    Errors,
    /// A record has something to look at
    Warnings,
    /// A student cannot be judged
    Unknown,
    /// A student has the verdict action
    Action,
    /// Something is overdue
    Overdue,
    /// Nothing: the exit status is 0
    Never,
}

/// Checks and prints.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    args.out.send(context, |format, context| tell(args, format, context))
}

fn tell(args: &Args, format: Format, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    args.must_each_do_something(format)?;
    let folders = args.folders.open(context)?;
    let selection = args.selection.of(&folders, context)?;
    // With nothing to judge by, nobody is judged: the problems are the answer.
    let judge = |folder| args.as_of.judged_or_named(folder, &selection, context).transpose();
    let judged = folders.iter().filter_map(judge).collect::<anyhow::Result<Vec<_>>>()?;
    let meetings = judged.iter().map(|one| args.meetings(one, &selection)).collect::<anyhow::Result<Vec<_>>>()?;
    if format != Format::Json {
        for (one, meetings) in judged.iter().zip(&meetings) {
            let unlisted = meetings.as_ref().and_then(|meetings| meetings.unlisted(one.folder, &selection, one.as_of));
            if let Some(said) = unlisted {
                let name = one.folder.name.shown().map(|name| format!("{name}: ")).unwrap_or_default();
                writeln!(anstream::stderr(), "gwp: {name}{said}")?;
            }
        }
    }
    let is_meeting_missing = args.meeting.is_some() && meetings.iter().any(Option::is_none);
    let is_all_there = judged.len() == folders.len() && !is_meeting_missing;
    let (mut reports, mut made) = (Vec::new(), Vec::new());
    for (one, meetings) in judged.iter().zip(&meetings) {
        let folder = one.folder;
        let mut eligibility = Eligibility::new(one);
        let mut agenda = Agenda::new(one, meetings.as_ref());
        let (mut to_confirm, mut by_meeting) = (Vec::new(), Vec::new());
        let mut receipt = args.receipt.is_some().then(|| FolderReceipt::begin(folder, one.as_of)).transpose()?;
        let roster = one.roster(&selection, &mut |student, judgement| {
            if format != Format::Json {
                if let Some(judgement) = judgement {
                    agenda.add(folder.name.shown(), student, judgement);
                }
                eligibility.add(folder.name.shown().filter(|_| !args.merged), student, judgement);
            }
            let owed = judgement.map(Judgement::obligations).unwrap_or_default().iter().filter(|one| one.owed);
            let planned = owed.filter(|one| one.kind == ObligationKind::ToConfirm);
            to_confirm.extend(planned.map(|one| Item::of(student, one.clone())));
            if let (Some(meetings), Some(judgement)) = (meetings, judgement) {
                by_meeting.extend(due_by_meeting(meetings, student, judgement));
            }
            if let Some(receipt) = &mut receipt {
                receipt.add(student, judgement, &folder.sources);
            }
        });
        made.extend(receipt.and_then(|receipt| receipt.of_selection(folder, &selection)));
        let mut locator = Locator::new(&folder.sources);
        let mut problems = one.problems(&mut locator);
        folder.say_what_was_confirmed(&mut problems, &Surroundings::local_time());
        reports.push(CheckReport {
            judged: one,
            roster,
            eligibility,
            agenda,
            meetings: meetings.as_ref(),
            to_confirm: in_order(to_confirm),
            by_meeting: in_order(by_meeting),
            problems,
            only: args.only,
            today: context.today,
            shown_only: selection.words().map(|words| format!("what concerns {words}")),
            locator: RefCell::new(locator),
        });
    }
    match format {
        _ if args.merged => tables::print(&[MergedCheck::of(&reports, args.only)], format, context)?,
        Format::Table => write_tables(&reports, context.layout(), context.out)?,
        format => tables::print(&reports, format, context)?,
    }
    if let Some(path) = &args.receipt {
        receipts::write(&Receipt::of_folders(made), path)?;
    }
    // One folder that cannot be judged is all that was asked for; among several the others are judged.
    match folders.as_slice() {
        [folder] if !folder.can_be_judged() => {
            bail!("gwp.toml has an error, so nothing can be judged; correct it and run the command again")
        }
        folders if !is_all_there || folders.iter().any(|folder| !folder.can_be_judged()) => Ok(Ending::Found),
        _ if reports.iter().any(|report| finds(&args.fail_on, &report.roster, &report.problems)) => Ok(Ending::Found),
        _ => Ok(Ending::Clean),
    }
}

impl Args {
    /// The error names an option that would do nothing, and says what to leave out.
    fn must_each_do_something(&self, format: Format) -> anyhow::Result<()> {
        if self.only.is_some() && format == Format::Json {
            bail!("--only chooses a part of the tables, and JSON has every part; leave --only out");
        }
        if self.merged && (format == Format::Json || self.meeting.is_some()) {
            bail!(
                "--merged makes one table over all folders, without a meeting; leave --format json and --meeting out"
            );
        }
        if self.merged && self.only.is_some_and(|only| !MergedCheck::PARTS.contains(&only)) {
            bail!("--merged has two parts; ask for --only eligibility or --only overdue, or leave --merged out");
        }
        let is_meeting_shown = match self.only {
            Some(Part::Agenda | Part::Overdue) => true,
            Some(Part::Eligibility | Part::ToConfirm | Part::Problems) => false,
            None => format != Format::Csv,
        };
        if self.meeting.is_some() && !is_meeting_shown {
            bail!(
                "--meeting is for the agenda and the overdue table, and neither is asked for; leave --meeting out, or \
                 ask for --only agenda or --only overdue"
            );
        }
        Ok(())
    }

    /// The meetings that are asked about, of a folder as of a day. One of several folders that has none is judged without,
    /// and named.
    fn meetings(&self, judged: &JudgedFolder<'_>, selection: &Selection) -> anyhow::Result<Option<Meetings>> {
        let of = |asked| Meetings::of(asked, judged.folder, selection, judged.as_of);
        let name = &judged.folder.name;
        match self.meeting.map(of).transpose() {
            Err(error @ FolderError::NoMeetingToCome { .. }) if name.shown().is_some() => {
                writeln!(anstream::stderr(), "gwp: {name} is shown without a meeting: {error}; {}", error.help())?;
                Ok(None)
            }
            meetings => Ok(meetings?),
        }
    }
}

/// Whether there is something that the exit status is to tell of.
fn finds(fail_on: &[FailOn], roster: &Roster<'_>, problems: &[Problem]) -> bool {
    let has_level = |level| problems.iter().any(|problem| problem.level == level);
    let has_verdict = |verdict| roster.students.iter().any(|result| result.verdict == verdict);
    !fail_on.contains(&FailOn::Never)
        && fail_on.iter().any(|what| match what {
            FailOn::Errors => has_level(Level::Error),
            FailOn::Warnings => has_level(Level::Warning),
            FailOn::Unknown => has_verdict(Verdict::Unknown),
            FailOn::Action => has_verdict(Verdict::Action),
            FailOn::Overdue => roster.students.iter().any(|result| !result.overdue.is_empty()),
            FailOn::Never => false,
        })
}

/// The most problems that are shown ahead of the tables; `--only problems` shows all.
const PROBLEMS_AHEAD: usize = 100;

/// Writes folder after folder: its problems as a compiler shows them, then the tables.
fn write_tables(reports: &[CheckReport<'_>], layout: Layout, out: &mut dyn Write) -> anyhow::Result<()> {
    for (position, report) in reports.iter().enumerate() {
        let is_only_problems = report.only() == Some(Part::Problems);
        if let Some(heading) = report.judged.folder.name.heading() {
            // Problems end with an empty line by themselves.
            if position > 0 && !is_only_problems {
                writeln!(out)?;
            }
            write_text(&[Sheet::part(heading, Vec::new())], layout, out)?;
            writeln!(out)?;
        }
        if is_only_problems && report.problems.is_empty() {
            writeln!(out, "There are no problems in the records.\n")?;
        }
        if report.shows(Part::Problems) {
            write_problems(report, if is_only_problems { usize::MAX } else { PROBLEMS_AHEAD }, layout, out)?;
        }
        write_text(&report.after_problems(), layout, out)?;
    }
    Ok(())
}

fn write_problems(report: &CheckReport<'_>, most: usize, layout: Layout, out: &mut dyn Write) -> anyhow::Result<()> {
    let folder = report.judged.folder;
    let mut locator = report.locator.borrow_mut();
    let mut diagnostics = Diagnostics::new(&folder.sources, folder.name.shown(), layout.width, layout.colour);
    for problem in report.problems.iter().take(most) {
        let span = problem.span(&mut locator);
        writeln!(out, "{}\n", diagnostics.render(problem, span))?;
    }
    let more = report.problems.len().saturating_sub(most);
    if more > 0 {
        let all = report.judged.command_line.again(["check", "--only", "problems"]);
        writeln!(out, "{more} more problems are not shown here; \"{all}\" shows all.\n")?;
    }
    Ok(())
}

//! `gwp forecast`: when the sessions will be complete, and what is still to come until then.

use anyhow::bail;
use clap::{Args as ClapArgs, ValueEnum};
use gwp::Folder;
use gwp::folder::FolderError;
use gwp::judgement::{Forecast, Pace, WhatIf};
use gwp::reports::{Caveats, Forecasts, Judged, Summary};
use gwp::text::{DayContext, SaidDay};

use super::context::Context;
use super::folder_args::{AsOfArg, FolderArgs, SelectionArgs};
use super::format::Format;
use super::help::examples;
use super::out::{Lists, OutArgs};
use super::value_parsers::from_until;
use super::{Ending, tables};

/// The most sessions that can be supposed to be lost.
const MOST_LOST: usize = 1_000;

/// Forecast when the sessions will be complete.
///
/// For every student who still needs sessions, it shows how many there are and when the last one can be expected. It
/// calculates that day at the pace that the group declares, and at the pace held so far.
///
/// It also shows how far that day is from the limit, the last day on which a new group can begin, and the reports still
/// to come. Last comes the earliest LCC meeting at which the student can be recommended.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp forecast", "gwp forecast --pace fortnightly --breaks 2026-08-01..2026-08-31"]))]
pub struct Args {
    #[command(flatten)]
    folders: FolderArgs,

    #[command(flatten)]
    as_of: AsOfArg,

    /// Assume that every group meets at this pace, instead of the one that it declares
    #[arg(long, value_name = "PACE")]
    pace: Option<PaceWord>,

    /// Assume no sessions from one day to another, both included, such as 2026-08-01..2026-08-31; can be given several
    /// times
    #[arg(long, value_name = "FROM..UNTIL", value_parser = a_break)]
    breaks: Vec<(SaidDay, SaidDay)>,

    /// Assume that so many of the coming sessions do not take place, or do not count
    #[arg(long, value_name = "N", default_value = "0", hide_default_value = true, value_parser = lost)]
    lose: usize,

    #[command(flatten)]
    selection: SelectionArgs,

    #[command(flatten)]
    out: OutArgs<Lists>,
}

/// A pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PaceWord {
    /// Every week
    Weekly,
    /// Every other week
    Fortnightly,
}

/// Reads the first and the last day of a break; the error says what is needed.
fn a_break(text: &str) -> Result<(SaidDay, SaidDay), String> {
    let needed = || "the first and the last day of a break are needed, such as 2026-08-01..2026-08-31".to_owned();
    from_until(text).ok_or_else(needed)?
}

/// Reads how many sessions are lost; the error says what is needed.
fn lost(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| *number <= MOST_LOST);
    number.ok_or_else(|| format!("a number of sessions from 0 to {MOST_LOST} is needed"))
}

impl Args {
    /// What is assumed; the error says that a break is none.
    fn what_if(&self, folders: &[Folder], context: &Context<'_>) -> anyhow::Result<WhatIf> {
        let courses = folders.iter().map(|folder| &folder.case.records);
        let spans = courses.filter_map(|records| records.days_of_courses(&|_| true, context.today).span);
        let span = spans.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
        let days = DayContext { span, ..context.days() };
        let day = |said: SaidDay| said.any(&days).map_err(|fault| FolderError::UnclearDay { fault });
        let a_break = |(from, until): &(SaidDay, SaidDay)| {
            let (from, until) = (day(*from)?, day(*until)?);
            if until < from {
                bail!("a break from {from} cannot end before it, on {until}");
            }
            Ok((from, until))
        };
        let breaks = self.breaks.iter().map(a_break).collect::<anyhow::Result<_>>()?;

        let pace = self.pace.map(|pace| match pace {
            PaceWord::Weekly => Pace::Weekly,
            PaceWord::Fortnightly => Pace::Fortnightly,
        });
        Ok(WhatIf { pace, breaks, lose: self.lose })
    }
}

/// Prints the forecasts. Of several folders one that cannot be judged is left out, and said to be.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    args.out.send(context, |format, context| tell(args, format, context))
}

fn tell(args: &Args, format: Format, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let folders = args.folders.open(context)?;
    let selection = args.selection.of(&folders, context)?;
    let (judged, ending) = args.as_of.judge(&folders, &selection, context)?;
    let what_if = args.what_if(&folders, context)?;
    let (mut rosters, mut foreseen) = (Vec::new(), Vec::new());
    for one in &judged {
        let mut forecasts = Forecasts::new(&what_if, one.as_of);
        let roster = one.roster(&selection, &mut |student, judgement| {
            if let Some(forecast) = judgement.and_then(|judgement| Forecast::new(judgement, &what_if)) {
                forecasts.add(one.folder.name.shown(), student, forecast);
            }
        });
        rosters.push(roster);
        foreseen.push(forecasts);
    }
    let reports = judged.iter().zip(&rosters).zip(foreseen).map(|((one, roster), report)| Judged {
        folder: one.folder.name.shown(),
        caveats: Caveats {
            command_line: &one.command_line,
            roster,
            today: context.today,
            shown_only: selection.words().map(|words| format!("what concerns {words}")),
            judged_by: Some(Summary::of(one)),
            is_of_judged: true,
        },
        report,
    });
    tables::print(&reports.collect::<Vec<_>>(), format, context)?;
    Ok(ending)
}

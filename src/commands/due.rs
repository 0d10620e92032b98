//! `gwp due`: what everybody owes, and by when.

use std::io::Write;

use anyhow::bail;
use chrono::{DateTime, Utc};
use clap::Args as ClapArgs;
use gwp::calendar::Span;
use gwp::folder::own_names;
use gwp::render::{Event, write_ics};
use gwp::reports::{DueBy, DueQuery, FolderDue, MergedDue};

use super::context::Context;
use super::folder_args::{AsOfArg, FolderArgs, ResponsibleArg, SelectionArgs};
use super::format::Format;
use super::help::examples;
use super::out::{Deadlines, OutArgs};
use super::{Ending, tables};

/// Show what is due: forms, decisions, and what must not lapse.
///
/// It lists every obligation that is not met yet, in order of date: from whom it is due, and why on that day. The
/// coming meetings of the LCC stand among them.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp due --within 6w", "gwp due --overdue --by person", "gwp due --from convenor --format ics"]))]
pub struct Args {
    #[command(flatten)]
    folders: FolderArgs,

    #[command(flatten)]
    as_of: AsOfArg,

    /// Only what is overdue or due within this time: days, weeks or months, such as 14d, 6w or 3m
    #[arg(long, value_name = "TIME", value_parser = span, allow_hyphen_values = true)]
    within: Option<Span>,

    /// Only what is overdue
    #[arg(long)]
    overdue: bool,

    #[command(flatten)]
    from: ResponsibleArg,

    #[command(flatten)]
    selection: SelectionArgs,

    /// How the tables are put together; by date, where nothing is said
    #[arg(long, value_name = "WHAT")]
    by: Option<DueBy>,

    /// One table and one total over all folders, with the folder as a column
    #[arg(long)]
    merged: bool,

    #[command(flatten)]
    out: OutArgs<Deadlines>,

    /// End with status 1 if anything is shown, or if a student cannot be judged
    #[arg(long)]
    exit_code: bool,
}

/// Reads a length of time; the error says what is needed.
pub fn span(text: &str) -> Result<Span, String> {
    Span::parse(text)
        .ok_or_else(|| "a length of time such as 14d, 6w or 3m is needed: days, weeks or months".to_owned())
}

/// Prints what is due. Of several folders one that cannot be judged is left out, and said to be.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    args.out.send(context, |format, context| tell(args, format, context))
}

fn tell(args: &Args, format: Format, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    if format == Format::Ics && (args.overdue || args.within.is_some() || args.selection.names_verdicts()) {
        bail!(
            "what is overdue, near or of a verdict changes from day to day, and a calendar would not know of what has \
             left it; leave --overdue, --within and --verdict out"
        );
    }
    if args.by.is_some() && !matches!(format, Format::Table | Format::Markdown) {
        bail!("--by puts the tables together, and this format has one list; leave --by out");
    }
    if args.overdue && args.within.is_some() {
        bail!(
            "--overdue shows what is overdue however long it has been, so one of them does nothing; leave --overdue or \
             --within out"
        );
    }
    if args.merged && matches!(format, Format::Json | Format::Ics) {
        bail!("--merged makes one table over all folders, and this format has no table; leave --merged out");
    }
    let folders = args.folders.open(context)?;
    let (selection, from) = (args.selection.of(&folders, context)?, args.from.of(&folders, context)?);
    let (judged, mut ending) = args.as_of.judge(&folders, &selection, context)?;
    let query = DueQuery { within: args.within, only_overdue: args.overdue, selection, from };
    let dues: Vec<_> = judged.iter().map(|judged| FolderDue::of(judged, &query)).collect();
    if args.exit_code && dues.iter().any(FolderDue::is_telling) {
        ending = Ending::Found;
    }
    if format == Format::Ics {
        calendar(&query, &dues, context.now, context.out)?;
    } else if args.merged {
        let by = args.by.unwrap_or(DueBy::Date);
        tables::print(&[MergedDue::of(&dues, by, context.today)], format, context)?;
    } else {
        let reports: Vec<_> =
            dues.iter().map(|due| due.report(args.by.unwrap_or(DueBy::Date), context.today)).collect();
        tables::print(&reports, format, context)?;
    }
    Ok(ending)
}

/// A calendar of everything that is asked for. What is no longer owed is in it as done.
fn calendar(query: &DueQuery, dues: &[FolderDue<'_>], now: DateTime<Utc>, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut events = Vec::new();
    let names = own_names(dues.iter().map(|one| one.judged().folder));
    for (one, folder) in dues.iter().zip(&names) {
        let as_of = one.judged().as_of;
        if let Some(unjudged) = one.caveats(as_of).unjudged() {
            writeln!(anstream::stderr(), "gwp: {unjudged}")?;
        }
        events.extend(one.in_calendar().into_iter().map(|item| Event { item, folder, as_of }));
    }
    let about: Vec<_> = [query.selection.words(), query.from.words()].into_iter().flatten().collect();
    let name = if about.is_empty() { "GWP".to_owned() } else { format!("GWP: {}", about.join(", ")) };
    Ok(write_ics(&name, &events, now, out)?)
}

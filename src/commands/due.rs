//! `gwp due`: what everybody owes, and by when.

use std::io::Write;
use std::path::Path;

use anyhow::bail;
use chrono::{DateTime, Utc};
use clap::{Args as ClapArgs, ValueEnum};
use gwp::calendar::{Day, Span};
use gwp::judgement::{Item, Roster, Schedule, StudentResult};
use gwp::render::{Event, write_csv, write_ics, write_markdown, write_text};
use gwp::reports::{Caveats, DueBy, FolderPart, Sheet, Summary, due, due_data, nothing_due, write_due_json};
use gwp::text::Text;

use super::Ending;
use super::folders::{self, AsOf, Opened};
use super::origin::Origin;
use super::owing::{EVERYTHING, Owing};
use super::selection::Selection;
use super::surroundings::Surroundings;

/// Show what is due: forms, decisions, and what has to go on, past and to come.
///
/// Every obligation of every student that is not met yet, in order of date: from whom it is due, and why on that day.
/// With the meetings of the LCC that are to come.
#[derive(Debug, ClapArgs)]
pub struct Args {
    #[command(flatten)]
    origin: Origin,

    /// As of this day: a date such as 2026-01-31, or next-lcc for the next LCC meeting; else today
    #[arg(long, value_name = "DATE", value_parser = AsOf::parse)]
    as_of: Option<AsOf>,

    /// Only what is overdue or due within this time: days, weeks or months, such as 14d, 6w or 3m
    #[arg(long, value_name = "TIME", value_parser = span, allow_hyphen_values = true)]
    within: Option<Span>,

    /// Only what is overdue
    #[arg(long)]
    overdue: bool,

    #[command(flatten)]
    from: Owing,

    #[command(flatten)]
    selection: Selection,

    /// How the tables are put together
    #[arg(long, value_name = "WHAT", default_value = "date")]
    by: By,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,

    /// End with status 1 where anything is shown, or somebody could not be judged
    #[arg(long)]
    exit_code: bool,
}

/// How the tables are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// In order of date
    Date,
    /// For each person from whom something is due
    Person,
    /// For each student
    Student,
}

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables for the terminal
    Table,
    /// One JSON document, for other programs
    Json,
    /// Comma-separated values, for a spreadsheet
    Csv,
    /// Markdown, for a page or a message
    Markdown,
    /// A calendar file, for a calendar program
    Ics,
}

/// Reads a length of time; the error says what is needed.
pub fn span(text: &str) -> Result<Span, String> {
    Span::parse(text)
        .ok_or_else(|| "a length of time such as 14d, 6w or 3m is needed: days, weeks or months".to_owned())
}

/// Prints what is due. Of several folders one that cannot be judged is left out, and said to be.
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    if args.format == Format::Ics && (args.overdue || args.within.is_some() || args.selection.names_verdicts()) {
        bail!(
            "what is overdue, near or of a verdict changes from day to day, and a calendar would not know of what has \
             left it; leave --overdue, --within and --verdict out"
        );
    }
    let (opened, several) = args.origin.open(change)?;
    args.selection.must_match(&opened, several)?;
    args.from.must_match(&opened, several)?;
    let (judged, mut ending) =
        folders::judged_as_of(&opened, args.as_of, surroundings.today, &args.selection, several)?;
    let read: Vec<_> = judged.iter().map(|(folder, day)| (folder.cases(), folder.parameters(*day))).collect();
    let mut dues = Vec::new();
    for ((folder, as_of), (cases, parameters)) in judged.into_iter().zip(&read) {
        let named = several.then_some(&folder.name);
        let mut schedule = Schedule::new(as_of);
        let keep = |result: &StudentResult<'_>| args.selection.keeps(result, named);
        let roster = Roster::new(&folder.case, cases, parameters, as_of, &keep, &mut |result, judgement| {
            schedule.add(result, judgement);
        });
        let due = Due { folder, named, as_of, roster, items: schedule.items(&folder.case) };
        if args.exit_code && due.is_telling(args) {
            ending = Ending::Found;
        }
        dues.push(due);
    }
    match args.format {
        Format::Ics => calendar(args, &dues, surroundings.now, out)?,
        Format::Json => json(args, &dues, several, out)?,
        Format::Csv => csv(args, &dues, out)?,
        Format::Table => write_text(&sheets(args, &dues, surroundings.today), surroundings.layout(), out)?,
        Format::Markdown => write_markdown(&sheets(args, &dues, surroundings.today), out)?,
    }
    Ok(ending)
}

/// One folder, with all its items, those that are no longer owed among them.
struct Due<'r, 'a> {
    folder: &'r Opened,
    named: Option<&'r Text>,
    as_of: Day,
    roster: Roster<'a>,
    items: Vec<Item<'a>>,
}

impl<'a> Due<'_, 'a> {
    /// The items that are asked for and owed.
    fn owed(&self, args: &Args) -> Vec<Item<'a>> {
        self.items.iter().filter(|item| self.is_owed(item, args)).cloned().collect()
    }

    fn is_owed(&self, item: &Item<'a>, args: &Args) -> bool {
        let due = item.obligation.due;
        item.obligation.owed
            && args.within.is_none_or(|within| due <= within.after(self.as_of))
            && (!args.overdue || due < self.as_of)
            && args.from.keeps(item.obligation.from.as_ref(), self.named)
    }

    fn is_telling(&self, args: &Args) -> bool {
        self.roster.unjudged().next().is_some() || self.items.iter().any(|item| self.is_owed(item, args))
    }

    /// What has to be said with the items: who is missing, and what is shown of them. `judged_by` is what the folder
    /// is judged by, where that is to be said too.
    fn caveats<'c>(&'c self, args: &Args, today: Day, judged_by: Option<Summary<'c>>) -> Caveats<'c> {
        let what = if args.overdue { "what is overdue" } else { EVERYTHING };
        let by = args.within.map(|within| within.after(self.as_of));
        let shown_only = args.from.shown_only(what, by, &args.selection);
        Caveats { roster: &self.roster, today, shown_only, judged_by, is_of_judged: true }
    }

    /// Says beside the output who is missing in it.
    fn say_unjudged(&self, args: &Args) -> std::io::Result<()> {
        match self.caveats(args, self.as_of, None).unjudged() {
            Some(unjudged) => writeln!(anstream::stderr(), "gwp: {unjudged}"),
            None => Ok(()),
        }
    }
}

fn sheets(args: &Args, dues: &[Due<'_, '_>], today: Day) -> Vec<Sheet> {
    let by = match args.by {
        By::Date => DueBy::Date,
        By::Person => DueBy::Person,
        By::Student => DueBy::Student,
    };
    let mut sheets = Vec::new();
    for one in dues {
        let variations = one.folder.variations_in_force(one.as_of);
        let judged_by = one.folder.summary(&variations, one.as_of);
        sheets.extend(one.named.map(|name| Sheet::part(format!("Case folder {name}"), Vec::new())));
        sheets.extend(one.caveats(args, today, Some(judged_by)).sheet());
        sheets.extend(due(&one.owed(args), by, one.as_of, args.overdue));
        if let (Some(why), Some(last)) = (nothing_due(&one.roster), sheets.last_mut()) {
            last.notes.insert(0, why);
        }
    }
    sheets
}

fn csv(args: &Args, dues: &[Due<'_, '_>], out: &mut dyn Write) -> anyhow::Result<()> {
    let mut sheets = Vec::new();
    for one in dues {
        one.say_unjudged(args)?;
        sheets.push(due_data(&one.owed(args), one.as_of, one.named));
    }
    Ok(write_csv(&sheets, out)?)
}

fn json(args: &Args, dues: &[Due<'_, '_>], several: bool, out: &mut dyn Write) -> anyhow::Result<()> {
    let variations: Vec<_> = dues.iter().map(|one| one.folder.variations_in_force(one.as_of)).collect();
    let folders = dues.iter().zip(&variations).map(|(one, variations)| {
        let summary = one.folder.summary(variations, one.as_of);
        (FolderPart { name: &one.folder.name, summary, roster: &one.roster }, one.owed(args))
    });
    Ok(write_due_json(&folders.collect::<Vec<_>>(), several, out)?)
}

/// A calendar of everything that is asked for. What is no longer owed is in it as cancelled.
fn calendar(args: &Args, dues: &[Due<'_, '_>], now: DateTime<Utc>, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut events = Vec::new();
    for one in dues {
        one.say_unjudged(args)?;
        let items = one.items.iter().filter(|item| args.from.keeps(item.obligation.from.as_ref(), one.named));
        events.extend(items.map(|item| Event { item, folder: one.named, as_of: one.as_of }));
    }
    let about: Vec<_> = [args.selection.words(), args.from.words()].into_iter().flatten().collect();
    let name = if about.is_empty() { "GWP".to_owned() } else { format!("GWP: {}", about.join(", ")) };
    Ok(write_ics(&name, &events, now, out)?)
}

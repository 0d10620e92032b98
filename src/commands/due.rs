//! `gwp due`: what everybody owes, and by when.

use std::io::Write;
use std::path::Path;

use anyhow::bail;
use chrono::{DateTime, Utc};
use clap::{Args as ClapArgs, ValueEnum};
use gwp::calendar::{Day, Span};
use gwp::folder::{EVERYTHING, JudgedFolder, ResponsibleFilter, Selection};
use gwp::judgement::{Item, Roster, Schedule};
use gwp::render::{Event, write_ics};
use gwp::reports::{Caveats, DueBy, DueReport, Judged, Summary, nothing_due};

use super::folder_args::{AsOfArg, FolderArgs, ResponsibleArg, SelectionArgs};
use super::format::Format;
use super::help::examples;
use super::surroundings::Surroundings;
use super::{Ending, tables};

/// Show what is due: forms, decisions, and what has to go on, past and to come.
///
/// Every obligation of every student that is not met yet, in order of date: from whom it is due, and why on that day.
/// With the meetings of the LCC that are to come.
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

    /// How the tables are put together
    #[arg(long, value_name = "WHAT", default_value = "date")]
    by: By,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::among(Format::OF_DEADLINES))]
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
    let folders = args.folders.open(change)?;
    let (selection, from) = (args.selection.of(&folders)?, args.from.of(&folders)?);
    let (judged, mut ending) = args.as_of.judge(&folders, &selection, surroundings)?;
    let asked = Asked { within: args.within, overdue: args.overdue, selection, from };
    let dues: Vec<_> = judged.iter().map(|judged| Due::of(judged, &asked)).collect();
    if args.exit_code && dues.iter().any(Due::is_telling) {
        ending = Ending::Found;
    }
    if args.format == Format::Ics {
        calendar(&asked, &dues, surroundings.now, out)?;
    } else {
        let reports: Vec<_> = dues.iter().map(|due| due.report(args.by, surroundings.today)).collect();
        tables::print(&reports, args.format, surroundings, out)?;
    }
    Ok(ending)
}

/// What is asked for.
struct Asked {
    within: Option<Span>,
    overdue: bool,
    selection: Selection,
    from: ResponsibleFilter,
}

/// One folder, with all its items, those that are no longer owed among them.
struct Due<'j> {
    judged: &'j JudgedFolder<'j>,
    asked: &'j Asked,
    roster: Roster<'j>,
    items: Vec<Item<'j>>,
}

impl<'j> Due<'j> {
    fn of(judged: &'j JudgedFolder<'j>, asked: &'j Asked) -> Self {
        let mut schedule = Schedule::new(judged.as_of);
        let roster = judged.roster(&asked.selection, &mut |student, judgement| schedule.add(student, judgement));
        let items = schedule.items(&judged.folder.case);
        Self { judged, asked, roster, items }
    }

    /// The items that are asked for and owed.
    fn owed(&self) -> Vec<Item<'j>> {
        self.items.iter().filter(|item| self.is_owed(item)).cloned().collect()
    }

    fn is_owed(&self, item: &Item<'j>) -> bool {
        let (due, as_of) = (item.obligation.due, self.judged.as_of);
        item.obligation.owed
            && self.asked.within.is_none_or(|within| due <= within.after(as_of))
            && (!self.asked.overdue || due < as_of)
            && self.is_from_them(item)
    }

    fn is_from_them(&self, item: &Item<'j>) -> bool {
        self.asked.from.keeps(item.obligation.from.as_ref(), &self.judged.folder.name)
    }

    fn is_telling(&self) -> bool {
        self.roster.unjudged().next().is_some() || self.items.iter().any(|item| self.is_owed(item))
    }

    /// What has to be said with the items: who is missing, and what is shown of them.
    fn caveats(&self, today: Day) -> Caveats<'_> {
        let what = if self.asked.overdue { "what is overdue" } else { EVERYTHING };
        let by = self.asked.within.map(|within| within.after(self.judged.as_of));
        let shown_only = self.asked.from.shown_only(what, by, &self.asked.selection);
        let judged_by = Some(Summary::of(self.judged));
        Caveats { roster: &self.roster, today, shown_only, judged_by, is_of_judged: true }
    }

    /// What is said of the items.
    fn report(&self, by: By, today: Day) -> Judged<'_, DueReport<'_>> {
        let (folder, as_of) = (self.judged.folder.name.shown(), self.judged.as_of);
        let by = match by {
            By::Date => DueBy::Date,
            By::Person => DueBy::Person,
            By::Student => DueBy::Student,
        };
        let (items, nothing) = (self.owed(), nothing_due(&self.roster));
        let report = DueReport { items, by, as_of, only_overdue: self.asked.overdue, folder, nothing };
        Judged { folder, caveats: self.caveats(today), report }
    }
}

/// A calendar of everything that is asked for. What is no longer owed is in it as cancelled.
fn calendar(asked: &Asked, dues: &[Due<'_>], now: DateTime<Utc>, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut events = Vec::new();
    for one in dues {
        if let Some(unjudged) = one.caveats(one.judged.as_of).unjudged() {
            writeln!(anstream::stderr(), "gwp: {unjudged}")?;
        }
        let (folder, as_of) = (one.judged.folder.name.shown(), one.judged.as_of);
        let items = one.items.iter().filter(|item| one.is_from_them(item));
        events.extend(items.map(|item| Event { item, folder, as_of }));
    }
    let about: Vec<_> = [asked.selection.words(), asked.from.words()].into_iter().flatten().collect();
    let name = if about.is_empty() { "GWP".to_owned() } else { format!("GWP: {}", about.join(", ")) };
    Ok(write_ics(&name, &events, now, out)?)
}

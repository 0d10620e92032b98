//! `gwp due`: what everybody owes, and by when.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};
use gwp::calendar::{Day, Span};
use gwp::judgement::{Item, Roll, Schedule, Standing};
use gwp::print::{
    Caveats, DueBy, DueReport, Sheet, due, due_data, write_csv, write_due_json, write_markdown, write_text,
};
use gwp::text::Text;

use super::Ending;
use super::folders::{self, AsOf, Opened};
use super::owing::Owing;
use super::selection::Selection;
use super::surroundings::Surroundings;

/// Show what is due: forms, decisions, and what has to go on, past and to come.
///
/// Every obligation of every student that is not met yet, in order of date: from whom it is due, and why on that day.
/// With the meetings of the LCC that are to come.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Case folders, or a folder of them; without it, the case folder that the current folder lies in
    #[arg(value_name = "FOLDER")]
    folders: Vec<PathBuf>,

    /// As of this day: a date such as 2026-01-31, or next-lcc for the next LCC meeting; else today
    #[arg(long, value_name = "DATE", value_parser = AsOf::parse)]
    as_of: Option<AsOf>,

    /// Only what is overdue or due within this time: days, weeks or months, such as 14d, 6w or 3m
    #[arg(long, value_name = "TIME", value_parser = span)]
    within: Option<Span>,

    /// Only what is overdue
    #[arg(long)]
    overdue: bool,

    /// Only what is due from these: student, workplace-supervisor, wrg-supervisor, convenor, line-manager, or the id or
    /// name of a person; can be given several times
    #[arg(long, value_name = "ROLE|ID")]
    from: Vec<String>,

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
    let (opened, several) = folders::open(&args.folders, change)?;
    args.selection.must_match(&opened, several)?;
    let from = Owing::new(&args.from, &opened)?;
    let (judged, mut ending) = folders::judged(&opened, several)?;
    let parameters: Vec<_> = judged
        .iter()
        .map(|folder| {
            let as_of = folder.as_of(args.as_of, surroundings.today)?;
            Ok((as_of, folder.parameters(as_of), folder.variations_in_force(as_of)))
        })
        .collect::<anyhow::Result<_>>()?;
    let cases: Vec<_> = judged.iter().map(|folder| folder.cases()).collect();
    let mut dues = Vec::new();
    for ((folder, cases), (as_of, parameters, variations)) in judged.iter().zip(&cases).zip(&parameters) {
        let named = several.then_some(&folder.name);
        let mut schedule = Schedule::new(*as_of);
        let keep = |standing: &Standing<'_>| args.selection.keeps(standing, named);
        let roll = Roll::new(&folder.case, cases, parameters, *as_of, &keep, &mut |standing, judgement| {
            schedule.add(standing, judgement);
        });
        let items = schedule.items(&folder.case);
        let due = Due { folder, named, as_of: *as_of, roll, variations, items };
        if args.exit_code && due.is_telling(args, &from) {
            ending = Ending::Found;
        }
        dues.push(due);
    }
    print(args, &from, &dues, several, surroundings, out)?;
    Ok(ending)
}

/// One folder, with all its items.
struct Due<'r, 'a> {
    folder: &'r Opened,
    named: Option<&'r Text>,
    as_of: Day,
    roll: Roll<'a>,
    variations: &'r [&'r gwp::records::Variation],
    items: Vec<Item<'a>>,
}

impl<'a> Due<'_, 'a> {
    /// The items that are asked for and owed.
    fn owed(&self, args: &Args, from: &Owing) -> Vec<Item<'a>> {
        let last = args.within.map(|within| within.after(self.as_of));
        let mut owed = self.items.clone();
        owed.retain(|item| {
            let due = item.obligation.due;
            item.obligation.owed
                && last.is_none_or(|last| due <= last)
                && (!args.overdue || due < self.as_of)
                && from.keeps(item.obligation.from.as_ref(), self.named)
        });
        owed
    }

    fn is_telling(&self, args: &Args, from: &Owing) -> bool {
        self.caveats(args, from, self.as_of).unjudged().is_some() || !self.owed(args, from).is_empty()
    }

    fn caveats(&self, args: &Args, from: &Owing, today: Day) -> Caveats<'_> {
        let shown_only: Vec<_> = args.selection.words().into_iter().chain(from.words()).collect();
        Caveats {
            roll: &self.roll,
            today,
            shown_only: (!shown_only.is_empty()).then(|| shown_only.join(", ")),
            judged_by: Some(self.folder.summary(self.variations, self.as_of)),
            is_of_judged: true,
        }
    }
}

fn print(
    args: &Args,
    from: &Owing,
    dues: &[Due<'_, '_>],
    several: bool,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    match args.format {
        Format::Json => {
            let owed: Vec<_> = dues.iter().map(|due| due.owed(args, from)).collect();
            let reports = dues.iter().zip(&owed).map(|(due, items)| DueReport {
                name: &due.folder.name,
                as_of: due.as_of,
                scheme: due.folder.scheme().word(),
                variations: due.variations,
                unjudged: due.roll.unjudged().map(|standing| standing.id).collect(),
                items,
            });
            write_due_json(&reports.collect::<Vec<_>>(), several, out)?;
        }
        Format::Csv => {
            let mut sheets = Vec::new();
            for due in dues {
                if let Some(unjudged) = due.caveats(args, from, surroundings.today).unjudged() {
                    writeln!(anstream::stderr(), "gwp: {unjudged}")?;
                }
                let shown = |id: &Text| folders::shown_id(due.named, id);
                sheets.push(due_data(&due.owed(args, from), due.as_of, &shown));
            }
            write_csv(&sheets, out)?;
        }
        Format::Table => write_text(&sheets(args, from, dues, surroundings.today), surroundings.layout(), out)?,
        Format::Markdown => write_markdown(&sheets(args, from, dues, surroundings.today), out)?,
        Format::Ics => anyhow::bail!("calendars are not there yet"),
    }
    Ok(())
}

fn sheets(args: &Args, from: &Owing, dues: &[Due<'_, '_>], today: Day) -> Vec<Sheet> {
    let by = match args.by {
        By::Date => DueBy::Date,
        By::Person => DueBy::Person,
        By::Student => DueBy::Student,
    };
    let mut sheets = Vec::new();
    for folder in dues {
        sheets.extend(folder.named.map(|name| Sheet::part(format!("Case folder {name}"), Vec::new())));
        sheets.extend(folder.caveats(args, from, today).sheet());
        sheets.extend(due(&folder.owed(args, from), by, folder.as_of));
    }
    sheets
}

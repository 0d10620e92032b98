//! `gwp export`: what is in a folder, for a spreadsheet.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::{Args as ClapArgs, ValueEnum};
use gwp::calendar::Day;
use gwp::folder::{JudgedFolder, Selection};
use gwp::judgement::{Item, Roster, Schedule};
use gwp::render::{write_csv, write_document, xlsx};
use gwp::reports::{Caveats, DueBy, DueReport, Judged, Listed, Register, Report, Sessions, Summary};
use gwp::text::visible;
use gwp::writing;

use super::Ending;
use super::folder_args::{AsOfArg, OnDisk, SelectionArgs};
use super::format::Format;
use super::help::examples;
use super::list::{self, Which};
use super::surroundings::Surroundings;

/// Write a table of a folder for a spreadsheet: a CSV file, a workbook or JSON.
///
/// In a workbook days are dates and counts are numbers. No text can become a formula in it, whatever it begins with.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp export sessions --out sessions.xlsx", "gwp export due --format csv"]))]
pub struct Args {
    /// What to write
    #[arg(value_name = "WHAT")]
    what: What,

    #[command(flatten)]
    folders: OnDisk,

    /// What to write it as; else as the name after --out ends, or as CSV
    #[arg(long, value_name = "FORMAT", value_parser = Format::among(Format::OF_EXPORTS))]
    format: Option<Format>,

    /// The file to write, in place of one that is there; needed for a workbook
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    selection: SelectionArgs,
}

/// What can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// The students, with verdict and sessions
    Students,
    /// The supervisors, with registration and what is missing
    Supervisors,
    /// The groups, with their sessions
    Groups,
    /// The courses, with meetings and deadlines
    Courses,
    /// The students about whose award something was decided
    Awards,
    /// Every entry of every session log: for whom it counts, and why not
    Sessions,
    /// What is owed, by when and from whom
    Due,
}

/// Writes the table. Of several folders one that cannot be judged is left out, and said to be.
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let format = args.format();
    if format == Format::Xlsx && args.out.is_none() {
        bail!("a workbook cannot be shown here; name a file with --out");
    }
    let folders = args.folders.open(change)?;
    let selection = args.selection.of(&folders)?;
    let (judged, ending) = args.as_of.judge(&folders, &selection, surroundings)?;
    let as_of = judged.iter().map(|one| one.as_of).min().unwrap_or(surroundings.today);
    let (made, rows) = match args.what {
        What::Due => {
            let dues: Vec<_> = judged.iter().map(|one| due(one, &selection)).collect();
            let reports = dues.iter().map(|(one, roster, items)| due_report(one, roster, items.clone()));
            made(&reports.collect::<Vec<_>>(), args.what.title(), format, as_of)?
        }
        what => {
            let register = |judged| match what.register() {
                Some(which) => Listed { judged, register: list::drawn(which, &selection, judged) },
                None => Listed { judged, register: sessions(&selection, judged) },
            };
            made(&judged.iter().map(register).collect::<Vec<_>>(), what.title(), format, as_of)?
        }
    };
    match &args.out {
        None => out.write_all(&made)?,
        Some(path) => {
            writing::put(path, &made)?;
            let rows = if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
            writeln!(out, "Written: {}, {rows}.", visible(&path.to_string_lossy()))?;
        }
    }
    Ok(ending)
}

impl What {
    /// The register of `gwp list` that it is; none for what only a spreadsheet has.
    fn register(self) -> Option<Which> {
        match self {
            Self::Students => Some(Which::Students),
            Self::Supervisors => Some(Which::Supervisors),
            Self::Groups => Some(Which::Groups),
            Self::Courses => Some(Which::Courses),
            Self::Awards => Some(Which::Awards),
            Self::Sessions | Self::Due => None,
        }
    }

    /// What the sheet of a workbook is called.
    fn title(self) -> &'static str {
        match self {
            Self::Students => "Students",
            Self::Supervisors => "Supervisors",
            Self::Groups => "Groups",
            Self::Courses => "Courses",
            Self::Awards => "Awards",
            Self::Sessions => "Sessions",
            Self::Due => "Due",
        }
    }
}

impl Args {
    fn format(&self) -> Format {
        let ending = self.out.as_ref().and_then(|path| Some(path.extension()?.to_str()?.to_lowercase()));
        self.format.unwrap_or(match ending.as_deref() {
            Some("xlsx") => Format::Xlsx,
            Some("json") => Format::Json,
            _ => Format::Csv,
        })
    }
}

/// The bytes of a table over all folders, and how many rows it has.
fn made(reports: &[impl Report], title: &str, format: Format, as_of: Day) -> anyhow::Result<(Vec<u8>, usize)> {
    let sheets: Vec<_> = reports.iter().map(Report::data).collect();
    let mut made = Vec::new();
    match format {
        Format::Xlsx => made = xlsx(title, &sheets, as_of)?,
        Format::Json => write_document(reports.iter().map(|report| (report.folder(), report)).collect(), &mut made)?,
        _ => write_csv(&sheets, &mut made)?,
    }
    Ok((made, sheets.iter().map(|sheet| sheet.rows.len()).sum()))
}

fn sessions(selection: &Selection, judged: &JudgedFolder<'_>) -> Register {
    let folder = judged.folder;
    let mut sessions = Sessions::new(&folder.case, judged.as_of, folder.name.shown(), !selection.is_empty());
    judged.roster(selection, &mut |student, judgement| sessions.add(student, judgement));
    sessions.register()
}

/// A folder with everything that is owed in it.
type Due<'j> = (&'j JudgedFolder<'j>, Roster<'j>, Vec<Item<'j>>);

fn due<'j>(judged: &'j JudgedFolder<'j>, selection: &Selection) -> Due<'j> {
    let mut schedule = Schedule::new(judged.as_of);
    let roster = judged.roster(selection, &mut |student, judgement| schedule.add(student, judgement));
    let mut items = schedule.items(&judged.folder.case);
    items.retain(|item| item.obligation.owed);
    (judged, roster, items)
}

fn due_report<'j>(
    judged: &'j JudgedFolder<'j>,
    roster: &'j Roster<'j>,
    items: Vec<Item<'j>>,
) -> Judged<'j, DueReport<'j>> {
    let (folder, as_of) = (judged.folder.name.shown(), judged.as_of);
    let judged_by = Some(Summary::of(judged));
    Judged {
        folder,
        caveats: Caveats { roster, today: as_of, shown_only: None, judged_by, is_of_judged: true },
        report: DueReport { items, by: DueBy::Date, as_of, only_overdue: false, folder, nothing: None },
    }
}

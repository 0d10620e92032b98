//! `gwp export`: what is in a folder, for a spreadsheet.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::{Args as ClapArgs, ValueEnum};
use gwp::folder::{JudgedFolder, Selection};
use gwp::judgement::Schedule;
use gwp::render::{write_csv, write_value, xlsx};
use gwp::reports::{FolderPart, Register, Sessions, Sheet, Summary, due_data, write_due_json};
use gwp::text::{Text, visible};
use gwp::writing;

use super::Ending;
use super::folder_args::{AsOfArg, OnDisk, SelectionArgs};
use super::list::{self, Which};
use super::surroundings::Surroundings;

/// Write a table of a folder for a spreadsheet: a CSV file, a workbook or JSON.
///
/// In a workbook days are dates and counts are numbers. No text can become a formula in it, whatever it begins with.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// What to write
    #[arg(value_name = "WHAT")]
    what: What,

    #[command(flatten)]
    folders: OnDisk,

    /// What to write it as; else as the name after --out ends, or as CSV
    #[arg(long, value_name = "FORMAT")]
    format: Option<As>,

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

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum As {
    /// Comma-separated values
    Csv,
    /// A workbook
    Xlsx,
    /// One JSON document
    Json,
}

/// Writes the table. Of several folders one that cannot be judged is left out, and said to be.
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let format = args.format();
    if format == As::Xlsx && args.out.is_none() {
        bail!("a workbook cannot be shown here; name a file with --out");
    }
    let folders = args.folders.open(change)?;
    let selection = args.selection.of(&folders)?;
    let (judged, ending) = args.as_of.judge(&folders, &selection, surroundings)?;
    let several = folders.len() > 1;
    let mut made = Vec::new();
    let sheets = match args.what {
        What::Due => due(&selection, &judged, several, format, &mut made)?,
        what => registers(what.register(), &selection, &judged, several, format, &mut made)?,
    };
    let as_of = judged.iter().map(|one| one.as_of).min().unwrap_or(surroundings.today);
    match format {
        As::Csv => write_csv(&sheets, &mut made)?,
        As::Xlsx => made = xlsx(args.what.title(), &sheets, as_of)?,
        As::Json => {}
    }
    match &args.out {
        None => out.write_all(&made)?,
        Some(path) => {
            writing::put(path, &made)?;
            let rows: usize = sheets.iter().map(|sheet| sheet.rows.len()).sum();
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
    fn format(&self) -> As {
        let ending = self.out.as_ref().and_then(|path| Some(path.extension()?.to_str()?.to_lowercase()));
        self.format.unwrap_or(match ending.as_deref() {
            Some("xlsx") => As::Xlsx,
            Some("json") => As::Json,
            _ => As::Csv,
        })
    }
}

/// The sheets of a register; where JSON is asked for, the document is written into `made` too.
fn registers(
    which: Option<Which>,
    selection: &Selection,
    judged: &[JudgedFolder<'_>],
    several: bool,
    format: As,
    made: &mut Vec<u8>,
) -> anyhow::Result<Vec<Sheet>> {
    let mut registers = Vec::new();
    for one in judged {
        let register = match which {
            Some(which) => list::drawn(which, selection, one),
            None => sessions(selection, one),
        };
        registers.push((one.folder.name.as_text(), Summary::of(one), register));
    }
    if format == As::Json {
        let document = match registers.as_slice() {
            [(_, summary, register)] if !several => register.json(summary),
            several => Register::json_of_folders(several),
        };
        write_value(&document, made)?;
        writeln!(made)?;
    }
    Ok(registers.into_iter().map(|(_, _, register)| register.data).collect())
}

fn sessions(selection: &Selection, judged: &JudgedFolder<'_>) -> Register {
    let shown = |id: &Text| judged.folder.shown_id(id);
    let mut sessions = Sessions::new(&judged.folder.case, judged.as_of, !selection.is_empty());
    judged.roster(selection, &mut |student, judgement| sessions.add(shown(student.id), student, judgement));
    sessions.register(&shown)
}

/// The same of what is due.
fn due(
    selection: &Selection,
    judged: &[JudgedFolder<'_>],
    several: bool,
    format: As,
    made: &mut Vec<u8>,
) -> anyhow::Result<Vec<Sheet>> {
    let mut dues = Vec::new();
    for one in judged {
        let mut schedule = Schedule::new(one.as_of);
        let roster = one.roster(selection, &mut |student, judgement| schedule.add(student, judgement));
        let mut items = schedule.items(&one.folder.case);
        items.retain(|item| item.obligation.owed);
        dues.push((one, roster, items));
    }
    let sheets = dues.iter().map(|(one, _, items)| due_data(items, one.as_of, one.folder.name.shown())).collect();
    if format == As::Json {
        let folders = dues.iter().map(|(one, roster, items)| {
            (FolderPart { name: one.folder.name.as_text(), summary: Summary::of(one), roster }, items.clone())
        });
        write_due_json(&folders.collect::<Vec<_>>(), several, made)?;
    }
    Ok(sheets)
}

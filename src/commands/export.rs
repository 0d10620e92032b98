//! `gwp export`: what is in a folder, for a spreadsheet.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::{Args as ClapArgs, ValueEnum};
use gwp::calendar::Day;
use gwp::judgement::{Roster, Schedule, StudentResult};
use gwp::render::{write_csv, write_value, xlsx};
use gwp::reports::{FolderPart, Register, Sessions, Sheet, due_data, write_due_json};
use gwp::text::{Text, visible};
use gwp::writing;

use super::Ending;
use super::folders::{self, AsOf, Opened};
use super::keeping::of_writing;
use super::list::{self, Which};
use super::selection::Selection;
use super::surroundings::Surroundings;

/// Write a table of a folder for a spreadsheet: a CSV file, a workbook or JSON.
///
/// In a workbook days are dates and counts are numbers. No text can become a formula in it, whatever it begins with.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// What to write
    #[arg(value_name = "WHAT")]
    what: What,

    /// Case folders, or a folder of them; without it, the case folder that the current folder lies in
    #[arg(value_name = "FOLDER")]
    folders: Vec<PathBuf>,

    /// What to write it as; else as the name after --out ends, or as CSV
    #[arg(long, value_name = "FORMAT")]
    format: Option<As>,

    /// The file to write, in place of one that is there; needed for a workbook
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// As of this day: a date such as 2026-01-31, or next-lcc for the next LCC meeting; else today
    #[arg(long, value_name = "DATE", value_parser = AsOf::parse)]
    as_of: Option<AsOf>,

    #[command(flatten)]
    selection: Selection,
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
    let (opened, several) = folders::open(&args.folders, change)?;
    args.selection.must_match(&opened, several)?;
    let (parts, ending) = folders::judged_as_of(&opened, args.as_of, surroundings.today, &args.selection, several)?;
    let mut made = Vec::new();
    let sheets = match args.what {
        What::Due => args.due(&parts, several, format, &mut made)?,
        what => args.registers(what.register(), &parts, several, format, &mut made)?,
    };
    let as_of = parts.iter().map(|(_, as_of)| *as_of).min().unwrap_or(surroundings.today);
    match format {
        As::Csv => write_csv(&sheets, &mut made)?,
        As::Xlsx => made = xlsx(args.what.title(), &sheets, as_of)?,
        As::Json => {}
    }
    match &args.out {
        None => out.write_all(&made)?,
        Some(path) => {
            writing::put(path, &made).map_err(|error| of_writing(&error))?;
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

    /// The sheets of a register; where JSON is asked for, the document is written into `made` too.
    fn registers(
        &self,
        which: Option<Which>,
        parts: &[(&Opened, Day)],
        several: bool,
        format: As,
        made: &mut Vec<u8>,
    ) -> anyhow::Result<Vec<Sheet>> {
        let variations: Vec<_> = parts.iter().map(|(folder, as_of)| folder.variations_in_force(*as_of)).collect();
        let mut registers = Vec::new();
        for ((folder, as_of), variations) in parts.iter().zip(&variations) {
            let register = match which {
                Some(which) => list::drawn(which, &self.selection, folder, several, *as_of),
                None => self.sessions(folder, several, *as_of),
            };
            registers.push((&folder.name, folder.summary(variations, *as_of), register));
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

    fn sessions(&self, folder: &Opened, several: bool, as_of: Day) -> Register {
        let named = several.then_some(&folder.name);
        let (cases, parameters) = (folder.cases(), folder.parameters(as_of));
        let shown = |id: &Text| folders::shown_id(named, id);
        let keep = |result: &StudentResult<'_>| self.selection.keeps(result, named);
        let mut sessions = Sessions::new(&folder.case, as_of, !self.selection.is_empty());
        Roster::new(&folder.case, &cases, &parameters, as_of, &keep, &mut |result, judgement| {
            sessions.add(shown(result.id), result, judgement);
        });
        sessions.register(&shown)
    }

    /// The same of what is due.
    fn due(
        &self,
        parts: &[(&Opened, Day)],
        several: bool,
        format: As,
        made: &mut Vec<u8>,
    ) -> anyhow::Result<Vec<Sheet>> {
        let read: Vec<_> = parts.iter().map(|(folder, as_of)| (folder.cases(), folder.parameters(*as_of))).collect();
        let variations: Vec<_> = parts.iter().map(|(folder, as_of)| folder.variations_in_force(*as_of)).collect();
        let mut dues = Vec::new();
        for ((folder, as_of), (cases, parameters)) in parts.iter().zip(&read) {
            let named = several.then_some(&folder.name);
            let mut schedule = Schedule::new(*as_of);
            let keep = |result: &StudentResult<'_>| self.selection.keeps(result, named);
            let roster = Roster::new(&folder.case, cases, parameters, *as_of, &keep, &mut |result, judgement| {
                schedule.add(result, judgement);
            });
            let mut items = schedule.items(&folder.case);
            items.retain(|item| item.obligation.owed);
            dues.push((roster, items));
        }
        let sheet = |((folder, as_of), (_, items)): (&(&Opened, Day), &(Roster<'_>, Vec<_>))| {
            due_data(items, *as_of, folder.named(several))
        };
        let sheets = parts.iter().zip(&dues).map(sheet).collect();
        if format == As::Json {
            let folders =
                parts.iter().zip(&dues).zip(&variations).map(|(((folder, as_of), (roster, items)), variations)| {
                    let summary = folder.summary(variations, *as_of);
                    (FolderPart { name: &folder.name, summary, roster }, items.clone())
                });
            write_due_json(&folders.collect::<Vec<_>>(), several, made)?;
        }
        Ok(sheets)
    }
}

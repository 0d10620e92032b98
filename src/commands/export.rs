//! `gwp export`: what is in a folder, for a spreadsheet.

use std::path::PathBuf;

use anyhow::bail;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, ValueEnum};
use gwp::calendar::Day;
use gwp::render::{write_csv, write_document, xlsx};
use gwp::reports::{DueBy, DueQuery, FolderDue, Listed, RegisterKind, Report};
use gwp::text::{capitalised, counted, visible};

use super::Ending;
use super::asking::with_choices;
use super::context::Context;
use super::discretion::DiscretionArgs;
use super::folder_args::{AsOfArg, FolderArgs, SelectionArgs};
use super::format::Format;
use super::help::examples;
use super::out::put;
use super::tables;
use super::value_parsers::{among, among_words, words_of};
use super::whom::said_or_asked;

/// Write a table of a folder for a spreadsheet: a CSV file, a workbook or JSON.
///
/// In a workbook days are dates and counts are numbers. No text can become a formula in it, whatever it begins with.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp export sessions --out sessions.xlsx", "gwp export due --format csv"]))]
pub struct Args {
    /// What to write
    #[arg(value_name = "WHAT", value_parser = What::parser())]
    what: Option<What>,

    #[command(flatten)]
    folders: FolderArgs,

    /// What to write it as. Without it, the ending of --out decides, or it is CSV
    #[arg(long, value_name = "FORMAT", value_parser = among(Format::OF_EXPORTS))]
    format: Option<Format>,

    /// The file to write; a workbook needs it. A file that is there is replaced only if gwp wrote it and nobody has changed it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    selection: SelectionArgs,

    #[command(flatten)]
    discretion: DiscretionArgs,
}

/// What can be written.
#[derive(Clone, Copy, Debug)]
enum What {
    /// A register.
    Register(RegisterKind),
    /// What is owed.
    Due,
}

/// Writes the table. Of several folders one that cannot be judged is left out, and said to be; so is a record with an
/// error, and the exit status tells.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let format = Format::of_file(args.format, args.out.as_deref(), Format::OF_EXPORTS)?;
    if format == Format::Xlsx && args.out.is_none() {
        bail!("a workbook cannot be shown here; name a file with --out");
    }
    let what = said_or_asked(args.what, &What::asks(), "gwp export sessions --out sessions.xlsx", context, What::read)?;
    let folders = args.folders.open(context)?;
    let selection = args.selection.of(&folders, context)?;
    let (folders, selection) = args.discretion.applied(folders, selection)?;
    let (judged, mut ending) = args.as_of.judge(&folders, &selection, context)?;
    let as_of = judged.iter().map(|one| one.as_of).min().unwrap_or(context.today);
    let title = what.title();
    let (made, rows, is_whole) = match what {
        What::Due => {
            let query = DueQuery { selection, ..DueQuery::default() };
            let dues: Vec<_> = judged.iter().map(|judged| FolderDue::of(judged, &query)).collect();
            let reports: Vec<_> = dues.iter().map(|due| due.report(DueBy::Date, context.today)).collect();
            made(&reports, &title, format, as_of)?
        }
        What::Register(kind) => {
            let reports: Vec<_> = judged.iter().map(|judged| Listed::of(kind, judged, &selection)).collect();
            made(&reports, &title, format, as_of)?
        }
    };
    if !is_whole {
        ending = Ending::Found;
    }
    match &args.out {
        None => context.out.write_all(&made)?,
        Some(path) => {
            put(path, &format.bytes_of_file(made), context)?;
            let rows = counted(rows, "row", "rows");
            writeln!(context.out, "Written: {}, {rows}.", visible(&path.to_string_lossy()))?;
        }
    }
    Ok(ending)
}

impl What {
    const DUE: &str = "due";

    fn words() -> Vec<String> {
        words_of(RegisterKind::value_variants()).into_iter().chain([Self::DUE.to_owned()]).collect()
    }

    /// Reads the word for a register, or for what is owed.
    fn parser() -> impl TypedValueParser<Value = Self> {
        let due = PossibleValue::new(Self::DUE).help("What is owed, by when and from whom");
        let registers = RegisterKind::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        PossibleValuesParser::new(registers.chain([due])).try_map(|word| Self::read(&word))
    }

    /// What somebody is asked who said no word.
    fn asks() -> String {
        with_choices("What to write", Self::words().iter().map(String::as_str))
    }

    fn read(word: &str) -> Result<Self, String> {
        match among_words(word, &Self::words())? {
            Self::DUE => Ok(Self::Due),
            word => RegisterKind::from_str(word, false).map(Self::Register),
        }
    }

    /// What the sheet of a workbook is called.
    fn title(self) -> String {
        let word = match self {
            Self::Register(kind) => kind.to_possible_value(),
            Self::Due => Some(PossibleValue::new(Self::DUE)),
        };
        capitalised(word.as_ref().map_or("", PossibleValue::get_name))
    }
}

/// The bytes of a table over all folders, how many rows it has, and whether nothing is missing in it; what is, is said.
fn made(reports: &[impl Report], title: &str, format: Format, as_of: Day) -> anyhow::Result<(Vec<u8>, usize, bool)> {
    tables::say_beside(reports)?;
    let sheets: Vec<_> = reports.iter().map(Report::data).collect();
    let mut made = Vec::new();
    match format {
        Format::Xlsx => made = xlsx(title, &sheets, as_of)?,
        Format::Json => write_document(reports.iter().map(|report| (report.folder(), report)).collect(), &mut made)?,
        _ => write_csv(&sheets, &mut made)?,
    }
    let is_whole = reports.iter().all(|report| report.beside_data().is_none());
    Ok((made, sheets.iter().map(|sheet| sheet.rows.len()).sum(), is_whole))
}

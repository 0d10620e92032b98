//! `gwp check`: every record checked, every student judged, and what is needed from whom.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};
use gwp::judgement::{Roll, Standing, Verdict};
use gwp::print::{FolderReport, JsonDocument, Located};
use gwp::problems::{Level, Problem};
use gwp::text::Locator;

use super::Ending;
use super::folders::{self, AsOf, Opened};
use super::selection::Selection;
use super::surroundings::Surroundings;

/// Check every record and judge every student.
///
/// Prints the problems of the records, who stands where and what is needed next, what is for this meeting, and what
/// is overdue and from whom.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// Case folders, or a folder of them; none: the case folder that the current folder lies in
    #[arg(value_name = "FOLDER")]
    folders: Vec<PathBuf>,

    /// Judge as of this day: a date such as 2026-01-31, or next-lcc for the next LCC meeting; else today
    #[arg(long, value_name = "DATE", value_parser = AsOf::parse)]
    as_of: Option<AsOf>,

    #[command(flatten)]
    selection: Selection,

    /// Print only one part
    #[arg(long, value_name = "PART")]
    only: Option<Part>,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,

    /// What makes the exit status 1: any of errors, warnings, unknown, action, overdue, separated by commas; or never
    #[arg(long, value_name = "WHAT", value_delimiter = ',', default_values = ["errors", "warnings", "unknown", "action", "overdue"])]
    fail_on: Vec<FailOn>,
}

/// A part of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Who stands where, and what is needed next
    Eligibility,
    /// What is for this meeting
    Agenda,
    /// What is overdue, and from whom
    Overdue,
    /// What is wrong in the records
    Problems,
}

/// A form of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables for the terminal
    Table,
    /// One JSON document, for other programs
    Json,
    /// Comma-separated values, for a spreadsheet
    Csv,
    /// Markdown, for a page or a message
    Markdown,
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
    /// Somebody has to act
    Action,
    /// Something is overdue
    Overdue,
    /// Nothing: the exit status is 0
    Never,
}

/// Checks and prints.
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let (opened, several) = folders::open(&args.folders, change)?;
    args.selection.must_match(&opened, several)?;
    let mut ending = Ending::Clean;
    let mut document = JsonDocument::begin(out, several)?;
    for folder in &opened {
        let as_of = AsOf::day(args.as_of, &folder.case, surroundings.today)?;
        let (cases, parameters) = (folder.cases(), folder.parameters(as_of));
        let keep = |standing: &Standing<'_>| args.selection.keeps(standing, several.then_some(&folder.name));
        let roll = Roll::new(&folder.case, &cases, &parameters, as_of, &keep, &mut |_, _| {});
        let mut locator = Locator::new(&folder.sources);
        let problems = folder.problems(&cases, as_of, &mut locator);
        if finds(&args.fail_on, &roll, &problems) {
            ending = Ending::Found;
        }
        let report = report(folder, &roll, &problems, &mut locator);
        document.folder(&report, &mut locator)?;
    }
    document.end()?;
    Ok(ending)
}

fn report<'r>(
    folder: &'r Opened,
    roll: &'r Roll<'r>,
    problems: &'r [Problem],
    locator: &mut Locator<'_>,
) -> FolderReport<'r> {
    FolderReport {
        name: &folder.name,
        sources: &folder.sources,
        records: &folder.case.records,
        scheme: folder.scheme().word(),
        variations: folder.variations_in_force(roll.as_of),
        roll,
        problems: problems
            .iter()
            .map(|problem| {
                let (line, column) = locator.problem(problem);
                Located { problem, line, column }
            })
            .collect(),
    }
}

/// Whether there is something that the exit status is to tell of.
fn finds(fail_on: &[FailOn], roll: &Roll<'_>, problems: &[Problem]) -> bool {
    let has_level = |level| problems.iter().any(|problem| problem.level == level);
    let has_verdict = |verdict| roll.students.iter().any(|standing| standing.verdict == verdict);
    !fail_on.contains(&FailOn::Never)
        && fail_on.iter().any(|what| match what {
            FailOn::Errors => has_level(Level::Error),
            FailOn::Warnings => has_level(Level::Warning),
            FailOn::Unknown => has_verdict(Verdict::Unknown),
            FailOn::Action => has_verdict(Verdict::Action),
            FailOn::Overdue => roll.students.iter().any(|standing| !standing.overdue.is_empty()),
            FailOn::Never => false,
        })
}

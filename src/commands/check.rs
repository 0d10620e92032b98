//! `gwp check`: every record checked, every student judged, and what is needed from whom.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};
use gwp::calendar::Day;
use gwp::folder::{FolderName, JudgedFolder};
use gwp::judgement::{Judgement, Roster, StudentResult, Verdict};
use gwp::problems::{Level, Problem};
use gwp::render::{Diagnostics, Layout, write_csv, write_markdown, write_text};
use gwp::reports::{
    Agenda, Caveats, Eligibility, FolderReport, JsonDocument, Located, Sheet, Summary, overdue, overdue_data,
    problem_list,
};
use gwp::text::Locator;

use super::folder_args::{AsOfArg, FolderArgs, SelectionArgs};
use super::surroundings::Surroundings;
use super::{Ending, receipts};

/// Check every record and judge every student.
///
/// Prints the problems of the records, who stands where and what is needed next, what is for this meeting, and what
/// is overdue and from whom.
#[derive(Debug, ClapArgs)]
pub struct Args {
    #[command(flatten)]
    folders: FolderArgs,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    selection: SelectionArgs,

    /// Print only one part
    #[arg(long, value_name = "PART")]
    only: Option<Part>,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,

    /// What makes the exit status 1: any of errors, warnings, unknown, action, overdue, separated by commas; or never
    #[arg(long, value_name = "WHAT", value_delimiter = ',', default_values = ["errors", "warnings", "unknown", "action", "overdue"])]
    fail_on: Vec<FailOn>,

    /// Write a receipt to this file: what was read, by what it was judged, and how every student stood. "gwp verify"
    /// says later what differs from it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["student", "course", "verdict"])]
    receipt: Option<PathBuf>,
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
    let folders = args.folders.open(change)?;
    let selection = args.selection.of(&folders)?;
    let mut ending = Ending::Clean;
    let mut made = Vec::new();
    let mut printer = Printer::begin(args, *surroundings, folders.len() > 1, out)?;
    for folder in &folders {
        // With nothing to judge by, nobody is judged: the problems are the answer.
        let judged = JudgedFolder::new(folder, args.as_of.asked().day(folder, &selection, surroundings.today)?);
        let mut sheets = Sheets::new(&judged);
        let mut receipt = args.receipt.is_some().then(|| receipts::begin(folder, judged.as_of)).transpose()?;
        let roster = judged.roster(&selection, &mut |student, judgement| {
            if printer.shows_sheets() {
                sheets.add(student, judgement);
            }
            if let Some(receipt) = &mut receipt {
                receipt.add(student, judgement);
            }
        });
        made.extend(receipt);
        let mut locator = Locator::new(&folder.sources);
        let problems = judged.problems(&mut locator);
        if finds(&args.fail_on, &roster, &problems) {
            ending = Ending::Found;
        }
        sheets.shown_only = selection.words().map(|words| format!("what concerns {words}"));
        printer.folder(&report(&judged, &roster, &problems, &mut locator), &sheets, &mut locator)?;
    }
    printer.end()?;
    if let Some(path) = &args.receipt {
        receipts::write(&receipts::of_folders(made), path)?;
    }
    // One folder that cannot be judged is all that was asked for; among several the others are judged.
    match folders.as_slice() {
        [folder] if !folder.can_be_judged() => {
            anyhow::bail!("gwp.toml has an error, so nothing can be judged; correct it and run the command again")
        }
        folders if folders.iter().any(|folder| !folder.can_be_judged()) => Ok(Ending::Found),
        _ => Ok(ending),
    }
}

fn report<'r>(
    judged: &'r JudgedFolder<'_>,
    roster: &'r Roster<'r>,
    problems: &'r [Problem],
    locator: &mut Locator<'_>,
) -> FolderReport<'r> {
    let folder = judged.folder;
    FolderReport {
        name: folder.name.as_text(),
        sources: &folder.sources,
        records: &folder.case.records,
        scheme: folder.scheme().word(),
        variations: judged.variations.clone(),
        stood_in: folder.commit.as_ref().map(|commit| commit.words.as_str()),
        roster,
        problems: problems
            .iter()
            .map(|problem| {
                let (line, column) = problem.place(locator);
                Located { problem, line, column }
            })
            .collect(),
    }
}

/// Whether there is something that the exit status is to tell of.
fn finds(fail_on: &[FailOn], roster: &Roster<'_>, problems: &[Problem]) -> bool {
    let has_level = |level| problems.iter().any(|problem| problem.level == level);
    let has_verdict = |verdict| roster.students.iter().any(|result| result.verdict == verdict);
    !fail_on.contains(&FailOn::Never)
        && fail_on.iter().any(|what| match what {
            FailOn::Errors => has_level(Level::Error),
            FailOn::Warnings => has_level(Level::Warning),
            FailOn::Unknown => has_verdict(Verdict::Unknown),
            FailOn::Action => has_verdict(Verdict::Action),
            FailOn::Overdue => roster.students.iter().any(|result| !result.overdue.is_empty()),
            FailOn::Never => false,
        })
}

/// The sheets of one folder, filled while the students are judged.
struct Sheets<'f> {
    eligibility: Eligibility<'f>,
    agenda: Agenda<'f>,
    name: &'f FolderName,
    shown_only: Option<String>,
}

impl<'f> Sheets<'f> {
    fn new(judged: &'f JudgedFolder<'_>) -> Self {
        Self {
            eligibility: Eligibility::new(&judged.folder.case, judged.as_of),
            agenda: Agenda::new(judged.as_of),
            name: &judged.folder.name,
            shown_only: None,
        }
    }

    fn add(&mut self, result: &StudentResult<'f>, judgement: Option<&Judgement<'f>>) {
        let id = self.name.shown_id(result.id);
        if let Some(judgement) = judgement {
            self.agenda.add(&id, result, judgement);
        }
        self.eligibility.add(id, result, judgement);
    }
}

/// Prints folder after folder, in one form.
struct Printer<'o> {
    layout: Layout,
    today: Day,
    only: Option<Part>,
    /// Whether a folder was printed before.
    begun: bool,
    to: To<'o>,
}

enum To<'o> {
    Json(JsonDocument<'o>),
    Text(&'o mut dyn Write),
    Markdown(&'o mut dyn Write),
    /// One table over all folders, so that it has one line of headings.
    Csv(&'o mut dyn Write, Option<Sheet>),
}

/// What is said of a folder that has nothing to judge by.
const NOT_JUDGED: &str = "Not judged: gwp.toml has an error.";

/// The most problems that are shown ahead of the tables; `--only problems` shows all.
const PROBLEMS_AHEAD: usize = 100;

impl<'o> Printer<'o> {
    fn begin(args: &Args, surroundings: Surroundings, several: bool, out: &'o mut dyn Write) -> anyhow::Result<Self> {
        let to = match args.format {
            Format::Json => To::Json(JsonDocument::begin(out, several)?),
            Format::Table => To::Text(out),
            Format::Markdown => To::Markdown(out),
            Format::Csv => To::Csv(out, None),
        };
        let today = surroundings.today;
        Ok(Self { layout: surroundings.layout(), today, only: args.only, begun: false, to })
    }

    fn shows_sheets(&self) -> bool {
        !matches!(self.to, To::Json(_))
    }

    fn folder(
        &mut self,
        report: &FolderReport<'_>,
        sheets: &Sheets<'_>,
        locator: &mut Locator<'_>,
    ) -> anyhow::Result<()> {
        let layout = self.layout;
        let is_judged = report.records.gwp.is_some();
        // Of a folder that cannot be judged there is nothing but its problems.
        let only = if is_judged { self.only } else { Some(Part::Problems) };
        let caveats = self.caveats(report, sheets, only);
        let shown = |part: Part| only.is_none_or(|only| only == part);
        let title = sheets.name.heading();
        match &mut self.to {
            To::Json(document) => document.folder(report, locator)?,
            To::Text(out) => {
                if let Some(title) = title {
                    // Problems end with an empty line by themselves.
                    if self.begun && only != Some(Part::Problems) {
                        writeln!(out)?;
                    }
                    self.begun = true;
                    write_text(&[Sheet::part(title, Vec::new())], layout, out)?;
                    writeln!(out)?;
                }
                if only == Some(Part::Problems) && report.problems.is_empty() {
                    writeln!(out, "There are no problems in the records.\n")?;
                }
                if shown(Part::Problems) {
                    let most = if only.is_none() { PROBLEMS_AHEAD } else { usize::MAX };
                    write_problems(report, sheets.name, most, layout, locator, out)?;
                }
                let parts: Vec<_> = caveats.sheet().into_iter().chain(parts(report, sheets, only)).collect();
                write_text(&parts, layout, out)?;
                if !is_judged {
                    writeln!(out, "{NOT_JUDGED}")?;
                }
            }
            To::Markdown(out) => {
                let mut all: Vec<Sheet> = title.map(|title| Sheet::part(title, Vec::new())).into_iter().collect();
                if shown(Part::Problems) {
                    all.push(problem_list(&report.problems, report.sources, &sheets.name.prefix()));
                }
                all.extend(caveats.sheet());
                all.extend(parts(report, sheets, only));
                if !is_judged {
                    all.push(Sheet::part("", vec![NOT_JUDGED.to_owned()]));
                }
                write_markdown(&all, out)?;
            }
            To::Csv(_, table) => {
                if let Some(unjudged) = caveats.unjudged() {
                    writeln!(anstream::stderr(), "gwp: {unjudged}")?;
                }
                // Problems have other columns than what is told of the folders beside it.
                if !is_judged && sheets.name.shown().is_some() && self.only != Some(Part::Problems) {
                    writeln!(anstream::stderr(), "gwp: {}: {NOT_JUDGED}", report.name)?;
                    return Ok(());
                }
                let more = match only {
                    None | Some(Part::Eligibility) => sheets.eligibility.data(),
                    Some(Part::Agenda) => sheets.agenda.data(),
                    Some(Part::Overdue) => {
                        overdue_data(&report.roster.overdue(), report.roster.as_of, sheets.name.shown())
                    }
                    Some(Part::Problems) => problem_list(&report.problems, report.sources, &sheets.name.prefix()),
                };
                match table {
                    Some(table) => table.rows.extend(more.rows),
                    None => *table = Some(more),
                }
            }
        }
        Ok(())
    }

    fn caveats<'r>(&self, report: &'r FolderReport<'r>, sheets: &Sheets<'_>, only: Option<Part>) -> Caveats<'r> {
        let is_part = only.is_some() && only != Some(Part::Problems);
        Caveats {
            roster: report.roster,
            // Problems are the same on every day.
            today: if only == Some(Part::Problems) { report.roster.as_of } else { self.today },
            shown_only: sheets.shown_only.clone().filter(|_| only != Some(Part::Problems)),
            judged_by: is_part.then(|| summary(report)),
            is_of_judged: matches!(only, Some(Part::Agenda | Part::Overdue)),
        }
    }

    fn end(self) -> anyhow::Result<()> {
        match self.to {
            To::Json(document) => document.end()?,
            To::Csv(out, Some(table)) => write_csv(&[table], out)?,
            To::Csv(..) | To::Text(_) | To::Markdown(_) => {}
        }
        Ok(())
    }
}

/// The parts after the problems, in the order in which a committee needs them.
fn parts(report: &FolderReport<'_>, sheets: &Sheets<'_>, only: Option<Part>) -> Vec<Sheet> {
    let shown = |part: Part| only.is_none_or(|only| only == part);
    let mut parts = Vec::new();
    if shown(Part::Eligibility) {
        parts.extend(sheets.eligibility.sheets());
    }
    if shown(Part::Agenda) {
        parts.extend(sheets.agenda.sheets());
    }
    if shown(Part::Overdue) {
        parts.push(overdue(report.roster));
    }
    if only.is_none() {
        parts.push(summary(report).sheet());
    }
    parts
}

fn summary<'r>(report: &'r FolderReport<'r>) -> Summary<'r> {
    Summary {
        as_of: report.roster.as_of,
        scheme: report.scheme,
        variations: &report.variations,
        stood_in: report.stood_in,
        records: report.records.used(),
        files: report.files_found(),
    }
}

fn write_problems(
    report: &FolderReport<'_>,
    name: &FolderName,
    most: usize,
    layout: Layout,
    locator: &mut Locator<'_>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut diagnostics = Diagnostics::new(report.sources, name.shown(), layout.width, layout.colour);
    for located in report.problems.iter().take(most) {
        let span = located.problem.span(locator);
        writeln!(out, "{}\n", diagnostics.render(located.problem, span))?;
    }
    let more = report.problems.len().saturating_sub(most);
    if more > 0 {
        writeln!(out, "{more} more problems are not shown here; \"gwp check --only problems\" shows all.\n")?;
    }
    Ok(())
}

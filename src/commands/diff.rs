//! `gwp diff`: what differs between two states of a folder, and for whom the judgement does.

use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::Path;

use clap::Args as ClapArgs;
use gwp::folder::{AsOf, Comparison, RevisionPair, Selection};
use gwp::render::write_markdown;
use gwp::reports::{DiffReport, Report, shortened};

use super::format::Format;
use super::help::examples;
use super::surroundings::Surroundings;
use super::value_parsers::among;
use super::{Ending, tables};

/// Show what differs between two states of a folder.
///
/// Not lines but what they mean: whose verdict is another, which requirements are and because of which records, what
/// was added to the records, removed and altered, and which problems are new or gone. Another folder than that of the
/// current one is named with -C.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp diff", "gwp diff HEAD~3", "gwp diff HEAD~3 HEAD --student alex-moran"]))]
pub struct Args {
    /// The older state, a commit such as HEAD~3 or main, and the newer; without them HEAD and the work tree, with one
    /// that one and the work tree
    #[arg(value_name = "REV", num_args = 0..=2)]
    revs: Vec<String>,

    /// Judge both as of this day: a date such as 2026-01-31, or next-lcc for the next LCC meeting; else today
    #[arg(long, value_name = "DATE", value_parser = AsOf::parse, conflicts_with = "each_at_its_date")]
    as_of: Option<AsOf>,

    /// Judge each as of the day of its commit, the work tree as of today
    #[arg(long)]
    each_at_its_date: bool,

    /// Only the student with this id, and the records of the student's case; can be given several times
    #[arg(long, value_name = "ID")]
    student: Vec<String>,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = among(Format::OF_COMPARISONS))]
    format: Format,

    /// End with status 1 where anything differs
    #[arg(long)]
    exit_code: bool,
}

/// The most characters of one table in Markdown: three of them fit into a comment.
const IN_A_COMMENT: usize = 16_000;

/// Compares and prints.
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let states = RevisionPair::find(&args.revs, change.unwrap_or(Path::new(".")), &Surroundings::day_of)?;
    let pairs = states.pairs()?;
    let (mut opened, mut alike) = (Vec::new(), Vec::new());
    for pair in &pairs {
        let (older, newer, one) = states.open(pair, pairs.len())?;
        opened.extend([older, newer]);
        alike.push(one);
    }
    // The program ends with the command: what it read of two whole folders is not taken apart again piece by piece.
    let opened = ManuallyDrop::new(opened);
    let selection = Selection::of_students(&args.student);
    selection.must_match(&opened)?;
    let mut judged = Vec::new();
    for (pair, alike) in opened.chunks_exact(2).zip(&alike) {
        let [older, newer] = pair else { continue };
        let days = if args.each_at_its_date {
            states.own_days(surroundings.today)
        } else {
            // With nothing to judge by in the newer state, its meetings are not known either.
            let asked = if newer.can_be_judged() { newer } else { older };
            let day = args.as_of.unwrap_or_default().day(asked, &selection, surroundings.today)?;
            [day, day]
        };
        judged.push(Comparison::of([older, newer], days, alike));
    }
    for said in judged.iter().flat_map(|one| one.unjudged(&states.words)) {
        writeln!(anstream::stderr(), "gwp: {said}")?;
    }
    let differences: Vec<_> = judged.iter().map(|one| one.differences(&selection)).collect();
    let reports: Vec<_> =
        judged.iter().zip(&differences).map(|(one, found)| DiffReport::of(one, found, &states)).collect();
    match args.format {
        Format::Markdown => {
            let sheets = reports.iter().flat_map(Report::sheets).collect();
            write_markdown(&shortened(sheets, IN_A_COMMENT), out)?;
        }
        format => tables::print(&reports, format, surroundings, out)?,
    }
    let differs = reports.iter().any(|report| !report.is_empty());
    Ok(if args.exit_code && differs { Ending::Found } else { Ending::Clean })
}

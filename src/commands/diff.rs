//! `gwp diff`: what differs between two states of a folder, or two editions, and for whom the judgement does.

use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use clap::Args as ClapArgs;
use gwp::case::id_of;
use gwp::edition::Scheme;
use gwp::folder::{AsOf, Comparison, EditionComparison, RevisionPair, Selection, papers_otherwise};
use gwp::render::write_markdown;
use gwp::reports::{DiffReport, Report, shortened};
use gwp::text::counted;

use super::context::Context;
use super::folder_args::OnDisk;
use super::format::Format;
use super::help::examples;
use super::out::{Comparisons, OutArgs};
use super::surroundings::Surroundings;
use super::{Ending, tables};

/// Show what differs between two states of a folder, or between two editions.
///
/// It compares what the records mean, not their lines. It shows whose verdict differs, which requirements differ and
/// because of which records. It also shows what changed in each record, and which problems are new or gone. With
/// --edition it judges the same records by two editions and shows for whom the judgement differs.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&[
    "gwp diff",
    "gwp diff HEAD~3",
    "gwp diff HEAD~3 HEAD --student alex-moran",
    "gwp diff --edition iga-2022-23 iga-2022-23",
]))]
pub struct Args {
    /// The older state and the newer: commits such as HEAD~3 or main. Without a second one, the newer state is the work
    /// tree; without any, the older is HEAD. With --edition, the case folders
    #[arg(value_name = "REV", num_args = 0..=2)]
    revs: Vec<String>,

    /// Judge by each of these two editions instead, whichever a course names. What gwp.toml varies holds in both
    #[arg(long, value_names = ["FROM", "TO"], num_args = 2, value_parser = edition, conflicts_with = "each_at_its_date")]
    edition: Vec<Scheme>,

    /// Judge both as of this day: a date such as 2026-01-31, or next-lcc for the next LCC meeting; else today
    #[arg(long, value_name = "DATE", value_parser = AsOf::parse, conflicts_with = "each_at_its_date")]
    as_of: Option<AsOf>,

    /// Judge each commit as of its own day, and the work tree as of today
    #[arg(long)]
    each_at_its_date: bool,

    /// Only this student, by id or name, and the records of the student's case; can be given several times
    #[arg(long, value_name = "STUDENT")]
    student: Vec<String>,

    #[command(flatten)]
    out: OutArgs<Comparisons>,

    /// End with status 1 if anything differs
    #[arg(long)]
    exit_code: bool,
}

/// The most characters of one table in Markdown: three of them fit into a comment.
const IN_A_COMMENT: usize = 16_000;

/// Compares and prints.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    args.out.send(context, |format, context| tell(args, format, context))
}

fn tell(args: &Args, format: Format, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    if let [from, to] = *args.edition {
        return args.editions([from, to], format, context);
    }
    let states = RevisionPair::find(&args.revs, context.start(), &Surroundings::local_time())?;
    let pairs = states.pairs()?;
    let (mut opened, mut alike) = (Vec::new(), Vec::new());
    for pair in &pairs {
        let (older, newer, one) = states.open(pair, pairs.len())?;
        opened.extend([older, newer]);
        alike.push(one);
    }
    // The program ends with the command: what it read of two whole folders is not taken apart again piece by piece.
    let opened = ManuallyDrop::new(opened);
    let selection = Selection::of_students(&args.student).named(&opened, &context.choices)?;
    let mut judged = Vec::new();
    for (pair, alike) in opened.chunks_exact(2).zip(&alike) {
        let [older, newer] = pair else { continue };
        let days = if args.each_at_its_date {
            states.own_days(context.today)
        } else {
            // With nothing to judge by in the newer state, its meetings are not known either.
            let asked = if newer.can_be_judged() { newer } else { older };
            let day = args.as_of.unwrap_or_default().day(asked, &selection, context.today)?;
            [day, day]
        };
        judged.push(Comparison::of([older, newer], days, alike));
    }
    for said in judged.iter().flat_map(|one| one.unjudged(&states.words)) {
        writeln!(anstream::stderr(), "gwp: {said}")?;
    }
    let differences: Vec<_> = judged.iter().map(|one| one.differences(&selection)).collect();
    let papers = opened.chunks_exact(2).map(|pair| {
        let is_theirs = |file: &str| selection.is_empty() || selection.names(&id_of(file), &pair[1].name);
        let [older, newer] = states.revs();
        papers_otherwise([(&pair[0], older), (&pair[1], newer)], &is_theirs)
    });
    let papers: Vec<_> = papers.collect::<Result<_, _>>()?;
    let reports = judged.iter().zip(&differences).zip(&papers);
    let reports: Vec<_> =
        reports.map(|((one, found), papers)| DiffReport { papers, ..DiffReport::of(one, found, &states) }).collect();
    args.print(&reports, format, context)
}

impl Args {
    /// Judges by two editions and prints for whom that differs.
    fn editions(&self, schemes: [Scheme; 2], format: Format, context: &mut Context<'_>) -> anyhow::Result<Ending> {
        let folders = OnDisk { folders: self.revs.iter().map(PathBuf::from).collect() }.open(context)?;
        let selection = Selection::of_students(&self.student).named(&folders, &context.choices)?;
        let compared = folders.iter().map(|folder| {
            let as_of = self.as_of.unwrap_or_default().day(folder, &selection, context.today)?;
            EditionComparison::of(folder, schemes, as_of)
        });
        let compared: Vec<_> = compared.collect::<Result<_, _>>()?;
        let students: Vec<_> = compared.iter().map(|one| one.students(&selection)).collect();
        let reports: Vec<_> =
            compared.iter().zip(&students).map(|(one, found)| DiffReport::of_editions(one, found)).collect();
        self.print(&reports, format, context)
    }

    fn print(&self, reports: &[DiffReport<'_>], format: Format, context: &mut Context<'_>) -> anyhow::Result<Ending> {
        match format {
            Format::Markdown => {
                let sheets = reports.iter().flat_map(Report::sheets).collect();
                write_markdown(&shortened(sheets, IN_A_COMMENT), context.out)?;
            }
            format => tables::print(reports, format, context)?,
        }
        let differs = reports.iter().any(|report| !report.is_empty());
        Ok(if self.exit_code && differs { Ending::Found } else { Ending::Clean })
    }
}

fn edition(word: &str) -> Result<Scheme, String> {
    Scheme::from_word(word).ok_or_else(|| {
        let known: Vec<_> = Scheme::all().map(Scheme::word).collect();
        format!("the program has {}: {}", counted(known.len(), "edition", "editions"), known.join(", "))
    })
}

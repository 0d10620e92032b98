//! `gwp list`: the registers of a folder.

use std::io::Write;
use std::path::Path;

use clap::{Args as ClapArgs, ValueEnum};
use gwp::judgement::{Roster, StudentResult};
use gwp::render::write_value;
use gwp::reports::{Drawn, Register, Students, awards, courses, groups, supervisors};
use gwp::text::Text;

use super::check::Format;
use super::folders::{self, AsOf, Opened};
use super::origin::Origin;
use super::selection::Selection;
use super::surroundings::Surroundings;
use super::{Ending, tables};

/// List the students, supervisors, groups, courses or awards of a folder.
///
/// With a filter, a list holds what concerns the students that the filter leaves: their supervisors, their groups,
/// their courses.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// What to list
    #[arg(value_name = "WHAT")]
    register: Which,

    #[command(flatten)]
    origin: Origin,

    /// List as of this day: a date such as 2026-01-31, or next-lcc for the next LCC meeting; else today
    #[arg(long, value_name = "DATE", value_parser = AsOf::parse)]
    as_of: Option<AsOf>,

    #[command(flatten)]
    selection: Selection,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
}

/// A register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Which {
    /// The students, with verdict and sessions
    Students,
    /// The supervisors, with registration, what is missing and their students
    Supervisors,
    /// The groups, with their sessions
    Groups,
    /// The courses, with meetings and deadlines
    Courses,
    /// The students about whose award something was decided
    Awards,
}

/// Prints the register. Of several folders one that cannot be judged is left out, and said to be.
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let (opened, several) = args.origin.open(change)?;
    args.selection.must_match(&opened, several)?;
    let (judged, ending) = folders::judged_as_of(&opened, args.as_of, surroundings.today, &args.selection, several)?;
    let variations: Vec<_> = judged.iter().map(|(folder, as_of)| folder.variations_in_force(*as_of)).collect();
    let mut registers = Vec::new();
    for ((folder, as_of), variations) in judged.into_iter().zip(&variations) {
        let mut register = drawn(args.register, &args.selection, folder, several, as_of);
        let summary = folder.summary(variations, as_of);
        register.sheet.notes.push(summary.sentence());
        registers.push((&folder.name, summary, register));
    }
    if args.format == Format::Json {
        let document = match registers.as_slice() {
            [(_, summary, register)] if !several => register.json(summary),
            several => Register::json_of_folders(several),
        };
        write_value(&document, out)?;
        writeln!(out)?;
        return Ok(ending);
    }
    let sheets: Vec<_> = registers
        .into_iter()
        .map(|(name, _, mut register)| {
            if args.format == Format::Csv {
                return register.data;
            }
            if several {
                register.sheet.title = format!("{}: {name}", register.sheet.title);
            }
            register.sheet
        })
        .collect();
    tables::write(&sheets, args.format, surroundings, out)?;
    Ok(ending)
}

/// A register of a folder.
pub fn drawn(
    register: Which,
    selection: &Selection,
    folder: &Opened,
    several: bool,
    as_of: gwp::calendar::Day,
) -> Register {
    let named = several.then_some(&folder.name);
    let (cases, parameters) = (folder.cases(), folder.parameters(as_of));
    let shown = |id: &Text| folders::shown_id(named, id);
    let keep = |result: &StudentResult<'_>| selection.keeps(result, named);
    let mut students = Students::new(&folder.case);
    let roster = Roster::new(&folder.case, &cases, &parameters, as_of, &keep, &mut |result, judgement| {
        students.add(shown(result.id), result, judgement);
    });
    let of = Drawn {
        case: &folder.case,
        as_of,
        parameters: &parameters,
        results: &roster.students,
        only_theirs: !selection.is_empty(),
        shown: &shown,
    };
    match register {
        Which::Students => students.register(),
        Which::Supervisors => supervisors(of),
        Which::Groups => groups(of),
        Which::Courses => courses(of),
        Which::Awards => awards(of),
    }
}

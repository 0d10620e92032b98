//! `gwp list`: the registers of a folder.

use std::io::Write;
use std::path::Path;

use clap::{Args as ClapArgs, ValueEnum};
use gwp::folder::{JudgedFolder, Selection};
use gwp::reports::{Drawn, Listed, Register, Students, awards, courses, groups, supervisors};

use super::folder_args::{AsOfArg, FolderArgs, SelectionArgs};
use super::format::Format;
use super::help::examples;
use super::surroundings::Surroundings;
use super::{Ending, tables};

/// List the students, supervisors, groups, courses or awards of a folder.
///
/// With a filter, a list holds what concerns the students that the filter leaves: their supervisors, their groups,
/// their courses.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp list students --verdict action,query", "gwp list supervisors --course leeds-2025"]))]
pub struct Args {
    /// What to list
    #[arg(value_name = "WHAT")]
    register: Which,

    #[command(flatten)]
    folders: FolderArgs,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    selection: SelectionArgs,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::among(Format::OF_LISTS))]
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
    let folders = args.folders.open(change)?;
    let selection = args.selection.of(&folders)?;
    let (judged, ending) = args.as_of.judge(&folders, &selection, surroundings)?;
    let listed: Vec<_> =
        judged.iter().map(|one| Listed { judged: one, register: drawn(args.register, &selection, one) }).collect();
    tables::print(&listed, args.format, surroundings, out)?;
    Ok(ending)
}

/// A register of a folder.
pub fn drawn(register: Which, selection: &Selection, judged: &JudgedFolder<'_>) -> Register {
    let folder = judged.folder;
    let mut students = Students::new(&folder.case);
    let roster = judged.roster(selection, &mut |student, judgement| {
        students.add(folder.name.shown(), student, judgement);
    });
    let of = Drawn {
        case: &folder.case,
        as_of: judged.as_of,
        parameters: &judged.parameters,
        results: &roster.students,
        only_theirs: !selection.is_empty(),
        folder: folder.name.shown(),
    };
    match register {
        Which::Students => students.register(),
        Which::Supervisors => supervisors(of),
        Which::Groups => groups(of),
        Which::Courses => courses(of),
        Which::Awards => awards(of),
    }
}

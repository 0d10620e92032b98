//! `gwp list`: the registers of a folder.

use std::io::Write;
use std::path::Path;

use clap::{Args as ClapArgs, ValueEnum};
use gwp::folder::{JudgedFolder, Selection};
use gwp::render::write_value;
use gwp::reports::{Drawn, Register, Students, Summary, awards, courses, groups, supervisors};
use gwp::text::Text;

use super::check::Format;
use super::folder_args::{AsOfArg, FolderArgs, SelectionArgs};
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
    folders: FolderArgs,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    selection: SelectionArgs,

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
    let folders = args.folders.open(change)?;
    let selection = args.selection.of(&folders)?;
    let (judged, ending) = args.as_of.judge(&folders, &selection, surroundings)?;
    let mut registers = Vec::new();
    for one in &judged {
        let mut register = drawn(args.register, &selection, one);
        let summary = Summary::of(one);
        register.sheet.notes.push(summary.sentence());
        registers.push((one.folder.name.as_text(), summary, register));
    }
    let several = folders.len() > 1;
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
pub fn drawn(register: Which, selection: &Selection, judged: &JudgedFolder<'_>) -> Register {
    let folder = judged.folder;
    let shown = |id: &Text| folder.shown_id(id);
    let mut students = Students::new(&folder.case);
    let roster = judged.roster(selection, &mut |student, judgement| {
        students.add(shown(student.id), student, judgement);
    });
    let of = Drawn {
        case: &folder.case,
        as_of: judged.as_of,
        parameters: &judged.parameters,
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

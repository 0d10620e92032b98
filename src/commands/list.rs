//! `gwp list`: the registers of a folder.

use clap::Args as ClapArgs;
use gwp::reports::{Listed, RegisterKind};

use super::asking::with_choices;
use super::context::Context;
use super::folder_args::{AsOfArg, FolderArgs, SelectionArgs};
use super::format::Format;
use super::help::examples;
use super::out::{Lists, OutArgs};
use super::value_parsers::{among, read_among, words_of};
use super::whom::said_or_asked;
use super::{Ending, tables};

/// List the students, supervisors, groups, courses, awards or meetings of a folder.
///
/// A filter chooses students. The other lists then hold only their supervisors, groups and courses, and the meetings
/// that spoke of them.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp list students --verdict action,query", "gwp list supervisors --course leeds-2025"]))]
pub struct Args {
    /// What to list
    #[arg(value_name = "WHAT", value_parser = among(REGISTERS))]
    register: Option<RegisterKind>,

    #[command(flatten)]
    folders: FolderArgs,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    selection: SelectionArgs,

    #[command(flatten)]
    out: OutArgs<Lists>,
}

/// Every entry of every log is a table for a spreadsheet: see `gwp export`.
const REGISTERS: &[RegisterKind] = &[
    RegisterKind::Students,
    RegisterKind::Supervisors,
    RegisterKind::Groups,
    RegisterKind::Courses,
    RegisterKind::Awards,
    RegisterKind::Meetings,
];

/// Prints the register. Of several folders one that cannot be judged is left out, and said to be; so is a record with an
/// error, and the exit status tells.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let asks = with_choices("What to list", words_of(REGISTERS).iter().map(String::as_str));
    let register =
        said_or_asked(args.register, &asks, "gwp list students", context, |typed| read_among(typed, REGISTERS))?;
    args.out.send(context, |format, context| tell(args, register, format, context))
}

fn tell(args: &Args, register: RegisterKind, format: Format, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let folders = args.folders.open(context)?;
    let selection = args.selection.of(&folders, context)?;
    let (judged, mut ending) = args.as_of.judge(&folders, &selection, context)?;
    let listed: Vec<_> = judged.iter().map(|judged| Listed::of(register, judged, &selection)).collect();
    if format == Format::Json {
        tables::say_beside(&listed)?;
    }
    tables::print(&listed, format, context)?;
    if listed.iter().any(|one| !one.left_out.is_empty()) {
        ending = Ending::Found;
    }
    Ok(ending)
}

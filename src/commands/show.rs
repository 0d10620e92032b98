//! `gwp show`: one student's case as a page.

use clap::Args as ClapArgs;
use gwp::folder::Selection;
use gwp::reports::{Audience, CasePage, Summary};
use gwp::text::{Locator, SourcePath};

use super::context::Context;
use super::discretion::DiscretionArgs;
use super::folder_args::{AsOfArg, FolderArgs};
use super::format::Format;
use super::help::examples;
use super::out::{OutArgs, Pages};
use super::{Ending, tables, whom};

/// Show one student's case as a page.
///
/// The page shows what is needed next and from whom, the arrangements, a timeline, and what does not count and why.
/// Then it shows every requirement, with what was found and where it stands in the records.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp show alex-moran", "gwp show alex-moran --as-of 2026-01-31"]))]
pub struct Args {
    /// The student, by id or name, or by a part of it that no other student has
    #[arg(value_name = "STUDENT")]
    student: Option<String>,

    #[command(flatten)]
    folders: FolderArgs,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    discretion: DiscretionArgs,

    #[command(flatten)]
    out: OutArgs<Pages>,
}

/// Prints the page; one for each folder that has a student with this id.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    args.out.send(context, |format, context| tell(args, format, context))
}

fn tell(args: &Args, format: Format, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let folders = args.folders.open(context)?;
    let asked = if args.student.is_none() { Some(whom::student(&folders, context)?) } else { None };
    let student = args.student.iter().chain(&asked).cloned().collect::<Vec<_>>();
    let selection = Selection::of_students(&student).named(&folders, &context.choices)?;
    let (folders, selection) = args.discretion.applied(folders, selection)?;
    let (mut sheets, mut broken) = (Vec::new(), None);
    for folder in &folders {
        if folders.len() > 1 && !folder.can_be_judged() {
            broken.get_or_insert(folder);
            continue;
        }
        folder.must_be_judged()?;
        let Some(judged) = args.as_of.judged_or_named(folder, &selection, context)? else { continue };
        let mut locator = Locator::new(&folder.sources);
        let mut locate = |place: SourcePath| (folder.file_name(place.file), locator.place(place).0);
        judged.roster(&selection, &mut |student, judgement| {
            let page = CasePage::of(&judged, student, judgement, Audience::AtTerminal, &mut locate);
            sheets.extend(page.sheets());
            sheets.push(Summary::of(&judged).sheet());
        });
    }
    if let Some(broken) = broken.filter(|_| sheets.is_empty()) {
        broken.must_be_judged()?;
    }
    tables::write(&sheets, format, context)?;
    Ok(Ending::Clean)
}

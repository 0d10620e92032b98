//! `gwp show`: one student's case as a page.

use std::io::Write;
use std::path::Path;

use clap::{Args as ClapArgs, ValueEnum};
use gwp::judgement::{Roster, StudentResult};
use gwp::reports::page;
use gwp::text::{Locator, Place, Text};

use super::check::Format;
use super::folders::{self, AsOf, Opened};
use super::origin::Origin;
use super::selection::Selection;
use super::surroundings::Surroundings;
use super::{Ending, tables};

/// Show one student's case as a page.
///
/// What is needed next and from whom, the arrangements, a timeline, what does not count and why, and every
/// requirement with what was found and where it stands in the records.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// The id of the student: the name of the student's file without its ending
    #[arg(value_name = "STUDENT")]
    student: String,

    #[command(flatten)]
    origin: Origin,

    /// Judge as of this day: a date such as 2026-01-31, or next-lcc for the next LCC meeting; else today
    #[arg(long, value_name = "DATE", value_parser = AsOf::parse)]
    as_of: Option<AsOf>,

    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: PageFormat,
}

/// A form of output for a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PageFormat {
    /// A page for the terminal
    Table,
    /// Markdown, for a document or a message
    Markdown,
}

/// Prints the page; one for each folder that has a student with this id.
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let (opened, several) = args.origin.open(change)?;
    let selection = Selection::of_student(&args.student);
    selection.must_match(&opened, several)?;
    let (mut sheets, mut broken) = (Vec::new(), None);
    for folder in &opened {
        let named = several.then_some(&folder.name);
        if several && !folder.can_be_judged() {
            broken.get_or_insert(folder);
            continue;
        }
        folder.must_be_judged()?;
        let as_of = folder.as_of(args.as_of, surroundings.today, &selection, several)?;
        let (cases, parameters) = (folder.cases(), folder.parameters(as_of));
        let keep = |result: &StudentResult<'_>| selection.keeps(result, named);
        let mut locator = Locator::new(&folder.sources);
        let mut locate = |place: Place| (file_name(folder, place), locator.place(place).0);
        let _ = Roster::new(&folder.case, &cases, &parameters, as_of, &keep, &mut |result, judgement| {
            let id = folders::shown_id(named, result.id);
            sheets.extend(page(&folder.case, &id, result, judgement, as_of, &mut locate));
            sheets.push(folder.summary(&folder.variations_in_force(as_of), as_of).sheet());
        });
    }
    if let Some(broken) = broken.filter(|_| sheets.is_empty()) {
        broken.must_be_judged()?;
    }
    let format = match args.format {
        PageFormat::Table => Format::Table,
        PageFormat::Markdown => Format::Markdown,
    };
    tables::write(&sheets, format, surroundings, out)?;
    Ok(Ending::Clean)
}

fn file_name(folder: &Opened, place: Place) -> String {
    let source = folder.sources.get(place.file.0 as usize);
    source.map(|source| &source.path).map(Text::to_string).unwrap_or_default()
}

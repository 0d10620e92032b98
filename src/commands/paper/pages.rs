//! `gwp paper all`: a folder of pages to look around in, which can follow what is saved.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::Folder;
use gwp::calendar::Day;
use gwp::files::Stamp;
use gwp::folder::Selection;
use gwp::git::WorkTree;
use gwp::papers::{INDEX, Page, pages};
use gwp::problems::Level;
use gwp::text::{Locator, SourcePath, counted, few, visible};
use gwp::writing::{PagesPut, put_pages};

use super::super::Ending;
use super::super::context::Context;
use super::super::discretion::DiscretionArgs;
use super::super::folder_args::{AsOfArg, FolderArgs};
use super::super::interrupt::Interrupt;
use super::super::out::must_be_elsewhere;
use super::super::surroundings::Surroundings;
use super::own::Own;
use super::viewer;

/// How often a watch looks whether something was saved.
const TICK: Duration = Duration::from_millis(500);

/// So many files are named in one line.
const NAMED: usize = 8;

/// Which pages are written, and where.
#[derive(Debug, ClapArgs)]
pub struct Args {
    #[command(flatten)]
    folders: FolderArgs,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    discretion: DiscretionArgs,

    /// The folder for the pages. Only you can look into it. The command makes it if it is not there
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Go on, and write anew what a saved record changes, until you press Ctrl-C
    #[arg(long, conflicts_with_all = ["rev", "known_on"])]
    watch: bool,

    /// Open the index when it is written, in the browser
    #[arg(long)]
    open: bool,
}

/// The pages of a folder, and what was wrong in its records.
struct Made {
    pages: Vec<Page>,
    errors: BTreeSet<String>,
}

/// What a watch compares: how the files look, and which day it is.
type Seen = (Option<Stamp>, Day);

/// Writes the pages, and goes on where that is asked for.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let shown = visible(&args.out.to_string_lossy());
    must_be_elsewhere(&args.out)?;
    if WorkTree::takes_in(&args.out.join(INDEX))? {
        bail!(
            "{shown} lies in a folder that is kept in git, which would take in the pages; name a folder elsewhere, or list \
             it in .gitignore"
        );
    }
    let interrupt = args.watch.then(Interrupt::noted);
    let folder = args.folder(context)?;
    let seen = seen(&folder, context);
    let made = args.made(&folder, context)?;
    let put = put(&args.out, &made.pages)?;
    let count = counted(made.pages.len(), "page", "pages");
    let index = args.out.join(INDEX);
    writeln!(context.out, "Written to {shown}: {count}. Only you can read them.")?;
    tell_of_former(&put, context)?;
    writeln!(context.out, "Begin with {}.", visible(&index.to_string_lossy()))?;
    if args.open {
        viewer::open(&index)?;
    }
    match interrupt {
        Some(interrupt) => args.watch(&folder, seen, made.errors, &interrupt, context),
        None => Ok(Ending::Clean),
    }
}

impl Args {
    fn folder(&self, context: &Context<'_>) -> anyhow::Result<Folder> {
        let mut folders = self.folders.open(context)?;
        match (folders.pop(), folders.len()) {
            (Some(folder), 0) => Ok(folder),
            (_, others) => bail!("the pages are of one case folder, and there are {}; name one of them", others + 1),
        }
    }

    fn made(&self, folder: &Folder, context: &Context<'_>) -> anyhow::Result<Made> {
        folder.must_be_judged()?;
        let judged = self.as_of.judged(folder, &Selection::default(), context)?;
        let discreet = self.discretion.asked()?.map(|discretion| discretion.folder(folder));
        let shown = discreet.as_ref().unwrap_or(folder);
        let mut locator = Locator::new(&shown.sources);
        let mut locate = |place: SourcePath| (shown.file_name(place.file), locator.place(place).0);
        let own = Own::of(std::slice::from_ref(shown))?;
        let of_shown = self.as_of.judged(shown, &Selection::default(), context)?;
        let pages = pages(&of_shown, &|paper, kind| own.parts(paper, kind), &mut locate)?;
        let problems = judged.problems(&mut Locator::new(&folder.sources)).into_iter();
        let errors = problems.filter(|problem| problem.level == Level::Error);
        let errors = errors.map(|one| format!("{}: {}", folder.file_name(one.file), one.message)).collect();
        Ok(Made { pages, errors })
    }

    /// Writes anew what a saved record changes, until somebody ends it. `known` is what is wrong in the records already.
    fn watch(
        &self,
        folder: &Folder,
        mut written: Seen,
        mut known: BTreeSet<String>,
        interrupt: &Interrupt,
        context: &mut Context<'_>,
    ) -> anyhow::Result<Ending> {
        writeln!(context.out, "Now every saved record is followed. Ctrl-C ends it.")?;
        context.out.flush()?;
        let mut before = written.clone();
        while !interrupt.comes_within(TICK) {
            context.surroundings.today = Surroundings::today();
            let now = seen(folder, context);
            // What is still being saved is left alone until it rests.
            let rests = now == before;
            before = now;
            if rests && before != written {
                written = before.clone();
                if let Err(error) = self.follow(&mut known, context) {
                    writeln!(anstream::stderr(), "gwp: {}; the pages stay as they are", super::super::said(&error))?;
                }
                context.out.flush()?;
            }
        }
        writeln!(context.out, "The watch has ended. The pages stay.")?;
        Ok(Ending::Clean)
    }

    /// Writes what has changed, unless an error is new in the records.
    fn follow(&self, known: &mut BTreeSet<String>, context: &mut Context<'_>) -> anyhow::Result<()> {
        let made = self.made(&self.folder(context)?, context)?;
        let new: Vec<&String> = made.errors.difference(known).collect();
        if !new.is_empty() {
            bail!("{}", few(new, NAMED, "; "));
        }
        let put = put(&self.out, &made.pages)?;
        if put.written.is_empty() {
            writeln!(context.out, "Something was saved, and no page says anything else.")?;
        } else {
            writeln!(context.out, "Written anew: {}.", few(&put.written, NAMED, ", "))?;
        }
        tell_of_former(&put, context)?;
        *known = made.errors;
        Ok(())
    }
}

fn seen(folder: &Folder, context: &Context<'_>) -> Seen {
    (folder.root.as_ref().map(gwp::files::Root::stamp), context.today)
}

fn put(out: &Path, pages: &[Page]) -> anyhow::Result<PagesPut> {
    let pages: Vec<_> = pages.iter().map(|page| (page.file.as_str(), page.text.as_bytes())).collect();
    Ok(put_pages(out, &pages)?)
}

/// Says what has become of pages that are no longer due.
fn tell_of_former(put: &PagesPut, context: &mut Context<'_>) -> anyhow::Result<()> {
    if !put.removed.is_empty() {
        writeln!(
            context.out,
            "Removed, because nobody is there for them any more: {}.",
            few(&put.removed, NAMED, ", ")
        )?;
    }
    if !put.left.is_empty() {
        let left = few(&put.left, NAMED, ", ");
        writeln!(context.out, "No longer due, but changed by somebody since, so they stay: {left}.")?;
    }
    Ok(())
}

//! `gwp retention`: whose records are past the time for which they are kept.

use std::collections::BTreeSet;

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::Folder;
use gwp::calendar::Day;
use gwp::folder::{FolderError, FolderHistory, Selection};
use gwp::git::RevisionError;
use gwp::history::{FileChange, Texts};
use gwp::privacy::{Erasure, Everything, Holdings, Kept, Person, Retention, known_ever, known_now};
use gwp::reports::RetentionReport;
use gwp::text::Text;

use super::context::Context;
use super::folder_args::{AsOfArg, OnDisk};
use super::format::Format;
use super::help::examples;
use super::out::{Lists, OutArgs};
use super::surroundings::Surroundings;
use super::{Ending, tables};

/// Show whose records are past the time for which they are kept, and what erasing them takes.
///
/// "[retention]" in gwp.toml says for how many years. The answer names the files and commits that hold the records. Below
/// stand the commands that erase them from git. The program itself erases nothing.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp retention", "gwp retention --format json"]))]
pub struct Args {
    #[command(flatten)]
    on_disk: OnDisk,

    #[command(flatten)]
    as_of: AsOfArg,

    #[command(flatten)]
    out: OutArgs<Lists>,

    /// End with status 1 if anybody's records are past the time
    #[arg(long)]
    exit_code: bool,
}

/// A folder of which is known until when its records are kept, with its past.
struct Looked {
    folder: Folder,
    as_of: Day,
    years: u32,
    retention: Retention,
    past: Option<(FolderHistory, Vec<FileChange>)>,
}

/// Prints until when records are kept, and the commands that erase what is past its time.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    args.out.send(context, |format, context| tell(args, format, context))
}

fn tell(args: &Args, format: Format, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let mut looked = Vec::new();
    for folder in args.on_disk.open(context)? {
        looked.push(args.look(folder, context)?);
    }
    let reports: Vec<_> = looked.iter().map(Looked::report).collect();
    tables::print(&reports, format, context)?;
    for report in &reports {
        write_commands(&report.commands, format, context)?;
    }
    let is_past = looked.iter().any(|one| one.gone().next().is_some());
    Ok(if args.exit_code && is_past { Ending::Found } else { Ending::Clean })
}

/// The commands as they are typed: a table would break their lines.
fn write_commands(commands: &[String], format: Format, context: &mut Context<'_>) -> anyhow::Result<()> {
    let (before, after) = match format {
        Format::Json | Format::Csv => return Ok(()),
        Format::Markdown => ("\n## What erasing them from git takes\n\n```sh\n", "```\n"),
        _ => ("\nWhat erasing them from git takes\n--------------------------------\n", ""),
    };
    if !commands.is_empty() {
        write!(context.out, "{before}{}\n{after}", commands.join("\n"))?;
    }
    Ok(())
}

impl Args {
    fn look(&self, folder: Folder, context: &Context<'_>) -> anyhow::Result<Looked> {
        folder.must_be_judged()?;
        let Some(years) = folder.case.records.gwp.as_ref().and_then(|gwp| gwp.retention.years) else {
            bail!(
                "the gwp.toml of {} does not say how long records are kept; add the lines \"[retention]\" and \
                 \"years = 7\" at its end, with your own number",
                folder.name.as_text()
            );
        };
        let judged = self.as_of.judged(&folder, &Selection::default(), context)?;
        let (as_of, retention) = (judged.as_of, Retention::of(&judged, years));
        let past = past_of(&folder)?;
        Ok(Looked { folder, as_of, years, retention, past })
    }
}

/// The past of a folder, with all that it ever said; none where it is not in git.
fn past_of(folder: &Folder) -> anyhow::Result<Option<(FolderHistory, Vec<FileChange>)>> {
    let Some(root) = &folder.root else { return Ok(None) };
    let mut histories = match FolderHistory::open(None, &root.path, &Surroundings::local_time()) {
        Err(FolderError::Revision(RevisionError::NoRepository { .. } | RevisionError::NoCommit { .. })) => {
            return Ok(None);
        }
        opened => opened?,
    };
    let Some(mut history) = histories.pop() else { return Ok(None) };
    let uncommitted = history.uncommitted()?;
    history.read_all()?;
    Ok(Some((history, uncommitted)))
}

impl Looked {
    /// Those whose records are past their time.
    fn gone(&self) -> impl Iterator<Item = &Kept> {
        self.retention.kept.iter().filter(|kept| kept.is_past(self.as_of))
    }

    fn report(&self) -> RetentionReport<'_> {
        let (no_texts, mut versions) = (Texts::new(), BTreeSet::new());
        let mut known = known_now(&self.folder.case.records, &self.folder.sources);
        let (mut texts, mut revisions) = (&no_texts, None);
        if let Some((history, uncommitted)) = &self.past {
            (texts, versions) = (&history.texts, history.versions(uncommitted));
            revisions = Some(history.revisions.as_slice());
            known = known_ever(known, texts, &versions, &history.concerns);
        }
        let sources = &self.folder.sources;
        let everything = Everything { sources, revisions: revisions.unwrap_or_default(), texts, versions: &versions };
        let is_of = |kept: &Kept, person: &Person| person.records.contains(&(kept.kind, kept.id.clone()));
        let person = |kept: &Kept| known.iter().map(|(_, person)| person).find(|person| is_of(kept, person)).cloned();
        let people: Vec<Person> = self.gone().map(|kept| person(kept).unwrap_or_default()).collect();
        let gone: BTreeSet<_> = people.iter().flat_map(|person| person.records.iter().cloned()).collect();
        let holdings: Vec<Holdings> = people.iter().map(|person| everything.holdings(person, &gone)).collect();
        let folder: Option<&Text> = self.folder.name.shown();
        let commands = self.commands(&people, &holdings);
        let (as_of, years, retention) = (self.as_of, self.years, &self.retention);
        RetentionReport { folder, as_of, years, retention, holdings, revisions, commands }
    }

    fn commands(&self, people: &[Person], of_each: &[Holdings]) -> Vec<String> {
        let Some((history, _)) = self.past.as_ref().filter(|_| !people.is_empty()) else { return Vec::new() };
        let mut holdings = Holdings::default();
        for one in of_each {
            holdings.join(one.clone());
        }
        let prefixes = history.prefixes();
        let state = Surroundings::state_folder().map(|state| state.path().to_string_lossy().into_owned());
        let erasure = Erasure {
            people,
            holdings: &holdings,
            revisions: &history.revisions,
            prefixes: &prefixes,
            state: state.as_deref(),
        };
        erasure.script()
    }
}

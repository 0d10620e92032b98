//! `gwp fmt`: the records in TOML in one layout.

use std::io::Write;

use anyhow::{anyhow, bail};
use clap::Args as ClapArgs;
use gwp::case::kind_of;
use gwp::layout::laid_out;
use gwp::recording::{FileDifference, FileWrite, RecordingMode, WriteTarget, few};
use gwp::records::RecordKind;
use gwp::text::{Notation, Source, Text, visible};

use super::Ending;
use super::context::Context;
use super::help::examples;
use super::recording::caught_up;
use super::setup;
use super::surroundings::Surroundings;

/// Lay out the records in TOML in one way.
///
/// Keys stand in the order of the format, each session on its own line, and numbers in columns. So git can merge the
/// entries of two people. What the records say stays, and so does every comment. Records in YAML stay as they are.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp fmt --dry-run", "gwp fmt --check", "gwp fmt --setup"]))]
pub struct Args {
    /// Only these records, by their paths below the case folder. Without it, all of them
    #[arg(value_name = "FILE")]
    files: Vec<String>,

    /// Write nothing, and end with status 1 if something would change
    #[arg(long)]
    check: bool,

    /// Show what would change, and write nothing
    #[arg(long, conflicts_with = "check")]
    dry_run: bool,

    /// Commit the records that changed to git, and nothing else
    #[arg(long, conflicts_with_all = ["check", "dry_run"])]
    commit: bool,

    #[command(flatten)]
    setup: Setup,
}

// Something else than laying out. No doc comment: it would become the help of the command.
#[derive(Debug, ClapArgs)]
struct Setup {
    /// Have git merge the records by what they say, and lay out nothing: write .gitattributes, and set it in the repository
    #[arg(long, conflicts_with_all = ["files", "check", "dry_run"])]
    setup: bool,
}

/// Lays out the records, and names those that changed.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    if args.setup.setup {
        return setup::run(RecordingMode::of(false, args.commit), context);
    }
    let (mut target, sources) =
        WriteTarget::open(context.start(), RecordingMode::of(args.check || args.dry_run, args.commit))?;
    if let Some(state) = Surroundings::state_folder() {
        caught_up(&target.keep_journal(&state, context.now.into())?)?;
    }
    let sources = args.among(&sources)?;
    let (mut writes, mut left) = (Vec::new(), 0);
    for (source, kind) in &sources {
        let unusual = match source.content.as_deref().map(|was| (was, laid_out(*kind, was))) {
            Ok((was, Ok(text))) if text == *was => continue,
            // A name that is no text is not known well enough to find the file by it.
            Ok(_) if !target.holds(source.path.raw()) => "its name cannot be read".to_owned(),
            Ok((was, Ok(text))) => {
                writes.push(FileWrite::replace(source.path.clone(), was.clone(), text));
                continue;
            }
            Ok((_, Err(unusual))) => unusual.to_string(),
            Err(_) => "it cannot be read".to_owned(),
        };
        left += 1;
        writeln!(anstream::stderr(), "gwp: {} is left as it is: {unusual}", source.path)?;
    }
    let differences = FileDifference::of_all(&writes);
    let paths: Vec<_> = differences.iter().map(|file| &file.path).collect();
    let remark = target.write(&writes, &format!("{}: laid out anew", few(&paths)))?;
    for file in &differences {
        writeln!(context.out, "{}", file.path)?;
        if args.dry_run {
            write!(context.out, "{}", file.lines)?;
        }
    }
    let would = if target.is_dry_run() { "would be laid out anew" } else { "laid out anew" };
    let left = if left == 0 { String::new() } else { format!(", {left} left as they are") };
    writeln!(context.out, "{} of {} records in TOML {would}{left}.", writes.len(), sources.len())?;
    if let Some(remark) = remark {
        writeln!(context.out, "Note: {remark}")?;
    }
    Ok(if args.check && !writes.is_empty() { Ending::Found } else { Ending::Clean })
}

impl Args {
    /// The records in TOML that were asked for.
    fn among<'s>(&self, sources: &'s [Source]) -> anyhow::Result<Vec<(&'s Source, RecordKind)>> {
        let is_toml = |path: &Text| Notation::of(path.raw()) == Some(Notation::Toml);
        let all = sources.iter().filter(|source| source.is_file() && is_toml(&source.path));
        let all: Vec<_> = all.filter_map(|source| Some((source, kind_of(source.path.raw())?))).collect();
        if self.files.is_empty() {
            return Ok(all);
        }
        let find = |asked: &String| {
            if sources.iter().any(|source| source.path.raw() == asked && !is_toml(&source.path)) {
                bail!("{} is in YAML, which is left as it is; name records in TOML", visible(asked));
            }
            let found = all.iter().copied().find(|(source, _)| source.path.raw() == asked);
            found.ok_or_else(|| {
                let asked = visible(asked);
                anyhow!("the case folder has no record {asked}; name it from the case folder on: sessions/a.toml")
            })
        };
        self.files.iter().map(find).collect()
    }
}

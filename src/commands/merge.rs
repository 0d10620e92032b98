//! `gwp merge`: two versions of a record become one. Git calls it where two people changed the same file.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::Args as ClapArgs;
use gwp::files::{self, FilesError, shown};
use gwp::merge::{Merged, NotMerged, both, by_line, kind_of_texts, merge};
use gwp::text::{Notation, Text};
use gwp::writing::put;

use super::Ending;
use super::context::Context;
use super::help::examples;

/// Merge two versions of a record by what they say.
///
/// Git calls this command where two people changed one record; "gwp fmt --setup" sets that up. What only one of them changed
/// goes into OURS, and nothing else. If both say something different of the same thing, both stand there between the marks of
/// git, and the command ends with status 1.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp merge base.toml ours.toml theirs.toml"]))]
pub struct Args {
    /// The version that both come from; it can be empty
    #[arg(value_name = "BASE")]
    base: PathBuf,

    /// Our version. The result is written here
    #[arg(value_name = "OURS")]
    ours: PathBuf,

    /// Their version
    #[arg(value_name = "THEIRS")]
    theirs: PathBuf,

    /// What the record is called in messages. Git says it with %P
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

/// Merges the versions.
pub fn run(args: &Args, _: &mut Context<'_>) -> anyhow::Result<Ending> {
    let name = args.name.as_ref().map_or_else(|| shown(&args.ours), |name| Text::new(name.as_str()));
    let [base, ours, theirs] = [text(&args.base)?, text(&args.ours)?, text(&args.theirs)?];
    let texts = [base.as_str(), &ours, &theirs];
    let notations = match Notation::of(name.raw()).or_else(|| Notation::of(&args.ours.to_string_lossy())) {
        Some(notation) => vec![notation],
        None => vec![Notation::Toml, Notation::Yaml],
    };
    let kind = notations.into_iter().find_map(|notation| Some((kind_of_texts(notation, &texts)?, notation)));
    let merged = kind.map_or(Err(NotMerged::Unsound), |(kind, notation)| merge(kind, notation, &base, &ours, &theirs));
    let (text, said) = match merged {
        Ok(Merged { text, conflicts, comments_lost }) => {
            for comment in comments_lost {
                say(&name, &format!("a comment finds no place and is left out: {comment}"))?;
            }
            (text, conflicts)
        }
        // Nobody can tell what one of them says: git would go by lines as well.
        Err(NotMerged::Unsound) => match by_line(&base, &ours, &theirs) {
            Some(text) => {
                say(&name, "this is no sound record in all versions, so it was merged line by line; look through it")?;
                (text, Vec::new())
            }
            None => (both(&ours, &theirs), vec!["one of the versions is no sound record".to_owned()]),
        },
        Err(NotMerged::Unsure) => {
            (both(&ours, &theirs), vec!["gwp cannot tell for certain what goes where".to_owned()])
        }
    };
    put(&args.ours, text.as_bytes())?;
    for conflict in &said {
        say(&name, &format!("{conflict}; both versions stand between the marks of git: keep what is right"))?;
    }
    Ok(if said.is_empty() { Ending::Clean } else { Ending::Found })
}

fn say(name: &Text, what: &str) -> std::io::Result<()> {
    writeln!(anstream::stderr(), "gwp: {name}: {what}")
}

fn text(path: &Path) -> anyhow::Result<String> {
    let bytes = files::table(path).map_err(|error| match error {
        FilesError::NotATable { .. } | FilesError::Folder { .. } => {
            anyhow!("{} is not a plain file, and nothing is merged; name a version of the record", shown(path))
        }
        FilesError::TooLarge { .. } => {
            anyhow!("{} is too large for a record, and nothing is merged; look at what is in it", shown(path))
        }
        error => error.into(),
    })?;
    String::from_utf8(bytes)
        .map_err(|_| anyhow!("{} is no text in UTF-8, and nothing is merged; merge it by hand", shown(path)))
}

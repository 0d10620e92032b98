//! `gwp rename`: another id for a record.

use clap::Args as ClapArgs;
use gwp::records::RecordKind;

use super::Ending;
use super::context::Context;
use super::help::examples;
use super::recording::{RecordingOptions, finish};
use super::value_parsers::{id, one_of};

/// Give a record another id, wherever it is named.
///
/// The command renames the file and changes the id in every record that names it. Notes and other free text stay.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp rename alex-moran alex-lee --dry-run"]))]
pub struct Args {
    /// The record, by id or name
    #[arg(value_name = "RECORD")]
    id: String,

    /// The new id: lower-case letters, digits and hyphens
    #[arg(value_name = "NEW", value_parser = id)]
    new: String,

    /// What it is, where records of several kinds are called so: course, student, supervisor or session
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Option<RecordKind>,

    #[command(flatten)]
    options: RecordingOptions,
}

fn kind(word: &str) -> Result<RecordKind, String> {
    const KINDS: [RecordKind; 4] =
        [RecordKind::Course, RecordKind::Student, RecordKind::Supervisor, RecordKind::Session];
    one_of(word, &KINDS, RecordKind::word)
}

/// Renames the record.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let session = args.options.open(context)?;
    finish(&session, session.rename(&args.id, &args.new, args.kind), context)
}

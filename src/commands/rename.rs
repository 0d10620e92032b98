//! `gwp rename`: another id for a record.

use clap::Args as ClapArgs;
use gwp::records::RecordKind;
use gwp::text::visible;

use super::Ending;
use super::context::Context;
use super::help::examples;
use super::recording::{RecordingOptions, finish};
use super::value_parsers::{id, one_of};
use super::whom::{any_record, said_or_asked};

/// Give a record another id, wherever it is named.
///
/// The command renames the file and changes the id in every record that names it. Notes and other free text stay.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp rename alex-moran alex-lee --dry-run"]))]
pub struct Args {
    /// The record, by id or name
    #[arg(value_name = "RECORD")]
    id: Option<String>,

    /// The new id: lower-case letters, digits and hyphens
    #[arg(value_name = "NEW", value_parser = id)]
    new: Option<String>,

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

/// Renames the record; somebody at a terminal is asked which, and for its id.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let (old, kind) = if let Some(typed) = &args.id {
        (typed.clone(), args.kind)
    } else {
        let (kind, id) = any_record(args.options.look_to_ask(context)?.as_ref())?;
        (id.raw().to_owned(), Some(kind))
    };
    let asks = "The new id (lower-case letters, digits and hyphens)";
    let new = said_or_asked(args.new.clone(), asks, &format!("gwp rename {} mina-holt", visible(&old)), context, id)?;
    let session = args.options.open(context)?;
    finish(&session, session.rename(&old, &new, kind), context)
}

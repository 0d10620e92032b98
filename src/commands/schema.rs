//! `gwp schema`: the JSON Schema of a record.

use clap::Args as ClapArgs;
use gwp::records::{RecordKind, schema_text};
use gwp::text::all_of;

use super::Ending;
use super::context::Context;
use super::help::examples;

/// Print the JSON Schema of a kind of record.
///
/// An editor that has the schema explains and completes keys while you type.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp schema", "gwp schema student"]))]
pub struct Args {
    /// The kind of record: gwp, course, student, supervisor, session or meeting. Without it, the list of them
    #[arg(value_name = "RECORD", value_parser = kind)]
    record: Option<RecordKind>,
}

fn kind(word: &str) -> Result<RecordKind, String> {
    RecordKind::ALL
        .into_iter()
        .find(|kind| kind.word() == word)
        .ok_or_else(|| format!("the kinds of record are {}", all_of(RecordKind::ALL.map(RecordKind::word))))
}

/// Prints the schema, or the list of them.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    match args.record {
        Some(kind) => context.out.write_all(schema_text(kind).as_bytes())?,
        None => {
            for kind in RecordKind::ALL {
                let lies = kind.folder().map_or("at the top of the case folder".to_owned(), |it| format!("in {it}/"));
                writeln!(context.out, "{:<11} {lies}", kind.word())?;
            }
        }
    }
    Ok(Ending::Clean)
}

//! `gwp schema`: the JSON Schema of a record, or of what a command prints.

use clap::Args as ClapArgs;
use gwp::records::{RecordKind, schema_text};
use gwp::reports::OutputSchema;
use gwp::text::all_of;
use serde::Deserialize;

use super::Ending;
use super::context::Context;
use super::help::examples;

/// Print the JSON Schema of a kind of record, or of what a command prints as JSON.
///
/// An editor that has the schema of a record explains and completes keys while you type. A program that reads what gwp
/// prints can be held against the schema of a command's output.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp schema", "gwp schema student", "gwp schema --output check"]))]
pub struct Args {
    /// The kind of record: gwp, course, student, supervisor, session or meeting. Without it, the list of them
    #[arg(value_name = "RECORD", value_parser = kind)]
    record: Option<RecordKind>,

    /// Print the schema of what this command prints with --format json, or of a receipt. Without a command, the list of them
    #[arg(long, value_name = "COMMAND", num_args = 0..=1, conflicts_with = "record", value_parser = output)]
    #[allow(clippy::option_option, reason = "not given, given alone, and given with a command are three things")]
    output: Option<Option<OutputSchema>>,
}

fn output(command: &str) -> Result<OutputSchema, String> {
    let commands = || all_of(OutputSchema::ALL.map(|one| one.command));
    OutputSchema::of(command)
        .ok_or_else(|| format!("the commands that print JSON are {}; that of a receipt is called receipt", commands()))
}

fn kind(word: &str) -> Result<RecordKind, String> {
    RecordKind::ALL
        .into_iter()
        .find(|kind| kind.word() == word)
        .ok_or_else(|| format!("the kinds of record are {}", all_of(RecordKind::ALL.map(RecordKind::word))))
}

/// What the list tells of a schema.
#[derive(Deserialize)]
struct Schema {
    description: String,
}

/// Prints the schema, or the list of them.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    match (args.record, args.output) {
        (_, Some(Some(output))) => context.out.write_all(output.text.as_bytes())?,
        (_, Some(None)) => {
            for OutputSchema { command, text } in OutputSchema::with_files() {
                let schema: Schema = serde_json::from_str(text)?;
                writeln!(context.out, "{command:<11} {}", schema.description)?;
            }
        }
        (Some(kind), None) => context.out.write_all(schema_text(kind).as_bytes())?,
        (None, None) => {
            for kind in RecordKind::ALL {
                let lies = kind.folder().map_or("at the top of the case folder".to_owned(), |it| format!("in {it}/"));
                writeln!(context.out, "{:<11} {lies}", kind.word())?;
            }
        }
    }
    Ok(Ending::Clean)
}

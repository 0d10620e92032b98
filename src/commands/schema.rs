//! `gwp schema`: the JSON Schema of a record.

use std::io::Write;

use clap::Args as ClapArgs;

use super::Ending;

/// Print the JSON Schema of a kind of record.
///
/// An editor that is given the schema explains and completes keys while one types.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// The kind of record: gwp, course, student, supervisor or session; none: the list of them
    #[arg(value_name = "RECORD")]
    record: Option<String>,
}

/// Prints the schema.
pub fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<Ending> {
    let _ = (args, out);
    anyhow::bail!("not written yet")
}

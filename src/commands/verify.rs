//! `gwp verify`: whether a receipt still holds.

use std::path::PathBuf;

use anyhow::anyhow;
use clap::Args as ClapArgs;
use gwp::receipt::differences;
use gwp::reports::VerifyReport;
use gwp::text::visible;

use super::context::Context;
use super::folder_args::FolderArgs;
use super::format::Format;
use super::help::examples;
use super::out::OutArg;
use super::value_parsers::among;
use super::{Ending, receipts, tables};

/// Judge again what a receipt is about, and show what differs.
///
/// The program judges the folder again, as of the day of the receipt. It compares the records that were read, the
/// edition, what is varied, every verdict and every status. It ends with status 1 if something differs. With --rev it
/// reads the folder as it stood in a commit, such as the one that the receipt names.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp verify receipt.json", "gwp verify receipt.json --rev HEAD~3"]))]
pub struct Args {
    /// The receipt that "gwp check --receipt" wrote
    #[arg(value_name = "RECEIPT")]
    receipt: PathBuf,

    #[command(flatten)]
    folders: FolderArgs,

    /// How to print. Without it, the ending of --out decides, or it is a table
    #[arg(long, value_name = "FORMAT", value_parser = among(Format::OF_COMPARISONS))]
    format: Option<Format>,

    #[command(flatten)]
    out: OutArg,
}

/// Judges again, compares and prints.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    args.out.send(args.format, Format::OF_COMPARISONS, context, |format, context| tell(args, format, context))
}

fn tell(args: &Args, format: Format, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let receipt = receipts::read(&args.receipt)?;
    let again = receipt.again(&args.folders.open(context)?)?;
    let now = again.ok_or_else(|| anyhow!("the receipt is of no folder; make it again with \"gwp check\""))?;
    let found = differences(&receipt, &now);
    let report =
        VerifyReport { name: &visible(&args.receipt.to_string_lossy()), receipt: &receipt, now: &now, found: &found };
    tables::print(&[report], format, context)?;
    Ok(if found.is_empty() { Ending::Clean } else { Ending::Found })
}

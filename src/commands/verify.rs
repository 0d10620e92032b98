//! `gwp verify`: whether a receipt still holds.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::Args as ClapArgs;
use gwp::receipt::{differences, record_changes};
use gwp::reports::VerifyReport;
use gwp::text::visible;

use super::context::Context;
use super::folder_args::FolderArgs;
use super::format::Format;
use super::help::examples;
use super::out::{Comparisons, OutArgs};
use super::whom::said_or_asked;
use super::{Ending, receipts, tables};

/// Judge again what a receipt is about, and show what differs.
///
/// The program says first whether the commit of the receipt is in this history. Then it says what was altered, removed and
/// added in the records since. It judges the folder again, as of the day of the receipt, and compares the edition, what is
/// varied, every verdict and every status.
///
/// It ends with status 1 if the receipt does not hold. What was only added since does not count against it. With --rev it
/// reads the folder as it stood in a commit, such as the one that the receipt names.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp verify receipt.json", "gwp verify receipt.json --rev HEAD~3"]))]
pub struct Args {
    /// The receipt that "gwp check --receipt" wrote
    #[arg(value_name = "RECEIPT")]
    receipt: Option<PathBuf>,

    #[command(flatten)]
    folders: FolderArgs,

    #[command(flatten)]
    out: OutArgs<Comparisons>,
}

/// Judges again, compares and prints.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let read = |typed: &str| {
        let file = PathBuf::from(typed);
        receipts::read(&file).map(|_| file).map_err(|error| error.to_string())
    };
    let receipt =
        said_or_asked(args.receipt.clone(), "Which receipt (its file)", "gwp verify receipt.json", context, read)?;
    args.out.send(context, |format, context| tell(args, &receipt, format, context))
}

fn tell(args: &Args, file: &Path, format: Format, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let receipt = receipts::read(file)?;
    let folders = args.folders.open(context)?;
    let again = receipt.again(&folders)?;
    let now = again.ok_or_else(|| anyhow!("the receipt is of no folder; make it again with \"gwp check\""))?;
    let report = VerifyReport {
        name: &visible(&file.to_string_lossy()),
        standings: &receipt.standings(&folders)?,
        changes: &record_changes(&receipt, &now),
        found: &differences(&receipt, &now),
        receipt: &receipt,
        now: &now,
    };
    tables::print(&[report], format, context)?;
    Ok(if report.holds() { Ending::Clean } else { Ending::Found })
}

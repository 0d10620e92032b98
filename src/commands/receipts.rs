//! Receipts as files: written once, and read again.

use std::io::Write as _;
use std::path::Path;

use anyhow::{anyhow, bail};
use gwp::files::{self, FilesError};
use gwp::receipt::{Receipt, VERSION};
use gwp::reports::unbound_in_words;
use gwp::text::visible;
use gwp::writing::create_private;

/// Writes a receipt where nothing is yet: it proves something only as it was made.
pub fn write(receipt: &Receipt, path: &Path) -> anyhow::Result<()> {
    let mut bytes = serde_json::to_vec_pretty(receipt)?;
    bytes.push(b'\n');
    if !create_private(path, &bytes)? {
        let path = visible(&path.to_string_lossy());
        bail!("{path} is there already, and a receipt is not written over; name another file");
    }
    let mut messages = anstream::stderr();
    writeln!(messages, "gwp: the receipt is written to {}", visible(&path.to_string_lossy()))?;
    for unbound in receipt.folders.iter().filter_map(unbound_in_words) {
        writeln!(messages, "gwp: {unbound}")?;
    }
    Ok(())
}

/// Reads a receipt.
pub fn read(path: &Path) -> anyhow::Result<Receipt> {
    let shown = visible(&path.to_string_lossy());
    let no_receipt = || anyhow!("{shown} is no receipt; name a file that \"gwp check --receipt\" wrote");
    let bytes = files::table(path).map_err(|error| match error {
        FilesError::NotATable { .. } | FilesError::TooLarge { .. } | FilesError::Folder { .. } => no_receipt(),
        error => error.into(),
    })?;
    let receipt: Receipt = serde_json::from_slice(&bytes).map_err(|_| no_receipt())?;
    if receipt.version != VERSION {
        bail!(
            "{shown} is a receipt of another form, made by {}; verify it with that program",
            visible(&receipt.program)
        );
    }
    Ok(receipt)
}

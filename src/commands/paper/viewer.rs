//! What a paper is looked at with: the program that the system opens such a file with.

use std::path::{Path, absolute};
use std::time::Duration;

use anyhow::bail;
use gwp::text::visible;

/// So long is listened to whether opening fails. A browser that stays open is not waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// Opens a file that was written. The error says that it is written all the same.
pub fn open(path: &Path) -> anyhow::Result<()> {
    let whole = absolute(path).unwrap_or_else(|_| path.to_owned());
    if open::that_detached_with_timeout(&whole, PATIENCE).is_err() {
        bail!(
            "{} is written, and no program could be started to open it; open the file yourself",
            visible(&path.to_string_lossy())
        );
    }
    Ok(())
}

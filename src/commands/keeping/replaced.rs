//! Several records whose texts become others: all of them, or none.

use std::path::Path;

use anyhow::anyhow;
use gwp::text::Text;
use gwp::writing::{FolderLock, WriteError};

use super::of_writing;

/// A record whose text becomes another.
pub struct Replaced<'r> {
    /// Where it lies, below the case folder.
    pub path: &'r Text,
    /// What it says.
    pub was: &'r str,
    /// What it is to say.
    pub text: &'r str,
}

/// Why texts are not replaced.
pub struct NotReplaced {
    error: WriteError,
    /// How many had been replaced by then.
    count: usize,
    /// Those of them that could not even be given back what they said; safe to show.
    pub stay: Vec<String>,
}

impl NotReplaced {
    /// What is said of it.
    pub fn into_error(self) -> anyhow::Error {
        let error = of_writing(&self.error);
        match (self.count, self.stay.as_slice()) {
            (0, _) => error,
            (_, []) => anyhow!("{error}; what was written by then is taken back"),
            (_, stay) => anyhow!("{error}; written by then, and not to be taken back: {}", stay.join(", ")),
        }
    }
}

/// Replaces texts below a folder: all of them. Where one cannot be, those before it get back what they said.
pub fn replace_all(lock: &FolderLock, folder: &Path, replaced: &[Replaced<'_>]) -> Result<(), NotReplaced> {
    for (count, one) in replaced.iter().enumerate() {
        if let Err(error) = lock.replace(&folder.join(one.path.raw()), one.was, one.text) {
            let stays = |one: &&Replaced<'_>| lock.replace(&folder.join(one.path.raw()), one.text, one.was).is_err();
            let stay = replaced[..count].iter().filter(stays).map(|one| one.path.to_string()).collect();
            return Err(NotReplaced { error, count, stay });
        }
    }
    Ok(())
}

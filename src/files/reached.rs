//! How far a path leads on disk: what a revision holds need not be there any more.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::root::not_readable;
use super::{FilesError, or_here, shown};

/// Where a path leads on disk, as far as it leads anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The last folder on the way that is there, free of links.
    pub folder: PathBuf,
    /// The names that follow it: of a file in it, or of what is not there.
    pub rest: Vec<OsString>,
    /// Whether something is at the path.
    pub is_there: bool,
}

impl Reached {
    /// Follows a path. What a name that steps up (`..`) leads to has to be there.
    pub fn by(given: &Path) -> Result<Self, FilesError> {
        let given = or_here(given);
        let is_there = fs::metadata(&given).is_ok();
        let (mut at, mut rest) = (given.clone(), Vec::new());
        loop {
            match fs::metadata(&at) {
                Ok(there) if there.is_dir() => break,
                // What lies in a file is nowhere.
                Ok(_) if at != given => return Err(FilesError::NotThere { given: shown(&given) }),
                Ok(_) | Err(_) => {}
            }
            let Some(name) = at.file_name().map(ToOwned::to_owned) else {
                return Err(FilesError::NotThere { given: shown(&given) });
            };
            rest.insert(0, name);
            at = at.parent().map(or_here).unwrap_or_default();
        }
        let folder = fs::canonicalize(&at).map_err(|error| not_readable(&given, &error))?;
        Ok(Self { folder, rest, is_there })
    }
}

//! Files that lie about: messages that an earlier run left behind, templates under another name.

use std::fs;
use std::io;
use std::path::Path;

use super::{FilesError, shown};
use crate::text::Text;

/// What lies in a folder under a name with an ending, such as `eml`, in whatever letters; in order of name. A folder
/// that is not there, and what is none, holds nothing.
pub fn names_ending_in(ending: &str, folder: &Path) -> Result<Vec<Text>, FilesError> {
    let refused = |error: &io::Error| FilesError::refused(shown(folder), error);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(refused(&error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = shown(Path::new(&entry.map_err(|error| refused(&error))?.file_name()));
        let found = name.raw().rsplit_once('.').map(|(_, found)| found);
        if found.is_some_and(|found| found.eq_ignore_ascii_case(ending)) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

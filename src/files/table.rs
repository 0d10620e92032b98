//! A table that somebody keeps in a file of their own, to be taken into a case folder.

use std::io::Read as _;
use std::path::Path;

use super::content::open;
use super::{FilesError, MOST_BYTES, shown};

/// Reads the bytes of a table. Unlike a record it may lie anywhere and be reached by a link, but it is a plain file of
/// no more than [`MOST_BYTES`]: whatever it turns out to be, this comes to an end.
pub fn table(path: &Path) -> Result<Vec<u8>, FilesError> {
    let given = || shown(path);
    let refused = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => FilesError::NotThere { given: given() },
        _ => FilesError::refused(given(), &error),
    };
    if path.is_dir() {
        return Err(FilesError::Folder { given: given() });
    }
    let file = open(path).map_err(refused)?;
    if !file.metadata().map_err(refused)?.is_file() {
        return Err(FilesError::NotATable { given: given() });
    }
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(refused)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(FilesError::TooLarge { given: given() });
    }
    Ok(bytes)
}

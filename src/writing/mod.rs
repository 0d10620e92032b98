//! The only place that writes files.
//!
//! A file appears whole or not at all, whatever happens meanwhile: its text is written beside it, made durable, and
//! put in its place in one step. A link that stands there is replaced, never followed. Whoever changes what a case
//! folder says holds its [lock](FolderLock) from reading to writing; who only reads takes none.

#![allow(clippy::disallowed_methods, reason = "this is the place that writes")]

mod error;
mod lock;
mod state;

#[cfg(test)]
mod tests;

pub use error::WriteError;
pub(crate) use lock::FolderLock;
pub use state::{DAYS_KEPT, StateFolder, StatePart};

use std::fs::{self, DirBuilder, File};
use std::io::Write as _;
use std::path::Path;

/// Puts a file with these bytes in place, or replaces the one that is there, whose permissions stay. The folder must
/// exist.
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    place(path, bytes, Readers::AsUsual)
}

/// Puts a file in place that only its owner can read, whatever was there before: it is about people.
pub fn put_private(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    place(path, bytes, Readers::Owner)
}

/// Who can read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Readers {
    /// Nobody but whom it belongs to.
    Owner,
    /// Whoever could read it before; a new one, whoever can read other new files.
    AsUsual,
}

fn place(path: &Path, bytes: &[u8], readers: Readers) -> Result<(), WriteError> {
    place_if(path, bytes, readers, &|| Ok(()))
}

/// Writes the file beside its place, and puts it there where `may` still says so.
fn place_if(
    path: &Path,
    bytes: &[u8],
    readers: Readers,
    may: &dyn Fn() -> Result<(), WriteError>,
) -> Result<(), WriteError> {
    let refused = |error: &std::io::Error| WriteError::new(path, error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let there = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file);
    if there.as_ref().is_some_and(|there| there.permissions().readonly()) {
        return Err(WriteError::ReadOnly { path: error::shown(path) });
    }
    let mut beside = beside(readers).tempfile_in(folder).map_err(|error| refused(&error))?;
    beside.write_all(bytes).map_err(|error| refused(&error))?;
    if let Some(there) = there.filter(|_| readers == Readers::AsUsual) {
        beside.as_file().set_permissions(there.permissions()).map_err(|error| refused(&error))?;
    }
    beside.as_file().sync_all().map_err(|error| refused(&error))?;
    may()?;
    beside.persist(path).map_err(|error| refused(&error.error))?;
    make_durable(folder).map_err(|error| refused(&error))
}

/// Puts a file with these bytes where nothing is yet, with the folders that it lies in; false where something is.
pub fn create(path: &Path, bytes: &[u8]) -> Result<bool, WriteError> {
    if fs::symlink_metadata(path).is_ok() {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    place(path, bytes, Readers::AsUsual).map(|()| true)
}

/// Puts a file that only its owner can read where nothing is yet: it is about people. False where something is. The
/// folder must exist.
pub fn create_private(path: &Path, bytes: &[u8]) -> Result<bool, WriteError> {
    if fs::symlink_metadata(path).is_ok() {
        return Ok(false);
    }
    place(path, bytes, Readers::Owner).map(|()| true)
}

/// Puts a file that can be run as a program where nothing is yet; false where something is.
pub fn create_program(path: &Path, bytes: &[u8]) -> Result<bool, WriteError> {
    let is_new = create(path, bytes)?;
    #[cfg(unix)]
    if is_new {
        use std::os::unix::fs::PermissionsExt as _;
        let there = fs::metadata(path).map_err(|error| WriteError::new(path, &error))?;
        // Whoever may read it may run it.
        let mode = there.permissions().mode();
        let permissions = fs::Permissions::from_mode(mode | ((mode & 0o444) >> 2));
        fs::set_permissions(path, permissions).map_err(|error| WriteError::new(path, &error))?;
    }
    Ok(is_new)
}

/// Makes a folder, and those above it, where it is not there yet.
pub fn make_folder(path: &Path) -> Result<(), WriteError> {
    fs::create_dir_all(path).map_err(|error| WriteError::new(path, &error))
}

/// Makes a folder, and those above it, where it is not there yet; what is made is for nobody but its owner to look
/// into. A folder that is there stays as it is.
pub fn make_private_folder(path: &Path) -> Result<(), WriteError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| WriteError::new(path, &error))
}

/// What a file is called that is not yet in its place.
const BEGINNING: &str = ".gwp-";
const ENDING: &str = ".new";

/// A file beside the one that is to be: hidden, so that one which a killed process leaves is no record.
fn beside(readers: Readers) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(BEGINNING).suffix(ENDING);
    #[cfg(unix)]
    if readers == Readers::AsUsual {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = readers;
    builder
}

/// That a name now stands for another file is durable once the folder is.
fn make_durable(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

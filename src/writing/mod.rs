//! The only place that writes files.
//!
//! A file appears whole or not at all, whatever happens meanwhile: its text is written beside it, made durable, and
//! put in its place in one step. A link that stands there is replaced, never followed.

#![allow(clippy::disallowed_methods, reason = "this is the place that writes")]

mod error;

pub use error::WriteError;

use std::fs::{DirBuilder, File};
use std::io::Write as _;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// Puts a file with these bytes in place, or replaces the one that is there. The folder must exist.
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    put_as(path, bytes, &Builder::new())
}

/// The same, for nobody but its owner to read, whatever [`put`] does: it is about people.
pub fn put_private(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    #[cfg_attr(not(unix), allow(unused_mut, reason = "elsewhere a file has the rights of its folder"))]
    let mut builder = Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600));
    put_as(path, bytes, &builder)
}

fn put_as(path: &Path, bytes: &[u8], builder: &Builder<'_, '_>) -> Result<(), WriteError> {
    let refused = |error: &std::io::Error| WriteError::new(path, error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside: NamedTempFile = builder.tempfile_in(folder).map_err(|error| refused(&error))?;
    beside.write_all(bytes).map_err(|error| refused(&error))?;
    beside.as_file().sync_all().map_err(|error| refused(&error))?;
    beside.persist(path).map_err(|error| refused(&error.error))?;
    make_durable(folder).map_err(|error| refused(&error))
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

/// That a name now stands for another file is durable once the folder is.
fn make_durable(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

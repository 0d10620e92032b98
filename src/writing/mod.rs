//! The only place that writes files.
//!
//! A file appears whole or not at all, whatever happens meanwhile: its text is written elsewhere, made durable, and
//! put in its place in one step. A link that stands there is replaced, never followed; where nothing is to be replaced,
//! what appears there meanwhile stays. Whoever changes what a case folder says holds its [lock](FolderLock) from reading to
//! writing; who only reads takes none.

#![allow(clippy::disallowed_methods, reason = "this is the place that writes")]

mod error;
mod lock;
mod own_files;
mod pages;
mod state;

#[cfg(test)]
mod tests;

pub use error::WriteError;
pub use lock::{FolderLock, PATIENCE};
pub use own_files::{is_file_or_free, is_of_records};
pub use pages::{PagesPut, put_pages};
pub use state::{DAYS_KEPT, SECRET_BYTES, SecretError, StateFolder, StatePart};

use std::fs::{self, DirBuilder, File};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

/// Puts a file with these bytes in place, or replaces the one that is there, whose permissions stay. The folder must
/// exist.
pub fn put(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    Placing::of(path).place(bytes).map(|_| ())
}

/// Puts a file in place that only its owner can read, whatever was there before: it is about people.
pub fn put_private(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    Placing { readers: Readers::Owner, ..Placing::of(path) }.place(bytes).map(|_| ())
}

/// Adds a line to a file that only its owner can read, and makes it durable; the file is made where it is not there. A line
/// that a killed process left without its end is ended first: what is torn is one line. The folder must exist.
pub fn add_line_private(path: &Path, line: &str) -> Result<(), WriteError> {
    let refused = |error: &io::Error| WriteError::new(path, error);
    if fs::symlink_metadata(path).is_ok_and(|there| !there.is_file()) {
        return Err(refused(&io::ErrorKind::AlreadyExists.into()));
    }
    create_private(path, b"")?;
    let add = || -> io::Result<()> {
        let mut file = File::options().read(true).append(true).open(path)?;
        #[cfg(unix)]
        file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        let mut last = *b"\n";
        if file.metadata()?.len() > 0 {
            file.seek(io::SeekFrom::End(-1))?;
            file.read_exact(&mut last)?;
        }
        let begin = if last == *b"\n" { "" } else { "\n" };
        file.write_all(format!("{begin}{line}\n").as_bytes())?;
        file.sync_data()
    };
    add().map_err(|error| refused(&error))
}

/// Puts a file in place like [`put_private`] that can be made anew: after a power cut it may be as it was before.
fn put_private_again(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    Placing { readers: Readers::Owner, is_durable: false, ..Placing::of(path) }.place(bytes).map(|_| ())
}

/// Puts a file with these bytes where nothing is yet, with the folders that it lies in; false where something is.
pub fn create(path: &Path, bytes: &[u8]) -> Result<bool, WriteError> {
    if fs::symlink_metadata(path).is_ok() {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    Placing { replaces: false, ..Placing::of(path) }.place(bytes)
}

/// Puts a file that only its owner can read where nothing is yet: it is about people. False where something is. The
/// folder must exist.
pub fn create_private(path: &Path, bytes: &[u8]) -> Result<bool, WriteError> {
    Placing { replaces: false, readers: Readers::Owner, ..Placing::of(path) }.place(bytes)
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

/// Who can read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Readers {
    /// Nobody but whom it belongs to.
    Owner,
    /// Whoever could read it before; a new one, whoever can read other new files.
    AsUsual,
}

/// How a file comes to its place.
struct Placing<'p> {
    path: &'p Path,
    /// The folder in which it is written first; none beside its place.
    workshop: Option<&'p Path>,
    readers: Readers,
    /// The permissions of a new file, where they are not the usual ones.
    permissions: Option<fs::Permissions>,
    /// Whether what is there is replaced.
    replaces: bool,
    /// Whether it outlives a power cut once it is there, which costs time.
    is_durable: bool,
    /// Whether it may still be put there, asked when it is written already.
    may: &'p dyn Fn() -> Result<(), WriteError>,
}

impl<'p> Placing<'p> {
    fn of(path: &'p Path) -> Self {
        let (readers, may) = (Readers::AsUsual, &|| Ok(()));
        Self { path, workshop: None, readers, permissions: None, replaces: true, is_durable: true, may }
    }

    /// Writes the file and puts it in its place; false where something is there that is not to be replaced.
    fn place(&self, bytes: &[u8]) -> Result<bool, WriteError> {
        let path = self.path;
        let refused = |error: &io::Error| WriteError::new(path, error);
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let there = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file);
        if self.replaces && there.as_ref().is_some_and(|there| there.permissions().readonly()) {
            return Err(WriteError::ReadOnly { path: error::shown(path) });
        }
        let kept = there.filter(|_| self.replaces && self.readers == Readers::AsUsual).map(|there| there.permissions());
        let permissions = self.permissions.clone().or(kept);
        let write = |within: &Path| -> io::Result<NamedTempFile> {
            let mut written = unfinished(self.readers).tempfile_in(within)?;
            // Nobody takes it for one that a killed process left.
            let _ = written.as_file().try_lock();
            written.write_all(bytes)?;
            if let Some(permissions) = &permissions {
                written.as_file().set_permissions(permissions.clone())?;
            }
            if self.is_durable {
                written.as_file().sync_all()?;
            }
            Ok(written)
        };
        if self.workshop.is_none() {
            lock::take_away_abandoned(folder);
        }
        let written = write(self.workshop.unwrap_or(folder)).map_err(|error| refused(&error))?;
        (self.may)()?;
        let put = match put_at(written, path, self.replaces) {
            // The folder is on another disk than the workshop.
            Err(error) if error.kind() == io::ErrorKind::CrossesDevices && self.workshop.is_some() => {
                let written = write(folder).map_err(|error| refused(&error))?;
                (self.may)()?;
                put_at(written, path, self.replaces)
            }
            put => put,
        };
        match put {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && !self.replaces => Ok(false),
            Ok(()) if !self.is_durable => Ok(true),
            put => put.and_then(|()| make_durable(folder)).map(|()| true).map_err(|error| refused(&error)),
        }
    }
}

/// Puts a file that is written in its place, in one step. Where nothing is to be replaced, what appears there in the last
/// moment stays.
fn put_at(written: NamedTempFile, path: &Path, replaces: bool) -> io::Result<()> {
    if replaces {
        return written.persist(path).map(|_| ()).map_err(|error| error.error);
    }
    match written.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(error.error),
        // Some file systems cannot do it in one step: a last look has to serve.
        Err(_) if fs::symlink_metadata(path).is_ok() => Err(io::ErrorKind::AlreadyExists.into()),
        Err(error) if error.error.kind() == io::ErrorKind::CrossesDevices => Err(error.error),
        Err(error) => error.file.persist(path).map(|_| ()).map_err(|error| error.error),
    }
}

/// Whether a path leads to a file that says exactly this text; without a text, whether nothing is there.
pub(crate) fn says(path: &Path, text: Option<&str>) -> bool {
    match (fs::symlink_metadata(path), text) {
        (Ok(there), Some(text)) if there.is_file() && there.len() == text.len() as u64 => {
            fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes())
        }
        (Err(error), None) => matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory),
        _ => false,
    }
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

/// A file that is not yet in its place: hidden, so that one which a killed process leaves is no record.
fn unfinished(readers: Readers) -> tempfile::Builder<'static, 'static> {
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
fn make_durable(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

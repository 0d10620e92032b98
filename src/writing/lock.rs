//! One writer at a time in a case folder.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::error::{WriteError, shown};
use super::{BEGINNING, ENDING, Readers, place_if, put};

/// The file that is locked. It is hidden, so that it is no record.
const NAME: &str = ".gwp.lock";

/// How long to go on asking before the next try.
const PAUSE: Duration = Duration::from_millis(15);

/// Held while a program changes what a case folder says. It is the operating system's: it ends with the process, however
/// that ends.
#[derive(Debug)]
pub struct FolderLock {
    file: File,
    path: PathBuf,
}

#[allow(clippy::unused_self, reason = "only who holds the lock may write")]
impl FolderLock {
    /// Takes the lock of a case folder, and waits for whoever holds it, but no longer than `patience`.
    pub fn take(folder: &Path, patience: Duration) -> Result<Self, WriteError> {
        let path = folder.join(NAME);
        let refused = |error: &io::Error| WriteError::new(&path, error);
        let begun = Instant::now();
        // Through a link, a file would be made elsewhere.
        if fs::symlink_metadata(&path).is_ok_and(|there| there.is_symlink()) {
            fs::remove_file(&path).map_err(|error| refused(&error))?;
        }
        loop {
            let file = File::options().read(true).write(true).create(true).truncate(false).open(&path);
            let file = file.map_err(|error| refused(&error))?;
            match file.try_lock() {
                // Whoever held it may have taken the file away: then the lock is on nothing.
                Ok(()) if is_at(&file, &path) => return Ok(Self { file, path }),
                Ok(()) => continue,
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(refused(&error)),
            }
            if begun.elapsed() >= patience {
                return Err(WriteError::Busy { folder: shown(folder) });
            }
            thread::sleep(PAUSE);
        }
    }

    /// Replaces a text file of the case folder that says what it `was` read to say; where it says something else by
    /// now, it stays. The permissions stay too.
    ///
    /// An editor takes no lock: what is saved in the moment between the last look and the replacing is lost. That
    /// look comes when the new text is on the disk already, and has only to be put in its place.
    pub fn replace(&self, path: &Path, was: &str, text: &str) -> Result<(), WriteError> {
        if let Some(folder) = path.parent() {
            take_away_unfinished(folder);
        }
        place_if(path, text.as_bytes(), Readers::AsUsual, &|| must_say(path, was))
    }

    /// Puts a text file of the case folder where nothing is yet, with the folders that it lies in. Through a link it
    /// would come to lie elsewhere, where nobody looks for it.
    pub fn create(&self, path: &Path, text: &str) -> Result<(), WriteError> {
        let top = self.path.parent();
        let mut folders = path.ancestors().skip(1).take_while(|folder| Some(*folder) != top);
        if let Some(link) = folders.find(|folder| fs::symlink_metadata(folder).is_ok_and(|there| there.is_symlink())) {
            return Err(WriteError::Linked { path: shown(path), folder: shown(link) });
        }
        let is_new = super::create(path, text.as_bytes())?;
        if is_new { Ok(()) } else { Err(WriteError::new(path, &io::ErrorKind::AlreadyExists.into())) }
    }

    /// Puts a text file at another path, where nothing is yet but perhaps the same text, with the permissions of the
    /// one that it comes from. That stays until it is [removed](FolderLock::remove).
    pub fn copy(&self, from: &Path, was: &str, to: &Path) -> Result<(), WriteError> {
        match fs::read(to) {
            Ok(there) if there == was.as_bytes() => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            _ => return Err(WriteError::new(to, &io::ErrorKind::AlreadyExists.into())),
        }
        put(to, was.as_bytes())?;
        let permissions = fs::metadata(from).map(|there| there.permissions());
        permissions.and_then(|kept| fs::set_permissions(to, kept)).map_err(|error| WriteError::new(to, &error))
    }

    /// Removes a text file of the case folder, where it says what it `was` read to say.
    pub fn remove(&self, path: &Path, was: &str) -> Result<(), WriteError> {
        must_say(path, was)?;
        fs::remove_file(path).map_err(|error| WriteError::new(path, &error))
    }
}

/// An error where a file does not say what it `was` read to say.
fn must_say(path: &Path, was: &str) -> Result<(), WriteError> {
    let there = fs::read(path).map_err(|error| WriteError::new(path, &error))?;
    if there == was.as_bytes() { Ok(()) } else { Err(WriteError::Changed { path: shown(path) }) }
}

/// Takes away what a process left that was killed before its file was in place: nobody else is writing.
fn take_away_unfinished(folder: &Path) {
    let names = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let is_unfinished = |name: &str| name.starts_with(BEGINNING) && name.ends_with(ENDING);
    for name in names.filter(|name| name.to_str().is_some_and(is_unfinished)) {
        // Where it cannot be taken away, it is hidden and does no harm.
        let _ = fs::remove_file(folder.join(name));
    }
}

/// Whether an open file is the one that a path leads to.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |there: io::Result<fs::Metadata>| there.ok().map(|there| (there.dev(), there.ino()));
    identity(file.metadata()) == identity(fs::metadata(path))
}

/// Elsewhere the file stays where it is.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        if cfg!(unix) {
            // Where it cannot be taken away it is there for the next.
            let _ = fs::remove_file(&self.path);
        }
        let _ = self.file.unlock();
    }
}

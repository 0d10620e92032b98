//! One writer at a time in a case folder.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::thread;
use std::time::{Duration, Instant};

use super::error::{WriteError, shown};
use super::{BEGINNING, ENDING, Placing};

/// The folder in the case folder that is there while a command writes: with the file that is locked, and with what is not
/// yet in its place. It is hidden, so that nothing in it is a record, and tells git itself to pass it over, whatever the
/// case folder says of that.
const WORKSHOP: &str = ".gwp";

/// What a workshop is called that is being cleared, before the number of the process.
const CLEARED: &str = ".gwp.done-";

const LOCK: &str = "lock";

const IGNORE: (&str, &str) = (".gitignore", "*\n");

/// What that file is called until it is whole: a name that git never takes in, wherever it stands.
const NOT_YET_IGNORING: &str = ".git";

/// How long a command waits for another that is writing in the same folder.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How long to go on asking before the next try.
const PAUSE: Duration = Duration::from_millis(15);

/// Held while a program changes what a case folder says. It is the operating system's: it ends with the process, however
/// that ends.
#[derive(Debug)]
pub struct FolderLock {
    file: File,
    folder: PathBuf,
    workshop: PathBuf,
}

#[allow(clippy::unused_self, reason = "only who holds the lock may write")]
impl FolderLock {
    /// Takes the lock of a case folder, and waits for whoever holds it, but no longer than `patience`.
    pub fn take(folder: &Path, patience: Duration) -> Result<Self, WriteError> {
        Self::take_by(folder, patience, &File::try_lock)
    }

    /// Takes the lock by a way to lock a file.
    pub(super) fn take_by(
        folder: &Path,
        patience: Duration,
        try_lock: &dyn Fn(&File) -> Result<(), TryLockError>,
    ) -> Result<Self, WriteError> {
        let workshop = folder.join(WORKSHOP);
        let path = workshop.join(LOCK);
        let begun = Instant::now();
        loop {
            let file = match open(&workshop, &path) {
                Ok(file) => file,
                // Whoever held it has just taken the workshop away.
                Err(error) if error.kind() == io::ErrorKind::NotFound && begun.elapsed() < patience => continue,
                Err(error) => return Err(WriteError::new(&path, &error)),
            };
            match try_lock(&file) {
                Ok(()) if is_at(&file, &path) => {
                    let held = Self { file, folder: folder.to_owned(), workshop };
                    held.begin();
                    return Ok(held);
                }
                // The lock is on nothing.
                Ok(()) => continue,
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(_)) => {
                    clear(folder, &workshop);
                    return Err(WriteError::NoLocks { folder: shown(folder) });
                }
            }
            if begun.elapsed() >= patience {
                return Err(WriteError::Busy { folder: shown(folder) });
            }
            thread::sleep(PAUSE);
        }
    }

    /// Takes away what killed processes left: nobody else is writing.
    fn begin(&self) {
        // Whoever went before may have cleared the workshop after it was made ready here.
        tell_git(&self.workshop);
        take_away_unfinished(&self.workshop);
        for left in in_folder(&self.folder).filter(|left| name_of(left).starts_with(CLEARED)) {
            remove_workshop(&left);
        }
    }

    /// Replaces a text file of the case folder that says what it `was` read to say; where it says something else by
    /// now, it stays. The permissions stay too.
    ///
    /// An editor takes no lock: what is saved in the moment between the last look and the replacing is lost. That
    /// look comes when the new text is on the disk already, and has only to be put in its place.
    pub fn replace(&self, path: &Path, was: &str, text: &str) -> Result<(), WriteError> {
        let may = || must_say(path, was);
        Placing { may: &may, ..self.placing(path) }.place(text.as_bytes()).map(|_| ())
    }

    /// Puts a text file of the case folder where nothing is yet, with the folders that it lies in. Through a link it
    /// would come to lie elsewhere, where nobody looks for it.
    pub fn create(&self, path: &Path, text: &str) -> Result<(), WriteError> {
        let mut folders = path.ancestors().skip(1).take_while(|above| *above != self.folder);
        if let Some(link) = folders.find(|folder| fs::symlink_metadata(folder).is_ok_and(|there| there.is_symlink())) {
            return Err(WriteError::Linked { path: shown(path), folder: shown(link) });
        }
        if let Some(folder) = path.parent() {
            super::make_folder(folder)?;
        }
        Self::must_be_new(path, Placing { replaces: false, ..self.placing(path) }.place(text.as_bytes())?)
    }

    /// Puts a text file at another path, where nothing is yet but perhaps the same text, with the permissions of the
    /// one that it comes from. That stays until it is [removed](FolderLock::remove).
    pub fn copy(&self, from: &Path, was: &str, to: &Path) -> Result<(), WriteError> {
        match fs::read(to) {
            Ok(there) if there == was.as_bytes() => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            _ => return Err(WriteError::new(to, &io::ErrorKind::AlreadyExists.into())),
        }
        let there = fs::metadata(from).map_err(|error| WriteError::new(from, &error))?;
        let placing = Placing { replaces: false, permissions: Some(there.permissions()), ..self.placing(to) };
        Self::must_be_new(to, placing.place(was.as_bytes())?)
    }

    /// Removes a text file of the case folder, where it says what it `was` read to say.
    pub fn remove(&self, path: &Path, was: &str) -> Result<(), WriteError> {
        must_say(path, was)?;
        fs::remove_file(path).map_err(|error| WriteError::new(path, &error))
    }

    /// Removes a folder where nothing is in it.
    pub fn remove_empty_folder(&self, path: &Path) {
        // One that still holds something stays.
        let _ = fs::remove_dir(path);
    }

    fn placing<'p>(&'p self, path: &'p Path) -> Placing<'p> {
        Placing { workshop: Some(&self.workshop), ..Placing::of(path) }
    }

    fn must_be_new(path: &Path, is_new: bool) -> Result<(), WriteError> {
        if is_new { Ok(()) } else { Err(WriteError::new(path, &io::ErrorKind::AlreadyExists.into())) }
    }
}

/// Makes the workshop, where it is not there yet, and opens the file that is locked. Through a link, something would be
/// made elsewhere.
fn open(workshop: &Path, path: &Path) -> io::Result<File> {
    for link in [workshop, path, &workshop.join(IGNORE.0), &workshop.join(NOT_YET_IGNORING)] {
        if fs::symlink_metadata(link).is_ok_and(|there| there.is_symlink()) {
            fs::remove_file(link)?;
        }
    }
    match fs::create_dir(workshop) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => tell_git(workshop),
    }
    File::options().read(true).write(true).create(true).truncate(false).open(path)
}

/// Has git pass over the workshop. Where there is no room for that, there is none for a record either, and that is said.
fn tell_git(workshop: &Path) {
    let (name, text) = IGNORE;
    let path = workshop.join(name);
    if !fs::symlink_metadata(&path).is_ok_and(|there| there.is_file() && there.len() == text.len() as u64) {
        let whole = workshop.join(NOT_YET_IGNORING);
        let _ = fs::write(&whole, text).and_then(|()| fs::rename(whole, path));
    }
}

/// Clears the workshop, as the one who holds the lock. It gets another name first: what somebody else makes ready
/// meanwhile is a workshop of its own. Where it cannot be cleared it is there for the next.
fn clear(folder: &Path, workshop: &Path) {
    let cleared = folder.join(format!("{CLEARED}{}", process::id()));
    if fs::rename(workshop, &cleared).is_ok() {
        remove_workshop(&cleared);
    }
}

/// Removes a workshop and the files in it, with what keeps git from it as the last.
fn remove_workshop(workshop: &Path) {
    let (ignore, _) = IGNORE;
    let _ = fs::remove_file(workshop.join(LOCK));
    take_away_unfinished(workshop);
    let _ = fs::remove_file(workshop.join(NOT_YET_IGNORING));
    let _ = fs::remove_file(workshop.join(ignore));
    let _ = fs::remove_dir(workshop);
}

/// An error where a file does not say what it `was` read to say.
fn must_say(path: &Path, was: &str) -> Result<(), WriteError> {
    let there = fs::read(path).map_err(|error| WriteError::new(path, &error))?;
    if there == was.as_bytes() { Ok(()) } else { Err(WriteError::Changed { path: shown(path) }) }
}

/// Takes away files that did not come to their place.
fn take_away_unfinished(workshop: &Path) {
    for file in unfinished_in(workshop) {
        // Where it cannot be taken away, it is hidden and does no harm.
        let _ = fs::remove_file(file);
    }
}

/// The files in a folder that did not come to their place.
fn unfinished_in(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let is_unfinished = |name: &str| name.starts_with(BEGINNING) && name.ends_with(ENDING);
    in_folder(folder).filter(move |file| is_unfinished(name_of(file)))
}

/// So long after it was begun, nobody is still about to lock a file.
const BEGUN: Duration = Duration::from_secs(10);

/// Takes away what killed processes left in a folder that has no lock of its own: whoever writes there holds a lock on the
/// unfinished file itself. Where the system has no such locks, it stays: it is hidden and does no harm.
pub(super) fn take_away_abandoned(folder: &Path) {
    let is_abandoned = |path: &PathBuf| {
        let begun = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file);
        let age = begun.and_then(|there| there.modified().ok()).and_then(|at| at.elapsed().ok());
        age.is_some_and(|age| age > BEGUN) && File::open(path).is_ok_and(|file| file.try_lock().is_ok())
    };
    for file in unfinished_in(folder).filter(is_abandoned) {
        let _ = fs::remove_file(file);
    }
}

/// The paths in a folder; none where it cannot be listed.
fn in_folder(folder: &Path) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path())
}

fn name_of(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
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
            clear(&self.folder, &self.workshop);
        }
        let _ = self.file.unlock();
    }
}

//! The folder in which commands keep what a later one goes on with, for one user of this machine.

use std::fmt::{self, Write as _};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use sha2::{Digest as _, Sha256};

use super::{WriteError, create_private, make_private_folder, put_private};
use crate::files::{FilesError, shown};
use crate::text::Text;

/// How many days something is kept.
pub const DAYS_KEPT: u32 = 30;

/// How many bytes a secret has.
pub const SECRET_BYTES: usize = 32;

/// Why there is no secret. Shown, it is a sentence without its full stop that is safe to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretError {
    /// It cannot be read.
    Read(FilesError),
    /// It cannot be kept.
    Written(WriteError),
    /// What is kept is no secret.
    Damaged {
        /// The file.
        path: Text,
    },
    /// The system gives no random bytes.
    NoRandomness,
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => error.fmt(f),
            Self::Written(error) => error.fmt(f),
            Self::Damaged { path } => write!(
                f,
                "{path} is not the key that labels are made with; delete it, and every label will be a new one"
            ),
            Self::NoRandomness => f.write_str("this system gives no random bytes, from which a key can be made"),
        }
    }
}

impl std::error::Error for SecretError {}

/// A user's own folder outside every case folder, such as `~/.local/state/gwp`. What is kept there is about people: its
/// owner alone can read it, and after [`DAYS_KEPT`] days the next command that keeps something clears it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateFolder {
    path: PathBuf,
}

/// The part of a [`StateFolder`] that is for one purpose and about one case folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatePart {
    whole: StateFolder,
    path: PathBuf,
}

impl StateFolder {
    /// The folder at a path. It need not be there yet: the first thing that is kept makes it.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where it is, or would be.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A secret of the user's, the same every time: made at random when it is first asked for, and kept for good.
    pub fn secret(&self, name: &str) -> Result<[u8; SECRET_BYTES], SecretError> {
        let path = self.path.join(name);
        let read = || match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(SecretError::Read(FilesError::refused(shown(&path), &error))),
            Ok(bytes) => match bytes.try_into() {
                Ok(secret) => Ok(Some(secret)),
                Err(_) => Err(SecretError::Damaged { path: shown(&path) }),
            },
        };
        if let Some(secret) = read()? {
            return Ok(secret);
        }
        let mut secret = [0; SECRET_BYTES];
        getrandom::fill(&mut secret).map_err(|_| SecretError::NoRandomness)?;
        make_private_folder(&self.path).map_err(SecretError::Written)?;
        // Another command may have made it meanwhile.
        if create_private(&path, &secret).map_err(SecretError::Written)? {
            return Ok(secret);
        }
        read()?.ok_or(SecretError::Damaged { path: shown(&path) })
    }

    /// The part for a purpose, such as `undo`, about a case folder, whose path is free of links. The name of the part does
    /// not tell where the case folder lies.
    pub fn part(&self, purpose: &str, case_folder: &Path) -> StatePart {
        let digest = Sha256::digest(case_folder.as_os_str().as_encoded_bytes());
        let name = digest.iter().take(16).fold(String::new(), |mut name, byte| {
            // Writing to a String cannot fail.
            let _ = write!(name, "{byte:02x}");
            name
        });
        StatePart { whole: self.clone(), path: self.path.join(purpose).join(name) }
    }

    /// Removes what is older than [`DAYS_KEPT`], of every purpose and case folder, and the parts that are empty for as long.
    /// What cannot be removed stays: no command fails for it.
    fn clear(&self, now: SystemTime) {
        for purpose in entries(&self.path) {
            for part in entries(&purpose) {
                for file in entries(&part).into_iter().filter(|file| is_past(file, now)) {
                    let _ = fs::remove_file(file);
                }
                // A part that is new and empty is one that another command is about to fill. One that still holds something
                // is not removed.
                if is_past(&part, now) {
                    let _ = fs::remove_dir(part);
                }
            }
        }
    }
}

impl StatePart {
    /// Keeps bytes under a name, in place of what was kept under it, and clears what is too old.
    pub fn keep(&self, name: &str, bytes: &[u8], now: SystemTime) -> Result<(), WriteError> {
        self.whole.clear(now);
        make_private_folder(&self.path)?;
        put_private(&self.path.join(name), bytes)
    }

    /// What is kept under a name; none where nothing is, or where it is older than [`DAYS_KEPT`].
    pub fn read(&self, name: &str, now: SystemTime) -> Result<Option<Vec<u8>>, FilesError> {
        let path = self.path.join(name);
        match fs::read(&path) {
            _ if is_past(&path, now) => Ok(None),
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(FilesError::refused(shown(&path), &error)),
        }
    }

    /// The names under which something is kept, in order.
    pub fn names(&self, now: SystemTime) -> Vec<String> {
        let files = entries(&self.path).into_iter().filter(|file| !is_past(file, now));
        let names = files.filter_map(|file| Some(file.file_name()?.to_str()?.to_owned()));
        let mut names: Vec<_> = names.filter(|name| !name.starts_with('.')).collect();
        names.sort_unstable();
        names
    }

    /// Removes what is kept under a name, where something is.
    pub fn forget(&self, name: &str) -> Result<(), WriteError> {
        let path = self.path.join(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(WriteError::new(&path, &error)),
            _ => Ok(()),
        }
    }
}

/// The paths in a folder; none where it cannot be listed.
fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

/// Whether a file was written, or a folder changed, too long ago.
fn is_past(file: &Path, now: SystemTime) -> bool {
    let written = fs::symlink_metadata(file).and_then(|there| there.modified());
    let kept = Duration::from_secs(u64::from(DAYS_KEPT) * 24 * 60 * 60);
    written.is_ok_and(|written| now.duration_since(written).is_ok_and(|age| age > kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(count: u64) -> Duration {
        Duration::from_secs(count * 24 * 60 * 60)
    }

    #[test]
    fn what_is_kept_is_there_for_thirty_days() {
        let folder = tempfile::tempdir().unwrap();
        let state = StateFolder::at(folder.path().join("state/gwp"));
        let part = state.part("undo", Path::new("/practice"));
        let other = state.part("meeting", Path::new("/practice"));
        let now = SystemTime::now();
        assert_eq!(part.read("1", now).unwrap(), None);
        part.forget("1").unwrap();
        part.keep("2", b"two", now).unwrap();
        part.keep("1", b"one", now).unwrap();
        assert_eq!(part.names(now), ["1", "2"]);
        assert!(state.part("undo", Path::new("/elsewhere")).names(now).is_empty() && other.names(now).is_empty());
        let (last, after) = (now + days(30) - Duration::from_secs(60), now + days(30) + Duration::from_secs(60));
        assert_eq!(part.read("1", last).unwrap().as_deref(), Some(&b"one"[..]));
        assert_eq!((part.read("1", after).unwrap(), part.names(after)), (None, Vec::new()));
        // Another purpose clears too, and an empty part goes; not one that was just made.
        let new = state.part("undo", Path::new("/new"));
        make_private_folder(&new.path).unwrap();
        other.keep("now", b"x", last).unwrap();
        assert_eq!((entries(&part.path).len(), new.path.exists()), (2, true));
        other.keep("now", b"x", after).unwrap();
        assert_eq!((part.path.exists(), other.names(now)), (false, vec!["now".to_owned()]));
        other.forget("now").unwrap();
        assert!(other.names(now).is_empty());
    }

    #[test]
    fn a_secret_stays_the_same_and_is_not_cleared() {
        let folder = tempfile::tempdir().unwrap();
        let state = StateFolder::at(folder.path().join("gwp"));
        let secret = state.secret("key").unwrap();
        assert_eq!(state.secret("key"), Ok(secret));
        state.clear(SystemTime::now() + days(4000));
        assert_eq!(state.secret("key"), Ok(secret));
        assert_ne!(StateFolder::at(folder.path().join("other")).secret("key"), Ok(secret));
        fs::write(folder.path().join("gwp/key"), "short").unwrap();
        assert!(state.secret("key").unwrap_err().to_string().contains("delete it"));
    }

    #[cfg(unix)]
    #[test]
    fn it_is_its_owner_s_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let part = StateFolder::at(folder.path().join("gwp")).part("undo", Path::new("/practice"));
        part.keep("1", b"one", SystemTime::now()).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&part.path), mode(&folder.path().join("gwp"))), (0o700, 0o700));
        assert_eq!(mode(&part.path.join("1")), 0o600);
    }
}

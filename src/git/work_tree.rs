//! A work tree that is written to: a file in it becomes a commit.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::files::{FilesError, Reached};
use crate::text::visible;

/// How git calls this program to merge two versions of a record, and where that is set.
const DRIVER: (&str, &str) = ("merge.gwp.driver", "gwp merge %O %A %B %P");

/// How long to wait for another command of git that is writing: longer than one takes.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long to wait before the next try.
const PAUSE: Duration = Duration::from_millis(100);

/// A work tree of git with the case folder in it.
#[derive(Clone, Debug)]
pub struct WorkTree {
    /// The case folder: paths are below it.
    folder: PathBuf,
}

/// Why git did not do what it was asked for. Shown, it is one sentence that is safe to print; [`GitError::help`] says
/// what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GitError {
    /// There is no program called git.
    NotInstalled,
    /// The folder is not kept in git.
    NotKept,
    /// A file has changes, or is new to git, so that a commit of it would hold more than was meant.
    Uncommitted {
        /// The path below the case folder, safe to show.
        path: String,
    },
    /// Another command of git is writing in the repository, or one that was ended has left its mark there.
    Busy {
        /// The file that says so, safe to show.
        lock: String,
    },
    /// git refused; this is what it says.
    Refused {
        /// The first line of it, safe to show.
        said: String,
    },
}

impl WorkTree {
    /// The work tree that a folder lies in.
    pub fn around(folder: &Path) -> Result<Self, GitError> {
        let tree = Self { folder: folder.to_owned() };
        let inside = tree.git(&["rev-parse", "--is-inside-work-tree"]).map_err(|error| match error {
            GitError::Refused { .. } => GitError::NotKept,
            error => error,
        })?;
        if inside.trim_ascii() == b"true" { Ok(tree) } else { Err(GitError::NotKept) }
    }

    /// An error where a file, given by its path below the case folder, is not as it was last committed.
    pub fn must_be_committed(&self, path: &str) -> Result<(), GitError> {
        let said = self.git(&["status", "--porcelain", "-z", "--untracked-files=all", "--ignored", "--", path])?;
        if said.is_empty() { Ok(()) } else { Err(GitError::Uncommitted { path: visible(path) }) }
    }

    /// Whether git would take in a file that is written at a path, which need not be there yet: it would lie in a work tree,
    /// and no setting leaves it out.
    pub fn takes_in(path: &Path) -> Result<bool, FilesError> {
        let Reached { folder, rest, .. } = Reached::by(path)?;
        let Ok(tree) = Self::around(&folder) else { return Ok(false) };
        let path = rest.iter().fold(folder, |path, name| path.join(name));
        let mut command = super::command_with_pathspecs(&tree.folder);
        command.args(["check-ignore", "--quiet", "--"]).arg(path).stdin(Stdio::null()).stderr(Stdio::null());
        // Where git cannot say it, it may take the file in.
        Ok(!command.status().is_ok_and(|status| status.success()))
    }

    /// Where a hook of the repository lies, or would lie.
    pub fn hook(&self, name: &str) -> Result<PathBuf, GitError> {
        // The path of the settings is not asked for: hooks are turned off here.
        let said = self.git(&["rev-parse", "--git-common-dir"])?;
        let folder = String::from_utf8_lossy(&said).trim_end().to_owned();
        Ok(self.folder.join(folder).join("hooks").join(name))
    }

    /// Whether git merges records with this program here.
    pub fn has_merge_driver(&self) -> bool {
        self.git(&["config", "--local", "--get", DRIVER.0]).is_ok_and(|said| said.trim_ascii() == DRIVER.1.as_bytes())
    }

    /// Has git merge records with this program, wherever the attributes of a file say so: a setting of this repository
    /// alone.
    pub fn set_merge_driver(&self) -> Result<(), GitError> {
        for (key, value) in [DRIVER, ("merge.gwp.name", "records, by what they say")] {
            self.git(&["config", "--local", key, value])?;
        }
        Ok(())
    }

    /// Commits these files, given by their paths below the case folder, and nothing else, whatever else is staged. One
    /// that is gone is committed as gone. Where another command of git is writing, it is tried again for a short time.
    pub fn commit(&self, paths: &[&str], message: &str) -> Result<(), GitError> {
        self.in_turn(&[&["add", "--intent-to-add", "--all", "--"], paths].concat())?;
        self.in_turn(&[&["commit", "--quiet", "--no-verify", "--only", "-m", message, "--"], paths].concat())
    }

    /// Has git carry out a command that writes, once no other does.
    fn in_turn(&self, arguments: &[&str]) -> Result<(), GitError> {
        let begun = Instant::now();
        loop {
            match self.git(arguments) {
                Err(GitError::Busy { .. }) if begun.elapsed() < PATIENCE => thread::sleep(PAUSE),
                said => return said.map(|_| ()),
            }
        }
    }

    /// What git says to a command, where it carries it out.
    fn git(&self, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
        let mut command = super::command(&self.folder);
        command.args(arguments);
        let Output { status, stdout, stderr } = command.stdin(Stdio::null()).output().map_err(|error| {
            if error.kind() == io::ErrorKind::NotFound {
                GitError::NotInstalled
            } else {
                GitError::Refused { said: visible(&error.to_string()) }
            }
        })?;
        if status.success() {
            return Ok(stdout);
        }
        let said = String::from_utf8_lossy(if stderr.is_empty() { &stdout } else { &stderr });
        if let Some(lock) = lock_in(&said) {
            return Err(GitError::Busy { lock });
        }
        let said = said.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("it gives no reason");
        Err(GitError::Refused { said: visible(said.trim_start_matches("fatal: ").trim_start_matches("error: ")) })
    }
}

/// The file by which another command of git keeps this one out, where git says that it is there.
fn lock_in(said: &str) -> Option<String> {
    let (before, _) = said.split_once(".lock': File exists")?;
    let (_, path) = before.rsplit_once('\'')?;
    Some(visible(&format!("{path}.lock")))
}

impl GitError {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::NotInstalled => "install git, or do without it",
            Self::NotKept => "make it a repository with \"git init\", or do without git",
            Self::Uncommitted { .. } => "commit them first, or leave out --commit",
            Self::Busy { .. } => "wait until it has ended; if no git is running, remove that file",
            Self::Refused { .. } => "see \"git status\"",
        }
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInstalled => f.write_str("there is no program git on this machine"),
            Self::NotKept => f.write_str("the folder is not kept in git"),
            Self::Uncommitted { path } => write!(f, "{path} has changes that are not committed"),
            Self::Busy { lock } => write!(f, "another git command is at work, or was ended and left {lock}"),
            Self::Refused { said } => write!(f, "git refuses: {said}"),
        }
    }
}

impl std::error::Error for GitError {}

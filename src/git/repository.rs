//! A repository that is only read: which commit a name or a day means.
//!
//! Only plumbing is used, which starts nothing that the repository's own settings name: no hook, pager, filter,
//! converter of texts, watcher of files or helper of a connection.

use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::RevisionError;
use super::listening::Listening;
use crate::files::{FilesError, Reached, shown};
use crate::text::{Text, short_id, visible};

/// The repository that a path lies in, and the path as a commit knows it.
#[derive(Clone, Debug)]
pub struct Repository {
    /// A folder in which git finds the repository.
    pub(super) folder: PathBuf,
    /// The top of the work tree, or the repository itself where there is none.
    pub(super) top: PathBuf,
    /// The path below the top, with `/`, as bytes: empty for the top.
    pub(super) path: Vec<u8>,
    /// Whether something is at the path on disk.
    pub(super) is_there: bool,
    /// The path as it was given.
    pub(super) given: Text,
    place: PathBuf,
    has_work_tree: bool,
    /// How long git may say nothing.
    pub(super) patience: Duration,
}

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its full id.
    pub id: String,
    /// When it was committed, in seconds since the beginning of 1970.
    pub at: i64,
}

impl Commit {
    /// The beginning of its id, for people.
    pub fn short(&self) -> &str {
        short_id(&self.id)
    }
}

/// Longer than git needs for any single step on a slow disk.
const PATIENCE: Duration = Duration::from_secs(60);

/// So much of what git says about a failure is listened to.
const SAID: u64 = 4096;

impl Repository {
    /// The repository around a path. What is not on disk may have been there in a commit; a folder in a bare
    /// repository stands for the folder of that name in the commits.
    pub fn around(given: &Path) -> Result<Self, RepositoryError> {
        let Reached { folder, rest, is_there } = Reached::by(given)?;
        let mut path: Vec<u8> = Vec::new();
        let mut push = |name: &[u8]| {
            if !path.is_empty() {
                path.push(b'/');
            }
            path.extend_from_slice(name);
        };
        let mut repository = Self {
            top: folder.clone(),
            folder,
            path: Vec::new(),
            is_there,
            given: shown(given),
            place: given.to_owned(),
            has_work_tree: false,
            patience: PATIENCE,
        };
        let inside = repository.ask(&["rev-parse", "--is-inside-work-tree"])?;
        repository.has_work_tree = inside.trim_ascii() == b"true";
        if repository.has_work_tree {
            let prefix = repository.ask(&["rev-parse", "--show-prefix"])?;
            let prefix = prefix.strip_suffix(b"\n").unwrap_or(&prefix);
            for name in prefix.split(|byte| *byte == b'/').filter(|name| !name.is_empty()) {
                push(name);
                repository.top.pop();
            }
        } else {
            let top = repository.ask(&["rev-parse", "--absolute-git-dir"])?;
            let top = PathBuf::from(String::from_utf8_lossy(top.strip_suffix(b"\n").unwrap_or(&top)).as_ref());
            let mut below_nothing = true;
            if let Ok(below) = repository.folder.strip_prefix(&top) {
                below_nothing = below.as_os_str().is_empty();
                for name in below {
                    push(name.as_encoded_bytes());
                }
                repository.top = top;
            }
            // What is at such a path is part of the repository, and nothing that was committed.
            repository.is_there &= below_nothing;
        }
        for name in &rest {
            push(name.as_encoded_bytes());
        }
        repository.path = path;
        Ok(repository)
    }

    /// The path by which it was found.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Whether the path lies in a work tree, and not in the repository itself.
    pub fn has_work_tree(&self) -> bool {
        self.has_work_tree
    }

    /// The commit that a name or id means. Whatever it looks like, it is taken for nothing else.
    pub fn commit(&self, asked: &str) -> Result<Commit, RevisionError> {
        let no_commit = || RevisionError::NoCommit { asked: Text::new(asked), is_shallow: self.is_shallow() };
        // What begins so is no name of one commit, or would be read together with what is appended to it.
        if asked.is_empty() || asked.starts_with('^') || asked.contains(['\0', '\n']) {
            return Err(no_commit());
        }
        let wanted = format!("{asked}^{{commit}}");
        let said = match self.ask(&["rev-parse", "--verify", "--end-of-options", &wanted]) {
            Ok(said) => said,
            Err(RevisionError::Refused { said }) if said.contains("is ambiguous") => {
                return Err(RevisionError::Ambiguous { asked: Text::new(asked) });
            }
            Err(RevisionError::Refused { .. }) => return Err(no_commit()),
            Err(error) => return Err(error),
        };
        let id = std::str::from_utf8(&said).ok().and_then(|said| said.lines().last()).filter(|id| is_id(id));
        let id = id.ok_or_else(no_commit)?.to_owned();
        let dated = self.ask(&["rev-list", "--max-count=1", "--timestamp", "--end-of-options", &id]);
        let dated = dated.map_err(|error| error.in_commit(&id))?;
        commits(&dated).next().ok_or_else(no_commit)
    }

    /// Whether a commit, by its full id, is one that another follows, or that one itself. None where nobody can tell: of a
    /// shallow clone the beginning is not there.
    pub fn is_in_history(&self, id: &str, tip: &Commit) -> Result<Option<bool>, RevisionError> {
        let not_there = || Ok(if self.is_shallow() { None } else { Some(false) });
        if !is_id(id) {
            return Ok(Some(false));
        }
        match self.commit(id) {
            Ok(commit) if commit.id == id => {}
            Ok(_) | Err(RevisionError::NoCommit { .. }) => return not_there(),
            Err(error) => return Err(error),
        }
        let without = format!("^{}", tip.id);
        let missing = self.ask(&["rev-list", "--max-count=1", "--end-of-options", id, &without]);
        if missing.map_err(|error| error.in_commit(id))?.is_empty() { Ok(Some(true)) } else { not_there() }
    }

    pub(super) fn is_shallow(&self) -> bool {
        self.ask(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|said| said.trim_ascii() == b"true")
    }

    /// What git says to a question, where it answers.
    pub(super) fn ask(&self, arguments: &[&str]) -> Result<Vec<u8>, RevisionError> {
        let mut asked = Vec::new();
        let read = |from: &mut dyn Read| from.read_to_end(&mut asked).map(|_| ());
        self.listen(arguments, read)?;
        Ok(asked)
    }

    /// Has git answer into `read`. Where that stops early git is ended, and it is no failure.
    pub(super) fn listen(
        &self,
        arguments: &[&str],
        read: impl FnOnce(&mut dyn Read) -> io::Result<()>,
    ) -> Result<(), RevisionError> {
        let mut command = Self::reader(&self.folder);
        command.args(arguments).stdin(Stdio::null());
        self.hear(command, String::new(), read)
    }

    /// Asks git at the top of the work tree, with a question on its standard input, and has it answer into `read`.
    pub(super) fn listen_at_top(
        &self,
        arguments: &[&str],
        question: String,
        read: impl FnOnce(&mut dyn Read) -> io::Result<()>,
    ) -> Result<(), RevisionError> {
        let mut command = Self::reader(&self.top);
        command.args(arguments).stdin(Stdio::piped());
        self.hear(command, question, read)
    }

    fn hear(
        &self,
        mut command: Command,
        question: String,
        read: impl FnOnce(&mut dyn Read) -> io::Result<()>,
    ) -> Result<(), RevisionError> {
        let (mut listening, asked, complaint) = Listening::to(command.stderr(Stdio::piped()), self.patience)?;
        // Where git ends early, what is left of the question goes nowhere.
        thread::spawn(move || asked.map(|mut asked| asked.write_all(question.as_bytes())));
        // Both streams are read at once: neither keeps git waiting for the other.
        let complaining = thread::spawn(move || {
            let mut said = Vec::new();
            if let Some(mut complaint) = complaint {
                let _ = complaint.by_ref().take(SAID).read_to_end(&mut said);
                let _ = io::copy(&mut complaint, &mut io::sink());
            }
            said
        });
        let heard = read(&mut listening);
        if heard.is_err() {
            listening.end();
        }
        let status = listening.status();
        let complaint = complaining.join().unwrap_or_default();
        match (heard, status) {
            _ if listening.is_silent() => Err(RevisionError::Silent),
            (Err(error), _) if error.kind() == io::ErrorKind::QuotaExceeded => Ok(()),
            (Ok(()), Ok(status)) if status.success() => Ok(()),
            (Err(error), _) | (_, Err(error)) => Err(RevisionError::Refused { said: visible(&error.to_string()) }),
            _ => Err(self.complaint(&complaint)),
        }
    }

    fn complaint(&self, said: &[u8]) -> RevisionError {
        let said = String::from_utf8_lossy(said);
        let lines = || said.lines().map(str::trim).filter(|line| !line.is_empty());
        // Warnings come first, and are not why.
        let why = lines().find_map(|line| line.strip_prefix("fatal: ").or_else(|| line.strip_prefix("error: ")));
        let said = why.or_else(|| lines().next()).unwrap_or("it gives no reason");
        let folder = || shown(&self.folder);
        if said.starts_with("not a git repository") {
            RevisionError::NoRepository { folder: folder() }
        } else if said.contains("dubious ownership") {
            RevisionError::NotTrusted { folder: folder() }
        } else {
            RevisionError::Refused { said: visible(said) }
        }
    }

    /// A start of git that only reads: nothing is fetched, nothing is locked, no object stands for another, and of
    /// the environment no word reaches it that was meant for another repository.
    pub(super) fn reader(folder: &Path) -> Command {
        let mut command = super::command(folder);
        // What a commit follows is read from the commit itself, and from no list beside it.
        command.args(["-c", "core.commitGraph=false"]);
        for (name, _) in std::env::vars_os() {
            let word = name.as_encoded_bytes();
            // Where the user's own settings are, the user says.
            let is_kept = word.starts_with(b"GIT_CONFIG_") && (word.ends_with(b"GLOBAL") || word.ends_with(b"SYSTEM"));
            if word.starts_with(b"GIT_") && !is_kept {
                command.env_remove(name);
            }
        }
        command.envs([
            ("GIT_ALLOW_PROTOCOL", "none"),
            ("GIT_GRAFT_FILE", "/dev/null"),
            ("GIT_NO_LAZY_FETCH", "1"),
            ("GIT_NO_REPLACE_OBJECTS", "1"),
            ("GIT_OPTIONAL_LOCKS", "0"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("LC_ALL", "C"),
        ]);
        command
    }
}

/// Why no repository can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RepositoryError {
    /// The path leads nowhere.
    Files(FilesError),
    /// git says no.
    Revision(RevisionError),
}

impl From<FilesError> for RepositoryError {
    fn from(error: FilesError) -> Self {
        Self::Files(error)
    }
}

impl From<RevisionError> for RepositoryError {
    fn from(error: RevisionError) -> Self {
        Self::Revision(error)
    }
}

/// Lines of a moment and an id.
fn commits(said: &[u8]) -> impl Iterator<Item = Commit> {
    said.split(|byte| *byte == b'\n').filter_map(|line| {
        let (at, id) = std::str::from_utf8(line).ok()?.split_once(' ')?;
        // A moment that no calendar has comes after every other.
        is_id(id).then(|| Commit { id: id.to_owned(), at: at.parse().unwrap_or(i64::MAX) })
    })
}

/// Whether a word is the full id of an object.
pub(super) fn is_id(word: &str) -> bool {
    matches!(word.len(), 40 | 64) && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

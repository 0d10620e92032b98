//! A git repository of a test.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use proptest::prelude::*;
use proptest::sample::Index;
use tempfile::TempDir;

use crate::cases::Files;
use crate::properties::folder;
use crate::scratch;

/// A repository in a folder of its own, in which nobody's settings count.
pub struct Repository {
    folder: TempDir,
}

impl Repository {
    /// An empty one.
    pub fn new() -> Self {
        Self::with("sha1")
    }

    /// An empty one that names its objects so.
    pub fn with(object_format: &str) -> Self {
        let repository = Self { folder: scratch::folder() };
        fs::create_dir(repository.path("r")).unwrap();
        let format = format!("--object-format={object_format}");
        repository.git(&["init", "--quiet", "--initial-branch=main", &format]);
        repository
    }

    /// The top of the work tree.
    pub fn top(&self) -> PathBuf {
        self.path("r")
    }

    /// A path beside the repository.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file of the work tree.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.top().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Makes a folder of the work tree hold these files and no others.
    pub fn hold(&self, folder: &str, files: &Files) {
        let _ = fs::remove_dir_all(self.top().join(folder));
        self.write_all(folder, files);
    }

    /// Writes files of the work tree.
    pub fn write_all(&self, folder: &str, files: &Files) {
        for (path, text) in files {
            self.write(Path::new(folder).join(path).to_str().unwrap(), text);
        }
    }

    /// Commits everything at a moment, and gives the id.
    pub fn commit(&self, at: &str) -> String {
        self.git(&["add", "--all"]);
        self.git_at(at, &["commit", "--quiet", "--allow-empty", "--message", "state"]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// What git says.
    pub fn git(&self, arguments: &[&str]) -> String {
        self.git_at("2026-01-01T12:00:00Z", arguments)
    }

    pub fn git_at(&self, at: &str, arguments: &[&str]) -> String {
        said(started(&self.top()).env("GIT_COMMITTER_DATE", at).env("GIT_AUTHOR_DATE", at).args(arguments))
    }

    /// Stores an object as it is given, sound or not, and gives its id.
    pub fn store(&self, kind: &str, bytes: &[u8]) -> String {
        let mut command = started(&self.top());
        command.args(["hash-object", "--literally", "-w", "--stdin", "-t", kind]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(bytes).unwrap();
        String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap().trim().to_owned()
    }

    /// A tree of these entries: mode, name, id.
    pub fn tree(&self, entries: &[(&str, &str, &str)]) -> String {
        let mut bytes = Vec::new();
        for (mode, name, id) in entries {
            bytes.extend_from_slice(format!("{mode} {name}\0").as_bytes());
            let id = (0..id.len()).step_by(2).map(|at| u8::from_str_radix(&id[at..at + 2], 16).unwrap());
            bytes.extend(id);
        }
        self.store("tree", &bytes)
    }

    /// A commit of a tree.
    pub fn commit_of(&self, tree: &str) -> String {
        self.git(&["commit-tree", "-m", "state", tree])
    }
}

/// A repository that many tests begin with: held in memory, and set up as often as one asks for it.
pub struct Kept {
    /// Each folder, and each file with its bytes; a folder stands before what lies in it.
    holds: Vec<(PathBuf, Option<Vec<u8>>)>,
}

impl Kept {
    /// What is there now, its objects in one pack.
    pub fn of(repository: &Repository) -> Self {
        repository.git(&["repack", "-adq"]);
        repository.git(&["prune-packed", "--quiet"]);
        let mut holds = vec![(PathBuf::new(), None)];
        let mut next = 0;
        while let Some((path, kind)) = holds.get(next).cloned() {
            next += 1;
            if kind.is_none() {
                for entry in fs::read_dir(repository.top().join(&path)).unwrap().map(Result::unwrap) {
                    let bytes = entry.path().is_file().then(|| fs::read(entry.path()).unwrap());
                    holds.push((path.join(entry.file_name()), bytes));
                }
            }
        }
        Self { holds }
    }

    /// One more that holds the same.
    pub fn again(&self) -> Repository {
        let repository = Repository { folder: scratch::folder() };
        for (path, bytes) in &self.holds {
            let path = repository.top().join(path);
            match bytes {
                Some(bytes) => fs::write(path, bytes).unwrap(),
                None => fs::create_dir(path).unwrap(),
            }
        }
        repository
    }
}

/// A few states of a folder, each most often the one before with a file less, broken, remarked, replaced, moved, or
/// under another name.
pub fn history(states: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Files>> {
    let step = (folder(), 0_usize..9, any::<Index>());
    prop::collection::vec(step, states).prop_map(|steps| {
        let mut states: Vec<Files> = Vec::new();
        for (fresh, what, which) in steps {
            let mut files = states.last().cloned().unwrap_or_else(|| fresh.clone());
            let path = files.keys().nth(which.index(files.len())).unwrap().clone();
            let text = files[&path].clone();
            let is_mark = path == "gwp.toml";
            match what {
                0 => files = fresh,
                1 if !is_mark => drop(files.remove(&path)),
                2 if !is_mark => drop(files.insert(path, format!("{text}[broken"))),
                3 => drop(files.insert(path, format!("# a remark\n{text}"))),
                4 if !is_mark => {
                    files.remove(&path);
                    files.insert(path.replace('/', "/moved/"), text);
                }
                5 if !is_mark => {
                    files.remove(&path);
                    files.insert(path.replace(".toml", "-x.toml"), text);
                }
                6 if !is_mark => drop(files.insert(path.replace('/', "/twice/"), text)),
                _ => drop(fresh.get(&path).map(|other| files.insert(path.clone(), other.clone()))),
            }
            states.push(files);
        }
        states
    })
}

/// A start of git in a folder.
pub fn started(folder: &Path) -> Command {
    let mut command = of_nobody(folder);
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "Ruth Adeyemi").env(format!("GIT_{who}_EMAIL"), "ruth@example.org");
    }
    command
}

/// Git in a folder, as it is where nobody has settings.
pub fn of_nobody(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(folder);
    let settings = [
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_ALLOW_PROTOCOL", "file"),
        ("LC_ALL", "C"),
        // A thousand repositories are made and thrown away: none needs examples of hooks, or is ever tidied up.
        ("GIT_TEMPLATE_DIR", ""),
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "maintenance.auto"),
        ("GIT_CONFIG_VALUE_0", "false"),
    ];
    command.envs(settings);
    command
}

/// What git says where it does what it was asked.
pub fn said(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

//! A case folder at a desk: a copy in which commands are run as somebody types them, and what became of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use gwp::reports::changes;
use tempfile::TempDir;

use crate::file;
use crate::program::{Program, Ran};
use crate::repository::of_nobody;
use crate::scratch;

/// A case folder to write in.
pub struct Desk(TempDir);

impl Desk {
    pub fn empty() -> Self {
        Self(scratch::folder())
    }

    pub fn of(example: &str) -> Self {
        Self::empty().filled_with(example)
    }

    /// One on the disk, where a command can be killed while it writes.
    pub fn on_disk(example: &str) -> Self {
        Self(scratch::on_disk()).filled_with(example)
    }

    fn filled_with(self, example: &str) -> Self {
        copy(&file(example), self.0.path());
        self
    }

    pub fn london() -> Self {
        Self::of("examples/london")
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs a command in the folder; a part of the line in single quotes is one argument.
    pub fn run(&self, line: &str) -> Ran {
        let parts = line.split('\'').enumerate();
        let words = parts.flat_map(|(number, part)| match number % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        });
        let words: Vec<String> = words.collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        Program::within(self.0.path()).run_with(&words)
    }

    /// Every file but those of git, hidden ones too, with its bytes.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        fn gather(top: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
            for path in fs::read_dir(folder).expect("it can be listed").map(|entry| entry.expect("an entry").path()) {
                if path.is_dir() && !path.ends_with(".git") {
                    gather(top, &path, files);
                } else if path.is_file() {
                    let name = path.strip_prefix(top).expect("below it").to_str().expect("text").replace('\\', "/");
                    files.insert(name, fs::read(&path).expect("it can be read"));
                }
            }
        }
        let mut files = BTreeMap::new();
        gather(self.0.path(), self.0.path(), &mut files);
        files
    }

    /// What the run of a command says, and what it changes.
    pub fn transcript(&self, line: &str) -> String {
        let before = self.files();
        let ran = self.run(line);
        let mut told = format!("$ gwp {line}\n{}{}", ran.out, ran.err);
        if ran.status != 0 {
            writeln!(told, "({})", ran.status).expect("there is room");
        }
        let after = self.files();
        let names: BTreeSet<_> = before.keys().chain(after.keys()).collect();
        for name in names.into_iter().filter(|name| before.get(*name) != after.get(*name)) {
            let text = |files: &BTreeMap<String, Vec<u8>>| {
                files.get(name).map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
            };
            let changed = changes(&text(&before), &text(&after));
            let lines = changed.lines().filter(|line| line.starts_with(['+', '-']));
            let lines = lines.map(|line| format!("{line}\n")).collect::<String>();
            write!(told, "{name}\n{lines}").expect("there is room");
        }
        told
    }

    /// Runs git in the folder.
    pub fn git(&self, line: &str) -> String {
        let output = of_nobody(self.0.path())
            .args(["-c", "user.name=Ros Hallam", "-c", "user.email=ros.hallam@example.org"])
            .args(line.split_whitespace())
            .output()
            .expect("git can be started");
        assert!(output.status.success(), "git {line}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    pub fn in_git(self) -> Self {
        for line in [
            "init --quiet --initial-branch=main",
            "config user.name Ros",
            "config user.email ros@example.org",
            "config core.autocrlf false",
            "add --all",
            "commit --quiet --message=Begun",
        ] {
            self.git(line);
        }
        self
    }
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("a folder can be listed").map(|entry| entry.expect("an entry")) {
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("a file can be copied");
        }
    }
}

/// Asserts what commands say and do, one after the other; a transcript is the specification.
#[track_caller]
pub fn assert_transcript(desk: &Desk, wanted: &str) {
    let lines = wanted.lines().filter_map(|line| line.strip_prefix("$ gwp "));
    let told: String = lines.map(|line| desk.transcript(line)).collect();
    assert!(told == wanted, "it says\n{told}");
}

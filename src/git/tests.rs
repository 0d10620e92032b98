//! What no program started from outside can try without waiting long.

#![cfg(unix)]

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{Repository, RevisionError, Snapshot};

fn run(program: &str, folder: &Path, arguments: &[&str]) {
    let mut command = Command::new(program);
    command.current_dir(folder).args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    assert!(command.status().unwrap().success(), "{program} {arguments:?}");
}

fn repository() -> (tempfile::TempDir, Repository) {
    let folder = tempfile::tempdir().unwrap();
    run("git", folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    std::fs::write(folder.path().join("gwp.toml"), "# a folder\n").unwrap();
    run("git", folder.path(), &["add", "--all"]);
    let who = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
    run("git", folder.path(), &[&who[..], &["commit", "--quiet", "--message", "state"]].concat());
    let mut repository = Repository::around(folder.path()).unwrap();
    repository.patience = Duration::from_secs(2);
    (folder, repository)
}

#[test]
fn a_pipe_in_the_repository_keeps_nobody_waiting() {
    let (folder, repository) = repository();
    run("mkfifo", &folder.path().join(".git/refs/heads"), &["pipe"]);
    assert_eq!(repository.commit("pipe"), Err(RevisionError::Silent));
}

#[test]
fn a_pipe_in_place_of_a_text() {
    let (folder, repository) = repository();
    let commit = repository.commit("main").unwrap();
    let id = super::blob_id("# a folder\n");
    let objects = folder.path().join(".git/objects").join(&id[..2]);
    std::fs::remove_file(objects.join(&id[2..])).unwrap();
    run("mkfifo", &objects, &[&id[2..]]);
    let snapshot = Snapshot::of(repository, commit).unwrap();
    let root = snapshot.find().unwrap().remove(0);
    assert_eq!(snapshot.open(root, &|_, _| None).err(), Some(RevisionError::Silent));
}

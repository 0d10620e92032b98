//! Where the case folders of a command come from: from disk, or from a commit.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use gwp::calendar::Day;
use gwp::git::{Commit, Repository, RepositoryError, Snapshot, named_apart};

use super::folders::{self, Opened};
use super::keeping::day;
use super::surroundings::Surroundings;

/// The folders, and the state in which they are read.
#[derive(Debug, ClapArgs)]
pub struct Origin {
    /// Case folders, or a folder of them; without it, the case folder that the current folder lies in
    #[arg(value_name = "FOLDER")]
    folders: Vec<PathBuf>,

    /// Read the folder as it stood in this commit: an id, a branch, a tag, or HEAD~3. As of which day it is judged
    /// stays the same
    #[arg(long, value_name = "REV")]
    rev: Option<String>,

    /// Read the folder as it stood at the end of this day, by the dates of the commits in the local time zone
    #[arg(long, value_name = "DATE", value_parser = day)]
    known_on: Option<Day>,
}

impl Origin {
    /// Opens the folders. Several given ones, or a folder of folders, are opened in order; the flag says whether ids
    /// are to be shown with their folder.
    pub fn open(&self, change: Option<&Path>) -> anyhow::Result<(Vec<Opened>, bool)> {
        if self.rev.is_none() && self.known_on.is_none() {
            return folders::open(&self.folders, change);
        }
        let mut found = Vec::new();
        for path in folders::paths(&self.folders, change) {
            let repository = Repository::around(&path).map_err(told)?;
            let mut commit = repository.commit(self.rev.as_deref().unwrap_or("HEAD"))?;
            if let Some(day) = self.known_on {
                commit = repository.known_on(&commit, day, &Surroundings::day_of)?;
            }
            let snapshot = Snapshot::of(repository, commit)?;
            let roots = snapshot.find()?;
            found.push((snapshot, roots));
        }
        let (mut roots, mut known) = (Vec::new(), HashSet::new());
        let mut snapshots = Vec::new();
        for (snapshot, there) in &found {
            let new: Vec<_> = there.iter().filter(|root| known.insert(root.place())).cloned().collect();
            snapshots.push((snapshot, new.len()));
            roots.extend(new);
        }
        named_apart(&mut roots);
        let several = roots.len() > 1;
        let (mut opened, mut roots) = (Vec::with_capacity(roots.len()), roots.into_iter());
        for (snapshot, count) in snapshots {
            let folders = snapshot.open_all(roots.by_ref().take(count).collect())?;
            let stood_in = in_words(snapshot.commit());
            opened.extend(folders.into_iter().map(|folder| Opened {
                rev: Some(snapshot.commit().id.clone()),
                ..Opened::of(folder, Some(stood_in.clone()))
            }));
        }
        Ok((opened, several))
    }
}

/// `commit 1a2b3c4d5e6f of 21 February 2026`.
pub fn in_words(commit: &Commit) -> String {
    match Surroundings::day_of(commit.at) {
        Some(day) => format!("commit {} of {day}", commit.short()),
        None => format!("commit {}", commit.short()),
    }
}

/// The fault that kept a repository from being found.
pub fn told(error: RepositoryError) -> anyhow::Error {
    match error {
        RepositoryError::Files(error) => error.into(),
        RepositoryError::Revision(error) => error.into(),
    }
}

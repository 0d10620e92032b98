//! Folders read from disk and from commits.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::{Folder, FolderCommit, FolderError, FolderName};
use crate::calendar::Day;
use crate::case::{self, Records};
use crate::files::{self, CaseFolder, shown};
use crate::git::{Commit, DayOf, Repository, Snapshot, named_apart};
use crate::text::Source;

impl Folder {
    /// Opens the case folder that a path lies in. The error says that there is none, or that there are several below it.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, FolderError> {
        let path = path.as_ref();
        let mut roots = files::find(&[path.to_owned()])?.into_iter();
        match (roots.next(), roots.next()) {
            (Some(root), None) => Ok(Self::of(CaseFolder::open(root)?)),
            _ => Err(FolderError::Several { given: shown(path) }),
        }
    }

    /// The folder as it stood at the end of an earlier day, as the commits before the one that it was read from tell, or
    /// before the last one. The error says that it has no such past.
    pub fn as_known_on(&self, day: Day, day_of: DayOf<'_>) -> Result<Self, FolderError> {
        let root = self.root.as_ref().map(|root| root.path.clone()).unwrap_or_default();
        let rev = self.commit.as_ref().map(|commit| commit.id.as_str());
        let mut found = open_all_as_committed(&[root], rev, Some(day), day_of)?;
        match (found.pop(), found.is_empty()) {
            (Some(folder), true) => Ok(folder),
            _ => Err(FolderError::Several { given: self.name.as_text().clone() }),
        }
    }

    /// Reads the records of a folder and links them.
    pub fn of(folder: CaseFolder) -> Self {
        let records = case::read(&folder.sources);
        Self::linked(folder, records)
    }

    /// Links what was read from a folder.
    pub fn linked(mut folder: CaseFolder, records: Records) -> Self {
        let sources = std::mem::take(&mut folder.sources);
        let linked = Self::of_records(folder.root.name.clone(), records, sources, &|path| folder.holds(path));
        Self { root: Some(folder.root), ..linked }
    }

    /// A folder on disk as it would be with other sources.
    pub fn with_sources(folder: &CaseFolder, sources: Vec<Source>) -> Self {
        let mut folder = folder.clone();
        folder.sources = sources;
        Self::of(folder)
    }
}

/// Opens the case folders of paths, in order: for each the folder that it lies in, or those below it.
pub fn open_all(paths: &[PathBuf]) -> Result<Vec<Folder>, FolderError> {
    let roots = files::find(paths)?;
    let opened = roots.into_iter().map(|root| Ok(Folder::of(CaseFolder::open(root)?)));
    Ok(among_each_other(opened.collect::<Result<_, FolderError>>()?))
}

/// Folders as they stood in a commit.
pub struct AsCommitted {
    /// The folders, in order.
    pub folders: Vec<Folder>,
    /// Where the dates of commits run backwards along a history that was looked at, as sentences without full stops.
    pub warnings: Vec<String>,
}

/// Opens them as they stood in a commit, or in the last one up to it that was known on a day: HEAD where none is named.
pub fn open_all_as_committed(
    paths: &[PathBuf],
    rev: Option<&str>,
    known_on: Option<Day>,
    day_of: DayOf<'_>,
) -> Result<AsCommitted, FolderError> {
    let (mut found, mut warnings) = (Vec::new(), Vec::new());
    for path in paths {
        let repository = Repository::around(path)?;
        let mut commit = repository.commit(rev.unwrap_or("HEAD"))?;
        if let Some(day) = known_on {
            let known = repository.known_on(&commit, day, day_of)?;
            let warning = backwards_in_words(&known.backwards, day_of).filter(|said| !warnings.contains(said));
            warnings.extend(warning);
            commit = known.commit;
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
    let (mut opened, mut roots) = (Vec::with_capacity(roots.len()), roots.into_iter());
    for (snapshot, count) in snapshots {
        let commit = FolderCommit { id: snapshot.commit().id.clone(), words: in_words(snapshot.commit(), day_of) };
        let folders = snapshot.open_all(roots.by_ref().take(count).collect())?;
        opened.extend(folders.into_iter().map(|folder| Folder { commit: Some(commit.clone()), ..Folder::of(folder) }));
    }
    Ok(AsCommitted { folders: among_each_other(opened), warnings })
}

/// The first of the commits that are dated before what they follow, and how many more there are; none where there are
/// none.
pub fn backwards_in_words(backwards: &[(Commit, Commit)], day_of: DayOf<'_>) -> Option<String> {
    let ((commit, follows), more) = backwards.split_first()?;
    let (commit, follows) = (in_words(commit, day_of), in_words(follows, day_of));
    let others = match more.len() {
        0 => String::new(),
        1 => "; so does 1 more commit".to_owned(),
        more => format!("; so do {more} more commits"),
    };
    Some(format!("dates run backwards in this history: the {commit} follows the {follows}{others}"))
}

/// `commit 1a2b3c4d5e6f of 21 February 2026`.
pub fn in_words(commit: &Commit, day_of: DayOf<'_>) -> String {
    match day_of(commit.at) {
        Some(day) => format!("commit {} of {day}", commit.short()),
        None => format!("commit {}", commit.short()),
    }
}

/// Folders of one run: of several, ids are shown with the folder's name.
fn among_each_other(mut folders: Vec<Folder>) -> Vec<Folder> {
    let count = folders.len();
    for folder in &mut folders {
        folder.name = FolderName::of(folder.name.as_text().clone(), count);
    }
    folders
}

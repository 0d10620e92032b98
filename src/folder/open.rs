//! Folders read from disk and from commits.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::local_time::{FolderTime, LocalTime, zone_of};
use super::{Folder, FolderCommit, FolderError, FolderName};
use crate::calendar::{Day, TimeZone};
use crate::case::{self, Records};
use crate::files::{self, CaseFolder, shown};
use crate::git::{Commit, DayOf, Repository, Snapshot, TreeRoot, named_apart};
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
    pub fn as_known_on(&self, day: Day, machine: &LocalTime<'_>) -> Result<Self, FolderError> {
        let not_kept = || FolderError::NotKept { folder: self.name.as_text().clone() };
        let root = self.root.as_ref().map(|root| root.path.clone()).ok_or_else(not_kept)?;
        let rev = self.commit.as_ref().map(|commit| commit.id.as_str());
        let mut found = open_all_as_committed(&[root], rev, Some(day), machine)?.folders;
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
/// The day is that of the time zone that a folder's `gwp.toml` names in that commit, or else of the machine.
pub fn open_all_as_committed(
    paths: &[PathBuf],
    rev: Option<&str>,
    known_on: Option<Day>,
    machine: &LocalTime<'_>,
) -> Result<AsCommitted, FolderError> {
    let (mut found, mut warnings) = (Vec::new(), Vec::new());
    for path in paths {
        let repository = Repository::around(path)?;
        let tip = repository.commit(rev.unwrap_or("HEAD"))?;
        let Some(day) = known_on else {
            let snapshot = Snapshot::of(repository, tip)?;
            let roots = snapshot.find()?;
            let words = in_words(snapshot.commit(), machine.day_of);
            found.push((snapshot, roots, words));
            continue;
        };
        let zones = Zones::of(&repository, &tip)?;
        for zone in zones.all() {
            let time = FolderTime::of(machine, zone);
            let known = repository.known_on(&tip, day, &|at| time.day_of(at))?;
            let warning = backwards_in_words(&known.backwards, &|at| time.day_of(at));
            warnings.extend(warning.filter(|said| !warnings.contains(said)));
            let snapshot = Snapshot::of(repository.clone(), known.commit)?;
            let mut roots = snapshot.find()?;
            roots.retain(|root| zones.of_root(root) == zone);
            let words = in_words(snapshot.commit(), &|at| time.day_of(at));
            found.push((snapshot, roots, format!("{words}, by the time zone {}", time.name())));
        }
    }
    let (mut roots, mut known) = (Vec::new(), HashSet::new());
    let mut snapshots = Vec::new();
    for (snapshot, there, words) in &found {
        let new: Vec<_> = there.iter().filter(|root| known.insert(root.place())).cloned().collect();
        snapshots.push((snapshot, new.len(), words));
        roots.extend(new);
    }
    named_apart(&mut roots);
    let (mut opened, mut roots) = (Vec::with_capacity(roots.len()), roots.into_iter());
    for (snapshot, count, words) in snapshots {
        let commit = FolderCommit { id: snapshot.commit().id.clone(), words: words.clone() };
        let folders = snapshot.open_all(roots.by_ref().take(count).collect())?;
        opened.extend(folders.into_iter().map(|folder| Folder { commit: Some(commit.clone()), ..Folder::of(folder) }));
    }
    Ok(AsCommitted { folders: among_each_other(opened), warnings })
}

/// The time zones that the case folders of a commit name.
struct Zones(Vec<(TreeRoot, Option<TimeZone>)>);

impl Zones {
    fn of(repository: &Repository, tip: &Commit) -> Result<Self, FolderError> {
        let snapshot = Snapshot::of(repository.clone(), tip.clone())?;
        // What is there no more names none.
        let roots = snapshot.find().unwrap_or_default();
        let named = roots.into_iter().map(|root| Ok((root.clone(), zone_of(&snapshot, &root)?)));
        Ok(Self(named.collect::<Result<_, FolderError>>()?))
    }

    /// Each of them once.
    fn all(&self) -> Vec<Option<TimeZone>> {
        let mut all: Vec<Option<TimeZone>> = Vec::new();
        for (_, zone) in &self.0 {
            if !all.contains(zone) {
                all.push(*zone);
            }
        }
        if all.is_empty() { vec![None] } else { all }
    }

    /// That of a case folder; of one that is there no more, the first.
    fn of_root(&self, root: &TreeRoot) -> Option<TimeZone> {
        let own = self.0.iter().find(|(known, _)| known.is_at_same_place(root));
        own.or(self.0.first()).and_then(|(_, zone)| *zone)
    }
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

//! Two states of the folders that a command is about: in two commits, or in one and in the work tree.

use std::cell::Cell;
use std::path::Path;
use std::sync::Arc;

use crate::calendar::Day;
use crate::case;
use crate::diff::Alike;
use crate::files::{self, CaseFolder, FilesError, Root};
use crate::git::{DayOf, Repository, RevisionError, Snapshot, TreeRoot, is_blob, named_apart};
use crate::text::Text;

use super::local_time::{FolderTime, LocalTime, zone_of};
use super::{Folder, FolderError, FolderName, in_words};

/// The two states that are compared.
pub struct RevisionPair {
    repository: Repository,
    older: Snapshot,
    /// None is the work tree.
    newer: Option<Snapshot>,
    /// What the two are, in words.
    pub words: [String; 2],
    days: [Option<Day>; 2],
}

/// A case folder in both states; in one of them it may not be there.
pub struct FolderPair {
    older: Option<TreeRoot>,
    newer: Option<TreeRoot>,
}

impl RevisionPair {
    /// The commits that are named, HEAD where none is; in place of the second the work tree.
    pub fn find(revs: &[String], path: &Path, machine: &LocalTime<'_>) -> Result<Self, FolderError> {
        let repository = Repository::around(path)?;
        let snapshot = |rev: &str| Snapshot::of(repository.clone(), repository.commit(rev)?);
        let older = snapshot(revs.first().map_or("HEAD", String::as_str))?;
        let newer = revs.get(1).map(|rev| snapshot(rev)).transpose()?;
        if newer.is_none() && !repository.has_work_tree() {
            return Err(FolderError::NoWorkTree);
        }
        // The newer commit speaks for both; of several folders the first that names a time zone.
        let latest = newer.as_ref().unwrap_or(&older);
        let zones: Result<Vec<_>, _> =
            latest.find().unwrap_or_default().iter().map(|root| zone_of(latest, root)).collect();
        let time = FolderTime::of(machine, zones?.into_iter().flatten().next());
        let day_of: DayOf<'_> = &|at| time.day_of(at);
        let of = |snapshot: &Snapshot| format!("the {}", in_words(snapshot.commit(), day_of));
        let words = [of(&older), newer.as_ref().map_or("the work tree".to_owned(), of)];
        let day = |snapshot: &Snapshot| day_of(snapshot.commit().at);
        let days = [day(&older), newer.as_ref().and_then(day)];
        Ok(Self { repository, older, newer, words, days })
    }

    /// The case folders of both states, paired by the place where they lie. Where neither has one, that is the error.
    pub fn pairs(&self) -> Result<Vec<FolderPair>, FolderError> {
        let found = |roots: Result<Vec<TreeRoot>, RevisionError>| match roots {
            Err(RevisionError::NotInCommit { .. } | RevisionError::NoCaseFolder { .. }) => Ok(Vec::new()),
            roots => roots,
        };
        let mut older = found(self.older.find())?;
        let mut newer = match &self.newer {
            Some(newer) => found(newer.find())?,
            None => self.on_disk(older.is_empty())?,
        };
        if older.is_empty() && newer.is_empty() {
            self.older.find()?;
        }
        named_apart(&mut older);
        named_apart(&mut newer);
        let mut pairs: Vec<FolderPair> = Vec::new();
        for root in newer {
            let position = older.iter().position(|other| other.is_at_same_place(&root));
            pairs.push(FolderPair { older: position.map(|position| older.remove(position)), newer: Some(root) });
        }
        pairs.extend(older.into_iter().map(|root| FolderPair { older: Some(root), newer: None }));
        Ok(pairs)
    }

    /// The case folders on disk. That there is none is an error only where the other state has none.
    fn on_disk(&self, must_be_there: bool) -> Result<Vec<TreeRoot>, FolderError> {
        match files::find(&[self.repository.place().to_owned()]) {
            Ok(roots) => {
                let name = roots.first().map(|root| root.name.clone()).unwrap_or_default();
                let placed: Option<Vec<_>> =
                    roots.into_iter().map(|root| TreeRoot::at(root, &self.repository)).collect();
                placed.ok_or(FolderError::NotKept { folder: name })
            }
            Err(error) if must_be_there || matches!(error, FilesError::Refused { .. }) => Err(error.into()),
            Err(_) => Ok(Vec::new()),
        }
    }

    /// Reads one of so many folders in both states: what both have is read once.
    pub fn open(&self, pair: &FolderPair, folders: usize) -> Result<(Folder, Folder, Alike), FolderError> {
        let nowhere = |other: &Option<TreeRoot>| {
            let root = other.as_ref().map(|root| root.root.clone());
            CaseFolder::absent(root.unwrap_or(Root { path: "".into(), name: Text::default() }))
        };
        let ids = match (&self.newer, &pair.newer) {
            (Some(newer), Some(root)) => Some(newer.ids(root)),
            _ => None,
        };
        let newer = match (&pair.newer, &self.newer) {
            (Some(root), Some(newer)) => newer.open(root.clone(), &|_, _| None)?,
            (Some(root), None) => CaseFolder::open(root.root.clone())?,
            (None, _) => nowhere(&pair.older),
        };
        // The paths come in order, and most are in both states: the next one is looked at first.
        let next = Cell::new(0);
        let position_of = |path: &str| {
            let is_there = |at: &usize| newer.sources.get(*at).is_some_and(|source| source.path.raw() == path);
            let search = || newer.sources.binary_search_by(|source| source.path.raw().cmp(path)).ok();
            let position = Some(next.get()).filter(is_there).or_else(search)?;
            next.set(position + 1);
            Some(position)
        };
        let known = |path: &str, id: &str| {
            let position = position_of(path)?;
            let text = newer.sources[position].content.as_ref().ok()?;
            let is_same = match &ids {
                Some(ids) => ids.get(path) == Some(&id),
                None => is_blob(text, id),
            };
            is_same.then(|| Arc::clone(text))
        };
        let mut older = match &pair.older {
            Some(root) => self.older.open(root.clone(), &known)?,
            None => nowhere(&pair.newer),
        };
        if self.newer.is_none() {
            // On disk a submodule that was not fetched is an empty folder.
            let is_there = |path: &str| {
                let within = format!("{path}/");
                let next = newer.sources.partition_point(|other| other.path.raw() < within.as_str());
                newer.sources.get(next).is_some_and(|other| other.path.raw().starts_with(&within))
            };
            older.sources.retain(|source| !Snapshot::is_submodule(source) || is_there(source.path.raw()));
        }
        let alike = Alike::of(&older.sources, &newer.sources);
        let (after, before) = case::read_both(&newer.sources, &older.sources, &alike.same());
        let one_of_them =
            |linked: Folder| Folder { name: FolderName::of(linked.name.as_text().clone(), folders), ..linked };
        let [older, newer] = [Folder::linked(older, before), Folder::linked(newer, after)].map(one_of_them);
        Ok((older, newer, alike))
    }

    /// The days on which the two were committed; of the work tree, today.
    pub fn own_days(&self, today: Day) -> [Day; 2] {
        self.days.map(|day| day.unwrap_or(today))
    }

    /// The full ids of their commits; the work tree has none.
    pub fn revs(&self) -> [Option<&str>; 2] {
        [Some(&self.older.commit().id), self.newer.as_ref().map(|newer| newer.commit().id.as_str())]
    }
}

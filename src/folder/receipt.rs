//! Receipts made of folders.

use std::collections::BTreeSet;

use super::{Folder, FolderError, JudgedFolder, Selection, uncommitted};
use crate::PROGRAM;
use crate::calendar::Day;
use crate::diff::Change;
use crate::files::{Root, document_digest};
use crate::git::{Commit, Repository, RepositoryError, RevisionError, Snapshot, TreeRoot};
use crate::receipt::{
    CommitStanding, DocumentReceipt, Documents, FolderReceipt, Receipt, VERSION, documents_named, of_records,
};
use crate::text::{Source, Text};

impl Receipt {
    /// The receipt of several folders, in order.
    pub fn of_folders(folders: Vec<FolderReceipt>) -> Self {
        Self { version: VERSION, program: PROGRAM.to_owned(), folders }
    }

    /// A receipt like this one of folders as they are now: each as of the day of this one, and of the same students. None
    /// where this one is of no folder.
    pub fn again(&self, folders: &[Folder]) -> Result<Option<Self>, FolderError> {
        let mut again = Vec::new();
        for folder in folders {
            // A folder that the receipt does not name differs as a whole, on whatever day.
            let was = self.of_folder(folder, folders.len() == 1).or(self.folders.first());
            let Some(like) = was else { return Ok(None) };
            again.push(FolderReceipt::like(folder, like)?);
        }
        Ok(Some(Self::of_folders(again)))
    }

    /// What this one says of a folder.
    fn of_folder(&self, folder: &Folder, is_single: bool) -> Option<&FolderReceipt> {
        // Of a single folder the name is nothing but that of the place where it lies.
        match self.folders.as_slice() {
            [only] if is_single => Some(only),
            all => all.iter().find(|one| one.folder == folder.name.as_text().raw()),
        }
    }

    /// How the commits of this one stand to the histories of folders.
    pub fn standings(&self, folders: &[Folder]) -> Result<Vec<CommitStanding>, FolderError> {
        let is_single = folders.len() == 1;
        let with_receipt = folders.iter().filter_map(|folder| Some((folder, self.of_folder(folder, is_single)?)));
        let name = |folder: &FolderReceipt| (self.folders.len() > 1).then(|| folder.folder.clone());
        with_receipt.map(|(folder, was)| Ok(CommitStanding { folder: name(was), ..standing(folder, was)? })).collect()
    }
}

impl FolderReceipt {
    /// What a folder is judged from, still without its students.
    pub fn begin(folder: &Folder, as_of: Day) -> Result<Self, FolderError> {
        Self::begin_like(folder, as_of, None)
    }

    /// The same, with the documents of another receipt beside its own.
    fn begin_like(folder: &Folder, as_of: Day, like: Option<&Self>) -> Result<Self, FolderError> {
        let variations = folder.variations_in_force(as_of);
        let name = folder.name.as_text().raw().to_owned();
        let mut receipt = Self::new(name, &folder.sources, &is_record, &folder.case.records, (&variations, as_of));
        match &folder.commit {
            Some(commit) => (receipt.commit, receipt.clean) = (Some(commit.id.clone()), Some(true)),
            None => {
                if let Some((commit, clean)) = kept(folder)? {
                    (receipt.commit, receipt.clean) = (Some(commit), Some(clean));
                }
            }
        }
        let mut documents = receipt.documents.take().unwrap_or_default();
        for path in like.iter().filter_map(|like| like.documents.as_ref()).flat_map(Documents::keys) {
            documents.entry(path.clone()).or_default();
        }
        bind(folder, folder.commit.as_ref().map(|commit| commit.id.as_str()), &mut documents)?;
        Ok(Self { documents: Some(documents), ..receipt })
    }

    /// The receipt of a folder as of a day.
    pub fn of(folder: &Folder, as_of: Day) -> Result<Self, FolderError> {
        Ok(Self::begin(folder, as_of)?.with_students(folder, &[]))
    }

    fn with_students(mut self, folder: &Folder, only: &[String]) -> Self {
        let selection = Selection::of_students(only);
        let _ = JudgedFolder::new(folder, self.as_of).roster(&selection, &mut |student, judgement| {
            self.add(student, judgement, &folder.sources);
        });
        self
    }

    /// A receipt like another of a folder as it is now: as of the day of that one, and of the same students.
    fn like(folder: &Folder, like: &Self) -> Result<Self, FolderError> {
        let receipt = Self::begin_like(folder, like.as_of, Some(like))?.with_students(folder, &like.only);
        if like.only.is_empty() {
            return Ok(receipt);
        }
        Ok(receipt.only_of(like.only.clone(), Some(like), &folder.sources))
    }

    /// This receipt, where students are selected of those alone; none where nobody of the folder is.
    pub fn of_selection(self, folder: &Folder, selection: &Selection) -> Option<Self> {
        if selection.students.is_empty() {
            return Some(self);
        }
        let only: Vec<String> = self.students.keys().cloned().collect();
        (!only.is_empty()).then(|| self.only_of(only, None, &folder.sources))
    }
}

/// The papers that records of either of two states name and that are not the same in both, in order of path. `is_wanted`
/// is asked for the paths of the records that name one. Of each state the full id of its commit; none of what is on disk.
pub fn papers_otherwise(
    states: [(&Folder, Option<&str>); 2],
    is_wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<(Text, Change)>, FolderError> {
    let [mut was, mut is] = states.map(|(folder, _)| documents_named(&folder.case.records, &folder.sources));
    let wanted = was.iter().chain(&is).filter(|(_, one)| one.named_by.iter().any(|file| is_wanted(file)));
    let paths: BTreeSet<String> = wanted.map(|(path, _)| path.clone()).collect();
    for ((folder, commit), documents) in states.into_iter().zip([&mut was, &mut is]) {
        documents.extend(paths.iter().map(|path| (path.clone(), DocumentReceipt::default())));
        bind(folder, commit, documents)?;
    }
    let digest = |documents: &Documents, path: &str| documents.get(path)?.digest.clone();
    let became = |path: String| {
        let change = match (digest(&was, &path), digest(&is, &path)) {
            (Some(was), Some(is)) if was != is => Change::Changed,
            (Some(_), None) => Change::Removed,
            (None, Some(_)) => Change::Added,
            _ => return None,
        };
        Some((Text::new(path), change))
    };
    Ok(paths.into_iter().filter_map(became).collect())
}

/// Gives the documents that the folder holds their digests: those of its commit, or else of the disk.
fn bind(folder: &Folder, commit: Option<&str>, documents: &mut Documents) -> Result<(), FolderError> {
    let Some(root) = folder.root.as_ref().filter(|_| !documents.is_empty()) else { return Ok(()) };
    let Some(commit) = commit else {
        for (path, document) in documents {
            document.digest = document_digest(root, path);
        }
        return Ok(());
    };
    let repository = Repository::around(&root.path)?;
    let Some(at) = TreeRoot::at(root.clone(), &repository) else { return Ok(()) };
    let snapshot = Snapshot::of(repository.clone(), repository.commit(commit)?)?;
    let paths: Vec<&str> = documents.keys().map(String::as_str).collect();
    let digests = snapshot.document_digests(&at, &paths)?;
    documents.values_mut().zip(digests).for_each(|(document, digest)| document.digest = digest);
    Ok(())
}

/// Whether a source is a record of the folder: a submodule is none, for on disk it is a folder, whose files are there or
/// are not.
fn is_record(source: &Source) -> bool {
    !Snapshot::is_submodule(source)
}

/// The repository that a folder lies in; none where there is none, or no git.
fn repository_of(folder: &Folder) -> Result<Option<(Root, Repository)>, FolderError> {
    let Some(root) = &folder.root else { return Ok(None) };
    match Repository::around(&root.path) {
        Ok(repository) => Ok(Some((root.clone(), repository))),
        Err(RepositoryError::Revision(RevisionError::NoRepository { .. } | RevisionError::NotInstalled)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The commit that is asked for, or the last one of the branch; none where nothing was ever committed.
fn tip_of(repository: &Repository, asked: Option<&str>) -> Result<Option<Commit>, FolderError> {
    match repository.commit(asked.unwrap_or("HEAD")) {
        Ok(commit) => Ok(Some(commit)),
        Err(RevisionError::NoCommit { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The last commit of a folder on disk, and whether its records are those of the commit; none where nothing was ever
/// committed, or there is no git.
fn kept(folder: &Folder) -> Result<Option<(String, bool)>, FolderError> {
    let Some((root, repository)) = repository_of(folder)? else { return Ok(None) };
    let Some(commit) = tip_of(&repository, None)? else { return Ok(None) };
    let Some(root) = TreeRoot::at(root, &repository) else { return Ok(None) };
    let id = commit.id.clone();
    let snapshot = Snapshot::of(repository, commit)?;
    let is_clean = uncommitted(&snapshot, &root, &folder.sources)?.is_empty();
    Ok(Some((id, is_clean)))
}

/// How the commit of a receipt stands to the history of a folder.
fn standing(folder: &Folder, was: &FolderReceipt) -> Result<CommitStanding, FolderError> {
    let commit = was.commit.clone();
    let unknown = |unknown| CommitStanding { commit: commit.clone(), unknown, ..CommitStanding::default() };
    let Some(id) = &was.commit else { return Ok(unknown("the receipt names none")) };
    let Some((root, repository)) = repository_of(folder)? else { return Ok(unknown("git does not keep this folder")) };
    let asked = folder.commit.as_ref().map(|commit| commit.id.as_str());
    let Some(tip) = tip_of(&repository, asked)? else { return Ok(unknown("nothing is committed here yet")) };
    let mut in_history = repository.is_in_history(id, &tip)?;
    // A commit that is named can be an earlier one than that of the receipt.
    if in_history != Some(true)
        && asked.is_some()
        && let Some(last) = tip_of(&repository, None)?
        && repository.is_in_history(id, &last)? == Some(true)
    {
        in_history = Some(true);
    }
    let has_the_records = match in_history {
        Some(true) if was.clean == Some(true) => has_the_records(root, &repository, was, id)?,
        _ => None,
    };
    let unknown =
        if in_history.is_none() { "the clone is shallow, and \"git fetch --unshallow\" fetches the rest" } else { "" };
    Ok(CommitStanding { folder: None, commit, in_history, has_the_records, unknown })
}

/// Whether the records of a commit are those of a receipt; none where the folder lay elsewhere then.
fn has_the_records(
    root: Root,
    repository: &Repository,
    was: &FolderReceipt,
    id: &str,
) -> Result<Option<bool>, FolderError> {
    let Some(root) = TreeRoot::at(root, repository) else { return Ok(None) };
    let snapshot = Snapshot::of(repository.clone(), repository.commit(id)?)?;
    let mut sources = snapshot.open(root, &|_, _| None)?.sources;
    if !sources.iter().any(|source| source.path.raw() == "gwp.toml") {
        return Ok(None);
    }
    let is_kept = |source: &Source| was.only.is_empty() || was.records.each.contains_key(source.path.raw());
    sources.retain(|source| is_record(source) && is_kept(source));
    Ok(Some(of_records(&sources) == was.records.digest))
}

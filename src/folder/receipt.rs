//! Receipts made of folders.

use super::{Folder, FolderError, JudgedFolder, Selection, uncommitted};
use crate::PROGRAM;
use crate::calendar::Day;
use crate::git::{Repository, RepositoryError, RevisionError, Snapshot, TreeRoot};
use crate::receipt::{FolderReceipt, Receipt, VERSION};

impl Receipt {
    /// The receipt of several folders, in order.
    pub fn of_folders(folders: Vec<FolderReceipt>) -> Self {
        Self { version: VERSION, program: PROGRAM.to_owned(), folders }
    }

    /// A receipt like this one of folders as they are now: each as of the day of this one. None where this one is of no
    /// folder.
    pub fn again(&self, folders: &[Folder]) -> Result<Option<Self>, FolderError> {
        let mut again = Vec::new();
        for folder in folders {
            // Of a single folder the name is nothing but that of the place where it lies.
            let was = match (self.folders.as_slice(), folders) {
                ([only], [_]) => Some(only),
                (all, _) => all.iter().find(|one| one.folder == folder.name.as_text().raw()),
            };
            // A folder that the receipt does not name differs as a whole, on whatever day.
            let Some(like) = was.or(self.folders.first()) else { return Ok(None) };
            again.push(FolderReceipt::of(folder, like.as_of)?);
        }
        Ok(Some(Self::of_folders(again)))
    }
}

impl FolderReceipt {
    /// What a folder is judged from, still without its students.
    pub fn begin(folder: &Folder, as_of: Day) -> Result<Self, FolderError> {
        let variations = folder.variations_in_force(as_of);
        let name = folder.name.as_text().raw().to_owned();
        // A submodule is no record: on disk it is a folder, whose files are there or are not.
        let sources: Vec<_> = folder.sources.iter().filter(|source| !Snapshot::is_submodule(source)).cloned().collect();
        let mut receipt = Self::new(name, &sources, &folder.case.records, &variations, as_of);
        match &folder.commit {
            Some(commit) => (receipt.commit, receipt.clean) = (Some(commit.id.clone()), Some(true)),
            None => {
                if let Some((commit, clean)) = kept(folder)? {
                    (receipt.commit, receipt.clean) = (Some(commit), Some(clean));
                }
            }
        }
        Ok(receipt)
    }

    /// The receipt of a folder as of a day.
    pub fn of(folder: &Folder, as_of: Day) -> Result<Self, FolderError> {
        let mut receipt = Self::begin(folder, as_of)?;
        let _ = JudgedFolder::new(folder, as_of).roster(&Selection::default(), &mut |student, judgement| {
            receipt.add(student, judgement);
        });
        Ok(receipt)
    }
}

/// The last commit of a folder on disk, and whether its records are those of the commit; none where nothing was ever
/// committed, or there is no git.
fn kept(folder: &Folder) -> Result<Option<(String, bool)>, FolderError> {
    let Some(root) = &folder.root else { return Ok(None) };
    let repository = match Repository::around(&root.path) {
        Ok(repository) => repository,
        Err(RepositoryError::Revision(RevisionError::NoRepository { .. } | RevisionError::NotInstalled)) => {
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    };
    let commit = match repository.commit("HEAD") {
        Ok(commit) => commit,
        Err(RevisionError::NoCommit { .. }) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let Some(root) = TreeRoot::at(root.clone(), &repository) else { return Ok(None) };
    let id = commit.id.clone();
    let snapshot = Snapshot::of(repository, commit)?;
    let is_clean = uncommitted(&snapshot, &root, &folder.sources)?.is_empty();
    Ok(Some((id, is_clean)))
}

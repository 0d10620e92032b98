//! Receipts: made of a run, written, and read again.

use std::io::Write as _;
use std::path::Path;

use anyhow::{anyhow, bail};
use gwp::Folder;
use gwp::calendar::Day;
use gwp::files::{self, FilesError};
use gwp::folder::{FolderError, JudgedFolder, Selection};
use gwp::git::{Repository, RepositoryError, RevisionError, Snapshot, TreeRoot};
use gwp::receipt::{FolderReceipt, Receipt, VERSION};
use gwp::render::PROGRAM;
use gwp::text::visible;
use gwp::writing::create_private;

use super::folder_history::uncommitted;

/// The receipt of several folders, in order.
pub fn of_folders(folders: Vec<FolderReceipt>) -> Receipt {
    Receipt { version: VERSION, program: PROGRAM.to_owned(), folders }
}

/// What a folder is judged from, still without its students.
pub fn begin(folder: &Folder, as_of: Day) -> anyhow::Result<FolderReceipt> {
    let variations = folder.variations_in_force(as_of);
    let name = folder.name.as_text().raw().to_owned();
    // A submodule is no record: on disk it is a folder, whose files are there or are not.
    let sources: Vec<_> = folder.sources.iter().filter(|source| !Snapshot::is_submodule(source)).cloned().collect();
    let mut receipt = FolderReceipt::new(name, &sources, &folder.case.records, &variations, as_of);
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
pub fn of(folder: &Folder, as_of: Day) -> anyhow::Result<FolderReceipt> {
    let mut receipt = begin(folder, as_of)?;
    let _ = JudgedFolder::new(folder, as_of).roster(&Selection::default(), &mut |student, judgement| {
        receipt.add(student, judgement);
    });
    Ok(receipt)
}

/// The last commit of a folder on disk, and whether its records are those of the commit; none where nothing was ever
/// committed, or there is no git.
fn kept(folder: &Folder) -> anyhow::Result<Option<(String, bool)>> {
    let Some(root) = &folder.root else { return Ok(None) };
    let repository = match Repository::around(&root.path) {
        Ok(repository) => repository,
        Err(RepositoryError::Revision(RevisionError::NoRepository { .. } | RevisionError::NotInstalled)) => {
            return Ok(None);
        }
        Err(error) => return Err(FolderError::from(error).into()),
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

/// Writes a receipt where nothing is yet: it proves something only as it was made.
pub fn write(receipt: &Receipt, path: &Path) -> anyhow::Result<()> {
    let mut bytes = serde_json::to_vec_pretty(receipt)?;
    bytes.push(b'\n');
    if !create_private(path, &bytes)? {
        let path = visible(&path.to_string_lossy());
        bail!("{path} is there already, and a receipt is not written over; name another file");
    }
    writeln!(anstream::stderr(), "gwp: the receipt is written to {}", visible(&path.to_string_lossy()))?;
    Ok(())
}

/// Reads a receipt.
pub fn read(path: &Path) -> anyhow::Result<Receipt> {
    let shown = visible(&path.to_string_lossy());
    let no_receipt = || anyhow!("{shown} is no receipt; name a file that \"gwp check --receipt\" wrote");
    let bytes = files::table(path).map_err(|error| match error {
        FilesError::NotATable { .. } | FilesError::TooLarge { .. } => no_receipt(),
        error => error.into(),
    })?;
    let receipt: Receipt = serde_json::from_slice(&bytes).map_err(|_| no_receipt())?;
    if receipt.version != VERSION {
        bail!(
            "{shown} is a receipt of another form, made by {}; verify it with that program",
            visible(&receipt.program)
        );
    }
    Ok(receipt)
}

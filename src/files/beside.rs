//! Files of one name that lie side by side: the records of letters, each beside its letters.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{FilesError, content, shown};
use crate::text::{Text, Unreadable};

/// A file that was found, with the folder in which it lies.
#[derive(Debug)]
pub struct Beside {
    /// The folder.
    pub folder: PathBuf,
    /// Whether it is a plain file, and no folder, pipe or link.
    pub is_plain: bool,
    /// Its text.
    pub text: Result<String, Unreadable>,
}

impl Beside {
    /// The folder, safe to show.
    pub fn folder_shown(&self) -> Text {
        shown(&self.folder)
    }
}

/// The files of a name in a folder, in the folders in it, in that above it and in those next to it, in order of path. What
/// is no plain file, such as a link, is there without a text. A folder that is not there holds nothing; the error says that
/// one cannot be listed.
pub fn beside(name: &str, folder: &Path) -> Result<Vec<Beside>, FilesError> {
    let mut folders = vec![folder.to_owned()];
    folders.extend(folders_in(folder)?);
    let above = folder.parent().map(|above| if above.as_os_str().is_empty() { Path::new(".") } else { above });
    folders.extend(above.map(Path::to_owned));
    // Next to it there may be folders that are nobody's business.
    folders.extend(above.and_then(|above| folders_in(above).ok()).unwrap_or_default());
    for folder in &mut folders {
        *folder = without_dot(folder);
    }
    folders.sort_unstable();
    folders.dedup();
    let found = folders.into_iter().filter_map(|folder| {
        let path = folder.join(name);
        let there = fs::symlink_metadata(&path).ok()?;
        let is_plain = there.is_file();
        let text = if is_plain { content::read(&path) } else { Err(content::not_a_file("it is not a plain file")) };
        Some(Beside { folder, is_plain, text })
    });
    Ok(found.collect())
}

/// The path of a folder without `./` in front, as [`beside`] gives it.
pub fn without_dot(folder: &Path) -> PathBuf {
    match folder.strip_prefix(".") {
        Ok(plain) if !plain.as_os_str().is_empty() => plain.to_owned(),
        _ => folder.to_owned(),
    }
}

fn folders_in(folder: &Path) -> Result<Vec<PathBuf>, FilesError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(FilesError::refused(shown(folder), &error)),
    };
    let is_folder = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir());
    Ok(entries.flatten().filter(is_folder).map(|entry| entry.path()).collect())
}

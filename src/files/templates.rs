//! Templates that a case folder keeps, and messages that an earlier run left behind.

use std::fs;
use std::io;
use std::path::Path;

use super::{FilesError, Root, content, shown};
use crate::text::{Text, Unreadable};

/// The largest template that is read, in bytes.
pub const MOST_TEMPLATE_BYTES: u64 = 64 * 1024;

impl Root {
    /// The text of a template; none where there is no such file. It is a plain file inside the case folder, without a
    /// link on the way. `path` is written with `/`.
    pub fn template(&self, path: &str) -> Result<Option<String>, Unreadable> {
        let mut at = self.path.clone();
        let parts: Vec<&str> = path.split('/').collect();
        for (position, part) in parts.iter().enumerate() {
            at.push(part);
            let kind = match fs::symlink_metadata(&at) {
                Ok(there) => there.file_type(),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(content::refused(&error)),
            };
            let is_last = position + 1 == parts.len();
            if kind.is_symlink() {
                return Err(content::not_a_file("it is a link, and links are not followed in a case folder"));
            }
            if is_last && !kind.is_file() {
                return Err(content::not_a_file("it is not a plain file"));
            }
            if !is_last && !kind.is_dir() {
                return Err(content::not_a_file("it lies in no folder, but in a file of that name"));
            }
        }
        let too_large = |bytes: u64| bytes > MOST_TEMPLATE_BYTES;
        let expected = fs::symlink_metadata(&at).map_err(|error| content::refused(&error))?.len();
        let text = if too_large(expected) { None } else { Some(content::read(&at)?) };
        text.filter(|text| !too_large(text.len() as u64)).map(Some).ok_or_else(|| Unreadable {
            message: format!("the template is larger than {} KiB", MOST_TEMPLATE_BYTES / 1024),
            help: "say less in it, or look whether something else has been saved under its name".to_owned(),
            at: None,
            is_folder: false,
        })
    }
}

/// What lies in a folder under a name with an ending, such as `eml`, in whatever letters; in order of name. A folder
/// that is not there, and what is none, holds nothing.
pub fn names_ending_in(ending: &str, folder: &Path) -> Result<Vec<Text>, FilesError> {
    let refused = |error: &io::Error| FilesError::refused(shown(folder), error);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(refused(&error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = shown(Path::new(&entry.map_err(|error| refused(&error))?.file_name()));
        let found = name.raw().rsplit_once('.').map(|(_, found)| found);
        if found.is_some_and(|found| found.eq_ignore_ascii_case(ending)) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

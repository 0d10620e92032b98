//! Templates that a case folder keeps.

use std::fs;
use std::io;

use super::{Root, content};
use crate::text::Unreadable;

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

//! The case folder on disk: the only place that reads files.
//!
//! [`find`] says which case folders a command is about, [`CaseFolder::open`] reads one of them. Nothing is
//! written, no link inside a case folder is followed, and nothing but a plain file is opened. A case folder of a
//! revision comes from [`crate::git`], and is the same to whoever reads it.

#![allow(clippy::disallowed_methods, reason = "this is the place that reads the disk")]

mod beside;
mod content;
mod error;
mod names_ending_in;
mod reached;
mod root;
mod stamp;
mod table;
mod templates;
mod walk;

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::path::{self, Path, PathBuf};

pub use beside::{Beside, beside, without_dot};
pub(crate) use content::{text, too_large};
pub use error::FilesError;
pub use names_ending_in::names_ending_in;
pub(crate) use reached::Reached;
pub(crate) use root::tell_apart;
pub use root::{Root, around, find};
pub use stamp::Stamp;
pub use table::table;
pub(crate) use walk::{is_nearly_record, link_at};

use crate::records::sha256_of;
use crate::text::{Source, Text, composed};

/// The file that marks a case folder.
pub const MARK: &str = "gwp.toml";

/// The largest file that is read, in bytes.
pub const MOST_BYTES: u64 = 8 * 1024 * 1024;

/// The folders at the top of a case folder in which records lie.
const RECORD_FOLDERS: [&str; 5] = ["courses", "students", "supervisors", "sessions", "meetings"];

/// A case folder as it was found, with all its sources.
#[derive(Clone, Debug)]
pub struct CaseFolder {
    /// Where it is, and what it is called.
    pub root: Root,
    /// Every TOML and YAML file, and whatever may hide one or is nearly one, in order of path.
    pub sources: Vec<Source>,
    /// What else it holds.
    held: Held,
}

/// The plain files of a case folder, records or not.
#[derive(Clone, Debug)]
enum Held {
    /// Those on disk.
    OnDisk,
    /// These paths below the case folder.
    Paths(HashSet<Box<str>>),
}

impl CaseFolder {
    /// Reads a case folder. The error says that the folder itself cannot be listed; whatever cannot be read below
    /// it becomes a source without text.
    pub fn open(root: Root) -> Result<Self, FilesError> {
        let sources = walk::sources(&root)?;
        Ok(Self { root, sources, held: Held::OnDisk })
    }

    /// A case folder that lies elsewhere than on disk, with the paths of all its plain files. The sources are put in
    /// order of path.
    pub(crate) fn elsewhere(root: Root, mut sources: Vec<Source>, plain: HashSet<Box<str>>) -> Self {
        sources.sort_by(|one, other| one.path.cmp(&other.path));
        Self { root, sources, held: Held::Paths(plain) }
    }

    /// Nothing at all, where something of this name is elsewhere.
    pub fn absent(root: Root) -> Self {
        Self::elsewhere(root, Vec::new(), HashSet::new())
    }

    /// Whether a path, written with `/`, leads to a plain file inside the case folder without a link on the way.
    /// A path that begins at the top of the disk or steps up (`..`) leads nowhere.
    pub fn holds(&self, path: &str) -> bool {
        let Some(names) = names_of(path) else { return false };
        match &self.held {
            Held::OnDisk => plain_on_disk(&self.root.path, &names).is_some(),
            Held::Paths(plain) => {
                let path = names.join("/");
                let is_it = |other: &str| !path.is_ascii() && composed(other) == composed(&path);
                plain.contains(path.as_str()) || plain.iter().any(|other| is_it(other))
            }
        }
    }
}

/// The digest of a document that a record of the case folder on disk names, as `sha256sum` prints it; none where the
/// folder does not hold it, or it cannot be read. Unlike a record it may be of any size.
pub fn document_digest(root: &Root, path: &str) -> Option<String> {
    let path = plain_on_disk(&root.path, &names_of(path)?)?;
    let file = content::open(&path).ok()?;
    file.metadata().ok().filter(fs::Metadata::is_file)?;
    sha256_of(file).ok()
}

/// The names on the way that a path takes, written with `/`; none of one that steps up or begins at the top of the disk.
pub(crate) fn names_of(path: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    for part in path.split('/').filter(|part| *part != ".") {
        // On some systems one part can name several: `C:`, `a\b`.
        let mut components = Path::new(part).components();
        let (Some(path::Component::Normal(_)), None) = (components.next(), components.next()) else {
            return None;
        };
        names.push(part);
    }
    Some(names)
}

/// Where names lead to a plain file below a folder without a link on the way.
fn plain_on_disk(folder: &Path, names: &[&str]) -> Option<PathBuf> {
    let mut at = folder.to_owned();
    let mut found = None;
    for name in names {
        if found.is_some_and(|kind: fs::FileType| !kind.is_dir()) {
            return None;
        }
        let direct = fs::symlink_metadata(at.join(name)).ok().map(|there| (OsString::from(name), there));
        let otherwise = || {
            let other = spelt_otherwise(&at, name)?;
            Some((other.clone(), fs::symlink_metadata(at.join(other)).ok()?))
        };
        let (name, there) = direct.or_else(otherwise)?;
        at.push(name);
        found = Some(there.file_type());
    }
    found.filter(fs::FileType::is_file).map(|_| at)
}

/// The name in a folder that looks the same as a name: some systems write a letter and its accent as two characters.
fn spelt_otherwise(folder: &Path, name: &str) -> Option<OsString> {
    if name.is_ascii() {
        return None;
    }
    let is_it = |other: &OsString| other.to_str().is_some_and(|other| composed(other) == composed(name));
    fs::read_dir(folder).ok()?.flatten().map(|entry| entry.file_name()).find(is_it)
}

/// A path as it can be shown and compared: with `/`, and with bytes that are no text as `\x{ff}`.
pub fn shown(path: &Path) -> Text {
    let mut out = String::new();
    for component in path.components() {
        if component == path::Component::RootDir {
            out.push('/');
        } else {
            if !out.is_empty() && !out.ends_with('/') {
                out.push('/');
            }
            push_shown(component.as_os_str().as_encoded_bytes(), &mut out);
        }
    }
    Text::new(out)
}

/// Adds a name as it is [`shown`].
pub(crate) fn push_shown(name: &[u8], out: &mut String) {
    use std::fmt::Write as _;
    for chunk in name.utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a String cannot fail.
            let _ = write!(out, "\\x{{{byte:02x}}}");
        }
    }
}

/// The path itself, or the current folder for an empty one.
fn or_here(path: &Path) -> PathBuf {
    if path.as_os_str().is_empty() { PathBuf::from(".") } else { path.to_owned() }
}

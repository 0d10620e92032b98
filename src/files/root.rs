//! Which case folders a command is about.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::{FilesError, MARK, or_here, shown};
use crate::text::Text;

/// A case folder that was found and not yet read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Root {
    /// Where it is, free of links.
    pub path: PathBuf,
    /// What to call it: the way to it from the folder that was given, or else its own name.
    pub name: Text,
}

impl Root {
    /// The way to it from the current folder; none where that lies in it.
    pub fn from_here(&self) -> Option<String> {
        let here = fs::canonicalize(".").ok()?;
        let path = self.path.strip_prefix(&here).unwrap_or(&self.path);
        (!here.starts_with(&self.path)).then(|| path.to_string_lossy().into_owned())
    }
}

/// The case folders of the given paths: for each the folder itself or the nearest above it that holds [`MARK`],
/// and where there is none, all below it. No path given means the current folder.
///
/// A path to a file stands for the folder that it lies in; nothing is searched below that. The paths themselves
/// may be links; below them none is followed, hidden folders are passed over, and no case folder is looked for
/// inside another. Each case folder comes once, in the order of the given paths, those below one path in order
/// of name. Two of one name are told apart by their whole paths.
pub fn find(given: &[PathBuf]) -> Result<Vec<Root>, FilesError> {
    let here = [PathBuf::from(".")];
    let mut roots: Vec<Root> = Vec::new();
    for path in if given.is_empty() { &here } else { given } {
        for root in find_one(path)? {
            if !roots.iter().any(|known| known.path == root.path) {
                roots.push(root);
            }
        }
    }
    tell_apart(&mut roots);
    Ok(roots)
}

/// The case folder in which a path lies, or would lie once it is there.
pub fn around(path: &Path) -> Result<Option<Root>, FilesError> {
    let there = path.ancestors().map(or_here).find(|above| above.is_dir()).unwrap_or_default();
    let there = fs::canonicalize(&there).map_err(|error| not_readable(&there, &error))?;
    for above in there.ancestors() {
        if is_marked(above)? {
            return Ok(Some(Root { path: above.to_owned(), name: own_name(above) }));
        }
    }
    Ok(None)
}

fn find_one(given: &Path) -> Result<Vec<Root>, FilesError> {
    let given = or_here(given);
    let there = fs::metadata(&given).map_err(|error| not_readable(&given, &error))?;
    let folder = match (there.is_dir(), there.is_file()) {
        (true, _) => given.clone(),
        // The file may be a link: it is the folder in which it was named that counts.
        (_, true) => given.parent().map(or_here).unwrap_or_default(),
        _ => return Err(FilesError::NotAFolder { given: shown(&given) }),
    };
    let folder = fs::canonicalize(&folder).map_err(|error| not_readable(&folder, &error))?;
    for above in folder.ancestors() {
        if is_marked(above)? {
            return Ok(vec![Root { path: above.to_owned(), name: own_name(above) }]);
        }
    }
    let below = if there.is_dir() { below(&folder)? } else { Vec::new() };
    if below.is_empty() { Err(FilesError::NoCaseFolder { given: shown(&given) }) } else { Ok(below) }
}

/// All case folders below a folder that is none. Where one is found, a folder that cannot be looked into is an
/// error: it may hold another.
fn below(folder: &Path) -> Result<Vec<Root>, FilesError> {
    let mut roots = Vec::new();
    let mut refused = None;
    let mut entries = WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let error = error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into());
                refused.get_or_insert_with(|| FilesError::refused(shown(&path), &error));
                continue;
            }
        };
        if !entry.file_type().is_dir() {
            continue;
        }
        if is_hidden(entry.file_name()) {
            entries.skip_current_dir();
            continue;
        }
        match is_marked(entry.path()) {
            Ok(true) => {
                let path = entry.into_path();
                let name = shown(path.strip_prefix(folder).unwrap_or(&path));
                roots.push(Root { path, name });
                entries.skip_current_dir();
            }
            Ok(false) => {}
            Err(error) => {
                refused.get_or_insert(error);
            }
        }
    }
    match refused {
        Some(error) if !roots.is_empty() => Err(error),
        _ => Ok(roots),
    }
}

/// Whether a folder holds [`MARK`], whatever that is: a mark that cannot be read is a problem of the case folder
/// that it marks. Only a folder of that name marks nothing.
fn is_marked(folder: &Path) -> Result<bool, FilesError> {
    let mark = folder.join(MARK);
    match fs::symlink_metadata(&mark) {
        Ok(there) => Ok(!there.is_dir()),
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidFilename => Ok(false),
            _ => Err(FilesError::refused(shown(&mark), &error)),
        },
    }
}

pub(super) fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().first() == Some(&b'.')
}

pub(super) fn not_readable(given: &Path, error: &io::Error) -> FilesError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => FilesError::NotThere { given: shown(given) },
        _ => FilesError::refused(shown(given), error),
    }
}

fn own_name(root: &Path) -> Text {
    root.file_name().map_or_else(|| shown(root), |name| shown(Path::new(name)))
}

/// Calls case folders of one name by their whole paths.
pub(crate) fn tell_apart(roots: &mut [Root]) {
    let mut called: HashMap<Text, usize> = HashMap::new();
    for root in roots.iter() {
        *called.entry(root.name.clone()).or_default() += 1;
    }
    for root in roots.iter_mut().filter(|root| called.get(&root.name).is_some_and(|count| *count > 1)) {
        root.name = shown(&root.path);
    }
}

//! The walk over a case folder.

use std::fs::FileType;
use std::io;
use std::path::Path;
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::root::is_hidden;
use super::{FilesError, RECORD_FOLDERS, Root, content, shown};
use crate::text::{NearRecord, Notation, Source, Text, Unreadable};

/// Every TOML and YAML file below `root`, in order of path, and with it everything that may hide one: a folder that
/// cannot be listed, any link that stands for a record folder or lies in one, and what is nearly a record. Other hidden
/// files and folders are passed over.
pub(super) fn sources(root: &Root) -> Result<Vec<Source>, FilesError> {
    let mut sources = Vec::new();
    let entries = WalkDir::new(&root.path).into_iter();
    let is_looked_at = |entry: &DirEntry| {
        entry.depth() == 0
            || !is_hidden(entry.file_name())
            || (entry.file_type().is_file() && is_nearly_record(below(entry.path(), &root.path).raw()))
    };
    for entry in entries.filter_entry(is_looked_at) {
        match entry {
            Ok(entry) => sources.extend(source(&entry, &root.path)),
            Err(error) => sources.push(unlisted(error, root)?),
        }
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(sources)
}

fn source(entry: &DirEntry, root: &Path) -> Option<Source> {
    let kind = entry.file_type();
    if kind.is_dir() {
        return None;
    }
    let path = below(entry.path(), root);
    let is_record = Notation::of(path.raw()).is_some();
    let content = if kind.is_symlink() {
        Err(link_at(path.raw())?)
    } else if !is_record {
        return (kind.is_file() && is_nearly_record(path.raw())).then(|| Source::nearly_record(path));
    } else if kind.is_file() {
        content::read(entry.path()).map(Arc::new)
    } else {
        Err(content::not_a_file(what(kind)))
    };
    Some(Source { path, content })
}

/// Whether what lies at a path below the case folder is nearly a record, in a folder of records that is not hidden.
pub(crate) fn is_nearly_record(path: &str) -> bool {
    let Some((folders, name)) = path.rsplit_once('/') else { return false };
    let mut folders = folders.split('/');
    folders.next().is_some_and(|top| RECORD_FOLDERS.contains(&top))
        && folders.all(|folder| !folder.starts_with('.'))
        && NearRecord::of(name).is_some()
}

/// The reason for a link at a path below the case folder; none where it can hide no record.
pub(crate) fn link_at(path: &str) -> Option<Unreadable> {
    let is_record = Notation::of(path).is_some();
    let (folder, is_inside) = path.split_once('/').map_or((path, false), |(top, _)| (top, true));
    let hides_records = RECORD_FOLDERS.contains(&folder);
    (is_record || hides_records).then(|| link(hides_records && !is_inside, !is_record))
}

/// A link says nothing of what it leads to: one without the ending of a record is taken for a folder.
fn link(is_record_folder: bool, is_folder: bool) -> Unreadable {
    let help = if is_record_folder {
        "make it a folder and move the records into it"
    } else {
        "put the file or folder itself here"
    };
    Unreadable {
        message: "it is a link, and links are not followed in a case folder".to_owned(),
        help: help.to_owned(),
        at: None,
        is_folder,
    }
}

/// The folder, or rarely the file, that the walk could not look into. Where that is the case folder itself, there is
/// nothing to go on with.
fn unlisted(error: walkdir::Error, root: &Root) -> Result<Source, FilesError> {
    let path = error.path().map(|path| below(path, &root.path)).filter(|path| !path.raw().is_empty());
    let error = error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into());
    let Some(path) = path else {
        let given = shown(&root.path);
        let is_gone = error.kind() == io::ErrorKind::NotFound;
        return Err(if is_gone { FilesError::NotThere { given } } else { FilesError::refused(given, &error) });
    };
    let reason = content::refused(&error);
    Ok(Source { path, content: Err(Unreadable { is_folder: true, ..reason }) })
}

fn below(path: &Path, root: &Path) -> Text {
    shown(path.strip_prefix(root).unwrap_or(path))
}

#[cfg(unix)]
fn what(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    if kind.is_fifo() {
        "it is a pipe, not a file"
    } else if kind.is_socket() {
        "it is a socket, not a file"
    } else if kind.is_block_device() || kind.is_char_device() {
        "it is a device, not a file"
    } else {
        "it is not a plain file"
    }
}

#[cfg(not(unix))]
fn what(_: FileType) -> &'static str {
    "it is not a plain file"
}

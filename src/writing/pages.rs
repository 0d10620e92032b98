//! A folder of pages that are made anew again and again: what is no longer due goes, and nothing else is touched.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::{WriteError, error, make_private_folder, put_private, put_private_again};

/// The list of what was written, in the folder itself: a line for each file, with the digest of its bytes.
const LIST: &str = ".gwp-pages";

/// The largest list that is read, in bytes.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// What became of a folder of pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PagesPut {
    /// The files that are new or say something else now.
    pub written: Vec<String>,
    /// The files of a former run that are no longer due, and are gone.
    pub removed: Vec<String>,
    /// Those that somebody has changed since: they stay.
    pub left: Vec<String>,
}

/// Writes files, given by name and bytes, into a folder for their owner alone. A file of a former run that is not among
/// them is removed, if it still says what that run wrote. The error says that a file of one of the names is there that no
/// run wrote; nothing is written then.
pub fn put_pages(folder: &Path, pages: &[(&str, &[u8])]) -> Result<PagesPut, WriteError> {
    make_private_folder(folder)?;
    let former = listed(folder)?;
    let due: BTreeMap<&str, String> = pages.iter().map(|(name, bytes)| (*name, digest(bytes))).collect();
    let is_there = |name: &str| fs::symlink_metadata(folder.join(name)).is_ok();
    if let Some(foreign) = due.keys().find(|name| !former.contains_key(**name) && is_there(name)) {
        return Err(WriteError::Foreign { path: error::shown(&folder.join(foreign)) });
    }
    // Whatever ends the run, the next one knows which files are its own.
    let mut known = former.clone();
    for (name, digest) in &due {
        known.entry((*name).to_owned()).or_default().insert(digest.clone());
    }
    put_list(folder, &known)?;
    let mut put = PagesPut::default();
    for (name, bytes) in pages {
        let path = folder.join(name);
        let is_same = fs::symlink_metadata(&path).is_ok_and(|there| there.is_file())
            && fs::read(&path).is_ok_and(|there| there == *bytes);
        if !is_same {
            put_private_again(&path, bytes)?;
            put.written.push((*name).to_owned());
        }
    }
    for (name, digests) in former.iter().filter(|(name, _)| !due.contains_key(name.as_str()) && is_there(name)) {
        let path = folder.join(name);
        let is_ours = fs::symlink_metadata(&path).is_ok_and(|there| there.is_file())
            && fs::read(&path).is_ok_and(|bytes| digests.contains(&digest(&bytes)));
        if is_ours {
            fs::remove_file(&path).map_err(|error| WriteError::new(&path, &error))?;
            put.removed.push(name.clone());
        } else {
            put.left.push(name.clone());
        }
    }
    let now = due.into_iter().map(|(name, digest)| (name.to_owned(), BTreeSet::from([digest])));
    put_list(folder, &now.collect())?;
    Ok(put)
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut digest, byte| {
        // Writing to a String cannot fail.
        let _ = write!(digest, "{byte:02x}");
        digest
    })
}

/// The names of the files that former runs wrote, with the digests of what they wrote. A line that names anything but a
/// page in the folder itself is none of ours.
fn listed(folder: &Path) -> Result<BTreeMap<String, BTreeSet<String>>, WriteError> {
    let path = folder.join(LIST);
    let is_list = match fs::symlink_metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(WriteError::new(&path, &error)),
        Ok(there) => there.is_file() && there.len() <= MOST_BYTES,
    };
    let text = if is_list { fs::read(&path).map_err(|error| WriteError::new(&path, &error))? } else { Vec::new() };
    let mut listed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&text).lines() {
        let Some((digest, name)) = line.split_once("  ") else { continue };
        let is_of_page = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let stem = name.strip_suffix(".html").unwrap_or_default();
        if !stem.is_empty() && stem.chars().all(is_of_page) {
            listed.entry(name.to_owned()).or_default().insert(digest.to_owned());
        }
    }
    Ok(listed)
}

fn put_list(folder: &Path, listed: &BTreeMap<String, BTreeSet<String>>) -> Result<(), WriteError> {
    let lines =
        listed.iter().flat_map(|(name, digests)| digests.iter().map(move |digest| format!("{digest}  {name}\n")));
    put_private(&folder.join(LIST), lines.collect::<String>().as_bytes())
}

//! When a case folder was last saved.

use std::path::PathBuf;
use std::time::SystemTime;

use walkdir::WalkDir;

use super::Root;
use super::root::is_hidden;

/// What every file of a case folder looked like from outside: two that are equal stand for the same files, as far as can
/// be told without reading them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp(Vec<(PathBuf, u64, Option<SystemTime>)>);

impl Root {
    /// How the files of the folder look now. What is hidden is no part of it.
    pub fn stamp(&self) -> Stamp {
        let entries = WalkDir::new(&self.path).sort_by_file_name().into_iter();
        let seen = entries.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name())).flatten();
        let look = |entry: walkdir::DirEntry| {
            let there = entry.metadata().ok().filter(|there| !there.is_dir())?;
            Some((entry.into_path(), there.len(), there.modified().ok()))
        };
        Stamp(seen.filter_map(look).collect())
    }
}

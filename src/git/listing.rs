//! What a commit holds: every path with what stands there.

use std::io::{self, Read};

use super::repository::{incomplete, is_id};
use super::{Commit, Repository, RevisionError};

/// The most bytes of a listing that are taken: millions of files. A few objects can stand for more than any machine
/// has room for.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// Every file of a commit, in git's order.
#[derive(Debug)]
pub(super) struct Listing {
    said: Vec<u8>,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A plain file.
    File,
    /// A symbolic link.
    Link,
    /// A commit of another repository.
    Submodule,
    /// What this program does not know.
    Other,
}

/// A path and what stands there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'l> {
    pub kind: Kind,
    /// The id of its object.
    pub id: &'l str,
    /// The path below the top, with `/`; it may be anything at all.
    pub path: &'l [u8],
}

impl Listing {
    /// Lists a commit.
    pub fn of(repository: &Repository, commit: &Commit) -> Result<Self, RevisionError> {
        let mut said = Vec::new();
        let arguments = ["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", &commit.id];
        let listed = repository.listen(&arguments, |from| {
            from.take(MOST_BYTES + 1).read_to_end(&mut said)?;
            let is_too_much = said.len() as u64 > MOST_BYTES;
            if is_too_much { Err(io::ErrorKind::QuotaExceeded.into()) } else { Ok(()) }
        });
        listed.map_err(|error| incomplete(&commit.id, error))?;
        if said.len() as u64 > MOST_BYTES {
            return Err(RevisionError::TooMuch { commit: commit.short().to_owned() });
        }
        Ok(Self { said })
    }

    /// The entries, in git's order.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.said.split(|byte| *byte == 0).filter_map(entry)
    }
}

/// `100644 blob 1a2b…`, a tab, and the path.
fn entry(line: &[u8]) -> Option<Entry<'_>> {
    let (what, path) = line.split_at(line.iter().position(|byte| *byte == b'\t')?);
    let mut words = std::str::from_utf8(what).ok()?.split(' ');
    let (mode, _, id) = (words.next()?, words.next()?, words.next().filter(|id| is_id(id))?);
    let kind = match mode {
        "120000" => Kind::Link,
        "160000" => Kind::Submodule,
        _ if mode.starts_with("100") => Kind::File,
        _ => Kind::Other,
    };
    Some(Entry { kind, id, path: &path[1..] })
}

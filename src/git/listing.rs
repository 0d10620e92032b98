//! What a commit holds: every path with what stands there.

use std::io::{self, Read};

use super::repository::is_id;
use super::{Commit, Repository, RevisionError};

/// The most bytes of a listing that are taken: millions of files. A few objects can stand for more than any machine
/// has room for.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// Every file of a commit, in order of path.
#[derive(Debug)]
pub(super) struct Listing {
    said: Vec<u8>,
    /// Where the line of each file begins, where its path does, and where both end.
    lines: Vec<(u32, u32, u32)>,
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
        listed.map_err(|error| error.in_commit(&commit.id))?;
        if said.len() as u64 > MOST_BYTES {
            return Err(RevisionError::TooMuch { commit: commit.short().to_owned() });
        }
        let lines = lines(&said);
        Ok(Self { said, lines })
    }

    /// The entries, in order of path.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.lines.iter().filter_map(|line| self.entry(*line))
    }

    /// The entries that lie below a folder, with their paths from there on; below the top, that is all.
    pub fn below<'l>(&'l self, folder: &[u8]) -> impl Iterator<Item = (Entry<'l>, &'l [u8])> {
        let mut prefix = folder.to_vec();
        if !prefix.is_empty() {
            prefix.push(b'/');
        }
        let begin = self.lines.partition_point(|line| self.path(*line) < prefix.as_slice());
        let lines = self.lines[begin..].iter();
        lines
            .map_while(move |line| Some((*line, self.path(*line).strip_prefix(prefix.as_slice())?)))
            .filter_map(|(line, below)| Some((self.entry(line)?, below)))
    }

    fn path(&self, (_, path, end): (u32, u32, u32)) -> &[u8] {
        self.said.get(path as usize..end as usize).unwrap_or_default()
    }

    fn entry(&self, line: (u32, u32, u32)) -> Option<Entry<'_>> {
        let what = self.said.get(line.0 as usize..(line.1 as usize).checked_sub(1)?)?;
        entry(what, self.path(line))
    }
}

/// Where the lines are, in order of path: a tree can be stored in another order than git's.
fn lines(said: &[u8]) -> Vec<(u32, u32, u32)> {
    let mut lines = Vec::new();
    let mut begin = 0;
    for line in said.split(|byte| *byte == 0) {
        let end = begin + line.len();
        if let Some(tab) = line.iter().position(|byte| *byte == b'\t') {
            let at = [begin, begin + tab + 1, end].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
            lines.push((at[0], at[1], at[2]));
        }
        begin = end + 1;
    }
    lines.sort_by_key(|(_, path, end)| said.get(*path as usize..*end as usize));
    lines
}

/// `100644 blob 1a2b…` and a path.
fn entry<'l>(what: &'l [u8], path: &'l [u8]) -> Option<Entry<'l>> {
    let mut words = std::str::from_utf8(what).ok()?.split(' ');
    let (mode, _, id) = (words.next()?, words.next()?, words.next().filter(|id| is_id(id))?);
    let kind = match mode {
        "120000" => Kind::Link,
        "160000" => Kind::Submodule,
        _ if mode.starts_with("100") => Kind::File,
        _ => Kind::Other,
    };
    Some(Entry { kind, id, path })
}

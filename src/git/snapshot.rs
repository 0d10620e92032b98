//! The case folders of a commit, found and read by the rules that hold on disk.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

use super::blobs::{self, Bytes};
use super::listing::{Entry, Kind, Listing};
use super::{Commit, Repository, RevisionError};
use crate::files::{CaseFolder, MARK, Root, is_nearly_record, link_at, names_of, push_shown, shown, tell_apart, text};
use crate::text::{Notation, Source, Text, Unreadable, composed};

/// A repository as it stood in a commit.
#[derive(Debug)]
pub struct Snapshot {
    repository: Repository,
    commit: Commit,
    listing: Listing,
}

/// A case folder in a commit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TreeRoot {
    /// What it is called, and where it would lie on disk, which need not be there.
    pub root: Root,
    /// Where it lies in the commit, with `/`: empty for the top.
    at: Vec<u8>,
}

/// What a case folder in a commit holds.
struct Listed<'s> {
    /// What is known without its text, or with a text that is known.
    sources: Vec<Source>,
    /// The paths of all plain files.
    plain: HashSet<Box<str>>,
    /// The records whose texts are to be read, with the ids of their objects.
    wanted: Vec<(Text, &'s str)>,
}

impl TreeRoot {
    /// Where it would lie on disk, and where it lies in the commit.
    pub fn place(&self) -> (&Path, &[u8]) {
        (&self.root.path, &self.at)
    }

    /// The case folder on disk with this root, as one of the commits of a repository; none where it lies outside.
    pub fn at(root: Root, repository: &Repository) -> Option<Self> {
        let below = root.path.strip_prefix(&repository.top).ok()?;
        let names: Vec<_> = below.iter().map(OsStr::as_encoded_bytes).collect();
        Some(Self { at: names.join(&b'/'), root })
    }

    /// The same folder, as one that lies elsewhere in its commit.
    #[must_use]
    pub(crate) fn lying_at(&self, at: &[u8]) -> Self {
        Self { root: self.root.clone(), at: at.to_vec() }
    }

    /// Whether both lie at one place.
    pub fn is_at_same_place(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Snapshot {
    /// The state of a commit. Only names are read: no texts yet.
    pub fn of(repository: Repository, commit: Commit) -> Result<Self, RevisionError> {
        let listing = Listing::of(&repository, &commit)?;
        Ok(Self { repository, commit, listing })
    }

    /// The commit.
    pub fn commit(&self) -> &Commit {
        &self.commit
    }

    /// The case folders of the path that the repository was found by, as [`crate::files::find`] finds them on disk. A
    /// folder that is on disk and not in the commit stands for those above it.
    pub fn find(&self) -> Result<Vec<TreeRoot>, RevisionError> {
        let mut at = self.repository.path.as_slice();
        let mut marked: BTreeSet<&[u8]> = BTreeSet::new();
        let (mut is_file, mut is_folder) = (false, at.is_empty());
        for Entry { kind, path, .. } in self.listing.entries() {
            let (folder, name) = split(path);
            if name == MARK.as_bytes() && kind != Kind::Submodule {
                marked.insert(folder);
            }
            is_file |= path == at && kind != Kind::Submodule;
            is_folder |= below(path, at).is_some() || path == at && kind == Kind::Submodule;
        }
        let given = || self.repository.given.clone();
        let commit = || self.commit.short().to_owned();
        if !is_file && !is_folder && !self.repository.is_there {
            return Err(RevisionError::NotInCommit { given: given(), commit: commit() });
        }
        if is_file {
            at = split(at).0;
        }
        let mut above = Some(at);
        while let Some(folder) = above {
            if marked.contains(folder) {
                return Ok(vec![self.root(folder, self.own_name(folder))]);
            }
            above = (!folder.is_empty()).then(|| split(folder).0);
        }
        let mut roots: Vec<&[u8]> = Vec::new();
        if is_folder && !is_file {
            let mut found: Vec<&[u8]> = marked.into_iter().filter(|folder| is_open(folder, at)).collect();
            found.sort_by(|one, other| names(one).cmp(names(other)));
            for folder in found {
                // What lies in a case folder comes right after it.
                if roots.last().is_none_or(|known| below(folder, known).is_none()) {
                    roots.push(folder);
                }
            }
        }
        if roots.is_empty() {
            return Err(RevisionError::NoCaseFolder { given: given(), commit: commit() });
        }
        Ok(roots.into_iter().map(|folder| self.root(folder, as_shown(below(folder, at).unwrap_or(folder)))).collect())
    }

    /// Reads a case folder. `known` gives the text of a path below it where it is known already to be that of the
    /// object with the id.
    pub fn open(
        &self,
        root: TreeRoot,
        known: &dyn Fn(&str, &str) -> Option<Arc<String>>,
    ) -> Result<CaseFolder, RevisionError> {
        self.open_only(root, &|_| true, known)
    }

    /// Reads some of the records of a case folder, by path below it; whatever is no file is told all the same. `known`
    /// gives the text of an object where it is known.
    pub fn open_some(
        &self,
        root: &TreeRoot,
        is_wanted: &dyn Fn(&str) -> bool,
        known: &dyn Fn(&str) -> Option<Arc<String>>,
    ) -> Result<CaseFolder, RevisionError> {
        self.open_only(root.clone(), is_wanted, &|_, id| known(id))
    }

    fn open_only(
        &self,
        root: TreeRoot,
        is_wanted: &dyn Fn(&str) -> bool,
        known: &dyn Fn(&str, &str) -> Option<Arc<String>>,
    ) -> Result<CaseFolder, RevisionError> {
        let opened = self.read(vec![root.clone()], is_wanted, known)?.pop();
        Ok(opened.unwrap_or_else(|| CaseFolder::absent(root.root)))
    }

    /// Reads several case folders, in the same order.
    pub fn open_all(&self, roots: Vec<TreeRoot>) -> Result<Vec<CaseFolder>, RevisionError> {
        self.read(roots, &|_| true, &|_, _| None)
    }

    /// Reads case folders, asking for the texts of all of them at once.
    fn read(
        &self,
        roots: Vec<TreeRoot>,
        is_wanted: &dyn Fn(&str) -> bool,
        known: &dyn Fn(&str, &str) -> Option<Arc<String>>,
    ) -> Result<Vec<CaseFolder>, RevisionError> {
        let listed: Vec<Listed<'_>> = roots.iter().map(|root| self.listed(root, is_wanted, known)).collect();
        let ids: Vec<&str> = listed.iter().flat_map(|one| &one.wanted).map(|(_, id)| *id).collect();
        let mut contents = blobs::read(&self.repository, &self.commit, &ids)?.into_iter();
        let folders = roots.into_iter().zip(listed).map(|(root, Listed { mut sources, plain, wanted })| {
            let read = |((path, _), content): ((Text, _), Bytes)| Source {
                path,
                content: content.and_then(text).map(Arc::new),
            };
            sources.extend(wanted.into_iter().zip(contents.by_ref()).map(read));
            CaseFolder::elsewhere(root.root, sources, plain)
        });
        Ok(folders.collect())
    }

    fn listed<'s>(
        &'s self,
        root: &TreeRoot,
        is_wanted: &dyn Fn(&str) -> bool,
        known: &dyn Fn(&str, &str) -> Option<Arc<String>>,
    ) -> Listed<'s> {
        let mut listed = Listed { sources: Vec::new(), plain: HashSet::new(), wanted: Vec::new() };
        for (Entry { kind, id, .. }, path) in self.listing.below(&root.at) {
            let shown = as_shown(path);
            if kind == Kind::File && std::str::from_utf8(path).is_ok() {
                listed.plain.insert(shown.raw().into());
            }
            if names(path).any(|name| matches!(name, b"" | b"." | b"..")) {
                listed.sources.extend(is_record(&shown, kind).then(|| refused(shown, impossible())));
            } else if kind == Kind::File && is_nearly_record(shown.raw()) {
                listed.sources.push(Source::nearly_record(shown));
            } else if names(path).any(|name| name.starts_with(b".")) {
                // Hidden, as on disk.
            } else if kind == Kind::Link {
                listed.sources.extend(link_at(shown.raw()).map(|reason| refused(shown, reason)));
            } else if kind != Kind::File {
                listed.sources.push(refused(shown, submodule()));
            } else if Notation::of(shown.raw()).is_some() && is_wanted(shown.raw()) {
                match known(shown.raw(), id) {
                    Some(text) => listed.sources.push(Source { path: shown, content: Ok(text) }),
                    None => listed.wanted.push((shown, id)),
                }
            }
        }
        listed
    }

    /// The digests of documents that records of a case folder name, in the same order, as `sha256sum` prints them; none
    /// where the commit does not hold one as a plain file.
    pub fn document_digests(&self, root: &TreeRoot, paths: &[&str]) -> Result<Vec<Option<String>>, RevisionError> {
        let ids: HashMap<Text, &str> =
            self.ids(root).into_iter().map(|(path, id)| (Text::new(composed(&path)), id)).collect();
        let id = |path: &&str| ids.get(&Text::new(composed(&names_of(path)?.join("/")))).copied();
        let found: Vec<Option<&str>> = paths.iter().map(id).collect();
        let wanted: Vec<&str> = found.iter().flatten().copied().collect();
        let mut digests = blobs::digests(&self.repository, &wanted)?.into_iter();
        Ok(found.into_iter().map(|id| id.and_then(|_| digests.next().flatten())).collect())
    }

    /// Whether a source stands for a submodule.
    pub fn is_submodule(source: &Source) -> bool {
        source.content.as_ref().is_err_and(|reason| *reason == submodule())
    }

    /// The ids of the objects of the plain files of a case folder, by path below it.
    pub fn ids<'s>(&'s self, root: &'s TreeRoot) -> HashMap<String, &'s str> {
        let files = self.listing.below(&root.at).filter(|(entry, _)| entry.kind == Kind::File);
        files.map(|(entry, path)| (as_shown(path).raw().to_owned(), entry.id)).collect()
    }

    fn root(&self, at: &[u8], name: Text) -> TreeRoot {
        let mut path = self.repository.top.clone();
        path.extend(names(at).map(|name| String::from_utf8_lossy(name).into_owned()));
        TreeRoot { root: Root { path, name }, at: at.to_owned() }
    }

    /// What a case folder found from within it is called: as on disk, by its own name.
    fn own_name(&self, folder: &[u8]) -> Text {
        if !folder.is_empty() {
            return as_shown(split(folder).1);
        }
        let top = &self.repository.top;
        let name = match (top.file_name(), top.parent().and_then(Path::file_name)) {
            (Some(name), Some(above)) if name == ".git" => above,
            (Some(name), _) => name,
            (None, _) => return shown(top),
        };
        shown(Path::new(name))
    }
}

/// Calls case folders of one name by their whole paths, as on disk.
pub fn named_apart(roots: &mut [TreeRoot]) {
    let mut plain: Vec<Root> = roots.iter().map(|root| root.root.clone()).collect();
    tell_apart(&mut plain);
    roots.iter_mut().zip(plain).for_each(|(root, named)| root.root = named);
}

/// The rest of a path that lies below a folder.
pub(super) fn below<'p>(path: &'p [u8], folder: &[u8]) -> Option<&'p [u8]> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix(b"/") }
}

/// Whether a folder lies below another without a hidden one on the way, or an impossible one.
fn is_open(folder: &[u8], at: &[u8]) -> bool {
    below(folder, at).is_some_and(|way| names(way).all(|name| !name.is_empty() && !name.starts_with(b".")))
}

/// The folder that a path lies in, and its name there.
fn split(path: &[u8]) -> (&[u8], &[u8]) {
    match path.iter().rposition(|byte| *byte == b'/') {
        Some(at) => (&path[..at], &path[at + 1..]),
        None => (&[], path),
    }
}

fn names(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    path.split(|byte| *byte == b'/')
}

pub(super) fn as_shown(path: &[u8]) -> Text {
    let mut out = String::with_capacity(path.len());
    push_shown(path, &mut out);
    Text::new(out)
}

fn is_record(path: &Text, kind: Kind) -> bool {
    kind != Kind::File || Notation::of(path.raw()).is_some()
}

fn refused(path: Text, reason: Unreadable) -> Source {
    Source { path, content: Err(reason) }
}

fn submodule() -> Unreadable {
    Unreadable {
        message: "it is a submodule: what it holds is kept in another repository".to_owned(),
        help: "put the records themselves here, or check the other repository by itself".to_owned(),
        at: None,
        is_folder: true,
    }
}

fn impossible() -> Unreadable {
    Unreadable {
        message: "no file can have this path: it steps out of the folder".to_owned(),
        help: "find out where the commit comes from: git itself does not make such a path".to_owned(),
        at: None,
        is_folder: true,
    }
}

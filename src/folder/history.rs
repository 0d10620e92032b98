//! A case folder's past, read from its repository.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use crate::calendar::Day;
use crate::case::{self, id_of, kind_of};
use crate::diff::value_of;
use crate::files::{CaseFolder, FilesError};
use crate::git::{Commit, DayOf, Places, Repository, RevisionError, Snapshot, TreeRoot, blob_id, is_blob, named_apart};
use crate::history::{
    Backwards, Concerns, FileChange, Revision, Texts, backwards, named_papers, paper_key, renamed_students,
    texts_of_renamed,
};
use crate::records::RecordKind;
use crate::text::{Content, Nameable, Notation, Source, Text};

use super::local_time::{FolderTime, LocalTime, zone_of};
use super::naming::merged;
use super::{FolderError, Naming, backwards_in_words, in_words};

/// The commits of a case folder up to one, and as many of its texts as were asked for.
pub struct FolderHistory {
    /// The repository.
    pub repository: Repository,
    /// The last commit.
    pub tip: Commit,
    /// The repository as it stood in it.
    pub snapshot: Rc<Snapshot>,
    /// What that commit is, in words: `commit 1a2b3c4d5e6f of 21 February 2026`.
    pub up_to: String,
    /// Where the case folder lies in it.
    pub root: TreeRoot,
    /// Where it lay in each commit.
    places: Places,
    /// The commits, each after those that it follows.
    pub revisions: Vec<Revision>,
    /// The texts that were read.
    pub texts: Texts,
    /// Whom the records were about, as far as their texts were read.
    pub concerns: Concerns,
    /// What the time zone is called in which the days of the commits are given.
    pub time_zone: String,
    /// Where the dates of the commits run backwards, as a sentence without its full stop; none where they do not.
    pub backwards: Option<String>,
}

impl FolderHistory {
    /// The past of the case folders of a path up to a commit, HEAD where none is named. No text is read yet. Days are
    /// those of the time zone that the folder's `gwp.toml` names in that commit, or else of the machine.
    pub fn open(rev: Option<&str>, path: &Path, machine: &LocalTime<'_>) -> Result<Vec<Self>, FolderError> {
        let repository = Repository::around(path)?;
        let tip = repository.commit(rev.unwrap_or("HEAD"))?;
        let snapshot = Rc::new(Snapshot::of(repository.clone(), tip.clone())?);
        let mut roots = snapshot.find()?;
        named_apart(&mut roots);
        let of = |root: TreeRoot| {
            let time = FolderTime::of(machine, zone_of(&snapshot, &root)?);
            let day_of: DayOf<'_> = &|at| time.day_of(at);
            let (revisions, places) = repository.history(&tip, &root, day_of)?;
            let (time_zone, backwards) = (time.name().to_owned(), backwards_of(&revisions, day_of));
            let (repository, tip, snapshot) = (repository.clone(), tip.clone(), Rc::clone(&snapshot));
            let (texts, concerns) = (Texts::new(), Concerns::default());
            let up_to = in_words(&tip, day_of);
            let mut past = Self {
                repository,
                tip,
                snapshot,
                up_to,
                root,
                places,
                revisions,
                texts,
                concerns,
                time_zone,
                backwards,
            };
            past.take_note(&[])?;
            Ok(past)
        };
        roots.into_iter().map(of).collect()
    }

    /// The pasts of the case folders of several paths, each folder once, with names that tell them apart.
    pub fn open_all(rev: Option<&str>, paths: &[PathBuf], machine: &LocalTime<'_>) -> Result<Vec<Self>, FolderError> {
        let mut all: Vec<Self> = Vec::new();
        for path in paths {
            for found in Self::open(rev, path, machine)? {
                if !all.iter().any(|one| one.root.place() == found.root.place()) {
                    all.push(found);
                }
            }
        }
        let mut roots: Vec<_> = all.iter().map(|one| one.root.clone()).collect();
        named_apart(&mut roots);
        for (one, root) in all.iter_mut().zip(roots) {
            one.root = root;
        }
        Ok(all)
    }

    /// What is on disk and not in the last commit; nothing where the past of another commit was asked for, or where
    /// there is no work tree. What it says is among the texts.
    pub fn uncommitted(&mut self) -> Result<Vec<FileChange>, FolderError> {
        if !self.repository.has_work_tree() || self.repository.commit("HEAD")? != self.tip {
            return Ok(Vec::new());
        }
        // The folder of the commit is meant, whether it still has its mark on disk or not.
        let root = self.root.root.clone();
        let folder = match CaseFolder::open(root.clone()) {
            Err(FilesError::NotThere { .. }) => CaseFolder::absent(root),
            opened => opened?,
        };
        let changes = uncommitted(&self.snapshot, &self.root, &folder.sources)?;
        let mut on_disk: HashMap<Text, _> =
            folder.sources.into_iter().map(|source| (source.path, source.content)).collect();
        for change in &changes {
            if let (Some(id), Some(content)) = (&change.newer, on_disk.remove(&change.path)) {
                self.texts.insert(id.clone(), content);
            }
        }
        self.take_note(&changes)?;
        Ok(changes)
    }

    /// Takes note of where records were, and of students who were given another id: in the commits, or where there are
    /// such, in changes that are not committed.
    fn take_note(&mut self, uncommitted: &[FileChange]) -> Result<(), FolderError> {
        let in_commits = || self.revisions.iter().map(|revision| revision.changes.as_slice());
        let steps: Vec<&[FileChange]> = if uncommitted.is_empty() { in_commits().collect() } else { vec![uncommitted] };
        let asked = steps.iter().flat_map(|changes| texts_of_renamed(changes));
        let asked: BTreeSet<&str> = asked.map(String::as_str).filter(|id| !self.texts.contains_key(*id)).collect();
        let asked: Vec<&str> = asked.into_iter().collect();
        for (id, text) in asked.iter().zip(self.repository.texts(&self.tip, &asked)?) {
            self.texts.insert((*id).to_owned(), text);
        }
        for changes in steps {
            for change in changes {
                self.concerns.add_path(&change.path);
            }
            for (former, now) in renamed_students(changes, &self.texts) {
                self.concerns.add_renamed(former, now);
            }
        }
        Ok(())
    }

    /// Reads the texts that a student's case rested on at any time, and gives the paths of the records.
    pub fn read_case(&mut self, student: &Text, uncommitted: &[FileChange]) -> Result<BTreeSet<Text>, FolderError> {
        let ids = self.concerns.ids_of(student);
        let is_own = |path: &Text| is_of_kind(path, RecordKind::Student) && ids.contains(&id_of(path.raw()));
        let of_students = versions(&self.revisions, uncommitted, &is_own);
        // All logs are looked at: one that does not name the student any more may have done so.
        let of_logs = versions(&self.revisions, uncommitted, &|path| is_of_kind(path, RecordKind::Session));
        for (path, content) in self.read(&of_students)? {
            self.concerns.add(&Source { path, content });
        }
        // What stands in a text as an escape cannot be seen in it.
        let is_named = |text: &Arc<String>| text.contains('\\') || ids.iter().any(|id| text.contains(id.raw()));
        for (path, content) in self.read(&of_logs)? {
            if content.as_ref().is_ok_and(is_named) {
                self.concerns.add(&Source { path, content });
            }
        }
        let mut files = self.concerns.files_of(student);
        // Of meetings only the minutes of those in which it was about the student.
        let of_meetings = versions(&self.revisions, uncommitted, &|path| is_of_kind(path, RecordKind::Meeting));
        let is_about = |content: &Content| content.as_ref().is_ok_and(is_named);
        let minutes = self.read(&of_meetings)?.into_iter().filter(|(_, content)| is_about(content));
        files.extend(minutes.map(|(path, _)| path));
        let of_case = versions(&self.revisions, uncommitted, &|path| files.contains(path));
        let mut papers: BTreeSet<Text> = BTreeSet::new();
        for ((path, id), (_, content)) in of_case.iter().zip(self.read(&of_case)?) {
            let source = Source { path: path.clone(), content: content.clone() };
            papers.extend(value_of(&source).iter().flat_map(named_papers).map(|path| Text::new(paper_key(path))));
            self.texts.insert(id.clone(), content);
        }
        files.extend(papers);
        Ok(files)
    }

    /// Reads the texts that some records ever had.
    pub(super) fn read_records(&mut self, is_wanted: &dyn Fn(&Text) -> bool) -> Result<(), FolderError> {
        let wanted = versions(&self.revisions, &[], is_wanted);
        for ((_, id), (_, content)) in wanted.iter().zip(self.read(&wanted)?) {
            self.texts.insert(id.clone(), content);
        }
        Ok(())
    }

    /// Reads all texts.
    pub fn read_all(&mut self) -> Result<(), FolderError> {
        let all = versions(&self.revisions, &[], &|_| true);
        for ((_, id), (path, content)) in all.iter().zip(self.read(&all)?) {
            let source = Source { path, content };
            self.concerns.add(&source);
            self.texts.insert(id.clone(), source.content);
        }
        Ok(())
    }

    /// Every version that the records ever had: the path, and the id of the text.
    pub fn versions(&self, uncommitted: &[FileChange]) -> BTreeSet<(Text, String)> {
        versions(&self.revisions, uncommitted, &|_| true).into_iter().collect()
    }

    /// Where the case folder lay in any commit, with `/` behind it, or nothing for the top of the repository.
    pub fn prefixes(&self) -> BTreeSet<String> {
        let prefix = |at: &[u8]| format!("{}/", String::from_utf8_lossy(at));
        self.places.all().map(|at| if at.is_empty() { String::new() } else { prefix(at) }).collect()
    }

    /// The case folder as it lay in a commit, by the commit's position.
    pub fn root_in(&self, position: usize) -> TreeRoot {
        self.root.lying_at(self.places.of(position))
    }

    /// A text by its id, where it was read.
    pub fn text(&self, id: &str) -> Option<Arc<String>> {
        self.texts.get(id)?.clone().ok()
    }

    /// The texts of versions of records, in the same order.
    fn read(&self, versions: &[(Text, String)]) -> Result<Vec<(Text, Content)>, FolderError> {
        let ids: Vec<&str> =
            versions.iter().map(|(_, id)| id.as_str()).filter(|id| !self.texts.contains_key(*id)).collect();
        let mut texts = self.repository.texts(&self.tip, &ids)?.into_iter();
        let of = |(path, id): &(Text, String)| {
            let content = self.texts.get(id).cloned().or_else(|| texts.next());
            Some((path.clone(), content?))
        };
        Ok(versions.iter().filter_map(of).collect())
    }
}

/// The ids of those students who are named, of all who were ever in these folders. Names are those of the last commit; who
/// is no longer there is named by the id.
pub fn students_named(
    histories: &[FolderHistory],
    typed: &[String],
    naming: Naming<'_>,
) -> Result<Vec<String>, FolderError> {
    let known: BTreeSet<&str> = histories.iter().flat_map(|one| one.concerns.students()).map(Text::raw).collect();
    if typed.iter().all(|id| known.contains(id.as_str())) {
        return Ok(typed.to_vec());
    }
    let mut all: Vec<Nameable> = Vec::new();
    for history in histories {
        let is_student = |path: &str| kind_of(path) == Some(RecordKind::Student);
        let sources = history.snapshot.open_some(&history.root, &is_student, &|_| None)?.sources;
        all.extend(case::read(&sources).nameable(RecordKind::Student));
    }
    all.extend(known.into_iter().map(|id| Nameable { ids: vec![id.to_owned()], ..Nameable::default() }));
    naming.ids(typed, &merged(all))
}

fn backwards_of(revisions: &[Revision], day_of: DayOf<'_>) -> Option<String> {
    let days: Vec<Day> = revisions.iter().map(|one| one.day().unwrap_or(Day::last())).collect();
    let parents: Vec<&[usize]> = revisions.iter().map(|one| one.parents.as_slice()).collect();
    let commit = |at: usize| {
        let revision = revisions.get(at)?;
        Some(Commit { id: revision.id.clone(), at: revision.committer.at })
    };
    let pair = |one: Backwards| Some((commit(one.commit)?, commit(one.follows)?));
    let pairs: Vec<_> = backwards(&days, &parents).into_iter().filter_map(pair).collect();
    backwards_in_words(&pairs, day_of)
}

/// Every version that some records ever had: the path, and the id of the text.
fn versions(
    revisions: &[Revision],
    uncommitted: &[FileChange],
    is_wanted: &dyn Fn(&Text) -> bool,
) -> Vec<(Text, String)> {
    let changes = revisions.iter().flat_map(|revision| &revision.changes).chain(uncommitted);
    let wanted = changes.filter(|change| is_wanted(&change.path));
    let all: BTreeSet<(&Text, &String)> = wanted
        .flat_map(|change| change.older.iter().flatten().chain(&change.newer).map(move |id| (&change.path, id)))
        .collect();
    all.into_iter().map(|(path, id)| (path.clone(), id.clone())).collect()
}

fn is_of_kind(path: &Text, kind: RecordKind) -> bool {
    kind_of(path.raw()) == Some(kind)
}

/// What is otherwise on disk than in a commit, in order of path. Line ends do not count.
pub fn uncommitted(snapshot: &Snapshot, root: &TreeRoot, on_disk: &[Source]) -> Result<Vec<FileChange>, RevisionError> {
    let mut committed = snapshot.ids(root);
    committed.retain(|path, _| Notation::of(path).is_some() && !path.split('/').any(|name| name.starts_with('.')));
    // What cannot be read is compared by why it cannot.
    let unreadable = on_disk.iter().filter(|source| source.content.is_err()).map(|source| source.path.raw());
    let unreadable: HashSet<&str> = unreadable.collect();
    let in_commit = if unreadable.is_empty() {
        Vec::new()
    } else {
        snapshot.open_some(root, &|path| unreadable.contains(path), &|_| None)?.sources
    };
    let mut changes = Vec::new();
    for source in on_disk.iter().filter(|source| !source.is_nearly_record()) {
        let was = committed.remove(source.path.raw());
        // What cannot be read has no id in git: it is given one that no text has.
        let is = source
            .content
            .as_deref()
            .map_or_else(|_| format!("unreadable {}", source.path.raw()), |text| blob_id(text));
        let is_same = match &source.content {
            Ok(text) => was.is_some_and(|was| is_blob(text, was)),
            Err(_) => in_commit.contains(source),
        };
        if !is_same {
            let older = vec![was.map(ToOwned::to_owned)];
            changes.push(FileChange { path: source.path.clone(), older, newer: Some(is) });
        }
    }
    changes.extend(committed.into_iter().map(|(path, id)| FileChange {
        path: Text::new(path),
        older: vec![Some(id.to_owned())],
        newer: None,
    }));
    changes.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(changes)
}

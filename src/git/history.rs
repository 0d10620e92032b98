//! The past of a case folder: every commit up to one, with what it did to the records.

use std::collections::{HashMap, HashSet};
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use super::repository::is_id;
use super::snapshot::{as_shown, below};
use super::{Commit, Repository, RevisionError, TreeRoot, blobs};
use crate::calendar::Day;
use crate::files::{MARK, text};
use crate::history::{FileChange, Revision, Signature, paper_key};
use crate::text::{Content, Notation, Text};

/// The most bytes of what git tells of all commits that are taken.
const MOST_BYTES: u64 = 1024 * 1024 * 1024;

/// How git is asked what commits changed.
const DIFF_TREE: [&str; 10] =
    ["diff-tree", "--stdin", "--root", "-r", "-c", "--raw", "-z", "--no-renames", "--no-abbrev", "--always"];

/// So many times at most a folder is followed to where it lay before.
const MOST_MOVES: usize = 16;

/// A place at which a case folder lay.
#[derive(Clone, Debug)]
struct Place {
    /// The position of the commit that moved it there; of the first place, of the first commit.
    from: usize,
    /// With `/`: empty for the top.
    at: Vec<u8>,
}

/// The places at which a case folder lay, the last of them first.
#[derive(Clone, Debug)]
pub struct Places(Vec<Place>);

impl Places {
    /// Where it lay in a commit, by the commit's position.
    pub(crate) fn of(&self, position: usize) -> &[u8] {
        self.0.iter().find(|place| place.from <= position).map_or(&[], |place| &place.at)
    }

    /// All of them, the last of them first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(|place| &*place.at)
    }

    /// The path below the folder of a file that a commit wrote or took away. The commit that moved the folder took it
    /// away at the former place, and wrote it at the new one.
    fn below<'p>(&self, position: usize, path: &'p [u8], is_gone: bool) -> Option<&'p [u8]> {
        let own = self.0.iter().position(|place| place.from <= position)?;
        let former = self.0.get(own + 1).filter(|_| self.0[own].from == position);
        let (own, former) = (below(path, &self.0[own].at), former.and_then(|former| below(path, &former.at)));
        if is_gone { former.or(own) } else { own.or(former) }
    }

    /// Whether a commit moved the folder.
    fn is_move(&self, position: usize) -> bool {
        self.0.split_last().is_some_and(|(_, later)| later.iter().any(|place| place.from == position))
    }

    /// What alone git need tell of; none where that is all, or where one of them cannot be named to it.
    fn as_arguments(&self) -> Option<Vec<&str>> {
        self.0.iter().map(|place| std::str::from_utf8(&place.at).ok().filter(|at| !at.is_empty())).collect()
    }
}

/// On which day a moment is, in the time zone of the machine.
pub type DayOf<'d> = &'d dyn Fn(i64) -> Option<Day>;

impl Repository {
    /// The commits up to `tip`, each after those that it follows, with what each did to the records of the folder that lies
    /// at `root`, and where it lay in them: one that was moved as a whole is followed.
    pub fn history(
        &self,
        tip: &Commit,
        root: &TreeRoot,
        day_of: DayOf<'_>,
    ) -> Result<(Vec<Revision>, Places), RevisionError> {
        let mut revisions = self.revisions(tip, day_of)?;
        let (_, at) = root.place();
        let mut places = Places(vec![Place { from: 0, at: at.to_vec() }]);
        self.tell_changes(tip, &places, &mut revisions)?;
        while places.0.len() < MOST_MOVES
            && let Some((moved, former)) = self.former_place(tip, &places, &revisions)?
        {
            places.0.last_mut().into_iter().for_each(|place| place.from = moved);
            places.0.push(Place { from: 0, at: former });
            for revision in &mut revisions {
                (revision.changes, revision.papers, revision.from_each) = Default::default();
            }
            self.tell_changes(tip, &places, &mut revisions)?;
        }
        Ok((revisions, places))
    }

    /// Tells what the commits did to the files of a folder that lay at these places.
    fn tell_changes(&self, tip: &Commit, places: &Places, revisions: &mut [Revision]) -> Result<(), RevisionError> {
        let positions: HashMap<String, usize> =
            revisions.iter().enumerate().map(|(position, revision)| (revision.id.clone(), position)).collect();
        let mut ids = String::with_capacity(revisions.len() * 41);
        for revision in &*revisions {
            ids.extend([revision.id.as_str(), "\n"]);
            // What a merge took from one side only is told by what it differs from each of them in.
            for parent in revision.parents.iter().filter(|_| revision.parents.len() > 1) {
                ids.extend([revision.id.as_str(), " ", revisions[*parent].id.as_str(), "\n"]);
            }
        }
        let mut arguments = DIFF_TREE.to_vec();
        // Of a larger repository git need not tell the rest.
        if let Some(below) = places.as_arguments() {
            arguments.push("--");
            arguments.extend(below);
        }
        let mut is_too_much = false;
        let told = self.listen_at_top(&arguments, ids, |from| {
            let mut from = BufReader::with_capacity(1 << 16, from.take(MOST_BYTES));
            is_too_much = changes(&mut from, places, &positions, revisions)?;
            if is_too_much { Err(io::ErrorKind::QuotaExceeded.into()) } else { Ok(()) }
        });
        told.map_err(|error| error.in_commit(&tip.id))?;
        if is_too_much {
            return Err(RevisionError::TooMuch { commit: tip.short().to_owned() });
        }
        for (position, revision) in revisions.iter_mut().enumerate() {
            for changes in [&mut revision.changes, &mut revision.papers].into_iter().chain(&mut revision.from_each) {
                changes.sort_by(|one, other| one.path.cmp(&other.path));
            }
            join_same(&mut revision.papers);
            if places.is_move(position) {
                join_same(&mut revision.changes);
            }
        }
        Ok(())
    }

    /// The last commit that moved a folder as a whole to the first of its places, and where it lay before; none where none
    /// did.
    fn former_place(
        &self,
        tip: &Commit,
        places: &Places,
        revisions: &[Revision],
    ) -> Result<Option<(usize, Vec<u8>)>, RevisionError> {
        let is_new = |change: &&FileChange| change.older.iter().all(Option::is_none) && change.newer.is_some();
        let begins = |revision: &Revision| revision.changes.iter().filter(is_new).any(|one| one.path.raw() == MARK);
        let until = places.0.iter().rev().nth(1).map_or(revisions.len(), |later| later.from);
        let at_first_place = revisions.iter().enumerate().take(until).rev();
        for (at, revision) in at_first_place.filter(|(_, revision)| revision.parents.len() == 1 && begins(revision)) {
            let new = revision.changes.iter().filter(is_new).map(|change| change.path.raw());
            let new: HashSet<&str> = new.collect();
            // All that the commit took away, wherever that lay.
            let mut whole =
                [Revision { parents: Vec::new(), changes: Vec::new(), papers: Vec::new(), ..revision.clone() }];
            self.tell_changes(tip, &Places(vec![Place { from: 0, at: Vec::new() }]), &mut whole)?;
            let gone = whole.iter().flat_map(|all| &all.changes).filter(|change| change.newer.is_none());
            let gone: Vec<&str> = gone.map(|change| change.path.raw()).collect();
            let came = |folder: &str| {
                let below = gone.iter().filter_map(|path| below(path.as_bytes(), folder.as_bytes()));
                below.filter(|path| std::str::from_utf8(path).is_ok_and(|path| new.contains(path))).count()
            };
            let found = gone.iter().filter_map(|path| folder_of(path)).max_by_key(|folder| came(folder));
            if let Some(folder) = found.filter(|folder| came(folder) * 2 > new.len()) {
                return Ok(Some((at, folder.as_bytes().to_vec())));
            }
        }
        Ok(None)
    }

    /// The texts with these ids, in the same order. `tip` is named where it is too much.
    pub fn texts(&self, tip: &Commit, ids: &[&str]) -> Result<Vec<Content>, RevisionError> {
        Ok(blobs::read(self, tip, ids)?.into_iter().map(|content| content.and_then(text).map(Arc::new)).collect())
    }

    /// The commits themselves, without what they changed.
    fn revisions(&self, tip: &Commit, day_of: DayOf<'_>) -> Result<Vec<Revision>, RevisionError> {
        let mut said = Vec::new();
        let arguments = [
            "rev-list",
            "--topo-order",
            "--reverse",
            "--parents",
            "--header",
            "--encoding=UTF-8",
            "--end-of-options",
            &tip.id,
        ];
        let told = self.listen(&arguments, |from| {
            from.take(MOST_BYTES + 1).read_to_end(&mut said)?;
            if said.len() as u64 > MOST_BYTES { Err(io::ErrorKind::QuotaExceeded.into()) } else { Ok(()) }
        });
        told.map_err(|error| error.in_commit(&tip.id))?;
        if said.len() as u64 > MOST_BYTES {
            return Err(RevisionError::TooMuch { commit: tip.short().to_owned() });
        }
        let mut revisions: Vec<Revision> = Vec::new();
        let mut positions: HashMap<String, usize> = HashMap::new();
        for told in said.split(|byte| *byte == 0) {
            if let Some(revision) = revision(told, &positions, day_of) {
                positions.insert(revision.id.clone(), revisions.len());
                revisions.push(revision);
            }
        }
        Ok(revisions)
    }
}

/// The folder whose mark a path is.
fn folder_of(path: &str) -> Option<&str> {
    let folder = path.strip_suffix(MARK)?;
    if folder.is_empty() { Some(folder) } else { folder.strip_suffix('/') }
}

/// `1a2b… PARENT…`, then the commit as it is stored, its message indented.
fn revision(told: &[u8], positions: &HashMap<String, usize>, day_of: DayOf<'_>) -> Option<Revision> {
    let told = String::from_utf8_lossy(told);
    let mut lines = told.lines();
    let mut ids = lines.next()?.split(' ');
    let id = ids.next().filter(|id| is_id(id))?.to_owned();
    let named: Vec<&str> = ids.collect();
    let (mut author, mut committer) = (Signature::default(), Signature::default());
    let (mut stored, mut is_signed) = (0, false);
    for line in lines.by_ref().take_while(|line| !line.is_empty()) {
        match line.split_once(' ') {
            Some(("parent", _)) => stored += 1,
            Some(("author", rest)) => author = signature(rest, day_of),
            Some(("committer", rest)) => committer = signature(rest, day_of),
            Some(("gpgsig" | "gpgsig-sha256", _)) => is_signed = true,
            _ => {}
        }
    }
    Some(Revision {
        id,
        parents: named.iter().filter_map(|parent| positions.get(*parent).copied()).collect(),
        is_cut_off: stored > named.len(),
        author,
        committer,
        is_signed,
        subject: Text::new(lines.next().unwrap_or_default().trim()),
        changes: Vec::new(),
        papers: Vec::new(),
        from_each: Vec::new(),
    })
}

/// `Ruth Adeyemi <ruth@example.org> 1771632000 +0100`.
fn signature(said: &str, day_of: DayOf<'_>) -> Signature {
    let (who, when) = said.rsplit_once('>').unwrap_or((said, ""));
    let (name, email) = who.split_once('<').unwrap_or((who, ""));
    let mut words = when.split_whitespace();
    // A moment that no calendar has comes after every other.
    let at = words.next().and_then(|at| at.parse().ok()).unwrap_or(i64::MAX);
    let own_day = words.next().and_then(seconds_east).and_then(|east| Day::of_moment(at.checked_add(east)?));
    Signature { name: Text::new(name.trim()), email: Text::new(email.trim()), day: day_of(at), own_day, at }
}

/// `+0130` is 5400; what no clock on earth shows is no zone.
fn seconds_east(zone: &str) -> Option<i64> {
    let number = i64::from(zone.parse::<i32>().ok()?);
    (-1200..=1400).contains(&number).then_some((number / 100 * 60 + number % 100) * 60)
}

/// Reads what git tells of each commit after its id: a line of modes and ids, and a path. A merge is told of first as
/// it differs from all that it follows, and then from each. Says whether it was cut off because it is too much.
fn changes(
    from: &mut BufReader<io::Take<&mut dyn Read>>,
    places: &Places,
    positions: &HashMap<String, usize>,
    revisions: &mut [Revision],
) -> io::Result<bool> {
    let (mut word, mut path) = (Vec::new(), Vec::new());
    let mut at: Option<usize> = None;
    let mut times = vec![0_usize; revisions.len()];
    loop {
        word.clear();
        from.read_until(0, &mut word)?;
        let Some((0, line)) = word.split_last() else { return Ok(from.get_ref().limit() == 0) };
        if line.first() != Some(&b':') {
            at = std::str::from_utf8(line).ok().and_then(|id| positions.get(id.trim()).copied());
            if let Some(times) = at.and_then(|at| times.get_mut(at)) {
                *times += 1;
            }
            continue;
        }
        path.clear();
        from.read_until(0, &mut path)?;
        let Some((0, path)) = path.split_last() else { return Ok(from.get_ref().limit() == 0) };
        let Some(position) = at else { continue };
        let Some((revision, times)) = revisions.get_mut(position).zip(times.get(position).copied()) else { continue };
        let path = places.below(position, path, line.ends_with(b" D"));
        let Some(mut change) = path.and_then(|path| change(line, path)) else { continue };
        let is_record = Notation::of(change.path.raw()).is_some();
        if !is_record {
            change.path = Text::new(paper_key(change.path.raw()));
        }
        match times.checked_sub(2) {
            None if is_record => revision.changes.push(change),
            None => revision.papers.push(change),
            Some(parent) if is_record => {
                revision.from_each.resize(revision.parents.len(), Vec::new());
                if let Some(from) = revision.from_each.get_mut(parent) {
                    from.push(change);
                }
            }
            Some(_) => {}
        }
    }
}

/// Has what git tells as gone and as new at one path be told as one file: the folder was moved, or the path is written with
/// other characters since and looks the same. Where its bytes are the same, nothing was done to it.
fn join_same(changes: &mut Vec<FileChange>) {
    let mut joined: Vec<Text> = Vec::new();
    changes.dedup_by(|next, first| {
        let is_one = next.path == first.path;
        if is_one {
            for (was, also) in first.older.iter_mut().zip(&mut next.older) {
                *was = was.take().or_else(|| also.take());
            }
            first.newer = first.newer.take().or_else(|| next.newer.take());
            joined.push(first.path.clone());
        }
        is_one
    });
    let is_as_before = |change: &FileChange| change.older.iter().all(|was| *was == change.newer);
    changes.retain(|change| !joined.contains(&change.path) || !is_as_before(change));
}

/// A change of a file, by its path below the folder: `:100644 100644 1a2b… 3c4d… M`, with a colon, a mode and an id for each commit
/// that is followed.
fn change(line: &[u8], below: &[u8]) -> Option<FileChange> {
    let is_hidden = |name: &[u8]| name.is_empty() || name.starts_with(b".");
    let shown = as_shown(below);
    if below.split(|byte| *byte == b'/').any(is_hidden) {
        return None;
    }
    let line = std::str::from_utf8(line).ok()?;
    let followed = line.bytes().take_while(|byte| *byte == b':').count();
    let words: Vec<&str> = line.get(followed..)?.split(' ').collect();
    let (modes, rest) = words.split_at_checked(followed + 1)?;
    let text = |(mode, id): (&&str, &&str)| mode.starts_with("100").then(|| (*id).to_owned());
    let mut texts: Vec<_> = modes.iter().zip(rest).map(text).collect();
    let newer = texts.pop()?;
    Some(FileChange { path: shown, older: texts, newer })
}

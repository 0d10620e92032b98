//! What was known on a day: the last commit that rests on nothing later.

use std::collections::HashMap;

use super::repository::is_id;
use super::{Commit, DayOf, Repository, RevisionError};
use crate::calendar::Day;
use crate::history::{Backwards, backwards};

/// The commit that holds what was known on a day.
#[derive(Clone, Debug)]
pub struct KnownOn {
    /// The commit.
    pub commit: Commit,
    /// Where dates run backwards along the history that was looked at, each commit with the one that it follows.
    pub backwards: Vec<(Commit, Commit)>,
}

impl Repository {
    /// The last commit, from `tip` on back over first parents, that neither is from after a day nor follows a commit
    /// that is: whatever date a commit names, nothing that was committed later is in the state of an earlier day.
    pub fn known_on(&self, tip: &Commit, day: Day, day_of: DayOf<'_>) -> Result<KnownOn, RevisionError> {
        let arguments =
            ["rev-list", "--topo-order", "--reverse", "--parents", "--timestamp", "--end-of-options", &tip.id];
        let dated = self.ask(&arguments).map_err(|error| error.in_commit(&tip.id))?;
        let line = Line::all(&dated);
        // A moment that no calendar has comes after every day.
        let days: Vec<Day> = line.iter().map(|one| day_of(one.commit.at).unwrap_or(Day::last())).collect();
        let parents: Vec<&[usize]> = line.iter().map(|one| one.parents.as_slice()).collect();
        let mut latest: Vec<Day> = Vec::with_capacity(days.len());
        for (own, parents) in days.iter().zip(&parents) {
            let before = parents.iter().map(|parent| latest[*parent]).max();
            latest.push(before.map_or(*own, |before| before.max(*own)));
        }
        let mut at = line.len().checked_sub(1);
        while let Some(later) = at.filter(|at| latest[*at] > day) {
            at = parents[later].first().copied();
        }
        let commit = |at: usize| line.get(at).map(|one| one.commit.clone());
        let nothing = || RevisionError::NothingBy { day, is_shallow: self.is_shallow() };
        let found = at.and_then(commit).ok_or_else(nothing)?;
        let backwards = backwards(&days, &parents);
        let pair = |one: Backwards| Some((commit(one.commit)?, commit(one.follows)?));
        Ok(KnownOn { commit: found, backwards: backwards.into_iter().filter_map(pair).collect() })
    }
}

/// A commit with the positions of those that it follows.
struct Line {
    commit: Commit,
    parents: Vec<usize>,
}

impl Line {
    /// Lines of a moment, an id, and the ids of what it follows; each comes after those.
    fn all(said: &[u8]) -> Vec<Self> {
        let mut lines: Vec<Self> = Vec::new();
        let mut positions: HashMap<String, usize> = HashMap::new();
        for told in said.split(|byte| *byte == b'\n').filter_map(|line| std::str::from_utf8(line).ok()) {
            let mut words = told.split(' ');
            let at = words.next().and_then(|at| at.parse().ok()).unwrap_or(i64::MAX);
            let Some(id) = words.next().filter(|id| is_id(id)) else { continue };
            let parents = words.filter_map(|parent| positions.get(parent).copied()).collect();
            positions.insert(id.to_owned(), lines.len());
            lines.push(Self { commit: Commit { id: id.to_owned(), at }, parents });
        }
        lines
    }
}

//! Which problems are new, and which are gone.

use std::collections::BTreeMap;

use crate::problems::{Level, Problem, ProblemName};
use crate::text::{FileId, Source};

type Key<'p> = (ProblemName, Level, &'p str, &'p str, Option<&'p str>);

/// The problems of the newer state that the older has not, and the other way about. A problem that has only moved to
/// another line of its file is the same.
pub fn new_and_gone<'p>(
    (older, older_sources): (&'p [Problem], &'p [Source]),
    (newer, newer_sources): (&'p [Problem], &'p [Source]),
) -> (Vec<&'p Problem>, Vec<&'p Problem>) {
    let new = beyond(newer, newer_sources, older, older_sources);
    let gone = beyond(older, older_sources, newer, newer_sources);
    (new, gone)
}

fn beyond<'p>(
    problems: &'p [Problem],
    sources: &'p [Source],
    others: &'p [Problem],
    other_sources: &'p [Source],
) -> Vec<&'p Problem> {
    let mut known: BTreeMap<Key<'_>, usize> = BTreeMap::new();
    for other in others {
        *known.entry(key(other, other_sources)).or_default() += 1;
    }
    let mut is_known = |problem| {
        let left = known.get_mut(&key(problem, sources)).filter(|left| **left > 0);
        left.map(|left| *left -= 1).is_some()
    };
    problems.iter().filter(|problem| !is_known(*problem)).collect()
}

fn key<'p>(problem: &'p Problem, sources: &'p [Source]) -> Key<'p> {
    let FileId(file) = problem.file;
    let path = sources.get(file as usize).map_or("", |source| source.path.raw());
    (problem.name, problem.level, path, &problem.message, problem.help.as_deref())
}

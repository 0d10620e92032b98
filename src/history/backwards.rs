//! Where the dates of commits run backwards.

use crate::calendar::Day;

/// A commit that says that it was made on an earlier day than one that it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backwards {
    /// The commit, as a position.
    pub commit: usize,
    /// The latest of those that it follows.
    pub follows: usize,
}

/// The commits that are dated before one that they follow directly; wherever dates run backwards, they do so at one of
/// these. `days` and `parents` are those of the commits, each after what it follows.
pub fn backwards(days: &[Day], parents: &[&[usize]]) -> Vec<Backwards> {
    let mut found = Vec::new();
    for (commit, (day, parents)) in days.iter().zip(parents).enumerate() {
        let before = parents.iter().copied().filter(|parent| days.get(*parent).is_some_and(|before| before > day));
        found.extend(before.max_by_key(|parent| days[*parent]).map(|follows| Backwards { commit, follows }));
    }
    found
}

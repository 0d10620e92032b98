//! Which sources are the same in two states of a folder.

use crate::text::{FileId, Source};

/// For each of the older sources the newer one with its path and its content, or with its path and another content.
#[derive(Clone, Debug, Default)]
pub struct Alike {
    /// For each older source the newer one at its path.
    pub(super) at_path: Vec<Option<usize>>,
    /// For each older source whether that one has the same content.
    pub(super) is_same: Vec<bool>,
}

impl Alike {
    /// Of sources in order of path. Where a path is there more than once, none of its sources is taken for another.
    pub fn of(older: &[Source], newer: &[Source]) -> Self {
        let is_single = |sources: &[Source], at: usize| {
            let has_path = |other: Option<&Source>| other.is_some_and(|other| other.path == sources[at].path);
            !has_path(at.checked_sub(1).and_then(|before| sources.get(before))) && !has_path(sources.get(at + 1))
        };
        let mut alike = Self::default();
        let mut next = 0;
        for (at, source) in older.iter().enumerate() {
            // Both are in order: what is passed over is before this one, and before all that follow.
            next += newer[next..].iter().take_while(|other| other.path < source.path).count();
            let found = newer.get(next).filter(|other| other.path == source.path).map(|_| next);
            let found = found.filter(|other| is_single(older, at) && is_single(newer, *other));
            alike.is_same.push(found.is_some_and(|other| newer[other].content == source.content));
            alike.at_path.push(found);
        }
        alike
    }

    /// For each older source the position of the newer one with the same path and content.
    pub fn same(&self) -> Vec<Option<usize>> {
        let both = self.at_path.iter().zip(&self.is_same);
        both.map(|(other, is_same)| other.filter(|_| *is_same)).collect()
    }

    pub(super) fn is_same(&self, older: FileId, newer: FileId) -> bool {
        let at = older.0 as usize;
        self.at_path.get(at).copied().flatten() == Some(newer.0 as usize) && self.is_same.get(at) == Some(&true)
    }
}

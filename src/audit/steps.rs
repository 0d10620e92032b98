//! What is altered in several steps is held against what stood there first.

use std::collections::HashMap;

use super::undone::{judged, told_by};
use crate::diff::{ChangeKind, FieldChange};
use crate::text::Text;

use serde_json::Value;

/// The entries that tell what has happened or was said: of these none is renewed.
const LASTING: [ChangeKind; 3] =
    [ChangeKind::Entry("report"), ChangeKind::Entry("ruling"), ChangeKind::Entry("session")];

/// What entries said before they were altered for the first time, of those of which nothing was told since.
#[derive(Debug, Default)]
pub(super) struct Steps(HashMap<(Text, ChangeKind, String), Step>);

/// The alterations of an entry so far.
#[derive(Clone, Debug)]
struct Step {
    first: Value,
    revisions: Vec<usize>,
}

impl Steps {
    /// An alteration of a record in a commit, from what stood there first, and the commits that altered it before. It
    /// counts as one more step.
    pub(super) fn joined(&mut self, at: usize, file: &Text, change: FieldChange) -> (FieldChange, Vec<usize>) {
        let name = |entry: &Option<Value>| {
            let told = told_by(change.what, entry.as_ref()?).filter(|_| LASTING.contains(&change.what))?;
            Some((file.clone(), change.what, told))
        };
        let (Some(was), Some(is)) = (name(&change.from), name(&change.to)) else { return (change, Vec::new()) };
        let known = self.0.remove(&was).or_else(|| Some(Step { first: change.from.clone()?, revisions: Vec::new() }));
        let Some(Step { first, revisions: earlier }) = known else { return (change, Vec::new()) };
        let is_back = Some(judged(&first)) == change.to.as_ref().map(judged);
        if is_back {
            return (change, Vec::new());
        }
        self.0.insert(is, Step { first: first.clone(), revisions: earlier.iter().copied().chain([at]).collect() });
        (FieldChange { from: Some(first), ..change }, earlier)
    }

    /// What was told of is begun anew.
    pub(super) fn told<'c>(&mut self, file: &Text, changes: impl IntoIterator<Item = &'c FieldChange>) {
        for change in changes {
            if let Some(told) = change.to.as_ref().and_then(|to| told_by(change.what, to)) {
                self.0.remove(&(file.clone(), change.what, told));
            }
        }
    }
}

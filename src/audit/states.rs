//! The records of a folder as each commit left them, from what the commits did: nothing is asked of git again.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::history::{FileChange, Revision};
use crate::text::Text;

/// The ids of the texts of all records, by path.
pub(super) type State = Rc<BTreeMap<Text, String>>;

/// The states of a folder along its history. The last one that was asked for is kept, so that asking in the order of
/// the commits costs no more than what lies between.
#[derive(Debug, Default)]
pub(super) struct States {
    last: Option<(usize, State)>,
}

impl States {
    /// The records as a commit left them.
    pub(super) fn at(&mut self, revisions: &[Revision], at: usize) -> State {
        let mut state = match &self.last {
            Some((known, state)) if *known == at => return Rc::clone(state),
            _ => State::default(),
        };
        let mut steps = Vec::new();
        let mut next = Some(at);
        while let Some(position) = next {
            if let Some((_, known)) = self.last.take_if(|(known, _)| *known == position) {
                state = known;
                break;
            }
            steps.push(position);
            next = revisions.get(position).and_then(|revision| revision.parents.first().copied());
        }
        let held = Rc::make_mut(&mut state);
        for revision in steps.into_iter().rev().filter_map(|position| revisions.get(position)) {
            for change in from_first_parent(revision) {
                match &change.newer {
                    Some(id) => drop(held.insert(change.path.clone(), id.clone())),
                    None => drop(held.remove(&change.path)),
                }
            }
        }
        self.last = Some((at, Rc::clone(&state)));
        state
    }
}

fn from_first_parent(revision: &Revision) -> &[FileChange] {
    if revision.parents.len() > 1 { revision.from_each.first().map_or(&[], Vec::as_slice) } else { &revision.changes }
}

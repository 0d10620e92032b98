//! Records that somebody names, in one folder or over several.

use super::named::Named;
use super::{Folder, FolderError};
use crate::records::RecordKind;
use crate::text::{Found, Nameable, did_you_mean, find_named};

/// What somebody meant by a name that several have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What should be called so: `student`.
    pub kind: &'static str,
    /// What was typed.
    pub typed: String,
    /// The id of the one that is meant.
    pub id: String,
}

/// Names are looked up in this.
#[derive(Clone, Copy, Debug)]
pub struct Naming<'n> {
    /// What is named: `student`.
    pub kind: &'static str,
    /// What to do where nothing is called so, and nothing like it.
    pub advice: &'n str,
    /// What was said already of names that several have.
    pub choices: &'n [Choice],
}

impl Naming<'_> {
    /// The position of the one that is named, and whether it was named otherwise than by its id. The error says that
    /// several can be meant, or none.
    pub fn find(&self, typed: &str, all: &[Nameable]) -> Result<(usize, bool), FolderError> {
        let chosen = self.choices.iter().find(|choice| choice.kind == self.kind && choice.typed == typed);
        match find_named(chosen.map_or(typed, |choice| &choice.id), all) {
            Found::ById(at) => Ok((at, chosen.is_some())),
            Found::ByName(at) => Ok((at, true)),
            Found::Several(fitting) => {
                let fits = fitting.into_iter().filter_map(|at| all.get(at)).map(Named::of).collect();
                Err(FolderError::NamesSeveral { kind: self.kind, typed: typed.to_owned(), fits })
            }
            Found::Nothing => {
                let ids: Vec<&str> = all.iter().flat_map(|one| &one.ids).map(String::as_str).collect();
                let names: Vec<&str> = all.iter().filter_map(|one| one.name.as_deref()).collect();
                let near = did_you_mean(typed, ids).or_else(|| did_you_mean(typed, names));
                let advice = near.unwrap_or_else(|| self.advice.to_owned());
                Err(FolderError::NoSuchId { kind: self.kind, id: typed.to_owned(), advice })
            }
        }
    }

    /// The ids, as they are shown, of those that are named; one that is typed as it stands stays so.
    pub fn ids(&self, typed: &[String], all: &[Nameable]) -> Result<Vec<String>, FolderError> {
        let id = |typed: &String| {
            let (at, by_name) = self.find(typed, all)?;
            let shown = all.get(at).and_then(|one| one.ids.first()).filter(|_| by_name);
            Ok(shown.unwrap_or(typed).clone())
        };
        typed.iter().map(id).collect()
    }
}

/// What the records of a kind are called in all these folders. One that is in several, as in two states of one folder, is
/// there once, with all its names.
pub(super) fn nameable(folders: &[Folder], kind: RecordKind) -> Vec<Nameable> {
    let mut all: Vec<Nameable> = Vec::new();
    for Folder { name, case, .. } in folders {
        for mut one in case.records.nameable(kind) {
            one.ids = one.ids.iter().flat_map(|id| name.typed(id)).collect();
            all.push(one);
        }
    }
    merged(all)
}

/// Those with one id as one.
pub(super) fn merged(mut all: Vec<Nameable>) -> Vec<Nameable> {
    all.sort_by(|one, other| one.ids.first().cmp(&other.ids.first()));
    all.dedup_by(|later, one| {
        let is_same = later.ids.first() == one.ids.first();
        if is_same {
            one.name = one.name.take().or_else(|| later.name.clone());
            one.also.extend(later.name.take().into_iter().chain(later.also.drain(..)));
        }
        is_same
    });
    all
}

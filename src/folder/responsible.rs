//! From whom something is due: the roles and people that an answer is about.

use super::{Folder, FolderError, FolderName, Selection};
use crate::calendar::Day;
use crate::judgement::{Person, Role};
use crate::text::{Text, did_you_mean, visible};

/// What is shown where nothing else is asked for.
pub const EVERYTHING: &str = "what is due";

/// Whose obligations an answer is about: those of the roles and people that are named here, or of everybody.
#[derive(Clone, Debug, Default)]
pub struct ResponsibleFilter(pub Vec<String>);

impl ResponsibleFilter {
    /// Whether every role and person that was asked for is there: to print nothing for a misspelt one would be a wrong
    /// answer.
    pub fn must_match(&self, folders: &[Folder]) -> Result<(), FolderError> {
        let known = known(folders);
        let is_known = |word: &&String| Role::from_word(word).is_some() || known.iter().any(|one| is_name(word, one));
        let Some(name) = self.0.iter().find(|word| !is_known(word)).cloned() else { return Ok(()) };
        let roles: Vec<_> = Role::ALL.into_iter().map(Role::word).collect();
        let near = did_you_mean(&name, roles.iter().copied().chain(known.iter().map(String::as_str)));
        let advice = near.unwrap_or_else(|| format!("the roles are {}", roles.join(", ")));
        Err(FolderError::NoSuchPerson { name, advice })
    }

    /// Whether a person is among those who were asked for.
    pub fn keeps(&self, person: Option<&Person<'_>>, folder: &FolderName) -> bool {
        let is = |word: &String, person: &Person<'_>| match Role::from_word(word) {
            Some(role) => person.role == role,
            None => is_name(word, person.name.raw()) || person.id.is_some_and(|id| folder.is_id(word, id)),
        };
        self.0.is_empty() || person.is_some_and(|person| self.0.iter().any(|word| is(word, person)))
    }

    /// What of everything that is owed is shown, in words; none where it is all of it:
    /// `what is due from the convenor by 3 March 2026 and concerns the course london-2025`.
    pub fn shown_only(&self, what: &str, by: Option<Day>, selection: &Selection) -> Option<String> {
        let parts = [
            self.words().map(|words| format!(" from {words}")),
            by.map(|by| format!(" by {by}")),
            selection.words().map(|words| format!(" and concerns {words}")),
        ];
        let parts = parts.into_iter().flatten().collect::<String>();
        (what != EVERYTHING || !parts.is_empty()).then(|| format!("{what}{parts}"))
    }

    /// Who was asked for, in words; none where everybody is.
    pub fn words(&self) -> Option<String> {
        let words = self.0.iter().map(|word| match Role::from_word(word) {
            Some(role) => format!("the {}", role.title()),
            None => visible(word),
        });
        let words: Vec<_> = words.collect();
        (!words.is_empty()).then(|| words.join(" or "))
    }
}

/// A name or an id as it was typed, in whatever letters.
fn is_name(typed: &str, name: &str) -> bool {
    typed.to_lowercase() == name.to_lowercase()
}

/// Every id and name of a person who can owe something.
fn known(folders: &[Folder]) -> Vec<String> {
    let mut known = Vec::new();
    for Folder { name, case, .. } in folders {
        let records = &case.records;
        let ids = records.students.iter().map(|entry| &entry.id);
        let ids = ids.chain(records.supervisors.iter().map(|entry| &entry.id));
        known.extend(ids.flat_map(|id| name.typed(id)));
        let students = records.students.iter().filter_map(|entry| entry.record.as_deref());
        let managers = students.clone().flat_map(|student| &student.arrangement);
        let managers = managers.filter_map(|arrangement| arrangement.line_manager.as_ref());
        let supervisors = records.supervisors.iter().filter_map(|entry| entry.record.as_deref());
        let convenors = records.courses.iter().filter_map(|entry| entry.record.as_deref());
        let names = students.map(|student| &student.name);
        let names = names.chain(supervisors.map(|supervisor| &supervisor.name));
        let names = names.chain(convenors.map(|course| &course.convenor));
        let names = names.chain(managers.map(|manager| &manager.name));
        known.extend(names.map(|name: &Text| name.raw().to_owned()));
    }
    known
}

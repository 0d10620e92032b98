//! From whom something is due: the roles and people that an answer is about.

use std::collections::HashMap;

use super::naming::nameable;
use super::{Choice, Folder, FolderError, FolderName, Naming, Selection};
use crate::calendar::Day;
use crate::judgement::{Person, Role};
use crate::records::RecordKind;
use crate::text::{Nameable, did_you_mean, visible};

/// What is shown where nothing else is asked for.
pub const EVERYTHING: &str = "what is due";

/// Whose obligations an answer is about: those of the roles and people that are named here, or of everybody.
#[derive(Clone, Debug, Default)]
pub struct ResponsibleFilter(pub Vec<String>);

impl ResponsibleFilter {
    /// The filter with every person that is named in it by a whole name or id. The error says that one is not there, for
    /// to print nothing for a misspelt one would be a wrong answer, or that several can be meant.
    pub fn named(self, folders: &[Folder], choices: &[Choice]) -> Result<Self, FolderError> {
        if self.0.iter().all(|word| Role::from_word(word).is_some()) {
            return Ok(self);
        }
        let people = people(folders);
        let name = |word: String| {
            if Role::from_word(&word).is_some() {
                return Ok(word);
            }
            let (at, by_name) =
                Naming { kind: "person", advice: "", choices }.find(&word, &people).map_err(|error| {
                    if matches!(error, FolderError::NamesSeveral { .. }) { error } else { nobody(&word, &people) }
                })?;
            let Some(person) = people.get(at).filter(|_| by_name) else { return Ok(word) };
            Ok(person.name.as_ref().or(person.ids.first()).unwrap_or(&word).clone())
        };
        self.0.into_iter().map(name).collect::<Result<_, _>>().map(Self)
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

/// The error that nobody is called so.
fn nobody(word: &str, people: &[Nameable]) -> FolderError {
    let roles: Vec<_> = Role::ALL.into_iter().map(Role::word).collect();
    let known = people.iter().flat_map(|one| one.ids.iter().chain(&one.name)).map(String::as_str);
    let near = did_you_mean(word, roles.iter().copied().chain(known).collect::<Vec<_>>());
    let advice = near.unwrap_or_else(|| format!("the roles are {}", roles.join(", ")));
    FolderError::NoSuchPerson { name: word.to_owned(), advice }
}

/// Every person who can owe something. Who has a name in several records is one person.
fn people(folders: &[Folder]) -> Vec<Nameable> {
    let mut all = nameable(folders, RecordKind::Student);
    all.extend(nameable(folders, RecordKind::Supervisor));
    for Folder { case, .. } in folders {
        let records = &case.records;
        let students = records.students.iter().filter_map(|entry| entry.record.as_deref());
        let arrangements = students.flat_map(|student| &student.arrangement);
        let managers = arrangements.filter_map(|one| one.line_manager.as_ref()).map(|manager| &manager.name);
        let courses = records.courses.iter().filter_map(|entry| entry.record.as_deref());
        let names = managers.chain(courses.map(|course| &course.convenor));
        all.extend(names.map(|name| Nameable { name: Some(name.raw().to_owned()), ..Nameable::default() }));
    }
    let mut people: Vec<Nameable> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for one in all {
        let known = one.name.as_ref().map(|name| *by_name.entry(name.to_lowercase()).or_insert(people.len()));
        match known.and_then(|at| people.get_mut(at)) {
            Some(person) => person.ids.extend(one.ids),
            None => people.push(one),
        }
    }
    people
}

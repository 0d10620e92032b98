//! From whom something is due: the roles and people that the answer is about.

use anyhow::bail;
use gwp::calendar::Day;
use gwp::judgement::{Person, Role};
use gwp::text::{Text, visible};

use super::folders::Opened;
use super::selection::{Selection, nearest};

/// What is shown where nothing else is asked for.
pub const EVERYTHING: &str = "what is due";

/// Whose obligations are shown: those of some roles and people, or all.
#[derive(Debug)]
pub struct Owing {
    wanted: Vec<Wanted>,
}

#[derive(Debug)]
enum Wanted {
    Role(Role),
    /// The id or the name of a person; in a run over several folders an id with the folder's name before it too.
    Person(String),
}

impl Owing {
    /// Those that were asked for. The error says that no record names such a person.
    pub fn new(asked: &[String], opened: &[Opened]) -> anyhow::Result<Self> {
        let known = known(opened);
        let mut wanted = Vec::new();
        for word in asked {
            if let Some(role) = Role::from_word(word) {
                wanted.push(Wanted::Role(role));
            } else if known.iter().any(|one| one == word) {
                wanted.push(Wanted::Person(word.clone()));
            } else {
                let roles: Vec<_> = Role::ALL.into_iter().map(Role::word).collect();
                let near = nearest(word, roles.iter().copied().chain(known.iter().map(String::as_str)));
                let advice = near.unwrap_or_else(|| format!("the roles are {}", roles.join(", ")));
                bail!("no role and no person is called \"{}\"; {advice}", visible(word));
            }
        }
        Ok(Self { wanted })
    }

    /// Whether somebody is among those who were asked for. `folder` is the folder's name where ids are shown with it.
    pub fn keeps(&self, person: Option<&Person<'_>>, folder: Option<&Text>) -> bool {
        self.wanted.is_empty()
            || person.is_some_and(|person| self.wanted.iter().any(|wanted| wanted.is(person, folder)))
    }

    /// Whether people were asked for, and not only roles: who holds a role of a student can change.
    pub fn names_people(&self) -> bool {
        self.wanted.iter().any(|wanted| matches!(wanted, Wanted::Person(_)))
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
        let words = self.wanted.iter().map(|wanted| match wanted {
            Wanted::Role(role) => format!("the {}", role.title()),
            Wanted::Person(person) => visible(person),
        });
        let words: Vec<_> = words.collect();
        (!words.is_empty()).then(|| words.join(" or "))
    }
}

impl Wanted {
    fn is(&self, person: &Person<'_>, folder: Option<&Text>) -> bool {
        match self {
            Self::Role(role) => person.role == *role,
            Self::Person(wanted) => {
                let is_id = |id: &Text| {
                    let with_folder = folder.and_then(|folder| wanted.strip_prefix(folder.raw())?.strip_prefix('/'));
                    wanted == id.raw() || with_folder == Some(id.raw())
                };
                person.name.raw() == wanted || person.id.is_some_and(is_id)
            }
        }
    }
}

/// Every id and name of somebody who can owe something.
fn known(opened: &[Opened]) -> Vec<String> {
    let mut known = Vec::new();
    for folder in opened {
        let records = &folder.case.records;
        let mut add_id = |id: &Text| known.extend([id.raw().to_owned(), format!("{}/{}", folder.name.raw(), id.raw())]);
        records.students.iter().for_each(|entry| add_id(&entry.id));
        records.supervisors.iter().for_each(|entry| add_id(&entry.id));
        let students = records.students.iter().filter_map(|entry| entry.record.as_ref());
        let managers = students.clone().flat_map(|student| &student.arrangement);
        let managers = managers.filter_map(|arrangement| arrangement.line_manager.as_ref());
        let supervisors = records.supervisors.iter().filter_map(|entry| entry.record.as_ref());
        let convenors = records.courses.iter().filter_map(|entry| entry.record.as_ref());
        known.extend(students.map(|student| student.name.raw().to_owned()));
        known.extend(supervisors.map(|supervisor| supervisor.name.raw().to_owned()));
        known.extend(convenors.map(|course| course.convenor.raw().to_owned()));
        known.extend(managers.map(|manager| manager.name.raw().to_owned()));
    }
    known
}

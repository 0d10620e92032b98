//! From whom something is due: the roles and people that the answer is about.

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::calendar::Day;
use gwp::judgement::{Person, Role};
use gwp::text::{Text, visible};

use super::folders::Opened;
use super::selection::{Selection, is_id, nearest};

/// What is shown where nothing else is asked for.
pub const EVERYTHING: &str = "what is due";

/// A filter: whose obligations are shown.
#[derive(Debug, ClapArgs)]
pub struct Owing {
    /// Only what is due from these: student, workplace-supervisor, wrg-supervisor, convenor, line-manager, or the id or
    /// name of a person; can be given several times
    #[arg(long, value_name = "ROLE|ID")]
    from: Vec<String>,
}

impl Owing {
    /// Whether every role and person that was asked for is there: to print nothing for a misspelt one would be a wrong
    /// answer.
    pub fn must_match(&self, opened: &[Opened], several: bool) -> anyhow::Result<()> {
        let known = known(opened, several);
        for word in &self.from {
            if Role::from_word(word).is_none() && !known.iter().any(|one| is_name(word, one)) {
                let roles: Vec<_> = Role::ALL.into_iter().map(Role::word).collect();
                let near = nearest(word, roles.iter().copied().chain(known.iter().map(String::as_str)));
                let advice = near.unwrap_or_else(|| format!("the roles are {}", roles.join(", ")));
                bail!("no role and no person is called \"{}\"; {advice}", visible(word));
            }
        }
        Ok(())
    }

    /// Whether somebody is among those who were asked for. `folder` is the folder's name where ids are shown with it.
    pub fn keeps(&self, person: Option<&Person<'_>>, folder: Option<&Text>) -> bool {
        let is = |word: &String, person: &Person<'_>| match Role::from_word(word) {
            Some(role) => person.role == role,
            None => is_name(word, person.name.raw()) || person.id.is_some_and(|id| is_id(word, id, folder)),
        };
        self.from.is_empty() || person.is_some_and(|person| self.from.iter().any(|word| is(word, person)))
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
        let words = self.from.iter().map(|word| match Role::from_word(word) {
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

/// Every id and name of somebody who can owe something; ids with the folder's name too, where they are shown with it.
fn known(opened: &[Opened], several: bool) -> Vec<String> {
    let mut known = Vec::new();
    for folder in opened {
        let records = &folder.case.records;
        let mut add_id = |id: &Text| {
            known.push(id.raw().to_owned());
            known.extend(several.then(|| format!("{}/{}", folder.name.raw(), id.raw())));
        };
        records.students.iter().for_each(|entry| add_id(&entry.id));
        records.supervisors.iter().for_each(|entry| add_id(&entry.id));
        let students = records.students.iter().filter_map(|entry| entry.record.as_deref());
        let managers = students.clone().flat_map(|student| &student.arrangement);
        let managers = managers.filter_map(|arrangement| arrangement.line_manager.as_ref());
        let supervisors = records.supervisors.iter().filter_map(|entry| entry.record.as_deref());
        let convenors = records.courses.iter().filter_map(|entry| entry.record.as_deref());
        known.extend(students.map(|student| student.name.raw().to_owned()));
        known.extend(supervisors.map(|supervisor| supervisor.name.raw().to_owned()));
        known.extend(convenors.map(|course| course.convenor.raw().to_owned()));
        known.extend(managers.map(|manager| manager.name.raw().to_owned()));
    }
    known
}

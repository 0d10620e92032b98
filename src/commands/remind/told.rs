//! `gwp remind --show`: what a person has been told.

use std::path::Path;

use anyhow::bail;
use gwp::Folder;
use gwp::folder::{FolderError, ResponsibleFilter};
use gwp::judgement::Role;
use gwp::reports::ToldReport;
use gwp::text::Text;

use super::super::context::Context;
use super::super::format::Format;
use super::super::{Ending, tables};
use super::earlier::{Recorded, kept_place};

/// Shows what the records of letters say that a person has been told.
pub fn show(
    typed: &str,
    place: Option<&Path>,
    folders: &[Folder],
    format: Format,
    context: &mut Context<'_>,
) -> anyhow::Result<Ending> {
    let kept = || kept_place(folders, context.now.into());
    let Some(place) = place.map(Path::to_owned).or_else(kept) else {
        bail!("say with --letters where the letters lie")
    };
    if Role::from_word(typed).is_some() {
        bail!("--show is about one person; name the person");
    }
    let recorded = Recorded::read(&place)?;
    recorded.say_unread("what it said is not shown")?;
    if !recorded.is_there {
        bail!("no record of letters lies in {} or next to it", gwp::files::shown(&place));
    }
    let filter = ResponsibleFilter(vec![typed.to_owned()]).named(folders, &context.choices);
    let name = match filter {
        Ok(filter) => filter.0.into_iter().next().map(|word| name_of(&word, folders).unwrap_or(word)),
        // Who has left the folder is still in the record.
        Err(FolderError::NoSuchPerson { .. }) if recorded.letters.iter().any(|(_, letter)| letter.is_to(typed)) => None,
        Err(error) => return Err(error.into()),
    };
    let is_asked = |name: &String| name.to_lowercase() != typed.trim().to_lowercase();
    let name = name.filter(is_asked);
    let person = Text::new(name.as_deref().unwrap_or(typed.trim()));
    let letters = recorded.letters.into_iter().filter(|(_, letter)| letter.is_to(person.raw()));
    let report = ToldReport { person: &person, letters: letters.collect() };
    tables::print(&[report], format, context)?;
    Ok(Ending::Clean)
}

/// The name of the person with an id, as a letter has it.
fn name_of(id: &str, folders: &[Folder]) -> Option<String> {
    let of_folder = |folder: &Folder| {
        let records = &folder.case.records;
        let students = records.students.iter().filter(|entry| folder.name.is_id(id, &entry.id));
        let students = students.filter_map(|entry| entry.record.as_deref()).map(|record| &record.name);
        let supervisors = records.supervisors.iter().filter(|entry| folder.name.is_id(id, &entry.id));
        let supervisors = supervisors.filter_map(|entry| entry.record.as_deref()).map(|record| &record.name);
        students.chain(supervisors).next().map(|name| name.raw().to_owned())
    };
    folders.iter().find_map(of_folder)
}

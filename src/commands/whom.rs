//! Whom a command is about, where that was not said.

use std::io::Write as _;

use anyhow::bail;
use gwp::Folder;
use gwp::folder::{FolderError, Named, Naming, Selection};
use gwp::recording::{Identified, RecordingError, RecordingSession};
use gwp::records::RecordKind;
use gwp::text::Text;

use super::asking::Asking;
use super::context::Context;
use super::naming::{must_be_a_name, one_of};
use super::surroundings::Surroundings;

/// What a record of a kind is called in the help of a command, and in a sentence; and how a list of all is got.
pub fn called(kind: RecordKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        RecordKind::Session => ("LOG", "log", "\"gwp list groups\" shows those of groups"),
        RecordKind::Student => ("STUDENT", "student", "\"gwp list students\" shows them all"),
        RecordKind::Supervisor => ("SUPERVISOR", "supervisor", "\"gwp list supervisors\" shows them all"),
        RecordKind::Meeting => ("MEETING", "meeting", "\"gwp list meetings\" shows them all"),
        RecordKind::Course | RecordKind::Gwp => ("COURSE", "course", "\"gwp list courses\" shows them all"),
    }
}

/// The id of the record that a command records something of, from somebody at a terminal. The error says that it is needed.
pub fn record<T: Identified>(
    context: &Context<'_>,
    look: impl FnOnce() -> anyhow::Result<RecordingSession>,
) -> anyhow::Result<Text> {
    must_be_somebody(T::KIND, context)?;
    let seen = look()?;
    let meant = asked(T::KIND, |typed| match seen.find::<T>(typed) {
        Ok(entry) if entry.id.raw() == typed => Ok(Ok(entry.id.clone())),
        Ok(entry) => must_be_a_name(typed).map(|()| Ok(entry.id.clone())),
        Err(RecordingError::Folder(FolderError::NamesSeveral { kind, typed, fits })) => {
            must_be_a_name(&typed).map(|()| Err((kind, typed, fits)))
        }
        Err(error) => Err(error.with_help()),
    })?;
    let id = match meant {
        Ok(id) => id,
        Err((kind, typed, fits)) => Text::new(one_of(kind, &typed, &fits)?),
    };
    // The questions that follow do not say of whom they are.
    let all = seen.before.case.records.nameable(T::KIND);
    let named = all.iter().find(|one| one.ids.iter().any(|known| known == id.raw())).map(Named::of);
    if let Some(named) = named {
        writeln!(Surroundings::terminal().1, "{named}:")?;
    }
    Ok(id)
}

/// A student of case folders, from somebody at a terminal. The error says that one is needed.
pub fn student(folders: &[Folder], context: &Context<'_>) -> anyhow::Result<String> {
    must_be_somebody(RecordKind::Student, context)?;
    asked(RecordKind::Student, |typed| {
        let student = typed.to_owned();
        let named = Selection::of_students(std::slice::from_ref(&student)).named(folders, &[]);
        named.map(|_| student).map_err(|error| told(&error))
    })
}

/// A supervisor of a case folder, from somebody at a terminal. The error says that one is needed.
pub fn supervisor(folder: &Folder, context: &Context<'_>) -> anyhow::Result<String> {
    must_be_somebody(RecordKind::Supervisor, context)?;
    let (_, kind, advice) = called(RecordKind::Supervisor);
    let all = folder.case.records.nameable(RecordKind::Supervisor);
    let naming = Naming { kind, advice, choices: &[] };
    asked(RecordKind::Supervisor, |typed| {
        naming.find(typed, &all).map(|_| typed.to_owned()).map_err(|error| told(&error))
    })
}

fn told(error: &FolderError) -> String {
    format!("{error}; {}", error.help())
}

fn must_be_somebody(kind: RecordKind, context: &Context<'_>) -> anyhow::Result<()> {
    let (_, what, advice) = called(kind);
    if !context.is_somebody_there {
        bail!("which {what} is needed; say it behind the command, by id or name; {advice}");
    }
    Ok(())
}

fn asked<T>(kind: RecordKind, read: impl Fn(&str) -> Result<T, String>) -> anyhow::Result<T> {
    let (mut answers, mut questions) = Surroundings::terminal();
    let asks = format!("Which {} (the name, a part of it, or the id)", called(kind).1);
    Asking::of(&mut answers, &mut questions).needed(None, "", &asks, read)
}

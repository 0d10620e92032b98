//! Whom a command is about, where that was not said.

use anyhow::bail;
use gwp::Folder;
use gwp::folder::{FolderError, Naming, Selection};
use gwp::recording::{Identified, RecordingError, RecordingSession};
use gwp::records::RecordKind;
use gwp::text::Text;

use super::asking::Asking;
use super::context::Context;
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
    let told =
        |error: RecordingError| error.help().map_or_else(|| error.to_string(), |help| format!("{error}; {help}"));
    asked(T::KIND, |typed| seen.find::<T>(typed).map(|entry| entry.id.clone()).map_err(told))
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

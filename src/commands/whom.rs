//! Whom a command is about, where that was not said.

use std::io::Write as _;

use anyhow::bail;
use gwp::Folder;
use gwp::folder::{FolderError, Named, Naming, Selection};
use gwp::recording::{Identified, RecordingError, RecordingSession};
use gwp::records::RecordKind;
use gwp::text::{Text, few, within_a_sentence};

use super::asking::{Asking, MOST_SHOWN};
use super::context::Context;
use super::naming::{SHORTEST_OF_PEOPLE, must_be_a_name, one_of, shortest};
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

/// The id of the record that a command is about, from somebody at a terminal, who has `seen` the folder. The error says that
/// it is needed.
pub fn record<T: Identified>(seen: Option<&RecordingSession>) -> anyhow::Result<Text> {
    let Some(seen) = seen else { bail!(needed(T::KIND)) };
    let id = record_or_word::<T>(&which(T::KIND), &[], seen)?;
    // The questions that follow do not say of whom they are.
    let all = seen.before.case.records.nameable(T::KIND);
    let named = all.iter().find(|one| one.ids.iter().any(|known| known == id.raw())).map(Named::of);
    if let Some(named) = named {
        writeln!(Surroundings::terminal().1, "{named}:")?;
    }
    Ok(id)
}

/// One of some words, or the id of a record, as somebody at a terminal says it.
pub fn record_or_word<T: Identified>(asks: &str, words: &[&str], seen: &RecordingSession) -> anyhow::Result<Text> {
    let meant = asked((T::KIND, asks), &seen.names(T::KIND), |typed| {
        if let Some(word) = words.iter().find(|word| word.eq_ignore_ascii_case(typed)) {
            return Ok(Ok(Text::new(*word)));
        }
        match seen.find::<T>(typed) {
            Ok(entry) if entry.id.raw() == typed => Ok(Ok(entry.id.clone())),
            Ok(entry) => must_be_a_name(typed, shortest(T::KIND)).map(|()| Ok(entry.id.clone())),
            Err(error) => several_or_fault(error, shortest(T::KIND)).map(Err),
        }
    })?;
    match meant {
        Ok(id) => Ok(id),
        Err(several) => Ok(Text::new(one_of(several.kind, &several.typed, &several.fits)?)),
    }
}

/// The record of any kind that a command is about, with its kind before its id, from somebody at a terminal, who has `seen`
/// the folder. The error says that one is needed.
pub fn any_record(seen: Option<&RecordingSession>) -> anyhow::Result<(RecordKind, Text)> {
    const ASKS: &str = "Which student, supervisor, log, course or meeting (the name, a part of it, or the id)";
    let Some(seen) = seen else {
        bail!(
            "which record is needed; say it behind the command, by id or name; \"gwp list students\", \"gwp list \
             supervisors\" and \"gwp list groups\" show them"
        );
    };
    let known = |id: &str| seen.record_named(id).map(|named| (named.kind, named.id));
    let ask = || {
        let (mut answers, mut questions) = Surroundings::terminal();
        Asking::of(&mut answers, &mut questions).needed(None, "", ASKS, |typed| match known(typed) {
            Ok(found) if found.1.raw() == typed => Ok(Ok(found)),
            Ok(found) => must_be_a_name(typed, shortest(found.0)).map(|()| Ok(found)),
            Err(error) => several_or_fault(error, SHORTEST_OF_PEOPLE).map(Err),
        })
    };
    match ask()? {
        Ok(found) => Ok(found),
        Err(several) => Ok(known(&one_of(several.kind, &several.typed, &several.fits)?)?),
    }
}

/// Something else that a command needs: what was `said`, or else the answer of somebody at a terminal. The error shows an
/// example of the command.
pub fn said_or_asked<T>(
    said: Option<T>,
    asks: &str,
    example: &str,
    context: &Context<'_>,
    read: impl Fn(&str) -> Result<T, String>,
) -> anyhow::Result<T> {
    if said.is_none() && !context.is_somebody_there {
        bail!("{} is needed, such as {example}", within_a_sentence(asks));
    }
    let (mut answers, mut questions) = Surroundings::terminal();
    Asking::of(&mut answers, &mut questions).needed(said, "", asks, read)
}

/// A student of case folders, from somebody at a terminal. The error says that one is needed.
pub fn student(folders: &[Folder], context: &Context<'_>) -> anyhow::Result<String> {
    must_be_somebody(RecordKind::Student, context)?;
    let all: Vec<_> = folders.iter().flat_map(|one| one.case.records.nameable(RecordKind::Student)).collect();
    asked((RecordKind::Student, &which(RecordKind::Student)), &Named::each_shown(&all), |typed| {
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
    asked((RecordKind::Supervisor, &which(RecordKind::Supervisor)), &Named::each_shown(&all), |typed| {
        naming.find(typed, &all).map(|_| typed.to_owned()).map_err(|error| told(&error))
    })
}

fn told(error: &FolderError) -> String {
    format!("{error}; {}", error.help())
}

/// The records that a name could mean.
struct Several {
    kind: &'static str,
    typed: String,
    fits: Vec<Named>,
}

/// Those that could be meant, where that is why nothing was found; or else what is wrong.
fn several_or_fault(error: RecordingError, shortest: usize) -> Result<Several, String> {
    match error {
        RecordingError::Folder(FolderError::NamesSeveral { kind, typed, fits }) => {
            must_be_a_name(&typed, shortest).map(|()| Several { kind, typed, fits })
        }
        error => Err(error.with_help()),
    }
}

/// An error where nobody is at a terminal who could say which record of a kind is meant.
fn must_be_somebody(kind: RecordKind, context: &Context<'_>) -> anyhow::Result<()> {
    if !context.is_somebody_there {
        bail!(needed(kind));
    }
    Ok(())
}

fn needed(kind: RecordKind) -> String {
    let (_, what, advice) = called(kind);
    format!("which {what} is needed; say it behind the command, by id or name; {advice}")
}

/// The question which record of a kind is meant.
fn which(kind: RecordKind) -> String {
    format!("Which {} (the name, a part of it, or the id)", called(kind).1)
}

/// Asks which record of a kind is meant; `names` are those that there are.
fn asked<T>(
    (kind, asks): (RecordKind, &str),
    names: &[String],
    read: impl Fn(&str) -> Result<T, String>,
) -> anyhow::Result<T> {
    let (mut answers, mut questions) = Surroundings::terminal();
    let advice = called(kind).2;
    Asking::of(&mut answers, &mut questions).needed(None, "", asks, |typed| match typed {
        "?" => Err(format!("it can be {}; {advice}", few(names, MOST_SHOWN, "; "))),
        typed => read(typed),
    })
}

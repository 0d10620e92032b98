//! What was named, where several have the name: somebody at a terminal says which is meant.

use std::io::Write as _;

use gwp::folder::{Choice, FolderError, Named};
use gwp::recording::RecordingError;
use gwp::records::RecordKind;
use gwp::text::{Found, Nameable, find_named, visible};

use super::asking::Asking;
use super::surroundings::Surroundings;

/// Asks which is meant, where that is why a command stopped.
pub fn which_is_meant(error: &anyhow::Error) -> anyhow::Result<Option<Choice>> {
    let of_folder = error.downcast_ref::<FolderError>();
    let of_recording = || match error.downcast_ref::<RecordingError>() {
        Some(RecordingError::Folder(error)) => Some(error),
        _ => None,
    };
    let Some(FolderError::NamesSeveral { kind, typed, fits }) = of_folder.or_else(of_recording) else {
        return Ok(None);
    };
    let id = one_of(kind, typed, fits)?;
    Ok(Some(Choice { kind, typed: typed.clone(), id }))
}

/// The id of the one of several that is meant, from somebody at a terminal, who sees them with numbers.
pub fn one_of(kind: &str, typed: &str, fits: &[Named]) -> anyhow::Result<String> {
    let (mut answers, mut questions) = Surroundings::terminal();
    writeln!(questions, "\"{}\" fits several {kind}s:", visible(typed))?;
    for (at, one) in fits.iter().enumerate() {
        writeln!(questions, "{:>3}  {one}", at + 1)?;
    }
    let asks = "Which is meant (its number, or more of the name)";
    Asking::of(&mut answers, &mut questions).needed(None, "the id", asks, |answer| meant(answer, fits))
}

/// The letters that the name of somebody has at least: Jo is one.
pub const SHORTEST_OF_PEOPLE: usize = 2;

/// The letters that any other name has at least.
pub const SHORTEST: usize = 3;

/// The letters that the name of a record of a kind has at least.
pub fn shortest(kind: RecordKind) -> usize {
    match kind {
        RecordKind::Student | RecordKind::Supervisor => SHORTEST_OF_PEOPLE,
        _ => SHORTEST,
    }
}

/// An error where what was typed for a name has fewer letters than the `shortest`: a digit is the number of a line that is
/// listed, and not the 2 in the year of another name.
pub fn must_be_a_name(typed: &str, shortest: usize) -> Result<(), String> {
    let is_number = typed.chars().all(|one| one.is_ascii_digit());
    if is_number || typed.chars().count() < shortest {
        let in_words = if shortest == SHORTEST_OF_PEOPLE { "two" } else { "three" };
        return Err(format!("write {in_words} letters of the name, or more"));
    }
    Ok(())
}

/// The id of the one that an answer means.
fn meant(answer: &str, fits: &[Named]) -> Result<String, String> {
    let by_number = answer.parse::<usize>().ok().and_then(|number| fits.get(number.checked_sub(1)?));
    let nameable = |one: &Named| Nameable { ids: vec![one.id.clone()], name: one.name.clone(), also: Vec::new() };
    let by_name = || match find_named(answer, &fits.iter().map(nameable).collect::<Vec<_>>()) {
        Found::ById(at) | Found::ByName(at) => fits.get(at),
        Found::Several(_) | Found::Nothing => None,
    };
    let meant =
        by_number.or_else(|| must_be_a_name(answer, SHORTEST).ok().and_then(|()| by_name())).map(|one| one.id.clone());
    meant.ok_or_else(|| format!("write a number from 1 to {}", fits.len()))
}

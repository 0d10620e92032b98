//! What somebody is told who records a second answer of one body on one day to one question.

use anyhow::bail;
use gwp::recording::SameDay;

use super::asking::{Asking, yes_or_no};
use super::context::Context;
use super::recording::warn;
use super::surroundings::Surroundings;

/// Tells what is recorded otherwise of the same day, before anything is written: somebody at a terminal is asked, and
/// anywhere else it is a warning. The error says that nothing is written: the record can hold only one of the two, or
/// somebody said no.
pub fn must_be_meant(found: &[SameDay], context: &Context<'_>) -> anyhow::Result<()> {
    if let Some(SameDay { stands, correct, .. }) = found.iter().find(|one| one.is_in_its_place) {
        bail!("recorded already, and otherwise: {stands}; nothing is written. If that is wrong: {correct}");
    }
    let Some(first) = found.first() else { return Ok(()) };
    let stand: Vec<_> = found.iter().map(|one| one.stands.as_str()).collect();
    let said = format!("of the same day this is recorded already, and says otherwise: {}", stand.join("; "));
    if !context.is_somebody_there {
        return warn(&[format!("{said}. If that is wrong: {}", first.correct)]);
    }
    let (mut answers, mut questions) = Surroundings::terminal();
    let asks = format!("Note: {said}. Record both (yes, no)");
    if Asking::of(&mut answers, &mut questions).or_else(None, &asks, (false, "no"), yes_or_no)? {
        return Ok(());
    }
    bail!("nothing is written. If what is recorded is wrong: {}", first.correct)
}

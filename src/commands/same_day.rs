//! What somebody is told who records a second answer of one body on one day to one question.

use anyhow::bail;
use gwp::recording::SameDay;

use super::asking::{Asking, yes_or_no};
use super::context::Context;
use super::recording::warn;
use super::surroundings::Surroundings;

/// Tells what is recorded otherwise of the same day, before anything is written. The error says that nothing is written:
/// only one of the two can be. Where both can be, somebody at a terminal is asked, and anywhere else it is a warning.
pub fn must_be_meant(found: &[SameDay], context: &Context<'_>) -> anyhow::Result<()> {
    if let Some(one) = found.iter().find(|one| one.excludes) {
        bail!("recorded already, and otherwise: {}; nothing is written. {}", one.stands, put_right(one));
    }
    let Some(first) = found.first() else { return Ok(()) };
    let stand: Vec<_> = found.iter().map(|one| one.stands.as_str()).collect();
    let said = format!("of the same day this is recorded already, and says otherwise: {}", stand.join("; "));
    if !context.is_somebody_there {
        return warn(&[format!("{said}. {}", put_right(first))]);
    }
    let (mut answers, mut questions) = Surroundings::terminal();
    let asks = format!("Note: {said}. Record both (yes, no)");
    if Asking::of(&mut answers, &mut questions).or_else(None, &asks, (false, "no"), yes_or_no)? {
        return Ok(());
    }
    bail!("nothing is written. If what is recorded is wrong: {}", first.correct)
}

/// How what is recorded comes to say what is said now.
fn put_right(one: &SameDay) -> String {
    let again = if one.is_to_be_said_again { ", and then this command again" } else { "" };
    format!("If that is wrong: {}{again}", one.correct)
}

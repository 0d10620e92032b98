//! `gwp record`: what a record says.

use clap::Args as ClapArgs;
use gwp::recording::{RecordingSession, Said};

use super::Ending;
use super::asking::Asking;
use super::context::Context;
use super::correct::put_right;
use super::help::examples;
use super::recording::{RecordingOptions, finish, must_be_usual};
use super::saying::{Saying, asked, who, words_of_all};
use super::surroundings::Surroundings;

/// Shown as they can be typed.
const EXAMPLES: [&str; 4] = [
    "gwp record alex-moran insurance --kind own --from 2025-10-01 --until 2026-09-30",
    "gwp record mattias-holm cv 2025-09-30",
    "gwp record open-studio break --from 2025-12-20 --until 2026-01-04 --reason Christmas",
    "gwp record alex-moran withdrawn --on 2026-03-01",
];

/// Record anything else that a record says: insurance, a registration, leave, an e-mail address.
///
/// Say of whom, and what: `gwp record alex-moran insurance --from 2025-10-01`. Each key of a record is an option. At a
/// terminal the command asks for what is missing, and without a word it lists what there is to record. What the record says
/// already is never said otherwise: `gwp correct` does that.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&EXAMPLES), after_long_help = format!(
    "What can be recorded. What stands in brackets can be left out, and each can have --notes.\n\n{}\n\n{}",
    words_of_all(|subject| subject.is_listed),
    examples(&EXAMPLES)
))]
pub struct Args {
    #[command(flatten)]
    saying: Saying,

    /// It is a further entry, and not more of one that is there
    #[arg(long)]
    new: bool,

    #[command(flatten)]
    options: RecordingOptions,
}

/// Records what is said.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let Saying(mut said) = args.saying.clone();
    let seen = args.options.look_to_ask(context)?;
    said.who = who(said.who, seen.as_ref())?;
    said.is_further = args.new;
    if let Some(seen) = &seen {
        said.is_asked = said.options.is_empty();
        let (mut answers, mut questions) = Surroundings::terminal();
        let told =
            |seen: &RecordingSession, said: &Said| if said.is_instead() { Ok(()) } else { seen.told(said).map(drop) };
        asked(seen, &mut said, &mut Asking::of(&mut answers, &mut questions), told)?;
        if said.is_instead() {
            return put_right(said, Some(seen), &args.options, context);
        }
    }
    must_be_usual(seen.as_ref(), context, |seen| {
        let amendment = asked(seen, &mut said.clone(), &mut Asking::nobody(), RecordingSession::told)?;
        Ok(seen.amend(&amendment)?)
    })?;
    as_said(said, &args.options, context)
}

/// Records what is said, of which all is known, once somebody at a terminal has agreed to what is unusual in it.
pub fn once_usual(said: Said, options: &RecordingOptions, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let seen = options.look_to_ask(context)?;
    must_be_usual(seen.as_ref(), context, |seen| {
        let amendment = asked(seen, &mut said.clone(), &mut Asking::nobody(), RecordingSession::told)?;
        Ok(seen.amend(&amendment)?)
    })?;
    as_said(said, options, context)
}

/// Records what is said, without a question.
fn as_said(mut said: Said, options: &RecordingOptions, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let session = options.open(context)?;
    let amendment = asked(&session, &mut said, &mut Asking::nobody(), RecordingSession::told)?;
    let prepared = session.amend(&amendment);
    finish(&session, prepared, context)
}

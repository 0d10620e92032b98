//! `gwp correct`: what a record says wrongly is put right.

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::recording::{Correction, RecordingSession, Said};
use gwp::spreadsheet::LogDays;

use super::Ending;
use super::asking::{Asking, yes_or_no};
use super::context::Context;
use super::help::examples;
use super::recording::{RecordingOptions, finish, must_be_usual};
use super::saying::{Saying, asked, who, words_of_all};
use super::surroundings::Surroundings;

/// Shown as they can be typed.
const EXAMPLES: [&str; 5] = [
    "gwp correct open-studio 2026-01-12 --date 2026-01-13",
    "gwp correct open-studio 2026-01-12 --minutes 60",
    "gwp correct alex-moran report GWP2 2026-01-29 --rating context=competent",
    "gwp correct alex-moran email --to alex@example.org",
    "gwp correct open-studio break 2025-12-20 --remove --yes",
];

/// Put right what a record says wrongly.
///
/// Name the record, and the entry by anything that it says: its date, form, body or kind. Then say the right value with the
/// option of its key. Only that value changes, and all else stays as it is written. The command lists the decisions that
/// rested on what the record said before.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&EXAMPLES), after_long_help = format!(
    "What can be corrected, and the options that say the right value. A value alone is said with --to.\n\n{}\n\n{}",
    words_of_all(|subject| !subject.is_in_entry || subject.field.table().is_some()),
    examples(&EXAMPLES)
))]
pub struct Args {
    #[command(flatten)]
    saying: Saying,

    /// The right value, where what is wrong is one value
    #[arg(long, value_name = "VALUE", allow_hyphen_values = true)]
    to: Option<String>,

    /// The rating of a competency, such as conflict=competent or C6=developing; can be given several times
    #[arg(long, value_name = "NAME=RATING")]
    rating: Vec<String>,

    /// All nine ratings in one word, C1 to C9, as the tables show them: CCDCCD-CC
    #[arg(long, value_name = "NINE", allow_hyphen_values = true)]
    ratings: Option<String>,

    /// A key that is to say nothing any more; can be given several times
    #[arg(long, value_name = "KEY")]
    no: Vec<String>,

    /// Take the whole entry out
    #[arg(long, conflicts_with_all = ["to", "rating", "ratings", "no"])]
    remove: bool,

    /// Do not ask whether an entry is to be taken out
    #[arg(long, requires = "remove")]
    yes: bool,

    #[command(flatten)]
    options: RecordingOptions,
}

/// Corrects what is said.
pub fn run(args: &Args, context: &mut Context<'_>) -> anyhow::Result<Ending> {
    let Saying(mut said) = args.saying.clone();
    let seen = args.options.look_to_ask(context)?;
    said.who = who(said.who, seen.as_ref())?;
    said.is_removed = args.remove;
    said.without = args.no.iter().map(|key| key.replace('_', "-")).collect();
    said.options.extend(args.to.iter().map(|to| ("to".to_owned(), to.clone())));
    said.options.extend(args.ratings.iter().map(|ratings| ("ratings".to_owned(), ratings.clone())));
    said.options.extend(args.rating.iter().map(|rating| ("rating".to_owned(), rating.clone())));
    if let Some(seen) = &seen {
        said.is_asked = true;
        let (mut answers, mut questions) = Surroundings::terminal();
        let asking = &mut Asking::of(&mut answers, &mut questions);
        let correction = asked(seen, &mut said, asking, RecordingSession::corrected)?;
        if let Some(doubt) = weekday_in_doubt(seen, &correction) {
            let asks = format!("{doubt}. Is the day right (yes, no)");
            if !asking.needed(None, "--date", &asks, yes_or_no)? {
                bail!("nothing is written");
            }
        }
        if said.is_removed && !args.yes {
            let asks = format!("Take out: {} (yes, no)", correction.there);
            if !asking.or_else(None, &asks, (false, "no"), yes_or_no)? {
                bail!("nothing is taken out, and nothing is written");
            }
        }
    } else if args.remove && !args.yes {
        bail!("an entry is taken out only where that is certain; add --yes, or look first with --dry-run --yes");
    }
    put_right(said, seen.as_ref(), &args.options, context)
}

/// Puts right what is said, all of which somebody was asked for who is there and has `seen` the folder.
pub fn put_right(
    mut said: Said,
    seen: Option<&RecordingSession>,
    options: &RecordingOptions,
    context: &mut Context<'_>,
) -> anyhow::Result<Ending> {
    must_be_usual(seen, context, |seen| {
        let correction = asked(seen, &mut said.clone(), &mut Asking::nobody(), RecordingSession::corrected)?;
        Ok(seen.amend(&correction.amendment)?)
    })?;
    let session = options.open(context)?;
    let correction = asked(&session, &mut said, &mut Asking::nobody(), RecordingSession::corrected)?;
    let doubt = weekday_in_doubt(&session, &correction).filter(|_| !context.is_somebody_there);
    let prepared = session.amend(&correction.amendment).map(|mut prepared| {
        prepared.report.remarks.extend(doubt.map(|doubt| format!("{doubt}. See that the day is right.")));
        if let Some(after) = &prepared.after {
            prepared.report.remarks.extend(correction.relied(&session, after));
        }
        prepared
    });
    finish(&session, prepared, context)
}

/// What there is to ask where an entry of a log comes to lie on another weekday than those of the log.
fn weekday_in_doubt(session: &RecordingSession, correction: &Correction) -> Option<String> {
    let file = correction.amendment.file;
    let entry = session.before.case.records.logs.iter().find(|entry| entry.file == file)?;
    LogDays::of(&entry.id, entry.record.as_deref()?, &correction.other_dates()).doubt()
}

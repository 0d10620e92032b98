//! `gwp rule`: a committee judged a query.

use std::io::Write;
use std::path::Path;

use clap::Args as ClapArgs;
use gwp::Folder;
use gwp::amend::Event;
use gwp::calendar::Day;
use gwp::edition::Code;
use gwp::records::{Ruling, RulingBody, RulingOutcome};
use gwp::text::Text;

use super::Ending;
use super::keeping::{Desk, Entered, Keeping, day, one_of, some_text, student};
use super::surroundings::Surroundings;

/// Record what a committee ruled on a query.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// The id of the student: the name of the student's file without its ending
    #[arg(value_name = "STUDENT")]
    student: String,

    /// The requirement, by code or name: G4, or session-length
    #[arg(value_name = "REQUIREMENT", value_parser = requirement)]
    requirement: Code,

    /// What was ruled: accepted or refused
    #[arg(value_name = "OUTCOME", value_parser = outcome)]
    outcome: RulingOutcome,

    /// The day of the ruling; else today
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Day>,

    /// The dates that it rules on, separated by commas; else everything up to the day of the ruling
    #[arg(long, value_name = "DATE", value_delimiter = ',', value_parser = day)]
    of: Vec<Day>,

    /// Who ruled: LCC, SPC or NTM
    #[arg(long, value_name = "BODY", default_value = "LCC", value_parser = body)]
    body: RulingBody,

    /// Where it is minuted
    #[arg(long, value_name = "TEXT", value_parser = some_text)]
    minute: Option<String>,

    #[command(flatten)]
    keeping: Keeping,
}

fn requirement(word: &str) -> Result<Code, String> {
    let code = Code::from_word(word).or_else(|| Code::from_word(&word.to_uppercase()));
    match code {
        Some(code) if code.is_rulable() => Ok(code),
        Some(_) => Err("no ruling settles it, a decision does; see \"gwp decide --help\"".to_owned()),
        None => Err("no requirement is called so; \"gwp explain\" lists them".to_owned()),
    }
}

fn outcome(word: &str) -> Result<RulingOutcome, String> {
    one_of(word, &[RulingOutcome::Accepted, RulingOutcome::Refused], RulingOutcome::word)
}

fn body(word: &str) -> Result<RulingBody, String> {
    one_of(word, &[RulingBody::Lcc, RulingBody::Spc, RulingBody::Ntm], RulingBody::title)
}

/// Enters the ruling.
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let desk = Desk::open(&args.keeping, change, surroundings)?;
    let entry = student(&desk, &args.student)?;
    let date = desk.happened(args.on, surroundings.today)?;
    let event = Event::Ruling(Ruling {
        requirement: args.requirement,
        body: args.body,
        date,
        of: (!args.of.is_empty()).then(|| args.of.clone()),
        outcome: args.outcome,
        minute: args.minute.as_deref().map(Text::new),
        document: None,
        notes: None,
    });
    // The committee ruled, and that is recorded; that nobody had asked is said while somebody can still see to it.
    let settles_nothing = |after: &Folder| {
        (date <= desk.as_of && desk.finds_the_same(after, &entry.id)).then(|| {
            format!(
                "To see to: this settles nothing, for nothing is asked of {} there; \"gwp show {}\" names the dates on \
                 which something is.",
                args.requirement, entry.id
            )
        })
    };
    desk.enter_and(&Entered::of(entry, event), &settles_nothing, out)
}

//! `gwp decide`: a committee or an office decided about a student.

use std::io::Write;
use std::path::Path;

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::Folder;
use gwp::amend::Event;
use gwp::audit::unready;
use gwp::calendar::Day;
use gwp::records::{Body, Decision, Matter, Outcome};
use gwp::text::{Text, visible};

use super::Ending;
use super::keeping::{Desk, Entered, Keeping, day, one_of, some_text, student};
use super::surroundings::Surroundings;

/// Record what a committee or an office decided.
///
/// Where it is in the student's favour and rests on what was not met on that day, that is said too; so it is where the
/// NTM, the NDT or the panel decides, other than to ratify, and nothing is settled by it.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// The id of the student: the name of the student's file without its ending
    #[arg(value_name = "STUDENT")]
    student: String,

    /// Who decided: LCC, SPC, NTM, NDT or panel
    #[arg(value_name = "BODY", value_parser = body)]
    body: Body,

    /// What it is about: arrangements or award
    #[arg(value_name = "ABOUT", value_parser = matter)]
    about: Matter,

    /// What was decided, such as approved, queried, ratified, recommended or awarded
    #[arg(value_name = "OUTCOME")]
    outcome: String,

    /// The day of the decision; else today
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Day>,

    /// Where it is minuted
    #[arg(long, value_name = "TEXT", value_parser = some_text)]
    minute: Option<String>,

    #[command(flatten)]
    keeping: Keeping,
}

fn body(word: &str) -> Result<Body, String> {
    one_of(word, &[Body::Lcc, Body::Spc, Body::Ntm, Body::Ndt, Body::Panel], Body::title)
}

fn matter(word: &str) -> Result<Matter, String> {
    one_of(word, &[Matter::Arrangements, Matter::Award], Matter::title)
}

/// Enters the decision.
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let (body, about) = (args.body, args.about);
    let allowed = Outcome::allowed(body, about);
    let Ok(outcome) = one_of(&args.outcome, allowed, Outcome::word) else {
        let words: Vec<_> = allowed.iter().map(|outcome| outcome.word()).collect();
        let can = if words.is_empty() { "decides nothing".to_owned() } else { format!("says {}", words.join(", ")) };
        let said = visible(&args.outcome);
        bail!("\"{said}\" is nothing to say of the {}: the {} {can}", about.title(), body.title());
    };
    let desk = Desk::open(&args.keeping, change, surroundings)?;
    let entry = student(&desk, &args.student)?;
    let date = desk.happened(args.on, surroundings.today)?;
    let minute = args.minute.as_deref().map(Text::new);
    let decision = Decision { body, about, date, outcome, minute, document: None, notes: None };
    // These decide where they are asked, and the record does not show it where this one was not. That the NTM ratifies
    // is the ordinary course, even where it is recorded only.
    let can_be_idle = matches!(body, Body::Ntm | Body::Ndt | Body::Panel) && outcome != Outcome::Ratified;
    let settles_nothing = |after: &Folder| {
        (can_be_idle && date <= desk.as_of && desk.finds_the_same(after, &entry.id)).then(|| {
            format!(
                "To see to: this settles nothing, for what is found of the {} is the same with it and without it; \"gwp \
                 show {}\" says what is still needed.",
                about.title(),
                entry.id
            )
        })
    };
    let entered = Entered::of(entry, Event::Decision(decision.clone()));
    let ending = desk.enter_and(&entered, &settles_nothing, out)?;
    // The committee decided, and that is recorded; what the decision rests on is said while somebody can still see to it.
    if outcome.is_favourable() {
        let parameters = desk.opened.parameters(date);
        if let Some(unmet) = unready(Some(&desk.opened.case), &parameters, &entry.id, &decision) {
            writeln!(out, "To see to: {unmet}; \"gwp show {}\" says more.", entry.id)?;
        }
    }
    Ok(ending)
}

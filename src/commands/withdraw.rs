//! `gwp withdraw`: a student left the course.

use std::io::Write;
use std::path::Path;

use clap::Args as ClapArgs;
use gwp::amend::Event;
use gwp::calendar::Day;

use super::Ending;
use super::keeping::{Desk, Entered, Keeping, day, student};
use super::surroundings::Surroundings;

/// Record that a student left the course.
#[derive(Debug, ClapArgs)]
pub struct Args {
    /// The id of the student: the name of the student's file without its ending
    #[arg(value_name = "STUDENT")]
    student: String,

    /// The day on which the student left, or leaves; else today
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Day>,

    #[command(flatten)]
    keeping: Keeping,
}

/// Enters the day.
pub fn run(
    args: &Args,
    change: Option<&Path>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<Ending> {
    let desk = Desk::open(&args.keeping, change, surroundings)?;
    let entry = student(&desk, &args.student)?;
    let on = args.on.unwrap_or(surroundings.today);
    let event = Event::Withdrawal(on);
    // It can be known before it happens.
    let is_to_come = desk.is_to_come(on, surroundings.today);
    let what = if is_to_come { format!("leaves the course on {on}") } else { event.sentence() };
    desk.enter(&Entered::all_of(entry, vec![event], what), out)
}

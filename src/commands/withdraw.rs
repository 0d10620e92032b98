//! `gwp withdraw`: a student left the course.

use clap::Args as ClapArgs;
use gwp::amend::Event;
use gwp::records::Student;
use gwp::text::SaidDay;

use super::fact::{About, Fact, Happened};
use super::help::examples;
use super::value_parsers::day;

/// Record that a student left the course.
#[derive(Debug, ClapArgs)]
#[command(after_help = examples(&["gwp withdraw alex-moran --on 2026-03-01"]))]
pub struct Args {
    /// The day on which the student left, or leaves; else today
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<SaidDay>,
}

impl Fact for Args {
    type Record = Student;

    fn happened(&self, about: &About<'_, Student>) -> anyhow::Result<Happened> {
        let on = self.on.map_or(Ok(about.session.today), |said| about.session.day(said))?;
        let event = Event::Withdrawal(on);
        // It can be known before it happens.
        let is_to_come = about.session.is_to_come(on);
        let what = if is_to_come { format!("leaves the course on {on}") } else { event.sentence() };
        Ok(Happened::of(vec![event], what))
    }
}

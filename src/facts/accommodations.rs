//! What is agreed for one student and a time.

use std::borrow::Cow;

use crate::calendar::Day;
use crate::edition::{Parameters, Value};
use crate::records::Accommodation;

/// The accommodations of a student that had been agreed by the day of judgement, in the order of the file.
#[derive(Debug, Default)]
pub struct Accommodations<'a>(Vec<(&'a Accommodation, Value)>);

impl<'a> Accommodations<'a> {
    /// Those of a record that had been agreed by `as_of`.
    pub(super) fn new(recorded: &'a [Accommodation], as_of: Day) -> Self {
        let agreed = recorded.iter().filter(|one| one.agreed <= as_of);
        Self(agreed.filter_map(|one| Some((one, one.fitting_value().ok()?))).collect())
    }

    /// Those that hold on a day; of several of one parameter the last in the file, which is the one in force.
    pub fn on(&self, day: Day) -> Vec<&'a Accommodation> {
        let covering = || self.0.iter().map(|(one, _)| *one).filter(move |one| one.period().covers(day));
        let is_last = |one: &&Accommodation| {
            let last = covering().rfind(|other| other.parameter == one.parameter);
            last.is_some_and(|last| std::ptr::eq(last, *one))
        };
        covering().filter(is_last).collect()
    }

    /// The parameters in force on a day, where `usual` are those of everybody.
    pub fn parameters<'p>(&self, usual: &'p Parameters, day: Day) -> Cow<'p, Parameters> {
        let mut parameters = Cow::Borrowed(usual);
        for (one, value) in self.0.iter().filter(|(one, _)| one.period().covers(day)) {
            parameters.to_mut().set(one.parameter, value);
        }
        parameters
    }

    /// The days on which one begins to hold, or holds no more.
    pub fn changes(&self) -> impl Iterator<Item = Day> {
        let ends = |one: &Accommodation| one.until.map(|until| until.plus_days(1));
        self.0.iter().flat_map(move |(one, _)| [Some(one.from), ends(one)]).flatten()
    }
}

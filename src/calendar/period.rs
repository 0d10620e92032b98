//! Stretches of days, and the breaks in them.

use super::Day;

/// From a first day to a last one, both included; without a last day it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Day,
    /// The last day; none: still running.
    pub until: Option<Day>,
}

impl Period {
    /// Whether the day lies in the period.
    pub fn covers(self, day: Day) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether its last day is before `day`.
    pub fn ended_before(self, day: Day) -> bool {
        self.until.is_some_and(|until| until < day)
    }

    /// Whether it ends before it begins.
    pub fn is_reversed(self) -> bool {
        self.ended_before(self.from)
    }

    /// The first day that lies in both periods, if there is one.
    pub fn first_common_day(self, other: Self) -> Option<Day> {
        let first = self.from.max(other.from);
        (self.covers(first) && other.covers(first)).then_some(first)
    }
}

/// Days that do not count, merged from all that declares them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Breaks(Vec<(Day, Day)>);

impl Breaks {
    /// Merges breaks given by first and last day, in any order; one that ends before it begins is none.
    pub fn new(declared: impl IntoIterator<Item = (Day, Day)>) -> Self {
        let mut spans: Vec<_> = declared.into_iter().filter(|(from, until)| from <= until).collect();
        spans.sort_unstable();
        let mut merged: Vec<(Day, Day)> = Vec::with_capacity(spans.len());
        for (from, until) in spans {
            match merged.last_mut() {
                Some((_, end)) if from <= end.plus_days(1) => *end = until.max(*end),
                _ => merged.push((from, until)),
            }
        }
        Self(merged)
    }

    /// These breaks and more.
    #[must_use]
    pub fn with(&self, more: impl IntoIterator<Item = (Day, Day)>) -> Self {
        Self::new(self.0.iter().copied().chain(more))
    }

    /// The last day of the break that `day` lies in.
    pub fn end_of_break(&self, day: Day) -> Option<Day> {
        let after = self.0.partition_point(|&(from, _)| from <= day);
        self.0[..after].last().filter(|&&(_, until)| day <= until).map(|&(_, until)| until)
    }

    /// The days from `from` to `to`, less those strictly between them that lie in a break.
    pub fn days_between(&self, from: Day, to: Day) -> i64 {
        let (first, last) = (from.plus_days(1), to.plus_days(-1));
        let start = self.0.partition_point(|&(_, until)| until < first);
        let paused: i64 = self.0[start..]
            .iter()
            .take_while(|&&(begins, _)| begins <= last)
            .map(|&(begins, ends)| (begins.max(first).days_to(ends.min(last)) + 1).max(0))
            .sum();
        from.days_to(to) - paused
    }
}

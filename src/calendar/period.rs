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

/// The last day of the unbroken row of covered days in which `day` lies, [`Day::last`] where it has no end; none where
/// no period covers `day`.
pub fn covered_through(periods: impl IntoIterator<Item = Period>, day: Day) -> Option<Day> {
    let mut periods: Vec<Period> = periods.into_iter().collect();
    periods.sort_unstable_by_key(|period| period.from);
    let mut through = None;
    for period in periods {
        // The first day of which it is not known yet that it is covered.
        let next = through.map_or(day, |last: Day| last.plus_days(1));
        if period.covers(next) {
            through = Some(period.until.unwrap_or(Day::last()));
        }
    }
    through
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

    /// The breaks by first and last day, in order; no two overlap or adjoin.
    pub fn spans(&self) -> &[(Day, Day)] {
        &self.0
    }

    /// Whether a day lies in one of them.
    pub fn covers(&self, day: Day) -> bool {
        let following = self.0.partition_point(|&(_, until)| until < day);
        self.0.get(following).is_some_and(|&(from, _)| from <= day)
    }

    /// The last day that is at most `days` days from `from`, as [`Breaks::days_between`] counts them. `days` is not
    /// negative.
    pub fn last_within(&self, from: Day, days: i64) -> Day {
        let mut last = from.plus_days(days);
        let start = self.0.partition_point(|&(_, until)| until <= from);
        for &(begins, ends) in &self.0[start..] {
            let begins = begins.max(from.plus_days(1));
            if begins > last {
                break;
            }
            last = last.plus_days(begins.days_to(ends) + 1);
        }
        last
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the dates of a test are written in it")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(offset: i64) -> Day {
        Day::parse("2026-01-01").unwrap().plus_days(offset)
    }

    fn some_breaks() -> impl Strategy<Value = Vec<(Day, Day)>> {
        prop::collection::vec((-20_i64..80, 0_i64..15), 0..6)
            .prop_map(|breaks| breaks.into_iter().map(|(from, length)| (day(from), day(from + length))).collect())
    }

    proptest! {
        #[test]
        fn the_last_day_within_is_the_last(declared in some_breaks(), from in 0_i64..40, days in 0_i64..40) {
            let breaks = Breaks::new(declared);
            let last = breaks.last_within(day(from), days);
            prop_assert!(breaks.days_between(day(from), last) <= days);
            prop_assert!(breaks.days_between(day(from), last.plus_days(1)) > days);
        }

        #[test]
        fn days_are_covered_through_the_last_in_the_row(
            periods in prop::collection::vec((0_i64..40, prop::option::of(0_i64..12)), 0..6),
            asked in 0_i64..40,
        ) {
            let periods: Vec<_> = periods
                .into_iter()
                .map(|(from, length)| Period { from: day(from), until: length.map(|length| day(from + length)) })
                .collect();
            let covered = |day: Day| periods.iter().any(|period| period.covers(day));
            let row = (asked..200).take_while(|&offset| covered(day(offset))).last();
            let through = covered_through(periods.iter().copied(), day(asked));
            match row {
                Some(199) => prop_assert_eq!(through, Some(Day::last())),
                row => prop_assert_eq!(through, row.map(day)),
            }
        }
    }
}

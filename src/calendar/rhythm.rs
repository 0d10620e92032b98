//! Days at even distances, with breaks in between.

use super::{Breaks, Day};

/// Days in even steps from a first one on, or back from a last one. What lies in a break is passed over; the steps go
/// on beyond it as if it had not been there.
#[derive(Clone, Copy, Debug)]
pub struct Rhythm<'b> {
    first: Day,
    /// Days from one to the next, at least 1.
    step: i64,
    is_backward: bool,
    breaks: &'b Breaks,
}

impl<'b> Rhythm<'b> {
    /// From `first` on, every `step` days; less than one day is taken as one.
    pub fn from(first: Day, step: i64, breaks: &'b Breaks) -> Self {
        Self { first, step: step.max(1), is_backward: false, breaks }
    }

    /// Back from `last`, every `step` days; less than one day is taken as one.
    pub fn back_from(last: Day, step: i64, breaks: &'b Breaks) -> Self {
        Self { is_backward: true, ..Self::from(last, step, breaks) }
    }

    /// The day with a number, counted from 1, of those that lie in no break. None where the calendar ends before, and
    /// for the number 0.
    pub fn day(&self, number: usize) -> Option<Day> {
        let mut steps = i64::try_from(number.checked_sub(1)?).ok()?;
        for (first, last) in self.passed_over() {
            if first > steps {
                break;
            }
            steps = steps.checked_add(last - first + 1)?;
        }
        let days = steps.checked_mul(if self.is_backward { -self.step } else { self.step })?;
        let day = self.first.plus_days(days);
        (self.first.days_to(day) == days).then_some(day)
    }

    /// How many of the days lie on or before `last`; in a rhythm that goes back, on or after it.
    pub fn count_to(&self, last: Day) -> usize {
        let steps = self.distance(last).div_euclid(self.step);
        let passed_over = self.passed_over().take_while(|(first, _)| *first <= steps);
        let passed_over: i64 = passed_over.map(|(first, last)| last.min(steps) - first + 1).sum();
        usize::try_from(steps + 1 - passed_over).unwrap_or(0)
    }

    /// The steps that end in a break, as the first and the last of those in each, in order.
    fn passed_over(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        let spans = self.breaks.spans();
        (0..spans.len()).filter_map(move |position| {
            let (near, far) = if self.is_backward {
                let (from, until) = spans[spans.len() - 1 - position];
                (until, from)
            } else {
                spans[position]
            };
            let first = -(-self.distance(near)).div_euclid(self.step);
            let last = self.distance(far).div_euclid(self.step);
            Some((first.max(0), last)).filter(|(first, last)| first <= last)
        })
    }

    /// Days in the direction of the rhythm.
    fn distance(&self, day: Day) -> i64 {
        let days = self.first.days_to(day);
        if self.is_backward { -days } else { days }
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

    fn some_breaks() -> impl Strategy<Value = Breaks> {
        prop::collection::vec((-60_i64..160, 0_i64..40), 0..6)
            .prop_map(|breaks| Breaks::new(breaks.into_iter().map(|(from, length)| (day(from), day(from + length)))))
    }

    #[test]
    fn the_calendar_ends() {
        let breaks = Breaks::default();
        let before = |days: i64| Day::last().plus_days(-days);
        assert_eq!(Rhythm::from(before(14), 7, &breaks).day(3), Some(Day::last()));
        assert_eq!(Rhythm::from(before(13), 7, &breaks).day(3), None);
        assert_eq!(Rhythm::from(before(13), 7, &breaks).day(usize::MAX), None);
        assert_eq!(Rhythm::from(before(13), 7, &breaks).day(0), None);
        assert_eq!(Rhythm::back_from(Day::first().plus_days(6), 7, &breaks).day(2), None);
        let for_ever = Breaks::new([(day(0), Day::last())]);
        assert_eq!(Rhythm::from(day(0), 1, &for_ever).day(1), None);
        assert_eq!(Rhythm::from(day(0), 1, &for_ever).count_to(Day::last()), 0);
    }

    proptest! {
        #[test]
        fn as_one_goes_from_day_to_day(
            breaks in some_breaks(),
            start in -30_i64..60,
            step in 1_i64..20,
            is_backward: bool,
        ) {
            let (rhythm, sign) = if is_backward {
                (Rhythm::back_from(day(start), step, &breaks), -1)
            } else {
                (Rhythm::from(day(start), step, &breaks), 1)
            };
            let mut number = 0;
            for passed in 0..400 {
                let today = day(start + sign * passed);
                // A day outside breaks is one more day away from the day before it, not counting breaks.
                if passed % step == 0 && !breaks.spans().iter().any(|&(from, until)| from <= today && today <= until) {
                    number += 1;
                    prop_assert_eq!(rhythm.day(number), Some(today));
                }
                prop_assert_eq!(rhythm.count_to(today), number);
            }
            prop_assert_eq!(rhythm.count_to(day(start - sign)), 0);
        }

        #[test]
        fn days_after_a_day_are_days_between(breaks in some_breaks(), start in -30_i64..60, number in 1_usize..80) {
            let found = Rhythm::from(day(start + 1), 1, &breaks).day(number).unwrap();
            prop_assert_eq!(breaks.days_between(day(start), found), i64::try_from(number).unwrap());
        }
    }
}

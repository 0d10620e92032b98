//! When the sessions of a running group will be complete, if it goes on as it does.

use super::Facts;
use crate::calendar::{Breaks, Day, Rhythm};

/// The sessions to come of a running group, one after another.
#[derive(Clone, Copy, Debug)]
pub enum Coming<'b> {
    /// On even days: every week, every other week.
    Even(Rhythm<'b>),
    /// At a pace at which sessions were held.
    AtPace {
        /// The days in no break since the last session.
        days: Rhythm<'b>,
        /// The pace.
        pace: PaceHeld,
        /// How many sessions would have been held between the last one and the day of judgement.
        passed: i64,
    },
}

/// A pace as it was held: so many days, not counting breaks, in so many steps from one session to the next. Both are
/// greater than 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaceHeld {
    /// The days between the first and the last session.
    pub days: i64,
    /// The steps: one less than the sessions.
    pub steps: i64,
}

/// How the sessions of a running group come to their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completion {
    /// The session that completes the required number is on this day. It can lie after the limit.
    On(Day),
    /// The arrangements with the group end before.
    ArrangementEnds {
        /// The last day of the last of them.
        on: Day,
        /// How many sessions will count by then; what is held after the limit does not.
        sessions: usize,
    },
    /// The calendar ends before.
    Never,
}

impl Completion {
    /// The day, where it comes.
    pub fn day(self) -> Option<Day> {
        match self {
            Self::On(day) => Some(day),
            Self::ArrangementEnds { .. } | Self::Never => None,
        }
    }
}

impl Coming<'_> {
    /// The day of the session with a number, counted from 1; none where the calendar ends before.
    pub fn day(&self, number: usize) -> Option<Day> {
        match self {
            Self::Even(rhythm) => rhythm.day(number),
            Self::AtPace { days, pace, passed } => {
                let steps = passed.checked_add(i64::try_from(number).ok()?)?;
                let after = steps.checked_mul(pace.days)?.checked_add(pace.steps - 1)?.div_euclid(pace.steps);
                days.day(usize::try_from(after).ok()?)
            }
        }
    }

    /// How many sessions there are up to a day, this included.
    pub fn count_to(&self, last: Day) -> usize {
        match self {
            Self::Even(rhythm) => rhythm.count_to(last),
            Self::AtPace { days, pace, passed } => {
                let after = i64::try_from(days.count_to(last)).unwrap_or(i64::MAX / 2);
                let steps = after.saturating_mul(pace.steps).div_euclid(pace.days);
                usize::try_from(steps - passed).unwrap_or(0)
            }
        }
    }
}

impl Facts<'_> {
    pub(super) fn projection(&self) -> Option<Day> {
        let step = self.group()?.log.frequency.interval_days()?;
        self.completion(&self.coming(step, &self.group_breaks)?, 0)?.day()
    }

    /// The sessions to come of a running group that meets every `step` days: in steps from the last session held, the
    /// first not before the day of judgement; where none was held, from that day. `breaks` are passed over.
    pub fn coming<'b>(&self, step: i64, breaks: &'b Breaks) -> Option<Coming<'b>> {
        let group = self.sessions.group.filter(|_| self.running)?;
        let first = match self.sessions.held_in(group).last() {
            None => self.as_of,
            Some(last) => {
                let steps = (last.date.days_to(self.as_of) + step - 1).div_euclid(step).max(1);
                let first = last.date.plus_days(steps * step);
                Some(first).filter(|first| last.date.days_to(*first) == steps * step)?
            }
        };
        Some(Coming::Even(Rhythm::from(first, step, breaks)))
    }

    /// The sessions to come of a running group at the pace at which sessions were held: each so many days, breaks left
    /// out and rounded up to a whole day, after the last one, the first not before the day of judgement. Of a pace
    /// faster than one a day, as sessions held in breaks can give it, one a day is taken: no more of a group count.
    pub fn coming_at_pace<'b>(&self, pace: PaceHeld, breaks: &'b Breaks) -> Option<Coming<'b>> {
        let group = self.sessions.group.filter(|_| self.running)?;
        let last = self.sessions.held_in(group).last().into_iter().chain(self.series.last().copied());
        let last = last.map(|entry| entry.date).max()?;
        let pace = if pace.days < pace.steps { PaceHeld { days: 1, steps: 1 } } else { pace };
        let days = Rhythm::from(last.plus_days(1), 1, breaks);
        let before = i64::try_from(days.count_to(self.as_of.plus_days(-1))).ok()?;
        Some(Coming::AtPace { days, pace, passed: before.checked_mul(pace.steps)?.div_euclid(pace.days) })
    }

    /// The pace at which the counted sessions of the series were held; none where there are fewer than two, or all are
    /// of one day.
    pub fn pace_held(&self) -> Option<PaceHeld> {
        let (first, last) = (self.series.first()?, self.series.last()?);
        let days = self.group_breaks.days_between(first.date, last.date);
        let steps = i64::try_from(self.series.len()).ok()? - 1;
        (steps > 0 && days > 0).then_some(PaceHeld { days, steps })
    }

    /// How the sessions come to the required number, if those to come are held and count, but for the first `lost` of
    /// them. None where the group is not running, and where nothing is missing any more.
    pub fn completion(&self, coming: &Coming<'_>, lost: usize) -> Option<Completion> {
        let missing =
            self.parameters.sessions_required.checked_sub(self.series.len()).filter(|missing| *missing > 0)?;
        let covering = self.group_arrangements().filter(|one| one.period().covers(self.as_of));
        let last_day = covering.map(|one| one.period().until.unwrap_or(Day::last())).max()?;
        let complete_on = coming.day(missing.saturating_add(lost));
        Some(match complete_on.filter(|day| *day <= last_day) {
            Some(day) => Completion::On(day),
            None if last_day == Day::last() => Completion::Never,
            None => {
                let held = coming.count_to(last_day.min(self.limit)).saturating_sub(lost);
                Completion::ArrangementEnds { on: last_day, sessions: self.series.len() + held }
            }
        })
    }
}

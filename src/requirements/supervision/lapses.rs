//! Gaps in a series of dates: too long between one and the next.

use crate::calendar::{Breaks, Day};
use crate::facts::{Facts, MeetingEntry, SessionEntry};
use crate::requirements::{Parts, Status};

/// The days between two neighbouring points of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The earlier point.
    pub from: Day,
    /// The later point.
    pub to: Day,
    /// The days between them, less those in breaks.
    pub days: i64,
    /// Whether it ends the series.
    pub is_last: bool,
}

/// The stretches from `first` over the distinct dates strictly between to `end`, given dates in order. None where
/// `end` is before `first`; one without a day in it where they are the same.
pub(super) fn stretches(first: Day, dates: &[Day], end: Day, breaks: &Breaks) -> Vec<Stretch> {
    if end < first {
        return Vec::new();
    }
    let mut points = vec![first];
    points.extend(dates.iter().copied().filter(|&date| first < date && date < end));
    points.push(end);
    points.dedup();
    let last = points.len().saturating_sub(2);
    points
        .windows(2)
        .enumerate()
        .map(|(position, pair)| Stretch {
            from: pair[0],
            to: pair[1],
            days: breaks.days_between(pair[0], pair[1]),
            is_last: position == last,
        })
        .collect()
}

/// A time over which meetings are to follow each other.
pub(super) struct Series<'s> {
    /// The session with which it begins.
    pub first: &'s SessionEntry,
    /// The day on which it ends.
    pub end: Day,
    /// The meetings, in order of date.
    pub meetings: Vec<MeetingEntry>,
    /// The days from one meeting to the next, as they are meant to be.
    pub interval: i64,
    /// The most days from one to the next that are no lapse.
    pub longest: i64,
}

/// When a meeting is to follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NextMeeting {
    /// The latest meeting, where there was one.
    pub latest: Option<Day>,
    /// That day, or else that of the first session.
    pub since: Day,
    /// The day by which the next one is meant to be.
    pub meant_by: Day,
    /// The last day on which it is no lapse.
    pub by: Day,
}

impl Series<'_> {
    /// Adds a part for every lapse; the last stretch is an action where `is_current`. `kind` is what the meetings are
    /// called.
    pub fn judge(&self, facts: &Facts<'_>, kind: &str, is_current: bool, parts: &mut Parts<'_>) {
        let place = |day: Day| {
            let meeting = self.meetings.iter().find(|entry| entry.date == day);
            meeting.map_or_else(|| self.first.place(facts.case), |entry| entry.place(facts.case))
        };
        for stretch in stretches(self.first.date, &self.dates(), self.end, &facts.supervision_breaks) {
            if stretch.days <= self.longest {
                continue;
            }
            let Stretch { from, to, days, .. } = stretch;
            if stretch.is_last && is_current {
                let message = format!("no {kind} since {from}: {days} days, breaks left out");
                parts.add(Status::Action, message, [place(from)]);
            } else {
                let message = format!("no {kind} between {from} and {to}: {days} days, breaks left out");
                parts.query(to, message, [place(from), place(to)]);
            }
        }
    }

    /// When the next meeting is to be, the series going on after its end.
    pub fn next(&self, facts: &Facts<'_>) -> NextMeeting {
        let next_after = |latest: Option<Day>| {
            let since = latest.unwrap_or(self.first.date);
            let within = |days| facts.supervision_breaks.last_within(since, days);
            NextMeeting { latest, since, meant_by: within(self.interval), by: within(self.longest) }
        };
        let later = || self.meetings.iter().map(|entry| entry.date).filter(|&date| self.first.date < date);
        // A lapse is over only on the day after the meeting that ends it; a meeting in time counts at once.
        let before_today = next_after(later().filter(|&date| date < self.end).max());
        if before_today.by < self.end {
            return before_today;
        }
        next_after(later().filter(|&date| date <= self.end).max())
    }

    /// The distinct dates of the meetings, in order.
    pub fn dates(&self) -> Vec<Day> {
        let mut dates: Vec<_> = self.meetings.iter().map(|entry| entry.date).collect();
        dates.dedup();
        dates
    }
}

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
    /// The most days between one point and the next.
    pub longest: i64,
    /// What the meetings are called.
    pub kind: &'static str,
}

impl Series<'_> {
    /// Adds a part for every lapse; the last stretch is an action where `is_current`.
    pub fn judge(&self, facts: &Facts<'_>, meetings: &[MeetingEntry], is_current: bool, parts: &mut Parts<'_>) {
        let dates = distinct(meetings);
        let place = |day: Day| {
            let meeting = meetings.iter().find(|entry| entry.date == day);
            meeting.map_or_else(|| self.first.place(facts.case), |entry| entry.place(facts.case))
        };
        for stretch in stretches(self.first.date, &dates, self.end, &facts.supervision_breaks) {
            if stretch.days <= self.longest {
                continue;
            }
            let (from, to, days, kind) = (stretch.from, stretch.to, stretch.days, self.kind);
            if stretch.is_last && is_current {
                let message = format!("no {kind} since {from}: {days} days, breaks left out");
                parts.add(Status::Action, message, [place(from)]);
            } else {
                let message = format!("no {kind} between {from} and {to}: {days} days, breaks left out");
                parts.query(to, message, [place(from), place(to)]);
            }
        }
    }
}

/// When a meeting is to follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NextMeeting {
    /// The latest meeting, or the first session where there was none.
    pub since: Day,
    /// The last day on which the next one is no lapse.
    pub by: Day,
}

impl Series<'_> {
    /// When the next meeting is to be, the series going on after its end.
    pub fn next(&self, facts: &Facts<'_>, meetings: &[MeetingEntry]) -> NextMeeting {
        let next_after =
            |since: Day| NextMeeting { since, by: facts.supervision_breaks.last_within(since, self.longest) };
        let latest = |before: &dyn Fn(Day) -> bool| {
            let later = meetings.iter().map(|entry| entry.date).filter(|&date| self.first.date < date && before(date));
            later.max().unwrap_or(self.first.date)
        };
        // A lapse is over only on the day after the meeting that ends it; a meeting in time counts at once.
        let before_today = next_after(latest(&|date| date < self.end));
        if before_today.by < self.end { before_today } else { next_after(latest(&|date| date <= self.end)) }
    }
}

/// The distinct dates of meetings that are in order.
pub(super) fn distinct(meetings: &[MeetingEntry]) -> Vec<Day> {
    let mut dates: Vec<_> = meetings.iter().map(|entry| entry.date).collect();
    dates.dedup();
    dates
}

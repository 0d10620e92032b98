//! Gaps in a series of dates: too long between one and the next.

use crate::calendar::{Breaks, Day};
use crate::edition::Parameters;
use crate::facts::{Facts, MeetingEntry, SessionEntry, UncountedMeeting};
use crate::records::{SupervisionLog, SupervisionType};
use crate::requirements::words::{absent, cancelled, days_of};
use crate::requirements::{Parts, Status};
use crate::text::Text;

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
pub(super) struct Series<'f> {
    /// The session with which it begins.
    pub first: SessionEntry,
    /// The day on which it ends.
    pub end: Day,
    /// The meetings, in order of date.
    pub meetings: Vec<MeetingEntry>,
    /// The distinct dates of the sessions that are not to be held without meetings, in order.
    pub sessions: Vec<Day>,
    /// The days from one meeting to the next, as they are meant to be.
    pub interval: fn(&Parameters) -> i64,
    /// What else is known of the student.
    pub facts: &'f Facts<'f>,
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

/// The most sessions in breaks of supervision that are a slip.
const SESSIONS_ON_THE_EDGE: usize = 1;

impl Series<'_> {
    /// Adds a part for every lapse, and for every break in which the group met; the last stretch is an action where
    /// `is_current`, until a meeting ends it. `kind` is what the meetings are called.
    pub fn judge(&self, facts: &Facts<'_>, kind: &str, is_current: bool, parts: &mut Parts<'_>) {
        let place = |day: Day| {
            let meeting = self.meetings.iter().find(|entry| entry.date == day);
            meeting.map_or_else(|| self.first.place(facts.case), |entry| entry.place(facts.case))
        };
        let goes_on = is_current && self.meetings.last().is_none_or(|latest| latest.date < self.end);
        for stretch in stretches(self.first.date, &self.dates(), self.end, &facts.supervision_breaks) {
            let Stretch { from, to, days, .. } = stretch;
            let is_now = stretch.is_last && goes_on;
            // Most stretches are as they should be: nothing is written of them.
            let when = || if is_now { format!("since {from}") } else { format!("from {from} to {to}") };
            let message = if days > self.longest_from(from) {
                self.lapse(kind, &when(), stretch)
            } else if let Some(sessions) = self.held_in_breaks(stretch) {
                format!("no {kind} {}: {sessions} sessions were held in breaks of supervision", when())
            } else {
                continue;
            };
            if is_now {
                parts.add(Status::Action, message, [place(from)]);
            } else {
                parts.query(to, message, [place(from), place(to)]);
            }
        }
    }

    /// What is said of a gap: how long it is, how long it may be, what was cancelled in it, and when the student was not
    /// there. `kind` is what the meetings are called.
    pub fn lapse(&self, kind: &str, when: &str, Stretch { from, to, days, .. }: Stretch) -> String {
        let days = days_of(days, self.longest_from(from));
        let cancelled = cancelled("supervision", self.cancelled_in(from, to));
        let away: Vec<_> = self.missed(UncountedMeeting::Absent, from, to).map(|(entry, _)| entry.date).collect();
        format!("no {kind} {when}: {days}{cancelled}{}", absent("supervision", &away))
    }

    /// The meetings with the workplace supervisor that were cancelled after a day and up to another, each with its
    /// reason.
    fn cancelled_in(&self, from: Day, to: Day) -> impl Iterator<Item = (Day, &Text)> {
        let missed = self.missed(UncountedMeeting::Cancelled, from, to);
        missed.filter_map(|(entry, log)| Some((entry.date, log.sessions[entry.index].cancelled.as_ref()?)))
    }

    /// The meetings of the student's with the workplace supervisor after a day and up to another that do not count for a
    /// reason, each with its log.
    fn missed(
        &self,
        reason: UncountedMeeting,
        from: Day,
        to: Day,
    ) -> impl Iterator<Item = (&MeetingEntry, &SupervisionLog)> {
        let facts = self.facts;
        let is_missed =
            move |entry: &&MeetingEntry| entry.uncounted == Some(reason) && from < entry.date && entry.date <= to;
        facts.meetings.iter().filter(is_missed).filter_map(move |entry| {
            let log = facts.case.supervisions[entry.log].log;
            let is_theirs = log.supervision_type != SupervisionType::CaseManagement
                && log.is_supervisee(facts.case.id, entry.date)
                && facts
                    .arrangements
                    .iter()
                    .any(|one| one.case.supervisor.id == &log.supervisor && one.period().covers(entry.date));
            is_theirs.then_some((entry, log))
        })
    }

    /// How many sessions were held within a stretch on days that breaks leave out of it, where they are more than a
    /// slip and the stretch is too long without the breaks.
    fn held_in_breaks(&self, Stretch { from, to, .. }: Stretch) -> Option<usize> {
        if from.days_to(to) <= self.longest_from(from) {
            return None;
        }
        let breaks = &self.facts.supervision_breaks;
        let is_in_break = |day: &&Day| from < **day && **day < to && breaks.covers(**day);
        Some(self.sessions.iter().filter(is_in_break).count()).filter(|count| *count > SESSIONS_ON_THE_EDGE)
    }

    /// The days from one meeting to the next, as they are meant to be from a day on.
    fn interval_from(&self, day: Day) -> i64 {
        (self.interval)(&self.facts.parameters_on(day))
    }

    /// The most days from one meeting to the next, from a day on, that are no lapse.
    fn longest_from(&self, day: Day) -> i64 {
        self.interval_from(day) + self.facts.parameters.interval_slack_days
    }

    /// When the next meeting is to be, the series going on after its end.
    pub fn next(&self) -> NextMeeting {
        let next_after = |latest: Option<Day>| {
            let since = latest.unwrap_or(self.first.date);
            let within = |days| self.facts.supervision_breaks.last_within(since, days);
            let (meant_by, by) = (within(self.interval_from(since)), within(self.longest_from(since)));
            NextMeeting { latest, since, meant_by, by }
        };
        let later = self.meetings.iter().map(|entry| entry.date).filter(|&date| self.first.date < date);
        next_after(later.filter(|&date| date <= self.end).max())
    }

    /// The distinct dates of the meetings, in order.
    pub fn dates(&self) -> Vec<Day> {
        let mut dates: Vec<_> = self.meetings.iter().map(|entry| entry.date).collect();
        dates.dedup();
        dates
    }
}

//! When a student's sessions will be complete, if all goes on as it does, and what is still to come until then.

mod what_if;

#[cfg(test)]
mod tests;

pub use what_if::{Pace, WhatIf};

use super::{Judgement, Obligation, ObligationKind};
use crate::calendar::{Breaks, Day, Rhythm};
use crate::case::GroupCase;
use crate::facts::{Coming, Completion, Facts, PaceHeld};
use crate::requirements::{DIPLOMA, Silence, Status, silence};
use crate::text::Text;

/// What can be expected of a student whose sessions are not complete. It supposes that reports arrive, that queries are
/// settled and that nothing lapses.
#[derive(Clone, Debug)]
pub struct Forecast<'a> {
    /// The student's group.
    pub group: Option<&'a GroupCase<'a>>,
    /// Why no group is running, so that nothing can be projected; none where one is.
    pub rest: Option<Rest>,
    /// The last day of the leave that the student is on.
    pub leave: Option<Day>,
    /// How long the group has been silent, where G3 makes an action of that. What is projected then slides on from day
    /// to day.
    pub silence: Option<Silence>,
    /// How many sessions count.
    pub counted: usize,
    /// How many are required.
    pub required: usize,
    /// Whether the sessions of all groups count as one series, so that a new group goes on where another ended.
    pub together: bool,
    /// The first and the last counted session.
    pub sessions: Option<(Day, Day)>,
    /// The last day on which a session can count.
    pub limit: Day,
    /// The pace that the group declares, where it is one that the requirements accept.
    pub declared: Option<Pace>,
    /// The pace that is reckoned with: the declared one, or what is supposed instead.
    pub pace: Option<Pace>,
    /// The pace at which the counted sessions were held.
    pub held: Held,
    /// How the sessions are completed at the pace that is reckoned with; none without it, or where the group is not
    /// running.
    pub at_pace: Option<Completion>,
    /// How they are completed at the pace held; likewise.
    pub at_pace_held: Option<Completion>,
    /// The last day on which a new group can begin.
    pub beginnings: Vec<Beginning>,
    /// The reports that are owed, in the order of [`Judgement::papers_owed`]: all that are overdue, then the first
    /// [`Forecast::NAMED`] of those to come up to the day on which the sessions are complete or to the end of the
    /// course, whichever is later. The final report comes after them.
    pub reports: Vec<Awaited<'a>>,
    /// How many more there are up to then.
    pub more_reports: usize,
    /// The first day on which the sessions are complete at the pace that is reckoned with, and the Diploma can be: it is
    /// completed already, or the course has ended. None where no day within the limit is projected for the sessions.
    pub ready: Option<Day>,
    /// The first LCC meeting from that day on, at which the student can be recommended.
    pub meeting: Result<Day, NoMeeting>,
    /// The meeting to which the pace held leads.
    pub meeting_at_pace_held: Result<Day, NoMeeting>,
}

/// The pace at which the counted sessions were held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// So few sessions tell nothing: at least [`Held::TELLING`] are needed.
    TooFew,
    /// All sessions were on one day.
    OneDay,
    /// So many days in so many steps.
    Every(PaceHeld),
}

impl Held {
    /// How many counted sessions it takes to speak of a pace.
    pub const TELLING: usize = 3;

    fn of(facts: &Facts<'_>) -> Self {
        if facts.series.len() < Self::TELLING {
            return Self::TooFew;
        }
        facts.pace_held().map_or(Self::OneDay, Self::Every)
    }
}

/// Why no group is running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// No session can count any more.
    LimitPassed,
    /// The next arrangement that is known begins on this day.
    NotBegun(Day),
    /// The arrangements with the student's group ended, the last of them on this day.
    Ended(Day),
    /// There is no arrangement.
    NothingArranged,
}

impl Rest {
    fn of(facts: &Facts<'_>) -> Self {
        let to_begin = facts.arrangements.iter().filter(|one| !one.begun).map(|one| one.period().from).min();
        let ended = facts.group_arrangements().filter_map(|one| one.ended).max();
        if facts.as_of > facts.limit {
            Self::LimitPassed
        } else {
            to_begin.map(Self::NotBegun).or(ended.map(Self::Ended)).unwrap_or(Self::NothingArranged)
        }
    }
}

/// When a new group can begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// The pace of the group.
    pub pace: Pace,
    /// How many of its sessions are needed, those that are lost among them.
    pub sessions: usize,
    /// The last day on which the first of them can be held, so that the last is not after the limit. It can be past;
    /// none where the calendar begins later.
    pub last_day: Option<Day>,
}

/// A report that is owed. Of an obligation it holds what is said of it: forecasts of all students are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Awaited<'a> {
    /// The last day on which it is in time.
    pub due: Day,
    /// Which report it is.
    pub kind: ObligationKind,
    /// The id of the group of the arrangement that it concerns.
    pub group: Option<&'a Text>,
    /// Whether its day is past.
    pub overdue: bool,
}

/// Why no meeting can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoMeeting {
    /// No day is projected on which the sessions are complete.
    NotProjected,
    /// They would be complete only after the limit.
    AfterLimit,
    /// No meeting is listed from the day on.
    NoneListed,
}

impl NoMeeting {
    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotProjected => "not-projected",
            Self::AfterLimit => "after-limit",
            Self::NoneListed => "none-listed",
        }
    }
}

impl<'a> Forecast<'a> {
    /// The most reports to come that are named: two forms for each of two deadlines a year, over six years. A course can
    /// end in the year 9999.
    pub const NAMED: usize = 24;

    /// What can be expected, and what if. None where the case does not go on, or the sessions are complete.
    pub fn new(judgement: &Judgement<'a>, what_if: &WhatIf) -> Option<Self> {
        let facts = &judgement.facts;
        if !judgement.verdict.goes_on() || facts.complete_on().is_some() {
            return None;
        }
        let group = facts.group();
        let declared = group.and_then(|group| Pace::of(group.log.frequency));
        let pace = what_if.pace.or(declared);
        let held = Held::of(facts);
        // What was held stays what it was: supposed breaks are passed over only in what is to come.
        let breaks = facts.group_breaks.with(what_if.breaks.iter().copied());
        let completed = |coming: Option<Coming<'_>>| facts.completion(&coming?, what_if.lose);
        let at_pace = pace.and_then(|pace| completed(facts.coming(pace.days(), &breaks)));
        let at_pace_held = match held {
            Held::Every(pace) => completed(facts.coming_at_pace(pace, &breaks)),
            Held::TooFew | Held::OneDay => None,
        };
        let paces = pace.map_or(Pace::ALL.to_vec(), |pace| vec![pace]);
        let projected = at_pace.and_then(Completion::day);
        let projected_at_pace_held = at_pace_held.and_then(Completion::day);
        let ready = first_ready(judgement, projected);
        let meetings: Vec<Day> = facts.lcc_meetings().into_iter().map(|(day, _)| day).collect();
        let meeting = |ready: Result<Day, NoMeeting>| {
            let from = ready?;
            meetings.iter().copied().find(|day| *day >= from).ok_or(NoMeeting::NoneListed)
        };
        let (reports, more_reports) = awaited(judgement, projected.or(projected_at_pace_held));
        Some(Self {
            group,
            rest: (!facts.running).then(|| Rest::of(facts)),
            leave: facts.leave_until(),
            silence: silence(facts),
            counted: facts.series.len(),
            required: facts.parameters.sessions_required,
            together: facts.sessions.together,
            sessions: facts.series.first().zip(facts.series.last()).map(|(first, last)| (first.date, last.date)),
            limit: facts.limit,
            declared,
            pace,
            held,
            at_pace,
            at_pace_held,
            beginnings: paces.into_iter().map(|pace| Beginning::of(facts, pace, what_if)).collect(),
            reports,
            more_reports,
            ready: ready.ok(),
            meeting: meeting(ready),
            meeting_at_pace_held: meeting(first_ready(judgement, projected_at_pace_held)),
        })
    }

    /// The days from a completion to the limit, negative where it comes after; none where it never comes.
    pub fn slack(&self, completion: Option<Completion>) -> Option<i64> {
        completion?.day().map(|day| day.days_to(self.limit))
    }
}

impl Beginning {
    /// Every weekday, or day of a fortnight, is tried: a later beginning can miss a break that an earlier one meets.
    fn of(facts: &Facts<'_>, pace: Pace, what_if: &WhatIf) -> Self {
        let held_before = if facts.sessions.together { facts.series.len() } else { 0 };
        let sessions = facts.parameters.sessions_required.saturating_sub(held_before).saturating_add(what_if.lose);
        let leave = facts.case.record.leave.iter().map(|leave| (leave.from, leave.until));
        let breaks = Breaks::new(leave.chain(what_if.breaks.iter().copied()));
        let ending_on = |days: i64| {
            let last = facts.limit.plus_days(-days);
            Rhythm::back_from(last, pace.days(), &breaks).day(sessions)
        };
        Self { pace, sessions, last_day: (0..pace.days()).filter_map(ending_on).max() }
    }
}

/// The reports that are owed and are named, and how many more there are.
fn awaited<'a>(judgement: &Judgement<'a>, projected: Option<Day>) -> (Vec<Awaited<'a>>, usize) {
    let facts = &judgement.facts;
    let ends = facts.case.course.ends;
    let through = projected.map_or(ends, |day| day.max(ends));
    let mut awaited: Vec<_> = judgement
        .papers_owed()
        .into_iter()
        .filter(|paper| matches!(paper.kind, ObligationKind::Gwp2 | ObligationKind::Wrg2 | ObligationKind::Gwp3))
        .filter_map(|Obligation { due, kind, group, .. }| {
            let due = due?;
            Some(Awaited { due, kind, group, overdue: due < facts.as_of })
        })
        .filter(|report| report.overdue || report.due <= through)
        .collect();
    let overdue = awaited.partition_point(|report| report.overdue);
    let named = awaited.len().min(overdue + Forecast::NAMED);
    let more = awaited.len() - named;
    awaited.truncate(named);
    // There was room made for all of them.
    awaited.shrink_to_fit();
    (awaited, more)
}

/// The first day on which the sessions are complete and the Diploma can be.
fn first_ready(judgement: &Judgement<'_>, projected: Option<Day>) -> Result<Day, NoMeeting> {
    let facts = &judgement.facts;
    let complete_on = projected.ok_or(NoMeeting::NotProjected)?;
    if complete_on > facts.limit {
        return Err(NoMeeting::AfterLimit);
    }
    let has_diploma = judgement.finding(DIPLOMA).status == Status::Met;
    Ok(if has_diploma { complete_on } else { complete_on.max(facts.case.course.ends) })
}

//! When a student's sessions will be complete, if all goes on as it does, and what is still to come until then.

mod what_if;

#[cfg(test)]
mod tests;

pub use what_if::{Pace, WhatIf};

use super::{Judgement, ObligationKind};
use crate::calendar::{Breaks, Day, Rhythm};
use crate::case::GroupCase;
use crate::edition::Code;
use crate::facts::{Coming, Completion, Facts, PaceHeld};
use crate::requirements::{Deadline, Status, gwp2_deadlines, gwp3_due, gwp3_received, wrg2_deadlines};
use crate::text::Text;

/// What can be expected of a student whose sessions are not complete. It supposes that reports arrive, that queries are
/// settled and that nothing lapses.
#[derive(Clone, Debug)]
pub struct Forecast<'a> {
    /// The student's group.
    pub group: Option<&'a GroupCase<'a>>,
    /// Whether it is running: where it is not, nothing can be projected.
    pub running: bool,
    /// Why it is not.
    pub rest: Option<Rest>,
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
    /// The reports without which a deadline stands unanswered, in the order of due date, kind and file; up to the day
    /// on which the sessions are complete or to the end of the course, whichever is later. The final report comes after
    /// them.
    pub reports: Vec<Awaited<'a>>,
    /// The first day on which the sessions are complete and the Diploma can be: it is completed already, or the course
    /// has ended. None where no day within the limit is projected for the sessions.
    pub ready: Option<Day>,
    /// The first LCC meeting from that day on, at which the student can be recommended.
    pub meeting: Result<Day, NoMeeting>,
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

/// A report that a deadline waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Awaited<'a> {
    /// The last day on which it is in time.
    pub due: Day,
    /// Which report it is.
    pub kind: ObligationKind,
    /// The id of the group of the arrangement that it is about, where it is about one.
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
        let ready = ready(judgement, projected);
        Some(Self {
            group,
            running: facts.running,
            rest: (!facts.running).then(|| Rest::of(facts)),
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
            reports: awaited(facts, projected.or(at_pace_held.and_then(Completion::day))),
            ready: ready.ok(),
            meeting: ready.and_then(|from| {
                let meetings = facts.lcc_meetings().into_iter().map(|(day, _)| day);
                meetings.filter(|day| *day >= from).min().ok_or(NoMeeting::NoneListed)
            }),
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

/// The reports that deadlines wait for: all that are overdue, and those to come up to the end of the course or to the
/// projected end of the sessions.
fn awaited<'a>(facts: &Facts<'a>, projected: Option<Day>) -> Vec<Awaited<'a>> {
    let through = projected.unwrap_or(Day::first()).max(facts.case.course.ends);
    let unanswered = |deadlines: Vec<Deadline<'_>>, kind| {
        let days = deadlines.into_iter().filter(|deadline| deadline.answer.is_none()).map(|deadline| deadline.day);
        days.map(|due| Awaited { due, kind, group: None, overdue: due < facts.as_of }).collect::<Vec<_>>()
    };
    // By a deadline that passed before anything was arranged nobody could report.
    let somebody_could = |due: Day| due >= facts.as_of || facts.arrangements.iter().any(|one| one.known <= due);
    let mut awaited = unanswered(gwp2_deadlines(facts), ObligationKind::Gwp2);
    awaited.retain(|report| somebody_could(report.due));
    awaited.extend(unanswered(wrg2_deadlines(facts), ObligationKind::Wrg2));
    let external = facts.arrangements.iter().filter(|one| one.case.record.external && one.ended.is_none());
    awaited.extend(external.filter(|one| gwp3_received(facts, one).is_none()).filter_map(|one| {
        let due = gwp3_due(facts, one)?;
        let group = Some(facts.case.groups[one.case.group].id);
        Some(Awaited { due, kind: ObligationKind::Gwp3, group, overdue: due < facts.as_of })
    }));
    awaited.retain(|report| report.overdue || report.due <= through);
    awaited.sort_by_key(|report| (report.due, report.kind));
    awaited
}

/// The first day on which the sessions are complete and the Diploma can be.
fn ready(judgement: &Judgement<'_>, projected: Option<Day>) -> Result<Day, NoMeeting> {
    let facts = &judgement.facts;
    let complete_on = projected.ok_or(NoMeeting::NotProjected)?;
    if complete_on > facts.limit {
        return Err(NoMeeting::AfterLimit);
    }
    let has_diploma = judgement.finding(Code::D1).status == Status::Met;
    Ok(if has_diploma { complete_on } else { complete_on.max(facts.case.course.ends) })
}

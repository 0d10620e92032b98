//! How often, how, and with whom: S5 to S7.

use super::lapses::{NextMeeting, Series, Stretch, stretches};
use crate::calendar::Day;
use crate::edition::{Code, ParameterName, Parameters};
use crate::facts::{Asked, Facts, MeetingEntry, SessionEntry};
use crate::records::Body;
use crate::requirements::remedy::once_arranged;
use crate::requirements::words::{OfDays, until_complete};
use crate::requirements::{Actor, Finding, Parts, Remedy, Requirement, Status, StepWhen};
use crate::text::{Path, SourcePath, all_of, counted};

/// Supervision every fortnight.
pub(in crate::requirements) static S5: Requirement = Requirement {
    code: Code::S5,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[
        ParameterName::SupervisionIntervalDays,
        ParameterName::IntervalSlackDays,
        ParameterName::SupervisionMinutes,
        ParameterName::SupervisionModes,
    ],
    thresholds: &[("days_to_count_meetings_over", DAYS_TO_COUNT_MEETINGS_OVER)],
    judge: fortnightly_supervision,
    remedies: |facts| after_sessions(facts, Remedy::SupervisionMeeting),
};

/// The shortest time, in days, over which it is asked whether there were enough meetings.
const DAYS_TO_COUNT_MEETINGS_OVER: i64 = 56;

/// A meeting, once a session is held.
fn after_sessions(facts: &Facts<'_>, meeting: Remedy) -> Vec<Remedy> {
    once_arranged(facts, if facts.sessions.held().is_empty() { Remedy::Session } else { meeting })
}

fn fortnightly_supervision(facts: &Facts<'_>) -> Finding {
    let Some(series) = supervision_series(facts) else {
        return Finding::new(Code::S5, Status::Open, "no session is held yet");
    };
    let mut parts = Parts::new(facts, Code::S5);
    series.judge(facts, "supervision", facts.running, &mut parts);
    too_few(facts, &series, &mut parts);
    let Series { first, ref meetings, .. } = series;
    let dates = series.dates();
    let message = match dates.last() {
        None => format!("supervision has not fallen behind since {}", first.date),
        Some(latest) => format!(
            "{} since the first session on {}{}, the latest on {latest}",
            counted(dates.len(), "supervision meeting", "supervision meetings"),
            first.date,
            until_complete(facts)
        ),
    };
    let evidence: Vec<_> = meetings.iter().map(|entry| entry.place(facts.case)).collect();
    parts.finish((Status::Met, message)).proven_by(evidence)
}

/// Whether there were enough meetings since the last ruling that settled how many there were, or since the first
/// session.
fn too_few(facts: &Facts<'_>, series: &Series<'_>, parts: &mut Parts<'_>) {
    let day_after = |since: Option<Day>| since.map(|since| since.plus_days(1));
    let opened = facts.rulings.window(Code::S5, Some(series.first.date), day_after);
    let (since, end) = (opened.unwrap_or(series.first.date), series.end);
    let dates = series.dates();
    let between: i64 = stretches(since, &dates, end, &facts.supervision_breaks).iter().map(|one| one.days).sum();
    let count = dates.iter().filter(|&&date| since < date && date < end).count();
    let held = i64::try_from(count).unwrap_or(i64::MAX / 64);
    if between < DAYS_TO_COUNT_MEETINGS_OVER || 4 * held * longest_interval(facts, since, end) >= 3 * between {
        return;
    }
    let message = match count {
        // In the words of the lapse that it is, so that it is said once.
        0 => {
            let stretch = Stretch { from: since, to: end, days: between, is_last: true };
            series.lapse("supervision", &format!("from {since} to {end}"), stretch)
        }
        count => {
            let meetings = counted(count, "supervision meeting", "supervision meetings");
            format!("only {meetings} in the {between} days from {since} to {end}, not counting breaks")
        }
    };
    parts.query(since.plus_days(1), message, series.meetings.last().map(|entry| entry.place(facts.case)));
}

/// The longest interval between meetings that is in force on any day of a time.
fn longest_interval(facts: &Facts<'_>, from: Day, until: Day) -> i64 {
    // Between the days on which something begins to be in force, all is as it was.
    let changes = facts.accommodations.changes().filter(|day| (from..=until).contains(day));
    let intervals = [from].into_iter().chain(changes).map(|day| facts.parameters_on(day).supervision_interval_days);
    intervals.max().unwrap_or(facts.parameters.supervision_interval_days)
}

/// The supervision meetings from the first session held on; none where none is held.
fn supervision_series<'f>(facts: &'f Facts<'_>) -> Option<Series<'f>> {
    let held = facts.sessions.held();
    let (first, last) = (*held.first()?, held.last()?.date);
    let end = match facts.complete_on() {
        Some(complete_on) => complete_on,
        None if facts.running => facts.as_of,
        None => last,
    };
    let mut sessions: Vec<_> = held.iter().map(|entry| entry.date).filter(|date| *date <= end).collect();
    sessions.dedup();
    let interval: fn(&Parameters) -> i64 = |parameters| parameters.supervision_interval_days;
    Some(Series { first, end, meetings: facts.supervision_meetings().collect(), sessions, interval, facts })
}

/// When the running group's next supervision meeting is to be, so that S5 finds no lapse.
pub(crate) fn next_supervision(facts: &Facts<'_>) -> Option<NextMeeting> {
    Some(supervision_series(facts).filter(|_| facts.running)?.next())
}

/// Face to face or by telephone, and long enough.
pub(in crate::requirements) static S6: Requirement = Requirement {
    code: Code::S6,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[ParameterName::SupervisionModes, ParameterName::SupervisionMinutes],
    thresholds: &[],
    judge: supervision_meetings,
    remedies: |facts| once_arranged(facts, Remedy::SupervisionMeeting),
};

fn supervision_meetings(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::S6);
    for entry in facts.meetings_that_took_place() {
        if let Some(asked) = entry.asked {
            let after = |was| format!(" {}", doubt(asked, was));
            let words = OfDays::new(["the meeting of ", &after("was")], ["the meetings of ", &after("were")]);
            parts.query_of_day(entry.date, words, [entry.place(facts.case)]);
        }
    }
    let meetings: Vec<_> = facts.supervision_meetings().collect();
    let otherwise = match meetings.len() {
        0 if facts.meetings_that_took_place().next().is_some() => {
            (Status::Met, "no supervision meeting counts yet, and none is left to judge".to_owned())
        }
        0 => (Status::Open, "no supervision meeting yet".to_owned()),
        count => {
            let meetings = counted(count, "supervision meeting was", "supervision meetings were");
            (Status::Met, format!("{meetings} long enough, in an accepted mode{}", until_complete(facts)))
        }
    };
    let mut logs: Vec<_> = meetings.iter().map(|entry| entry.log).collect();
    logs.sort_unstable();
    logs.dedup();
    // The mode of a log holds for each of its meetings that has none of its own.
    let modes =
        logs.into_iter().map(|log| SourcePath { file: facts.case.supervisions[log].file, path: Path::of("mode") });
    let has_own = |entry: &&MeetingEntry| facts.case.supervisions[entry.log].log.sessions[entry.index].mode.is_some();
    let own = meetings.iter().filter(has_own).map(|entry| entry.place(facts.case).key("mode"));
    parts.finish(otherwise).proven_by(modes.chain(own))
}

/// Joint supervision of a conducting pair.
pub(in crate::requirements) static S7: Requirement = Requirement {
    code: Code::S7,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[
        ParameterName::JointSupervisionIntervalDays,
        ParameterName::IntervalSlackDays,
        ParameterName::SupervisionMinutes,
        ParameterName::SupervisionModes,
    ],
    thresholds: &[],
    judge: joint_supervision,
    remedies: |facts| after_sessions(facts, Remedy::JointMeeting),
};

fn joint_supervision(facts: &Facts<'_>) -> Finding {
    let Some((series, last)) = joint_series(facts) else {
        return Finding::new(Code::S7, Status::NotApplicable, "no session held was co-conducted");
    };
    let mut parts = Parts::new(facts, Code::S7);
    series.judge(facts, "joint supervision", facts.running && series.end == facts.as_of, &mut parts);
    let Series { first, meetings, .. } = series;
    let message = format!(
        "{} for the sessions co-conducted from {} to {}",
        counted(meetings.len(), "joint supervision meeting", "joint supervision meetings"),
        first.date,
        last.date
    );
    let evidence: Vec<_> = meetings.iter().map(|entry| entry.place(facts.case)).collect();
    parts.finish((Status::Met, message)).proven_by([first.place(facts.case)]).proven_by(evidence)
}

/// The joint meetings from the first co-conducted session on, and the last such session; none where there is none.
fn joint_series<'f>(facts: &'f Facts<'_>) -> Option<(Series<'f>, SessionEntry)> {
    let mut sessions = facts.sessions.held();
    sessions.retain(|entry| facts.is_judged(entry.date) && is_co_conducted(facts, entry.group, entry.date));
    let (first, last) = (*sessions.first()?, *sessions.last()?);
    let end = if is_co_conducted_now(facts) { facts.as_of } else { last.date };
    let meetings = facts.supervision_meetings().filter(|entry| entry.joint).collect();
    let interval: fn(&Parameters) -> i64 = |parameters| parameters.joint_supervision_interval_days;
    // Whether a session was held while there was no joint meeting is not asked.
    Some((Series { first, end, meetings, sessions: Vec::new(), interval, facts }, last))
}

fn is_co_conducted(facts: &Facts<'_>, group: usize, day: Day) -> bool {
    let group = &facts.case.groups[group];
    group.partners(facts.as_of).any(|partner| partner.arrangement.period().covers(day))
        || group.log.co_conductor.as_ref().is_some_and(|other| other.covers(day))
}

fn is_co_conducted_now(facts: &Facts<'_>) -> bool {
    facts.running && facts.sessions.group.is_some_and(|group| is_co_conducted(facts, group, facts.as_of))
}

/// When the conducting pair's next joint meeting is to be, so that S7 finds no lapse; none where they are no pair any
/// more by then.
pub(crate) fn next_joint_supervision(facts: &Facts<'_>) -> Option<NextMeeting> {
    let (series, _) = joint_series(facts).filter(|_| is_co_conducted_now(facts))?;
    let next = series.next();
    let are_still_two = |day: Day| facts.sessions.group.is_some_and(|group| is_co_conducted(facts, group, day));
    (next.by < facts.as_of || are_still_two(next.by.plus_days(1))).then_some(next)
}

/// What is in doubt about meetings, after their days: it `was`, or they `were`.
fn doubt(Asked { mode, too_short }: Asked, was: &str) -> String {
    let mode = mode.map(|mode| format!("{was} by {}, which is not among the accepted modes", mode.word()));
    let length = too_short.map(|(minutes, least)| format!("{was} shorter than {least} minutes: {minutes}"));
    all_of(mode.into_iter().chain(length))
}

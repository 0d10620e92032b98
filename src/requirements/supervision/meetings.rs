//! How often, how, and with whom: S5 to S7.

use super::lapses::{NextMeeting, Series, stretches};
use crate::calendar::Day;
use crate::edition::{Code, ParameterName};
use crate::facts::{Facts, MeetingEntry, SessionEntry};
use crate::records::Body;
use crate::requirements::{Actor, Finding, Parts, Requirement, Status, StepWhen};
use crate::text::counted;
use crate::text::{Path, Place};

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
};

/// The shortest time, in days, over which it is asked whether there were enough meetings.
const DAYS_TO_COUNT_MEETINGS_OVER: i64 = 56;

fn fortnightly_supervision(facts: &Facts<'_>) -> Finding {
    let Some(series) = supervision_series(facts) else {
        return Finding::new(Code::S5, Status::Open, "no session counts yet");
    };
    let mut parts = Parts::new(facts, Code::S5);
    series.judge(facts, "supervision", facts.running, &mut parts);

    let Series { first, end, ref meetings, interval, .. } = series;
    let dates = series.dates();
    let settled = facts.rulings.latest_accepted_in_general(Code::S5).map(|settled| settled.ruling.date);
    let since = settled.map_or(first.date, |settled| settled.max(first.date));
    let between: i64 = stretches(since, &dates, end, &facts.supervision_breaks).iter().map(|one| one.days).sum();
    let count = dates.iter().filter(|&&date| since < date && date < end).count();
    let held = i64::try_from(count).unwrap_or(i64::MAX / 64);
    if between >= DAYS_TO_COUNT_MEETINGS_OVER && 4 * held * interval < 3 * between {
        let meetings_held = match count {
            0 => "no supervision meeting".to_owned(),
            count => format!("only {}", counted(count, "supervision meeting", "supervision meetings")),
        };
        let message = format!("{meetings_held} in the {between} days from {since} to {end}, breaks left out");
        parts.query(end, message, meetings.last().map(|entry| entry.place(facts.case)));
    }
    let message = match dates.last() {
        None => format!("supervision has not fallen behind since {}", first.date),
        Some(latest) => format!(
            "{} from {} on, the latest on {latest}",
            counted(dates.len(), "supervision meeting", "supervision meetings"),
            dates[0]
        ),
    };
    let evidence: Vec<_> = meetings.iter().map(|entry| entry.place(facts.case)).collect();
    parts.finish((Status::Met, message)).proven_by(evidence)
}

/// The supervision meetings from the first counted session on; none where no session counts.
fn supervision_series<'f>(facts: &'f Facts<'_>) -> Option<Series<'f>> {
    let (first, last) = (facts.series.first()?, facts.series.last()?);
    let end = match facts.complete_on() {
        Some(complete_on) => complete_on,
        None if facts.running => facts.as_of,
        None => last.date,
    };
    let interval = facts.parameters.supervision_interval_days;
    let longest = interval + facts.parameters.interval_slack_days;
    Some(Series { first, end, meetings: facts.supervision_meetings().collect(), interval, longest })
}

/// When the running group's next supervision meeting is to be, so that S5 finds no lapse.
pub(crate) fn next_supervision(facts: &Facts<'_>) -> Option<NextMeeting> {
    Some(supervision_series(facts).filter(|_| facts.running)?.next(facts))
}

/// Face to face, or by telephone.
pub(in crate::requirements) static S6: Requirement = Requirement {
    code: Code::S6,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[ParameterName::SupervisionModes, ParameterName::SupervisionMinutes],
    thresholds: &[],
    judge: supervision_mode,
};

fn supervision_mode(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::S6);
    let in_doubt = facts.meetings.iter().filter(|entry| entry.only_mode && facts.is_judged(entry.date));
    for entry in in_doubt.filter(|entry| facts.rulings.on(Code::S6, entry.date).is_none()) {
        let log = facts.case.supervisions[entry.log].log;
        let mode = log.sessions[entry.index].mode.unwrap_or(log.mode).word();
        let message = format!("the meeting of {} was by {mode}, which is not among the accepted modes", entry.date);
        parts.query(entry.date, message, [entry.place(facts.case)]);
    }
    let meetings: Vec<_> = facts.supervision_meetings().collect();
    let otherwise = match meetings.len() {
        0 => (Status::Open, "no supervision meeting yet".to_owned()),
        count => {
            let meetings = counted(count, "supervision meeting was", "supervision meetings were");
            (Status::Met, format!("{meetings} in an accepted mode"))
        }
    };
    let mut logs: Vec<_> = meetings.iter().map(|entry| entry.log).collect();
    logs.sort_unstable();
    logs.dedup();
    // The mode of a log holds for each of its meetings that has none of its own.
    let modes = logs.into_iter().map(|log| Place { file: facts.case.supervisions[log].file, path: Path::of("mode") });
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
};

fn joint_supervision(facts: &Facts<'_>) -> Finding {
    let Some((series, last)) = joint_series(facts) else {
        return Finding::new(Code::S7, Status::NotApplicable, "no counted session was co-conducted");
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
fn joint_series<'f>(facts: &'f Facts<'_>) -> Option<(Series<'f>, &'f SessionEntry)> {
    let judged = |entry: &&SessionEntry| facts.is_judged(entry.date) && is_co_conducted(facts, entry.group, entry.date);
    let sessions: Vec<_> = facts.series.iter().filter(judged).collect();
    let (first, last) = (*sessions.first()?, *sessions.last()?);
    let end = if is_co_conducted_now(facts) { facts.as_of } else { last.date };
    let meetings = facts.supervision_meetings().filter(|entry| entry.joint).collect();
    let interval = facts.parameters.joint_supervision_interval_days;
    let longest = interval + facts.parameters.interval_slack_days;
    Some((Series { first, end, meetings, interval, longest }, last))
}

fn is_co_conducted(facts: &Facts<'_>, group: usize, day: Day) -> bool {
    let group = &facts.case.groups[group];
    group.partners.iter().any(|partner| partner.arrangement.period().covers(day))
        || group.log.co_conductor.as_ref().is_some_and(|other| other.covers(day))
}

fn is_co_conducted_now(facts: &Facts<'_>) -> bool {
    facts.running && facts.sessions.group.is_some_and(|group| is_co_conducted(facts, group, facts.as_of))
}

/// When the conducting pair's next joint meeting is to be, so that S7 finds no lapse; none where they are no pair any
/// more by then.
pub(crate) fn next_joint_supervision(facts: &Facts<'_>) -> Option<NextMeeting> {
    let (series, _) = joint_series(facts).filter(|_| is_co_conducted_now(facts))?;
    let next = series.next(facts);
    let are_still_two = |day: Day| facts.sessions.group.is_some_and(|group| is_co_conducted(facts, group, day));
    (next.by < facts.as_of || are_still_two(next.by.plus_days(1))).then_some(next)
}

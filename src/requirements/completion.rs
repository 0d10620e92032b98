//! Requirements for Students Running Group after the End of the Diploma Course.

use super::words::ordinal;
use super::{Finding, Parts, Requirement, Status, judge};
use crate::calendar::{Day, Period, covered_through};
use crate::edition::{Code, ParameterName};
use crate::facts::{Arranged, Facts};
use crate::text::Path;
use crate::text::counted;

const HEADING: &str = "Requirements for Students Running Group after the End of the Diploma Course";

/// In a WRG, or under a group analyst, once the course has ended.
pub(super) static S8: Requirement = Requirement {
    code: Code::S8,
    heading: HEADING,
    asks: "A student who runs the group beyond the end of the course stays in a WRG until the sessions are complete, \
        or has a group analyst as workplace supervisor.",
    readings: &[
        "A WRG entry without a last day ends with the course: going on in a WRG is recorded on purpose.",
        "What happens after the session that completes the required number is no longer judged.",
    ],
    parameters: &[],
    judged: "A day is covered by a WRG entry, or by an arrangement with the group whose supervisor is a group \
        analyst. The course has ended, the group is running and the day is not covered: an action. Each counted \
        session after the course that is not covered: a query dated its day. None of these, and sessions after the \
        course count: met. No such session: does not apply.",
    met_when: "The course ended on 11 July 2026, and the student stays in the WRG until 31 December 2026, the last \
        session being on 8 December 2026.",
    unmet_when: "The group goes on in September 2026 with no WRG, under a supervisor who is not a group analyst: an \
        action.",
    settled_by: "Record the WRG that the student stays in, or an arrangement with a group analyst. Sessions that \
        were not covered: a [[ruling]] on S8; accepted, it is met; refused, it is an action.",
    judge: after_the_course,
};

fn after_the_course(facts: &Facts<'_>) -> Finding {
    let ends = facts.case.course.ends;
    let covered = |group: Option<usize>, day: Day| supervised_after(facts, group).any(|period| period.covers(day));
    let mut parts = Parts::new(facts, Code::S8);
    if facts.as_of > ends && facts.running && !covered(facts.sessions.group, facts.as_of) {
        let message = format!(
            "the course ended on {ends}, and the student is neither in a WRG nor under a workplace supervisor who is a \
             group analyst"
        );
        parts.add(Status::Action, message, [facts.course_place(Path::of("ends"))]);
    }
    let after: Vec<_> = facts.series.iter().filter(|entry| entry.date > ends && facts.is_judged(entry.date)).collect();
    for entry in after.iter().filter(|entry| !covered(Some(entry.group), entry.date)) {
        let message = format!("the session of {} was held neither in a WRG nor under a group analyst", entry.date);
        parts.query(entry.date, message, [entry.place(facts.case)]);
    }
    let held = after.iter().map(|entry| entry.place(facts.case));
    let otherwise = match after.len() {
        0 => (Status::NotApplicable, "no session after the course's end counts".to_owned()),
        count => {
            let sessions = counted(count, "session", "sessions");
            (Status::Met, format!("{sessions} after the course's end, each in a WRG or under a group analyst"))
        }
    };
    parts.finish(otherwise).proven_by(held)
}

/// The times in which a student who runs a group after the course is where they are to be: in a WRG, or with the
/// group under a group analyst.
fn supervised_after<'f>(facts: &'f Facts<'_>, group: Option<usize>) -> impl Iterator<Item = Period> + 'f {
    let analyst = |one: &&Arranged<'_>| one.case.supervisor.record.group_analyst;
    let under = facts.arrangements.iter().filter(move |one| Some(one.case.group) == group).filter(analyst);
    facts.case.wrg.iter().map(|wrg| facts.case.wrg_period(wrg)).chain(under.map(Arranged::period))
}

/// The last day, not before the course's end, up to which a running student is in a WRG or under a group analyst:
/// from the next day on S8 finds an action while the group goes on.
pub(crate) fn supervised_through(facts: &Facts<'_>) -> Day {
    let ends = facts.case.course.ends;
    let periods = || supervised_after(facts, facts.sessions.group);
    covered_through(periods(), facts.as_of.max(ends.plus_days(1))).unwrap_or_else(|| {
        let past = periods().filter_map(|period| period.until).filter(|until| *until < facts.as_of).max();
        past.map_or(ends, |until| until.max(ends))
    })
}

/// Thirty sessions within two years of the course's end.
pub(super) static T1: Requirement = Requirement {
    code: Code::T1,
    heading: HEADING,
    asks: "The thirty sessions are completed within two years of the end of the course.",
    readings: &[
        "The limit is the same day of the year, two years on; an agreed extension replaces it from the day it was \
         agreed.",
        "A warning comes early: when the sessions cannot be complete by the limit in the group's rhythm, or at one a \
         week where that rhythm is not known.",
    ],
    parameters: &[ParameterName::CompletionYears, ParameterName::SessionsRequired],
    judged: "Due by the limit. G5 is met: met. G5 is a query: open. The limit has passed: failed. The session that \
        completes the number is projected for a day after the limit: an action. It cannot be projected, and one \
        session a week from the day asked about would end after the limit: an action. Otherwise open.",
    met_when: "The course ended on 11 July 2026, and the thirtieth session was on 8 December 2026.",
    unmet_when: "The same course, and 24 sessions on 12 July 2028: failed.",
    settled_by: "It is never a query, so there is nothing to rule on. An [extension], with who agreed it and when, \
        moves the limit; a [[ruling]] on G5 can take several groups together.",
    judge: two_year_limit,
};

fn two_year_limit(facts: &Facts<'_>) -> Finding {
    let limit = facts.limit;
    let (status, message) = match judge(Code::G5, facts).status {
        Status::Met => (Status::Met, format!("the sessions were complete within the limit of {limit}")),
        Status::Query => {
            (Status::Open, format!("it depends on whether the sessions are accepted; the limit is {limit}"))
        }
        _ if facts.as_of > limit => {
            (Status::Failed, format!("the limit of {limit} passed before the sessions were complete"))
        }
        _ => in_time(facts),
    };
    let until = match facts.case.record.extension {
        Some(_) if facts.limit != facts.parameters.limit_after(facts.case.course.ends) => {
            facts.place(Path::of("extension").key("until"))
        }
        _ => facts.course_place(Path::of("ends")),
    };
    Finding::new(Code::T1, status, message).proven_by([until]).due(limit)
}

/// Whether what is missing can still be held in time: as projected, or week by week from the day of judgement.
fn in_time(facts: &Facts<'_>) -> (Status, String) {
    let (limit, required) = (facts.limit, facts.parameters.sessions_required);
    let missing = required.saturating_sub(facts.series.len());
    let number = ordinal(required);
    match facts.projected() {
        Some(day) if day > limit => {
            (Status::Action, format!("the {number} session is projected for {day}, after the limit of {limit}"))
        }
        Some(day) => (Status::Open, format!("the {number} session is projected for {day}; the limit is {limit}")),
        None => {
            let weeks = i64::try_from(missing.saturating_sub(1)).unwrap_or(i64::MAX / 64);
            let earliest = facts.as_of.plus_days(7 * weeks);
            if earliest > limit {
                let message = format!(
                    "even week by week from now the {number} session would be on {earliest}, after the limit of {limit}"
                );
                (Status::Action, message)
            } else {
                (Status::Open, format!("{missing} sessions are missing; the limit is {limit}"))
            }
        }
    }
}

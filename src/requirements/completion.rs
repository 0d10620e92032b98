//! Requirements for Students Running Group after the End of the Diploma Course.

use super::words::ordinal;
use super::{Finding, Requirement, Status, judge};
use crate::edition::{Code, ParameterName};
use crate::facts::Facts;
use crate::text::Path;

/// Thirty sessions within two years of the course's end.
pub(super) static T1: Requirement = Requirement {
    code: Code::T1,
    heading: "Requirements for Students Running Group after the End of the Diploma Course",
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

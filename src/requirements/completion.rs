//! Requirements for Students Running Group after the End of the Diploma Course.

use super::words::{OfDays, until_complete};
use super::{Actor, Finding, Parts, Remedy, Requirement, Status, StepWhen, judge, remedies};
use crate::calendar::{Day, Period, covered_through};
use crate::edition::{Code, ParameterName, ordinal};
use crate::facts::{Arranged, Facts};
use crate::records::Body;
use crate::text::Path;
use crate::text::counted;

/// In a WRG, or under a group analyst, once the course has ended.
pub(super) static S8: Requirement = Requirement {
    code: Code::S8,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[],
    thresholds: &[],
    judge: after_the_course,
    remedies: |_| vec![Remedy::SupervisionAfterTheCourse],
};

fn after_the_course(facts: &Facts<'_>) -> Finding {
    let ends = facts.case.course.ends;
    let covered = |group: Option<usize>, day: Day| supervised_after(facts, group).any(|period| period.covers(day));
    let mut parts = Parts::new(facts, Code::S8);
    let is_covered = covered(facts.sessions.group, facts.as_of) || facts.group_breaks.covers(facts.as_of);
    if facts.as_of > ends && facts.running && !is_covered {
        let message =
            format!("the course ended on {ends}, and neither a WRG nor a group analyst is recorded for the group now");
        parts.add(Status::Action, message, [facts.course_place(Path::of("ends"))]);
    }
    let after: Vec<_> = facts.series.iter().filter(|entry| entry.date > ends && facts.is_judged(entry.date)).collect();
    for entry in after.iter().filter(|entry| !covered(Some(entry.group), entry.date)) {
        parts.query_of_day(entry.date, without_supervision(), [entry.place(facts.case)]);
    }
    let held = after.iter().map(|entry| entry.place(facts.case));
    let otherwise = match after.len() {
        0 => (Status::NotApplicable, "no session after the course's end counts".to_owned()),
        count => {
            let sessions = counted(count, "session", "sessions");
            let until = until_complete(facts);
            (Status::Met, format!("{sessions} after the course's end{until}, each in a WRG or under a group analyst"))
        }
    };
    parts.finish(otherwise).proven_by(held)
}

/// What is asked of sessions after the course.
fn without_supervision() -> OfDays {
    let after = "; neither a WRG nor a group analyst is recorded";
    OfDays::new(["the course had ended by the session of ", after], ["the course had ended by the sessions of ", after])
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
    acts: Actor::Convenor,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[ParameterName::CompletionYears, ParameterName::SessionsRequired],
    thresholds: &[],
    judge: two_year_limit,
    remedies: within_the_limit,
};

/// What settles the sessions; an extension, where they cannot be complete within the limit.
fn within_the_limit(facts: &Facts<'_>) -> Vec<Remedy> {
    let extension = (two_year_limit(facts).status != Status::Open).then_some(Remedy::Extension);
    let mut settle: Vec<_> = extension.into_iter().collect();
    for remedy in remedies(&judge(Code::G5, facts), facts) {
        if !settle.contains(&remedy) {
            settle.push(remedy);
        }
    }
    settle
}

fn two_year_limit(facts: &Facts<'_>) -> Finding {
    let limit = facts.limit;
    let (status, message) = match judge(Code::G5, facts).status {
        Status::Met => (Status::Met, format!("the sessions were complete within the limit of {limit}")),
        Status::Query => {
            (Status::Open, format!("it depends on whether the sessions are accepted; the limit is {limit}"))
        }
        Status::Failed => (Status::Failed, format!("the limit of {limit} passed before the sessions were complete")),
        _ if facts.as_of > limit => {
            (Status::Open, format!("the limit of {limit} passed, and it is not settled yet which sessions count"))
        }
        _ => in_time(facts),
    };
    let until = match facts.case.record.extension {
        Some(_) if facts.limit != facts.parameters.limit_after(facts.case.course.ends) => {
            facts.place(Path::of("extension").key("until"))
        }
        _ => facts.course_place(Path::of("ends")),
    };
    let finding = Finding::new(Code::T1, status, message).proven_by([until]).due(limit);
    if status == Status::Failed { finding.said_by(Code::G5) } else { finding }
}

/// Whether what is missing can still be held in time: as projected, or week by week from the day of judgement.
fn in_time(facts: &Facts<'_>) -> (Status, String) {
    let (limit, required) = (facts.limit, facts.parameters.sessions_required);
    let missing = required.saturating_sub(facts.series.len());
    let number = ordinal(required);
    match facts.projected().filter(|_| !facts.has_left()) {
        Some(day) if day > limit => {
            (Status::Action, format!("the {number} session is projected for {day}, after the limit of {limit}"))
        }
        Some(day) => (Status::Open, format!("the {number} session is projected for {day}; the limit is {limit}")),
        None => {
            let weeks = i64::try_from(missing.saturating_sub(1)).unwrap_or(i64::MAX / 64);
            let earliest = facts.as_of.plus_days(7 * weeks);
            if earliest > limit {
                let message = format!(
                    "with one session a week from now, the {number} would be on {earliest}, after the limit of {limit}"
                );
                (Status::Action, message)
            } else {
                (
                    Status::Open,
                    format!("{} still needed; the limit is {limit}", counted(missing, "session is", "sessions are")),
                )
            }
        }
    }
}

//! What has to go on: registration, insurance, supervision, approval, the place in a WRG; and the sessions themselves,
//! up to the limit. Each is due on the last day on which all is well as it stands in the records.

use super::{Obligation, ObligationKind, Person, Role, arrangements};
use crate::calendar::{Day, covered_through};
use crate::edition::Code;
use crate::facts::{Arranged, Facts};
use crate::records::Insurance;
use crate::requirements::{
    Finding, NextMeeting, Status, next_joint_supervision, next_supervision, registration_lasts, supervised_through,
    unapproved,
};

/// Everything of this kind that is or was to be kept up, in no order.
pub(super) fn upkeep<'a>(facts: &Facts<'a>, findings: &[Finding]) -> Vec<Obligation<'a>> {
    let mut upkeep = Vec::new();
    registrations(facts, &mut upkeep);
    approvals(facts, &mut upkeep);
    let student = Person::student(facts.case);
    let mut of_student = |kind, lasts: Option<(Day, String)>| {
        let owed = lasts.is_some();
        let (due, why) = lasts.unwrap_or((facts.as_of, String::new()));
        upkeep.push(Obligation { why, ..Obligation::of(kind, due, owed).from(student) });
    };
    of_student(ObligationKind::Insurance, insurance(facts));
    of_student(ObligationKind::Supervision, supervision(facts, next_supervision(facts), "supervision meeting"));
    let joint = supervision(facts, next_joint_supervision(facts), "joint supervision meeting");
    of_student(ObligationKind::JointSupervision, joint);
    of_student(ObligationKind::WrgEnd, wrg_end(facts));
    of_student(ObligationKind::TwoYearLimit, limit(facts, findings));
    upkeep
}

/// The last day on which the student's group runs, as it is arranged: nothing has to be kept up beyond it.
fn runs_through(facts: &Facts<'_>) -> Option<Day> {
    let periods = facts.group_arrangements().map(Arranged::period);
    covered_through(periods, facts.as_of).filter(|_| facts.running).map(|last| last.min(facts.limit))
}

fn registrations<'a>(facts: &Facts<'a>, upkeep: &mut Vec<Obligation<'a>>) {
    for (arrangement, judged) in arrangements(facts) {
        let running = judged.filter(|arranged| arranged.ended.is_none());
        let lasts = running.and_then(|arranged| registration_lasts(facts, arranged));
        let owed = lasts.is_some();
        let (due, why) = lasts.unwrap_or((facts.as_of, String::new()));
        let supervisor = Person::supervisor(Role::WorkplaceSupervisor, arrangement.supervisor);
        let obligation = Obligation::of(ObligationKind::Registration, due, owed).about(facts.case, arrangement);
        upkeep.push(Obligation { why, ..obligation.from(supervisor) });
    }
}

/// Every arrangement once: approved, or newer than the approval.
fn approvals<'a>(facts: &Facts<'a>, upkeep: &mut Vec<Obligation<'a>>) {
    let unapproved = unapproved(facts);
    for (arrangement, _) in arrangements(facts) {
        let newer = unapproved.iter().find(|newer| newer.arranged.case.index == arrangement.index);
        let due = newer.map_or(facts.as_of, |newer| newer.due);
        let why = newer.map(|newer| {
            format!("it became known on {}, after the approval of {}", newer.arranged.known, newer.approved)
        });
        let obligation = Obligation::of(ObligationKind::ArrangementApproval, due, newer.is_some());
        let obligation = obligation.about(facts.case, arrangement).from(Person::convenor(facts.case));
        upkeep.push(Obligation { why: why.unwrap_or_default(), ..obligation });
    }
}

/// Before the first session it is not asked for.
fn insurance(facts: &Facts<'_>) -> Option<(Day, String)> {
    let runs_through = runs_through(facts)?;
    let first_held = facts.sessions.all_held().first()?.date;
    let periods = facts.case.record.insurance.iter().map(Insurance::period);
    if let Some(last) = covered_through(periods.clone(), facts.as_of) {
        return (last < runs_through).then(|| (last, format!("the insurance that is recorded ends on {last}")));
    }
    let ended = periods.filter_map(|period| period.until).filter(|until| *until < facts.as_of).max();
    let why = match ended {
        Some(last) => format!("the insurance that is recorded ended on {last}"),
        None => format!("no insurance is recorded, and the first session was held on {first_held}"),
    };
    Some((ended.map_or(first_held, |last| last.max(first_held)), why))
}

fn supervision(facts: &Facts<'_>, next: Option<NextMeeting>, what: &str) -> Option<(Day, String)> {
    let NextMeeting { since, by } = next?;
    let is_first = facts.series.first().is_some_and(|first| first.date == since);
    let why = if is_first {
        format!("there was no {what} since the first session, on {since}")
    } else {
        format!("the latest {what} was on {since}")
    };
    (by < runs_through(facts)?).then_some((by, why))
}

fn wrg_end(facts: &Facts<'_>) -> Option<(Day, String)> {
    let runs_through = runs_through(facts)?;
    let last = supervised_through(facts);
    let is_complete_by_then = facts.projected().is_some_and(|day| day <= last);
    let why = if last == facts.case.course.ends {
        format!("the course ends on {last}, and the group is to run on")
    } else {
        format!("after {last} the student is neither in a WRG nor under a group analyst, and the group is to run on")
    };
    (last < runs_through && !is_complete_by_then).then_some((last, why))
}

/// The limit, while there are not enough sessions: those of several groups may be enough, if the committee takes them
/// together.
fn limit(facts: &Facts<'_>, findings: &[Finding]) -> Option<(Day, String)> {
    let sessions = &findings[Code::G5 as usize];
    let why = format!("{} of {} sessions count so far", facts.series.len(), facts.parameters.sessions_required);
    (sessions.status == Status::Open).then_some((facts.limit, why))
}

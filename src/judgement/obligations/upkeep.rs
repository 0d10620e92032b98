//! What has to go on: registration, insurance, supervision, approval, the place in a WRG; and the sessions themselves,
//! up to the limit. Each is due on the last day on which all is well as it stands in the records.

use super::{Obligation, ObligationKind, Person, Role};
use crate::calendar::{Day, covered_through};
use crate::edition::Code;
use crate::facts::Facts;
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
    let periods = facts.group_arrangements().map(crate::facts::Arranged::period);
    covered_through(periods, facts.as_of).filter(|_| facts.running).map(|last| last.min(facts.limit))
}

fn registrations<'a>(facts: &Facts<'a>, upkeep: &mut Vec<Obligation<'a>>) {
    for arranged in &facts.arrangements {
        let last_needed = arranged.period().until.unwrap_or(Day::last()).min(facts.limit);
        // Once the sessions are complete, a registration need not last any longer.
        let needed = |lasts: &(Day, String)| {
            arranged.ended.is_none()
                && (lasts.0 < facts.as_of || (lasts.0 < last_needed && facts.complete_on().is_none()))
        };
        let lasts = registration_lasts(facts, arranged).filter(needed);
        let owed = lasts.is_some();
        let (due, why) = lasts.unwrap_or((facts.as_of, String::new()));
        let supervisor = Person::supervisor(Role::WorkplaceSupervisor, arranged.case.supervisor);
        let obligation = Obligation::of(ObligationKind::Registration, due, owed).about(facts, arranged);
        upkeep.push(Obligation { why, ..obligation.from(supervisor) });
    }
}

/// Every arrangement once: approved, or newer than the approval.
fn approvals<'a>(facts: &Facts<'a>, upkeep: &mut Vec<Obligation<'a>>) {
    let unapproved = unapproved(facts);
    for arranged in &facts.arrangements {
        let newer = unapproved.iter().find(|newer| newer.arranged.case.index == arranged.case.index);
        let due = newer.map_or(facts.as_of, |newer| newer.due);
        let why = newer
            .map(|newer| format!("it became known on {}, after the approval of {}", arranged.known, newer.approved));
        let obligation = Obligation::of(ObligationKind::ArrangementApproval, due, newer.is_some());
        let obligation = obligation.about(facts, arranged).from(Person::convenor(facts.case));
        upkeep.push(Obligation { why: why.unwrap_or_default(), ..obligation });
    }
}

fn insurance(facts: &Facts<'_>) -> Option<(Day, String)> {
    let runs_through = runs_through(facts)?;
    let periods = facts.case.record.insurance.iter().map(crate::records::Insurance::period);
    if let Some(last) = covered_through(periods.clone(), facts.as_of) {
        return (last < runs_through).then(|| (last, format!("the insurance that is recorded ends on {last}")));
    }
    // Before the first session it is not late.
    let first_held = facts.sessions.all_held().first()?.date;
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

//! What has to go on: registration, insurance, supervision, approval, the place in a WRG; and the sessions themselves,
//! up to the limit. Each is due on the last day on which all is well as it stands in the records.

use super::{Obligation, ObligationKind, Person, Role, arrangements};
use crate::calendar::{Day, covered_through};
use crate::facts::{Arranged, Facts};
use crate::judgement::Judgement;
use crate::records::{Insurance, Matter, Outcome};
use crate::requirements::{
    NextMeeting, SESSIONS, Status, next_joint_supervision, next_supervision, registration_lasts, supervised_through,
    unapproved,
};

/// Everything of this kind that is or was to be kept up, in no order.
pub(super) fn upkeep<'a>(judgement: &Judgement<'a>) -> Vec<Obligation<'a>> {
    let facts = &judgement.facts;
    let mut upkeep = Vec::new();
    registrations(facts, &mut upkeep);
    approvals(facts, &mut upkeep);
    let student = Person::student(facts.case);
    // What is not owed is there from the day on which it could be.
    let mut of_student = |kind, lasts: Option<(Day, String)>, since: Option<Day>| {
        let owed = lasts.is_some();
        if let Some((due, why)) = lasts.or(since.map(|since| (since, String::new()))) {
            upkeep.push(Obligation { why, ..Obligation::of(kind, due, owed).owed_by(student) });
        }
    };
    let first_held = facts.sessions.all_held().first().map(|entry| entry.date);
    of_student(ObligationKind::Insurance, insurance(facts), first_held);
    let next = supervision(facts, next_supervision(facts), "supervision meeting", "the first session");
    of_student(ObligationKind::Supervision, next, first_held);
    let next = next_joint_supervision(facts);
    let next = supervision(facts, next, "joint supervision meeting", "the first session that two conducted");
    let are_two = facts.case.groups.iter().any(|group| !group.partners.is_empty() || group.log.co_conductor.is_some());
    of_student(ObligationKind::JointSupervision, next, first_held.filter(|_| are_two));
    let is_arranged = arrangements(facts).next().is_some();
    of_student(ObligationKind::WrgEnd, wrg_end(facts), is_arranged.then_some(facts.case.course.ends));
    of_student(ObligationKind::TwoYearLimit, limit(judgement), Some(facts.limit));
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
        let (due, why) = lasts.unwrap_or((arrangement.record.from, String::new()));
        let supervisor = Person::supervisor(Role::WorkplaceSupervisor, arrangement.supervisor);
        let obligation = Obligation::of(ObligationKind::Registration, due, owed).about(facts.case, arrangement);
        upkeep.push(Obligation { why, ..obligation.owed_by(supervisor) });
    }
}

/// Every arrangement that became known after an approval: it is approved meanwhile, or not.
fn approvals<'a>(facts: &Facts<'a>, upkeep: &mut Vec<Obligation<'a>>) {
    let unapproved = unapproved(facts);
    let approvals = facts.decisions(Matter::Arrangements).filter(|one| one.outcome() == Outcome::Approved);
    let first_approval = approvals.map(|one| one.decision.date).min();
    for (arrangement, _) in arrangements(facts) {
        let known = facts.case.known(arrangement);
        if first_approval.is_none_or(|approved| known <= approved) {
            continue;
        }
        let newer = unapproved.iter().find(|newer| newer.arranged.case.index == arrangement.index);
        let due = newer.map_or(known, |newer| newer.due);
        let why = newer.map(|newer| format!("it became known on {known}, after the approval of {}", newer.approved));
        let obligation = Obligation::of(ObligationKind::ArrangementApproval, due, newer.is_some());
        let obligation = obligation.about(facts.case, arrangement).owed_by(Person::convenor(facts.case));
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

/// `first` is what the first session is called from which the meetings are followed.
fn supervision(facts: &Facts<'_>, next: Option<NextMeeting>, what: &str, first: &str) -> Option<(Day, String)> {
    let NextMeeting { latest, since, meant_by, by } = next?;
    let latest = match latest {
        Some(latest) => format!("the latest {what} that counts was on {latest}"),
        None => format!("no {what} counts since {first}, on {since}"),
    };
    let why = format!("{latest}; the next is meant to be by {meant_by}, and after {by} it has lapsed, breaks left out");
    (by < runs_through(facts)?).then_some((by, why))
}

fn wrg_end(facts: &Facts<'_>) -> Option<(Day, String)> {
    let runs_through = runs_through(facts)?;
    let last = supervised_through(facts);
    let is_complete_by_then = facts.projected().is_some_and(|day| day <= last);
    let why = match (last == facts.case.course.ends, last < facts.as_of) {
        (true, true) => format!("the course ended on {last}, and the group runs on"),
        (true, false) => format!("the course ends on {last}, and the group is to run on"),
        (false, true) => {
            format!("since {last} the student is neither in a WRG nor under a group analyst, and the group runs on")
        }
        (false, false) => {
            format!(
                "after {last} the student is neither in a WRG nor under a group analyst, and the group is to run on"
            )
        }
    };
    (last < runs_through && !is_complete_by_then).then_some((last, why))
}

/// The limit, while there are not enough sessions: those of several groups may be enough, if the committee takes them
/// together.
fn limit(judgement: &Judgement<'_>) -> Option<(Day, String)> {
    let facts = &judgement.facts;
    let why = format!("{} of {} sessions count so far", facts.series.len(), facts.parameters.sessions_required);
    (judgement.finding(SESSIONS).status == Status::Open).then_some((facts.limit, why))
}

//! What has to go on: registration, insurance, supervision, approval, the place in a WRG; and the sessions themselves,
//! up to the limit. Each is due on the last day on which all is well as it stands in the records.

use std::collections::BTreeMap;

use super::{Obligation, ObligationKind, Person, Role, Which, arrangements};
use crate::calendar::{Day, covered_through};
use crate::facts::{Arranged, Facts, MeetingEntry, SessionEntry, Uncounted, UncountedMeeting};
use crate::judgement::Judgement;
use crate::records::{Insurance, Matter, Outcome, SupervisionType};
use crate::requirements::{
    NextMeeting, RATIFICATION, SESSIONS, Status, approvals, next_joint_supervision, next_supervision,
    registration_lasts, supervised_through, unapproved,
};
use crate::text::{Text, counted};

/// Everything of this kind that is or was to be kept up, in no order.
pub(super) fn upkeep<'a>(judgement: &Judgement<'a>) -> Vec<Obligation<'a>> {
    let facts = &judgement.facts;
    let mut upkeep = Vec::new();
    registrations(facts, &mut upkeep);
    newer_arrangements(facts, &mut upkeep);
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
    let are_two =
        facts.case.groups.iter().any(|group| !group.all_partners.is_empty() || group.log.co_conductor.is_some());
    of_student(ObligationKind::JointSupervision, next, first_held.filter(|_| are_two));
    let is_arranged = arrangements(facts).next().is_some();
    of_student(ObligationKind::WrgEnd, wrg_end(facts), is_arranged.then_some(facts.case.course.ends));
    of_student(ObligationKind::TwoYearLimit, limit(judgement), Some(facts.limit));
    to_confirm(facts, &mut upkeep);
    ratification(judgement, &mut upkeep);
    // During leave nothing has to go on.
    if facts.on_leave() {
        for obligation in &mut upkeep {
            obligation.owed = false;
        }
    }
    upkeep
}

/// Every log with plans whose day has come: what was held counts once somebody says so.
fn to_confirm<'a>(facts: &Facts<'a>, upkeep: &mut Vec<Obligation<'a>>) {
    let is_plan = |entry: &SessionEntry| entry.uncounted == Some(Uncounted::Planned);
    let sessions = facts.sessions.all().iter().copied().filter(is_plan);
    let of_groups = sessions.map(|entry| {
        let group = facts.case.groups[entry.group].id;
        (Which::GroupLog(group), Some(group), entry.date)
    });
    let is_plan = |entry: &&MeetingEntry| {
        entry.uncounted == Some(UncountedMeeting::Planned)
            && facts.case.supervisions[entry.log].log.supervision_type == SupervisionType::Clinical
    };
    let of_supervisions = facts
        .meetings
        .iter()
        .filter(is_plan)
        .map(|entry| (Which::SupervisionLog(facts.case.supervisions[entry.log].id), None, entry.date));
    let mut logs: BTreeMap<Which<'a>, (Option<&'a Text>, Day, usize)> = BTreeMap::new();
    for (which, group, date) in of_groups.chain(of_supervisions) {
        // What was planned after the last of the required sessions matters no more.
        logs.entry(which).or_insert((group, date, 0)).2 += usize::from(facts.is_judged(date));
    }
    for (which, (group, due, count)) in logs {
        let entries =
            counted(count, "entry is planned and its day has come", "entries are planned and their day has come");
        let why = format!("{entries}; nobody has said yet what was held");
        let obligation = Obligation::of(ObligationKind::ToConfirm, due, count > 0).owed_by(Person::student(facts.case));
        upkeep.push(Obligation { which, group, why, ..obligation });
    }
}

/// The approval that neither the SPC nor the NTM has ratified. It waits for their next meeting, and is never late.
fn ratification<'a>(judgement: &Judgement<'a>, upkeep: &mut Vec<Obligation<'a>>) {
    let Some(approval) = approvals(&judgement.facts).pop() else { return };
    if matches!(judgement.finding(RATIFICATION).status, Status::Open | Status::Query) {
        let why = format!("the {} approved on {}", approval.decision.body.title(), approval.decision.date);
        upkeep.push(Obligation { why, ..Obligation::of(ObligationKind::Ratification, None, true) });
    }
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
fn newer_arrangements<'a>(facts: &Facts<'a>, upkeep: &mut Vec<Obligation<'a>>) {
    let unapproved = unapproved(facts);
    let approving = facts.decisions(Matter::Arrangements).filter(|one| one.outcome() == Outcome::Approved);
    let first_approval = approving.map(|one| one.decision.date).min();
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
    let why = format!("{latest}; the next is meant to be by {meant_by}, and at the latest by {by}");
    (by < runs_through(facts)?).then_some((by, why))
}

fn wrg_end(facts: &Facts<'_>) -> Option<(Day, String)> {
    let runs_through = runs_through(facts)?;
    let last = supervised_through(facts);
    if last >= runs_through || facts.projected().is_some_and(|day| day <= last) {
        return None;
    }
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
    Some((last, why))
}

/// The limit, while there are not enough sessions: those of several groups may be enough, if the committee takes them
/// together.
fn limit(judgement: &Judgement<'_>) -> Option<(Day, String)> {
    let facts = &judgement.facts;
    let why = format!("{} of {} sessions count so far", facts.series.len(), facts.parameters.sessions_required);
    (judgement.finding(SESSIONS).status == Status::Open).then_some((facts.limit, why))
}

//! Who supervises: S1 to S4.

use super::fitness::{Experience, Shown, is_in_registers};
use crate::calendar::Day;
use crate::edition::{Code, ParameterName};
use crate::facts::{Arranged, Facts, MeetingEntry};
use crate::records::Body;
use crate::requirements::remedy::{arrangement_first, only_rulings};
use crate::requirements::words::{OfDays, listed};
use crate::requirements::{Actor, Finding, Parts, Remedy, Requirement, Status, StepWhen, confirmation_due, form1_due};
use crate::text::{Path, SourcePath, any_of, visible};

const NO_ARRANGEMENT: &str = "no arrangement is known yet";

/// A workplace supervisor beside the WRG supervisor.
pub(in crate::requirements) static S1: Requirement = Requirement {
    code: Code::S1,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Always,
    before_sessions: true,
    parameters: &[ParameterName::NewArrangementDays, ParameterName::CompletionYears],
    thresholds: &[],
    judge: two_supervisors,
    remedies: second_supervisor,
};

/// An arrangement or a WRG place, whichever there is none of.
fn second_supervisor(facts: &Facts<'_>) -> Vec<Remedy> {
    let has_wrg = facts.begun_wrg().next().is_some();
    let arrangement = (!facts.has_arrangement() || has_no_supervisor_now(facts)).then_some(Remedy::Arrangement);
    arrangement.into_iter().chain((!has_wrg).then_some(Remedy::WrgPlace)).collect()
}

/// What the supervisors of the arrangements are to show, of those who have not; an arrangement, where there is none.
fn of_supervisors(
    facts: &Facts<'_>,
    code: Code,
    shown: fn(usize) -> Remedy,
    judge: fn(&Facts<'_>, &Arranged<'_>, &mut Parts<'_>) -> Status,
) -> Vec<Remedy> {
    let is_missing = |one: &&Arranged<'_>| {
        !matches!(judge(facts, one, &mut Parts::new(facts, code)), Status::Met | Status::NotApplicable)
    };
    let each: Vec<_> = facts.arrangements.iter().filter(is_missing).map(|one| shown(one.case.index)).collect();
    arrangement_first(facts, &each)
}

fn two_supervisors(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::S1);
    let due = form1_due(facts);
    let not_there = if facts.as_of <= due { Status::Open } else { Status::Action };
    if !facts.has_arrangement() {
        parts.add(not_there, "no workplace supervisor is arranged", []);
    }
    if facts.begun_wrg().next().is_none() {
        parts.add(not_there, "no WRG supervisor is recorded", []);
    }
    if has_no_supervisor_now(facts) {
        let ended = facts.arrangements.iter().filter(|one| one.begun).map(|one| one.at(facts, "until"));
        let until = facts.arrangements.iter().filter(|one| one.begun).filter_map(|one| one.period().until).max();
        let until = until.map(|until| format!("; the last ended on {until}")).unwrap_or_default();
        parts.add(Status::Action, format!("no arrangement in the workplace is running{until}"), ended);
    }
    for arranged in facts.arrangements.iter().filter(|one| one.begun) {
        same_person_twice(facts, arranged, &mut parts);
    }
    let workplace = facts.arrangements.iter().map(|one| one.at(facts, "supervisor"));
    let wrg = facts.begun_wrg().map(|wrg| facts.place(Path::of("wrg").index(wrg.index).key("supervisor")));
    let evidence: Vec<_> = workplace.chain(wrg).collect();
    let names = |one: &Arranged<'_>| one.case.supervisor.record.name.to_string();
    let message = format!(
        "the workplace supervisor ({}) is another person than the WRG supervisor",
        listed(facts.arrangements.iter().map(names))
    );
    let finding = parts.finish((Status::Met, message)).proven_by(evidence);
    // The convenor knows who leads the WRG.
    let lacks_only_wrg = facts.has_arrangement() && facts.begun_wrg().next().is_none();
    if lacks_only_wrg { finding.for_actor(Actor::Convenor) } else { finding }
}

/// Whether arrangements have begun and none is running, while sessions are still to be held.
fn has_no_supervisor_now(facts: &Facts<'_>) -> bool {
    let in_time = facts.complete_on().is_none() && facts.as_of <= facts.limit;
    let covering = facts.arrangements.iter().any(|one| one.period().covers(facts.as_of));
    in_time && !covering && !facts.on_leave() && facts.arrangements.iter().any(|one| one.begun)
}

/// One person in both offices on the same day, as far as it is judged.
fn same_person_twice(facts: &Facts<'_>, arranged: &Arranged<'_>, parts: &mut Parts<'_>) {
    for wrg in facts.begun_wrg().filter(|wrg| wrg.supervisor.id == arranged.case.supervisor.id) {
        let (workplace, reflection) = (arranged.period(), facts.case.wrg_period(wrg));
        let Some(first) = workplace.first_common_day(reflection).filter(|day| facts.is_judged(*day)) else { continue };
        let name = &wrg.supervisor.record.name;
        let message = format!("{name} is workplace supervisor and WRG supervisor at once, from {first}");
        let evidence =
            [arranged.at(facts, "supervisor"), facts.place(Path::of("wrg").index(wrg.index).key("supervisor"))];
        if workplace.covers(facts.as_of) && reflection.covers(facts.as_of) {
            parts.action(first, message, evidence);
        } else {
            parts.query(first, message, evidence);
        }
    }
}

/// A registration with UKCP or BACP, or other evidence.
pub(in crate::requirements) static S2: Requirement = Requirement {
    code: Code::S2,
    acts: Actor::WorkplaceSupervisor,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::OnceArranged,
    before_sessions: true,
    parameters: &[ParameterName::Registers, ParameterName::NewArrangementDays],
    thresholds: &[],
    judge: supervisor_registered,
    remedies: |facts| of_supervisors(facts, Code::S2, Remedy::Registration, registered),
};

fn supervisor_registered(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::S2);
    let judged: Vec<_> =
        facts.arrangements.iter().map(|arranged| (registered(facts, arranged, &mut parts), arranged)).collect();
    let finding = parts.finish((Status::Open, NO_ARRANGEMENT)).about(least_fit(&judged));
    let waits_for_check = |(status, arranged): &(Status, &Arranged<'_>)| {
        *status == Status::Query && matches!(shown(facts, arranged), Shown::Unchecked(..))
    };
    // To look a registration up, no committee is needed.
    if judged.iter().any(waits_for_check) { finding.for_judge(Actor::Convenor) } else { finding }
}

/// The arrangement whose supervisor has shown least; of several alike one that goes on, then the first.
fn least_fit(judged: &[(Status, &Arranged<'_>)]) -> Option<usize> {
    let worst = judged.iter().rev().max_by_key(|(status, arranged)| (*status, arranged.ended.is_none()));
    worst.map(|(_, arranged)| arranged.case.index)
}

fn shown<'a>(facts: &Facts<'a>, arranged: &Arranged<'a>) -> Shown<'a> {
    let record = arranged.case.supervisor.record;
    Shown::of(record, &facts.parameters.registers, facts.as_of, valid_on(facts, arranged))
}

/// The day on which a registration is to be valid: the day of judgement, or when the arrangement or the sessions were
/// over.
fn valid_on(facts: &Facts<'_>, arranged: &Arranged<'_>) -> Day {
    [arranged.period().until, facts.complete_on()].into_iter().flatten().fold(facts.as_of, Day::min)
}

fn registered(facts: &Facts<'_>, arranged: &Arranged<'_>, parts: &mut Parts<'_>) -> Status {
    let supervisor = arranged.case.supervisor;
    let name = &supervisor.record.name;
    let at = |path: Path| SourcePath { file: supervisor.file, path };
    let registration = |index: usize| at(Path::of("registrations").index(index));
    let (message, place) = match shown(facts, arranged) {
        Shown::Registered(index, one) => {
            let message = format!("{name} is registered with {}", one.body);
            let status = parts.add(Status::Met, message, [registration(index)]);
            return unregistered_meetings(facts, arranged, parts).max(status);
        }
        Shown::Accepted(evidence) => {
            let message = format!("{name} has other evidence, accepted: {}", evidence.what);
            return parts.add(Status::Met, message, [at(Path::of("other_evidence"))]);
        }
        Shown::Unchecked(index, one) => {
            let message = format!("{name}'s registration with {} is not checked", one.body);
            return parts.query(arranged.known, message, [registration(index)]);
        }
        Shown::NotAccepted(evidence) => {
            let message = format!("{name} has other evidence, not accepted yet: {}", evidence.what);
            return parts.query(arranged.known, message, [at(Path::of("other_evidence"))]);
        }
        Shown::Elsewhere(index, one) => {
            let registers = any_of(facts.parameters.registers.iter().map(|word| visible(word)));
            let message = format!("{name} is registered with {}, not with {registers}", one.body);
            return parts.query(arranged.known, message, [registration(index)]);
        }
        Shown::Expired(index, day) => (format!("{name}'s registration expired on {day}"), registration(index)),
        Shown::NotYet(index, day) => (format!("{name}'s registration is not valid before {day}"), registration(index)),
        Shown::Nothing => (format!("no registration of {name} is recorded, nor other evidence"), at(Path::root())),
    };
    missing(facts, arranged, message, [place], parts)
}

/// Adds a part for every day of a supervision meeting on which no registration was valid, and gives the worst status of
/// these.
fn unregistered_meetings(facts: &Facts<'_>, arranged: &Arranged<'_>, parts: &mut Parts<'_>) -> Status {
    let supervisor = arranged.case.supervisor;
    let other = supervisor.record.other_evidence.as_ref().and_then(|evidence| evidence.accepted);
    if other.is_some_and(|accepted| accepted <= facts.as_of) {
        return Status::Met;
    }
    let registers = &facts.parameters.registers;
    let registrations = supervisor.record.registrations.iter().filter(|one| is_in_registers(one, registers));
    let registrations: Vec<_> = registrations.collect();
    let valid_on = valid_on(facts, arranged);
    let is_with = |entry: &MeetingEntry| facts.case.supervisions[entry.log].log.supervisor == *supervisor.id;
    let meetings = facts.meetings.iter().filter(|entry| entry.took_place() && is_with(entry));
    let mut worst = Status::Met;
    let mut last = None;
    for entry in meetings.filter(|entry| entry.date <= valid_on && arranged.period().covers(entry.date)) {
        let is_valid = registrations.iter().any(|one| one.covers(entry.date));
        if !is_valid && last.replace(entry.date) != Some(entry.date) {
            let name = &supervisor.record.name;
            let words = OfDays::alike(format!("no registration of {name} is recorded for the supervision of "), "");
            worst = worst.max(parts.query_of_day(entry.date, words, [entry.place(facts.case)]));
        }
    }
    worst
}

/// The last day of the registration on which a running arrangement rests, and why; none where that lasts as long as it
/// is needed, and where the arrangement rests on none.
pub(crate) fn registration_lasts(facts: &Facts<'_>, arranged: &Arranged<'_>) -> Option<(Day, String)> {
    let record = arranged.case.supervisor.record;
    let name = &record.name;
    // Up to this day it is not late; what is missing when the arrangement has ended is for the committee.
    let confirmed = confirmation_due(facts, arranged);
    let until = arranged.period().until.unwrap_or(Day::last());
    let (last, needed_until, why) = match shown(facts, arranged) {
        Shown::Accepted(_) | Shown::NotAccepted(_) | Shown::NotYet(..) | Shown::Nothing => return None,
        Shown::Expired(_, day) => (day, until, format!("{name}'s registration expired on {day}")),
        _ if record.other_evidence.is_some() || facts.complete_on().is_some() => return None,
        _ => {
            let registrations = record.registrations.iter();
            let lasting = registrations.max_by_key(|one| one.expires.unwrap_or(Day::last()))?;
            let expires = lasting.expires?;
            let why = format!("{name}'s registration with {} is valid until {expires}", lasting.body);
            (expires, until.min(facts.limit), why)
        }
    };
    let last = last.max(confirmed);
    // A registration that begins by then has been recorded already.
    let is_renewed = record.registrations.iter().any(|one| one.covers(last.plus_days(1)));
    (!is_renewed && last < needed_until).then_some((last, why))
}

/// What has to be there by the day on which the arrangement is to be confirmed: open until then, an action after,
/// a query once the arrangement has ended.
fn missing(
    facts: &Facts<'_>,
    arranged: &Arranged<'_>,
    message: String,
    evidence: impl IntoIterator<Item = SourcePath>,
    parts: &mut Parts<'_>,
) -> Status {
    if facts.as_of <= confirmation_due(facts, arranged) {
        parts.add(Status::Open, message, evidence)
    } else {
        parts.action_or_ended(arranged.ended, None, message, evidence)
    }
}

/// Experience of supervising groups, and a CV, where the supervisor is not a group analyst.
pub(in crate::requirements) static S3: Requirement = Requirement {
    code: Code::S3,
    acts: Actor::WorkplaceSupervisor,
    judges: Actor::Convenor,
    step: StepWhen::OnceArranged,
    before_sessions: true,
    parameters: &[ParameterName::NewArrangementDays],
    thresholds: &[],
    judge: supervisor_experience,
    remedies: |facts| {
        let remedies = of_supervisors(facts, Code::S3, Remedy::Experience, experienced);
        remedies.into_iter().map(|one| assessment_where_all_else_is_there(facts, one)).collect()
    },
};

/// The assessment, where the supervisor's experience and CV are there already.
fn assessment_where_all_else_is_there(facts: &Facts<'_>, remedy: Remedy) -> Remedy {
    let arranged = facts.arrangements.iter().find(|one| Some(one.case.index) == remedy.arrangement());
    match arranged.map(|one| (one, Experience::of(one.case.supervisor.record, facts.as_of))) {
        Some((one, Some(shown))) if shown.is_described && shown.has_cv => Remedy::Assessment(one.case.index),
        _ => remedy,
    }
}

fn supervisor_experience(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::S3);
    let judged: Vec<_> =
        facts.arrangements.iter().map(|arranged| (experienced(facts, arranged, &mut parts), arranged)).collect();
    parts.finish((Status::Open, NO_ARRANGEMENT)).about(least_fit(&judged))
}

fn experienced(facts: &Facts<'_>, arranged: &Arranged<'_>, parts: &mut Parts<'_>) -> Status {
    let supervisor = arranged.case.supervisor;
    let name = &supervisor.record.name;
    let at = |key| SourcePath { file: supervisor.file, path: Path::of(key) };
    let Some(experience) = Experience::of(supervisor.record, facts.as_of) else {
        return parts.add(Status::NotApplicable, format!("{name} is a group analyst"), [at("group_analyst")]);
    };
    let evidence = [at("group_supervision_experience"), at("cv_received")];
    let message = match (experience.is_described, experience.has_cv) {
        (false, false) => format!("neither a CV of {name} nor experience of supervising groups is recorded"),
        (false, true) => format!("no experience of {name} in supervising groups is recorded"),
        (true, false) => format!("the CV of {name} has not arrived"),
        (true, true) if experience.is_assessed => {
            return parts.add(Status::Met, format!("the experience of {name} is judged suitable"), [at("assessed")]);
        }
        (true, true) => {
            let message = format!("the Course Director has not yet judged the experience of {name}");
            return parts.query(arranged.known, message, evidence);
        }
    };
    missing(facts, arranged, message, evidence, parts)
}

/// External supervision is by a group analyst.
pub(in crate::requirements) static S4: Requirement = Requirement {
    code: Code::S4,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[],
    thresholds: &[],
    judge: external_supervisor,
    remedies: only_rulings,
};

fn external_supervisor(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::S4);
    for arranged in facts.arrangements.iter().filter(|one| one.case.record.external) {
        let supervisor = arranged.case.supervisor;
        let name = &supervisor.record.name;
        let evidence =
            [arranged.at(facts, "external"), SourcePath { file: supervisor.file, path: Path::of("group_analyst") }];
        if supervisor.record.group_analyst {
            parts.add(Status::Met, format!("{name}, who is not based in the workplace, is a group analyst"), evidence);
        } else {
            let message = format!("{name} is neither based in the workplace nor a group analyst");
            parts.action_or_ended(arranged.ended, Some(arranged.known), message, evidence);
        }
    }
    parts.finish((Status::NotApplicable, "no supervisor is external to the workplace"))
}

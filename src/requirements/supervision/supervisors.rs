//! Who supervises: S1 to S4.

use std::cmp::Reverse;

use super::HEADING;
use crate::calendar::Day;
use crate::edition::{Code, ParameterName};
use crate::facts::{Arranged, Facts};
use crate::records::{OtherEvidence, Registration};
use crate::requirements::words::listed;
use crate::requirements::{Finding, Parts, Requirement, Status, confirmation_due, form1_due};
use crate::text::{Path, Place};

const NO_ARRANGEMENT: &str = "no arrangement is known yet";

/// A workplace supervisor beside the WRG supervisor.
pub(in crate::requirements) static S1: Requirement = Requirement {
    code: Code::S1,
    heading: HEADING,
    asks: "The student has a workplace supervisor besides the WRG supervisor.",
    readings: &[
        "The two are taken to be two people.",
        "Both are to be there by the day on which GWP Form 1 is due (A1).",
        "From the first arrangement on, somebody supervises in the workplace without a gap until the sessions are \
         complete or the limit has passed.",
    ],
    parameters: &[ParameterName::NewArrangementDays, ParameterName::CompletionYears],
    judged: "No arrangement: open until GWP Form 1 is due (A1), then an action. No WRG entry that has begun: the \
        same. An arrangement has begun and none covers the day, the sessions are not complete and the limit has not \
        passed: an action. One person holds both roles at once, from a day no later than the completion of the \
        sessions: an action while both last, else a query dated the earlier of the two ends. None of these: met.",
    met_when: "Kit Lowe supervises the group on the ward, Ines Farrow the WRG.",
    unmet_when: "Kit Lowe supervises both the group and the WRG: an action.",
    settled_by: "Record the supervisor who is missing, or end one of the two roles. Where it is past: a [[ruling]] \
        on S1; accepted, it is met; refused, it is an action.",
    judge: two_supervisors,
};

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
    let in_time = facts.complete_on().is_none() && facts.as_of <= facts.limit;
    let covering = facts.arrangements.iter().any(|one| one.period().covers(facts.as_of));
    if in_time && !covering && facts.arrangements.iter().any(|one| one.begun) {
        let ended = facts.arrangements.iter().filter(|one| one.begun).map(|one| one.at(facts, "until"));
        parts.add(Status::Action, "nobody supervises the student in the workplace at present", ended);
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
    parts.finish((Status::Met, message)).proven_by(evidence)
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
        let ends = [workplace.until, reflection.until].into_iter().flatten().min();
        match ends.filter(|_| !(workplace.covers(facts.as_of) && reflection.covers(facts.as_of))) {
            Some(end) => parts.query(end, message, evidence),
            None => parts.add(Status::Action, message, evidence),
        };
    }
}

/// A registration with UKCP or BACP, or other evidence.
pub(in crate::requirements) static S2: Requirement = Requirement {
    code: Code::S2,
    heading: HEADING,
    asks: "The workplace supervisor is registered with UKCP or BACP, or shows other evidence of fitting experience \
        and training.",
    readings: &[
        "A registration is taken as shown once somebody has checked it, and other evidence once it is accepted.",
        "It is to hold on the day itself, or on the arrangement's last day or the day on which the sessions were \
         complete, where that is earlier.",
        "The source gives no day for this: it is to be there when the supervisor's confirmation is due (A2).",
    ],
    parameters: &[ParameterName::Registers, ParameterName::NewArrangementDays],
    judged: "For each arrangement. A checked registration with one of the registers, valid on the day, its last day \
        included: met. Other evidence, accepted: met. Such a registration not checked, other evidence not accepted, \
        or a valid registration with another body: a query dated the day on which the arrangement became known. \
        Otherwise open until the confirmation is due (A2), then an action, or a query dated the arrangement's last \
        day where it has ended. No arrangement: open.",
    met_when: "Registered with BACP, checked on 30 September 2025, valid to 30 September 2026.",
    unmet_when: "Registered with BABCP only: a query.",
    settled_by: "Enter the check, or the day on which the other evidence was accepted, in the supervisor's record. \
        A registration that was renewed is a further entry: the former stays, for the time while it held. \
        Or a [[ruling]] on S2: accepted, it is met; refused, it is an action until a registration or other evidence \
        is in order.",
    judge: supervisor_registered,
};

fn supervisor_registered(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::S2);
    for arranged in &facts.arrangements {
        registered(facts, arranged, &mut parts);
    }
    parts.finish((Status::Open, NO_ARRANGEMENT))
}

/// What an arrangement's supervisor has to show, the best of it: entries of the supervisor's record.
enum Shown<'a> {
    /// A registration with one of the registers, checked and valid.
    Registered(usize, &'a Registration),
    /// Other evidence, accepted.
    Accepted(&'a OtherEvidence),
    /// A registration with one of the registers, valid and not checked.
    Unchecked(usize, &'a Registration),
    /// Other evidence, not accepted yet.
    NotAccepted(&'a OtherEvidence),
    /// A valid registration with another body.
    Elsewhere(usize, &'a Registration),
    /// Nothing valid; the registration that was so last, and its last day.
    Expired(usize, Day),
    /// Nothing at all.
    Nothing,
}

fn shown<'a>(facts: &Facts<'a>, arranged: &Arranged<'a>) -> Shown<'a> {
    let record = arranged.case.supervisor.record;
    let day = [arranged.period().until, facts.complete_on()].into_iter().flatten().fold(facts.as_of, Day::min);
    let arrived = |date: Option<Day>| date.is_some_and(|date| date <= facts.as_of);
    // Of two that will do, the one that lasts longer.
    let lasting = |fits: &dyn Fn(&Registration) -> bool| {
        let valid =
            record.registrations.iter().enumerate().filter(|(_, one)| one.expires.is_none_or(|last| day <= last));
        valid
            .filter(|(_, one)| fits(one))
            .max_by_key(|(index, one)| (one.expires.unwrap_or(Day::last()), Reverse(*index)))
    };
    let in_register = |one: &Registration| facts.parameters.registers.iter().any(|register| register == one.body.raw());
    if let Some((index, one)) = lasting(&|one| in_register(one) && arrived(one.checked)) {
        return Shown::Registered(index, one);
    }
    let other = record.other_evidence.as_ref();
    if let Some(evidence) = other.filter(|evidence| arrived(evidence.accepted)) {
        return Shown::Accepted(evidence);
    }
    if let Some((index, one)) = lasting(&in_register) {
        return Shown::Unchecked(index, one);
    }
    if let Some(evidence) = other {
        return Shown::NotAccepted(evidence);
    }
    if let Some((index, one)) = lasting(&|_| true) {
        return Shown::Elsewhere(index, one);
    }
    let expired = record.registrations.iter().enumerate().filter_map(|(index, one)| Some((index, one.expires?)));
    expired.max_by_key(|(_, day)| *day).map_or(Shown::Nothing, |(index, day)| Shown::Expired(index, day))
}

fn registered(facts: &Facts<'_>, arranged: &Arranged<'_>, parts: &mut Parts<'_>) -> Status {
    let supervisor = arranged.case.supervisor;
    let name = &supervisor.record.name;
    let at = |path: Path| Place { file: supervisor.file, path };
    let registration = |index: usize| at(Path::of("registrations").index(index));
    let (message, place) = match shown(facts, arranged) {
        Shown::Registered(index, one) => {
            let message = format!("{name} is registered with {}", one.body);
            return parts.add(Status::Met, message, [registration(index)]);
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
            let registers = listed(facts.parameters.registers.iter().map(|word| crate::text::visible(word)));
            let message = format!("{name} is registered with {}, not with {registers}", one.body);
            return parts.query(arranged.known, message, [registration(index)]);
        }
        Shown::Expired(index, day) => (format!("{name}'s registration expired on {day}"), registration(index)),
        Shown::Nothing => (format!("no registration of {name} is recorded, nor other evidence"), at(Path::root())),
    };
    missing(facts, arranged, message, [place], parts)
}

/// The last day on which a supervisor shows something for an arrangement that has not ended, so that S2 finds no action,
/// and why; none where that lasts as long as it is needed. Where nothing is shown, the last day on which that was not
/// late.
pub(crate) fn registration_lasts(facts: &Facts<'_>, arranged: &Arranged<'_>) -> Option<(Day, String)> {
    let record = arranged.case.supervisor.record;
    let name = &record.name;
    // Up to this day it is not late; what is missing when the arrangement has ended is for the committee.
    let confirmed = confirmation_due(facts, arranged);
    let until = arranged.period().until.unwrap_or(Day::last());
    let (last, needed_until, why) = match shown(facts, arranged) {
        Shown::Accepted(_) | Shown::NotAccepted(_) => return None,
        Shown::Expired(_, day) => (day, until, format!("{name}'s registration expired on {day}")),
        Shown::Nothing => (confirmed, until, format!("no registration of {name} is recorded, nor other evidence")),
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
    (last < needed_until).then_some((last, why))
}

/// What has to be there by the day on which the arrangement is to be confirmed: open until then, an action after,
/// a query once the arrangement has ended.
fn missing(
    facts: &Facts<'_>,
    arranged: &Arranged<'_>,
    message: String,
    evidence: impl IntoIterator<Item = Place>,
    parts: &mut Parts<'_>,
) -> Status {
    if facts.as_of <= confirmation_due(facts, arranged) {
        parts.add(Status::Open, message, evidence)
    } else {
        parts.action_or_ended(arranged.ended, message, evidence)
    }
}

/// Experience of supervising groups, and a CV, where the supervisor is not a group analyst.
pub(in crate::requirements) static S3: Requirement = Requirement {
    code: Code::S3,
    heading: HEADING,
    asks: "A workplace supervisor who is not a group analyst shows experience of supervising group work and sends a \
        CV, by which the Course Director judges it.",
    readings: &[
        "It is met once the Course Director's judgement is recorded.",
        "The source gives no day for this: it is to be there when the supervisor's confirmation is due (A2).",
    ],
    parameters: &[ParameterName::NewArrangementDays],
    judged: "For each arrangement. The supervisor is a group analyst: does not apply. No experience of supervising \
        groups is described, or no CV has arrived: open until the confirmation is due (A2), then an action, or a \
        query dated the arrangement's last day where it has ended. Both are there and the Course Director has judged \
        the experience suitable: met. Both are there and not judged: a query dated the day on which the arrangement \
        became known. No arrangement: open.",
    met_when: "Eight years of supervising MBT groups, the CV received on 1 October 2025 and judged suitable on 3 \
        October 2025.",
    unmet_when: "The same, while the Course Director has not judged it: a query.",
    settled_by: "Enter what is missing, or the day of the Course Director's judgement, in the supervisor's record. \
        Or a [[ruling]] on S3: accepted, it is met; refused, it is an action.",
    judge: supervisor_experience,
};

fn supervisor_experience(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::S3);
    for arranged in &facts.arrangements {
        let supervisor = arranged.case.supervisor;
        let name = &supervisor.record.name;
        let at = |key| Place { file: supervisor.file, path: Path::of(key) };
        let arrived = |date: Option<Day>| date.is_some_and(|date| date <= facts.as_of);
        if supervisor.record.group_analyst {
            parts.add(Status::NotApplicable, format!("{name} is a group analyst"), [at("group_analyst")]);
            continue;
        }
        let experience = supervisor.record.group_supervision_experience.as_ref().filter(|text| !text.is_blank());
        let has_cv = arrived(supervisor.record.cv_received);
        let message = match (experience, has_cv) {
            (None, false) => format!("neither a CV of {name} nor experience of supervising groups is recorded"),
            (None, true) => format!("no experience of {name} in supervising groups is recorded"),
            (Some(_), false) => format!("the CV of {name} has not arrived"),
            (Some(_), true) if arrived(supervisor.record.assessed) => {
                parts.add(Status::Met, format!("the experience of {name} is judged suitable"), [at("assessed")]);
                continue;
            }
            (Some(_), true) => {
                let message = format!("the Course Director has not yet judged the experience of {name}");
                parts.query(arranged.known, message, [at("group_supervision_experience"), at("cv_received")]);
                continue;
            }
        };
        missing(facts, arranged, message, [at("group_supervision_experience"), at("cv_received")], &mut parts);
    }
    parts.finish((Status::Open, NO_ARRANGEMENT))
}

/// External supervision is by a group analyst.
pub(in crate::requirements) static S4: Requirement = Requirement {
    code: Code::S4,
    heading: HEADING,
    asks: "Where the workplace has no fitting supervisor, the student may arrange one from outside, who is a group \
        analyst.",
    readings: &[],
    parameters: &[],
    judged: "For each arrangement. The supervisor is based in the workplace: does not apply. From outside and a \
        group analyst: met. Otherwise an action, or a query dated the arrangement's last day where it has ended.",
    met_when: "A school has nobody to supervise a group, and a group analyst in town does.",
    unmet_when: "The supervisor from outside is a counsellor and not a group analyst: an action.",
    settled_by: "Arrange a group analyst. Where the arrangement has ended: a [[ruling]] on S4; accepted, it is met; \
        refused, it is an action.",
    judge: external_supervisor,
};

fn external_supervisor(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::S4);
    for arranged in facts.arrangements.iter().filter(|one| one.case.record.external) {
        let supervisor = arranged.case.supervisor;
        let name = &supervisor.record.name;
        let evidence =
            [arranged.at(facts, "external"), Place { file: supervisor.file, path: Path::of("group_analyst") }];
        if supervisor.record.group_analyst {
            parts.add(Status::Met, format!("{name}, who is not based in the workplace, is a group analyst"), evidence);
        } else {
            let message = format!("{name} is neither based in the workplace nor a group analyst");
            parts.action_or_ended(arranged.ended, message, evidence);
        }
    }
    parts.finish((Status::NotApplicable, "no supervisor is external to the workplace"))
}

//! Insurance and Clinical Responsibility.

use super::remedy::arrangement_first;
use super::words::{OfDays, until_complete};
use super::{Actor, Finding, Parts, Remedy, Requirement, Status, StepWhen};
use crate::calendar::Day;
use crate::edition::Code;
use crate::facts::{Arranged, Facts};
use crate::records::{Body, ClinicalResponsibility, MedicalCover};
use crate::text::{Path, Text};

/// Professional indemnity insurance.
pub(super) static I1: Requirement = Requirement {
    code: Code::I1,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Always,
    before_sessions: true,
    parameters: &[],
    thresholds: &[],
    judge: indemnity_insurance,
    remedies: covering,
};

/// Insurance from the first day on which it is missing.
fn covering(facts: &Facts<'_>) -> Vec<Remedy> {
    let is_missing = |day: &Day| !facts.case.record.insurance.iter().any(|one| one.period().covers(*day));
    let held = facts.sessions.all_held();
    let held = held.iter().map(|entry| entry.date).filter(|day| facts.is_judged(*day));
    vec![Remedy::Insurance(held.into_iter().find(is_missing).unwrap_or(facts.as_of))]
}

fn indemnity_insurance(facts: &Facts<'_>) -> Finding {
    let insurance = &facts.case.record.insurance;
    let places: Vec<_> = (0..insurance.len()).map(|index| facts.place(Path::of("insurance").index(index))).collect();
    let covered = |day: Day| insurance.iter().any(|one| one.period().covers(day));
    let held = facts.sessions.all_held();
    if held.is_empty() {
        let lasts = insurance.iter().any(|one| !one.period().ended_before(facts.as_of));
        return if lasts {
            Finding::new(Code::I1, Status::Met, "an insurance is recorded").proven_by(places)
        } else {
            Finding::new(Code::I1, Status::Open, "no insurance is recorded, and no session is held yet")
        };
    }
    let mut parts = Parts::new(facts, Code::I1);
    if facts.running && !facts.on_leave() && !covered(facts.as_of) {
        let message = match insurance.iter().filter_map(|one| one.until).filter(|until| *until < facts.as_of).max() {
            Some(until) => format!("no insurance is recorded from {}, and the group is running", until.plus_days(1)),
            None => "no insurance is recorded, and the group is running".to_owned(),
        };
        parts.add(Status::Action, message, places.iter().copied());
    }
    let mut last = None;
    for entry in held.iter().filter(|entry| facts.is_judged(entry.date) && !covered(entry.date)) {
        if last.replace(entry.date) != Some(entry.date) {
            let words = OfDays::new(
                ["no insurance is recorded for the session of ", ""],
                ["no insurance is recorded for the sessions of ", ""],
            );
            parts.query_of_day(entry.date, words, [entry.place(facts.case)]);
        }
    }
    let message = format!("an insurance is recorded for every session held{}", until_complete(facts));
    parts.finish((Status::Met, message)).proven_by(places)
}

/// Somebody carries clinical responsibility, and it is agreed.
pub(super) static I2: Requirement = Requirement {
    code: Code::I2,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::OnceArranged,
    before_sessions: true,
    parameters: &[],
    thresholds: &[],
    judge: |facts| of_each_arrangement(facts, Code::I2, "clinical_responsibility", clinical_responsibility),
    remedies: |facts| missing(facts, Remedy::ClinicalResponsibility, clinical_responsibility),
};

/// Medical cover, where the work needs it.
pub(super) static I3: Requirement = Requirement {
    code: Code::I3,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::OnceArranged,
    before_sessions: true,
    parameters: &[],
    thresholds: &[],
    judge: |facts| of_each_arrangement(facts, Code::I3, "medical_cover", medical_cover),
    remedies: |facts| missing(facts, Remedy::MedicalCover, medical_cover),
};

/// What is recorded of an arrangement that has to be there before its first session; the error says what is missing.
type Recorded = fn(&Facts<'_>, &Arranged<'_>) -> Result<String, String>;

/// Who carries clinical responsibility, and since when it is agreed; or why nobody needs to.
fn clinical_responsibility(facts: &Facts<'_>, arranged: &Arranged<'_>) -> Result<String, String> {
    let title = title(facts, arranged);
    let said = arranged.case.record.clinical_responsibility.as_ref();
    if let Some(reason) = said.and_then(ClinicalResponsibility::not_needed) {
        return Ok(format!("\"{title}\" needs nobody who carries clinical responsibility: {reason}"));
    }
    let is_agreed = said.and_then(|said| said.agreed).is_some_and(|day| day <= facts.as_of);
    match said.and_then(ClinicalResponsibility::holder) {
        Some(holder) if is_agreed => Ok(format!("clinical responsibility for \"{title}\" lies with {holder}")),
        Some(holder) => {
            Err(format!("it is not agreed yet that clinical responsibility for \"{title}\" lies with {holder}"))
        }
        None => Err(format!("nobody is named who carries clinical responsibility for \"{title}\"")),
    }
}

/// Whether medical cover is arranged, or not needed.
fn medical_cover(facts: &Facts<'_>, arranged: &Arranged<'_>) -> Result<String, String> {
    let title = title(facts, arranged);
    match arranged.case.record.medical_cover {
        Some(MedicalCover::NotNeeded) => Ok(format!("\"{title}\" needs no medical cover")),
        Some(MedicalCover::Arranged) => Ok(format!("medical cover for \"{title}\" is arranged")),
        Some(MedicalCover::Needed) => Err(format!("medical cover for \"{title}\" is needed and not arranged")),
        None => Err(format!("it is not recorded whether \"{title}\" needs medical cover")),
    }
}

/// Judges each arrangement by what is recorded of it under a key. What is missing is open until a session is held.
fn of_each_arrangement(facts: &Facts<'_>, code: Code, key: &'static str, recorded: Recorded) -> Finding {
    let mut parts = Parts::new(facts, code);
    for arranged in &facts.arrangements {
        let place = arranged.at(facts, key);
        if came_to_nothing(facts, arranged) {
            let message = format!("no session of \"{}\" was held in this arrangement", title(facts, arranged));
            parts.add(Status::NotApplicable, message, [place]);
            continue;
        }
        match recorded(facts, arranged) {
            Ok(message) => {
                parts.add(Status::Met, message, [place]);
            }
            Err(message) if is_held_in(facts, arranged) => {
                parts.action_or_ended(arranged.ended, None, message, [place]);
            }
            Err(message) => {
                parts.add(Status::Open, message, [place]);
            }
        }
    }
    parts.finish((Status::Open, "no arrangement is known yet"))
}

/// What is to be recorded of the arrangements for which it is missing; an arrangement, where there is none.
fn missing(facts: &Facts<'_>, remedy: fn(usize) -> Remedy, recorded: Recorded) -> Vec<Remedy> {
    let is_missing = |one: &&Arranged<'_>| !came_to_nothing(facts, one) && recorded(facts, one).is_err();
    let without = facts.arrangements.iter().filter(is_missing);
    arrangement_first(facts, &without.map(|one| remedy(one.case.index)).collect::<Vec<_>>())
}

/// Whether no session was held in an arrangement, and none is to be held any more.
fn came_to_nothing(facts: &Facts<'_>, arranged: &Arranged<'_>) -> bool {
    (arranged.ended.is_some() || facts.complete_on().is_some()) && !is_held_in(facts, arranged)
}

/// Whether a session is held in an arrangement.
fn is_held_in(facts: &Facts<'_>, arranged: &Arranged<'_>) -> bool {
    facts.sessions.held_in(arranged.case.group).any(|entry| arranged.period().covers(entry.date))
}

fn title<'f>(facts: &'f Facts<'_>, arranged: &Arranged<'_>) -> &'f Text {
    &facts.case.groups[arranged.case.group].log.title
}

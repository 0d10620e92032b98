//! Insurance and Clinical Responsibility.

use super::remedy::arrangement_first;
use super::words::OfDays;
use super::{Actor, Finding, Parts, Remedy, Requirement, Status, StepWhen};
use crate::calendar::Day;
use crate::edition::Code;
use crate::facts::{Arranged, Facts};
use crate::records::{Body, ClinicalResponsibility, MedicalCover};
use crate::text::{Path, SourcePath, Text};

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

/// What is to be recorded of the arrangements for which it is missing; an arrangement, where there is none.
fn of_arrangements(
    facts: &Facts<'_>,
    recorded: fn(usize) -> Remedy,
    is_there: fn(&Facts<'_>, &Arranged<'_>) -> bool,
) -> Vec<Remedy> {
    let without = facts.arrangements.iter().filter(|one| !came_to_nothing(facts, one) && !is_there(facts, one));
    arrangement_first(facts, &without.map(|one| recorded(one.case.index)).collect::<Vec<_>>())
}

/// Whether it is recorded who carries clinical responsibility, and agreed, or why nobody needs to.
fn is_responsibility_settled(facts: &Facts<'_>, arranged: &Arranged<'_>) -> bool {
    arranged.case.record.clinical_responsibility.as_ref().is_some_and(|said| {
        said.not_needed().is_some() || (said.holder().is_some() && said.agreed.is_some_and(|day| day <= facts.as_of))
    })
}

/// Whether medical cover is arranged, or not needed.
fn is_cover_settled(_: &Facts<'_>, arranged: &Arranged<'_>) -> bool {
    matches!(arranged.case.record.medical_cover, Some(MedicalCover::NotNeeded | MedicalCover::Arranged))
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
    parts.finish((Status::Met, "an insurance is recorded for every session held")).proven_by(places)
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
    judge: clinical_responsibility,
    remedies: |facts| of_arrangements(facts, Remedy::ClinicalResponsibility, is_responsibility_settled),
};

fn clinical_responsibility(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::I2);
    for arranged in &facts.arrangements {
        let title = &facts.case.groups[arranged.case.group].log.title;
        let place = arranged.at(facts, "clinical_responsibility");
        if came_to_nothing(facts, arranged) {
            parts.add(Status::NotApplicable, held_none_of(title), [place]);
            continue;
        }
        let said = arranged.case.record.clinical_responsibility.as_ref();
        if let Some(reason) = said.and_then(ClinicalResponsibility::not_needed) {
            let message = format!("\"{title}\" needs nobody who carries clinical responsibility: {reason}");
            parts.add(Status::Met, message, [place]);
            continue;
        }
        let is_agreed = said.and_then(|said| said.agreed).is_some_and(|day| day <= facts.as_of);
        let message = match said.and_then(ClinicalResponsibility::holder) {
            Some(holder) if is_agreed => {
                parts.add(Status::Met, format!("clinical responsibility for \"{title}\" lies with {holder}"), [place]);
                continue;
            }
            Some(holder) => {
                format!("it is not agreed yet that clinical responsibility for \"{title}\" lies with {holder}")
            }
            None => format!("nobody is named who carries clinical responsibility for \"{title}\""),
        };
        not_there(facts, arranged, message, place, &mut parts);
    }
    parts.finish((Status::Open, "no arrangement is known yet"))
}

/// Medical cover, where the work needs it.
pub(super) static I3: Requirement = Requirement {
    code: Code::I3,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::OnceArranged,
    before_sessions: true,
    parameters: &[],
    thresholds: &[],
    judge: medical_cover,
    remedies: |facts| of_arrangements(facts, Remedy::MedicalCover, is_cover_settled),
};

fn medical_cover(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::I3);
    for arranged in &facts.arrangements {
        let title = &facts.case.groups[arranged.case.group].log.title;
        let place = arranged.at(facts, "medical_cover");
        if came_to_nothing(facts, arranged) {
            parts.add(Status::NotApplicable, held_none_of(title), [place]);
            continue;
        }
        match arranged.case.record.medical_cover {
            Some(MedicalCover::NotNeeded) => {
                parts.add(Status::Met, format!("\"{title}\" needs no medical cover"), [place]);
            }
            Some(MedicalCover::Arranged) => {
                parts.add(Status::Met, format!("medical cover for \"{title}\" is arranged"), [place]);
            }
            Some(MedicalCover::Needed) => {
                let message = format!("medical cover for \"{title}\" is needed and not arranged");
                not_there(facts, arranged, message, place, &mut parts);
            }
            None => {
                let message = format!("it is not recorded whether \"{title}\" needs medical cover");
                not_there(facts, arranged, message, place, &mut parts);
            }
        }
    }
    parts.finish((Status::Open, "no arrangement is known yet"))
}

/// Whether no session was held in an arrangement, and none is to be held any more.
fn came_to_nothing(facts: &Facts<'_>, arranged: &Arranged<'_>) -> bool {
    (arranged.ended.is_some() || facts.complete_on().is_some()) && !is_held_in(facts, arranged)
}

/// What is said of an arrangement that came to nothing.
fn held_none_of(title: &Text) -> String {
    format!("no session of \"{title}\" was held in this arrangement")
}

/// Whether a session is held in an arrangement.
fn is_held_in(facts: &Facts<'_>, arranged: &Arranged<'_>) -> bool {
    facts.sessions.held_in(arranged.case.group).any(|entry| arranged.period().covers(entry.date))
}

/// What has to be there before the first session of an arrangement: open until one is held.
fn not_there(facts: &Facts<'_>, arranged: &Arranged<'_>, message: String, place: SourcePath, parts: &mut Parts<'_>) {
    if is_held_in(facts, arranged) {
        parts.action_or_ended(arranged.ended, None, message, [place]);
    } else {
        parts.add(Status::Open, message, [place]);
    }
}

//! Insurance and Clinical Responsibility.

use super::{Finding, Parts, Requirement, Status};
use crate::calendar::Day;
use crate::edition::Code;
use crate::facts::{Arranged, Facts};
use crate::records::MedicalCover;
use crate::text::Path;

const HEADING: &str = "Insurance and Clinical Responsibility";

/// Professional indemnity insurance.
pub(super) static I1: Requirement = Requirement {
    code: Code::I1,
    heading: HEADING,
    asks: "The student has professional indemnity insurance, unless another insurance covers the work already.",
    readings: &[
        "Every day on which a session is held is to be covered, and every day while the group is running.",
        "The student's own insurance and an employer's count alike.",
        "What happens after the session that completes the required number is no longer judged.",
    ],
    parameters: &[],
    judged: "No session held in any group: met where an insurance is recorded that has not ended, else open. \
        Otherwise: the group is running and the day is not covered: an action. Each day with a session held that is \
        not covered: a query dated that day. None of these: met.",
    met_when: "An insurance from 1 October 2025 to 30 September 2026, and sessions from 6 October 2025 to 16 June \
        2026.",
    unmet_when: "An insurance that ended on 31 March 2026, while the group goes on in April: an action.",
    settled_by: "Record the insurance that covers the day. Where there was none: a [[ruling]] on I1; accepted, it is \
        met; refused, it is an action.",
    judge: indemnity_insurance,
};

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
    if facts.running && !covered(facts.as_of) {
        let message = match insurance.iter().filter_map(|one| one.until).filter(|until| *until < facts.as_of).max() {
            Some(until) => format!("the group is running and the insurance ended on {until}"),
            None => "the group is running and no insurance covers it".to_owned(),
        };
        parts.add(Status::Action, message, places.iter().copied());
    }
    let mut last = None;
    for entry in held.iter().filter(|entry| facts.is_judged(entry.date) && !covered(entry.date)) {
        if last.replace(entry.date) != Some(entry.date) {
            let message = format!("no insurance covers the session of {}", entry.date);
            parts.query(entry.date, message, [entry.place(facts.case)]);
        }
    }
    parts.finish((Status::Met, "insurance covers every session held")).proven_by(places)
}

/// Somebody carries clinical responsibility, and it is agreed.
pub(super) static I2: Requirement = Requirement {
    code: Code::I2,
    heading: HEADING,
    asks: "The student sees to good communication with those who carry clinical responsibility for the patients.",
    readings: &[
        "It is taken as shown where somebody is named who carries the responsibility, with the day on which that was \
         agreed.",
        "It is to be there before the first session of an arrangement.",
    ],
    parameters: &[],
    judged: "For each arrangement. Somebody is named and it is agreed: met. Otherwise open until a session is held \
        in its group while it lasts, then an action, or a query dated the arrangement's last day where it has ended. \
        No arrangement: open.",
    met_when: "The consultant of the ward, agreed on 2 October 2025.",
    unmet_when: "Sessions since 6 October 2025, and nobody is named: an action.",
    settled_by: "Record who it is and when it was agreed. Where the arrangement has ended: a [[ruling]] on I2; \
        accepted, it is met; refused, it is an action.",
    judge: clinical_responsibility,
};

fn clinical_responsibility(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::I2);
    for arranged in &facts.arrangements {
        let title = &facts.case.groups[arranged.case.group].log.title;
        let place = arranged.at(facts, "clinical_responsibility");
        let named = arranged.case.record.clinical_responsibility.as_ref().filter(|named| !named.holder.is_blank());
        let message = match named {
            Some(named) if named.agreed.is_some_and(|day| day <= facts.as_of) => {
                let message = format!("{} carries clinical responsibility for \"{title}\"", named.holder);
                parts.add(Status::Met, message, [place]);
                continue;
            }
            Some(named) => {
                format!("it is not agreed yet that {} carries clinical responsibility for \"{title}\"", named.holder)
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
    heading: HEADING,
    asks: "A student whose work needs medical cover arranges it.",
    readings: &[
        "Whether the work needs it is to be recorded too: not-needed is an answer, and silence is none.",
        "It is to be there before the first session of an arrangement.",
    ],
    parameters: &[],
    judged: "For each arrangement. Medical cover is not needed, or arranged: met. Otherwise open until a session is \
        held in its group while it lasts, then an action, or a query dated the arrangement's last day where it has \
        ended. No arrangement: open.",
    met_when: "A parenting programme at a school, recorded as not-needed.",
    unmet_when: "Sessions since 6 October 2025, and medical cover is recorded as needed, not as arranged: an action.",
    settled_by: "Record that it is arranged or not needed. Where the arrangement has ended: a [[ruling]] on I3; \
        accepted, it is met; refused, it is an action.",
    judge: medical_cover,
};

fn medical_cover(facts: &Facts<'_>) -> Finding {
    let mut parts = Parts::new(facts, Code::I3);
    for arranged in &facts.arrangements {
        let title = &facts.case.groups[arranged.case.group].log.title;
        let place = arranged.at(facts, "medical_cover");
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

/// What has to be there before the first session of an arrangement: open until one is held.
fn not_there(
    facts: &Facts<'_>,
    arranged: &Arranged<'_>,
    message: String,
    place: crate::text::Place,
    parts: &mut Parts<'_>,
) {
    let has_begun = facts.sessions.held_in(arranged.case.group).any(|entry| arranged.period().covers(entry.date));
    if has_begun {
        parts.action_or_ended(arranged.ended, message, [place]);
    } else {
        parts.add(Status::Open, message, [place]);
    }
}

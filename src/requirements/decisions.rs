//! Assessment Process for GWP Status: who decides on the award; and, for D1, the opening of the page.

use super::{Finding, Parts, Requirement, Status};
use crate::edition::{Code, ParameterName};
use crate::facts::{Facts, latest};
use crate::records::{Body, Matter, Outcome};
use crate::text::Path;

const HEADING: &str = "Assessment Process for GWP Status";

/// The Diploma is completed.
pub(super) static D1: Requirement = Requirement {
    code: Code::D1,
    heading: "Group Work Practitioner Status - Associate Membership of the IGA",
    asks: "The student completes the Diploma.",
    readings: &["It is asked for up to the limit of the sessions (T1); after that the committee is asked."],
    parameters: &[ParameterName::CompletionYears],
    judged: "The student has left the course: failed. The Diploma is completed: met. Otherwise open up to the limit, \
        then a query dated the limit.",
    met_when: "The Diploma was completed on 11 July 2026.",
    unmet_when: "The student left the course on 1 March 2026: failed.",
    settled_by: "Record the day on which the Diploma was completed. After the limit: a [[ruling]] on D1; accepted, \
        it is met; refused, it is an action.",
    judge: diploma,
};

fn diploma(facts: &Facts<'_>) -> Finding {
    let record = facts.case.record;
    if let Some(day) = record.withdrawn.filter(|day| *day <= facts.as_of) {
        let place = facts.place(Path::of("withdrawn"));
        return Finding::new(Code::D1, Status::Failed, format!("the student left the course on {day}"))
            .proven_by([place]);
    }
    let completed = record.diploma.as_ref().and_then(|diploma| diploma.completed);
    if let Some(day) = completed.filter(|day| *day <= facts.as_of) {
        let place = facts.place(Path::of("diploma").key("completed"));
        return Finding::new(Code::D1, Status::Met, format!("the Diploma was completed on {day}")).proven_by([place]);
    }
    let message = "the Diploma is not recorded as completed";
    if facts.as_of <= facts.limit {
        return Finding::new(Code::D1, Status::Open, message);
    }
    let mut parts = Parts::new(facts, Code::D1);
    parts.query(facts.limit, format!("{message}, and the limit of {} has passed", facts.limit), []);
    parts.finish((Status::Open, message))
}

/// The LCC recommends.
pub(super) static D2: Requirement = Requirement {
    code: Code::D2,
    heading: HEADING,
    asks: "The reports go to the LCC with a recommendation on the status; where there is doubt, a panel may \
        interview the student.",
    readings: &["The panel's view counts where the LCC has asked for an interview."],
    parameters: &[],
    judged: "The latest decision of the LCC about the award holds. Recommended: met. Not recommended, or deferred: a \
        query. Interview: as the panel's latest decision about the award since then says, met where suitable; a \
        query where not suitable and while there is none. No decision: open.",
    met_when: "The LCC recommended the award on 4 July 2026.",
    unmet_when: "The LCC asked for an interview on 4 July 2026, and the panel has not decided: a query.",
    settled_by: "A [[decision]] about award: of the LCC (recommended, not-recommended, deferred or interview) or, \
        after interview, of the panel (suitable or not-suitable). It takes no ruling.",
    judge: lcc_recommendation,
};

fn lcc_recommendation(facts: &Facts<'_>) -> Finding {
    let Some(decided) = facts.latest_decision(Matter::Award, Body::Lcc) else {
        return Finding::new(Code::D2, Status::Open, "the LCC has not decided on the award yet");
    };
    let date = decided.decision.date;
    let finding = |status, message| Finding::new(Code::D2, status, message).proven_by([facts.decision_place(decided)]);
    match decided.outcome() {
        Outcome::Recommended => finding(Status::Met, format!("the LCC recommended the award on {date}")),
        Outcome::Interview => {
            let panel = facts.decisions(Matter::Award);
            let panel = latest(panel.filter(|one| one.decision.body == Body::Panel && one.decision.date >= date));
            let asked = format!("the LCC asked for an interview on {date}");
            match panel {
                None => finding(Status::Query, format!("{asked}; the panel has not decided")),
                Some(panel) => {
                    let (status, found) = match panel.outcome() {
                        Outcome::Suitable => (Status::Met, "suitable"),
                        _ => (Status::Query, "not suitable"),
                    };
                    let message = format!("{asked}; the panel found the student {found} on {}", panel.decision.date);
                    finding(status, message).proven_by([facts.decision_place(panel)])
                }
            }
        }
        Outcome::Deferred => finding(Status::Query, format!("the LCC deferred the award on {date}")),
        _ => finding(Status::Query, format!("the LCC did not recommend the award on {date}")),
    }
}

/// The SPC decides.
pub(super) static D3: Requirement = Requirement {
    code: Code::D3,
    heading: HEADING,
    asks: "The SPC and the NTM decide finally on the status and associate membership.",
    readings: &["The SPC's decision is the one that counts; whether the NTM ratified it is recorded and not judged."],
    parameters: &[],
    judged: "The latest decision of the SPC about the award holds. Awarded: met. Declined: failed. Interview: a \
        query. None: open.",
    met_when: "The SPC awarded the status on 12 September 2026.",
    unmet_when: "The SPC asked for an interview on 12 September 2026: a query.",
    settled_by: "A [[decision]] of the SPC about award: awarded, declined or interview. It takes no ruling.",
    judge: final_decision,
};

fn final_decision(facts: &Facts<'_>) -> Finding {
    let Some(decided) = facts.latest_decision(Matter::Award, Body::Spc) else {
        return Finding::new(Code::D3, Status::Open, "the SPC has not decided on the award yet");
    };
    let date = decided.decision.date;
    let (status, message) = match decided.outcome() {
        Outcome::Awarded => (Status::Met, format!("the SPC awarded the status on {date}")),
        Outcome::Declined => (Status::Failed, format!("the SPC declined the award on {date}")),
        _ => (Status::Query, format!("the SPC asked for an interview on {date}")),
    };
    Finding::new(Code::D3, status, message).proven_by([facts.decision_place(decided)])
}

//! Assessment Process for GWP Status: who decides on the award; and, for D1, the opening of the page.

use super::{Actor, Finding, Remedy, Requirement, Status, StepWhen, judge};
use crate::edition::Code;
use crate::facts::{Facts, latest};
use crate::records::{Body, Matter, Outcome};
use crate::text::Path;

/// The Diploma is completed.
pub(super) static D1: Requirement = Requirement {
    code: Code::D1,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Always,
    before_sessions: false,
    parameters: &[],
    thresholds: &[],
    judge: diploma,
    // Who has left does not complete it.
    remedies: |facts| if diploma(facts).status == Status::Open { vec![Remedy::Diploma] } else { Vec::new() },
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
    Finding::new(Code::D1, Status::Open, "the Diploma is not recorded as completed")
}

/// The LCC recommends.
pub(super) static D2: Requirement = Requirement {
    code: Code::D2,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::OnceReady("all else is met: the award can be recommended"),
    before_sessions: false,
    parameters: &[],
    thresholds: &[],
    judge: lcc_recommendation,
    remedies: recommending,
};

/// Whether the LCC's latest word on the award is that a panel interviews the student.
fn is_for_the_panel(facts: &Facts<'_>) -> bool {
    facts.latest_decision(Matter::Award, Body::Lcc).is_some_and(|one| one.outcome() == Outcome::Interview)
}

/// What the LCC decides; after its word for an interview, what the panel does.
fn recommending(facts: &Facts<'_>) -> Vec<Remedy> {
    vec![if is_for_the_panel(facts) {
        Remedy::Decision(Body::Panel, Matter::Award, Outcome::Suitable)
    } else {
        Remedy::Decision(Body::Lcc, Matter::Award, Outcome::Recommended)
    }]
}

fn lcc_recommendation(facts: &Facts<'_>) -> Finding {
    let Some(decided) = facts.latest_decision(Matter::Award, Body::Lcc) else {
        return Finding::new(Code::D2, Status::Open, "the LCC has not decided on the award yet")
            .for_actor(Actor::Body(Body::Lcc));
    };
    let date = decided.decision.date;
    let finding = |status, message| Finding::new(Code::D2, status, message).proven_by([facts.decision_place(decided)]);
    match decided.outcome() {
        Outcome::Recommended => finding(Status::Met, format!("the LCC recommended the award on {date}")),
        Outcome::Interview => {
            let finding = |status, message| finding(status, message).for_judge(Actor::Body(Body::Panel));
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
    acts: Actor::Student,
    judges: Actor::Body(Body::Spc),
    step: StepWhen::OnceMet(Code::D2),
    before_sessions: false,
    parameters: &[],
    thresholds: &[],
    judge: final_decision,
    remedies: |_| vec![Remedy::Decision(Body::Spc, Matter::Award, Outcome::Awarded)],
};

fn final_decision(facts: &Facts<'_>) -> Finding {
    let Some(decided) = facts.latest_decision(Matter::Award, Body::Spc) else {
        let message = match judge(Code::D2, facts).status {
            Status::Met if is_for_the_panel(facts) => {
                "the panel found the student suitable, and the SPC has not decided on the award yet"
            }
            Status::Met => "the LCC recommended the award, and the SPC has not decided on it yet",
            _ => "the SPC has not decided on the award yet",
        };
        return Finding::new(Code::D3, Status::Open, message).for_actor(Actor::Body(Body::Spc));
    };
    let date = decided.decision.date;
    let (status, message) = match decided.outcome() {
        Outcome::Awarded => (Status::Met, format!("the SPC awarded the status on {date}")),
        Outcome::Declined => (Status::Failed, format!("the SPC declined the award on {date}")),
        _ => (Status::Query, format!("the SPC asked for an interview on {date}")),
    };
    Finding::new(Code::D3, status, message).proven_by([facts.decision_place(decided)])
}

//! Competencies Assessed by Work Place Supervisor.

use super::{Actor, Finding, Parts, Remedy, Requirement, Status, StepWhen};
use crate::edition::Code;
use crate::facts::Facts;
use crate::records::{Body, Competencies, Form, Rating};
use crate::text::{Path, SourcePath};

/// The requirements of the competencies, in the order of [`Competencies::KEYS`].
pub const COMPETENCIES: [Code; Competencies::KEYS.len()] =
    [Code::C1, Code::C2, Code::C3, Code::C4, Code::C5, Code::C6, Code::C7, Code::C8, Code::C9];

/// A requirement of one competency; all are judged alike.
const fn competency(code: Code, judge: fn(&Facts<'_>) -> Finding) -> Requirement {
    Requirement {
        code,
        acts: Actor::Student,
        judges: Actor::Body(Body::Lcc),
        step: StepWhen::WithCompetencies,
        before_sessions: false,
        parameters: &[],
        thresholds: &[],
        judge,
        remedies: |_| vec![Remedy::Rating],
    }
}

pub(super) static C1: Requirement = competency(Code::C1, |facts| judge(0, facts));
pub(super) static C2: Requirement = competency(Code::C2, |facts| judge(1, facts));
pub(super) static C3: Requirement = competency(Code::C3, |facts| judge(2, facts));
pub(super) static C4: Requirement = competency(Code::C4, |facts| judge(3, facts));
pub(super) static C5: Requirement = competency(Code::C5, |facts| judge(4, facts));
pub(super) static C6: Requirement = competency(Code::C6, |facts| judge(5, facts));
pub(super) static C7: Requirement = competency(Code::C7, |facts| judge(6, facts));
pub(super) static C8: Requirement = competency(Code::C8, |facts| judge(7, facts));
pub(super) static C9: Requirement = competency(Code::C9, |facts| judge(8, facts));

/// The latest rating decides; once the final report is there, what is not yet competent is for the committee.
fn judge(number: usize, facts: &Facts<'_>) -> Finding {
    let code = COMPETENCIES[number];
    let rated = facts
        .reports(Form::Gwp2)
        .filter_map(|(index, report)| {
            let rating = report.competencies.ratings()[number].filter(|rating| *rating != Rating::NotObserved)?;
            Some((report.received, index, rating))
        })
        .max_by_key(|(received, ..)| *received);
    let key = Competencies::KEYS[number];
    let place =
        |index: usize| -> SourcePath { facts.place(Path::of("report").index(index).key("competencies").key(key)) };
    let mut parts = Parts::new(facts, code);
    match rated {
        Some((received, index, Rating::Competent)) => {
            parts.add(Status::Met, format!("rated competent on {received}"), [place(index)]);
        }
        Some((received, index, Rating::NotCompetent)) => {
            parts.query(received, format!("rated not competent on {received}"), [place(index)]);
        }
        rated => {
            let message = match rated {
                Some((received, ..)) => format!("rated developing on {received}"),
                None => "not rated yet".to_owned(),
            };
            let evidence = rated.map(|(_, index, _)| place(index));
            match facts.final_report {
                Some(arrived) => {
                    parts.query(arrived, format!("{message}, and the final report arrived on {arrived}"), evidence);
                }
                None => {
                    parts.add(Status::Open, message, evidence);
                }
            }
        }
    }
    let finding = parts.finish((Status::Open, ""));
    match finding.status {
        Status::Open => finding.for_actor(Actor::WorkplaceSupervisor),
        _ => finding,
    }
}

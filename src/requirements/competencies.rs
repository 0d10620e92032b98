//! Competencies Assessed by Work Place Supervisor.

use super::{Code, Requirement};
use crate::judgement::{Facts, Finding, Parts, Status};
use crate::records::{Competencies, Form, Rating};
use crate::text::{Path, Place};

const HEADING: &str = "Competencies Assessed by Work Place Supervisor";

/// A requirement of one competency; all nine are judged alike.
const fn competency(code: Code, asks: &'static str, judge: fn(&Facts<'_>) -> Finding) -> Requirement {
    Requirement {
        code,
        heading: HEADING,
        asks,
        readings: &[],
        parameters: &[],
        judged: "",
        met_when: "",
        unmet_when: "",
        settled_by: "",
        judge,
    }
}

pub(super) static C1: Requirement = competency(Code::C1, "", |facts| judge(Code::C1, facts));
pub(super) static C2: Requirement = competency(Code::C2, "", |facts| judge(Code::C2, facts));
pub(super) static C3: Requirement = competency(Code::C3, "", |facts| judge(Code::C3, facts));
pub(super) static C4: Requirement = competency(Code::C4, "", |facts| judge(Code::C4, facts));
pub(super) static C5: Requirement = competency(Code::C5, "", |facts| judge(Code::C5, facts));
pub(super) static C6: Requirement = competency(Code::C6, "", |facts| judge(Code::C6, facts));
pub(super) static C7: Requirement = competency(Code::C7, "", |facts| judge(Code::C7, facts));
pub(super) static C8: Requirement = competency(Code::C8, "", |facts| judge(Code::C8, facts));
pub(super) static C9: Requirement = competency(Code::C9, "", |facts| judge(Code::C9, facts));

/// The latest rating decides; once the final report is there, what is not yet competent is for the committee.
fn judge(code: Code, facts: &Facts<'_>) -> Finding {
    let number = code as usize - Code::C1 as usize;
    let rated = facts
        .reports(Form::Gwp2)
        .filter_map(|(index, report)| {
            let rating = report.competencies.ratings()[number].filter(|rating| *rating != Rating::NotObserved)?;
            Some((report.received, index, rating))
        })
        .max_by_key(|(received, ..)| *received);
    let key = Competencies::KEYS[number];
    let place = |index: usize| -> Place { facts.place(Path::of("report").index(index).key("competencies").key(key)) };
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
            match facts.released {
                Some(released) => {
                    parts.query(released, format!("{message}, and the final report arrived on {released}"), evidence);
                }
                None => parts.add(Status::Open, message, evidence),
            }
        }
    }
    parts.finish((Status::Open, ""))
}

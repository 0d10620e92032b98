//! Competencies Assessed by Work Place Supervisor.

use super::{Finding, Parts, Requirement, Status};
use crate::edition::Code;
use crate::facts::Facts;
use crate::records::{Competencies, Form, Rating};
use crate::text::{Path, Place};

const HEADING: &str = "Competencies Assessed by Work Place Supervisor";

/// A requirement of one competency; all nine are judged alike.
const fn competency(
    code: Code,
    asks: &'static str,
    met_when: &'static str,
    unmet_when: &'static str,
    judge: fn(&Facts<'_>) -> Finding,
) -> Requirement {
    Requirement {
        code,
        heading: HEADING,
        asks,
        readings: &[
            "The latest rating stands for all; not-observed is no rating.",
            "Once the final report is there (a GWP Form 2 that arrives when the sessions are complete), what is not \
             rated competent is for the committee.",
        ],
        parameters: &[],
        judged: "The latest rating on a GWP Form 2 that is not not-observed decides; of two that came on one day, \
            the one further down in the file. Competent: met. Not competent: a query dated the day on which the \
            report arrived. Developing, or no rating: open until the final report arrives, then a query dated that \
            day.",
        met_when,
        unmet_when,
        settled_by: "A later report with another rating, or a [[ruling]] on this competency: accepted, it is met; \
            refused, it is an action.",
        judge,
    }
}

pub(super) static C1: Requirement = competency(
    Code::C1,
    "The student can form and keep a working alliance with clients.",
    "The report of June rates working-alliance competent.",
    "It is rated developing, and no later report has come: open.",
    |facts| judge(Code::C1, facts),
);

pub(super) static C2: Requirement = competency(
    Code::C2,
    "The student is sensitive to the context of the group, for instance to cultural differences.",
    "Rated developing in January, competent in June.",
    "No report has rated context yet: open.",
    |facts| judge(Code::C2, facts),
);

pub(super) static C3: Requirement = competency(
    Code::C3,
    "The student can reflect on the group's process and dynamics.",
    "Rated competent in January and not-observed in June: the rating of January stands.",
    "Rated developing in the final report: a query.",
    |facts| judge(Code::C3, facts),
);

pub(super) static C4: Requirement = competency(
    Code::C4,
    "The student can see boundary issues in the group and address them.",
    "Rated not-competent in January and competent in June.",
    "Rated not-competent in the latest report: a query.",
    |facts| judge(Code::C4, facts),
);

pub(super) static C5: Requirement = competency(
    Code::C5,
    "The student listens actively.",
    "Rated competent in January, and nothing else since.",
    "Rated not-observed in every report: open, and a query after the final report.",
    |facts| judge(Code::C5, facts),
);

pub(super) static C6: Requirement = competency(
    Code::C6,
    "The student can manage conflict.",
    "Rated competent in the report of June.",
    "Rated competent in January and developing in June: open.",
    |facts| judge(Code::C6, facts),
);

pub(super) static C7: Requirement = competency(
    Code::C7,
    "The student understands difference.",
    "Rated not-competent in June; the LCC heard the supervisor and accepted it by a ruling dated after the report.",
    "Rated not-competent in June, and the LCC has not ruled: a query.",
    |facts| judge(Code::C7, facts),
);

pub(super) static C8: Requirement = competency(
    Code::C8,
    "The student is sensitive to confidentiality.",
    "Two reports arrived on one day: the later one in the file rates it competent.",
    "The first report leaves it out: open.",
    |facts| judge(Code::C8, facts),
);

pub(super) static C9: Requirement = competency(
    Code::C9,
    "The student can keep professional relationships that are fitting.",
    "Rated competent in the final report.",
    "Rated developing in the final report, and the LCC's ruling refused it: an action.",
    |facts| judge(Code::C9, facts),
);

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
    parts.finish((Status::Open, ""))
}

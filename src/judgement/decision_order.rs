//! Decisions taken before what they rest on was there.

use std::collections::HashMap;

use super::{Judgement, Verdict};
use crate::calendar::Day;
use crate::case::StudentCase;
use crate::facts::AwardDecisions;
use crate::problems::{Problem, ProblemName};
use crate::records::{Body, Decision, Matter, Outcome};
use crate::text::{Path, Spot};

/// The days on which awards are given for which it is asked whether the case was ready. Each is a judgement of its
/// own, and nobody is given the award on so many days.
const MOST_DAYS: usize = 10;

/// The decisions up to `as_of` that were out of order: the SPC's before the LCC's, and the award recommended or given
/// before the case was ready.
pub fn decision_order(case: &StudentCase<'_>, as_of: Day) -> Vec<Problem> {
    let decisions = &case.record.decision;
    let mut problems = Vec::new();
    let mut verdicts: HashMap<Day, Verdict> = HashMap::new();
    // The first decision of which it is not asked.
    let mut beyond = None;
    for (index, decision) in decisions.iter().enumerate().filter(|(_, one)| one.date <= as_of) {
        let at = Path::of("decision").index(index);
        if decision.body == Body::Spc && !decided_by_lcc(decisions, decision) {
            let message = format!(
                "the SPC decided about the {} on {}, and no decision of the LCC about it is recorded by then",
                decision.about.title(),
                decision.date
            );
            let help = "record the LCC's decision, or correct the date of one of the two";
            problems.push(
                Problem::new(ProblemName::DecisionOrder, case.file, Spot::Value(at.key("date")), message)
                    .with_help(help),
            );
        }
        if is_about_giving_the_award(decision) {
            if verdicts.len() == MOST_DAYS && !verdicts.contains_key(&decision.date) {
                beyond.get_or_insert(at);
                continue;
            }
            let verdict = *verdicts
                .entry(decision.date)
                .or_insert_with(|| Judgement::new(case, decision.date, AwardDecisions::LeftOut).verdict);
            if verdict != Verdict::Ready {
                let message = format!(
                    "the award was {} on {}, when the verdict without the decisions about it was {}, not ready",
                    decision.outcome.word(),
                    decision.date,
                    verdict.word()
                );
                let help = format!("gwp show {} --as-of {} says what was missing", case.id, decision.date.iso());
                problems.push(
                    Problem::new(ProblemName::DecisionOrder, case.file, Spot::Value(at.key("date")), message)
                        .with_help(help),
                );
            }
        }
    }
    if let Some(at) = beyond {
        let message = format!(
            "the award was recommended or made on more than {MOST_DAYS} days; whether the case was ready is asked for \
             the first {MOST_DAYS} of them only"
        );
        let help = "take out the decisions that were written more than once";
        problems.push(
            Problem::new(ProblemName::DecisionOrder, case.file, Spot::Value(at.key("date")), message).with_help(help),
        );
    }
    problems
}

fn decided_by_lcc(decisions: &[Decision], of_spc: &Decision) -> bool {
    decisions.iter().any(|one| one.body == Body::Lcc && one.about == of_spc.about && one.date <= of_spc.date)
}

fn is_about_giving_the_award(decision: &Decision) -> bool {
    decision.about == Matter::Award && matches!(decision.outcome, Outcome::Recommended | Outcome::Awarded)
}

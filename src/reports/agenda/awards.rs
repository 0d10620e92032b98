//! Awards that the committee can recommend now, or once one thing more is there.

use crate::calendar::Day;
use crate::facts::Facts;
use crate::judgement::{Judgement, Verdict};
use crate::reports::words::{held_online, with_one_member};
use crate::requirements::{AWARD, COMPETENCIES, DIPLOMA, GWP2_REPORTS, RECOMMENDATION, Status, approvals};
use crate::text::all_of;

/// What an award rests on, of a student who is ready or lacks nothing but the Diploma or the final report; none of
/// anybody else.
pub(super) fn award(judgement: &Judgement<'_>) -> Option<String> {
    if judgement.verdict == Verdict::Ready {
        return Some(rests_on(&judgement.facts));
    }
    if judgement.finding(RECOMMENDATION).status == Status::Met {
        return None;
    }
    let is_met = |status| matches!(status, Status::Met | Status::NotApplicable);
    let missing: Vec<_> = judgement
        .findings
        .iter()
        .filter(|finding| !is_met(finding.status) && !AWARD.contains(&finding.code))
        .map(|finding| (finding.code, finding.status))
        .collect();
    let is_of_report = |code| code == GWP2_REPORTS || COMPETENCIES.contains(&code);
    let can_come = |&(code, status)| status == Status::Open && (code == DIPLOMA || is_of_report(code));
    if judgement.facts.complete_on().is_none() || missing.is_empty() || !missing.iter().all(can_come) {
        return None;
    }
    let lacks_report = missing.iter().any(|(code, _)| is_of_report(*code));
    let lacks_diploma = missing.iter().any(|(code, _)| *code == DIPLOMA);
    let once = lacks_report.then_some("the final report is there");
    let once = once.into_iter().chain(lacks_diploma.then_some("the Diploma is completed"));
    Some(format!("to recommend once {}: {}", all_of(once), rests_on(&judgement.facts)))
}

/// What an award rests on.
pub(crate) fn rests_on(facts: &Facts<'_>) -> String {
    let mut parts = Vec::new();
    if let Some(day) = facts.complete_on() {
        parts.push(format!("{} sessions, the last of those required on {day}", facts.series.len()));
    }
    let completed = facts.case.record.diploma.as_ref().and_then(|diploma| diploma.completed);
    if let Some(day) = completed.filter(|day| *day <= facts.as_of) {
        parts.push(format!("Diploma completed on {day}"));
    }
    if let Some(day) = facts.final_report {
        parts.push(format!("final report of {day}"));
    }
    parts.extend(with_one_member(facts));
    parts.extend(held_online(facts));
    parts.join("; ")
}

/// The day of the approval that waits for its ratification.
pub(crate) fn approved_on(facts: &Facts<'_>) -> Option<Day> {
    approvals(facts).last().map(|approval| approval.decision.date)
}

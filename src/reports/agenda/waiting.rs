//! The decisions that wait for another body than the LCC.

use super::AgendaPart;
use super::awards::{approved_on, rests_on};
use super::noted;
use crate::calendar::Day;
use crate::edition::Code;
use crate::folder::Folder;
use crate::judgement::Judgement;
use crate::records::{Body, Condition, Decision, Matter};
use crate::requirements::{APPROVAL, AWARD, Actor, FINAL_DECISION, RATIFICATION, RECOMMENDATION, Status, approvals};

/// A decision that waits for a body.
pub(super) struct Waiting {
    pub part: AgendaPart,
    pub code: Code,
    pub date: Option<Day>,
    pub what: String,
    pub details: Vec<String>,
}

/// The decisions about a student of a folder that wait for a body.
pub(super) fn for_body(body: Body, judgement: &Judgement<'_>, folder: &Folder) -> Vec<Waiting> {
    let mut waiting = Vec::new();
    let status = |code| judgement.finding(code).status;
    let facts = &judgement.facts;
    let mut add = |part, code, date, details| {
        waiting.push(Waiting { part, code, date, what: judgement.finding(code).message.clone(), details });
    };
    // A body does not ratify on the same day what it has just approved itself.
    let is_own = |one: &Decision| one.body == body && one.date == facts.as_of;
    let is_approved = approvals(facts).last().is_some_and(|approval| !is_own(approval.decision));
    let is_to_ratify = match status(RATIFICATION) {
        Status::Open => is_approved,
        status => status == Status::Query,
    };
    if matches!(body, Body::Spc | Body::Ntm) && is_to_ratify {
        add(AgendaPart::Ratifications, RATIFICATION, approved_on(facts), approved_with(judgement, folder));
    }
    let is_queried = judgement.finding(APPROVAL).judges == Actor::Body(Body::Ntm) && status(APPROVAL) == Status::Query;
    // The NDT and the panel advise, once on each query.
    let of = |body| facts.latest_decision(Matter::Arrangements, body).map(|one| one.decision.date);
    let has_advised = body != Body::Ntm && of(body).is_some_and(|day| Some(day) >= of(Body::Lcc));
    if matches!(body, Body::Ntm | Body::Ndt | Body::Panel) && is_queried && !has_advised {
        add(AgendaPart::Arrangements, APPROVAL, None, titles(judgement));
    }
    let is_for_panel = judgement.finding(RECOMMENDATION).judges == Actor::Body(Body::Panel);
    if body == Body::Panel && is_for_panel && status(RECOMMENDATION) == Status::Query {
        add(AgendaPart::Awards, RECOMMENDATION, None, award_rests_on(judgement));
    }
    if body == Body::Spc
        && status(RECOMMENDATION) == Status::Met
        && matches!(status(FINAL_DECISION), Status::Open | Status::Query)
    {
        add(AgendaPart::Awards, FINAL_DECISION, None, award_rests_on(judgement));
    }
    waiting
}

/// The arrangements that are judged.
fn titles(judgement: &Judgement<'_>) -> Vec<String> {
    let facts = &judgement.facts;
    let title = |one: &crate::facts::Arranged<'_>| {
        let (log, supervisor) = (facts.case.groups[one.case.group].log, one.case.supervisor.record);
        format!("\"{}\", supervised by {} from {}", log.title, supervisor.name, one.case.record.from)
    };
    facts.arrangements.iter().map(title).collect()
}

/// The arrangements that were approved, on what conditions and with what notes, and what about the student is still to be
/// judged or put right.
pub(crate) fn approved_with(judgement: &Judgement<'_>, folder: &Folder) -> Vec<String> {
    let conditions = approvals(&judgement.facts).into_iter().flat_map(|one| &one.decision.conditions);
    let conditions = conditions.map(|one: &Condition| {
        let met = if one.is_met(judgement.facts.as_of) { "met" } else { "not met yet" };
        format!("on the condition: {} ({met})", one.words())
    });
    let noted = noted(judgement, folder).into_iter().map(|one| format!("{}: {}", one.day, one.said()));
    let still = judgement.findings.iter().filter(|one| one.code != RATIFICATION).filter_map(|one| {
        let how = match one.status {
            Status::Query => "still a query",
            Status::Action => "still to be put right",
            _ => return None,
        };
        Some(format!("{how}: {} [{}]", one.message, one.code))
    });
    titles(judgement).into_iter().chain(conditions).chain(noted).chain(still).collect()
}

/// What an award rests on, and what is not met.
fn award_rests_on(judgement: &Judgement<'_>) -> Vec<String> {
    let is_unmet = |status| !matches!(status, Status::Met | Status::NotApplicable);
    let unmet = judgement.findings.iter().filter(|one| is_unmet(one.status) && !AWARD.contains(&one.code));
    let unmet = unmet.map(|one| format!("not met: {} [{}]", one.message, one.code));
    let rests_on = Some(rests_on(&judgement.facts)).filter(|words| !words.is_empty());
    rests_on.into_iter().chain(unmet).collect()
}

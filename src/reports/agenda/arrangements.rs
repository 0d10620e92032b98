//! What a committee asks about arrangements that it is to approve.

use std::collections::BTreeSet;

use super::RuledWith;
use crate::calendar::Day;
use crate::edition::Code;
use crate::facts::{Arranged, Facts};
use crate::judgement::Judgement;
use crate::records::{Body, ClinicalResponsibility, Matter, MedicalCover, Registration, Supervisor};
use crate::requirements::{
    APPROVAL, Query, SETTLED_BY_APPROVAL, is_confirmed, of_supervisors, still_to_show, unapproved,
};
use crate::text::{all_of, spaced};

/// Arrangements on Form 1 on which the LCC has not decided, or that are newer than its approval.
pub(super) struct ToApprove {
    /// Their positions among the arrangements that are judged.
    arrangements: Vec<usize>,
    /// The days on which they became known.
    known: Vec<Day>,
    /// The approval that they are newer than.
    approved: Option<Day>,
}

impl ToApprove {
    /// What there is to approve; none where there is nothing.
    pub fn of(judgement: &Judgement<'_>) -> Option<Self> {
        let facts = &judgement.facts;
        let newer = unapproved(facts);
        let decided = facts.latest_decision(Matter::Arrangements, Body::Lcc);
        let is_new = decided.is_none() && facts.form1_submitted().is_some();
        let is_newer = |one: &Arranged<'_>| newer.iter().any(|newer| newer.arranged.case.index == one.case.index);
        let before = facts.arrangements.iter().enumerate().filter(|(_, one)| is_new || is_newer(one));
        let (arrangements, known): (Vec<_>, Vec<_>) = before.map(|(at, one)| (at, one.known)).unzip();
        let approved = newer.first().map(|newer| newer.approved);
        (is_new || !arrangements.is_empty()).then_some(Self { arrangements, known, approved })
    }

    /// Whether a query is asked as a part of the approval: it is settled with it, or is about a supervisor of one of the
    /// arrangements since it became known.
    pub fn asks(&self, code: Code, date: Day) -> bool {
        SETTLED_BY_APPROVAL.contains(&code) || (of_supervisors(code) && self.known.contains(&date))
    }

    /// The day by which the LCC is to decide.
    pub fn decide_by(&self, judgement: &Judgement<'_>) -> Option<Day> {
        match self.approved {
            Some(_) => unapproved(&judgement.facts).iter().map(|newer| newer.due).min(),
            None => judgement.finding(APPROVAL).due,
        }
    }

    /// What is to be approved.
    pub fn what(&self, judgement: &Judgement<'_>) -> String {
        let facts = &judgement.facts;
        let titles = self.arrangements.iter().map(|&at| {
            let log = facts.case.groups[facts.arrangements[at].case.group].log;
            format!("\"{}\"", log.title)
        });
        let mut parts = vec![match self.arrangements.len() {
            0 => "no arrangement is recorded".to_owned(),
            _ => all_of(titles),
        }];
        if let Some(approved) = self.approved {
            let new = self.arrangements.iter().map(|&at| self.what_is_new(facts, at, approved));
            parts.extend(new.collect::<BTreeSet<_>>());
        } else {
            parts.extend(facts.form1_submitted().map(|day| format!("Form 1 of {day}")));
        }
        parts.join("; ")
    }

    /// What the committee has not approved yet of an arrangement: of the same group as one that it approved, the supervisor.
    fn what_is_new(&self, facts: &Facts<'_>, at: usize, approved: Day) -> String {
        let new = &facts.arrangements[at];
        let before = facts.arrangements.iter().enumerate().filter(|(other, one)| {
            let is_approved = !self.arrangements.contains(other) && one.known <= approved;
            is_approved && one.case.group == new.case.group && one.case.supervisor.id != new.case.supervisor.id
        });
        let Some((_, before)) = before.max_by_key(|(_, one)| one.period().from) else {
            return format!("newer than the approval of {approved}");
        };
        let from = new.period().from;
        let beside = if before.period().until.is_some_and(|until| until <= from) { "in place of" } else { "beside" };
        let [supervisor, other] = [new, before].map(|one| &one.case.supervisor.record.name);
        format!("same group, approved {approved}; new: {supervisor} {beside} {other} from {from}")
    }

    /// What a committee asks about each of them, a line for the group, one for the supervisor, and one for what is
    /// still unanswered.
    pub fn details(&self, judgement: &Judgement<'_>) -> Vec<String> {
        let facts = &judgement.facts;
        let of_one = |&at: &usize| {
            let arranged = &facts.arrangements[at];
            let unanswered = unanswered(facts, arranged);
            let unanswered = if unanswered.is_empty() { "nothing".to_owned() } else { unanswered.join("; ") };
            [group(facts, arranged), supervision(facts, arranged), format!("still unanswered: {unanswered}")]
        };
        let ruled_with = self.ruled_with(judgement).into_iter();
        let ruled_with = ruled_with
            .map(|RuledWith { code, date, message }| format!("to rule on with it: {message} [{code}, {date}]"));
        self.arrangements.iter().flat_map(of_one).chain(ruled_with).collect()
    }

    /// The queries that an approval settles.
    pub fn settled(&self, judgement: &Judgement<'_>) -> Vec<String> {
        let settled = self.asked_here(judgement).filter(|(code, _)| SETTLED_BY_APPROVAL.contains(code));
        settled.map(|(code, query)| format!("{} [{code}]", query.message)).collect()
    }

    /// What a ruling settles together with the approval.
    pub fn ruled_with(&self, judgement: &Judgement<'_>) -> Vec<RuledWith> {
        let asked = self.asked_here(judgement).filter(|(code, _)| !SETTLED_BY_APPROVAL.contains(code));
        asked.map(|(code, query)| RuledWith { code, date: query.date, message: query.message.clone() }).collect()
    }

    fn asked_here<'j>(&self, judgement: &'j Judgement<'_>) -> impl Iterator<Item = (Code, &'j Query)> {
        judgement.findings.iter().flat_map(move |finding| {
            let queries = finding.to_judge().filter(|query| self.asks(finding.code, query.date));
            queries.map(|query| (finding.code, query))
        })
    }
}

/// What a committee would ask about an arrangement that the records do not say.
fn unanswered(facts: &Facts<'_>, arranged: &Arranged<'_>) -> Vec<String> {
    let record = arranged.case.record;
    let supervisor = arranged.case.supervisor.record;
    let to_show = still_to_show(supervisor, &facts.parameters.registers, facts.as_of);
    let mut unanswered: Vec<_> = to_show.into_iter().map(|what| format!("{what} of {}", supervisor.name)).collect();
    if !is_confirmed(facts, arranged) {
        unanswered.push(format!("the confirmation of {}", supervisor.name));
    }
    let is_said = |one: &ClinicalResponsibility| one.holder().is_some() || one.not_needed().is_some();
    if !record.clinical_responsibility.as_ref().is_some_and(is_said) {
        unanswered.push("who carries clinical responsibility".to_owned());
    }
    match record.medical_cover {
        None => unanswered.push("whether medical cover is needed".to_owned()),
        Some(MedicalCover::Needed) => unanswered.push("medical cover, which is needed".to_owned()),
        Some(MedicalCover::Arranged | MedicalCover::NotNeeded) => {}
    }
    unanswered
}

/// The group, as a committee looks at it.
fn group(facts: &Facts<'_>, arranged: &Arranged<'_>) -> String {
    let log = facts.case.groups[arranged.case.group].log;
    let organisation = if log.organisation.is_blank() {
        ", no organisation named".to_owned()
    } else {
        format!(" at {}", log.organisation)
    };
    let approach = log.approach.as_ref().filter(|approach| !approach.is_blank());
    let approach = approach.map(|approach| format!(", approach {approach}")).unwrap_or_default();
    let online = if log.online { ", online" } else { "" };
    format!(
        "\"{}\"{organisation}: {}, aim {}, setting {}{approach}{online}",
        log.title,
        log.frequency.word(),
        spaced(log.aim.word()),
        spaced(log.setting.word())
    )
}

/// Who supervises, and what the supervisor has shown.
fn supervision(facts: &Facts<'_>, arranged: &Arranged<'_>) -> String {
    let (record, supervisor) = (arranged.case.record, arranged.case.supervisor.record);
    let external = match &record.line_manager {
        Some(manager) if record.external => format!(" from outside the workplace (line manager {})", manager.name),
        None if record.external => " from outside the workplace".to_owned(),
        _ => String::new(),
    };
    let arrived = |day: Option<Day>| day.filter(|day| *day <= facts.as_of);
    let confirmed = match arrived(record.confirmed) {
        Some(day) => format!("confirmed on {day}"),
        None => "not confirmed yet".to_owned(),
    };
    let mut parts = vec![format!("supervised by {}{external} from {}", supervisor.name, record.from), confirmed];
    parts.push(registration(supervisor, facts.as_of));
    if supervisor.group_analyst {
        parts.push("a group analyst".to_owned());
    }
    parts.extend(arrived(supervisor.cv_received).map(|day| format!("CV received on {day}")));
    parts.extend(arrived(supervisor.assessed).map(|day| format!("assessed on {day}")));
    parts.join("; ")
}

fn registration(supervisor: &Supervisor, as_of: Day) -> String {
    let said = |one: &Registration| {
        let checked = match one.checked.filter(|day| *day <= as_of) {
            Some(day) => format!("checked on {day}"),
            None => "not checked".to_owned(),
        };
        format!("{} ({checked})", one.body)
    };
    let valid: Vec<_> = supervisor.registrations.iter().filter(|one| one.covers(as_of)).map(said).collect();
    let accepted = supervisor.other_evidence.as_ref().filter(|one| one.accepted.is_some_and(|day| day <= as_of));
    match (valid.is_empty(), accepted) {
        (false, _) => format!("registered with {}", all_of(valid)),
        (true, Some(evidence)) => format!("other evidence accepted: {}", evidence.what),
        (true, None) => "no valid registration".to_owned(),
    }
}

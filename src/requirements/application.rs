//! Application Process for GWP Status; and, for A2, The Role of Work Place Supervisor.

use super::remedy::arrangement_first;
use super::{Actor, Finding, Parts, Remedy, Requirement, Status, StepWhen};
use crate::calendar::Day;
use crate::edition::{Code, ParameterName};
use crate::facts::{Arranged, Decided, Facts, latest};
use crate::records::{Body, Condition, Matter, Outcome};
use crate::text::Path;

/// GWP Form 1 is submitted.
pub(super) static A1: Requirement = Requirement {
    code: Code::A1,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[ParameterName::NewArrangementDays],
    thresholds: &[],
    judge: form1_submitted,
    remedies: |_| vec![Remedy::Form1],
};

fn form1_submitted(facts: &Facts<'_>) -> Finding {
    let due = form1_due(facts);
    let finding = if let Some(submitted) = facts.form1_submitted() {
        let place = facts.place(Path::of("form1").key("submitted"));
        Finding::new(Code::A1, Status::Met, format!("GWP Form 1 was submitted on {submitted}")).proven_by([place])
    } else if facts.as_of <= due {
        Finding::new(Code::A1, Status::Open, format!("GWP Form 1 is to be submitted by {due}"))
    } else {
        Finding::new(
            Code::A1,
            Status::Action,
            format!("GWP Form 1 was due on {due}: the form is needed, or word that the student does not apply"),
        )
    };
    finding.due(due)
}

/// The day by which Form 1 is to be submitted. Where the LCC does not meet during the first term it is the term's end.
pub(crate) fn form1_due(facts: &Facts<'_>) -> Day {
    let meeting = facts.case.course.first_term().and_then(|term| {
        let within = |day: &Day| term.starts <= *day && *day <= term.ends;
        facts.lcc_meetings().into_iter().map(|(day, _)| day).find(within)
    });
    not_before_joining(facts, meeting.unwrap_or_else(|| first_term_end(facts)))
}

/// The end of the course's first term.
pub(crate) fn first_term_end(facts: &Facts<'_>) -> Day {
    facts.case.course.first_term().map_or(facts.case.course.ends, |term| term.ends)
}

/// A student who joined after the course's start has some days from then.
fn not_before_joining(facts: &Facts<'_>, due: Day) -> Day {
    if facts.joined > facts.case.course.starts {
        due.max(facts.joined.plus_days(facts.parameters.new_arrangement_days))
    } else {
        due
    }
}

/// The workplace supervisor confirms.
pub(super) static A2: Requirement = Requirement {
    code: Code::A2,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[ParameterName::NewArrangementDays],
    thresholds: &[],
    judge: supervisor_confirmed,
    remedies: confirmations,
};

/// The confirmation of every arrangement that has none.
fn confirmations(facts: &Facts<'_>) -> Vec<Remedy> {
    let unconfirmed = facts.arrangements.iter().filter(|one| !is_confirmed(facts, one));
    arrangement_first(facts, &unconfirmed.map(|one| Remedy::Confirmation(one.case.index)).collect::<Vec<_>>())
}

fn supervisor_confirmed(facts: &Facts<'_>) -> Finding {
    if !facts.has_arrangement() {
        let due = not_before_joining(facts, first_term_end(facts));
        let status = if facts.as_of <= due { Status::Open } else { Status::Action };
        return Finding::new(Code::A2, status, "there is no arrangement that a workplace supervisor could confirm")
            .due(due)
            .said_by(Code::S1);
    }
    let mut parts = Parts::new(facts, Code::A2);
    let mut unmet = Vec::new();
    for arranged in &facts.arrangements {
        let name = &arranged.case.supervisor.record.name;
        if let Some(confirmed) = arranged.case.record.confirmed.filter(|_| is_confirmed(facts, arranged)) {
            let message = format!("{name} confirmed on {confirmed}");
            parts.add(Status::Met, message, [arranged.at(facts, "confirmed")]);
            continue;
        }
        let due = confirmation_due(facts, arranged);
        let evidence = [facts.place(Path::of("arrangement").index(arranged.case.index))];
        let status = if facts.as_of <= due {
            parts.add(Status::Open, format!("{name} is to confirm by {due}"), evidence)
        } else {
            let message = format!("the confirmation of {name} was due on {due} and is not there");
            parts.action_or_ended(arranged.ended, Some(due), message, evidence)
        };
        if status != Status::Met {
            unmet.push(due);
        }
    }
    parts.finish((Status::Open, "")).due(unmet.into_iter().min())
}

/// Whether the workplace supervisor has confirmed an arrangement.
pub(crate) fn is_confirmed(facts: &Facts<'_>, arranged: &Arranged<'_>) -> bool {
    arranged.case.record.confirmed.is_some_and(|day| day <= facts.as_of)
}

/// The day by which an arrangement is to be confirmed.
pub(crate) fn confirmation_due(facts: &Facts<'_>, arranged: &Arranged<'_>) -> Day {
    let after_beginning = arranged.period().from.plus_days(facts.parameters.new_arrangement_days);
    not_before_joining(facts, first_term_end(facts).max(after_beginning))
}

/// The day by which the confirmation is to be there while nothing is arranged.
pub(crate) fn confirmation_due_without_arrangement(facts: &Facts<'_>) -> Day {
    not_before_joining(facts, first_term_end(facts))
}

/// The LCC approves the arrangements.
pub(super) static A3: Requirement = Requirement {
    code: Code::A3,
    acts: Actor::Student,
    judges: Actor::Body(Body::Lcc),
    step: StepWhen::Never,
    before_sessions: false,
    parameters: &[ParameterName::NewArrangementDays, ParameterName::CompletionYears],
    thresholds: &[],
    judge: arrangements_approved,
    remedies: approving,
};

/// What the LCC, or where it has queried the NTM, decides; the condition that is not met.
fn approving(facts: &Facts<'_>) -> Vec<Remedy> {
    let standing = Standing::of(facts);
    if standing.is_some_and(|standing| standing.approval().is_some() && unmet_condition(facts, standing).is_some())
        && is_approved(facts)
    {
        return vec![Remedy::Conditions];
    }
    let is_queried = standing.is_some_and(|standing| standing.decided().outcome() == Outcome::Queried);
    let approves = |body| Remedy::Decision(body, Matter::Arrangements, Outcome::Approved);
    let form1 = facts.form1_submitted().is_none().then_some(Remedy::Form1);
    form1.into_iter().chain([approves(if is_queried { Body::Ntm } else { Body::Lcc })]).collect()
}

/// The ratification.
fn ratifying(_: &Facts<'_>) -> Vec<Remedy> {
    vec![Remedy::Decision(Body::Spc, Matter::Arrangements, Outcome::Ratified)]
}

fn arrangements_approved(facts: &Facts<'_>) -> Finding {
    approval(facts).due(approval_due(facts))
}

/// The day by which the LCC is to decide: its first meeting on or after the day on which Form 1 was submitted,
/// else so many days after that. None while Form 1 is not there.
pub(crate) fn approval_due(facts: &Facts<'_>) -> Option<Day> {
    Some(decided_by(facts, facts.form1_submitted()?))
}

/// The day by which the LCC decides on what is before it from `since` on.
fn decided_by(facts: &Facts<'_>, since: Day) -> Day {
    let meeting = facts.lcc_meetings().into_iter().map(|(day, _)| day).find(|day| *day >= since);
    meeting.unwrap_or_else(|| since.plus_days(facts.parameters.new_arrangement_days))
}

/// How the decision about the arrangements stands: the LCC's latest, and the NTM's latest on or after it that approves
/// or declines, which goes before it.
#[derive(Clone, Copy)]
struct Standing<'a> {
    /// The decision of the LCC.
    of_lcc: Decided<'a>,
    /// The answer of the NTM.
    of_ntm: Option<Decided<'a>>,
}

impl<'a> Standing<'a> {
    /// None where the LCC has not decided.
    fn of(facts: &Facts<'a>) -> Option<Self> {
        let of_lcc = facts.latest_decision(Matter::Arrangements, Body::Lcc)?;
        let answers = |one: &Decided<'_>| {
            one.decision.body == Body::Ntm
                && one.decision.date >= of_lcc.decision.date
                && matches!(one.outcome(), Outcome::Approved | Outcome::Declined)
        };
        Some(Self { of_lcc, of_ntm: latest(facts.decisions(Matter::Arrangements).filter(answers)) })
    }

    /// The decision that holds.
    fn decided(self) -> Decided<'a> {
        self.of_ntm.unwrap_or(self.of_lcc)
    }

    /// The decision that holds, where it approves.
    fn approval(self) -> Option<Decided<'a>> {
        Some(self.decided()).filter(|decided| decided.outcome() == Outcome::Approved)
    }

    /// The approvals whose conditions hold: that which decides, and the LCC's where the NTM confirmed it.
    fn approvals(self) -> impl Iterator<Item = Decided<'a>> {
        let confirmed = self.of_ntm.map(|_| self.of_lcc).filter(|one| one.outcome() == Outcome::Approved);
        self.approval().into_iter().flat_map(move |approval| confirmed.into_iter().chain([approval]))
    }
}

fn approval(facts: &Facts<'_>) -> Finding {
    let Some(standing) = Standing::of(facts) else {
        return match approval_due(facts) {
            None => Finding::new(Code::A3, Status::Open, "the LCC has nothing to decide on until GWP Form 1 is there"),
            Some(due) if facts.as_of <= due => {
                Finding::new(Code::A3, Status::Open, format!("the LCC is to decide on the arrangements by {due}"))
            }
            Some(due) => {
                let message = format!("the LCC was to decide on the arrangements by {due}");
                Finding::new(Code::A3, Status::Action, message).for_actor(Actor::Body(Body::Lcc))
            }
        };
    };
    let decided = standing.decided();
    let places = [standing.of_lcc].into_iter().chain(standing.of_ntm).map(|one| facts.decision_place(one));
    let (body, date) = (format!("the {}", decided.decision.body.title()), decided.decision.date);
    let finding = match decided.outcome() {
        Outcome::Approved => approved(facts, standing, &body, date),
        Outcome::Declined => declined(facts, Code::A3, &body, date),
        _ => {
            let message = format!("{body} queried the arrangements on {date}; the NTM has not answered");
            Finding::new(Code::A3, Status::Query, message).for_judge(Actor::Body(Body::Ntm))
        }
    };
    finding.proven_by(places)
}

fn approved(facts: &Facts<'_>, standing: Standing<'_>, body: &str, date: Day) -> Finding {
    if let Some(newer) = known_after(facts, date).max_by_key(|one| one.known) {
        let (title, supervisor) = (&facts.case.groups[newer.case.group].log.title, &newer.case.supervisor.record.name);
        let message = format!(
            "the approval of {date} does not cover the arrangement of \"{title}\" with {supervisor}, known since {}",
            newer.known
        );
        let place = facts.place(Path::of("arrangement").index(newer.case.index));
        return Finding::new(Code::A3, Status::Query, message).proven_by([place]);
    }
    match unmet_condition(facts, standing) {
        Some(condition) => {
            let message = format!(
                "a condition of the approval of {date} was due on {} and is not recorded as met: {}",
                condition.due, condition.what
            );
            Finding::new(Code::A3, Status::Action, message)
        }
        None => Finding::new(Code::A3, Status::Met, format!("{body} approved the arrangements on {date}")),
    }
}

/// The condition that was to be met first of those whose day is past.
fn unmet_condition<'a>(facts: &Facts<'a>, standing: Standing<'a>) -> Option<&'a Condition> {
    let conditions = standing.approvals().flat_map(|one| &one.decision.conditions);
    conditions.filter(|one| one.due < facts.as_of && !one.is_met(facts.as_of)).min_by_key(|one| one.due)
}

/// Whether the arrangements are approved, so that nothing is asked of the setting or the aim: also while a condition of
/// the approval is not met.
pub(super) fn is_approved(facts: &Facts<'_>) -> bool {
    let approval = Standing::of(facts).and_then(Standing::approval);
    approval.is_some_and(|approval| known_after(facts, approval.decision.date).next().is_none())
}

/// The approvals on which the arrangements rest, each with its position among the student's decisions: that which
/// decides, and the LCC's where the NTM confirmed it.
pub(crate) fn approvals<'a>(facts: &Facts<'a>) -> Vec<Decided<'a>> {
    Standing::of(facts).into_iter().flat_map(Standing::approvals).collect()
}

fn known_after<'f, 'a>(facts: &'f Facts<'a>, date: Day) -> impl Iterator<Item = &'f Arranged<'a>> {
    facts.arrangements.iter().filter(move |one| one.known > date)
}

/// An arrangement that became known after the approval, and so is not covered by it.
pub(crate) struct Unapproved<'f, 'a> {
    /// The arrangement.
    pub arranged: &'f Arranged<'a>,
    /// The day of the approval.
    pub approved: Day,
    /// The day by which the LCC is to decide on it too: as for the first decision, from the day it became known on.
    pub due: Day,
}

/// The arrangements that became known after the approval, in the order of the file; none where nothing is approved.
pub(crate) fn unapproved<'f, 'a>(facts: &'f Facts<'a>) -> Vec<Unapproved<'f, 'a>> {
    let Some(approval) = Standing::of(facts).and_then(Standing::approval) else { return Vec::new() };
    let approved = approval.decision.date;
    let newer = known_after(facts, approved);
    newer.map(|arranged| Unapproved { arranged, approved, due: decided_by(facts, arranged.known) }).collect()
}

/// Declined arrangements can be made anew until the limit.
fn declined(facts: &Facts<'_>, code: Code, body: &str, date: Day) -> Finding {
    let message = format!("{body} declined the arrangements on {date}");
    let status = if facts.as_of <= facts.limit { Status::Action } else { Status::Failed };
    Finding::new(code, status, message)
}

/// The SPC or the NTM ratifies.
pub(super) static A4: Requirement = Requirement {
    code: Code::A4,
    acts: Actor::Student,
    judges: Actor::Body(Body::Spc),
    step: StepWhen::OnceMet(Code::A3),
    before_sessions: false,
    parameters: &[ParameterName::CompletionYears],
    thresholds: &[],
    judge: arrangements_ratified,
    remedies: ratifying,
};

fn arrangements_ratified(facts: &Facts<'_>) -> Finding {
    let ratifies = |body, outcome| body == Body::Spc || (body == Body::Ntm && outcome == Outcome::Ratified);
    // What was ratified before a new approval does not ratify it.
    let approved = Standing::of(facts).and_then(Standing::approval).map(|approval| approval.decision.date);
    let decided = latest(facts.decisions(Matter::Arrangements).filter(|one| {
        ratifies(one.decision.body, one.outcome()) && approved.is_none_or(|approved| one.decision.date >= approved)
    }));
    let Some(decided) = decided else {
        let message = match approved {
            Some(day) => format!("neither the SPC nor the NTM has ratified the approval of {day} yet"),
            None => "neither the SPC nor the NTM has ratified the arrangements yet".to_owned(),
        };
        return Finding::new(Code::A4, Status::Open, message).for_actor(Actor::Body(Body::Spc));
    };
    let (body, date) = (format!("the {}", decided.decision.body.title()), decided.decision.date);
    let finding = match decided.outcome() {
        Outcome::Ratified => Finding::new(Code::A4, Status::Met, format!("{body} ratified the arrangements on {date}")),
        Outcome::Declined => declined(facts, Code::A4, &body, date),
        _ => Finding::new(Code::A4, Status::Query, format!("{body} queried the arrangements on {date}")),
    };
    finding.proven_by([facts.decision_place(decided)])
}

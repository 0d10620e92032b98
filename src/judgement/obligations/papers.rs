//! Forms and decisions: what somebody hands in by a day. What of it is overdue is part of every judgement.

use std::collections::BTreeMap;

use super::{Obligation, ObligationKind, Person, Role, Which, arrangements};
use crate::calendar::Day;
use crate::case::{ArrangementCase, WrgCase};
use crate::edition::Code;
use crate::facts::{Arranged, Facts, Settled};
use crate::records::{Body, Matter};
use crate::requirements::{
    Deadline, approval_due, approvals, confirmation_due, confirmation_due_without_arrangement, final_report_due,
    first_deadline, form1_due, gwp2_deadlines, gwp3_due, gwp3_received, is_confirmed, somebody_could_report,
    wrg2_deadlines,
};
use crate::text::Text;

/// Every paper that is or was asked for, in no order. What an ended arrangement left behind is owed no more.
pub(super) fn papers<'a>(facts: &Facts<'a>) -> Vec<Obligation<'a>> {
    let mut papers = Vec::new();
    form1(facts, &mut papers);
    confirmations(facts, &mut papers);
    lcc_decision(facts, &mut papers);
    conditions(facts, &mut papers);
    gwp2(facts, &mut papers);
    final_report(facts, &mut papers);
    wrg2(facts, &mut papers);
    gwp3(facts, &mut papers);
    papers
}

fn form1<'a>(facts: &Facts<'a>, papers: &mut Vec<Obligation<'a>>) {
    let owed = facts.form1_submitted().is_none();
    papers.push(Obligation::of(ObligationKind::Form1, form1_due(facts), owed).owed_by(Person::student(facts.case)));
}

fn confirmations<'a>(facts: &Facts<'a>, papers: &mut Vec<Obligation<'a>>) {
    let kind = ObligationKind::SupervisorConfirmation;
    papers.push(Obligation::of(kind, confirmation_due_without_arrangement(facts), !facts.has_arrangement()));
    for (arrangement, judged) in arrangements(facts) {
        let due = judged.map_or(arrangement.record.from, |arranged| confirmation_due(facts, arranged));
        let owed = judged.is_some_and(|arranged| arranged.ended.is_none() && !is_confirmed(facts, arranged));
        let owed = owed && !is_settled(facts, Code::A2, due);
        let supervisor = Person::supervisor(Role::WorkplaceSupervisor, arrangement.supervisor);
        papers.push(Obligation::of(kind, due, owed).about(facts.case, arrangement).owed_by(supervisor));
    }
}

fn lcc_decision<'a>(facts: &Facts<'a>, papers: &mut Vec<Obligation<'a>>) {
    if let Some(due) = approval_due(facts) {
        let owed = facts.latest_decision(Matter::Arrangements, Body::Lcc).is_none();
        papers.push(Obligation::of(ObligationKind::LccDecision, due, owed).owed_by(Person::convenor(facts.case)));
    }
}

/// Whether the ruling that decides on a part is in the student's favour: it is asked for no more.
fn is_settled(facts: &Facts<'_>, code: Code, part: Day) -> bool {
    facts.rulings.on(code, part).is_some_and(Settled::is_accepted)
}

/// Every condition on which the LCC or the NTM approved arrangements; owed while it holds and is not met.
fn conditions<'a>(facts: &Facts<'a>, papers: &mut Vec<Obligation<'a>>) {
    let in_force: Vec<_> = approvals(facts).iter().map(|one| one.index).collect();
    let mut numbers: BTreeMap<Day, usize> = BTreeMap::new();
    for decided in facts.decisions(Matter::Arrangements) {
        for condition in &decided.decision.conditions {
            let number = numbers.entry(decided.decision.date).or_default();
            *number += 1;
            let owed = in_force.contains(&decided.index) && !condition.is_met(facts.as_of);
            let which = Which::Condition(decided.decision.date, *number);
            let obligation = Obligation::of(ObligationKind::Condition, condition.due, owed);
            let obligation = obligation.owed_by(Person::student(facts.case));
            papers.push(Obligation { which, why: condition.what.to_string(), ..obligation });
        }
    }
}

/// A deadline of the course, with its place in its year.
struct OfCourse {
    day: Day,
    year: i32,
    number: usize,
    /// The deadline before it.
    preceding: Option<Day>,
}

/// The deadlines of the course since joining, up to the limit and, where an extension is recorded, to its end.
fn deadlines(facts: &Facts<'_>) -> Vec<OfCourse> {
    let extended = facts.case.record.extension.as_ref().map_or(facts.limit, |extension| extension.until);
    let last = facts.limit.max(extended).max(facts.parameters.limit_after(facts.case.course.ends));
    let mut deadlines: Vec<OfCourse> = Vec::new();
    for day in facts.case.course.deadlines(&facts.parameters.report_dates, last) {
        let before = deadlines.last();
        let number = before.filter(|before| before.year == day.year()).map_or(1, |before| before.number + 1);
        let preceding = before.map(|before| before.day);
        deadlines.push(OfCourse { day, year: day.year(), number, preceding });
    }
    let first = first_deadline(facts);
    deadlines.retain(|deadline| first <= deadline.day);
    deadlines
}

/// Whether a report is owed for a deadline of the course: it concerns the student, is unanswered, and no ruling has
/// settled it.
fn is_owed(facts: &Facts<'_>, code: Code, concerned: &[Deadline<'_>], day: Day) -> bool {
    let position = concerned.binary_search_by_key(&day, |deadline| deadline.day);
    position.is_ok_and(|position| concerned[position].answer.is_none()) && !is_settled(facts, code, day)
}

/// A report for each deadline from each workplace supervisor: owed by the one who reports for it.
fn gwp2<'a>(facts: &Facts<'a>, papers: &mut Vec<Obligation<'a>>) {
    let concerned = gwp2_deadlines(facts);
    for OfCourse { day, year, number, preceding } in deadlines(facts) {
        let runs_since_preceding = |one: &ArrangementCase<'_>| {
            let is_over = one.record.until.zip(preceding).is_some_and(|(until, preceding)| until <= preceding);
            one.record.from <= day && !is_over
        };
        let may_concern = day <= facts.case.course.ends
            || arrangements(facts).any(|(arrangement, _)| runs_since_preceding(arrangement));
        let is_owed = somebody_could_report(facts, day) && is_owed(facts, Code::R1, &concerned, day);
        let reporting = reporting(facts, day).filter(|_| is_owed);
        let mut asked: Vec<&Text> = Vec::new();
        for (arrangement, _) in arrangements(facts).filter(|_| may_concern) {
            let supervisor = arrangement.supervisor;
            if asked.contains(&supervisor.id) {
                continue;
            }
            asked.push(supervisor.id);
            let reports = reporting.filter(|reporting| reporting.case.supervisor.id == supervisor.id);
            let group = reports.map_or(arrangement.group, |reporting| reporting.case.group);
            papers.push(Obligation {
                which: Which::Deadline(year, number, Some(supervisor.id)),
                group: Some(facts.case.groups[group].id),
                ..Obligation::of(ObligationKind::Gwp2, day, reports.is_some())
                    .owed_by(Person::supervisor(Role::WorkplaceSupervisor, supervisor))
            });
        }
    }
}

/// The report that is wanted once the sessions are complete, from each workplace supervisor: owed by the one who reports
/// on the day by which it is wanted.
fn final_report<'a>(facts: &Facts<'a>, papers: &mut Vec<Obligation<'a>>) {
    let due = final_report_due(facts, &gwp2_deadlines(facts)).filter(|due| !is_settled(facts, Code::R1, *due));
    let reporting = due.and_then(|due| reporting(facts, due));
    let mut asked: Vec<&Text> = Vec::new();
    for (arrangement, _) in arrangements(facts) {
        let supervisor = arrangement.supervisor;
        if asked.contains(&supervisor.id) {
            continue;
        }
        asked.push(supervisor.id);
        let reports = reporting.filter(|reporting| reporting.case.supervisor.id == supervisor.id);
        let wanted = due.filter(|_| reports.is_some());
        let group = reports.map_or(arrangement.group, |reporting| reporting.case.group);
        papers.push(Obligation {
            which: Which::Final(supervisor.id),
            group: Some(facts.case.groups[group].id),
            why: wanted
                .map(|_| "the sessions are complete, and no report has arrived since".to_owned())
                .unwrap_or_default(),
            ..Obligation::of(ObligationKind::Gwp2, wanted.unwrap_or(arrangement.record.from), wanted.is_some())
                .owed_by(Person::supervisor(Role::WorkplaceSupervisor, supervisor))
        });
    }
}

/// Likewise from each WRG supervisor; and from nobody, while there is none.
fn wrg2<'a>(facts: &Facts<'a>, papers: &mut Vec<Obligation<'a>>) {
    let concerned = wrg2_deadlines(facts);
    for OfCourse { day, year, number, .. } in deadlines(facts) {
        if day > facts.case.course.ends && !facts.in_wrg(day) {
            continue;
        }
        let owed = is_owed(facts, Code::R2, &concerned, day);
        let reflecting = reflecting(facts, day).map(|wrg| wrg.supervisor.id);
        let nobody = Obligation::of(ObligationKind::Wrg2, day, owed && reflecting.is_none());
        papers.push(Obligation { which: Which::Deadline(year, number, None), ..nobody });
        let mut asked: Vec<&Text> = Vec::new();
        for wrg in &facts.case.wrg {
            let supervisor = wrg.supervisor;
            if asked.contains(&supervisor.id) {
                continue;
            }
            asked.push(supervisor.id);
            papers.push(Obligation {
                which: Which::Deadline(year, number, Some(supervisor.id)),
                ..Obligation::of(ObligationKind::Wrg2, day, owed && reflecting == Some(supervisor.id))
                    .owed_by(Person::supervisor(Role::WrgSupervisor, supervisor))
            });
        }
    }
}

fn gwp3<'a>(facts: &Facts<'a>, papers: &mut Vec<Obligation<'a>>) {
    for (arrangement, judged) in arrangements(facts).filter(|(one, _)| one.record.external) {
        let due = judged.and_then(|arranged| gwp3_due(facts, arranged));
        let is_missing = |arranged: &Arranged<'_>| arranged.ended.is_none() && gwp3_received(facts, arranged).is_none();
        let is_asked = due.is_some_and(|due| !is_settled(facts, Code::R3, due));
        let owed = is_asked && judged.is_some_and(is_missing);
        let from = arrangement.record.line_manager.as_ref().map(Person::line_manager);
        let paper = Obligation::of(ObligationKind::Gwp3, due.unwrap_or(arrangement.record.from), owed);
        papers.push(Obligation { from, ..paper.about(facts.case, arrangement) });
    }
}

/// The arrangement whose supervisor reports for a deadline. One that covers the day goes before one that began
/// earlier, a later beginning before an earlier one; where none had begun it is the first.
fn reporting<'f, 'a>(facts: &'f Facts<'a>, deadline: Day) -> Option<&'f Arranged<'a>> {
    let begun_last = |one: &&Arranged<'a>| (one.period().from, one.case.index);
    facts
        .arrangements
        .iter()
        .filter(|one| one.period().covers(deadline))
        .max_by_key(begun_last)
        .or_else(|| facts.arrangements.iter().filter(|one| one.period().from < deadline).max_by_key(begun_last))
        .or_else(|| facts.arrangements.first())
}

/// The WRG entry whose supervisor reports for a deadline, chosen likewise.
fn reflecting<'a>(facts: &Facts<'a>, deadline: Day) -> Option<&'a WrgCase<'a>> {
    let begun_last = |wrg: &&WrgCase<'a>| (wrg.record.from, wrg.index);
    let wrg = &facts.case.wrg;
    wrg.iter()
        .filter(|one| facts.case.wrg_period(one).covers(deadline))
        .max_by_key(begun_last)
        .or_else(|| wrg.iter().filter(|one| one.record.from < deadline).max_by_key(begun_last))
        .or_else(|| wrg.first())
}

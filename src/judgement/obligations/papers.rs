//! Forms and decisions: what somebody hands in by a day. What of it is overdue is part of every judgement.

use super::{Obligation, ObligationKind, Person, Role, Which, arrangements};
use crate::calendar::{Day, course_deadlines};
use crate::case::WrgCase;
use crate::facts::{Arranged, Facts};
use crate::records::{Body, Matter};
use crate::requirements::{
    Deadline, approval_due, confirmation_due, confirmation_due_without_arrangement, form1_due, gwp2_deadlines,
    gwp3_due, gwp3_received, is_confirmed, wrg2_deadlines,
};

/// Every paper that is or was asked for, in no order. What an ended arrangement left behind is owed no more.
pub(super) fn papers<'a>(facts: &Facts<'a>) -> Vec<Obligation<'a>> {
    let mut papers = Vec::new();
    form1(facts, &mut papers);
    confirmations(facts, &mut papers);
    lcc_decision(facts, &mut papers);
    gwp2(facts, &mut papers);
    wrg2(facts, &mut papers);
    gwp3(facts, &mut papers);
    papers
}

fn form1<'a>(facts: &Facts<'a>, papers: &mut Vec<Obligation<'a>>) {
    let owed = facts.form1_submitted().is_none();
    papers.push(Obligation::of(ObligationKind::Form1, form1_due(facts), owed).from(Person::student(facts.case)));
}

fn confirmations<'a>(facts: &Facts<'a>, papers: &mut Vec<Obligation<'a>>) {
    let kind = ObligationKind::SupervisorConfirmation;
    papers.push(Obligation::of(kind, confirmation_due_without_arrangement(facts), !facts.has_arrangement()));
    for (arrangement, judged) in arrangements(facts) {
        let owed = judged.is_some_and(|arranged| arranged.ended.is_none() && !is_confirmed(facts, arranged));
        let due = judged.map_or(arrangement.record.from, |arranged| confirmation_due(facts, arranged));
        let supervisor = Person::supervisor(Role::WorkplaceSupervisor, arrangement.supervisor);
        papers.push(Obligation::of(kind, due, owed).about(facts.case, arrangement).from(supervisor));
    }
}

fn lcc_decision<'a>(facts: &Facts<'a>, papers: &mut Vec<Obligation<'a>>) {
    if let Some(due) = approval_due(facts) {
        let owed = facts.latest_decision(Matter::Arrangements, Body::Lcc).is_none();
        papers.push(Obligation::of(ObligationKind::LccDecision, due, owed).from(Person::convenor(facts.case)));
    }
}

/// The deadlines of the course since joining, each with its place in its year and whether a report of a form is owed
/// for it: up to the limit and, where an extension is recorded, to its end.
fn deadlines(facts: &Facts<'_>, concerned: &[Deadline<'_>]) -> Vec<(Day, Which<'static>, bool)> {
    let extended = facts.case.record.extension.as_ref().map_or(facts.limit, |extension| extension.until);
    let last = facts.limit.max(extended).max(facts.parameters.limit_after(facts.case.course.ends));
    let (mut year, mut number) = (None, 0);
    let mut deadlines = Vec::new();
    for day in course_deadlines(facts.case.course, &facts.parameters.report_dates, last) {
        number = if year == Some(day.year()) { number + 1 } else { 1 };
        year = Some(day.year());
        if facts.joined <= day {
            let known = concerned.binary_search_by_key(&day, |deadline| deadline.day);
            let is_unanswered = known.is_ok_and(|position| concerned[position].answer.is_none());
            deadlines.push((day, Which::OfYear(day.year(), number), is_unanswered));
        }
    }
    deadlines
}

fn gwp2<'a>(facts: &Facts<'a>, papers: &mut Vec<Obligation<'a>>) {
    for (day, which, is_unanswered) in deadlines(facts, &gwp2_deadlines(facts)) {
        let somebody_could = facts.arrangements.iter().any(|one| one.known <= day);
        let mut paper = Obligation::of(ObligationKind::Gwp2, day, is_unanswered && somebody_could);
        if let Some(arranged) = reporting(facts, day) {
            let supervisor = Person::supervisor(Role::WorkplaceSupervisor, arranged.case.supervisor);
            paper.group = Some(facts.case.groups[arranged.case.group].id);
            paper = paper.from(supervisor);
        }
        papers.push(Obligation { which, ..paper });
    }
}

fn wrg2<'a>(facts: &Facts<'a>, papers: &mut Vec<Obligation<'a>>) {
    for (day, which, is_unanswered) in deadlines(facts, &wrg2_deadlines(facts)) {
        let from = reflecting(facts, day).map(|wrg| Person::supervisor(Role::WrgSupervisor, wrg.supervisor));
        papers.push(Obligation { which, from, ..Obligation::of(ObligationKind::Wrg2, day, is_unanswered) });
    }
}

fn gwp3<'a>(facts: &Facts<'a>, papers: &mut Vec<Obligation<'a>>) {
    for (arrangement, judged) in arrangements(facts).filter(|(one, _)| one.record.external) {
        let due = judged.and_then(|arranged| gwp3_due(facts, arranged));
        let is_missing = |arranged: &Arranged<'_>| arranged.ended.is_none() && gwp3_received(facts, arranged).is_none();
        let owed = due.is_some() && judged.is_some_and(is_missing);
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

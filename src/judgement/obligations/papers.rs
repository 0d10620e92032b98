//! Forms and decisions: what somebody hands in by a day. What of it is overdue is part of every judgement.

use super::{Obligation, ObligationKind, Person, Role, Which};
use crate::calendar::Day;
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
    for arranged in &facts.arrangements {
        let owed = arranged.ended.is_none() && !is_confirmed(facts, arranged);
        let supervisor = Person::supervisor(Role::WorkplaceSupervisor, arranged.case.supervisor);
        papers.push(
            Obligation::of(kind, confirmation_due(facts, arranged), owed).about(facts, arranged).from(supervisor),
        );
    }
}

fn lcc_decision<'a>(facts: &Facts<'a>, papers: &mut Vec<Obligation<'a>>) {
    if let Some(due) = approval_due(facts) {
        let owed = facts.latest_decision(Matter::Arrangements, Body::Lcc).is_none();
        papers.push(Obligation::of(ObligationKind::LccDecision, due, owed).from(Person::convenor(facts.case)));
    }
}

/// The deadlines of the course since joining, each with its place in its year and whether a report of a form is owed
/// for it.
fn deadlines<'f>(
    facts: &'f Facts<'_>,
    concerned: &'f [Deadline<'_>],
) -> impl Iterator<Item = (Day, Which<'static>, bool)> + 'f {
    let all = &facts.course_deadlines;
    all.iter().enumerate().filter(|(_, day)| facts.joined <= **day).map(|(position, &day)| {
        let before = all[..position].iter().rev().take_while(|other| other.year() == day.year()).count();
        let is_unanswered = concerned.iter().any(|deadline| deadline.day == day && deadline.answer.is_none());
        (day, Which::OfYear(day.year(), before + 1), is_unanswered)
    })
}

fn gwp2<'a>(facts: &Facts<'a>, papers: &mut Vec<Obligation<'a>>) {
    for (day, which, is_unanswered) in deadlines(facts, &gwp2_deadlines(facts)) {
        let somebody_could = facts.arrangements.iter().any(|one| one.known <= day);
        let mut paper = Obligation::of(ObligationKind::Gwp2, day, is_unanswered && somebody_could);
        if let Some(arranged) = reporting(facts, day) {
            let supervisor = Person::supervisor(Role::WorkplaceSupervisor, arranged.case.supervisor);
            paper = paper.about(facts, arranged).from(supervisor);
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
    for arranged in facts.arrangements.iter().filter(|one| one.case.record.external) {
        let Some(due) = gwp3_due(facts, arranged) else { continue };
        let owed = arranged.ended.is_none() && gwp3_received(facts, arranged).is_none();
        let from = arranged.case.record.line_manager.as_ref().map(Person::line_manager);
        let paper = Obligation::of(ObligationKind::Gwp3, due, owed).about(facts, arranged);
        papers.push(Obligation { from, ..paper });
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

//! The judgement of a student as of a day.
//!
//! The facts are established ([`Facts`]), every requirement is asked ([`crate::requirements`]), and the verdict is
//! the first that their statuses give. A judgement holds no line numbers and prints nothing.

mod decision_order;
mod figures;
mod forecast;
mod next_steps;
mod obligations;
mod once_owed;
mod roster;
mod schedule;
mod student_result;
mod supposed;
#[cfg(test)]
mod tests;
mod verdict;

pub(crate) use decision_order::decision_order;
pub use figures::{NotCounted, SessionFigures};
pub use forecast::{Awaited, Beginning, Forecast, Held, NoMeeting, Pace, Rest, WhatIf};
pub use next_steps::Who;
pub(crate) use next_steps::{NextStep, Urgency, next_steps};
pub use obligations::{Obligation, ObligationKind, Person, Role, Which};
pub use once_owed::OnceOwed;
pub use roster::Roster;
pub use schedule::{Item, Schedule, StudentName};
pub use student_result::StudentResult;
pub use verdict::Verdict;

use std::cell::OnceCell;

use crate::calendar::Day;
use crate::case::StudentCase;
use crate::edition::Code;
use crate::facts::{AwardDecisions, Facts};
use crate::requirements::{self, AWARD, FINAL_DECISION, Finding, RECOMMENDATION, Status};

/// What is said about one student as of one day.
pub struct Judgement<'a> {
    /// The facts.
    pub facts: Facts<'a>,
    /// The finding on each requirement, in the catalogue's order.
    pub findings: Vec<Finding>,
    /// The verdict.
    pub verdict: Verdict,
    papers: OnceCell<Vec<Obligation<'a>>>,
    obligations: OnceCell<Vec<Obligation<'a>>>,
}

impl<'a> Judgement<'a> {
    /// Judges a case as of a day.
    pub fn new(case: &'a StudentCase<'a>, as_of: Day, award: AwardDecisions) -> Self {
        let facts = Facts::new(case, as_of, award);
        let findings: Vec<_> = Code::all().map(|code| requirements::judge(code, &facts)).collect();
        let verdict = verdict(&facts, &findings);
        Self { facts, findings, verdict, papers: OnceCell::new(), obligations: OnceCell::new() }
    }

    /// The finding on a requirement.
    pub fn finding(&self, code: Code) -> &Finding {
        &self.findings[code as usize]
    }

    /// Everything that is or was owed, by whom and by when, in the order of due date, kind, group and file. The same
    /// obligations are there on every day of the case's course, so that it shows which of them are done.
    pub fn obligations(&self) -> &[Obligation<'a>] {
        self.obligations.get_or_init(|| obligations::all(self))
    }

    /// The forms and decisions among them, owed or not, in the same order. One that is owed can be there that
    /// [`Judgement::obligations`] does not ask for yet.
    fn papers(&self) -> &[Obligation<'a>] {
        self.papers.get_or_init(|| obligations::papers(self))
    }

    /// The forms and decisions that are owed, in the same order.
    pub fn papers_owed(&self) -> Vec<Obligation<'a>> {
        self.papers().iter().filter(|one| one.owed).cloned().collect()
    }

    /// What is owed and whose day is past.
    pub fn overdue(&self) -> Vec<Obligation<'a>> {
        let is_overdue = |one: &&Obligation<'a>| one.owed && one.is_late(self.facts.as_of);
        self.obligations().iter().filter(is_overdue).cloned().collect()
    }
}

fn verdict(facts: &Facts<'_>, findings: &[Finding]) -> Verdict {
    let status = |code: Code| findings[code as usize].status;
    let has = |sought: Status| findings.iter().any(|finding| finding.status == sought);
    let past = |day: Option<Day>| day.is_some_and(|day| day <= facts.as_of);
    let record = facts.case.record;
    let still_open = || findings.iter().any(|finding| finding.status == Status::Open && !AWARD.contains(&finding.code));
    if status(FINAL_DECISION) == Status::Met {
        Verdict::Awarded
    } else if status(FINAL_DECISION) == Status::Failed {
        Verdict::Declined
    } else if past(record.withdrawn) {
        Verdict::Withdrawn
    } else if past(record.not_applying) {
        Verdict::NotApplying
    } else if has(Status::Failed) {
        Verdict::NotEligible
    } else if has(Status::Action) {
        Verdict::Action
    } else if has(Status::Query) {
        Verdict::Query
    } else if still_open() {
        Verdict::OnTrack
    } else if status(RECOMMENDATION) == Status::Met {
        Verdict::Recommended
    } else {
        Verdict::Ready
    }
}

//! What is owed by a day: by whom, for which requirement. Overdue items and reminders come from here.

use crate::calendar::Day;
use crate::case::{StudentCase, SupervisorCase, WrgCase};
use crate::records::{Body, Matter};
use crate::requirements::{
    Deadline, approval_due, confirmation_due, confirmation_due_without_arrangement, form1_due, gwp2_deadlines,
    gwp3_due, gwp3_received, is_confirmed, wrg2_deadlines,
};
use crate::text::Text;

use crate::edition::Code;
use crate::facts::{Arranged, Facts};

/// Something that somebody owes by a day and that is not there yet.
#[derive(Clone, Debug)]
pub struct Obligation<'a> {
    /// The last day on which it is in time.
    pub due: Day,
    /// What it is.
    pub kind: ObligationKind,
    /// The id of the group of the arrangement that it concerns.
    pub group: Option<&'a Text>,
    /// Who owes it; nobody where there is no arrangement, or no WRG.
    pub from: Option<Person<'a>>,
}

/// The kinds of obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObligationKind {
    /// GWP Form 1.
    Form1,
    /// GWP Form 2 for a deadline.
    Gwp2,
    /// GWP Form 3.
    Gwp3,
    /// The LCC's decision on the arrangements.
    LccDecision,
    /// The workplace supervisor's confirmation of an arrangement.
    SupervisorConfirmation,
    /// WRG Form 2 for a deadline.
    Wrg2,
}

impl ObligationKind {
    /// The word of every output. The kinds are ordered as their words are.
    pub fn word(self) -> &'static str {
        match self {
            Self::Form1 => "form1",
            Self::Gwp2 => "gwp2",
            Self::Gwp3 => "gwp3",
            Self::LccDecision => "lcc-decision",
            Self::SupervisorConfirmation => "supervisor-confirmation",
            Self::Wrg2 => "wrg2",
        }
    }

    /// The requirement that it is for.
    pub fn code(self) -> Code {
        match self {
            Self::Form1 => Code::A1,
            Self::Gwp2 => Code::R1,
            Self::Gwp3 => Code::R3,
            Self::LccDecision => Code::A3,
            Self::SupervisorConfirmation => Code::A2,
            Self::Wrg2 => Code::R2,
        }
    }

    /// Whether it is owed again and again, for every deadline.
    pub fn recurs(self) -> bool {
        matches!(self, Self::Gwp2 | Self::Wrg2)
    }

    /// What it is, as a phrase.
    pub fn what(self) -> &'static str {
        match self {
            Self::Form1 => "GWP Form 1",
            Self::Gwp2 => "GWP Form 2",
            Self::Gwp3 => "GWP Form 3",
            Self::LccDecision => "decision on the arrangements",
            Self::SupervisorConfirmation => "confirmation of the arrangement",
            Self::Wrg2 => "WRG Form 2",
        }
    }
}

/// In what office somebody owes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The student.
    Student,
    /// The workplace supervisor.
    WorkplaceSupervisor,
    /// The WRG supervisor.
    WrgSupervisor,
    /// The course's convenor.
    Convenor,
    /// The line manager.
    LineManager,
}

impl Role {
    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::WorkplaceSupervisor => "workplace-supervisor",
            Self::WrgSupervisor => "wrg-supervisor",
            Self::Convenor => "convenor",
            Self::LineManager => "line-manager",
        }
    }

    /// The office in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::WorkplaceSupervisor => "workplace supervisor",
            Self::WrgSupervisor => "WRG supervisor",
            Self::Convenor => "convenor",
            Self::LineManager => "line manager",
        }
    }
}

/// Somebody who owes something.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// The office.
    pub role: Role,
    /// The id, of those who have a record of their own.
    pub id: Option<&'a Text>,
    /// The name.
    pub name: &'a Text,
    /// Where reminders go.
    pub email: Option<&'a Text>,
}

impl<'a> Person<'a> {
    pub(super) fn student(case: &StudentCase<'a>) -> Self {
        let record = case.record;
        Self { role: Role::Student, id: Some(case.id), name: &record.name, email: record.email.as_ref() }
    }

    pub(super) fn convenor(case: &StudentCase<'a>) -> Self {
        let course = case.course;
        Self { role: Role::Convenor, id: None, name: &course.convenor, email: course.email.as_ref() }
    }

    pub(super) fn supervisor(role: Role, supervisor: SupervisorCase<'a>) -> Self {
        let record = supervisor.record;
        Self { role, id: Some(supervisor.id), name: &record.name, email: record.email.as_ref() }
    }
}

/// Everything owed and not there yet, in the order of due date, kind, group and file. What an ended arrangement
/// left behind is owed no more.
pub(super) fn obligations<'a>(facts: &Facts<'a>) -> Vec<Obligation<'a>> {
    let mut owed = Vec::new();
    form1(facts, &mut owed);
    confirmations(facts, &mut owed);
    lcc_decision(facts, &mut owed);
    for deadline in unanswered(gwp2_deadlines(facts)) {
        if facts.arrangements.iter().any(|one| one.known <= deadline) {
            let arranged = reporting(facts, deadline);
            owed.push(Obligation {
                due: deadline,
                kind: ObligationKind::Gwp2,
                group: arranged.map(|one| group_id(facts, one)),
                from: arranged.map(|one| Person::supervisor(Role::WorkplaceSupervisor, one.case.supervisor)),
            });
        }
    }
    for deadline in unanswered(wrg2_deadlines(facts)) {
        let wrg = reflecting(facts, deadline);
        owed.push(Obligation {
            due: deadline,
            kind: ObligationKind::Wrg2,
            group: None,
            from: wrg.map(|wrg| Person::supervisor(Role::WrgSupervisor, wrg.supervisor)),
        });
    }
    gwp3(facts, &mut owed);
    owed.sort_by(|one, other| (one.due, one.kind, one.group).cmp(&(other.due, other.kind, other.group)));
    owed
}

fn group_id<'a>(facts: &Facts<'a>, arranged: &Arranged<'a>) -> &'a Text {
    facts.case.groups[arranged.case.group].id
}

fn unanswered(deadlines: Vec<Deadline<'_>>) -> impl Iterator<Item = Day> + '_ {
    deadlines.into_iter().filter(|deadline| deadline.answer.is_none()).map(|deadline| deadline.day)
}

fn form1<'a>(facts: &Facts<'a>, owed: &mut Vec<Obligation<'a>>) {
    if facts.form1_submitted().is_none() {
        let student = Person::student(facts.case);
        owed.push(Obligation { due: form1_due(facts), kind: ObligationKind::Form1, group: None, from: Some(student) });
    }
}

fn confirmations<'a>(facts: &Facts<'a>, owed: &mut Vec<Obligation<'a>>) {
    let kind = ObligationKind::SupervisorConfirmation;
    if !facts.has_arrangement() {
        owed.push(Obligation { due: confirmation_due_without_arrangement(facts), kind, group: None, from: None });
    }
    for arranged in facts.arrangements.iter().filter(|one| one.ended.is_none() && !is_confirmed(facts, one)) {
        owed.push(Obligation {
            due: confirmation_due(facts, arranged),
            kind,
            group: Some(group_id(facts, arranged)),
            from: Some(Person::supervisor(Role::WorkplaceSupervisor, arranged.case.supervisor)),
        });
    }
}

fn lcc_decision<'a>(facts: &Facts<'a>, owed: &mut Vec<Obligation<'a>>) {
    if let Some(due) = approval_due(facts)
        && facts.latest_decision(Matter::Arrangements, Body::Lcc).is_none()
    {
        let convenor = Person::convenor(facts.case);
        owed.push(Obligation { due, kind: ObligationKind::LccDecision, group: None, from: Some(convenor) });
    }
}

fn gwp3<'a>(facts: &Facts<'a>, owed: &mut Vec<Obligation<'a>>) {
    let external = facts.arrangements.iter().filter(|one| one.case.record.external && one.ended.is_none());
    for arranged in external.filter(|one| gwp3_received(facts, one).is_none()) {
        let Some(due) = gwp3_due(facts, arranged) else { continue };
        let manager = arranged.case.record.line_manager.as_ref().map(|manager| Person {
            role: Role::LineManager,
            id: None,
            name: &manager.name,
            email: manager.email.as_ref(),
        });
        owed.push(Obligation {
            due,
            kind: ObligationKind::Gwp3,
            group: Some(group_id(facts, arranged)),
            from: manager,
        });
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

//! What is owed by a day: by whom, for which requirement. Overdue items, reminders and calendars come from here.

mod papers;
mod people;
mod upkeep;

pub use people::{Person, Role};

use std::fmt;

use super::Judgement;
use crate::calendar::Day;
use crate::case::{ArrangementCase, StudentCase};
use crate::edition::Code;
use crate::facts::{Arranged, Facts};
use crate::records::Body;
use crate::text::Text;

/// Something that somebody owes by a day.
#[derive(Clone, Debug)]
pub struct Obligation<'a> {
    /// The last day on which it is in time; none where it can never be late. Of what is not owed and has no such day, a
    /// day that stays the same.
    pub due: Option<Day>,
    /// What it is.
    pub kind: ObligationKind,
    /// What tells it apart from others of its kind.
    pub which: Which<'a>,
    /// The id of the group of the arrangement that it concerns.
    pub group: Option<&'a Text>,
    /// Who owes it; nobody where there is no arrangement, or no WRG.
    pub from: Option<Person<'a>>,
    /// Why it is due on that day, where that does not follow from what it is: a sentence without a full stop, safe to
    /// show.
    pub why: String,
    /// Whether it is owed still: it is neither there nor given up.
    pub owed: bool,
}

/// What tells an obligation apart from others of its kind, whatever its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which<'a> {
    /// A student has one of its kind.
    Only,
    /// The meeting of a year with a number, counted from 1.
    OfYear(i32, usize),
    /// The deadline of a year with a number, counted from 1, for the supervisor with this id; for nobody yet.
    Deadline(i32, usize, Option<&'a Text>),
    /// The final report, from the supervisor with this id.
    Final(&'a Text),
    /// The condition of the approvals of a day with a number, counted from 1.
    Condition(Day, usize),
    /// The group's log with this id.
    GroupLog(&'a Text),
    /// The supervision's log with this id.
    SupervisionLog(&'a Text),
    /// The arrangement of a group with a supervisor; of several alike in the file the one with a number, counted
    /// from 1.
    Arrangement(&'a Text, &'a Text, usize),
}

impl<'a> Which<'a> {
    /// The id of the log that it is about, where it is about one.
    pub fn log(self) -> Option<&'a Text> {
        match self {
            Self::GroupLog(log) | Self::SupervisionLog(log) => Some(log),
            _ => None,
        }
    }
}

/// The kinds of obligation, in the order of their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObligationKind {
    /// The LCC's approval of an arrangement that is newer than its last one.
    ArrangementApproval,
    /// Something on which the arrangements are approved.
    Condition,
    /// GWP Form 1.
    Form1,
    /// GWP Form 2 for a deadline.
    Gwp2,
    /// GWP Form 3.
    Gwp3,
    /// Insurance that goes on while the group runs.
    Insurance,
    /// The conducting pair's next joint supervision meeting.
    JointSupervision,
    /// The LCC's decision on the arrangements.
    LccDecision,
    /// A meeting of the LCC.
    LccMeeting,
    /// The ratification of an approval.
    Ratification,
    /// The workplace supervisor's registration.
    Registration,
    /// The next supervision meeting.
    Supervision,
    /// The workplace supervisor's confirmation of an arrangement.
    SupervisorConfirmation,
    /// Word of what was planned and whose day has come.
    ToConfirm,
    /// The required sessions, by the limit.
    TwoYearLimit,
    /// A WRG, or a group analyst, for a group that runs on after the course.
    WrgEnd,
    /// WRG Form 2 for a deadline.
    Wrg2,
}

impl ObligationKind {
    /// All of them, in the order of their words.
    pub const ALL: [Self; 17] = [
        Self::ArrangementApproval,
        Self::Condition,
        Self::Form1,
        Self::Gwp2,
        Self::Gwp3,
        Self::Insurance,
        Self::JointSupervision,
        Self::LccDecision,
        Self::LccMeeting,
        Self::Ratification,
        Self::Registration,
        Self::Supervision,
        Self::SupervisorConfirmation,
        Self::ToConfirm,
        Self::TwoYearLimit,
        Self::WrgEnd,
        Self::Wrg2,
    ];

    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::ArrangementApproval => "arrangement-approval",
            Self::Condition => "condition",
            Self::Form1 => "form1",
            Self::Gwp2 => "gwp2",
            Self::Gwp3 => "gwp3",
            Self::Insurance => "insurance",
            Self::JointSupervision => "joint-supervision",
            Self::LccDecision => "lcc-decision",
            Self::LccMeeting => "lcc-meeting",
            Self::Ratification => "ratification",
            Self::Registration => "registration",
            Self::Supervision => "supervision",
            Self::SupervisorConfirmation => "supervisor-confirmation",
            Self::ToConfirm => "to-confirm",
            Self::TwoYearLimit => "two-year-limit",
            Self::WrgEnd => "wrg-end",
            Self::Wrg2 => "wrg2",
        }
    }

    /// The requirement that it is for; a meeting of the LCC is for none.
    pub fn code(self) -> Option<Code> {
        match self {
            Self::Form1 => Some(Code::A1),
            Self::SupervisorConfirmation => Some(Code::A2),
            Self::LccDecision | Self::ArrangementApproval | Self::Condition => Some(Code::A3),
            Self::Ratification => Some(Code::A4),
            Self::ToConfirm => Some(Code::G5),
            Self::Gwp2 => Some(Code::R1),
            Self::Wrg2 => Some(Code::R2),
            Self::Gwp3 => Some(Code::R3),
            Self::Registration => Some(Code::S2),
            Self::Supervision => Some(Code::S5),
            Self::JointSupervision => Some(Code::S7),
            Self::WrgEnd => Some(Code::S8),
            Self::Insurance => Some(Code::I1),
            Self::TwoYearLimit => Some(Code::T1),
            Self::LccMeeting => None,
        }
    }

    /// Whether it is owed again and again, for every deadline.
    pub fn recurs(self) -> bool {
        matches!(self, Self::Gwp2 | Self::Wrg2)
    }

    /// Whether one person can owe it for several groups of one student, so that the group is named.
    pub fn is_of_a_group(self) -> bool {
        matches!(self, Self::ArrangementApproval | Self::Gwp3 | Self::Registration | Self::SupervisorConfirmation)
    }

    /// The committee that decides on it, where it is a decision.
    pub fn decides(self) -> Option<Body> {
        match self {
            Self::Ratification => Some(Body::Spc),
            Self::LccDecision | Self::ArrangementApproval => Some(Body::Lcc),
            _ => None,
        }
    }

    /// What it is, as a phrase.
    pub fn what(self) -> &'static str {
        match self {
            Self::ArrangementApproval => "approval of the new arrangement",
            Self::Condition => "condition of the approval",
            Self::Form1 => "GWP Form 1",
            Self::Gwp2 => "GWP Form 2",
            Self::Gwp3 => "GWP Form 3",
            Self::Insurance => "insurance",
            Self::JointSupervision => "joint supervision meeting",
            Self::LccDecision => "decision on the arrangements",
            Self::LccMeeting => "LCC meeting",
            Self::Ratification => "ratification of the arrangements",
            Self::Registration => "valid registration",
            Self::Supervision => "supervision meeting",
            Self::SupervisorConfirmation => "confirmation of the arrangement",
            Self::ToConfirm => "word of what was held",
            Self::TwoYearLimit => "last session within the limit",
            Self::WrgEnd => "place in a WRG or under a group analyst",
            Self::Wrg2 => "WRG Form 2",
        }
    }
}

impl ObligationKind {
    /// Several of it, as a phrase.
    pub fn several(self) -> &'static str {
        match self {
            Self::ArrangementApproval => "approvals of new arrangements",
            Self::Condition => "conditions of approvals",
            Self::Form1 => "applications on GWP Form 1",
            Self::Gwp2 => "reports on GWP Form 2",
            Self::Gwp3 => "reports on GWP Form 3",
            Self::Insurance => "insurances",
            Self::JointSupervision => "joint supervision meetings",
            Self::LccDecision => "decisions on the arrangements",
            Self::LccMeeting => "LCC meetings",
            Self::Ratification => "ratifications of arrangements",
            Self::Registration => "valid registrations",
            Self::Supervision => "supervision meetings",
            Self::SupervisorConfirmation => "confirmations of arrangements",
            Self::ToConfirm => "words of what was held",
            Self::TwoYearLimit => "last sessions within the limit",
            Self::WrgEnd => "places in a WRG or under a group analyst",
            Self::Wrg2 => "reports on WRG Form 2",
        }
    }
}

impl<'a> Obligation<'a> {
    /// One that nobody owes yet, and of which a student has one.
    fn of(kind: ObligationKind, due: impl Into<Option<Day>>, owed: bool) -> Self {
        Self { due: due.into(), kind, which: Which::Only, group: None, from: None, why: String::new(), owed }
    }

    /// The requirement that it is for; a meeting of the LCC is for none.
    pub fn code(&self) -> Option<Code> {
        match self.which {
            Which::SupervisionLog(_) => Some(Code::S5),
            _ => self.kind.code(),
        }
    }

    /// Whether its day is past.
    pub fn is_late(&self, as_of: Day) -> bool {
        self.due.is_some_and(|due| due < as_of)
    }

    /// The day by which it is put in order: what has none comes last.
    pub fn place_in_time(&self) -> Day {
        self.due.unwrap_or(Day::last())
    }

    /// The same, owed by somebody.
    fn owed_by(mut self, person: Person<'a>) -> Self {
        self.from = Some(person);
        self
    }

    /// The same, about an arrangement.
    fn about(mut self, case: &'a StudentCase<'a>, arrangement: &'a ArrangementCase<'a>) -> Self {
        let group = case.groups[arrangement.group].id;
        let supervisor = arrangement.supervisor.id;
        let alike = case.arrangements[..arrangement.index]
            .iter()
            .filter(|one| one.group == arrangement.group && one.supervisor.id == supervisor);
        self.which = Which::Arrangement(group, supervisor, alike.count() + 1);
        self.group = Some(group);
        self
    }
}

/// Every arrangement that became known, with what is judged of it: nothing once it is not looked at any more or was
/// given up.
fn arrangements<'f, 'a>(
    facts: &'f Facts<'a>,
) -> impl Iterator<Item = (&'a ArrangementCase<'a>, Option<&'f Arranged<'a>>)> {
    let judged = |arrangement: &ArrangementCase<'a>| {
        facts.arrangements.iter().find(|arranged| arranged.case.index == arrangement.index)
    };
    let known = facts.case.arrangements.iter().filter(|arrangement| facts.case.known(arrangement) <= facts.as_of);
    known.map(move |arrangement| (arrangement, judged(arrangement)))
}

/// The part of a key after the kind.
impl fmt::Display for Which<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Only => Ok(()),
            Self::OfYear(year, number) | Self::Deadline(year, number, None) => write!(f, "/{year}-{number}"),
            Self::Deadline(year, number, Some(supervisor)) => write!(f, "/{year}-{number}/{supervisor}"),
            Self::Final(supervisor) => write!(f, "/final/{supervisor}"),
            Self::Condition(day, number) => write!(f, "/{}/{number}", day.iso()),
            Self::GroupLog(log) | Self::SupervisionLog(log) => write!(f, "/{log}"),
            Self::Arrangement(group, supervisor, 1) => write!(f, "/{group}/{supervisor}"),
            Self::Arrangement(group, supervisor, number) => write!(f, "/{group}/{supervisor}/{number}"),
        }
    }
}

/// The papers of a case, owed or not, in the order of due date, kind, group and file.
pub(super) fn papers<'a>(judgement: &Judgement<'a>) -> Vec<Obligation<'a>> {
    in_order(judgement, papers::papers(&judgement.facts))
}

/// All obligations of a case, owed or not, in the same order. A report that falls due after the course and after the
/// sessions are projected to be complete is not owed yet: the final report will do.
pub(super) fn all<'a>(judgement: &Judgement<'a>) -> Vec<Obligation<'a>> {
    let facts = &judgement.facts;
    let mut all = judgement.papers().to_vec();
    if let Some(complete_on) = facts.projected() {
        let last = complete_on.max(facts.case.course.ends);
        for report in all.iter_mut().filter(|one| one.kind.recurs() && one.due > Some(last)) {
            report.owed = false;
        }
    }
    all.append(&mut upkeep::upkeep(judgement));
    in_order(judgement, all)
}

/// Nothing is owed any more once the case is decided, given up or lost.
fn in_order<'a>(judgement: &Judgement<'a>, mut obligations: Vec<Obligation<'a>>) -> Vec<Obligation<'a>> {
    if !judgement.verdict.goes_on() {
        for obligation in &mut obligations {
            obligation.owed = false;
        }
    }
    let order = |one: &Obligation<'a>| (one.place_in_time(), one.kind, one.group);
    obligations.sort_by(|one, other| order(one).cmp(&order(other)));
    obligations
}

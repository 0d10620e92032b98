//! The 39 requirements, in files named after the source's headings.
//!
//! Each stands as one value: who acts and who judges, the parameters, and the function that judges it right below.
//! [`CATALOGUE`] lists them; help, explanations and tables all come from it. What each asks, and how a committee
//! settles it, stands in the data file of the [edition](crate::edition).

mod application;
mod competencies;
mod completion;
mod decisions;
mod finding;
mod group;
mod insurance;
mod remedy;
mod reports;
mod status;
mod supervision;
mod words;

pub use competencies::COMPETENCIES;
pub(crate) use finding::Parts;
pub use finding::{Finding, Query};
pub use group::Silence;
pub use remedy::{Remedy, remedies};
pub use status::Status;

use application::is_approved;
pub(crate) use application::{
    approval_due, approvals, confirmation_due, confirmation_due_without_arrangement, form1_due, is_confirmed,
    unapproved,
};
pub(crate) use completion::supervised_through;
pub(crate) use group::silence;
pub(crate) use reports::{
    Deadline, final_report_due, first_deadline, gwp2_deadlines, gwp3_due, gwp3_received, raising_concerns,
    somebody_could_report, wrg2_deadlines,
};
pub(crate) use supervision::{
    NextMeeting, next_joint_supervision, next_supervision, registration_lasts, still_to_show,
};

use crate::edition::{Clause, Code, Figure, ParameterName, Parameters, Scheme};
use crate::facts::Facts;
use crate::records::{Body, Matter};

/// A requirement: how it is judged, and who does something about it. What it asks stands in the
/// [`Edition`](crate::edition::Edition).
pub struct Requirement {
    /// Its code.
    pub code: Code,
    /// Who puts right what is missing and does what is still to come, where a finding does not say otherwise.
    pub acts: Actor,
    /// Who settles what is a query, where a finding does not say otherwise.
    pub judges: Actor,
    /// When it is something to do next while it is open.
    pub step: StepWhen,
    /// Whether it is to be there before the first session, and so is wanted now where it has no day.
    pub before_sessions: bool,
    /// The parameters that its own judgement asks for. Those that only decide which session counts, and so when
    /// the sessions are complete, stand at G4 and G5.
    pub parameters: &'static [ParameterName],
    /// Numbers of its judgement that no committee varies, by the names that its sentences give them.
    pub thresholds: &'static [(&'static str, i64)],
    /// The function that judges it.
    pub judge: fn(&Facts<'_>) -> Finding,
    /// The function that says what settles it beside rulings, where it is not met.
    pub remedies: fn(&Facts<'_>) -> Vec<Remedy>,
}

/// Who acts on a requirement, or judges it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// The student.
    Student,
    /// The workplace supervisor whom the finding is about; where it is about none, the one whose arrangement began
    /// last.
    WorkplaceSupervisor,
    /// The course's convenor.
    Convenor,
    /// A committee or an office.
    Body(Body),
}

/// When what is open is something to do next, and not merely to come, or said elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepWhen {
    /// It is waited for, or it is said as something owed by a day.
    Never,
    /// From the beginning.
    Always,
    /// Once there is an arrangement.
    OnceArranged,
    /// Once another requirement is met.
    OnceMet(Code),
    /// Once the verdict is ready; then this is what is to be done.
    OnceReady(&'static str),
    /// With the other competencies, in one sentence.
    WithCompetencies,
}

impl Requirement {
    /// What an edition says of it, with the parameters in force.
    pub fn clause(&self, scheme: Scheme, parameters: &Parameters) -> Clause {
        let clause = scheme.edition().clause(self.code);
        clause.filled(&|name| self.figure(name, parameters)).unwrap_or_else(|_| clause.clone())
    }

    /// What a name in the braces of a sentence stands for.
    fn figure(&self, name: &str, parameters: &Parameters) -> Option<Figure> {
        let threshold = self.thresholds.iter().find(|(known, _)| *known == name);
        let own = threshold.map(|(_, number)| Figure::Number(*number));
        own.or_else(|| ParameterName::from_word(name).map(|name| parameters.figure(name)))
    }
}

/// The number of sessions.
pub const SESSIONS: Code = Code::G5;
/// How often the group meets.
pub const RHYTHM: Code = Code::G3;
/// The LCC's approval of the arrangements.
pub const APPROVAL: Code = Code::A3;
/// The ratification of that approval.
pub const RATIFICATION: Code = Code::A4;
/// The setting and the aim of the group: what is asked about them is settled where the arrangements are approved.
pub const SETTLED_BY_APPROVAL: [Code; 2] = [Code::G1, Code::G2];
/// The reports of workplace supervisors.
pub const GWP2_REPORTS: Code = Code::R1;
/// The reports of WRG supervisors.
pub const WRG2_REPORTS: Code = Code::R2;
/// Concerns that reports raise.
pub const CONCERNS: Code = Code::R5;
/// The Diploma.
pub const DIPLOMA: Code = Code::D1;
/// The recommendation of the award, and the final decision on it: the last of all.
pub const AWARD: [Code; 2] = [RECOMMENDATION, FINAL_DECISION];
/// The LCC's recommendation of the award.
pub const RECOMMENDATION: Code = Code::D2;
/// The final decision on the award.
pub const FINAL_DECISION: Code = Code::D3;

/// Whether a requirement is about a workplace supervisor: registration, experience, and where the supervisor comes from.
pub fn of_supervisors(code: Code) -> bool {
    matches!(code, Code::S2 | Code::S3 | Code::S4)
}

/// Whether a requirement is about who and what the arrangements are, which a committee looks at that decides about them, and
/// not about how they went.
pub fn is_of_arrangements(code: Code) -> bool {
    SETTLED_BY_APPROVAL.contains(&code)
        || of_supervisors(code)
        || [APPROVAL, RATIFICATION].contains(&code)
        || matches!(code, Code::A1 | Code::A2 | Code::S1 | Code::I1 | Code::I2 | Code::I3)
}

/// The requirements that are to be met before a committee decides about a matter.
pub fn before_decision(matter: Matter) -> Vec<Code> {
    match matter {
        Matter::Arrangements => vec![Code::A1, Code::A2],
        Matter::Award => Code::all().filter(|code| !AWARD.contains(code)).collect(),
    }
}

/// All requirements, in the order of [`Code`].
pub static CATALOGUE: [&Requirement; Code::COUNT] = [
    &group::G1,
    &group::G2,
    &group::G3,
    &group::G4,
    &group::G5,
    &group::G6,
    &supervision::S1,
    &supervision::S2,
    &supervision::S3,
    &supervision::S4,
    &supervision::S5,
    &supervision::S6,
    &supervision::S7,
    &completion::S8,
    &application::A1,
    &application::A2,
    &application::A3,
    &application::A4,
    &reports::R1,
    &reports::R2,
    &reports::R3,
    &reports::R4,
    &reports::R5,
    &competencies::C1,
    &competencies::C2,
    &competencies::C3,
    &competencies::C4,
    &competencies::C5,
    &competencies::C6,
    &competencies::C7,
    &competencies::C8,
    &competencies::C9,
    &insurance::I1,
    &insurance::I2,
    &insurance::I3,
    &completion::T1,
    &decisions::D1,
    &decisions::D2,
    &decisions::D3,
];

/// The requirement of a code.
pub fn requirement(code: Code) -> &'static Requirement {
    CATALOGUE[code as usize]
}

/// The requirements under the headings of an edition, each heading once, in the order in which they come first.
pub fn by_heading(scheme: Scheme) -> Vec<(&'static str, Vec<&'static Requirement>)> {
    let mut headings: Vec<(&str, Vec<&Requirement>)> = Vec::new();
    for requirement in CATALOGUE {
        let heading = &*scheme.edition().clause(requirement.code).heading;
        match headings.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, under)) => under.push(requirement),
            None => headings.push((heading, vec![requirement])),
        }
    }
    headings
}

/// Judges one requirement.
pub fn judge(code: Code, facts: &Facts<'_>) -> Finding {
    (requirement(code).judge)(facts)
}

#[cfg(test)]
mod tests;

//! What there is to say about each kind of obligation: what is asked for, what a form must say, and whether it goes to
//! the convenor.

use crate::judgement::ObligationKind;

/// What a letter says about a kind of obligation, as data for a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wording {
    /// What it is, in a letter to whoever owes it.
    pub what: &'static str,
    /// What is asked for, in whole sentences.
    pub says: &'static str,
    /// Whether it goes to the convenor of the course.
    pub goes_to_convenor: bool,
    /// Whether it gives a view on the competencies, and says where a student has not begun.
    pub is_on_competencies: bool,
}

impl Wording {
    fn new(kind: ObligationKind, says: &'static str) -> Self {
        Self { what: kind.what(), says, goes_to_convenor: false, is_on_competencies: false }
    }

    fn to_convenor(self) -> Self {
        Self { goes_to_convenor: true, ..self }
    }

    fn on_competencies(self) -> Self {
        Self { is_on_competencies: true, ..self }
    }

    pub(super) fn of(kind: ObligationKind) -> Self {
        let says = |says| Self::new(kind, says);
        match kind {
            ObligationKind::ArrangementApproval => says("The LCC approves it, or asks about it."),
            ObligationKind::Condition => {
                says("The arrangements are approved on this condition. Please let us know when it is met.").to_convenor()
            }
            ObligationKind::Form1 => {
                says(
                    "The form sets out the arrangements for the group and for its supervision in the workplace. \
                     If you do not apply for the status, please say so instead.",
                )
                .to_convenor()
            }
            ObligationKind::Gwp2 => {
                says("The report gives a view on each of the nine competencies.").to_convenor().on_competencies()
            }
            ObligationKind::Gwp3 => says(
                "As the workplace supervisor comes from outside, this report is about how the student works in general.",
            )
            .to_convenor(),
            ObligationKind::Insurance => says(
                "The group is covered by professional indemnity insurance on every day on which it runs. Please let us \
                 know whether the insurance is your own or your employer's, and its first and last day.",
            ),
            ObligationKind::JointSupervision => {
                says("The conductors of a group are supervised together at regular intervals.")
            }
            ObligationKind::LccDecision => says("The LCC decides whether the group and its supervision are suitable."),
            // It is owed for no student and so comes into no letter; the words are there because every kind has some.
            ObligationKind::LccMeeting => says("The LCC meets."),
            // It has no day, and so comes into no letter.
            ObligationKind::Ratification => says("The SPC or the NTM ratifies what the LCC approved."),
            // One sentence whether it runs out, has expired, or was never recorded.
            ObligationKind::Registration => Self {
                what: "your registration",
                ..says(
                    "Please let us know with which body you are registered, under which number and until what day, or \
                     send other evidence of your experience and training.",
                )
            },
            ObligationKind::Supervision => says("Supervision meetings follow each other at regular intervals while the group runs."),
            ObligationKind::SupervisorConfirmation => says(
                "With GWP Form 1 the workplace supervisor confirms the arrangements for supervision in the workplace.",
            )
            .to_convenor(),
            ObligationKind::ToConfirm => {
                says("Please let us know which of the planned sessions were held, and how many members came.")
                    .to_convenor()
            }
            ObligationKind::TwoYearLimit => says("All sessions are to be held by this day."),
            ObligationKind::WrgEnd => says(
                "After this day you need a place in a WRG, or a group analyst as your workplace supervisor, for as long \
                 as you run the group.",
            ),
            ObligationKind::Wrg2 => {
                says("The report says how the student's work develops in the WRG, and names any concern.").to_convenor()
            }
        }
    }
}

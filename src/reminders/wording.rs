//! What there is to say about each kind of obligation: what a form must say, and whether it goes to the convenor.

use crate::edition::Code;
use crate::judgement::ObligationKind;

/// What a letter says about a kind of obligation, as data for a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wording {
    /// What is asked for, as a whole sentence.
    pub says: &'static str,
    /// Whether it goes to the convenor of the course.
    pub goes_to_convenor: bool,
    /// Whether one student can owe it for several groups, so that the group is named.
    pub is_of_group: bool,
    /// Whether it gives a view on the competencies, and says where a student has not begun.
    pub is_on_competencies: bool,
}

impl Wording {
    const fn new(says: &'static str) -> Self {
        Self { says, goes_to_convenor: false, is_of_group: false, is_on_competencies: false }
    }

    const fn to_convenor(self) -> Self {
        Self { goes_to_convenor: true, ..self }
    }

    const fn of_group(self) -> Self {
        Self { is_of_group: true, ..self }
    }

    const fn on_competencies(self) -> Self {
        Self { is_on_competencies: true, ..self }
    }

    pub(super) fn of(kind: ObligationKind) -> Self {
        match kind {
            ObligationKind::ArrangementApproval => {
                Self::new("The LCC approves it, or asks about it.").of_group()
            }
            ObligationKind::Form1 => {
                Self::new("The form sets out the arrangements for the group and for its supervision in the workplace.")
                    .to_convenor()
            }
            ObligationKind::Gwp2 => Self::new("The report gives a view on each of the nine competencies.")
                .to_convenor()
                .on_competencies(),
            ObligationKind::Gwp3 => Self::new(
                "As the workplace supervisor comes from outside, this report is about how the student works in general.",
            )
            .to_convenor()
            .of_group(),
            ObligationKind::Insurance => {
                Self::new("The group is covered by professional indemnity insurance on every day on which it runs.")
            }
            ObligationKind::JointSupervision => {
                Self::new("The conductors of a group are supervised together at least once a month.")
            }
            ObligationKind::LccDecision => {
                Self::new("The LCC decides whether the group and its supervision are suitable.")
            }
            ObligationKind::LccMeeting => Self::new("The LCC meets."),
            ObligationKind::Registration => {
                Self::new("Please let us know until when the registration has been renewed.").of_group()
            }
            ObligationKind::Supervision => {
                Self::new("There is a supervision meeting every fortnight while the group runs.")
            }
            ObligationKind::SupervisorConfirmation => Self::new(
                "With GWP Form 1 the workplace supervisor confirms the arrangements for supervision in the workplace.",
            )
            .to_convenor()
            .of_group(),
            ObligationKind::TwoYearLimit => Self::new("All sessions are to be held by this day."),
            ObligationKind::WrgEnd => Self::new(
                "After this day the group needs a place in a WRG, or a group analyst as its workplace supervisor.",
            ),
            ObligationKind::Wrg2 => {
                Self::new("The report says how the student's work develops in the WRG, and names any concern.")
                    .to_convenor()
            }
        }
    }
}

/// The nine competencies, in the order of their codes.
pub(super) fn competencies() -> impl Iterator<Item = Code> {
    Code::all().filter(|code| (Code::C1..=Code::C9).contains(code))
}

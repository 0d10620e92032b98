//! A supervisor's record: workplace and WRG supervisors alike.

use schemars::JsonSchema;
use serde::Deserialize;

use super::walk::{Leaf, Walk};
use crate::calendar::Day;
use crate::text::{Path, Text};

/// The most registrations of a supervisor: for each arrangement, each is looked for in all registers.
pub(super) const MOST_REGISTRATIONS: usize = 100;

/// Somebody who supervises students, in the workplace or in a Work Reflection Group.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Supervisor {
    /// The supervisor's name.
    pub name: Text,
    /// Where reminders go.
    pub email: Option<Text>,
    /// Whether the supervisor is a group analyst.
    #[serde(default)]
    pub group_analyst: bool,
    /// Registrations with professional bodies.
    #[serde(default)]
    #[schemars(length(max = MOST_REGISTRATIONS))]
    pub registrations: Vec<Registration>,
    /// Evidence of suitable experience and training, in place of a registration with UKCP or BACP.
    pub other_evidence: Option<OtherEvidence>,
    /// Experience of supervising group work, in words.
    pub group_supervision_experience: Option<Text>,
    /// The day on which the CV arrived.
    pub cv_received: Option<Day>,
    /// The scanned CV: a path below the case folder.
    pub cv_document: Option<Text>,
    /// The day on which the Course Director judged the experience suitable.
    pub assessed: Option<Day>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// A registration with a professional body. One that was renewed is a further entry, and the former stays.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Registration {
    /// The body, such as UKCP or BACP.
    pub body: Text,
    /// The number in its register.
    pub number: Option<Text>,
    /// The day on which somebody looked it up.
    pub checked: Option<Day>,
    /// The last day on which it is valid; absent: it does not expire.
    pub expires: Option<Day>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// Evidence of suitable experience and training.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct OtherEvidence {
    /// What it is.
    pub what: Text,
    /// The day on which it was accepted.
    pub accepted: Option<Day>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl Supervisor {
    /// A supervisor of whom nothing more is known.
    pub fn new(name: Text) -> Self {
        Self {
            name,
            email: None,
            group_analyst: false,
            registrations: Vec::new(),
            other_evidence: None,
            group_supervision_experience: None,
            cv_received: None,
            cv_document: None,
            assessed: None,
            notes: None,
        }
    }
}

impl Walk for Supervisor {
    fn walk<'a>(&'a self, see: &mut dyn FnMut(Path, Leaf<'a>)) {
        for (index, registration) in self.registrations.iter().enumerate() {
            let at = Path::of("registrations").index(index);
            Leaf::day(at.key("checked"), registration.checked, see);
            Leaf::day(at.key("expires"), registration.expires, see);
            Leaf::notes(at, registration.notes.as_ref(), see);
        }
        if let Some(evidence) = &self.other_evidence {
            let at = Path::of("other_evidence");
            Leaf::free_text(at.key("what"), Some(&evidence.what), see);
            Leaf::day(at.key("accepted"), evidence.accepted, see);
            Leaf::notes(at, evidence.notes.as_ref(), see);
        }
        Leaf::day(Path::of("cv_received"), self.cv_received, see);
        Leaf::document(Path::of("cv_document"), self.cv_document.as_ref(), see);
        Leaf::day(Path::of("assessed"), self.assessed, see);
        Leaf::notes(Path::root(), self.notes.as_ref(), see);
    }
}

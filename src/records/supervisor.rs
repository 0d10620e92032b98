//! A supervisor's record: workplace and WRG supervisors alike.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::key::Holds::{Address, Document, FreeText, Name, Words};
use super::key::Tense::{Arranged, Happened, Meant};
use crate::calendar::Day;
use crate::text::Text;

/// The most registrations of a supervisor: for each arrangement, each is looked for in all registers.
pub(super) const MOST_REGISTRATIONS: usize = 100;

/// A person who supervises students, in the workplace or in a Work Reflection Group.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Supervisor {
    /// The supervisor's name.
    #[schemars(extend("x-holds" = Name))]
    pub name: Text,
    /// Where reminders go.
    #[schemars(extend("x-holds" = Address))]
    pub email: Option<Text>,
    /// Whether the supervisor is a group analyst.
    #[serde(default)]
    pub group_analyst: bool,
    /// Registrations with professional bodies.
    #[serde(default)]
    #[schemars(length(max = MOST_REGISTRATIONS))]
    pub registrations: Vec<Registration>,
    /// Evidence of suitable experience and training, in place of a registration.
    pub other_evidence: Option<OtherEvidence>,
    /// Experience of supervising group work, in words.
    #[schemars(extend("x-holds" = FreeText, "x-word" = "experience"))]
    pub group_supervision_experience: Option<Text>,
    /// The day on which the CV arrived.
    #[schemars(extend("x-tense" = Happened, "x-word" = "cv"))]
    pub cv_received: Option<Day>,
    /// The scanned CV: a path below the case folder.
    #[schemars(extend("x-holds" = Document))]
    pub cv_document: Option<Text>,
    /// The day on which the Course Director judged the experience suitable.
    #[schemars(extend("x-tense" = Happened))]
    pub assessed: Option<Day>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// A registration with a professional body. One that was renewed is a further entry, and the former stays.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend("x-entry" = "registration"))]
pub struct Registration {
    /// The body that keeps the register.
    #[schemars(extend("x-holds" = Words, "x-identifies" = true))]
    pub body: Text,
    /// The number in its register.
    #[schemars(extend("x-holds" = Words, "x-identifies" = true))]
    pub number: Option<Text>,
    /// The first day on which it is valid; absent: it has always been.
    #[schemars(extend("x-tense" = Arranged))]
    pub from: Option<Day>,
    /// The day on which the convenor or an administrator looked it up in the register.
    #[schemars(extend("x-tense" = Happened))]
    pub checked: Option<Day>,
    /// The last day on which it is valid; absent: it does not expire.
    #[schemars(extend("x-tense" = Meant))]
    pub expires: Option<Day>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl Registration {
    /// Whether it is valid on a day.
    pub fn covers(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.expires.is_none_or(|last| day <= last)
    }
}

/// Evidence of suitable experience and training.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct OtherEvidence {
    /// What it is.
    #[schemars(extend("x-holds" = FreeText))]
    pub what: Text,
    /// The day on which it was accepted.
    #[schemars(extend("x-tense" = Happened))]
    pub accepted: Option<Day>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl Supervisor {
    /// A supervisor of whom nothing more is known.
    pub fn new(name: Text) -> Self {
        Self { name, ..Self::default() }
    }
}

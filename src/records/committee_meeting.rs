//! A committee's meeting: who was there, and what was dealt with. Nothing in it is judged.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Body;
use super::key::Holds::{FreeText, Name, Words};
use super::key::Tense::Happened;
use crate::calendar::Day;
use crate::text::Text;

/// The minutes of one meeting of a committee.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommitteeMeeting {
    /// Which committee met.
    pub body: Body,
    /// The day.
    #[schemars(extend("x-tense" = Happened))]
    pub date: Day,
    /// Who was there.
    #[serde(default)]
    #[schemars(extend("x-holds" = Words))]
    pub present: Vec<Text>,
    /// Who sent apologies.
    #[serde(default)]
    #[schemars(extend("x-holds" = Name, "x-judged" = false))]
    pub apologies: Vec<Text>,
    /// Conflicts of interest that were declared.
    #[serde(default)]
    #[schemars(extend("x-holds" = FreeText, "x-judged" = false))]
    pub declared: Vec<Text>,
    /// What was dealt with.
    #[serde(default)]
    #[schemars(extend("x-judged" = false))]
    pub items: Vec<Item>,
    /// The day on which the minutes were agreed.
    #[schemars(extend("x-tense" = Happened))]
    pub agreed: Option<Day>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// An item of the minutes.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend("x-entry" = "item"))]
pub struct Item {
    /// Its number.
    #[schemars(extend("x-identifies" = true))]
    pub number: Option<u32>,
    /// Whom or what it is about: the id of a student, or a few words.
    #[schemars(extend("x-holds" = FreeText, "x-identifies" = true))]
    pub about: Option<Text>,
    /// What was said.
    #[schemars(extend("x-holds" = FreeText, "x-judged" = false))]
    pub note: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

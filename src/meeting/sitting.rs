//! Which body meets, and when.

use std::fmt;

use crate::calendar::Day;
use crate::records::{Body, RulingBody};
use crate::text::Text;

/// A meeting of a body on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// Who meets.
    pub body: Body,
    /// The day.
    pub date: Day,
}

impl Sitting {
    /// The id that the record of the meeting gets: `lcc-2026-12-12`.
    pub fn id(self) -> String {
        format!("{}-{}", self.body.title().to_lowercase(), self.date.iso())
    }

    /// The words by which a decision names an item: `LCC 12 December 2026, item 4`.
    pub fn minute(self, number: u32) -> Text {
        Text::new(format!("{self}, item {number}"))
    }

    /// The body as one that rules on queries; none of those that do not.
    pub fn ruling_body(self) -> Option<RulingBody> {
        match self.body {
            Body::Lcc => Some(RulingBody::Lcc),
            Body::Spc => Some(RulingBody::Spc),
            Body::Ntm => Some(RulingBody::Ntm),
            Body::Ndt | Body::Panel => None,
        }
    }
}

impl fmt::Display for Sitting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.body.title(), self.date)
    }
}

//! A course's record: one run of the local Diploma course.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::key::Holds::{Address, Name};
use super::key::Tense::Timeless;
use crate::calendar::{Day, report_deadlines};
use crate::edition::Scheme;
use crate::text::Text;

/// One run of the local Diploma course.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Course {
    /// The course's name.
    #[schemars(extend("x-holds" = Name))]
    pub name: Text,
    /// The Course Director or Convenor.
    #[schemars(extend("x-holds" = Name))]
    pub convenor: Text,
    /// Where reminders to the convenor go.
    #[schemars(extend("x-holds" = Address))]
    pub email: Option<Text>,
    /// The edition of the requirements that the course is judged by; absent: that of `gwp.toml`.
    pub scheme: Option<Scheme>,
    /// The first day.
    #[schemars(extend("x-tense" = Timeless))]
    pub starts: Day,
    /// The end of the taught course.
    #[schemars(extend("x-tense" = Timeless))]
    pub ends: Day,
    /// Meetings of the Local Course Committee.
    #[serde(default)]
    #[schemars(extend("x-tense" = Timeless))]
    pub lcc_meetings: Vec<Day>,
    /// Report deadlines; a calendar year with none listed has those of the edition.
    #[serde(default)]
    #[schemars(extend("x-tense" = Timeless))]
    pub report_deadlines: Vec<Day>,
    /// The terms, at least one.
    #[schemars(length(min = 1))]
    pub terms: Vec<Term>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// A term of a course.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend("x-entry" = "term"))]
pub struct Term {
    /// The term's name.
    #[schemars(extend("x-holds" = Name, "x-identifies" = true))]
    pub name: Text,
    /// The first day.
    #[schemars(extend("x-tense" = Timeless))]
    pub starts: Day,
    /// The last day.
    #[schemars(extend("x-tense" = Timeless))]
    pub ends: Day,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl Course {
    /// The course's first term in order of date. A course that was read has at least one.
    pub fn first_term(&self) -> Option<&Term> {
        self.terms.iter().min_by_key(|term| (term.starts, term.ends))
    }

    /// The report deadlines up to `until`. A calendar year for which the course lists none has `report_dates`.
    pub fn deadlines(&self, report_dates: &[(u32, u32)], until: Day) -> Vec<Day> {
        report_deadlines(self.starts, &self.report_deadlines, report_dates, until)
    }
}

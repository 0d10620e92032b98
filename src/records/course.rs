//! A course's record: one run of the local Diploma course.

use schemars::JsonSchema;
use serde::Deserialize;

use super::walk::{Leaf, Walk};
use crate::calendar::Day;
use crate::text::{Path, Text};

/// One run of the local Diploma course.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Course {
    /// The course's name.
    pub name: Text,
    /// The Course Director or Convenor.
    pub convenor: Text,
    /// Where reminders to the convenor go.
    pub email: Option<Text>,
    /// The first day.
    pub starts: Day,
    /// The end of the taught course.
    pub ends: Day,
    /// Meetings of the Local Course Committee.
    #[serde(default)]
    pub lcc_meetings: Vec<Day>,
    /// Report deadlines; a calendar year with none listed has those of the edition.
    #[serde(default)]
    pub report_deadlines: Vec<Day>,
    /// The terms, at least one.
    #[schemars(length(min = 1))]
    pub terms: Vec<Term>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// A term of a course.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Term {
    /// The term's name.
    pub name: Text,
    /// The first day.
    pub starts: Day,
    /// The last day.
    pub ends: Day,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl Course {
    /// The course's first term in order of date. A course that was read has at least one.
    pub fn first_term(&self) -> Option<&Term> {
        self.terms.iter().min_by_key(|term| (term.starts, term.ends))
    }
}

impl Walk for Course {
    fn walk<'a>(&'a self, see: &mut dyn FnMut(Path, Leaf<'a>)) {
        Leaf::day(Path::of("starts"), Some(self.starts), see);
        Leaf::day(Path::of("ends"), Some(self.ends), see);
        for (key, days) in [("lcc_meetings", &self.lcc_meetings), ("report_deadlines", &self.report_deadlines)] {
            for (index, &day) in days.iter().enumerate() {
                see(Path::of(key).index(index), Leaf::Day(day));
            }
        }
        for (index, term) in self.terms.iter().enumerate() {
            let at = Path::of("terms").index(index);
            Leaf::day(at.key("starts"), Some(term.starts), see);
            Leaf::day(at.key("ends"), Some(term.ends), see);
            Leaf::notes(at, term.notes.as_ref(), see);
        }
        Leaf::notes(Path::root(), self.notes.as_ref(), see);
    }
}

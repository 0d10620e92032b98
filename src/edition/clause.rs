//! What an edition says of one requirement.

use serde::Deserialize;

use super::filling::{Figure, filled};

/// What the source asks, in plain words, and how it is judged. The sentences of an [`Edition`](super::Edition) have
/// braces where a parameter is named; those that are shown have them filled.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clause {
    /// The heading in the source under which it stands.
    pub heading: String,
    /// What it asks, as one sentence.
    pub asks: String,
    /// Where the source is silent or vague: the reading that this program takes.
    pub readings: Vec<String>,
    /// How it is judged, case by case.
    pub judged: Vec<String>,
    /// An example in which it is met.
    pub met_when: String,
    /// An example in which it is not met.
    pub unmet_when: String,
    /// How a committee can settle it.
    pub settled_by: String,
}

impl Clause {
    /// The clause with its braces filled; `figure` gives what a name in them stands for. The error is the first that
    /// could not be filled.
    pub fn filled(&self, figure: &dyn Fn(&str) -> Option<Figure>) -> Result<Self, String> {
        let one = |text: &String| filled(text, figure);
        let all = |texts: &[String]| texts.iter().map(one).collect::<Result<Vec<_>, _>>();
        Ok(Self {
            heading: one(&self.heading)?,
            asks: one(&self.asks)?,
            readings: all(&self.readings)?,
            judged: all(&self.judged)?,
            met_when: one(&self.met_when)?,
            unmet_when: one(&self.unmet_when)?,
            settled_by: one(&self.settled_by)?,
        })
    }

    /// Every sentence apart from the heading.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let Self { heading: _, asks, readings, judged, met_when, unmet_when, settled_by } = self;
        [asks, met_when, unmet_when, settled_by].into_iter().chain(readings).chain(judged).map(String::as_str)
    }
}

//! What an edition says of one requirement.

use serde::{Deserialize, Serialize};

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
    /// What can be recorded, for each status that is not met, so that it is settled.
    pub settled_by: Remedies,
}

/// What settles a requirement, by its status. A status that it cannot have has no remedy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Remedies {
    /// What is recorded once it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<String>,
    /// What the committee records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// What is put right, or ruled on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// What brings it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
}

impl Remedies {
    /// Each status that there is a remedy for, with it.
    pub fn by_status(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let Self { open, query, action, failed } = self;
        let all = [("open", open), ("query", query), ("action", action), ("failed", failed)];
        all.into_iter().filter_map(|(status, remedy)| Some((status, remedy.as_deref()?)))
    }
}

impl Clause {
    /// The clause with its braces filled; `figure` gives what a name in them stands for. The error is the first that
    /// could not be filled.
    pub fn filled(&self, figure: &dyn Fn(&str) -> Option<Figure>) -> Result<Self, String> {
        let one = |text: &String| filled(text, figure);
        let all = |texts: &[String]| texts.iter().map(one).collect::<Result<Vec<_>, _>>();
        let maybe = |text: &Option<String>| text.as_ref().map(one).transpose();
        let Remedies { open, query, action, failed } = &self.settled_by;
        Ok(Self {
            heading: one(&self.heading)?,
            asks: one(&self.asks)?,
            readings: all(&self.readings)?,
            judged: all(&self.judged)?,
            met_when: one(&self.met_when)?,
            unmet_when: one(&self.unmet_when)?,
            settled_by: Remedies {
                open: maybe(open)?,
                query: maybe(query)?,
                action: maybe(action)?,
                failed: maybe(failed)?,
            },
        })
    }

    /// Every sentence apart from the heading.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let Self { heading: _, asks, readings, judged, met_when, unmet_when, settled_by } = self;
        let own = [asks, met_when, unmet_when].into_iter().chain(readings).chain(judged).map(String::as_str);
        own.chain(settled_by.by_status().map(|(_, remedy)| remedy))
    }
}

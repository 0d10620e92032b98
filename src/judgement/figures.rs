//! The figures of a student's sessions.

use serde::Serialize;

use super::Judgement;
use crate::calendar::Day;
use crate::text::Text;

/// How a student's sessions are counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionFigures<'a> {
    /// How many count.
    pub counted: usize,
    /// How many are needed.
    pub required: usize,
    /// Those that do not count.
    pub not_counted: Vec<NotCounted<'a>>,
    /// The day on which they were complete.
    pub complete_on: Option<Day>,
    /// The day on which they will be, if they go on as they do.
    pub projected: Option<Day>,
    /// The last day for them.
    pub limit: Day,
}

/// A session or meeting that does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotCounted<'a> {
    /// Its day.
    pub date: Day,
    /// The word of the reason.
    pub reason: &'static str,
    /// The id of the group, of a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<&'a Text>,
}

impl<'a> SessionFigures<'a> {
    /// Those of a judgement.
    pub fn of(judgement: &Judgement<'a>) -> Self {
        let facts = &judgement.facts;
        let not_counted = facts.sessions.all().iter().copied().filter_map(|entry| {
            let group = Some(facts.case.groups[entry.group].id);
            entry.uncounted.map(|reason| NotCounted { date: entry.date, reason: reason.word(), group })
        });
        Self {
            counted: facts.series.len(),
            required: facts.parameters.sessions_required,
            not_counted: not_counted.collect(),
            complete_on: facts.complete_on(),
            projected: facts.projected(),
            limit: facts.limit,
        }
    }
}

//! The figures of a student's sessions.

use serde::Serialize;

use super::Judgement;
use crate::calendar::Day;

/// How a student's sessions are counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionFigures {
    /// How many count.
    pub counted: usize,
    /// How many are needed.
    pub required: usize,
    /// Those that do not count.
    pub not_counted: Vec<NotCounted>,
    /// The day on which they were complete.
    pub complete_on: Option<Day>,
    /// The day on which they will be, if they go on as they do.
    pub projected: Option<Day>,
    /// The last day for them.
    pub limit: Day,
}

/// A session or meeting that does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotCounted {
    /// Its day.
    pub date: Day,
    /// The word of the reason.
    pub reason: &'static str,
}

impl SessionFigures {
    /// Those of a judgement.
    pub fn of(judgement: &Judgement<'_>) -> Self {
        let facts = &judgement.facts;
        let not_counted =
            facts.sessions.all().into_iter().filter_map(|entry| {
                entry.uncounted.map(|reason| NotCounted { date: entry.date, reason: reason.word() })
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

//! What a row says of a session or meeting.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::grid::Address;
use crate::amend::Event;
use crate::calendar::Day;
use crate::records::{Meeting, Mode, Session};
use crate::text::Text;

/// Why a session was cancelled, where the table does not say.
const NO_REASON: &str = "no reason recorded";

/// What a row says of a session or meeting; none where the table has no such column, or the cell is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The cell with the day.
    pub at: Address,
    /// The day.
    pub date: Day,
    /// How long it lasted.
    pub minutes: Option<u16>,
    /// How many came.
    pub present: Option<u32>,
    /// Whether it was cancelled; inside, why.
    pub cancelled: Option<Option<Text>>,
    /// How it took place.
    pub mode: Option<Mode>,
    /// Whether a pair was supervised together.
    pub joint: Option<bool>,
    /// Who was not there.
    pub absent: Option<Vec<Text>>,
    /// Notes.
    pub notes: Option<Text>,
    /// Whether it is only planned: it is still to come, or the table says so.
    pub planned: bool,
    /// What it says of every other key, as records have it.
    pub others: Vec<(&'static str, Json)>,
    pub(super) is_of_group: bool,
}

impl Said {
    /// A row for a group that says nothing but its day.
    #[cfg(test)]
    pub(super) fn on(date: Day) -> Self {
        Self {
            at: Address { row: 2, column: 0 },
            date,
            minutes: None,
            present: None,
            cancelled: None,
            mode: None,
            joint: None,
            absent: None,
            notes: None,
            planned: false,
            others: Vec::new(),
            is_of_group: true,
        }
    }

    /// The session or meeting. A meeting that took place in the log's `usual` mode does not say so.
    pub fn event(&self, usual: Option<Mode>) -> Event {
        let reason = |why: &Option<Text>| why.clone().unwrap_or_else(|| Text::new(NO_REASON));
        let cancelled = self.cancelled.as_ref().map(reason);
        let absent = self.absent.clone().unwrap_or_default();
        let (date, minutes) = (self.date, self.minutes);
        let mut others = self.others.clone();
        others.extend(self.notes.as_ref().map(|notes| ("notes", Json::from(notes.raw()))));
        if self.is_of_group {
            let present = self.present;
            let planned = self.planned;
            let session = Session { date, minutes, planned, present, absent, cancelled, ..Session::default() };
            Event::Session(with(session, &others))
        } else {
            let (mode, joint) = (self.mode.filter(|mode| Some(*mode) != usual), self.joint.unwrap_or_default());
            let planned = self.planned;
            let meeting = Meeting { date, minutes, planned, mode, joint, absent, cancelled, ..Meeting::default() };
            Event::Meeting(with(meeting, &others))
        }
    }
}

/// An entry that says more. What is said was read as the format has it, so there is nothing that it could not take.
fn with<T: Serialize + DeserializeOwned>(entry: T, more: &[(&'static str, Json)]) -> T {
    let mut said = match serde_json::to_value(&entry) {
        Ok(Json::Object(said)) if !more.is_empty() => said,
        _ => return entry,
    };
    said.extend(more.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
    serde_json::from_value(said.into()).unwrap_or(entry)
}

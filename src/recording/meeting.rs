//! What a committee's meeting answered: into the records of the students, and into that of the meeting.

use super::{Amendment, Prepared, RecordingError, RecordingSession, Together};
use crate::amend::Fresh;
use crate::case::Entry;
use crate::meeting::{Proceedings, Sitting};
use crate::records::{CommitteeMeeting, Student};

impl RecordingSession {
    /// The record of a meeting, where there is one.
    pub fn minutes_of(&self, sitting: Sitting) -> Option<&Entry<CommitteeMeeting>> {
        let is_it = |one: &CommitteeMeeting| (one.body, one.date) == (sitting.body, sitting.date);
        self.before.case.records.meetings.iter().find(|entry| entry.record.as_deref().is_some_and(is_it))
    }

    /// The record of the last meeting of the same body before a meeting.
    pub fn minutes_before(&self, sitting: Sitting) -> Option<&CommitteeMeeting> {
        let records = self.before.case.records.meetings.iter().filter_map(|entry| entry.record.as_deref());
        records.filter(|one| one.body == sitting.body && one.date < sitting.date).max_by_key(|one| one.date)
    }

    /// Puts all that was answered in a meeting into the records: all of it, or nothing.
    pub fn record_meeting(&self, proceedings: &Proceedings) -> Result<Prepared, RecordingError> {
        let sitting = proceedings.sitting;
        let mut together = Together {
            what: format!("{sitting}: {}", proceedings.count()),
            message: proceedings.message(),
            ..Together::default()
        };
        for (id, events) in proceedings.of_students() {
            let entry = self.find::<Student>(id.raw())?;
            self.sound(entry)?;
            let (file, id) = (entry.file, entry.id.clone());
            together.amendments.push(Amendment { file, id, events, what: sitting.to_string() });
        }
        let minutes = self.minutes_of(sitting);
        if minutes.is_none() {
            together.new.push((sitting.id(), Fresh::Meeting(proceedings.record())));
        }
        let mut prepared = self.record_together(&together)?;
        if let Some(minutes) = minutes {
            let path = &self.source(minutes.file)?.path;
            prepared.report.remarks.push(format!("{path} is there already and stays as it is."));
        }
        Ok(prepared)
    }
}

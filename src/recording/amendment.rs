//! Events that go into one record.

use super::report::{Deed, Draft, Prepared};
use super::write_target::FileWrite;
use super::{RecordingError, RecordingSession};
use crate::amend::{Event, Recorded, Refusal, amend_when, typed};
use crate::case::Records;
use crate::records::SessionLog;
use crate::text::{FileId, Notation, Text};

/// What is to go into one record.
#[derive(Clone, Debug)]
pub struct Amendment {
    /// The record's file.
    pub file: FileId,
    /// The record's id.
    pub id: Text,
    /// What happened, in the order in which it goes in.
    pub events: Vec<Event>,
    /// What happened, in words; safe to show.
    pub what: String,
}

impl RecordingSession {
    /// Puts events into the text of their record. The error says that one cannot go in, that the record says otherwise
    /// already, or that the folder would have an error which it does not have now.
    pub fn amend(&self, amendment: &Amendment) -> Result<Prepared, RecordingError> {
        let source = self.source(amendment.file)?;
        let path = &source.path;
        let was = source.content.as_deref().map_err(|_| RecordingError::faulty(path))?;
        let notation = Notation::of(path.raw()).unwrap_or(Notation::Toml);
        let (mut text, mut line, mut there, mut already) = (was.clone(), None, None, 0);
        for event in &amendment.events {
            match amend_when(notation, &text, event, self.recorded(event)) {
                Ok(amended) => {
                    line = line.min(Some(amended.line)).or(Some(amended.line));
                    text = amended.text;
                }
                Err(refusal @ Refusal::AlreadyThere { .. }) => {
                    already += 1;
                    there.get_or_insert(refusal);
                }
                Err(refusal) => {
                    if refusal == Refusal::Faulty && text != *was {
                        // What went in so far brought in a fault, which says more than that there is one.
                        self.prepare(self.draft(amendment, path, was, text, String::new()), |known| known)?;
                    }
                    let by_hand = || {
                        amendment
                            .events
                            .iter()
                            .filter_map(|event| typed(notation, was, event, self.recorded(event)).ok())
                    };
                    let typed = if matches!(refusal, Refusal::ByHand(_)) { by_hand().collect() } else { Vec::new() };
                    return Err(RecordingError::Refused { path: path.clone(), refusal, typed });
                }
            }
        }
        let Some(line) = line else {
            let there = there.map_or_else(|| amendment.what.clone(), |there| there.to_string());
            let open =
                if self.target.is_committed(path) { "" } else { ", and there are changes that are not committed" };
            return Ok(Prepared::nothing(format!("{path}: {there}. Nothing is written{open}")));
        };
        let already = if already == 0 { String::new() } else { format!(" ({already} recorded already)") };
        let what = format!("in {path}, line {line}: {}{already}", amendment.what);
        self.prepare(self.draft(amendment, path, was, text, what), |known| known)
    }

    /// Why an event cannot go into a record, where it says otherwise: [`Refusal::help`] says what to change in which line.
    pub fn refusal(&self, file: FileId, event: &Event) -> Option<Refusal> {
        let source = self.source(file).ok()?;
        let notation = Notation::of(source.path.raw()).unwrap_or(Notation::Toml);
        amend_when(notation, source.content.as_deref().ok()?, event, self.recorded(event)).err()
    }

    /// Whether an event goes in before its day.
    fn recorded(&self, event: &Event) -> Recorded {
        let date = match event {
            Event::Session(session) => Some(session.date),
            Event::Meeting(meeting) => Some(meeting.date),
            _ => None,
        };
        if date.is_some_and(|date| self.is_to_come(date)) { Recorded::Ahead } else { Recorded::Since }
    }

    fn draft(&self, amendment: &Amendment, path: &Text, was: &str, text: String, what: String) -> Draft {
        Draft {
            deed: Deed::Recorded,
            what,
            message: format!("{}: {}", amendment.id, amendment.what),
            students: self.students_of(amendment.file),
            writes: vec![FileWrite::replace(path.clone(), was.to_owned(), text)],
        }
    }

    /// The students whom something in a record is about.
    fn students_of(&self, file: FileId) -> Vec<Text> {
        let Records { students, logs, .. } = &self.before.case.records;
        let log = logs.iter().find(|entry| entry.file == file).and_then(|entry| entry.record.as_deref());
        match log {
            Some(SessionLog::Group(log)) => log.conductors.clone(),
            Some(SessionLog::Supervision(log)) => log.supervisees.clone(),
            None => students.iter().filter(|entry| entry.file == file).map(|entry| entry.id.clone()).collect(),
        }
    }
}

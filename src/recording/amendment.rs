//! Events that go into one record.

use super::report::{Deed, Prepared, RecordingReport};
use super::write_target::FileWrite;
use super::{RecordingError, RecordingSession};
use crate::amend::{Event, Refusal, amend, typed};
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
    /// The ids of the students whom it is about.
    pub students: Vec<Text>,
}

impl RecordingSession {
    /// Puts events into the text of their record. The error says that one cannot go in, that the record says otherwise
    /// already, or that the folder would have an error which it does not have now.
    pub fn amend(&self, amendment: &Amendment) -> Result<Prepared, RecordingError> {
        let source = self.source(amendment.file)?;
        let path = &source.path;
        let unreadable = || RecordingError::Unreadable { path: path.clone() };
        let was = source.content.as_deref().map_err(|_| unreadable())?;
        let notation = Notation::of(path.raw()).unwrap_or(Notation::Toml);
        let (mut text, mut line, mut there, mut already) = (was.clone(), None, None, 0);
        for event in &amendment.events {
            match amend(notation, &text, event) {
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
                        self.judged_with(path, &text)?;
                    }
                    let by_hand = || amendment.events.iter().filter_map(|event| typed(notation, was, event).ok());
                    let typed = if matches!(refusal, Refusal::ByHand(_)) { by_hand().collect() } else { Vec::new() };
                    return Err(RecordingError::Refused { path: path.clone(), refusal, typed });
                }
            }
        }
        let Some(line) = line else {
            let there = there.map(|there| there.to_string()).unwrap_or_default();
            let open =
                if self.target.is_committed(path) { "" } else { ", and there are changes that are not committed" };
            return Ok(Prepared::nothing(format!("{path}: {there}. Nothing is written{open}")));
        };
        let (after, warnings) = self.judged_with(path, &text)?;
        let already = if already == 0 { String::new() } else { format!(" ({already} recorded already)") };
        let report = RecordingReport {
            effects: self.effects(&after, &amendment.students),
            warnings,
            ..RecordingReport::of(Deed::Recorded, format!("in {path}, line {line}: {}{already}", amendment.what))
        };
        let writes = vec![FileWrite::Replace { path: path.clone(), was: was.clone(), text }];
        let message = format!("{}: {}", amendment.id, amendment.what);
        Ok(self.prepared(Some(after), report, writes, message))
    }
}

//! Events that go into one record.

use super::file_write::FileWrite;
use super::report::{Deed, Draft, Prepared};
use super::{RecordingError, RecordingSession};
use crate::amend::{Event, Fresh, Recorded, Refusal, amend_when, typed};
use crate::case::{Entry, Records};
use crate::records::{SessionLog, Student};
use crate::text::{FileId, Notation, Text, counted};

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

/// Several things that are recorded in one go, judged and written together.
#[derive(Clone, Debug, Default)]
pub struct Together {
    /// What goes into records that are there. Several can be of one record.
    pub amendments: Vec<Amendment>,
    /// Records that are not there yet, each under its id.
    pub new: Vec<(String, Fresh)>,
    /// What they are together, in words; safe to show.
    pub what: String,
    /// What a commit of them says.
    pub message: String,
}

/// A text with an amendment in it.
struct PutIn {
    text: String,
    /// The first line that is new; none where everything is there already.
    line: Option<usize>,
    /// Of what is there already, the first.
    there: Option<Refusal>,
    /// How much of it is there already.
    already: usize,
}

impl RecordingSession {
    /// Puts events into the text of their record. The error says that one cannot go in, that the record says otherwise
    /// already, or that the folder would have an error which it does not have now.
    pub fn amend(&self, amendment: &Amendment) -> Result<Prepared, RecordingError> {
        let (path, was) = self.path_and_text(amendment.file)?;
        let PutIn { text, line, there, already } = self.put_in(amendment, was, was)?;
        let Some(line) = line else {
            let there = there.map_or_else(|| amendment.what.clone(), |there| there.to_string());
            let open =
                if self.target.is_committed(path) { "" } else { ", and there are changes that are not committed" };
            return Ok(Prepared::nothing(format!("{path}: {there}. Nothing is written{open}")));
        };
        let already = if already == 0 { String::new() } else { format!(" ({already} recorded already)") };
        let what = format!("in {path}, line {line}: {}{already}", amendment.what);
        let mut prepared = self.prepare(self.draft(amendment, path, was, text, what), |known| known)?;
        self.tell_bystanders(amendment.file, &mut prepared);
        Ok(prepared)
    }

    /// Tells what becomes different for students whom a record is about beside others: a supervisor's, or a course's.
    fn tell_bystanders(&self, file: FileId, prepared: &mut Prepared) {
        let Some(after) = prepared.after.as_ref().filter(|_| !self.is_of_students(file)) else { return };
        let mut students = self.students_of(file);
        students.retain(|id| self.judgement(id, |judged| judged.is_some()) && !self.finds_the_same(after, id));
        let effects = self.effects(after, &students);
        prepared.report.effects.extend(effects);
    }

    /// Whether a record is that of a student or a session log.
    pub(super) fn is_of_students(&self, file: FileId) -> bool {
        let Records { students, logs, .. } = &self.before.case.records;
        students.iter().any(|entry| entry.file == file) || logs.iter().any(|entry| entry.file == file)
    }

    /// Puts several amendments into their records and adds new ones: all of it or nothing. The error is the first of those
    /// of [`RecordingSession::amend`] and [`RecordingSession::add`].
    pub fn record_together(&self, together: &Together) -> Result<Prepared, RecordingError> {
        let (mut writes, mut students) = self.fresh_writes(&together.new)?;
        let mut already = 0;
        for amendment in &together.amendments {
            let (path, was) = self.path_and_text(amendment.file)?;
            let write = writes.iter().position(|write| write.path == *path);
            let before = write.and_then(|at| writes[at].after.clone()).unwrap_or_else(|| was.to_owned());
            let put = self.put_in(amendment, &before, was)?;
            already += put.already;
            if put.line.is_none() {
                continue;
            }
            match write {
                Some(at) => writes[at].after = Some(put.text),
                None => writes.push(FileWrite::replace(path.clone(), was.to_owned(), put.text)),
            }
            if self.is_of_students(amendment.file) {
                students.extend(self.students_of(amendment.file));
            }
        }
        if writes.is_empty() {
            return Ok(Prepared::nothing(format!(
                "{}: all of it is recorded already. Nothing is written",
                together.what
            )));
        }
        students.sort();
        students.dedup();
        let already = if already == 0 { String::new() } else { format!(" ({already} recorded already)") };
        let what = format!("{}{already}, in {}", together.what, counted(writes.len(), "record", "records"));
        let draft = Draft { deed: Deed::Recorded, what, message: together.message.clone(), students, writes };
        self.prepare(draft, |known| known)
    }

    fn path_and_text(&self, file: FileId) -> Result<(&Text, &String), RecordingError> {
        let source = self.source(file)?;
        let text = source.content.as_ref().map_err(|_| RecordingError::faulty(&source.path))?;
        Ok((&source.path, text))
    }

    /// A text of a record with the events of an amendment in it.
    #[cfg(feature = "cli")]
    pub(super) fn text_with(&self, amendment: &Amendment, text: &str) -> Result<String, RecordingError> {
        self.put_in(amendment, text, text).map(|put| put.text)
    }

    /// The events of an amendment in a text of its record, which `was` otherwise in the folder.
    fn put_in(&self, amendment: &Amendment, before: &str, was: &str) -> Result<PutIn, RecordingError> {
        let path = &self.source(amendment.file)?.path;
        let notation = Notation::of(path.raw()).unwrap_or(Notation::Toml);
        let mut put = PutIn { text: before.to_owned(), line: None, there: None, already: 0 };
        for event in &amendment.events {
            match amend_when(notation, &put.text, event, self.recorded(event)) {
                Ok(amended) => {
                    put.line = put.line.min(Some(amended.line)).or(Some(amended.line));
                    put.text = amended.text;
                }
                Err(refusal @ Refusal::AlreadyThere { .. }) => {
                    put.already += 1;
                    put.there.get_or_insert(refusal);
                }
                Err(refusal) => {
                    if refusal == Refusal::Faulty && put.text != *was {
                        // What went in so far brought in a fault, which says more than that there is one.
                        self.prepare(self.draft(amendment, path, was, put.text, String::new()), |known| known)?;
                    }
                    if let (Refusal::Otherwise { .. }, Some(command)) =
                        (&refusal, self.correcting(amendment.file, &amendment.id, event))
                    {
                        let what = format!("{path}: {refusal}");
                        return Err(RecordingError::unclear(what, format!("if the record is wrong: {command}")));
                    }
                    let by_hand = || {
                        let events = amendment.events.iter();
                        events.filter_map(|event| typed(notation, was, event, self.recorded(event)).ok())
                    };
                    let typed = if matches!(refusal, Refusal::ByHand(_)) { by_hand().collect() } else { Vec::new() };
                    return Err(RecordingError::Refused { path: path.clone(), refusal, typed });
                }
            }
        }
        Ok(put)
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
            students: if self.is_of_students(amendment.file) { self.students_of(amendment.file) } else { Vec::new() },
            writes: vec![FileWrite::replace(path.clone(), was.to_owned(), text)],
        }
    }

    /// The students whom something in a record is about: of a supervisor or a course, all who are named with it.
    pub(super) fn students_of(&self, file: FileId) -> Vec<Text> {
        let Records { students, logs, supervisors, courses, .. } = &self.before.case.records;
        let log = logs.iter().find(|entry| entry.file == file).and_then(|entry| entry.record.as_deref());
        match log {
            Some(SessionLog::Group(log)) => return log.conductors.clone(),
            Some(SessionLog::Supervision(log)) => return log.supervisees.clone(),
            None => {}
        }
        let supervisor = supervisors.iter().find(|entry| entry.file == file).map(|entry| &entry.id);
        let course = courses.iter().find(|entry| entry.file == file).map(|entry| &entry.id);
        let is_own = self.source(file).is_ok_and(|source| source.path.raw() == "gwp.toml");
        let is_about = |entry: &&Entry<Student>| {
            let names = |record: &Student| {
                let mut arranged = record.arrangement.iter().map(|one| &one.supervisor);
                let is_supervisor =
                    |id: &Text| arranged.any(|one| one == id) || record.wrg.iter().any(|one| one.supervisor == *id);
                is_own || course == Some(&record.course) || supervisor.is_some_and(is_supervisor)
            };
            entry.file == file || entry.record.as_deref().is_some_and(names)
        };
        students.iter().filter(is_about).map(|entry| entry.id.clone()).collect()
    }
}

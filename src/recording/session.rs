//! A case folder in which something is to be recorded.

use std::path::Path;

use super::report::{FileDifference, Prepared, RecordingReport};
use super::write_target::FileWrite;
use super::{RecordingError, RecordingMode, WriteTarget};
use crate::amend::Refusal;
use crate::calendar::Day;
use crate::case::{Entry, Records};
use crate::folder::{Folder, FolderError};
use crate::records::{Course, Record, SessionLog, Student, Supervisor, read};
use crate::text::{FileId, Notation, Source, did_you_mean};

/// A case folder that was read and linked, to record something in it. While there is one that writes, nobody else writes
/// in the folder.
pub struct RecordingSession {
    pub(super) target: WriteTarget,
    /// The folder as it was read.
    pub before: Folder,
    /// The day as of which effects are told.
    pub as_of: Day,
    /// Today.
    pub today: Day,
}

impl RecordingSession {
    /// Locks, reads and links the case folder in which a path lies. Effects are told as of today.
    pub fn open(path: &Path, mode: RecordingMode, today: Day) -> Result<Self, RecordingError> {
        let (target, sources) = WriteTarget::open(path, mode)?;
        let before = target.link(sources);
        before.must_be_judged()?;
        Ok(Self { target, before, as_of: today, today })
    }

    /// An error where the folder is not kept in git, so that nothing could be committed.
    pub fn must_be_kept_in_git(&self) -> Result<(), RecordingError> {
        self.target.must_be_kept_in_git()
    }

    /// The record with an id, as the folder is.
    pub fn find<T: Identified>(&self, id: &str) -> Result<&Entry<T>, RecordingError> {
        by_id(T::all(&self.before.case.records), id, T::WHAT, T::WHERE)
    }

    /// Whether a day comes after today, and after the day as of which effects are told.
    pub fn is_to_come(&self, day: Day) -> bool {
        day > self.today.max(self.as_of)
    }

    /// The day on which something happened: the one that is said with an option, or else today. The error says that it is
    /// still to come.
    pub fn happened(&self, said: Option<Day>, option: &'static str) -> Result<Day, RecordingError> {
        let day = said.unwrap_or(self.today);
        if self.is_to_come(day) { Err(RecordingError::StillToCome { day, option }) } else { Ok(day) }
    }

    /// Writes what was prepared, and commits it where that was asked for; nothing in a dry run.
    pub fn write(&self, prepared: Prepared) -> Result<RecordingReport, RecordingError> {
        self.target.write(&prepared.writes, &prepared.message)?;
        Ok(prepared.report)
    }

    /// What a record says, where it is free of errors.
    pub fn sound<'s, T: Record>(&self, entry: &'s Entry<T>) -> Result<&'s T, RecordingError> {
        let source = self.source(entry.file)?;
        let notation = Notation::of(source.path.raw()).unwrap_or(Notation::Toml);
        let is_sound = |text: &String| read::<T>(notation, text).problems.is_empty();
        entry.record.as_deref().filter(|_| source.content.as_deref().is_ok_and(is_sound)).ok_or_else(|| {
            RecordingError::Refused { path: source.path.clone(), refusal: Refusal::Faulty, typed: Vec::new() }
        })
    }

    /// The source of a record.
    pub fn source(&self, file: FileId) -> Result<&Source, RecordingError> {
        let gone = || RecordingError::unclear("the record is no longer there", "run the command again");
        self.before.sources.get(file.0 as usize).ok_or_else(gone)
    }

    pub(super) fn prepared(
        &self,
        after: Option<Folder>,
        mut report: RecordingReport,
        writes: Vec<FileWrite>,
        message: String,
    ) -> Prepared {
        if self.target.is_dry_run() {
            report.is_dry_run = true;
            report.differences = writes.iter().map(FileDifference::of).collect();
        }
        Prepared { after, report, writes, message }
    }
}

/// A kind of record that has an id.
pub trait Identified: Sized {
    /// What it is called in a message.
    const WHAT: &'static str;
    /// Where the ids are.
    const WHERE: &'static str;

    /// All of them.
    fn all(records: &Records) -> &[Entry<Self>];
}

impl Identified for Course {
    const WHAT: &'static str = "course";
    const WHERE: &'static str = "\"gwp list courses\" shows them all";

    fn all(records: &Records) -> &[Entry<Self>] {
        &records.courses
    }
}

impl Identified for Student {
    const WHAT: &'static str = "student";
    const WHERE: &'static str = "\"gwp list students\" shows them all";

    fn all(records: &Records) -> &[Entry<Self>] {
        &records.students
    }
}

impl Identified for Supervisor {
    const WHAT: &'static str = "supervisor";
    const WHERE: &'static str = "\"gwp list supervisors\" shows them all";

    fn all(records: &Records) -> &[Entry<Self>] {
        &records.supervisors
    }
}

impl Identified for SessionLog {
    const WHAT: &'static str = "session log";
    const WHERE: &'static str = "the logs lie in sessions/";

    fn all(records: &Records) -> &[Entry<Self>] {
        &records.logs
    }
}

/// The record with an id. The error says that there is none, or that there are two; where no id is like it, with the
/// advice.
pub fn by_id<'e, T>(
    entries: &'e [Entry<T>],
    id: &str,
    what: &'static str,
    advice: &str,
) -> Result<&'e Entry<T>, RecordingError> {
    let mut found = entries.iter().filter(|entry| entry.id.raw() == id);
    match (found.next(), found.next()) {
        (Some(entry), None) => Ok(entry),
        (Some(_), Some(_)) => Err(RecordingError::SharedId { id: id.to_owned() }),
        (None, _) => {
            let near = did_you_mean(id, entries.iter().map(|entry| entry.id.raw()));
            let advice = near.unwrap_or_else(|| advice.to_owned());
            Err(FolderError::NoSuchId { kind: what, id: id.to_owned(), advice }.into())
        }
    }
}

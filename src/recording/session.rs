//! A case folder in which something is to be recorded.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::SystemTime;

use super::file_write::FileWrite;
use super::introduced_errors::{Introduced, LocatedProblem, introduced};
use super::report::{Deed, Draft, FileDifference, Prepared, RecordingReport};
use super::unusual::newly_unusual;
use super::{RecordingError, RecordingMode, WriteTarget};
use crate::calendar::Day;
use crate::case::{Entry, Records};
use crate::edition::{ParameterName, Parameters};
use crate::folder::{Choice, CommandLine, Folder, Named, Naming};
use crate::records::{CommitteeMeeting, Course, Record, RecordKind, SessionLog, Student, Supervisor, read};
use crate::text::{DayContext, FileId, Notation, SaidDay, Source, Text, WRITE_IN_FULL, visible};
use crate::writing::StateFolder;

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
    /// How commands about the folder are shown.
    pub command_line: CommandLine,
    /// The last day of which somebody can say what happened: today, or a later one that is named.
    pub latest: Day,
    /// What was said already of names that several have.
    pub choices: Vec<Choice>,
    /// What days are read by.
    days: DayContext,
    /// The records that were named otherwise than by their ids.
    named: RefCell<BTreeSet<String>>,
}

impl RecordingSession {
    /// Locks, reads and links the case folder in which a path lies. Effects are told as of today.
    pub fn open(path: &Path, mode: RecordingMode, today: Day) -> Result<Self, RecordingError> {
        let (target, sources) = WriteTarget::open(path, mode)?;
        let before = target.link(sources);
        before.must_be_judged()?;
        let command_line = before.command_line();
        let days = before.case.records.days_of_courses(&|_| true, today);
        let (choices, named) = (Vec::new(), RefCell::default());
        Ok(Self { target, before, command_line, as_of: today, today, latest: today, choices, days, named })
    }

    /// An error where the folder is not kept in git, so that nothing could be committed.
    pub fn must_be_kept_in_git(&self) -> Result<(), RecordingError> {
        self.target.must_be_kept_in_git()
    }

    /// The record that is named, by its id or otherwise. The error says that there is none, or that several can be meant.
    pub fn find<T: Identified>(&self, named: &str) -> Result<&Entry<T>, RecordingError> {
        let advice = match T::KIND {
            RecordKind::Session => "the logs lie in sessions/".to_owned(),
            kind => format!("\"gwp list {}s\" shows them all", kind.word()),
        };
        self.find_among(named, &|_| true, (noun(T::KIND), &advice))
    }

    /// Likewise, among some of the records, with what they are called and what to do where nothing is called so.
    pub fn find_among<T: Identified>(
        &self,
        named: &str,
        is_meant: &dyn Fn(&Entry<T>) -> bool,
        (kind, advice): (&'static str, &str),
    ) -> Result<&Entry<T>, RecordingError> {
        let records = &self.before.case.records;
        let all = T::all(records).iter().zip(records.nameable(T::KIND));
        let (entries, nameable): (Vec<_>, Vec<_>) = all.filter(|(entry, _)| is_meant(entry)).unzip();
        let naming = Naming { kind, advice, choices: &self.choices };
        let (at, by_name) = naming.find(named, &nameable)?;
        let (Some(entry), Some(one)) = (entries.get(at), nameable.get(at)) else { return Err(shared_id(named)) };
        if entries.iter().filter(|other| other.id == entry.id).count() > 1 {
            return Err(shared_id(entry.id.raw()));
        }
        if by_name {
            self.named.borrow_mut().insert(Named::of(one).to_string());
        }
        Ok(entry)
    }

    /// The records that were named otherwise than by their ids, such as `Mina Holt (mina-holt)`; safe to show.
    pub fn named(&self) -> Vec<String> {
        self.named.borrow().iter().cloned().collect()
    }

    /// Takes over what was named in another look at the folder.
    pub fn was_named(&self, seen: &Self) {
        self.named.borrow_mut().extend(seen.named());
    }

    /// What comes of looking names up that may be meant otherwise: nobody is told of them.
    pub(super) fn quietly<T>(&self, look: impl FnOnce() -> T) -> T {
        let named = self.named.borrow().clone();
        let found = look();
        *self.named.borrow_mut() = named;
        found
    }

    /// Whether nobody can say yet what happened on a day.
    pub fn is_to_come(&self, day: Day) -> bool {
        day > self.latest
    }

    /// What days are read by that are said of a record, or of the folder where it is about none.
    pub fn days(&self) -> DayContext {
        DayContext { latest: self.latest, ..self.days }
    }

    /// Days are said of a record from now on.
    pub fn speak_of(&mut self, kind: RecordKind, id: &Text) {
        self.days = self.before.case.records.days_of(kind, id, self.today);
    }

    /// The day that is said. The error says that it could be two.
    pub fn day(&self, said: SaidDay) -> Result<Day, RecordingError> {
        let days = self.days();
        let day = said.any(&days).and_then(|day| said.must_be_sure(day, &days).map(|()| day));
        day.map_err(|fault| RecordingError::unclear(fault, WRITE_IN_FULL))
    }

    /// The day that is said, where it is one of the deadlines that there are. The error says that it could be two.
    pub fn deadline(&self, said: SaidDay, days: &[Day]) -> Result<Day, RecordingError> {
        said.one_of(days, &self.days()).map_err(|fault| RecordingError::unclear(fault, WRITE_IN_FULL))
    }

    /// The day that is said, the last one that can be meant rather than one to come. The error says that it could be two.
    pub fn last_day(&self, said: SaidDay) -> Result<Day, RecordingError> {
        said.happened(&self.days()).map_err(|fault| RecordingError::unclear(fault, WRITE_IN_FULL))
    }

    /// The day on which something happened: the one that is said with an option, or else today. The error says that it is
    /// still to come, or that it could be two. Without an option the day is an answer.
    pub fn happened(&self, said: Option<SaidDay>, option: &str) -> Result<Day, RecordingError> {
        let Some(said) = said else { return Ok(self.today) };
        let day = self.last_day(said)?;
        if self.is_to_come(day) {
            let what = format!("{day} is still to come, and what is recorded has happened");
            // Whoever is asked for the day has no need of an option.
            let advice = match option {
                "" => "write a day up to today".to_owned(),
                option => format!("say with {option} on which day that was"),
            };
            return Err(RecordingError::unclear(what, advice));
        }
        Ok(day)
    }

    /// The register that is meant, in its usual form, whatever letters were typed; what is no register of the folder's
    /// editions and variations is left as it is.
    pub fn register(&self, typed: &Text) -> Text {
        let registers = self.registers();
        let usual = registers.iter().find(|register| register.eq_ignore_ascii_case(typed.raw().trim()));
        usual.map_or_else(|| typed.clone(), |usual| Text::new(usual.as_str()))
    }

    /// The registers that the folder's editions and variations name.
    pub fn registers(&self) -> Vec<String> {
        let records = &self.before.case.records;
        let editions = records.schemes().into_iter().map(|scheme| Parameters::of_edition(scheme.edition()).registers);
        let varied = records.variations().iter().filter(|one| one.parameter == ParameterName::Registers);
        let varied = varied.filter_map(|one| one.fitting_value().ok()).map(|value| value.words().to_vec());
        editions.chain(varied).flatten().collect()
    }

    /// Writes what was prepared, and commits it where that was asked for; nothing in a dry run.
    pub fn write(&self, prepared: Prepared) -> Result<RecordingReport, RecordingError> {
        let Prepared { mut report, writes, message, students, errors_before, .. } = prepared;
        let mut entry = self.target.entry_of(&writes, &message);
        (entry.students, entry.errors) = (students, errors_before);
        report.remarks.extend(self.target.write_entry(&writes, entry)?);
        Ok(report)
    }

    /// Has what is written noted, so that it can be taken back; see [`WriteTarget::keep_journal`].
    pub fn keep_journal(&mut self, state: &StateFolder, now: SystemTime) -> Result<Vec<String>, RecordingError> {
        self.target.keep_journal(state, now)
    }

    /// What a record says, where it is free of errors.
    pub fn sound<'s, T: Record>(&self, entry: &'s Entry<T>) -> Result<&'s T, RecordingError> {
        let source = self.source(entry.file)?;
        let notation = Notation::of(source.path.raw()).unwrap_or(Notation::Toml);
        let is_sound = |text: &String| read::<T>(notation, text).problems.is_empty();
        let record = entry.record.as_deref().filter(|_| source.content.as_deref().is_ok_and(is_sound));
        record.ok_or_else(|| RecordingError::faulty(&source.path))
    }

    /// The source of a record.
    pub fn source(&self, file: FileId) -> Result<&Source, RecordingError> {
        let gone = || RecordingError::unclear("the record is no longer there", "run the command again");
        self.before.sources.get(file.0 as usize).ok_or_else(gone)
    }

    /// Judges the folder as it would be. The error is the first that would be in it and is not now; `as_it_would_be` says
    /// what becomes of a problem that is there now.
    pub(super) fn prepare(
        &self,
        draft: Draft,
        as_it_would_be: impl Fn(LocatedProblem) -> LocatedProblem,
    ) -> Result<Prepared, RecordingError> {
        self.prepare_accepting(draft, &[], as_it_would_be)
    }

    /// The same, where the folder may have the errors that are `accepted`.
    pub(super) fn prepare_accepting(
        &self,
        draft: Draft,
        accepted: &[String],
        as_it_would_be: impl Fn(LocatedProblem) -> LocatedProblem,
    ) -> Result<Prepared, RecordingError> {
        let Draft { deed, what, message, students, writes } = draft;
        let after = self.target.link(self.sources_with(&writes));
        let Introduced { warnings, errors_before } =
            introduced(&self.before, &after, self.as_of, accepted, as_it_would_be)?;
        let is_dry_run = self.target.is_dry_run();
        let differences = if is_dry_run { FileDifference::of_all(&writes) } else { Vec::new() };
        let unusual = match deed {
            Deed::Recorded | Deed::Written => newly_unusual(&self.before.case.records, &after.case.records),
            Deed::Renamed | Deed::TakenBack | Deed::Nothing => Vec::new(),
        };
        let (effects, remarks) = (self.effects(&after, &students), Vec::new());
        let report = RecordingReport { deed, what, is_dry_run, differences, effects, warnings, unusual, remarks };
        Ok(Prepared { after: Some(after), report, writes, message, students, errors_before })
    }

    /// The records of a kind as somebody is shown them who can choose one: by name, and with the id where several have it.
    pub fn names(&self, kind: RecordKind) -> Vec<String> {
        Named::each_shown(&self.before.case.records.nameable(kind))
    }

    /// What the record at a path is called; the path where no record lies there. Safe to show.
    pub fn called(&self, path: &str) -> String {
        let file = self.before.sources.iter().position(|source| source.path.raw() == path);
        let ids = self.before.case.records.ids();
        match ids.into_iter().find(|(.., file_of)| Some(file_of.0 as usize) == file) {
            Some((kind, id, _)) => format!("the {} {}", noun(kind), self.name_of(kind, id.raw())),
            None => visible(path),
        }
    }

    /// What a record of a kind is called, as [`RecordingSession::names`] has it.
    pub fn name_of(&self, kind: RecordKind, id: &str) -> String {
        let all = self.before.case.records.nameable(kind);
        let at = all.iter().position(|one| one.ids.iter().any(|known| known == id));
        at.and_then(|at| self.names(kind).into_iter().nth(at)).unwrap_or_else(|| visible(id))
    }

    /// The sources as they would be.
    fn sources_with(&self, writes: &[FileWrite]) -> Vec<Source> {
        let is_kept = |source: &&Source| !writes.iter().any(|write| write.path == source.path);
        let written = writes.iter().filter_map(|write| {
            let text = write.after.clone()?;
            Some(Source { path: write.path.clone(), content: Ok(text.into()) })
        });
        let mut sources: Vec<_> = self.before.sources.iter().filter(is_kept).cloned().chain(written).collect();
        sources.sort_by(|one, other| one.path.cmp(&other.path));
        sources
    }
}

/// A kind of record that has an id.
pub trait Identified: Record {
    /// All of them.
    fn all(records: &Records) -> &[Entry<Self>];
}

impl Identified for Course {
    fn all(records: &Records) -> &[Entry<Self>] {
        &records.courses
    }
}

impl Identified for Student {
    fn all(records: &Records) -> &[Entry<Self>] {
        &records.students
    }
}

impl Identified for Supervisor {
    fn all(records: &Records) -> &[Entry<Self>] {
        &records.supervisors
    }
}

impl Identified for CommitteeMeeting {
    fn all(records: &Records) -> &[Entry<Self>] {
        &records.meetings
    }
}

impl Identified for SessionLog {
    fn all(records: &Records) -> &[Entry<Self>] {
        &records.logs
    }
}

/// What a kind of record is called in a message.
pub(super) fn noun(kind: RecordKind) -> &'static str {
    if kind == RecordKind::Session { "session log" } else { kind.word() }
}

pub(super) fn shared_id(id: &str) -> RecordingError {
    RecordingError::unclear(format!("two files have the id \"{}\"", visible(id)), "see \"gwp check\"")
}

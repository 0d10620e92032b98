//! What an auditor would ask about attestations: entries that changed since, and entries that nobody confirmed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Folder, FolderError, FolderHistory, JudgedFolder, LocalTime, Selection};
use crate::amend::Event;
use crate::audit::{Irregularity, IrregularityName, Past};
use crate::calendar::Day;
use crate::case::{AttestationFault, Entry, WHO_KNOWS};
use crate::history::Revision;
use crate::problems::Problem;
use crate::records::{LogEntry, SessionLog, read};
use crate::text::{FileId, Notation, Text, all_of, capitalised, few, visible};

/// So many days are named.
const NAMED: usize = 6;

/// The irregularities of attestations as the folder stands in the last commit; `is_asked` says whether the folder asks for
/// them.
pub(super) fn attested_past(
    history: &FolderHistory,
    written: &Past<'_>,
    is_asked: bool,
) -> Result<Vec<Irregularity>, FolderError> {
    let opened = history.snapshot.open(history.root.clone(), &|_, id| history.text(id))?;
    let folder = Folder::of(opened);
    let past = AttestedPast { history, folder: &folder, written: Some(written) };
    let logs = folder.case.records.logs.iter();
    let mut found: Vec<_> = logs.flat_map(|entry| past.broken(entry)).collect();
    if is_asked {
        found.extend(past.unattested());
    }
    Ok(found)
}

/// An entry as a sentence, and as all that it says.
type InWords = (String, String);

fn in_words(log: &SessionLog, entry: LogEntry<'_>) -> InWords {
    let sentence = match entry {
        LogEntry::Session(session) => Event::Session(session.clone()).sentence(),
        LogEntry::Meeting(meeting) => Event::Meeting(meeting.clone()).sentence(),
    };
    (sentence, visible(&log.canonical(entry)))
}

/// What an entry said, and what it says now: all of it where the sentences are the same.
fn told(said: Option<InWords>, now: Option<InWords>) -> String {
    let is_same = said.as_ref().zip(now.as_ref()).is_some_and(|(said, now)| said.0 == now.0);
    let words = |(sentence, all): InWords| if is_same { all } else { sentence };
    let said =
        said.map_or_else(|| "no commit has what it said then".to_owned(), |said| format!("it said {}", words(said)));
    let now = now.map_or_else(|| "it is gone".to_owned(), |now| format!("it says now {}", words(now)));
    format!("{said}; {now}")
}

impl Folder {
    /// Has the help on each entry that is no longer as it was confirmed say what it said then. Git is asked only where there
    /// is such an entry; where it does not keep the folder, the help stays as it is.
    pub fn say_what_was_confirmed(&self, problems: &mut [Problem], machine: &LocalTime<'_>) {
        let asks = |problem: &Problem| problem.help.as_ref().is_some_and(|help| help.contains(WHO_KNOWS));
        let files: BTreeSet<FileId> = problems.iter().filter(|one| asks(one)).map(|one| one.file).collect();
        if let Some(history) = (!files.is_empty()).then(|| self.history_of(&files, machine)).flatten() {
            let past = AttestedPast { history: &history, folder: self, written: None };
            let logs = self.case.records.logs.iter().filter(|entry| files.contains(&entry.file));
            let former: Vec<(FileId, Former)> =
                logs.flat_map(|entry| past.former(entry).into_iter().map(|one| (entry.file, one))).collect();
            for problem in problems.iter_mut().filter(|problem| asks(problem)) {
                let is_it = |(file, one): &&(FileId, Former)| {
                    *file == problem.file && problem.message.contains(&format!(" of {} ", one.day))
                };
                let said = former.iter().find(is_it).map(|(_, one)| format!("{}.", capitalised(&one.told)));
                if let (Some(said), Some(help)) = (said, &mut problem.help) {
                    *help = help.replacen(WHO_KNOWS, &said, 1);
                }
            }
        }
    }

    /// The past of the folder with all texts that some of its records had; none where git does not keep it.
    fn history_of(&self, files: &BTreeSet<FileId>, machine: &LocalTime<'_>) -> Option<FolderHistory> {
        let root = self.root.as_ref()?;
        let rev = self.commit.as_ref().map(|commit| commit.id.as_str());
        let mut histories = FolderHistory::open(rev, &root.path, machine).ok()?.into_iter();
        let mut history = histories.find(|one| one.root.place().0 == root.path)?;
        let paths: BTreeSet<&Text> =
            files.iter().filter_map(|file| self.sources.get(file.0 as usize)).map(|source| &source.path).collect();
        history.read_records(&|path| paths.contains(path)).ok()?;
        Some(history)
    }
}

/// An entry that is no longer as it was confirmed.
struct Former {
    day: Day,
    /// By whom it was confirmed, and when.
    who: String,
    /// What it said, and what it says now.
    told: String,
    /// The commits of which one changed it.
    changed: Vec<usize>,
}

struct AttestedPast<'h> {
    history: &'h FolderHistory,
    folder: &'h Folder,
    /// What was written in every commit, where that is known: by that a log is followed to the paths that it had, and read
    /// while it had an error.
    written: Option<&'h Past<'h>>,
}

impl AttestedPast<'_> {
    /// The entries of a log that are no longer as they were confirmed, as things to ask about.
    fn broken(&self, entry: &Entry<SessionLog>) -> Vec<Irregularity> {
        let (Some(log), Some(path)) = (entry.record.as_deref(), self.path(entry.file)) else { return Vec::new() };
        let of = log.kind().entry_word();
        let one = |Former { day, who, told, changed }: Former| {
            let message = format!("the {of} of {day} was confirmed by {who}; {told}");
            self.irregularity(IrregularityName::AttestationBroken, path, message, changed)
        };
        self.former(entry).into_iter().map(one).collect()
    }

    /// The entries of a log that are no longer as they were confirmed.
    fn former(&self, entry: &Entry<SessionLog>) -> Vec<Former> {
        let records = &self.folder.case.records;
        let (Some(log), Some(path)) = (entry.record.as_deref(), self.path(entry.file)) else { return Vec::new() };
        let entries: Vec<LogEntry<'_>> = log.entries().collect();
        let faults = records.attestation(entry).faults.into_iter();
        let broken = faults.filter_map(|fault| match fault {
            AttestationFault::Changed { entry, at } => Some((entries.get(entry)?.date(), Some(entries[entry]), at)),
            AttestationFault::Gone { day, at } => Some((day, None, at)),
            _ => None,
        });
        let broken: Vec<_> = broken.collect();
        if broken.is_empty() {
            return Vec::new();
        }
        let attestors = records.attestors(&entry.id, log);
        let paths = self.written.map(|past| past.paths_of(path));
        let one = |(day, now, at): (Day, Option<LogEntry<'_>>, Vec<usize>)| {
            let attested: Vec<_> = at.iter().filter_map(|at| log.attested().get(*at)).collect();
            let who = attested.iter().map(|one| {
                let known = attestors.iter().find(|known| known.is_called(&one.by));
                format!("{} on {}", known.map_or(&one.by, |known| &known.name), one.on)
            });
            let who = all_of(who.collect::<Vec<_>>());
            let digests: Vec<&Text> = attested.iter().filter_map(|one| one.entries.get(&day)).collect();
            let (said, changed) = self.when_confirmed((path, paths.as_deref()), day, &digests);
            Former { day, who, told: told(said, now.map(|now| in_words(log, now))), changed }
        };
        broken.into_iter().map(one).collect()
    }

    /// What an entry of a log said when it was confirmed, and the commit after which it no longer did. The log is given by
    /// its path, and by the path that it had in each commit, where that is known.
    fn when_confirmed<'l>(
        &self,
        (path, paths): (&'l Text, Option<&'l [Text]>),
        day: Day,
        digests: &[&Text],
    ) -> (Option<InWords>, Vec<usize>) {
        let (mut said, mut changed) = (None, None);
        for (at, revision) in self.history.revisions.iter().enumerate() {
            let path = paths.and_then(|paths| paths.get(at)).unwrap_or(path);
            let Some(change) = revision.changes.iter().find(|change| change.path == *path) else { continue };
            let Some(text) = change.newer.as_deref().and_then(|id| self.text(path, id)) else { continue };
            let notation = Notation::of(path.raw()).unwrap_or(Notation::Toml);
            // What has an error says nothing otherwise.
            let Some(log) = read::<SessionLog>(notation, &text).record else { continue };
            let is_it = |entry: &LogEntry<'_>| {
                entry.date() == day && digests.iter().any(|digest| log.is_digest_of(digest.raw(), *entry))
            };
            match log.entries().find(is_it).map(|entry| in_words(&log, entry)) {
                Some(fits) => (said, changed) = (Some(fits), None),
                None if said.is_some() && changed.is_none() => changed = Some((at, path)),
                None => {}
            }
        }
        let by = |(at, path): (usize, &Text)| self.written.map_or_else(|| vec![at], |past| past.writers(at, path));
        (said, changed.map(by).unwrap_or_default())
    }

    /// The text of a log, as far as it can be read.
    fn text(&self, path: &Text, id: &str) -> Option<Arc<String>> {
        match self.written {
            Some(past) => past.text(path, id),
            None => self.history.text(id),
        }
    }

    /// The logs with entries that count for somebody and are not confirmed.
    fn unattested(&self) -> Vec<Irregularity> {
        let Some(as_of) = self.history.revisions.iter().filter_map(Revision::day).max() else {
            return Vec::new();
        };
        let mut by_log: BTreeMap<FileId, (BTreeSet<Day>, BTreeSet<Text>)> = BTreeMap::new();
        let _ = JudgedFolder::new(self.folder, as_of).roster(&Selection::default(), &mut |student, judgement| {
            let unattested = judgement.map(|judgement| judgement.facts.unattested()).unwrap_or_default();
            for (file, days) in unattested {
                let (all, students) = by_log.entry(file).or_default();
                all.extend(days);
                students.insert(student.id.clone());
            }
        });
        let one = |(file, (days, students)): (FileId, (BTreeSet<Day>, BTreeSet<Text>))| {
            let path = self.path(file)?;
            let count = if days.len() == 1 {
                "1 entry that counts is".to_owned()
            } else {
                format!("{} entries that count are", days.len())
            };
            let message = format!("{count} not attested, as of {as_of}: {}", few(&days, NAMED, ", "));
            let found = self.irregularity(IrregularityName::SessionUnattested, path, message, Vec::new());
            Some(Irregularity { students, ..found })
        };
        by_log.into_iter().filter_map(one).collect()
    }

    fn path(&self, file: FileId) -> Option<&Text> {
        self.folder.sources.get(file.0 as usize).map(|source| &source.path)
    }

    /// One of a log: of the commits that are named, or else of the last that changed the log.
    fn irregularity(&self, name: IrregularityName, path: &Text, message: String, at: Vec<usize>) -> Irregularity {
        let touches = |revision: &Revision| revision.changes.iter().any(|change| change.path == *path);
        let last = || self.history.revisions.iter().rposition(touches);
        let students = self.history.concerns.students_by_file().get(path).cloned().unwrap_or_default();
        let revisions = if at.is_empty() { last().into_iter().collect() } else { at };
        Irregularity { file: Some(path.clone()), students, ..Irregularity::new(name, message, revisions) }
    }
}

//! From the sources to records.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{Entry, Glimpse, Records, id};
use crate::problems::{Problem, ProblemName};
use crate::records::{
    CommitteeMeeting, Course, Gwp, Record, RecordKind, SessionLog, Student, Supervisor, read as read_text,
};
use crate::text::{FileId, NearRecord, Notation, Source, Spot, Text, Unreadable, copied_from, is_other_with_more};

/// Reads every source as the record that its folder says.
pub fn read(sources: &[Source]) -> Records {
    let mut records = Records::default();
    for (number, source) in sources.iter().enumerate() {
        records.take(file_id(number), source);
    }
    settled(records, sources)
}

/// Reads two states of a folder. `same` gives for each of the `other` sources the position of the one source with the
/// same path and content, which is then read only once.
pub fn read_both(one: &[Source], other: &[Source], same: &[Option<usize>]) -> (Records, Records) {
    let mut first = Records::default();
    for (number, source) in one.iter().enumerate() {
        first.take(file_id(number), source);
    }
    let mut second = Records::default();
    {
        let known = Known(&first);
        for (number, source) in other.iter().enumerate() {
            match same.get(number).copied().flatten() {
                Some(known_as) => known.copy(file_id(known_as), file_id(number), &mut second),
                None => second.take(file_id(number), source),
            }
        }
    }
    (settled(first, one), settled(second, other))
}

/// So many texts are kept read.
const MOST_KEPT: usize = 4096;

/// What was read of texts, so that each is read once, in however many states of a folder it stands.
#[derive(Debug, Default)]
pub struct ReadTexts(HashMap<(Text, String), Records>);

impl ReadTexts {
    /// Reads every source as the record that its folder says. `ids` names the content of each; what has no id is read
    /// anew.
    pub fn read(&mut self, sources: &[Source], ids: &[Option<&str>]) -> Records {
        if self.0.len() > MOST_KEPT {
            self.0.clear();
        }
        let mut records = Records::default();
        for (number, source) in sources.iter().enumerate() {
            let Some(id) = ids.get(number).copied().flatten() else {
                records.take(file_id(number), source);
                continue;
            };
            let read = || {
                let mut alone = Records::default();
                alone.take(file_id(0), source);
                alone
            };
            let alone = self.0.entry((source.path.clone(), id.to_owned())).or_insert_with(read);
            Known(alone).copy(file_id(0), file_id(number), &mut records);
        }
        settled(records, sources)
    }
}

/// Puts the registers in order, and finds what is wrong between files of one kind.
fn settled(mut records: Records, sources: &[Source]) -> Records {
    let mut problems = std::mem::take(&mut records.problems);
    settle(&mut records.courses, sources, &mut problems);
    settle(&mut records.students, sources, &mut problems);
    settle(&mut records.supervisors, sources, &mut problems);
    settle(&mut records.logs, sources, &mut problems);
    settle(&mut records.meetings, sources, &mut problems);
    if sources.iter().any(Source::is_nearly_record) {
        let ids: HashMap<_, _> = records.ids().into_iter().map(|(kind, id, file)| ((kind, id.raw()), file)).collect();
        let named = |kind, id: &str| Some(&sources.get(ids.get(&(kind, id))?.0 as usize)?.path);
        for (number, source) in sources.iter().enumerate().filter(|(_, source)| source.is_nearly_record()) {
            problems.extend(nearly_record(file_id(number), source.path.raw(), &named));
        }
    }
    records.problems = problems;
    records
}

fn file_id(number: usize) -> FileId {
    FileId(u32::try_from(number).unwrap_or(u32::MAX))
}

/// What was read of each file, before it was settled: every list is in order of file.
struct Known<'r>(&'r Records);

impl Known<'_> {
    /// Adds what was read of `file` as that of `as_file`.
    fn copy(&self, file: FileId, as_file: FileId, to: &mut Records) {
        fn entry<T: Clone>(from: &[Entry<T>], file: FileId, as_file: FileId, to: &mut Vec<Entry<T>>) {
            if let Ok(position) = from.binary_search_by_key(&file, |entry| entry.file) {
                to.push(Entry { file: as_file, ..from[position].clone() });
            }
        }
        let records = self.0;
        if records.gwp_file == Some(file) {
            to.gwp.clone_from(&records.gwp);
            to.gwp_file = Some(as_file);
        }
        entry(&records.courses, file, as_file, &mut to.courses);
        entry(&records.students, file, as_file, &mut to.students);
        entry(&records.supervisors, file, as_file, &mut to.supervisors);
        entry(&records.logs, file, as_file, &mut to.logs);
        entry(&records.meetings, file, as_file, &mut to.meetings);
        if let Ok(position) = records.glimpses.binary_search_by_key(&file, |glimpse| glimpse.file) {
            to.glimpses.push(Glimpse { file: as_file, ..records.glimpses[position].clone() });
        }
        let begin = records.problems.partition_point(|problem| problem.file < file);
        let of_file = records.problems[begin..].iter().take_while(|problem| problem.file == file);
        to.problems.extend(of_file.map(|problem| Problem { file: as_file, ..problem.clone() }));
    }
}

impl Records {
    fn take(&mut self, file: FileId, source: &Source) {
        let path = source.path.raw();
        if source.is_nearly_record() {
            return;
        }
        if let Err(reason) = &source.content
            && (reason.is_folder || Notation::of(path).is_none())
        {
            self.problems.push(unreadable(file, reason));
            return;
        }
        match kind_of(path) {
            Some(RecordKind::Gwp) => {
                let (record, sound) = self.record::<Gwp>(file, source);
                self.gwp = record.filter(|_| sound);
                self.gwp_file = Some(file);
            }
            Some(RecordKind::Course) => {
                let entry = self.entry::<Course>(file, source);
                self.courses.push(entry);
            }
            Some(RecordKind::Student) => {
                let entry = self.entry::<Student>(file, source);
                self.students.push(entry);
            }
            Some(RecordKind::Supervisor) => {
                let entry = self.entry::<Supervisor>(file, source);
                self.supervisors.push(entry);
            }
            Some(RecordKind::Session) => {
                let entry = self.entry::<SessionLog>(file, source);
                self.logs.push(entry);
            }
            Some(RecordKind::Meeting) => {
                let entry = self.entry::<CommitteeMeeting>(file, source);
                self.meetings.push(entry);
            }
            None => self.problems.push(stray(file, path)),
        }
    }

    fn entry<T: Record>(&mut self, file: FileId, source: &Source) -> Entry<T> {
        let (record, sound) = self.record::<T>(file, source);
        Entry { id: id::of(source.path.raw()), file, record: record.map(Arc::new), sound }
    }

    /// The record of a source, and whether it is free of errors.
    fn record<T: Record>(&mut self, file: FileId, source: &Source) -> (Option<T>, bool) {
        let text = match &source.content {
            Ok(text) => text,
            Err(reason) => {
                self.problems.push(unreadable(file, reason));
                return (None, false);
            }
        };
        let reading = read_text::<T>(notation(source), text);
        let sound = reading.problems.is_empty();
        if reading.record.is_none() && T::KIND == RecordKind::Student {
            let (name, course) = reading.glimpse;
            self.glimpses.push(Glimpse { file, name, course });
        }
        self.problems.extend(
            reading
                .problems
                .into_iter()
                .map(|found| Problem::new(found.name, file, found.spot, found.message).with_help(found.help)),
        );
        (reading.record, sound)
    }
}

fn unreadable(file: FileId, reason: &Unreadable) -> Problem {
    let spot = reason.at.map_or(Spot::File, |(line, column)| Spot::LineColumn(line, column));
    Problem::new(ProblemName::Unreadable, file, spot, reason.message.clone()).with_help(reason.help.clone())
}

/// The notation of a source; a file that is none of TOML or YAML never comes this far.
fn notation(source: &Source) -> Notation {
    Notation::of(source.path.raw()).unwrap_or(Notation::Toml)
}

/// What a path below the case folder is the record of; none of a file that is neither TOML nor YAML.
pub fn kind_of(path: &str) -> Option<RecordKind> {
    Notation::of(path)?;
    match path.split_once('/') {
        None => (path == "gwp.toml").then_some(RecordKind::Gwp),
        Some((folder, _)) => RecordKind::in_folder(folder),
    }
}

/// The kind and the id of the record at a path; none where it lies in no folder of records.
pub fn identity(path: &str) -> Option<(RecordKind, Text)> {
    Some((kind_of(path)?, id::of(path)))
}

/// Whether a name in small letters is that of a copy of `gwp.toml`.
fn is_copy_of_mark(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    copied_from(stem) == Some("gwp") || is_other_with_more(stem, "gwp")
}

fn stray(file: FileId, path: &str) -> Problem {
    let folders = "courses/, students/, supervisors/, sessions/ or meetings/";
    let name = path.to_lowercase();
    let (message, help) = match path.split_once('/') {
        None if ["gwp.toml", "gwp.yaml", "gwp.yml"].contains(&name.as_str()) => (
            format!("the case folder's own record is called `gwp.toml`, and this is `{}`", Text::new(path)),
            "rename it to `gwp.toml`, and write it in TOML: until then nothing in it is used".to_owned(),
        ),
        None if is_copy_of_mark(&name) => (
            "this file lies in no folder of records, and is not used".to_owned(),
            "it looks like a copy of gwp.toml: compare the two, and delete this one".to_owned(),
        ),
        None => (
            "this file lies in no folder of records, and is not used".to_owned(),
            format!("move it to {folders}, or out of the case folder"),
        ),
        Some((folder, _)) => {
            let lower = folder.to_lowercase();
            let mut known = RecordKind::ALL.into_iter().filter_map(RecordKind::folder);
            let near = known.clone().find(|known| *known == lower || strsim::damerau_levenshtein(known, &lower) <= 2);
            let original = known.find(|known| copied_from(&lower) == Some(*known));
            let help = match (original, near) {
                (Some(original), _) => {
                    format!("it looks like a copy of `{original}/`: compare the two, and delete this one")
                }
                (None, Some(near)) => format!("did you mean the folder `{near}/`?"),
                (None, None) => format!("move it to {folders}, or out of the case folder"),
            };
            (format!("`{}/` is no folder of records, and this file is not used", Text::new(folder)), help)
        }
    };
    Problem::new(ProblemName::StrayFile, file, Spot::File, message).with_help(help)
}

/// What is said of a file that is only nearly a record. `named` gives the path of the record of a kind with an id.
fn nearly_record<'n>(
    file: FileId,
    path: &str,
    named: &dyn Fn(RecordKind, &str) -> Option<&'n Text>,
) -> Option<Problem> {
    let (folder, name) = path.rsplit_once('/')?;
    let at = |name: &str| Text::new(format!("{folder}/{name}"));
    let there = |name: &str| {
        let id = name.rsplit_once('.').filter(|_| Notation::of(name).is_some()).map_or(name, |(stem, _)| stem);
        named(RecordKind::in_folder(path.split('/').next()?)?, id)
    };
    let (message, help) = match NearRecord::of(name)? {
        NearRecord::Placeholder(record) => (
            format!("iCloud keeps {} elsewhere: this file only stands for it, and the record is not used", at(record)),
            "download it in the Finder, and set the folder to be kept on this computer".to_owned(),
        ),
        NearRecord::OtherEnding(record) => (
            "this file is not used: its name goes on after the ending of a record".to_owned(),
            match there(record) {
                Some(other) => id::compare_and_delete(other),
                None => format!("call it {}; Windows may hide the last ending", at(record)),
            },
        ),
        NearRecord::Copy(record) => (
            "this file is not used: its name is that of a copy that was left beside a record".to_owned(),
            there(record).map_or_else(id::compare_with_unknown, id::compare_and_delete),
        ),
    };
    Some(Problem::new(ProblemName::StrayFile, file, Spot::File, message).with_help(help))
}

/// Puts a register in order, and finds names of files that are no ids and ids that are there more than once.
fn settle<T>(entries: &mut [Entry<T>], sources: &[Source], problems: &mut Vec<Problem>) {
    entries.sort_by(|one, other| (&one.id, one.file).cmp(&(&other.id, other.file)));
    let path_of = |file: FileId| sources.get(file.0 as usize).map(|source| &source.path);
    let mut files: BTreeMap<Text, Vec<FileId>> = BTreeMap::new();
    for entry in entries.iter() {
        files.entry(entry.id.clone()).or_default().push(entry.file);
    }
    for entry in entries {
        let Some(path) = path_of(entry.file) else { continue };
        let named = |id: &str| path_of(*files.get(&Text::new(id))?.iter().find(|file| **file != entry.file)?);
        if let Some((message, help)) = id::fault(path.raw(), &named) {
            entry.sound = false;
            problems.push(Problem::new(ProblemName::BadId, entry.file, Spot::File, message).with_help(help));
        }
        let same = files.get(&entry.id).map_or(&[][..], Vec::as_slice);
        let Some(other) = same.iter().find(|file| **file != entry.file).and_then(|file| path_of(*file)) else {
            continue;
        };
        entry.sound = false;
        let message = format!("the id `{}` is also that of {other}", entry.id);
        problems.push(
            Problem::new(ProblemName::DuplicateId, entry.file, Spot::File, message)
                .with_help("give one of the two files another name, or delete the one that is not needed"),
        );
    }
}

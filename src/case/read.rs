//! From the sources to records.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Entry, Glimpse, Records, id};
use crate::problems::{Problem, ProblemName};
use crate::records::{
    CommitteeMeeting, Course, Gwp, Record, RecordKind, SessionLog, Student, Supervisor, read as read_text,
};
use crate::text::{FileId, Notation, Source, Spot, Text, Unreadable};

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

/// Puts the registers in order, and finds what is wrong between files of one kind.
fn settled(mut records: Records, sources: &[Source]) -> Records {
    let mut problems = std::mem::take(&mut records.problems);
    settle(&mut records.courses, sources, &mut problems);
    settle(&mut records.students, sources, &mut problems);
    settle(&mut records.supervisors, sources, &mut problems);
    settle(&mut records.logs, sources, &mut problems);
    settle(&mut records.meetings, sources, &mut problems);
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
        let path = source.path.raw();
        let bad_id = id::fault(path);
        let (record, mut sound) = self.record::<T>(file, source);
        if let Some((message, help)) = bad_id {
            sound = false;
            self.problems.push(Problem::new(ProblemName::BadId, file, Spot::File, message).with_help(help));
        }
        Entry { id: id::of(path), file, record: record.map(Arc::new), sound }
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

/// What a path below the case folder is the record of.
pub fn kind_of(path: &str) -> Option<RecordKind> {
    match path.split_once('/') {
        None => (path == "gwp.toml").then_some(RecordKind::Gwp),
        Some((folder, _)) => RecordKind::in_folder(folder),
    }
}

fn stray(file: FileId, path: &str) -> Problem {
    let folders = "courses/, students/, supervisors/, sessions/ or meetings/";
    let name = path.to_lowercase();
    let (message, help) = match path.split_once('/') {
        None if ["gwp.toml", "gwp.yaml", "gwp.yml"].contains(&name.as_str()) => (
            format!("the case folder's own record is called `gwp.toml`, and this is `{}`", Text::new(path)),
            "rename it to `gwp.toml`, and write it in TOML: until then nothing in it is used".to_owned(),
        ),
        None => (
            "this file lies in no folder of records, and is not used".to_owned(),
            format!("move it to {folders}, or out of the case folder"),
        ),
        Some((folder, _)) => {
            let lower = folder.to_lowercase();
            let near = RecordKind::ALL
                .into_iter()
                .filter_map(RecordKind::folder)
                .find(|known| *known == lower || strsim::damerau_levenshtein(known, &lower) <= 2);
            let help = match near {
                Some(near) => format!("did you mean the folder `{near}/`?"),
                None => format!("move it to {folders}, or out of the case folder"),
            };
            (format!("`{}/` is no folder of records, and this file is not used", Text::new(folder)), help)
        }
    };
    Problem::new(ProblemName::StrayFile, file, Spot::File, message).with_help(help)
}

/// Puts a register in order and finds ids that are there more than once.
fn settle<T>(entries: &mut [Entry<T>], sources: &[Source], problems: &mut Vec<Problem>) {
    entries.sort_by(|one, other| (&one.id, one.file).cmp(&(&other.id, other.file)));
    let mut files: BTreeMap<Text, Vec<FileId>> = BTreeMap::new();
    for entry in entries.iter() {
        files.entry(entry.id.clone()).or_default().push(entry.file);
    }
    for entry in entries {
        let same = files.get(&entry.id).map_or(&[][..], Vec::as_slice);
        let Some(other) = same.iter().find(|file| **file != entry.file) else { continue };
        let Some(other) = sources.get(other.0 as usize) else { continue };
        entry.sound = false;
        let message = format!("the id `{}` is also that of {}", entry.id, other.path);
        problems.push(
            Problem::new(ProblemName::DuplicateId, entry.file, Spot::File, message)
                .with_help("give one of the two files another name, or delete the one that is not needed"),
        );
    }
}

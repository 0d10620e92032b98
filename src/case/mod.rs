//! The case folder with its references linked: what a judgement stands on.

mod as_told;
mod attestation;
mod attestation_problems;
mod checks;
mod comments;
mod days;
mod duplicates;
mod id;
mod minutes;
mod nameable;
mod patient_data;
mod read;
mod references;
mod same;
mod unknown;
mod view;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

pub use attestation::{AttestationFault, Attestor, AttestorRole, LogAttestation};
#[cfg(feature = "disk")]
pub(crate) use attestation_problems::WHO_KNOWS;
pub(crate) use checks::set_levels;
#[cfg(feature = "cli")]
pub(crate) use comments::comments;
pub use id::{for_name as id_for_name, of as id_of};
pub use minutes::Minuted;
#[cfg(feature = "cli")]
pub(crate) use nameable::nameable;
#[cfg(feature = "cli")]
pub(crate) use patient_data::suspicions;
pub use read::{ReadTexts, identity, kind_of, read, read_both};
pub(crate) use same::Within;
pub(crate) use unknown::words;
pub use view::{ArrangementCase, GroupCase, Partner, StudentCase, SupervisionCase, SupervisorCase, WrgCase};

use crate::calendar::Day;
use crate::edition::{Parameters, Scheme};
use crate::problems::{Level, Problem};
use crate::records::{CommitteeMeeting, Course, Gwp, RecordKind, SessionLog, Student, Supervisor, Variation};
use crate::text::{FileId, Source, Text};

/// A record in the folder, whole or not.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    /// The id: the file's name without its ending.
    pub id: Text,
    /// The file.
    pub file: FileId,
    /// What was read; absent where the text gave no record at all. Used for judging only where `sound`.
    pub record: Option<Arc<T>>,
    /// Whether neither the text nor its references have an error.
    pub sound: bool,
}

impl<T> Entry<T> {
    /// The record where it has no error: all that anything may be judged, listed or exported from.
    pub fn used(&self) -> Option<&T> {
        self.record.as_deref().filter(|_| self.sound)
    }
}

/// Everything that was read from one folder.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// `gwp.toml`; absent where it has an error.
    pub gwp: Option<Gwp>,
    /// The file of `gwp.toml`.
    pub gwp_file: Option<FileId>,
    /// The courses, in order of id and then of file.
    pub courses: Vec<Entry<Course>>,
    /// The students, likewise.
    pub students: Vec<Entry<Student>>,
    /// The supervisors, likewise.
    pub supervisors: Vec<Entry<Supervisor>>,
    /// The session logs, likewise.
    pub logs: Vec<Entry<SessionLog>>,
    /// Meetings of committees, likewise; nothing in them is judged.
    pub meetings: Vec<Entry<CommitteeMeeting>>,
    /// Names and courses of students whose file gave no whole record, as far as they could be read, in order of
    /// file.
    pub glimpses: Vec<Glimpse>,
    /// What is wrong in single files.
    pub problems: Vec<Problem>,
}

impl Records {
    /// The edition of the folder: that of every course that names none.
    pub fn scheme(&self) -> Scheme {
        self.gwp.as_ref().and_then(|gwp| gwp.scheme).unwrap_or_default()
    }

    /// The edition that a course is judged by.
    pub fn scheme_of(&self, course: &Course) -> Scheme {
        course.scheme.unwrap_or_else(|| self.scheme())
    }

    /// The editions that the courses are judged by, each once, oldest first; without a course, that of the folder.
    pub fn schemes(&self) -> Vec<Scheme> {
        let of_courses = self.courses.iter().filter_map(|entry| entry.record.as_deref());
        let mut schemes: Vec<_> = of_courses.map(|course| self.scheme_of(course)).collect();
        if schemes.is_empty() {
            schemes.push(self.scheme());
        }
        schemes.sort_unstable();
        schemes.dedup();
        schemes
    }

    /// The courses that are judged by another edition than the folder's, by id.
    pub fn of_other_editions(&self) -> Vec<(&Text, Scheme)> {
        let courses = self.courses.iter().filter_map(|entry| Some((&entry.id, entry.record.as_deref()?)));
        let with_scheme = courses.map(|(id, course)| (id, self.scheme_of(course)));
        with_scheme.filter(|(_, scheme)| *scheme != self.scheme()).collect()
    }

    /// The parameters that the folder varies, for all of its courses.
    pub fn variations(&self) -> &[Variation] {
        self.gwp.as_ref().map_or(&[], |gwp| &gwp.variation)
    }

    /// The parameters in force for a course on a day.
    pub fn parameters_of(&self, course: &Course, on: Day) -> Parameters {
        Variation::parameters(self.variations(), self.scheme_of(course), on)
    }

    /// The kind, id and file of every record but the folder's own.
    pub fn ids(&self) -> Vec<(RecordKind, &Text, FileId)> {
        fn of<T>(kind: RecordKind, entries: &[Entry<T>]) -> impl Iterator<Item = (RecordKind, &Text, FileId)> {
            entries.iter().map(move |entry| (kind, &entry.id, entry.file))
        }
        of(RecordKind::Course, &self.courses)
            .chain(of(RecordKind::Student, &self.students))
            .chain(of(RecordKind::Supervisor, &self.supervisors))
            .chain(of(RecordKind::Session, &self.logs))
            .chain(of(RecordKind::Meeting, &self.meetings))
            .collect()
    }

    /// How many records are used: whole, without an error.
    pub fn used(&self) -> usize {
        fn sound<T>(entries: &[Entry<T>]) -> usize {
            entries.iter().filter(|entry| entry.sound && entry.record.is_some()).count()
        }
        usize::from(self.gwp.is_some())
            + sound(&self.courses)
            + sound(&self.students)
            + sound(&self.supervisors)
            + sound(&self.logs)
            + sound(&self.meetings)
    }
}

/// What could be read of a student whose file gave no whole record.
#[derive(Clone, Debug)]
pub struct Glimpse {
    /// The student's file.
    pub file: FileId,
    /// The student's name.
    pub name: Option<Text>,
    /// The id of the course.
    pub course: Option<Text>,
}

/// The folder with every reference linked and every record checked.
#[derive(Debug)]
pub struct Case {
    /// What was read, with all that is wrong in it.
    pub records: Records,
    index: Index,
    /// For each student, the files with an error for which nothing can be judged.
    unknown: Vec<Vec<FileId>>,
    /// For each sound supervision log, the students whom it names as supervisees, throughout or at times, each once,
    /// in order.
    supervisees: Vec<Vec<usize>>,
    /// For each student, the sound supervision logs that name the student as a supervisee.
    supervisions: Vec<Vec<usize>>,
    /// For each group's log, those of its conductors who have an arrangement with it, with the position of the
    /// arrangement.
    partners: HashMap<usize, Vec<(usize, usize)>>,
    /// For each log and each of its entries, the day on which it was first confirmed as it says now.
    attested: Vec<Vec<Option<Day>>>,
}

impl Case {
    /// Links what was read from `sources` and checks it. `holds` tells whether a path below the case folder is
    /// an existing file inside it; it is asked for scanned documents only.
    pub fn link(mut records: Records, sources: &[Source], holds: &dyn Fn(&str) -> bool) -> Self {
        let index = Index::of(&records);
        checks::check(&mut records, &index, sources, holds);
        let unknown = unknown::students(&records, &index, sources);
        let mut supervisees = vec![Vec::new(); records.logs.len()];
        let mut supervisions = vec![Vec::new(); records.students.len()];
        for (position, entry) in records.logs.iter().enumerate().filter(|(_, entry)| entry.sound) {
            let Some(log) = entry.record.as_deref().and_then(SessionLog::supervision) else { continue };
            let at_times = log.supervisee_periods.iter().map(|period| &period.who);
            let ids = log.supervisees.iter().chain(at_times);
            let mut named: Vec<usize> = ids.filter_map(|id| index.student(id)).collect();
            named.sort_unstable();
            named.dedup();
            for &student in &named {
                supervisions[student].push(position);
            }
            supervisees[position] = named;
        }
        let mut partners: HashMap<usize, Vec<(usize, usize)>> = HashMap::new();
        for (student, entry) in records.students.iter().enumerate().filter(|(_, entry)| entry.sound) {
            for (position, arrangement) in
                entry.record.as_deref().into_iter().flat_map(|record| &record.arrangement).enumerate()
            {
                let Some(log) = index.log(&arrangement.group) else { continue };
                let Some(group) = records.logs[log].record.as_deref().and_then(SessionLog::group) else { continue };
                if group.conductors.contains(&entry.id) {
                    partners.entry(log).or_default().push((student, position));
                }
            }
        }
        let attested = records.logs.iter().map(|entry| records.attestation(entry).since).collect();
        Self { records, index, unknown, supervisees, supervisions, partners, attested }
    }
}

impl Case {
    /// The errors for which the student whose record is a file cannot be judged, in order of file and place.
    pub fn errors_before(&self, student: FileId) -> impl Iterator<Item = &Problem> {
        let position = self.records.students.iter().position(|entry| entry.file == student);
        let files = position.and_then(|position| self.unknown.get(position)).map_or(&[][..], Vec::as_slice);
        let is_meant = |problem: &&Problem| problem.level == Level::Error && files.contains(&problem.file);
        self.records.problems.iter().filter(is_meant)
    }

    /// A student's name, where it could be read.
    pub fn name_of<'c>(&'c self, entry: &'c Entry<Student>) -> Option<&'c Text> {
        match entry.record.as_deref() {
            Some(record) => Some(&record.name),
            None => self.glimpse(entry.file)?.name.as_ref(),
        }
    }

    /// The id of a student's course, where it could be read.
    pub fn course_of<'c>(&'c self, entry: &'c Entry<Student>) -> Option<&'c Text> {
        match entry.record.as_deref() {
            Some(record) => Some(&record.course),
            None => self.glimpse(entry.file)?.course.as_ref(),
        }
    }

    fn glimpse(&self, file: FileId) -> Option<&Glimpse> {
        let found = self.records.glimpses.binary_search_by_key(&file, |glimpse| glimpse.file);
        found.ok().map(|position| &self.records.glimpses[position])
    }

    /// The earliest LCC meeting on or after a day, of the folder and of those of its courses that are asked about.
    pub fn next_lcc(&self, from: Day, of_course: &dyn Fn(&Text) -> bool) -> Option<Day> {
        let courses = self.records.courses.iter().filter(|entry| of_course(&entry.id));
        let of_courses = courses.filter_map(|entry| entry.record.as_deref());
        let of_folder = self.records.gwp.iter().flat_map(|gwp| &gwp.lcc_meetings);
        of_courses.flat_map(|course| &course.lcc_meetings).chain(of_folder).copied().filter(|day| *day >= from).min()
    }
}

/// The position of every id in its register. An id that two records share leads to the first of them.
#[derive(Debug, Default)]
pub struct Index {
    courses: HashMap<Text, usize>,
    students: HashMap<Text, usize>,
    supervisors: HashMap<Text, usize>,
    logs: HashMap<Text, usize>,
}

impl Index {
    fn of(records: &Records) -> Self {
        fn positions<T>(entries: &[Entry<T>]) -> HashMap<Text, usize> {
            entries.iter().enumerate().rev().map(|(position, entry)| (entry.id.clone(), position)).collect()
        }
        Self {
            courses: positions(&records.courses),
            students: positions(&records.students),
            supervisors: positions(&records.supervisors),
            logs: positions(&records.logs),
        }
    }

    /// The course with an id.
    pub fn course(&self, id: &Text) -> Option<usize> {
        self.courses.get(id).copied()
    }

    /// The student with an id.
    pub fn student(&self, id: &Text) -> Option<usize> {
        self.students.get(id).copied()
    }

    /// The supervisor with an id.
    pub fn supervisor(&self, id: &Text) -> Option<usize> {
        self.supervisors.get(id).copied()
    }

    /// The session log with an id.
    pub fn log(&self, id: &Text) -> Option<usize> {
        self.logs.get(id).copied()
    }
}

//! Whom a record is about, by all that was ever written in it.
//!
//! A case as it is now says which records it rests on now. What was struck out of a log, or a supervisor who was
//! exchanged, is found only in older texts: every text that a record ever had is looked at, sound or not.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use crate::case::{id_of, kind_of, words};
use crate::diff::value_of;
use crate::records::RecordKind;
use crate::text::{Source, Text};

/// Which records a student's case has rested on, at any time.
#[derive(Clone, Debug, Default)]
pub struct Concerns {
    /// Where the records with an id were.
    paths: HashMap<(RecordKind, Text), BTreeSet<Text>>,
    /// What the records of the students with an id named.
    students: HashMap<Text, Named>,
    /// What the records of the supervisors with an id named.
    supervisors: HashMap<Text, Named>,
    /// What a log named, by path.
    logs: HashMap<Text, Named>,
    /// The logs that named a student as theirs.
    logs_of: HashMap<Text, BTreeSet<Text>>,
    /// The logs in whose text an id of a student or a supervisor stood, wherever: one that cannot be used may be about
    /// any of them.
    logs_with: HashMap<Text, BTreeSet<Text>>,
    /// Logs that could not even be read: they may be about everybody.
    unreadable: BTreeSet<Text>,
    /// For a student's id the ids that the student had before.
    former: HashMap<Text, BTreeSet<Text>>,
}

/// The ids that were named in a record.
#[derive(Clone, Debug, Default)]
struct Named {
    students: BTreeSet<Text>,
    supervisors: BTreeSet<Text>,
    groups: BTreeSet<Text>,
    courses: BTreeSet<Text>,
    /// Those who were absent from a session.
    absent: BTreeSet<Text>,
    /// The student's own addresses, or the supervisor's.
    addresses: BTreeSet<Text>,
}

impl Concerns {
    /// Takes note of a path that was there. All paths come before all texts.
    pub fn add_path(&mut self, path: &Text) {
        if let Some(kind) = kind_of(path.raw()) {
            self.paths.entry((kind, id_of(path.raw()))).or_default().insert(path.clone());
        }
    }

    /// Takes note of a text that a student's or a supervisor's record or a session log had; of other records only the
    /// path matters.
    pub fn add(&mut self, source: &Source) {
        let path = &source.path;
        match kind_of(path.raw()) {
            Some(RecordKind::Student) => {
                self.students.entry(id_of(path.raw())).or_default().take(source);
            }
            Some(RecordKind::Supervisor) => {
                self.supervisors.entry(id_of(path.raw())).or_default().take(source);
            }
            Some(RecordKind::Session) => {
                match &source.content {
                    Ok(text) => self.add_words(path, text),
                    Err(_) => drop(self.unreadable.insert(path.clone())),
                }
                let log = self.logs.entry(path.clone()).or_default();
                log.take(source);
                for student in &log.students {
                    self.logs_of.entry(student.clone()).or_default().insert(path.clone());
                }
            }
            _ => {}
        }
    }

    fn add_words(&mut self, path: &Text, text: &str) {
        for word in words(text) {
            let word = Text::new(word);
            let is_there = |kind| self.paths.contains_key(&(kind, word.clone()));
            if is_there(RecordKind::Student) || is_there(RecordKind::Supervisor) {
                self.logs_with.entry(word).or_default().insert(path.clone());
            }
        }
    }

    /// Takes note of a student's record that was given another id.
    pub fn add_renamed(&mut self, former: Text, now: Text) {
        if former != now {
            self.former.entry(now).or_default().insert(former);
        }
    }

    /// The ids of all students who ever were there, in order.
    pub fn students(&self) -> BTreeSet<&Text> {
        self.paths.keys().filter(|(kind, _)| *kind == RecordKind::Student).map(|(_, id)| id).collect()
    }

    /// The ids that a student's record was given in place of this one, in order.
    pub fn later_ids(&self, student: &Text) -> BTreeSet<&Text> {
        self.former.iter().filter(|(_, former)| former.contains(student)).map(|(now, _)| now).collect()
    }

    /// The id and those that the student had before.
    pub fn ids_of(&self, student: &Text) -> BTreeSet<Text> {
        let mut ids = BTreeSet::from([student.clone()]);
        let mut waiting = vec![student];
        while let Some(id) = waiting.pop() {
            for former in self.former.get(id).into_iter().flatten() {
                if ids.insert(former.clone()) {
                    waiting.push(former);
                }
            }
        }
        ids
    }

    /// The paths of the records that a student's case has rested on: the student's own, the logs of the groups and of
    /// the supervision, the supervisors, the courses, and the folder's own.
    pub fn files_of(&self, student: &Text) -> BTreeSet<Text> {
        let mut files: BTreeSet<Text> = self.at(RecordKind::Gwp, &Text::new("gwp")).cloned().collect();
        let mut supervisors: BTreeSet<&Text> = BTreeSet::new();
        for id in &self.ids_of(student) {
            files.extend(self.at(RecordKind::Student, id).cloned());
            files.extend(self.logs_of.get(id).into_iter().flatten().cloned());
            let Some(named) = self.students.get(id) else { continue };
            files.extend(named.groups.iter().flat_map(|group| self.at(RecordKind::Session, group)).cloned());
            files.extend(named.courses.iter().flat_map(|course| self.at(RecordKind::Course, course)).cloned());
            supervisors.extend(&named.supervisors);
        }
        supervisors.extend(files.iter().filter_map(|path| self.logs.get(path)).flat_map(|log| &log.supervisors));
        let of_supervisors: Vec<Text> =
            supervisors.into_iter().flat_map(|id| self.at(RecordKind::Supervisor, id)).cloned().collect();
        files.extend(of_supervisors);
        files
    }

    /// The paths of the records that a judgement of a student can have looked at: with those of the students who
    /// conducted the same groups, with every log in which the student or a supervisor is named in whatever place, and
    /// with whomever these logs name.
    pub fn files_judged_with(&self, student: &Text) -> BTreeSet<Text> {
        let mut files = self.files_of(student);
        let others: BTreeSet<&Text> =
            files.iter().filter_map(|path| self.logs.get(path)).flat_map(|log| &log.students).collect();
        let of_others: Vec<Text> = others.into_iter().flat_map(|other| self.files_of(other)).collect();
        files.extend(of_others);
        for id in &self.ids_of(student) {
            let supervisors = self.students.get(id).into_iter().flat_map(|named| &named.supervisors);
            let sought = supervisors.chain([id]);
            files.extend(sought.filter_map(|word| self.logs_with.get(word)).flatten().cloned());
        }
        files.extend(self.unreadable.iter().cloned());
        // A log that names somebody who is not there has an error.
        let logs = files.iter().filter_map(|path| self.logs.get(path));
        let named: Vec<Text> = logs
            .flat_map(|log| {
                let students = log.students.iter().chain(&log.absent);
                let students = students.flat_map(|id| self.at(RecordKind::Student, id));
                students.chain(log.supervisors.iter().flat_map(|id| self.at(RecordKind::Supervisor, id)))
            })
            .cloned()
            .collect();
        files.extend(named);
        files
    }

    /// The paths of a student's own records.
    pub fn records_of(&self, student: &Text) -> impl Iterator<Item = &Text> {
        self.at(RecordKind::Student, student)
    }

    /// The students whom a log has named as theirs.
    pub fn students_of_log(&self, path: &Text) -> BTreeSet<Text> {
        self.logs.get(path).map(|log| log.students.clone()).unwrap_or_default()
    }

    /// The e-mail addresses that a student's record has given.
    pub fn addresses_of(&self, student: &Text) -> impl Iterator<Item = &Text> {
        self.students.get(student).into_iter().flat_map(|named| &named.addresses)
    }

    /// The e-mail addresses that a supervisor's record has given.
    pub fn addresses_of_supervisor(&self, supervisor: &Text) -> impl Iterator<Item = &Text> {
        self.supervisors.get(supervisor).into_iter().flat_map(|named| &named.addresses)
    }

    /// The e-mail addresses that the records of supervisors have given.
    pub fn addresses_of_supervisors(&self) -> impl Iterator<Item = &Text> {
        self.supervisors.values().flat_map(|named| &named.addresses)
    }

    /// For every path the students whose cases have rested on the record there.
    pub fn students_by_file(&self) -> BTreeMap<Text, BTreeSet<Text>> {
        let mut by_file: BTreeMap<Text, BTreeSet<Text>> = BTreeMap::new();
        for student in self.students() {
            for file in self.files_of(student) {
                by_file.entry(file).or_default().insert(student.clone());
            }
        }
        by_file
    }

    fn at(&self, kind: RecordKind, id: &Text) -> impl Iterator<Item = &Text> {
        self.paths.get(&(kind, id.clone())).into_iter().flatten()
    }
}

impl Named {
    fn take(&mut self, source: &Source) {
        let Some(value) = value_of(source) else { return };
        let lists = |key: &str| value.get(key).and_then(Value::as_array).into_iter().flatten();
        let text = |value: Option<&Value>| value.and_then(Value::as_str).map(Text::new);
        self.courses.extend(text(value.get("course")));
        self.addresses.extend(text(value.get("email")));
        self.supervisors.extend(text(value.get("supervisor")));
        for entry in lists("arrangement").chain(lists("wrg")) {
            self.groups.extend(text(entry.get("group")));
            self.supervisors.extend(text(entry.get("supervisor")));
        }
        self.supervisors.extend(lists("report").filter_map(|entry| text(entry.get("by"))));
        let absent = lists("sessions").filter_map(|entry| entry.get("absent")?.as_array()).flatten();
        self.absent.extend(absent.filter_map(|id| text(Some(id))));
        self.students.extend(lists("conductors").chain(lists("supervisees")).filter_map(|id| text(Some(id))));
    }
}

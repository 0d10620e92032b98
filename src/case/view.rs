//! One student's case: the record and all that it refers to.

use super::Case;
use crate::calendar::{Day, Period};
use crate::edition::{Parameters, Scheme};
use crate::records::{Arrangement, Course, GroupLog, Student, SupervisionLog, Supervisor, Variation, Wrg};
use crate::text::{FileId, Text};

/// A student with everything that the judgement looks at.
#[derive(Clone, Debug)]
pub struct StudentCase<'a> {
    /// The student's id.
    pub id: &'a Text,
    /// The student's file.
    pub file: FileId,
    /// The student's record.
    pub record: &'a Student,
    /// The id of the course.
    pub course_id: &'a Text,
    /// The course's file.
    pub course_file: FileId,
    /// The course.
    pub course: &'a Course,
    /// The edition that the course is judged by.
    pub scheme: Scheme,
    /// The parameters that the folder varies.
    pub variations: &'a [Variation],
    /// The folder's own LCC meetings, and the file that lists them.
    pub folder_meetings: (Option<FileId>, &'a [Day]),
    /// The arrangements, in the order of the file.
    pub arrangements: Vec<ArrangementCase<'a>>,
    /// The groups of the arrangements, each once, in order of id.
    pub groups: Vec<GroupCase<'a>>,
    /// The Work Reflection Groups, in the order of the file.
    pub wrg: Vec<WrgCase<'a>>,
    /// The supervision logs that name the student as a supervisee, in order of id.
    pub supervisions: Vec<SupervisionCase<'a>>,
}

/// An arrangement with what it refers to.
#[derive(Clone, Debug)]
pub struct ArrangementCase<'a> {
    /// Its position among the student's arrangements.
    pub index: usize,
    /// The arrangement.
    pub record: &'a Arrangement,
    /// The position of its group in [`StudentCase::groups`].
    pub group: usize,
    /// The workplace supervisor.
    pub supervisor: SupervisorCase<'a>,
}

/// A supervisor.
#[derive(Clone, Copy, Debug)]
pub struct SupervisorCase<'a> {
    /// The supervisor's id.
    pub id: &'a Text,
    /// The supervisor's file.
    pub file: FileId,
    /// The supervisor's record.
    pub record: &'a Supervisor,
}

/// A group's log.
#[derive(Clone, Debug)]
pub struct GroupCase<'a> {
    /// The log's id.
    pub id: &'a Text,
    /// The log's file.
    pub file: FileId,
    /// The log.
    pub log: &'a GroupLog,
    /// For each of its sessions, the day on which it was first confirmed as it says now.
    pub attested: &'a [Option<Day>],
    /// Arrangements of other conductors of the log with this group, in order of student; those that were given up
    /// among them.
    pub all_partners: Vec<Partner<'a>>,
}

/// Another student's arrangement with the same group.
#[derive(Clone, Copy, Debug)]
pub struct Partner<'a> {
    /// The other student, as a position among the students.
    pub student: usize,
    /// The other student's id.
    pub id: &'a Text,
    /// The other student's file.
    pub file: FileId,
    /// The position of the arrangement in it.
    pub index: usize,
    /// The arrangement.
    pub arrangement: &'a Arrangement,
}

/// A Work Reflection Group of the student, with its supervisor.
#[derive(Clone, Debug)]
pub struct WrgCase<'a> {
    /// Its position among the student's entries.
    pub index: usize,
    /// The entry.
    pub record: &'a Wrg,
    /// The WRG supervisor.
    pub supervisor: SupervisorCase<'a>,
}

/// A supervision log that names the student.
#[derive(Clone, Copy, Debug)]
pub struct SupervisionCase<'a> {
    /// The log's id.
    pub id: &'a Text,
    /// The log's file.
    pub file: FileId,
    /// The log.
    pub log: &'a SupervisionLog,
    /// For each of its meetings, the day on which it was first confirmed as it says now.
    pub attested: &'a [Option<Day>],
    /// The students whom it names, as positions among the students, in order.
    pub supervisees: &'a [usize],
}

impl<'a> GroupCase<'a> {
    /// The arrangements of other conductors that had not been given up by a day.
    pub fn partners(&self, by: Day) -> impl Iterator<Item = &Partner<'a>> {
        self.all_partners.iter().filter(move |partner| !partner.arrangement.is_withdrawn(by))
    }
}

impl StudentCase<'_> {
    /// The parameters in force on a day.
    pub fn parameters(&self, on: Day) -> Parameters {
        Variation::parameters(self.variations, self.scheme, on)
    }

    /// The arrangements that had not been given up by a day, in the order of the file.
    pub fn standing(&self, by: Day) -> impl Iterator<Item = &ArrangementCase<'_>> {
        self.arrangements.iter().filter(move |one| !one.record.is_withdrawn(by))
    }

    /// The last day of the leave that the student is on, on a day.
    pub fn leave_until(&self, on: Day) -> Option<Day> {
        let covering = self.record.leave.iter().filter(|leave| leave.period().covers(on));
        covering.map(|leave| leave.until).max()
    }

    /// The day from which an arrangement is known: the earliest of its beginning, its confirmation, its proposal
    /// and, for the first in the file, the day on which GWP Form 1 was submitted.
    pub fn known(&self, arrangement: &ArrangementCase<'_>) -> Day {
        let record = arrangement.record;
        let submitted = self.record.form1.as_ref().and_then(|form1| form1.submitted);
        let submitted = submitted.filter(|_| arrangement.index == 0);
        [record.confirmed, record.proposed, submitted].into_iter().flatten().fold(record.from, Day::min)
    }

    /// The days on which a WRG entry holds: without a last day of its own it ends with the course.
    pub fn wrg_period(&self, wrg: &WrgCase<'_>) -> Period {
        Period { from: wrg.record.from, until: Some(wrg.record.until.unwrap_or(self.course.ends)) }
    }
}

impl Case {
    /// The case of the student at a position of [`super::Records::students`]; none where part of the evidence
    /// cannot be used, so that nothing can be judged.
    pub fn student(&self, position: usize) -> Option<StudentCase<'_>> {
        if self.unknown.get(position).is_none_or(|files| !files.is_empty()) {
            return None;
        }
        let entry = &self.records.students[position];
        let record = entry.used()?;
        let course = &self.records.courses[self.index.course(&record.course)?];
        let mut groups: Vec<(usize, GroupCase<'_>)> = Vec::new();
        for arrangement in &record.arrangement {
            let log = self.index.log(&arrangement.group)?;
            if !groups.iter().any(|(known, _)| *known == log) {
                groups.push((log, self.group(log, position)?));
            }
        }
        groups.sort_by(|(_, one), (_, other)| one.id.cmp(other.id));
        let arrangements = record
            .arrangement
            .iter()
            .enumerate()
            .map(|(index, arrangement)| {
                let log = self.index.log(&arrangement.group)?;
                let group = groups.iter().position(|(known, _)| *known == log)?;
                Some(ArrangementCase {
                    index,
                    record: arrangement,
                    group,
                    supervisor: self.supervisor(&arrangement.supervisor)?,
                })
            })
            .collect::<Option<Vec<_>>>()?;
        let wrg = record
            .wrg
            .iter()
            .enumerate()
            .map(|(index, wrg)| Some(WrgCase { index, record: wrg, supervisor: self.supervisor(&wrg.supervisor)? }))
            .collect::<Option<Vec<_>>>()?;
        let supervisions = self.supervisions[position]
            .iter()
            .filter_map(|&log| {
                let (entry, supervisees) = (&self.records.logs[log], &*self.supervisees[log]);
                let attested = &*self.attested[log];
                let log = entry.used()?.supervision()?;
                Some(SupervisionCase { id: &entry.id, file: entry.file, log, attested, supervisees })
            })
            .collect();
        let gwp = self.records.gwp.as_ref();
        let course_record = course.used()?;
        Some(StudentCase {
            id: &entry.id,
            file: entry.file,
            record,
            course_id: &course.id,
            course_file: course.file,
            course: course_record,
            scheme: self.records.scheme_of(course_record),
            variations: self.records.variations(),
            folder_meetings: (self.records.gwp_file, gwp.map_or(&[], |gwp| &gwp.lcc_meetings)),
            arrangements,
            groups: groups.into_iter().map(|(_, group)| group).collect(),
            wrg,
            supervisions,
        })
    }

    fn supervisor(&self, id: &Text) -> Option<SupervisorCase<'_>> {
        let entry = &self.records.supervisors[self.index.supervisor(id)?];
        Some(SupervisorCase { id: &entry.id, file: entry.file, record: entry.used()? })
    }

    fn group(&self, position: usize, student: usize) -> Option<GroupCase<'_>> {
        let entry = &self.records.logs[position];
        let log = entry.used()?.group()?;
        let partners = self
            .partners
            .get(&position)
            .into_iter()
            .flatten()
            .filter(|&&(other, _)| other != student)
            .filter_map(|&(other, index)| {
                let entry = &self.records.students[other];
                let arrangement = entry.used()?.arrangement.get(index)?;
                Some(Partner { student: other, id: &entry.id, file: entry.file, index, arrangement })
            })
            .collect();
        let attested = &*self.attested[position];
        Some(GroupCase { id: &entry.id, file: entry.file, log, attested, all_partners: partners })
    }
}

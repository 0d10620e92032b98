//! Until when the records of each person are kept.

use std::collections::BTreeMap;

use crate::calendar::Day;
use crate::folder::{JudgedFolder, Selection};
use crate::judgement::{Judgement, Verdict};
use crate::records::{Body, Matter, RecordKind, Student};
use crate::text::Text;

/// From which day on the time counts for which records are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// The SPC awarded the status.
    Award,
    /// The student left the course.
    Withdrawal,
    /// The limit by which the status could be reached.
    Limit,
    /// Of a supervisor: the last of the students is kept no longer.
    LastStudent,
}

impl Since {
    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Award => "award",
            Self::Withdrawal => "withdrawal",
            Self::Limit => "limit",
            Self::LastStudent => "last-student",
        }
    }
}

/// Until when the records of somebody are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// A student or a supervisor.
    pub kind: RecordKind,
    /// The id.
    pub id: Text,
    /// The name; the id, where it cannot be read.
    pub name: Text,
    /// From what on the time counts.
    pub since: Since,
    /// The day of that.
    pub ended: Day,
    /// The last day on which the records are kept.
    pub until: Day,
}

impl Kept {
    /// Whether the time is over on a day: it is not on the last day itself.
    pub fn is_past(&self, on: Day) -> bool {
        self.until < on
    }
}

/// Until when the records of everybody in a folder are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// Everybody of whom it can be said, in order of the day.
    pub kept: Vec<Kept>,
    /// The students who cannot be judged, so that nobody knows when their time begins.
    pub unjudged: Vec<Text>,
    /// The supervisors whom the records of no student name.
    pub unnamed: Vec<Text>,
}

impl Retention {
    /// Everybody of a folder whose records are kept for so many years.
    pub fn of(judged: &JudgedFolder<'_>, years: u32) -> Self {
        let mut all = Self::default();
        judged.roster(&Selection::default(), &mut |result, judgement| match judgement {
            Some(judgement) => {
                let (since, ended) = end(judgement);
                let (id, name) = (result.id.clone(), result.name.unwrap_or(result.id).clone());
                let until = ended.plus_years(years);
                all.kept.push(Kept { kind: RecordKind::Student, id, name, since, ended, until });
            }
            None => all.unjudged.push(result.id.clone()),
        });
        all.add_supervisors(judged);
        all.kept.sort_by(|one, other| (one.until, &one.id).cmp(&(other.until, &other.id)));
        all
    }

    /// A supervisor is kept as long as any student whose record names them.
    fn add_supervisors(&mut self, judged: &JudgedFolder<'_>) {
        let records = &judged.folder.case.records;
        let until: BTreeMap<&Text, Day> = self.kept.iter().map(|kept| (&kept.id, kept.until)).collect();
        let mut found = Vec::new();
        for entry in &records.supervisors {
            let mut students = records
                .students
                .iter()
                .filter(|student| student.record.as_deref().is_none_or(|record| names(record, &entry.id)));
            // One whose record cannot be read may name anybody.
            let last = students.try_fold(None, |last, student| Some(last.max(Some(*until.get(&student.id)?))));
            let name = entry.record.as_deref().map_or(&entry.id, |record| &record.name).clone();
            match last {
                Some(Some(ended)) => found.push(Kept {
                    kind: RecordKind::Supervisor,
                    id: entry.id.clone(),
                    name,
                    since: Since::LastStudent,
                    ended,
                    until: ended,
                }),
                Some(None) => self.unnamed.push(entry.id.clone()),
                None => {}
            }
        }
        self.kept.extend(found);
    }
}

fn names(record: &Student, supervisor: &Text) -> bool {
    let of_arrangements = record.arrangement.iter().map(|arrangement| &arrangement.supervisor);
    let of_wrgs = record.wrg.iter().map(|wrg| &wrg.supervisor);
    let of_reports = record.report.iter().filter_map(|report| report.by.as_ref());
    of_arrangements.chain(of_wrgs).chain(of_reports).any(|id| id == supervisor)
}

/// From what day on the time of a student counts.
fn end(judgement: &Judgement<'_>) -> (Since, Day) {
    let facts = &judgement.facts;
    let award = || facts.latest_decision(Matter::Award, Body::Spc).map(|decided| decided.decision.date);
    let withdrawn = || facts.case.record.withdrawn.filter(|day| *day <= facts.as_of);
    match judgement.verdict {
        Verdict::Awarded => award().map(|day| (Since::Award, day)),
        _ => withdrawn().map(|day| (Since::Withdrawal, day)),
    }
    .unwrap_or((Since::Limit, facts.limit))
}

//! Everything owed in a folder, in order of date.

use std::collections::{BTreeMap, BTreeSet};

use super::{Judgement, Obligation, ObligationKind, StudentResult, Verdict, Which};
use crate::calendar::Day;
use crate::case::{Case, StudentCase};
use crate::requirements::requirement;
use crate::text::Text;

/// An obligation with whom it is about.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// The student; none for a meeting of the LCC, which is about all of a course.
    pub student: Option<StudentName<'a>>,
    /// The id of the course, where it could be read.
    pub course: Option<&'a Text>,
    /// The student's case.
    pub case: Option<&'a StudentCase<'a>>,
    /// What is owed.
    pub obligation: Obligation<'a>,
}

/// A student's id and name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StudentName<'a> {
    /// The id.
    pub id: &'a Text,
    /// The name, where it could be read.
    pub name: Option<&'a Text>,
}

impl<'a> Item<'a> {
    /// An obligation of a student.
    pub fn of(result: &StudentResult<'a>, obligation: Obligation<'a>) -> Self {
        let student = StudentName { id: result.id, name: result.name };
        Self { student: Some(student), course: result.course, case: result.case, obligation }
    }

    /// The name of the item: the same on every day, whatever date is moved. Unique in its folder.
    pub fn key(&self) -> String {
        let of = self.student.map(|student| student.id).or(self.course).map(Text::to_string).unwrap_or_default();
        format!("{of}/{}{}", self.obligation.kind.word(), self.obligation.which)
    }

    /// The heading in the source under which its requirement stands.
    pub fn heading(&self) -> Option<&'static str> {
        Some(&self.case?.scheme.edition().clause(self.obligation.kind.code()?).heading)
    }

    /// What its requirement asks, as of a day.
    pub fn asks(&self, as_of: Day) -> Option<String> {
        let case = self.case?;
        let requirement = requirement(self.obligation.kind.code()?);
        Some(requirement.clause(case.scheme, &case.parameters(as_of)).asks)
    }

    /// The student's name, or the id where no name could be read.
    pub fn student_shown(&self) -> Option<&'a Text> {
        self.student.map(|student| student.name.unwrap_or(student.id))
    }
}

/// The obligations of the students of a folder and the meetings of the LCC that are to come, collected student by
/// student.
#[derive(Debug)]
pub struct Schedule<'a> {
    as_of: Day,
    items: Vec<Item<'a>>,
    /// The courses of the students, and whether the case of one of them goes on or is not known.
    courses: BTreeMap<&'a Text, bool>,
}

impl<'a> Schedule<'a> {
    /// Nothing yet, as of a day.
    pub fn new(as_of: Day) -> Self {
        Self { as_of, items: Vec::new(), courses: BTreeMap::new() }
    }

    /// Adds what a student owes and owed.
    pub fn add(&mut self, result: &StudentResult<'a>, judgement: Option<&Judgement<'a>>) {
        if let Some(course) = result.course {
            *self.courses.entry(course).or_default() |= result.verdict.goes_on() || result.verdict == Verdict::Unknown;
        }
        let obligations = judgement.map(Judgement::obligations).unwrap_or_default();
        self.items.extend(obligations.iter().map(|one| Item::of(result, one.clone())));
    }

    /// All items in the order of due date, student, kind, group and file, those that are no longer owed among them;
    /// with the meetings of the LCC from the day on, for each course of the students that has not ended or in which the
    /// case of one of them goes on: the committee meets, whoever has left.
    pub fn items(mut self, case: &'a Case) -> Vec<Item<'a>> {
        let of_folder = case.records.gwp.as_ref().map_or(&[][..], |gwp| &gwp.lcc_meetings);
        for (&id, &goes_on) in &self.courses {
            let named = case.records.courses.iter().filter(|entry| entry.id == *id);
            let named: Vec<_> = named.filter_map(|entry| entry.record.as_deref()).collect();
            if !named.first().is_some_and(|course| goes_on || self.as_of <= course.ends) {
                continue;
            }
            let of_course = named.iter().flat_map(|course| &course.lcc_meetings);
            let meetings: BTreeSet<Day> = of_course.chain(of_folder).copied().collect();
            let (mut year, mut number) = (None, 0);
            for due in meetings {
                number = if year == Some(due.year()) { number + 1 } else { 1 };
                year = Some(due.year());
                if due >= self.as_of {
                    let meeting = Obligation {
                        due: Some(due),
                        kind: ObligationKind::LccMeeting,
                        which: Which::OfYear(due.year(), number),
                        group: None,
                        from: None,
                        why: String::new(),
                        owed: true,
                    };
                    self.items.push(Item { student: None, course: Some(id), case: None, obligation: meeting });
                }
            }
        }
        let order = |item: &Item<'a>| {
            let Obligation { kind, group, .. } = item.obligation;
            (item.obligation.place_in_time(), item.student.map(|student| student.id), kind, group)
        };
        self.items.sort_by(|one, other| order(one).cmp(&order(other)));
        self.items
    }
}

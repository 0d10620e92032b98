//! Everything owed in a folder, in order of date.

use std::collections::BTreeSet;

use super::{Judgement, Obligation, ObligationKind, Person, Standing, Verdict, Which};
use crate::calendar::Day;
use crate::case::Case;
use crate::text::Text;

/// An obligation with whom it is about.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// The student; none for a meeting of the LCC, which is about all of a course.
    pub student: Option<StudentName<'a>>,
    /// The id of the course, where it could be read.
    pub course: Option<&'a Text>,
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
    pub fn of(standing: &Standing<'a>, obligation: Obligation<'a>) -> Self {
        let student = StudentName { id: standing.id, name: standing.name };
        Self { student: Some(student), course: standing.course, obligation }
    }

    /// The name of the item: the same on every day, whatever date is moved. Unique in its folder.
    pub fn key(&self) -> String {
        let of = self.student.map(|student| student.id).or(self.course).map(Text::to_string).unwrap_or_default();
        format!("{of}/{}{}", self.obligation.kind.word(), self.obligation.which)
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
    courses: BTreeSet<&'a Text>,
}

impl<'a> Schedule<'a> {
    /// Nothing yet, as of a day.
    pub fn new(as_of: Day) -> Self {
        Self { as_of, items: Vec::new(), courses: BTreeSet::new() }
    }

    /// Adds what a student owes and owed.
    pub fn add(&mut self, standing: &Standing<'a>, judgement: Option<&Judgement<'a>>) {
        if standing.verdict.goes_on() || standing.verdict == Verdict::Unknown {
            self.courses.extend(standing.course);
        }
        let obligations = judgement.map(Judgement::obligations).unwrap_or_default();
        self.items.extend(obligations.into_iter().map(|one| Item::of(standing, one)));
    }

    /// All items in the order of due date, student, kind, group and file, those that are no longer owed among them;
    /// with the meetings of the LCC from the day on, for each course of a student whose case goes on.
    pub fn items(mut self, case: &'a Case) -> Vec<Item<'a>> {
        let of_folder = case.records.gwp.as_ref().map_or(&[][..], |gwp| &gwp.lcc_meetings);
        for entry in case.records.courses.iter().filter(|entry| self.courses.contains(&entry.id)) {
            let Some(course) = entry.record.as_ref() else { continue };
            let meetings: BTreeSet<Day> = course.lcc_meetings.iter().chain(of_folder).copied().collect();
            let (mut year, mut number) = (None, 0);
            for day in meetings {
                number = if year == Some(day.year()) { number + 1 } else { 1 };
                year = Some(day.year());
                if day >= self.as_of {
                    let obligation = Obligation {
                        due: day,
                        kind: ObligationKind::LccMeeting,
                        which: Which::OfYear(day.year(), number),
                        group: None,
                        from: Some(Person::of_course(course)),
                        why: String::new(),
                        owed: true,
                    };
                    self.items.push(Item { student: None, course: Some(&entry.id), obligation });
                }
            }
        }
        let order = |item: &Item<'a>| {
            let Obligation { due, kind, group, .. } = item.obligation;
            (due, item.student.map(|student| student.id), kind, group)
        };
        self.items.sort_by(|one, other| order(one).cmp(&order(other)));
        self.items
    }
}

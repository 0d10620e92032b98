//! A folder as of a day.

use super::{CommandLine, Folder, Selection};
use crate::calendar::Day;
use crate::case::{self, StudentCase};
use crate::edition::Scheme;
use crate::judgement::{Judgement, Roster, StudentResult, decision_order};
use crate::problems::Problem;
use crate::records::Variation;
use crate::text::Locator;

/// A folder as of a day: what it is judged by, and every student's case.
#[derive(Debug)]
pub struct JudgedFolder<'f> {
    /// The folder.
    pub folder: &'f Folder,
    /// The day as of which it is judged.
    pub as_of: Day,
    /// The variations in force on the day, in the order of the parameters.
    pub variations: Vec<&'f Variation>,
    /// How commands about it are shown.
    pub command_line: CommandLine,
    /// The cases of the students, in order of position.
    cases: Vec<Option<StudentCase<'f>>>,
}

impl<'f> JudgedFolder<'f> {
    /// The folder as of a day. Of one that cannot be judged only the problems are known, and no student.
    pub fn new(folder: &'f Folder, as_of: Day) -> Self {
        let students = if folder.can_be_judged() { folder.case.records.students.len() } else { 0 };
        Self {
            folder,
            as_of,
            variations: folder.variations_in_force(as_of),
            command_line: folder.command_line(),
            cases: (0..students).map(|position| folder.case.student(position)).collect(),
        }
    }

    /// The same where somebody named the day, so that commands repeat it.
    #[must_use]
    pub fn on_named_day(mut self, is_named: bool) -> Self {
        self.command_line.as_of = is_named.then_some(self.as_of);
        self
    }

    /// The folder as of a day, every course judged by one edition, whichever it names.
    pub(crate) fn by(folder: &'f Folder, as_of: Day, scheme: Scheme) -> Self {
        let mut judged = Self::new(folder, as_of);
        for case in judged.cases.iter_mut().flatten() {
            case.scheme = scheme;
        }
        judged
    }

    /// The cases of the students, in order of position; none of a student of whom nothing can be judged.
    pub fn cases(&self) -> &[Option<StudentCase<'f>>] {
        &self.cases
    }

    /// Every student with the verdict, in order of id.
    pub fn students(&self) -> Vec<StudentResult<'_>> {
        self.roster(&Selection::default(), &mut |_, _| {}).students
    }

    /// Judges the students, and lists those who are selected; who is not among those asked for by id is not judged. `see` is given each of these with the whole judgement,
    /// so that what is printed of all of them needs no second one.
    pub fn roster<'s>(
        &'s self,
        selection: &Selection,
        see: &mut dyn FnMut(&StudentResult<'s>, Option<&Judgement<'s>>),
    ) -> Roster<'s> {
        let name = &self.folder.name;
        let (is_named, keep) =
            (|id| selection.names(id, name), |result: &StudentResult<'s>| selection.keeps(result, name));
        Roster::of_some(&self.folder.case, &self.cases, self.as_of, &is_named, &keep, see)
    }

    /// All problems, those that need a judgement among them, in order of file, line and column.
    pub fn problems(&self, locator: &mut Locator<'_>) -> Vec<Problem> {
        let mut problems = self.problems_of(&|_| true);
        problems.sort_by_cached_key(|problem| (problem.file, problem.place(locator), problem.name));
        problems
    }

    /// All problems of what is written, and of the order of decisions in those cases that are `wanted`; in no order.
    pub fn problems_of(&self, wanted: &dyn Fn(&StudentCase<'f>) -> bool) -> Vec<Problem> {
        let mut problems = self.folder.case.records.problems.clone();
        let cases = self.cases.iter().flatten().filter(|case| wanted(case));
        let mut of_order: Vec<_> = cases.flat_map(|case| decision_order(case, self.as_of)).collect();
        case::set_levels(&mut of_order, self.folder.case.records.gwp.as_ref());
        problems.append(&mut of_order);
        problems
    }
}

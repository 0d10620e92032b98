//! Two states of a folder, judged as far as they may differ.

use std::collections::{BTreeSet, HashSet};
use std::io::{self, Write};

use gwp::calendar::Day;
use gwp::case::StudentCase;
use gwp::diff::{Alike, RecordChange, Side, StudentChange, affected, new_and_gone, record_changes, student_changes};
use gwp::edition::Parameters;
use gwp::problems::Problem;
use gwp::reports::{DiffReport, DiffSide, Located};
use gwp::text::{FileId, Locator, Source, Text};

use super::folders::Opened;
use super::selection::Selection;
use super::states::States;

/// A folder in both states, with all that a judgement needs.
pub struct Judged<'o> {
    opened: [&'o Opened; 2],
    days: [Day; 2],
    alike: &'o Alike,
    cases: [Vec<Option<StudentCase<'o>>>; 2],
    parameters: [Parameters; 2],
}

/// What differs between the two.
pub struct Compared<'j> {
    records: Vec<RecordChange<'j>>,
    students: Vec<StudentChange<'j>>,
    /// The problems of both, without those that both are known to have.
    problems: [Vec<Problem>; 2],
}

impl<'o> Judged<'o> {
    /// The older and the newer state, each as of its day.
    pub fn of(opened: [&'o Opened; 2], days: [Day; 2], alike: &'o Alike) -> Self {
        // With nothing to judge by, nobody is judged.
        let cases = opened.map(|one| if one.can_be_judged() { one.cases() } else { Vec::new() });
        let parameters = [opened[0].parameters(days[0]), opened[1].parameters(days[1])];
        Self { opened, days, alike, cases, parameters }
    }

    /// Says beside the output in which state nobody is judged.
    pub fn say_unjudged(&self, words: &[String; 2]) -> io::Result<()> {
        for (opened, words) in self.opened.iter().zip(words) {
            if !opened.can_be_judged() && !opened.sources.is_empty() {
                let name = &opened.name;
                writeln!(anstream::stderr(), "gwp: nobody is judged in {words}: the gwp.toml of {name} has an error")?;
            }
        }
        Ok(())
    }

    /// Compares the two, judging those students only who may be judged otherwise.
    pub fn compared(&self, selection: &Selection, several: bool) -> Compared<'_> {
        let [older, newer] = self.opened;
        let named = several.then_some(self.name());
        let mut records = record_changes(&older.sources, &newer.sources, self.alike);
        let whom = affected(self.side(0), self.side(1), self.alike, &records);
        let is_asked = |id: &Text| whom.contains(id) && selection.names(id, named);
        let students = student_changes(self.side(0), self.side(1), &records, &is_asked);
        let problems = [0, 1].map(|number| self.problems(number, &whom));
        if !selection.is_empty() {
            let theirs = [0, 1].map(|number| self.files_of(number, selection, named));
            let is_theirs = |files: &Option<HashSet<FileId>>, file: Option<FileId>| {
                files.as_ref().is_none_or(|files| file.is_some_and(|file| files.contains(&file)))
            };
            records.retain(|one| is_theirs(&theirs[0], one.older) || is_theirs(&theirs[1], one.newer));
        }
        Compared { records, students, problems }
    }

    /// What differs, ready to be printed.
    pub fn report<'r>(
        &'r self,
        compared: &'r Compared<'r>,
        states: &'r States,
        words: &'r [String; 2],
    ) -> DiffReport<'r> {
        let [older, newer] = self.opened;
        let [before, after] = &compared.problems;
        let (new, gone) = new_and_gone((before, &older.sources), (after, &newer.sources));
        let side = |number: usize| DiffSide {
            rev: states.revs()[number],
            words: &words[number],
            as_of: self.days[number],
            sources: &self.opened[number].sources,
        };
        DiffReport {
            name: self.name(),
            older: side(0),
            newer: side(1),
            students: &compared.students,
            records: &compared.records,
            new: located(new, &newer.sources),
            gone: located(gone, &older.sources),
        }
    }

    fn name(&self) -> &'o Text {
        let [older, newer] = self.opened;
        if newer.sources.is_empty() { &older.name } else { &newer.name }
    }

    fn side(&self, number: usize) -> Side<'_> {
        Side {
            case: &self.opened[number].case,
            cases: &self.cases[number],
            parameters: &self.parameters[number],
            as_of: self.days[number],
        }
    }

    /// The problems of a state. Whoever is judged alike has the same decisions in the same order.
    fn problems(&self, number: usize, whom: &BTreeSet<&Text>) -> Vec<Problem> {
        let cases = self.cases[number].iter().flatten().filter(|case| whom.contains(case.id));
        self.opened[number].problems_of(cases, self.days[number])
    }

    /// The files of the cases of the students who were asked for; none where one of them cannot be judged, so that
    /// nobody knows which they are.
    fn files_of(&self, number: usize, selection: &Selection, named: Option<&Text>) -> Option<HashSet<FileId>> {
        let mut files = HashSet::new();
        let students = &self.opened[number].case.records.students;
        for (position, _) in students.iter().enumerate().filter(|(_, entry)| selection.names(&entry.id, named)) {
            files.extend(self.cases[number].get(position)?.as_ref()?.files());
        }
        Some(files)
    }
}

/// Problems with their places, in order of file, line and column.
fn located<'p>(problems: Vec<&'p Problem>, sources: &[Source]) -> Vec<Located<'p>> {
    let mut locator = Locator::new(sources);
    let mut located: Vec<_> = problems
        .into_iter()
        .map(|problem| {
            let (line, column) = problem.place(&mut locator);
            Located { problem, line, column }
        })
        .collect();
    located.sort_by_key(|one| (one.problem.file, one.line, one.column, one.problem.name));
    located
}

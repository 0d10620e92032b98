//! A folder in two states, judged as far as they may differ.

use std::collections::{BTreeSet, HashSet};

use crate::calendar::Day;
use crate::diff::{Alike, RecordChange, Side, StudentChange, affected, new_and_gone, record_changes, student_changes};
use crate::problems::Problem;
use crate::reports::{DiffReport, DiffSide, Located};
use crate::text::{FileId, Locator, Source, Text};

use super::{Folder, FolderName, JudgedFolder, RevisionPair, Selection};

/// A folder in both states: the older and the newer, each as of its day.
pub struct Comparison<'f> {
    states: [JudgedFolder<'f>; 2],
    alike: &'f Alike,
}

/// What differs between the two.
pub struct Differences<'c> {
    records: Vec<RecordChange<'c>>,
    students: Vec<StudentChange<'c>>,
    /// The problems of both, without those that both are known to have.
    problems: [Vec<Problem>; 2],
}

impl<'f> Comparison<'f> {
    /// The older and the newer state, each as of its day.
    pub fn of([older, newer]: [&'f Folder; 2], days: [Day; 2], alike: &'f Alike) -> Self {
        Self { states: [JudgedFolder::new(older, days[0]), JudgedFolder::new(newer, days[1])], alike }
    }

    /// In which state nobody is judged, in words; `words` say what the two are.
    pub fn unjudged(&self, words: &[String; 2]) -> Vec<String> {
        let states = self.states.iter().map(|state| state.folder).zip(words);
        let unjudged = states.filter(|(folder, _)| !folder.can_be_judged() && !folder.sources.is_empty());
        let said = |(folder, words): (&Folder, &String)| {
            format!("nobody is judged in {words}: the gwp.toml of {} has an error", folder.name)
        };
        unjudged.map(said).collect()
    }

    /// Compares the two, judging those students only who may be judged otherwise.
    pub fn differences(&self, selection: &Selection) -> Differences<'_> {
        let [older, newer] = &self.states;
        let mut records = record_changes(&older.folder.sources, &newer.folder.sources, self.alike);
        let whom = affected(side(older), side(newer), self.alike, &records);
        let is_asked = |id: &Text| whom.contains(id) && selection.names(id, self.name());
        let students = student_changes(side(older), side(newer), &records, &is_asked);
        let problems = [older, newer].map(|state| problems(state, &whom));
        if !selection.is_empty() {
            let theirs = [older, newer].map(|state| self.files_of(state, selection));
            let is_theirs = |files: &Option<HashSet<FileId>>, file: Option<FileId>| {
                files.as_ref().is_none_or(|files| file.is_some_and(|file| files.contains(&file)))
            };
            records.retain(|one| is_theirs(&theirs[0], one.older) || is_theirs(&theirs[1], one.newer));
        }
        Differences { records, students, problems }
    }

    /// What differs, ready to be printed.
    pub fn report<'r>(&'r self, differences: &'r Differences<'r>, revisions: &'r RevisionPair) -> DiffReport<'r> {
        let [older, newer] = self.states.each_ref().map(|state| &state.folder.sources);
        let [before, after] = &differences.problems;
        let (new, gone) = new_and_gone((before, older), (after, newer));
        let side = |number: usize| DiffSide {
            rev: revisions.revs()[number],
            words: &revisions.words[number],
            as_of: self.states[number].as_of,
            sources: &self.states[number].folder.sources,
        };
        DiffReport {
            folder: self.name().shown(),
            older: side(0),
            newer: side(1),
            students: &differences.students,
            records: &differences.records,
            new: located(new, newer),
            gone: located(gone, older),
        }
    }

    /// What the folder is called, in the newer state where it is there.
    pub fn name(&self) -> &'f FolderName {
        let [older, newer] = self.states.each_ref().map(|state| state.folder);
        if newer.sources.is_empty() { &older.name } else { &newer.name }
    }

    /// The files of the cases of the students who were asked for; none where one of them cannot be judged, so that
    /// nobody knows which they are.
    fn files_of(&self, state: &JudgedFolder<'_>, selection: &Selection) -> Option<HashSet<FileId>> {
        let mut files = HashSet::new();
        let students = state.folder.case.records.students.iter().enumerate();
        for (position, _) in students.filter(|(_, entry)| selection.names(&entry.id, self.name())) {
            files.extend(state.cases().get(position)?.as_ref()?.files());
        }
        Some(files)
    }
}

fn side<'s>(state: &'s JudgedFolder<'_>) -> Side<'s> {
    Side { case: &state.folder.case, cases: state.cases(), as_of: state.as_of }
}

/// The problems of a state. Whoever is judged alike has the same decisions in the same order.
fn problems(state: &JudgedFolder<'_>, whom: &BTreeSet<&Text>) -> Vec<Problem> {
    state.problems_of(&|case| whom.contains(case.id))
}

/// Problems with their places, in order of file, line and column.
fn located<'p>(problems: Vec<&'p Problem>, sources: &[Source]) -> Vec<Located<'p>> {
    let mut locator = Locator::new(sources);
    let mut located: Vec<_> = problems.into_iter().map(|problem| Located::of(problem, &mut locator)).collect();
    located.sort_by_key(|one| (one.problem.file, one.line, one.column, one.problem.name));
    located
}

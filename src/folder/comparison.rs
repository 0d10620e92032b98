//! A folder in two states, judged as far as they may differ.

use std::collections::{BTreeSet, HashSet};

use serde_json::Value;

use crate::calendar::Day;
use crate::diff::{
    Alike, Change, FieldChange, RecordChange, Side, StudentChange, affected, record_changes, student_changes, whole,
};
use crate::problems::Problem;
use crate::records::RecordKind;
use crate::text::{FileId, Text};

use super::{Folder, FolderName, JudgedFolder, Selection};

/// A folder in both states: the older and the newer, each as of its day.
pub struct Comparison<'f> {
    pub(crate) states: [JudgedFolder<'f>; 2],
    alike: &'f Alike,
}

/// What differs between the two.
pub struct Differences<'c> {
    pub(crate) records: Vec<RecordChange<'c>>,
    pub(crate) students: Vec<StudentChange<'c>>,
    /// The problems of both, without those that both are known to have.
    pub(crate) problems: [Vec<Problem>; 2],
}

impl<'f> Comparison<'f> {
    /// The older and the newer state, each as of its day.
    pub fn of([older, newer]: [&'f Folder; 2], days: [Day; 2], alike: &'f Alike) -> Self {
        Self { states: [JudgedFolder::new(older, days[0]), JudgedFolder::new(newer, days[1])], alike }
    }

    /// The day as of which the older state is judged.
    pub fn older_day(&self) -> Day {
        self.states[0].as_of
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
            records.retain_mut(|one| {
                let is_own = is_theirs(&theirs[0], one.older) || is_theirs(&theirs[1], one.newer);
                is_own || self.leave_in_minutes(one, selection)
            });
        }
        Differences { records, students, problems }
    }

    /// Leaves of a change to minutes only the items about those who were asked for; whether there are any.
    fn leave_in_minutes(&self, change: &mut RecordChange<'_>, selection: &Selection) -> bool {
        if change.kind != Some(RecordKind::Meeting) {
            return false;
        }
        let about = |item: &Option<Value>| Some(Text::new(item.as_ref()?.get("about")?.as_str()?));
        let is_asked = |item: &Option<Value>| about(item).is_some_and(|id| selection.names(&id, self.name()));
        let is_theirs = |detail: &FieldChange| is_asked(&detail.from) || is_asked(&detail.to);
        let source = |state: usize, file: Option<FileId>| self.states[state].folder.sources.get(file?.0 as usize);
        let (was, is) = (source(0, change.older), source(1, change.newer));
        if matches!(change.change, Change::Added | Change::Removed) {
            return whole(was, is).iter().any(is_theirs);
        }
        change.details.retain(is_theirs);
        !change.details.is_empty()
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

//! A case's past, entry by entry: what happened, and when that was recorded.

use std::collections::BTreeSet;

use super::{FileChange, Reader, Revision, Step, Texts, Written};
use crate::calendar::Day;
use crate::diff::Change;
use crate::text::Text;

/// Something that was done to the records of a case.
#[derive(Clone, Debug)]
pub struct TimelineEntry<'r> {
    /// The record's path: in the commit where it is there.
    pub file: Text,
    /// The path that it had, where that was another.
    pub was: Option<Text>,
    /// What has become of the record.
    pub change: Change,
    /// What was written in it or struck out; none where it was only moved, or written otherwise.
    pub written: Option<Written>,
    /// The commit; none for what is not committed.
    pub revision: Option<&'r Revision>,
    /// The commit with which it came into the main line, where that is another.
    pub brought_in: Option<&'r Revision>,
}

impl TimelineEntry<'_> {
    /// The day on which it was recorded; none where it is not committed, or where older commits are not at hand.
    pub fn recorded(&self) -> Option<Day> {
        self.revision.filter(|revision| !revision.is_cut_off)?.day()
    }

    /// The day on which it happened, as far as it tells one.
    pub fn happened(&self) -> Option<Day> {
        self.written.as_ref().and_then(|written| written.happened)
    }

    /// How many days after it happened it was recorded; negative where it was before.
    pub fn late(&self) -> Option<i64> {
        self.written.as_ref()?.late(self.recorded())
    }
}

/// In which order a past is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// By the day on which things happened; what has none, by that on which it was recorded.
    Happened,
    /// As things were recorded.
    Recorded,
}

/// What was done to some records, in an order. `uncommitted` is what has been done to them since the last of the
/// revisions.
pub fn timeline<'r>(
    revisions: &'r [Revision],
    uncommitted: &[FileChange],
    files: &BTreeSet<Text>,
    texts: &Texts,
    order: Order,
) -> Vec<TimelineEntry<'r>> {
    let brought_in = main_line(revisions);
    let mut reader = Reader::new(texts);
    let mut entries = Vec::new();
    let of_case = |changes: &[FileChange]| -> Vec<FileChange> {
        changes.iter().filter(|change| files.contains(&change.path)).cloned().collect()
    };
    let mut tell =
        |step: Step<'_>, papers: &[FileChange], revision: Option<&'r Revision>, brought_in: Option<&'r Revision>| {
            let from_each: Vec<_> = step.from_each.iter().map(|changes| of_case(changes)).collect();
            let step = Step { changes: &of_case(step.changes), from_each: &from_each, ..step };
            for record in reader.read(step) {
                let entry = |written: Option<Written>| TimelineEntry {
                    file: record.file.clone(),
                    was: record.was.clone(),
                    change: record.change,
                    written,
                    revision,
                    brought_in,
                };
                if record.entries.is_empty() || record.change == Change::Renamed {
                    entries.push(entry(None));
                }
                entries.extend(record.entries.iter().map(|written| entry(Some(written.clone()))));
            }
            let is_of_case = |paper: &&FileChange| files.contains(&paper.path);
            entries.extend(papers.iter().filter(is_of_case).cloned().map(|paper| TimelineEntry {
                change: paper.became(),
                file: paper.path,
                was: None,
                written: None,
                revision,
                brought_in,
            }));
        };
    for (position, revision) in revisions.iter().enumerate() {
        let by = revisions.get(brought_in[position]).filter(|by| by.id != revision.id);
        tell(Step::of(revision), &revision.papers, Some(revision), by);
    }
    let last: Vec<usize> = revisions.len().checked_sub(1).into_iter().collect();
    tell(Step { parents: &last, changes: uncommitted, from_each: &[] }, &[], None, None);
    if order == Order::Happened {
        let key = |entry: &TimelineEntry<'_>| {
            let recorded = entry.revision.and_then(Revision::day).unwrap_or(Day::last());
            entry.happened().unwrap_or(recorded)
        };
        // Of one day, as they were recorded.
        entries.sort_by_key(key);
    }
    entries
}

/// For each of the revisions that one of the main line with which it came: the main line goes from the last of them
/// back over first parents.
pub fn main_line(revisions: &[Revision]) -> Vec<usize> {
    let mut brought_in = vec![usize::MAX; revisions.len()];
    let mut line = Vec::new();
    let mut at = revisions.len().checked_sub(1);
    while let Some(position) = at {
        line.push(position);
        at = revisions[position].parents.first().copied();
    }
    for by in line.into_iter().rev() {
        let mut waiting = vec![by];
        while let Some(position) = waiting.pop() {
            if brought_in[position] == usize::MAX {
                brought_in[position] = by;
                waiting.extend(&revisions[position].parents);
            }
        }
    }
    brought_in
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::Signature;

    fn revision(parents: &[usize]) -> Revision {
        Revision {
            id: String::new(),
            parents: parents.to_vec(),
            is_cut_off: false,
            author: Signature::default(),
            committer: Signature::default(),
            is_signed: false,
            subject: Text::default(),
            changes: Vec::new(),
            papers: Vec::new(),
            from_each: Vec::new(),
        }
    }

    #[test]
    fn a_side_branch_comes_with_its_merge() {
        // 0 - 1 - 4 - 5, with 2 - 3 beside 1 and brought in by 4.
        let revisions = [&[][..], &[0], &[0], &[2], &[1, 3], &[4]].map(revision);
        assert_eq!(main_line(&revisions), [0, 1, 4, 4, 4, 5]);
    }
}

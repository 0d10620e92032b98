//! Scanned papers that did not stay as they were when a record named them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::evidence::{follows, resting_on};
use super::{Irregularity, IrregularityName, Past};
use crate::calendar::Day;
use crate::diff::{Change, FieldChange};
use crate::history::{FileChange, Revision, WrittenRecord, named_papers, paper_key};
use crate::records::names_paper;
use crate::text::{Text, visible};

/// What names a paper.
struct Naming {
    file: Text,
    detail: FieldChange,
}

/// The papers of a folder, as a commit left them.
#[derive(Default)]
struct Papers {
    /// The records that name them, by path.
    named: BTreeMap<String, Naming>,
    /// The commit that put each of them there as it is, and the id of its bytes.
    there: BTreeMap<String, (usize, String)>,
    /// What lay at a path last from which a paper is gone, likewise.
    gone: BTreeMap<String, (usize, String)>,
    /// The commit of which it was told last that it deleted the paper at a path.
    deleted: BTreeMap<String, usize>,
    /// The commit with which bytes first came into the folder, by their id, wherever they lay.
    came: BTreeMap<String, usize>,
}

/// Finds the papers that were replaced or deleted after a record had named them, and those that a record names no more.
pub(super) fn find(past: &Past<'_>, found: &mut Vec<Irregularity>) {
    let mut papers = Papers::default();
    for at in past.known() {
        let revision = &past.revisions[at];
        for change in &revision.papers {
            let altered = papers.altered(past, at, change);
            if altered.is_some() && change.newer.is_none() {
                papers.deleted.insert(change.path.raw().to_owned(), at);
            }
            found.extend(altered);
        }
        for record in &past.written[at] {
            for detail in record.entries.iter().map(|written| &written.detail) {
                found.extend(papers.named_otherwise(past, at, record, detail));
            }
        }
        papers.go_on(at, revision, &past.written[at]);
    }
}

impl Papers {
    /// A paper that was replaced by another file, or deleted, while a record named it. One that lies elsewhere now, one
    /// that came on that day by the same author, and one that they put back as it was on that day, are asked about no more
    /// than one whose record is gone.
    fn altered(&self, past: &Past<'_>, at: usize, change: &FileChange) -> Option<Irregularity> {
        let paper = change.path.raw();
        let Naming { file, detail } = self.named.get(paper)?;
        let (since, was) = self.there.get(paper).or_else(|| self.gone.get(paper))?;
        let revision = &past.revisions[at];
        let became = |path: &String| revision.papers.iter().find(|other| other.path.raw() == path);
        let is_moved = || {
            let lies = |(path, (_, id)): (&String, &(usize, String))| id == was && became(path).is_none();
            revision.papers.iter().any(|other| other.newer.as_ref() == Some(was)) || self.there.iter().any(lies)
        };
        let is_gone = || past.written[at].iter().any(|one| one.change == Change::Removed && one.file == *file);
        // What lay there before that day is no slip of that day, whoever moved it or touched it on the same day.
        let came = self.came.get(was).copied().unwrap_or(*since);
        let is_of_day = |other: usize| {
            past.day(other) == past.day(at) && past.revisions[other].author.email == revision.author.email
        };
        let is_back = || {
            let puts_back = |other: &FileChange| other.path == change.path && other.newer.as_ref() == Some(was);
            let mut later = at + 1..past.revisions.len();
            later.any(|other| {
                is_of_day(other) && past.revisions[other].papers.iter().any(puts_back) && follows(past, other, at)
            })
        };
        let what = match &change.newer {
            Some(is) if is == was || is_of_day(came) => return None,
            // What was told of that day is told once.
            Some(_) if self.deleted.get(paper).is_some_and(|deleted| past.day(*deleted) == past.day(at)) => {
                return None;
            }
            Some(_) if self.gone.contains_key(paper) => "was gone, and another file lies there now".to_owned(),
            Some(_) => "was replaced by another file".to_owned(),
            None if is_moved() || is_gone() || is_back() => return None,
            None => {
                let is_there = |path: &String| {
                    became(path).map_or_else(|| self.there.contains_key(path), |change| change.newer.is_some())
                };
                let other = named_in_place(past, at, paper).filter(is_there);
                match (other, comes_back(past, at, was)) {
                    (Some(other), _) => format!("was replaced by {}, which is another file", visible(&other)),
                    (None, Some((path, day))) => format!("was deleted, and came back as {path} on {day}"),
                    (None, None) => "was deleted".to_owned(),
                }
            }
        };
        let message = format!("the paper {}, which the record names, {what}", change.path);
        Some(irregularity(past, file, detail, vec![*since, at], message))
    }

    /// A paper that lies in the folder still, of which an entry says no more, or that names another in its place.
    fn named_otherwise(
        &self,
        past: &Past<'_>,
        at: usize,
        record: &WrittenRecord,
        detail: &FieldChange,
    ) -> Option<Irregularity> {
        let (was, is) = (named_by(detail, detail.from.as_ref()?), detail.to.as_ref());
        let is = is.map(|is| named_by(detail, is)).unwrap_or_default();
        let id_of = |path: &String| self.there.get(path).map(|(_, id)| id);
        let revision = &past.revisions[at];
        let new_id = |path: &String| {
            let change = revision.papers.iter().find(|change| change.path.raw() == path);
            change.map_or_else(|| id_of(path), |change| change.newer.as_ref())
        };
        let lost = was.iter().find(|path| {
            // What is deleted in the same commit is told as that.
            let is_kept = id_of(path).is_some() && new_id(path).is_some();
            is_kept && !is.contains(*path) && !is.iter().any(|other| new_id(other) == id_of(path))
        });
        let lost = lost.filter(|_| record.change != Change::Removed && (detail.to.is_some() || is_of_paper(detail)))?;
        let now = is.iter().next().map_or("no paper".to_owned(), |other| visible(other));
        let message = format!("the record names {now} in place of {}", visible(lost));
        let since = self.there.get(lost).map(|(since, _)| *since);
        Some(irregularity(past, &record.file, detail, since.into_iter().chain([at]).collect(), message))
    }

    fn go_on(&mut self, at: usize, revision: &Revision, written: &[WrittenRecord]) {
        for change in &revision.papers {
            let path = change.path.raw();
            match &change.newer {
                // The same bytes with another mode are the same paper.
                Some(id) if self.there.get(path).is_some_and(|(_, was)| was == id) => {}
                Some(id) => {
                    self.came.entry(id.clone()).or_insert(at);
                    self.gone.remove(path);
                    self.there.insert(path.to_owned(), (at, id.clone()));
                }
                None => self.gone.extend(self.there.remove_entry(path)),
            }
        }
        for record in written {
            for detail in record.entries.iter().map(|written| &written.detail) {
                for path in detail.from.iter().flat_map(|from| named_by(detail, from)) {
                    self.named.remove(&path);
                }
                for path in detail.to.iter().flat_map(|to| named_by(detail, to)) {
                    self.named.insert(path, Naming { file: record.file.clone(), detail: detail.clone() });
                }
            }
        }
    }
}

fn irregularity(
    past: &Past<'_>,
    file: &Text,
    detail: &FieldChange,
    revisions: Vec<usize>,
    message: String,
) -> Irregularity {
    let students = past.students_of(file);
    // It rests on what names the paper.
    let entry = FieldChange { from: detail.to.clone().or_else(|| detail.from.clone()), ..detail.clone() };
    let decisions = resting_on(past, file, &students, &[entry]);
    let one = Irregularity::new(IrregularityName::PaperReplaced, message, revisions);
    Irregularity { file: Some(file.clone()), students, decisions, ..one }
}

/// The paper that a record names in place of another since a commit.
fn named_in_place(past: &Past<'_>, at: usize, paper: &str) -> Option<String> {
    let details = past.written[at].iter().flat_map(|record| &record.entries).map(|written| &written.detail);
    details.filter(|detail| detail.from.as_ref().is_some_and(|from| named_by(detail, from).contains(paper))).find_map(
        |detail| detail.to.as_ref().and_then(|to| named_by(detail, to).into_iter().find(|other| other != paper)),
    )
}

/// Where a paper that a commit deleted lies again later, and since when.
fn comes_back<'p>(past: &'p Past<'_>, at: usize, id: &String) -> Option<(&'p Text, Day)> {
    let later = past.revisions.iter().enumerate().skip(at + 1);
    let mut found = later.filter(|(other, _)| follows(past, *other, at)).flat_map(|(_, revision)| {
        revision
            .papers
            .iter()
            .filter(|paper| paper.newer.as_ref() == Some(id))
            .map(|paper| (&paper.path, revision.day()))
    });
    found.find_map(|(path, day)| Some((path, day?)))
}

/// The papers that an entry or a key names.
fn named_by(detail: &FieldChange, value: &Value) -> BTreeSet<String> {
    let own = value.as_str().filter(|_| is_of_paper(detail));
    named_papers(value).into_iter().chain(own).map(paper_key).collect()
}

/// Whether it is about the key that names a paper.
fn is_of_paper(detail: &FieldChange) -> bool {
    detail.at.rsplit('.').next().is_some_and(names_paper)
}

//! What the past of a folder says of a person.

use std::collections::BTreeSet;

use serde_json::Value;

use super::mentions::link_of_record;
use super::papers::papers_about;
use super::people::Person;
use crate::history::{FileChange, Order, Revision, Texts, TimelineEntry, paper_key, timeline};
use crate::text::{Source, Text};

/// The paths of the records that have ever named somebody, or were about them. `versions` are the paths and texts that
/// there ever were.
pub fn files_naming(person: &Person, texts: &Texts, versions: &BTreeSet<(Text, String)>) -> BTreeSet<Text> {
    let names = |(path, id): &&(Text, String)| {
        let is_named = |text: &str| text.lines().any(|line| person.link(line).is_some());
        person.is_own(path) || texts.get(id).is_some_and(|text| text.as_ref().is_ok_and(|text| is_named(text)))
    };
    versions.iter().filter(names).map(|(path, _)| path.clone()).collect()
}

/// The scanned papers that these records have ever named in what they say of somebody.
pub fn papers_ever_about(person: &Person, texts: &Texts, versions: &BTreeSet<(Text, String)>) -> BTreeSet<Text> {
    let source = |(path, id): &(Text, String)| Some(Source { path: path.clone(), content: texts.get(id)?.clone() });
    versions.iter().filter_map(source).flat_map(|source| papers_about(person, &source)).collect()
}

/// What was ever recorded of somebody, as it was recorded, and what was done to these `papers` about them. All texts have
/// been read.
pub fn history_of<'r>(
    person: &Person,
    revisions: &'r [Revision],
    uncommitted: &[FileChange],
    texts: &Texts,
    (files, papers): (&BTreeSet<Text>, &BTreeSet<Text>),
) -> Vec<TimelineEntry<'r>> {
    let papers: BTreeSet<Text> = papers.iter().map(|paper| Text::new(paper_key(paper.raw()))).collect();
    let about: BTreeSet<&Text> = files.iter().filter(|path| is_ever_about(person, path, revisions, texts)).collect();
    let names = |value: &Option<Value>| value.as_ref().is_some_and(|value| person.link_in(value).is_some());
    let all = files.union(&papers).cloned().collect();
    let mut entries = timeline(revisions, uncommitted, &all, texts, Order::Recorded);
    entries.retain(|entry| {
        let detail = entry.written.as_ref().map(|written| &written.detail);
        about.contains(&entry.file)
            || papers.contains(&entry.file)
            || detail.is_some_and(|detail| names(&detail.from) || names(&detail.to))
    });
    entries
}

/// Whether a record is their own, or has ever been the log of their group or supervision.
fn is_ever_about(person: &Person, path: &Text, revisions: &[Revision], texts: &Texts) -> bool {
    let of_path = revisions.iter().flat_map(|revision| &revision.changes).filter(|change| change.path == *path);
    let mut ids = of_path.filter_map(|change| change.newer.as_ref());
    person.is_own(path)
        || ids.any(|id| {
            let source = texts.get(id).map(|text| Source { path: path.clone(), content: text.clone() });
            source.is_some_and(|source| link_of_record(&source, person).is_some())
        })
}

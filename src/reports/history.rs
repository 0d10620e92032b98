//! A student's case on both axes of time.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::Report;
use super::as_data::lazily;
use super::sheet::{Cell, Column, Sheet, Tone, counted, short};
use crate::calendar::Day;
use crate::diff::{Change, ChangeKind, Extent, FieldChange};
use crate::history::{Revision, Signature, TimelineEntry};
use crate::text::Text;

/// So many entries of one kind that one commit made in one record are told one by one.
const ONE_BY_ONE: usize = 3;

/// A student's case with its past, ready to be printed.
#[derive(Clone, Copy)]
pub struct HistoryReport<'r> {
    /// The folder's name, in a run over several.
    pub folder: Option<&'r Text>,
    /// The student's id.
    pub student: &'r Text,
    /// The ids that the record was given in place of it.
    pub later_ids: &'r BTreeSet<&'r Text>,
    /// The full id of the last commit that was looked at.
    pub rev: &'r str,
    /// What that is, in words: `commit 1a2b3c4d5e6f of 21 February 2026`.
    pub up_to: &'r str,
    /// What the time zone is called in which the days of commits are given.
    pub time_zone: &'r str,
    /// Whether the repository does not hold the older commits.
    pub is_cut_off: bool,
    /// What was done, in the order in which it is to be told.
    pub entries: &'r [TimelineEntry<'r>],
}

fn columns<'r>() -> Vec<Column<Row<'r>>> {
    vec![
        Column::fixed("Happened", "happened", |row| {
            row.entries.iter().filter_map(|entry| entry.happened()).min().into()
        }),
        Column::fixed("Recorded", "recorded", Row::recorded),
        Column::right("Late", "late", |row| row.entries.iter().filter_map(|entry| entry.late()).max().into()),
        Column::flexible("By", "by", 12, |row| row.revision().map(by).into()),
        Column::fixed("Commit", "commit", |row| Cell::maybe(row.revision().map(Revision::short))),
        Column::below_alone("What", "what", |row| Cell::Lines(row.what())),
    ]
}

impl Report for HistoryReport<'_> {
    fn folder(&self) -> Option<&Text> {
        self.folder
    }

    fn sheets(&self) -> Vec<Sheet> {
        let within = self.folder.map(|folder| format!(" in {folder}")).unwrap_or_default();
        let mut sheet = Sheet::part(format!("What was recorded of {}{within}, and when", self.student), Vec::new());
        sheet.lead.push(format!("Up to the {}.", self.up_to));
        sheet.lead.push(format!("Days of commits are those of the time zone {}.", self.time_zone));
        sheet.lead.extend(self.later_ids.iter().map(|id| {
            format!(
                "The record was given the id {id}; what stands below as removed went with it. \"gwp history {id}\" \
                 tells all."
            )
        }));
        if self.is_cut_off {
            sheet.lead.push(
                "The clone is shallow: what its first commits seem to add is older, and when it was recorded is not \
                 known here. \"git fetch --unshallow\" fetches the rest."
                    .to_owned(),
            );
        }
        if self.entries.is_empty() {
            sheet.lead.push("Nothing was ever recorded.".to_owned());
        }
        sheet.notes.push("Late: how many days after it happened it was recorded; with a minus, before.".to_owned());
        if self.entries.iter().any(|entry| entry.revision.is_none()) {
            sheet.notes.push("Not committed: it stands in the work tree, and git does not know it yet.".to_owned());
        }
        sheet.notes.extend(addresses(self.entries.iter().filter_map(|entry| entry.revision)));
        vec![sheet.with_toned_rows(&columns(), rows(&self.entries.iter().collect::<Vec<_>>()), Row::tone)]
    }

    /// Every entry for itself, and whole.
    fn data(&self) -> Sheet {
        let row = |entry| Row { entries: vec![entry], extent: Extent::Whole };
        Sheet::data(&columns(), self.entries.iter().map(row))
    }
}

impl Serialize for HistoryReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'r, E> {
            student: &'r Text,
            rev: &'r str,
            time_zone: &'r str,
            complete: bool,
            entries: E,
        }
        let entries = lazily(|| self.entries.iter().map(EntryJson::of));
        let HistoryReport { student, rev, time_zone, .. } = *self;
        Fields { student, rev, time_zone, complete: !self.is_cut_off, entries }.serialize(serializer)
    }
}

/// The authors of commits with their addresses, each once, in the order in which they come.
pub(super) fn addresses<'r>(revisions: impl Iterator<Item = &'r Revision>) -> Option<String> {
    let mut authors: Vec<String> = Vec::new();
    for author in revisions.map(|revision| format!("{} <{}>", revision.author.name, revision.author.email)) {
        if !authors.contains(&author) {
            authors.push(author);
        }
    }
    (!authors.is_empty()).then(|| format!("By: {}.", authors.join(", ")))
}

/// A table of entries, with what was done when and by whom.
#[cfg(feature = "disk")]
pub(super) fn told<'r>(title: &str, entries: &[&'r TimelineEntry<'r>]) -> Sheet {
    Sheet::new(title).with_toned_rows(&columns(), rows(entries), Row::tone)
}

/// Entries that are told together: one commit made them in one record.
struct Row<'r> {
    entries: Vec<&'r TimelineEntry<'r>>,
    extent: Extent,
}

/// What entries are told together have in common.
type Together<'r> = (Option<&'r str>, &'r str, Kind);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// Entries of a list: the word for one, and whether there was one, and is.
    Listed(&'static str, bool, bool),
    /// What tells of no day.
    Undated,
    /// What has become of the record as a whole.
    Whole,
}

fn kind_of(entry: &TimelineEntry<'_>) -> Kind {
    match &entry.written {
        None => Kind::Whole,
        Some(written) => match (written.detail.what, written.happened) {
            (_, None) => Kind::Undated,
            (ChangeKind::Entry(word), _) => {
                Kind::Listed(word, written.detail.from.is_some(), written.detail.to.is_some())
            }
            (_, Some(_)) => Kind::Listed("", false, false),
        },
    }
}

/// Many sessions that one commit added are one row, where the first of them stands.
fn rows<'r>(entries: &[&'r TimelineEntry<'r>]) -> Vec<Row<'r>> {
    let key = |entry: &'r TimelineEntry<'r>| -> Together<'r> {
        (entry.revision.map(|revision| revision.id.as_str()), entry.file.raw(), kind_of(entry))
    };
    let mut together: BTreeMap<Together<'r>, Vec<&'r TimelineEntry<'r>>> = BTreeMap::new();
    for entry in entries {
        together.entry(key(entry)).or_default().push(entry);
    }
    let is_one_by_one = |(_, _, kind): &Together<'_>, count: usize| match kind {
        // What was altered or struck out is shown with its words.
        Kind::Listed(word, was_there, _) if word.is_empty() || *was_there => true,
        Kind::Listed(..) => count <= ONE_BY_ONE,
        Kind::Whole => true,
        Kind::Undated => false,
    };
    let row = |entries| Row { entries, extent: Extent::Short };
    let mut rows = Vec::new();
    for entry in entries {
        let key = key(entry);
        match together.get(&key) {
            Some(all) if !is_one_by_one(&key, all.len()) => {
                rows.extend(together.remove(&key).map(row));
            }
            Some(_) => rows.push(row(vec![entry])),
            None => {}
        }
    }
    rows
}

impl Row<'_> {
    fn tone(&self) -> Tone {
        let strikes =
            |entry: &&TimelineEntry<'_>| entry.written.as_ref().is_some_and(|written| written.detail.from.is_some());
        if self.entries.iter().any(strikes) { Tone::Waiting } else { Tone::Plain }
    }

    /// The commit that made them; none of what is not committed.
    fn revision(&self) -> Option<&Revision> {
        self.entries.first()?.revision
    }

    fn recorded(&self) -> Cell {
        match self.revision() {
            None => Cell::text("not committed"),
            Some(revision) if revision.is_cut_off => {
                Cell::maybe(revision.day().map(|day| format!("by {}", short(day))))
            }
            Some(_) => self.entries.first().and_then(|entry| entry.recorded()).into(),
        }
    }

    fn what(&self) -> Vec<String> {
        let Some(first) = self.entries.first() else { return Vec::new() };
        let mut lines = Vec::new();
        let file = &first.file;
        match (first.change, &first.was, &first.written) {
            (Change::Renamed, Some(was), None) => lines.push(format!("{file}: was {was}")),
            (Change::Reformatted, _, None) => lines.push(format!("{file}: only reformatted")),
            (Change::Added, _, None) => lines.push(format!("{file} is new")),
            (change, _, None) => lines.push(format!("{file}: {}", change.word())),
            (_, _, Some(written)) => lines.extend(self.written(file, &written.detail)),
        }
        lines.extend(first.brought_in.map(came_with));
        lines
    }

    fn written(&self, file: &Text, first: &FieldChange) -> Vec<String> {
        let days = || self.entries.iter().filter_map(|entry| entry.happened());
        match (self.entries.as_slice(), first.what, days().min(), days().max()) {
            ([one], ..) if one.happened().is_some() || one.change != Change::Added => {
                vec![format!("{file}: {}", self.extent.in_words(first))]
            }
            (entries, ChangeKind::Entry(word), Some(from), Some(until)) => {
                let count = counted(entries.len(), word, &format!("{word}s"));
                vec![format!("{file}: {count} added, from {from} to {until}")]
            }
            (entries, ..) => {
                let details = entries.iter().filter_map(|entry| entry.written.as_ref()).map(|written| &written.detail);
                let is_new = entries.iter().all(|entry| entry.change == Change::Added);
                let told = |detail| {
                    if is_new { self.extent.in_words_of_new(detail) } else { self.extent.in_words(detail) }
                };
                let words: Vec<String> = details.map(told).collect();
                vec![format!("{file}{} {}", if is_new { " is new:" } else { ":" }, words.join("; "))]
            }
        }
    }
}

/// With which commit a branch came into the main line.
pub(super) fn came_with(by: &Revision) -> String {
    let day = by.day().map(|day| format!(" on {day}")).unwrap_or_default();
    format!("on a branch that came into the main line with {}{day}", by.short())
}

/// Who wrote it, and who committed it where that is another person.
pub(super) fn by(revision: &Revision) -> String {
    let (author, committer) = (&revision.author, &revision.committer);
    let mut words = author.name.to_string();
    if (&author.name, &author.email) != (&committer.name, &committer.email) {
        words = format!("{words}, committed by {}", committer.name);
    }
    match (author.day, committer.day) {
        (Some(written), Some(made)) if written != made => format!("{words}, written on {written}"),
        _ => words,
    }
}

#[derive(Serialize)]
pub(super) struct EntryJson<'a> {
    happened: Option<Day>,
    recorded: Option<Day>,
    late: Option<i64>,
    file: &'a str,
    change: &'static str,
    what: &'static str,
    #[serde(rename = "where")]
    at: &'a str,
    from: Value,
    to: Value,
    commit: Option<CommitJson<'a>>,
}

/// A commit as data.
#[derive(Serialize)]
pub(super) struct CommitJson<'a> {
    id: &'a str,
    author: PersonJson<'a>,
    committer: PersonJson<'a>,
    signed: bool,
    subject: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    brought_in: Option<&'a str>,
}

#[derive(Serialize)]
struct PersonJson<'a> {
    name: &'a str,
    email: &'a str,
    day: Option<Day>,
}

impl<'a> EntryJson<'a> {
    pub(super) fn of(entry: &'a TimelineEntry<'_>) -> Self {
        let detail = entry.written.as_ref().map(|written| &written.detail);
        let of_value = |value: Option<&Value>| value.cloned().unwrap_or_default();
        let moved = |file: Option<&Text>| {
            file.filter(|_| detail.is_none() && entry.was.is_some()).map(|file| file.raw().into())
        };
        Self {
            happened: entry.happened(),
            recorded: entry.recorded(),
            late: entry.late(),
            file: entry.file.raw(),
            change: entry.change.word(),
            what: detail.map_or("file", |detail| detail.what.word()),
            at: detail.map_or("", |detail| &detail.at),
            from: moved(entry.was.as_ref()).unwrap_or_else(|| of_value(detail.and_then(|detail| detail.from.as_ref()))),
            to: moved(Some(&entry.file)).unwrap_or_else(|| of_value(detail.and_then(|detail| detail.to.as_ref()))),
            commit: entry.revision.map(|revision| CommitJson::of(revision, entry.brought_in)),
        }
    }
}

impl<'a> CommitJson<'a> {
    pub(super) fn of(revision: &'a Revision, brought_in: Option<&'a Revision>) -> Self {
        Self {
            id: &revision.id,
            author: PersonJson::of(&revision.author),
            committer: PersonJson::of(&revision.committer),
            signed: revision.is_signed,
            subject: revision.subject.raw(),
            brought_in: brought_in.map(|by| by.id.as_str()),
        }
    }
}

impl<'a> PersonJson<'a> {
    fn of(signature: &'a Signature) -> Self {
        Self { name: signature.name.raw(), email: signature.email.raw(), day: signature.day }
    }
}

//! A folder with labels in place of names, or without free text: what is made of it holds none of them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::attested::attested_again;
use super::labels::Labels;
use super::redaction::{Rules, redacted};
use crate::case::{Records, id_of, kind_of, words};
use crate::folder::{Folder, FolderName, LeftOut, Selection};
use crate::records::RecordKind;
use crate::text::{FileId, Notation, Source, Text, Unreadable};
use crate::writing::SECRET_BYTES;

/// What is left out of a folder before anything is made of it.
#[derive(Clone, Debug)]
pub struct Discretion {
    /// A key by which labels stand in place of names; none where names stay, and only notes go.
    pub key: Option<[u8; SECRET_BYTES]>,
}

impl Discretion {
    /// The folder as it is to be shown. What is judged of it is the same.
    pub fn folder(&self, folder: &Folder) -> Folder {
        let left_out = LeftOut { names: self.key.is_some(), notes: true };
        let Some(labels) = self.labels(&folder.case.records) else {
            let rules = Rules::WithoutNotes;
            let sound = sound_files(&folder.case.records);
            let of = |(number, source): (usize, &Source)| {
                if !sound.contains(&number) {
                    return source.clone();
                }
                let content = Err(Unreadable {
                    message: "its notes cannot be left out".to_owned(),
                    help: "write the notes of this record in a simpler way".to_owned(),
                    at: None,
                    is_folder: false,
                });
                left_out_of(source, &rules).unwrap_or_else(|| Source { path: source.path.clone(), content })
            };
            let sources = folder.sources.iter().enumerate().map(of).collect();
            let made = Folder::of_sources(folder.name.as_text().clone(), sources, &|_| true);
            let (name, commit, root) = (folder.name.clone(), folder.commit.clone(), folder.root.clone());
            return Folder { name, commit, left_out, root, ..made };
        };
        let sources = labelled(folder, &labels);
        let name = folder.name.shown().map_or_else(|| "folder".to_owned(), |name| labels.by_name("Folder", name.raw()));
        let count = if folder.name.shown().is_some() { 2 } else { 1 };
        let made = Folder::of_sources(Text::new(name.clone()), sources, &|_| true);
        Folder { name: FolderName::of(Text::new(name), count), commit: folder.commit.clone(), left_out, ..made }
    }

    /// What is selected, by the ids that the folders have then.
    pub fn selection(&self, selection: Selection, folders: &[Folder]) -> Selection {
        let ids = |kind: RecordKind, typed: &[String]| {
            typed.iter().flat_map(|id| folders.iter().filter_map(move |folder| self.id(folder, kind, id))).collect()
        };
        match self.key {
            None => selection,
            Some(_) => Selection {
                students: ids(RecordKind::Student, &selection.students),
                courses: ids(RecordKind::Course, &selection.courses),
                ..selection
            },
        }
    }

    /// The id that a record of a folder has then, by one that was typed; none where it has no such record.
    pub fn id(&self, folder: &Folder, kind: RecordKind, typed: &str) -> Option<String> {
        let labels = self.labels(&folder.case.records)?;
        let entries = folder.case.records.ids();
        let (_, id, _) = entries.iter().find(|(other, id, _)| *other == kind && folder.name.is_id(typed, id))?;
        Some(labels.id(kind, id.raw()))
    }

    fn labels(&self, records: &Records) -> Option<Labels> {
        let labels = Labels::of(self.key?, records.ids().into_iter().map(|(kind, id, _)| (kind, id.raw())));
        Some(labels.in_order(&groups_of_one_student(records)))
    }
}

/// The groups that somebody has more than one of, those of one student together: where two are even, the order of their
/// ids decides which of them is judged.
fn groups_of_one_student(records: &Records) -> Vec<BTreeSet<&str>> {
    let mut sets: Vec<BTreeSet<&str>> = Vec::new();
    for student in records.students.iter().filter_map(|entry| entry.record.as_deref()) {
        let mut groups: BTreeSet<&str> = student.arrangement.iter().map(|one| one.group.raw()).collect();
        if groups.len() > 1 {
            let (shared, others) = sets.into_iter().partition(|set| !set.is_disjoint(&groups));
            groups.extend(Vec::into_iter(shared).flatten());
            sets = others;
            sets.push(groups);
        }
    }
    sets
}

/// The positions of the files whose records have no error.
fn sound_files(records: &Records) -> HashSet<usize> {
    fn of<T>(entries: &[crate::case::Entry<T>], found: &mut HashSet<usize>) {
        found.extend(entries.iter().filter(|entry| entry.sound).map(|entry| entry.file.0 as usize));
    }
    let mut found = HashSet::new();
    found.extend(records.gwp.as_ref().and(records.gwp_file).map(|file: FileId| file.0 as usize));
    of(&records.courses, &mut found);
    of(&records.students, &mut found);
    of(&records.supervisors, &mut found);
    of(&records.logs, &mut found);
    of(&records.meetings, &mut found);
    found
}

/// A record with what is left out replaced, and attested as far as it was.
fn left_out_of(source: &Source, rules: &Rules<'_>) -> Option<Source> {
    let made = redacted(source, rules)?;
    let (Ok(before), Ok(after)) = (&source.content, &made.content) else { return Some(made) };
    let Some(notation) = Notation::of(source.path.raw()).filter(|_| before.contains("attested")) else {
        return Some(made);
    };
    let content = Ok(Arc::new(attested_again(before, after, notation)));
    Some(Source { content, ..made })
}

/// The sources of a folder, each under a label and with labels in it.
fn labelled(folder: &Folder, labels: &Labels) -> Vec<Source> {
    let records = &folder.case.records;
    let ids: HashSet<(RecordKind, String)> =
        records.ids().into_iter().map(|(kind, id, _)| (kind, id.raw().to_owned())).collect();
    let sound = sound_files(records);
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut sources = Vec::new();
    for (number, source) in folder.sources.iter().enumerate() {
        // What is no record is judged by nobody.
        let Some(kind) = kind_of(source.path.raw()).filter(|_| !source.is_nearly_record()) else { continue };
        let id = id_of(source.path.raw());
        let rules = Rules::Labelled { labels, kind, id: id.raw(), ids: &ids };
        let whole = Some(source).filter(|_| sound.contains(&number)).and_then(|source| left_out_of(source, &rules));
        let content = match (whole, &source.content) {
            (Some(made), _) => made.content,
            (None, Ok(text)) => Ok(Arc::new(broken(text, labels, &ids))),
            (None, Err(reason)) => Err(Unreadable { message: "it cannot be read".to_owned(), ..reason.clone() }),
        };
        let ending = if source.path.raw().to_lowercase().ends_with(".toml") { "toml" } else { "yaml" };
        let path = match kind.folder() {
            None => "gwp.toml".to_owned(),
            Some(within) => {
                let count = taken.entry(format!("{within}/{}", labels.id(kind, id.raw()))).or_default();
                *count += 1;
                // Two records of one id stay two, and a fault.
                let below = if *count > 1 { format!("{count}/") } else { String::new() };
                format!("{within}/{below}{}.{ending}", labels.id(kind, id.raw()))
            }
        };
        sources.push(Source { path: Text::new(path), content });
    }
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    sources
}

/// What a record with an error becomes: it still has one, and still names whoever it named, by a label.
fn broken(text: &str, labels: &Labels, ids: &HashSet<(RecordKind, String)>) -> String {
    let named: BTreeSet<String> = words(text)
        .flat_map(|word| RecordKind::ALL.into_iter().map(move |kind| (kind, word.to_owned())))
        .filter(|one| ids.contains(one))
        .map(|(kind, id)| labels.id(kind, &id))
        .collect();
    format!("= {}\n", named.into_iter().collect::<Vec<_>>().join(" "))
}

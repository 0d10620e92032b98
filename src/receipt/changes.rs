//! What became of the records of a receipt, and of the documents that they name: what was altered, removed and added since.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::parts::{self, NewId};
use super::{DocumentReceipt, FolderReceipt, Receipt, RecordReceipt};
use crate::case::{identity, kind_of};
use crate::records::RecordKind;
use crate::text::Text;

/// What became of a part of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Since {
    /// It says something else.
    Altered,
    /// It is not there any more.
    Removed,
    /// It was not there.
    Added,
    /// The file is written otherwise or lies elsewhere, and says the same up to the day of the receipt.
    Reformatted,
    /// It has another id. What else is otherwise in it is told beside that.
    Renamed,
}

impl Since {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 5] = [Self::Altered, Self::Removed, Self::Added, Self::Reformatted, Self::Renamed];

    /// Whether a receipt does not hold with it.
    pub fn breaks(self) -> bool {
        matches!(self, Self::Altered | Self::Removed)
    }

    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Altered => "altered",
            Self::Removed => "removed",
            Self::Added => "added",
            Self::Reformatted => "reformatted",
            Self::Renamed => "renamed",
        }
    }
}

/// Something that is otherwise in a record than when the receipt was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecordChange {
    /// The folder; none where there is only one.
    pub folder: Option<String>,
    /// What became of it.
    pub since: Since,
    /// The path of the record or document, as the receipt has it, or else as it is now.
    pub file: String,
    /// The path that it has now, where it was renamed.
    pub renamed_to: Option<String>,
    /// The part of the record; none where it is the whole.
    pub part: Option<String>,
    /// Whether it is a document that records name.
    #[serde(rename = "document")]
    pub is_document: bool,
    /// The students whose verdict rested on the record, in the receipt or now.
    pub students: Vec<String>,
}

/// All that is otherwise in the records and documents, folder by folder; none of a receipt that has no digests of single records.
pub fn record_changes(receipt: &Receipt, now: &Receipt) -> Vec<RecordChange> {
    let mut found = Vec::new();
    let single = receipt.folders.len() == 1 && now.folders.len() == 1;
    for was in receipt.folders.iter().filter(|folder| folder.records.has_each()) {
        let is = if single { now.folders.first() } else { now.folders.iter().find(|one| one.folder == was.folder) };
        let Some(is) = is else { continue };
        let name = (!single).then(|| was.folder.clone());
        Comparing { was, is, name, new_ids: Vec::new(), found: &mut found }.all();
    }
    found
}

struct Comparing<'r> {
    was: &'r FolderReceipt,
    is: &'r FolderReceipt,
    name: Option<String>,
    new_ids: Vec<NewId>,
    found: &'r mut Vec<RecordChange>,
}

impl Comparing<'_> {
    fn all(&mut self) {
        let (was, is) = (&self.was.records.each, &self.is.records.each);
        // A record that lies in another subfolder, or is written in the other notation, is the same by its id.
        let of_id: BTreeMap<(RecordKind, Text), &String> =
            is.keys().filter_map(|path| Some((identity(path)?, path))).collect();
        let mut there: BTreeMap<&String, &String> = BTreeMap::new();
        let mut gone: Vec<&String> = Vec::new();
        for path in was.keys() {
            let same = || identity(path).and_then(|own| of_id.get(&own).copied());
            match if is.contains_key(path) { Some(path) } else { same() } {
                Some(same) => drop(there.insert(path, same)),
                None => gone.push(path),
            }
        }
        let met: BTreeSet<&String> = there.values().copied().collect();
        let mut new: Vec<&String> = is.keys().filter(|path| !met.contains(path)).collect();
        let mut renamed: BTreeMap<&String, &String> = BTreeMap::new();
        let alike: [fn(&RecordReceipt, &RecordReceipt) -> bool; 2] = [RecordReceipt::is_alike, RecordReceipt::is_like];
        for is_one in alike {
            gone.retain(|path| {
                // Where several could be the one, none is: nothing is guessed.
                let fits = |other: &&&String| kind_of(path) == kind_of(other) && is_one(&was[*path], &is[**other]);
                let fitting: Vec<&String> = new.iter().filter(fits).copied().collect();
                let [renamed_to] = *fitting else { return true };
                new.retain(|other| *other != renamed_to);
                renamed.insert(path, renamed_to);
                false
            });
        }
        self.new_ids = renamed.iter().filter_map(|(was, is)| NewId::of(identity(was)?, &identity(is)?.1)).collect();
        for (path, same) in there {
            let count = self.found.len();
            self.record(path, &was[path], &is[same]);
            if same != path && self.found.len() == count {
                self.add(Since::Reformatted, path, None);
            }
        }
        for (path, renamed_to) in renamed {
            let one = self.change(Since::Renamed, path, None);
            self.found.push(RecordChange { renamed_to: Some(renamed_to.clone()), ..one });
            if !was[path].is_alike(&is[renamed_to]) {
                self.record(path, &was[path], &is[renamed_to]);
            }
        }
        for path in gone {
            self.add(Since::Removed, path, None);
        }
        for path in new {
            self.add(Since::Added, path, None);
        }
        self.documents();
    }

    fn record(&mut self, path: &str, was: &RecordReceipt, is: &RecordReceipt) {
        if was.digest == is.digest {
            return;
        }
        let (Some(before), Some(after)) = (&was.says, &is.says) else {
            return self.add(Since::Altered, path, None);
        };
        let before = parts::with_new_ids(before, kind_of(path), &self.new_ids);
        let all: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        let count = self.found.len();
        for part in all {
            // Nobody was judged by a plan for a day that was still to come.
            let is_later = parts::day_of(part).is_some_and(|day| day > self.was.as_of);
            let since = match (before.get(part), after.get(part)) {
                (Some(was), Some(is)) if was != is && is_later => Since::Added,
                (Some(_), None) if is_later => continue,
                (Some(was), Some(is)) if was != is => Since::Altered,
                (Some(_), None) => Since::Removed,
                (None, Some(_)) => Since::Added,
                _ => continue,
            };
            self.add(since, path, Some(part.clone()));
        }
        if self.found.len() == count {
            self.add(Since::Reformatted, path, None);
        }
    }

    fn add(&mut self, since: Since, path: &str, part: Option<String>) {
        let one = self.change(since, path, part);
        self.found.push(one);
    }

    fn change(&self, since: Since, path: &str, part: Option<String>) -> RecordChange {
        let students = self.resting_on(&|file| file == path);
        let (folder, file) = (self.name.clone(), path.to_owned());
        RecordChange { folder, since, file, renamed_to: None, part, is_document: false, students }
    }

    fn documents(&mut self) {
        let (Some(before), Some(now)) = (&self.was.documents, &self.is.documents) else { return };
        let paths: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
        for path in paths {
            let (then, now) = (before.get(path), now.get(path));
            let digest = |one: Option<&DocumentReceipt>| one.and_then(|one| one.digest.clone());
            let since = match (digest(then), digest(now)) {
                (Some(was), Some(is)) if was != is => Since::Altered,
                (Some(_), None) => Since::Removed,
                (None, Some(_)) => Since::Added,
                _ => continue,
            };
            let naming: BTreeSet<&str> =
                then.into_iter().chain(now).flat_map(|one| &one.named_by).map(String::as_str).collect();
            let students = self.resting_on(&|file| naming.contains(file));
            let (folder, file) = (self.name.clone(), path.clone());
            self.found.push(RecordChange {
                folder,
                since,
                file,
                renamed_to: None,
                part: None,
                is_document: true,
                students,
            });
        }
    }

    /// The students whose verdict rested on some of the records, in the receipt or now.
    fn resting_on(&self, is_one: &dyn Fn(&str) -> bool) -> Vec<String> {
        let students = self.was.students.iter().chain(&self.is.students);
        let resting = students.filter(|(_, one)| one.rests_on.iter().any(|file| is_one(file)));
        resting.map(|(id, _)| id.clone()).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

//! A receipt: what a folder was judged from and how everybody stood, small enough to go with a committee's minutes.
//!
//! A receipt that is made again from the same records, as of the same day and by the same edition, is the same but for
//! where the records lay. [`record_changes`] says what became of the records, and [`differences`] what is judged otherwise.

mod changes;
mod differences;
mod digest;
mod documents;
mod parts;
mod standing;

pub use changes::{RecordChange, Since, record_changes};
pub use differences::{Difference, differences};
pub(crate) use digest::{of_edition, of_records};
pub(crate) use documents::named as documents_named;
pub use documents::{DocumentReceipt, Documents};
pub use parts::Parts;
pub use standing::CommitStanding;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::calendar::Day;
use crate::case::{Records, StudentCase};
use crate::edition::Scheme;
use crate::judgement::{Judgement, SessionFigures, StudentResult};
use crate::records::{Variation, VariationValue};
use crate::requirements::Status;
use crate::text::{FileId, Source, Text};

/// The version of the form of a receipt.
pub const VERSION: u32 = 1;

/// The receipt of a run over one case folder or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// [`VERSION`].
    pub version: u32,
    /// The program that made it.
    pub program: String,
    /// The folders, in the order of the run.
    pub folders: Vec<FolderReceipt>,
}

/// What one case folder was judged from, and how everybody stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FolderReceipt {
    /// What the folder is called.
    pub folder: String,
    /// The full id of the commit: the one that was asked for, else the last of the branch; none without git.
    pub commit: Option<String>,
    /// Whether the records were those of the commit; none without git.
    pub clean: Option<bool>,
    /// The day of judgement.
    pub as_of: Day,
    /// The edition of the requirements.
    pub scheme: String,
    /// The digest of the edition's parameters.
    pub edition: String,
    /// The courses that are judged by another edition, by id, each with the edition and its digest.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub course_editions: BTreeMap<String, String>,
    /// What the local committee varied on the day.
    pub variations: Vec<VariationReceipt>,
    /// The records that were read.
    pub records: RecordsReceipt,
    /// The documents that these records name; none in a receipt of an earlier form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<Documents>,
    /// The students of whom alone it is; everybody where none are named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<String>,
    /// Every student, by id; nobody where there was nothing to judge by.
    pub students: BTreeMap<String, StudentReceipt>,
}

/// A parameter that was varied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariationReceipt {
    /// Its name.
    pub parameter: String,
    /// Its value.
    pub value: serde_json::Value,
    /// Who agreed it.
    pub agreed_by: String,
    /// From when on it is in force.
    pub agreed: Day,
}

/// The records that were read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordsReceipt {
    /// How many files.
    pub files: usize,
    /// The digest of them all.
    pub digest: String,
    /// Each of them, by its path below the folder; none in a receipt of an earlier form.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub each: BTreeMap<String, RecordReceipt>,
}

impl RecordsReceipt {
    /// Whether it has the digests of single records.
    pub fn has_each(&self) -> bool {
        !self.each.is_empty()
    }
}

/// A record that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordReceipt {
    /// The digest of the file, or the word `unreadable`.
    pub digest: String,
    /// The digest of each part of what it says; none where it could not be read whole.
    pub says: Option<Parts>,
}

impl RecordReceipt {
    /// Whether two records say the same, as far as they could be read.
    fn is_alike(&self, other: &Self) -> bool {
        match (&self.says, &other.says) {
            (Some(says), Some(other)) => says == other,
            _ => self.digest == other.digest && self.digest != digest::UNREADABLE,
        }
    }

    /// Whether more than half of what this one says is in the other one as well.
    fn is_like(&self, other: &Self) -> bool {
        let (Some(says), Some(other)) = (&self.says, &other.says) else { return false };
        says.iter().filter(|(part, digest)| other.get(*part) == Some(*digest)).count() * 2 > says.len()
    }
}

/// How a student stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudentReceipt {
    /// The verdict.
    pub verdict: String,
    /// How many sessions counted; none of a student who could not be judged.
    pub sessions: Option<usize>,
    /// The status of every requirement that was neither met nor of no concern, by code.
    pub not_met: BTreeMap<String, String>,
    /// The paths of the records on which the verdict rested.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<String>,
}

impl FolderReceipt {
    /// A receipt of nobody yet, in which no document is bound. The sources are all of the folder; `is_record` says which of
    /// them are its records.
    pub fn new(
        folder: String,
        sources: &[Source],
        is_record: &dyn Fn(&Source) -> bool,
        records: &Records,
        (variations, as_of): (&[&Variation], Day),
    ) -> Self {
        let all = sources;
        let sources: Vec<Source> = sources.iter().filter(|source| is_record(source)).cloned().collect();
        let of_course = |(course, scheme): (&Text, Scheme)| {
            (course.raw().to_owned(), format!("{}, {}", scheme.word(), of_edition(scheme.edition())))
        };
        let varied = |variation: &&Variation| VariationReceipt {
            parameter: variation.parameter.word().to_owned(),
            value: value_of(variation),
            agreed_by: variation.agreed_by.raw().to_owned(),
            agreed: variation.agreed,
        };
        Self {
            folder,
            commit: None,
            clean: None,
            as_of,
            scheme: records.scheme().word().to_owned(),
            edition: of_edition(records.scheme().edition()),
            course_editions: records.of_other_editions().into_iter().map(of_course).collect(),
            variations: variations.iter().map(varied).collect(),
            records: RecordsReceipt {
                files: sources.iter().filter(|source| source.is_file()).count(),
                digest: of_records(&sources),
                each: each(all, is_record, records),
            },
            documents: Some(documents::named(records, all)),
            only: Vec::new(),
            students: BTreeMap::new(),
        }
    }

    /// Adds a student. The sources are those of the whole folder.
    pub fn add(&mut self, result: &StudentResult<'_>, judgement: Option<&Judgement<'_>>, sources: &[Source]) {
        let findings = judgement.into_iter().flat_map(|judgement| &judgement.findings);
        let not_met = findings.filter(|finding| !matches!(finding.status, Status::Met | Status::NotApplicable));
        let one = StudentReceipt {
            verdict: result.verdict.word().to_owned(),
            sessions: judgement.map(|judgement| SessionFigures::of(judgement).counted),
            not_met: not_met.map(|one| (one.code.word().to_owned(), one.status.word().to_owned())).collect(),
            rests_on: rests_on(result, sources),
        };
        self.students.insert(result.id.raw().to_owned(), one);
    }
}

impl FolderReceipt {
    /// The receipt of some students alone: of the records, those on which their verdicts rest, and those of another
    /// receipt that it is to be held against.
    #[must_use]
    pub fn only_of(mut self, students: Vec<String>, like: Option<&Self>, sources: &[Source]) -> Self {
        let own = self.students.values().flat_map(|student| &student.rests_on);
        let files: BTreeSet<&String> = own.chain(like.into_iter().flat_map(|like| like.records.each.keys())).collect();
        let is_kept = |source: &&Source| files.contains(&source.path.raw().to_owned());
        let kept: Vec<Source> = sources.iter().filter(is_kept).cloned().collect();
        self.records.each.retain(|path, _| files.contains(path));
        self.records.files = kept.len();
        self.records.digest = of_records(&kept);
        let is_of_other = |path: &String| like.and_then(|like| like.documents.as_ref()?.get(path)).is_some();
        if let Some(documents) = &mut self.documents {
            documents.retain(|path, one| is_of_other(path) || one.named_by.iter().any(|file| files.contains(file)));
        }
        self.only = students;
        self
    }
}

/// Each of the records with its digests.
fn each(sources: &[Source], is_record: &dyn Fn(&Source) -> bool, records: &Records) -> BTreeMap<String, RecordReceipt> {
    let mut parts = parts::of_all(records);
    let mut each = BTreeMap::new();
    let numbered = sources.iter().enumerate();
    for (number, source) in numbered.filter(|(_, source)| is_record(source) && !source.is_nearly_record()) {
        let says = u32::try_from(number).ok().and_then(|number| parts.remove(&FileId(number)));
        each.insert(source.path.raw().to_owned(), RecordReceipt { digest: digest::of_file(source), says });
    }
    each
}

/// The records on which a student's verdict rests; of one who cannot be judged, the student's own.
fn rests_on(result: &StudentResult<'_>, sources: &[Source]) -> Vec<String> {
    let files = result.case.map_or_else(|| vec![result.file], StudentCase::files);
    let path = |file: FileId| sources.get(file.0 as usize).map(|source| source.path.raw().to_owned());
    let mut paths: Vec<String> = files.into_iter().filter_map(path).collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}

fn value_of(variation: &Variation) -> serde_json::Value {
    match &variation.value {
        VariationValue::Number(number) => (*number).into(),
        VariationValue::Words(words) => words.iter().map(Text::raw).collect(),
    }
}

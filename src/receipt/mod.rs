//! A receipt: what a folder was judged from and how everybody stood, small enough to go with a committee's minutes.
//!
//! A receipt that is made again from the same records, as of the same day and by the same edition, is the same but for
//! where the records lay. [`differences`] says what is not.

mod differences;
mod digest;

pub use differences::{Difference, differences};
pub(crate) use digest::{of_edition, of_records};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::Day;
use crate::case::Records;
use crate::edition::Scheme;
use crate::judgement::{Judgement, SessionFigures, StudentResult};
use crate::records::{Variation, VariationValue};
use crate::requirements::Status;
use crate::text::{Source, Text};

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
}

impl FolderReceipt {
    /// A receipt of nobody yet.
    pub fn new(folder: String, sources: &[Source], records: &Records, variations: &[&Variation], as_of: Day) -> Self {
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
                digest: of_records(sources),
            },
            students: BTreeMap::new(),
        }
    }

    /// Adds a student.
    pub fn add(&mut self, result: &StudentResult<'_>, judgement: Option<&Judgement<'_>>) {
        let findings = judgement.into_iter().flat_map(|judgement| &judgement.findings);
        let not_met = findings.filter(|finding| !matches!(finding.status, Status::Met | Status::NotApplicable));
        let one = StudentReceipt {
            verdict: result.verdict.word().to_owned(),
            sessions: judgement.map(|judgement| SessionFigures::of(judgement).counted),
            not_met: not_met.map(|one| (one.code.word().to_owned(), one.status.word().to_owned())).collect(),
        };
        self.students.insert(result.id.raw().to_owned(), one);
    }
}

fn value_of(variation: &Variation) -> serde_json::Value {
    match &variation.value {
        VariationValue::Number(number) => (*number).into(),
        VariationValue::Words(words) => words.iter().map(Text::raw).collect(),
    }
}

//! The scanned papers that the records name: a receipt binds each that lies in the folder.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::FolderReceipt;
use crate::case::{Entry, Records};
use crate::records::{Leaf, Record, walk};
use crate::text::{FileId, Source};

/// A document that records name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentReceipt {
    /// The digest of the file; none where the folder did not hold it, so that nothing binds it.
    pub digest: Option<String>,
    /// The paths of the records that name it.
    pub named_by: BTreeSet<String>,
}

/// The documents by the paths that records give.
pub type Documents = BTreeMap<String, DocumentReceipt>;

/// The documents that the records name, still without their digests.
pub(crate) fn named(records: &Records, sources: &[Source]) -> Documents {
    let mut naming = Naming { sources, documents: Documents::new() };
    naming.all(&records.courses);
    naming.all(&records.students);
    naming.all(&records.supervisors);
    naming.all(&records.meetings);
    naming.all(&records.logs);
    naming.documents
}

struct Naming<'s> {
    sources: &'s [Source],
    documents: Documents,
}

impl Naming<'_> {
    fn all<T: Record>(&mut self, entries: &[Entry<T>]) {
        for Entry { file, record, .. } in entries {
            let Some(record) = record.as_deref() else { continue };
            walk(record, &mut |_, leaf| {
                if let Leaf::Document(path) = leaf {
                    self.add(path, *file);
                }
            });
        }
    }

    fn add(&mut self, path: &str, file: FileId) {
        let named_by = self.sources.get(file.0 as usize).map(|source| source.path.raw().to_owned());
        self.documents.entry(path.to_owned()).or_default().named_by.extend(named_by);
    }
}

impl FolderReceipt {
    /// The documents that its records name and that were not in the folder: it cannot bind them.
    pub fn unbound(&self) -> impl Iterator<Item = &str> {
        let all = self.documents.iter().flatten();
        all.filter(|(_, one)| one.digest.is_none() && !one.named_by.is_empty()).map(|(path, _)| path.as_str())
    }
}

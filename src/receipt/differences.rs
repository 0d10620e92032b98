//! What differs between two receipts.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{FolderReceipt, Receipt, StudentReceipt, VariationReceipt, digest};
use crate::text::visible;

/// Something that is not as the receipt says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The folder; none where there is only one.
    pub folder: Option<String>,
    /// What differs: `records`, `edition`, `variations`, `folder`, or a student's `verdict`, `sessions` or status.
    pub what: String,
    /// The student; none where it is about the folder.
    pub student: Option<String>,
    /// What the receipt says; none where it says nothing of it.
    pub receipt: Option<String>,
    /// What is so; none where there is no such thing.
    pub now: Option<String>,
}

/// All that differs, folder by folder. Where the records lay is no difference, and neither is the program's version:
/// what it judges otherwise is.
pub fn differences(receipt: &Receipt, now: &Receipt) -> Vec<Difference> {
    let mut found = Vec::new();
    // Of a single folder the name is nothing but that of the place where it lies.
    if let ([was], [is]) = (receipt.folders.as_slice(), now.folders.as_slice()) {
        folder(None, was, is, &mut found);
        return found;
    }
    let names: BTreeSet<&str> =
        receipt.folders.iter().chain(&now.folders).map(|folder| folder.folder.as_str()).collect();
    for name in names {
        let of = |receipt: &Receipt| receipt.folders.iter().position(|folder| folder.folder == name);
        let (was, is) = (of(receipt), of(now));
        match (was, is) {
            (Some(was), Some(is)) => folder(Some(name), &receipt.folders[was], &now.folders[is], &mut found),
            (was, is) => {
                let word = |there: Option<usize>| there.map(|_| "there".to_owned());
                found.push(Difference {
                    folder: Some(name.to_owned()),
                    what: "folder".to_owned(),
                    student: None,
                    receipt: word(was),
                    now: word(is),
                });
            }
        }
    }
    found
}

fn folder(name: Option<&str>, was: &FolderReceipt, is: &FolderReceipt, found: &mut Vec<Difference>) {
    let mut compare = |what: &str, student: Option<&str>, receipt: Option<String>, now: Option<String>| {
        if receipt != now {
            found.push(Difference {
                folder: name.map(ToOwned::to_owned),
                what: what.to_owned(),
                student: student.map(ToOwned::to_owned),
                receipt,
                now,
            });
        }
    };
    compare("edition", None, Some(edition(was)), Some(edition(is)));
    let varied = |folder: &FolderReceipt| folder.variations.iter().map(variation).collect::<Vec<_>>().join("; ");
    compare("variations", None, Some(varied(was)), Some(varied(is)));
    let records = |folder: &FolderReceipt| format!("{} files, {}", folder.records.files, folder.records.digest);
    if was.records.has_each() {
        // What became of each is told record by record. Here it is told that they do not make up the whole.
        let own = digest::of_list(was.records.each.iter().map(|(path, record)| (path, &record.digest)));
        compare("records", None, Some(was.records.digest.clone()), Some(own.clone()));
        if own == is.records.digest {
            compare("records", None, Some(was.records.files.to_string()), Some(is.records.files.to_string()));
        }
    } else {
        compare("records", None, Some(records(was)), Some(records(is)));
    }
    let ids: BTreeSet<&String> = was.students.keys().chain(is.students.keys()).collect();
    for id in ids {
        let (was, is) = (was.students.get(id), is.students.get(id));
        let verdict = |student: Option<&StudentReceipt>| student.map(|student| student.verdict.clone());
        compare("verdict", Some(id), verdict(was), verdict(is));
        // Who is on one side only differs in all.
        let (Some(was), Some(is)) = (was, is) else { continue };
        let sessions = |student: &StudentReceipt| student.sessions.map(|sessions| sessions.to_string());
        compare("sessions", Some(id), sessions(was), sessions(is));
        let codes: BTreeSet<&String> = was.not_met.keys().chain(is.not_met.keys()).collect();
        for code in codes {
            let status = |student: &StudentReceipt| {
                let met = || student.sessions.map(|_| "met or n/a".to_owned());
                student.not_met.get(code).cloned().or_else(met)
            };
            compare(code, Some(id), status(was), status(is));
        }
    }
}

fn edition(folder: &FolderReceipt) -> String {
    let of_courses = folder.course_editions.iter().map(|(course, edition)| format!("; {}: {edition}", visible(course)));
    format!("{}, {}{}", folder.scheme, folder.edition, of_courses.collect::<String>())
}

fn variation(variation: &VariationReceipt) -> String {
    let VariationReceipt { parameter, value, agreed_by, agreed } = variation;
    format!("{parameter} = {value} ({}, {})", visible(agreed_by), agreed.iso())
}

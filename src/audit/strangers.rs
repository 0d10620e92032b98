//! Rulings and decisions that were written from an address of which the folder does not say whose it is.

use std::collections::BTreeSet;

use serde_json::Value;

use super::own_favour::addresses;
use super::people::{ever_listed, plain};
use super::{Irregularity, IrregularityName, Past, TOLD};
use crate::diff::{ChangeKind, FieldChange, in_words};
use crate::records::{Audit, RecordKind};
use crate::text::{Text, few};

/// The lists of those who write down what committees decide: where neither names anybody, nothing says who may.
const WRITERS: [&str; 2] = ["convenors", "administrators"];

const ALL: [&str; 4] = ["convenors", "administrators", "supervisors", "students"];

/// Finds what was written in rulings and decisions from addresses that are on no list and in no record of a supervisor or of
/// the student, after the folder had begun to list those of its convenors or administrators. An address that is listed at any
/// time is known.
pub(super) fn find(past: &Past<'_>, rules: &Audit, found: &mut Vec<Irregularity>) {
    let since = past.written.iter().position(|records| {
        let of_folder = records.iter().filter(|record| record.kind == Some(RecordKind::Gwp));
        let mut details = of_folder.flat_map(|record| &record.entries).map(|written| &written.detail);
        details.any(lists_writers)
    });
    let Some(since) = since else { return };
    let of_rules = rules.others().flatten().chain(&rules.students).map(plain);
    let mut known: BTreeSet<String> = of_rules.chain(ever_listed(past, &ALL)).collect();
    known.extend(past.concerns.addresses_of_supervisors().map(plain));
    known.extend(of_courses(past));
    let of_students = past.records().filter(|(.., record)| record.kind == Some(RecordKind::Student));
    for (at, revision, record) in of_students.filter(|(at, ..)| *at > since) {
        let (author, committer) = (&revision.author.email, &revision.committer.email);
        // What students write of themselves is asked about as that; of others they write nothing.
        let own: BTreeSet<String> = record.id.iter().flat_map(|id| addresses(past, id)).collect();
        let is_known = |email: &Text| known.contains(&plain(email)) || own.contains(&plain(email));
        if [author, committer].into_iter().any(is_known) {
            continue;
        }
        let details = record.entries.iter().map(|written| &written.detail);
        let is_said = |detail: &&FieldChange| matches!(detail.what, ChangeKind::Entry("decision" | "ruling"));
        let said: Vec<&FieldChange> = details.filter(is_said).collect();
        if !said.is_empty() {
            let what = few(said.iter().map(|detail| in_words(detail)), TOLD, "; ");
            let message = format!("written from {author}, which is on no list: {what}");
            found.push(past.of_record(IrregularityName::WriterUnlisted, at, record, message).with_changes(said));
        }
    }
}

fn lists_writers(detail: &FieldChange) -> bool {
    let is_named = |list: Option<&Value>| list.and_then(Value::as_array).is_some_and(|list| !list.is_empty());
    let Some(to) = &detail.to else { return false };
    match detail.at.as_str() {
        "audit" => WRITERS.iter().any(|key| is_named(to.get(key))),
        at => at.strip_prefix("audit.").is_some_and(|key| WRITERS.contains(&key)) && is_named(Some(to)),
    }
}

/// The addresses that courses ever gave.
fn of_courses(past: &Past<'_>) -> BTreeSet<String> {
    let courses = past.written.iter().flatten().filter(|record| record.kind == Some(RecordKind::Course));
    let details = courses.flat_map(|record| &record.entries).map(|written| &written.detail);
    let emails = details.filter(|detail| detail.at == "email").flat_map(|detail| detail.from.iter().chain(&detail.to));
    emails.filter_map(Value::as_str).map(|email| plain(&Text::new(email))).collect()
}

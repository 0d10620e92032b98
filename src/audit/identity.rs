//! Records that were given another person's name after somebody had decided about the student.

use std::collections::HashMap;

use serde_json::Value;

use super::{Irregularity, IrregularityName, Past};
use crate::diff::{ChangeKind, FieldChange, in_words, one_in_words};
use crate::records::RecordKind;
use crate::text::Text;

/// What a student's record says of who that is.
#[derive(Clone, Debug, Default)]
struct Person {
    name: Option<Value>,
    email: Option<Value>,
}

/// What is known of a record.
#[derive(Clone, Debug, Default)]
struct Known {
    now: Person,
    /// Who it was when the first decision about the student was recorded.
    decided: Option<Person>,
    is_told: bool,
}

/// Finds the records that after a decision got another name and another address, or a name that another's record had.
pub(super) fn find(past: &Past<'_>, found: &mut Vec<Irregularity>) {
    let mut people: HashMap<Text, Known> = HashMap::new();
    let mut names: Vec<(Text, Value)> = Vec::new();
    let students = past.records().filter(|(.., record)| record.kind == Some(RecordKind::Student));
    let students: Vec<_> = students.collect();
    for (_, _, record) in &students {
        let Some(id) = &record.id else { continue };
        let of_name = record.entries.iter().filter(|written| is_key(&written.detail, "name"));
        let before = of_name.filter_map(|written| written.detail.from.clone().or(written.detail.to.clone()));
        names.extend(before.map(|name| (id.clone(), name)));
    }
    let mut first_decided: HashMap<&Text, usize> = HashMap::new();
    for one in past.decisions() {
        let first = first_decided.entry(&one.student).or_insert(one.revision);
        *first = one.revision.min(*first);
    }
    for (at, _, record) in students {
        let Some(id) = &record.id else { continue };
        if let Some(known) = record.was.as_ref().and_then(|was| people.remove(was)) {
            people.insert(record.file.clone(), known);
        }
        let known = people.entry(record.file.clone()).or_default();
        let mut changes: Vec<&FieldChange> = Vec::new();
        for detail in record.entries.iter().map(|written| &written.detail) {
            for (key, said) in [("name", &mut known.now.name), ("email", &mut known.now.email)] {
                if is_key(detail, key) {
                    said.clone_from(&detail.to);
                    changes.push(detail);
                }
            }
        }
        let ids = past.concerns.ids_of(id);
        if let Some(was) = known.decided.as_ref().filter(|_| !known.is_told && !changes.is_empty()) {
            let is_others = |name: &Value| names.iter().any(|(other, its)| its == name && !ids.contains(other));
            let has_new_name = was.name.is_some() && known.now.name.is_some() && known.now.name != was.name;
            let has_new_address = was.email.is_some() && known.now.email != was.email;
            if has_new_name && (has_new_address || known.now.name.as_ref().is_some_and(is_others)) {
                known.is_told = true;
                let what = changes.iter().map(|detail| in_words(detail)).collect::<Vec<_>>().join("; ");
                let word = |value: &Option<Value>| value.as_ref().map_or_else(String::new, one_in_words);
                let message =
                    format!("decided about {}, and is now about {}: {what}", word(&was.name), word(&known.now.name));
                found.push(past.of_record(IrregularityName::StudentChanged, at, record, message).with_changes(changes));
            }
        }
        let is_decided = |id: &Text| first_decided.get(id).is_some_and(|first| *first <= at);
        if known.decided.is_none() && ids.iter().any(is_decided) {
            known.decided = Some(known.now.clone());
        }
    }
}

fn is_key(detail: &FieldChange, key: &str) -> bool {
    detail.what == ChangeKind::Key && detail.at == key
}

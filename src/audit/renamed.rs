//! What only follows from a record's getting another id.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::diff::Change;
use crate::history::WrittenRecord;
use crate::text::Text;

/// By commit the ids that records had, and those that they got.
pub(super) type NewIds = BTreeMap<usize, Vec<(Text, Text)>>;

/// Takes out of what commits wrote whatever says the same as before but for ids that records got in the commit or in an
/// earlier one. `more` are those that they got in other ways.
pub(super) fn take_out(written: &mut [Vec<WrittenRecord>], more: &NewIds) {
    let mut renamed: HashMap<Text, Text> = HashMap::new();
    for (at, records) in written.iter_mut().enumerate() {
        let new_id = |record: &WrittenRecord| {
            let was = crate::case::id_of(record.was.as_ref()?.raw());
            let is = record.id.clone().filter(|is| *is != was)?;
            Some((was, is))
        };
        // An id that is given to a new record is that of another.
        let is_given =
            |id: &Text| records.iter().any(|record| record.change == Change::Added && record.id.as_ref() == Some(id));
        renamed.retain(|was, _| !is_given(was));
        let new: Vec<(Text, Text)> =
            records.iter().filter_map(new_id).chain(more.get(&at).into_iter().flatten().cloned()).collect();
        for (was, is) in new {
            renamed.values_mut().filter(|now| **now == was).for_each(|now| now.clone_from(&is));
            renamed.retain(|known, now| known != now);
            renamed.insert(was, is);
        }
        if !renamed.is_empty() {
            take_out_of(records, &renamed);
        }
    }
}

fn take_out_of(records: &mut [WrittenRecord], renamed: &HashMap<Text, Text>) {
    for record in records {
        let details = || record.entries.iter().map(|written| &written.detail);
        let was: Vec<Option<Value>> =
            details().map(|detail| detail.from.as_ref().map(|from| with_new_ids(from, renamed))).collect();
        // What is there now, and the same was there before: at its place, or struck out of the list beside it.
        let mut is_same: Vec<bool> =
            details().zip(&was).map(|(detail, was)| was.is_some() && *was == detail.to).collect();
        for (at, detail) in details().enumerate().filter(|(_, detail)| detail.from.is_none()) {
            let is_it = |(other, was): (usize, &Option<Value>)| {
                let known = &record.entries[other].detail;
                !is_same[other] && known.to.is_none() && known.what == detail.what && *was == detail.to
            };
            if let Some(other) = was.iter().enumerate().position(is_it) {
                (is_same[at], is_same[other]) = (true, true);
            }
        }
        let mut is_same = is_same.into_iter();
        record.entries.retain(|_| !is_same.next().unwrap_or_default());
    }
}

fn with_new_ids(value: &Value, renamed: &HashMap<Text, Text>) -> Value {
    match value {
        Value::String(word) => {
            renamed.get(&Text::new(word.as_str())).map_or_else(|| value.clone(), |is| is.raw().into())
        }
        Value::Array(list) => list.iter().map(|one| with_new_ids(one, renamed)).collect(),
        Value::Object(table) => {
            Value::Object(table.iter().map(|(key, one)| (key.clone(), with_new_ids(one, renamed))).collect())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::tests::{log, written};
    use crate::records::RecordKind;

    #[test]
    fn what_says_the_same_but_for_a_new_id_was_not_written() {
        let absent =
            |id: &str, minutes: u16| log(&[&format!("date = 2025-10-07, minutes = {minutes}, absent = ['{id}']")]);
        let wrg = |id: &str| format!("wrg = [{{ supervisor = '{id}', from = 2025-09-27 }}]\ncourse = '{id}'");
        let session = |older: &str, newer: &str| written(RecordKind::Session, older, newer);
        for (record, left) in [
            (session(&absent("a", 90), &absent("b", 90)), 0),
            (session(&absent("a", 90), &absent("b", 60)), 1),
            (session(&absent("a", 90), &absent("c", 90)), 1),
            (session("", &absent("b", 90)), 1),
            (session(&absent("a", 90), ""), 1),
            // An entry that is told by the id is gone and there again.
            (written(RecordKind::Student, &wrg("a"), &wrg("b")), 0),
            (written(RecordKind::Student, &wrg("a"), &wrg("c")), 3),
        ] {
            let named = |was: Option<&str>| WrittenRecord {
                file: Text::new("supervisors/b.toml"),
                was: was.map(Text::new),
                id: Some(Text::new("b")),
                ..written(RecordKind::Supervisor, "", "")
            };
            let left_of = |commits: &[&[&WrittenRecord]], more: &NewIds| {
                let copied = |records: &&[&WrittenRecord]| records.iter().map(|record| (*record).clone()).collect();
                let mut commits: Vec<Vec<WrittenRecord>> = commits.iter().map(copied).collect();
                take_out(&mut commits, more);
                commits.last().and_then(|records| records.last()).map_or(0, |record| record.entries.len())
            };
            let (all, none) = (record.entries.len(), NewIds::new());
            let renames = named(Some("supervisors/a.toml"));
            assert_eq!(left_of(&[&[&renames, &record]], &none), left, "{record:?}");
            assert_eq!(left_of(&[&[&named(None), &record]], &none), all);
            // What is named otherwise later, and by a copy; not once another record has the id.
            assert_eq!(left_of(&[&[&renames], &[&record]], &none), left, "{record:?}");
            let copied = NewIds::from([(0, vec![(Text::new("a"), Text::new("b"))])]);
            assert_eq!(left_of(&[&[], &[&record]], &copied), left, "{record:?}");
            let another = WrittenRecord { change: Change::Added, id: Some(Text::new("a")), ..named(None) };
            assert_eq!(left_of(&[&[&renames], &[&another], &[&record]], &none), all, "{record:?}");
        }
    }
}

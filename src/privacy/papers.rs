//! The scanned papers that hold something of a person: records name them where they say something of that person.

use std::collections::BTreeSet;

use serde_json::Value;

use super::mentions::link_of_record;
use super::people::Person;
use crate::diff::value_of;
use crate::history::named_papers;
use crate::records::names_paper;
use crate::text::{Source, Text};

/// The papers that a record names in what it says of somebody: their own record and log all of them, and another record
/// those of entries about them.
pub fn papers_about(person: &Person, source: &Source) -> BTreeSet<Text> {
    fn within<'v>(value: &'v Value, person: &Person, found: &mut BTreeSet<&'v str>) {
        match value {
            Value::Object(table) => {
                let own = table.iter().filter(|(key, _)| names_paper(key)).filter_map(|(_, path)| path.as_str());
                let mut own = own.peekable();
                if own.peek().is_some() && person.link_in(value).is_some() {
                    found.extend(own);
                }
                table.values().for_each(|value| within(value, person, found));
            }
            Value::Array(list) => list.iter().for_each(|value| within(value, person, found)),
            _ => {}
        }
    }
    let Some(record) = value_of(source) else { return BTreeSet::new() };
    let mut found = BTreeSet::new();
    if link_of_record(source, person).is_some() {
        found = named_papers(&record);
    } else {
        let entries = record.as_object().into_iter().flat_map(|record| record.values());
        entries.for_each(|value| within(value, person, &mut found));
    }
    found.into_iter().map(Text::new).collect()
}

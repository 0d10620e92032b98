//! The scanned papers that a record names.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::records::names_paper;

/// The path of a paper as it is compared: however its letters with marks are put together in a record, on a disk or in git.
/// Those of a [`super::Revision`] are so already.
pub fn paper_key(path: &str) -> String {
    #[cfg(feature = "disk")]
    return crate::text::composed(path).into_owned();
    #[cfg(not(feature = "disk"))]
    path.to_owned()
}

/// The paths of the papers that a record, or a part of one, names.
pub fn named_papers(value: &Value) -> BTreeSet<&str> {
    fn find<'v>(value: &'v Value, named: &mut BTreeSet<&'v str>) {
        match value {
            Value::Object(table) => {
                let own = table.iter().filter(|(key, _)| names_paper(key));
                named.extend(own.filter_map(|(_, path)| path.as_str()));
                table.values().for_each(|value| find(value, named));
            }
            Value::Array(list) => list.iter().for_each(|value| find(value, named)),
            _ => {}
        }
    }
    let mut named = BTreeSet::new();
    find(value, &mut named);
    named
}

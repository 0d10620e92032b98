//! What an entry of a record says.

use serde_json::{Map, Value};

use crate::calendar::Day;

/// The day of an entry, where it has one.
pub(super) fn day_of(entry: &Value) -> Option<Day> {
    Day::parse(entry.get("date")?.as_str()?)
}

/// What an entry says besides its day; nothing where it has none.
pub(super) fn undated(entry: &Value) -> Option<Map<String, Value>> {
    let mut table = entry.as_object()?.clone();
    table.remove("date")?;
    Some(table)
}

/// Whether a session is a plan, which is evidence of nothing.
pub(super) fn is_plan(session: &Value) -> bool {
    session.get("planned") == Some(&Value::Bool(true))
}

/// Whether a session is said to have been held.
pub(super) fn is_held(session: &Value) -> bool {
    session.get("cancelled").is_none() && !is_plan(session)
}

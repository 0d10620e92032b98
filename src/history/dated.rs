//! On which day something happened that a record tells, and whether it can be told beforehand.

use serde_json::Value;

use crate::calendar::Day;
use crate::diff::{ChangeKind, FieldChange};
use crate::records::{Tense, dates as dates_of_records};

/// A date that was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The date.
    pub day: Day,
    /// What it tells.
    pub tense: Tense,
}

/// The dates that a difference brings into a record, in the order of the format; of those that stay, none. That a session
/// was otherwise than had been said is new, though its date is not, and so is what a report says besides.
pub fn new_dates(detail: &FieldChange) -> Vec<Dated> {
    let is_altered = is_said_otherwise(detail);
    dates(detail, |key| {
        let was = days(find(detail, detail.from.as_ref().filter(|_| !is_altered), key));
        let is = days(find(detail, detail.to.as_ref(), key));
        is.into_iter().filter(|day| !was.contains(day)).collect()
    })
}

/// Whether a session or a report is said to have been otherwise, and not only noted about or scanned.
fn is_said_otherwise(detail: &FieldChange) -> bool {
    let said = |value: &Option<Value>| {
        let mut table = value.as_ref()?.as_object()?.clone();
        table.retain(|key, _| key != "notes" && key != "document");
        Some(table)
    };
    match (detail.what, said(&detail.from), said(&detail.to)) {
        (ChangeKind::Entry("session" | "report"), Some(from), Some(to)) => from != to,
        _ => false,
    }
}

/// The day by which an entry is known, where it has one.
pub fn known_by(detail: &FieldChange) -> Option<Day> {
    let all = dates(detail, |key| days(find(detail, detail.to.as_ref().or(detail.from.as_ref()), key)));
    // A report is known by the day on which it arrived, and not by the deadline that it answers.
    all.iter().find(|dated| dated.tense != Tense::Meant).or(all.first()).map(|dated| dated.day)
}

fn dates(detail: &FieldChange, of: impl Fn(&str) -> Vec<Day>) -> Vec<Dated> {
    let entry = match detail.what {
        ChangeKind::Entry(word) => word,
        ChangeKind::Key => "",
        ChangeKind::Order | ChangeKind::Text => return Vec::new(),
    };
    // What is called off can be known before.
    let is_called_off = entry == "session" && detail.to.as_ref().is_some_and(|to| to.get("cancelled").is_some());
    let known = dates_of_records().iter().filter(|known| known.entry == entry);
    known
        .flat_map(|known| {
            let tense = if is_called_off { Tense::Arranged } else { known.tense };
            of(&known.key).into_iter().map(move |day| Dated { day, tense })
        })
        .collect()
}

/// What stands at a key of an entry; of a difference that is about a key itself, what stands at that key or below it.
fn find<'v>(detail: &FieldChange, value: Option<&'v Value>, key: &str) -> Option<&'v Value> {
    let below = match detail.what {
        ChangeKind::Entry(_) => key,
        _ => match key.strip_prefix(detail.at.as_str())? {
            "" => return value,
            rest => rest.strip_prefix('.')?,
        },
    };
    below.split('.').try_fold(value?, |value, key| value.get(key))
}

fn days(value: Option<&Value>) -> Vec<Day> {
    match value {
        Some(Value::String(text)) => Day::parse(text).into_iter().collect(),
        Some(Value::Array(list)) => list.iter().filter_map(|one| Day::parse(one.as_str()?)).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn detail(what: ChangeKind, at: &str, from: Value, to: Value) -> FieldChange {
        let some = |value: Value| Some(value).filter(|value| !value.is_null());
        FieldChange { what, at: at.to_owned(), from: some(from), to: some(to) }
    }

    fn said(detail: &FieldChange) -> Vec<String> {
        new_dates(detail).iter().map(|dated| format!("{} {:?}", dated.day.iso(), dated.tense)).collect()
    }

    #[test]
    fn only_what_is_new_happened() {
        let was = json!({"group": "a", "from": "2025-10-06"});
        let is = json!({"group": "a", "from": "2025-10-06", "confirmed": "2025-10-22"});
        let one = detail(ChangeKind::Entry("arrangement"), "arrangement[0]", was, is);
        assert_eq!(said(&one), ["2025-10-22 Happened"]);
        assert_eq!(known_by(&one), Day::parse("2025-10-06"));
    }

    #[test]
    fn a_session_that_was_otherwise() {
        let of = |is: Value| {
            let was = json!({"date": "2025-10-06", "cancelled": "ill"});
            said(&detail(ChangeKind::Entry("session"), "sessions[0]", was, is))
        };
        assert_eq!(of(json!({"date": "2025-10-06", "minutes": 90})), ["2025-10-06 Happened"]);
        assert_eq!(of(json!({"date": "2025-10-06", "cancelled": "snow"})), ["2025-10-06 Arranged"]);
        assert!(of(json!({"date": "2025-10-06", "cancelled": "ill", "notes": "x"})).is_empty());
    }

    #[test]
    fn a_report_that_says_something_else() {
        let of = |is: Value| {
            let was = json!({"form": "GWP2", "due": "2026-01-31", "received": "2026-01-29"});
            said(&detail(ChangeKind::Entry("report"), "report[0]", was, is))
        };
        let mut is = json!({"form": "GWP2", "due": "2026-01-31", "received": "2026-01-29", "document": "x.pdf"});
        assert!(of(is.clone()).is_empty());
        is["competencies"] = json!({"context": "competent"});
        assert_eq!(of(is), ["2026-01-31 Meant", "2026-01-29 Happened"]);
    }

    #[test]
    fn a_table_and_a_key_in_it() {
        let table = detail(ChangeKind::Key, "form1", Value::Null, json!({"submitted": "2025-10-20"}));
        assert_eq!(said(&table), ["2025-10-20 Happened"]);
        let key = detail(ChangeKind::Key, "form1.submitted", json!("2025-10-19"), json!("2025-10-20"));
        assert_eq!(said(&key), ["2025-10-20 Happened"]);
        let other = detail(ChangeKind::Key, "form10", Value::Null, json!({"submitted": "2025-10-20"}));
        assert!(said(&other).is_empty());
    }

    #[test]
    fn what_is_called_off_can_be_known_before() {
        let off = detail(
            ChangeKind::Entry("session"),
            "sessions[0]",
            Value::Null,
            json!({"date": "2025-10-20", "cancelled": "ill"}),
        );
        assert_eq!(said(&off), ["2025-10-20 Arranged"]);
    }

    #[test]
    fn each_presentation() {
        let wrg = |days: Value| json!({"supervisor": "a", "from": "2025-09-27", "presentations": days});
        let one = detail(
            ChangeKind::Entry("wrg"),
            "wrg[0]",
            wrg(json!(["2025-11-14"])),
            wrg(json!(["2025-11-14", "2026-02-06"])),
        );
        assert_eq!(said(&one), ["2026-02-06 Happened"]);
    }
}

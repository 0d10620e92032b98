//! Whether two texts say the same, however they are written.

use serde_json::Value as Json;

use super::Change;
use super::new_value::NewValue;
use crate::text::{Node, Path, Step, Value};

/// Whether the new text says what the old one says with the change made, and nothing else.
pub(super) fn but(old: &Node<'_>, new: &Node<'_>, change: &Change) -> bool {
    let mut wanted = json_of(old);
    let made = match change {
        Change::Into { list, position, entry } => into(&mut wanted, list, *position, entry.json()),
        Change::Instead { list, position, entry } => {
            at(&mut wanted, &list.index(*position)).map(|there| *there = entry.json())
        }
        Change::Set { within, key, value } => set(&mut wanted, within, key, value),
        Change::Gone { at } => gone(&mut wanted, at),
    };
    let new = json_of(new);
    if made.is_none() || new == wanted {
        return made.is_some();
    }
    // A list from which the last element was taken can be gone itself.
    let Change::Gone { at: path } = change else { return false };
    let Some((list, Step::Index(_))) = path.split_last() else { return false };
    let is_empty = at(&mut wanted, &list).is_some_and(|list| list.as_array().is_some_and(Vec::is_empty));
    is_empty && gone(&mut wanted, &list).is_some() && new == wanted
}

/// What a text says, without where it stands: a day is its text, however it is written.
pub fn json_of(node: &Node<'_>) -> Json {
    match &node.value {
        Value::Table(entries) => {
            Json::Object(entries.iter().map(|(key, value)| (key.name.to_string(), json_of(value))).collect())
        }
        Value::List(elements) => elements.iter().map(json_of).collect(),
        Value::Text(text) => Json::from(&**text),
        Value::Date(date) => Json::from(*date),
        Value::Integer(number) => Json::from(*number),
        Value::Boolean(yes) => Json::from(*yes),
        // No sound record has these.
        Value::Float | Value::Null => Json::Null,
    }
}

fn at<'j>(json: &'j mut Json, path: &Path) -> Option<&'j mut Json> {
    path.steps().try_fold(json, |here, step| match step {
        Step::Key(key) => here.get_mut(key),
        Step::Index(index) => here.get_mut(index as usize),
    })
}

fn set(json: &mut Json, within: &Path, key: &str, value: &NewValue) -> Option<()> {
    at(json, within)?.as_object_mut()?.insert(key.to_owned(), value.json());
    Some(())
}

fn into(json: &mut Json, list: &Path, position: usize, entry: Json) -> Option<()> {
    if at(json, list).is_none() {
        let (within, Step::Key(key)) = list.split_last()? else { return None };
        set(json, &within, key, &NewValue::List(Vec::new()))?;
    }
    let elements = at(json, list)?.as_array_mut()?;
    (position <= elements.len()).then(|| elements.insert(position, entry))
}

fn gone(json: &mut Json, path: &Path) -> Option<()> {
    let (within, last) = path.split_last()?;
    let here = at(json, &within)?;
    match last {
        Step::Key(key) => here.as_object_mut()?.shift_remove(key).map(drop),
        Step::Index(index) => {
            let elements = here.as_array_mut()?;
            (elements.len() > index as usize).then(|| drop(elements.remove(index as usize)))
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the texts of a test are written in it")]
mod tests {
    use super::super::new_value::NewTable;
    use super::*;
    use crate::calendar::Day;
    use crate::records::RecordKind;
    use crate::records::shape::Table;
    use crate::text::{Notation, Parsed};

    const LOG: &str = "title = 'A'\nconductors = ['one', 'two']\nsessions = [\n  { date = 2025-10-07, minutes = 90 },\n  \
        { date = 2025-10-21, minutes = 90 },\n]\n";

    fn session(date: &str) -> NewValue {
        let day = NewValue::Day(Day::parse(date).unwrap());
        let session = NewTable::with("date", day, Table::of_kind(RecordKind::Session).below("sessions"));
        NewValue::Table(session.and([("minutes", NewValue::Number(60))]))
    }

    fn is_so(old: &str, new: &str, change: &Change) -> bool {
        let read = |text| Parsed::of(Notation::Toml, text);
        but(&read(old).root, &read(new).root, change)
    }

    /// The change makes of the old text the new one, and of no other: each pair says what else is different in it.
    fn only(change: &Change, old: &str, new: &str, others: &[(&str, &str)]) {
        assert!(is_so(old, new, change), "{new}");
        assert!(!is_so(old, old, change), "nothing is changed");
        for (there, instead) in others {
            assert_eq!(new.matches(there).count(), 1, "{there}");
            let other = new.replace(there, instead);
            assert!(!is_so(old, &other, change), "{other}");
        }
        let more = format!("more = 1\n{new}");
        assert!(!is_so(old, &more, change), "{more}");
    }

    #[test]
    fn one_entry_more() {
        let change = Change::Into { list: Path::of("sessions"), position: 1, entry: session("2025-10-14") };
        let new = LOG.replacen("90 },\n", "90 },\n  { date = 2025-10-14, minutes = 60 },\n", 1);
        let others = [
            ("title = 'A'\n", ""),
            ("'A'", "'B'"),
            ("['one', 'two']", "['one']"),
            ("['one', 'two']", "['one', 'three']"),
            ("2025-10-07, minutes = 90", "2025-10-07, minutes = 80"),
            ("2025-10-07, minutes = 90", "2025-10-07"),
            ("2025-10-07, minutes = 90", "2025-10-07, minutes = 90, present = 7"),
            ("minutes = 60", "minutes = 61"),
            ("2025-10-14", "2025-10-15"),
            (", minutes = 60", ""),
            ("minutes = 60", "minutes = 60, present = 7"),
            ("  { date = 2025-10-21, minutes = 90 },\n", ""),
            ("2025-10-21", "2025-10-22"),
        ];
        only(&change, LOG, &new, &others);
        let elsewhere = Change::Into { list: Path::of("sessions"), position: 2, entry: session("2025-10-14") };
        assert!(!is_so(LOG, &new, &elsewhere));
        // The first of all has no list before it.
        let first = Change::Into { list: Path::of("sessions"), position: 0, entry: session("2025-10-14") };
        assert!(is_so("title = 'A'\n", "title = 'A'\nsessions = [{ date = 2025-10-14, minutes = 60 }]\n", &first));
    }

    #[test]
    fn one_entry_that_says_more() {
        let change = Change::Instead { list: Path::of("sessions"), position: 1, entry: session("2025-10-21") };
        let new = LOG.replace("2025-10-21, minutes = 90", "2025-10-21, minutes = 60");
        let others = [
            ("'A'", "'B'"),
            ("2025-10-07, minutes = 90", "2025-10-07, minutes = 60"),
            ("2025-10-21", "2025-10-22"),
            ("  { date = 2025-10-07, minutes = 90 },\n", ""),
            ("minutes = 60 },\n", "minutes = 60 },\n  { date = 2025-10-28, minutes = 90 },\n"),
        ];
        only(&change, LOG, &new, &others);
        assert!(!is_so("title = 'A'\n", LOG, &change));
    }

    #[test]
    fn one_value() {
        let old = "name = 'A'\n[form1]\ndocument = 'd'\n[[report]]\nform = 'GWP2'\n[[report]]\nform = 'WRG2'\n";
        let received = || NewValue::Day(Day::parse("2026-01-29").unwrap());
        let joined = Change::Set { within: Path::root(), key: "joined", value: received() };
        let new = format!("joined = 2026-01-29\n{old}");
        let others = [("2026-01-29", "2026-01-30"), ("'d'", "'e'"), ("name = 'A'\n", ""), ("'WRG2'", "'GWP3'")];
        only(&joined, old, &new, &others);
        let submitted = Change::Set { within: Path::of("form1"), key: "submitted", value: received() };
        let new = old.replace("'d'\n", "'d'\nsubmitted = 2026-01-29\n");
        let others = [("2026-01-29", "2026-01-30"), ("'d'", "'e'"), ("'A'", "'B'"), ("document = 'd'\n", "")];
        only(&submitted, old, &new, &others);
        let of_report = Change::Set { within: Path::of("report").index(1), key: "received", value: received() };
        let new = format!("{old}received = 2026-01-29\n");
        let others = [("2026-01-29", "2026-01-30"), ("'WRG2'", "'GWP3'"), ("'GWP2'", "'GWP3'"), ("'d'", "'e'")];
        only(&of_report, old, &new, &others);
        let into_other = format!("{}[[report]]\nform = 'WRG2'\n", new.replace("[[report]]\nform = 'WRG2'\n", ""));
        assert!(!is_so(old, &into_other, &of_report), "{into_other}");
    }

    #[test]
    fn every_kind_of_value() {
        let says = |text: &str, value: NewValue| {
            let new = format!("name = 'A'\nkey = {text}\n");
            is_so("name = 'A'\n", &new, &Change::Set { within: Path::root(), key: "key", value })
        };
        let texts = |texts: &[&str]| NewValue::List(texts.iter().map(|text| NewValue::Text((*text).into())).collect());
        assert!(
            says("true", NewValue::Truth(true))
                && !says("false", NewValue::Truth(true))
                && !says("'true'", NewValue::Truth(true))
        );
        assert!(says("'a'", NewValue::Text("a".into())) && !says("'b'", NewValue::Text("a".into())));
        assert!(says("['a', 'b']", texts(&["a", "b"])));
        for other in ["['b', 'a']", "['a']", "['a', 'b', 'c']", "'a'"] {
            assert!(!says(other, texts(&["a", "b"])), "{other}");
        }
        let day = || NewValue::Day(Day::parse("2026-01-29").unwrap());
        assert!(says("2026-01-29", day()) && says("'2026-01-29'", day()) && !says("'2026-01-30'", day()));
        assert!(says("90", NewValue::Number(90)) && !says("91", NewValue::Number(90)));
    }
}

//! Whether two texts say the same, however they are written.

use super::new_value::{NewTable, NewValue};
use super::{Change, Within};
use crate::text::{Node, Value};

/// Whether the new text says what the old one says with the change made, and nothing else.
pub(super) fn but(old: &Node<'_>, new: &Node<'_>, change: &Change) -> bool {
    match change {
        Change::Into { list, position, entry } => {
            let before = old.get(list).map_or(&[][..], Node::elements);
            let Some(after) = new.get(list).map(Node::elements) else { return false };
            let Some(added) = after.get(*position) else { return false };
            let rest = after.iter().enumerate().filter(|(at, _)| at != position).map(|(_, element)| element);
            others_equal(old, new, list)
                && after.len() == before.len() + 1
                && before.iter().zip(rest).all(|(one, other)| equal(one, other))
                && says(added, &NewValue::Table(entry.clone()))
        }
        Change::Instead { list, position, entry } => {
            let (Some(before), Some(after)) = (old.get(list), new.get(list)) else { return false };
            let (before, after) = (before.elements(), after.elements());
            let wanted = NewValue::Table(entry.clone());
            others_equal(old, new, list)
                && before.len() == after.len()
                && before
                    .iter()
                    .zip(after)
                    .enumerate()
                    .all(|(at, (one, other))| if at == *position { says(other, &wanted) } else { equal(one, other) })
        }
        Change::Set { within: None, key, value } => sets(old, new, key, value),
        Change::Set { within: Some(Within(name, position, table)), key, value } => {
            within(old, new, name, &|old, new| {
                let sets_in = |old: &Node<'_>, new: &Node<'_>| match table {
                    Some(table) => within(old, new, table, &|old, new| sets(old, new, key, value)),
                    None => sets(old, new, key, value),
                };
                let Some(position) = position else { return sets_in(old, new) };
                let (before, after) = (old.elements(), new.elements());
                let mut pairs = before.iter().zip(after).enumerate();
                before.len() == after.len()
                    && pairs
                        .all(|(at, (one, other))| if at == *position { sets_in(one, other) } else { equal(one, other) })
            })
        }
    }
}

/// Whether two tables are equal, but for what they have at a key, which has to be so.
fn within(old: &Node<'_>, new: &Node<'_>, key: &str, is_so: &dyn Fn(&Node<'_>, &Node<'_>) -> bool) -> bool {
    others_equal(old, new, key) && old.get(key).zip(new.get(key)).is_some_and(|(old, new)| is_so(old, new))
}

fn sets(old: &Node<'_>, new: &Node<'_>, key: &str, value: &NewValue) -> bool {
    others_equal(old, new, key) && new.get(key).is_some_and(|there| says(there, value))
}

/// Whether two tables are equal, one key aside.
fn others_equal(old: &Node<'_>, new: &Node<'_>, key: &str) -> bool {
    let count = |node: &Node<'_>| node.entries().iter().filter(|(known, _)| known.name != key).count();
    let kept = |(known, value): &(_, Node<'_>)| {
        let known: &crate::text::Key<'_> = known;
        known.name == key || new.get(&known.name).is_some_and(|other| equal(value, other))
    };
    count(old) == count(new) && old.entries().iter().all(kept)
}

/// Whether two values say the same.
pub(super) fn equal(one: &Node<'_>, other: &Node<'_>) -> bool {
    match (&one.value, &other.value) {
        (Value::Table(entries), Value::Table(others)) => {
            entries.len() == others.len()
                && entries.iter().all(|(key, value)| other.get(&key.name).is_some_and(|it| equal(value, it)))
        }
        (Value::List(elements), Value::List(others)) => {
            elements.len() == others.len() && elements.iter().zip(others).all(|(one, other)| equal(one, other))
        }
        (one, other) => one == other,
    }
}

/// Whether a value says what a field says.
fn says(node: &Node<'_>, field: &NewValue) -> bool {
    match (&node.value, field) {
        (Value::Date(date), NewValue::Day(day)) => *date == day.iso(),
        (Value::Text(text), NewValue::Day(day)) => *text == day.iso(),
        (Value::Text(text), NewValue::Text(wanted)) => text == wanted,
        (Value::Integer(number), NewValue::Number(wanted)) => *number == i64::from(*wanted),
        (Value::Boolean(yes), NewValue::Yes) => *yes,
        (Value::List(elements), NewValue::List(wanted)) => {
            elements.len() == wanted.len() && elements.iter().zip(wanted).all(|(one, wanted)| says(one, wanted))
        }
        (Value::Table(entries), NewValue::Table(NewTable { said: wanted, .. })) => {
            entries.len() == wanted.len()
                && wanted.iter().all(|(key, wanted)| node.get(key).is_some_and(|value| says(value, wanted)))
        }
        _ => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the texts of a test are written in it")]
mod tests {
    use super::*;
    use crate::calendar::Day;
    use crate::records::RecordKind;
    use crate::records::shape::Table;
    use crate::text::{Notation, Parsed};

    const LOG: &str = "title = 'A'\nconductors = ['one', 'two']\nsessions = [\n  { date = 2025-10-07, minutes = 90 },\n  \
        { date = 2025-10-21, minutes = 90 },\n]\n";

    fn session(date: &str) -> NewTable {
        let day = NewValue::Day(Day::parse(date).unwrap());
        let session = NewTable::with("date", day, Table::of_kind(RecordKind::Session).below("sessions"));
        session.and([("minutes", NewValue::Number(60))])
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
        let change = Change::Into { list: "sessions", position: 1, entry: session("2025-10-14") };
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
        let elsewhere = Change::Into { list: "sessions", position: 2, entry: session("2025-10-14") };
        assert!(!is_so(LOG, &new, &elsewhere));
        // The first of all has no list before it.
        let first = Change::Into { list: "sessions", position: 0, entry: session("2025-10-14") };
        assert!(is_so("title = 'A'\n", "title = 'A'\nsessions = [{ date = 2025-10-14, minutes = 60 }]\n", &first));
    }

    #[test]
    fn one_entry_that_says_more() {
        let change = Change::Instead { list: "sessions", position: 1, entry: session("2025-10-21") };
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
        let joined = Change::Set { within: None, key: "joined", value: received() };
        let new = format!("joined = 2026-01-29\n{old}");
        let others = [("2026-01-29", "2026-01-30"), ("'d'", "'e'"), ("name = 'A'\n", ""), ("'WRG2'", "'GWP3'")];
        only(&joined, old, &new, &others);
        let submitted = Change::Set { within: Some(Within("form1", None, None)), key: "submitted", value: received() };
        let new = old.replace("'d'\n", "'d'\nsubmitted = 2026-01-29\n");
        let others = [("2026-01-29", "2026-01-30"), ("'d'", "'e'"), ("'A'", "'B'"), ("document = 'd'\n", "")];
        only(&submitted, old, &new, &others);
        let of_report =
            Change::Set { within: Some(Within("report", Some(1), None)), key: "received", value: received() };
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
            is_so("name = 'A'\n", &new, &Change::Set { within: None, key: "key", value })
        };
        let texts = |texts: &[&str]| NewValue::List(texts.iter().map(|text| NewValue::Text((*text).into())).collect());
        assert!(says("true", NewValue::Yes) && !says("false", NewValue::Yes) && !says("'true'", NewValue::Yes));
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

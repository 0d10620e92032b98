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

//! A difference within a record, in words.

use serde_json::{Map, Value};

use super::{ChangeKind, FieldChange};
use crate::calendar::Day;
use crate::text::visible;

/// The most keys of a table, or values of a list, that are told.
const TOLD: usize = 12;

/// The most characters of a value that are told.
const SHOWN: usize = 60;

/// A difference as part of a sentence, safe to show: `session (3 February 2026): minutes from 60 to 90`.
pub fn in_words(detail: &FieldChange) -> String {
    let name = || name(detail);
    match (detail.what, &detail.from, &detail.to) {
        (ChangeKind::Order, ..) => format!("{}: the same entries in another order", visible(&detail.at)),
        (ChangeKind::Text, from, to) => format!("it was {}, and is {}", word(from.as_ref()), word(to.as_ref())),
        (ChangeKind::Entry(_), Some(Value::Object(from)), Some(Value::Object(to))) => {
            format!("{}: {}", name(), differences("", from, to))
        }
        (ChangeKind::Entry(_), None, Some(_)) => with_rest(format!("{} added", name()), detail),
        (ChangeKind::Entry(_), Some(_), _) => with_rest(format!("{} removed", name()), detail),
        (_, from, to) => one_key(&visible(&detail.at), from.as_ref(), to.as_ref()),
    }
}

/// What a record that is new says, likewise: `name Ruth Calder`, `term (Autumn): ends 13 December 2025`.
pub fn in_words_of_new(detail: &FieldChange) -> String {
    match (detail.what, &detail.to) {
        (ChangeKind::Key, Some(to)) => format!("{} {}", visible(&detail.at), shown(to)),
        (ChangeKind::Entry(_), Some(_)) => with_rest(name(detail), detail),
        _ => in_words(detail),
    }
}

/// The word for an entry, and what tells it apart from others.
fn name(detail: &FieldChange) -> String {
    let words: Vec<String> = detail.told_by().into_iter().map(shown).collect();
    match words.as_slice() {
        [] => detail.what.word().to_owned(),
        words => format!("{} ({})", detail.what.word(), words.join(", ")),
    }
}

/// What an entry says beyond its name.
fn with_rest(told: String, detail: &FieldChange) -> String {
    let rest: Map<String, Value> = detail.rest().into_iter().map(|(key, value)| (key.clone(), value.clone())).collect();
    if rest.is_empty() { told } else { format!("{told}: {}", shown(&Value::Object(rest))) }
}

fn word(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn differences(prefix: &str, from: &Map<String, Value>, to: &Map<String, Value>) -> String {
    let only_to = to.keys().filter(|key| !from.contains_key(*key));
    let keys = from.keys().chain(only_to).filter(|key| from.get(*key) != to.get(*key));
    let one = |key: &String| one_key(&format!("{prefix}{}", visible(key)), from.get(key), to.get(key));
    keys.map(one).collect::<Vec<_>>().join("; ")
}

fn one_key(key: &str, from: Option<&Value>, to: Option<&Value>) -> String {
    match (from, to) {
        // Of a table within only what differs is told: the two are long, and begin alike.
        (Some(Value::Object(from)), Some(Value::Object(to))) => differences(&format!("{key}."), from, to),
        (Some(from), Some(to)) => format!("{key} from {} to {}", shown(from), shown(to)),
        (None, Some(to)) => format!("{key} added: {}", shown(to)),
        (Some(from), None) => format!("{key} removed: {}", shown(from)),
        (None, None) => key.to_owned(),
    }
}

/// A value in words, safe to show and not too long.
fn shown(value: &Value) -> String {
    let words = words_of(value, 0);
    if words.chars().count() <= SHOWN {
        return words;
    }
    format!("{}…", words.chars().take(SHOWN).collect::<String>().trim_end())
}

fn words_of(value: &Value, depth: usize) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => Day::parse(text).map_or_else(|| visible(text), |day| day.to_string()),
        Value::Array(list) if list.is_empty() => "none".to_owned(),
        Value::Array(_) | Value::Object(_) if depth > 2 => "…".to_owned(),
        Value::Array(list) => {
            list.iter().take(TOLD).map(|value| words_of(value, depth + 1)).collect::<Vec<_>>().join(", ")
        }
        Value::Object(table) => {
            let words =
                table.iter().take(TOLD).map(|(key, value)| format!("{} {}", visible(key), words_of(value, depth + 1)));
            words.collect::<Vec<_>>().join(", ")
        }
    }
}

//! What a record says, as plain values, and what differs between two of them.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::records::{ListFacts, lists as lists_of_records};
use crate::text::{Node, Notation, Parsed, Source, Value as Written};

/// What a difference within a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// An entry of a list of tables, by the word for one: `session`, `report`.
    Entry(&'static str),
    /// A key with its value.
    Key,
    /// The order of the entries of a list, and nothing else.
    Order,
    /// Whether the text can be read at all; with a place, lines of it that cannot be.
    Text,
}

impl ChangeKind {
    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Entry(word) => word,
            Self::Key => "key",
            Self::Order => "order",
            Self::Text => "text",
        }
    }
}

/// Where a text stands of which nothing can be read.
pub(super) const WHOLE_TEXT: &str = "text";

const READABLE: &str = "readable";
const NOT_READABLE: &str = "not readable";

/// One difference within a record.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// What it is about.
    pub what: ChangeKind,
    /// Where it stands, as keys and positions: `report[1]`, `form1.submitted`. Positions are those of the newer
    /// state; of what is removed, of the older.
    pub at: String,
    /// What stood there; none where nothing did. Of an order the entries in that of before, where the order decides.
    pub from: Option<Value>,
    /// What stands there now, likewise.
    pub to: Option<Value>,
}

impl FieldChange {
    /// The values that tell the entry apart from others of its list.
    pub fn told_by(&self) -> Vec<&Value> {
        let entry = self.to.as_ref().or(self.from.as_ref());
        entry.into_iter().flat_map(|entry| self.keys().iter().filter_map(|key| entry.get(key))).collect()
    }

    /// What else the entry says.
    pub fn rest(&self) -> Vec<(&String, &Value)> {
        let entry = self.to.as_ref().or(self.from.as_ref()).and_then(Value::as_object);
        entry.into_iter().flatten().filter(|(key, _)| !self.keys().contains(&key.as_str())).collect()
    }

    /// The difference that a text can be read or cannot.
    pub(crate) fn of_readability(was_readable: bool, is_readable: bool) -> Self {
        let state = |is: bool| Some(if is { READABLE } else { NOT_READABLE }.into());
        Self { what: ChangeKind::Text, at: String::new(), from: state(was_readable), to: state(is_readable) }
    }

    /// Whether the text could be read before, and whether it can be now; none of what is not about that.
    pub(crate) fn readability(&self) -> Option<[bool; 2]> {
        let is_readable = |state: &Option<Value>| state.as_ref().and_then(Value::as_str) == Some(READABLE);
        (self.what == ChangeKind::Text && self.at.is_empty()).then(|| [&self.from, &self.to].map(is_readable))
    }

    /// Whether it is about lines that cannot be read and say something else than before.
    pub(crate) fn is_unread(&self) -> bool {
        self.what == ChangeKind::Text && !self.at.is_empty()
    }

    /// The first of the keys of its place: that of the record which holds it.
    pub(crate) fn first_key(&self) -> &str {
        self.at.split(['.', '[']).next().unwrap_or_default()
    }

    fn keys(&self) -> &'static [&'static str] {
        lists_of_records()
            .iter()
            .find(|list| self.what == ChangeKind::Entry(list.word))
            .map_or(&[], |list| &list.told_by)
    }
}

/// What a source says, where it can be read without a fault of notation.
pub fn value_of(source: &Source) -> Option<Value> {
    let text = source.content.as_deref().ok()?;
    let parsed = Parsed::of(Notation::of(source.path.raw())?, text);
    (parsed.is_sound() && parsed.whole).then(|| plain(&parsed.root, text))
}

/// A date is its text, whether TOML knows it as a date or not.
fn plain(node: &Node<'_>, text: &str) -> Value {
    let as_written = || Value::String(text.get(node.span.clone()).unwrap_or_default().to_owned());
    match &node.value {
        Written::Table(entries) => {
            Value::Object(entries.iter().map(|(key, node)| (key.name.to_string(), plain(node, text))).collect())
        }
        Written::List(nodes) => Value::Array(nodes.iter().map(|node| plain(node, text)).collect()),
        Written::Text(words) => Value::String(words.to_string()),
        // Of numbers that do not fit, or have a fraction, nothing but their text is known.
        Written::Integer(i64::MIN | i64::MAX) | Written::Float => as_written(),
        Written::Integer(number) => Value::from(*number),
        Written::Boolean(yes) => Value::Bool(*yes),
        Written::Date(date) => Value::String((*date).to_owned()),
        Written::Null => Value::Null,
    }
}

/// What differs between two records; nothing where they say the same.
pub(super) fn details(older: &Value, newer: &Value) -> Vec<FieldChange> {
    let mut details = Vec::new();
    values(String::new(), older, newer, &mut details);
    details
}

fn values(at: String, older: &Value, newer: &Value, details: &mut Vec<FieldChange>) {
    match (older, newer) {
        (Value::Object(older), Value::Object(newer)) => tables(&at, older, newer, details),
        _ if older == newer => {}
        _ => {
            details.push(FieldChange { what: ChangeKind::Key, at, from: Some(older.clone()), to: Some(newer.clone()) });
        }
    }
}

fn tables(at: &str, older: &Map<String, Value>, newer: &Map<String, Value>, details: &mut Vec<FieldChange>) {
    let only_newer = newer.keys().filter(|key| !older.contains_key(*key));
    for key in older.keys().chain(only_newer) {
        let (from, to) = (older.get(key), newer.get(key));
        if from == to {
            continue;
        }
        let at = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
        let list = lists_of_records().iter().find(|list| list.key == key);
        match list.map(|list| (list, entries(from), entries(to))) {
            Some((list, of_older, of_newer)) if of_older.is_some() || of_newer.is_some() => {
                let (older, newer) = (of_older.unwrap_or_default(), of_newer.unwrap_or_default());
                lists(&at, list, older, newer, details);
                // What is no list of tables is told by itself: the entries are gone, or there, all the same.
                let (from, to) = (from.filter(|_| of_older.is_none()), to.filter(|_| of_newer.is_none()));
                if from.is_some() || to.is_some() {
                    details.push(FieldChange { what: ChangeKind::Key, at, from: from.cloned(), to: to.cloned() });
                }
            }
            _ => match (from, to) {
                (Some(from), Some(to)) => values(at, from, to, details),
                (from, to) => {
                    details.push(FieldChange { what: ChangeKind::Key, at, from: from.cloned(), to: to.cloned() });
                }
            },
        }
    }
}

/// The entries of a list of tables; of a key that is not there, none.
fn entries(list: Option<&Value>) -> Option<&[Value]> {
    match list {
        None => Some(&[]),
        Some(Value::Array(entries)) if entries.iter().all(Value::is_object) => Some(entries),
        Some(_) => None,
    }
}

/// Entries that are alike in all are the same; of the others those that are told apart by nothing are one that was
/// altered.
fn lists(at: &str, list: &ListFacts, older: &[Value], newer: &[Value], details: &mut Vec<FieldChange>) {
    let what = ChangeKind::Entry(list.word);
    let mut of_newer: Vec<Option<usize>> = vec![None; newer.len()];
    let mut is_matched = vec![false; older.len()];
    let by_all = |entry: &Value| canonical(entry);
    let by_name = |entry: &Value| {
        let words = list.told_by.iter().map(|key| entry.get(key).map(canonical).unwrap_or_default());
        words.collect::<Vec<_>>().join("\0")
    };
    pair(older, newer, &by_all, &mut of_newer, &mut is_matched);
    let is_same = of_newer.clone();
    pair(older, newer, &by_name, &mut of_newer, &mut is_matched);
    let begun = details.len();
    for (position, entry) in older.iter().enumerate().filter(|(position, _)| !is_matched[*position]) {
        details.push(FieldChange { what, at: format!("{at}[{position}]"), from: Some(entry.clone()), to: None });
    }
    for (position, entry) in newer.iter().enumerate().filter(|(position, _)| is_same[*position].is_none()) {
        let from = of_newer[position].map(|older_position| older[older_position].clone());
        details.push(FieldChange { what, at: format!("{at}[{position}]"), from, to: Some(entry.clone()) });
    }
    let is_moved = list.last_holds && !of_newer.iter().flatten().is_sorted();
    // Entries that say the same may stand in either order.
    let before = is_moved.then(|| in_order_of_before(newer, &of_newer)).filter(|before| before != newer);
    if let Some(before) = before {
        let [from, to] = [Value::Array(before), Value::Array(newer.to_vec())].map(Some);
        details.push(FieldChange { what: ChangeKind::Order, at: at.to_owned(), from, to });
    } else if details.len() == begun && !older.is_empty() {
        details.push(FieldChange { what: ChangeKind::Order, at: at.to_owned(), from: None, to: None });
    }
}

/// The newer entries, with those that were there before in the order in which they stood.
fn in_order_of_before(newer: &[Value], of_newer: &[Option<usize>]) -> Vec<Value> {
    let mut known: Vec<(usize, &Value)> =
        of_newer.iter().zip(newer).filter_map(|(was, entry)| Some(((*was)?, entry))).collect();
    known.sort_by_key(|(was, _)| *was);
    let mut known = known.into_iter().map(|(_, entry)| entry);
    let entry = |(was, entry): (&Option<usize>, &Value)| was.and_then(|_| known.next()).unwrap_or(entry).clone();
    of_newer.iter().zip(newer).map(entry).collect()
}

/// Pairs entries of one name in order, as far as they are not paired yet.
fn pair(
    older: &[Value],
    newer: &[Value],
    name: &dyn Fn(&Value) -> String,
    of_newer: &mut [Option<usize>],
    is_matched: &mut [bool],
) {
    let mut waiting: HashMap<String, Vec<usize>> = HashMap::new();
    for (position, entry) in older.iter().enumerate().rev().filter(|(position, _)| !is_matched[*position]) {
        waiting.entry(name(entry)).or_default().push(position);
    }
    for (position, entry) in newer.iter().enumerate() {
        if of_newer[position].is_none()
            && let Some(found) = waiting.get_mut(&name(entry)).and_then(Vec::pop)
        {
            of_newer[position] = Some(found);
            is_matched[found] = true;
        }
    }
}

/// A value as a text that is the same for equal values, in whatever order their keys stand.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(table) => {
            let mut entries: Vec<_> =
                table.iter().map(|(key, value)| format!("{key:?}:{}", canonical(value))).collect();
            entries.sort_unstable();
            format!("{{{}}}", entries.join(","))
        }
        Value::Array(list) => format!("[{}]", list.iter().map(canonical).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(older: &Value, newer: &Value) -> Vec<String> {
        let word = |value: &Option<Value>| value.as_ref().map_or("-".to_owned(), Value::to_string);
        let details = details(older, newer).into_iter();
        details.map(|it| format!("{} {} {} {}", it.what.word(), it.at, word(&it.from), word(&it.to))).collect()
    }

    #[test]
    fn entries_of_lists_are_added_removed_and_altered() {
        let older = json!({"sessions": [{"date": "a", "minutes": 90}, {"date": "b", "minutes": 60}, {"date": "c"}]});
        let newer = json!({"sessions": [{"date": "a", "minutes": 90}, {"date": "d"}, {"minutes": 90, "date": "b"}]});
        assert_eq!(
            said(&older, &newer),
            [
                r#"session sessions[2] {"date":"c"} -"#,
                r#"session sessions[1] - {"date":"d"}"#,
                r#"session sessions[2] {"date":"b","minutes":60} {"minutes":90,"date":"b"}"#,
            ]
        );
        assert_eq!(said(&older, &json!({})).len(), 3);
    }

    #[test]
    fn keys_are_told_by_path() {
        let older = json!({"name": "A", "form1": {"submitted": "x"}, "of": ["a"]});
        let newer = json!({"form1": {"submitted": "y", "document": "z"}, "name": "A", "of": ["b"], "email": "e"});
        assert_eq!(
            said(&older, &newer),
            [
                r#"key form1.submitted "x" "y""#,
                r#"key form1.document - "z""#,
                r#"key of ["a"] ["b"]"#,
                r#"key email - "e""#,
            ]
        );
        assert!(
            said(&json!({"a": 1, "b": {"c": [], "d": null}}), &json!({"b": {"d": null, "c": []}, "a": 1})).is_empty()
        );
    }

    #[test]
    fn entries_are_told_where_the_list_becomes_something_else() {
        let (list, odd) = (json!({"sessions": [{"date": "a"}]}), json!({"sessions": [{"date": "a"}, "x"]}));
        assert_eq!(
            said(&list, &odd),
            [r#"session sessions[0] {"date":"a"} -"#, r#"key sessions - [{"date":"a"},"x"]"#]
        );
        assert_eq!(
            said(&json!({"sessions": ""}), &list),
            [r#"session sessions[0] - {"date":"a"}"#, r#"key sessions "" -"#]
        );
        assert_eq!(said(&odd, &json!({"sessions": 1})), [r#"key sessions [{"date":"a"},"x"] 1"#]);
    }

    #[test]
    fn the_order_alone() {
        let (one, other) = (json!({"date": "a"}), json!({"date": "b"}));
        let (older, newer) = (json!({"sessions": [one, other]}), json!({"sessions": [other, one]}));
        assert_eq!(said(&older, &newer), ["order sessions - -"]);
        // Of rulings it is kept, beside whatever else is new.
        let list = |entries: &[&Value]| json!({"ruling": entries});
        let new = json!({"date": "c"});
        assert_eq!(
            said(&list(&[&one, &other]), &list(&[&new, &other, &one])),
            [
                r#"ruling ruling[0] - {"date":"c"}"#,
                r#"order ruling [{"date":"c"},{"date":"a"},{"date":"b"}] [{"date":"c"},{"date":"b"},{"date":"a"}]"#
            ]
        );
        assert_eq!(said(&list(&[&one, &other]), &list(&[&one, &new, &other])).len(), 1);
        // Of two that come to say the same neither is before the other.
        let [refused, accepted] = ["refused", "accepted"].map(|outcome| json!({"date": "a", "outcome": outcome}));
        assert_eq!(
            said(&list(&[&refused, &accepted]), &list(&[&accepted, &accepted])),
            [r#"ruling ruling[1] {"date":"a","outcome":"refused"} {"date":"a","outcome":"accepted"}"#]
        );
    }

    #[test]
    fn notations_say_the_same() {
        let source =
            |path: &str, text: &str| Source { path: crate::text::Text::new(path), content: Ok(text.to_owned().into()) };
        let toml = value_of(&source("a.toml", "a = 2026-01-31\nb = 'x'\n[c]\nd = [1, true]\n"));
        let yaml = value_of(&source("a.yaml", "c: {d: [1, true]}\nb: \"x\"\na: 2026-01-31\n"));
        assert!(toml.is_some() && toml == yaml);
        assert_eq!(value_of(&source("a.toml", "a = ")), None);
        let floats = ["a = 1.5", "a = 1.25", "a = 9223372036854775807"].map(|text| value_of(&source("a.toml", text)));
        assert!(floats[0] != floats[1] && floats[2].is_some());
    }
}

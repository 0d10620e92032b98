//! A difference within a record, in words.

use serde_json::{Map, Value};

use super::value::WHOLE_TEXT;
use super::{ChangeKind, FieldChange};
use crate::calendar::Day;
use crate::text::visible;

/// The most keys of a table, or values of a list, that are told in short.
const TOLD: usize = 12;

/// The most characters of a value that are told in short.
const SHOWN: usize = 60;

/// So many characters that two values have in common are shown before what differs in them.
const BEFORE: usize = 20;

/// How much is told of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// As much as a table for people has room for.
    Short,
    /// All of it.
    Whole,
}

/// A difference as part of a sentence, safe to show: `session (3 February 2026): minutes from 60 to 90`.
pub fn in_words(detail: &FieldChange) -> String {
    Extent::Short.in_words(detail)
}

impl Extent {
    /// A difference as part of a sentence, safe to show.
    pub fn in_words(self, detail: &FieldChange) -> String {
        let name = || self.name(detail);
        match (detail.what, &detail.from, &detail.to) {
            (ChangeKind::Order, ..) => format!("{}: the same entries in another order", visible(&detail.at)),
            (ChangeKind::Text, from, to) if detail.at.is_empty() => {
                format!("it was {}, and is {}", word(from.as_ref()), word(to.as_ref()))
            }
            (ChangeKind::Text, from, to) => {
                let place = if detail.at == WHOLE_TEXT { "the text" } else { &detail.at };
                let (from, to) = self.shown_apart(from.as_ref(), to.as_ref());
                match (from, to) {
                    (Some(from), Some(to)) => format!("{place} cannot be read: it was {from}, and is {to}"),
                    (None, Some(to)) => format!("{place} cannot be read: {to}"),
                    (from, None) => format!("before {place} this is gone: {}", from.unwrap_or_default()),
                }
            }
            (ChangeKind::Entry(_), Some(Value::Object(from)), Some(Value::Object(to))) => {
                format!("{}: {}", name(), self.differences("", from, to))
            }
            (ChangeKind::Entry(_), None, Some(_)) => self.with_rest(format!("{} added", name()), detail),
            (ChangeKind::Entry(_), Some(_), _) => self.with_rest(format!("{} removed", name()), detail),
            (_, from, to) => self.one_key(&visible(&detail.at), from.as_ref(), to.as_ref()),
        }
    }

    /// What a record that is new says, likewise: `name Ruth Calder`, `term (Autumn): ends 13 December 2025`.
    pub fn in_words_of_new(self, detail: &FieldChange) -> String {
        match (detail.what, &detail.to) {
            (ChangeKind::Key, Some(to)) => format!("{} {}", visible(&detail.at), self.shown(to)),
            (ChangeKind::Entry(_), Some(_)) => self.with_rest(self.name(detail), detail),
            _ => self.in_words(detail),
        }
    }

    /// The word for an entry, and what tells it apart from others.
    fn name(self, detail: &FieldChange) -> String {
        let words: Vec<String> = detail.told_by().into_iter().map(|value| self.shown(value)).collect();
        match words.as_slice() {
            [] => detail.what.word().to_owned(),
            words => format!("{} ({})", detail.what.word(), words.join(", ")),
        }
    }

    /// What an entry says beyond its name.
    fn with_rest(self, told: String, detail: &FieldChange) -> String {
        let rest = detail.rest().into_iter().map(|(key, value)| (key.clone(), value.clone()));
        let rest: Map<String, Value> = rest.collect();
        if rest.is_empty() { told } else { format!("{told}: {}", self.shown(&Value::Object(rest))) }
    }

    fn differences(self, prefix: &str, from: &Map<String, Value>, to: &Map<String, Value>) -> String {
        let only_to = to.keys().filter(|key| !from.contains_key(*key));
        let keys = from.keys().chain(only_to).filter(|key| from.get(*key) != to.get(*key));
        let one = |key: &String| self.one_key(&format!("{prefix}{}", visible(key)), from.get(key), to.get(key));
        keys.map(one).collect::<Vec<_>>().join("; ")
    }

    fn one_key(self, key: &str, from: Option<&Value>, to: Option<&Value>) -> String {
        match (from, to) {
            // Of a table within only what differs is told: the two are long, and begin alike.
            (Some(Value::Object(from)), Some(Value::Object(to))) => self.differences(&format!("{key}."), from, to),
            (from @ Some(_), to @ Some(_)) => {
                let (from, to) = self.shown_apart(from, to);
                if key.rsplit('.').next() == Some("from") {
                    return format!("{key} was {}, and is {}", from.unwrap_or_default(), to.unwrap_or_default());
                }
                format!("{key} from {} to {}", from.unwrap_or_default(), to.unwrap_or_default())
            }
            (None, Some(to)) => format!("{key} added: {}", self.shown(to)),
            (Some(from), None) => format!("{key} removed: {}", self.shown(from)),
            (None, None) => key.to_owned(),
        }
    }

    /// What stood there and what stands there now, in words that are safe to show. Of two that are long what differs is
    /// shown, with a few words before it.
    fn shown_apart(self, from: Option<&Value>, to: Option<&Value>) -> (Option<String>, Option<String>) {
        let (Some(was), Some(is)) = (from, to) else {
            return (from.map(|from| self.shown(from)), to.map(|to| self.shown(to)));
        };
        let [was, is] = [was, is].map(|value| Self::Whole.words_of(value, 0));
        let is_long = |words: &str| words.chars().count() > SHOWN;
        if self == Self::Whole || !is_long(&was) && !is_long(&is) {
            return (Some(was), Some(is));
        }
        let same = was.chars().zip(is.chars()).take_while(|(was, is)| was == is).count();
        let begin = same.checked_sub(BEFORE).filter(|_| same > SHOWN / 2).map_or(0, |begin| {
            // From the beginning of a word on.
            let space = was.chars().take(same).skip(begin).position(char::is_whitespace);
            begin + space.map_or(0, |space| space + 1)
        });
        let cut = |words: &str| {
            let lead = if begin > 0 { "…" } else { "" };
            let rest: String = words.chars().skip(begin).collect();
            let shown: String = rest.chars().take(SHOWN).collect();
            let end = if is_long(&rest) { "…" } else { "" };
            format!("{lead}{}{end}", shown.trim_end())
        };
        (Some(cut(&was)), Some(cut(&is)))
    }

    /// A value in words, safe to show.
    fn shown(self, value: &Value) -> String {
        let words = self.words_of(value, 0);
        if self == Self::Whole || words.chars().count() <= SHOWN {
            return words;
        }
        format!("{}…", words.chars().take(SHOWN).collect::<String>().trim_end())
    }

    fn words_of(self, value: &Value, depth: usize) -> String {
        let most = if self == Self::Whole { usize::MAX } else { TOLD };
        match value {
            Value::Array(_) | Value::Object(_) if depth > 2 && self == Self::Short => "…".to_owned(),
            Value::Array(list) if !list.is_empty() => {
                let words = list.iter().take(most).map(|value| self.words_of(value, depth + 1));
                words.collect::<Vec<_>>().join(", ")
            }
            Value::Object(table) => {
                let word =
                    |(key, value): (&String, &Value)| format!("{} {}", visible(key), self.words_of(value, depth + 1));
                table.iter().take(most).map(word).collect::<Vec<_>>().join(", ")
            }
            one => one_in_words(one),
        }
    }
}

/// A value with nothing in it, in words that are safe to show: a day as in prose, and an empty list as none.
pub(crate) fn one_in_words(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => Day::parse(text).map_or_else(|| visible(text), |day| day.to_string()),
        Value::Array(_) | Value::Object(_) => "none".to_owned(),
    }
}

fn word(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

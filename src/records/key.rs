//! What the program goes by at a key, beside the shape of its value: said once, at the field of the record's type, and
//! looked up by everybody else.
//!
//! | attribute | on | says |
//! |---|---|---|
//! | `x-tense` | every date | what it tells ([`Tense`]) |
//! | `x-holds` | every text in free words | what kind of text it is ([`Holds`]) |
//! | `x-entry` | the type of an entry of a list | the word for one |
//! | `x-last-holds` | the type of such entries, where of those of one day the last in the list holds | `true` |
//! | `x-word` | a key whose word is another than the key | that word |
//! | `x-identifies` | what tells such entries apart | `true` |
//! | `x-judged` | what no requirement looks at | `false` |
//! | `x-header` | a table within a table with a header of its own | `true` |
//!
//! A key for which one of them is forgotten fails the tests of `key_index`, by name. `notes` stand in every table: they are free
//! text that nobody judges, and need none.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::RecordKind;

/// How a date of a record and the day on which it was written down belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tense {
    /// It tells what has happened: it cannot be known before.
    Happened,
    /// It tells what begins or ends: it can be arranged before, and is late afterwards.
    Arranged,
    /// It tells up to when something lasts, or when something is meant to be: neither early nor late.
    Meant,
    /// It tells of no event at all: a day of the calendar, or one that something else is about.
    Timeless,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// What a person or a thing is called.
    Name,
    /// Where e-mail goes.
    Address,
    /// A few words, or a number, for one thing.
    Words,
    /// Words that a person typed freely, in which patient data may have slipped.
    FreeText,
    /// The path to a scanned paper.
    Document,
    /// The id of a record.
    Id(RecordKind),
}

/// What the program goes by at a key.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyFacts {
    /// The word that people have for it, where that is not the key.
    pub word: Option<String>,
    /// What its dates tell; none where it holds no dates.
    pub tense: Option<Tense>,
    /// What its texts are; none where it holds no texts in free words.
    pub holds: Option<Holds>,
    /// Whether it tells the entries of a list apart.
    pub identifies: bool,
    /// Whether any requirement looks at it.
    pub is_judged: bool,
    /// Whether it is a table within a table with a header of its own, as it is too long for braces.
    pub has_header: bool,
}

impl KeyFacts {
    /// What is said of a whole record.
    pub(super) const OF_RECORD: Self =
        Self { word: None, tense: None, holds: None, identifies: false, is_judged: true, has_header: false };

    /// Reads what the schema of a key says.
    pub(super) fn of(key: &str, schema: &Json) -> Self {
        let is = |word: &str| schema.get(word).and_then(Json::as_bool);
        let is_notes = key == "notes";
        let holds = if is_notes { Some(Holds::FreeText) } else { said(schema, "x-holds") };
        // Whoever is called otherwise, or has moved, is judged as before.
        let is_beside = is_notes || matches!(holds, Some(Holds::Name | Holds::Address | Holds::Document));
        Self {
            word: said(schema, "x-word"),
            tense: said(schema, "x-tense"),
            holds,
            identifies: is("x-identifies").unwrap_or(false),
            is_judged: is("x-judged").unwrap_or(!is_beside),
            has_header: is("x-header").unwrap_or(false),
        }
    }
}

fn said<'s, T: Deserialize<'s>>(schema: &'s Json, word: &str) -> Option<T> {
    T::deserialize(schema.get(word)?).ok()
}

//! The words by which people say things in their own tables, as `vocabulary.toml` lists them.

use std::sync::LazyLock;

use serde::Deserialize;

use super::target::Target;

/// All of them. A test sees to it that the file can be read.
pub(super) static VOCABULARY: LazyLock<Vocabulary> =
    LazyLock::new(|| toml::from_str(include_str!("vocabulary.toml")).unwrap_or_default());

/// The tables of the file, which says what is in each.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vocabulary {
    pub between: Phrases,
    pub anywhere: Anywhere,
    pub units: Units,
    pub counts: Counts,
    pub totals: Totals,
    pub modes: Modes,
    pub register: Register,
    pub cancellation: Cancellation,
    pub unclear_notes: UnclearNotes,
    pub absence: Absence,
    pub names: Names,
    pub asides: Asides,
    pub columns: Vec<ColumnWords>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Anywhere {
    pub nothing: Phrases,
    pub yes: Phrases,
    pub no: Phrases,
    pub unsettled: Phrases,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Units {
    pub minutes: Phrases,
    pub hours: Phrases,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Counts {
    pub numbers: Phrases,
    pub nobody: Phrases,
    pub away: Phrases,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Totals {
    pub begins: Phrases,
    pub goes_on: Phrases,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Modes {
    pub before: Phrases,
    pub face_to_face: Phrases,
    pub telephone: Phrases,
    pub video: Phrases,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Register {
    pub came: Phrases,
    pub away: Phrases,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cancellation {
    pub called: Phrases,
    pub begins: Phrases,
    pub did_not: Phrases,
    pub take_place: Phrases,
    pub no_session: Phrases,
    pub because: Phrases,
    pub held: Phrases,
    pub open: Phrases,
    pub came: Phrases,
    pub did_not_come: Phrases,
    pub asks_whether_held: Phrases,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnclearNotes {
    pub anywhere: Phrases,
    pub alone: Phrases,
    pub nobody: Phrases,
    pub came: Phrases,
    pub other_day: Phrases,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Absence {
    pub people: Phrases,
    pub away: Phrases,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    pub nobody: Phrases,
    pub not_a_body: Phrases,
    pub titles: Phrases,
    pub degrees: Phrases,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asides {
    pub nothing: Phrases,
    pub day_first: Phrases,
    pub month_first: Phrases,
}

/// What a column says, as a phrase, in which tables and at which key, and the headings by which people call it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnWords {
    pub word: String,
    pub of: Vec<Target>,
    #[serde(default)]
    pub heads: bool,
    pub key: Option<String>,
    pub says: String,
    pub headings: Phrases,
}

/// Words or phrases that mean one thing.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(super) struct Phrases(Vec<String>);

impl Phrases {
    /// In the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether a text is one of them.
    pub fn has(&self, text: &str) -> bool {
        self.iter().any(|phrase| phrase == text)
    }

    /// Whether one of them stands in a text.
    pub fn stand_in(&self, text: &str) -> bool {
        self.iter().any(|phrase| text.contains(phrase))
    }

    /// What follows the first of them that a text begins with.
    pub fn after<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.iter().find_map(|phrase| text.strip_prefix(phrase))
    }

    /// What follows one of them wherever it stands in a text, for each time that it does.
    pub fn each_after<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        self.iter().flat_map(move |phrase| text.match_indices(phrase).map(|(at, found)| &text[at + found.len()..]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_can_be_read() {
        let read: Result<Vocabulary, _> = toml::from_str(include_str!("vocabulary.toml"));
        assert!(read.is_ok(), "{}", read.unwrap_err());
    }
}

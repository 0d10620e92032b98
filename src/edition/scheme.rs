//! The editions of the requirements that there are.

use std::borrow::Cow;
use std::sync::LazyLock;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::Edition;

/// The data files, oldest first. A new edition is a file, and a line here.
const FILES: &[&str] = &[
    include_str!("iga-2022-23.toml"),
    #[cfg(test)]
    include_str!("another.toml"),
];

#[allow(clippy::expect_used, reason = "the files are embedded, so that the first start of any build shows it")]
static EDITIONS: LazyLock<Vec<Edition>> = LazyLock::new(|| Edition::read_all(FILES).expect("the data files are sound"));

/// An edition of the requirements by its name, as `gwp.toml` and courses write it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scheme(usize);

impl Scheme {
    /// All of them, oldest first. The oldest is the default: what names no edition stays judged as it was.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..EDITIONS.len()).map(Self)
    }

    /// The edition by which what is begun now is judged.
    pub fn newest() -> Self {
        Self(EDITIONS.len() - 1)
    }

    /// The edition that a course begun now names, in a folder of this edition: the newest, where the folder has an
    /// older one.
    pub fn of_new_course(self) -> Option<Self> {
        Some(Self::newest()).filter(|newest| *newest != self)
    }

    /// The edition that a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::all().find(|scheme| scheme.word() == word)
    }

    /// What the edition says.
    pub fn edition(self) -> &'static Edition {
        &EDITIONS[self.0]
    }

    /// The word as records write it.
    pub fn word(self) -> &'static str {
        self.edition().word()
    }
}

impl<'de> Deserialize<'de> for Scheme {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        Self::from_word(&word).ok_or_else(|| D::Error::custom("no such edition"))
    }
}

impl Serialize for Scheme {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl JsonSchema for Scheme {
    fn schema_name() -> Cow<'static, str> {
        "Scheme".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let one = |scheme: Self| json_schema!({ "type": "string", "const": scheme.word() });
        json_schema!({ "oneOf": Self::all().map(one).collect::<Vec<_>>() })
    }
}

//! The codes and names of the requirements: both are accepted wherever a requirement is asked for.

use std::fmt;

use schemars::{Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// Makes [`Code`] and its words from one list.
macro_rules! codes {
    ($($code:ident $name:literal,)+) => {
        /// The code of a requirement, in the catalogue's order.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "what each asks stands in the edition")]
        pub enum Code {
            $($code,)+
        }

        /// Each code with its two words, in the catalogue's order.
        const WORDS: [(Code, &str, &str); [$($name),+].len()] = [$((Code::$code, stringify!($code), $name)),+];
    };
}

codes! {
    G1 "organisational-setting",
    G2 "group-aim",
    G3 "group-frequency",
    G4 "session-length",
    G5 "thirty-sessions",
    G6 "presented-in-wrg",
    S1 "two-supervisors",
    S2 "supervisor-registered",
    S3 "supervisor-experience",
    S4 "external-supervisor",
    S5 "fortnightly-supervision",
    S6 "supervision-meetings",
    S7 "joint-supervision",
    S8 "after-the-course",
    A1 "form1-submitted",
    A2 "supervisor-confirmed",
    A3 "arrangements-approved",
    A4 "arrangements-ratified",
    R1 "gwp2-reports",
    R2 "wrg2-reports",
    R3 "gwp3-report",
    R4 "not-started-noted",
    R5 "concerns-settled",
    C1 "working-alliance",
    C2 "context",
    C3 "process-and-dynamics",
    C4 "boundaries",
    C5 "active-listening",
    C6 "conflict",
    C7 "difference",
    C8 "confidentiality",
    C9 "professional-relationships",
    I1 "indemnity-insurance",
    I2 "clinical-responsibility",
    I3 "medical-cover",
    T1 "two-year-limit",
    D1 "diploma",
    D2 "lcc-recommendation",
    D3 "final-decision",
}

/// Names that a requirement had before: they are accepted, and nowhere shown.
const FORMER_NAMES: [(Code, &str); 1] = [(Code::S6, "supervision-mode")];

impl Code {
    /// How many there are.
    pub const COUNT: usize = WORDS.len();

    /// All codes, in the catalogue's order.
    pub fn all() -> impl Iterator<Item = Self> {
        WORDS.iter().map(|(code, ..)| *code)
    }

    /// The code as it is written, `G1`.
    pub fn word(self) -> &'static str {
        WORDS[self as usize].1
    }

    /// The requirement's name, `organisational-setting`.
    pub fn name(self) -> &'static str {
        WORDS[self as usize].2
    }

    /// What it is about, in words for readers who know no codes. A number that an edition can vary is not in them.
    pub fn subject(self) -> String {
        match self {
            Self::G5 => "number of sessions".to_owned(),
            Self::S5 => "regular supervision".to_owned(),
            Self::T1 => "time limit".to_owned(),
            code => code.name().replace('-', " "),
        }
    }

    /// The requirement that a code or a name means.
    pub fn from_word(word: &str) -> Option<Self> {
        let is_meant = |(_, code, name): &&(Self, &str, &str)| *code == word || *name == word;
        let former = || FORMER_NAMES.iter().find(|(_, name)| *name == word).map(|(code, _)| *code);
        WORDS.iter().find(is_meant).map(|(code, ..)| *code).or_else(former)
    }

    /// The requirement that somebody means who types a code or a name, or the words that pages print for it.
    pub fn read(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let name = typed.to_lowercase().replace([' ', '_'], "-");
        let by_subject = || Self::all().find(|code| code.subject().eq_ignore_ascii_case(typed));
        Self::from_word(&typed.to_uppercase()).or_else(|| Self::from_word(&name)).or_else(by_subject)
    }

    /// Whether queries on it are settled by rulings. The others have decisions of their own.
    pub fn is_rulable(self) -> bool {
        !matches!(self, Self::A3 | Self::A4 | Self::D2 | Self::D3)
    }

    /// Every word that a ruling can name a requirement by: codes first, then names.
    pub fn rulable_words() -> Vec<&'static str> {
        let rulable = || WORDS.iter().filter(|(code, ..)| code.is_rulable());
        let former = FORMER_NAMES.iter().map(|(_, name)| *name);
        rulable().map(|(_, code, _)| *code).chain(rulable().map(|(.., name)| *name)).chain(former).collect()
    }

    pub(crate) fn deserialize_rulable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = Box::<str>::deserialize(deserializer)?;
        Self::from_word(&word)
            .filter(|code| code.is_rulable())
            .ok_or_else(|| D::Error::custom("no requirement that a ruling can settle"))
    }

    pub(crate) fn rulable_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": Self::rulable_words() })
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

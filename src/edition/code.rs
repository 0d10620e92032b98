//! The codes and names of the requirements: both are accepted wherever a requirement is asked for.

use std::fmt;

use schemars::{Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// The code of a requirement, in the catalogue's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "what each asks stands with the requirement")]
#[rustfmt::skip]
pub enum Code {
    G1, G2, G3, G4, G5, G6,
    S1, S2, S3, S4, S5, S6, S7, S8,
    A1, A2, A3, A4,
    R1, R2, R3, R4, R5,
    C1, C2, C3, C4, C5, C6, C7, C8, C9,
    I1, I2, I3,
    T1,
    D1, D2, D3,
}

use Code::{
    A1, A2, A3, A4, C1, C2, C3, C4, C5, C6, C7, C8, C9, D1, D2, D3, G1, G2, G3, G4, G5, G6, I1, I2, I3, R1, R2, R3, R4,
    R5, S1, S2, S3, S4, S5, S6, S7, S8, T1,
};

/// Each code with its two words, in the catalogue's order.
const WORDS: [(Code, &str, &str); 39] = [
    (G1, "G1", "organisational-setting"),
    (G2, "G2", "group-aim"),
    (G3, "G3", "group-frequency"),
    (G4, "G4", "session-length"),
    (G5, "G5", "thirty-sessions"),
    (G6, "G6", "presented-in-wrg"),
    (S1, "S1", "two-supervisors"),
    (S2, "S2", "supervisor-registered"),
    (S3, "S3", "supervisor-experience"),
    (S4, "S4", "external-supervisor"),
    (S5, "S5", "fortnightly-supervision"),
    (S6, "S6", "supervision-mode"),
    (S7, "S7", "joint-supervision"),
    (S8, "S8", "after-the-course"),
    (A1, "A1", "form1-submitted"),
    (A2, "A2", "supervisor-confirmed"),
    (A3, "A3", "arrangements-approved"),
    (A4, "A4", "arrangements-ratified"),
    (R1, "R1", "gwp2-reports"),
    (R2, "R2", "wrg2-reports"),
    (R3, "R3", "gwp3-report"),
    (R4, "R4", "not-started-noted"),
    (R5, "R5", "concerns-settled"),
    (C1, "C1", "working-alliance"),
    (C2, "C2", "context"),
    (C3, "C3", "process-and-dynamics"),
    (C4, "C4", "boundaries"),
    (C5, "C5", "active-listening"),
    (C6, "C6", "conflict"),
    (C7, "C7", "difference"),
    (C8, "C8", "confidentiality"),
    (C9, "C9", "professional-relationships"),
    (I1, "I1", "indemnity-insurance"),
    (I2, "I2", "clinical-responsibility"),
    (I3, "I3", "medical-cover"),
    (T1, "T1", "two-year-limit"),
    (D1, "D1", "diploma"),
    (D2, "D2", "lcc-recommendation"),
    (D3, "D3", "final-decision"),
];

impl Code {
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

    /// The requirement that a code or a name means.
    pub fn from_word(word: &str) -> Option<Self> {
        WORDS.iter().find(|(_, code, name)| *code == word || *name == word).map(|(code, ..)| *code)
    }

    /// Whether queries on it are settled by rulings. The others have decisions of their own.
    pub fn is_rulable(self) -> bool {
        !matches!(self, A3 | A4 | D2 | D3)
    }

    /// Every word that a ruling can name a requirement by: codes first, then names.
    pub fn rulable_words() -> Vec<&'static str> {
        let rulable = || WORDS.iter().filter(|(code, ..)| code.is_rulable());
        rulable().map(|(_, code, _)| *code).chain(rulable().map(|(.., name)| *name)).collect()
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

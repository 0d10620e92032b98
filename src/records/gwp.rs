//! `gwp.toml`: the case folder's own record.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::key::Holds::{Address, Words};
use super::key::Tense::{Happened, Timeless};
use crate::calendar::{Day, TimeZone};
use crate::edition::{ParameterName, Parameters, Scheme, Value};
use crate::problems::ProblemName;
use crate::text::Text;

/// The case folder's own record; everything in it may be absent.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gwp {
    /// The edition of the requirements; absent: `iga-2022-23`.
    pub scheme: Option<Scheme>,
    /// Meetings of the Local Course Committee beyond those that a course lists.
    #[serde(default)]
    #[schemars(extend("x-tense" = Timeless))]
    pub lcc_meetings: Vec<Day>,
    /// Parameters that the local committee varies.
    #[serde(default)]
    pub variation: Vec<Variation>,
    /// Warnings that are to be errors, or not shown.
    #[serde(default)]
    #[schemars(extend("x-judged" = false))]
    pub levels: Levels,
    /// What an audit of the folder's history goes by.
    #[serde(default)]
    #[schemars(extend("x-judged" = false))]
    pub audit: Audit,
    /// How long records are kept.
    #[serde(default)]
    #[schemars(extend("x-judged" = false))]
    pub retention: Retention,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl Gwp {
    /// The text of the record of a folder that begins now: it is judged by the newest edition. The first line names the
    /// path of a schema, for editors.
    pub fn text_of_new(schema: &str) -> String {
        format!("#:schema {schema}\nscheme = \"{}\"\n", Scheme::newest().word())
    }
}

/// How long records are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Retention {
    /// The years after the award, the withdrawal or the limit.
    pub years: Option<u32>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// What an audit of the folder's history goes by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Audit {
    /// How many days later something may be recorded; absent: 28.
    pub late_days: Option<u32>,
    /// Whether every commit is to be signed; absent: no.
    #[serde(default)]
    pub signed: bool,
    /// Whether counted sessions are to be attested; absent: no.
    #[serde(default)]
    pub attested: bool,
    /// The time zone in which a commit's day is given, such as `Europe/London`.
    #[schemars(extend("x-holds" = Words))]
    pub time_zone: Option<Text>,
    /// The e-mail addresses from which convenors commit.
    #[serde(default)]
    #[schemars(extend("x-holds" = Address))]
    pub convenors: Vec<Text>,
    /// The e-mail addresses from which administrators commit.
    #[serde(default)]
    #[schemars(extend("x-holds" = Address))]
    pub administrators: Vec<Text>,
    /// The e-mail addresses from which supervisors commit.
    #[serde(default)]
    #[schemars(extend("x-holds" = Address))]
    pub supervisors: Vec<Text>,
    /// The e-mail addresses from which students commit, beyond those in their records.
    #[serde(default)]
    #[schemars(extend("x-holds" = Address))]
    pub students: Vec<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl Audit {
    /// Whether it says who commits from which address.
    pub fn names_somebody(&self) -> bool {
        !self.students.is_empty() || self.others().any(|list| !list.is_empty())
    }

    /// The time zone in which a commit's day is given, where one is named.
    pub fn zone(&self) -> Option<TimeZone> {
        TimeZone::named(self.time_zone.as_ref()?.raw())
    }

    /// The addresses of those who are no students.
    pub fn others(&self) -> impl Iterator<Item = &[Text]> {
        [&self.convenors, &self.administrators, &self.supervisors].into_iter().map(Vec::as_slice)
    }
}

/// A parameter with another value than the edition's, by agreement of the local committee.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend("x-entry" = "variation"))]
pub struct Variation {
    /// The parameter's name.
    #[schemars(extend("x-identifies" = true))]
    pub parameter: ParameterName,
    /// Its value: a number, or a list of words.
    pub value: VariationValue,
    /// Who agreed it.
    #[schemars(extend("x-holds" = Words))]
    pub agreed_by: Text,
    /// The day on which it was agreed, and from which it is in force.
    #[schemars(extend("x-tense" = Happened))]
    pub agreed: Day,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl Variation {
    /// The variation of a parameter that holds on a day: of two the one agreed last, of equals the last in the file.
    pub fn in_force(variations: &[Self], name: ParameterName, on: Day) -> Option<&Self> {
        let agreed = variations.iter().filter(|variation| variation.parameter == name && variation.agreed <= on);
        agreed.max_by_key(|variation| variation.agreed)
    }

    /// The parameters of an edition in force on a day: its values, varied by what was agreed on or before that day.
    pub fn parameters(variations: &[Self], scheme: Scheme, on: Day) -> Parameters {
        Parameters::varied(scheme, &|name| Self::in_force(variations, name, on)?.fitting_value().ok())
    }

    /// Its value, where the parameter can have it; the error says in a phrase what is needed instead.
    pub fn fitting_value(&self) -> Result<Value, String> {
        self.value.fitting(self.parameter)
    }
}

/// The value of a variation; whether it fits its parameter is checked where the two meet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum VariationValue {
    /// A count, or a number of days, minutes or years.
    Number(u32),
    /// Modes of supervision, registers, or report dates as `MM-DD`.
    Words(Vec<Text>),
}

impl VariationValue {
    /// The value, where a parameter can have it; the error says in a phrase what is needed instead.
    pub fn fitting(&self, parameter: ParameterName) -> Result<Value, String> {
        parameter.fitting(match self {
            Self::Number(number) => Value::Number(*number),
            Self::Words(words) => Value::Words(words.iter().map(|word| word.raw().to_owned()).collect()),
        })
    }
}

impl<'de> Deserialize<'de> for VariationValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ValueVisitor;

        impl<'de> Visitor<'de> for ValueVisitor {
            type Value = VariationValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number or a list of words")
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<VariationValue, E> {
                u32::try_from(number).map(VariationValue::Number).map_err(E::custom)
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<VariationValue, E> {
                u32::try_from(number).map(VariationValue::Number).map_err(E::custom)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, words: A) -> Result<VariationValue, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(words)).map(VariationValue::Words)
            }
        }

        deserializer.deserialize_any(ValueVisitor)
    }
}

/// How seriously a problem is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum LevelSetting {
    /// Shown as an error.
    Error,
    /// Shown as a warning.
    Warning,
    /// Not shown.
    Off,
}

/// The levels of warnings. An error stays an error whatever is said here.
#[derive(Clone, Debug, Default)]
pub struct Levels(Vec<(ProblemName, LevelSetting)>);

impl Levels {
    /// What the folder says of this kind of problem.
    pub fn of(&self, name: ProblemName) -> Option<LevelSetting> {
        self.0.iter().find(|(named, _)| *named == name).map(|(_, level)| *level)
    }
}

impl<'de> Deserialize<'de> for Levels {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LevelsVisitor;

        impl<'de> Visitor<'de> for LevelsVisitor {
            type Value = Levels;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table of problem names and levels")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Levels, A::Error> {
                let mut levels = Vec::new();
                while let Some(key) = map.next_key::<String>()? {
                    if key == "notes" {
                        map.next_value::<Text>()?;
                        continue;
                    }
                    let name = ProblemName::from_word(&key).ok_or_else(|| A::Error::custom("no such problem"))?;
                    levels.push((name, map.next_value()?));
                }
                Ok(Levels(levels))
            }
        }

        deserializer.deserialize_map(LevelsVisitor)
    }
}

impl Serialize for Levels {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, level)| (name.word(), level)))
    }
}

impl JsonSchema for Levels {
    fn schema_name() -> Cow<'static, str> {
        "Levels".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let level = LevelSetting::json_schema(generator);
        let mut properties = serde_json::Map::new();
        for name in ProblemName::ALL {
            let mut of_name = level.clone();
            of_name.insert("description".to_owned(), name.meaning().into());
            properties.insert(name.word().to_owned(), of_name.to_value());
        }
        let notes = json_schema!({ "type": "string", "description": "Free text, never judged." });
        properties.insert("notes".to_owned(), notes.to_value());
        json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}

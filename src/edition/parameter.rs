//! The parameters: their names, what each can be, and their values in force.
//!
//! The list in [`parameters!`](self) is the one place for a parameter: its name as records write it, the type of its
//! value, and what it can be. Its value, unit and heading stand in the edition's data file.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::filling::Figure;
use super::{Edition, Mode, Scheme};
use crate::calendar::{Day, MONTHS};
use crate::text::visible;

/// More days, minutes or years than any committee would agree; it keeps arithmetic far from its limits.
const MANY: u32 = 10_000;

/// The most words of a list: report dates come twice a year, and no register or mode is needed more often.
const MOST_WORDS: usize = 24;

/// Makes the names of the parameters, and the [`Parameters`] in force, from one list.
macro_rules! parameters {
    ($($(#[doc = $doc:literal])+ $field:ident: $type:ty = $name:ident, $kind:expr;)+) => {
        /// A parameter of the requirements.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ParameterName {
            $($(#[doc = $doc])+ $name,)+
        }

        impl ParameterName {
            /// All of them, in the order of the edition's file.
            pub const ALL: [Self; [$(stringify!($field)),+].len()] = [$(Self::$name),+];

            /// The names as records write them, in the same order.
            pub const WORDS: [&'static str; Self::ALL.len()] = [$(stringify!($field)),+];

            /// What it can be.
            pub fn kind(self) -> Kind {
                match self {
                    $(Self::$name => $kind,)+
                }
            }
        }

        /// The parameters in force on one day.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Parameters {
            $($(#[doc = $doc])+ pub $field: $type,)+
        }

        impl Parameters {
            fn of(value: impl Fn(ParameterName) -> Value) -> Self {
                Self { $($field: Setting::read(&value(ParameterName::$name)),)+ }
            }

            /// Gives a parameter another value; it fits the parameter's kind.
            pub fn set(&mut self, name: ParameterName, value: &Value) {
                match name {
                    $(ParameterName::$name => self.$field = Setting::read(value),)+
                }
            }

            /// A parameter as a sentence says it.
            pub fn figure(&self, name: ParameterName) -> Figure {
                match name {
                    $(ParameterName::$name => self.$field.figure(),)+
                }
            }
        }
    };
}

parameters! {
    /// Sessions of one group, counted, that the status needs.
    sessions_required: usize = SessionsRequired, Kind::Number(1, MANY);
    /// The shortest session that counts, in minutes.
    session_minutes_min: i64 = SessionMinutesMin, Kind::Number(1, 1440);
    /// The longest session that counts, in minutes.
    session_minutes_max: i64 = SessionMinutesMax, Kind::Number(1, 1440);
    /// Days by which a meeting may slip before anyone asks.
    interval_slack_days: i64 = IntervalSlackDays, Kind::Number(0, MANY);
    /// Days between meetings with the workplace supervisor.
    supervision_interval_days: i64 = SupervisionIntervalDays, Kind::Number(1, MANY);
    /// The shortest supervision meeting, in minutes.
    supervision_minutes: i64 = SupervisionMinutes, Kind::Number(1, 1440);
    /// Accepted modes of supervision.
    supervision_modes: Vec<Mode> = SupervisionModes, Kind::Modes;
    /// Days between joint supervision meetings of a conducting pair.
    joint_supervision_interval_days: i64 = JointSupervisionIntervalDays, Kind::Number(1, MANY);
    /// Report deadlines of every year, as month and day.
    report_dates: Vec<(u32, u32)> = ReportDates, Kind::MonthDays;
    /// Years after the course's end within which the sessions must be complete.
    completion_years: u32 = CompletionYears, Kind::Number(0, 100);
    /// Registers that a workplace supervisor may be on.
    registers: Vec<String> = Registers, Kind::Names;
    /// Days within which a late arrangement, or that of a student who joined late, is confirmed.
    new_arrangement_days: i64 = NewArrangementDays, Kind::Number(0, MANY);
}

/// What a parameter can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number from the first to the second.
    Number(u32, u32),
    /// A list of modes of supervision.
    Modes,
    /// A list of days of the year, `MM-DD`.
    MonthDays,
    /// A list of names.
    Names,
}

/// The value of a parameter; it fits the parameter's [`Kind`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A whole number.
    Number(u32),
    /// A list of words.
    Words(Vec<String>),
}

impl Parameters {
    /// The values of an edition, but for those that are varied.
    pub fn varied(scheme: Scheme, varied: &dyn Fn(ParameterName) -> Option<Value>) -> Self {
        let edition = scheme.edition();
        Self::of(|name| varied(name).unwrap_or_else(|| edition.entry(name).value.clone()))
    }

    /// Those of an edition, with nothing varied.
    pub fn of_edition(edition: &Edition) -> Self {
        Self::of(|name| edition.entry(name).value.clone())
    }

    /// The last day of the limit for a course that ends on `ends`, without an extension.
    pub fn limit_after(&self, ends: Day) -> Day {
        ends.plus_years(self.completion_years)
    }
}

impl ParameterName {
    /// The name as records write it.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The parameter that a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.word() == word)
    }

    /// A value that this parameter can have; the error says in a phrase what is needed instead.
    pub fn fitting(self, value: Value) -> Result<Value, String> {
        match (self.kind(), value) {
            (Kind::Number(least, most), Value::Number(number)) if (least..=most).contains(&number) => {
                Ok(Value::Number(number))
            }
            (Kind::Number(least, most), _) => Err(format!("a whole number from {least} to {most}")),
            (kind, Value::Words(words))
                if (1..=MOST_WORDS).contains(&words.len()) && words.iter().all(|word| kind.allows(word)) =>
            {
                Ok(Value::Words(words))
            }
            (kind, _) => Err(kind.needs().to_owned()),
        }
    }
}

impl ParameterName {
    /// Those that can be accommodated: agreed otherwise for one student and a time.
    pub const ACCOMMODATED: [Self; 6] = [
        Self::SessionMinutesMin,
        Self::SessionMinutesMax,
        Self::SupervisionMinutes,
        Self::SupervisionModes,
        Self::SupervisionIntervalDays,
        Self::JointSupervisionIntervalDays,
    ];

    /// Reads one of [`ParameterName::ACCOMMODATED`].
    pub fn deserialize_accommodated<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Self::deserialize(deserializer)?;
        let is_accommodated = Self::ACCOMMODATED.contains(&name);
        is_accommodated.then_some(name).ok_or_else(|| D::Error::custom("it goes for everybody"))
    }

    /// The schema of one of [`ParameterName::ACCOMMODATED`].
    pub fn accommodated_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": Self::ACCOMMODATED.map(Self::word) })
    }
}

impl<'de> Deserialize<'de> for ParameterName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        Self::from_word(&word).ok_or_else(|| D::Error::custom("no such parameter"))
    }
}

impl Serialize for ParameterName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl JsonSchema for ParameterName {
    fn schema_name() -> Cow<'static, str> {
        "ParameterName".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": Self::WORDS })
    }
}

impl Kind {
    fn allows(self, word: &str) -> bool {
        match self {
            Self::Number(..) => false,
            Self::Modes => mode(word).is_some(),
            Self::MonthDays => month_day(word).is_some(),
            Self::Names => !word.trim().is_empty(),
        }
    }

    fn needs(self) -> &'static str {
        match self {
            Self::Number(..) => "a whole number",
            Self::Modes => "a list of \"face-to-face\", \"telephone\" and \"video\"",
            Self::MonthDays => "a list of at most 24 days of the year such as [\"01-31\", \"06-13\"]",
            Self::Names => "a list of names such as [\"UKCP\", \"BACP\"]",
        }
    }
}

impl Value {
    /// The number; 0 where the value is a list, which the parameter's kind rules out.
    pub fn number(&self) -> u32 {
        match self {
            Self::Number(number) => *number,
            Self::Words(_) => 0,
        }
    }

    /// The words; none where the value is a number.
    pub fn words(&self) -> &[String] {
        match self {
            Self::Number(_) => &[],
            Self::Words(words) => words,
        }
    }
}

/// The type in which the judgement uses a parameter.
trait Setting {
    /// From a value that fits the parameter's kind.
    fn read(value: &Value) -> Self;

    /// As a sentence says it.
    fn figure(&self) -> Figure;
}

impl Setting for usize {
    fn read(value: &Value) -> Self {
        Self::try_from(value.number()).unwrap_or(Self::MAX)
    }

    fn figure(&self) -> Figure {
        Figure::Number(i64::try_from(*self).unwrap_or(i64::MAX))
    }
}

impl Setting for i64 {
    fn read(value: &Value) -> Self {
        value.number().into()
    }

    fn figure(&self) -> Figure {
        Figure::Number(*self)
    }
}

impl Setting for u32 {
    fn read(value: &Value) -> Self {
        value.number()
    }

    fn figure(&self) -> Figure {
        Figure::Number((*self).into())
    }
}

impl Setting for Vec<Mode> {
    fn read(value: &Value) -> Self {
        value.words().iter().filter_map(|word| mode(word)).collect()
    }

    fn figure(&self) -> Figure {
        Figure::Words(self.iter().map(|mode| mode.phrase().to_owned()).collect())
    }
}

impl Setting for Vec<(u32, u32)> {
    fn read(value: &Value) -> Self {
        value.words().iter().filter_map(|word| month_day(word)).collect()
    }

    fn figure(&self) -> Figure {
        Figure::Words(self.iter().map(|&(month, day)| format!("{day} {}", MONTHS[month as usize - 1])).collect())
    }
}

impl Setting for Vec<String> {
    fn read(value: &Value) -> Self {
        value.words().to_vec()
    }

    fn figure(&self) -> Figure {
        Figure::Words(self.iter().map(|word| visible(word)).collect())
    }
}

fn mode(word: &str) -> Option<Mode> {
    Mode::ALL.into_iter().find(|mode| mode.word() == word)
}

/// Month and day of `MM-DD`, where some year has that day.
fn month_day(word: &str) -> Option<(u32, u32)> {
    let leap_year = Day::parse(&format!("2024-{word}"))?;
    Some((leap_year.month(), leap_year.day_of_month()))
}

//! The names of the parameters, and what each can be.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::records::{Mode, VariationValue};

/// A parameter of the requirements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParameterName {
    /// Sessions that the status needs.
    SessionsRequired,
    /// The shortest session that counts.
    SessionMinutesMin,
    /// The longest session that counts.
    SessionMinutesMax,
    /// Days by which a meeting may slip.
    IntervalSlackDays,
    /// Days between supervision meetings.
    SupervisionIntervalDays,
    /// The shortest supervision meeting.
    SupervisionMinutes,
    /// Accepted modes of supervision.
    SupervisionModes,
    /// Days between joint supervision meetings.
    JointSupervisionIntervalDays,
    /// Report deadlines of every year.
    ReportDates,
    /// Years after the course's end.
    CompletionYears,
    /// Registers of supervisors.
    Registers,
    /// Days for what is arranged late.
    NewArrangementDays,
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

/// More days, minutes or years than any committee would agree; it keeps arithmetic far from its limits.
const MANY: u32 = 10_000;

/// The most words of a list: report dates come twice a year, and no register or mode is needed more often.
const MOST_WORDS: usize = 24;

impl ParameterName {
    /// All of them, in the order of the edition's file.
    pub const ALL: [Self; 12] = [
        Self::SessionsRequired,
        Self::SessionMinutesMin,
        Self::SessionMinutesMax,
        Self::IntervalSlackDays,
        Self::SupervisionIntervalDays,
        Self::SupervisionMinutes,
        Self::SupervisionModes,
        Self::JointSupervisionIntervalDays,
        Self::ReportDates,
        Self::CompletionYears,
        Self::Registers,
        Self::NewArrangementDays,
    ];

    /// The names as records write them, in the same order.
    pub const WORDS: [&'static str; 12] = [
        "sessions_required",
        "session_minutes_min",
        "session_minutes_max",
        "interval_slack_days",
        "supervision_interval_days",
        "supervision_minutes",
        "supervision_modes",
        "joint_supervision_interval_days",
        "report_dates",
        "completion_years",
        "registers",
        "new_arrangement_days",
    ];

    /// The name as records write it.
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The parameter that a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.word() == word)
    }

    /// What it can be.
    pub fn kind(self) -> Kind {
        match self {
            Self::SessionMinutesMin | Self::SessionMinutesMax | Self::SupervisionMinutes => Kind::Number(1, 1440),
            Self::IntervalSlackDays | Self::NewArrangementDays => Kind::Number(0, MANY),
            Self::SessionsRequired | Self::SupervisionIntervalDays | Self::JointSupervisionIntervalDays => {
                Kind::Number(1, MANY)
            }
            Self::CompletionYears => Kind::Number(0, 100),
            Self::SupervisionModes => Kind::Modes,
            Self::ReportDates => Kind::MonthDays,
            Self::Registers => Kind::Names,
        }
    }

    /// Reads a value that a folder gives to this parameter. The error says in a phrase what is needed instead.
    pub fn read(self, value: &VariationValue) -> Result<Value, String> {
        match (self.kind(), value) {
            (Kind::Number(least, most), VariationValue::Number(number)) if (least..=most).contains(number) => {
                Ok(Value::Number(*number))
            }
            (Kind::Number(least, most), _) => Err(format!("a whole number from {least} to {most}")),
            (kind, VariationValue::Words(words)) => {
                let words: Vec<String> = words.iter().map(|word| word.raw().to_owned()).collect();
                let fits = (1..=MOST_WORDS).contains(&words.len()) && words.iter().all(|word| kind.allows(word));
                if fits { Ok(Value::Words(words)) } else { Err(kind.needs().to_owned()) }
            }
            (kind, VariationValue::Number(_)) => Err(kind.needs().to_owned()),
        }
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
    pub fn words(&self) -> Vec<String> {
        match self {
            Self::Number(_) => Vec::new(),
            Self::Words(words) => words.clone(),
        }
    }

    pub(super) fn modes(&self) -> Vec<Mode> {
        self.words().iter().filter_map(|word| mode(word)).collect()
    }

    pub(super) fn month_days(&self) -> Vec<(u32, u32)> {
        self.words().iter().filter_map(|word| month_day(word)).collect()
    }
}

fn mode(word: &str) -> Option<Mode> {
    [Mode::FaceToFace, Mode::Telephone, Mode::Video].into_iter().find(|mode| mode.word() == word)
}

/// Month and day of `MM-DD`, where some year has that day.
fn month_day(word: &str) -> Option<(u32, u32)> {
    let leap_year = crate::calendar::Day::parse(&format!("2024-{word}"))?;
    Some((leap_year.month(), leap_year.day_of_month()))
}

//! What committees and offices decided about a student: rulings, what is agreed for the student alone, decisions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::VariationValue;
use super::decision_words::{Body, Matter, Outcome, RulingBody, RulingOutcome};
use super::key::Holds::{Document, FreeText, Words};
use super::key::Tense::{Arranged, Happened, Meant, Timeless};
use crate::calendar::{Day, Period};
use crate::edition::{Code, ParameterName, Value};
use crate::text::{SaidDay, Text};

/// What a committee judged of a query.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend("x-entry" = "ruling", "x-last-holds" = true))]
pub struct Ruling {
    /// The requirement, by code or by name; not A3, A4, D2 or D3, which a `decision` settles.
    #[serde(deserialize_with = "Code::deserialize_rulable")]
    #[schemars(schema_with = "Code::rulable_schema")]
    #[schemars(extend("x-identifies" = true))]
    pub requirement: Code,
    /// Who ruled.
    pub body: RulingBody,
    /// The day of the ruling.
    #[schemars(extend("x-tense" = Happened, "x-identifies" = true))]
    pub date: Day,
    /// The dates that it rules on; absent: all dates up to that of the ruling.
    #[schemars(length(min = 1))]
    #[schemars(extend("x-tense" = Timeless))]
    pub of: Option<Vec<Day>>,
    /// Accepted or refused.
    pub outcome: RulingOutcome,
    /// Where it is minuted.
    #[schemars(extend("x-holds" = FreeText, "x-judged" = false))]
    pub minute: Option<Text>,
    /// The scanned paper: a path below the case folder.
    #[schemars(extend("x-holds" = Document))]
    pub document: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// A parameter with another value for one student and a time.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend("x-entry" = "accommodation", "x-last-holds" = true))]
pub struct Accommodation {
    /// The parameter: a length of sessions, or of supervision, its modes or how often it takes place.
    #[serde(deserialize_with = "ParameterName::deserialize_accommodated")]
    #[schemars(schema_with = "ParameterName::accommodated_schema")]
    #[schemars(extend("x-identifies" = true))]
    pub parameter: ParameterName,
    /// Its value: a number, or a list of words.
    pub value: VariationValue,
    /// The first day on which it holds.
    #[schemars(extend("x-tense" = Arranged, "x-identifies" = true))]
    pub from: Day,
    /// The last day; absent: it stays.
    #[schemars(extend("x-tense" = Meant))]
    pub until: Option<Day>,
    /// Who agreed it.
    #[schemars(extend("x-holds" = Words))]
    pub agreed_by: Text,
    /// The day on which it was agreed.
    #[schemars(extend("x-tense" = Happened))]
    pub agreed: Day,
    /// Why.
    #[schemars(extend("x-holds" = FreeText, "x-judged" = false))]
    pub reason: Option<Text>,
    /// Where it is minuted.
    #[schemars(extend("x-holds" = FreeText, "x-judged" = false))]
    pub minute: Option<Text>,
    /// The scanned paper: a path below the case folder.
    #[schemars(extend("x-holds" = Document))]
    pub document: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl Accommodation {
    /// The days on which it holds.
    pub fn period(&self) -> Period {
        Period { from: self.from, until: self.until }
    }

    /// Its value, where the parameter can have it; the error says in a phrase what is needed instead.
    pub fn fitting_value(&self) -> Result<Value, String> {
        self.value.fitting(self.parameter)
    }
}

/// An extension of the two-year limit.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Extension {
    /// The new last day.
    #[schemars(extend("x-tense" = Timeless))]
    pub until: Day,
    /// Who agreed it.
    #[schemars(extend("x-holds" = Words))]
    pub agreed_by: Text,
    /// The day on which it was agreed.
    #[schemars(extend("x-tense" = Happened))]
    pub agreed: Day,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// A decision of a committee or an office.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend("x-entry" = "decision", "x-last-holds" = true))]
pub struct Decision {
    /// Who decided.
    #[schemars(extend("x-identifies" = true))]
    pub body: Body,
    /// What it is about.
    #[schemars(extend("x-identifies" = true))]
    pub about: Matter,
    /// The day of the decision.
    #[schemars(extend("x-tense" = Happened, "x-identifies" = true))]
    pub date: Day,
    /// What was decided.
    pub outcome: Outcome,
    /// What is still to be done, where the arrangements are approved on conditions.
    #[serde(default)]
    pub conditions: Vec<Condition>,
    /// Where it is minuted.
    #[schemars(extend("x-holds" = FreeText, "x-judged" = false))]
    pub minute: Option<Text>,
    /// The scanned paper: a path below the case folder.
    #[schemars(extend("x-holds" = Document))]
    pub document: Option<Text>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

/// What begins the note of a query that says what is asked: it goes to the student, as no other note does.
const ASKED: &str = "Asked: ";

impl Decision {
    /// The note of a query that asks something.
    pub fn note_asking(asked: &Text) -> Text {
        Text::new(format!("{ASKED}{}", asked.raw()))
    }

    /// What a query asks, where its note says so.
    pub fn asks(&self) -> Option<&str> {
        let notes = self.notes.as_ref().filter(|_| self.outcome == Outcome::Queried)?;
        notes.raw().strip_prefix(ASKED).filter(|asked| !asked.trim().is_empty())
    }

    /// Whether it approves arrangements, so that it can be taken on conditions.
    pub fn approves_arrangements(&self) -> bool {
        self.about == Matter::Arrangements && self.outcome == Outcome::Approved
    }
}

/// Something on which arrangements are approved.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline, extend("x-entry" = "condition"))]
pub struct Condition {
    /// What is to be done.
    #[schemars(extend("x-holds" = FreeText, "x-identifies" = true))]
    pub what: Text,
    /// The day by which it is to be done.
    #[schemars(extend("x-tense" = Meant))]
    pub due: Day,
    /// The day on which it was done; absent: not yet.
    #[schemars(extend("x-tense" = Happened))]
    pub met: Option<Day>,
    /// Free text, never judged.
    pub notes: Option<Text>,
}

impl Condition {
    /// Reads what somebody says of a condition that is set on a day, such as `a second supervisor by 31 January`: without
    /// a year the first such day from then on. The error says what is needed.
    pub fn parse(text: &str, set: Day) -> Result<Self, String> {
        let needed =
            || "what is to be done and by when is needed, such as a second supervisor by 31 January".to_owned();
        let (what, due) = text.rsplit_once(" by ").ok_or_else(needed)?;
        let due = SaidDay::read(due.trim().trim_end_matches('.'))?.due(set)?;
        if what.trim().is_empty() {
            return Err(needed());
        }
        Ok(Self { what: Text::new(what.trim()), due, met: None, notes: None })
    }

    /// What is to be done and by when, as a phrase; safe to show.
    pub fn words(&self) -> String {
        format!("{} by {}", self.what, self.due)
    }

    /// What stands behind an approval on some conditions, such as `, on the condition: …`; nothing where there are none.
    /// Safe to show.
    pub fn bound_by(conditions: &[Self]) -> String {
        let bound: Vec<_> = conditions.iter().map(Self::words).collect();
        match bound.as_slice() {
            [] => String::new(),
            [one] => format!(", on the condition: {one}"),
            several => format!(", on {} conditions: {}", several.len(), several.join("; ")),
        }
    }

    /// The sentence of the minutes that says how it stands; safe to show.
    pub fn minuted(&self, standing: ConditionStanding) -> String {
        format!("Condition {}: {}.", standing.words(), self.what.to_string().trim_end_matches('.'))
    }

    /// Whether a note of the minutes says how a condition stands.
    pub fn is_minuted_in(note: &str) -> bool {
        ConditionStanding::BEGINNINGS.iter().any(|beginning| note.starts_with(beginning))
    }

    /// Whether it had been met by a day.
    pub fn is_met(&self, by: Day) -> bool {
        self.met.is_some_and(|day| day <= by)
    }
}

/// How it stands with a condition, as a committee says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConditionStanding {
    /// It was met on a day.
    Met(Day),
    /// It is not met yet, and there is time.
    Running,
    /// It is not met.
    NotMet,
}

impl ConditionStanding {
    const BEGINNINGS: [&str; 3] = ["Condition met on ", "Condition still running: ", "Condition not met: "];

    /// As a phrase: `met on 20 January 2026`.
    pub fn words(self) -> String {
        match self {
            Self::Met(day) => format!("met on {day}"),
            Self::Running => "still running".to_owned(),
            Self::NotMet => "not met".to_owned(),
        }
    }
}

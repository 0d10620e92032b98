//! One item of a meeting: what it asks, and what can be answered.

use super::Sitting;
use crate::calendar::Day;
use crate::edition::Code;
#[cfg(feature = "cli")]
use crate::form;
use crate::records::{Body, Condition, ConditionStanding, Matter, Outcome, RulingOutcome};
use crate::text::Text;

/// Something before a body on which it decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its number among the items of the meeting, counted from 1.
    pub number: u32,
    /// The student's id.
    pub student: Text,
    /// The student's name.
    pub name: Text,
    /// What is asked.
    pub asks: Asks,
    /// What the records hold, line by line; safe to show.
    pub says: Vec<String>,
}

/// What an item asks of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asks {
    /// A decision about a matter, with what can be decided.
    Decision {
        /// The matter.
        about: Matter,
        /// What the body can decide; what is in the student's favour first.
        outcomes: Vec<Outcome>,
        /// What it decided in this meeting, where that is recorded already.
        recorded: Option<Outcome>,
        /// On what that depends.
        bound: Vec<Condition>,
        /// What that asks, where it is a query that says it.
        asked: Option<Text>,
    },
    /// A ruling on each of some dates.
    Rulings {
        /// The requirement.
        requirement: Code,
        /// The dates, in order, each once.
        of: Vec<Asked>,
    },
    /// Whether a condition of an approval is met.
    Condition(AskedCondition),
}

/// A condition of an approval that is running.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedCondition {
    /// The day of the approval.
    pub approved: Day,
    /// Its number among the conditions of that day, counted from 1.
    pub number: usize,
    /// What the record says of it, with the positions of the decision and of the condition in that; none where the record
    /// cannot be found.
    pub there: Option<(usize, usize, Condition)>,
    /// What was said of it in this meeting, where that is recorded already.
    pub recorded: Option<ConditionStanding>,
}

/// A date that waits for a ruling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The date, by which the ruling names it.
    pub date: Day,
    /// What is asked; safe to show.
    pub message: String,
    /// What was ruled in this meeting, where that is recorded already.
    pub recorded: Option<RulingOutcome>,
}

/// Something that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The letter for it.
    pub key: char,
    /// The word for it.
    pub word: &'static str,
    /// Other words for it that people write, and for none of the others of an item.
    pub also: &'static [&'static str],
    /// What it means.
    pub chosen: Chosen,
}

/// What a choice means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// A decision.
    Outcome(Outcome),
    /// A ruling.
    Ruling(RulingOutcome),
    /// How it stands with a condition; what is met was met on the day of the meeting, or on one that is asked for.
    Condition(Standing),
}

/// What can be said of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is met.
    Met,
    /// It is not met yet, and there is time.
    Running,
    /// It is not met.
    NotMet,
}

impl Standing {
    const ALL: [Self; 3] = [Self::Met, Self::Running, Self::NotMet];

    /// The same with a day, which says when what is met was met.
    pub fn on(self, day: Day) -> ConditionStanding {
        match self {
            Self::Met => ConditionStanding::Met(day),
            Self::Running => ConditionStanding::Running,
            Self::NotMet => ConditionStanding::NotMet,
        }
    }
}

impl Choice {
    fn outcome(outcome: Outcome) -> Self {
        let (key, word, also): (_, _, &[&str]) = match outcome {
            Outcome::Approved => ('a', "approve", &["approved", "accept", "accepted", "agree", "agreed"]),
            Outcome::Queried => ('q', "query", &["queried"]),
            Outcome::Declined => ('d', "decline", &["declined", "refuse", "refused", "reject", "rejected"]),
            Outcome::Ratified => ('r', "ratify", &["ratified"]),
            Outcome::Recommended => ('r', "recommend", &["recommended"]),
            Outcome::NotRecommended => ('x', "not recommend", &["not recommended"]),
            Outcome::Deferred => ('d', "defer", &["deferred", "postponed"]),
            Outcome::Interview => ('i', "interview", &["to interview", "to be interviewed"]),
            Outcome::Suitable => ('y', "suitable", &[]),
            Outcome::NotSuitable => ('x', "not suitable", &["unsuitable"]),
            Outcome::Awarded => ('a', "award", &["awarded"]),
        };
        Self { key, word, also, chosen: Chosen::Outcome(outcome) }
    }

    fn ruling(outcome: RulingOutcome) -> Self {
        let (key, word, also): (_, _, &[&str]) = match outcome {
            RulingOutcome::Accepted => ('a', "accept", &["accepted", "approve", "approved", "agree", "agreed"]),
            RulingOutcome::Refused => {
                ('r', "refuse", &["refused", "reject", "rejected", "decline", "declined", "not accepted"])
            }
        };
        Self { key, word, also, chosen: Chosen::Ruling(outcome) }
    }

    fn condition(standing: Standing) -> Self {
        let (key, word, also): (_, _, &[&str]) = match standing {
            Standing::Met => ('m', "met", &["fulfilled"]),
            Standing::Running => ('r', "still running", &["running", "still open"]),
            Standing::NotMet => ('x', "not met", &["unmet", "not fulfilled"]),
        };
        Self { key, word, also, chosen: Chosen::Condition(standing) }
    }
}

#[cfg(feature = "cli")]
impl Choice {
    /// Whether this is what somebody typed: the letter, the word, or another word for the same.
    pub fn is_said_by(&self, typed: &str) -> bool {
        self.as_on_form().is_said_by(typed)
    }

    /// The choice as a form has it.
    pub(super) fn as_on_form(&self) -> form::Choice {
        form::Choice { word: self.word.to_owned(), mark: Some(self.key), also: self.also }
    }
}

impl Item {
    /// What tells it apart from the other items of any meeting: `amara-osei G4`, `amara-osei arrangements`.
    pub fn key(&self) -> String {
        match &self.asks {
            Asks::Decision { about, .. } => format!("{} {}", self.student.raw(), about.title()),
            Asks::Rulings { requirement, .. } => format!("{} {requirement}", self.student.raw()),
            Asks::Condition(AskedCondition { approved, number, .. }) => {
                format!("{} condition-{}-{number}", self.student.raw(), approved.iso())
            }
        }
    }

    /// What can be answered; what is in the student's favour first.
    pub fn choices(&self) -> Vec<Choice> {
        match &self.asks {
            Asks::Decision { outcomes, .. } => outcomes.iter().map(|outcome| Choice::outcome(*outcome)).collect(),
            Asks::Rulings { .. } => [RulingOutcome::Accepted, RulingOutcome::Refused].map(Choice::ruling).into(),
            Asks::Condition(_) => Standing::ALL.map(Choice::condition).into(),
        }
    }

    /// The item in a few words: `Amara Osei: the arrangements`; safe to show.
    pub fn title(&self) -> String {
        format!("{}: {}", self.name, self.matter())
    }

    /// What it is about, as a phrase; safe to show.
    pub fn matter(&self) -> String {
        match &self.asks {
            Asks::Decision { about, .. } => format!("the {}", about.title()),
            Asks::Rulings { requirement, .. } => {
                format!("{} ({requirement})", requirement.subject())
            }
            Asks::Condition(AskedCondition { there: Some((.., condition)), .. }) => {
                format!("the condition \"{}\"", condition.what)
            }
            Asks::Condition(AskedCondition { approved, .. }) => format!("a condition of the approval of {approved}"),
        }
    }

    /// The dates that are asked about; none where a decision is asked for.
    pub fn dates(&self) -> &[Asked] {
        match &self.asks {
            Asks::Decision { .. } | Asks::Condition(_) => &[],
            Asks::Rulings { of, .. } => of,
        }
    }

    /// Those of the dates on which no ruling of this meeting is recorded.
    pub fn open_dates(&self) -> impl Iterator<Item = &Asked> {
        self.dates().iter().filter(|asked| asked.recorded.is_none())
    }

    /// Whether an approval of it can have conditions.
    pub fn can_be_bound(&self, outcome: Outcome, sitting: Sitting) -> bool {
        matches!(self.asks, Asks::Decision { about: Matter::Arrangements, .. })
            && outcome == Outcome::Approved
            && matches!(sitting.body, Body::Lcc | Body::Ntm)
    }

    /// Whether nothing of it is left to be answered.
    pub fn is_recorded(&self) -> bool {
        match &self.asks {
            Asks::Decision { recorded, .. } => recorded.is_some(),
            Asks::Rulings { .. } => self.open_dates().next().is_none(),
            Asks::Condition(asked) => asked.recorded.is_some(),
        }
    }

    /// What is recorded of this meeting already, as a phrase; none where nothing is. Safe to show.
    pub fn recorded(&self) -> Option<String> {
        match &self.asks {
            Asks::Decision { recorded, .. } => recorded.map(|outcome| outcome.word().replace('-', " ")),
            Asks::Rulings { of, .. } => {
                let ruled =
                    of.iter().filter_map(|asked| Some(format!("{} for {}", asked.recorded?.word(), asked.date)));
                let ruled: Vec<_> = ruled.collect();
                (!ruled.is_empty()).then(|| ruled.join("; "))
            }
            Asks::Condition(asked) => asked.recorded.map(ConditionStanding::words),
        }
    }
}

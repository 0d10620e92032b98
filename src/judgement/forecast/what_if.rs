//! What a forecast supposes instead of what is recorded.

use crate::calendar::Day;
use crate::records::Frequency;

/// What is supposed of the sessions to come. What was held stays as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// The pace, in place of the one that a group declares.
    pub pace: Option<Pace>,
    /// More breaks, by first and last day.
    pub breaks: Vec<(Day, Day)>,
    /// How many of the sessions to come do not take place, or do not count.
    pub lose: usize,
}

impl WhatIf {
    /// Whether nothing is supposed.
    pub fn is_empty(&self) -> bool {
        self.pace.is_none() && self.breaks.is_empty() && self.lose == 0
    }
}

/// How often a group meets, of the rhythms that the requirements accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pace {
    /// Every week.
    Weekly,
    /// Every other week.
    Fortnightly,
}

impl Pace {
    /// Both, the faster one first.
    pub const ALL: [Self; 2] = [Self::Weekly, Self::Fortnightly];

    /// The pace of a group that declares one that is accepted.
    pub fn of(frequency: Frequency) -> Option<Self> {
        Self::ALL.into_iter().find(|pace| pace.frequency() == frequency)
    }

    /// Days from one session to the next.
    pub fn days(self) -> i64 {
        match self {
            Self::Weekly => 7,
            Self::Fortnightly => 14,
        }
    }

    /// The word of every output.
    pub fn word(self) -> &'static str {
        self.frequency().word()
    }

    fn frequency(self) -> Frequency {
        match self {
            Self::Weekly => Frequency::Weekly,
            Self::Fortnightly => Frequency::Fortnightly,
        }
    }
}

//! The verdict on a student.

/// The verdict on a student, in the order in which they are asked: the first that holds is the student's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Part of the evidence cannot be used: nothing is judged.
    Unknown,
    /// The status is awarded.
    Awarded,
    /// The award is declined.
    Declined,
    /// The student left the course.
    Withdrawn,
    /// The student does not apply for the status.
    NotApplying,
    /// A requirement can no longer be met.
    NotEligible,
    /// Somebody has to act.
    Action,
    /// The committee has something to judge.
    Query,
    /// Nothing is late, and something is still to come.
    OnTrack,
    /// The LCC has recommended the award.
    Recommended,
    /// The committee can be asked to recommend.
    Ready,
}

impl Verdict {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Self; 11] = [
        Self::Unknown,
        Self::Awarded,
        Self::Declined,
        Self::Withdrawn,
        Self::NotApplying,
        Self::NotEligible,
        Self::Action,
        Self::Query,
        Self::OnTrack,
        Self::Recommended,
        Self::Ready,
    ];

    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Awarded => "awarded",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::NotApplying => "not-applying",
            Self::NotEligible => "not-eligible",
            Self::Action => "action",
            Self::Query => "query",
            Self::OnTrack => "on-track",
            Self::Recommended => "recommended",
            Self::Ready => "ready",
        }
    }

    /// The verdict that a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word)
    }

    /// Whether the case goes on: nothing is owed any more once it is decided, given up or lost, and nothing can
    /// be said while it is unknown.
    pub fn goes_on(self) -> bool {
        matches!(self, Self::Action | Self::Query | Self::OnTrack | Self::Recommended | Self::Ready)
    }
}

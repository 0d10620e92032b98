//! The status of a requirement.

/// The status of one requirement of one student. The order is from best to worst: that of a requirement is the
/// worst of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It does not apply to this student.
    NotApplicable,
    /// The evidence is in the folder.
    Met,
    /// Not yet, and nothing is late.
    Open,
    /// Something is recorded that is for the committee to judge.
    Query,
    /// Something is not there, late or no longer valid, and can still be put right.
    Action,
    /// It can no longer be met.
    Failed,
}

impl Status {
    /// All of them, best first.
    pub const ALL: [Self; 6] = [Self::NotApplicable, Self::Met, Self::Open, Self::Query, Self::Action, Self::Failed];

    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotApplicable => "n/a",
            Self::Met => "met",
            Self::Open => "open",
            Self::Query => "query",
            Self::Action => "action",
            Self::Failed => "failed",
        }
    }
}

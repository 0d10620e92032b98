//! The irregularities by name.

/// A kind of irregularity. None is a fault by itself: each is something to ask about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IrregularityName {
    /// Evidence was altered after the day of a decision.
    EvidenceAltered,
    /// Evidence was struck out after the day of a decision.
    EvidenceRemoved,
    /// A rating was raised after the deadline.
    RatingRaised,
    /// A report's receipt was moved to before its deadline.
    ReceiptMoved,
    /// A decision was recorded while its requirements were not met.
    DecisionUnready,
    /// Entries were taken out of a session log or a student's record, or the record is gone.
    EntriesLost,
    /// The folder's own rules were changed, or a course's dates that had passed.
    RulesChanged,
    /// Recorded long after it happened.
    RecordedLate,
    /// Recorded before it happened.
    DatedAhead,
    /// Written long before it was committed, or committed long before it came into the main line.
    CommitRedated,
    /// Committed before what came before it, or before it was written.
    CommitBackdated,
    /// Nobody but the student wrote in it.
    OnlyTheStudent,
    /// Not signed.
    CommitUnsigned,
}

impl IrregularityName {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 13] = [
        Self::EvidenceAltered,
        Self::EvidenceRemoved,
        Self::RatingRaised,
        Self::ReceiptMoved,
        Self::DecisionUnready,
        Self::EntriesLost,
        Self::RulesChanged,
        Self::RecordedLate,
        Self::DatedAhead,
        Self::CommitRedated,
        Self::CommitBackdated,
        Self::OnlyTheStudent,
        Self::CommitUnsigned,
    ];

    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::EvidenceAltered => "evidence-altered",
            Self::EvidenceRemoved => "evidence-removed",
            Self::RatingRaised => "rating-raised",
            Self::ReceiptMoved => "receipt-moved",
            Self::DecisionUnready => "decision-unready",
            Self::EntriesLost => "entries-lost",
            Self::RulesChanged => "rules-changed",
            Self::RecordedLate => "recorded-late",
            Self::DatedAhead => "dated-ahead",
            Self::CommitRedated => "commit-redated",
            Self::CommitBackdated => "commit-backdated",
            Self::OnlyTheStudent => "only-the-student",
            Self::CommitUnsigned => "commit-unsigned",
        }
    }

    /// What it is, and why it is asked about.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::EvidenceAltered => {
                "Something that is dated up to the day of a decision was altered after the decision was recorded, or \
                 between its day and then. The decision rested on what stood there before."
            }
            Self::EvidenceRemoved => {
                "Something that is dated up to the day of a decision was struck out after the decision was recorded, \
                 or between its day and then. The decision rested on it."
            }
            Self::RatingRaised => {
                "A competency in a report was rated higher in a commit that was made after the report's deadline. A \
                 later rating belongs in a later report."
            }
            Self::ReceiptMoved => {
                "A report had been recorded as received after its deadline, and its day of receipt or its deadline was \
                 then changed so that it is in time."
            }
            Self::DecisionUnready => {
                "A decision was recorded, and as the folder stood in that commit requirements for it were not met on \
                 the day of the decision."
            }
            Self::EntriesLost => {
                "Sessions or meetings were taken out of a session log; a report, a decision or a ruling, or something \
                 that it said, was struck out of a student's record, and not put right; or the whole record is gone. A \
                 session that did not take place is marked as cancelled, and stays; a student who leaves is withdrawn."
            }
            Self::RulesChanged => {
                "What the folder is judged or audited by was changed after it had been laid down: a variation, the \
                 edition, the level of a problem, [audit] itself, or a deadline, a term or the end of a course that had \
                 passed by then."
            }
            Self::RecordedLate => {
                "Something was recorded long after it happened. The longer the time between, the less the record \
                 proves."
            }
            Self::DatedAhead => {
                "Something that cannot be known beforehand was recorded before its day: a session as held, a report as \
                 received, a decision as made. A session that was planned looks like this until somebody says that it \
                 was held, or that it was not."
            }
            Self::CommitRedated => {
                "The commit says that it was written more than a week before it was made, or it was on a branch for \
                 longer than something may be recorded late. Changes are carried over like this when history is \
                 rewritten, and when work waits on another machine."
            }
            Self::CommitBackdated => {
                "The commit says that it was made more than a day before a commit that it follows, or than it was \
                 written. Either a clock was wrong, or a date was chosen."
            }
            Self::OnlyTheStudent => {
                "Every commit that wrote in the record names the student it is about as its author, or as the one who \
                 committed it. Nobody else ever wrote in it; who only moves it or sets it out otherwise has written \
                 nothing."
            }
            Self::CommitUnsigned => {
                "The folder asks for signatures, and the commit has none. Whether a signature is sound, and whose it is, \
                 \"git verify-commit\" tells."
            }
        }
    }
}

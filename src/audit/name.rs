//! The irregularities by name.

/// A kind of irregularity. None is a fault by itself: each is something to ask about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IrregularityName {
    /// By an alteration something is met or counts that was not so.
    AlteredInFavour,
    /// Something was altered while nobody could judge the student, and nobody can yet.
    AlteredUnjudged,
    /// Something was permitted after it had happened.
    PermittedAfterwards,
    /// Somebody wrote what others are to say of them.
    OwnFavour,
    /// A ruling or a decision was written from an address that is on no list.
    WriterUnlisted,
    /// A committee decided on a day without a meeting.
    NoMeeting,
    /// Many sessions came shortly before a decision.
    EnteredBeforeDecision,
    /// Somebody was put into a log with a past, or taken out of one.
    ParticipantsChanged,
    /// The writer of a report became another.
    WriterChanged,
    /// After a decision a record was given another person's name.
    StudentChanged,
    /// A body ruled twice on one thing on one day, in two ways.
    RulingsContradict,
    /// A ruling or a decision is said otherwise than before.
    DecisionRestated,
    /// Evidence was altered after the day of a decision.
    EvidenceAltered,
    /// Evidence was struck out after the day of a decision.
    EvidenceRemoved,
    /// A scanned paper that a record names was replaced or deleted.
    PaperReplaced,
    /// Minutes were altered after they had been agreed, or are gone.
    MinutesAltered,
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
    /// An entry was confirmed, and says something else now.
    AttestationBroken,
    /// An entry that counts is not confirmed, and the folder asks for that.
    SessionUnattested,
    /// Not signed.
    CommitUnsigned,
}

impl IrregularityName {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 29] = [
        Self::AlteredInFavour,
        Self::AlteredUnjudged,
        Self::PermittedAfterwards,
        Self::OwnFavour,
        Self::WriterUnlisted,
        Self::NoMeeting,
        Self::EnteredBeforeDecision,
        Self::ParticipantsChanged,
        Self::WriterChanged,
        Self::StudentChanged,
        Self::RulingsContradict,
        Self::DecisionRestated,
        Self::EvidenceAltered,
        Self::EvidenceRemoved,
        Self::PaperReplaced,
        Self::MinutesAltered,
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
        Self::AttestationBroken,
        Self::SessionUnattested,
        Self::CommitUnsigned,
    ];

    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::AlteredInFavour => "altered-in-favour",
            Self::AlteredUnjudged => "altered-unjudged",
            Self::PermittedAfterwards => "permitted-afterwards",
            Self::OwnFavour => "own-favour",
            Self::WriterUnlisted => "writer-unlisted",
            Self::NoMeeting => "no-meeting",
            Self::EnteredBeforeDecision => "entered-before-decision",
            Self::ParticipantsChanged => "participants-changed",
            Self::WriterChanged => "writer-changed",
            Self::StudentChanged => "student-changed",
            Self::RulingsContradict => "rulings-contradict",
            Self::DecisionRestated => "decision-restated",
            Self::EvidenceAltered => "evidence-altered",
            Self::EvidenceRemoved => "evidence-removed",
            Self::PaperReplaced => "paper-replaced",
            Self::MinutesAltered => "minutes-altered",
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
            Self::AttestationBroken => "attestation-broken",
            Self::SessionUnattested => "session-unattested",
            Self::CommitUnsigned => "commit-unsigned",
        }
    }

    /// What it is, and why it is asked about.
    #[allow(clippy::too_many_lines, reason = "a table")]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::AlteredInFavour => {
                "Something that was there was altered, whatever its age. By that a query, an action or a failure went away \
                 without a ruling, or a session or a meeting came to count."
            }
            Self::AlteredUnjudged => {
                "Something was altered, and a student whom it concerns cannot be judged since: a record has an error. What the \
                 alteration did can be told when the error is mended. \"gwp check\" names it."
            }
            Self::PermittedAfterwards => {
                "A variation, an accommodation or an extension was recorded after what it permits. Without it something \
                 that was past would wait for a ruling, be missing, or not count."
            }
            Self::OwnFavour => {
                "A ruling, a decision, a report, an attestation, a variation, an accommodation or an extension was written \
                 from the address of the student whom it favours. Or a student confirmed their own arrangement, ended \
                 their own Diploma, listed a meeting, or wrote minutes about themselves. Or a supervisor wrote about \
                 their own registration. Or a student had their own insurance or leave last longer."
            }
            Self::WriterUnlisted => {
                "A ruling or a decision was written from an address that is on no list. It is neither in [audit] nor in the \
                 record of a supervisor, a course or the student whom it is about. This is asked only where [audit] names \
                 convenors or administrators."
            }
            Self::NoMeeting => {
                "A ruling or a decision is dated on a day on which no meeting of that body is recorded. A meeting that was \
                 held belongs in the list or has minutes."
            }
            Self::EnteredBeforeDecision => {
                "Several sessions that had been left for longer than is usual in their log were entered in the week before \
                 a decision that rests on them, or between its day and its being recorded."
            }
            Self::ParticipantsChanged => {
                "A supervisee or a conductor was put into a log with a past, or taken out of one. The earlier meetings then \
                 count for somebody who was not there, or no more for somebody who was."
            }
            Self::WriterChanged => {
                "A report is said to be by somebody else than before. Whoever watched the work wrote it; another report \
                 is another entry."
            }
            Self::StudentChanged => {
                "After a decision about a student, the record was given another name and another address, or a name that \
                 another student's record had. The decision may now stand for somebody else."
            }
            Self::RulingsContradict => {
                "One body is said to have both accepted and refused the same on one day. The one that stands later in the \
                 record holds."
            }
            Self::DecisionRestated => {
                "A ruling, a decision or an accommodation is now said to be by another body. Or it was taken out in one \
                 commit and came again in a later one, and says something else. What was decided stays; what is \
                 decided anew is another entry."
            }
            Self::EvidenceAltered => {
                "Something that is dated up to the day of a decision was altered after the decision was recorded, or \
                 between its day and then. The decision rested on what stood there before."
            }
            Self::EvidenceRemoved => {
                "Something that is dated up to the day of a decision was struck out after the decision was recorded, \
                 or between its day and then. The decision rested on it."
            }
            Self::PaperReplaced => {
                "A scanned paper that a record names was replaced by another file or deleted, or the record names another \
                 paper or none in its place. What somebody signed may say something else."
            }
            Self::MinutesAltered => {
                "Minutes were altered, or something was added to them, after they had been agreed. Or nobody says when that \
                 was, and they were altered longer after the meeting than something may be recorded late. Or they are gone."
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
                "Something was recorded longer after it happened than is usual in its log. The longer the time between, the \
                 less the record proves."
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
            Self::AttestationBroken => {
                "Somebody who was not the student confirmed an entry of a log, and the entry says something else now, or is \
                 gone; or the confirmation itself was altered or taken out. It is shown what the entry said then, if a \
                 commit has that."
            }
            Self::SessionUnattested => {
                "The folder asks for attestations, and a session or meeting that counts is not confirmed by anybody as it \
                 says now."
            }
            Self::CommitUnsigned => {
                "The folder asks for signatures, and the commit has none. Whether a signature is sound, and whose it is, \
                 \"git verify-commit\" tells."
            }
        }
    }
}

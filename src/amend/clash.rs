//! Something in a record that stands in the way of an event.

use super::{Dispute, Ground, Refusal, by_hand, splice};
use crate::calendar::Day;
use crate::text::{Notation, Path};

/// Something in the record that stands where the event would.
pub(super) enum Clash {
    /// The log is of the other kind.
    OtherKind,
    /// The record has no such place.
    NoPlace,
    /// What stands there, where, and whether it says the same; and what is said now, where that is more than `what`.
    There { what: String, at: Box<Path>, is_same: bool, now: Option<Box<Dispute>> },
    /// Of the entries of a day, at these positions of the log, one is cancelled and one is not.
    Contradiction { date: Day, at: [usize; 2] },
}

impl Clash {
    pub(super) fn refusal(self, notation: Notation, ground: Ground<'_>) -> Refusal {
        let Ground { text, root, .. } = ground;
        let line = |at: &Path| splice::line_of(text, root.follow(at).map_or(0, |(_, node)| node.span.start));
        match self {
            Self::OtherKind => Refusal::OtherKind,
            Self::NoPlace => Refusal::NoPlace,
            Self::There { what, at, is_same: true, .. } => Refusal::AlreadyThere { what, line: line(&at) },
            Self::There { what, at, now, .. } => {
                let line = line(&at);
                let typed = |now: &Dispute| Box::new(by_hand(notation, ground, &now.change));
                let typed_and_said = now.map(|now| (typed(&now), now.what));
                let (typed, said) = typed_and_said.unzip();
                Refusal::Otherwise { what, line, said, typed }
            }
            Self::Contradiction { date, at: [one, other] } => {
                let (one, other) = (line(&place(one)), line(&place(other)));
                Refusal::Contradicted { date, lines: [one.min(other), one.max(other)] }
            }
        }
    }
}

/// Where an entry of a log stands.
pub(super) fn place(index: usize) -> Path {
    Path::of("sessions").index(index)
}

//! Something in a record that stands in the way of an event.

use super::{Dispute, Refusal, by_hand, splice};
use crate::calendar::Day;
use crate::text::{Node, Notation, Path};

/// Something in the record that stands where the event would.
pub(super) enum Clash {
    /// The log is of the other kind.
    OtherKind,
    /// What stands there, where, and whether it says the same; and what is said now, where that is more than `what`.
    There { what: String, at: Box<Path>, is_same: bool, now: Option<Box<Dispute>> },
    /// Of the entries of a day, at these positions of the log, one is cancelled and one is not.
    Contradiction { date: Day, at: [usize; 2] },
}

impl Clash {
    pub(super) fn refusal(self, notation: Notation, text: &str, root: &Node<'_>) -> Refusal {
        let line = |at: &Path| splice::line_of(text, root.follow(at).map_or(0, |(_, node)| node.span.start));
        match self {
            Self::OtherKind => Refusal::OtherKind,
            Self::There { what, at, is_same: true, .. } => Refusal::AlreadyThere { what, line: line(&at) },
            Self::There { what, at, now, .. } => {
                let line = line(&at);
                let typed = |now: &Dispute| Box::new(by_hand(notation, text, root, &now.change));
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

//! Whether something took place, by what a cell says and by what a person answered.

/// What a cell says of whether something took place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// It took place.
    Yes,
    /// It did not; why, where it says so.
    Cancelled(Option<String>),
}

/// What a person answered about a row, beside what its cells say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowAnswer {
    /// Whether it took place.
    pub(super) held: Option<Held>,
    /// How long it lasted.
    pub(super) minutes: Option<u16>,
    /// Who was not there, as names; none of them where everybody was.
    pub(super) absent: Option<String>,
}

impl RowAnswer {
    /// Both of two answers about one row.
    pub(super) fn and(self, other: &Self) -> Self {
        Self {
            held: other.held.clone().or(self.held),
            minutes: other.minutes.or(self.minutes),
            absent: other.absent.clone().or(self.absent),
        }
    }
}

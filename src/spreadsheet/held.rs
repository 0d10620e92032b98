//! Whether something took place, by what a cell says and by what a person answered.

/// What a cell says of whether something took place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// It took place.
    Yes,
    /// It did not; why, where it says so.
    Cancelled(Option<String>),
}

/// Which is right where a record and a table say different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefers {
    /// What the record says.
    Record,
    /// What the table says.
    Table,
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
    /// Which is right where the record says something else.
    pub prefers: Option<Prefers>,
}

impl RowAnswer {
    /// Both of two answers about one row.
    pub(super) fn and(self, other: &Self) -> Self {
        Self {
            held: other.held.clone().or(self.held),
            minutes: other.minutes.or(self.minutes),
            absent: other.absent.clone().or(self.absent),
            prefers: other.prefers.or(self.prefers),
        }
    }
}

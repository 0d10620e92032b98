//! How it is known that something is about somebody.

/// How it is known that an entry is about somebody, from the surest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {
    /// It stands in their own record.
    Own,
    /// It stands in the log of their group, or of their supervision.
    Log,
    /// It has their id.
    Id,
    /// It has their address.
    Address,
    /// It has their name, which somebody else can have too.
    Name,
}

impl Link {
    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Own => "own-record",
            Self::Log => "own-log",
            Self::Id => "id",
            Self::Address => "address",
            Self::Name => "name",
        }
    }
}

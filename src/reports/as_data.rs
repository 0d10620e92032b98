//! How values of the other modules become data.

use serde::{Serialize, Serializer};

use crate::audit::IrregularityName;
use crate::judgement::{NoMeeting, ObligationKind, Pace, Role, Verdict};
use crate::problems::{Level, ProblemName};
use crate::requirements::Status;

/// A list that is written entry by entry, and is never in memory as a whole.
pub(super) fn lazily<F, I>(entries: F) -> impl Serialize
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    struct Lazily<F>(F);

    impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Lazily<F> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq((self.0)())
        }
    }

    Lazily(entries)
}

/// Data has the word of each.
macro_rules! written_as_words {
    ($($of:ty),+) => {
        $(impl Serialize for $of {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        })+
    };
}

written_as_words!(IrregularityName, Level, NoMeeting, ObligationKind, Pace, ProblemName, Role, Status, Verdict);

//! What differs between two states of a case folder: not lines, but what they mean.
//!
//! Two trees of records are compared ([`record_changes`]) and two judgements ([`student_changes`]); what both states
//! share is judged in neither.

mod alike;
mod as_read;
mod problems;
mod records;
mod rename_detection;
mod students;
mod value;
mod words;
mod written_value;

pub use alike::Alike;
pub(crate) use as_read::{AsRead, as_far_as_read, unread_text};
pub use problems::new_and_gone;
pub use records::{Change, RecordChange, record_changes, whole};
pub use students::{RequirementChange, Side, StudentChange, affected, student_changes};
pub(crate) use value::value_of;
pub use value::{ChangeKind, FieldChange};
pub(crate) use words::one_in_words;
pub use words::{Extent, in_words};
pub(crate) use written_value::written_value;

//! The second axis of time: what was written down when, and by whom.
//!
//! The dates in the records say when things happened; the commits say when they were recorded. A [`Revision`] is a
//! commit as git tells it, a [`Reader`] tells what was [`Written`] in it, and [`Concerns`] whom a record is about.

mod backwards;
mod concerns;
mod dated;
mod papers;
mod renamed;
mod revision;
mod timeline;
mod written;

pub use crate::records::Tense;
pub use backwards::{Backwards, backwards};
pub use concerns::Concerns;
pub(crate) use dated::known_by;
pub use papers::{named_papers, paper_key};
pub use renamed::{renamed_students, texts_of_renamed};
pub use revision::{FileChange, Revision, Signature};
pub use timeline::{Order, TimelineEntry, main_line, timeline};
pub use written::{ReadableTexts, Reader, Step, Texts, Written, WrittenRecord, written_meanwhile};

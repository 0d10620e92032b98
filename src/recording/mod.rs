//! What the commands that write do: something that happened goes into the records of a case folder.
//!
//! A [`RecordingSession`] holds the lock of the folder from reading to writing. What is to be written is prepared first:
//! the folder is judged as it would be, an error that this would bring in is refused, and the [`Prepared`] report says
//! what would change for whom. Only [`RecordingSession::write`] writes: everything or nothing, with a commit of just that
//! where one is asked for.
//!
//! Nothing here prints or asks: a [`RecordingReport`] or a [`RecordingError`] says all there is to say.

mod amendment;
#[cfg(feature = "cli")]
mod answered_form;
mod arranging;
#[cfg(feature = "cli")]
mod attested_form;
mod attesting;
mod correcting;
mod effects;
mod error;
mod file_write;
mod introduced_errors;
mod journal;
mod last_day;
mod meeting;
mod named;
mod new_records;
mod otherwise;
mod received_report;
mod renaming;
mod report;
mod said;
mod same_day;
mod session;
mod telling;
mod typed_value;
mod undoing;
mod unusual;
mod write_target;

pub use amendment::{Amendment, Together};
#[cfg(feature = "cli")]
pub use answered_form::{AnsweredForm, CorrectedEntry, SentBy};
pub use arranging::SaidArrangement;
pub use attesting::{Attesting, SaidAttestation};
pub use correcting::Correction;
pub use error::RecordingError;
pub use file_write::FileWrite;
pub use introduced_errors::must_be_sound;
pub use journal::{CommitState, Journal, JournalEntry};
pub use named::NamedRecord;
pub use received_report::ReceivedReport;
pub use report::{Deed, Effect, FileDifference, Prepared, RecordingReport, Warning};
pub use said::{Asked, Question, Said, Untold};
pub use same_day::SameDay;
pub use session::{Identified, RecordingSession};
pub use undoing::{Earlier, TakingBack, note_new};
pub use write_target::{RecordingMode, WriteTarget};

use std::fmt::Display;

use crate::text::all_of;

/// Where the schemas lie that the first lines of new records name, for editors.
pub const SCHEMAS: &str = ".schemas";

/// What to do where an id is taken.
const ANOTHER_ID: &str = "choose another id";

/// What a message names: the first three, and how many more there are.
pub fn few(of: &[impl Display]) -> String {
    const MOST: usize = 3;
    let mut words: Vec<_> = of.iter().take(MOST).map(ToString::to_string).collect();
    let more = of.len() - words.len();
    words.extend((more > 0).then(|| format!("{more} more")));
    all_of(words)
}

//! What a folder says of people: all that it says of one of them, and whose records are past the time for which they are
//! kept.

mod attested;
mod discretion;
mod erasure;
mod holdings;
mod labels;
mod link;
mod mentions;
mod papers;
mod past;
mod people;
mod redaction;
mod retention;

pub use discretion::Discretion;
pub use erasure::Erasure;
pub use holdings::{Everything, Holdings};
pub use link::Link;
pub use mentions::{Mention, Said, mentions};
pub use papers::papers_about;
pub use past::{files_naming, history_of, papers_ever_about};
pub use people::{Person, known_ever, known_now};
pub use retention::{Kept, Retention, Since};

//! Papers: what people look at who would rather not look at a terminal. A paper is one file that opens anywhere, without a
//! network, and says the same as the tables do.
//!
//! A [`Paper`] is put together from the tables of [`crate::reports`] and from pictures; [`html`] writes it as a page.

mod among;
mod changes;
mod committee;
mod decisions;
mod figures;
mod form_page;
mod html;
mod letter;
mod minutes;
mod own;
mod pages;
mod paper;
mod picture;
mod ratifying;
mod ratings;
mod scale;
mod signature;
mod supervisor;
mod time_line;
mod wall;

#[cfg(test)]
mod tests;

pub use changes::SinceMeeting;
pub use committee::{ForMeeting, Scope, of_folder};
pub use decisions::DecisionsKnown;
pub use form_page::form_page;
pub use html::html;
pub use letter::of_student;
pub use minutes::of_minutes;
pub use own::{Dressing, OwnPart, OwnParts, Part, Told};
pub use pages::{INDEX, Page, pages};
pub use paper::{Block, Folded, Paper, Section, Tag};
pub use picture::Picture;
pub use ratifying::Ratifications;
pub use ratings::Ratings;
pub use supervisor::of_supervisor;

//! Reminders: a letter for each person, with everything that the person owes. Nothing here sends anything.
//!
//! What the folders owe is collected ([`Reminders`]), put together by person ([`Post`]), worded by a [`Template`] and
//! made into a message ([`Message`]).

mod address;
mod eml;
mod file_names;
mod layout;
mod letters;
mod record;
mod reminder;
mod template;
mod template_error;
mod templates;
mod values;
mod wording;

#[cfg(test)]
mod tests;

pub use address::{Address, Sender};
pub use eml::{AttachedPage, Message};
pub use file_names::{file_names, page_names};
pub use layout::WIDTH;
pub use letters::{Letter, Post, Recipient, Unsent, WhyUnsent};
pub use record::{Memory, SaidItem, SaidLetter, SaidTo, read_record};
pub use reminder::{Reminder, Reminders, Stage, Telling};
pub use template::{FOLDER, Piece, Template};
pub(crate) use template::{environment, names};
pub use template_error::TemplateError;
pub use templates::{Chosen, Templates};
pub use values::Values;

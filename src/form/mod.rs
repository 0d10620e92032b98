//! Forms that are sent round by mail: what is asked, the text of it, and what somebody answered.
//!
//! A [`Form`] says what is asked; it knows nothing of how it looks. [`Form::to_text`] writes it so that it survives every
//! mail program: short lines, a frame of ASCII, `Label: answer`. [`Form::read`] reads the answers out of a text that was
//! quoted, wrapped and retyped on its way. What it does not understand it lists, line by line; what could mean two things
//! is [`Said::Doubtful`], and never an answer. [`Reference::all_in`] says which forms a text holds, so that the same form
//! can be made again to read it.

mod definition;
mod laid_out;
mod lines;
mod reading;
mod reference;
mod scan;

#[cfg(test)]
mod tests;

pub use definition::{BY_MAIL, Choice, Field, Form, Kind, Section};
pub use laid_out::WIDTH;
pub use lines::Line;
pub use reading::{Answer, Reading, Said, Unread};
pub use reference::Reference;

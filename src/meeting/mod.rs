//! A committee's meeting: what it has before it, what it can answer, and what each answer becomes in the records.
//!
//! [`Table::of`] takes the [agenda](crate::reports::Agenda) of a body for a day and makes an [`Item`] of everything that
//! the body can answer. What somebody says of an item is a [`Reply`]; the [`Answer`] that it makes gives the events that
//! go into the student's record. A ruling names exactly the dates that were asked about. [`Proceedings`] are the whole of
//! it: who was there, every answer, and the record of the meeting itself.

mod answer;
mod item;
#[cfg(feature = "cli")]
mod paper;
mod proceedings;
mod progress;
#[cfg(feature = "cli")]
mod reply;
mod sitting;
mod table;

#[cfg(test)]
mod tests;

pub use answer::{Answer, Decided};
pub use item::{Asked, AskedCondition, Asks, Choice, Chosen, Item, Standing};
#[cfg(feature = "cli")]
pub use paper::{FilledIn, Paper, Unclear};
pub use proceedings::{Attendance, Proceedings, names, unless_none};
pub use progress::{Progress, TakenUp};
#[cfg(feature = "cli")]
pub use reply::{ALWAYS, Reply};
pub use sitting::Sitting;
pub use table::Table;

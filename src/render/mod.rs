//! How reports leave the program: as text for a terminal, as Markdown, as CSV, as a workbook, as JSON, as a calendar;
//! and problems as a compiler shows them.
//!
//! A rendering is pure: it knows no terminal, no environment and no clock. A format's own syntax is escaped here;
//! whatever a [sheet](crate::reports::Sheet) holds is safe to show otherwise.

mod calendar;
#[cfg(feature = "cli")]
mod csv;
#[cfg(feature = "cli")]
mod diagnostics;
mod json;
mod markdown;
#[cfg(feature = "cli")]
mod text;
#[cfg(feature = "cli")]
mod wrap;
#[cfg(feature = "cli")]
mod xlsx;

#[cfg(all(test, feature = "cli"))]
mod tests;

#[cfg(feature = "cli")]
pub use self::csv::write_csv;
pub use calendar::{Event, write_ics};
#[cfg(feature = "cli")]
pub use diagnostics::Diagnostics;
pub use json::write_document;
pub use markdown::write_markdown;
#[cfg(feature = "cli")]
pub use text::{Layout, write_text};
#[cfg(feature = "cli")]
pub use xlsx::{xlsx, xlsx_book};

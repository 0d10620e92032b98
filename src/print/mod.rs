//! Renderings of a judgement.

#[cfg(feature = "cli")]
mod diagnostics;
mod json;

#[cfg(feature = "cli")]
pub use diagnostics::Diagnostics;
pub use json::{FolderReport, JsonDocument, Located, PROGRAM, VERSION, write_value};

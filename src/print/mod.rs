//! Renderings of a judgement.

mod json;

pub use json::{FolderReport, JsonDocument, Locate, Located, PROGRAM, VERSION, write_value};

//! The requirements, in files named after the source's headings.

mod code;

pub use code::Code;

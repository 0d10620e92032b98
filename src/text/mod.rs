//! Texts of records, before they are records: what is never trusted, and where it stands.

mod place;
mod source;
mod untrusted;

pub use place::{FileId, Path, Place, Step};
pub use source::{Notation, Source, Unreadable};
pub use untrusted::{Text, is_deceptive, visible, write_visibly};

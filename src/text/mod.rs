//! Texts of records, before they are records: what is never trusted, and where it stands.

mod locate;
mod node;
mod parse;
mod parsed;
mod place;
mod read_node;
mod source;
mod toml;
mod toml_bounds;
mod toml_faults;
mod toml_plain;
mod toml_spans;
mod untrusted;
mod words;
mod yaml;
mod yaml_faults;

pub use locate::Locator;
pub use node::{Key, Node, Value};
pub use parsed::{FAULTS_LISTED, Fault, Parsed};
pub use place::{FileId, Path, Place, Spot, Step};
pub use read_node::{Readable, Reader, Scalar};
pub use source::{Content, Notation, Source, Unreadable};
pub use toml_plain::Plain;
pub use toml_spans::{MOST_ELEMENTS, Spans};
pub use untrusted::{Text, is_deceptive, visible, write_visibly};
pub use words::{all_of, any_of, counted, did_you_mean, few, nearest, short_id};

//! Texts of records, before they are records: what is never trusted, and where it stands.

#[cfg(feature = "disk")]
mod address;
mod isolated;
mod lines;
mod locate;
mod naming;
mod near_record;
mod node;
mod parse;
mod parsed;
mod place;
mod read_node;
mod said_day;
mod said_minutes;
mod source;
mod toml;
mod toml_bounds;
mod toml_faults;
mod toml_plain;
mod toml_spans;
mod toml_version;
mod untrusted;
mod words;
mod written_day;
mod yaml;
mod yaml_faults;

#[cfg(feature = "disk")]
pub use address::read_address;
pub use isolated::{isolated, isolated_lines};
pub(crate) use lines::{common_lines, lines};
pub use locate::Locator;
pub use naming::{Found, Nameable, find_by_whole_words, find_named, is_same_name, slug};
pub use near_record::NearRecord;
pub(crate) use near_record::{copied_from, is_other_with_more};
pub use node::{Key, Node, Value};
pub(crate) use parsed::FAULTS_LISTED;
pub use parsed::{Fault, Parsed};
pub use place::{FileId, Path, SourcePath, Spot, Step};
pub use read_node::{Readable, Reader, Scalar};
pub(crate) use said_day::NO_DAY;
pub use said_day::{DayContext, SaidDay, WRITE_IN_FULL, date_in_words};
pub use said_minutes::read_minutes;
pub use source::{Content, Notation, Source, Unreadable};
pub(crate) use toml_spans::{MOST_ELEMENTS, Spans};
#[cfg(feature = "cli")]
pub(crate) use toml_version::escapes as newer_escapes;
#[cfg(feature = "disk")]
pub use untrusted::composed;
pub use untrusted::{Text, is_deceptive, visible};
pub(crate) use words::short_id;
pub use words::{all_of, any_of, capitalised, counted, did_you_mean, few, nearest, spaced, within_a_sentence};
#[cfg(feature = "cli")]
pub(crate) use written_day::{WrittenDay, is_plausible_day, name_in};

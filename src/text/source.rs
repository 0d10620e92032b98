//! A file of the case folder as it was found.

use std::sync::Arc;

use super::Text;

/// A TOML or YAML file that was found, with its text or with the reason why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path below the case folder, with `/`.
    pub path: Text,
    /// The text, without any check but that it is UTF-8.
    pub content: Content,
}

/// What a file says, shared by all states of a folder in which it says it; or why there is no text.
pub type Content = Result<Arc<String>, Unreadable>;

impl Source {
    /// Whether it is a file, and not a folder that cannot be listed.
    pub fn is_file(&self) -> bool {
        !self.content.as_ref().is_err_and(|why| why.is_folder)
    }
}

/// Why a file or folder cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Why, as a sentence that is safe to show.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Line and column, counted from 1, of the first byte that is not text, where that is the reason.
    pub at: Option<(usize, usize)>,
    /// Whether it is a folder that cannot be listed, and so no file at all.
    pub is_folder: bool,
}

/// A notation that records are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// TOML.
    Toml,
    /// The plain part of YAML 1.2.
    Yaml,
}

impl Notation {
    /// The notation that a file's ending says, in whatever letters; none for a file that is no record.
    pub fn of(path: &str) -> Option<Self> {
        let (_, ending) = path.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "toml" => Some(Self::Toml),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }
}

//! A file of the case folder as it was found.

use std::sync::Arc;

use super::Text;

/// A TOML or YAML file that was found, with its text or with the reason why there is none; or a file that is nearly a
/// record, of which only the name is looked at.
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
    /// A file that is nearly a record. It is not read.
    pub fn nearly_record(path: Text) -> Self {
        Self { path, content: Ok(Arc::default()) }
    }

    /// Whether it is a TOML or YAML file, and not a folder that cannot be listed or what is only nearly a record.
    pub fn is_file(&self) -> bool {
        !self.content.as_ref().is_err_and(|why| why.is_folder) && !self.is_nearly_record()
    }

    /// Whether it is neither TOML nor YAML, and only its name says that it could have been a record.
    pub fn is_nearly_record(&self) -> bool {
        self.content.is_ok() && Notation::of(self.path.raw()).is_none()
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
        let ends_in = |ending: &str| {
            let end = path.len().checked_sub(ending.len()).and_then(|at| path.get(at..));
            end.is_some_and(|end| end.eq_ignore_ascii_case(ending))
        };
        if ends_in(".toml") { Some(Self::Toml) } else { (ends_in(".yaml") || ends_in(".yml")).then_some(Self::Yaml) }
    }
}

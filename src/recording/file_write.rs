//! One file that is to be written.

use crate::text::Text;

/// What becomes of one file. Paths are below the case folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileWrite {
    /// Where it lies, or is to lie.
    pub path: Text,
    /// What it says; none where nothing is there yet.
    pub before: Option<String>,
    /// What it is to say; none where it is to be gone.
    pub after: Option<String>,
    /// The file whose text and permissions it takes over.
    pub copy_of: Option<Text>,
}

impl FileWrite {
    /// A text where nothing is yet.
    pub fn create(path: Text, text: String) -> Self {
        Self { path, before: None, after: Some(text), copy_of: None }
    }

    /// Another text for a file.
    pub fn replace(path: Text, was: String, text: String) -> Self {
        Self { path, before: Some(was), after: Some(text), copy_of: None }
    }

    /// Another name for a file, as the first and the last of what is written: what names it is written in between, so that
    /// it is there at every moment.
    pub fn rename(from: Text, to: Text, text: String) -> (Self, Self) {
        let copy = Self { path: to, before: None, after: Some(text.clone()), copy_of: Some(from.clone()) };
        (copy, Self { path: from, before: Some(text), after: None, copy_of: None })
    }
}

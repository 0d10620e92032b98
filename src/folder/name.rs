//! What a folder is called.

use std::fmt;

use crate::text::Text;

/// What a folder is called, and whether ids are shown with it: they are in a run over several folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderName {
    name: Text,
    is_shown: bool,
}

impl FolderName {
    /// The name of one of so many folders: ids are shown with it where there are several.
    pub fn of(name: Text, folders: usize) -> Self {
        Self { name, is_shown: folders > 1 }
    }

    /// The name, shown or not.
    pub fn as_text(&self) -> &Text {
        &self.name
    }

    /// The name where ids are shown with it.
    pub fn shown(&self) -> Option<&Text> {
        self.is_shown.then_some(&self.name)
    }

    /// What stands before an id or a path: `london/`, or nothing.
    pub fn prefix(&self) -> String {
        self.shown().map_or_else(String::new, |name| format!("{name}/"))
    }

    /// An id as it is shown.
    pub fn shown_id(&self, id: &dyn fmt::Display) -> String {
        format!("{}{id}", self.prefix())
    }

    /// The line above what is said of one of several folders.
    pub fn heading(&self) -> Option<String> {
        self.shown().map(|name| format!("Case folder {name}"))
    }

    /// Whether an id was typed, alone or as it is shown.
    pub fn is_id(&self, typed: &str, id: &Text) -> bool {
        let after_name = || typed.strip_prefix(self.shown()?.raw())?.strip_prefix('/');
        typed == id.raw() || after_name() == Some(id.raw())
    }

    /// How an id can be typed: as it is shown, and alone.
    pub fn typed(&self, id: &str) -> impl Iterator<Item = String> {
        let with_name = self.shown().map(|name| format!("{}/{id}", name.raw()));
        with_name.into_iter().chain([id.to_owned()])
    }
}

impl fmt::Display for FolderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)
    }
}

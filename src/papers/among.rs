//! The pages that a page lies among: the way back, and what its tables link to.

use std::collections::HashMap;

use serde::Serialize;

/// Words, and the file that they lead to; none where they are only words.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Link {
    /// What it is that they lead to, such as `Course`; empty where they say it themselves.
    pub label: &'static str,
    /// The words.
    pub words: String,
    /// The name of the file.
    pub to: Option<String>,
}

/// What a page knows of the pages beside it; a page by itself knows none.
#[derive(Debug, Default, Serialize)]
pub(super) struct Among<'p> {
    /// The way to other pages, above the page.
    pub trail: Vec<Link>,
    /// Whether the page is the one in which others are found by typing a name.
    pub finds: bool,
    /// What words of a table lead to, where they stand alone in a line of a cell.
    #[serde(skip)]
    pub pages: Option<&'p HashMap<String, String>>,
    /// The page's own file, to which it does not lead.
    #[serde(skip)]
    pub own: &'p str,
}

impl Among<'_> {
    /// Words of a table, with the page that they lead to.
    pub fn linked(&self, words: String) -> Link {
        let to = self.pages.and_then(|pages| pages.get(&words)).filter(|file| *file != self.own).cloned();
        Link { label: "", words, to }
    }
}

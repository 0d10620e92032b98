//! An id as it is shown.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::text::Text;

/// An id, shown with the name of its folder before it in a run over several. As data it is the id alone: the folder
/// stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id<'a> {
    folder: Option<&'a Text>,
    id: &'a Text,
}

impl<'a> Id<'a> {
    /// An id. `folder` is the folder's name, in a run over several.
    pub fn new(folder: Option<&'a Text>, id: &'a Text) -> Self {
        Self { folder, id }
    }

    /// The folder's name, in a run over several.
    pub fn folder(&self) -> Option<&'a Text> {
        self.folder
    }

    /// The id without the folder's name, as it was written.
    pub fn id(&self) -> &'a str {
        self.id.raw()
    }
}

impl fmt::Display for Id<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.folder {
            Some(folder) => write!(f, "{folder}/{}", self.id),
            None => write!(f, "{}", self.id),
        }
    }
}

impl Serialize for Id<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.id.serialize(serializer)
    }
}

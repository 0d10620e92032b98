//! What a command is given besides its arguments.

use std::io::Write;
use std::ops::Deref;
use std::path::Path;

use super::surroundings::Surroundings;

/// Where a command was told to work, what is around it, and where its answer goes.
pub struct Context<'a> {
    /// The folder of `-C`.
    pub folder: Option<&'a Path>,
    /// The clock and the terminal.
    pub surroundings: Surroundings,
    /// The answer.
    pub out: &'a mut dyn Write,
}

impl<'a> Context<'a> {
    /// The folder of `-C`, or the current one.
    pub fn start(&self) -> &'a Path {
        self.folder.unwrap_or(Path::new("."))
    }
}

impl Deref for Context<'_> {
    type Target = Surroundings;

    fn deref(&self) -> &Surroundings {
        &self.surroundings
    }
}

//! What a command is given besides its arguments.

use std::io::Write;
use std::ops::Deref;
use std::path::Path;

use gwp::calendar::Day;
use gwp::folder::{Choice, FolderError};
use gwp::text::{DayContext, SaidDay};

use super::surroundings::Surroundings;

/// Where a command was told to work, what is around it, and where its answer goes.
pub struct Context<'a> {
    /// The folder of `-C`.
    pub folder: Option<&'a Path>,
    /// The clock and the terminal.
    pub surroundings: Surroundings,
    /// What somebody said already of names that several have.
    pub choices: Vec<Choice>,
    /// What is unusual, and somebody said that it is meant.
    pub meant: Vec<String>,
    /// The answer.
    pub out: &'a mut dyn Write,
}

impl<'a> Context<'a> {
    /// What days are read by that are about no record.
    pub fn days(&self) -> DayContext {
        DayContext::of_today(self.today)
    }

    /// The day of something that happened, and is about no record. The error says that it could be two.
    pub fn happened(&self, said: SaidDay) -> Result<Day, FolderError> {
        said.happened(&self.days()).map_err(|fault| FolderError::UnclearDay { fault })
    }

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

//! Where the answer of a command goes: to standard output, or into a file.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use gwp::text::visible;
use gwp::writing::{self, WriteError};

use super::Ending;
use super::context::Context;
use super::format::Format;

/// The file into which an answer is written.
#[derive(Debug, ClapArgs)]
pub struct OutArg {
    /// Write the answer to this file, byte for byte as it is. It replaces one that is there
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl OutArg {
    /// Has an answer told in the format that is asked for, or that the ending of the file means: on standard output, or into
    /// the file once it is whole.
    pub fn send(
        &self,
        asked: Option<Format>,
        can_be: &[Format],
        context: &mut Context<'_>,
        tell: impl FnOnce(Format, &mut Context<'_>) -> anyhow::Result<Ending>,
    ) -> anyhow::Result<Ending> {
        self.send_by(writing::put, (asked, can_be), context, tell)
    }

    /// Likewise, and only its owner can read the file.
    pub fn send_private(
        &self,
        asked: Option<Format>,
        can_be: &[Format],
        context: &mut Context<'_>,
        tell: impl FnOnce(Format, &mut Context<'_>) -> anyhow::Result<Ending>,
    ) -> anyhow::Result<Ending> {
        self.send_by(writing::put_private, (asked, can_be), context, tell)
    }

    fn send_by(
        &self,
        put: fn(&Path, &[u8]) -> Result<(), WriteError>,
        (asked, can_be): (Option<Format>, &[Format]),
        context: &mut Context<'_>,
        tell: impl FnOnce(Format, &mut Context<'_>) -> anyhow::Result<Ending>,
    ) -> anyhow::Result<Ending> {
        let format = Format::of_file(asked, self.out.as_deref(), can_be)?;
        let Some(path) = &self.out else { return tell(format, context) };
        let mut made = Vec::new();
        let (folder, choices) = (context.folder, context.choices.clone());
        let surroundings = context.surroundings.of_a_file();
        let ending = tell(format, &mut Context { folder, surroundings, choices, out: &mut made })?;
        put(path, &format.bytes_of_file(made))?;
        writeln!(context.out, "Written: {}.", visible(&path.to_string_lossy()))?;
        Ok(ending)
    }
}

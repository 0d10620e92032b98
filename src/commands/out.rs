//! Where the answer of a command goes: to standard output, or into a file.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args as ClapArgs;
use gwp::text::visible;
use gwp::writing::{self, StateFolder, WriteError};

use super::Ending;
use super::asking::{Asking, yes_or_no};
use super::context::Context;
use super::format::Format;
use super::surroundings::Surroundings;

/// Puts a file at a place that somebody named. What is there is replaced only where gwp wrote it and nobody has changed it
/// since; somebody at a terminal is asked. The error says that nothing is written.
pub fn put(path: &Path, bytes: &[u8], context: &Context<'_>) -> anyhow::Result<()> {
    put_by(writing::put, path, bytes, context)
}

/// Likewise, and only its owner can read the file.
pub fn put_private(path: &Path, bytes: &[u8], context: &Context<'_>) -> anyhow::Result<()> {
    put_by(writing::put_private, path, bytes, context)
}

fn put_by(
    put: fn(&Path, &[u8]) -> Result<(), WriteError>,
    path: &Path,
    bytes: &[u8],
    context: &Context<'_>,
) -> anyhow::Result<()> {
    let state = Surroundings::state_folder();
    if !StateFolder::can_replace(state.as_ref(), path, bytes) {
        let shown = visible(&path.to_string_lossy());
        let other = format!("{shown} is there already, and says something that gwp did not write");
        if !context.is_somebody_there {
            bail!("{other}; nothing is written. Name another file, or move this one away");
        }
        let (mut answers, mut questions) = Surroundings::terminal();
        let asks = format!("{other}. Replace it (yes, no)");
        if !Asking::of(&mut answers, &mut questions).or_else(None, &asks, (false, "no"), yes_or_no)? {
            bail!("{shown} stays as it is, and nothing is written; name another file");
        }
    }
    put(path, bytes)?;
    // Where it cannot be kept in mind, the next run asks.
    if let Some(state) = state {
        let _ = state.keep_own(path, bytes);
    }
    Ok(())
}

/// The file into which an answer is written.
#[derive(Debug, ClapArgs)]
pub struct OutArg {
    /// Write the answer to this file. A file that is there is replaced only if gwp wrote it and nobody has changed it
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
        self.send_by(put, (asked, can_be), context, tell)
    }

    /// Likewise, and only its owner can read the file.
    pub fn send_private(
        &self,
        asked: Option<Format>,
        can_be: &[Format],
        context: &mut Context<'_>,
        tell: impl FnOnce(Format, &mut Context<'_>) -> anyhow::Result<Ending>,
    ) -> anyhow::Result<Ending> {
        self.send_by(put_private, (asked, can_be), context, tell)
    }

    fn send_by(
        &self,
        put: fn(&Path, &[u8], &Context<'_>) -> anyhow::Result<()>,
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
        put(path, &format.bytes_of_file(made), context)?;
        writeln!(context.out, "Written: {}.", visible(&path.to_string_lossy()))?;
        Ok(ending)
    }
}

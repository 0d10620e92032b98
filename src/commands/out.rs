//! Where the answer of a command goes: to standard output, or into a file.

use std::marker::PhantomData;
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
use super::value_parsers::among;

/// Puts a file at a place that somebody named. What is there is replaced only where gwp wrote it and nobody has changed it
/// since; somebody at a terminal is asked. The error says that nothing is written.
pub fn put(path: &Path, bytes: &[u8], context: &Context<'_>) -> anyhow::Result<()> {
    put_by(writing::put, path, bytes, context)
}

/// Likewise, and only its owner can read the file.
pub fn put_private(path: &Path, bytes: &[u8], context: &Context<'_>) -> anyhow::Result<()> {
    put_by(writing::put_private, path, bytes, context)
}

/// Refuses a file or folder that somebody named where records lie, or what makes a folder theirs.
pub fn must_be_elsewhere(path: &Path) -> anyhow::Result<()> {
    if writing::is_of_records(path) {
        let shown = visible(&path.to_string_lossy());
        bail!(
            "{shown} is a place of the case folder's own records and files, and nothing is written; name another place"
        );
    }
    Ok(())
}

fn put_by(
    put: fn(&Path, &[u8]) -> Result<(), WriteError>,
    path: &Path,
    bytes: &[u8],
    context: &Context<'_>,
) -> anyhow::Result<()> {
    must_be_elsewhere(path)?;
    let state = Surroundings::state_folder();
    if !StateFolder::can_replace(state.as_ref(), path, bytes) {
        let shown = visible(&path.to_string_lossy());
        if !writing::is_file_or_free(path) {
            bail!("{shown} is no plain file, and nothing is written; name a file");
        }
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

/// What an answer can be written as.
pub trait WrittenAs {
    /// The formats, the usual one first.
    const FORMATS: &'static [Format];
}

/// An answer in tables.
#[derive(Debug)]
pub struct Lists;

impl WrittenAs for Lists {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Csv, Format::Markdown];
}

/// An answer in days, which a calendar can hold too.
#[derive(Debug)]
pub struct Deadlines;

impl WrittenAs for Deadlines {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Csv, Format::Markdown, Format::Ics];
}

/// A page for people.
#[derive(Debug)]
pub struct Pages;

impl WrittenAs for Pages {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Markdown];
}

/// What differs between two states.
#[derive(Debug)]
pub struct Comparisons;

impl WrittenAs for Comparisons {
    const FORMATS: &'static [Format] = &[Format::Table, Format::Json, Format::Markdown];
}

/// How an answer is written, and the file into which it goes.
#[derive(Debug, ClapArgs)]
pub struct OutArgs<W: WrittenAs> {
    /// How to print. Without it, the ending of --out decides, or it is a table
    #[arg(long, value_name = "FORMAT", value_parser = among(W::FORMATS))]
    format: Option<Format>,

    /// Write the answer to this file. A file that is there is replaced only if gwp wrote it and nobody has changed it
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    #[arg(skip)]
    written_as: PhantomData<W>,
}

impl<W: WrittenAs> OutArgs<W> {
    /// Has an answer told in the format that is asked for, or that the ending of the file means: on standard output, or into
    /// the file once it is whole.
    pub fn send(
        &self,
        context: &mut Context<'_>,
        tell: impl FnOnce(Format, &mut Context<'_>) -> anyhow::Result<Ending>,
    ) -> anyhow::Result<Ending> {
        self.send_by(put, context, tell)
    }

    /// Likewise, and only its owner can read the file.
    pub fn send_private(
        &self,
        context: &mut Context<'_>,
        tell: impl FnOnce(Format, &mut Context<'_>) -> anyhow::Result<Ending>,
    ) -> anyhow::Result<Ending> {
        self.send_by(put_private, context, tell)
    }

    fn send_by(
        &self,
        put: fn(&Path, &[u8], &Context<'_>) -> anyhow::Result<()>,
        context: &mut Context<'_>,
        tell: impl FnOnce(Format, &mut Context<'_>) -> anyhow::Result<Ending>,
    ) -> anyhow::Result<Ending> {
        let format = Format::of_file(self.format, self.out.as_deref(), W::FORMATS)?;
        let Some(path) = &self.out else { return tell(format, context) };
        let mut made = Vec::new();
        let (folder, choices) = (context.folder, context.choices.clone());
        let surroundings = context.surroundings.of_a_file();
        let ending = tell(format, &mut Context { folder, surroundings, choices, meant: Vec::new(), out: &mut made })?;
        put(path, &format.bytes_of_file(made), context)?;
        writeln!(context.out, "Written: {}.", visible(&path.to_string_lossy()))?;
        Ok(ending)
    }
}

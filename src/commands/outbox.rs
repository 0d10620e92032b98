//! The folder into which messages are written.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use anyhow::{anyhow, bail};
use gwp::calendar::Day;
use gwp::files::names_ending_in;
use gwp::reminders::{Letter, Message, Sender, file_names};
use gwp::text::{counted, visible};
use gwp::writing::{make_private_folder, put_private};

/// What a message needs beside its letter.
pub struct Worded {
    /// Who sends it.
    pub from: Sender,
    /// The subject, on one line.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// Writes a message for each letter, and says which. The names of the files name people: a folder that is made for them
/// is its owner's alone. Nothing is written where messages lie in the folder that these
/// ones do not replace: somebody would send them once more.
pub fn write(
    folder: &Path,
    letters: &[Letter<'_>],
    worded: &[Worded],
    as_of: Day,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let names = file_names(letters);
    let shown = visible(&folder.to_string_lossy());
    let ours: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let there = names_ending_in("eml", folder)?;
    if let Some(other) = there.iter().find(|name| !ours.contains(name.raw())) {
        bail!(
            "{shown} holds {other}, which these reminders do not replace and which could be sent a second time; name an \
             empty folder, or remove what was sent"
        );
    }
    let messages = letters.iter().zip(worded).map(|(letter, worded)| {
        let Worded { from, subject, text } = worded;
        Message { from, to: &letter.to, subject, text, as_of }.bytes()
    });
    let messages: Vec<_> =
        messages.collect::<Result<_, _>>().map_err(|error| anyhow!("a message cannot be made: {error}"))?;
    if !messages.is_empty() {
        make_private_folder(folder)?;
    }
    for (name, bytes) in names.iter().zip(&messages) {
        put_private(&folder.join(name), bytes)?;
    }
    for (name, letter) in names.iter().zip(letters) {
        let items = counted(letter.reminders.len(), "item", "items");
        writeln!(out, "{name}: {items} for {} <{}>", letter.to.shown(), letter.to.address.as_str())?;
    }
    let count = match letters.len() {
        0 => "There is no message to write".to_owned(),
        count => format!("{} written to {shown}", counted(count, "message is", "messages are")),
    };
    writeln!(out, "{count}, as of {as_of}. Nothing is sent.")?;
    Ok(())
}

//! The folder into which messages are written, with the record of what they say.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use anyhow::{anyhow, bail};
use gwp::calendar::Day;
use gwp::files::{names_ending_in, shown, table, without_dot};
use gwp::reminders::{Letter, Message, SaidLetter, file_names};
use gwp::text::{Text, counted, visible};
use gwp::writing::{FolderLock, PATIENCE, StateFolder, add_line_private, make_private_folder, put_private};

use super::super::out::must_be_elsewhere;
use super::super::surroundings::Surroundings;
use super::earlier::{RECORD, Recorded};
use super::words::Worded;

/// A folder for messages.
pub struct Outbox<'o> {
    /// The folder.
    pub folder: &'o Path,
    /// The day of judgement.
    pub as_of: Day,
    /// Whether the messages leave out what earlier ones said.
    pub is_since: bool,
    /// The names of the case folders, by which the record knows them.
    pub folders: Vec<&'o Text>,
}

impl Outbox<'_> {
    /// Writes a message for each letter, and a line of the record once it lies there. The names of the files name people: a
    /// folder that is made for them is its owner's alone. Nothing is written where messages lie in the folder that somebody
    /// would send once more, or that were perhaps not sent.
    pub fn write(&self, letters: &[Letter<'_>], worded: &[Worded], out: &mut dyn Write) -> anyhow::Result<()> {
        must_be_elsewhere(self.folder)?;
        let names = file_names(letters);
        let folder = visible(&self.folder.to_string_lossy());
        let messages = letters.iter().zip(worded).map(|(letter, worded)| {
            let Worded { from, subject, text, pages } = worded;
            let Some(from) = from else { bail!("nobody can send the letter to {}", letter.to.shown()) };
            let message = Message { from, to: &letter.to, subject, text, pages, as_of: self.as_of }.bytes();
            message.map_err(|error| anyhow!("a message cannot be made: {error}"))
        });
        let messages: Vec<_> = messages.collect::<anyhow::Result<_>>()?;
        let mut recorded = self.must_not_be_in_the_way(&names, &messages)?;
        if !messages.is_empty() {
            make_private_folder(self.folder)?;
        }
        // Another run may have written its letters here since the first look.
        let _lock = (!messages.is_empty()).then(|| FolderLock::take(self.folder, PATIENCE)).transpose()?;
        if !messages.is_empty() {
            recorded = self.must_not_be_in_the_way(&names, &messages)?;
        }
        let state = Surroundings::state_folder();
        for ((name, bytes), letter) in names.iter().zip(&messages).zip(letters) {
            let path = self.folder.join(name);
            put_private(&path, bytes)?;
            // Where it cannot be kept in mind, the next run does not replace it.
            let _ = state.as_ref().map(|state| state.keep_own(&path, bytes));
            let said = SaidLetter::of(letter, name, self.as_of, &self.folders);
            if !recorded.contains(&said) {
                add_line_private(&self.folder.join(RECORD), &said.to_line())?;
            }
        }
        for (name, letter) in names.iter().zip(letters) {
            let items = counted(letter.reminders.len(), "item", "items");
            writeln!(out, "{name}: {items} for {} <{}>", letter.to.shown(), letter.to.address.as_str())?;
        }
        let count = match letters.len() {
            0 => "There is no message to write".to_owned(),
            count => format!("{} written to {folder}", counted(count, "message is", "messages are")),
        };
        writeln!(out, "{count}, as of {}. Nothing is sent.", self.as_of)?;
        Ok(())
    }

    /// What is recorded in the folder already. The error names a message that lies there and must not be replaced or stay.
    fn must_not_be_in_the_way(&self, names: &[String], messages: &[Vec<u8>]) -> anyhow::Result<Vec<SaidLetter>> {
        let folder = visible(&self.folder.to_string_lossy());
        let ours: BTreeSet<&str> = names.iter().map(String::as_str).collect();
        let there = names_ending_in("eml", self.folder)?;
        if let Some(other) = there.iter().find(|name| !ours.contains(name.raw())) {
            bail!(
                "{folder} holds {other}, which these reminders do not replace and which could be sent a second time; \
                 name an empty folder, or remove what was sent"
            );
        }
        let own = shown(&without_dot(self.folder));
        let recorded = Recorded::read(self.folder)?;
        if recorded.is_blocked(&own) && !messages.is_empty() {
            bail!(
                "{folder}/{RECORD} is not a plain file, so nothing could be recorded and nothing is written; move it away, \
                 or name another folder"
            );
        }
        let recorded = recorded.letters.into_iter().filter(|(folder, _)| *folder == own);
        let recorded: Vec<_> = recorded.map(|(_, letter)| letter).collect();
        let is_of_today = |name: &Text| recorded.iter().any(|one| one.as_of == self.as_of && one.file == name.raw());
        // A run that was stopped may have left one that it did not come to record.
        let is_the_same = |name: &Text| {
            let bytes = names.iter().position(|own| own == name.raw()).and_then(|at| messages.get(at));
            bytes.is_some_and(|bytes| table(&self.folder.join(name.raw())).is_ok_and(|there| there == *bytes))
        };
        let state = Surroundings::state_folder();
        let mut all = names.iter().zip(messages);
        let is_own =
            |name: &str, bytes: &[u8]| StateFolder::can_replace(state.as_ref(), &self.folder.join(name), bytes);
        if let Some((other, _)) = all.find(|(name, bytes)| !is_own(name, bytes)) {
            bail!(
                "{folder}/{other} is there already, and gwp did not write it, or somebody has changed it; nothing is \
                 written. Name an empty folder, or move it away"
            );
        }
        let is_in_the_way = |name: &&Text| self.is_since && !is_of_today(name) && !is_the_same(name);
        if let Some(other) = there.iter().find(is_in_the_way) {
            bail!(
                "{folder} holds {other}, whose letter these reminders would replace, and they leave out what it says; \
                 name an empty folder, or remove what was sent"
            );
        }
        Ok(recorded)
    }
}

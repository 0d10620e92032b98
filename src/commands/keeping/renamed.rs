//! Records that are written together because an id changes.

use std::io::Write;

use gwp::Folder;
use gwp::reports::changes;
use gwp::text::{Source, Text};

use super::super::Ending;
use super::{Desk, Replaced, commit, must_be_committed, of_writing, replace_all};

/// A record that is written anew.
pub struct Rewritten {
    /// Where it lies.
    pub path: Text,
    /// Where it is to lie, where that is elsewhere; its text stays.
    pub moved_to: Option<Text>,
    /// What it is to say.
    pub text: String,
}

impl Desk {
    /// Writes several records at once, one of them under another name, because an id changes from the one to the other.
    /// At every moment in between each record is there that another names.
    pub fn rewrite(
        &self,
        written: &[Rewritten],
        (old, new): (&str, &str),
        what: &str,
        out: &mut dyn Write,
    ) -> anyhow::Result<Ending> {
        let mut sources = self.opened.sources.clone();
        // Where a command was killed in between, the record lies there under both names.
        let is_left = |source: &Source| {
            let moved = written.iter().find(|one| one.moved_to.as_ref() == Some(&source.path));
            moved.is_some_and(|one| source.content.as_deref() == Ok(&one.text))
        };
        sources.retain(|source| !is_left(source));
        for one in written {
            for source in sources.iter_mut().filter(|source| source.path == one.path) {
                source.content = Ok(one.text.clone().into());
                source.path = one.moved_to.clone().unwrap_or_else(|| one.path.clone());
            }
        }
        sources.sort_by(|one, other| one.path.cmp(&other.path));
        let moved = |path: &Text| written.iter().find(|one| one.path == *path).and_then(|one| one.moved_to.clone());
        self.brought_in(&Folder::with_sources(&self.folder, sources), &|mut told| {
            told.path = moved(&told.path).unwrap_or(told.path);
            told.problem.message = told.problem.message.replace(old, new);
            told
        })?;
        if self.lock.is_none() {
            for one in written {
                match &one.moved_to {
                    Some(to) => writeln!(out, "{} becomes {to}", one.path)?,
                    None => writeln!(out, "{}\n{}", one.path, changes(self.text(&one.path), &one.text).trim_end())?,
                }
            }
            writeln!(out, "Would be renamed: {what}.\nThis is a dry run: nothing is written.")?;
            return Ok(Ending::Clean);
        }
        self.write_all(written, what)?;
        writeln!(out, "Renamed: {what}.")?;
        Ok(Ending::Clean)
    }

    fn text(&self, path: &Text) -> &str {
        let source = self.opened.sources.iter().find(|source| source.path == *path);
        source.and_then(|source| source.content.as_deref().ok()).map_or("", |text| text)
    }

    fn write_all(&self, written: &[Rewritten], message: &str) -> anyhow::Result<()> {
        let Some(lock) = &self.lock else { return Ok(()) };
        let at = |path: &Text| self.folder.root.path.join(path.raw());
        let paths: Vec<_> = written.iter().map(|one| &one.path).collect();
        must_be_committed(self.work_tree.as_ref(), &paths)?;
        let moved: Vec<_> = written.iter().filter_map(|one| Some((&one.path, one.moved_to.as_ref()?))).collect();
        // Where it does not come to an end, the records are to lie and say as before.
        let remove_copies = || {
            for (from, to) in &moved {
                let _ = lock.remove(&at(to), self.text(from));
            }
        };
        for (from, to) in &moved {
            if let Err(error) = lock.copy(&at(from), self.text(from), &at(to)) {
                remove_copies();
                return Err(of_writing(&error));
            }
        }
        let replaced = || {
            let rest = written.iter().filter(|one| one.moved_to.is_none());
            rest.map(|one| Replaced { path: &one.path, was: self.text(&one.path), text: &one.text })
        };
        let folder = &self.folder.root.path;
        if let Err(fault) = replace_all(lock, folder, &replaced().collect::<Vec<_>>()) {
            if fault.stay.is_empty() {
                remove_copies();
            }
            return Err(fault.into_error());
        }
        for (from, _) in &moved {
            if let Err(error) = lock.remove(&at(from), self.text(from)) {
                let back = replaced().map(|one| Replaced { was: one.text, text: one.was, ..one });
                if replace_all(lock, folder, &back.collect::<Vec<_>>()).is_ok() {
                    remove_copies();
                }
                return Err(of_writing(&error));
            }
        }
        let paths = written.iter().flat_map(|one| [Some(&one.path), one.moved_to.as_ref()]).flatten();
        commit(self.work_tree.as_ref(), &paths.collect::<Vec<_>>(), message)
    }
}

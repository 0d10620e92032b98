//! Records that are not there yet.

use std::io::Write;

use anyhow::{Context, bail};
use gwp::amend::Fresh;
use gwp::records::RecordKind;
use gwp::text::{Source, Text};

use super::super::Ending;
use super::{Desk, SCHEMAS, changes, commit, few, of_writing, tell};

impl Desk {
    /// Where a record with this id is to lie. The error says that something lies there.
    pub fn must_be_new(&self, kind: RecordKind, id: &str) -> anyhow::Result<Text> {
        let folder = kind.folder().context("such a record lies in no folder")?;
        let path = Text::new(format!("{folder}/{id}.toml"));
        let ids = self.opened.case.records.ids().into_iter();
        let same = ids.filter(|(of, known, _)| *of == kind && known.raw() == id).map(|(.., file)| file.0 as usize);
        let mut there = same.filter_map(|file| self.opened.sources.get(file));
        let there = there.next().or_else(|| self.opened.sources.iter().find(|source| source.path == path));
        if let Some(there) = there {
            bail!("{} is there already; choose another id", there.path);
        }
        Ok(path)
    }

    /// Writes records that are not there yet, each under its id: all of them, or none where one cannot be written. They
    /// are judged together before the first is written.
    pub fn add(&self, fresh: &[(String, Fresh)], out: &mut dyn Write) -> anyhow::Result<Ending> {
        let mut sources = self.opened.sources.clone();
        let (mut written, mut students) = (Vec::new(), Vec::new());
        for (id, record) in fresh {
            let kind = record.kind();
            let path = self.must_be_new(kind, id)?;
            if sources.iter().any(|source| source.path == path) {
                bail!("{path} would be written twice; choose another id");
            }
            let schema = format!("{SCHEMAS}/{}.schema.json", kind.word());
            let text = record.text(self.folder.holds(&schema).then(|| format!("../{schema}")).as_deref());
            sources.push(Source { path: path.clone(), content: Ok(text.clone().into()) });
            written.push((path, text));
            if kind == RecordKind::Student {
                students.push(Text::new(id.as_str()));
            }
        }
        sources.sort_by(|one, other| one.path.cmp(&other.path));
        let after = self.judged_anew(sources)?;
        let effects = self.effects(&after, &students);
        let what = match written.as_slice() {
            [(path, _)] => path.to_string(),
            written => format!("{} records", written.len()),
        };
        let Some(lock) = &self.lock else {
            for (path, text) in &written {
                write!(out, "{path}\n{}", changes("", text))?;
            }
            tell(&format!("Would be written: {what}"), &effects, out)?;
            writeln!(out, "This is a dry run: nothing is written.")?;
            return Ok(Ending::Clean);
        };
        let at = |path: &Text| self.folder.root.path.join(path.raw());
        for (number, (path, text)) in written.iter().enumerate() {
            if let Err(error) = lock.create(&at(path), text) {
                for (path, text) in &written[..number] {
                    // One that cannot be taken away again is a sound record, and known to a second attempt.
                    let _ = lock.remove(&at(path), text);
                }
                return Err(of_writing(&error));
            }
        }
        let paths: Vec<_> = written.iter().map(|(path, _)| path).collect();
        let ids: Vec<_> = fresh.iter().map(|(id, _)| id).collect();
        let message = format!("{}: new", few(&ids));
        commit(self.work_tree.as_ref(), &paths, &message)?;
        tell(&format!("Written: {what}"), &effects, out)?;
        Ok(Ending::Clean)
    }
}

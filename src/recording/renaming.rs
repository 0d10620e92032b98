//! Another id for a record, wherever it is named.

use super::file_write::FileWrite;
use super::report::{Deed, Draft, Prepared};
use super::session::{noun, shared_id};
use super::{ANOTHER_ID, RecordingError, RecordingSession};
use crate::amend::{NotRenamed, Renaming};
use crate::case::id_of;
use crate::folder::Naming;
use crate::records::RecordKind;
use crate::text::{FileId, Notation, Source, Text, visible};

impl RecordingSession {
    /// Gives the record with an id another one: its file gets another name, and every record that names it the new id.
    /// `kind` says what it is, where records of several kinds have this id.
    pub fn rename(&self, old: &str, new: &str, kind: Option<RecordKind>) -> Result<Prepared, RecordingError> {
        let (kind, file) = self.meant(old, kind)?;
        let source = self.source(file)?;
        let old = &id_of(source.path.raw());
        let old = old.raw();
        let text = source.content.as_deref().map_err(|_| RecordingError::faulty(&source.path))?;
        let to = Text::new(beside(source.path.raw(), new));
        self.must_be_free(kind, new, &to, text)?;
        let renaming = Renaming { kind, old, new };
        let (copy, gone) = FileWrite::rename(source.path.clone(), to.clone(), text.clone());
        let (mut writes, mut places) = (vec![copy], 0);
        for source in &self.before.sources {
            let in_source = in_source(&renaming, source).map_err(|NotRenamed| {
                let what = format!("{} names it and has an error, and nothing is renamed", source.path);
                RecordingError::unclear(what, "see \"gwp check\"")
            })?;
            if let Some((was, text, count)) = in_source {
                places += count;
                writes.push(FileWrite::replace(source.path.clone(), was, text));
            }
        }
        let named = match (places, writes.len() - 1) {
            (0, _) => "no record names it".to_owned(),
            (1, _) => "it is named in one place".to_owned(),
            (places, 1) => format!("it is named in {places} places of one record"),
            (places, records) => format!("it is named in {places} places of {records} records"),
        };
        let what = format!("the {} {} is now {}; {named}", noun(kind), visible(old), visible(new));
        writes.push(gone);
        let draft = Draft { deed: Deed::Renamed, message: what.clone(), what, students: Vec::new(), writes };
        self.prepare(draft, |mut known| {
            if known.path == source.path {
                known.path = to.clone();
            }
            known.problem.message = known.problem.message.replace(old, new);
            known
        })
    }

    /// The record that is meant by an id.
    fn meant(&self, id: &str, kind: Option<RecordKind>) -> Result<(RecordKind, FileId), RecordingError> {
        let all = self.before.case.records.ids();
        let of_kind = || all.iter().filter(|(of, ..)| kind.is_none_or(|asked| asked == *of));
        let found: Vec<_> = of_kind().filter(|(_, known, _)| known.raw() == id).collect();
        match found.as_slice() {
            [(kind, _, file)] => Ok((*kind, *file)),
            [] => self.meant_by_name(id, kind),
            several if several.iter().all(|(kind, ..)| *kind == several[0].0) => Err(shared_id(id)),
            several => {
                let kinds: Vec<_> = several.iter().map(|(kind, ..)| kind.word()).collect();
                let what = format!("\"{}\" is the id of a {}", visible(id), kinds.join(" and of a "));
                Err(RecordingError::unclear(what, "say which with --kind"))
            }
        }
    }

    /// The record that is meant by a name.
    fn meant_by_name(&self, name: &str, kind: Option<RecordKind>) -> Result<(RecordKind, FileId), RecordingError> {
        let records = &self.before.case.records;
        let mut kinds: Vec<RecordKind> = records.ids().into_iter().map(|(kind, ..)| kind).collect();
        kinds.dedup();
        kinds.retain(|one| kind.is_none_or(|asked| asked == *one));
        let nameable: Vec<_> = kinds.into_iter().flat_map(|kind| records.nameable(kind)).collect();
        let advice = "an id is a file's name without its ending";
        let naming = Naming { kind: kind.map_or("record", noun), advice, choices: &self.choices };
        let (at, _) = naming.find(name, &nameable)?;
        let id = nameable.get(at).and_then(|one| one.ids.first()).cloned().unwrap_or_default();
        self.meant(&id, kind)
    }

    /// An error where another record of the kind has the id. A renaming that was killed leaves the same text in both
    /// places, and is completed.
    fn must_be_free(&self, kind: RecordKind, id: &str, path: &Text, text: &str) -> Result<(), RecordingError> {
        let taken = self.before.case.records.ids().into_iter().find(|(of, known, _)| *of == kind && known.raw() == id);
        let Some(there) = taken.and_then(|(.., file)| self.before.sources.get(file.0 as usize)) else { return Ok(()) };
        if there.path == *path && there.content.as_deref().is_ok_and(|there| there == text) {
            return Ok(());
        }
        Err(RecordingError::unclear(format!("{} has the id \"{}\" already", there.path, visible(id)), ANOTHER_ID))
    }
}

/// The path of a record's file under another name.
fn beside(path: &str, id: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let ending = name.rsplit_once('.').map_or("toml", |(_, ending)| ending);
    format!("{folder}/{id}.{ending}")
}

/// What a record says, what it says with the new id, and in how many places, where it names the renamed record.
fn in_source(renaming: &Renaming<'_>, source: &Source) -> Result<Option<(String, String, usize)>, NotRenamed> {
    let path = source.path.raw();
    let reader = path.split_once('/').and_then(|(folder, _)| RecordKind::in_folder(folder));
    let (Some(reader), Ok(was), Some(notation)) = (reader, &source.content, Notation::of(path)) else {
        return Ok(None);
    };
    Ok(renaming.of_text(reader, notation, was)?.map(|(text, count)| (was.to_string(), text, count)))
}

//! The record that a person names, of whatever kind it is.

use serde_json::Value as Json;

use super::session::{Identified, noun};
use super::{RecordingError, RecordingSession};
use crate::amend::json_of;
use crate::folder::{FolderError, Named};
use crate::records::shape::{Shape, Table};
use crate::records::{CommitteeMeeting, Course, RecordKind, SessionLog, Student, Supervisor};
use crate::text::{FileId, Notation, Parsed, Path, Text, all_of, slug, visible};

/// A record that somebody named, and what it says.
#[derive(Clone, Debug)]
pub struct NamedRecord {
    /// Its kind.
    pub kind: RecordKind,
    /// Its file.
    pub file: FileId,
    /// Its id; of the folder's own record, the name of its file.
    pub id: Text,
    /// What it is called by people, or else its id.
    pub name: Text,
    /// The keys that it can have.
    pub keys: &'static Table,
    /// What it says.
    pub says: Json,
}

/// What a record is called that can be of any kind.
const ANY_KIND: &str = "record";

/// The name of the folder's own record.
const OWN: &str = "gwp.toml";

impl RecordingSession {
    /// The record that is meant: an id, or what else [`RecordingSession::find`] takes; with the kind before it where two
    /// records of different kinds are called the same, as in `student/mina-holt`; or `gwp.toml`. It is sound.
    pub fn record_named(&self, who: &str) -> Result<NamedRecord, RecordingError> {
        let (kind, id) = match who.split_once('/') {
            Some((kind, id)) => (Some(kind_of(kind).ok_or_else(|| no_kind(kind))?), id),
            None => (None, who),
        };
        let id = id.strip_suffix(".toml").or_else(|| id.strip_suffix(".yaml")).unwrap_or(id);
        if id == "gwp" && kind.is_none_or(|kind| kind == RecordKind::Gwp) {
            return self.own();
        }
        let kinds =
            [RecordKind::Student, RecordKind::Supervisor, RecordKind::Session, RecordKind::Course, RecordKind::Meeting];
        let kinds = kinds.into_iter().filter(|one| kind.is_none_or(|kind| kind == *one));
        let (mut exact, mut near, mut why) = (Vec::new(), Vec::new(), None);
        for kind in kinds {
            // Logs are known by the names of people too: whoever names a person means the person.
            if kind == RecordKind::Session && !near.is_empty() && self.is_no_id(kind, id) {
                continue;
            }
            match self.quietly(|| self.of_kind(kind, id)) {
                Ok(found) if found.1.raw() == id => exact.push((kind, found)),
                Ok(found) => near.push((kind, found)),
                Err(error) => {
                    let is_unknown = matches!(error, RecordingError::Folder(FolderError::NoSuchId { .. }));
                    // That several are called so says more than that there is none.
                    if why.is_none() || !is_unknown {
                        why = Some((is_unknown, error));
                    }
                }
            }
        }
        let is_near = exact.is_empty();
        let found = if is_near { near } else { exact };
        match (found.as_slice(), why) {
            (_, Some((false, error))) if is_near => Err(error),
            // Whoever was named otherwise than by an id is told whom that means.
            ([(kind, (file, found))], _) => {
                self.of_kind(*kind, id)?;
                self.read(*kind, *file, found.clone())
            }
            ([], _) => Err(self.nobody(id)),
            (several, _) => self.one_of_several(who, several),
        }
    }

    /// The one of several of different kinds that somebody chose, or else the only one of which what was typed is whole
    /// words: whoever types Jo means Jo Pike and not Joseph Adair.
    fn one_of_several(
        &self,
        who: &str,
        several: &[(RecordKind, (FileId, Text))],
    ) -> Result<NamedRecord, RecordingError> {
        let chosen = self.choices.iter().find(|choice| choice.kind == ANY_KIND && choice.typed == who);
        if let Some(chosen) = chosen.filter(|chosen| chosen.id != who) {
            return self.record_named(&chosen.id);
        }
        let shown = |kind: RecordKind, id: &Text| format!("{}/{}", kind.word(), id.raw());
        let name_of = |kind: RecordKind, id: &Text| {
            let all = self.before.case.records.nameable(kind);
            all.into_iter().find(|one| one.ids.iter().any(|known| known == id.raw())).and_then(|one| one.name)
        };
        let plain = slug(who).unwrap_or_default();
        let has_words = |name: &str| format!("-{}-", slug(name).unwrap_or_default()).contains(&format!("-{plain}-"));
        let is_whole = |(kind, (_, id)): &&(RecordKind, (FileId, Text))| {
            has_words(id.raw()) || name_of(*kind, id).is_some_and(|name| has_words(&name))
        };
        if let [(kind, (_, id))] = several.iter().filter(is_whole).collect::<Vec<_>>().as_slice() {
            return self.record_named(&shown(*kind, id));
        }
        let fits = several.iter().map(|(kind, (_, id))| Named { id: shown(*kind, id), name: name_of(*kind, id) });
        let fits = fits.collect();
        Err(FolderError::NamesSeveral { kind: ANY_KIND, typed: who.to_owned(), fits }.into())
    }

    /// Whether no record of a kind has just this id.
    fn is_no_id(&self, kind: RecordKind, id: &str) -> bool {
        !self.before.case.records.ids().into_iter().any(|(of, known, _)| of == kind && known.raw() == id)
    }

    fn of_kind(&self, kind: RecordKind, id: &str) -> Result<(FileId, Text), RecordingError> {
        match kind {
            RecordKind::Student => self.entry::<Student>(id),
            RecordKind::Supervisor => self.entry::<Supervisor>(id),
            RecordKind::Session => self.entry::<SessionLog>(id),
            RecordKind::Course => self.entry::<Course>(id),
            _ => self.entry::<CommitteeMeeting>(id),
        }
    }

    fn entry<T: Identified>(&self, id: &str) -> Result<(FileId, Text), RecordingError> {
        self.find::<T>(id).map(|entry| (entry.file, entry.id.clone()))
    }

    fn own(&self) -> Result<NamedRecord, RecordingError> {
        let file = self.before.sources.iter().position(|source| source.path.raw() == OWN);
        let file = file.and_then(|position| u32::try_from(position).ok()).unwrap_or(u32::MAX);
        self.read(RecordKind::Gwp, FileId(file), Text::new(OWN))
    }

    fn read(&self, kind: RecordKind, file: FileId, id: Text) -> Result<NamedRecord, RecordingError> {
        let source = self.source(file)?;
        let text = source.content.as_deref().map_err(|_| RecordingError::faulty(&source.path))?;
        let parsed = Parsed::of(Notation::of(source.path.raw()).unwrap_or(Notation::Toml), text);
        if !parsed.is_sound() {
            return Err(RecordingError::faulty(&source.path));
        }
        let keys = Shape::of_record(kind, &parsed.root).table().unwrap_or(Table::of_kind(kind));
        let says = json_of(&parsed.root);
        let name = says.get("name").or_else(|| says.get("title")).and_then(Json::as_str);
        let name = name.filter(|name| !name.trim().is_empty()).map_or_else(|| id.clone(), Text::new);
        Ok(NamedRecord { kind, file, id, name, keys, says })
    }

    fn nobody(&self, id: &str) -> RecordingError {
        let records = &self.before.case.records;
        let ids = records.students.iter().map(|one| &one.id);
        let ids = ids.chain(records.supervisors.iter().map(|one| &one.id));
        let ids = ids.chain(records.logs.iter().map(|one| &one.id)).chain(records.courses.iter().map(|one| &one.id));
        let advice = crate::text::did_you_mean(id, ids.map(Text::raw));
        let advice = advice.unwrap_or_else(|| {
            "\"gwp list students\", \"gwp list supervisors\" and \"gwp list groups\" show who and what there is"
                .to_owned()
        });
        let what = format!("no student, supervisor, session log, course or meeting is called \"{}\"", visible(id));
        RecordingError::unclear(what, advice)
    }

    /// The line of a record on which something stands.
    pub(super) fn line_of(&self, named: &NamedRecord, at: &Path) -> Option<usize> {
        let source = self.source(named.file).ok()?;
        let text = source.content.as_deref().ok()?;
        let parsed = Parsed::of(Notation::of(source.path.raw())?, text);
        let start = parsed.root.at(at)?.span.start;
        Some(text.bytes().take(start).filter(|byte| *byte == b'\n').count() + 1)
    }
}

/// The kind of record that a word before a slash means: `student`, or the folder `students`.
fn kind_of(word: &str) -> Option<RecordKind> {
    let kinds = RecordKind::ALL.into_iter();
    kinds
        .clone()
        .find(|kind| kind.word() == word || kind.folder() == Some(word))
        .or((word == "log").then_some(RecordKind::Session))
}

fn no_kind(word: &str) -> RecordingError {
    let kinds = RecordKind::ALL.into_iter().filter(|kind| *kind != RecordKind::Gwp);
    let kinds: Vec<_> = kinds.map(|kind| format!("{} ({}/…)", noun(kind), kind.word())).collect();
    RecordingError::unclear(
        format!("\"{}\" is no kind of record", visible(word)),
        format!("before the slash stands one of {}", all_of(kinds.iter().map(String::as_str))),
    )
}

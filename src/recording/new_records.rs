//! Records that are not there yet.

use super::file_write::FileWrite;
use super::report::{Deed, Draft, Prepared};
use super::{ANOTHER_ID, RecordingError, RecordingSession, SCHEMAS, few};
use crate::amend::Fresh;
use crate::records::RecordKind;
use crate::text::Text;

impl RecordingSession {
    /// Where a record with this id is to lie. The error says that something lies there.
    pub fn must_be_new(&self, kind: RecordKind, id: &str) -> Result<Text, RecordingError> {
        let path = Text::new(format!("{}/{id}.toml", kind.folder().unwrap_or_default()));
        let ids = self.before.case.records.ids().into_iter();
        let same = ids.filter(|(of, known, _)| *of == kind && known.raw() == id).map(|(.., file)| file.0 as usize);
        let mut there = same.filter_map(|file| self.before.sources.get(file));
        match there.next().or_else(|| self.before.sources.iter().find(|source| source.path == path)) {
            Some(there) => Err(RecordingError::unclear(format!("{} is there already", there.path), ANOTHER_ID)),
            None => Ok(path),
        }
    }

    /// Adds records that are not there yet, each under its id. They are judged together.
    pub fn add(&self, records: &[(String, Fresh)]) -> Result<Prepared, RecordingError> {
        let (writes, students) = self.fresh_writes(records)?;
        let what = match writes.as_slice() {
            [write] => write.path.to_string(),
            writes => format!("{} records", writes.len()),
        };
        let ids: Vec<_> = records.iter().map(|(id, _)| id).collect();
        let message = format!("{}: new", few(&ids));
        self.prepare(Draft { deed: Deed::Written, what, message, students, writes }, |known| known)
    }

    /// What is to be written of records that are not there yet, and the ids of the students among them.
    pub(super) fn fresh_writes(
        &self,
        records: &[(String, Fresh)],
    ) -> Result<(Vec<FileWrite>, Vec<Text>), RecordingError> {
        let (mut writes, mut students) = (Vec::new(), Vec::new());
        for (id, record) in records {
            let kind = record.kind();
            let path = self.must_be_new(kind, id)?;
            if writes.iter().any(|write: &FileWrite| write.path == path) {
                return Err(RecordingError::unclear(format!("{path} would be written twice"), ANOTHER_ID));
            }
            let schema = format!("{SCHEMAS}/{}.schema.json", kind.word());
            let text = record.text(self.target.holds(&schema).then(|| format!("../{schema}")).as_deref());
            writes.push(FileWrite::create(path, text));
            if kind == RecordKind::Student {
                students.push(Text::new(id.as_str()));
            }
        }
        Ok((writes, students))
    }
}

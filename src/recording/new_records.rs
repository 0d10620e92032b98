//! Records that are not there yet.

use super::report::{Deed, Prepared, RecordingReport};
use super::write_target::FileWrite;
use super::{RecordingError, RecordingSession, SCHEMAS, few};
use crate::amend::Fresh;
use crate::records::RecordKind;
use crate::text::{Source, Text};

impl RecordingSession {
    /// Where a record with this id is to lie. The error says that something lies there.
    pub fn must_be_new(&self, kind: RecordKind, id: &str) -> Result<Text, RecordingError> {
        let path = Text::new(format!("{}/{id}.toml", kind.folder().unwrap_or_default()));
        let ids = self.before.case.records.ids().into_iter();
        let same = ids.filter(|(of, known, _)| *of == kind && known.raw() == id).map(|(.., file)| file.0 as usize);
        let mut there = same.filter_map(|file| self.before.sources.get(file));
        match there.next().or_else(|| self.before.sources.iter().find(|source| source.path == path)) {
            Some(there) => Err(RecordingError::TakenId { there: format!("{} is there already", there.path) }),
            None => Ok(path),
        }
    }

    /// Adds records that are not there yet, each under its id. They are judged together.
    pub fn add(&self, records: &[(String, Fresh)]) -> Result<Prepared, RecordingError> {
        let mut sources = self.before.sources.clone();
        let (mut writes, mut paths, mut students) = (Vec::new(), Vec::new(), Vec::new());
        for (id, record) in records {
            let kind = record.kind();
            let path = self.must_be_new(kind, id)?;
            if paths.contains(&path) {
                return Err(RecordingError::TakenId { there: format!("{path} would be written twice") });
            }
            let schema = format!("{SCHEMAS}/{}.schema.json", kind.word());
            let text = record.text(self.target.holds(&schema).then(|| format!("../{schema}")).as_deref());
            sources.push(Source { path: path.clone(), content: Ok(text.clone().into()) });
            writes.push(FileWrite::Create { path: path.clone(), text });
            paths.push(path);
            if kind == RecordKind::Student {
                students.push(Text::new(id.as_str()));
            }
        }
        sources.sort_by(|one, other| one.path.cmp(&other.path));
        let (after, warnings) = self.judged_anew(sources)?;
        let what = match paths.as_slice() {
            [path] => path.to_string(),
            paths => format!("{} records", paths.len()),
        };
        let effects = self.effects(&after, &students);
        let report = RecordingReport { effects, warnings, ..RecordingReport::of(Deed::Written, what) };
        let ids: Vec<_> = records.iter().map(|(id, _)| id).collect();
        Ok(self.prepared(Some(after), report, writes, format!("{}: new", few(&ids))))
    }
}

//! Students whose records were given another id.

use super::{FileChange, Texts};
use crate::case::{id_of, kind_of};
use crate::diff::{Alike, record_changes};
use crate::records::RecordKind;
use crate::text::{Source, Text};

/// The students' records that are gone in a commit and those that are new in it, each with the id of its text: nothing
/// where there are not both, so that none was given another id.
fn gone_and_new(changes: &[FileChange]) -> [Vec<(&Text, &String)>; 2] {
    let of_students = || changes.iter().filter(|change| kind_of(change.path.raw()) == Some(RecordKind::Student));
    let gone = of_students().filter(|change| change.newer.is_none());
    let gone: Vec<_> = gone.filter_map(|change| Some((&change.path, change.older.first()?.as_ref()?))).collect();
    let new = of_students().filter(|change| change.older.iter().all(Option::is_none));
    let new: Vec<_> = new.filter_map(|change| Some((&change.path, change.newer.as_ref()?))).collect();
    if gone.is_empty() || new.is_empty() { [Vec::new(), Vec::new()] } else { [gone, new] }
}

/// The ids of the texts by which [`renamed_students`] knows who was given another id.
pub fn texts_of_renamed(changes: &[FileChange]) -> impl Iterator<Item = &String> {
    gone_and_new(changes).into_iter().flatten().map(|(_, id)| id)
}

/// The students' records that a commit gave another id, altered or not: the former ids, and those now.
pub fn renamed_students(changes: &[FileChange], texts: &Texts) -> Vec<(Text, Text)> {
    let [older, newer] = gone_and_new(changes).map(|side| {
        let source =
            |(path, id): (&Text, &String)| Some(Source { path: path.clone(), content: texts.get(id)?.clone() });
        side.into_iter().filter_map(source).collect::<Vec<_>>()
    });
    let changes = record_changes(&older, &newer, &Alike::of(&older, &newer));
    let ids = changes.iter().filter_map(|change| Some((id_of(change.was?.raw()), id_of(change.file.raw()))));
    ids.collect()
}

//! What was written in a record while it had an error: as far as it can be read it is told when it is written, and the rest
//! when the error is mended.

use super::{Past, TOLD};
use crate::diff::{Change, FieldChange};
use crate::history::WrittenRecord;
use crate::text::few;

/// The commits that can have written what became readable in a commit: each that wrote lines that could not be read, and
/// the one that mended them, in order. Nothing where nobody but the one can have.
pub(super) fn while_broken(past: &Past<'_>, at: usize, record: &WrittenRecord) -> Vec<usize> {
    let was_readable = |record: &WrittenRecord| details(record).find_map(FieldChange::readability).map(|[was, _]| was);
    if was_readable(record) != Some(false) {
        return Vec::new();
    }
    let mut commits = Vec::new();
    let mut path = record.was.as_ref().unwrap_or(&record.file);
    for earlier in (0..at).rev() {
        let Some(other) = past.written[earlier].iter().find(|other| other.file == *path) else { continue };
        if unread(other).next().is_some() {
            commits.insert(0, earlier);
        }
        if was_readable(other) == Some(true) {
            break;
        }
        path = other.was.as_ref().unwrap_or(&other.file);
    }
    if !commits.is_empty() {
        commits.push(at);
    }
    commits
}

/// The lines of a record that a commit wrote and nobody can read.
pub(super) fn unread(record: &WrittenRecord) -> impl Iterator<Item = &FieldChange> {
    details(record).filter(|detail| detail.is_unread())
}

/// Whether a record could be read again after a commit, or is gone.
pub(super) fn is_over(past: &Past<'_>, at: usize, record: &WrittenRecord) -> bool {
    let mut path = &record.file;
    past.written.iter().skip(at + 1).flatten().any(|other| {
        if other.file != *path && other.was.as_ref() != Some(path) {
            return false;
        }
        path = &other.file;
        let is_readable = details(other).find_map(FieldChange::readability).is_none_or(|[_, is]| is);
        other.change == Change::Removed || is_readable
    })
}

fn details(record: &WrittenRecord) -> impl Iterator<Item = &FieldChange> {
    record.entries.iter().map(|written| &written.detail)
}

/// These commits in words, with who wrote each.
pub(super) fn in_one_of(past: &Past<'_>, commits: &[usize]) -> String {
    let named = commits.iter().filter_map(|at| {
        let revision = past.revisions.get(*at)?;
        let day = revision.day().map(|day| format!(" of {day}")).unwrap_or_default();
        Some(format!("{}{day} by {}", revision.short(), revision.author.email))
    });
    format!("it was written while the record had an error, in one of: {}", few(named, TOLD, ", "))
}

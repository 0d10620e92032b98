//! What was written in a record while it had an error and nobody could read it.

use serde_json::Value;

use super::{Past, TOLD};
use crate::diff::{ChangeKind, FieldChange};
use crate::history::WrittenRecord;
use crate::text::few;

/// The commits that can have written what became readable in a commit: each that wrote in the record while it had an
/// error, with the one that broke it and the one that mended it, in order. Nothing where the commit mended nothing.
pub(super) fn while_broken(past: &Past<'_>, at: usize, record: &WrittenRecord) -> Vec<usize> {
    let mut commits = Vec::new();
    if !became(record, "not readable", "readable") {
        return commits;
    }
    commits.push(at);
    let mut path = record.was.as_ref().unwrap_or(&record.file);
    for earlier in (0..at).rev() {
        let Some(other) = past.written[earlier].iter().find(|other| other.file == *path) else { continue };
        commits.insert(0, earlier);
        if became(other, "readable", "not readable") {
            break;
        }
        path = other.was.as_ref().unwrap_or(&other.file);
    }
    commits
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

/// Whether a commit left a record in one of the states that had been in the other.
fn became(record: &WrittenRecord, was: &str, is: &str) -> bool {
    let says = |value: &Option<Value>, state: &str| value.as_ref().and_then(Value::as_str) == Some(state);
    let is_it =
        |detail: &FieldChange| detail.what == ChangeKind::Text && says(&detail.from, was) && says(&detail.to, is);
    record.entries.iter().any(|written| is_it(&written.detail))
}

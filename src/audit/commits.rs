//! The commits themselves: their dates and their signatures.

use std::collections::{BTreeMap, BTreeSet};

use super::{Irregularity, IrregularityName, Past};
use crate::history::Revision;
use crate::records::Audit;

const DAY: i64 = 86_400;

/// Up to a week work may wait before it is committed anew.
const CARRIED_OVER: i64 = 7 * DAY;

/// Clocks may differ by a day.
const APART: i64 = DAY;

/// Finds commits whose dates do not fit, and those that are not signed where the folder asks for it. Commits that left
/// the records alone are nobody's concern.
pub(super) fn find(past: &Past<'_>, rules: &Audit, found: &mut Vec<Irregularity>) {
    let latest = latest_before(past);
    let mut unsigned: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, revision) in past.revisions.iter().enumerate() {
        // A merge may have done nothing but lose what one side had.
        let lost = past.written.get(at).into_iter().flatten().map(|record| &record.file);
        let paths: BTreeSet<_> = revision.changes.iter().map(|change| &change.path).chain(lost).collect();
        if paths.is_empty() {
            continue;
        }
        let (written, made) = (&revision.author, &revision.committer);
        let students = || paths.iter().flat_map(|path| past.students_of(path)).collect::<BTreeSet<_>>();
        let mut tell = |name: IrregularityName, message: String| {
            found.push(Irregularity { name, file: None, students: students(), message, revisions: vec![at] });
        };
        if made.at.saturating_sub(written.at) > CARRIED_OVER
            && let (Some(from), Some(to)) = (written.day, made.day)
        {
            tell(IrregularityName::CommitRedated, format!("written on {from}, committed on {to}"));
        }
        let before = latest[at].and_then(|before| past.revisions.get(before));
        if let Some(before) = before.filter(|before| before.committer.at.saturating_sub(made.at) > APART) {
            let of =
                |revision: &Revision| revision.day().map_or("no day that can be".to_owned(), |day| day.to_string());
            let message = format!("made on {}, and follows {} of {}", of(revision), before.short(), of(before));
            tell(IrregularityName::CommitBackdated, message);
        }
        if rules.signed && !revision.is_signed {
            unsigned.entry(format!("{} <{}>", written.name, written.email)).or_default().push(at);
        }
    }
    for (who, revisions) in unsigned {
        let changes = revisions.iter().filter_map(|at| past.revisions.get(*at)).flat_map(|revision| &revision.changes);
        let students = changes.flat_map(|change| past.students_of(&change.path)).collect();
        let message = format!("by {who}");
        found.push(Irregularity { name: IrregularityName::CommitUnsigned, file: None, students, message, revisions });
    }
}

/// For each commit that one of all those before it that says that it was made last.
fn latest_before(past: &Past<'_>) -> Vec<Option<usize>> {
    let made = |at: &usize| past.revisions.get(*at).map(|revision| revision.committer.at);
    let mut latest: Vec<Option<usize>> = Vec::with_capacity(past.revisions.len());
    for revision in past.revisions {
        let before = revision.parents.iter().flat_map(|parent| [Some(*parent), latest.get(*parent).copied().flatten()]);
        let before = before.flatten().max_by_key(made);
        latest.push(before);
    }
    latest
}

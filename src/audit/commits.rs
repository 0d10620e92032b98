//! The commits themselves: their dates and their signatures.

use std::collections::{BTreeMap, BTreeSet};

use super::{Irregularity, IrregularityName, Past};
use crate::calendar::Day;
use crate::history::{Revision, main_line};
use crate::records::Audit;
use crate::text::Text;

const DAY: i64 = 86_400;

/// Up to a week work may wait before it is committed anew.
const CARRIED_OVER: i64 = 7 * DAY;

/// Clocks may differ by a day.
const APART: i64 = DAY;

/// Finds commits whose dates do not fit, or that lay on a branch for longer than something may be recorded late, and those
/// that are not signed where the folder asks for it. Commits that left the records alone are nobody's concern.
pub(super) fn find(past: &Past<'_>, rules: &Audit, late_days: i64, found: &mut Vec<Irregularity>) {
    let brought_in = main_line(past.revisions);
    let mut waited: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut unsigned: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    // For each commit the one that it is held against: the latest by its date of all that it follows.
    let mut latest: Vec<usize> = Vec::with_capacity(past.revisions.len());
    let made_at = |at: usize| past.revisions.get(at).map_or(i64::MIN, |revision| revision.committer.at);
    for (at, revision) in past.revisions.iter().enumerate() {
        let before = revision.parents.iter().filter_map(|parent| latest.get(*parent)).copied();
        let before = before.max_by_key(|before| made_at(*before));
        latest.push(before.into_iter().chain([at]).max_by_key(|at| made_at(*at)).unwrap_or(at));
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
        if written.at.saturating_sub(made.at) > APART {
            let message = format!("made on {}, and written on {}", in_words(made.day), in_words(written.day));
            tell(IrregularityName::CommitBackdated, message);
        }
        let by = brought_in.get(at).copied().unwrap_or(at);
        if made_at(by).saturating_sub(made.at) > late_days.saturating_mul(DAY) {
            waited.entry(by).or_default().push(at);
        }
        let before = before.and_then(|before| past.revisions.get(before));
        if let Some(before) = before.filter(|before| before.committer.at.saturating_sub(made.at) > APART) {
            let (made, of) = (in_words(made.day), in_words(before.day()));
            let message = format!("made on {made}, and follows {} of {of}", before.short());
            tell(IrregularityName::CommitBackdated, message);
            // Said once: of one wrong clock not every commit is asked about that comes after it.
            latest[at] = at;
        }
        if rules.signed && !revision.is_signed {
            unsigned.entry(format!("{} <{}>", written.name, written.email)).or_default().push(at);
        }
    }
    let students_of = |revisions: &[usize]| -> BTreeSet<Text> {
        let changes = revisions.iter().filter_map(|at| past.revisions.get(*at)).flat_map(|revision| &revision.changes);
        changes.flat_map(|change| past.students_of(&change.path)).collect()
    };
    for (by, mut revisions) in waited {
        let Some(merge) = past.revisions.get(by) else { continue };
        let students = students_of(&revisions);
        let first = revisions.iter().copied().min_by_key(|at| made_at(*at)).and_then(|at| past.revisions.get(at));
        let made = in_words(first.and_then(Revision::day));
        let since = if revisions.len() == 1 { "made on" } else { "the first of them made on" };
        let message =
            format!("{since} {made}, and came into the main line with {} on {}", merge.short(), in_words(merge.day()));
        revisions.push(by);
        found.push(Irregularity { name: IrregularityName::CommitRedated, file: None, students, message, revisions });
    }
    for (who, revisions) in unsigned {
        let students = students_of(&revisions);
        let message = format!("by {who}");
        found.push(Irregularity { name: IrregularityName::CommitUnsigned, file: None, students, message, revisions });
    }
}

fn in_words(day: Option<Day>) -> String {
    day.map_or("no day that can be".to_owned(), |day| day.to_string())
}

//! The commits themselves: their dates and their signatures.

use std::collections::{BTreeMap, BTreeSet};

use super::{Irregularity, IrregularityName, Past, TOLD};
use crate::calendar::Day;
use crate::history::{Revision, main_line};
use crate::records::Audit;
use crate::text::{Text, few};

const DAY: i64 = 86_400;

/// Up to a week work may wait before it is committed anew.
const CARRIED_OVER: i64 = 7 * DAY;

/// Clocks may differ by a day.
const APART: i64 = DAY;

/// Finds commits whose dates do not fit, or that lay on a branch for longer than something may be recorded late, and those
/// that are not signed where the folder asks for it. Commits that left the records alone are nobody's concern.
pub(super) fn find(past: &Past<'_>, rules: &Audit, late_days: i64, found: &mut Vec<Irregularity>) {
    let looked_at: Vec<usize> = (0..past.revisions.len()).filter(|at| !paths(past, *at).is_empty()).collect();
    misdated(past, &looked_at, found);
    long_on_a_branch(past, &looked_at, late_days, found);
    if rules.signed {
        unsigned(past, &looked_at, found);
    }
}

/// The records that a commit altered. A merge may have done nothing but lose what one side had.
fn paths<'p>(past: &'p Past<'_>, at: usize) -> BTreeSet<&'p Text> {
    let changed = past.revisions.get(at).into_iter().flat_map(|revision| &revision.changes).map(|change| &change.path);
    let lost = past.written.get(at).into_iter().flatten().map(|record| &record.file);
    changed.chain(lost).collect()
}

fn irregular(past: &Past<'_>, name: IrregularityName, message: String, revisions: Vec<usize>) -> Irregularity {
    let paths = revisions.iter().flat_map(|at| paths(past, *at));
    let students = paths.flat_map(|path| past.students_of(path)).collect();
    Irregularity { students, ..Irregularity::new(name, message, revisions) }
}

fn made_at(past: &Past<'_>, at: usize) -> i64 {
    past.revisions.get(at).map_or(i64::MIN, |revision| revision.committer.at)
}

/// Commits that say that they were made long after they were written, before that, or before one that they follow.
fn misdated(past: &Past<'_>, looked_at: &[usize], found: &mut Vec<Irregularity>) {
    // For each commit the one that it is held against: the latest by its date of all that it follows.
    let mut latest: Vec<usize> = Vec::with_capacity(past.revisions.len());
    let mut dated_back: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, revision) in past.revisions.iter().enumerate() {
        let before = revision.parents.iter().filter_map(|parent| latest.get(*parent)).copied();
        let before = before.max_by_key(|before| made_at(past, *before));
        latest.push(before.into_iter().chain([at]).max_by_key(|at| made_at(past, *at)).unwrap_or(at));
        if looked_at.binary_search(&at).is_err() {
            continue;
        }
        let mut tell = |name, message| found.push(irregular(past, name, message, vec![at]));
        let (written, made) = (&revision.author, &revision.committer);
        if made.at.saturating_sub(written.at) > CARRIED_OVER
            && let (Some(from), Some(to)) = (written.day, made.day)
        {
            tell(IrregularityName::CommitRedated, format!("written on {from}, committed on {to}"));
        }
        if written.at.saturating_sub(made.at) > APART {
            let message = format!("made on {}, and written on {}", in_words(made.day), in_words(written.day));
            tell(IrregularityName::CommitBackdated, message);
        }
        if let Some(before) = before.filter(|before| made_at(past, *before).saturating_sub(made.at) > APART) {
            dated_back.entry(before).or_default().push(at);
        }
    }
    for (before, revisions) in dated_back {
        found.push(irregular(
            past,
            IrregularityName::CommitBackdated,
            follows_in_words(past, before, &revisions),
            revisions,
        ));
    }
}

/// The commits that say that they were made before one that they follow: all of them are told together, so that of one
/// wrong clock not every later commit is asked about by itself.
fn follows_in_words(past: &Past<'_>, before: usize, revisions: &[usize]) -> String {
    let before = &past.revisions[before];
    let days: BTreeSet<Option<Day>> = revisions.iter().map(|at| past.revisions[*at].committer.day).collect();
    let days = few(days.into_iter().map(in_words), TOLD, ", ");
    let (commits, follow) = match revisions.len() {
        1 => (String::new(), "follows"),
        count => (format!("{count} commits "), "follow"),
    };
    format!("{commits}made on {days}, and {follow} {} of {}", before.short(), in_words(before.day()))
}

/// Commits that came into the main line long after they were made, by the merge that brought them.
fn long_on_a_branch(past: &Past<'_>, looked_at: &[usize], late_days: i64, found: &mut Vec<Irregularity>) {
    let brought_in = main_line(past.revisions);
    let mut waited: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in looked_at {
        let by = brought_in.get(*at).copied().unwrap_or(*at);
        if made_at(past, by).saturating_sub(made_at(past, *at)) > late_days.saturating_mul(DAY) {
            waited.entry(by).or_default().push(*at);
        }
    }
    for (by, revisions) in waited {
        let Some(merge) = past.revisions.get(by) else { continue };
        let first = revisions.iter().min_by_key(|at| made_at(past, **at)).and_then(|at| past.revisions.get(*at));
        let made = in_words(first.and_then(Revision::day));
        let since = if revisions.len() == 1 { "made on" } else { "the first of them made on" };
        let message =
            format!("{since} {made}, and came into the main line with {} on {}", merge.short(), in_words(merge.day()));
        let mut one = irregular(past, IrregularityName::CommitRedated, message, revisions);
        one.revisions.push(by);
        found.push(one);
    }
}

/// Commits without a signature, by author.
fn unsigned(past: &Past<'_>, looked_at: &[usize], found: &mut Vec<Irregularity>) {
    let mut by_author: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for at in looked_at {
        if let Some(revision) = past.revisions.get(*at).filter(|revision| !revision.is_signed) {
            let author = format!("{} <{}>", revision.author.name, revision.author.email);
            by_author.entry(author).or_default().push(*at);
        }
    }
    for (who, revisions) in by_author {
        found.push(irregular(past, IrregularityName::CommitUnsigned, format!("by {who}"), revisions));
    }
}

fn in_words(day: Option<Day>) -> String {
    day.map_or("no day that can be".to_owned(), |day| day.to_string())
}

//! How soon things are usually written up.

use std::collections::BTreeMap;

use super::entry::is_plan;
use super::{Lateness, Past};
use crate::diff::ChangeKind;
use crate::history::{Written, WrittenRecord};
use crate::records::RecordKind;
use crate::text::Text;

/// From so many write-ups on a log has a habit.
const HABIT_OF_LOG: usize = 5;

/// From so many commits on a folder has one.
const HABIT_OF_FOLDER: usize = 12;

/// Whoever writes things up after longer than this is late, whatever the habit is: longer than any term.
const LONGEST: i64 = 100;

/// So many days later than is usual something is late.
const LATER: i64 = 14;

/// So many days later than is usual an entry has waited.
const WAITED: i64 = 7;

/// Nobody takes longer than this to see that they mistyped something: from a Friday to the Monday.
const MENDED: i64 = 3;

/// How soon after they happened things are written up: for each log, and in the folder as a whole.
#[derive(Debug)]
pub(super) struct Habits {
    lateness: Lateness,
    /// The usual days of every log that has a habit, by each path that it had.
    of_logs: BTreeMap<Text, i64>,
    of_folder: i64,
}

impl Habits {
    /// The middle one of all write-ups of a log counts, each by the oldest entry that it added; of the folder that of all
    /// commits.
    pub(super) fn of(past: &Past<'_>, lateness: Lateness) -> Self {
        // A log goes by the number that it was given at the first of its paths.
        let mut logs: BTreeMap<Text, usize> = BTreeMap::new();
        let mut of_log: Vec<Vec<i64>> = Vec::new();
        let mut of_commits: BTreeMap<usize, i64> = BTreeMap::new();
        for (at, revision, record) in past.records() {
            let known = record.was.as_ref().and_then(|was| logs.get(was)).or_else(|| logs.get(&record.file)).copied();
            let number = known.unwrap_or(of_log.len());
            of_log.resize(of_log.len().max(number + 1), Vec::new());
            logs.insert(record.file.clone(), number);
            let new = record.entries.iter().filter(|written| is_new(written));
            let Some(oldest) = new.filter_map(|written| written.late(revision.day())).max() else { continue };
            let oldest = oldest.max(0);
            // What a folder or a log begins with is older than it.
            if revision.parents.is_empty() {
                continue;
            }
            if record.kind == Some(RecordKind::Session) {
                of_log[number].push(oldest);
            }
            let known = of_commits.entry(at).or_default();
            *known = oldest.max(*known);
        }
        let of_folder = middle(of_commits.into_values().collect(), HABIT_OF_FOLDER).unwrap_or_default();
        let usual: Vec<Option<i64>> = of_log.into_iter().map(|days| middle(days, HABIT_OF_LOG)).collect();
        let of_logs = logs.into_iter().filter_map(|(path, number)| Some((path, (*usual.get(number)?)?)));
        Self { lateness, of_logs: of_logs.collect(), of_folder }
    }

    /// How many days after they happened the entries of a record are usually written up.
    fn usual(&self, file: &Text) -> i64 {
        self.of_logs.get(file).copied().unwrap_or(self.of_folder)
    }

    /// After so many days an entry of a record is late.
    pub(super) fn limit(&self, record: &WrittenRecord) -> i64 {
        let days = i64::from(self.lateness.days);
        if self.lateness.is_fixed { days } else { days.max(self.usual(&record.file) + LATER) }
    }

    /// Up to so many days after they wrote an entry of a log, its author mends what was a slip.
    pub(super) fn mends(&self, file: &Text) -> i64 {
        self.usual(file).min(MENDED)
    }

    /// After so many days an entry of a log was left longer than is usual.
    pub(super) fn waits(&self, file: &Text) -> i64 {
        self.usual(file) + WAITED
    }
}

/// Whether something was added, or a plan was carried out.
pub(super) fn is_new(written: &Written) -> bool {
    let is_session = written.detail.what == ChangeKind::Entry("session");
    written.detail.from.as_ref().is_none_or(|was| is_session && is_plan(was))
}

/// The middle one, where there are enough.
fn middle(mut days: Vec<i64>, enough: usize) -> Option<i64> {
    days.sort_unstable();
    days.get(days.len() / 2).map(|days| LONGEST.min(*days)).filter(|_| days.len() >= enough)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::tests::{log, written};

    #[test]
    fn the_middle_of_enough() {
        for (days, enough, is) in [
            (vec![3, 1, 2], 3, Some(2)),
            (vec![3, 1, 2], 4, None),
            (vec![4, 1, 2, 3], 1, Some(3)),
            (vec![], 0, None),
            (vec![100], 1, Some(100)),
            (vec![101], 1, Some(100)),
        ] {
            assert_eq!(middle(days.clone(), enough), is, "{days:?}");
        }
    }

    #[test]
    fn what_is_added_or_carried_out_is_new() {
        let plan = "date = 2025-10-07, minutes = 90, planned = true";
        for (older, newer, is) in [
            (log(&[]), log(&[plan]), true),
            (log(&[plan]), log(&["date = 2025-10-07, minutes = 90"]), true),
            (log(&["date = 2025-10-07, minutes = 60"]), log(&["date = 2025-10-07, minutes = 90"]), false),
        ] {
            let record = written(RecordKind::Session, &older, &newer);
            assert_eq!(record.entries.iter().map(is_new).collect::<Vec<_>>(), [is], "{newer}");
        }
        let student = |text: &str| format!("report = [{{ form = 'GWP2', received = 2026-01-29, {text} }}]");
        let record = written(RecordKind::Student, &student("planned = true"), &student("by = 'k'"));
        assert!(!record.entries.iter().any(|written| written.detail.from.is_some() && is_new(written)));
    }
}

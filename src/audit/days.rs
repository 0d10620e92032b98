//! The days on which commits can have been made, whatever date they name.

use crate::calendar::Day;
use crate::history::Revision;

/// Clocks may differ by a day.
const APART: i64 = 1;

/// So many later commits tell a clock that ran ahead from commits that were dated back.
const ENOUGH: usize = 3;

/// For each commit the day on which it was made: the one that it names, or where a commit that it follows was made more
/// than a day later, that day. A commit that most of the later ones are dated before had a wrong clock, and moves none.
pub(super) fn of_commits(revisions: &[Revision]) -> Vec<Option<Day>> {
    let own: Vec<Option<Day>> = revisions.iter().map(Revision::day).collect();
    let is_before =
        |one: Option<Day>, other: Option<Day>| one.zip(other).is_some_and(|(one, other)| one.days_to(other) > APART);
    let is_ahead = |at: usize| {
        let later = own.get(at + 1..).unwrap_or_default();
        let before = later.iter().filter(|day| is_before(**day, own[at])).count();
        later.len() >= ENOUGH && before * 2 > later.len()
    };
    // The earliest day that a later commit names.
    let mut earliest = None;
    let mut earliest_later: Vec<Option<Day>> = Vec::with_capacity(own.len());
    for day in own.iter().rev() {
        earliest_later.push(earliest);
        earliest = earliest.into_iter().chain(*day).min();
    }
    earliest_later.reverse();
    // The latest day of all that a commit follows, and its own.
    let mut latest: Vec<Option<Day>> = Vec::with_capacity(own.len());
    let mut made = Vec::with_capacity(own.len());
    for (at, revision) in revisions.iter().enumerate() {
        let before = revision.parents.iter().filter_map(|parent| *latest.get(*parent)?).max();
        let is_dated_back = is_before(own[at], before);
        made.push(if is_dated_back { before } else { own[at] });
        // Only where dates run backwards is there anything to ask.
        let runs_ahead = || is_before(earliest_later[at], own[at]) && is_ahead(at);
        latest.push(if is_dated_back || runs_ahead() { before } else { before.max(own[at]) });
    }
    made
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the days of a test are days")]
mod tests {
    use super::*;
    use crate::history::Signature;
    use crate::text::Text;

    /// Commits in a line, made on these days of March 2026 by what they say, and the days on which they were made.
    fn made_on(days: &[u32]) -> Vec<u32> {
        let revision = |(at, day): (usize, &u32)| {
            let day = Day::parse(&format!("2026-03-{day:02}"));
            let signature = Signature { day, own_day: day, ..Signature::default() };
            Revision {
                id: String::new(),
                parents: at.checked_sub(1).into_iter().collect(),
                is_cut_off: false,
                author: signature.clone(),
                committer: signature,
                is_signed: false,
                subject: Text::new(""),
                changes: Vec::new(),
                papers: Vec::new(),
                from_each: Vec::new(),
            }
        };
        let revisions: Vec<Revision> = days.iter().enumerate().map(revision).collect();
        let day = |day: Option<Day>| day.unwrap().iso()[8..].parse().unwrap();
        of_commits(&revisions).into_iter().map(day).collect()
    }

    #[test]
    fn a_commit_is_made_no_sooner_than_those_before_it() {
        assert_eq!(made_on(&[1, 9, 9, 8, 10, 20, 21]), [1, 9, 9, 8, 10, 20, 21], "a day is the clocks'");
        assert_eq!(made_on(&[1, 9, 7, 10, 20, 21]), [1, 9, 9, 10, 20, 21]);
        assert_eq!(
            made_on(&[1, 9, 2, 2, 10, 20, 21]),
            [1, 9, 9, 9, 10, 20, 21],
            "nor is the second that is dated back"
        );
        assert_eq!(made_on(&[1, 9, 2, 2]), [1, 9, 9, 9], "nor the last");
        assert_eq!(made_on(&[1, 28, 2, 3, 4, 5]), [1, 28, 2, 3, 4, 5], "one clock ran ahead");
    }
}

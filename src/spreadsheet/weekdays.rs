//! Whether the days of a table are those of the log that it is to go into: a table of another group often is not.

use super::date::weekday_word;
use crate::calendar::{Day, WEEKDAYS};

/// So many entries of a log show on which weekday it is.
const FEWEST: usize = 2;

/// Days on another weekday than the log's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherWeekdays {
    /// What they are, as a sentence.
    pub sentence: String,
    /// Whether they are most of the new ones, and more than one.
    pub are_most: bool,
}

impl OtherWeekdays {
    /// The new days that are on another weekday than at least three quarters of those in a log; none where there are
    /// none of these, or the log has no such weekday. Of a log that is too short to show it, the weekday is the one that
    /// it is `named` after. `of` is what the entries are called.
    pub fn among(new: &[Day], there: &[Day], named: Option<&str>, of: &str) -> Option<Self> {
        let on = |days: &[Day], word: &str| days.iter().filter(|day| weekday_word(**day) == word).count();
        let (usual, log) = if there.len() < FEWEST {
            let named = named?;
            (named, format!("the log is named after {named}"))
        } else {
            let usual = there.iter().map(|day| weekday_word(*day)).max_by_key(|word| on(there, word))?;
            let (kept, all) = (on(there, usual), there.len());
            if kept * 4 < all * 3 {
                return None;
            }
            let log = if kept == all { format!("the {all}") } else { format!("{kept} of the {all}") };
            (usual, format!("{log} of the log are on a {usual}"))
        };
        let others: Vec<_> = new.iter().map(|day| weekday_word(*day)).filter(|word| *word != usual).collect();
        let first = *others.first()?;
        let days = match (new.len(), others.len()) {
            (1, _) => format!("The new one is on a {first}"),
            (all, _) if on(new, first) == all => format!("All {all} new {of} are on a {first}"),
            (all, 1) => format!("1 of the {all} new {of} is on a {first}"),
            (all, some) => format!("{some} of the {all} new {of} are not on a {usual}"),
        };
        Some(Self {
            sentence: format!("{days}, and {log}."),
            are_most: others.len() > 1 && others.len() * 2 > new.len(),
        })
    }
}

/// The weekday that the names of a log name, as a whole word: `thursday-group`, `Thursdays at St Anne's`. None where they
/// name none, or several.
pub fn named_weekday<'n>(names: impl IntoIterator<Item = &'n str>) -> Option<&'static str> {
    let mut found = None;
    for name in names {
        let lower = name.to_lowercase();
        for word in lower.split(|c: char| !c.is_alphanumeric()) {
            let is_it = |day: &&&str| {
                let day = day.to_lowercase();
                word == day || word.strip_suffix('s') == Some(day.as_str())
            };
            let Some(day) = WEEKDAYS.iter().find(is_it) else { continue };
            if found.is_some_and(|known| known != *day) {
                return None;
            }
            found = Some(*day);
        }
    }
    found
}

/// How many weeks, from Monday on, have two days or more in them, one of them new.
pub fn crowded_weeks(new: &[Day], there: &[Day]) -> usize {
    // The first day there is was a Monday.
    let week = |day: &Day| Day::first().days_to(*day) / 7;
    let mut weeks: Vec<i64> = new.iter().map(week).collect();
    weeks.sort_unstable();
    weeks.dedup();
    let days = |of: i64| new.iter().chain(there).filter(|day| week(day) == of).count();
    weeks.into_iter().filter(|of| days(*of) > 1).count()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the dates of a test are written in it")]
mod tests {
    use super::*;

    fn weekly(first: &str, count: i64) -> Vec<Day> {
        let first = Day::parse(first).unwrap();
        (0..count).map(|week| first.plus_days(week * 7)).collect()
    }

    #[test]
    fn a_table_of_another_weekday() {
        let (tuesdays, thursdays) = (weekly("2025-10-07", 13), weekly("2025-10-09", 10));
        let of = |new: &[Day], there: &[Day]| {
            OtherWeekdays::among(new, there, None, "sessions").map(|other| (other.sentence, other.are_most))
        };
        let said = "All 10 new sessions are on a Thursday, and the 13 of the log are on a Tuesday.";
        assert_eq!(of(&thursdays, &tuesdays), Some((said.to_owned(), true)));
        assert_eq!(of(&tuesdays[5..], &tuesdays[..5]), None);
        assert_eq!(of(&thursdays, &[]), None);
        // One that was moved is said, and no more.
        let moved = [&tuesdays[10..], &thursdays[..1]].concat();
        let said = "1 of the 4 new sessions is on a Thursday, and the 10 of the log are on a Tuesday.";
        assert_eq!(of(&moved, &tuesdays[..10]), Some((said.to_owned(), false)));
        let said = "The new one is on a Thursday, and the 10 of the log are on a Tuesday.";
        assert_eq!(of(&thursdays[..1], &tuesdays[..10]), Some((said.to_owned(), false)));
        // A log on either day has no weekday.
        assert_eq!(of(&thursdays, &[&tuesdays[..5], &thursdays[..5]].concat()), None);
    }

    #[test]
    fn a_log_without_sessions_has_the_weekday_that_it_is_named_after() {
        let (tuesdays, thursdays) = (weekly("2025-10-07", 11), weekly("2025-10-09", 1));
        let of = |new: &[Day], there: &[Day]| {
            OtherWeekdays::among(new, there, Some("Thursday"), "sessions").map(|other| (other.sentence, other.are_most))
        };
        let said = "All 11 new sessions are on a Tuesday, and the log is named after Thursday.";
        assert_eq!(of(&tuesdays, &[]), Some((said.to_owned(), true)));
        assert_eq!(of(&tuesdays, &thursdays), Some((said.to_owned(), true)));
        assert_eq!(of(&thursdays, &[]), None);
        // What the log shows counts for more than what it is called.
        assert_eq!(of(&tuesdays[5..], &tuesdays[..5]), None);
        let said = "The new one is on a Tuesday, and the log is named after Thursday.";
        assert_eq!(of(&tuesdays[..1], &[]), Some((said.to_owned(), false)));
    }

    #[test]
    fn names_with_a_weekday() {
        for names in [["thursday-group", "Recovery"], ["recovery", "THURSDAYS, St Anne's"], ["thursday", "Thursday's"]]
        {
            assert_eq!(named_weekday(names), Some("Thursday"), "{names:?}");
        }
        for names in [["recovery", "Group"], ["tuesday-group", "Thursday group"], ["thursdayish", "Sundaysss"]] {
            assert_eq!(named_weekday(names), None, "{names:?}");
        }
    }

    #[test]
    fn two_in_a_week() {
        let (tuesdays, thursdays) = (weekly("2025-10-07", 3), weekly("2025-10-09", 5));
        assert_eq!(crowded_weeks(&thursdays, &tuesdays), 3);
        assert_eq!(crowded_weeks(&tuesdays, &[]), 0);
    }
}

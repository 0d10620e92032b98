//! Whether the days of a table are those of the log that it is to go into: a table of another group often is not.

use super::date::weekday_word;
use crate::calendar::{Day, WEEKDAYS};
use crate::records::{LogEntry, LogKind, SessionLog};
use crate::text::Text;

/// So many entries of a log show on which weekday it is.
const FEWEST: usize = 2;

/// The days on which a log has entries, and those of new ones.
#[derive(Clone, Debug)]
pub struct LogDays<'a> {
    /// Those of which the log has no entry that was held or planned.
    pub new: Vec<Day>,
    /// Those of the entries that were held or planned.
    pub there: Vec<Day>,
    named: Option<&'static str>,
    kind: LogKind,
    id: &'a Text,
}

impl<'a> LogDays<'a> {
    /// The days of a log with an id, and of entries that are to be put into it and are not cancelled.
    pub fn of(id: &'a Text, log: &SessionLog, new: &[Day]) -> Self {
        let held = log.entries().filter(|one| one.cancelled().is_none());
        let there: Vec<Day> = held.map(LogEntry::date).collect();
        let new = new.iter().copied().filter(|day| !there.contains(day)).collect();
        let named = named_weekday([id.raw(), log.group().map_or("", |log| log.title.raw())]);
        Self { new, there, named, kind: log.kind(), id }
    }

    /// The new days that are on another weekday than those of the log, where it has one.
    pub fn other_weekdays(&self) -> Option<OtherWeekdays> {
        OtherWeekdays::among(&self.new, &self.there, self.named, &format!("{}s", self.kind.entry_word()))
    }

    /// What there is to ask where a new day is on another weekday than those of the log, as the beginning of a sentence.
    pub fn doubt(&self) -> Option<String> {
        let usual = Usual::of(&self.there, self.named)?;
        let is_other = |day: &&Day| weekday_word(**day) != usual.weekday;
        let first = self.new.iter().find(is_other)?;
        let (weekday, of) = (usual.weekday, format!("{}s of {}", self.kind.entry_word(), self.id));
        let days = match self.new.iter().filter(is_other).count() {
            1 => format!("{first} is a {}", weekday_word(*first)),
            count => format!("{count} of these days, {first} the first of them, are on other weekdays"),
        };
        Some(match (usual.kept, self.there.len()) {
            (None, _) => format!("{days}, and {} is named after {weekday}", self.id),
            (Some(kept), all) if kept == all => format!("{days}, and all {all} {of} are on a {weekday}"),
            (Some(kept), all) => format!("{days}, and {kept} of the {all} {of} are on a {weekday}"),
        })
    }
}

/// The weekday of a log.
struct Usual {
    weekday: &'static str,
    /// How many of the log's days are on it; none where the log is too short to show it, and is named after it.
    kept: Option<usize>,
}

impl Usual {
    /// The weekday of at least three quarters of the days in a log. Of a log that is too short to show it, the weekday is
    /// the one that it is `named` after.
    fn of(there: &[Day], named: Option<&'static str>) -> Option<Self> {
        if there.len() < FEWEST {
            return Some(Self { weekday: named?, kept: None });
        }
        let on = |word: &str| there.iter().filter(|day| weekday_word(**day) == word).count();
        let weekday = there.iter().map(|day| weekday_word(*day)).max_by_key(|word| on(word))?;
        let kept = on(weekday);
        (kept * 4 >= there.len() * 3).then_some(Self { weekday, kept: Some(kept) })
    }
}

/// Days on another weekday than the log's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherWeekdays {
    /// What they are, as a sentence.
    pub sentence: String,
    /// Whether they are most of the new ones, and more than one.
    pub are_most: bool,
}

impl OtherWeekdays {
    /// The new days that are on another weekday than the log; none where there are none of these, or the log has no such
    /// weekday. `of` is what the entries are called.
    fn among(new: &[Day], there: &[Day], named: Option<&'static str>, of: &str) -> Option<Self> {
        let Usual { weekday: usual, kept } = Usual::of(there, named)?;
        let log = match (kept, there.len()) {
            (None, _) => format!("the log is named after {usual}"),
            (Some(kept), all) if kept == all => format!("the {all} of the log are on a {usual}"),
            (Some(kept), all) => format!("{kept} of the {all} of the log are on a {usual}"),
        };
        let others: Vec<_> = new.iter().map(|day| weekday_word(*day)).filter(|word| *word != usual).collect();
        let first = *others.first()?;
        let are_all_on_first = new.iter().all(|day| weekday_word(*day) == first);
        let days = match (new.len(), others.len()) {
            (1, _) => format!("The new one is on a {first}"),
            (all, _) if are_all_on_first => format!("All {all} new {of} are on a {first}"),
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
fn named_weekday<'n>(names: impl IntoIterator<Item = &'n str>) -> Option<&'static str> {
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
        // Three of five are most, two of four are not.
        for (new, are_most) in
            [(&[&tuesdays[10..12], &thursdays[..3]], true), (&[&tuesdays[10..12], &thursdays[..2]], false)]
        {
            assert_eq!(of(&new.concat(), &tuesdays[..10]).unwrap().1, are_most);
        }
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
    fn what_is_asked_about_a_day() {
        let club = Text::new("club");
        let doubt = |there: &[Day], named: Option<&'static str>, new: &[Day]| {
            let (there, new) = (there.to_vec(), new.to_vec());
            LogDays { new, there, named, kind: LogKind::Group, id: &club }.doubt()
        };
        let (tuesdays, thursdays) = (weekly("2025-10-07", 13), weekly("2025-10-09", 10));
        let said = "9 October 2025 is a Thursday, and all 13 sessions of club are on a Tuesday";
        assert_eq!(doubt(&tuesdays, None, &thursdays[..1]), Some(said.to_owned()));
        let said = "2 of these days, 9 October 2025 the first of them, are on other weekdays, and all 2 sessions of club are on a \
                    Tuesday";
        let mixed = [&tuesdays[..1], &thursdays[..2]].concat();
        assert_eq!(doubt(&tuesdays[..2], None, &mixed), Some(said.to_owned()));
        // Three of four are enough, two of three are not.
        let moved = [&tuesdays[..3], &thursdays[5..6]].concat();
        let said = "9 October 2025 is a Thursday, and 3 of the 4 sessions of club are on a Tuesday";
        assert_eq!(doubt(&moved, None, &thursdays[..1]), Some(said.to_owned()));
        assert_eq!(doubt(&moved[1..], None, &thursdays[..1]), None);
        let said = "9 October 2025 is a Thursday, and club is named after Tuesday";
        assert_eq!(doubt(&tuesdays[..1], Some("Tuesday"), &thursdays[..1]), Some(said.to_owned()));
        assert_eq!(doubt(&tuesdays[..1], None, &thursdays[..1]), None);
        assert_eq!(doubt(&tuesdays, Some("Thursday"), &tuesdays[..1]), None);
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

//! The days on which reports on the students of a course fall due.

use super::Day;

/// The deadlines of a course that starts on `starts`, up to `until`, each once, in order of date.
///
/// In a calendar year for which the course lists deadlines these hold, in any other `report_dates`, given as month
/// and day (29 February is 28 February where there is none). Only those after the course's start count.
pub fn report_deadlines(starts: Day, listed: &[Day], report_dates: &[(u32, u32)], until: Day) -> Vec<Day> {
    let mut deadlines = listed.to_vec();
    deadlines.sort_unstable();
    let listed = deadlines.clone();
    for year in starts.year()..=until.year() {
        if listed.binary_search_by_key(&year, |day| day.year()).is_err() {
            deadlines.extend(report_dates.iter().filter_map(|&(month, day)| day_of_year(year, month, day)));
        }
    }
    deadlines.retain(|&day| starts < day && day <= until);
    deadlines.sort_unstable();
    deadlines.dedup();
    deadlines
}

fn day_of_year(year: i32, month: u32, day: u32) -> Option<Day> {
    let day = if (month, day) == (2, 29) && Day::new(year, 2, 29).is_none() { 28 } else { day };
    Day::new(year, month, day)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the dates of a test are written in it")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const REPORT_DATES: [(u32, u32); 2] = [(1, 31), (6, 13)];

    fn day(iso: &str) -> Day {
        Day::parse(iso).unwrap()
    }

    fn deadlines(starts: &str, listed: &[&str], until: &str) -> Vec<String> {
        let listed: Vec<Day> = listed.iter().map(|iso| day(iso)).collect();
        report_deadlines(day(starts), &listed, &REPORT_DATES, day(until)).into_iter().map(Day::iso).collect()
    }

    #[test]
    fn the_editions_dates_fill_the_years_that_list_none() {
        assert_eq!(
            deadlines("2025-09-27", &["2026-05-30", "2026-01-24", "2026-05-30"], "2027-06-13"),
            ["2026-01-24", "2026-05-30", "2027-01-31", "2027-06-13"]
        );
        assert_eq!(deadlines("2025-09-27", &["2025-07-01"], "2026-06-12"), ["2026-01-31"]);
        assert_eq!(deadlines("2026-01-01", &["2026-01-01"], "2026-12-31"), [""; 0]);
    }

    #[test]
    fn a_deadline_lies_after_the_start_and_not_after_the_last_day() {
        assert_eq!(deadlines("2026-01-31", &[], "2026-06-13"), ["2026-06-13"]);
        assert_eq!(deadlines("2026-01-30", &[], "2026-06-12"), ["2026-01-31"]);
        assert!(deadlines("2026-09-01", &[], "2025-09-01").is_empty());
    }

    #[test]
    fn the_last_of_february() {
        let dates = report_deadlines(day("2026-12-01"), &[], &[(2, 29), (2, 28)], day("2028-12-31"));
        assert_eq!(dates, [day("2027-02-28"), day("2028-02-28"), day("2028-02-29")]);
    }

    fn any_day() -> impl Strategy<Value = Day> {
        (0_i64..36_500).prop_map(|days| day("1980-01-01").plus_days(days))
    }

    proptest! {
        #[test]
        fn deadlines_are_sorted_distinct_and_within_bounds(
            starts in any_day(),
            span in 0_i64..3_000,
            listed in prop::collection::vec(any_day(), 0..6),
            dates in prop::collection::vec((1_u32..=12, 1_u32..=31), 0..4),
        ) {
            let until = starts.plus_days(span);
            let found = report_deadlines(starts, &listed, &dates, until);
            prop_assert!(found.is_sorted_by(|one, next| one < next));
            prop_assert!(found.iter().all(|&day| starts < day && day <= until));
            for &day in &found {
                let is_listed_year = listed.iter().any(|other| other.year() == day.year());
                prop_assert_eq!(is_listed_year, listed.contains(&day));
            }
        }

        #[test]
        fn the_days_between_add_up(from in any_day(), days in -40_000_i64..40_000) {
            let to = from.plus_days(days);
            prop_assert_eq!(from.days_to(to), days);
            prop_assert_eq!(to.plus_days(-days), from);
            prop_assert_eq!(Day::parse(&to.iso()), Some(to));
        }
    }
}

//! From days to places across a picture.

use serde::Serialize;

use crate::calendar::{Day, MONTHS};

/// How wide a picture is, in units of its own; it is scaled to the page.
pub(super) const WIDTH: i64 = 1000;
/// Where the days begin: before it stand the names of the lanes.
pub(super) const LEFT: i64 = 190;
/// Where they end.
const RIGHT: i64 = 985;

/// The span of days that a picture shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    first: Day,
    last: Day,
}

/// The beginning of a month.
#[derive(Debug, Serialize)]
pub(super) struct Tick {
    x: i64,
    label: Option<String>,
    /// Whether it begins a year.
    is_year: bool,
}

impl Scale {
    /// From the first of the month of one day to the end of the month of another.
    pub fn new(from: Day, to: Day) -> Self {
        let first = first_of_month(from);
        let last = first_of_month(to.max(from)).plus_months(1).plus_days(-1);
        Self { first, last: last.max(first) }
    }

    /// The place of the beginning of a day; of one beyond the span, its edge.
    pub fn x(self, day: Day) -> i64 {
        let days = self.first.days_to(day.max(self.first).min(self.last.plus_days(1)));
        LEFT + days * (RIGHT - LEFT) / self.days()
    }

    /// The place of the middle of a day.
    pub fn middle(self, day: Day) -> i64 {
        i64::midpoint(self.x(day), self.x(day.plus_days(1)))
    }

    /// Whether a day is within the span.
    pub fn holds(self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }

    /// The months, each with its name where there is room for it.
    pub fn ticks(self) -> Vec<Tick> {
        let months: Vec<Day> = std::iter::successors(Some(self.first), |month| Some(month.plus_months(1)))
            .take_while(|month| *month <= self.last)
            .take(MOST_MONTHS)
            .collect();
        let mut room_from = 0;
        let tick = |(number, month): (usize, &Day)| {
            let name = MONTHS.get(month.month() as usize - 1).map_or("", |name| &name[..3]);
            let (x, is_year) = (self.x(*month), number == 0 || month.month() == 1);
            let label = if is_year { format!("{name} {}", month.year()) } else { name.to_owned() };
            let has_room = x >= room_from;
            if has_room {
                room_from = x + LETTER * (i64::try_from(label.len()).unwrap_or(0) + 1);
            }
            Tick { x, label: has_room.then_some(label), is_year }
        };
        months.iter().enumerate().map(tick).collect()
    }

    fn days(self) -> i64 {
        self.first.days_to(self.last) + 1
    }
}

/// The most months that a picture is divided into: a case of two years' time limit has about forty.
const MOST_MONTHS: usize = 240;
/// How wide a letter of a name is.
const LETTER: i64 = 8;

fn first_of_month(day: Day) -> Day {
    Day::new(day.year(), day.month(), 1).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    #[test]
    fn whole_months_fill_the_width() {
        let scale = Scale::new(day("2025-09-27"), day("2026-07-11"));
        assert_eq!(scale.x(day("2025-09-01")), LEFT);
        assert_eq!(scale.x(day("2026-08-01")), RIGHT);
        assert!(scale.holds(day("2025-09-01")) && scale.holds(day("2026-07-31")));
        assert!(!scale.holds(day("2025-08-31")) && !scale.holds(day("2026-08-01")));
        // What lies beyond is drawn at the edge.
        assert_eq!(scale.x(day("2030-01-01")), RIGHT);
        assert_eq!(scale.x(day("2020-01-01")), LEFT);
    }

    #[test]
    fn no_name_of_a_month_runs_into_the_next() {
        let ticks = Scale::new(day("2025-09-27"), day("2028-07-11")).ticks();
        assert_eq!(ticks.len(), 35);
        let labelled: Vec<_> = ticks.iter().filter_map(|tick| Some((tick.x, tick.label.as_deref()?))).collect();
        assert_eq!(labelled[0], (LEFT, "Sep 2025"));
        for pair in labelled.windows(2) {
            let end = pair[0].0 + LETTER * i64::try_from(pair[0].1.len()).expect("a short name");
            assert!(end < pair[1].0, "{pair:?}");
        }
        assert!(labelled.len() > 10, "{labelled:?}");
    }
}

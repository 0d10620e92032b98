//! On which day a moment is, in a time zone.

use chrono::DateTime;
use chrono_tz::Tz;

use super::Day;

/// A time zone of the world, such as `Europe/London`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeZone(Tz);

impl TimeZone {
    /// The time zone with a name; none where there is no such.
    pub fn named(name: &str) -> Option<Self> {
        name.parse().ok().map(Self)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The day of a moment, in seconds since the beginning of 1970; none where the calendar does not reach so far.
    pub fn day_of(self, moment: i64) -> Option<Day> {
        let moment = DateTime::from_timestamp(moment, 0)?;
        Some(Day::of_date(moment.with_timezone(&self.0).date_naive()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_of_another_day_further_east() {
        let day = |zone: &str, moment| TimeZone::named(zone).and_then(|zone| zone.day_of(moment)).map(Day::iso);
        // 30 June 2026, 23:30 in Greenwich: summer time in London.
        let moment = 1_782_862_200;
        assert_eq!(day("UTC", moment).as_deref(), Some("2026-06-30"));
        assert_eq!(day("Europe/London", moment).as_deref(), Some("2026-07-01"));
        assert_eq!(day("America/New_York", moment).as_deref(), Some("2026-06-30"));
        assert_eq!(day("Europe/Londn", moment), None);
        assert_eq!(day("UTC", i64::MAX), None);
    }
}

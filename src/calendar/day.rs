//! One day, without a time.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar day between 1 January 0001 and 31 December 9999.
///
/// In sentences it reads `31 January 2026` ([`Display`](fmt::Display)), in data `2026-01-31` ([`Day::iso`]).
/// Arithmetic stops at either end of the range instead of failing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

/// The first of all days.
impl Default for Day {
    fn default() -> Self {
        Self::first()
    }
}

/// The months by their names, January first.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The days of the week by their names, Monday first.
pub const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

impl Day {
    /// The day, where there is such a day in the years 1 to 9999.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// The day with a number: 1 January 0001 has the number 1.
    pub(crate) fn of_number(number: i32) -> Option<Self> {
        NaiveDate::from_num_days_from_ce_opt(number).map(Self)
    }

    /// Reads exactly `YYYY-MM-DD`; anything else, and a day that does not exist, is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
        if !shaped {
            return None;
        }
        Self::new(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
    }

    /// The day of a date, or the nearest day there is.
    pub fn of_date(date: NaiveDate) -> Self {
        Self(date).within_range()
    }

    /// The day of a moment, in seconds since the beginning of 1970 on a clock that is not moved; none where there is no
    /// such day.
    pub fn of_moment(seconds: i64) -> Option<Self> {
        let epoch = NaiveDate::from_ymd_opt(1970, 1, 1)?;
        let date = epoch.checked_add_signed(chrono::TimeDelta::try_days(seconds.div_euclid(86_400))?)?;
        Self::new(date.year(), date.month(), date.day())
    }

    /// The first day there is.
    pub fn first() -> Self {
        Self(NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or(NaiveDate::MIN))
    }

    /// The last day there is.
    pub fn last() -> Self {
        Self(NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX))
    }

    /// So many days later, or earlier where `days` is negative.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        let step = Days::new(days.unsigned_abs());
        let (there, beyond) = if days < 0 {
            (self.0.checked_sub_days(step), Self::first())
        } else {
            (self.0.checked_add_days(step), Self::last())
        };
        there.map_or(beyond, |date| Self(date).within_range())
    }

    /// The same day so many years later; 29 February becomes 28 February in a year that has none.
    #[must_use]
    pub fn plus_years(self, years: u32) -> Self {
        years.checked_mul(12).map_or(Self::last(), |months| self.plus_months(months))
    }

    /// The same day so many months later, or the last day of a month that is too short for it.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Self {
        let there = self.0.checked_add_months(Months::new(months));
        there.map_or(Self::last(), |date| Self(date).within_range())
    }

    /// Days from this day to `other`: negative where `other` is earlier.
    pub fn days_to(self, other: Self) -> i64 {
        (other.0 - self.0).num_days()
    }

    /// How far a day by which something is due lies from `as_of`: `11 days late`, `today`, `in 5 days`.
    pub fn lateness(self, as_of: Self) -> String {
        let days = |count: i64| if count == 1 { "1 day".to_owned() } else { format!("{count} days") };
        match self.days_to(as_of) {
            0 => "today".to_owned(),
            late @ 1.. => format!("{} late", days(late)),
            left => format!("in {}", days(-left)),
        }
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month of the year, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day_of_month(self) -> u32 {
        self.0.day()
    }

    /// The day of the week, by its position among [`WEEKDAYS`].
    pub fn weekday(self) -> usize {
        self.0.weekday().num_days_from_monday() as usize
    }

    /// `2026-01-31`.
    pub fn iso(self) -> String {
        let mut written = String::with_capacity(10);
        // Writing to a String cannot fail.
        let _ = self.write_iso(&mut written);
        written
    }

    fn write_iso(self, out: &mut impl fmt::Write) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day_of_month())
    }

    fn within_range(self) -> Self {
        self.clamp(Self::first(), Self::last())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, month) = (self.0.day(), MONTHS[self.0.month0() as usize]);
        write!(f, "{day} {month} {}", self.0.year())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_iso(f)
    }
}

/// For people the text of the day, and else its [number](Day::of_number).
impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(&format_args!("{self:?}"))
        } else {
            serializer.serialize_i32(self.0.num_days_from_ce())
        }
    }
}

/// Takes TOML's own date and a quoted one alike; a time of day is refused.
impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DayVisitor;

        impl<'de> Visitor<'de> for DayVisitor {
            type Value = Day;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date such as 2026-01-31")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Day, E> {
                Day::parse(text).ok_or_else(|| E::custom("not a date"))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Day, A::Error> {
                let written = toml::value::Datetime::deserialize(MapAccessDeserializer::new(map))?;
                match written {
                    toml::value::Datetime { date: Some(date), time: None, offset: None } => {
                        Day::new(date.year.into(), date.month.into(), date.day.into())
                            .ok_or_else(|| A::Error::custom("not a date"))
                    }
                    _ => Err(A::Error::custom("a date without a time is needed")),
                }
            }
        }

        deserializer.deserialize_any(DayVisitor)
    }
}

impl JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

//! A length of time, as one says it: so many days, weeks or months.

use super::Day;

/// So many days, weeks or months, at most [`Span::MOST`] of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Days.
    Days(u16),
    /// Weeks of seven days.
    Weeks(u16),
    /// Months of the calendar: from 31 January one month leads to the last day of February.
    Months(u16),
}

impl Span {
    /// The most that a span has of its unit.
    pub const MOST: u16 = 9_999;

    /// Reads `14d`, `6w` or `3m`; anything else is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.parse().ok().filter(|number| is_number && *number <= Self::MOST)?;
        match unit {
            "d" => Some(Self::Days(number)),
            "w" => Some(Self::Weeks(number)),
            "m" => Some(Self::Months(number)),
            _ => None,
        }
    }

    /// The day that lies so far after `day`.
    pub fn after(self, day: Day) -> Day {
        match self {
            Self::Days(number) => day.plus_days(number.into()),
            Self::Weeks(number) => day.plus_days(7 * i64::from(number)),
            Self::Months(number) => day.plus_months(number.into()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the dates of a test are written in it")]
mod tests {
    use super::*;

    #[test]
    fn as_one_says_it() {
        let after = |text| Span::parse(text).map(|span| span.after(Day::parse("2026-01-31").unwrap()).iso());
        assert_eq!(after("0d").as_deref(), Some("2026-01-31"));
        assert_eq!(after("14d").as_deref(), Some("2026-02-14"));
        assert_eq!(after("6w").as_deref(), Some("2026-03-14"));
        assert_eq!(after("1m").as_deref(), Some("2026-02-28"));
        assert_eq!(after("25m").as_deref(), Some("2028-02-29"));
        assert_eq!(after("9999m").as_deref(), Some("2859-04-30"));
        for wrong in ["", "d", "14", "14 d", "-1d", "+1d", "1.5m", "2y", "10000d", "1m ", "１d", "wé"] {
            assert_eq!(after(wrong), None, "{wrong}");
        }
    }
}

//! A time of day that stands beside a date, and what it says about the day.

use crate::calendar::WEEKDAYS;
use crate::text::name_in;

/// A time of day beside a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// None, or 0:00.
    Midnight,
    /// One that says nothing about the day.
    Within,
    /// In the last hour, or 24:00. Programs that keep moments instead of days save 0:00 in British summer time as 23:00 on
    /// the day before.
    LastHour,
    /// There is no such time.
    None,
}

impl Time {
    /// The time that is a part of a day.
    pub fn of_fraction(fraction: f64) -> Self {
        // A second or so is lost in writing and reading such a number.
        const ALMOST: f64 = 1.0 / 86_400.0;
        match fraction {
            0.0 => Self::Midnight,
            fraction if fraction + ALMOST >= 23.0 / 24.0 => Self::LastHour,
            _ => Self::Within,
        }
    }

    /// What stands beside it, where it leaves no doubt about the day.
    pub fn must_be_of<T>(self, day: T) -> Result<T, String> {
        match self {
            Self::Midnight | Self::Within => Ok(day),
            Self::LastHour => {
                Err("a time between 23:00 and midnight stands beside the day, and a program may have made \
                                   it of the day after; write the day alone"
                    .to_owned())
            }
            Self::None => Err("what stands beside the day is no time of day; write the day alone".to_owned()),
        }
    }

    /// Reads `19:30`, `19:30:00.000`, `7.30pm` or, where it is `surely` a time, `19.30`.
    fn read(text: &str, surely: bool) -> Option<Self> {
        let text = text.to_lowercase().replace("p.m.", "pm").replace("a.m.", "am");
        let half = ["am", "pm"].into_iter().find(|half| text.ends_with(half));
        let bare = half.and_then(|half| text.strip_suffix(half)).unwrap_or(&text).trim();
        let parts: Vec<&str> = bare.split([':', '.']).collect();
        let is_number = |part: &&str| (1..=9).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        let is_time = half.is_some() || bare.contains(':') || surely && parts.len() == 2;
        if !is_time || !parts.iter().all(is_number) || parts.len() == 1 && half.is_none() {
            return None;
        }
        let number = |at: usize| parts.get(at).map_or(Some(0), |part| part.parse::<u32>().ok());
        let (hours, minutes, seconds) = (number(0)?, number(1)?, number(2)?);
        let hours = match half {
            Some(_) if !(1..=12).contains(&hours) => return Some(Self::None),
            Some("pm") => hours % 12 + 12,
            Some(_) => hours % 12,
            None => hours,
        };
        let is_exact = parts[1..].iter().all(|part| part.bytes().all(|byte| byte == b'0'));
        Some(match hours {
            0 if is_exact => Self::Midnight,
            24 if is_exact => Self::LastHour,
            24.. => Self::None,
            _ if minutes > 59 || seconds > 59 => Self::None,
            23 => Self::LastHour,
            _ => Self::Within,
        })
    }
}

/// The text without a time of day at its end, and that time: `2025-10-07T19:30:00+01:00`, `7 October 2025 at 7.30pm`.
pub fn without_time(text: &str) -> (&str, Time) {
    if let Some((day, time)) = text.split_once('T')
        && day.ends_with(|c: char| c.is_ascii_digit())
        && let Some(time) = Time::read(without_zone(time), false)
    {
        return (day, time);
    }
    for (at, _) in text.match_indices(char::is_whitespace) {
        let (day, rest) = (text[..at].trim_end(), text[at..].trim());
        let said = ["at ", "@ ", "@"].into_iter().find_map(|word| rest.strip_prefix(word));
        let ends_in_year = day.len() >= 4 && day.bytes().rev().take(4).all(|byte| byte.is_ascii_digit());
        let rest = said.unwrap_or(rest).trim();
        if !day.ends_with(" at")
            && let Some(time) = Time::read(without_zone(rest), said.is_some() || ends_in_year)
        {
            return (day.trim_end_matches(','), time);
        }
    }
    (text, Time::Midnight)
}

/// A time without the zone that a program writes behind it.
fn without_zone(time: &str) -> &str {
    if let Some(time) = time.strip_suffix(['Z', 'z']) {
        return time.trim_end();
    }
    match time.rfind(['+', '-']) {
        Some(at) if at > 0 && time[at + 1..].chars().all(|c| c.is_ascii_digit() || c == ':') => time[..at].trim_end(),
        _ => time,
    }
}

/// A date without what people add to it: `7 Oct '25`, `07/10/2025 (Tues)`. The weekday goes to the front, where it is
/// compared with the day.
pub fn plain(text: &str) -> String {
    let text = text.trim();
    let (before, last) = text.rsplit_once(char::is_whitespace).unwrap_or(("", text));
    let word = last.trim_matches(|c: char| "()[],.".contains(c));
    let mut made = match name_in(&WEEKDAYS, word) {
        Some(weekday) if !before.is_empty() => format!("{} {}", WEEKDAYS[weekday], before.trim_end_matches(',')),
        _ => text.to_owned(),
    };
    for mark in ["'", "’", "‘"] {
        let is_year = |rest: &str| rest.len() == 2 && rest.bytes().all(|byte| byte.is_ascii_digit());
        if let Some((before, year)) = made.rsplit_once(mark).filter(|(_, rest)| is_year(rest)) {
            made = format!("{}{year}", before.trim_end().to_owned() + " ");
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_to_the_minute() {
        for (text, time) in [
            ("0:00", Time::Midnight),
            ("12am", Time::Midnight),
            ("0:01", Time::Within),
            ("12pm", Time::Within),
            ("7.30pm", Time::Within),
            ("22:59:59", Time::Within),
            ("23:00", Time::LastHour),
            ("11 p.m.", Time::LastHour),
            ("24:00", Time::LastHour),
            ("24:01", Time::None),
            ("12:60", Time::None),
            ("13pm", Time::None),
            ("0pm", Time::None),
        ] {
            assert_eq!(Time::read(text, false), Some(time), "{text}");
        }
        // Without a colon it may be a day and a month.
        assert_eq!((Time::read("19.30", true), Time::read("19.30", false)), (Some(Time::Within), None));
        for text in ["19", "12:", "12:x0", "", "pm", "7.10.2025"] {
            assert_eq!(Time::read(text, true), None, "{text}");
        }
    }
}

//! Times of day as people write them, and how long it is from one to another.

use super::grid::{Value, minutes_of};

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    minutes: u32,
    /// Whether it can only be meant so, and not twelve hours later.
    is_sure: bool,
    /// Whether it says more than an hour.
    is_exact: bool,
}

const NOON: u32 = 12 * 60;
const DAY: u32 = 24 * 60;

/// No session that is told by its times is longer.
const LONGEST: u32 = 8 * 60;

impl Clock {
    /// Reads `19:30`, `7.30pm`, `7 p.m.`, `1930`, `noon`; of a cell also a time of the spreadsheet.
    pub fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Days(days) if (0.0..1.0).contains(days) => {
                Some(Self { minutes: minutes_of(*days)?, is_sure: true, is_exact: true })
            }
            Value::Text(text) => Self::of_text(text),
            _ => None,
        }
    }

    fn of_text(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase().replace("p.m.", "pm").replace("a.m.", "am").replace("o'clock", "");
        if text == "noon" || text == "midday" {
            return Some(Self { minutes: NOON, is_sure: true, is_exact: true });
        }
        let bare = text.trim_end_matches("pm").trim_end_matches("am").trim_end_matches("hrs").trim();
        let half = [("pm", Some(NOON)), ("am", Some(0))].into_iter().find(|(word, _)| text.ends_with(word));
        let half = half.and_then(|(_, half)| half);
        let (hours, minutes) = match bare.split_once([':', '.', 'h']) {
            Some((hours, minutes)) => (hours, Some(minutes)),
            None if bare.len() == 4 => (bare.get(..2)?, bare.get(2..)),
            None => (bare, None),
        };
        let is_number = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number(hours) || minutes.is_some_and(|minutes| minutes.len() != 2 || !is_number(minutes)) {
            return None;
        }
        let hours: u32 = hours.parse().ok()?;
        let past: u32 = minutes.map_or(Some(0), |minutes| minutes.parse().ok())?;
        if hours > 23 || past > 59 || half.is_some() && !(1..=12).contains(&hours) {
            return None;
        }
        let of_day = match half {
            Some(half) => hours % 12 * 60 + past + half,
            None => hours * 60 + past,
        };
        let is_sure = half.is_some() || hours > 12 || hours == 0;
        Some(Self { minutes: of_day, is_sure, is_exact: half.is_some() || minutes.is_some() })
    }

    /// The minutes from one time to another; none where that is no length of a session.
    pub fn until(self, end: Self) -> Option<u16> {
        // `11.30-1`: past noon. `7-8.30pm`: the half of the day is said once.
        let both = [self.minutes, self.minutes + NOON];
        let starts = if self.is_sure { &both[..1] } else { &both[..] };
        let ends = [end.minutes, end.minutes + NOON];
        let ends = if end.is_sure { &ends[..1] } else { &ends[..] };
        let pairs = starts.iter().flat_map(|start| ends.iter().map(move |end| (end + DAY - start) % DAY));
        let mut lengths: Vec<u32> = pairs.filter(|minutes| (1..=LONGEST).contains(minutes)).collect();
        lengths.sort_unstable();
        lengths.dedup();
        match lengths.as_slice() {
            [minutes] => u16::try_from(*minutes).ok(),
            _ => None,
        }
    }
}

/// How long a text says that it was by two times: `19:00-20:30`, `7pm to 8.30pm`, `from 10.00 until 11.15`; none where it
/// is no range of times.
pub fn range(text: &str) -> Option<u16> {
    let lower = text.trim().to_lowercase().replace(" hrs", "").replace(['–', '—', '−', '‑'], "-");
    let bare = ["from ", "between "].into_iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower);
    let marks = ["-", " to ", " till ", " til ", " until ", " and "];
    let (start, end) = marks.into_iter().find_map(|mark| bare.split_once(mark))?;
    let (start, end) = (Clock::of_text(start)?, Clock::of_text(end)?);
    // `60-90` and `1-2` may be anything.
    (start.is_exact || end.is_exact).then(|| start.until(end))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_one_time_to_another() {
        for text in [
            "19:00-20:30",
            "19:00 – 20:30",
            "7pm-8.30pm",
            "7-8.30pm",
            "7pm to 8.30 pm",
            "7.00-8.30",
            "1900-2030",
            "from 7 p.m. until 8.30 p.m.",
            "11.30am-1pm",
            "11.30-1",
            "11.30 - 13.00",
            "22:45-00:15",
            "noon-1.30",
            "19h00-20h30",
        ] {
            assert_eq!(range(text), Some(90), "{text}");
        }
        assert_eq!(range("10.00-11.15"), Some(75));
        for text in [
            "60-90",
            "1-2",
            "7",
            "7-",
            "10.60-11.15",
            "25:00-26:00",
            "10.00-10.00",
            "90 min",
            "2025-10-07",
            "7am-8pm",
            "a-b",
        ] {
            assert_eq!(range(text), None, "{text}");
        }
        let at = |text| Clock::of(&Value::text(text)).unwrap();
        assert_eq!(Clock::of(&Value::Days(0.791_666_666_666_667)).unwrap().until(at("20:30")), Some(90));
        assert_eq!(at("7.00").until(at("8.15pm")), Some(75));
    }
}

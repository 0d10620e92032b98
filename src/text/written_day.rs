//! Days as people write them.

use super::visible;
use crate::calendar::{Day, MONTHS, WEEKDAYS};

/// A day as it is written. It says no more than what stands there: which part of `03/04/2025` comes first, and of which
/// year `7 October` is, the reader has to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenDay {
    /// There is no other way to read it.
    Sure(Day),
    /// Two numbers before the year; none where there is no such day.
    Either {
        /// The day where the first number is that of the day.
        day_first: Option<Day>,
        /// The day where the first number is that of the month.
        month_first: Option<Day>,
    },
    /// A day and a month.
    Yearless {
        /// The month, 1 to 12.
        month: u32,
        /// The day of the month.
        day: u32,
        /// The position of the day of the week among [`WEEKDAYS`], where that is written too.
        weekday: Option<usize>,
    },
}

impl WrittenDay {
    /// Reads `7 October 2025`, `Tue 7th Oct 25`, `October 7, 2025`, `2025-10-07`, `7.10.2025` or `7 Oct`. The error says
    /// what is wrong, as a phrase that is safe to show.
    pub fn read(text: &str) -> Result<Self, String> {
        let is_separator = |c: char| c.is_whitespace() || "/.-,–".contains(c);
        let parts: Vec<&str> = text.split(is_separator).filter(|part| !part.is_empty()).collect();
        let weekday = parts.first().and_then(|word| name_in(&WEEKDAYS, word));
        let writing = Writing { text, weekday };
        match &parts[usize::from(weekday.is_some())..] {
            // `7 Oct 25`, `7th of October 2025`
            [day, rest @ .., name, of] if month(name).is_some() && matches!(rest, [] | ["of"]) => {
                writing.of_year(of, month(name), ordinal(day))
            }
            // `October 7, 2025`
            [name, day, of] if month(name).is_some() => writing.of_year(of, month(name), ordinal(day)),
            [day, name] | [name, day] if month(name).is_some() && ordinal(day).is_some() => {
                writing.without_year(month(name), ordinal(day))
            }
            // `2025-10-07`
            [of, month, day] if of.len() == 4 && is_number(of) => writing.of_year(of, small(month), small(day)),
            [one, other, of] if is_number(of) => writing.of_numbers(small(one), small(other), of),
            _ => Err(writing.unreadable()),
        }
    }
}

/// What is being read.
struct Writing<'t> {
    text: &'t str,
    /// The day of the week that stands before it.
    weekday: Option<usize>,
}

impl Writing<'_> {
    fn shown(&self) -> String {
        format!("\"{}\"", visible(self.text))
    }

    fn unreadable(&self) -> String {
        format!("{} is no day that can be read, such as 7 October 2025", self.shown())
    }

    fn no_such_day(&self) -> String {
        format!("there is no day {}", self.shown())
    }

    /// The year that digits say.
    fn year(&self, digits: &str) -> Result<i32, String> {
        year(digits).ok_or_else(|| {
            let is_short = digits.len() == 2 && is_number(digits);
            let shown = self.shown();
            let which_century = || format!("{shown} could be of 19{digits} or 20{digits}; write the year in full");
            if is_short { which_century() } else { self.unreadable() }
        })
    }

    fn fits(&self, day: Day) -> bool {
        self.weekday.is_none_or(|named| day.weekday() == named)
    }

    fn of_year(&self, digits: &str, month: Option<u32>, day: Option<u32>) -> Result<WrittenDay, String> {
        let (Some(month), Some(day)) = (month, day) else { return Err(self.unreadable()) };
        let day = Day::new(self.year(digits)?, month, day).filter(|day| is_plausible_day(*day));
        let day = day.ok_or_else(|| self.no_such_day())?;
        if self.fits(day) {
            return Ok(WrittenDay::Sure(day));
        }
        Err(format!("{day} was no {}", WEEKDAYS[self.weekday.unwrap_or_default()]))
    }

    fn without_year(&self, month: Option<u32>, day: Option<u32>) -> Result<WrittenDay, String> {
        let (Some(month), Some(day)) = (month, day) else { return Err(self.unreadable()) };
        // A leap year has every day that any year has.
        Day::new(2000, month, day).ok_or_else(|| self.no_such_day())?;
        Ok(WrittenDay::Yearless { month, day, weekday: self.weekday })
    }

    fn of_numbers(&self, one: Option<u32>, other: Option<u32>, digits: &str) -> Result<WrittenDay, String> {
        let (Some(first), Some(second)) = (one, other) else { return Err(self.unreadable()) };
        let year = self.year(digits)?;
        let (day_first, month_first) = (Day::new(year, second, first), Day::new(year, first, second));
        let kept = |day: Option<Day>| day.filter(|day| is_plausible_day(*day) && self.fits(*day));
        match (kept(day_first), kept(month_first)) {
            (None, None) if day_first.or(month_first).is_some_and(is_plausible_day) => {
                Err(format!("{} is no {}", self.shown(), WEEKDAYS[self.weekday.unwrap_or_default()]))
            }
            (None, None) => Err(self.no_such_day()),
            (day_first, month_first) => Ok(WrittenDay::Either { day_first, month_first }),
        }
    }
}

/// Whether a day can be meant: of a course of today, or of one that somebody remembers.
pub fn is_plausible_day(day: Day) -> bool {
    (1950..=2150).contains(&day.year())
}

/// The position of the name that a word is, whole or shortened to three letters or more.
pub fn name_in(names: &[&str], word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    let word = if word == "weds" { "wed" } else { &word };
    (word.len() >= 3).then(|| names.iter().position(|name| name.to_lowercase().starts_with(word)))?
}

fn month(word: &str) -> Option<u32> {
    name_in(&MONTHS, word).and_then(|at| u32::try_from(at + 1).ok())
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

fn small(part: &str) -> Option<u32> {
    part.parse().ok().filter(|_| is_number(part) && part.len() <= 2)
}

/// The number of `7` and of `7th`.
fn ordinal(part: &str) -> Option<u32> {
    let digits = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    ["", "st", "nd", "rd", "th"].contains(&part[digits.len()..].to_lowercase().as_str()).then(|| small(digits))?
}

/// A year of four digits, or of two in this century. Those from 50 on may be of the last one: none of them is certain.
fn year(digits: &str) -> Option<i32> {
    let number = digits.parse::<i32>().ok()?;
    match digits.len() {
        2 if number < 50 => Some(2000 + number),
        4 => Some(number),
        _ => None,
    }
}

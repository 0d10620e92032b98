//! Days as people and spreadsheets write them.
//!
//! `03/04/2025` is 3 April in one country and 4 March in another, and a wrong day is worse than none. Which part comes
//! first is therefore never taken for granted. It is settled for a whole column: by a value in it that can only be read
//! in one way, such as `21/10/2025`, by its heading, such as `Date (dd/mm/yyyy)`, or by whoever imports.

use super::grid::{Address, Value, day_of_serial};
use crate::calendar::{Day, WEEKDAYS};
use crate::text::{WrittenDay, is_plausible_day, visible};

/// Which part of `03/04/2025` comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The day: 3 April.
    DayFirst,
    /// The month: 4 March.
    MonthFirst,
}

impl Order {
    /// `day first`.
    pub fn words(self) -> &'static str {
        match self {
            Self::DayFirst => "day first",
            Self::MonthFirst => "month first",
        }
    }
}

/// Why the days of a column are read as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// No value leaves the order open.
    NotNeeded,
    /// It was said, by whoever imports or by the heading.
    Said(Order),
    /// This cell can only be read so.
    Shown(Order, Address),
    /// Nothing settles it.
    Open,
}

/// The days of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Days {
    /// For each value the day, or what is wrong with it, as a phrase that is safe to show; none where it is empty.
    pub each: Vec<Option<Result<Day, String>>>,
    /// Why they are read so.
    pub settled: Settled,
    /// Cells with a time of day, which is left out.
    pub with_time: Vec<Address>,
    /// Cells with a bare number, read as the day that it is to a spreadsheet.
    pub serials: Vec<Address>,
}

/// A day as it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Written {
    /// There is no other way to read it.
    Sure(Day),
    /// A real date of the spreadsheet.
    Cell(Day),
    /// Two numbers before the year: the day where the first is the day, the day where it is the month.
    Either(Option<Day>, Option<Day>),
}

/// Reads a column. `said` is the order where somebody has said it.
pub fn days_of(cells: &[(Address, &Value)], said: Option<Order>, is_1904: bool) -> Days {
    let (mut with_time, mut serials) = (Vec::new(), Vec::new());
    let read = |(at, value): &(Address, &Value)| match value {
        Value::Empty => None,
        Value::Days(days) => {
            let time = Time::of_fraction(days.fract());
            if time != Time::Midnight {
                with_time.push(*at);
            }
            let day = day_of_serial(*days, is_1904).filter(|day| is_plausible_day(*day));
            Some(day.ok_or_else(|| no_day(value)).and_then(|day| time.must_be_of(Written::Cell(day))))
        }
        Value::Number(number) => {
            if *number < MOST_SERIAL {
                serials.push(*at);
            }
            Some(of_number(*number, is_1904).map(Written::Sure).ok_or_else(|| no_day(value)))
        }
        Value::Text(text) => {
            if text.parse::<u32>().is_ok_and(|number| f64::from(number) < MOST_SERIAL) {
                serials.push(*at);
            }
            let (text, time) = without_time(text);
            if time != Time::Midnight {
                with_time.push(*at);
            }
            Some(written(text, is_1904).and_then(|day| time.must_be_of(day)))
        }
        Value::Is(_) => Some(Err(no_day(value))),
        Value::Broken(why) => Some(Err(why.clone())),
    };
    let written: Vec<_> = cells.iter().map(read).collect();
    let settled = settle(cells, &written, said);
    let swapped = said.is_none() && may_be_swapped(&written);
    let days = written.into_iter().map(|one| one.map(|one| one.and_then(|one| one.settled(&settled, swapped))));
    Days { each: days.collect(), settled, with_time, serials }
}

/// What the values of a column say about their order.
fn settle(cells: &[(Address, &Value)], written: &[Option<Result<Written, String>>], said: Option<Order>) -> Settled {
    let pairs = || {
        cells.iter().zip(written).filter_map(|((at, _), one)| match one {
            Some(Ok(Written::Either(day_first, month_first))) => Some((*at, *day_first, *month_first)),
            _ => None,
        })
    };
    if pairs().all(|(_, day_first, month_first)| day_first == month_first) {
        return Settled::NotNeeded;
    }
    if let Some(order) = said {
        return Settled::Said(order);
    }
    let of_day = pairs().find(|(_, day_first, month_first)| day_first.is_some() && month_first.is_none());
    let of_month = pairs().find(|(_, day_first, month_first)| day_first.is_none() && month_first.is_some());
    match (of_day, of_month) {
        (Some((at, ..)), None) => Settled::Shown(Order::DayFirst, at),
        (None, Some((at, ..))) => Settled::Shown(Order::MonthFirst, at),
        _ => Settled::Open,
    }
}

/// Whether the program that saved the table may have taken days for months where it could: then those became real
/// dates, and all others stayed text.
fn may_be_swapped(written: &[Option<Result<Written, String>>]) -> bool {
    let known = || written.iter().flatten().flatten();
    let mut cells = known().filter_map(|one| if let Written::Cell(day) = one { Some(day) } else { None }).peekable();
    let mut texts = known().filter(|one| matches!(one, Written::Either(..))).peekable();
    cells.peek().is_some()
        && texts.peek().is_some()
        && cells.all(|day| day.day_of_month() <= 12)
        && texts.all(|one| matches!(one, Written::Either(Some(_), None) | Written::Either(None, Some(_))))
}

impl Written {
    fn settled(self, settled: &Settled, swapped: bool) -> Result<Day, String> {
        let (day_first, month_first) = match self {
            Self::Cell(day) if swapped && day.day_of_month() != day.month() => {
                return Err(format!(
                    "the date {day} is a real date, and others in the column are text: day and month may have been \
                     exchanged when the table was saved"
                ));
            }
            Self::Sure(day) | Self::Cell(day) => return Ok(day),
            Self::Either(day_first, month_first) => (day_first, month_first),
        };
        if let (Some(day), true) = (day_first, day_first == month_first) {
            return Ok(day);
        }
        let order = match settled {
            Settled::Said(order) | Settled::Shown(order, _) => *order,
            Settled::NotNeeded | Settled::Open => {
                return Err(match (day_first, month_first) {
                    (Some(one), Some(other)) => format!("it could be {one} or {other}"),
                    (Some(day), None) | (None, Some(day)) => {
                        format!("it can only be {day}, and another cell only has the other order of day and month")
                    }
                    (None, None) => "there is no such day".to_owned(),
                });
            }
        };
        let (meant, other) = if order == Order::DayFirst { (day_first, month_first) } else { (month_first, day_first) };
        meant.ok_or_else(|| match other {
            Some(other) => format!("it can only be {other}, which is not {}", order.words()),
            None => "there is no such day".to_owned(),
        })
    }
}

fn no_day(value: &Value) -> String {
    format!("{value} is no day")
}

/// No day that is meant has as large a number.
const MOST_SERIAL: f64 = 1e5;

/// A bare number: `20251007`, or a spreadsheet's count of days.
fn of_number(number: f64, is_1904: bool) -> Option<Day> {
    if (19_500_101.0..=21_501_231.0).contains(&number) && number.fract() == 0.0 {
        let digits = format!("{number:.0}");
        return Day::parse(&format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]));
    }
    day_of_serial(number, is_1904).filter(|day| is_plausible_day(*day))
}

/// A time of day beside a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Time {
    /// None, or 0:00.
    Midnight,
    /// One that says nothing about the day.
    Within,
    /// In the last hour. Programs that keep moments instead of days save 0:00 in British summer time as 23:00 on the day
    /// before.
    LastHour,
}

impl Time {
    fn of_fraction(fraction: f64) -> Self {
        // A second or so is lost in writing and reading such a number.
        const ALMOST: f64 = 1.0 / 86_400.0;
        match fraction {
            0.0 => Self::Midnight,
            fraction if fraction + ALMOST >= 23.0 / 24.0 => Self::LastHour,
            _ => Self::Within,
        }
    }

    fn must_be_of(self, day: Written) -> Result<Written, String> {
        if self == Self::LastHour {
            return Err(
                "a time between 23:00 and midnight stands beside the day, and a program may have made it of the \
                        day after; write the day alone"
                    .to_owned(),
            );
        }
        Ok(day)
    }
}

/// The text without a time of day at its end, and that time.
fn without_time(text: &str) -> (&str, Time) {
    let (Some(at), true) = (text.rfind([' ', 'T']), text.contains(':')) else { return (text, Time::Midnight) };
    let (day, time) = (&text[..at], &text[at + 1..]);
    let time = time.trim_end_matches('Z');
    let parts: Vec<&str> = time.split([':', '.']).collect();
    let is_number = |part: &&str| !part.is_empty() && part.len() <= 9 && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.len() < 2 || !parts.iter().all(is_number) {
        return (text, Time::Midnight);
    }
    let time = match parts[0] {
        "23" => Time::LastHour,
        _ if parts.iter().any(|part| part.bytes().any(|byte| byte != b'0')) => Time::Within,
        _ => Time::Midnight,
    };
    (day.trim_end(), time)
}

/// The weekday of a day, in words.
pub(super) fn weekday_word(day: Day) -> &'static str {
    WEEKDAYS[day.weekday()]
}

fn written(text: &str, is_1904: bool) -> Result<Written, String> {
    let number = text.trim().parse::<f64>().ok().filter(|_| text.trim().bytes().all(|byte| byte.is_ascii_digit()));
    if let Some(day) = number.and_then(|number| of_number(number, is_1904)) {
        return Ok(Written::Sure(day));
    }
    match WrittenDay::read(text)? {
        WrittenDay::Sure(day) => Ok(Written::Sure(day)),
        WrittenDay::Either { day_first, month_first } => Ok(Written::Either(day_first, month_first)),
        WrittenDay::Yearless { .. } => Err(format!("\"{}\" does not say of which year", visible(text))),
    }
}

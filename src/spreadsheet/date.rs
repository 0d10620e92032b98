//! Days as people and spreadsheets write them.
//!
//! `03/04/2025` is 3 April in one country and 4 March in another, and a wrong day is worse than none. Which part comes
//! first is therefore never taken for granted. It is settled for a whole column: by a value in it that can only be read
//! in one way, such as `21/10/2025`, by its heading, such as `Date (dd/mm/yyyy)`, or by whoever imports.

use super::grid::{Address, Value, day_of_serial};
use super::time_of_day::{Time, plain, without_time};
use crate::calendar::{Day, WEEKDAYS};
use crate::text::{WrittenDay, is_plausible_day, visible};

#[cfg(test)]
mod tests;

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
    /// In the other order this cell would say this day, which is outside of the course.
    ByCourse(Order, Address, Day),
    /// This cell can only be read day first, and that one only month first.
    Both(Address, Address),
    /// Nothing settles it.
    Open,
}

/// The days of the course that a table is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CourseDays {
    /// The first.
    pub starts: Day,
    /// The last on which it is taught.
    pub ends: Day,
    /// The last that can be meant: until then sessions count.
    pub limit: Day,
}

impl CourseDays {
    /// The days of both of two courses, and those between them.
    #[must_use]
    pub fn around(self, other: Self) -> Self {
        Self {
            starts: self.starts.min(other.starts),
            ends: self.ends.max(other.ends),
            limit: self.limit.max(other.limit),
        }
    }
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
    /// Cells without a year.
    pub yearless: Vec<Address>,
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
    /// Without a year; of which one it is by the course.
    OfCourse(Day),
}

/// Reads a column. `said` is the order where somebody has said it.
///
/// The days of the `course`, where they are known, settle an order that nothing else does, and a year that is not written.
pub fn days_of(cells: &[(Address, &Value)], said: Option<Order>, course: Option<CourseDays>, is_1904: bool) -> Days {
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
            let time = Time::of_fraction(number.fract());
            if time != Time::Midnight {
                with_time.push(*at);
            }
            let day = of_number(*number, is_1904).map(Written::Sure).ok_or_else(|| no_day(value));
            Some(day.and_then(|day| time.must_be_of(day)))
        }
        Value::Text(text) => {
            if is_padded(text) {
                return Some(Err(format!(
                    "{value} does not show where the day, the month and the year begin; {IN_FULL}"
                )));
            }
            if text.parse::<u32>().is_ok_and(|number| f64::from(number) < MOST_SERIAL) {
                serials.push(*at);
            }
            let (text, time) = without_time(text);
            if time != Time::Midnight {
                with_time.push(*at);
            }
            Some(written(&plain(text), course, is_1904).and_then(|day| time.must_be_of(day)))
        }
        Value::Is(_) => Some(Err(no_day(value))),
        Value::Broken(why) => Some(Err(why.clone())),
    };
    let mut written: Vec<_> = cells.iter().map(read).collect();
    let is_later = |one: &Written| matches!((one, course), (Written::Sure(day) | Written::Cell(day), Some(course)) if *day > course.ends);
    if written.iter().flatten().flatten().any(is_later) {
        // The table goes on beyond the year of the course.
        for ((_, value), one) in cells.iter().zip(&mut written) {
            let is_short = matches!(value, Value::Text(text) if day_and_month(text).is_some());
            if matches!(one, Some(Ok(Written::OfCourse(_)))) || is_short {
                *one = Some(Err(format!("{value} does not say of which year, and others are later than the course")));
            }
        }
    }
    let is_short = |value: &Value| matches!(value, Value::Text(text) if day_and_month(text).is_some());
    let is_yearless = |((_, value), one): &(&(Address, &Value), &Option<Result<Written, String>>)| match one {
        Some(Ok(Written::OfCourse(_))) => true,
        Some(Ok(Written::Either(..))) => is_short(value),
        _ => false,
    };
    let yearless = cells.iter().zip(&written).filter(is_yearless).map(|((at, _), _)| *at).collect();
    let settled = settle(cells, &written, said, course);
    let swapped = said.is_none() && may_be_swapped(&written);
    let days = written.into_iter().map(|one| one.map(|one| one.and_then(|one| one.settled(&settled, swapped))));
    Days { each: days.collect(), settled, with_time, yearless, serials }
}

impl Days {
    /// The same with cells named as they stand somewhere else.
    pub fn standing_at(mut self, stands: &dyn Fn(Address) -> Address) -> Self {
        if let Settled::Shown(_, at) | Settled::ByCourse(_, at, _) = &mut self.settled {
            *at = stands(*at);
        }
        for at in self.with_time.iter_mut().chain(&mut self.yearless).chain(&mut self.serials) {
            *at = stands(*at);
        }
        self
    }
}

/// What the values of a column say about their order.
fn settle(
    cells: &[(Address, &Value)],
    written: &[Option<Result<Written, String>>],
    said: Option<Order>,
    course: Option<CourseDays>,
) -> Settled {
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
    if let (Some((at, ..)), None) = (of_day, of_month) {
        return Settled::Shown(Order::DayFirst, at);
    }
    let open = pairs().filter(|(_, day_first, month_first)| day_first.is_some() && month_first.is_some());
    match (of_day, of_month, course.and_then(|course| by_course(open, (course.starts, course.limit)))) {
        (_, _, Some(by_course @ Settled::ByCourse(Order::DayFirst, ..))) => by_course,
        (Some((at, ..)), Some((other, ..)), _) => Settled::Both(at, other),
        (None, Some((at, ..)), _) => Settled::Shown(Order::MonthFirst, at),
        (_, None, by_course) => by_course.unwrap_or(Settled::Open),
    }
}

/// The order in which all days of a column are of the course, where in the other one of them is not.
fn by_course(
    pairs: impl Iterator<Item = (Address, Option<Day>, Option<Day>)>,
    (first, last): (Day, Day),
) -> Option<Settled> {
    let is_outside = |day: Option<Day>| day.filter(|day| !(first..=last).contains(day));
    let (mut against_day_first, mut against_month_first) = (None, None);
    for (at, day_first, month_first) in pairs {
        against_day_first = against_day_first.or(is_outside(day_first).map(|day| (at, day)));
        against_month_first = against_month_first.or(is_outside(month_first).map(|day| (at, day)));
    }
    match (against_day_first, against_month_first) {
        (None, Some((at, day))) => Some(Settled::ByCourse(Order::DayFirst, at, day)),
        (Some((at, day)), None) => Some(Settled::ByCourse(Order::MonthFirst, at, day)),
        _ => None,
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
            Self::Sure(day) | Self::Cell(day) | Self::OfCourse(day) => return Ok(day),
            Self::Either(day_first, month_first) => (day_first, month_first),
        };
        if let (Some(day), true) = (day_first, day_first == month_first) {
            return Ok(day);
        }
        let order = match (settled, day_first, month_first) {
            (Settled::Said(order) | Settled::Shown(order, _) | Settled::ByCourse(order, ..), ..) => *order,
            (_, Some(one), Some(other)) => return Err(format!("it could be {one} or {other}")),
            // What can be one day alone is that day, and asked about where it is written as elsewhere.
            (Settled::Both(..) | Settled::NotNeeded | Settled::Open, ..) => Order::DayFirst,
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

/// What to write where a day is not clear.
const IN_FULL: &str = "write it as 7 October 2025";

/// Whether digits begin with a zero: a spreadsheet's count of days has none, and neither has `20251007`.
fn is_padded(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The weekday of a day, in words.
pub(super) fn weekday_word(day: Day) -> &'static str {
    WEEKDAYS[day.weekday()]
}

fn written(text: &str, course: Option<CourseDays>, is_1904: bool) -> Result<Written, String> {
    let number = text.trim().parse::<f64>().ok().filter(|_| text.trim().bytes().all(|byte| byte.is_ascii_digit()));
    if let Some(day) = number.and_then(|number| of_number(number, is_1904)) {
        return Ok(Written::Sure(day));
    }
    if let (Some([one, other]), Some(course)) = (day_and_month(text), course) {
        let of = |day, month| match of_course(text, (month, day, None), Some(course)) {
            Ok(Written::OfCourse(day)) => Some(day),
            _ => None,
        };
        return match (of(one, other), of(other, one)) {
            // Whoever writes the day first does not mean the other day, only because this one is no day of the course.
            (None, month_first) if month_first.is_none() || other <= 12 => {
                let CourseDays { starts, ends, .. } = course;
                Err(format!("\"{}\" is no day of the course ({starts} to {ends})", visible(text)))
            }
            (day_first, month_first) => Ok(Written::Either(day_first, month_first)),
        };
    }
    match WrittenDay::read(text)? {
        WrittenDay::Sure(day) => Ok(Written::Sure(day)),
        WrittenDay::Either { day_first, month_first } => Ok(Written::Either(day_first, month_first)),
        WrittenDay::Yearless { month, day, weekday } => of_course(text, (month, day, weekday), course),
    }
}

/// The numbers of `7/10` and `07.10.`, the day and the month in one order or the other.
fn day_and_month(text: &str) -> Option<[u32; 2]> {
    let (one, other) = text.trim_end_matches('.').split_once(['/', '.'])?;
    let number = |part: &str| {
        let is_number = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u32>().ok().filter(|number| is_number && (1..=31).contains(number))
    };
    Some([number(one)?, number(other)?])
}

/// The day of a course that is written without a year, where only one can be meant.
fn of_course(
    text: &str,
    (month, day, weekday): (u32, u32, Option<usize>),
    course: Option<CourseDays>,
) -> Result<Written, String> {
    let shown = visible(text);
    let Some(CourseDays { starts: first, ends: last, .. }) = course else {
        return Err(format!("\"{shown}\" does not say of which year"));
    };
    let days = (first.year()..=last.year()).filter_map(|year| Day::new(year, month, day));
    let is_meant = |day: &Day| (first..=last).contains(day) && weekday.is_none_or(|weekday| day.weekday() == weekday);
    let days: Vec<Day> = days.filter(is_meant).collect();
    match days.as_slice() {
        [day] => Ok(Written::OfCourse(*day)),
        [] => {
            Err(format!("\"{shown}\" does not say of which year, and the course ({first} to {last}) has no such day"))
        }
        [one, other, ..] => Err(format!("\"{shown}\" does not say of which year: it could be {one} or {other}")),
    }
}

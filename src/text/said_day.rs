//! Days as somebody says them to the program: written, in whatever way, or by where they lie from today.

use super::visible;
use super::written_day::{WrittenDay, name_in};
use crate::calendar::{Day, WEEKDAYS};

/// A day as it was said. Which one it is depends on today, and where no year is said, on what it is about: see
/// [`SaidDay::happened`] and [`SaidDay::any`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaidDay {
    /// This day.
    On(Day),
    /// So many days after today.
    FromToday(i8),
    /// A day of the week, by its position among [`WEEKDAYS`]: `Tuesday`.
    Weekday(usize),
    /// The last such day before today: `last Tuesday`.
    LastWeekday(usize),
    /// A day of some year.
    Yearless {
        /// The month, 1 to 12.
        month: u32,
        /// The day of the month.
        day: u32,
        /// The position of the day of the week, where that is said too.
        weekday: Option<usize>,
    },
}

/// What a day is about that is said short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayContext {
    /// Today.
    pub today: Day,
    /// The last day of which somebody can say what happened: today, or a later one.
    pub latest: Day,
    /// The first and the last day that can be meant, such as those of a course, where they are known.
    pub span: Option<(Day, Day)>,
}

/// What is wrong with a text that is no day, and what can be written instead.
pub(crate) const NO_DAY: &str =
    "it is no day; write 31 January 2026, 31/1/26, 2026-01-31, 31 Jan, yesterday or last Tuesday";

/// What to do about a day that could be two.
pub const WRITE_IN_FULL: &str = "write it in full, such as 31 January 2026";

/// How near a day without a year has to be, where another year could be meant too: a reading, four months.
const NEAR: i64 = 122;

/// How soon a day of next year is meant just as well as one of last year: a reading, two months.
const SOON: i64 = 60;

impl SaidDay {
    /// Reads a day. Of numbers alone the day comes first, then the month. The error says what is wrong, as a phrase that is
    /// safe to show.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Some(day) = Day::parse(text) {
            return Ok(Self::On(day));
        }
        if let Some(said) = Self::by_today(text)? {
            return Ok(said);
        }
        match WrittenDay::read(&with_year(text)) {
            Ok(WrittenDay::Sure(day)) => Ok(Self::On(day)),
            Ok(WrittenDay::Yearless { month, day, weekday }) => Ok(Self::Yearless { month, day, weekday }),
            Ok(WrittenDay::Either { day_first: Some(day), .. }) => match year_of(text) {
                Some(_) => Ok(Self::On(day)),
                None => Ok(Self::Yearless { month: day.month(), day: day.day_of_month(), weekday: None }),
            },
            Ok(WrittenDay::Either { day_first: None, month_first }) => {
                let meant = month_first.map(|day| format!("; for {day} write {}", numbers(day))).unwrap_or_default();
                Err(format!("in \"{}\" the day comes first, and there is no such month{meant}", visible(text)))
            }
            Err(fault) if fault.contains("no day that can be read") => Err(NO_DAY.to_owned()),
            Err(fault) => Err(fault),
        }
    }

    /// A day that is said by where it lies from today.
    fn by_today(text: &str) -> Result<Option<Self>, String> {
        let words = text.to_lowercase();
        let words: Vec<&str> = words.split_whitespace().collect();
        Ok(Some(match words.as_slice() {
            ["today"] => Self::FromToday(0),
            ["yesterday"] => Self::FromToday(-1),
            ["tomorrow"] => Self::FromToday(1),
            [word] if weekday(word).is_some() => Self::Weekday(weekday(word).unwrap_or_default()),
            ["last", word] if weekday(word).is_some() => Self::LastWeekday(weekday(word).unwrap_or_default()),
            ["next" | "this", word] if weekday(word).is_some() => {
                return Err(format!("\"{}\" can mean two days; write the date", visible(text)));
            }
            _ => return Ok(None),
        }))
    }

    /// The day, where something happened on it: the last one that can be meant. The error says what is wrong, as a phrase
    /// that is safe to show. A day that is still to come is given as it is, for the reader to refuse.
    pub fn happened(self, context: &DayContext) -> Result<Day, String> {
        match self {
            Self::Weekday(weekday) => Ok(last(weekday, context.today)),
            Self::Yearless { .. } => {
                let all = self.candidates(context);
                let past = all.iter().copied().filter(|day| *day <= context.latest).max();
                let day = past.or_else(|| all.first().copied()).ok_or_else(|| outside(context))?;
                self.must_be_sure(day, context)?;
                self.on_weekday(day)
            }
            _ => self.any(context),
        }
    }

    /// The day, whether it is past or still to come. The error says that it could be two, as a phrase that is safe to
    /// show.
    pub fn any(self, context: &DayContext) -> Result<Day, String> {
        let DayContext { today, .. } = *context;
        match self {
            Self::On(day) => Ok(day),
            Self::FromToday(days) => Ok(today.plus_days(days.into())),
            Self::LastWeekday(weekday) => Ok(last(weekday, today.plus_days(-1))),
            Self::Weekday(weekday) => {
                let (past, next) = (last(weekday, today), last(weekday, today.plus_days(7)));
                Err(format!("it could be {past} or {next}"))
            }
            Self::Yearless { .. } => {
                let mut all = self.candidates(context);
                all.sort_by_key(|day| today.days_to(*day).abs());
                match all.as_slice() {
                    [] => Err(outside(context)),
                    [only] => self.on_weekday(*only),
                    [near, ..] if today.days_to(*near).abs() <= NEAR => self.on_weekday(*near),
                    [near, other, ..] => {
                        let (first, last) = (near.min(other), near.max(other));
                        Err(format!("it could be {first} or {last}"))
                    }
                }
            }
        }
    }

    /// The day, where it is one of some: without a year the only one of them that can be meant, or else as
    /// [`SaidDay::any`].
    pub fn one_of(self, days: &[Day], context: &DayContext) -> Result<Day, String> {
        let Self::Yearless { month, day, .. } = self else { return self.any(context) };
        let fitting: Vec<_> = days.iter().filter(|one| (one.month(), one.day_of_month()) == (month, day)).collect();
        if let [only] = fitting.as_slice() { self.on_weekday(**only) } else { self.any(context) }
    }

    /// The day, where it is a deadline that is set on another one: without a year the first such day from then on. The error
    /// says that it is said by where it lies from today, as a phrase that is safe to show.
    pub fn due(self, set: Day) -> Result<Day, String> {
        match self {
            Self::On(day) => Ok(day),
            Self::Yearless { month, day, .. } => {
                // The next 29 February is up to eight years away.
                let years = set.year()..=set.year() + 8;
                let first = years.filter_map(|year| Day::new(year, month, day)).find(|day| *day >= set);
                first.ok_or_else(|| "there is no such day".to_owned()).and_then(|day| self.on_weekday(day))
            }
            _ => Err("the day is needed, such as 31 January".to_owned()),
        }
    }

    /// The day, where it is the last one of something: without a year the first such day from the one on which it `begins`,
    /// where that is known. The error says what is wrong, as a phrase that is safe to show.
    pub fn ends(self, begins: Option<Day>, context: &DayContext) -> Result<Day, String> {
        match (self, begins) {
            (Self::Yearless { .. }, Some(begins)) => self.due(begins),
            _ => self.any(context),
        }
    }

    /// The last day of something that is valid until then, from the day on which it `begins`, where that is known. Without
    /// a year, a day that is past is an error: most mean the next one. It names both, as a phrase that is safe to show.
    pub fn expires(self, begins: Option<Day>, context: &DayContext) -> Result<Day, String> {
        let day = self.ends(begins, context)?;
        match self {
            Self::Yearless { .. } if day < context.today => {
                Err(format!("it could be {day}, which is past, or {}", self.due(context.today)?))
            }
            _ => Ok(day),
        }
    }

    /// An error where no year was said and a day that is long past is taken, while the same day of another year is to
    /// come soon: whoever means the meeting in a fortnight does not mean that of last year. It names both, as a phrase
    /// that is safe to show.
    pub fn must_be_sure(self, taken: Day, context: &DayContext) -> Result<(), String> {
        let Self::Yearless { month, day, .. } = self else { return Ok(()) };
        let is_soon = |other: &Day| *other > context.latest && context.today.days_to(*other) <= SOON;
        let years = [context.today.year(), context.today.year() + 1];
        let soon = years.into_iter().filter_map(|year| Day::new(year, month, day)).find(is_soon);
        match soon {
            Some(soon) if taken.days_to(context.today) > NEAR => {
                Err(format!("it could be {taken}, or {soon}, which is still to come"))
            }
            _ => Ok(()),
        }
    }

    /// The days of this month and day that can be meant, the first first.
    fn candidates(self, context: &DayContext) -> Vec<Day> {
        let Self::Yearless { month, day, .. } = self else { return Vec::new() };
        let around = (context.today.plus_days(-366), context.today.plus_days(366));
        let (first, last) = context.span.unwrap_or(around);
        let days = (first.year()..=last.year()).filter_map(|year| Day::new(year, month, day));
        days.filter(|day| first <= *day && *day <= last).collect()
    }

    /// The day that is meant, where it is on the weekday that is said.
    fn on_weekday(self, meant: Day) -> Result<Day, String> {
        let is_on = |named: usize| meant.weekday() == named;
        match self {
            Self::Yearless { weekday: Some(named), .. } if !is_on(named) => {
                Err(format!("{meant} is a {}", WEEKDAYS[meant.weekday()]))
            }
            _ => Ok(meant),
        }
    }
}

/// Why a day without a year is none.
fn outside(context: &DayContext) -> String {
    match context.span {
        Some((first, last)) => format!("there is no such day between {first} and {last}"),
        None => "there is no such day within a year".to_owned(),
    }
}

impl From<Day> for SaidDay {
    fn from(day: Day) -> Self {
        Self::On(day)
    }
}

impl DayContext {
    /// Of something that is about no course.
    pub fn of_today(today: Day) -> Self {
        Self { today, latest: today, span: None }
    }
}

/// The last day of the week up to a day.
fn last(weekday: usize, until: Day) -> Day {
    let back = (7 + until.weekday() - weekday) % 7;
    until.plus_days(-i64::try_from(back).unwrap_or_default())
}

fn weekday(word: &str) -> Option<usize> {
    name_in(&WEEKDAYS, word)
}

/// `12/10` with a year, so that it can be read; every other text as it is. A leap year has every day that any year has.
fn with_year(text: &str) -> String {
    if year_of(text).is_none() && numbers_of(text).len() == 2 { format!("{text}/2000") } else { text.to_owned() }
}

/// The year in a date of numbers alone.
fn year_of(text: &str) -> Option<&str> {
    numbers_of(text).get(2).copied()
}

/// The numbers of a text that has nothing else than those, with a mark between them.
fn numbers_of(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text.split(['/', '.', '-']).collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.iter().all(is_number) { parts } else { Vec::new() }
}

/// `31/12/2026`.
fn numbers(day: Day) -> String {
    format!("{}/{}/{}", day.day_of_month(), day.month(), day.year())
}

/// What is written as an ISO date as people read it, and anything else safe to show.
pub fn date_in_words(written: &str) -> String {
    Day::parse(written).map_or_else(|| visible(written), |day| day.to_string())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "the dates of a test are written in it")]
mod tests {
    use super::*;

    /// Monday, 30 November 2026; a course of a year with its limit.
    fn context() -> DayContext {
        let day = |text| Day::parse(text).unwrap();
        DayContext {
            today: day("2026-11-30"),
            latest: day("2026-11-30"),
            span: Some((day("2026-03-26"), day("2028-07-10"))),
        }
    }

    fn any(text: &str) -> Result<String, String> {
        SaidDay::read(text).and_then(|said| said.any(&context())).map(Day::iso)
    }

    fn happened(text: &str) -> Result<String, String> {
        SaidDay::read(text).and_then(|said| said.happened(&context())).map(Day::iso)
    }

    #[test]
    fn days_with_their_year() {
        for text in [
            "2026-12-12",
            " 12 December 2026 ",
            "12 Dec 2026",
            "12th of December 26",
            "Sat 12 Dec 2026",
            "12/12/26",
            "12.12.2026",
            "12-12-2026",
            "December 12, 2026",
        ] {
            assert_eq!(any(text).as_deref(), Ok("2026-12-12"), "{text}");
            assert_eq!(happened(text).as_deref(), Ok("2026-12-12"), "{text}");
        }
        // What the program prints.
        for day in [Day::first(), Day::new(2026, 1, 31).unwrap()].into_iter().filter(|day| day.year() > 1950) {
            assert_eq!(any(&day.to_string()), Ok(day.iso()));
            assert_eq!(any(&day.iso()), Ok(day.iso()));
        }
        assert_eq!(any("3/4/26").as_deref(), Ok("2026-04-03"), "always day first");
        assert_eq!(
            any("12/31/26").unwrap_err(),
            "in \"12/31/26\" the day comes first, and there is no such month; for 31 December 2026 write 31/12/2026"
        );
        assert!(any("31/2/26").unwrap_err().contains("there is no day"));
        assert!(any("Monday 12 Dec 2026").unwrap_err().contains("12 December 2026 was no Monday"));
        assert!(any("12/12/76").unwrap_err().contains("1976 or 2076"));
        assert!(any("soon").unwrap_err().starts_with("it is no day; write 31 January 2026"));
        assert!(any("").is_err() && any("12").is_err() && any("45936").is_err());
    }

    #[test]
    fn days_by_where_they_lie_from_today() {
        let days = ["today", "yesterday", "Tomorrow", "last Tuesday", "last mon"].map(|text| any(text).unwrap());
        assert_eq!(days, ["2026-11-30", "2026-11-29", "2026-12-01", "2026-11-24", "2026-11-23"]);
        assert_eq!(
            [happened("Tuesday"), happened("Monday")],
            ["2026-11-24", "2026-11-30"].map(|day| Ok(day.to_owned()))
        );
        assert_eq!(any("Tuesday").unwrap_err(), "it could be 24 November 2026 or 1 December 2026");
        assert!(any("next Tuesday").unwrap_err().contains("can mean two days"));
    }

    #[test]
    fn days_without_a_year() {
        assert_eq!(any("12 Dec").as_deref(), Ok("2026-12-12"), "the nearest");
        assert_eq!(any("12/12").as_deref(), Ok("2026-12-12"));
        assert_eq!(any("1 Nov").as_deref(), Ok("2026-11-01"));
        assert_eq!(happened("1 Nov").as_deref(), Ok("2026-11-01"));
        assert_eq!(happened("30 Nov").as_deref(), Ok("2026-11-30"), "today");
        // None in the course has come: the reader says that it is still to come.
        assert_eq!(happened("1 Dec").as_deref(), Ok("2026-12-01"));
        assert_eq!(any("1 June").unwrap_err(), "it could be 1 June 2026 or 1 June 2027");
        assert_eq!(happened("1 June").as_deref(), Ok("2026-06-01"));
        assert_eq!(any("29 Feb").as_deref(), Ok("2028-02-29"), "the only one in the course");
        assert_eq!(any("Sun 13 Dec").as_deref(), Ok("2026-12-13"));
        assert_eq!(any("Mon 13 Dec").unwrap_err(), "13 December 2026 is a Sunday");
    }

    #[test]
    fn a_day_without_a_year_is_the_only_one_of_some() {
        let day = |text: &&str| Day::parse(text).unwrap();
        let of = |text: &str, days: &[&str]| {
            let days: Vec<_> = days.iter().map(day).collect();
            SaidDay::read(text).and_then(|said| said.one_of(&days, &context())).map(Day::iso)
        };
        assert!(of("13 June", &[]).is_err());
        assert_eq!(of("13 June", &["2027-06-13", "2027-01-31"]).as_deref(), Ok("2027-06-13"));
        assert!(of("13 June", &["2026-06-13", "2027-06-13"]).unwrap_err().contains("could be"));
        assert_eq!(of("Mon 13 June", &["2027-06-13"]).unwrap_err(), "13 June 2027 is a Sunday");
        assert_eq!(of("13 June 2026", &["2027-06-13"]).as_deref(), Ok("2026-06-13"));
    }

    #[test]
    fn a_deadline_lies_after_the_day_on_which_it_is_set() {
        let due = |text: &str, set: &str| {
            SaidDay::read(text).and_then(|said| said.due(Day::parse(set).unwrap())).map(Day::iso)
        };
        assert_eq!(due("31 January", "2026-01-31").as_deref(), Ok("2026-01-31"));
        assert_eq!(due("31 January", "2026-02-01").as_deref(), Ok("2027-01-31"));
        assert_eq!(due("29 Feb", "2096-03-01").as_deref(), Ok("2104-02-29"));
        assert_eq!(due("31 January 2025", "2026-02-01").as_deref(), Ok("2025-01-31"), "with its year");
        assert_eq!(due("Mon 31 January", "2026-02-01").unwrap_err(), "31 January 2027 is a Sunday");
        assert!(due("tomorrow", "2026-02-01").is_err() && due("Tuesday", "2026-02-01").is_err());
    }

    #[test]
    fn a_last_day_is_the_first_such_day_after_the_beginning() {
        let day = |text: &str| Day::parse(text).unwrap();
        let ends = |text: &str, begins: Option<&str>| {
            SaidDay::read(text).and_then(|said| said.ends(begins.map(day), &context())).map(Day::iso)
        };
        assert_eq!(ends("31 Aug", Some("2026-09-01")).as_deref(), Ok("2027-08-31"));
        assert_eq!(ends("1 Sept", Some("2026-09-01")).as_deref(), Ok("2026-09-01"), "it lasts a day");
        assert_eq!(ends("2 Sept", Some("2026-09-01")).as_deref(), Ok("2026-09-02"));
        assert_eq!(ends("31 Aug 2026", Some("2026-09-01")).as_deref(), Ok("2026-08-31"), "with its year");
        assert_eq!(ends("12 Dec", None).as_deref(), Ok("2026-12-12"));
    }

    #[test]
    fn what_is_valid_is_not_taken_for_what_has_expired() {
        let expires = |text: &str, begins: Option<Day>| {
            SaidDay::read(text).and_then(|said| said.expires(begins, &context())).map(Day::iso)
        };
        let past = "it could be 29 November 2026, which is past, or 29 November 2027";
        assert_eq!(expires("29 Nov", None).unwrap_err(), past);
        assert_eq!(expires("29 Nov", Day::new(2026, 1, 1)).unwrap_err(), past);
        assert_eq!(expires("30 Nov", None).as_deref(), Ok("2026-11-30"), "today");
        assert_eq!(expires("1 Dec", None).as_deref(), Ok("2026-12-01"));
        assert_eq!(expires("29 Nov", Day::new(2026, 11, 30)).as_deref(), Ok("2027-11-29"));
        assert_eq!(expires("29 Nov 2026", None).as_deref(), Ok("2026-11-29"), "with its year");
    }

    #[test]
    fn a_day_long_past_is_not_taken_for_one_that_is_soon() {
        let today = DayContext::of_today(context().today);
        let happened = |text: &str| SaidDay::read(text).and_then(|said| said.happened(&today)).map(Day::iso);
        for (text, last, next) in
            [("1 Dec", "1 December 2025", "1 December 2026"), ("29 Jan", "29 January 2026", "29 January 2027")]
        {
            let wanted = format!("it could be {last}, or {next}, which is still to come");
            assert_eq!(happened(text), Err(wanted), "{text}");
        }
        assert_eq!(happened("30 Jan").as_deref(), Ok("2026-01-30"), "61 days to come");
        assert_eq!(happened("30 Nov").as_deref(), Ok("2026-11-30"), "today");
        assert_eq!(happened("1 Dec 2025").as_deref(), Ok("2025-12-01"), "with its year");
        // The course lies in the past, and a day to come is none of it: who says it can mean that all the same.
        let past = DayContext { span: Some((Day::parse("2025-09-01").unwrap(), today.today)), ..today };
        assert!(SaidDay::read("12 Dec").unwrap().happened(&past).is_err());
    }

    #[test]
    fn the_first_and_the_last_day_of_the_course_are_in_it() {
        let context = |first, last| DayContext {
            span: Some((Day::parse(first).unwrap(), Day::parse(last).unwrap())),
            ..context()
        };
        let said = SaidDay::read("12 Dec").unwrap();
        let of = |first, last| said.any(&context(first, last)).map(Day::iso);
        assert_eq!(of("2024-12-12", "2025-12-11").as_deref(), Ok("2024-12-12"));
        assert_eq!(of("2024-12-13", "2025-12-12").as_deref(), Ok("2025-12-12"));
        assert!(of("2024-12-13", "2025-12-11").unwrap_err().contains("between 13 December 2024 and 11 December 2025"));
    }
}

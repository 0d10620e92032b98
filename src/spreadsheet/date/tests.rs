//! Days as a column of somebody's table says them.

use proptest::prelude::*;

use super::super::{Address, CourseDays, Order, Value};
use super::{Days, Settled, day_and_month, days_of};
use crate::calendar::{Day, MONTHS};

fn days(texts: &[&str], said: Option<Order>) -> Days {
    let values: Vec<_> = texts.iter().map(|text| Value::text(text)).collect();
    days_of_values(&values, said, false)
}

fn days_of_values(values: &[Value], said: Option<Order>, is_1904: bool) -> Days {
    let cells: Vec<_> = values.iter().zip(2..).map(|(value, row)| (Address { row, column: 0 }, value)).collect();
    days_of(&cells, said, None, is_1904)
}

fn one(text: &str) -> Result<String, String> {
    days(&[text], None).each.remove(0).expect("it is not empty").map(Day::iso)
}

#[test]
fn a_day_in_every_form() {
    for text in [
        "2025-10-07",
        "2025/10/07",
        "2025-10-07T00:00:00",
        "2025-10-07 00:00:00",
        "20251007",
        "7 Oct 25",
        "7 Oct 2025",
        "7 October 2025",
        "07-Oct-2025",
        "7th October 2025",
        "7th of October, 2025",
        "October 7, 2025",
        "Oct 7th 2025",
        "Tue 7 Oct 2025",
        "Tuesday, 7 October 2025",
        "7.OCT.25",
        "45937",
        "Tue 07/10/2025",
        "7 Oct '25",
        "7 Oct ’25",
        "07/10/2025 (Tues)",
        "7 October 2025, Tuesday",
        "7 October 2025 at 7.30pm",
        "7 October 2025, 7.30 p.m.",
        "7 October 2025 19.30",
        "Tue 7 Oct 2025 @ 19:30",
        "2025-10-07T19:30:00+01:00",
        "2025-10-07T19:30Z",
        "2025-10-07 22:59",
    ] {
        assert_eq!(one(text).as_deref(), Ok("2025-10-07"), "{text}");
    }
    assert_eq!(one("10/10/2025").as_deref(), Ok("2025-10-10"));
    assert_eq!(one("21.10.25").as_deref(), Ok("2025-10-21"));
    assert_eq!(one("29/02/2024").as_deref(), Ok("2024-02-29"));
    assert_eq!(one("1 Sept 2025").as_deref(), Ok("2025-09-01"));
}

#[test]
fn what_is_no_day_is_named() {
    for (text, why) in [
        ("07/10/2025", "it could be 7 October 2025 or 10 July 2025"),
        ("31/04/2025", "there is no day \"31/04/2025\""),
        ("29/02/2025", "there is no day \"29/02/2025\""),
        ("32/01/2025", "there is no day \"32/01/2025\""),
        ("31 June 2025", "there is no day \"31 June 2025\""),
        ("Wed 7 Oct 2025", "7 October 2025 was no Wednesday"),
        ("Sat 07/10/2025", "\"Sat 07/10/2025\" is no Saturday"),
        ("7 October", "\"7 October\" does not say of which year"),
        ("7 Oct 98", "\"7 Oct 98\" could be of 1998 or 2098; write the year in full"),
        ("7/10/50", "\"7/10/50\" could be of 1950 or 2050; write the year in full"),
        ("7 Oct 205", "\"7 Oct 205\" is no day that can be read, such as 7 October 2025"),
        ("7 Oct 0025", "there is no day \"7 Oct 0025\""),
        ("autumn", "\"autumn\" is no day that can be read, such as 7 October 2025"),
        ("0", "\"0\" is no day that can be read, such as 7 October 2025"),
        ("12", "\"12\" is no day that can be read, such as 7 October 2025"),
        ("7 Oct 2025 12:", "\"7 Oct 2025 12:\" is no day that can be read, such as 7 October 2025"),
        ("7 Oct 2025 12:x0", "\"7 Oct 2025 12:x0\" is no day that can be read, such as 7 October 2025"),
        ("1/2/3/2025", "\"1/2/3/2025\" is no day that can be read, such as 7 October 2025"),
    ] {
        assert_eq!(one(text).unwrap_err(), why, "{text}");
    }
}

#[test]
fn the_column_settles_what_comes_first() {
    let read = days(&["03/04/2025", "", "21/04/2025"], None);
    assert_eq!(read.settled, Settled::Shown(Order::DayFirst, Address { row: 4, column: 0 }));
    assert_eq!(read.each[0], Some(Ok(Day::new(2025, 4, 3).unwrap())));
    assert_eq!(read.each[1], None);
    let read = days(&["03/04/2025", "04/21/2025"], None);
    assert_eq!(read.each[0], Some(Ok(Day::new(2025, 3, 4).unwrap())));
    // A weekday shows it too: 3 April 2025 was a Thursday.
    let read = days(&["03/04/2025", "Thu 10/04/2025"], None);
    assert_eq!(read.each[0], Some(Ok(Day::new(2025, 4, 3).unwrap())));
    // A date the other way is asked about, and so is what can be both; what can be one day alone is not.
    let read = days(&["03/04/2025", "04/21/2025", "21/04/2025", "27.10.2025"], None);
    let day = |month, day| Some(Ok(Day::new(2025, month, day).unwrap()));
    let either = Some(Err("it could be 3 April 2025 or 4 March 2025".to_owned()));
    let other = Some(Err("it can only be 21 April 2025, which is not day first".to_owned()));
    assert_eq!(read.each, [either, other, day(4, 21), day(10, 27)]);
    let at = |row| Address { row, column: 0 };
    assert_eq!(read.settled, Settled::Both(at(4), at(3)));
    // What is said is not overruled, and what cannot be read so is an error.
    let read = days(&["03/04/2025", "04/21/2025"], Some(Order::DayFirst));
    assert_eq!(read.each[0], Some(Ok(Day::new(2025, 4, 3).unwrap())));
    assert_eq!(read.each[1], Some(Err("it can only be 21 April 2025, which is not day first".to_owned())));
    assert_eq!(days(&["10/10/2025", "7 Oct 2025"], None).settled, Settled::NotNeeded);
}

#[test]
fn midnight_in_summer_time_is_not_the_day_before() {
    for text in [
        "2025-10-05T23:00:00.000Z",
        "2025-10-05 23:59:59",
        "5 Oct 2025 23:00",
        "2025-10-05T24:00",
        "2025-10-05T23:30:00+01:00",
        "05/10/2025 25:61",
        "13/10/2025 12:60",
        "13 Oct 2025 11pm",
        "13 Oct 2025 at 23.15",
        "13 Oct 2025 13pm",
    ] {
        let read = days(&[text], None);
        assert!(read.each[0].as_ref().unwrap().is_err(), "{text}");
    }
    let minute = 1.0 / 1440.0;
    for (fraction, is_clear) in
        [(0.0, true), (0.77, true), (23.0 / 24.0 - minute, true), (0.958_333_33, false), (0.9999, false)]
    {
        let read = days_of_values(&[Value::Days(45_935.0 + fraction)], None, false);
        assert_eq!(read.each[0].as_ref().unwrap().is_ok(), is_clear, "{fraction}");
        assert_eq!(read.with_time.len(), usize::from(fraction > 0.0));
        // A number that nobody has shown as a date is the same.
        let read = days_of_values(&[Value::Number(45_935.0 + fraction)], None, false);
        assert_eq!(read.each[0].as_ref().unwrap().is_ok(), is_clear, "{fraction}");
        assert_eq!(read.with_time.len(), usize::from(fraction > 0.0));
    }
}

#[test]
fn digits_with_a_zero_before_them_are_no_serial() {
    for text in ["041025", "0041025", "07102025", "045937"] {
        let why = one(text).unwrap_err();
        assert!(why.contains("does not show where the day, the month and the year begin"), "{text}: {why}");
    }
}

#[test]
fn real_dates_among_text_may_have_been_exchanged() {
    let cell = |year, month, day| {
        let day = Day::new(year, month, day).unwrap();
        Value::Days(f64::from(i32::try_from(Day::new(1899, 12, 30).unwrap().days_to(day)).unwrap()))
    };
    let values = [cell(2025, 4, 3), Value::text("21/04/2025")];
    let read = days_of_values(&values, None, false);
    assert!(read.each[0].as_ref().unwrap().as_ref().unwrap_err().contains("exchanged"), "{read:?}");
    assert!(days_of_values(&values, Some(Order::DayFirst), false).each[0].as_ref().unwrap().is_ok());
    // Up to the twelfth it can have been a month.
    for (of_month, is_clear) in [(11, false), (12, false), (13, true)] {
        let read = days_of_values(&[cell(2025, 4, of_month), Value::text("21/04/2025")], None, false);
        assert_eq!(read.each[0].as_ref().unwrap().is_ok(), is_clear, "{of_month}");
    }
    let read = days_of_values(&[cell(2025, 4, 3), cell(2025, 4, 23), Value::text("21/04/2025")], None, false);
    assert!(read.each.iter().flatten().all(Result::is_ok), "{read:?}");
    let read = days_of_values(&[Value::Days(45_937.0 - 1462.0 + 0.5)], None, true);
    assert_eq!(read.each[0], Some(Ok(Day::new(2025, 10, 7).unwrap())));
    assert_eq!(read.with_time.len(), 1);
}

#[test]
fn a_count_of_days_is_told_from_a_day_in_digits() {
    let counted = Address { row: 2, column: 0 };
    for values in [[Value::Number(45_937.0), Value::Number(20_251_007.0)], ["45937", "20251007"].map(Value::text)] {
        let read = days_of_values(&values, None, false);
        assert_eq!(read.each, [(); 2].map(|()| Some(Ok(Day::new(2025, 10, 7).unwrap()))));
        assert_eq!(read.serials, [counted]);
    }
    for no_count in [Value::Number(1e5), Value::text("100000")] {
        assert_eq!(days_of_values(&[no_count], None, false).serials, []);
    }
    assert_eq!(days_of_values(&[Value::Is(true)], None, false).each, [Some(Err("yes is no day".to_owned()))]);
}

#[test]
fn the_course_settles_which_part_of_a_date_comes_first() {
    let day = |year, month, day| Day::new(year, month, day).unwrap();
    let course = Some(CourseDays { starts: day(2026, 9, 26), ends: day(2027, 7, 10), limit: day(2029, 7, 10) });
    let of_course = |texts: &[&str], course| {
        let values: Vec<_> = texts.iter().map(|text| Value::text(text)).collect();
        let cells: Vec<_> = values.iter().zip(2..).map(|(value, row)| (Address { row, column: 0 }, value)).collect();
        days_of(&cells, None, course, false)
    };
    let of = |texts: &[&str]| of_course(texts, course);
    let read = of(&["05/10/2026", "12/10/2026"]);
    assert_eq!(read.each[0], Some(Ok(Day::new(2026, 10, 5).unwrap())));
    let at = Address { row: 2, column: 0 };
    assert_eq!(read.settled, Settled::ByCourse(Order::DayFirst, at, Day::new(2026, 5, 10).unwrap()));
    let read = of(&["05/10/2026", "09/10/2026", "10/05/2026"]);
    assert_eq!(read.settled, Settled::Open);
    let at = Address { row: 2, column: 0 };
    assert_eq!(of(&["10/05/2026"]).settled, Settled::ByCourse(Order::MonthFirst, at, day(2026, 5, 10)));
    // Where both are of the course, or neither is, it settles nothing.
    assert_eq!(of(&["05/10/2027"]).settled, Settled::Open);
    assert_eq!(of(&["05/10/2025"]).settled, Settled::Open);
    // A year that nobody wrote is that of the course.
    let read = of(&["20th Oct", "Tue 6 April", "14 Oct 2026"]);
    assert_eq!(read.each, [day(2026, 10, 20), day(2027, 4, 6), day(2026, 10, 14)].map(|day| Some(Ok(day))));
    assert_eq!(read.yearless.len(), 2);
    let read = of(&["7/10", "14.10.", "5/11"]);
    assert_eq!(read.each, [day(2026, 10, 7), day(2026, 10, 14), day(2026, 11, 5)].map(|day| Some(Ok(day))));
    assert_eq!(read.yearless.len(), 3);
    assert!(of(&["7/10"]).each[0].as_ref().unwrap().as_ref().unwrap_err().contains("it could be"));
    assert!(of(&["7/8"]).each[0].as_ref().unwrap().is_err());
    assert_eq!(of(&["10/20"]).each[0], Some(Ok(day(2026, 10, 20))));
    // The fifth of December is not meant as the twelfth of May, because it is no day of the course.
    let in_spring = Some(CourseDays { starts: day(2027, 1, 9), ends: day(2027, 7, 10), limit: day(2029, 7, 10) });
    for (text, is_read) in [("5/12", false), ("5/13", true)] {
        assert_eq!(of_course(&[text], in_spring).each[0].as_ref().unwrap().is_ok(), is_read, "{text}");
    }
    for (texts, why) in [
        (&["20 Aug"][..], "has no such day"),
        (&["Wed 20 Oct"], "has no such day"),
        (&["20 Oct", "6 Oct 2027"], "others are later than the course"),
    ] {
        assert!(of(texts).each[0].as_ref().unwrap().as_ref().unwrap_err().contains(why), "{texts:?}");
    }
    // What the column shows goes before it, but for one date the other way, which makes no other one a day of no course.
    assert!(matches!(of(&["05/11/2027", "10/21/2026"]).settled, Settled::Shown(Order::MonthFirst, _)));
    let read = of(&["05/10/2026", "12/31/2026"]);
    assert!(matches!(read.settled, Settled::ByCourse(Order::DayFirst, ..)), "{read:?}");
    assert_eq!(read.each[0], Some(Ok(day(2026, 10, 5))));
    assert!(read.each[1].as_ref().unwrap().is_err());
    let read = of(&["05/10/2026", "10/21/2026", "13/10/2026"]);
    assert!(matches!(read.settled, Settled::ByCourse(Order::DayFirst, ..)), "{read:?}");
}

#[test]
fn two_numbers_can_be_a_day_and_a_month() {
    for (text, numbers) in [
        ("7/10", Some([7, 10])),
        ("07.10.", Some([7, 10])),
        ("31/31", Some([31, 31])),
        ("32/10", None),
        ("0/10", None),
        ("7/0", None),
        ("007/10", None),
        ("+7/10", None),
        ("7/10/25", None),
        ("7-10", None),
        ("/10", None),
    ] {
        assert_eq!(day_and_month(text), numbers, "{text}");
    }
}

/// A day in one of the forms in which there is no doubt about it once the column is day first.
fn written(day: Day, form: usize) -> String {
    let (year, month, of_month) = (day.year(), day.month(), day.day_of_month());
    let name = MONTHS[month as usize - 1];
    match form {
        0 => day.iso(),
        1 => format!("{of_month:02}/{month:02}/{year}"),
        2 => format!("{of_month}.{month}.{:02}", year % 100),
        3 => format!("{of_month} {} {:02}", &name[..3], year % 100),
        4 => format!("{of_month} {name} {year}"),
        5 => format!("{name} {of_month}, {year}"),
        6 => format!("{}-{}-{year}", of_month, name[..3].to_uppercase()),
        7 => format!("{year}{month:02}{of_month:02}"),
        8 => format!("{of_month:02}/{month:02}/{year} 00:00"),
        _ => Day::new(1899, 12, 30).unwrap().days_to(day).to_string(),
    }
}

proptest! {
    #[test]
    fn a_day_of_a_clear_column_is_read_back(
        column in prop::collection::vec((0_i64..17_000, 0_usize..10), 1..12),
    ) {
        let start = Day::new(2001, 1, 1).unwrap();
        let meant: Vec<Day> = column.iter().map(|(days, _)| start.plus_days(*days)).collect();
        let mut texts: Vec<String> = meant.iter().zip(&column).map(|(day, (_, form))| written(*day, *form)).collect();
        texts.push("31/10/2025".to_owned());
        let read = days(&texts.iter().map(String::as_str).collect::<Vec<_>>(), None);
        for ((day, read), text) in meant.iter().zip(read.each).zip(&texts) {
            prop_assert_eq!(read, Some(Ok(*day)), "{}", text);
        }
    }

    #[test]
    fn a_doubtful_day_is_never_guessed(day in 1_u32..=12, month in 1_u32..=12) {
        prop_assume!(day != month);
        let text = format!("{day}/{month}/2025");
        prop_assert!(one(&text).is_err());
    }
}

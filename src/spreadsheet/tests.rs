//! Whole tables: the bytes in, entries and faults out.

use proptest::prelude::*;

use super::date::{Days, Settled, days_of};
use super::*;
use crate::calendar::{Day, MONTHS};
use crate::text::Text;

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
    // Both ways in one column settle nothing.
    let read = days(&["03/04/2025", "04/21/2025", "21/04/2025"], None);
    assert!(read.each.iter().flatten().all(Result::is_err), "{read:?}");
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
}

fn grid_of(bytes: &[u8], target: Target) -> Result<Grid, NotATable> {
    read(bytes, Sheets::First, target).map(|mut grids| grids.remove(0))
}

fn today() -> Day {
    Day::new(2026, 6, 1).expect("a day")
}

/// The rows of a table for a group, each as it is shown.
fn rows(csv: &str) -> Vec<String> {
    rows_into(csv, Target::Group, None)
}

fn rows_into(csv: &str, target: Target, minutes: Option<u16>) -> Vec<String> {
    let grid = grid_of(csv.as_bytes(), target).expect("a table");
    let columns = Columns::find(&grid, target, &[]).expect("headings");
    columns.must_be_clear().expect("known columns");
    let people = [(Text::new("mina-holt"), Some(Text::new("Mina Holt")))];
    let entries = Entries::read(
        &grid,
        &columns,
        Asked { order: None, course: None, minutes, today: today(), people: &people, supervisor: None },
    );
    let shown = |row: &EntryRow| match &row.says {
        Ok(said) => {
            let absent = said.absent.iter().flatten().map(|id| format!(" without {id}")).collect::<Vec<_>>().concat();
            let notes = said.notes.as_ref().map(|notes| format!(" \"{notes}\"")).unwrap_or_default();
            format!("{}{absent}{notes}", said.event(None).sentence())
        }
        Err(faults) => {
            faults.iter().map(|fault| format!("{}: {}", fault.at, fault.what)).collect::<Vec<_>>().join(" & ")
        }
    };
    entries.rows.iter().map(shown).collect()
}

#[test]
fn what_was_cancelled_is_said_in_many_ways() {
    let said = rows(
        "Date,Length,Present,Cancelled,Reason,Notes\n\
         7 Oct 2025,90,7,,,\n\
         14 Oct 2025,,,yes,conductor ill,\n\
         15 Oct 2025,,,Cancelled - snow,,\n\
         16 Oct 2025,90,,room closed,,\n\
         17 Oct 2025,cancelled,,,,\n\
         18 Oct 2025,,CANCELLED (strike),,,\n\
         19 Oct 2025,,,,,Cancelled: nobody told us\n\
         20 Oct 2025,90,0,no,,nobody came\n\
         21 Oct 2025,90,6,yes,,\n\
         22 Oct 2025,90,6,,,cancelled by three members\n\
         23 Oct 2025,90,6,no,ill,\n\
         24 Oct 2025,,,,,\n\
         ,90,7,,,\n\
         25 Oct 2025,0 min,0,yes,,\n\
         26 Oct 2025,0,0,,,\n",
    );
    let wanted = [
        "session of 7 October 2025, 90 minutes, 7 present",
        "session of 14 October 2025, cancelled (conductor ill)",
        "session of 15 October 2025, cancelled (snow)",
        "session of 16 October 2025, cancelled (room closed)",
        "session of 17 October 2025, cancelled (no reason recorded)",
        "session of 18 October 2025, cancelled (strike)",
        "session of 19 October 2025, cancelled (nobody told us)",
        "session of 20 October 2025, 90 minutes, 0 present \"nobody came\"",
        "C10: it was cancelled, and yet somebody was present",
        "F11: the notes say that it was cancelled, and the row says that it was held",
        "E12: there is a reason for cancelling, and the row says that it was held",
        "B13: the row says neither how long it lasted nor that it was cancelled; where all are as long, say it with \
         --minutes",
        "A14: there is no date in this row",
        "session of 25 October 2025, cancelled (no reason recorded)",
        "B16: \"0\" is no length of a session: one lasts between a minute and a day",
    ];
    assert_eq!(said, wanted);
}

#[test]
fn a_row_that_does_not_say_who_came_is_asked_about_where_others_do() {
    let doubts = |csv: &str, target: Target| -> Vec<String> {
        let grid = grid_of(csv.as_bytes(), target).expect("a table");
        let columns = Columns::find(&grid, target, &[]).expect("headings");
        let entries = Entries::read(
            &grid,
            &columns,
            Asked { order: None, course: None, minutes: None, today: today(), people: &[], supervisor: None },
        );
        assert_eq!(entries.faults().count(), 0, "{csv}");
        entries.rows.iter().filter_map(|row| Some(row.doubt.as_ref()?.at.to_string())).collect()
    };
    let of = |rows: &str| doubts(&format!("Date,Length,Present,Cancelled,Notes\n{rows}"), Target::Group);
    let rest = "14 Oct 2025,90,7,,late\n21 Oct 2025,90,,no,\n28 Oct 2025,90,8,,\n4 Nov 2025,,,yes,ill\n";
    assert_eq!(of(&format!("7 Oct 2025,90,,,only the two of us\n{rest}")), ["C2"]);
    assert_eq!(of(&format!("7 Oct 2025,90,,,\n{rest}")), ["C2"]);
    assert_eq!(of(&format!("7 Oct 2025,90,-,,\n{rest}")), ["C2"]);
    assert_eq!(of(&format!("7 Oct 2025,90,,no,only the two of us\n{rest}")), [""; 0]);
    // One number is enough to show that somebody counts.
    assert_eq!(of("7 Oct 2025,90,,,long\n14 Oct 2025,90,,,\n21 Oct 2025,90,7,,\n"), ["C2", "C3"]);
    // In a log that does not say it, there is nothing to ask.
    assert_eq!(of("7 Oct 2025,90,,,long\n14 Oct 2025,90,,,late\n21 Oct 2025,90,no group,,\n"), [""; 0]);
    let meetings = "Date,Length,Attended,Notes\n7 Oct 2025,60,yes,\n14 Oct 2025,60,,no answer at the door\n";
    assert_eq!(doubts(meetings, Target::Supervision), ["C3"]);
    // Nobody can have come yet.
    assert_eq!(of("1 Jun 2026,90,7,,\n2 Jun 2026,90,7,,\n9 Jun 2026,90,,,\n16 Jun 2026,,,yes,\n"), ["A3"]);
}

#[test]
fn how_decimals_are_read_is_said() {
    let remarks = |csv: &str, field: Option<Field>| {
        let grid = grid_of(csv.as_bytes(), Target::Group).expect("a table");
        let map: Vec<_> = field.map(|field| ("Hours".to_owned(), Some(field))).into_iter().collect();
        let columns = Columns::find(&grid, Target::Group, &map).expect("headings");
        Entries::read(
            &grid,
            &columns,
            Asked { order: None, course: None, minutes: None, today: today(), people: &[], supervisor: None },
        )
        .remarks
    };
    let table = "Date,Hours\n7 Oct 2025,1.75\n14 Oct 2025,1.30\n21 Oct 2025,1.5\n";
    let read = "Decimals in \"Hours\" (B) are read as parts of an hour, and not as minutes";
    assert_eq!(remarks(table, None), [format!("{read}: B2 can only be read so.")]);
    assert_eq!(remarks(table, Some(Field::HOURS)), [format!("{read}, as asked.")]);
    assert_eq!(remarks("Date,Hours\n7 Oct 2025,1.75\n14 Oct 2025,1.5\n", None), [""; 0]);
}

#[test]
fn what_may_be_cancelled_is_not_taken_for_cancelled() {
    for doubtful in ["cancelled?", "Cancelled TBC", "cancelled - or moved?"] {
        let said = rows(&format!(
            "Date,Length,Present,Cancelled,Notes\n7 Oct 2025,{doubtful},,,\n14 Oct 2025,,{doubtful},,\n\
             21 Oct 2025,,,{doubtful},\n28 Oct 2025,,,,{doubtful}\n"
        ));
        for (said, cell) in said.iter().zip(["B2", "C3", "D4", "E5"]) {
            let why = "does not say clearly whether it was cancelled; write yes or no in a column Cancelled";
            assert!(said.starts_with(&format!("{cell}: \"{doubtful}\" {why}")), "{said}");
        }
    }
}

#[test]
fn yes_below_held_is_not_taken_for_cancelled() {
    let said =
        rows("Date,Length,Held or cancelled\n7 Oct 2025,90,yes\n14 Oct 2025,90,held\n21 Oct 2025,,cancelled: ill\n");
    assert_eq!(
        said,
        [
            "C2: \"yes\" could mean held or cancelled; write one of these",
            "session of 14 October 2025, 90 minutes",
            "session of 21 October 2025, cancelled (ill)",
        ]
    );
}

#[test]
fn meetings_have_modes_and_supervisees() {
    let said = rows_into(
        "Date,Mode,Attended,Joint?\n9 Oct 2025,Zoom,yes,no\n16 Oct 2025,in person,DNA,\n23 Oct 2025,online,,x\n\
         30 Oct 2025,,cancelled: ill,\n6 Nov 2025,,cancelled?,\n",
        Target::Supervision,
        Some(60),
    );
    let wanted = [
        "meeting of 9 October 2025, 60 minutes, video",
        "meeting of 16 October 2025, 60 minutes, face-to-face without mina-holt",
        "B4: \"online\" is none of face-to-face, telephone and video",
        "meeting of 30 October 2025, cancelled (ill)",
        "C6: \"cancelled?\" does not say clearly whether it was cancelled; write yes or no in a column Cancelled",
    ];
    assert_eq!(said, wanted);
}

#[test]
fn names_of_people_are_not_repeated() {
    let said = rows(
        "Date,Length,Present,Absent\n7/10/2025,90,\"Ann, Bob\",\n21/10/2025,90,6,Ann\n21/10/2025,90,6,Mina Holt\n",
    );
    assert_eq!(said.len(), 3);
    // Who came is nobody's business; of an unknown conductor somebody has to know whom the cell names.
    assert!(!said[0].contains("Ann"), "{said:?}");
    assert_eq!(said[1], "D3: somebody here is not of the log, by id or by name; the log names Mina Holt (mina-holt)");
    assert_eq!(said[2], "session of 21 October 2025, 90 minutes, 6 present without mina-holt");
}

#[test]
fn a_row_that_holds_only_what_is_passed_over_is_passed_over() {
    let grid = grid_of(b"Week,Date,Mins\n1,7 Oct 2025,90\n2,,\n", Target::Group).unwrap();
    let columns = Columns::find(&grid, Target::Group, &[("Week".to_owned(), None)]).unwrap();
    let entries = Entries::read(
        &grid,
        &columns,
        Asked { order: None, course: None, minutes: None, today: today(), people: &[], supervisor: None },
    );
    assert_eq!(entries.rows.len(), 1);
}

#[test]
fn a_name_stands_in_one_place() {
    let grid = grid_of(b"Name,Surname\nMina,Holt\n", Target::Students).unwrap();
    let columns = Columns::find(&grid, Target::Students, &[]).unwrap();
    assert!(matches!(columns.must_be_clear(), Err(NoColumns::Twice(Field::NAME, _))));
}

#[test]
fn a_day_comes_once() {
    let said = rows("Date,Length\n7 Oct 2025,90\n2025-10-07,60\n");
    assert_eq!(said[1], "A3: 7 October 2025 is in row 2 too, and a log has one entry for a day");
}

#[test]
fn headings_may_stand_below_a_title() {
    let csv = "Tuesday group,,\nDate of print:,7 Oct 2025,\n\nDate,Length,Present\n7 Oct 2025,90,7\n";
    let grid = grid_of(csv.as_bytes(), Target::Group).unwrap();
    let columns = Columns::find(&grid, Target::Group, &[]).unwrap();
    assert_eq!((columns.headings, columns.above.as_slice()), (4, [1, 2].as_slice()));
    // A second table below has headings of its own, and the first is not passed over for it.
    let csv = "Date,Length\n7 Oct 2025,90\n\nDate,Length,Present\n13 Jan 2026,90,7\n";
    let grid = grid_of(csv.as_bytes(), Target::Group).unwrap();
    assert_eq!(Columns::find(&grid, Target::Group, &[]).unwrap().headings, 1);
}

#[test]
fn an_archive_with_a_password_is_told_from_one_that_is_damaged() {
    use std::io::Write as _;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("xl/workbook.xml", stored).unwrap();
    archive.write_all(b"<workbook/>").unwrap();
    let plain = archive.finish().unwrap().into_inner();
    let why = |bytes: &[u8]| grid_of(bytes, Target::Group).unwrap_err();
    assert_ne!(why(&plain), NotATable::Protected);
    // The first of the flags says that a part is encrypted, at the part and in the list of all.
    let mut encrypted = plain.clone();
    for (header, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = plain.windows(4).position(|window| window == header).unwrap();
        encrypted[at + flags] |= 1;
    }
    assert_eq!(why(&encrypted), NotATable::Protected);
    assert_eq!(why(&encrypted).to_string(), "has a password");
    assert_eq!(why(&encrypted).help(), "save a copy without the password");
}

#[test]
fn columns_that_are_not_understood_are_named() {
    let clear = |csv: &str, map: &Map| {
        let grid = grid_of(csv.as_bytes(), Target::Group).unwrap();
        Columns::find(&grid, Target::Group, map).and_then(|columns| columns.must_be_clear())
    };
    let csv = "Date,Length,Room,\n7 Oct 2025,90,2,x\n";
    let unknown = ["\"Room\" (C)", "column D without a heading"].map(str::to_owned);
    assert_eq!(clear(csv, &[]), Err(NoColumns::Unknown(unknown.into())));
    let map = |entries: &[(&str, Option<Field>)]| -> Vec<(String, Option<Field>)> {
        entries.iter().map(|(column, field)| ((*column).to_owned(), *field)).collect()
    };
    assert_eq!(clear(csv, &map(&[("room", None), ("D", Some(Field::NOTES))])), Ok(()));
    assert_eq!(clear(csv, &map(&[("Rooms", None)])), Err(NoColumns::NoSuchColumn("Rooms".to_owned())));
    assert_eq!(clear("a,b\n1,2\n", &[]), Err(NoColumns::NoHeadings(Target::Group)));
    assert!(matches!(clear("Day,Date,Length\n7/10,7 Oct 2025,90\n", &[]), Err(NoColumns::Twice(Field::DATE, _))));
    // A weekday beside the date is none.
    assert_eq!(clear("Day,Date,Length\nTue,7 Oct 2025,90\n", &[]), Ok(()));
    // The first row of a table without headings is none of them.
    let letters = map(&[("A", Some(Field::DATE)), ("B", Some(Field::LENGTH))]);
    assert_eq!(clear("7 Oct 2025,90\n8 Oct 2025,90\n", &letters), Err(NoColumns::NoHeadings(Target::Group)));
    // A heading goes before a letter.
    assert_eq!(clear("B,Date,Mins\nx,7 Oct 2025,90\n", &map(&[("b", None)])), Ok(()));
    assert!(clear("Tag,Length\n7 Oct 2025,90\n", &map(&[("Tag", Some(Field::DATE))])).is_ok());
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

    #[test]
    fn any_bytes_come_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..300), is_packed: bool) {
        let bytes = if is_packed { [b"PK\x03\x04", bytes.as_slice()].concat() } else { bytes };
        if let Ok(grid) = grid_of(&bytes, Target::Group) {
            let _ = Columns::find(&grid, Target::Group, &[]);
        }
    }

    #[test]
    fn any_row_is_read_or_named(cells in prop::collection::vec("[ -~½é0-9/:.hm]{0,12}", 6)) {
        let cells: Vec<_> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        let csv = format!("Date,Length,Present,Cancelled,Reason,Notes\n{}\n", cells.join(","));
        let _ = rows(&csv);
    }
}

#[test]
fn headings_that_mean_several_things_are_settled_by_what_stands_below() {
    let said = rows("Held,No.,Wk,Time\n7 Oct 2025,7,1,10.00-11.15\n14 Oct 2025,5,2,10am-11.30\n21 Oct 2025,,3,hol\n");
    let wanted = [
        "session of 7 October 2025, 75 minutes, 7 present",
        "session of 14 October 2025, 90 minutes, 5 present",
        "session of 21 October 2025, cancelled (hol)",
    ];
    assert_eq!(said, wanted);
    let said = rows("No.,Day,Date,Start,End,Present\n1,Tue,7 Oct 2025,19:00,20:30,7\n2,Wed,14 Oct 2025,7pm,8.30pm,6\n");
    assert_eq!(said[0], "session of 7 October 2025, 90 minutes, 7 present");
    assert_eq!(said[1], "B3: 14 October 2025 is a Tuesday, and this says Wednesday");
    let said =
        rows("Date,Length,Start,End\n7 Oct 2025,75,19:00,20:30\n14 Oct 2025,90,19:00,20:30\n21 Oct 2025,,19:00,\n");
    assert_eq!(said[0], "D2: by its times it lasted 90 minutes, and by its length 75");
    assert_eq!(said[1], "session of 14 October 2025, 90 minutes");
    assert!(said[2].starts_with("B4: the row says neither how long it lasted"), "{said:?}");
}

#[test]
fn held_and_status_are_read_as_they_ask() {
    let said = rows(
        "Date,Length,Held?\n7 Oct 2025,90,yes\n14 Oct 2025,,no\n21 Oct 2025,90,late start\n28 Oct 2025,,no - snow\n",
    );
    assert_eq!(
        said[..2],
        ["session of 7 October 2025, 90 minutes", "session of 14 October 2025, cancelled (no reason recorded)"]
    );
    assert!(said[2].starts_with("C4: ") && said[3].starts_with("C5: "), "{said:?}");
    let said = rows(
        "Date,Length,Held or cancelled\n7 Oct 2025,90,in room 2\n14 Oct 2025,,cancelled - snow\n21 Oct 2025,90,held\n",
    );
    assert_eq!(said[0], "C2: \"in room 2\" does not say whether it was held or cancelled; write one of these");
    assert_eq!(said[1..], ["session of 14 October 2025, cancelled (snow)", "session of 21 October 2025, 90 minutes"]);
}

#[test]
fn what_a_register_calls_a_week_without_a_session_is_known() {
    let said = rows(
        "Date,Length,Present\n7 Oct 2025,90,7\n14 Oct 2025,90,hol\n21 Oct 2025,Half term,\nHalf term,,\n,,Bank holiday\nSpring term,,\n\
         28 Oct 2025,90,n/a\n4 Nov 2025,90,x\n11 Nov 2025,90,5 (2 apols)\n",
    );
    let wanted = [
        "session of 7 October 2025, 90 minutes, 7 present",
        "session of 14 October 2025, cancelled (hol)",
        "session of 21 October 2025, cancelled (Half term)",
        "session of 28 October 2025, 90 minutes",
        "C9: this is no number; what is recorded is how many came, never who",
        "session of 11 November 2025, 90 minutes, 5 present",
    ];
    assert_eq!(said, wanted);
}

#[test]
fn a_length_said_for_all_is_that_of_rows_with_times() {
    let grid =
        grid_of(b"Date,Time,Present\n7 Oct 2025,10.15-11.15,7\n14 Oct 2025,10.00-11.15,7\n", Target::Group).unwrap();
    let columns = Columns::find(&grid, Target::Group, &[("Time".to_owned(), None)]).unwrap();
    let asked = Asked { order: None, course: None, minutes: Some(75), today: today(), people: &[], supervisor: None };
    let entries = Entries::read(&grid, &columns, asked);
    let faults: Vec<_> = entries.faults().map(|fault| format!("{}: {}", fault.at, fault.what)).collect();
    assert_eq!(faults, ["B2: \"10.15-11.15\" is 60 minutes, and --minutes says 75"]);
}

#[test]
fn the_course_settles_which_part_of_a_date_comes_first() {
    let day = |year, month, day| Day::new(year, month, day).unwrap();
    let course = Some(CourseDays { starts: day(2026, 9, 26), ends: day(2027, 7, 10), limit: day(2029, 7, 10) });
    let of = |texts: &[&str]| {
        let values: Vec<_> = texts.iter().map(|text| Value::text(text)).collect();
        let cells: Vec<_> = values.iter().zip(2..).map(|(value, row)| (Address { row, column: 0 }, value)).collect();
        days_of(&cells, None, course, false)
    };
    let read = of(&["05/10/2026", "12/10/2026"]);
    assert_eq!(read.each[0], Some(Ok(Day::new(2026, 10, 5).unwrap())));
    let at = Address { row: 2, column: 0 };
    assert_eq!(read.settled, Settled::ByCourse(Order::DayFirst, at, Day::new(2026, 5, 10).unwrap()));
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
    for (texts, why) in [
        (&["20 Aug"][..], "has no such day"),
        (&["Wed 20 Oct"], "has no such day"),
        (&["20 Oct", "6 Oct 2027"], "others are later than the course"),
    ] {
        assert!(of(texts).each[0].as_ref().unwrap().as_ref().unwrap_err().contains(why), "{texts:?}");
    }
    // What the column shows goes before it.
    assert!(matches!(of(&["05/10/2026", "10/21/2026"]).settled, Settled::Shown(Order::MonthFirst, _)));
}

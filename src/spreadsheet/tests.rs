//! Whole tables: the bytes in, entries and faults out.

use proptest::prelude::*;

use super::*;
use crate::calendar::Day;
use crate::text::Text;

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
         26 Oct 2025,0,0,,,\n\
         27 Oct 2025,-,-,yes,-,-\n",
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
        "session of 27 October 2025, cancelled (no reason recorded)",
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
fn lines_between_the_entries_are_left_out_and_named() {
    let grid = grid_of(
        b"Date,Length,Notes\nAutumn term,,\n7 Oct 2025,90,late\nHalf term,,\nHalf term 28 Oct,,\n,,Half term\n,half term,\nOther,,\n",
        Target::Group,
    )
    .unwrap();
    let columns = Columns::find(&grid, Target::Group, &[]).unwrap();
    let asked = Asked { order: None, course: None, minutes: None, today: today(), people: &[], supervisor: None };
    let read = Entries::read(&grid, &columns, asked);
    let left_out = [(2, "A2", "Autumn term"), (4, "A4", "Half term"), (7, "B7", "half term")].map(|(row, at, says)| {
        format!("Row {row} is left out, as it stands between the entries: {at} says \"{says}\".")
    });
    assert_eq!(read.remarks, left_out);
    let rows: Vec<_> = read.rows.iter().map(|row| (row.row, row.says.is_ok())).collect();
    assert_eq!(rows, [(3, true), (5, false), (6, false), (8, false)]);
}

#[test]
fn the_heading_says_what_a_number_is_a_number_of() {
    let of = |heading: &str| rows(&format!("Date,{heading}\n7 Oct 2025,2\n")).concat();
    assert_eq!(of("Hours"), "session of 7 October 2025, 120 minutes");
    assert_eq!(of("Minutes"), "session of 7 October 2025, 2 minutes");
    assert!(of("Length").contains("could be minutes or hours"));
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
        "Date,Length,Present,Absent\n7/10/2025,90,\"Ann, Bob\",\n21/10/2025,90,6,Ann\n28/10/2025,90,6,Mina Holt\n",
    );
    assert_eq!(said.len(), 3);
    // Who came is nobody's business; of an unknown conductor somebody has to know whom the cell names.
    assert!(!said[0].contains("Ann"), "{said:?}");
    assert_eq!(said[1], "D3: a name here is none of those in the log; the log names Mina Holt (mina-holt)");
    assert_eq!(said[2], "session of 28 October 2025, 90 minutes, 6 present without mina-holt");
}

#[test]
fn who_was_not_there_is_named_by_whole_words() {
    let said =
        rows("Date,Length,Present,Absent\n7/10/2025,90,6,Mina\n21/10/2025,90,6,holt mina\n28/10/2025,90,6,Min\n");
    for row in &said[..2] {
        assert!(row.ends_with("without mina-holt"), "{said:?}");
    }
    assert!(said[2].starts_with("D4: a name here is none of those in the log"), "{said:?}");
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
fn totals_below_the_entries_are_left_out() {
    let below = |rows: &str| {
        let grid = grid_of(format!("Date,Length,Room\n7 Oct 2025,90,2\n{rows}").as_bytes(), Target::Group).unwrap();
        let columns = Columns::find(&grid, Target::Group, &[]).unwrap();
        let (rows, left_out) = columns.below(&grid);
        (rows.iter().map(|row| row.number).collect::<Vec<_>>(), left_out)
    };
    let total = |row, at: &str, says: &str| {
        format!("Row {row} is left out, as it is a total and no entry: {at} says \"{says}\".")
    };
    assert_eq!(below("Total,\"1,234.5\",\n"), (vec![2], vec![total(3, "A3", "Total")]));
    assert_eq!(below("Total:,12:30 ,50%\n,Sum,\n"), (vec![2], vec![total(3, "A3", "Total:"), total(4, "B4", "Sum")]));
    assert_eq!(below("Total,90 min,\n"), (vec![2, 3], vec![]));
    assert_eq!(below("Total,90,\n14 Oct 2025,90,\n"), (vec![2, 3, 4], vec![]));
    // What nobody reads is no row.
    assert_eq!(below(",,x\n"), (vec![2], vec![]));
    // A day beside the word is no figure.
    let with_day = |day: Value| {
        let mut grid = grid_of(b"Length,Date\n90,7 Oct 2025\nTotal,1\n", Target::Group).unwrap();
        grid.rows[2].cells[1] = day;
        Columns::find(&grid, Target::Group, &[]).unwrap().below(&grid).0.len()
    };
    assert_eq!([with_day(Value::Number(1.0)), with_day(Value::Days(45_937.0)), with_day(Value::text("1"))], [2, 2, 1]);
    let mut grid = grid_of(b"Date,Length\n7 Oct 2025,90\nTotal,1\n", Target::Group).unwrap();
    grid.rows[2].cells[1] = Value::Number(90.0);
    assert_eq!(Columns::find(&grid, Target::Group, &[]).unwrap().below(&grid).0.len(), 1);
}

#[test]
fn rows_that_somebody_left_out_are_named() {
    let mut grid = grid_of(b"Date,Length,Room\n7 Oct 2025,90,2\n14 Oct 2025,90,2\n", Target::Group).unwrap();
    grid.left_out.insert(Address { row: 3, column: 1 });
    grid.left_out.insert(Address { row: 1, column: 2 });
    let columns = Columns::find(&grid, Target::Group, &[]).unwrap();
    assert_eq!((columns.must_be_clear(), columns.unknown().count()), (Ok(()), 0));
    let (rows, left_out) = columns.below(&grid);
    assert_eq!((rows.len(), left_out), (1, vec!["Row 3 is left out, as answered.".to_owned()]));
    grid.left_out.clear();
    let unknown: Vec<_> = Columns::find(&grid, Target::Group, &[]).unwrap().unknown().map(|fault| fault.at).collect();
    assert_eq!(unknown, [Address { row: 1, column: 2 }]);
}

#[test]
fn days_across_make_a_register() {
    let has = |csv: &str| {
        let grid = grid_of(csv.as_bytes(), Target::Group).unwrap();
        Columns::find(&grid, Target::Group, &[]).unwrap().has_days_across()
    };
    assert!(has("Date,7 Oct 2025,14 Oct 2025\nx,1,0\n"));
    assert!(!has("Date,7 Oct 2025,Room\nx,1,0\n") && !has("Date,Length\n7 Oct 2025,90\n"));
    assert!(!has("Date,Room,House\n7 Oct 2025,1,0\n"));
}

#[test]
fn a_column_with_marks_may_be_a_member() {
    let names = |csv: &str, target| {
        let grid = grid_of(csv.as_bytes(), target).unwrap();
        let columns = Columns::find(&grid, target, &[]).unwrap();
        let marked: Vec<_> = (0..4).filter(|index| columns.may_be_member(*index)).collect();
        (marked, columns.columns.last().map(super::columns::Column::name).unwrap_or_default())
    };
    let csv = "Date,Length,Anna\n7 Oct 2025,90,x\n14 Oct 2025,90,✓\n";
    assert_eq!(names(csv, Target::Group), (vec![2], "column C with marks, as of a member".to_owned()));
    assert_eq!(names(csv, Target::Supervision).1, "\"Anna\" (C)");
    assert_eq!(names(&csv.replace("✓", "room 2"), Target::Group).1, "\"Anna\" (C)");
    assert_eq!(names(&csv.replace("Anna", ""), Target::Group).1, "column C without a heading");
    let unknown = NoColumns::Unknown(vec!["column C with marks, as of a member".to_owned()]);
    assert_eq!(
        unknown.to_string(),
        "this column is not understood: column C with marks, as of a member; say with --map COLUMN=FIELD what one holds, or \
         with --map COLUMN= that it is to be passed over; --map B=member counts the marks in B"
    );
    let unknown = NoColumns::Unknown(vec!["\"Room\" (C)".to_owned(), "\"x\" (D)".to_owned()]).to_string();
    assert!(unknown.starts_with("these columns are not understood") && unknown.ends_with("passed over"), "{unknown}");
    let twice = |csv: &str| {
        let grid = grid_of(csv.as_bytes(), Target::Group).unwrap();
        Columns::find(&grid, Target::Group, &[]).unwrap().must_be_clear()
    };
    assert!(matches!(twice("Date,Minutes,Hours\n7 Oct 2025,90,1.5\n"), Err(NoColumns::Twice(Field::LENGTH, _))));
    assert_eq!(twice("Week,Wk,Date,Length\n1,1,7 Oct 2025,90\n"), Ok(()));
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
    // A column that nobody filled in is there by its heading.
    assert!(matches!(clear("Date,Length,Room\n7 Oct 2025,90,\n", &[]), Err(NoColumns::Unknown(_))));
    assert_eq!(clear("Date,Length,\n7 Oct 2025,90,\n", &[]), Ok(()));
    let below = |rows: usize| clear(&format!("{}Date,Length\n7 Oct 2025,90\n", "a,b\n".repeat(rows)), &[]);
    assert_eq!((below(20), below(21)), (Ok(()), Err(NoColumns::NoHeadings(Target::Group))));
    // A heading goes before a letter.
    assert_eq!(clear("B,Date,Mins\nx,7 Oct 2025,90\n", &map(&[("b", None)])), Ok(()));
    assert!(clear("Tag,Length\n7 Oct 2025,90\n", &map(&[("Tag", Some(Field::DATE))])).is_ok());
}

proptest! {
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

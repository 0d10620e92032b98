//! Single rows, and what they come to.

use std::fmt::Write as _;

use super::*;
use crate::calendar::Day;
use crate::text::Text;

/// What each row of a table says, or what is wrong with it; what of it is left out, and what is to be asked.
fn read(csv: &str, target: Target, people: &[&str]) -> Vec<String> {
    let grid = super::read(csv.as_bytes(), Sheets::First, target).unwrap().remove(0);
    let columns = Columns::find(&grid, target, &[]).unwrap();
    let people: Vec<_> = people.iter().map(|id| (Text::new(*id), Some(Text::new(id.replace('-', " "))))).collect();
    let supervisor = (Text::new("kit-lowe"), Some(Text::new("Kit Lowe")));
    let today = Day::new(2026, 6, 1).unwrap();
    let supervisor = (target == Target::Supervision).then_some(&supervisor);
    let asked = Asked { order: None, course: None, minutes: None, today, people: &people, supervisor };
    let shown = |row: EntryRow| {
        let mut said = match &row.says {
            Ok(said) => {
                let absent = said
                    .absent
                    .iter()
                    .map(|ids| format!(" without [{}]", ids.iter().map(Text::raw).collect::<Vec<_>>().join(" ")));
                format!("{}{}", said.event(None).sentence(), absent.collect::<String>())
            }
            Err(faults) => {
                faults.iter().map(|fault| format!("{}: {}", fault.at, fault.what)).collect::<Vec<_>>().join(" & ")
            }
        };
        for left_out in row.left_out {
            let _ = write!(said, "; {left_out}");
        }
        if let Some(doubt) = row.doubt.filter(|_| row.says.is_ok()) {
            let _ = write!(said, " ? {}: {}", doubt.at, doubt.what);
        }
        said.trim_start_matches("session of ").trim_start_matches("meeting of ").to_owned()
    };
    Entries::read(&grid, &columns, asked).rows.into_iter().map(shown).collect()
}

/// Asserts what comes of rows of a group below these headings: each of a day of its own.
#[track_caller]
fn assert_rows(target: Target, people: &[&str], headings: &str, rows: &[(&str, &str)]) {
    let lines = rows.iter().zip(1..).map(|((row, _), day)| format!("{day} Oct 2025,{row}\n"));
    let csv = format!("Date,{headings}\n{}", lines.collect::<String>());
    let wanted: Vec<_> = rows
        .iter()
        .zip(1..)
        .map(|((_, wanted), day)| {
            if wanted.starts_with(|c: char| c.is_ascii_uppercase()) {
                (*wanted).to_owned()
            } else {
                format!("{day} October 2025, {wanted}")
            }
        })
        .collect();
    assert_eq!(read(&csv, target, people), wanted, "{headings}");
}

#[test]
fn reasons_are_joined_where_they_differ() {
    assert_rows(
        Target::Group,
        &[],
        "Length,Cancelled,Reason,Notes",
        &[
            (",snow,snow,", "cancelled (snow)"),
            (",snow,ill,", "cancelled (snow; ill)"),
            (",yes,ill,", "cancelled (ill)"),
            ("cancelled - ice,yes,,", "cancelled (ice)"),
            ("cancelled - ice,snow,,", "cancelled (snow)"),
            ("cancelled - ice,,,", "cancelled (ice)"),
            ("cancelled - ice,no,,", "C8: this says that it was held, and another cell that it was cancelled"),
            (",,,cancelled - fog", "cancelled (fog)"),
            (
                ",,,cancelled or not",
                "E10: \"cancelled or not\" does not say clearly whether it was cancelled; write yes or no in a column Cancelled",
            ),
            ("90,,ill,", "D11: there is a reason for cancelling, and the row says that it was held"),
        ],
    );
    assert_rows(Target::Group, &[], "Length,Reason", &[(",ill", "cancelled (ill)"), ("90,", "90 minutes")]);
}

#[test]
fn what_was_cancelled_lasted_no_time_and_nobody_was_there() {
    assert_rows(
        Target::Supervision,
        &["robin-ashby"],
        "Length,Mode,Joint,Absent,Cancelled",
        &[
            ("60,video,yes,,", "60 minutes, video, joint"),
            ("60,video,no,Robin Ashby,", "60 minutes, video without [robin-ashby]"),
            (
                "60,video,no,Robin Ashby,ill",
                "cancelled (ill); the length of 60 minutes is left out, as it was cancelled; the mode, video, is left out, as it \
                 was cancelled; that robin-ashby was not there is left out, as it was cancelled",
            ),
            (",,,-,ill", "cancelled (ill)"),
            (",,yes,,ill", "D6: it was cancelled, and yet it was joint"),
        ],
    );
}

#[test]
fn one_who_did_not_attend_was_absent() {
    let rows = [
        ("60,yes,", "60 minutes without []"),
        ("60,came,", "60 minutes without []"),
        ("60,DNA,", "60 minutes without [robin-ashby]"),
        ("60,no,", "60 minutes without [robin-ashby]"),
        ("60,perhaps,", "C6: \"perhaps\" is neither yes nor no"),
        ("60,yes,Robin Ashby", "60 minutes without [robin-ashby]"),
    ];
    assert_rows(Target::Supervision, &["robin-ashby"], "Length,Attended,Absent", &rows);
    let rows = [
        ("60,yes,Ada Finch", "60 minutes without [ada-finch]"),
        ("60,yes,", "60 minutes"),
        ("60,no,", "C4: the log is of several supervisees, and this does not say who was not there"),
        (
            "60,,ada-finch & ROBIN ASHBY",
            "60 minutes without [ada-finch robin-ashby] ? C5: other rows say whether the supervisee came, and this one does not; say it, or yes or no in a column Cancelled",
        ),
    ];
    assert_rows(Target::Supervision, &["robin-ashby", "ada-finch"], "Length,Attended,Absent", &rows);
}

#[test]
fn members_in_columns_of_their_own_are_counted() {
    let of = |csv: &str| {
        let grid = super::read(csv.as_bytes(), Sheets::First, Target::Group).unwrap().remove(0);
        let map = ["C", "D", "E"].map(|column| (column.to_owned(), Some(Field::MEMBER)));
        let columns = Columns::find(&grid, Target::Group, &map).unwrap();
        let today = Day::new(2026, 6, 1).unwrap();
        let asked = Asked { order: None, course: None, minutes: None, today, people: &[], supervisor: None };
        let shown = |row: EntryRow| match row.says {
            Ok(said) => said.event(None).sentence(),
            Err(faults) => {
                faults.iter().map(|fault| format!("{}: {}", fault.at, fault.what)).collect::<Vec<_>>().join(" & ")
            }
        };
        Entries::read(&grid, &columns, asked).rows.into_iter().map(shown).collect::<Vec<_>>()
    };
    let said = of(
        "Date,Length,Ann,Ben,Cat,Present\n7 Oct 2025,90,✓,✓,,\n8 Oct 2025,90,✓,0,0,1\n9 Oct 2025,90,✓,✓,✓,2\n10 Oct 2025,90,0,0,0,\n\
         11 Oct 2025,90,,,,\n12 Oct 2025,,half term,half term,,\n13 Oct 2025,90,✓,half term,,\n14 Oct 2025,90,x,✓,,\n15 Oct 2025,90,,,,5\n",
    );
    let wanted = [
        "session of 7 October 2025, 90 minutes, 2 present",
        "session of 8 October 2025, 90 minutes, 1 present",
        "F4: this says 2, and the marks of the members make 3",
        "session of 10 October 2025, 90 minutes, 0 present",
        "session of 11 October 2025, 90 minutes",
        "session of 12 October 2025, cancelled (half term)",
        "session of 13 October 2025, 90 minutes, 1 present",
        "C9: an x can mean that somebody came, or that somebody did not; write 1 and 0 instead, or ✓ beside it",
        "session of 15 October 2025, 90 minutes, 5 present",
    ];
    assert_eq!(said, wanted);
}

#[test]
fn times_say_how_long_it_lasted() {
    assert_rows(
        Target::Group,
        &[],
        "Length,Time,Start,End",
        &[
            (",19:00-20:30,,", "90 minutes"),
            ("90,19:00-20:30,,", "90 minutes"),
            ("60,19:00-20:30,,", "C4: by its times it lasted 90 minutes, and by its length 60"),
            (",,19:00,20:30", "90 minutes"),
            (",19:00,19:00,20:30", "90 minutes"),
            (",90 min,,", "90 minutes"),
            (",half term,,", "cancelled (half term)"),
            (",soon,,", "C9: \"soon\" is neither a time of day, nor from when to when, nor a length"),
            (",,soon,20:30", "D10: \"soon\" is no time of day, such as 19:30"),
            (",,19:00,soon", "E11: \"soon\" is no time of day, such as 19:30"),
            (",,19:00,19:00", "E12: from \"19:00\" to \"19:00\" is no length of a session"),
            ("2,19:00-20:30,,", "B13: \"2\" could be minutes or hours; write 2 min or 2 h"),
        ],
    );
}

#[test]
fn what_the_notes_may_say_is_asked() {
    let absence = "and no cell says who was not there; say it in a column Absent, with - where everybody was there";
    let none = "so there may have been no meeting; say yes or no in a column Cancelled";
    let one = |target, headings: &str, row: &str| {
        let said = read(&format!("Date,{headings}\n7 Oct 2025,{row}\n"), target, &["robin-ashby"]).remove(0);
        said.split_once(" ? ").map(|(_, doubt)| doubt.to_owned()).unwrap_or_default()
    };
    let group = |row: &str| one(Target::Group, "Length,Present,Absent,Notes", row);
    assert_eq!(group("90,7,,Robin was ill"), format!("E2: the notes speak of robin ashby and say \"ill\", {absence}"));
    assert_eq!(
        group("90,7,,Robin's boiler; Ada away"),
        format!("E2: the notes speak of robin ashby and say \"away\", {absence}")
    );
    for asked_nothing in
        ["90,7,-,Robin was ill", "90,7,Robin Ashby,Robin was ill", "90,7,,Robin was late", "90,7,,Ada was ill"]
    {
        assert_eq!(group(asked_nothing), "", "{asked_nothing}");
    }
    assert!(group("90,,,nobody came").starts_with("E2: the notes may say that there was no session: \"nobody came\""));
    assert_eq!(group("90,7,,nobody came"), "");
    let meeting = |row: &str| one(Target::Supervision, "Length,Attended,Notes", row);
    assert_eq!(meeting("60,,Kit was ill"), format!("D2: the notes speak of Kit Lowe and say \"ill\", {none}"));
    assert_eq!(
        meeting("60,,the supervisor was ill"),
        format!("D2: the notes speak of \"supervisor\" and say \"ill\", {none}")
    );
    assert_eq!(meeting("60,yes,Kit was ill"), "");
    assert!(one(Target::Group, "Length,Present", "90,").is_empty());
    let to_come = read("Date,Length,Present\n2 Jun 2026,90,7\n1 Jun 2026,90,7\n", Target::Group, &[]);
    assert!(to_come[0].ends_with("? A2: 2 June 2026 is still to come, and the row says how many came"), "{to_come:?}");
    assert_eq!(to_come[1], "1 June 2026, 90 minutes, 7 present");
}

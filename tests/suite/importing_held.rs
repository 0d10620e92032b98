//! Rows that may tell of no session, and of those who were not there.

use std::fs;

use crate::importing::{desk, entries, flat, must};

#[test]
fn what_may_not_have_taken_place_is_no_session() {
    let table = "Date,Length,Present,Notes\n7 Oct 2025,,,No group - conductor ill\n14 Oct 2025,,,bank holiday\n\
                 21 Oct 2025,,7,started late\n28 Oct 2025,,,\n4 Nov 2025,-,,\n11 Nov 2025,90,6,No session\n";
    let desk = desk("autumn.csv", table.as_bytes());
    let before = desk.files();
    for minutes in ["--minutes 90", "--minutes 90 --write"] {
        let ran = desk.run(&format!("import autumn.csv --into open-group {minutes}"));
        must(&ran, 1);
        let said = flat(&ran);
        for line in [
            "A2 new session of 7 October 2025, cancelled (conductor ill)",
            "D3 unclear the row has no length, and its notes may say that there was no session: \"bank holiday\"; say yes \
             or no in a column Cancelled, or how long it lasted where there was one",
            "A4 new session of 21 October 2025, 90 minutes, 7 present; notes: started late",
            "C5 unclear other rows say how many came, and this one does not; say it, or yes or no in a column Cancelled",
            "B6 unclear \"-\" does not say whether there was a session; say yes or no in a column Cancelled",
            "D7 unclear the notes say that it was cancelled, and the row says that it was held",
        ] {
            assert!(said.contains(line), "{line}\n{said}");
        }
        assert_eq!(desk.files(), before);
    }
    let prefilled =
        "Date,Length,Present,Notes\n7 Oct 2025,90,,No group half term\n14 Oct 2025,90,6,no group room: in the hall\n";
    fs::write(desk.path("prefilled.csv"), prefilled).expect("it can be written");
    let ran = desk.run("import prefilled.csv --into open-group");
    must(&ran, 1);
    let said = "D2 unclear the notes may say that there was no session: \"No group half term\"; say yes or no in a column \
                Cancelled A3 new session";
    assert!(flat(&ran).contains(said), "{}", ran.out);
    // The same without --minutes, and what settles it.
    must(&desk.run("import autumn.csv --into open-group"), 1);
    let table = "Date,Length,Status,Notes\n7 Oct 2025,,cancelled,bank holiday\n14 Oct 2025,,held,bank holiday\n";
    fs::write(desk.path("autumn.csv"), table).expect("it can be written");
    must(&desk.run("import autumn.csv --into open-group --minutes 90 --map Status=cancelled --write"), 0);
    assert_eq!(
        entries(&desk),
        [
            "date = 2025-10-07, cancelled = \"no reason recorded\", notes = \"bank holiday\"",
            "date = 2025-10-14, minutes = 90, notes = \"bank holiday\"",
        ]
    );
}

#[test]
fn absences_in_more_words_than_one() {
    let away = [
        ("Robin did not attend", "did not attend"),
        ("Robin could not come.", "could not"),
        ("Sorry: Robin not there", "not there"),
        ("Robin didn't come", "didn't come"),
        ("Robin on A/L", "A/L"),
    ];
    let rows = away.iter().enumerate().map(|(at, (notes, _))| format!("{} Oct 2025,90,{notes}\n", 7 + at));
    let desk = desk("autumn.csv", format!("Date,Length,Comments\n{}", rows.collect::<String>()).as_bytes());
    let ran = desk.run("import autumn.csv --into open-group --write");
    must(&ran, 1);
    for (at, (_, says)) in away.iter().enumerate() {
        let line = format!("C{} unclear the notes speak of Robin Ashby and say \"{says}\", and no cell says", at + 2);
        assert!(flat(&ran).contains(&line), "{line}\n{}", flat(&ran));
    }
    let table =
        "Date,Length,Comments\n7 Oct 2025,60,Kit ill\n14 Oct 2025,60,supervisor unwell\n21 Oct 2025,60,annual leave\n";
    fs::write(desk.path("meetings.csv"), table).expect("it can be written");
    must(&desk.run("new supervision new-log --supervisor kit-lowe --supervisee robin-ashby --mode face-to-face"), 0);
    let ran = desk.run("import meetings.csv --into new-log --write");
    must(&ran, 1);
    for line in [
        "C2 unclear the notes speak of Kit Lowe and say \"ill\", so there may have been no meeting; say yes or no in a \
         column Cancelled",
        "C3 unclear the notes speak of \"supervisor\" and say \"unwell\"",
        "C4 unclear the notes may say that there was no meeting: \"annual leave\"",
    ] {
        assert!(flat(&ran).contains(line), "{line}\n{}", flat(&ran));
    }
    let table = "Date,Length,Comments,Cancelled\n7 Oct 2025,60,Kit ill,yes\n14 Oct 2025,60,Kit unwell but came,no\n";
    fs::write(desk.path("meetings.csv"), table).expect("it can be written");
    must(&desk.run("import meetings.csv --into new-log --write"), 0);
}

#[test]
fn who_was_not_there_is_not_left_in_the_notes() {
    let table = "Date,Length,Comments\n7 Oct 2025,90,Róbin absent\n14 Oct 2025,90,Ann ill\n21 Oct 2025,90,conductor away\n\
                 28 Oct 2025,90,Robin couldn’t make it\n";
    let desk = desk("autumn.csv", table.as_bytes());
    let ran = desk.run("import autumn.csv --into open-group --write");
    must(&ran, 1);
    let said = flat(&ran);
    for line in [
        "C2 unclear the notes speak of Robin Ashby and say \"absent\", and no cell says who was not there; say it in a \
         column Absent, with - where everybody was there",
        "A3 new session of 14 October 2025, 90 minutes; notes: Ann ill",
        "C4 unclear the notes speak of \"conductor\" and say \"away\"",
        "C5 unclear the notes speak of Robin Ashby and say \"couldn’t\"",
        "Notes are kept, and never judged.",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    let table =
        "Date,Length,Comments,Absent\n7 Oct 2025,90,Robin absent,Robin Ashby\n14 Oct 2025,90,Robin noted: Ann ill,-\n";
    fs::write(desk.path("autumn.csv"), table).expect("it can be written");
    must(&desk.run("import autumn.csv --into open-group --write"), 0);
    assert_eq!(
        entries(&desk),
        [
            "date = 2025-10-07, minutes = 90, absent = [\"robin-ashby\"], notes = \"Robin absent\"",
            "date = 2025-10-14, minutes = 90, notes = \"Robin noted: Ann ill\"",
        ]
    );
    // What is recorded already, and was looked at then, does not come up again.
    let table = "Date,Length,Comments\n7 Oct 2025,90,Robin absent\n";
    fs::write(desk.path("autumn.csv"), table).expect("it can be written");
    must(&desk.run("import autumn.csv --into open-group --write"), 0);
    let table = "Date,Length,Absent\n28 Oct 2025,90,Robyn\n";
    fs::write(desk.path("autumn.csv"), table).expect("it can be written");
    let ran = desk.run("import autumn.csv --into open-group");
    must(&ran, 1);
    let said = "C2 unclear a name here is none of those in the log; the log names Robin Ashby (robin-ashby)";
    assert!(flat(&ran).contains(said), "{}", ran.out);
}

#[test]
fn what_may_not_have_been_held_is_asked_about() {
    let table = "Date,Length,Present,Notes\n7 Oct 2025,1h30,,Bank holiday\n14 Oct 2025,1h30,5/8,\n\
                 21 Oct 2025,,,Group did not run\n28 Oct 2025,1h30,6,Bank holiday\n4 Nov 2025,1h30,,Nobody turned up\n\
                 11 Nov 2025,1h30,,Group postponed to 2 Dec\n18 Nov 2025,1h30,7,\n25 Nov 2025,1h30,,the usual\n\
                 2 Dec 2025,1h30,8,\n";
    let desk = desk("autumn.csv", table.as_bytes());
    let ran = desk.run("import autumn.csv --into open-group --write");
    must(&ran, 1);
    for line in [
        "D2 unclear the notes may say that there was no session: \"Bank holiday\"; say yes or no in a column Cancelled",
        "C3 unclear \"5/8\" does not say for certain how many came; write that number alone",
        "A4 new session of 21 October 2025, cancelled (no reason recorded)",
        "A5 new session of 28 October 2025, 90 minutes, 6 present; notes: Bank holiday",
        "D6 unclear the notes may say that there was no session: \"Nobody turned up\"",
        "D7 unclear the notes may say that there was no session: \"Group postponed to 2 Dec\"",
        "C9 unclear other rows say how many came, and this one does not; say it, or yes or no in a column Cancelled",
    ] {
        assert!(flat(&ran).contains(line), "{line}\n{}", ran.out);
    }
    assert_eq!(entries(&desk).len(), 0);
}

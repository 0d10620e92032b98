//! What is planned, held and cancelled, and what a log says of it: a plan is evidence of nothing until somebody says that
//! it was held, and what the record says is not replaced by the way.

use std::fs;

use crate::desk::{Desk, assert_transcript};
use crate::importing::{flat, must};

/// The log of a group on Tuesdays, whose conductors are not of this folder.
const CLUB: &str = "kind = \"group\"\ntitle = \"Club\"\norganisation = \"\"\nsetting = \"health\"\naim = \"therapeutic\"\n\
                    frequency = \"weekly\"\nconductors = []\nsessions = [\n";

/// The log of a supervision on Thursdays, by telephone, of somebody who is not of this folder.
const SUPERVISION: &str = "kind: supervision\nsupervisor: kit-lowe\nsupervisees: []\nmode: telephone\nsessions:\n";

/// A folder with a group, in whose log these entries are.
fn club(entries: &[&str]) -> Desk {
    let desk = Desk::of("tests/cases/base");
    let lines: String = entries.iter().map(|entry| format!("  {{ {entry} }},\n")).collect();
    fs::write(desk.path("sessions/club.toml"), format!("{CLUB}{lines}]\n")).expect("it can be written");
    desk
}

/// A folder with a supervision, in whose log these entries are.
fn supervision(entries: &[&str]) -> Desk {
    let desk = Desk::of("tests/cases/base");
    let lines: String = entries.iter().map(|entry| format!("  - {{ {entry} }}\n")).collect();
    fs::write(desk.path("sessions/calls.yaml"), format!("{SUPERVISION}{lines}")).expect("it can be written");
    desk
}

#[test]
fn a_plan_is_confirmed_filled_in_or_cancelled() {
    let desk = club(&["date = 2026-09-22, minutes = 90, present = 7"]);
    assert_transcript(
        &desk,
        r#"$ gwp log club 2026-09-29 --every 1w --until 2026-10-27 --planned
Recorded in sessions/club.toml, line 10: 5 sessions from 29 September 2026 to 27 October 2026, planned.
sessions/club.toml
+  { date = 2026-09-29, minutes = 90, planned = true },
+  { date = 2026-10-06, minutes = 90, planned = true },
+  { date = 2026-10-13, minutes = 90, planned = true },
+  { date = 2026-10-20, minutes = 90, planned = true },
+  { date = 2026-10-27, minutes = 90, planned = true },
$ gwp log club 2026-09-29 --planned
sessions/club.toml: this is recorded already, on line 10: session of 29 September 2026, 90 minutes, planned. Nothing is written.
$ gwp log club 2026-09-29
Recorded in sessions/club.toml, line 10: session of 29 September 2026, 90 minutes.
sessions/club.toml
-  { date = 2026-09-29, minutes = 90, planned = true },
+  { date = 2026-09-29, minutes = 90 },
$ gwp log club 2026-10-06 --present 6
Recorded in sessions/club.toml, line 11: session of 6 October 2026, 90 minutes, 6 present.
sessions/club.toml
-  { date = 2026-10-06, minutes = 90, planned = true },
+  { date = 2026-10-06, minutes = 90, present = 6 },
$ gwp log club 2026-10-06 --present 6
sessions/club.toml: this is recorded already, on line 11: session of 6 October 2026, 90 minutes, 6 present. Nothing is written.
$ gwp log club 2026-10-13 --minutes 60 --present 2
Recorded in sessions/club.toml, line 12: session of 13 October 2026, 60 minutes, 2 present.
sessions/club.toml
-  { date = 2026-10-13, minutes = 90, planned = true },
+  { date = 2026-10-13, minutes = 60, present = 2 },
$ gwp log club 2026-10-20 --cancelled 'half term'
Recorded in sessions/club.toml, line 13: session of 20 October 2026, cancelled (half term).
sessions/club.toml
-  { date = 2026-10-20, minutes = 90, planned = true },
+  { date = 2026-10-20, cancelled = "half term" },
$ gwp log club 2026-10-20
gwp: sessions/club.toml: line 13 of the record says otherwise: session of 20 October 2026, cancelled (half term); what you say now is: session of 20 October 2026, 90 minutes; if the record is wrong: gwp correct club session 2026-10-20 --minutes 90
(2)
$ gwp log club 2026-10-27 --planned --minutes 75
Recorded in sessions/club.toml, line 14: session of 27 October 2026, 75 minutes, planned.
sessions/club.toml
-  { date = 2026-10-27, minutes = 90, planned = true },
+  { date = 2026-10-27, minutes = 75, planned = true },
"#,
    );
}

#[test]
fn a_list_of_plans_is_confirmed_in_one_command() {
    let plans: Vec<_> = ["2026-10-06", "2026-10-13", "2026-10-20", "2026-10-27", "2026-11-03"]
        .map(|day| format!("date = {day}, minutes = 90, planned = true"))
        .into();
    let desk = club(&plans.iter().map(String::as_str).collect::<Vec<_>>());
    assert_transcript(
        &desk,
        r"$ gwp log club --held 2026-10-06=7 2026-10-13=6
Recorded in sessions/club.toml, line 9: 2 sessions from 6 October 2026 to 13 October 2026, held as planned.
sessions/club.toml
-  { date = 2026-10-06, minutes = 90, planned = true },
-  { date = 2026-10-13, minutes = 90, planned = true },
+  { date = 2026-10-06, minutes = 90, present = 7 },
+  { date = 2026-10-13, minutes = 90, present = 6 },
$ gwp log club --held 2026-10-06=7
sessions/club.toml: this is recorded already, on line 9: session of 6 October 2026, 90 minutes, 7 present. Nothing is written.
$ gwp log club --held 2026-10-06=8
gwp: sessions/club.toml: line 9 of the record says otherwise: session of 6 October 2026, 90 minutes, 7 present; what you say now is: session of 6 October 2026, 90 minutes, 8 present; if the record is wrong: gwp correct club session 2026-10-06 --present 8
(2)
$ gwp log club 2026-10-20=5 --held --minutes 60
Recorded in sessions/club.toml, line 11: session of 20 October 2026, 60 minutes, 5 present.
sessions/club.toml
-  { date = 2026-10-20, minutes = 90, planned = true },
+  { date = 2026-10-20, minutes = 60, present = 5 },
$ gwp log club --held --present 7
gwp: with --held alone all planned days are confirmed as planned; name the days for which more is said
(2)
$ gwp log club --held
Recorded in sessions/club.toml, line 12: 2 sessions from 27 October 2026 to 3 November 2026, held as planned.
sessions/club.toml
-  { date = 2026-10-27, minutes = 90, planned = true },
-  { date = 2026-11-03, minutes = 90, planned = true },
+  { date = 2026-10-27, minutes = 90 },
+  { date = 2026-11-03, minutes = 90 },
$ gwp log club --held
sessions/club.toml: there is nothing to confirm, for no planned session has had its day. Nothing is written.
$ gwp log club --held 2026-11-10
gwp: club has no session on 10 November 2026; leave out --held to record one
(2)
$ gwp log club --held 2999-02-12
gwp: 12 February 2999 is still to come; confirm it on the day or after it
(2)
",
    );
}

#[test]
fn plans_of_a_supervision() {
    let desk = supervision(&["date: 2026-10-01, minutes: 60"]);
    assert_transcript(
        &desk,
        r"$ gwp log calls 2026-10-15 --every 2w --until 2026-11-12 --planned
Recorded in sessions/calls.yaml, line 7: 3 meetings from 15 October 2026 to 12 November 2026, planned.
sessions/calls.yaml
+  - { date: 2026-10-15, minutes: 60, planned: true }
+  - { date: 2026-10-29, minutes: 60, planned: true }
+  - { date: 2026-11-12, minutes: 60, planned: true }
$ gwp log calls 2026-10-15 --mode video
Recorded in sessions/calls.yaml, line 7: meeting of 15 October 2026, 60 minutes, video.
sessions/calls.yaml
-  - { date: 2026-10-15, minutes: 60, planned: true }
+  - { date: 2026-10-15, minutes: 60, mode: video }
$ gwp log calls --held 2026-10-29=2
gwp: this is the log of a supervision; leave out how many came on 29 October 2026
(2)
$ gwp log calls --held
Recorded in sessions/calls.yaml, line 8: 2 meetings from 29 October 2026 to 12 November 2026, held as planned.
sessions/calls.yaml
-  - { date: 2026-10-29, minutes: 60, planned: true }
-  - { date: 2026-11-12, minutes: 60, planned: true }
+  - { date: 2026-10-29, minutes: 60 }
+  - { date: 2026-11-12, minutes: 60 }
",
    );
}

#[test]
fn what_the_record_says_is_not_replaced() {
    let desk = club(&[
        "date = 2026-10-06, minutes = 90, present = 7",
        "date = 2026-10-13, minutes = 90",
        "date = 2026-10-20, cancelled = \"half term\"",
    ]);
    assert_transcript(
        &desk,
        r#"$ gwp log club 2026-10-06 --cancelled leave
gwp: sessions/club.toml: line 9 of the record says otherwise: session of 6 October 2026, 90 minutes, 7 present; what you say now is: session of 6 October 2026, cancelled (leave); if the record is wrong: gwp correct club session 2026-10-06 --cancelled leave
(2)
$ gwp log club 2026-10-06 --minutes 60
gwp: sessions/club.toml: line 9 of the record says otherwise: session of 6 October 2026, 90 minutes, 7 present; what you say now is: session of 6 October 2026, 60 minutes; if the record is wrong: gwp correct club session 2026-10-06 --minutes 60
(2)
$ gwp log club 2026-10-06 --present 6
gwp: sessions/club.toml: line 9 of the record says otherwise: session of 6 October 2026, 90 minutes, 7 present; what you say now is: session of 6 October 2026, 90 minutes, 6 present; if the record is wrong: gwp correct club session 2026-10-06 --present 6
(2)
$ gwp log club 2026-10-06 --planned
gwp: sessions/club.toml: line 9 of the record says otherwise: session of 6 October 2026, 90 minutes, 7 present; what you say now is: session of 6 October 2026, 90 minutes, planned; if the record is wrong: gwp correct club session 2026-10-06 --planned yes
(2)
$ gwp log club 2026-10-13 --present 0
gwp: sessions/club.toml: line 10 of the record says otherwise: session of 13 October 2026, 90 minutes; what you say now is: session of 13 October 2026, 90 minutes, 0 present; if the record is wrong: gwp correct club session 2026-10-13 --present 0
(2)
$ gwp log club 2026-10-13 --absent robin-ashby
gwp: no conductor has the id "robin-ashby"; club has no conductors
(2)
$ gwp log club 2026-10-20 --present 6
gwp: sessions/club.toml: line 11 of the record says otherwise: session of 20 October 2026, cancelled (half term); what you say now is: session of 20 October 2026, 90 minutes, 6 present; if the record is wrong: gwp correct club session 2026-10-20 --minutes 90 --present 6
(2)
$ gwp log club 2026-10-20 --cancelled strike
gwp: sessions/club.toml: line 11 of the record says otherwise: session of 20 October 2026, cancelled (half term); what you say now is: session of 20 October 2026, cancelled (strike); if the record is wrong: gwp correct club session 2026-10-20 --cancelled strike
(2)
$ gwp log club 2026-10-13 --present 5
Recorded in sessions/club.toml, line 10: session of 13 October 2026, 90 minutes, 5 present.
sessions/club.toml
-  { date = 2026-10-13, minutes = 90 },
+  { date = 2026-10-13, minutes = 90, present = 5 },
"#,
    );
    let desk = supervision(&["date: 2026-10-15, minutes: 60", "date: 2026-10-29, minutes: 60, absent: [robin-ashby]"]);
    assert_transcript(
        &desk,
        r#"$ gwp log calls 2026-10-15 --cancelled leave
gwp: sessions/calls.yaml: line 6 of the record says otherwise: meeting of 15 October 2026, 60 minutes, telephone; what you say now is: meeting of 15 October 2026, cancelled (leave); if the record is wrong: gwp correct calls meeting 2026-10-15 --cancelled leave
(2)
$ gwp log calls 2026-10-15 --mode video
gwp: sessions/calls.yaml: line 6 of the record says otherwise: meeting of 15 October 2026, 60 minutes, telephone; what you say now is: meeting of 15 October 2026, 60 minutes, video; if the record is wrong: gwp correct calls meeting 2026-10-15 --mode video
(2)
$ gwp log calls 2026-10-15 --mode telephone
sessions/calls.yaml: this is recorded already, on line 6: meeting of 15 October 2026, 60 minutes. Nothing is written.
$ gwp log calls 2026-10-15 --joint
gwp: sessions/calls.yaml: line 6 of the record says otherwise: meeting of 15 October 2026, 60 minutes, telephone; what you say now is: meeting of 15 October 2026, 60 minutes, telephone, joint; if the record is wrong: gwp correct calls meeting 2026-10-15 --joint yes
(2)
$ gwp log calls 2026-10-29 --absent kit-lowe
gwp: no supervisee has the id "kit-lowe"; calls has no supervisees
(2)
"#,
    );
}

#[test]
fn two_entries_that_contradict_each_other_are_for_a_person() {
    let desk = club(&[
        "date = 2026-10-06, minutes = 90, present = 7",
        "date = 2026-10-06, cancelled = \"ill\"",
        "date = 2026-10-13, minutes = 90, planned = true",
        "date = 2026-10-13, cancelled = \"ill\"",
    ]);
    assert_transcript(
        &desk,
        r"$ gwp log club 2026-10-06 --present 7
gwp: sessions/club.toml: lines 9 and 10 say two things of 6 October 2026: that it was cancelled, and that it was not; take out line 9 or line 10 with gwp correct, whichever is wrong
(2)
$ gwp log club 2026-10-06 --cancelled ill
gwp: sessions/club.toml: lines 9 and 10 say two things of 6 October 2026: that it was cancelled, and that it was not; take out line 9 or line 10 with gwp correct, whichever is wrong
(2)
$ gwp log club --held 2026-10-13
gwp: sessions/club.toml: lines 11 and 12 say two things of 13 October 2026: that it was cancelled, and that it was not; take out line 11 or line 12 with gwp correct, whichever is wrong
(2)
$ gwp log club --held
gwp: sessions/club.toml: lines 11 and 12 say two things of 13 October 2026: that it was cancelled, and that it was not; take out line 11 or line 12 with gwp correct, whichever is wrong
(2)
",
    );
}

#[test]
fn a_day_that_is_still_to_come_is_a_plan() {
    let entries = ["date = 2998-12-25, minutes = 75", "date = 2999-01-01, minutes = 90"];
    let desk = club(&entries);
    let said = |line: &str| {
        let ran = desk.run(line);
        must(&ran, 0);
        desk.read("sessions/club.toml").split_once("sessions = [\n").expect("a list").1.to_owned()
    };
    let planned = "  { date = 2999-02-12, minutes = 90, planned = true },\n]\n";
    assert!(said("log club 2999-02-12").ends_with(planned));
    let shorter = "  { date = 2999-02-19, minutes = 60, planned = true },\n]\n";
    assert!(said("log club 2999-02-19 --minutes 60").ends_with(shorter));
    // Who is known to be away is known before.
    let theirs = desk.run("log tuesday-group 2999-02-23 --minutes 60 --absent robin-ashby --other-weekday");
    must(&theirs, 0);
    let away = "  { date = 2999-02-23, minutes = 60, planned = true, absent = [\"robin-ashby\"] },\n]\n";
    assert!(desk.read("sessions/tuesday-group.toml").ends_with(away));
    // What stands there without the word is a plan before its day: it can be cancelled, and comes to say so.
    assert!(
        said("log club 2998-12-25 --cancelled Christmas")
            .starts_with("  { date = 2998-12-25, cancelled = \"Christmas\" },\n")
    );
    assert!(said("log club 2999-01-01").contains("  { date = 2999-01-01, minutes = 90, planned = true },\n"));
    // On the day it is held.
    assert!(said("log club 2999-02-12 --as-of 2999-02-12").contains("  { date = 2999-02-12, minutes = 90 },\n"));
    assert!(said("log club --held 2999-02-19=4 --as-of 2999-02-20").contains("minutes = 60, present = 4 }"));
    for (line, why) in [
        ("log club --held 2999-02-26", "26 February 2999 is still to come; confirm it on the day or after it"),
        ("log club 2999-02-26=7", "and the number beside it says how many came; leave it out for a session"),
        ("log club 2999-02-26 --present 7", "and --present says how many came; leave it out for a session"),
        ("log club 2026-02-24=7 --cancelled ill", "what is cancelled has no number of people"),
        ("log club 2026-02-24=7 --planned", "what is planned has no number of people"),
        (
            "log club 2026-02-24=7 --present 7",
            "--present and the number beside 24 February 2026 both say how many came",
        ),
        ("log club 2026-02-24=7 2026-02-24=8", "24 February 2026 is given twice, and with two numbers"),
        ("log club 2026-02-24=7 --every 7d --until 2026-03-24", "with --every the day stands alone"),
        ("log club 2026-02-24=x", "a number of people such as 7 is needed"),
        ("log supervision-ashby 2026-02-26=1", "leave out how many came on 26 February 2026"),
    ] {
        let ran = desk.run(line);
        must(&ran, 2);
        assert!(ran.err.contains(why) && ran.err.lines().count() == 1, "{line}: {}", ran.err);
    }
}

#[test]
fn what_a_meeting_would_find_does_not_make_a_plan_come_true() {
    let desk = club(&["date = 2999-02-05, minutes = 90"]);
    let course = desk.read("courses/york-2025.toml").replace("lcc_meetings = [", "lcc_meetings = [2999-03-01, ");
    fs::write(desk.path("courses/york-2025.toml"), course).expect("it can be written");
    must(&desk.run("log club 2999-02-12 --as-of 2999-03-01 --dry-run"), 0);
    let ran = desk.run("log club 2999-02-12 --as-of next-lcc");
    assert!(ran.out.contains("minutes, planned"), "{}{}", ran.out, ran.err);
}

#[test]
fn a_term_that_has_begun_is_held_up_to_today() {
    let desk = club(&["date = 2026-09-22, minutes = 90, present = 7"]);
    let ran = desk.run("log club 2026-09-29 --every 1w --until 2026-10-27 --as-of 2026-10-13 --dry-run");
    assert!(ran.out.contains(": 5 sessions from 29 September 2026 to 27 October 2026."), "{}{}", ran.out, ran.err);
    let ran = desk.run("log club 2999-02-12 --every 1w --until 2999-03-05 --as-of 2999-02-19 --other-weekday");
    assert!(
        ran.out.contains(": 4 sessions from 12 February 2999 to 5 March 2999, 2 of them planned."),
        "{}{}",
        ran.out,
        ran.err
    );
    let list = "  { date = 2999-02-12, minutes = 90 },\n  { date = 2999-02-19, minutes = 90 },\n  \
                { date = 2999-02-26, minutes = 90, planned = true },\n  { date = 2999-03-05, minutes = 90, planned = true },\n]\n";
    assert!(desk.read("sessions/club.toml").ends_with(list));
}

#[test]
fn a_day_on_another_weekday_is_asked_about() {
    let desk = club(&[
        "date = 2026-09-15, minutes = 90, present = 7",
        "date = 2026-09-22, minutes = 90, present = 7",
        "date = 2026-09-29, minutes = 90, present = 7",
        "date = 2026-10-07, minutes = 90, present = 7",
    ]);
    assert_transcript(
        &desk,
        r#"$ gwp log club 2026-10-14 --present 6
gwp: 14 October 2026 is a Wednesday, and 3 of the 4 sessions of club are on a Tuesday; if the day is right, say so with --other-weekday
(2)
$ gwp log club 2026-10-14 2026-10-20 2026-10-29 --present 6
gwp: 2 of these days, 14 October 2026 the first of them, are on other weekdays, and 3 of the 4 sessions of club are on a Tuesday; if the day is right, say so with --other-weekday
(2)
$ gwp log club 2026-10-07 --present 7
sessions/club.toml: this is recorded already, on line 12: session of 7 October 2026, 90 minutes, 7 present. Nothing is written.
$ gwp log club 2026-10-14 --cancelled ill
Recorded in sessions/club.toml, line 13: session of 14 October 2026, cancelled (ill).
sessions/club.toml
+  { date = 2026-10-14, cancelled = "ill" },
$ gwp log club 2026-10-21 --present 6 --other-weekday
Recorded in sessions/club.toml, line 14: session of 21 October 2026, 90 minutes, 6 present.
sessions/club.toml
+  { date = 2026-10-21, minutes = 90, present = 6 },
$ gwp log club 2026-10-28 --present 6
Recorded in sessions/club.toml, line 15: session of 28 October 2026, 90 minutes, 6 present.
sessions/club.toml
+  { date = 2026-10-28, minutes = 90, present = 6 },
"#,
    );
    // A log that is too short to show its weekday can be named after it, or has none.
    let desk = club(&[]);
    must(&desk.run("log club 2026-10-14 --minutes 90"), 0);
    must(&desk.run("log club 2026-10-22"), 0);
    must(&desk.run("rename club thursday-club"), 0);
    must(&desk.run("log thursday-club 2026-10-29"), 0);
}

#[test]
fn a_table_meets_plans_and_what_is_recorded() {
    let desk = club(&[
        "date = 2026-09-29, minutes = 90, planned = true",
        "date = 2026-10-06, minutes = 90, planned = true",
        "date = 2026-10-13, minutes = 90, planned = true",
        "date = 2026-10-20, minutes = 90",
    ]);
    let rows =
        "Date,Length,Present,Cancelled\n29/09/2026,90,7,\n06/10/2026,60,5,\n13/10/2026,,,ill\n20/10/2026,90,6,\n";
    let ahead = "03/02/2099,90,,\n";
    fs::write(desk.path("club.csv"), format!("{rows}{ahead}")).expect("it can be written");
    let ran = desk.run("import club.csv --into club --write");
    must(&ran, 0);
    for line in [
        "A2 new session of 29 September 2026, 90 minutes, 7 present; the log has a plan for this day",
        "A3 new session of 6 October 2026, 60 minutes, 5 present; the log has a plan for this day",
        "A4 new session of 13 October 2026, cancelled (ill); the log has a plan for this day",
        "A5 new session of 20 October 2026, 90 minutes, 6 present; the log says less of this day",
        "A6 new session of 3 February 2099, 90 minutes, planned",
    ] {
        assert!(flat(&ran).contains(line), "{line}\n{}", ran.out);
    }
    let list = "sessions = [\n  { date = 2026-09-29, minutes = 90, present = 7 },\n  \
                { date = 2026-10-06, minutes = 60, present = 5 },\n  { date = 2026-10-13, cancelled = \"ill\" },\n  \
                { date = 2026-10-20, minutes = 90, present = 6 },\n  \
                { date = 2099-02-03, minutes = 90, planned = true },\n]\n";
    assert!(desk.read("sessions/club.toml").ends_with(list), "{}", desk.read("sessions/club.toml"));
    let before = desk.files();
    must(&desk.run("import club.csv --into club --write"), 0);
    assert_eq!(desk.files(), before, "twice is once");
    // What is recorded stays, whatever the table says now.
    let rows =
        "Date,Length,Present,Cancelled\n29/09/2026,,,leave\n06/10/2026,90,5,\n13/10/2026,90,5,\n20/10/2026,90,7,\n";
    fs::write(desk.path("club.csv"), rows).expect("it can be written");
    let ran = desk.run("import club.csv --into club --write");
    must(&ran, 1);
    for line in [
        "A2 differs session of 29 September 2026, cancelled (leave): the log says that it was held",
        "A3 differs session of 6 October 2026, 90 minutes, 5 present: the log says 60 minutes",
        "A4 differs session of 13 October 2026, 90 minutes, 5 present: the log says that it was cancelled: ill",
        "A5 differs session of 20 October 2026, 90 minutes, 7 present: the log says 6 present",
        "A2: if the record is wrong, use gwp correct so that line 9 says `{ date = 2026-09-29, cancelled = \"leave\" },`.",
        "A5: if the record is wrong, use gwp correct so that line 12 says `{ date = 2026-10-20, minutes = 90, present = 7 },`.",
        "4 rows: 4 otherwise in the record.",
    ] {
        assert!(flat(&ran).contains(line), "{line}\n{}", ran.out);
    }
    assert!(desk.read("sessions/club.toml").ends_with(list));
}

#[test]
fn a_row_that_was_filled_in_beforehand_is_not_held() {
    let desk = club(&[]);
    let rows =
        "Date,Length,Present\n29/09/2026,90,7\n06/10/2026,90,\n13/10/2026,90,5\n20/10/2026,90,\n03/02/2099,90,\n";
    fs::write(desk.path("club.csv"), rows).expect("it can be written");
    let before = desk.files();
    let ran = desk.run("import club.csv --into club --write");
    must(&ran, 1);
    let asks =
        "unclear other rows say how many came, and this one does not; say it, or yes or no in a column Cancelled";
    for line in [format!("C3 {asks}"), format!("C5 {asks}"), "5 rows: 3 new, 2 not clear.".to_owned()] {
        assert!(flat(&ran).contains(&line), "{line}\n{}", ran.out);
    }
    assert_eq!(desk.files(), before);
    // A column that says so settles it; a plan in the table stays one.
    let rows = "Date,Length,Present,Cancelled,Planned\n29/09/2026,90,7,,\n06/10/2026,90,,no,\n13/10/2026,90,5,,\n\
                20/10/2026,90,,,yes\n";
    fs::write(desk.path("club.csv"), rows).expect("it can be written");
    must(&desk.run("import club.csv --into club --write"), 0);
    let list = "  { date = 2026-10-06, minutes = 90 },\n  { date = 2026-10-13, minutes = 90, present = 5 },\n  \
                { date = 2026-10-20, minutes = 90, planned = true },\n]\n";
    assert!(desk.read("sessions/club.toml").ends_with(list));
}

#[test]
fn a_table_of_meetings_contradicts_or_fills_in() {
    let desk = supervision(&[
        "date: 2026-10-01, minutes: 60",
        "date: 2026-10-15, minutes: 60, mode: video, planned: true",
        "date: 2026-10-29, minutes: 60",
        "date: 2026-11-12, minutes: 60, absent: [robin-ashby], planned: true",
    ]);
    let head = "Date,Length,Mode,Cancelled\n";
    let table = |rows: &str| fs::write(desk.path("calls.csv"), format!("{head}{rows}")).expect("it can be written");
    table("1 Oct 2026,60,video,\n29 Oct 2026,,,leave\n");
    let ran = desk.run("import calls.csv --into calls --write");
    must(&ran, 1);
    for line in [
        "A2 differs meeting of 1 October 2026, 60 minutes, video: the log says telephone",
        "A3 differs meeting of 29 October 2026, cancelled (leave): the log says that it was held",
    ] {
        assert!(flat(&ran).contains(line), "{line}\n{}", ran.out);
    }
    table("1 Oct 2026,60,telephone,\n15 Oct 2026,50,telephone,\n12 Nov 2026,60,,\n");
    must(&desk.run("import calls.csv --into calls --write"), 0);
    let list = "  - { date: 2026-10-01, minutes: 60 }\n  - { date: 2026-10-15, minutes: 50, mode: telephone }\n  \
                - { date: 2026-10-29, minutes: 60 }\n  - { date: 2026-11-12, minutes: 60, absent: [robin-ashby] }\n";
    assert!(desk.read("sessions/calls.yaml").ends_with(list), "{}", desk.read("sessions/calls.yaml"));
}

#[test]
fn a_row_of_a_day_that_contradicts_itself_is_not_taken() {
    let desk = club(&["date = 2026-10-06, minutes = 90, present = 7", "date = 2026-10-06, cancelled = \"ill\""]);
    fs::write(desk.path("club.csv"), "Date,Length,Present\n06/10/2026,90,7\n13/10/2026,90,7\n")
        .expect("it can be written");
    let ran = desk.run("import club.csv --into club --write");
    must(&ran, 1);
    for line in [
        "A2 differs session of 6 October 2026, 90 minutes, 7 present: the log says of this day that it was cancelled, and \
         that it was not",
        "A2: take out line 9 or line 10 with gwp correct, whichever is wrong.",
    ] {
        assert!(flat(&ran).contains(line), "{}", ran.out);
    }
}

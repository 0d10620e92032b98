//! The commands that write, on copies of the example: what they say, and what became of the folder.

use std::fs;

use crate::desk::{Desk, assert_transcript};

#[test]
fn a_session_is_logged_once() {
    assert_transcript(
        &Desk::london(),
        r"$ gwp log managing-stress 2026-02-16 --present 7 --as-of 2026-02-16
Recorded in sessions/managing-stress.toml, line 31: session of 16 February 2026, 90 minutes, 7 present.
Marcus Idowu: 15 of 30 sessions.
  Still needed: Leonie Hardcastle, workplace supervisor: GWP Form 2 was due on 30 January 2026 [R1]; and 6 more.
sessions/managing-stress.toml
+  { date = 2026-02-16, minutes = 90, present =  7 },
$ gwp log managing-stress 2026-02-16 --present 7 --as-of 2026-02-16
sessions/managing-stress.toml: this is recorded already, on line 31: session of 16 February 2026, 90 minutes, 7 present. Nothing is written.
$ gwp log managing-stress 2026-02-16 --present 8 --as-of 2026-02-16
gwp: sessions/managing-stress.toml: line 31 of the record says otherwise: session of 16 February 2026, 90 minutes, 7 present; what you say now is: session of 16 February 2026, 90 minutes, 8 present; if the record is wrong: gwp correct managing-stress session 2026-02-16 --present 8
(2)
",
    );
}

#[test]
fn a_meeting_is_logged_for_each_supervisee() {
    assert_transcript(
        &Desk::london(),
        r#"$ gwp log supervision-carers 2026-02-23 --absent tariq-haddad --as-of 2026-02-23
Recorded in sessions/supervision-carers.yaml, line 16: meeting of 23 February 2026, 75 minutes, without tariq-haddad.
Siobhan Keane: 8 of 30 sessions.
  9 supervision meetings.
  Still needed: the student: no session since 29 January 2026: 25 days, not counting breaks; 21 are allowed [G3]; and 5 more.
Tariq Haddad: 8 of 30 sessions.
  23 February 2026 does not count: the student was not there.
  Still needed: the student: no session since 29 January 2026: 25 days, not counting breaks; 21 are allowed [G3]; and 7 more.
sessions/supervision-carers.yaml
+  - { date: 2026-02-23, minutes: 75, absent: [tariq-haddad] }
$ gwp log supervision-hardcastle-idowu 2026-02-12 --minutes 40 --mode telephone --joint --as-of 2026-02-12
Recorded in sessions/supervision-hardcastle-idowu.toml, line 16: meeting of 12 February 2026, 40 minutes, telephone, joint.
Marcus Idowu: 14 of 30 sessions.
  7 supervision meetings.
  S5 is for the committee: no supervision from 8 January 2026 to 12 February 2026: 35 days, not counting breaks; 21 are allowed; supervision cancelled on 22 January 2026 and 5 February 2026 (post vacant at step 3, supervisor covering).
  S6 is for the committee: the meeting of 12 February 2026 was shorter than 60 minutes: 40.
  Still needed: Leonie Hardcastle, workplace supervisor: GWP Form 2 was due on 30 January 2026 [R1]; and 7 more.
sessions/supervision-hardcastle-idowu.toml
+  { date = 2026-02-12, minutes = 40, mode = "telephone", joint = true },
"#,
    );
}

#[test]
fn a_term_is_planned_around_the_breaks() {
    let desk = Desk::of("tests/cases/base");
    let log = desk.read("sessions/tuesday-group.toml");
    let (kept, _) = log.split_once("  { date = 2026-04-21").expect("the summer term");
    fs::write(desk.path("sessions/tuesday-group.toml"), format!("{kept}]\n")).expect("it can be written");
    let ran = desk.run("log tuesday-group 2026-03-31 --every 1w --until 2026-04-30 --dry-run --as-of 2026-05-01");
    let added: Vec<_> = ran.out.lines().filter(|line| line.starts_with('+')).collect();
    assert_eq!(
        added,
        ["+  { date = 2026-04-21, minutes = 90 },", "+  { date = 2026-04-28, minutes = 90 },",],
        "{}{}",
        ran.out,
        ran.err
    );
    assert!(ran.out.contains(": 2 sessions from 21 April 2026 to 28 April 2026, 3 left out for breaks"));
}

#[test]
fn decisions_rulings_and_leaving() {
    assert_transcript(
        &Desk::london(),
        r#"$ gwp decide ewan-kirkbride lcc arrangements approved --on 2026-02-10 --minute 'LCC, item 3' --as-of 2026-02-10
Recorded in students/2025/ewan-kirkbride.yaml, line 28: the LCC decided on 10 February 2026 about the arrangements: approved.
Ewan Kirkbride: 4 of 30 sessions.
  A3 is met.
  Still needed: Thandeka Mokoena, workplace supervisor: GWP Form 2 is due on 12 June 2026 [R1]; and 5 more.
gwp: warning: no list of LCC meetings has 10 February 2026, on which the LCC decided about Ewan Kirkbride
students/2025/ewan-kirkbride.yaml
+decision:
+  - { body: LCC, about: arrangements, date: 2026-02-10, outcome: approved, minute: "LCC, item 3" }
$ gwp decide ewan-kirkbride LCC award approved
gwp: "approved" is nothing to say of the award: the LCC says recommended, not-recommended, deferred, interview
(2)
$ gwp rule ewan-kirkbride g3 accepted --of 2026-01-28,2026-02-04 --on 2026-02-10 --body SPC --as-of 2026-02-10
Recorded in students/2025/ewan-kirkbride.yaml, line 30: the SPC ruled on 10 February 2026 on G3 (28 January 2026, 4 February 2026): accepted.
Ewan Kirkbride: 4 of 30 sessions.
  Still needed: Thandeka Mokoena, workplace supervisor: GWP Form 2 is due on 12 June 2026 [R1]; and 5 more.
Note: no question on G3 is open there, so this ruling changes nothing. "gwp show ewan-kirkbride --as-of 2026-02-10" lists the dates on which one is.
students/2025/ewan-kirkbride.yaml
+ruling:
+  - { requirement: G3, body: SPC, date: 2026-02-10, of: [2026-01-28, 2026-02-04], outcome: accepted }
$ gwp record ewan-kirkbride withdrawn --on 2026-02-11 --as-of 2026-02-12
Recorded in students/2025/ewan-kirkbride.yaml, line 6: left the course on 11 February 2026.
Ewan Kirkbride: 4 of 30 sessions.
  The verdict is now withdrawn: the student left the course.
students/2025/ewan-kirkbride.yaml
+withdrawn: 2026-02-11
$ gwp record ewan-kirkbride withdrawn --on 2026-02-13 --as-of 2026-02-12
gwp: students/2025/ewan-kirkbride.yaml: line 6 of the record says otherwise: 11 February 2026; what you say now is: 13 February 2026; if the record is wrong: gwp correct ewan-kirkbride withdrawn --to 2026-02-13
(2)
"#,
    );
}

#[test]
fn arrangements_begin_change_and_end() {
    assert_transcript(
        &Desk::london(),
        r#"$ gwp arrange marcus-idowu managing-stress miriam-castellan --from 2026-03-01 --responsible 'Dr A. Vaszary' --agreed 2026-02-20 --medical-cover needed --as-of 2026-02-10
Recorded in students/2025/marcus-idowu.toml, line 14: arrangement of managing-stress with miriam-castellan from 1 March 2026. That of managing-stress with leonie-hardcastle ends on 28 February 2026.
Marcus Idowu: 14 of 30 sessions.
  Still needed: Leonie Hardcastle, workplace supervisor: GWP Form 2 was due on 30 January 2026 [R1]; and 6 more.
students/2025/marcus-idowu.toml
+until = 2026-02-28
+
+[[arrangement]]
+group = "managing-stress"
+supervisor = "miriam-castellan"
+from = 2026-03-01
+clinical_responsibility = { holder = "Dr A. Vaszary", agreed = 2026-02-20 }
+medical_cover = "needed"
$ gwp arrange marcus-idowu managing-stress miriam-castellan --confirmed 2026-03-02 --medical-cover arranged --as-of 2026-02-10
Recorded in students/2025/marcus-idowu.toml, line 23: managing-stress with miriam-castellan: confirmed by the supervisor on 2 March 2026, medical cover arranged.
Marcus Idowu: 14 of 30 sessions.
  Still needed: Leonie Hardcastle, workplace supervisor: GWP Form 2 was due on 30 January 2026 [R1]; and 6 more.
students/2025/marcus-idowu.toml
+confirmed = 2026-03-02
-medical_cover = "needed"
+medical_cover = "arranged"
$ gwp arrange ewan-kirkbride care-leavers thandeka-mokoena --until 2026-02-28 --as-of 2026-02-10
Recorded in students/2025/ewan-kirkbride.yaml, line 12: care-leavers with thandeka-mokoena: arrangement until 28 February 2026.
Ewan Kirkbride: 4 of 30 sessions.
  Still needed: the LCC, through Ifeoma Castle, convenor: decision on the arrangements is due on 28 February 2026 [A3]; and 5 more.
students/2025/ewan-kirkbride.yaml
+    until: 2026-02-28
$ gwp arrange bethan-maddox ward-staff-reflective oonagh-devlin --external
gwp: nothing is written, for it would bring in an error: students/2025/bethan-maddox.toml:22:12: the supervisor is not based in the workplace, and no line manager is named [line-manager]; add `line_manager` with the `name` of the line manager, who fills in GWP Form 3
(2)
"#,
    );
}

#[test]
fn a_decision_says_what_it_rests_on_that_is_not_there() {
    let desk = Desk::of("tests/cases/base");
    assert_eq!(desk.run("new student jo-pike --name Pike").status, 0);
    let ran = desk.run("decide jo-pike LCC arrangements approved --on 2025-11-29 --as-of 2025-11-29");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(desk.read("students/jo-pike.toml").contains("outcome = \"approved\""));
    let said = "Note: the arrangements were approved by the LCC on 29 November 2025, and as the folder stood \
                these were not met on that day: A1 form1-submitted (open), A2 supervisor-confirmed (open). \"gwp show jo-pike --as-of 2025-11-29\" says more.";
    assert_eq!(ran.out.lines().last(), Some(said), "{}", ran.out);
    let ran = desk.run("decide jo-pike LCC arrangements queried --on 2025-12-01 --as-of 2025-12-01");
    assert!(!ran.out.contains("Note: "), "{}", ran.out);
    let ran = desk.run("decide jo-pike SPC award awarded --on 2025-12-02 --as-of 2025-12-02 --dry-run");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("Note: the award was awarded by the SPC on 2 December 2025, and"), "{}", ran.out);
    // What is ready needs no word.
    let ran = desk.run("decide robin-ashby NTM arrangements ratified --on 2026-06-20 --as-of 2026-06-20");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(!ran.out.contains("Note: "), "{}", ran.out);
}

#[test]
fn an_arrangement_is_not_said_otherwise_by_the_way() {
    let desk = Desk::london();
    let sole = "arrange marcus-idowu managing-stress";
    let as_of = "--as-of 2026-02-10";
    let begin = "--from 2026-03-01 --confirmed 2026-02-03 --until 2026-07-04 --responsible 'Dr A. Vaszary'";
    assert_eq!(desk.run(&format!("{sole} miriam-castellan {begin} {as_of}")).status, 0);
    let before = desk.files();
    for (said, there) in [
        (
            "--confirmed 2026-02-04",
            "confirmed by the supervisor on 3 February 2026; what is said now is: confirmed by the supervisor on 4 \
             February 2026",
        ),
        ("--until 2026-07-05", "arrangement until 4 July 2026; what is said now is: arrangement until 5 July 2026"),
        (
            "--responsible 'Dr B. Vaszary'",
            "clinical responsibility with Dr A. Vaszary; what is said now is: clinical responsibility with Dr B. Vaszary",
        ),
    ] {
        let ran = desk.run(&format!("{sole} miriam-castellan {said} {as_of}"));
        assert_eq!(ran.status, 2, "{}{}", ran.out, ran.err);
        assert!(ran.err.contains(" of the record says otherwise: "), "{}", ran.err);
        assert!(ran.err.contains(there), "{}", ran.err);
        assert_eq!(desk.files(), before);
    }
    let ran = desk.run(&format!("{sole} miriam-castellan --confirmed 2026-02-03 {as_of}"));
    assert!(ran.out.contains("this is recorded already"), "{}", ran.out);
    let agreed = format!("{sole} miriam-castellan --responsible 'Dr A. Vaszary' --agreed 2026-02-20 {as_of}");
    let ran = desk.run(&agreed);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let text = desk.read("students/2025/marcus-idowu.toml");
    assert!(text.contains("clinical_responsibility = { holder = \"Dr A. Vaszary\", agreed = 2026-02-20 }"), "{text}");
    // A new arrangement ends the former, whatever was said of its end.
    let ran = desk.run(&format!("{sole} leonie-hardcastle --from 2026-05-01 {as_of}"));
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains(". That of managing-stress with miriam-castellan ends on 30 April 2026"), "{}", ran.out);
}

#[test]
fn a_new_arrangement_does_not_begin_before_another_of_its_group() {
    let desk = Desk::london();
    let before = desk.files();
    let begin = "arrange marcus-idowu managing-stress miriam-castellan --as-of 2026-02-10";
    let there = "gwp: an arrangement of managing-stress with leonie-hardcastle is there from 13 October 2025 on, and both \
                 would run at once; if the supervisor is wrong there, correct its `supervisor` in \
                 students/2025/marcus-idowu.toml; if both are right, say with --from when this one began";
    for (from, until) in [("2025-10-13", ""), ("2025-10-01", ", or with --until when this one ended")] {
        let ran = desk.run(&format!("{begin} --from {from}"));
        assert_eq!(ran.status, 2, "{}", ran.out);
        assert_eq!(ran.err, format!("{there}{until}, or with --beside that they run side by side\n"));
        assert_eq!(desk.files(), before);
    }
    assert_eq!(desk.run(&format!("{begin} --from 2025-10-01 --until 2025-10-12 --dry-run")).status, 0);
    assert_eq!(desk.run(&format!("{begin} --from 2025-10-13 --beside --dry-run")).status, 0);
}

#[test]
fn an_arrangement_is_there_once() {
    assert_transcript(
        &Desk::london(),
        r#"$ gwp arrange marcus-idowu managing-stress leonie-hardcastle --from 2025-10-13 --as-of 2026-02-10
students/2025/marcus-idowu.toml: this is recorded already, on line 10: arrangement of managing-stress with leonie-hardcastle from 13 October 2025. Nothing is written.
$ gwp arrange marcus-idowu managing-stress leonie-hardcastle --from 2025-10-06 --as-of 2026-02-10
gwp: an arrangement of managing-stress with leonie-hardcastle is there from 13 October 2025 on, and a second one would overlap with it; leave out --from to change what it says, and if its first day is wrong, correct its `from` in students/2025/marcus-idowu.toml
(2)
$ gwp arrange marcus-idowu managing-stress leonie-hardcastle --from 2025-11-06 --as-of 2026-02-10
gwp: an arrangement of managing-stress with leonie-hardcastle is there from 13 October 2025 on, and a second one would overlap with it; leave out --from to change what it says, and if its first day is wrong, correct its `from` in students/2025/marcus-idowu.toml
(2)
$ gwp arrange marcus-idowu managing-stress leonie-hardcastle --from 2025-09-01 --until 2025-09-30 --as-of 2026-02-10 --dry-run
students/2025/marcus-idowu.toml
@@ -16,4 +16,10 @@
 medical_cover = "not-needed"

+[[arrangement]]
+group = "managing-stress"
+supervisor = "leonie-hardcastle"
+from = 2025-09-01
+until = 2025-09-30
+
 [[wrg]]
 supervisor = "annika-solberg"
Would be recorded in students/2025/marcus-idowu.toml, line 18: arrangement of managing-stress with leonie-hardcastle from 1 September 2025 until 30 September 2025.
Marcus Idowu: 14 of 30 sessions.
  A2 is for the committee: the confirmation of Leonie Hardcastle was due on 13 December 2025 and is not there.
  Still needed: Leonie Hardcastle, workplace supervisor: GWP Form 2 was due on 30 January 2026 [R1]; and 7 more.
This is a dry run: nothing is written.
$ gwp arrange marcus-idowu managing-stress leonie-hardcastle
gwp: the student has this arrangement; say what changes, such as --until for its last day
(2)
$ gwp arrange stefan-brandt hearing-voice leonie-hardcastle
gwp: the student's course ended on 8 July 2023; say with --from when the arrangement began
(2)
$ gwp arrange stefan-brandt hearing-voices somebody-else --until 2023-01-01
gwp: no supervisor has the id "somebody-else"; "gwp list supervisors" shows them all
(2)
$ gwp arrange stefan-brandt hearing-voices leonie-hardcastle --until 2023-12-01
gwp: the student has no arrangement of hearing-voices with leonie-hardcastle; the last one is with miriam-castellan from 17 November 2022 until 21 December 2023; name that supervisor to change it, or say with --from when one with leonie-hardcastle begins
(2)
$ gwp arrange ewan-kirkbride care-leavers leonie-hardcastle --confirmed 2026-02-01
gwp: the student has no arrangement of care-leavers with leonie-hardcastle; the one that runs is with thandeka-mokoena; name that supervisor to change it, or say with --from when one with leonie-hardcastle begins
(2)
$ gwp arrange stefan-brandt hearing-voices leonie-hardcastle
gwp: the student's course ended on 8 July 2023; say with --from when the arrangement began
(2)
$ gwp arrange stefan-brandt hearing-voices miriam-castellan --from 2023-12-21 --as-of 2026-02-10
gwp: an arrangement of hearing-voices with miriam-castellan is there from 17 November 2022 until 21 December 2023, and a second one would overlap with it; leave out --from to change what it says, and if its first day is wrong, correct its `from` in students/2022/stefan-brandt.toml
(2)
$ gwp arrange stefan-brandt hearing-voices miriam-castellan --from 2023-12-22 --until 2023-12-23 --as-of 2026-02-10 --dry-run
students/2022/stefan-brandt.toml
@@ -20,4 +20,12 @@
 medical_cover = "arranged"

+[[arrangement]]
+group = "hearing-voices"
+supervisor = "miriam-castellan"
+from = 2023-12-22
+until = 2023-12-23
+clinical_responsibility = { holder = "Dr A. Vaszary, consultant psychiatrist", agreed = 2022-11-10 }
+medical_cover = "arranged"
+
 [[wrg]]
 supervisor = "desmond-quayle"
Would be recorded in students/2022/stefan-brandt.toml, line 22: arrangement of hearing-voices with miriam-castellan from 22 December 2023 until 23 December 2023. Taken over: clinical responsibility with Dr A. Vaszary, consultant psychiatrist, agreed on 10 November 2022 (as with miriam-castellan) and medical cover arranged (as with miriam-castellan).
Stefan Brandt: 25 of 30 sessions.
This is a dry run: nothing is written.
"#,
    );
}

#[test]
fn a_record_gets_another_id_wherever_it_is_named() {
    let desk = Desk::of("tests/cases/base");
    assert_transcript(
        &desk,
        r#"$ gwp rename kit-lowe kit-lowe-marsh --as-of 2026-02-10 --dry-run
supervisors/kit-lowe.toml becomes supervisors/kit-lowe-marsh.toml
sessions/supervision-ashby.toml
@@ -1,4 +1,4 @@
 kind = "supervision"
-supervisor = "kit-lowe"
+supervisor = "kit-lowe-marsh"
 supervisees = ["robin-ashby"]
 format = "individual"
students/robin-ashby.toml
@@ -11,5 +11,5 @@
 [[arrangement]]
 group = "tuesday-group"
-supervisor = "kit-lowe"
+supervisor = "kit-lowe-marsh"
 from = 2025-10-06
 proposed = 2025-09-20
@@ -32,5 +32,5 @@
 due = 2026-01-31
 received = 2026-01-29
-by = "kit-lowe"
+by = "kit-lowe-marsh"

 [report.competencies]
@@ -55,5 +55,5 @@
 due = 2026-06-13
 received = 2026-06-10
-by = "kit-lowe"
+by = "kit-lowe-marsh"

 [report.competencies]
Would be renamed: the supervisor kit-lowe is now kit-lowe-marsh; it is named in 4 places of 2 records.
This is a dry run: nothing is written.
$ gwp rename kit-lowe ines-farrow
gwp: supervisors/ines-farrow.toml has the id "ines-farrow" already; choose another id
(2)
$ gwp rename kit-low kit
gwp: "kit-low" fits several records: Kit Lowe (kit-lowe) or Supervision of Robin Ashby with Kit Lowe (supervision-ashby); say which by the id, or by more of the name
(2)
$ gwp rename york-2025 ../York
gwp: invalid value '../York' for '[NEW]': an id is lower-case letters, digits and hyphens, such as mina-holt; see "gwp --help", or "gwp COMMAND --help" for one command
(2)
$ gwp rename york-2025 con
gwp: nothing is written, for it would bring in an error: courses/con.toml:1:1: `con` cannot be an id: some systems keep this name for themselves [bad-id]; rename the file to `con-1.toml`, and write that id where it is named
(2)
$ gwp rename york-2025 york-2025-26
Renamed: the course york-2025 is now york-2025-26; it is named in one place.
courses/york-2025-26.toml
+name = "York Diploma in Groupwork Practice 2025–26"
+convenor = "Hester Quill"
+email = "convenor.york@example.org"
+starts = 2025-09-27
+ends = 2026-07-11
+lcc_meetings = [2025-11-29, 2026-02-21, 2026-07-04]
+terms = [
+  { name = "Autumn", starts = 2025-09-27, ends = 2025-12-13 },
+  { name = "Spring", starts = 2026-01-10, ends = 2026-03-28 },
+  { name = "Summer", starts = 2026-04-18, ends = 2026-07-11 },
+]
courses/york-2025.toml
-name = "York Diploma in Groupwork Practice 2025–26"
-convenor = "Hester Quill"
-email = "convenor.york@example.org"
-starts = 2025-09-27
-ends = 2026-07-11
-lcc_meetings = [2025-11-29, 2026-02-21, 2026-07-04]
-terms = [
-  { name = "Autumn", starts = 2025-09-27, ends = 2025-12-13 },
-  { name = "Spring", starts = 2026-01-10, ends = 2026-03-28 },
-  { name = "Summer", starts = 2026-04-18, ends = 2026-07-11 },
-]
students/robin-ashby.toml
-course = "york-2025"
+course = "york-2025-26"
"#,
    );
}

#[test]
fn what_would_bring_in_an_error_is_not_written() {
    assert_transcript(
        &Desk::london(),
        r#"$ gwp arrange marcus-idowu managing-stress leonie-hardcastle --until 2025-10-01
gwp: nothing is written, for it would bring in an error: students/2025/marcus-idowu.toml:14:9: it ends on 1 October 2025, before it begins on 13 October 2025 [period]; one of the dates `from` and `until` is wrong, or they stand the wrong way round
(2)
$ gwp log managing-strss 2026-02-16
gwp: no session log has the id "managing-strss"; did you mean "managing-stress"?
(2)
$ gwp receive nobody-at-all GWP2
gwp: no student has the id "nobody-at-all"; "gwp list students" shows them all
(2)
$ gwp log managing-stress 2026-02-30
gwp: invalid value '2026-02-30' for '[DATE]...': there is no day "2026-02-30"; see "gwp --help", or "gwp COMMAND --help" for one command
(2)
"#,
    );
}

#[test]
fn a_dry_run_writes_nothing() {
    assert_transcript(
        &Desk::london(),
        r#"$ gwp log managing-stress 2025-12-25 --cancelled Christmas --dry-run --as-of 2026-02-10
sessions/managing-stress.toml
@@ -23,4 +23,5 @@
   { date = 2025-12-08, minutes = 90, present =  8 },
   { date = 2025-12-15, minutes = 90, present =  9 },
+  { date = 2025-12-25, cancelled = "Christmas" },
   { date = 2026-01-05, minutes = 90, present = 11 },
   { date = 2026-01-12, minutes = 90, present = 14 },
Would be recorded in sessions/managing-stress.toml, line 25: session of 25 December 2025, cancelled (Christmas).
Marcus Idowu: 14 of 30 sessions.
  Still needed: Leonie Hardcastle, workplace supervisor: GWP Form 2 was due on 30 January 2026 [R1]; and 6 more.
This is a dry run: nothing is written.
"#,
    );
}

#[test]
fn line_breaks_and_marks_of_other_systems_stay() {
    let desk = Desk::london();
    let path = "sessions/managing-stress.toml";
    let windows = format!("\u{feff}{}", desk.read(path).replace('\n', "\r\n"));
    fs::write(desk.path(path), &windows).expect("it can be written");
    assert_eq!(desk.run("log managing-stress 2026-02-16").status, 0);
    let line = "  { date = 2026-02-16, minutes = 90 },\r\n";
    let now = desk.read(path);
    assert!(now.contains(line));
    assert_eq!(now.replace(line, ""), windows);
}

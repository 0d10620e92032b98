//! Forms that arrive: which deadline they answer, who wrote them, and what they come to say.

use std::fs;

use crate::desk::{Desk, assert_transcript};

#[test]
fn a_report_answers_what_is_owed() {
    assert_transcript(
        &Desk::london(),
        r#"$ gwp receive marcus-idowu gwp2 --on 2026-02-10 --rating conflict=competent --concerns 'Late: twice.' --as-of 2026-02-10
Recorded in students/2025/marcus-idowu.toml, line 34: GWP Form 2 for 30 January 2026 by leonie-hardcastle, received on 10 February 2026, 1 of the 9 competencies rated.
Marcus Idowu: 14 of 30 sessions.
  R4 and C6 are met.
  R1 has nothing late any more.
  R5 is for the committee: GWP Form 2 of 10 February 2026 raises a concern: "Late: twice.".
  Still needed: the student: no supervision since 8 January 2026: 33 days, not counting breaks; 21 are allowed; supervision cancelled on 22 January 2026 and 5 February 2026 (post vacant at step 3, supervisor covering) [S5]; and 6 more.
students/2025/marcus-idowu.toml
+[[report]]
+form = "GWP2"
+due = 2026-01-30
+received = 2026-02-10
+by = "leonie-hardcastle"
+concerns = "Late: twice."
+[report.competencies]
+conflict = "competent"
+
$ gwp receive ewan-kirkbride GWP2 --due none --on 2026-02-09 --as-of 2026-02-10 --dry-run
students/2025/ewan-kirkbride.yaml
@@ -26,2 +26,3 @@
     not_started: true       # two evenings of the group so far, none yet brought to the WRG
   - { form: WRG2, due: 2026-01-30, received: 2026-01-30, by: annika-solberg }
+  - { form: GWP2, received: 2026-02-09, by: thandeka-mokoena }
Would be recorded in students/2025/ewan-kirkbride.yaml, line 28: GWP Form 2 by thandeka-mokoena, received on 9 February 2026.
Ewan Kirkbride: 4 of 30 sessions.
  Still needed: the LCC, through Ifeoma Castle, convenor: decision on the arrangements is due on 28 February 2026 [A3]; and 5 more.
Note: this GWP Form 2 has no ratings. To add them: gwp receive ewan-kirkbride GWP2 --on 2026-02-09 --ratings CCDCCD-CC
This is a dry run: nothing is written.
$ gwp receive marcus-idowu wrg2 --due 2026-02-01 --by desmond-quayle --on 2026-02-10 --as-of 2026-02-10 --dry-run
students/2025/marcus-idowu.toml
@@ -41,4 +41,10 @@
 conflict = "competent"

+[[report]]
+form = "WRG2"
+due = 2026-02-01
+received = 2026-02-10
+by = "desmond-quayle"
+
 [[decision]]
 body = "LCC"
Would be recorded in students/2025/marcus-idowu.toml, line 43: WRG Form 2 for 1 February 2026 by desmond-quayle, received on 10 February 2026.
Marcus Idowu: 14 of 30 sessions.
  Still needed: the student: no supervision since 8 January 2026: 33 days, not counting breaks; 21 are allowed; supervision cancelled on 22 January 2026 and 5 February 2026 (post vacant at step 3, supervisor covering) [S5]; and 6 more.
This is a dry run: nothing is written.
gwp: warning: students/2025/marcus-idowu.toml:45:7: 1 February 2026 is no deadline of the course london-2025 [not-a-deadline]; the nearest is 2026-01-30; a report that answers none has no `due`
gwp: warning: students/2025/marcus-idowu.toml:47:6: "desmond-quayle" is WRG supervisor in no entry of the student [not-the-supervisor]; correct who wrote the report, or enter the arrangement or WRG that is missing
"#,
    );
}

#[test]
fn a_report_is_recorded_once_and_comes_to_say_more() {
    assert_transcript(
        &Desk::london(),
        r#"$ gwp receive marcus-idowu gwp2 --on 2026-02-10 --as-of 2026-02-10
Recorded in students/2025/marcus-idowu.toml, line 34: GWP Form 2 for 30 January 2026 by leonie-hardcastle, received on 10 February 2026.
Marcus Idowu: 14 of 30 sessions.
  R4 is met.
  R1 has nothing late any more.
  Still needed: the student: no supervision since 8 January 2026: 33 days, not counting breaks; 21 are allowed; supervision cancelled on 22 January 2026 and 5 February 2026 (post vacant at step 3, supervisor covering) [S5]; and 5 more.
Note: this GWP Form 2 has no ratings. To add them: gwp receive marcus-idowu GWP2 --on 2026-02-10 --ratings CCDCCD-CC
students/2025/marcus-idowu.toml
+[[report]]
+form = "GWP2"
+due = 2026-01-30
+received = 2026-02-10
+by = "leonie-hardcastle"
+
$ gwp receive marcus-idowu gwp2 --on 2026-02-10 --as-of 2026-02-10
students/2025/marcus-idowu.toml: this is recorded already, on line 34: GWP Form 2 for 30 January 2026 by leonie-hardcastle, received on 10 February 2026. Nothing is written.
Note: this GWP Form 2 has no ratings. To add them: gwp receive marcus-idowu GWP2 --on 2026-02-10 --ratings CCDCCD-CC
$ gwp receive marcus-idowu gwp2 --on 2026-02-10 --by leonie-hardcastle --rating conflict=competent --not-started --as-of 2026-02-10
Recorded in students/2025/marcus-idowu.toml, line 39: GWP Form 2 for 30 January 2026 by leonie-hardcastle, received on 10 February 2026, 1 of the 9 competencies rated.
Marcus Idowu: 14 of 30 sessions.
  C6 is met.
  R4 is for the committee: GWP Form 2 of 10 February 2026 says that the student has not begun; the group was presented before.
  Still needed: the student: no supervision since 8 January 2026: 33 days, not counting breaks; 21 are allowed; supervision cancelled on 22 January 2026 and 5 February 2026 (post vacant at step 3, supervisor covering) [S5]; and 6 more.
students/2025/marcus-idowu.toml
+not_started = true
+[report.competencies]
+conflict = "competent"
$ gwp receive marcus-idowu gwp2 --on 2026-02-10 --rating conflict=competent --as-of 2026-02-10
students/2025/marcus-idowu.toml: this is recorded already, on line 34: GWP Form 2 for 30 January 2026 by leonie-hardcastle, received on 10 February 2026, 1 of the 9 competencies rated. Nothing is written.
$ gwp receive marcus-idowu gwp2 --on 2026-02-10 --rating conflict=developing --as-of 2026-02-10
gwp: this report is recorded already, and rates conflict competent where you say developing; if the record is wrong: gwp correct marcus-idowu report GWP2 2026-01-30 --rating conflict=developing
(2)
$ gwp receive marcus-idowu gwp2 --on 2026-02-10 --rating context=developing --as-of 2026-02-10
Recorded in students/2025/marcus-idowu.toml, line 41: GWP Form 2 for 30 January 2026 by leonie-hardcastle, received on 10 February 2026, 2 of the 9 competencies rated.
Marcus Idowu: 14 of 30 sessions.
  Still needed: the student: no supervision since 8 January 2026: 33 days, not counting breaks; 21 are allowed; supervision cancelled on 22 January 2026 and 5 February 2026 (post vacant at step 3, supervisor covering) [S5]; and 6 more.
students/2025/marcus-idowu.toml
+context = "developing"
$ gwp receive marcus-idowu gwp2 --on 2026-02-11 --due 2026-01-30 --as-of 2026-02-11
gwp: students/2025/marcus-idowu.toml: line 34 of the record says otherwise: GWP Form 2 for 30 January 2026 by leonie-hardcastle, received on 10 February 2026, 2 of the 9 competencies rated; if the record is wrong: gwp correct marcus-idowu report GWP2 2026-01-30 --received 2026-02-11
(2)
$ gwp receive ewan-kirkbride WRG2 --on 2026-01-30 --concerns Late --as-of 2026-02-10
Recorded in students/2025/ewan-kirkbride.yaml, line 27: WRG Form 2 for 30 January 2026 by annika-solberg, received on 30 January 2026.
Ewan Kirkbride: 4 of 30 sessions.
  R5 is for the committee: WRG Form 2 of 30 January 2026 raises a concern: "Late".
  The verdict is now query: the committee has something to judge.
  Still needed: the LCC to judge: WRG Form 2 of 30 January 2026 raises a concern: "Late" [R5]; and 6 more.
students/2025/ewan-kirkbride.yaml
-  - { form: WRG2, due: 2026-01-30, received: 2026-01-30, by: annika-solberg }
+  - { form: WRG2, due: 2026-01-30, received: 2026-01-30, by: annika-solberg, concerns: Late }
$ gwp receive ewan-kirkbride WRG2 --on 2026-01-30 --concerns 'Often late' --as-of 2026-02-10
gwp: students/2025/ewan-kirkbride.yaml: line 27 of the record says otherwise: WRG Form 2 for 30 January 2026 by annika-solberg, received on 30 January 2026, with the concerns "Late"; if the record is wrong: gwp correct ewan-kirkbride report WRG2 2026-01-30 --concerns 'Often late'
(2)
"#,
    );
}

#[test]
fn which_of_several_recorded_reports_is_meant_is_asked() {
    assert_transcript(
        &Desk::london(),
        r#"$ gwp receive ewan-kirkbride WRG2 --on 2026-01-30 --due none --as-of 2026-02-10 --by annika-solberg
Recorded in students/2025/ewan-kirkbride.yaml, line 28: WRG Form 2 by annika-solberg, received on 30 January 2026.
Ewan Kirkbride: 4 of 30 sessions.
  Still needed: the LCC, through Ifeoma Castle, convenor: decision on the arrangements is due on 28 February 2026 [A3]; and 5 more.
students/2025/ewan-kirkbride.yaml
+  - { form: WRG2, received: 2026-01-30, by: annika-solberg }
$ gwp receive ewan-kirkbride WRG2 --on 2026-01-30 --concerns Late --as-of 2026-02-10
gwp: several are recorded already: WRG Form 2 for 30 January 2026 by annika-solberg, received on 30 January 2026; WRG Form 2 by annika-solberg, received on 30 January 2026; say which is meant: --due 2026-01-30, or --due none
(2)
$ gwp receive ewan-kirkbride WRG2 --on 2026-01-30 --due none --concerns Late --as-of 2026-02-10
Recorded in students/2025/ewan-kirkbride.yaml, line 28: WRG Form 2 by annika-solberg, received on 30 January 2026.
Ewan Kirkbride: 4 of 30 sessions.
  R5 is for the committee: WRG Form 2 of 30 January 2026 raises a concern: "Late".
  The verdict is now query: the committee has something to judge.
  Still needed: the LCC to judge: WRG Form 2 of 30 January 2026 raises a concern: "Late" [R5]; and 6 more.
students/2025/ewan-kirkbride.yaml
-  - { form: WRG2, received: 2026-01-30, by: annika-solberg }
+  - { form: WRG2, received: 2026-01-30, by: annika-solberg, concerns: Late }
$ gwp receive ewan-kirkbride WRG2 --on 2026-01-30 --due 2026-01-30 --by leonie-hardcastle --as-of 2026-02-10
Recorded in students/2025/ewan-kirkbride.yaml, line 29: WRG Form 2 for 30 January 2026 by leonie-hardcastle, received on 30 January 2026.
Ewan Kirkbride: 4 of 30 sessions.
  Still needed: the LCC to judge: WRG Form 2 of 30 January 2026 raises a concern: "Late" [R5]; and 6 more.
gwp: warning: students/2025/ewan-kirkbride.yaml:29:62: "leonie-hardcastle" is WRG supervisor in no entry of the student [not-the-supervisor]; correct who wrote the report, or enter the arrangement or WRG that is missing
students/2025/ewan-kirkbride.yaml
+  - { form: WRG2, due: 2026-01-30, received: 2026-01-30, by: leonie-hardcastle }
$ gwp receive ewan-kirkbride WRG2 --on 2026-01-30 --due 2026-01-30 --as-of 2026-02-10
gwp: several are recorded already: WRG Form 2 for 30 January 2026 by annika-solberg, received on 30 January 2026; WRG Form 2 for 30 January 2026 by leonie-hardcastle, received on 30 January 2026; say which is meant: --due 2026-01-30 --by annika-solberg, or --due 2026-01-30 --by leonie-hardcastle
(2)
$ gwp receive ewan-kirkbride WRG2 --on 2026-01-30 --due 2026-01-30 --by annika-solberg --concerns Late --as-of 2026-02-10
Recorded in students/2025/ewan-kirkbride.yaml, line 27: WRG Form 2 for 30 January 2026 by annika-solberg, received on 30 January 2026.
Ewan Kirkbride: 4 of 30 sessions.
  Still needed: the LCC to judge: WRG Form 2 of 30 January 2026 raises a concern: "Late"; and 1 more [R5]; and 6 more.
students/2025/ewan-kirkbride.yaml
-  - { form: WRG2, due: 2026-01-30, received: 2026-01-30, by: annika-solberg }
+  - { form: WRG2, due: 2026-01-30, received: 2026-01-30, by: annika-solberg, concerns: Late }
"#,
    );
}

#[test]
fn a_report_answers_no_deadline_that_is_not_meant() {
    let desk = Desk::london();
    let path = "students/2025/marcus-idowu.toml";
    let text = desk.read(path);
    assert_transcript(
        &desk,
        r"$ gwp receive marcus-idowu wrg2 --on 2026-02-10 --as-of 2026-02-10
gwp: the WRG Form 2 for 30 January 2026 is recorded already, received on 4 February 2026; the next WRG Form 2 is not due before 12 June 2026, which is 122 days after 10 February 2026; say with --due 2026-06-12 that it answers that one, or with --due none that it answers none
(2)
$ gwp receive marcus-idowu wrg2 --on 2025-02-10 --as-of 2026-02-10
gwp: the WRG Form 2 for 30 January 2026 is recorded already, received on 4 February 2026; the next WRG Form 2 is not due before 12 June 2026, which is 487 days after 10 February 2025; say with --due 2026-06-12 that it answers that one, or with --due none that it answers none
(2)
$ gwp receive marcus-idowu gwp2 --on 2026-06-05 --as-of 2026-06-05
gwp: GWP Form 2 is owed for 30 January 2026 and for 12 June 2026; say which of them this one answers: --due 2026-01-30, --due 2026-06-12, or --due none
(2)
$ gwp receive marcus-idowu gwp2 --on 2026-02-10 --rating conflict=competent --rating C6=developing
gwp: conflict is rated both competent and developing; say which of them the form says
(2)
$ gwp receive marcus-idowu wrg2 --on 2026-06-05 --rating conflict=competent
gwp: the competencies are rated on GWP Form 2; leave the ratings out, or name GWP2 as the form
(2)
",
    );
    assert_eq!(desk.read(path), text);
    let supervisor = "supervisors/annika-solberg.toml";
    fs::write(desk.path(supervisor), "name = ").expect("it can be written");
    fs::write(desk.path(path), format!("{text}\n[[report]]\n")).expect("it can be written");
    assert_transcript(
        &desk,
        r#"$ gwp receive ewan-kirkbride gwp2 --on 2026-06-10 --as-of 2026-06-10
gwp: ewan-kirkbride cannot be judged, as "gwp check" says, so it is not known which GWP Form 2 is owed; say with --due which deadline it answers, or --due none
(2)
$ gwp receive marcus-idowu gwp2 --on 2026-02-10 --as-of 2026-02-10
gwp: students/2025/marcus-idowu.toml: the record has an error, and is left as it is; see "gwp check --only problems" and correct the record first
(2)
"#,
    );
}

#[test]
fn the_application_is_received_like_a_report() {
    assert_transcript(
        &Desk::london(),
        r#"$ gwp new student jo-pike --name Pike --course london-2025 --as-of 2025-10-10
Written: students/jo-pike.toml.
Pike: 0 of 30 sessions.
  The verdict is now on-track: nothing is late, and something is still to come.
  Still needed: the student: no workplace supervisor is arranged; no WRG supervisor is recorded [S1]; and 6 more.
students/jo-pike.toml
+name = "Pike"
+course = "london-2025"
$ gwp receive jo-pike GWP1 --on 2025-10-10 --as-of 2025-10-10
Recorded in students/jo-pike.toml, line 4: GWP Form 1 submitted on 10 October 2025.
Pike: 0 of 30 sessions.
  A1 is met.
  Still needed: the student: no workplace supervisor is arranged; no WRG supervisor is recorded [S1]; and 6 more.
students/jo-pike.toml
+
+[form1]
+submitted = 2025-10-10
$ gwp receive jo-pike form1 --on 2025-10-10 --as-of 2025-10-10
students/jo-pike.toml: this is recorded already, on line 5: GWP Form 1 submitted on 10 October 2025. Nothing is written.
$ gwp receive marcus-idowu form1 --on 2025-10-11
gwp: students/2025/marcus-idowu.toml: line 8 of the record says otherwise: GWP Form 1 submitted on 10 October 2025; if the record is wrong: gwp correct marcus-idowu submitted --to 2025-10-11
(2)
$ gwp receive jo-pike form1 --on 2025-10-10 --by helen-marsh
gwp: GWP Form 1 is the student's application; of it the day is recorded, with --on, and nothing else
(2)
$ gwp receive jo-pike insurance
gwp: invalid value 'insurance' for '[FORM]': it can be form1, GWP2, WRG2 or GWP3; that a supervisor confirmed is for "gwp arrange" with --confirmed, and "gwp record STUDENT" asks about other papers; see "gwp --help", or "gwp COMMAND --help" for one command
(2)
"#,
    );
}

#[test]
fn a_report_on_somebody_who_cannot_be_judged() {
    assert_transcript(
        &Desk::london(),
        r#"$ gwp receive hannah-lister GWP2 --on 2026-02-01 --as-of 2026-02-10
gwp: hannah-lister cannot be judged, as "gwp check" says, so it is not known which GWP Form 2 is owed; say with --due which deadline it answers, or --due none
(2)
$ gwp record hannah-lister withdrawn --on 2026-02-01 --as-of 2026-02-10
Recorded in students/2025/hannah-lister.yaml, line 5: left the course on 1 February 2026.
Hannah Lister: part of the evidence cannot be used, so nothing is judged.
students/2025/hannah-lister.yaml
+withdrawn: 2026-02-01
"#,
    );
}

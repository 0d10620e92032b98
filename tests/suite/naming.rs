//! People, groups and courses are named as people name them, and days are said as people say them.

use crate::asking::Terminal;
use crate::desk::{Desk, assert_transcript};

#[test]
fn whoever_writes_names_a_part_and_hears_who_was_meant() {
    assert_transcript(
        &Desk::london(),
        r#"$ gwp receive idowu gwp2 --by HARDCASTLE --on 10/2/26 --due none --as-of 2026-02-11
Recorded in students/2025/marcus-idowu.toml, line 34: GWP Form 2 by leonie-hardcastle, received on 10 February 2026.
Meant: Leonie Hardcastle (leonie-hardcastle) and Marcus Idowu (marcus-idowu).
Marcus Idowu: 14 of 30 sessions.
  R4 is met.
  Still needed: Leonie Hardcastle, workplace supervisor: GWP Form 2 was due on 30 January 2026 [R1]; and 6 more.
Note: this GWP Form 2 has no ratings. To add them: gwp receive marcus-idowu GWP2 --on 2026-02-10 --ratings CCDCCD-CC
students/2025/marcus-idowu.toml
+[[report]]
+form = "GWP2"
+received = 2026-02-10
+by = "leonie-hardcastle"
+
$ gwp log managing 2026-02-16=6 --as-of 16-Feb-2026 --dry-run
sessions/managing-stress.toml
@@ -29,3 +29,4 @@
   { date = 2026-02-02, minutes = 90, present = 10 },
   { date = 2026-02-09, minutes = 90, present = 14 },
+  { date = 2026-02-16, minutes = 90, present =  6 },
 ]
Would be recorded in sessions/managing-stress.toml, line 31: session of 16 February 2026, 90 minutes, 6 present.
Meant: Managing stress: six Mondays, then again (managing-stress).
Marcus Idowu: 15 of 30 sessions.
  Still needed: Leonie Hardcastle, workplace supervisor: GWP Form 2 was due on 30 January 2026 [R1]; and 6 more.
This is a dry run: nothing is written.
$ gwp log supervision-lindqvist 2026-02-03
gwp: "supervision-lindqvist" fits several session logs: Supervision of Bethan Maddox with Patrick Lindqvist (supervision-lindqvist-maddox) or Supervision of Lewis Strachan with Patrick Lindqvist (supervision-lindqvist-strachan); say which by the id, or by more of the name
(2)
$ gwp decide a LCC arrangements approved
gwp: "a" fits several students: Amina Warsame (amina-warsame) or Judith Abell (judith-abell); say which by the id, or by more of the name
(2)
$ gwp arrange marcus-idowu hearing lind --from 1-Mar-2026 --dry-run
students/2025/marcus-idowu.toml
@@ -12,7 +12,13 @@
 supervisor = "leonie-hardcastle"
 from = 2025-10-13
+until = 2026-02-28
 confirmed = 2025-10-15
 clinical_responsibility = { holder = "Leonie Hardcastle, clinical lead at step 2", agreed = 2025-10-06 }
 medical_cover = "not-needed"
+
+[[arrangement]]
+group = "hearing-voices"
+supervisor = "patrick-lindqvist"
+from = 2026-03-01

 [[wrg]]
Would be recorded in students/2025/marcus-idowu.toml, line 14: arrangement of hearing-voices with patrick-lindqvist from 1 March 2026. That of managing-stress with leonie-hardcastle ends on 28 February 2026.
Meant: Patrick Lindqvist (patrick-lindqvist) and Thursday hearing voices group (hearing-voices).
Marcus Idowu: 0 of 30 sessions.
  0 supervision meetings.
  S5 has nothing late any more.
  S6, I2 and I3 are open again.
  G6 is for the committee: no presentation of the group in the WRG is recorded, and the course has ended.
  A3 is for the committee: the approval of 6 December 2025 does not cover the arrangement of "Thursday hearing voices group" with Patrick Lindqvist, known since 1 March 2026.
  A2 needs attention: the confirmation of Patrick Lindqvist was due on 29 March 2026 and is not there.
  Still needed: Leonie Hardcastle, workplace supervisor: GWP Form 2 was due on 30 January 2026 [R1]; and 14 more.
This is a dry run: nothing is written.
gwp: warning: students/2025/marcus-idowu.toml:20:9: the log of the group "hearing-voices" does not name "marcus-idowu" as a conductor [not-a-conductor]; gwp record hearing-voices conductor marcus-idowu adds the student to the log; or correct the group
$ gwp arrange marcus-idowu lindqvist-maddox lind
gwp: no group has the id "lindqvist-maddox"; "gwp list groups" shows them all
(2)
$ gwp rename idowu marcus-dean --dry-run
gwp: "idowu" fits several records: Marcus Idowu (marcus-idowu), Supervision of Marcus Idowu with Kevin Oldroyd (case-management-idowu), Managing stress: six Mondays, then again (managing-stress) or Supervision of Marcus Idowu with Leonie Hardcastle (supervision-hardcastle-idowu); say which by the id, or by more of the name
(2)
$ gwp decide nobody LCC arrangements approved
gwp: no student has the id "nobody"; "gwp list students" shows them all
(2)
"#,
    );
}

#[test]
fn who_reads_names_a_part_too() {
    let desk = Desk::london();
    let by_id = desk.run("show marcus-idowu --as-of 2026-02-10").out;
    for name in ["marcus", "Idowu", "MARCUS-IDOWU", "marcus-id"] {
        assert_eq!(desk.run(&format!("show {name} --as-of 10.2.2026")).out, by_id, "{name}");
    }
    for (line, same) in [
        ("due --student idowu", "due --student marcus-idowu"),
        ("check --course 2025", "check --course london-2025"),
        ("list students --course 2025", "list students --course london-2025"),
        ("forecast --student idowu", "forecast --student marcus-idowu"),
        ("remind --from lindqvist", "remind --from patrick-lindqvist"),
        ("due --from rosalind", "due --from Rosalind-Tait"),
    ] {
        let (named, exact) =
            (desk.run(&format!("{line} --as-of 2026-02-10")), desk.run(&format!("{same} --as-of 2026-02-10")));
        assert_eq!((named.status, &named.err), (exact.status, &exact.err), "{line}");
        assert!(!named.out.is_empty() && named.out.len().abs_diff(exact.out.len()) < 20, "{line}\n{}", named.out);
    }
}

#[test]
fn of_several_the_one_at_the_terminal_says_which() {
    let desk = Desk::london();
    let mut terminal = Terminal::of(&desk.path(""), ["show", "ma", "--as-of", "2026-02-10"]);
    assert_eq!(terminal.question().as_deref(), Some("Which is meant (its number, or more of the name): "));
    terminal.answer("marc\n");
    let (status, shown) = terminal.end();
    assert_eq!(status, 0, "{shown}");
    assert!(shown.contains("  3  Marcus Idowu (marcus-idowu)\n") && shown.contains("66 records read"), "{shown}");

    let written = "decide a LCC arrangements approved --on 2026-02-10 --as-of 2026-02-11";
    let mut terminal = Terminal::of(&desk.path(""), written.split(' '));
    assert!(terminal.question().is_some());
    terminal.answer("3\n");
    assert!(terminal.question().is_some(), "there are only two");
    terminal.answer("2\n");
    assert!(terminal.question().is_some(), "no list of LCC meetings has the day");
    terminal.answer("yes\n");
    let (status, shown) = terminal.end();
    assert_eq!(status, 0, "{shown}");
    assert!(shown.contains("Meant: Judith Abell (judith-abell).\n"), "{shown}");
}

#[test]
fn a_day_that_could_be_two_is_refused_with_both() {
    let desk = Desk::london();
    for (line, said) in [
        ("check --as-of tuesday", "gwp: the day is not clear: it could be "),
        ("record marcus-idowu withdrawn --on tuesday", "write it in full, such as 31 January 2026"),
        (
            "check --as-of 12/31/26",
            "the day comes first, and there is no such month; for 31 December 2026 write 31/12/2026",
        ),
        ("check --meeting soon", "it is no day; write 31 January 2026, 31/1/26, 2026-01-31, 31 Jan, yesterday or last"),
        ("check --as-of soon", "or last Tuesday, or next-lcc;"),
        ("decide marcus-idowu LCC arrangements approved --on 31-Jan-99", "could be of 1999 or 2099; write the year"),
        ("receive marcus-idowu form1 --on tomorrow", "is still to come, and what is recorded has happened"),
        ("log managing-stress next-tuesday", "it is no day; write 31 January 2026"),
    ] {
        let ran = desk.run(line);
        assert!(ran.status == 2 && ran.out.is_empty() && ran.err.contains(said), "{line}\n{}{}", ran.out, ran.err);
    }
}

#[test]
fn names_and_days_are_taken_by_every_command() {
    let desk = Desk::london().in_git();
    for (line, same) in [
        ("history idowu", "history marcus-idowu"),
        ("audit --student 'Marcus Idowu' --since '1 Jan 2025'", "audit --student marcus-idowu --since 2025-01-01"),
        ("diff --student idowu --as-of 10/2/26", "diff --student marcus-idowu --as-of 2026-02-10"),
        ("explain G4 --course 2024 --as-of '10 Feb 2026'", "explain G4 --course london-2024 --as-of 2026-02-10"),
        (
            "check --student idowu --meeting '28 Feb 2026' --as-of 10.2.26",
            "check --student marcus-idowu --meeting 2026-02-28 --as-of 2026-02-10",
        ),
        (
            "forecast --student idowu --breaks '1 Aug 2026..31/8/26' --as-of 10/2/26",
            "forecast --student marcus-idowu --breaks 2026-08-01..2026-08-31 --as-of 2026-02-10",
        ),
        ("export sessions --student idowu --format csv", "export sessions --student marcus-idowu --format csv"),
    ] {
        let (named, exact) = (desk.run(line), desk.run(same));
        assert_eq!((named.status, &named.out, &named.err), (exact.status, &exact.out, &exact.err), "{line}");
        assert!(exact.status < 2, "{same}: {}", exact.err);
    }
    let london = Desk::london();
    assert_transcript(
        &london,
        "$ gwp log supervision-carers 2026-02-23 --absent tariq --absent nobody --as-of 2026-02-23\n\
         gwp: no supervisee has the id \"nobody\"; supervision-carers has the supervisees siobhan-keane and tariq-haddad\n(2)\n",
    );
    let ran = london.run("log carers 23/2/2026 --absent Haddad --as-of '23 Feb 2026' --dry-run");
    assert!(ran.status == 2 && ran.err.contains("\"carers\" fits several session logs: "), "{}", ran.err);
    let ran = london.run("log supervision-carers 23/2/2026 --absent Haddad --as-of '23 Feb 2026' --dry-run");
    assert!(ran.out.contains("absent: [tariq-haddad] }"), "{}{}", ran.out, ran.err);
}

/// No command reads a day of its own: what people write is read in one place.
#[test]
fn days_are_read_in_one_place() {
    let mut folders = vec![std::path::PathBuf::from("src/commands")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("it can be listed") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("it can be read");
            assert!(!text.contains("Day::parse("), "{} reads a day itself; use value_parsers::day", path.display());
        }
    }
}

#[test]
fn a_student_and_a_supervisor_can_be_called_alike() {
    let desk = Desk::of("tests/cases/base");
    for new in ["student 'Jo Pike'", "supervisor 'Joseph Adair'", "student 'Una Bell'", "supervisor 'Una Wells'"] {
        let ran = desk.run(&format!("new {new}"));
        assert_eq!(ran.status, 0, "{}", ran.err);
    }
    // A whole word is meant before the beginning of one.
    let ran = desk.run("record Jo email jo@example.org --dry-run");
    assert!(ran.status == 0 && ran.out.contains("students/jo-pike.toml"), "{}{}", ran.out, ran.err);
    let ran = desk.run("record Una email una@example.org");
    let why = "gwp: \"Una\" fits several records: Una Bell (student/una-bell) or Una Wells (supervisor/una-wells)";
    assert!(ran.status == 2 && ran.err.starts_with(why), "{}", ran.err);
    let text = crate::asking::answered(&desk, "record Una email una@example.org", &["2"]);
    assert!(text.contains("Recorded in supervisors/una-wells.toml"), "{text}");
}

//! What the commands that write make of what is not plain: what could mean two things, is blank, or is still to come.

use std::fs;

use crate::desk::{Desk, assert_transcript};

/// A student with an arrangement of one group, and of others beside it.
fn with_groups(others: &[&str]) -> Desk {
    let desk = Desk::of("tests/cases/base");
    let log = desk.read("sessions/tuesday-group.toml");
    for group in ["friday-group", "monday-group", "thursday-group"] {
        fs::write(desk.path(&format!("sessions/{group}.toml")), &log).expect("it can be written");
    }
    for group in others {
        let ran = desk.run(&format!("arrange robin-ashby {group} kit-lowe --from 2025-11-01 --beside"));
        assert_eq!(ran.status, 0, "{}", ran.err);
    }
    desk
}

fn said(desk: &Desk, line: &str) -> (i32, String) {
    let ran = desk.run(line);
    let first =
        ran.out.lines().find(|line| line.starts_with("Recorded") || line.starts_with("Would be")).map(str::to_owned);
    (ran.status, first.unwrap_or(ran.err))
}

#[test]
fn a_new_arrangement_ends_the_one_of_its_group() {
    let desk = with_groups(&["friday-group"]);
    let (status, said) =
        said(&desk, "arrange robin-ashby friday-group ines-farrow --from 2026-03-02 --as-of 2026-03-02");
    assert_eq!(status, 0, "{said}");
    let ends = "arrangement of friday-group with ines-farrow from 2 March 2026. That of friday-group with kit-lowe ends on 1 \
                March 2026.";
    assert!(said.contains(ends), "{said}");
    let text = desk.read("students/robin-ashby.toml");
    assert_eq!(text.matches("until = 2026-03-01").count(), 1, "{text}");
    let of_friday = text.find("group = \"friday-group\"").expect("it is there");
    assert!(text.find("until = 2026-03-01").is_some_and(|until| until > of_friday), "the other goes on\n{text}");
}

#[test]
fn a_new_arrangement_of_another_group_ends_the_only_one() {
    let line = "arrange robin-ashby friday-group ines-farrow --from 2026-03-02 --as-of 2026-03-02 --dry-run";
    let (status, said) = said(&with_groups(&[]), line);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains(". That of tuesday-group with kit-lowe ends on 1 March 2026."), "{said}");
}

#[test]
fn which_of_several_arrangements_ends_is_asked() {
    let desk = with_groups(&["monday-group"]);
    let before = desk.files();
    let line = "arrange robin-ashby friday-group ines-farrow --from 2026-03-02 --as-of 2026-03-02";
    let asks = "gwp: the student has more than one arrangement on 2 March 2026: tuesday-group with kit-lowe, monday-group \
                with kit-lowe; say with --beside that the new one runs beside them, or end one of them first with \"gwp \
                arrange\" and --until\n";
    assert_eq!(said(&desk, line), (2, asks.to_owned()));
    assert_eq!(desk.files(), before);
    assert_eq!(said(&desk, &format!("{line} --beside --dry-run")).0, 0);
    // Two supervisors of one group are two arrangements too.
    assert_eq!(desk.run("arrange robin-ashby monday-group ines-farrow --from 2025-12-01 --beside").status, 0);
    assert_eq!(desk.run("new supervisor jo-pike --name Pike --as-of 2026-03-02").status, 0);
    let line = "arrange robin-ashby monday-group jo-pike --from 2026-03-02 --as-of 2026-03-02";
    let (status, said) = said(&desk, line);
    let named = "on 2 March 2026: monday-group with kit-lowe, monday-group with ines-farrow; say";
    assert!(status == 2 && said.contains(named), "{said}");
}

#[test]
fn what_brings_in_an_error_is_said_of_several_details_too() {
    let desk = Desk::of("tests/cases/base");
    let before = desk.files();
    let line = "arrange robin-ashby tuesday-group kit-lowe";
    for (one, more) in [
        ("--until 2025-10-01", "--proposed 2025-09-20"),
        ("--external", "--responsible 'Dr M. Ellery, consultant psychiatrist'"),
    ] {
        let alone = said(&desk, &format!("{line} {one}"));
        assert!(alone.1.starts_with("gwp: nothing is written, for it would bring in an error: "), "{}", alone.1);
        assert_eq!(said(&desk, &format!("{line} {one} {more}")), alone);
        assert_eq!(desk.files(), before);
    }
    let text = desk.read("students/robin-ashby.toml").replace("medical_cover = \"not-needed\"\n", "");
    fs::write(desk.path("students/robin-ashby.toml"), text).expect("it can be written");
    for one in ["--until 2025-10-01", "--external"] {
        let alone = said(&desk, &format!("{line} {one}"));
        assert_eq!(said(&desk, &format!("{line} {one} --medical-cover needed")), alone);
    }
}

#[test]
fn a_report_that_is_recorded_is_not_taken_for_one_that_is_owed() {
    let desk = Desk::london();
    assert_eq!(desk.run("receive marcus-idowu gwp2 --due 2026-06-12 --on 2026-06-05 --as-of 2026-06-05").status, 0);
    assert_transcript(
        &desk,
        r#"$ gwp receive marcus-idowu gwp2 --on 2026-06-05 --rating conflict=competent --as-of 2026-06-05
gwp: GWP Form 2 for 12 June 2026 by leonie-hardcastle, received on 5 June 2026, is recorded already, and GWP Form 2 is owed for 30 January 2026 by leonie-hardcastle as well; say which is meant: --due 2026-06-12 for the one that is recorded, or --due 2026-01-30
(2)
$ gwp receive marcus-idowu gwp2 --on 2026-06-05 --due 2026-06-12 --rating conflict=competent --as-of 2026-06-05
Recorded in students/2025/marcus-idowu.toml, line 39: GWP Form 2 for 12 June 2026 by leonie-hardcastle, received on 5 June 2026, 1 of the 9 competencies rated.
Marcus Idowu: 14 of 30 sessions.
  C6 is met.
  Still needed: Leonie Hardcastle, workplace supervisor: GWP Form 2 was due on 30 January 2026 [R1]; and 8 more.
students/2025/marcus-idowu.toml
+[report.competencies]
+conflict = "competent"
$ gwp receive marcus-idowu gwp2 --on 2026-06-05 --due 2026-01-30 --as-of 2026-06-05
Recorded in students/2025/marcus-idowu.toml, line 42: GWP Form 2 for 30 January 2026 by leonie-hardcastle, received on 5 June 2026.
Marcus Idowu: 14 of 30 sessions.
  R1 has nothing late any more.
  Still needed: the student: no session since 9 February 2026: 116 days, not counting breaks; 14 are allowed [G3]; and 7 more.
Note: this GWP Form 2 has no ratings. To add them: gwp receive marcus-idowu GWP2 --on 2026-06-05 --ratings CCDCCD-CC
students/2025/marcus-idowu.toml
+[[report]]
+form = "GWP2"
+due = 2026-01-30
+received = 2026-06-05
+by = "leonie-hardcastle"
+
$ gwp receive marcus-idowu gwp2 --on 2026-06-05 --due 2026-01-30 --as-of 2026-06-05
students/2025/marcus-idowu.toml: this is recorded already, on line 42: GWP Form 2 for 30 January 2026 by leonie-hardcastle, received on 5 June 2026. Nothing is written.
Note: this GWP Form 2 has no ratings. To add them: gwp receive marcus-idowu GWP2 --on 2026-06-05 --ratings CCDCCD-CC
"#,
    );
}

#[test]
fn what_is_still_to_come_has_not_been_decided() {
    let desk = Desk::london();
    let before = desk.files();
    for line in [
        "decide ewan-kirkbride LCC arrangements approved",
        "rule ewan-kirkbride G3 accepted",
        "receive ewan-kirkbride GWP2 --due none",
        "receive ewan-kirkbride form1",
    ] {
        let (status, said) = said(&desk, &format!("{line} --on 2999-02-10 --as-of 2026-02-10"));
        let why = "gwp: 10 February 2999 is still to come, and what is recorded has happened; say with --on on which day that \
                   was\n";
        assert_eq!((status, said.as_str()), (2, why), "{line}");
        assert_eq!(desk.files(), before);
    }
    let arrange = "arrange ewan-kirkbride care-leavers thandeka-mokoena";
    for (line, option) in [
        (format!("{arrange} --confirmed 2999-02-10"), "--confirmed"),
        (format!("{arrange} --responsible Vaszary --agreed 2999-02-10"), "--agreed"),
        ("new supervisor jo-pike --name Pike --registered UKCP --checked 2999-02-10".to_owned(), "--checked"),
    ] {
        let (status, said) = said(&desk, &format!("{line} --as-of 2026-02-10"));
        let why =
            format!("gwp: 10 February 2999 is still to come, and what is recorded has happened; say with {option} on");
        assert!(status == 2 && said.starts_with(&why), "{line}: {said}");
        assert_eq!(desk.files(), before);
    }
    let (status, said) = said(&desk, "log managing-stress 2999-02-10 --present 7 --as-of 2026-02-10");
    let why = "gwp: 10 February 2999 is still to come, and --present says how many came; leave it out for a session that is \
               planned\n";
    assert_eq!((status, said.as_str()), (2, why));
    let left = desk.run("record ewan-kirkbride withdrawn --on 2999-02-10 --as-of 2026-02-10 --dry-run");
    assert!(left.out.contains(": leaves the course on 10 February 2999."), "{}", left.out);
    let ahead = "decide ewan-kirkbride LCC arrangements approved --on 2999-02-10 --as-of 2999-02-10 --dry-run";
    assert_eq!(desk.run(ahead).status, 0);
    for planned in [
        "log managing-stress 2999-02-11",
        "record ewan-kirkbride withdrawn --on 2999-02-10",
        "arrange ewan-kirkbride care-leavers thandeka-mokoena --until 2999-02-10",
    ] {
        assert_eq!(desk.run(&format!("{planned} --as-of 2026-02-10 --dry-run")).status, 0, "{planned}");
    }
}

#[test]
fn a_decision_that_settles_nothing_says_so() {
    let desk = Desk::of("tests/cases/base");
    let nothing = "Note: this decision changes nothing about the arrangements. \"gwp show robin-ashby --as-of 2026-06-16\" says what is still needed.";
    let decide = "decide robin-ashby NDT arrangements approved --on 2026-06-10 --dry-run --as-of";
    let ran = desk.run(&format!("{decide} 2026-06-16"));
    assert!(ran.out.lines().any(|line| line == nothing), "{}{}", ran.out, ran.err);
    // One of a day that is not looked at yet says nothing of it.
    let ran = desk.run(&format!("{decide} 2026-06-09"));
    assert!(ran.status == 0 && !ran.out.contains("changes nothing"), "{}{}", ran.out, ran.err);
    // That the NTM ratifies an award is recorded and never judged.
    let ran = desk.run("decide robin-ashby NTM award ratified --on 2026-06-10 --as-of 2026-06-16 --dry-run");
    assert!(ran.status == 0 && !ran.out.contains("changes nothing"), "{}{}", ran.out, ran.err);
    // Where the LCC has queried, the NTM is asked.
    let queried = desk.run("decide robin-ashby LCC arrangements queried --on 2026-06-05 --as-of 2026-06-16");
    assert_eq!(queried.status, 0, "{}", queried.err);
    let ran = desk.run("decide robin-ashby NTM arrangements approved --on 2026-06-10 --dry-run --as-of 2026-06-16");
    assert!(ran.status == 0 && !ran.out.contains("changes nothing"), "{}{}", ran.out, ran.err);
}

#[test]
fn a_ruling_that_settles_nothing_says_so() {
    let desk = Desk::of("tests/cases/base");
    let text = desk.read("sessions/tuesday-group.toml").replacen("minutes = 90", "minutes = 50", 1);
    fs::write(desk.path("sessions/tuesday-group.toml"), text).expect("it can be written");
    let nothing = "Note: no question on G4 is open there, so this ruling changes nothing. \"gwp show robin-ashby --as-of 2026-06-16\" lists the \
                   dates on which one is.";
    let rule = "rule robin-ashby G4 accepted --on 2026-02-21 --as-of 2026-06-16";
    let ran = desk.run(&format!("{rule} --of 2025-12-24 --dry-run"));
    assert!(ran.out.lines().any(|line| line == nothing), "{}{}", ran.out, ran.err);
    let ran = desk.run(rule);
    assert!(ran.status == 0 && !ran.out.contains("Note: "), "{}{}", ran.out, ran.err);
    let ran = desk.run(&format!("{rule} --of 2025-12-24"));
    assert_eq!((ran.status, ran.out.lines().last()), (0, Some(nothing)), "{}", ran.err);
    // A ruling of a day that is not looked at yet says nothing of it.
    let ran = desk.run("rule robin-ashby G3 accepted --on 2026-02-21 --as-of 2026-02-20");
    assert!(ran.status == 0 && !ran.out.contains("Note: "), "{}{}", ran.out, ran.err);
}

#[test]
fn a_blank_text_is_refused() {
    let desk = Desk::london();
    let before = desk.files();
    for (line, option) in [
        ("log managing-stress 2026-02-10 --cancelled ''", "--cancelled <WHY>"),
        ("arrange marcus-idowu managing-stress leonie-hardcastle --line-manager ' '", "--line-manager <NAME>"),
        ("arrange marcus-idowu managing-stress leonie-hardcastle --responsible ''", "--responsible <WHO>"),
        ("decide ewan-kirkbride LCC arrangements approved --minute ' '", "--minute <TEXT>"),
        ("rule ewan-kirkbride G3 accepted --minute ''", "--minute <TEXT>"),
        ("receive marcus-idowu gwp2 --concerns ''", "--concerns <TEXT>"),
        ("receive marcus-idowu gwp2 --by ' '", "--by <WHO>"),
        ("new student jo-pike --name Pike --email ''", "--email <EMAIL>"),
    ] {
        let (status, said) = said(&desk, line);
        let why = format!("for '{option}': it says nothing; write a text, or leave the option out; see");
        assert!(status == 2 && said.contains(&why), "{line}: {said}");
        assert_eq!(desk.files(), before);
    }
}

#[test]
fn what_has_no_certain_place_is_for_a_person() {
    let desk = Desk::london();
    let path = "sessions/care-leavers.yaml";
    let text = desk.read(path);
    let (head, _) = text.split_once("sessions:").expect("it has sessions");
    let write = |list: &str| fs::write(desk.path(path), format!("{head}{list}\n")).expect("it can be written");
    write("? sessions\n: - { date: 2026-01-14, minutes: 60 }");
    assert_transcript(
        &desk,
        "$ gwp log care-leavers 2026-02-11 2026-02-18 --as-of 2026-02-18\nTo be typed in the list `sessions` of line 10:\n\
         - { date: 2026-02-11, minutes: 60 }\n- { date: 2026-02-18, minutes: 60 }\n\
         gwp: sessions/care-leavers.yaml: the record is laid out in a way in which it is not certain where this goes; \
         type what stands above in an editor, at the place it names, laid out as what stands beside it; then run the command again, to see that nothing is missing\n(2)\n",
    );
    // In brackets it is certain, and nothing is wrong with the folder afterwards that was not before.
    write("sessions: [{ date: 2026-01-14, minutes: 60 }]");
    let ran = desk.run("log care-leavers 2026-02-11 --as-of 2026-02-11");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(
        desk.read(path).ends_with("sessions: [{ date: 2026-01-14, minutes: 60 }, { date: 2026-02-11, minutes: 60 }]\n")
    );
}

#[test]
fn the_end_of_the_former_is_not_lost_where_the_new_one_has_no_certain_place() {
    let desk = Desk::london();
    let path = "students/2025/ewan-kirkbride.yaml";
    let text = desk.read(path).replace("arrangement:\n  - ", "? arrangement\n: - ");
    fs::write(desk.path(path), &text).expect("it can be written");
    let ran = desk.run("arrange ewan-kirkbride care-leavers annika-solberg --from 2026-03-01 --as-of 2026-02-10");
    assert_eq!(ran.status, 2, "{}", ran.out);
    assert_eq!(desk.read(path), text);
    let ends = "To be typed among the keys of the entry of line 9:\nuntil: 2026-02-28\n";
    let begins = "To be typed in the list `arrangement` of line 8:\n- { group: care-leavers, supervisor: annika-solberg, \
                  from: 2026-03-01, clinical_responsibility: { holder: \"Joyce Ferreira, team manager, leaving \
                  care\", agreed: 2026-01-08 }, medical_cover: not-needed }\n";
    assert_eq!(ran.out, format!("{ends}{begins}"), "{text}");
}

#[test]
fn sessions_before_the_arrangement_are_told_with_what_mends_it() {
    let desk = Desk::of("tests/cases/base");
    let path = "students/robin-ashby.toml";
    let text = desk.read(path);
    // It began on the day of the fourth session, or is still to begin.
    for (from, told) in [
        ("2025-10-06", None),
        ("2025-10-08", Some("1 session was held before 8 October 2025")),
        ("2025-10-28", Some("3 sessions were held before 28 October 2025")),
        ("2026-04-01", Some("4 sessions were held before 1 April 2026")),
    ] {
        std::fs::write(desk.path(path), text.replacen("from = 2025-10-06", &format!("from = {from}"), 1)).unwrap();
        let page = desk.run("show robin-ashby --as-of 2025-10-31").out.split_whitespace().collect::<Vec<_>>().join(" ");
        let mends = format!(
            "If the arrangement began earlier: gwp correct robin-ashby arrangement tuesday-group {from} --from DATE"
        );
        assert_eq!(page.contains(&mends), told.is_some(), "{from}: {page}");
        let check = desk.run("check --as-of 2025-10-31 --only eligibility").out;
        let check = check.split_whitespace().collect::<Vec<_>>().join(" ");
        let Some(told) = told else { continue };
        assert!(page.contains(&format!("{told}, when the arrangement begins, and cannot count.")), "{page}");
        // In the table it is why nothing counts.
        assert_eq!(check.contains(told), from == "2026-04-01", "{check}");
    }
    let ran = desk.run("correct robin-ashby arrangement tuesday-group 2026-04-01 --from 2025-10-06 --as-of 2025-10-31");
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(desk.read(path), text);
}

#[test]
fn an_option_of_another_record_is_answered_with_the_right_one() {
    let desk = Desk::london();
    let ran = desk.run("correct london-2025 term Autumn --from 2025-09-20");
    assert!(ran.status == 2 && ran.err.contains("term has no --from; say --starts instead"), "{}", ran.err);
    let ran = desk.run("correct marcus-idowu arrangement --ends 2026-06-30");
    assert!(ran.status == 2 && ran.err.contains("arrangement has no --ends; say --until instead"), "{}", ran.err);
}

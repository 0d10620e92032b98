//! Arrangements that are given up, that go on with somebody else, and for which nobody has to answer.

use std::fs;

use crate::asking::{answered, at_a_terminal};
use crate::desk::Desk;
use crate::importing::{flat, must};

/// What a command adds to a record and takes from it, after what it did.
fn told(desk: &Desk, line: &str) -> String {
    // What it means for the student is told elsewhere.
    let is_about_student = |line: &&str| line.starts_with("Robin Ashby: ") || line.starts_with("  ");
    desk.transcript(line).lines().filter(|line| !is_about_student(line)).map(|line| format!("{line}\n")).collect()
}

#[track_caller]
fn assert_told(desk: &Desk, wanted: &str) {
    let lines = wanted.lines().filter_map(|line| line.strip_prefix("$ gwp "));
    let told: String = lines.map(|line| told(desk, line)).collect();
    assert!(told == wanted, "it says\n{told}");
}

/// A folder in which a student has a second arrangement, which begins in a while.
fn with_a_proposal() -> Desk {
    let desk = Desk::of("tests/cases/base");
    let text = desk.read("sessions/tuesday-group.toml");
    fs::write(desk.path("sessions/friday-group.toml"), text).expect("it can be written");
    let proposed = "arrange robin-ashby friday-group kit-lowe --from 2026-05-01 --proposed 2026-02-01 --beside";
    must(&desk.run(&format!("{proposed} --as-of 2026-02-10")), 0);
    desk
}

#[test]
fn a_proposal_that_fell_through_is_given_up() {
    assert_told(
        &with_a_proposal(),
        r#"$ gwp arrange robin-ashby friday-group kit-lowe --withdrawn 2026-05-02 --as-of 2026-06-16
gwp: the arrangement began on 1 May 2026, before 2 May 2026; say with --until when it ended; --withdrawn is for one that never began
(2)
$ gwp arrange robin-ashby friday-group kit-lowe --withdrawn 2026-03-10 --as-of 2026-06-16
Recorded in students/robin-ashby.toml, line 25: friday-group with kit-lowe: given up on 10 March 2026.
students/robin-ashby.toml
+withdrawn = 2026-03-10
$ gwp arrange robin-ashby friday-group kit-lowe --withdrawn 2026-03-10 --as-of 2026-06-16
students/robin-ashby.toml: this is recorded already, on line 25: given up on 10 March 2026. Nothing is written.
$ gwp arrange robin-ashby friday-group kit-lowe --withdrawn 2026-03-11 --as-of 2026-06-16
gwp: students/robin-ashby.toml: line 25 of the record says otherwise: given up on 10 March 2026; what is said now is: given up on 11 March 2026; if the record is wrong: gwp correct robin-ashby arrangement friday-group 2026-05-01 --withdrawn 2026-03-11
(2)
$ gwp arrange robin-ashby friday-group kit-lowe --confirmed 2026-03-11 --as-of 2026-06-16
gwp: the arrangement of friday-group with kit-lowe was given up on 10 March 2026; say with --from when a new one begins
(2)
$ gwp arrange robin-ashby friday-group ines-farrow --withdrawn 2026-03-11 --as-of 2026-06-16
gwp: the student has no arrangement of friday-group with ines-farrow that could be given up; name the group and the supervisor of the one that is meant, and with several its first day with --from
(2)
$ gwp arrange robin-ashby friday-group kit-lowe --withdrawn 2999-03-11 --as-of 2026-06-16
gwp: 11 March 2999 is still to come, and what is recorded has happened; say with --withdrawn on which day that was
(2)
$ gwp arrange robin-ashby friday-group kit-lowe --from 2026-05-08 --beside --as-of 2026-06-16
Recorded in students/robin-ashby.toml, line 27: arrangement of friday-group with kit-lowe from 8 May 2026.
students/robin-ashby.toml
+[[arrangement]]
+group = "friday-group"
+supervisor = "kit-lowe"
+from = 2026-05-08
+
"#,
    );
    // On its first day it has not begun yet.
    let desk = with_a_proposal();
    must(&desk.run("arrange robin-ashby friday-group kit-lowe --withdrawn 2026-05-01 --as-of 2026-06-16"), 0);
    for options in ["--until 2026-05-01", "--confirmed 2026-04-01"] {
        let line = format!("arrange robin-ashby friday-group kit-lowe --withdrawn 2026-04-01 {options}");
        must(&desk.run(&line), 2);
    }
}

#[test]
fn what_was_given_up_is_in_nobodys_way() {
    let desk = with_a_proposal();
    must(&desk.run("arrange robin-ashby friday-group kit-lowe --withdrawn 2026-03-10 --as-of 2026-06-16"), 0);
    // It would be a second one on the day, and one that begins later.
    let ran = desk.run("arrange robin-ashby friday-group ines-farrow --from 2026-04-01 --beside --as-of 2026-06-16");
    must(&ran, 0);
    let text = desk.read("students/robin-ashby.toml");
    assert_eq!(text.matches("[[arrangement]]").count(), 3, "{text}");
    // Nor does it end in favour of another.
    let ran = desk.run("arrange robin-ashby friday-group kit-lowe --from 2026-06-01 --as-of 2026-06-16");
    must(&ran, 0);
    assert!(ran.out.contains(". That of friday-group with ines-farrow ends on 31 May 2026."), "{}", ran.out);
}

#[test]
fn what_belongs_to_the_group_goes_on_with_another_supervisor() {
    assert_told(
        &Desk::of("tests/cases/base"),
        r#"$ gwp arrange robin-ashby tuesday-group ines-farrow --from 2026-03-02 --as-of 2026-06-16
Recorded in students/robin-ashby.toml, line 15: arrangement of tuesday-group with ines-farrow from 2 March 2026. That of tuesday-group with kit-lowe ends on 1 March 2026. Taken over: clinical responsibility with Dr M. Ellery, consultant psychiatrist, agreed on 2 October 2025 (as with kit-lowe) and medical cover not-needed (as with kit-lowe).
students/robin-ashby.toml
+until = 2026-03-01
+clinical_responsibility = { holder = "Dr M. Ellery, consultant psychiatrist", agreed = 2025-10-02 }
+medical_cover = "not-needed"
+
+[[arrangement]]
+group = "tuesday-group"
+supervisor = "ines-farrow"
+from = 2026-03-02
"#,
    );
    let desk = Desk::of("tests/cases/base");
    assert_told(
        &desk,
        r#"$ gwp arrange robin-ashby tuesday-group ines-farrow --from 2026-03-02 --responsible 'Dr Vaszary' --as-of 2026-06-16
Recorded in students/robin-ashby.toml, line 15: arrangement of tuesday-group with ines-farrow from 2 March 2026. That of tuesday-group with kit-lowe ends on 1 March 2026. Taken over: medical cover not-needed (as with kit-lowe).
students/robin-ashby.toml
+until = 2026-03-01
+medical_cover = "not-needed"
+
+[[arrangement]]
+group = "tuesday-group"
+supervisor = "ines-farrow"
+from = 2026-03-02
+clinical_responsibility = { holder = "Dr Vaszary" }
$ gwp arrange robin-ashby tuesday-group kit-lowe --from 2026-05-01 --medical-cover arranged --as-of 2026-06-16
Recorded in students/robin-ashby.toml, line 25: arrangement of tuesday-group with kit-lowe from 1 May 2026. That of tuesday-group with ines-farrow ends on 30 April 2026. Taken over: clinical responsibility with Dr Vaszary (as with ines-farrow).
students/robin-ashby.toml
+until = 2026-04-30
+
+[[arrangement]]
+group = "tuesday-group"
+supervisor = "kit-lowe"
+from = 2026-05-01
+clinical_responsibility = { holder = "Dr Vaszary" }
+medical_cover = "arranged"
"#,
    );
    // Another group has other patients.
    let desk = with_a_proposal();
    let text = desk.read("students/robin-ashby.toml");
    assert_eq!(text.matches("clinical_responsibility").count(), 1, "{text}");
}

#[test]
fn nobody_has_to_carry_clinical_responsibility_for_staff() {
    let desk = Desk::of("tests/cases/base");
    let text = desk.read("students/robin-ashby.toml");
    let without: String =
        text.split_inclusive('\n').filter(|line| !line.starts_with("clinical_responsibility")).collect();
    fs::write(desk.path("students/robin-ashby.toml"), without).expect("it can be written");
    assert_told(
        &desk,
        r#"$ gwp arrange robin-ashby tuesday-group kit-lowe --not-needed 'a group of staff' --as-of 2026-06-16
Recorded in students/robin-ashby.toml, line 17: tuesday-group with kit-lowe: no clinical responsibility needed: a group of staff.
students/robin-ashby.toml
+clinical_responsibility = { not_needed = "a group of staff" }
$ gwp arrange robin-ashby tuesday-group kit-lowe --not-needed 'a group of staff' --as-of 2026-06-16
students/robin-ashby.toml: this is recorded already, on line 17: no clinical responsibility needed: a group of staff. Nothing is written.
$ gwp arrange robin-ashby tuesday-group kit-lowe --responsible 'Dr Vaszary' --as-of 2026-06-16
gwp: students/robin-ashby.toml: line 17 of the record says otherwise: no clinical responsibility needed: a group of staff; what is said now is: clinical responsibility with Dr Vaszary; if the record is wrong: gwp correct robin-ashby clinical-responsibility tuesday-group 2025-10-06 --holder 'Dr Vaszary'
(2)
"#,
    );
    // The other way round it is a contradiction too.
    let desk = Desk::of("tests/cases/base");
    let ran = desk.run("arrange robin-ashby tuesday-group kit-lowe --not-needed staff --as-of 2026-06-16");
    must(&ran, 2);
    assert!(ran.err.contains("says otherwise: clinical responsibility with "), "{}", ran.err);
    must(&desk.run("arrange robin-ashby tuesday-group kit-lowe --not-needed staff --responsible 'Dr V.'"), 2);
}

#[test]
fn a_register_is_written_in_its_usual_form() {
    let desk = Desk::of("tests/cases/base");
    for (typed, written) in [("ukcp", "UKCP"), ("Bacp", "BACP"), ("UKCP", "UKCP"), ("bpc", "bpc")] {
        let id = format!("new-{}", typed.to_lowercase());
        fs::remove_file(desk.path(&format!("supervisors/{id}.toml"))).ok();
        must(&desk.run(&format!("new supervisor {id} --name Pike --registered {typed} --number 1")), 0);
        let text = desk.read(&format!("supervisors/{id}.toml"));
        assert!(text.contains(&format!("body = \"{written}\"")), "{text}");
    }
    let table = "Name,Registered with,Registration number\nJo Pike,ukcp,20\nAl Moran,bacp,21\n";
    fs::write(desk.path("people.csv"), table).expect("it can be written");
    must(&desk.run("import people.csv --into supervisors --write"), 0);
    assert!(desk.read("supervisors/jo-pike.toml").contains("{ body = \"UKCP\", number = \"20\" }"));
    let again = desk.run("import people.csv --into supervisors --write");
    must(&again, 0);
    assert!(flat(&again).contains("2 rows: 2 recorded already."), "{}", again.out);
    // What stands in a record in other letters is the same register.
    let text = desk.read("supervisors/jo-pike.toml").replace("UKCP", "ukcp");
    fs::write(desk.path("supervisors/jo-pike.toml"), text).expect("it can be written");
    must(&desk.run("import people.csv --into supervisors --write"), 0);
    // A folder can vary the registers.
    let varied = "[[variation]]\nparameter = \"registers\"\nvalue = [\"UKCP\", \"BPC\"]\nagreed_by = \"NTM\"\nagreed = 2025-09-01\n";
    fs::write(desk.path("gwp.toml"), varied).expect("it can be written");
    must(&desk.run("new supervisor kim --name Kim --registered bpc"), 0);
    assert!(desk.read("supervisors/kim.toml").contains("body = \"BPC\""));
}

#[test]
fn what_is_missing_is_asked_at_a_terminal() {
    let desk = Desk::of("tests/cases/base");
    let ran = desk.run("arrange robin-ashby --as-of 2026-06-16");
    assert_eq!(
        (ran.status, ran.err.as_str()),
        (
            2,
            "gwp: the group and the supervisor are needed; say them behind the student: \"gwp arrange STUDENT GROUP SUPERVISOR\"\n"
        )
    );
    // The only group, the supervisor of the arrangement that runs: what it says already is not asked.
    let keep = ["", "", "30 June 2026", ""];
    let text = answered(&desk, "arrange Ashby --as-of 2026-06-16", &keep);
    for asked in [
        "The group (Tuesday group, Ouse Bank recovery service) [Tuesday group, Ouse Bank recovery service]: \n",
        "The workplace supervisor (Ines Farrow, Kit Lowe) [Kit Lowe]: \n",
        "The last day [it goes on]: 30 June 2026\n",
        "Is the supervisor based outside the workplace (yes, no) [no]: \n",
        "tuesday-group with kit-lowe: arrangement until 30 June 2026",
    ] {
        assert!(text.contains(asked), "{asked}\nin\n{text}");
    }
    assert!(!text.contains("confirmed") && !text.contains("responsibility"), "{text}");
    assert!(desk.read("students/robin-ashby.toml").contains("until = 2026-06-30\n"));
    let (status, text) = at_a_terminal(&desk, "arrange robin-ashby --as-of 2026-06-16", &["\n", "Lowe\n", "\n"]);
    assert!(status == 2 && text.contains("nothing new was said, and nothing is written"), "{text}");
    // Another supervisor: the former arrangement ends the day before, and what belongs to the group is taken over.
    let new = ["", "Farrow", "1 May 2026", "", "", "2 May 2026", "yes", "Tom Reid", "", "", ""];
    let text = answered(&desk, "arrange robin-ashby --as-of 2026-06-16", &new);
    assert!(
        text.contains(
            "Does that of Tuesday group, Ouse Bank recovery service with Kit Lowe end on 30 April 2026 (yes, no) [yes]"
        ),
        "{text}"
    );
    let record = desk.read("students/robin-ashby.toml");
    let (_, added) = record.split_once("supervisor = \"ines-farrow\"\nfrom = 2026-05-01\n").expect("it is there");
    let added: String = added.lines().take_while(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect();
    assert_eq!(
        added,
        "confirmed = 2026-05-02\nexternal = true\nline_manager = { name = \"Tom Reid\" }\n\
         clinical_responsibility = { holder = \"Dr M. Ellery, consultant psychiatrist\", agreed = 2025-10-02 }\n\
         medical_cover = \"not-needed\"\n"
    );
}

#[test]
fn a_further_group_is_asked_about() {
    let desk = Desk::of("tests/cases/base");
    let text = desk.read("sessions/tuesday-group.toml").replace("Tuesday group, Ouse", "Friday group, Ouse");
    fs::write(desk.path("sessions/friday-group.toml"), text).expect("it can be written");
    // Whether the other one goes on, nobody can assume.
    let answers = [
        "Friday",
        "Lowe",
        "1/6/26",
        "",
        "no",
        "",
        "2 June 2026",
        "",
        "nobody",
        "a group of staff: nobody is a patient",
        "",
    ];
    let text = answered(&desk, "arrange robin-ashby --as-of 2026-06-16", &answers);
    assert!(text.contains("(yes, no): \nThis cannot be used: it is needed."), "{text}");
    let record = desk.read("students/robin-ashby.toml");
    assert!(record.contains("clinical_responsibility = { not_needed = \"a group of staff: nobody is a patient\" }\n"));
    assert_eq!(record.matches("until = ").count(), 1, "{record}");
    // Somebody who says all of it is asked nothing.
    let text = answered(&desk, "arrange robin-ashby friday kit-lowe --until 2026-06-30 --as-of 2026-06-16", &[]);
    assert!(text.contains("Recorded in"), "{text}");
}

//! Case folders and records made from nothing.

use std::collections::BTreeSet;

use gwp::records::RecordKind;
use gwp::records::shape::{Shape, Table};

use crate::desk::{Desk, assert_transcript};
use crate::validation::Validator;

/// Asserts that a folder has no problem, fits the schemas and is laid out.
fn assert_sound(desk: &Desk, folder: &str) {
    let ran = desk.run(&format!("check {folder} --as-of 2025-10-01 --fail-on errors,warnings,unknown"));
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    let ran = desk.run(&format!("-C {folder} fmt --check"));
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    Validator::new().assert_folder_fits(&desk.path(folder));
}

#[test]
fn a_course_from_nothing() {
    let desk = Desk::empty();
    let ran = desk.run("init bath");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(ran.out, "bath is a case folder now. To go on: \"gwp new course\" in it.\n");
    let files: BTreeSet<_> = desk.files().into_keys().collect();
    let wanted = [
        "bath/.gitattributes",
        "bath/.gitignore",
        "bath/.schemas/course.schema.json",
        "bath/.schemas/gwp.schema.json",
        "bath/.schemas/meeting.schema.json",
        "bath/.schemas/session.schema.json",
        "bath/.schemas/student.schema.json",
        "bath/.schemas/supervisor.schema.json",
        "bath/gwp.toml",
    ];
    assert_eq!(files, wanted.map(str::to_owned).into());
    for kind in ["gwp", "course", "student", "supervisor", "session"] {
        assert_eq!(desk.read(&format!("bath/.schemas/{kind}.schema.json")), desk.run(&format!("schema {kind}")).out);
    }
    assert_sound(&desk, "bath");
    the_first_records(&desk);
}

fn the_first_records(desk: &Desk) {
    assert_transcript(
        desk,
        r#"$ gwp -C bath new student mina-holt --name 'Mina Holt'
gwp: there is no course yet; write one with "gwp new course"
(2)
$ gwp -C bath new course bath-2025 --name 'Bath, 2025–26' --convenor 'Ros Hallam' --lcc-meetings 2025-11-29,2026-02-21 --term Autumn=2025-09-27..2025-12-13 --term Spring=2026-01-10..2026-03-28
Written: courses/bath-2025.toml.
bath/courses/bath-2025.toml
+#:schema ../.schemas/course.schema.json
+name = "Bath, 2025–26"
+convenor = "Ros Hallam"
+starts = 2025-09-27
+ends = 2026-03-28
+lcc_meetings = [2025-11-29, 2026-02-21]
+terms = [
+  { name = "Autumn", starts = 2025-09-27, ends = 2025-12-13 },
+  { name = "Spring", starts = 2026-01-10, ends = 2026-03-28 },
+]
$ gwp -C bath new student mina-holt --name 'Mina "Min" Holt' --email mina@example.org --as-of 2025-10-01
Written: students/mina-holt.toml.
Mina "Min" Holt: 0 of 30 sessions.
  The verdict is now on-track: nothing is late, and something is still to come.
  Still needed: the student: no workplace supervisor is arranged; no WRG supervisor is recorded [S1]; and 6 more.
bath/students/mina-holt.toml
+#:schema ../.schemas/student.schema.json
+name = "Mina \"Min\" Holt"
+email = "mina@example.org"
+course = "bath-2025"
$ gwp -C bath new supervisor clare-benning --name 'Clare Benning' --registered UKCP --number C-10311 --checked 2025-10-01 --expires 2026-09-30
Written: supervisors/clare-benning.toml.
bath/supervisors/clare-benning.toml
+#:schema ../.schemas/supervisor.schema.json
+name = "Clare Benning"
+registrations = [{ body = "UKCP", number = "C-10311", checked = 2025-10-01, expires = 2026-09-30 }]
$ gwp -C bath new group tuesday-group --title 'Tuesday group' --organisation 'Exwick Health' --setting health --aim therapeutic --conductor mina-holt
Written: sessions/tuesday-group.toml.
bath/sessions/tuesday-group.toml
+#:schema ../.schemas/session.schema.json
+kind = "group"
+title = "Tuesday group"
+organisation = "Exwick Health"
+setting = "health"
+aim = "therapeutic"
+frequency = "weekly"
+conductors = ["mina-holt"]
+sessions = []
$ gwp -C bath new supervision supervision-benning --supervisor clare-benning --supervisee mina-holt
Written: sessions/supervision-benning.toml.
bath/sessions/supervision-benning.toml
+#:schema ../.schemas/session.schema.json
+kind = "supervision"
+supervisor = "clare-benning"
+supervisees = ["mina-holt"]
+mode = "face-to-face"
+sessions = []
"#,
    );
    assert_transcript(
        desk,
        r#"$ gwp -C bath arrange mina-holt tuesday-group clare-benning --from 2025-10-06 --as-of 2025-10-07
Recorded in students/mina-holt.toml, line 6: arrangement of tuesday-group with clare-benning from 6 October 2025.
Mina "Min" Holt: 0 of 30 sessions.
  G1, G2 and S2 are met.
  Still needed: Ros Hallam, convenor: no WRG supervisor is recorded [S1]; and 11 more.
bath/students/mina-holt.toml
+
+[[arrangement]]
+group = "tuesday-group"
+supervisor = "clare-benning"
+from = 2025-10-06
$ gwp -C bath log tuesday-group 2025-10-07 --minutes 90 --present 7 --as-of 2025-10-07
Recorded in sessions/tuesday-group.toml, line 10: session of 7 October 2025, 90 minutes, 7 present.
Mina "Min" Holt: 1 of 30 sessions.
  G3, G4 and S5 are met.
  I1 needs attention: no insurance is recorded, and the group is running.
  I2 needs attention: nobody is named who carries clinical responsibility for "Tuesday group".
  I3 needs attention: it is not recorded whether "Tuesday group" needs medical cover.
  The verdict is now action: something is missing, and somebody can still act.
  Still needed: the student: no insurance is recorded, and the group is running [I1]; and 12 more.
bath/sessions/tuesday-group.toml
-sessions = []
+sessions = [
+  { date = 2025-10-07, minutes = 90, present = 7 },
+]
"#,
    );
}

#[test]
fn terms_are_of_the_year_in_the_id_and_apart() {
    let desk = Desk::empty();
    let said = "--name Exeter --convenor Hallam";
    assert_eq!(desk.run(&format!("init exeter --course exeter-2025 {said}")).status, 0);
    let text = desk.read("exeter/courses/exeter-2025.toml");
    assert!(text.contains("{ name = \"Autumn\", starts = 2025-09-27, ends = 2025-12-05 }"), "{text}");
    assert_eq!(desk.run(&format!("-C exeter new course exeter-2031 {said}")).status, 0);
    let text = desk.read("exeter/courses/exeter-2031.toml");
    assert!(text.contains("{ name = \"Autumn\", starts = 2031-09-27"), "{text}");
    let new = format!("-C exeter new course bath {said} --term Autumn=2025-09-27..2025-12-13 --term");
    let before = desk.files();
    for (term, fault) in [
        (
            "Reading=2025-10-20..2025-10-24",
            "Reading, 20 October 2025 to 24 October 2025, and Autumn, 27 September 2025 to 13 December 2025, have days in \
             common; check their dates",
        ),
        ("autumn=2026-01-10..2026-03-28", "two are called autumn; each needs a name of its own"),
    ] {
        let ran = desk.run(&format!("{new} {term}"));
        assert_eq!((ran.status, ran.err), (2, format!("gwp: these terms cannot be: {fault}\n")));
        assert_eq!(desk.files(), before);
    }
    assert_eq!(desk.run(&format!("{new} Spring=2026-01-10..2026-03-28")).status, 0);
}

#[test]
fn what_is_there_or_no_id_is_not_written() {
    let desk = Desk::of("tests/cases/base");
    assert_transcript(
        &desk,
        "$ gwp new supervisor kit-lowe --name X\n\
         gwp: supervisors/kit-lowe.toml is there already; choose another id\n(2)\n\
         $ gwp new supervisor ../kit --name X\n\
         gwp: \"../kit\" is no id, and the name is said already; an id is lower-case letters, digits and hyphens, such as \
         mina-holt\n(2)\n\
         $ gwp new supervisor 'Kit Lowe'\n\
         gwp: supervisors/kit-lowe.toml is there already; if this is another one of that name, add --id kit-lowe-2\n(2)\n\
         $ gwp new supervisor nul --name X\n\
         gwp: nothing is written, for it would bring in an error: supervisors/nul.toml:1:1: `nul` cannot be an id: some \
         systems keep this name for themselves [bad-id]; rename the file to `nul-1.toml`, and write that id where it is \
         named\n(2)\n\
         $ gwp new supervisor kit\n\
         gwp: the supervisor's name is needed; say it with --name\n(2)\n\
         $ gwp new group friday --title T --setting hospital --aim clinical\n\
         gwp: invalid value 'hospital' for '--setting <WORD>': it can be health, social-care, education, voluntary, \
         justice, community, workplace, private; see \"gwp --help\", or \"gwp COMMAND --help\" for one command\n(2)\n\
         $ gwp new supervision s --supervisor kit-lowe\n\
         gwp: the student who is supervised is needed; say it with --supervisee (Robin Ashby)\n(2)\n\
         $ gwp new supervision s --supervisor kit-lowe --supervisee ribon-ashby\n\
         gwp: no student has the id \"ribon-ashby\"; did you mean \"robin-ashby\"?\n(2)\n",
    );
}

#[test]
fn whatever_a_record_can_say_is_an_option() {
    let desk = Desk::of("tests/cases/base");
    assert_transcript(
        &desk,
        "$ gwp new supervisor jo --name Jo --cv-received 2999-01-01\n\
         gwp: 1 January 2999 is still to come, and what is recorded has happened; say with --cv-received on which day \
         that was\n(2)\n\
         $ gwp new supervisor jo --name Jo --number 7\n\
         gwp: the following required arguments were not provided: --registered <TEXT>; see \"gwp --help\", or \"gwp \
         COMMAND --help\" for one command\n(2)\n\
         $ gwp new supervisor jo --name Jo --cv-received 2025-09-01 --group-supervision-experience Ten\n\
         Written: supervisors/jo.toml.\n\
         supervisors/jo.toml\n\
         +name = \"Jo\"\n\
         +group_supervision_experience = \"Ten\"\n\
         +cv_received = 2025-09-01\n",
    );
    for (kind, word) in [(RecordKind::Student, "student"), (RecordKind::Supervisor, "supervisor")] {
        let help = desk.run(&format!("help new {word}")).out;
        for field in &Table::of_kind(kind).fields {
            let is_one_value = matches!(field.shape, Shape::Text | Shape::Date | Shape::Words(_) | Shape::Boolean);
            let is_said = help.contains(&format!("--{}", field.key.replace('_', "-")));
            assert!(is_said || !is_one_value, "{}", field.key);
        }
    }
}

#[test]
fn an_id_is_there_whatever_folder_and_ending_it_has() {
    assert_transcript(
        &Desk::london(),
        "$ gwp new group care-leavers --title T --setting health --aim clinical\n\
         gwp: sessions/care-leavers.yaml is there already; choose another id\n(2)\n\
         $ gwp new student marcus-idowu --name Marcus\n\
         gwp: students/2025/marcus-idowu.toml is there already; choose another id\n(2)\n",
    );
}

#[test]
fn a_folder_with_its_course() {
    let desk = Desk::empty();
    assert_transcript(
        &desk,
        "$ gwp init bath --name '…' --convenor Hallam\n\
         gwp: its id is needed; say it with --course\n(2)\n\
         $ gwp init bath --course bath-2025 --name Bath\n\
         gwp: the convenor's name is needed; say it with --convenor\n(2)\n\
         $ gwp init bath --course bath-2025 --name Bath --convenor ' '\n\
         gwp: the convenor's name is needed; say it with --convenor\n(2)\n\
         $ gwp init bath --course nul --name Bath --convenor Hallam\n\
         gwp: nothing is written, for it would bring in an error: courses/nul.toml:1:1: `nul` cannot be an id: some \
         systems keep this name for themselves [bad-id]; rename the file to `nul-1.toml`, and write that id where it is \
         named\n(2)\n\
         $ gwp init bath --course bath-2025 --name Bath --convenor Hallam --term Autumn=2025-12-13..2025-09-27\n\
         gwp: these terms cannot be: 27 September 2025 is before 13 December 2025\n(2)\n\
         $ gwp init bath --example --convenor Hallam\n\
         gwp: the example has a course of its own; leave out --example, or what is said of another course\n(2)\n",
    );
    assert!(!desk.path("bath").exists());
    let ran =
        desk.run("init bath --course bath-2025 --name Bath --convenor Hallam --term Autumn=2025-09-27..2025-12-13");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(
        ran.out,
        "bath is a case folder now, with the course bath-2025. To go on: \"gwp new student NAME\" in it.\n"
    );
    let begun = Desk::empty();
    std::fs::create_dir(begun.path("courses")).expect("it can be made");
    std::fs::write(begun.path("courses/bath-2025.toml"), "name = ").expect("it can be written");
    let ran = begun.run("init --course bath-2025 --name Bath --convenor Hallam");
    assert_eq!(
        (ran.status, ran.err.as_str()),
        (2, "gwp: courses/bath-2025.toml is there already; choose another id\n")
    );
    assert_eq!(begun.files().len(), 1);
    // The same as if it came after.
    let after = Desk::empty();
    assert_eq!(after.run("init bath").status, 0);
    let course = "new course bath-2025 --name Bath --convenor Hallam --term Autumn=2025-09-27..2025-12-13";
    assert_eq!(after.run(&format!("-C bath {course}")).status, 0);
    assert_eq!(desk.files(), after.files());
    assert_sound(&desk, "bath");
}

#[test]
fn an_example_to_try_things_out() {
    let desk = Desk::empty();
    let ran = desk.run("init tried --example");
    assert_eq!(ran.out, "tried is a case folder now. To go on: \"gwp check\" in it.\n");
    assert_sound(&desk, "tried");
    assert!(desk.run("list students tried --as-of 2026-02-10").out.contains("Alex Moran"));
}

#[test]
fn no_case_folder_within_another() {
    let desk = Desk::of("tests/cases/base");
    let before = desk.files();
    for place in ["", "new", "students", "students/new/er"] {
        let ran = desk.run(&format!("init {place}"));
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{}", ran.err);
    }
    assert_eq!(desk.files(), before);
    assert!(!desk.path("new").exists() && !desk.path("students/new").exists());
}

#[test]
fn what_somebody_wrote_is_not_written_over() {
    let desk = Desk::empty();
    std::fs::write(desk.path(".gitattributes"), "* text=auto\n").expect("it can be written");
    let ran = desk.run("init");
    assert_eq!((ran.status, ran.out.as_str()), (0, ". is a case folder now. To go on: \"gwp new course\" in it.\n"));
    let said = "gwp: .gitattributes is there already, and is left as it is; see that it has the line *.toml \
        text=auto eol=lf merge=gwp\n";
    assert_eq!(ran.err, said);
    assert_eq!(desk.read(".gitattributes"), "* text=auto\n");
}

#[test]
fn git_can_check_before_each_commit() {
    let desk = Desk::empty();
    let ran = desk.run("init --hook");
    assert_eq!(ran.status, 2);
    assert_eq!(
        ran.err,
        "gwp: the folder is not kept in git; make it a repository with \"git init\", or do without git\n"
    );
    assert!(desk.files().is_empty());
    desk.git("init --quiet");
    let ran = desk.run("init --hook");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    let hook = desk.path(".git/hooks/pre-commit");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&hook).expect("it is there").permissions().mode() & 0o100, 0o100);
    }
    assert!(hook.exists());
}

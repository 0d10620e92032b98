//! Several folders as one: a table, a total, and the folder a column; and every command over several.

use crate::cases::base_files;
use crate::chronicle::Diary;
use crate::program::{Program, Ran};
use crate::repository::Repository;
use crate::scratch;

/// Nine folders of one office. Kit Lowe supervises in all of them; in the last the convenor lists no meeting to come.
struct Office(tempfile::TempDir);

const DAY: &str = "2026-02-10";

impl Office {
    fn new() -> Self {
        let office = Self(scratch::folder());
        for number in 1..=9 {
            let diary = Diary { top: &office.0.path().join(format!("cases/office-{number}")) };
            diary.write_all(&base_files());
            if number > 3 {
                diary.replace("students/robin-ashby.toml", "received = 2026-01-29", "received = 2026-03-29");
            }
            if number == 9 {
                diary.replace("courses/york-2025.toml", "lcc_meetings = ", "lcc_meetings = [2025-11-29] # ");
            }
        }
        office
    }

    fn run(&self, words: &str) -> Ran {
        Program::within(self.0.path()).run(words)
    }
}

#[test]
fn one_table_one_total_and_one_letter_for_each_person() {
    let office = Office::new();
    let apart = office.run(&format!("due cases --as-of {DAY} --format json")).json();
    let apart = apart["folders"].as_array().expect("a list").iter();
    let late: usize = apart
        .map(|one| one["items"].as_array().expect("a list").iter().filter(|item| item["overdue"] == true).count())
        .sum();
    assert!(late >= 6, "{late}");
    let check = office.run(&format!("check cases --as-of {DAY} --merged --fail-on never"));
    assert_eq!((check.status, &*check.err), (0, ""));
    assert_eq!(check.out.matches("Eligibility as of").count(), 1, "{}", check.out);
    assert!(check.out.contains("9 students: "), "{}", check.out);
    assert!(check.out.contains(&format!("{late} items are overdue: ")), "{}", check.out);
    assert!(!check.out.contains("Nothing is overdue"), "{}", check.out);
    // Who owes something in six folders stands there once.
    let due = office.run(&format!("due cases --as-of {DAY} --overdue --merged --by person"));
    assert_eq!((due.status, &*due.err), (0, ""));
    assert_eq!(due.out.matches("Kit Lowe, kit.lowe@example.org").count(), 1, "{}", due.out);
    assert!((4..=9).all(|number| due.out.contains(&format!("office-{number}"))), "{}", due.out);
    assert!(due.out.contains(&format!("{late} items are overdue: ")), "{}", due.out);
    // The folder is a column.
    for words in ["due cases --merged --overdue", "check cases --merged --only overdue --fail-on never"] {
        let rows = office.run(&format!("{words} --as-of {DAY} --format csv")).rows();
        assert_eq!(rows.len(), late, "{words}");
        assert!(rows.iter().all(|row| row.cell("folder").starts_with("office-") && !row.cell("student").contains('/')));
    }
    let rows = office.run(&format!("check cases --merged --as-of {DAY} --format csv --fail-on never")).rows();
    let folders: Vec<_> = rows.iter().map(|row| row.cell("folder").to_owned()).collect();
    assert_eq!(folders, (1..=9).map(|number| format!("office-{number}")).collect::<Vec<_>>());
    // A letter is one anyway.
    let letters = office.run(&format!("remind cases --as-of {DAY} --from kit-lowe --format json")).json();
    assert_eq!(letters["letters"].as_array().map(Vec::len), Some(1));
    // What would do nothing is refused.
    for words in [
        "due cases --merged --format json",
        "due cases --merged --format ics",
        "check cases --merged --format json",
        "check cases --merged --only agenda",
        "check cases --merged --meeting next-lcc",
    ] {
        let ran = office.run(words);
        assert_eq!((ran.status, &*ran.out, ran.err.lines().count()), (2, "", 1), "{words}");
        assert!(ran.err.contains("--merged"), "{}", ran.err);
    }
}

#[test]
fn one_folder_without_a_meeting_is_named_and_the_rest_is_judged() {
    let office = Office::new();
    // The meetings of the example are past: others are listed for years to come.
    for number in 1..=8 {
        let diary = Diary { top: &office.0.path().join(format!("cases/office-{number}")) };
        diary.replace("courses/york-2025.toml", "lcc_meetings = [", "lcc_meetings = [2999-01-01, ");
    }
    for words in [
        "check cases --as-of next-lcc --fail-on never",
        "due cases --as-of next-lcc",
        "list students cases --as-of next-lcc",
    ] {
        let ran = office.run(words);
        assert_eq!(ran.status, 1, "{words}: {}", ran.err);
        let said = "gwp: office-9 is left out: no LCC meeting from today on is recorded in office-9; record it with";
        assert!(ran.err.starts_with(said) && ran.err.lines().count() == 1, "{}", ran.err);
        assert!(ran.out.contains("office-8") && !ran.out.contains("Case folder office-9"), "{}", ran.out);
    }
    let ran = office.run("check cases --meeting next-lcc --fail-on never");
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert!(ran.err.starts_with("gwp: office-9 is shown without a meeting: "), "{}", ran.err);
    assert!(ran.out.contains("Case folder office-9"), "{}", ran.out);
    // Alone, it is all that was asked for.
    assert_eq!(office.run("check cases/office-9 --as-of next-lcc").status, 2);
}

#[test]
fn audit_history_and_show_take_several_folders() {
    let repository = Repository::new();
    for name in ["one", "two"] {
        repository.write_all(name, &base_files());
    }
    repository
        .write("two/students/second-student.toml", base_files()["students/robin-ashby.toml"].replace("Robin", "Sky"));
    repository.commit("2026-02-01T12:00:00Z");
    let program = Program::within(&repository.top()).env("TZ", "UTC");
    // A folder as it stood is read by every command that judges.
    for command in
        ["export students", "remind", "due", "list students", "check --fail-on never", "forecast", "show robin-ashby"]
    {
        let on = |day: &str| program.run(&format!("{command} one --known-on {day} --as-of 2026-02-10"));
        let (then, before) = (on("2026-02-01"), on("2026-01-31"));
        assert_eq!((then.status, &*then.err), (0, ""), "{command}");
        assert_eq!((before.status, &*before.out), (2, ""), "{command}: {}", before.err);
    }
    let both = program.run("history robin-ashby one two");
    assert_eq!((both.status, &*both.err), (0, ""));
    for name in ["one", "two"] {
        assert!(both.out.contains(&format!("What was recorded of robin-ashby in {name}, and when")), "{}", both.out);
    }
    let document = program.run("history robin-ashby one two --format json").json();
    let names: Vec<_> = document["folders"].as_array().expect("a list").iter().map(|one| &one["folder"]).collect();
    assert_eq!(names, ["one", "two"]);
    // Who is in one of them is told of that one.
    let one = program.run("history second-student .").out;
    assert!(one.contains("second-student in two") && !one.contains(" in one,"), "{one}");
    let nobody = program.run("history nobody-here one two");
    assert!(nobody.status == 2 && nobody.err.contains("in these folders"), "{}", nobody.err);
    let audit = program.run("audit one two --format json");
    assert!(audit.status < 2, "{}", audit.err);
    let audit = audit.json();
    let names: Vec<_> = audit["folders"].as_array().expect("a list").iter().map(|one| &one["folder"]).collect();
    assert_eq!(names, ["one", "two"]);
    let alone = program.run("audit one --format json").json();
    assert!(alone["folder"].is_null() && alone["irregularities"].is_array());
    let show = program.run("show robin-ashby one two --as-of 2026-02-10");
    assert!(
        show.status == 0 && show.out.contains("one/robin-ashby") && show.out.contains("two/robin-ashby"),
        "{}",
        show.out
    );
}

//! What papers say of meetings: the minutes of one, what has changed since the last one, the SPC's over several folders.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;

use crate::cases::base_files;
use crate::desk::Desk;
use crate::program::{Program, Ran};
use crate::repository::Repository;

/// A section of a paper in Markdown.
fn section<'p>(paper: &'p Ran, title: &str) -> &'p str {
    assert_eq!(paper.status, 0, "{}", paper.err);
    let (_, after) =
        paper.out.split_once(&format!("\n## {title}\n")).unwrap_or_else(|| panic!("{title}: {}", paper.out));
    after.split_once("\n## ").map_or(after, |(part, _)| part)
}

/// A folder that is committed at two moments: then without Ada Finch and her course, and with them.
fn with_two_states(first: &str, second: &str) -> (Repository, String) {
    let repository = Repository::new();
    let mut files = base_files();
    repository.hold("york", &files);
    let earlier = repository.commit(first);
    let course = files["courses/york-2025.toml"].replace("York Diploma", "Hull Diploma");
    files.insert("courses/hull-2025.toml".to_owned(), course);
    files.insert("students/ada-finch.toml".to_owned(), "name = \"Ada Finch\"\ncourse = \"hull-2025\"\n".to_owned());
    repository.hold("york", &files);
    repository.commit(second);
    (repository, earlier)
}

fn since(repository: &Repository, words: &str) -> String {
    let words = format!("paper lcc -C york --format markdown {words}");
    section(&Program::within(&repository.top()).run(&words), "Since the last meeting").to_owned()
}

#[test]
fn a_paper_says_what_has_changed_since_the_last_meeting() {
    let (repository, earlier) = with_two_states("2025-11-29T12:00:00Z", "2025-11-30T12:00:00Z");
    let told = since(&repository, "--as-of 2026-02-21");
    assert!(told.contains("the end of 29 November 2025, the last meeting."), "{told}");
    let row = told.lines().find(|line| line.contains("Ada Finch (ada-finch) | not there | ")).expect("her row");
    assert!(row.contains("0 of 30"), "{row}");
    // Of another course she is not told, and a paper of the earlier commit knows nothing of her.
    assert!(!since(&repository, "--as-of 2026-02-21 --course york-2025").contains("Ada Finch"));
    assert!(since(&repository, "--as-of 2026-02-21 --course hull-2025").contains("Ada Finch"));
    let then = since(&repository, &format!("--as-of 2026-02-21 --rev {earlier}"));
    assert!(then.contains("29 November 2025") && !then.contains("Ada Finch"), "{then}");
    // A day later the meeting of 21 February is the last one. What is not committed counts as said now.
    let path = repository.top().join("york/students/ada-finch.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text + "withdrawn = 2026-02-01\n").unwrap();
    let told = since(&repository, "--as-of 2026-02-22");
    assert!(told.contains("the end of 21 February 2026"), "{told}");
    assert!(told.lines().any(|line| line.contains("ada-finch") && line.contains("| withdrawn |")), "{told}");
}

#[test]
fn what_has_changed_is_not_known_without_a_history() {
    let (repository, _) = with_two_states("2025-11-30T12:00:00Z", "2025-11-30T13:00:00Z");
    let told = since(&repository, "--as-of 2026-02-10");
    let why = "Nothing of the folder was committed by 29 November 2025, so the paper cannot say what has changed since \
               the meeting of 29 November 2025.";
    assert_eq!(told.trim(), why);
    let told = since(&repository, "--as-of 2025-11-29");
    assert!(told.trim().starts_with("No LCC meeting before 29 November 2025 is recorded,"), "{told}");
    let desk = Desk::london();
    let paper = desk.run("paper lcc --as-of 2026-02-10 --format markdown");
    let told = section(&paper, "Since the last meeting");
    assert!(told.trim().starts_with("The folder has no history in git,"), "{told}");
}

#[test]
fn minutes_say_what_is_recorded_of_a_meeting() {
    let desk = Desk::london();
    let paper = desk.run("paper minutes 2025-12-06 --as-of 2026-02-10 --format markdown");
    assert!(paper.out.starts_with("## Minutes of the LCC, 6 December 2025\n"), "{}", paper.out);
    let there = section(&paper, "Who was there");
    assert!(there.contains("Present: Ifeoma Castle, Gwendolen Marsden"), "{there}");
    assert!(there.contains("Apologies: Annika Solberg.") && there.contains("Declared: Miriam Castellan"), "{there}");
    let decided = section(&paper, "What was decided");
    assert!(decided.contains("| 8 | Judith Abell | the award | Recommended. |"), "{decided}");
    let items = section(&paper, "Item by item");
    let (_, five) = items.split_once("5\\. Siobhan Keane: the arrangements\n").expect("her item");
    assert!(five.trim_start().starts_with("Approved.\n\nNote: Arrangements approved. She and Tariq"), "{five}");
    // What a decision notes of itself may be a condition, and a note that says the outcome again says nothing.
    let after =
        |title: &str| items.split_once(&format!("{title}: the arrangements\n")).expect("it is there").1.trim_start();
    let marcus = "Approved.\n\nNote: Repeated six-week courses accepted as one group, on condition that supervision is \
                  clinical.\n\n- \"Managing stress";
    assert!(after("Marcus Idowu").starts_with(marcus), "{items}");
    let gareth = "Approved.\n\nNote: Structured CBT group: the approach is no obstacle. Joint supervision with the assistant \
                  agreed.\n\n- \"Overcoming";
    assert!(after("Gareth Pugh").starts_with(gareth), "{items}");
    assert!(after("Priya Nandakumar").starts_with("Approved.\n\n- \"Tuesday"), "{items}");
    assert!(!items.contains("to be decided by") && items.contains("- 33 sessions, the last"), "{items}");
    assert_eq!(section(&paper, "Agreement").trim(), "These minutes are not agreed yet.");
    // What it rested on is as of the meeting; on its day the minutes are there, and the day before they are not.
    assert!(
        paper.out.contains("as of 6 December 2025. The local committee varies: supervision modes"),
        "{}",
        paper.out
    );
    assert_eq!(desk.run("paper minutes 2025-12-06 --as-of 2025-12-06 --format markdown").out, paper.out);
    for (words, said) in [
        ("2025-12-06 --as-of 2025-12-05", "the meeting of 6 December 2025 is still to come, as of 5 December 2025;"),
        ("2025-12-07 --as-of 2026-02-10", "nothing is recorded of the LCC 7 December 2025; \"gwp meeting 2025-12-07"),
        ("2025-12-06 --body SPC --as-of 2026-02-10", "nothing is recorded of the SPC 6 December 2025;"),
    ] {
        let ran = desk.run(&format!("paper minutes {words}"));
        assert_eq!(ran.status, 2, "{words}");
        assert!(ran.err.contains(said), "{words}: {}", ran.err);
    }
}

#[test]
fn the_paper_of_the_spc_is_over_all_folders() {
    let desk = Desk::of("examples/national");
    let paper = desk.run("paper spc . --as-of 2026-02-10 --format markdown");
    let figures = section(&paper, "The courses in figures");
    assert!(figures.contains("4 students of 3 courses."), "{figures}");
    assert!(figures.contains("| Course | Folder | Students | action | query | on-track |"), "{figures}");
    assert!(figures.contains("2025–26 | bristol | 2 | 1 | 0 | 1 |"), "{figures}");
    let to_ratify = section(&paper, "Decisions to ratify");
    assert!(to_ratify.contains("Edith Clay") && to_ratify.contains("Alex Moran"), "{to_ratify}");
    let page = desk.run("paper spc . --as-of 2026-02-10").out;
    assert_eq!(page.matches("<section ").count(), 6, "four sections and two students");
    assert!(paper.out.contains(" glasgow/sessions/"), "where it stands is told with the folder");
    // Every award is in the register, and every student is counted, as the other commands do.
    let london = "--as-of 2026-02-10 -C examples/london";
    let program = Program::at_the_top();
    let paper = program.run(&format!("paper spc {london} --format markdown"));
    let awards = program.run(&format!("list awards {london} --format csv")).rows();
    let register = section(&paper, "Register of awards");
    assert!(awards.iter().all(|award| register.contains(award.cell("name"))), "{register}");
    assert_eq!(register.lines().filter(|line| line.starts_with("| ")).count(), awards.len() + 2, "{register}");
    let students = program.run(&format!("check {london} --format json")).json()["students"].as_array().unwrap().len();
    assert!(section(&paper, "The courses in figures").contains(&format!("{students} students of 3 courses.")));
    // A folder that cannot be judged is named, on the paper too.
    fs::write(desk.path("leeds/gwp.toml"), "scheme = \"none\"\n").unwrap();
    let paper = desk.run("paper spc . --as-of 2026-02-10 --format markdown");
    assert_eq!(paper.status, 1);
    assert!(
        paper.err.contains("leeds is left out") && paper.out.contains("leeds is not in this paper:"),
        "{}",
        paper.err
    );
}

#[cfg(unix)]
#[test]
fn a_paper_is_opened_with_what_the_system_opens_pages_with() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::london();
    let opener = desk.path("xdg-open");
    fs::write(&opener, "#!/bin/sh\nprintf '%s' \"$1\" > opened\n").unwrap();
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).unwrap();
    let path: &'static str = Box::leak(format!("{}:/usr/bin:/bin", desk.path("").display()).into_boxed_str());
    let words = "paper wall --as-of 2026-02-10 --out";
    let ran = Program::within(&desk.path("")).env("PATH", path).run(&format!("{words} wall.html --open"));
    assert_eq!((ran.status, ran.out.as_str()), (0, "Written: wall.html. Only you can read it.\n"), "{}", ran.err);
    assert_eq!(fs::read_to_string(desk.path("opened")).unwrap(), desk.path("wall.html").display().to_string());
    let ran = Program::within(&desk.path("")).env("PATH", "/nowhere").run(&format!("{words} a.html --open"));
    let said = "gwp: a.html is written, and no program could be started to open it; open the file yourself\n";
    assert_eq!((ran.status, ran.err.as_str()), (2, said));
    let ran = desk.run("paper wall --open");
    assert!(ran.status == 2 && ran.err.contains("--out"), "{}", ran.err);
}

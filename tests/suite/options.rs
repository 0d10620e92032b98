//! What the options of `gwp check` do: the exit status, the filters, the day, the folders, colour.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::{Program, Ran};
use crate::scratch;

fn london(options: &str) -> Ran {
    Program::at_the_top().run(&format!("check examples/london --as-of 2026-02-10 {options}"))
}

fn broken(folder: &str, options: &str) -> Ran {
    Program::at_the_top().run(&format!("check examples/broken/{folder} --as-of 2025-11-10 {options}"))
}

/// The ids, or another value, of the students of a document.
fn of_students(ran: &Ran, key: &str) -> Vec<String> {
    let document = ran.json();
    let students = document["students"].as_array().expect("a list").iter();
    students.map(|student| student[key].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn commands_repeat_the_folder_and_the_day() {
    let flat = |ran: &Ran| ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = flat(&london(""));
    let show = "gwp -C examples/london show marcus-idowu --as-of 2026-02-10";
    assert!(said.contains(&format!("more: {show}")), "{said}");
    assert!(said.contains("\"gwp -C examples/london explain A2 --as-of 2026-02-10\""), "{said}");
    assert!(said.contains(": gwp -C examples/london check --only problems --as-of 2026-02-10"), "{said}");
    let ran = Program::at_the_top().run(show.strip_prefix("gwp ").expect("a command"));
    assert!(ran.out.starts_with("Marcus Idowu (marcus-idowu)"), "{}", ran.out);
    // Of several folders each command is about one of them.
    let ran = Program::at_the_top().run("check examples/national --as-of 2026-02-10");
    assert!(flat(&ran).contains(": gwp -C examples/national/"), "{}", ran.out);
    // What is found without it is not said.
    let said = flat(&Program::within(Path::new("examples/london/students")).run("check"));
    assert!(said.contains("\"gwp explain A2\""), "{said}");
}

#[test]
fn the_exit_status_tells_of_what_fail_on_names() {
    // London has an error and with it an unknown student, somebody who has to act, overdue items, and no warning.
    for (what, status) in [
        ("errors", 1),
        ("warnings", 0),
        ("unknown", 1),
        ("action", 1),
        ("overdue", 1),
        ("never", 0),
        ("errors,never", 0),
    ] {
        assert_eq!(london(&format!("--fail-on {what}")).status, status, "{what}");
    }
    assert_eq!(london("").status, 1);
    assert_eq!(broken("stray-file", "").status, 1);
    for (what, status) in [("errors", 0), ("warnings", 1), ("errors,warnings", 1), ("unknown,action,overdue", 0)] {
        assert_eq!(broken("stray-file", &format!("--fail-on {what}")).status, status, "{what}");
    }
}

#[test]
fn filters_choose_what_the_exit_status_looks_at() {
    // Problems are looked at whatever is chosen.
    assert_eq!(london("--student priya-nandakumar").status, 1);
    for (chosen, status) in [
        ("--student priya-nandakumar", 0),
        ("--student hannah-lister", 1),
        ("--student marcus-idowu", 1),
        ("--course london-2024", 0),
        ("--course london-2025", 1),
        ("--verdict on-track", 0),
        ("--verdict on-track,unknown", 1),
    ] {
        assert_eq!(london(&format!("{chosen} --fail-on unknown,action,overdue")).status, status, "{chosen}");
    }
}

#[test]
fn what_cannot_be_carried_out_is_said_on_one_line() {
    let no_folder = Program::at_the_top().run("check src");
    let wrongs = [
        no_folder,
        london("--student priya-nandakumra"),
        london("--course london-2052"),
        london("--verdict lost"),
        london("--fail-on nothing"),
        london("--format xml"),
        Program::at_the_top().run("check examples/london --as-of 31.13.2026"),
        Program::at_the_top().run("check examples/nowhere"),
        Program::at_the_top().run("chekc"),
    ];
    for ran in wrongs {
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
        assert!(ran.err.starts_with("gwp: "), "{}", ran.err);
    }
    let near = london("--student priya-nandakumra");
    assert!(near.err.contains("did you mean \"priya-nandakumar\"?"), "{}", near.err);
    // Here there is something to show, and still nothing is judged.
    let ran = broken("schema-parameter", "");
    assert_eq!(ran.status, 2);
    assert!(ran.out.contains("error[schema]") && ran.err.lines().count() == 1, "{}{}", ran.out, ran.err);
}

#[test]
fn filters_choose_who_is_shown_and_counted() {
    let chosen = london("--format json --verdict ready --verdict query");
    assert!(of_students(&chosen, "verdict").iter().all(|verdict| ["ready", "query"].contains(&verdict.as_str())));
    assert_eq!(of_students(&chosen, "id"), ["amina-warsame", "lewis-strachan", "owen-tregear", "tariq-haddad"]);
    assert_eq!(chosen.json()["counts"]["students"], 4);
    assert_eq!(of_students(&london("--format json --course london-2022"), "id"), ["stefan-brandt"]);
    let both = london("--format json --course london-2024 --verdict query,on-track");
    assert_eq!(of_students(&both, "id"), ["fiona-macaskill", "lewis-strachan"]);
    let two = london("--format json --student tariq-haddad --student marcus-idowu");
    assert_eq!(of_students(&two, "id"), ["marcus-idowu", "tariq-haddad"]);
    assert_eq!(two.json()["overdue"].as_array().map(Vec::len), Some(2));
    // Problems are all of them, whoever is chosen.
    assert_eq!(two.json()["problems"].as_array().map(Vec::len), Some(1));
    let none = london("--format json --course london-2022 --verdict ready");
    assert_eq!(of_students(&none, "id"), [""; 0]);
}

#[test]
fn next_lcc_is_the_next_meeting_that_is_listed() {
    let folder = scratch::folder();
    let course = "name = 'A'\nconvenor = 'B'\nstarts = 2098-09-01\nends = 2099-07-01\n\
        lcc_meetings = [2099-02-03, 1999-01-01]\nterms = [{ name = 'C', starts = 2098-09-01, ends = 2098-12-01 }]\n";
    fs::create_dir(folder.path().join("courses")).expect("a folder can be made");
    fs::write(folder.path().join("courses/a.toml"), course).expect("a file can be written");
    let as_of = |gwp: &str| {
        fs::write(folder.path().join("gwp.toml"), gwp).expect("a file can be written");
        let ran = Program::within(folder.path()).run("check --as-of next-lcc --format json");
        ran.json()["as_of"].clone()
    };
    assert_eq!(as_of(""), "2099-02-03");
    assert_eq!(as_of("lcc_meetings = [2098-11-20, 2099-02-04]"), "2098-11-20");
    let past = Program::at_the_top().run("check examples/edition-2022-23 --as-of next-lcc");
    assert_eq!((past.status, past.out.as_str()), (2, ""));
    let said = "no LCC meeting from today on is recorded in edition-2022-23; record it with \"gwp record COURSE lcc-meeting DATE\"";
    assert!(past.err.contains(said), "{}", past.err);
}

#[test]
fn several_folders_are_one_run() {
    let names = |ran: &Ran| {
        let document = ran.json();
        let folders = document["folders"].as_array().expect("several").iter();
        folders.map(|folder| folder["folder"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    let program = Program::at_the_top();
    let of_folders = program.run("check examples/national --as-of 2026-02-10 --format json");
    assert_eq!(names(&of_folders), ["bristol", "glasgow", "leeds"]);
    let given = program.run("check examples/london examples/national/leeds --as-of 2026-02-10 --format json");
    assert_eq!(names(&given), ["london", "leeds"]);
    // One by itself is what it is among others.
    let alone = program.run("check examples/national/leeds --as-of 2026-02-10 --format json").json();
    let among: Value = given.json()["folders"][1].clone();
    for key in ["as_of", "files", "variations", "counts", "students", "overdue", "problems"] {
        assert_eq!(alone[key], among[key], "{key}");
    }
    // An id that two folders have names both; with its folder, one.
    let csv = |student: &str| {
        let words = format!("check examples/national --as-of 2026-02-10 --format csv --student {student}");
        let rows = program.run(&words).rows();
        rows.iter().map(|row| row.cell("student").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(csv("alex-moran"), ["glasgow/alex-moran", "leeds/alex-moran"]);
    assert_eq!(csv("leeds/alex-moran"), ["leeds/alex-moran"]);
    // A folder that cannot be judged does not keep the others from it.
    let mixed =
        program.run("check examples/broken/schema-parameter examples/national/leeds --as-of 2026-02-10 --format json");
    assert_eq!(mixed.status, 1);
    let mixed = mixed.json();
    assert_eq!(mixed["folders"][0]["students"], Value::Array(Vec::new()));
    assert_eq!(mixed["folders"][1]["students"], alone["students"]);
}

#[test]
fn a_folder_is_found_as_git_finds_its_own() {
    let top = Program::at_the_top().run("-C examples/london check --as-of 2026-02-10 --format json");
    assert_eq!(top.json()["students"].as_array().map(Vec::len), Some(18));
    let within = crate::file("examples/london/students/2025");
    assert!(Program::within(&within).run("check --as-of 2026-02-10 --format json").out == top.out);
    assert!(Program::within(&within).run("-C ../.. check . --as-of 2026-02-10 --format json").out == top.out);
}

#[test]
fn colour_is_there_when_it_is_wanted() {
    let plain = london("--course london-2025").out;
    let coloured = |program: Program, options: &str| {
        let ran = program.run(&format!("check examples/london --as-of 2026-02-10 --course london-2025 {options}"));
        let bare: String = strip(&ran.out);
        assert_eq!(bare, plain, "colour changes nothing else");
        ran.out.contains('\u{1b}')
    };
    let program = Program::at_the_top;
    assert!(!coloured(program(), ""), "this is no terminal");
    assert!(coloured(program(), "--color always"));
    assert!(!coloured(program(), "--color never"));
    assert!(coloured(program().env("CLICOLOR_FORCE", "1"), ""));
    assert!(!coloured(program().env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1"), ""));
    assert!(!coloured(program().env("CLICOLOR_FORCE", "1"), "--color never"));
    assert!(coloured(program().env("NO_COLOR", "1"), "--color always"));
    for format in ["json", "csv", "markdown"] {
        let ran = london(&format!("--color always --format {format}"));
        assert!(!ran.out.contains('\u{1b}'), "{format} is for programs");
    }
}

/// The text without the codes of colour.
fn strip(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |before, part| before + part.split_once('m').map_or("", |(_, rest)| rest))
}

#[test]
fn reading_writes_nothing() {
    let stamps = || {
        let files = walkdir::WalkDir::new(crate::file("examples/london")).sort_by_file_name().into_iter();
        files
            .map(|entry| entry.expect("an entry"))
            .map(|entry| {
                let about = entry.metadata().expect("it has some");
                (entry.into_path(), about.len(), about.modified().ok())
            })
            .collect::<Vec<_>>()
    };
    let before = stamps();
    for words in ["check", "list students", "forecast", "show bethan-maddox", "explain G4", "schema student"] {
        let ran = Program::within(&crate::file("examples/london")).run(words);
        assert!(ran.status < 2, "{words}: {}", ran.err);
    }
    assert_eq!(stamps(), before);
}

/// Runs of every command that has formats, each with the formats and the options that are tried on it.
const TRIED: [(&str, &[&str], &[&str]); 9] = [
    (
        "check examples/london --as-of 2026-02-10 --fail-on action,overdue",
        &["table", "json", "csv", "markdown"],
        &[
            "--meeting next-lcc",
            "--only eligibility --meeting next-lcc",
            "--only agenda --meeting next-lcc",
            "--only to-confirm --meeting next-lcc",
            "--only overdue --meeting next-lcc",
            "--only problems --meeting next-lcc",
            "--only agenda",
            "--only overdue",
            "--only problems",
            "--only to-confirm",
            "--fail-on never",
            "--student priya-nandakumar",
            "--course london-2022",
            "--verdict recommended",
        ],
    ),
    (
        "due examples/london --as-of 2026-02-10",
        &["table", "json", "csv", "markdown", "ics"],
        &[
            "--overdue",
            "--within 2w",
            "--overdue --within 2w",
            "--from convenor",
            "--by person",
            "--by student",
            "--exit-code",
            "--student marcus-idowu",
            "--course london-2024",
            "--verdict action",
        ],
    ),
    (
        "forecast examples/london --as-of 2026-02-10",
        &["table", "json", "csv", "markdown"],
        &[
            "--pace fortnightly",
            "--breaks 2026-04-01..2026-05-31",
            "--lose 3",
            "--student marcus-idowu",
            "--verdict action",
        ],
    ),
    ("list students examples/london --as-of 2026-02-10", &["table", "json", "csv", "markdown"], FILTERS),
    ("list supervisors examples/london --as-of 2026-02-10", &["csv"], FILTERS),
    ("list groups examples/london --as-of 2026-02-10", &["csv"], FILTERS),
    ("list courses examples/london --as-of 2026-02-10", &["csv"], FILTERS),
    ("list meetings examples/london --as-of 2026-02-10", &["csv"], FILTERS),
    ("export sessions examples/london --as-of 2026-02-10", &["csv", "json"], FILTERS),
];

const FILTERS: &[&str] = &["--student marcus-idowu", "--course london-2022", "--verdict action"];

#[test]
fn an_option_does_something_or_is_refused() {
    let program = Program::at_the_top();
    let (mut idle, mut refused) = (Vec::new(), Vec::new());
    for (base, formats, options) in TRIED {
        for format in formats {
            let mut known = BTreeMap::new();
            let mut told = |words: &'static str| -> Ran {
                let run = || program.run(&format!("{base} --format {format} {words}"));
                known.entry(words).or_insert_with(run).clone()
            };
            for option in options {
                // What stands before the last option is there with and without it.
                let before = option.rfind("--").map_or("", |at| &option[..at]);
                let with = told(option);
                if with.status == 2 {
                    assert!(with.out.is_empty() && with.err.lines().count() == 1, "{option}: {}", with.err);
                    assert!(with.err.contains("leave "), "{option}: {}", with.err);
                    let command = base.split(' ').next().unwrap_or_default();
                    refused.push(format!("{command} {option} --format {format}"));
                    continue;
                }
                let without = told(before);
                // A calendar says when it was made.
                let lines = |ran: &Ran| {
                    ran.out.lines().filter(|line| !line.starts_with("DTSTAMP")).map(str::to_owned).collect::<Vec<_>>()
                };
                if (with.status, lines(&with)) == (without.status, lines(&without)) {
                    idle.push(format!("{base} {option} --format {format}"));
                }
            }
        }
    }
    assert!(idle.is_empty(), "these do nothing: {idle:#?}");
    let expected = [
        "check --only eligibility --meeting next-lcc --format table",
        "check --only to-confirm --meeting next-lcc --format table",
        "check --only problems --meeting next-lcc --format table",
        "check --only eligibility --meeting next-lcc --format json",
        "check --only agenda --meeting next-lcc --format json",
        "check --only to-confirm --meeting next-lcc --format json",
        "check --only overdue --meeting next-lcc --format json",
        "check --only problems --meeting next-lcc --format json",
        "check --only agenda --format json",
        "check --only overdue --format json",
        "check --only problems --format json",
        "check --only to-confirm --format json",
        "check --meeting next-lcc --format csv",
        "check --only eligibility --meeting next-lcc --format csv",
        "check --only to-confirm --meeting next-lcc --format csv",
        "check --only problems --meeting next-lcc --format csv",
        "check --only eligibility --meeting next-lcc --format markdown",
        "check --only to-confirm --meeting next-lcc --format markdown",
        "check --only problems --meeting next-lcc --format markdown",
        "due --overdue --within 2w --format table",
        "due --overdue --within 2w --format json",
        "due --by person --format json",
        "due --by student --format json",
        "due --overdue --within 2w --format csv",
        "due --by person --format csv",
        "due --by student --format csv",
        "due --overdue --within 2w --format markdown",
        "due --overdue --format ics",
        "due --within 2w --format ics",
        "due --overdue --within 2w --format ics",
        "due --by person --format ics",
        "due --by student --format ics",
        "due --verdict action --format ics",
    ];
    assert_eq!(refused, expected);
}

#[test]
fn without_a_case_folder_there_is_no_course_and_no_day_to_explain_by() {
    let nowhere = scratch::folder();
    let program = Program::within(nowhere.path());
    assert_eq!(program.run("explain S5").status, 0);
    for option in ["--course london-2025", "--as-of 2026-02-10"] {
        let refused = program.run(&format!("explain S5 {option}"));
        assert_eq!((refused.status, refused.out.as_str()), (2, ""), "{option}");
        assert!(refused.err.contains("leave them out"), "{}", refused.err);
    }
}

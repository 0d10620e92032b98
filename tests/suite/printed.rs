//! What every command prints as JSON, over folders that have all that there is to print, and hardly anything.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::sync::LazyLock;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::cases::{base_files, cases, cases_in};
use crate::chronicle::{Diary, RUTH, story};
use crate::program::Program;
use crate::properties::folder;
use crate::repository::{Repository, said, started};
use crate::scratch;

/// What a command printed, and the words that were typed.
pub struct Printed {
    pub command: String,
    pub words: String,
    pub document: Value,
}

pub static PRINTED: LazyLock<Vec<Printed>> = LazyLock::new(|| {
    let mut printed = Vec::new();
    of_the_examples(&mut printed);
    of_cases(&mut printed);
    of_what_lacks_much(&mut printed);
    of_random_folders(&mut printed);
    of_a_story(&mut printed);
    of_two_states(&mut printed);
    of_receipts(&mut printed);
    of_meetings(&mut printed);
    of_letters(&mut printed);
    of_people(&mut printed);
    printed
});

/// Letters printed and written, to people and to nobody, with and without a sender, and what a person has been told.
fn of_letters(printed: &mut Vec<Printed>) {
    let folder = scratch::folder();
    let diary = Diary { top: &folder.path().join("case") };
    for (path, text) in crate::remind::FOLDER {
        diary.write(path, text);
    }
    diary.replace("courses/hull-2025.toml", "email = ", "notes = ");
    diary.write("students/lee.toml", "name = \"Lee Fox\"\ncourse = \"nowhere\"\n");
    let program = Program::within(folder.path());
    for day in ["2025-11-30", "2026-01-20", "2026-02-10"] {
        print(&program, &format!("remind case --as-of {day}"), printed);
        print(&program, &format!("remind case --as-of {day} --since last --out letters/{day}"), printed);
    }
    print(&program, "remind case --show sam --letters letters", printed);
    print(&Program::at_the_top(), "remind examples/london examples/national --as-of 2026-02-10", printed);
}

fn print(program: &Program, words: &str, printed: &mut Vec<Printed>) {
    let ran = program.run(&format!("{words} --format json"));
    assert!(ran.status < 2, "{words}: {}", ran.err);
    let command = words.split(' ').next().unwrap().to_owned();
    printed.push(Printed { command, words: words.to_owned(), document: ran.json() });
}

/// What is judged of a folder, as every command prints it.
const OF_A_FOLDER: [&str; 19] = [
    "check FOLDER",
    "check FOLDER --meeting next-lcc",
    "due FOLDER",
    "forecast FOLDER",
    "forecast FOLDER --pace weekly --breaks 2026-08-01..2026-08-31 --lose 3",
    "forecast FOLDER --lose 60",
    "list students FOLDER",
    "list supervisors FOLDER",
    "list groups FOLDER",
    "list courses FOLDER",
    "list awards FOLDER",
    "list meetings FOLDER",
    "export students FOLDER",
    "export supervisors FOLDER",
    "export groups FOLDER",
    "export courses FOLDER",
    "export awards FOLDER",
    "export meetings FOLDER",
    "export due FOLDER",
];

fn of_the_examples(printed: &mut Vec<Printed>) {
    let program = Program::at_the_top();
    for words in OF_A_FOLDER {
        for folder in ["examples/london", "examples/national", "tests/cases/base"] {
            print(&program, &format!("{} --as-of 2026-02-10", words.replace("FOLDER", folder)), printed);
        }
    }
    for folder in ["examples/london", "examples/national", "tests/cases/base", "examples/edition-2022-23"] {
        print(&program, &format!("export sessions {folder} --as-of 2026-02-10"), printed);
        print(&program, &format!("check {folder} --as-of 2023-02-10"), printed);
        print(&program, &format!("diff {folder} --edition iga-2022-23 iga-2022-23 --as-of 2026-02-10"), printed);
    }
    print(&program, "explain", printed);
    print(&program, "explain S5 examples/london", printed);
    print(&program, "check examples/broken/unknown-reference --as-of 2025-11-10", printed);
    print(&program, "check examples/broken/schema-parameter examples/broken/patient-data --as-of 2025-11-10", printed);
    print(&program, "export supervisors examples/broken/schema-missing-key --as-of 2025-11-10", printed);
}

/// The folders of the cases that have what the examples lack, side by side.
fn of_cases(printed: &mut Vec<Printed>) {
    let wanted =
        ["accommodations", "plans-and-contradictions", "s1-two-supervisors", "s6-supervision-meetings", "by-example"];
    let all = cases_in(&cases()).into_iter().chain(cases_in(&cases().join("due")));
    let folders = scratch::folder();
    for (number, (_, _, files)) in
        all.filter(|(title, ..)| wanted.iter().any(|file| title.starts_with(file))).enumerate()
    {
        let diary = Diary { top: &folders.path().join(format!("case-{number:03}")) };
        diary.write_all(&files);
    }
    let program = Program::within(folders.path());
    for day in ["2026-02-10", "2026-07-01"] {
        for command in ["check", "due", "forecast", "export sessions"] {
            print(&program, &format!("{command} . --as-of {day}"), printed);
        }
    }
}

/// What is known of hardly: a registration of which only the body is, minutes without numbers, a log that names nobody,
/// a group that never met, a convenor without an address, and two names that cannot be read.
fn of_what_lacks_much(printed: &mut Vec<Printed>) {
    const GROUP: &str = r#"kind = "group"
title = "A group"
organisation = ""
setting = "health"
aim = "other"
frequency = "other"
"#;
    let held = "sessions = [{ date = 2025-10-07, minutes = 90, notes = \"the first\" }]\n";
    let folder = scratch::folder();
    let diary = Diary { top: folder.path() };
    diary.write_all(&base_files());
    diary.write("courses/hull-2025.toml", &base_files()["courses/york-2025.toml"].replace("email = ", "notes = "));
    diary.write("supervisors/ida.toml", "name = 3\n");
    diary.write("supervisors/ola.toml", "name = \"Ola Brand\"\nregistrations = [{ body = \"UKCP\" }]\n");
    diary.write("students/kim.toml", "name = 3\n");
    diary.write("sessions/old-group.toml", &format!("{GROUP}{held}conductors = []\n"));
    diary.write("sessions/kims-group.toml", &format!("{GROUP}{held}conductors = [\"kim\"]\n"));
    diary.write("sessions/new-group.toml", &format!("{GROUP}sessions = []\nconductors = [\"robin-ashby\"]\n"));
    let items = "items = [{ number = 1, about = \"robin-ashby\" }, { note = \"None.\" }]";
    diary.write("meetings/lcc-2026-01-10.toml", &format!("body = \"LCC\"\ndate = 2026-01-10\n{items}\n"));
    let program = Program::within(folder.path());
    for words in OF_A_FOLDER.into_iter().chain(["export sessions FOLDER"]) {
        print(&program, &format!("{} --as-of 2026-02-10", words.replace("FOLDER", ".")), printed);
    }
}

/// People of two folders side by side.
fn of_people(printed: &mut Vec<Printed>) {
    let folders = scratch::folder();
    for name in ["one", "two"] {
        let diary = Diary { top: &folders.path().join(name) };
        diary.write_all(&base_files());
        diary.write("gwp.toml", "[retention]\nyears = 7\n");
    }
    let program = Program::within(folders.path());
    for words in ["person robin-ashby .", "retention . --as-of 2026-02-10"] {
        print(&program, words, printed);
    }
}

fn of_random_folders(printed: &mut Vec<Printed>) {
    let mut runner = TestRunner::deterministic();
    let folders = scratch::folder();
    for number in 0..6 {
        let files = folder().new_tree(&mut runner).unwrap().current();
        let diary = Diary { top: &folders.path().join(format!("random-{number}")) };
        diary.write_all(&files);
    }
    let program = Program::within(folders.path());
    for words in &OF_A_FOLDER[..6] {
        for day in ["2026-01-31", "2026-11-10"].iter().filter(|day| !(words.contains("next-lcc") && **day > "2026-02"))
        {
            print(&program, &format!("{} --as-of {day}", words.replace("FOLDER", ".")), printed);
        }
    }
}

/// A term that was not all written down in time, on a branch and with something not committed.
fn of_a_story(printed: &mut Vec<Printed>) {
    let folder = story();
    let diary = Diary { top: folder.path() };
    said(started(diary.top).args(["checkout", "--quiet", "-b", "branch"]));
    diary.add("students/nia-brook.toml", "\n[[leave]]\nfrom = 2026-03-01\nuntil = 2026-03-08\n");
    diary.commit(RUTH, "2026-03-03", "leave");
    said(started(diary.top).args(["checkout", "--quiet", "main"]));
    said(started(diary.top).args(["merge", "--quiet", "--no-ff", "--message", "merged", "branch"]));
    // Written on a day that no calendar has.
    diary.add("students/nia-brook.toml", "\n[[wrg]]\nsupervisor = \"tom-ferrer\"\nfrom = 2025-10-10\n");
    let mut commit = started(diary.top);
    said(commit.env("GIT_AUTHOR_DATE", "@99999999999999 +0000").args([
        "commit",
        "--quiet",
        "--all",
        "--message",
        "WRG",
    ]));
    diary.replace("sessions/friday-group.toml", "present = 6", "present = 7");
    let program = Program::within(folder.path()).env("TZ", "UTC");
    diary.write("gwp.toml", "[retention]\nyears = 1\n");
    diary.add("supervisors/tom-ferrer.toml", "cv_document = \"evidence/cv.pdf\"\n# nia-brook asked\n");
    diary.write("supervisors/una-vale.toml", "name = \"Una Vale\"\n");
    diary.write("students/kim.toml", "name = 3\n");
    for words in [
        "history nia-brook",
        "audit --decision nia-brook 2025-11-29",
        "audit",
        "audit --since 2026-01-01",
        "diff HEAD~3 --as-of 2026-03-10",
        "person nia-brook --history",
        "person tom-ferrer",
        "retention --as-of 2029-07-12",
    ] {
        print(&program, words, printed);
    }
    // Of a day before everything nothing was known.
    diary.add(
        "students/nia-brook.toml",
        "\n[[decision]]\nbody = \"LCC\"\nabout = \"award\"\ndate = 2025-10-01\noutcome = \"recommended\"\n",
    );
    diary.commit(RUTH, "2026-04-01", "a decision of long ago");
    print(&program, "audit --decision nia-brook 2025-10-01", printed);
}

/// Records that came, went, moved and changed between two commits, in one folder of two.
fn of_two_states(printed: &mut Vec<Printed>) {
    let repository = Repository::new();
    repository.write_all("one", &base_files());
    repository.write_all("two", &base_files());
    let top = repository.top();
    let diary = Diary { top: &top };
    let received = "received = 2026-01-29\n";
    let scanned = format!("{received}document = \"evidence/form.txt\"\n");
    diary.replace("one/students/robin-ashby.toml", received, &scanned);
    diary.write("one/evidence/form.txt", "signed\n");
    repository.commit("2026-02-01T12:00:00Z");
    diary.write("one/evidence/form.txt", "signed otherwise\n");
    diary.replace("one/students/robin-ashby.toml", "confirmed = 2025-10-22\n", "");
    diary.add("one/students/robin-ashby.toml", "# a remark\n");
    diary.write("one/students/new-student.toml", "name = \"New Student\"\ncourse = \"nowhere\"\n");
    diary.write("one/students/second-student.toml", &base_files()["students/robin-ashby.toml"]);
    diary.write("one/elsewhere/stray.toml", "a = 1\n");
    diary.write("two/gwp.toml", "broken");
    let program = Program::within(&top);
    print(&program, "history robin-ashby one two", printed);
    print(&program, "diff --as-of 2026-02-10", printed);
    print(&program, "audit", printed);
    said(started(&top).args(["add", "--all"]));
    said(started(&top).args(["commit", "--quiet", "--message", "changed"]));
    said(started(&top).args(["checkout", "--quiet", "HEAD~1"]));
    print(&program, "diff main -C one --as-of 2026-02-10", printed);
    print(&program, "diff HEAD main --as-of 2026-02-10", printed);
}

fn of_receipts(printed: &mut Vec<Printed>) {
    let repository = Repository::new();
    repository.write_all("one", &base_files());
    repository.write_all("two", &base_files());
    repository.commit("2026-02-01T12:00:00Z");
    let top = repository.top();
    let program = Program::within(&top);
    for (folder, receipt) in [("one", "one.json"), (".", "both.json")] {
        let kept = program.run(&format!("check {folder} --as-of 2026-02-10 --receipt ../{receipt}"));
        assert!(kept.status < 2, "{}", kept.err);
    }
    print(&program, "verify ../one.json one", printed);
    Diary { top: &top }.replace("one/students/robin-ashby.toml", "confirmed = 2025-10-22\n", "");
    Diary { top: &top }.write("one/students/new-student.toml", "name = \"New Student\"\ncourse = \"nowhere\"\n");
    print(&program, "verify ../one.json one", printed);
    print(&program, "verify ../both.json .", printed);
    std::fs::rename(top.join("one/supervisors/kit-lowe.toml"), top.join("one/supervisors/kit-farr.toml")).unwrap();
    print(&program, "verify ../one.json one", printed);
    let bare = scratch::folder();
    Diary { top: bare.path() }.write_all(&base_files());
    print(&program, &format!("verify ../one.json {}", bare.path().display()), printed);
    print(&program, &format!("verify ../both.json {}", bare.path().display()), printed);
    let bare = Program::within(bare.path());
    assert!(bare.run("check --as-of 2026-02-10 --receipt bare.json").status < 2);
    print(&bare, "verify bare.json", printed);
}

/// A meeting with all that can be minuted, and one with hardly anything.
fn of_meetings(printed: &mut Vec<Printed>) {
    let folder = scratch::folder();
    let diary = Diary { top: folder.path() };
    diary.write_all(&base_files());
    let approved = "date = 2025-11-29\noutcome = \"approved\"\n";
    let bound = format!(
        "{approved}notes = \"N\"\nminute = \"LCC 2025-11-29, item 4\"\nconditions = [\n  {{ what = \"a CV\", due = 2026-01-10 }},\n  {{ what = \"it\", due = 2026-01-10, met = 2026-01-08, notes = \"N\" }},\n]\n"
    );
    diary.replace("students/robin-ashby.toml", approved, &bound);
    let ruling = "\n[[ruling]]\nrequirement = \"G4\"\nbody = \"LCC\"\ndate = 2025-11-29\nof = [2025-11-04]\noutcome = \"accepted\"\n";
    diary.add("students/robin-ashby.toml", ruling);
    let minutes = "body = \"LCC\"\ndate = 2025-11-29\npresent = [\"A\"]\napologies = [\"B\"]\ndeclared = [\"C\"]\nnotes = \"N\"\n\
                   agreed = 2026-02-21\nitems = [{ number = 4, note = \"Long.\" }, { note = \"None.\" }]\n";
    diary.write("meetings/lcc-2025-11-29.toml", minutes);
    diary.write("meetings/spc-2026-01-10.toml", "body = \"SPC\"\ndate = 2026-01-10\npresent = [\"A\"]\n");
    let program = Program::within(folder.path());
    for words in ["2025-11-29 --minutes", "2025-11-29 --submission", "2026-01-10 --body SPC --minutes"] {
        print(&program, &format!("meeting {words}"), printed);
    }
}

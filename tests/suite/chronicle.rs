//! `gwp history` of one story: a term at Wells, in which not everything was written down in time.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::cases::Files;
use crate::program::{Program, Ran};
use crate::repository::{said, started};
use crate::scratch;

pub const RUTH: (&str, &str) = ("Ruth Calder", "ruth@example.org");
pub const NIA: (&str, &str) = ("Nia Brook", "nia@example.org");

const COURSE: &str = r#"name = "Wells 2025–26"
convenor = "Ruth Calder"
starts = 2025-09-27
ends = 2026-07-11
lcc_meetings = [2025-11-29, 2026-02-21]
terms = [{ name = "Autumn", starts = 2025-09-27, ends = 2025-12-13 }, { name = "Spring", starts = 2026-01-10, ends = 2026-03-28 }, { name = "Summer", starts = 2026-04-18, ends = 2026-07-11 }]
"#;

const STUDENT: &str = r#"name = "Nia Brook"
email = "nia@example.org"
course = "wells-2025"

[form1]
submitted = 2025-10-18

[[arrangement]]
group = "friday-group"
supervisor = "tom-ferrer"
from = 2025-10-10
proposed = 2025-10-01
"#;

pub const GROUP: &str = r#"kind = "group"
title = "Friday group"
organisation = "Wells Centre"
setting = "voluntary"
aim = "therapeutic"
frequency = "weekly"
conductors = ["nia-brook"]
sessions = [
  { date = 2025-10-10, minutes = 90, present = 6 },
  { date = 2025-10-17, minutes = 90, present = 5 },
]
"#;

const SUPERVISION: &str = r#"kind = "supervision"
supervisor = "tom-ferrer"
supervisees = ["nia-brook"]
mode = "face-to-face"
sessions = [
  { date = 2025-10-14, minutes = 60 },
]
"#;

/// A repository that grows commit by commit.
pub struct Diary<'d> {
    pub top: &'d Path,
}

impl Diary<'_> {
    pub fn write(&self, path: &str, text: &str) {
        let path = self.top.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn write_all(&self, files: &Files) {
        for (path, text) in files {
            self.write(path, text);
        }
    }

    pub fn replace(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.top.join(path)).unwrap();
        assert!(text.contains(from), "{path} does not say {from}");
        self.write(path, &text.replacen(from, to, 1));
    }

    pub fn add(&self, path: &str, more: &str) {
        let text = fs::read_to_string(self.top.join(path)).unwrap();
        self.write(path, &format!("{text}{more}"));
    }

    /// Commits everything, where there is something to commit.
    pub fn commit_anyway(&self, who: (&str, &str), day: &str, message: &str) {
        if !said(started(self.top).args(["status", "--porcelain"])).is_empty() {
            self.commit(who, day, message);
        }
    }

    /// Commits everything, written and made at noon of a day.
    pub fn commit(&self, who: (&str, &str), day: &str, message: &str) {
        self.commit_written(who, day, day, message);
    }

    pub fn commit_written(&self, (name, email): (&str, &str), written: &str, made: &str, message: &str) {
        said(started(self.top).args(["add", "--all"]));
        let mut command = started(self.top);
        command.envs([("GIT_AUTHOR_NAME", name), ("GIT_AUTHOR_EMAIL", email)]);
        command.envs([("GIT_COMMITTER_NAME", name), ("GIT_COMMITTER_EMAIL", email)]);
        command.env("GIT_AUTHOR_DATE", format!("{written}T12:00:00Z"));
        command.env("GIT_COMMITTER_DATE", format!("{made}T12:00:00Z"));
        said(command.args(["commit", "--quiet", "--message", message]));
    }
}

/// Keeps the story of Wells in a folder: the same commits, with the same ids, every time.
pub fn keep(top: &Path) {
    fs::create_dir_all(top).unwrap();
    said(started(top).args(["init", "--quiet", "--initial-branch=main", "--object-format=sha1"]));
    let diary = Diary { top };
    diary.write("gwp.toml", "");
    diary.write("courses/wells-2025.toml", COURSE);
    diary.write("students/nia-brook.toml", STUDENT);
    diary.write("supervisors/tom-ferrer.toml", "name = \"Tom Ferrer\"\n");
    diary.write("sessions/friday-group.toml", GROUP);
    diary.write("sessions/supervision-ferrer.toml", SUPERVISION);
    diary.commit(RUTH, "2025-10-20", "begin");
    diary.add(
        "students/nia-brook.toml",
        "\n[[decision]]\nbody = \"LCC\"\nabout = \"arrangements\"\ndate = 2025-11-29\noutcome = \"approved\"\n",
    );
    diary.commit(RUTH, "2025-11-30", "LCC of 29 November");
    diary.replace(
        "students/nia-brook.toml",
        "proposed = 2025-10-01\n",
        "proposed = 2025-10-01\nconfirmed = 2025-10-22\n",
    );
    diary.commit(NIA, "2025-12-01", "confirmed after all");
    diary.replace("sessions/friday-group.toml", "\n]", "\n  { date = 2026-01-16, minutes = 90, present = 6 },\n]");
    diary.commit(RUTH, "2026-01-17", "session");
    diary.add(
        "students/nia-brook.toml",
        "\n[[report]]\nform = \"GWP2\"\ndue = 2026-01-31\nreceived = 2026-02-02\nby = \"tom-ferrer\"\ncompetencies = { context = \"developing\" }\n",
    );
    diary.commit(RUTH, "2026-02-03", "report");
    diary.replace("students/nia-brook.toml", "received = 2026-02-02", "received = 2026-01-30");
    diary.replace("students/nia-brook.toml", "context = \"developing\"", "context = \"competent\"");
    diary.commit(NIA, "2026-02-20", "corrections");
    diary.replace("sessions/friday-group.toml", "  { date = 2025-10-17, minutes = 90, present = 5 },\n", "");
    diary.commit(RUTH, "2026-03-02", "tidy up");
}

pub fn story() -> TempDir {
    let folder = scratch::folder();
    keep(folder.path());
    folder
}

pub fn run(top: &Path, words: &str) -> Ran {
    Program::within(top).env("TZ", "UTC").run(words)
}

/// What an entry of the history says, in short.
fn short(entry: &Value) -> String {
    let word = |key: &str| match &entry[key] {
        Value::String(word) => word.clone(),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    };
    let done = match (entry["from"].is_null(), entry["to"].is_null()) {
        (true, _) => "added",
        (_, true) => "removed",
        _ => "altered",
    };
    let by = entry["commit"]["author"]["name"].as_str().unwrap_or("nobody yet");
    format!("{} {} {} {} {done} by {by}", word("happened"), word("recorded"), word("late"), word("where"))
}

fn told(top: &Path, words: &str) -> Vec<String> {
    let document = run(top, &format!("history nia-brook --format json {words}")).json();
    document["entries"].as_array().unwrap().iter().map(short).collect()
}

#[test]
fn what_happened_and_when_it_was_recorded() {
    let folder = story();
    let dated: Vec<String> = told(folder.path(), "").into_iter().filter(|entry| !entry.starts_with('-')).collect();
    assert_eq!(
        dated,
        [
            "2025-10-01 2025-10-20 19 arrangement[0] added by Ruth Calder",
            "2025-10-10 2025-10-20 10 sessions[0] added by Ruth Calder",
            "2025-10-14 2025-10-20 6 sessions[0] added by Ruth Calder",
            "2025-10-17 2025-10-20 3 sessions[1] added by Ruth Calder",
            "2025-10-17 2026-03-02 - sessions[1] removed by Ruth Calder",
            "2025-10-18 2025-10-20 2 form1 added by Ruth Calder",
            "2025-10-22 2025-12-01 40 arrangement[0] altered by Nia Brook",
            "2025-11-29 2025-11-30 1 decision[0] added by Ruth Calder",
            "2026-01-16 2026-01-17 1 sessions[2] added by Ruth Calder",
            "2026-01-30 2026-02-20 21 report[0] altered by Nia Brook",
            "2026-02-02 2026-02-03 1 report[0] added by Ruth Calder",
        ]
    );
}

#[test]
fn in_the_order_in_which_it_was_recorded() {
    let folder = story();
    let recorded = |entry: &String| entry.split(' ').nth(1).unwrap().to_owned();
    let days: Vec<String> = told(folder.path(), "--by recorded").iter().map(recorded).collect();
    assert!(days.is_sorted() && days.len() > 20, "{days:?}");
    assert_eq!(
        told(folder.path(), "--by recorded --rev HEAD~6").len(),
        days.iter().filter(|day| *day == "2025-10-20").count()
    );
}

#[test]
fn what_is_not_committed_is_told_as_that() {
    let folder = story();
    let diary = Diary { top: folder.path() };
    diary.replace("sessions/friday-group.toml", "\n]", "\n  { date = 2026-03-06, minutes = 90 },\n]");
    let last = told(folder.path(), "").pop().unwrap();
    assert!(told(folder.path(), "").contains(&"2026-03-06 - - sessions[2] added by nobody yet".to_owned()), "{last}");
    let page = run(folder.path(), "history nia-brook").out;
    assert!(page.contains("not committed") && page.contains("git does not know it yet"), "{page}");
    diary.write("sessions/friday-group.toml", "");
    fs::write(folder.path().join("sessions/friday-group.toml"), b"\xff").unwrap();
    let entries = told(folder.path(), "");
    assert!(!entries.iter().any(|entry| entry.contains("removed by nobody yet")), "{entries:#?}");
    // Without its mark it is no case folder any more, and has not been committed as that.
    fs::remove_file(folder.path().join("gwp.toml")).unwrap();
    let without = told(folder.path(), "");
    assert!(entries.iter().all(|entry| without.contains(entry)), "{without:#?}");
    assert!(!told(folder.path(), "--rev HEAD").iter().any(|entry| entry.contains("nobody yet")));
}

#[test]
fn a_branch_comes_with_its_merge() {
    let folder = story();
    let diary = Diary { top: folder.path() };
    said(started(folder.path()).args(["switch", "--quiet", "--create", "side"]));
    diary.replace("sessions/friday-group.toml", "\n]", "\n  { date = 2026-03-06, minutes = 90 },\n]");
    diary.commit(NIA, "2026-03-07", "on the side");
    said(started(folder.path()).args(["switch", "--quiet", "main"]));
    diary.replace("sessions/supervision-ferrer.toml", "\n]", "\n  { date = 2026-03-05, minutes = 60 },\n]");
    diary.commit(RUTH, "2026-03-08", "supervision");
    let mut merge = started(folder.path());
    merge.env("GIT_COMMITTER_DATE", "2026-03-20T12:00:00Z").env("GIT_AUTHOR_DATE", "2026-03-20T12:00:00Z");
    said(merge.args(["merge", "--quiet", "--no-edit", "side"]));
    let merged = said(started(folder.path()).args(["rev-parse", "HEAD"]));
    let document = run(folder.path(), "history nia-brook --format json").json();
    let entries = document["entries"].as_array().unwrap();
    let on = |day: &str| entries.iter().filter(|entry| entry["happened"] == day).collect::<Vec<_>>();
    assert_eq!(on("2026-03-06").len(), 1);
    assert_eq!(on("2026-03-06")[0]["recorded"], "2026-03-07");
    assert_eq!(on("2026-03-06")[0]["commit"]["brought_in"], merged.as_str());
    assert_eq!(on("2026-03-05")[0]["commit"].get("brought_in"), None);
    let page = run(folder.path(), "history nia-brook").out.split_whitespace().collect::<Vec<_>>().join(" ");
    let wanted = format!("on a branch that came into the main line with {} on 20 March 2026", &merged[..12]);
    assert!(page.contains(&wanted), "{page}");
}

#[test]
fn a_student_with_another_id_keeps_the_past() {
    let folder = story();
    let before = told(folder.path(), "").len();
    let ran = run(folder.path(), "rename nia-brook nia-brook-hale");
    assert_eq!(ran.status, 0, "{}", ran.err);
    Diary { top: folder.path() }.commit(RUTH, "2026-03-09", "her name");
    let document = run(folder.path(), "history nia-brook-hale --format json").json();
    let entries = document["entries"].as_array().unwrap();
    let moved = entries.iter().find(|entry| entry["change"] == "renamed").unwrap();
    assert_eq!([&moved["from"], &moved["to"]], ["students/nia-brook.toml", "students/nia-brook-hale.toml"]);
    assert!(entries.len() > before, "{} {before}", entries.len());
    // A student who is gone can be asked about as well, up to the day of going.
    assert!(told(folder.path(), "").iter().any(|entry| entry.contains("decision[0] added")));
    let ran = run(folder.path(), "history nia-bruk");
    assert!(ran.status == 2 && ran.err.contains("did you mean \"nia-brook\"?"), "{}", ran.err);
    let ran = run(folder.path(), "history nia-brook-hale --rev HEAD~1");
    assert!(ran.status == 2 && ran.err.contains("in this folder up to the commit "), "{}", ran.err);
}

#[test]
fn what_is_altered_or_struck_out_is_told_one_by_one() {
    let folder = story();
    let diary = Diary { top: folder.path() };
    let more: String = (10..16).map(|day| format!("\n  {{ date = 2026-01-{day}, minutes = 90 }},")).collect();
    diary.replace("sessions/friday-group.toml", "\n]", &format!("{more}\n]"));
    diary.commit(RUTH, "2026-03-08", "more");
    let log = fs::read_to_string(folder.path().join("sessions/friday-group.toml")).unwrap();
    diary.write("sessions/friday-group.toml", &log.replace("minutes = 90", "minutes = 80"));
    diary.commit(RUTH, "2026-03-09", "shorter");
    let page = run(folder.path(), "history nia-brook").out.split_whitespace().collect::<Vec<_>>().join(" ");
    let altered = log.matches("minutes = 90").count();
    assert!(altered >= 6);
    assert_eq!(page.matches("minutes from 90 to 80").count(), altered, "{page}");
}

#[test]
fn a_log_that_writes_an_id_with_an_escape_is_part_of_the_past() {
    let folder = story();
    let log = "kind = \"supervision\"\nsupervisor = \"tom-ferrer\"\nsupervisees = [\"nia\\u002dbrook\"]\n\
        mode = \"telephone\"\nsessions = [{ date = 2026-03-01, minutes = 60 }]\n";
    let diary = Diary { top: folder.path() };
    diary.write("sessions/telephone.toml", log);
    diary.commit(RUTH, "2026-03-10", "another log");
    assert!(told(folder.path(), "").iter().any(|entry| entry.starts_with("2026-03-01 2026-03-10")));
}

#[test]
fn a_record_that_is_renamed_and_altered_in_one_commit_is_the_same() {
    let folder = story();
    let diary = Diary { top: folder.path() };
    let before = told(folder.path(), "").len();
    for words in ["rename nia-brook nia-hale", "rename friday-group saturday-group"] {
        let ran = run(folder.path(), words);
        assert_eq!(ran.status, 0, "{}", ran.err);
    }
    diary.replace("students/nia-hale.toml", "name = \"Nia Brook\"", "name = \"Nia Hale\"");
    diary.replace("sessions/saturday-group.toml", "\n]", "\n  { date = 2026-03-06, minutes = 90 },\n]");
    let page = |words: &str| run(folder.path(), words).out.split_whitespace().collect::<Vec<_>>().join(" ");
    let compared = page("diff --as-of 2026-03-09");
    assert!(compared.contains("now nia-hale") && compared.contains("as nia-brook"), "{compared}");
    let former = "The record was given the id nia-hale; what stands below as removed went with it.";
    assert!(page("history nia-brook").contains(former) && !page("history nia-hale").contains("was given"));
    let whole = |id: &str| run(folder.path(), &format!("history {id} --format json")).json();
    let uncommitted = whole("nia-hale")["entries"].as_array().unwrap().len();
    diary.commit(RUTH, "2026-03-09", "her name, and the group's day");
    let document = whole("nia-hale");
    let entries = document["entries"].as_array().unwrap();
    assert_eq!((entries.len() > before, uncommitted), (true, entries.len()));
    let was = |from: &str, to: &str| entries.iter().any(|entry| entry["from"] == from && entry["to"] == to);
    assert!(was("sessions/friday-group.toml", "sessions/saturday-group.toml") && was("Nia Brook", "Nia Hale"));
    // Nothing was taken out, and nothing was recorded anew.
    let found = run(folder.path(), "audit --since 2026-03-09 --format json").json();
    assert_eq!(found["irregularities"], Value::Array(Vec::new()));
}

#[test]
fn a_log_that_names_the_student_no_more_is_part_of_the_past() {
    let folder = story();
    let diary = Diary { top: folder.path() };
    diary.replace("sessions/supervision-ferrer.toml", "supervisees = [\"nia-brook\"]", "supervisees = []");
    diary.commit(RUTH, "2026-03-09", "no longer");
    fs::remove_file(folder.path().join("sessions/supervision-ferrer.toml")).unwrap();
    diary.commit(RUTH, "2026-03-10", "gone");
    let entries = told(folder.path(), "");
    assert!(entries.contains(&"2025-10-14 2026-03-10 - sessions[0] removed by Ruth Calder".to_owned()), "{entries:#?}");
}

#[test]
fn of_a_long_table_what_differs_is_told() {
    let folder = story();
    let ran = run(folder.path(), "history nia-brook --rev HEAD~1").out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(ran.contains("competencies.context from developing to competent; received from 2 February 2026"), "{ran}");
    let ran = run(folder.path(), "diff HEAD~2 HEAD~1").out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(ran.contains("competencies.context from developing to competent"), "{ran}");
}

#[test]
fn a_spreadsheet_has_every_entry_whole() {
    let folder = story();
    let diary = Diary { top: folder.path() };
    let holder =
        "Dr Penelope Ashworth-Wyndham, consultant psychiatrist of the recovery service, and in her absence Dr Rao";
    let presentations: Vec<_> = (1..=14).map(|day| format!("2026-01-{day:02}")).collect();
    diary.add(
        "students/nia-brook.toml",
        &format!(
            "\n[[wrg]]\nsupervisor = \"tom-ferrer\"\nfrom = 2025-10-01\npresentations = [{}]\n",
            presentations.join(", ")
        ),
    );
    diary.replace(
        "students/nia-brook.toml",
        "proposed = 2025-10-01\n",
        &format!("proposed = 2025-10-01\nclinical_responsibility = {{ holder = \"{holder}\" }}\n"),
    );
    diary.commit(RUTH, "2026-03-10", "who is responsible");
    let csv: Vec<_> = run(folder.path(), "history nia-brook --format csv").rows();
    let told: Vec<_> = csv.iter().map(|row| row.cell("what")).collect();
    assert!(told.iter().any(|what| what.contains(holder)), "{told:?}");
    assert!(told.iter().any(|what| what.contains("13 January 2026, 14 January 2026")), "{told:?}");
    assert!(!told.iter().any(|what| what.contains('…')), "{told:?}");
    // A table has no room for that.
    let table = run(folder.path(), "history nia-brook").out;
    assert!(table.contains('…') && !table.contains("14 January 2026"), "{table}");
}

//! What scripts and other programs rely on: the order of the keys, the first reason that fits, what has no day, and the
//! exit status.

#![allow(clippy::unwrap_used, reason = "what cannot be set up is a failing test")]

use gwp::judgement::Verdict;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cases::{Files, base_files};
use crate::chronicle::Diary;
use crate::program::{Program, Ran};
use crate::repository::Repository;
use crate::scratch;

const STUDENT: &str = "students/robin-ashby.toml";

/// The base folder with some files replaced or added.
fn folder(with: &[(&str, &str)]) -> TempDir {
    let mut files: Files = base_files();
    files.extend(with.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    let folder = scratch::folder();
    Diary { top: folder.path() }.write_all(&files);
    folder
}

/// The base folder, in which neither supervisor has an address.
fn folder_without_addresses() -> TempDir {
    let without = |path: &str| {
        let text = &base_files()[path];
        text.lines().filter(|line| !line.starts_with("email")).map(|line| format!("{line}\n")).collect::<String>()
    };
    let [kit, ines] = ["supervisors/kit-lowe.toml", "supervisors/ines-farrow.toml"];
    folder(&[(kit, &without(kit)), (ines, &without(ines))])
}

fn run(folder: &TempDir, words: &str) -> Ran {
    Program::within(folder.path()).run(words)
}

fn robin(document: &Value) -> &Value {
    let students = document["students"].as_array().unwrap();
    students.iter().find(|student| student["id"] == "robin-ashby").unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn a_meeting_adds_its_keys_and_moves_no_other() {
    let folder = folder(&[]);
    let usual = run(&folder, "check --as-of 2026-02-10 --format json").json();
    let document = run(&folder, "check --as-of 2026-02-10 --meeting 2026-02-21 --format json").json();
    let with = |keys: Vec<&str>, added: &[(&'static str, &str)]| {
        let mut keys: Vec<_> = keys.into_iter().map(ToOwned::to_owned).collect();
        for (key, before) in added {
            let at = keys.iter().position(|key| key == before).expect("the key that it stands before");
            keys.insert(at, (*key).to_owned());
        }
        keys
    };
    let added = [("meeting", "files"), ("due_by_meeting", "problems")];
    assert_eq!(keys(&document), with(keys(&usual), &added));
    assert_eq!(keys(robin(&document)), with(keys(robin(&usual)), &[("meeting", "requirements")]));
    assert_eq!([&document["meeting"], &robin(&document)["meeting"]], ["2026-02-21", "2026-02-21"]);
    let mut counted = keys(&document["counts"]);
    assert_eq!(counted.remove(0), "students");
    counted.sort_unstable();
    let mut verdicts = Verdict::ALL.map(Verdict::word);
    verdicts.sort_unstable();
    assert_eq!(counted, verdicts);
}

#[test]
fn a_meeting_that_does_not_count_has_the_first_reason_that_fits() {
    let weekly = r#"kind = "supervision"
supervisor = "kit-lowe"
supervisees = ["robin-ashby"]
mode = "face-to-face"
sessions = [
  { date = 2025-10-09, minutes = 60 },
  { date = 2025-10-23, minutes = 60 },
  { date = 2025-10-23, cancelled = "ill" },
  { date = 2025-11-06, minutes = 60, planned = true, absent = ["robin-ashby"] },
  { date = 2025-11-20, minutes = 50, absent = ["robin-ashby"] },
  { date = 2025-12-04, minutes = 60, mode = "video" },
  { date = 2025-12-18, minutes = 50, mode = "video" },
  { date = 2026-01-08, minutes = 50 },
  { date = 2026-01-22, minutes = 60 },
  { date = 2026-02-10, cancelled = "strike" },
  { date = 2026-02-11, cancelled = "strike" },
]
"#;
    let case_management = r#"kind = "supervision"
supervisor = "ines-farrow"
supervisees = ["robin-ashby"]
type = "case-management"
mode = "face-to-face"
sessions = [{ date = 2025-10-23, minutes = 30 }]
"#;
    let another = r#"kind = "supervision"
supervisor = "ines-farrow"
supervisees = []
supervisee_periods = [{ who = "robin-ashby", from = 2025-11-01 }]
mode = "video"
sessions = [{ date = 2025-10-23, minutes = 60 }, { date = 2025-11-13, minutes = 60 }]
"#;
    let ruling = r#"
[[ruling]]
requirement = "S6"
body = "LCC"
date = 2026-01-20
of = [2025-12-04, 2025-12-18, 2026-01-08]
outcome = "refused"
"#;
    let student = base_files()[STUDENT].clone() + ruling;
    let folder = folder(&[
        (STUDENT, &student),
        ("sessions/case-management.toml", case_management),
        ("sessions/supervision-ashby.toml", weekly),
        ("sessions/supervision-other.toml", another),
    ]);
    let document = run(&folder, "check --as-of 2026-02-10 --format json").json();
    let supervision = &robin(&document)["supervision"];
    assert_eq!(supervision["meetings"], 2);
    let not_counted = supervision["not_counted"].as_array().unwrap().iter();
    let told = not_counted.map(|one| format!("{} {}", one["date"].as_str().unwrap(), one["reason"].as_str().unwrap()));
    let told: Vec<_> = told.collect();
    // Of one day: in the order of the logs, and within a log of the file.
    assert_eq!(
        told,
        [
            "2025-10-23 case-management",
            "2025-10-23 contradicted",
            "2025-10-23 cancelled",
            "2025-10-23 not-a-supervisee",
            "2025-11-06 planned",
            "2025-11-13 not-the-supervisor",
            "2025-11-20 absent",
            "2025-12-04 mode",
            "2025-12-18 mode",
            "2026-01-08 too-short",
            "2026-02-10 cancelled",
        ]
    );
}

#[test]
fn queries_name_what_a_ruling_can_settle_and_no_longer_once_it_has() {
    let without_report = base_files()[STUDENT].replacen("form = \"GWP2\"\ndue = 2026-01-31", "form = \"GWP2\"", 1);
    let short =
        base_files()["sessions/supervision-ashby.toml"].replace("2026-01-22, minutes = 60", "2026-01-22, minutes = 50");
    let queries = |student: &str| {
        let folder = folder(&[(STUDENT, student), ("sessions/supervision-ashby.toml", &short)]);
        let document = run(&folder, "check --as-of 2026-02-10 --format json").json();
        let requirements = robin(&document)["requirements"].as_array().unwrap().clone();
        let of = |requirement: &Value| {
            let asked = requirement["queries"].as_array().unwrap().iter();
            asked.map(|one| json!([requirement["code"], one["date"], one["status"]])).collect::<Vec<_>>()
        };
        requirements.iter().flat_map(of).collect::<Vec<_>>()
    };
    assert_eq!(queries(&without_report), [json!(["S6", "2026-01-22", "query"]), json!(["R1", "2026-01-31", "action"])],);
    let ruling = |code: &str, of: &str, outcome: &str| {
        format!(
            "\n[[ruling]]\nrequirement = \"{code}\"\nbody = \"LCC\"\ndate = 2026-02-09\nof = [{of}]\noutcome = \"{outcome}\"\n"
        )
    };
    let settled = ruling("S6", "2026-01-22", "accepted") + &ruling("R1", "2026-01-31", "accepted");
    assert_eq!(queries(&(without_report.clone() + &settled)), [Value::Null; 0]);
    // After a refusal the committee can come to another view.
    let refused = ruling("S6", "2026-01-22", "accepted") + &ruling("R1", "2026-01-31", "refused");
    assert_eq!(queries(&(without_report + &refused)), [json!(["R1", "2026-01-31", "action"])]);
}

#[test]
fn what_has_no_day_comes_last_and_is_never_overdue() {
    let folder = folder(&[]);
    // Approved on 29 November 2025, and ratified on 17 January 2026.
    let items =
        |words: &str| run(&folder, &format!("due --format json {words}")).json()["items"].as_array().unwrap().clone();
    let last = items("--as-of 2026-01-16").pop().unwrap();
    assert_eq!(
        [&last["kind"], &last["code"], &last["due"], &last["days"], &last["overdue"], &last["from"]],
        [&json!("ratification"), &json!("A4"), &Value::Null, &Value::Null, &json!(false), &Value::Null]
    );
    let has_it = |words: &str| items(words).iter().any(|item| item["kind"] == "ratification");
    assert!(!has_it("--as-of 2026-01-17"), "it is ratified");
    assert!(!has_it("--as-of 2026-01-16 --overdue"));
    assert!(!has_it("--as-of 2026-01-16 --within 12m"));
    // What has a day: as many days as lie between, negative before it. The last meeting is that of 5 February 2026.
    let log = &base_files()["sessions/supervision-ashby.toml"];
    let until_february = format!("{}]\n", log.split("  { date = 2026-02-19").next().unwrap());
    let folder = self::folder(&[("sessions/supervision-ashby.toml", &until_february)]);
    for (as_of, days, overdue) in [("2026-02-25", -1, false), ("2026-02-26", 0, false), ("2026-02-27", 1, true)] {
        let document = run(&folder, &format!("due --format json --as-of {as_of}")).json();
        let mut items = document["items"].as_array().unwrap().iter();
        let item = items.find(|item| item["kind"] == "supervision").unwrap();
        let told = [&item["due"], &item["days"], &item["overdue"]];
        assert_eq!(told, [&json!("2026-02-26"), &json!(days), &json!(overdue)], "{as_of}");
    }
}

#[test]
fn with_exit_code_there_is_something_to_tell_somebody_not_reached_or_somebody_not_judged() {
    let status = |folder: &TempDir, words: &str| run(folder, words).status;
    let all_well = folder(&[]);
    let unreached = folder_without_addresses();
    let unjudged = folder(&[(STUDENT, "name = 3\n")]);
    for command in ["due", "remind"] {
        // The reports of both supervisors are due on 13 June 2026, and nothing is before.
        let [before, on_the_day] = ["7d", "8d"].map(|time| format!("{command} --as-of 2026-06-05 --within {time}"));
        assert_eq!(status(&all_well, &format!("{before} --exit-code")), 0, "{command}");
        assert_eq!(status(&all_well, &format!("{on_the_day} --exit-code")), 1, "{command}");
        assert_eq!(status(&unreached, &format!("{before} --exit-code")), 0, "{command}");
        assert_eq!(status(&unreached, &format!("{on_the_day} --exit-code")), 1, "{command}");
        assert_eq!(status(&unjudged, &format!("{before} --exit-code")), 1, "{command}");
        for folder in [&all_well, &unreached, &unjudged] {
            assert_eq!(status(folder, &on_the_day), 0, "{command}");
        }
        assert_eq!(status(&all_well, &format!("{command} nowhere --exit-code")), 2, "{command}");
    }
}

#[test]
fn who_cannot_be_written_to_is_named_every_time() {
    let again = "remind --as-of 2026-06-05 --since 2026-06-04 --within 14d --exit-code";
    let told = run(&folder(&[]), again);
    assert_eq!(told.status, 0, "{}", told.out);
    let not_told = run(&folder_without_addresses(), again);
    assert_eq!(not_told.status, 1, "{}", not_told.out);
    for said in ["There is no letter to write", "Kit Lowe", "Ines Farrow"] {
        assert!(not_told.out.contains(said), "{said}: {}", not_told.out);
    }
}

#[test]
fn a_diff_tells_of_a_difference_only_with_exit_code() {
    let repository = Repository::new();
    repository.write_all("", &base_files());
    repository.commit("2026-02-01T12:00:00Z");
    let status = |words: &str| Program::within(&repository.top()).run(words).status;
    assert_eq!(status("diff --exit-code"), 0);
    repository.write("supervisors/new.toml", "name = \"New\"\n");
    assert_eq!(status("diff --exit-code"), 1);
    assert_eq!(status("diff"), 0);
    assert_eq!(status("diff HEAD~7 --exit-code"), 2);
}
